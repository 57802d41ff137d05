//! What is worth a look, each with the places that show it. True before many: a quiet bundle has
//! few findings. What is *not* here: which of them is the cause.

mod burst;
mod cluster;
mod files;
mod first;
mod platform;
mod silence;
mod traces;

use mainstay_core::UtcMicros;
use serde::{Deserialize, Serialize};

use crate::ingest::Unwell;
use crate::view::{Bundle, ViewError};
pub(crate) use traces::Traces;

/// Places named by a finding; more do not make it truer.
const CITES_MAX: usize = 5;

/// Characters of log text quoted in a title.
const QUOTE_CHARACTERS: usize = 120;

/// One thing worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub id: u32,
    pub kind: FindingKind,
    pub severity: Weight,
    /// One line, without the bytes of the customer except redacted log text.
    pub title: String,
    pub detail: String,
    pub at: Option<UtcMicros>,
    pub until: Option<UtcMicros>,
    /// Where it can be seen; at most a few.
    pub cites: Vec<Place>,
}

/// The closed list of what is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    FirstFatal,
    FirstError,
    OutOfMemory,
    Eviction,
    CrashLoop,
    Restart,
    ErrorBurst,
    NewTemplate,
    VanishedTemplate,
    StackTraces,
    SilentSource,
    ClockBackwards,
    ZoneAssumed,
    UnreadPart,
    EmptyFile,
    FileWithoutTime,
}

impl FindingKind {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstFatal => "first_fatal",
            Self::FirstError => "first_error",
            Self::OutOfMemory => "out_of_memory",
            Self::Eviction => "eviction",
            Self::CrashLoop => "crash_loop",
            Self::Restart => "restart",
            Self::ErrorBurst => "error_burst",
            Self::NewTemplate => "new_template",
            Self::VanishedTemplate => "vanished_template",
            Self::StackTraces => "stack_traces",
            Self::SilentSource => "silent_source",
            Self::ClockBackwards => "clock_backwards",
            Self::ZoneAssumed => "zone_assumed",
            Self::UnreadPart => "unread_part",
            Self::EmptyFile => "empty_file",
            Self::FileWithoutTime => "file_without_time",
        }
    }
}

/// How much a finding asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    High,
    Medium,
    Low,
    Info,
}

impl Weight {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Info => "info",
        }
    }
}

/// A line of a file of the bundle; line 0 is the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub file: u32,
    pub path: String,
    pub line: u64,
}

/// Everything worth a look in a bundle whose columns are complete: most urgent first, then by
/// time. The same bundle gives the same list.
///
/// # Errors
/// When a stored line cannot be read back.
pub(crate) fn find(
    bundle: &Bundle,
    unwell: &Unwell,
    traces: &Traces,
) -> Result<Vec<Finding>, ViewError> {
    let mut found = Vec::new();
    first::find(bundle, &mut found)?;
    platform::find(bundle, traces, &mut found)?;
    cluster::find(bundle, unwell, &mut found);
    burst::find(bundle, &mut found);
    silence::find(bundle, &mut found);
    files::find(bundle, &mut found);
    for finding in &mut found {
        finding.cites.truncate(CITES_MAX);
    }
    found.sort_by(|left: &Finding, right: &Finding| {
        let key = |it: &Finding| (it.severity, it.at.is_none(), it.at, it.kind);
        key(left).cmp(&key(right)).then_with(|| left.title.cmp(&right.title))
    });
    for (finding, id) in found.iter_mut().zip(1..) {
        finding.id = id;
    }
    Ok(found)
}

impl Finding {
    /// A finding without moment and places; the id is given when all are known.
    fn new(kind: FindingKind, severity: Weight, title: String, detail: String) -> Self {
        Self { id: 0, kind, severity, title, detail, at: None, until: None, cites: Vec::new() }
    }

    fn at(mut self, at: Option<UtcMicros>) -> Self {
        self.at = at;
        self
    }

    fn until(mut self, until: Option<UtcMicros>) -> Self {
        self.until = until;
        self
    }

    fn citing(mut self, cites: Vec<Place>) -> Self {
        self.cites = cites;
        self
    }
}

/// The first characters of a log text, in one line.
fn quote(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim();
    match line.char_indices().nth(QUOTE_CHARACTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// "1 file", "3 files".
fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
