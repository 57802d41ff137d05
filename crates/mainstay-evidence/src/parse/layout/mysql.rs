//! MySQL and MariaDB: error log, general log and slow log.

use super::Message;
use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "MySQL error",
        &[
            "{time} {number} [{product-level}] ({bracket} )?({bracket} )?",
            // before 5.7, and MariaDB
            "{time} {=[Note]|[Warning]|[ERROR]}[{product-level}] ",
        ],
    ),
    // lines within the second of the line before state no time
    KnownFormat::new(
        "MySQL general",
        &["{time} {number} {mysql-command} ", "\t\t~{number} {mysql-command} "],
    ),
    // a statement and what it cost; blocks within the second of the one before may lack the time
    KnownFormat::new("MySQL slow", &["# Time: {time}", "# User@Host: "])
        .message(Message::AfterPreamble),
];

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
