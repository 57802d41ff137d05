//! The headers of known formats: those of a simple pattern in a table, the others in a file each. A
//! line here is a fact about a product's format, never a hint for mining; order breaks ties between
//! layouts that fit equally well.

use std::sync::OnceLock;

use super::{
    Continuation, HeaderLayout, LevelSource, Message, elasticsearch, garbage_collector, kafka,
    kernel, load_balancer, logcat, mysql, rabbitmq, s3, strace, syslog,
};

/// Name and pattern; several patterns may share a name.
const PATTERNS: [(&str, &str); 52] = [
    ("klog", "{letter}{time} {number} {word}] "),
    ("Spring Boot", "{time} {level} {number} --- {bracket} ({bracket} )?({bracket} )?{word} : "),
    ("Spring Boot", "{time} {level} {bracket} {number} --- {bracket} ({bracket} )?{word} : "),
    ("ZooKeeper", "{time} {bracket} - {level} {bracket} - "),
    ("ZooKeeper", "{time} - {level} {bracket} - "),
    ("OpenTelemetry Python", "{time} {level} {bracket} {bracket} {bracket} - "),
    ("Hadoop", "{time} {number} {level} {word}: "),
    ("OpenStack", "({word} )?{time} {number} {level} {logger} {bracket} "),
    ("OpenStack", "({word} )?{time} {number} {level} {logger} "),
    ("logback", "{time} {bracket} {level} {word} {bracket} - "),
    ("logback", "{time} {bracket} {level} {word} - "),
    ("logback", "{time} {bracket} {level} {word}: "),
    ("log4j", "{time} {level} {bracket} {word} - "),
    ("log4j", "{time} {level} {bracket} {word}: "),
    ("log4j", "{time} {level} {word} {bracket} - "),
    ("log4j", "{time} {level} {word} - "),
    ("Rust tracing", "{time} {level} {path}: "),
    ("log4j", "{time} {level} {logger}: "),
    ("Python logging", "{time} - {word} - {level} - "),
    ("Python logging", "{time} - {level} - "),
    ("nginx error", "{time} [{level}] {number}#{number}: (*{number} )?"),
    ("Apache error", "[{time}] [{module}:{level}] [pid {number}(:tid {number})?] "),
    ("Apache error", "[{time}] [{level}] "),
    ("access log", "{word} {word} {text} [{time}] {\"}"),
    ("Envoy access", "[{time}] {\"}"),
    ("HAProxy", "(<{priority}>)?{time} {host} haproxy[{number}]: "),
    ("PostgreSQL", "{time} {bracket} ({bracket} )?({word}@{word} )?{product-level}: "),
    ("PostgreSQL", "{time} {bracket}: ({bracket} )?({word} )?{product-level}: "),
    ("Redis", "{number}:{word} {time} {redis-mark} "),
    ("spdlog", "[{time}][{number}][{level}][{word}] ({bracket} )?"),
    ("spdlog", "[{time}] [{word}] [{level}] "),
    ("bracketed", "[{time}] [{level}] {bracket} "),
    ("bracketed", "[{time}] [{level}]: "),
    ("MongoDB", "{time} {letter} {word} {bracket} "),
    ("Ruby logger", "{letter}, [{time} #{number}] {level} -- {text}: "),
    ("Laravel", "[{time}] {word}.{level}: "),
    ("env_logger", "[{time} {level} {word}] "),
    ("java.util.logging", "{time} {logger} {word}{end}"),
    (".NET console", "{level}: {module}[{number}]{end}"),
    ("Serilog", "[{time} {level}] "),
    ("Go", "{time} {logger}: "),
    ("Java service wrapper", "{level} | {text} | {time} | "),
    ("JBoss", "{time} {level} {bracket} \\({text}\\) "),
    ("candlepin", "[{level}] [{time}] "),
    ("VMware", "{time} {level} {word}[{text}] {bracket} "),
    ("SSSD", "\\({time}\\) {bracket} {bracket} \\({word}\\): "),
    ("Proxifier", "[{time}] {word}( *{number})? - "),
    ("uWSGI", "[pid: {text}] {text} [{time}] "),
    ("Windows servicing", "{time}, {level} {word} "),
    ("Docker daemon", "{time} {level} [{word}] "),
    ("dpkg", "{time} status {word} "),
    ("Python logging", "{level}:{module}:"),
];

/// Formats of that table whose every line is a record.
const ONE_LINE: [&str; 6] = ["access log", "Envoy access", "HAProxy", "dpkg", "uWSGI", "Proxifier"];

/// Formats that have a file of their own.
const FORMATS: [&KnownFormat; 15] = [
    &mysql::ERROR,
    &mysql::GENERAL,
    &mysql::SLOW,
    &kafka::KAFKA,
    &elasticsearch::ELASTICSEARCH,
    &rabbitmq::RABBITMQ,
    &logcat::LOGCAT,
    &kernel::KERNEL,
    &garbage_collector::GARBAGE_COLLECTOR,
    &strace::STRACE,
    &s3::S3,
    &load_balancer::APPLICATION,
    &load_balancer::CLASSIC,
    &syslog::RFC_5424,
    &syslog::RFC_3164,
];

/// A format as its file states it.
pub(crate) struct KnownFormat {
    pub(super) name: &'static str,
    pub(super) patterns: &'static [&'static str],
    pub(super) one_line: bool,
    pub(super) level_source: LevelSource,
    pub(super) message: Message,
}

impl KnownFormat {
    /// A format whose lines may continue and whose header states the level.
    pub(super) const fn new(name: &'static str, patterns: &'static [&'static str]) -> Self {
        Self {
            name,
            patterns,
            one_line: false,
            level_source: LevelSource::Header,
            message: Message::Rest,
        }
    }

    fn layouts(&self) -> impl Iterator<Item = HeaderLayout> {
        self.patterns.iter().map(|pattern| {
            let mut layout = HeaderLayout::parse(self.name, pattern);
            if self.one_line {
                layout.continuation = Continuation::OneLine;
            }
            layout.level_source = self.level_source;
            layout.message = self.message;
            layout
        })
    }
}

/// All known layouts, built once.
pub(crate) fn all() -> &'static [HeaderLayout] {
    static LAYOUTS: OnceLock<Vec<HeaderLayout>> = OnceLock::new();
    LAYOUTS.get_or_init(|| {
        let simple = PATTERNS.iter().map(|(name, pattern)| build(name, pattern));
        simple.chain(FORMATS.iter().flat_map(|format| format.layouts())).collect()
    })
}

fn build(name: &'static str, pattern: &str) -> HeaderLayout {
    let mut layout = HeaderLayout::parse(name, pattern);
    if ONE_LINE.contains(&name) {
        layout.continuation = Continuation::OneLine;
    }
    if name.ends_with("access log") || name == "Envoy access" {
        layout.level_source = LevelSource::HttpStatus;
    }
    layout
}
