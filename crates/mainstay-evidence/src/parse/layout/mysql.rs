//! MySQL and MariaDB: error log, general log and slow log.

use super::Message;
use super::known::KnownFormat;

pub(super) const ERROR: KnownFormat = KnownFormat::new(
    "MySQL error",
    &["{time} {number} [{product-level}] ({bracket} )?({bracket} )?"],
);

/// Lines within the second of the line before state no time.
pub(super) const GENERAL: KnownFormat = KnownFormat::new(
    "MySQL general",
    &["{time} {number} {mysql-command} ", "\t\t~{number} {mysql-command} "],
);

/// A statement and what it cost; blocks within the second of the one before may lack the time.
pub(super) const SLOW: KnownFormat = KnownFormat {
    message: Message::AfterPreamble,
    ..KnownFormat::new("MySQL slow", &["# Time: {time}", "# User@Host: "])
};

const COMMANDS: [&str; 20] = [
    "Query",
    "Connect",
    "Quit",
    "Prepare",
    "Execute",
    "Close stmt",
    "Reset stmt",
    "Init DB",
    "Field List",
    "Statistics",
    "Ping",
    "Kill",
    "Change user",
    "Refresh",
    "Shutdown",
    "Binlog Dump",
    "Binlog Dump GTID",
    "Register Slave",
    "Long Data",
    "Set option",
];

/// The length of a command of the general log.
pub(super) fn command(text: &[u8]) -> Option<usize> {
    let ends = |length: usize| matches!(text.get(length), None | Some(b'\t' | b' '));
    COMMANDS
        .iter()
        .filter(|name| text.starts_with(name.as_bytes()) && ends(name.len()))
        .map(|name| name.len())
        .max()
}

/// Is the line one of the settings before the statement of a slow query?
pub(crate) fn is_preamble(line: &str) -> bool {
    line.starts_with("# ")
        || line.starts_with("SET timestamp=")
        || (line.starts_with("use ") && line.ends_with(';'))
}

/// The time that `SET timestamp=…;` states.
pub(crate) fn stated_timestamp(line: &str) -> Option<&str> {
    line.strip_prefix("SET timestamp=").map(|rest| rest.trim_end_matches(';'))
}
