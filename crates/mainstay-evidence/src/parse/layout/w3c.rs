//! The W3C extended log format, as IIS and CloudFront write it: `#Fields:` names the columns, date
//! and time are two of them, in UTC by definition.

use super::columns::{Columns, Role};
use crate::stamp::Zone;

/// The columns that a `#Fields:` line names.
pub(super) fn directive(line: &str) -> Option<Columns> {
    let names = line.strip_prefix("#Fields:")?.split_ascii_whitespace();
    // CloudFront names its columns with blanks and writes them with tabs
    let cloud_front = line.contains("x-edge-");
    let separator = if cloud_front || line.contains('\t') { b'\t' } else { b' ' };
    let name = if cloud_front { "CloudFront" } else { "W3C extended" };
    let columns = Columns::new(name, separator, names, role);
    Some(Columns { zone: Zone::Offset(0), ..columns })
}

fn role(name: &str) -> Option<Role> {
    match name {
        "date" => Some(Role::Date),
        "time" | "timestamp" => Some(Role::Time),
        "sc-status" => Some(Role::Status),
        _ => None,
    }
}
