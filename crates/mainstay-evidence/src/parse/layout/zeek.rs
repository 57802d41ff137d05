//! Zeek's (Bro's) tab-separated logs: `#fields` names the columns, `ts` is an epoch or an ISO time.

use super::columns::{Columns, Role};

/// The columns that a `#fields` line names.
pub(super) fn directive(line: &str) -> Option<Columns> {
    let rest = line.strip_prefix("#fields")?;
    let separator = *rest.as_bytes().first()?;
    let names = rest[1..].split(char::from(separator));
    (separator == b'\t' || separator == b' ').then(|| Columns::new("Zeek", separator, names, role))
}

fn role(name: &str) -> Option<Role> {
    match name {
        "ts" => Some(Role::Time),
        "status_code" => Some(Role::Status),
        _ => None,
    }
}
