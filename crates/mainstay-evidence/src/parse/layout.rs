//! Header layouts: what stands before a message, as a small pattern that a hand-written matcher
//! runs. Known formats are written as patterns (`known`); the generic finder (`header`) builds
//! the same steps from a sample.
//!
//! What is *not* here: columns that a file names itself (`columns`), JSON and logfmt.

pub(crate) mod columns;
pub(crate) mod known;
pub(crate) mod text;

mod access_log;
mod apache;
mod bar_separated;
mod dated_block;
mod desktop;
mod dotnet;
mod elasticsearch;
mod envoy;
mod garbage_collector;
mod go;
mod haproxy;
mod ibm;
mod java;
mod java_plain;
mod kafka;
mod kernel;
mod kubernetes_events;
mod load_balancer;
mod logcat;
mod matcher;
mod message;
mod mongodb;
mod mysql;
mod nginx;
mod openstack;
mod packages;
mod pattern;
mod php;
mod postgresql;
mod python;
mod rabbitmq;
mod redis;
mod ruby;
mod rust;
mod s3;
mod spdlog;
mod sssd;
mod strace;
mod supercomputer;
mod syslog;
mod vmware;
mod vpc_flow;
mod w3c;
mod zeek;

use mainstay_core::Level;

use super::level;
use crate::stamp::{Stamp, TimeLayout};
use matcher::Matcher;
pub(crate) use message::{Message, number_of};
pub(crate) use mysql::{is_preamble, stated_timestamp};

/// One part of a header.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Step {
    Time,
    /// A level word.
    Level,
    /// A level word, or one that only some products use.
    ProductLevel,
    /// A level word that a slash or another mark ends.
    LevelPart,
    /// A level letter of glog and its relatives.
    Letter,
    RedisMark,
    /// `<PRI>` of syslog without its brackets.
    Priority,
    /// Two letters of VMware for a level of syslog.
    ShortLevel,
    /// Eight hex digits.
    Hex8,
    /// A letter of WebSphere.
    WebSphereLetter,
    /// A bit of SSSD's mask of levels.
    SssdMask,
    /// An epoch, and no other time.
    Epoch,
    /// The time once more, in local time and finer.
    SameTime,
    /// A day of ten characters beside a time that says more.
    Day,
    /// A day, where no line says more.
    Date,
    Number,
    /// A status of HTTP, or `-`.
    Status,
    /// Seconds since the start of a machine or a process.
    Uptime,
    /// A system call, a signal or an exit as strace writes them; they belong to the message.
    Call,
    /// A command of MySQL's general log.
    MysqlCommand,
    /// No blanks, up to a blank or the byte.
    Word(Option<u8>),
    /// Like a word, with a dot, a `$`, a `/` or a `::` in it and a letter first: a class, a module.
    Logger(Option<u8>),
    /// A word that is neither a level nor a number.
    Host,
    /// Letters, digits, dots, dashes and underscores.
    Module,
    /// A logger with `::` in it.
    Path,
    /// The line ends here: the message is on the next.
    End,
    /// `name`, `name version` or `-- name`, up to `[pid]:` or `:` and a blank.
    Program,
    /// Anything up to the literal.
    Text(Vec<u8>),
    /// `[ … ]`, balanced.
    Bracket,
    /// `file.go:12`.
    Source,
    /// `tick{id=7}:inner{}:`, the spans of Rust's `tracing`.
    Spans,
    /// `4m30s`: how long ago.
    Age,
    /// One of these begins the message.
    Begins(Vec<Vec<u8>>),
    /// The line adds to the record before it.
    GoesOn,
    /// `-` or RFC 5424's structured data.
    Structured,
    Blank,
    MaybeBlank,
    Byte(u8),
    /// The byte stands here and belongs to the message.
    Peek(u8),
    Optional(Vec<Step>),
}

/// What a format's continuation lines do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Continuation {
    /// A line that matches no layout continues the record before it.
    #[default]
    Joins,
    /// Every line is a record of its own.
    OneLine,
}

/// Where a level comes from if no step states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum LevelSource {
    #[default]
    Header,
    /// The status after the request line of an access log.
    HttpStatus,
    /// The status after the timers of a request through HAProxy; its notices have none.
    HaproxyStatus,
}

/// The shape of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeaderLayout {
    pub(crate) name: &'static str,
    pub(crate) steps: Vec<Step>,
    pub(crate) continuation: Continuation,
    pub(crate) level_source: LevelSource,
    pub(crate) message: Message,
}

/// What a header said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Matched {
    pub(crate) stamp: Option<(Stamp, TimeLayout)>,
    pub(crate) level: Option<Level>,
    /// The line has a header and still continues the record before it.
    pub(crate) goes_on: bool,
    /// Where the message begins.
    pub(crate) cut: usize,
}

impl HeaderLayout {
    /// A layout from its pattern.
    pub(crate) fn parse(name: &'static str, pattern: &str) -> Self {
        Self::of(name, pattern::parse(pattern))
    }

    /// A layout of these steps whose message is the rest of the line.
    pub(crate) fn of(name: &'static str, steps: Vec<Step>) -> Self {
        Self {
            name,
            steps,
            continuation: Continuation::default(),
            level_source: LevelSource::default(),
            message: Message::default(),
        }
    }

    /// How much the header names: of two layouts that fit, the richer one is right.
    pub(crate) fn weight(&self) -> usize {
        pattern::weight(&self.steps)
    }

    /// Has the layout a time?
    pub(crate) fn is_timed(&self) -> bool {
        fn timed(steps: &[Step]) -> bool {
            steps.iter().any(|step| match step {
                Step::Time | Step::Uptime | Step::Epoch | Step::Date => true,
                Step::Optional(inner) => timed(inner),
                _ => false,
            })
        }
        timed(&self.steps)
    }

    /// Reads the header at the start of `text`. With a locked time layout no other is tried.
    pub(crate) fn read(&self, text: &str, time: Option<TimeLayout>) -> Option<Matched> {
        let mut found = Matcher::read(&self.steps, text.as_bytes(), time)?;
        let cut = found.cut;
        match self.level_source {
            LevelSource::Header => {}
            LevelSource::HttpStatus => found.level = level_of_request(&text[cut..]),
            LevelSource::HaproxyStatus => {
                found.level = haproxy::level_of(&text[cut..]).or(found.level);
            }
        }
        Some(found)
    }
}

/// The level of `"request" status …`.
fn level_of_request(text: &str) -> Option<Level> {
    let quoted = text.strip_prefix('"')?;
    let mut ends = memchr::memmem::find_iter(quoted.as_bytes(), b"\" ");
    // a quote inside the request stands escaped
    let end = ends.find(|end| *end == 0 || quoted.as_bytes()[end - 1] != b'\\')?;
    let status = quoted.get(end + 2..end + 5)?;
    level::from_http_status(status.parse().ok()?)
}
