//! AWS VPC flow logs: blank-separated, times in epoch seconds; another order than the default has a
//! line of names at the top.

use super::columns::{Columns, Role};

const DEFAULT: [&str; 14] = [
    "version",
    "account-id",
    "interface-id",
    "srcaddr",
    "dstaddr",
    "srcport",
    "dstport",
    "protocol",
    "packets",
    "bytes",
    "start",
    "end",
    "action",
    "log-status",
];

/// The columns that a line of names at the top lists.
pub(super) fn header(line: &str) -> Option<Columns> {
    let mut known = 0;
    let mut count = 0;
    for name in line.split(' ') {
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if name.is_empty() || !plain {
            return None;
        }
        count += 1;
        known += usize::from(DEFAULT.contains(&name));
    }
    let named = known >= 4 && known * 2 >= count && line.split(' ').any(|name| name == "start");
    named.then(|| columns(line.split(' ')))
}

/// The default order, if the line shows it.
pub(super) fn default_columns(line: &str) -> Option<Columns> {
    let mut names = line.split(' ');
    let version = names.next()?;
    let start = names.nth(9)?;
    let end = names.next()?;
    let action = names.next()?;
    let status = names.next()?;
    let epoch = |text: &str| text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    let shown = version == "2"
        && epoch(start)
        && epoch(end)
        && matches!(action, "ACCEPT" | "REJECT" | "-")
        && matches!(status, "OK" | "NODATA" | "SKIPDATA")
        && names.next().is_none();
    shown.then(|| columns(DEFAULT.into_iter()))
}

fn columns<'n>(names: impl Iterator<Item = &'n str>) -> Columns {
    Columns::new("VPC flow", b' ', names, role)
}

fn role(name: &str) -> Option<Role> {
    (name == "start").then_some(Role::Time)
}
