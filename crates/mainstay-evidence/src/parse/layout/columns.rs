//! Lines of columns that the file names itself: a directive or a header line says which they are,
//! and a later one may change them. One format, one file (`w3c`, `zeek`, `vpc_flow`); here is what
//! they share.

use mainstay_core::Level;

use super::{vpc_flow, w3c, zeek};
use crate::parse::level;
use crate::stamp::{self, Stamp, Zone};

/// More columns than any of these formats has fields.
const COLUMNS_MAX: usize = 256;

/// The columns of one stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    /// The format's name.
    pub(crate) name: &'static str,
    pub(super) separator: u8,
    pub(super) count: usize,
    pub(super) date: Option<usize>,
    pub(super) time: Option<usize>,
    /// A status of HTTP.
    pub(super) status: Option<usize>,
    /// What a time without a zone means by the format's definition.
    pub(super) zone: Zone,
}

/// What a line of columns said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ColumnsLine {
    pub(crate) stamp: Option<Stamp>,
    pub(crate) level: Option<Level>,
    /// The message: everything after the time where that stands first, else the whole line.
    pub(crate) body: usize,
}

impl Columns {
    /// The columns that a directive or a header line names.
    pub(crate) fn of_directive(line: &str) -> Option<Self> {
        w3c::directive(line).or_else(|| zeek::directive(line)).or_else(|| vpc_flow::header(line))
    }

    /// The columns of a format that a line shows without any directive.
    pub(crate) fn of_line(line: &str) -> Option<Self> {
        vpc_flow::default_columns(line)
    }

    /// Finds the places of the columns by their names.
    pub(super) fn new<'n>(
        name: &'static str,
        separator: u8,
        names: impl Iterator<Item = &'n str>,
        role: fn(&str) -> Option<Role>,
    ) -> Self {
        let mut columns = Self {
            name,
            separator,
            count: 0,
            date: None,
            time: None,
            status: None,
            zone: Zone::Unstated,
        };
        for (place, name) in names.enumerate().take(COLUMNS_MAX) {
            columns.count = place + 1;
            let slot = match role(name) {
                Some(Role::Date) => &mut columns.date,
                Some(Role::Time) => &mut columns.time,
                Some(Role::Status) => &mut columns.status,
                None => continue,
            };
            slot.get_or_insert(place);
        }
        columns
    }

    /// Is the line one of the file's own remarks?
    pub(crate) fn is_remark(line: &str) -> bool {
        line.starts_with('#') || Self::of_directive(line).is_some()
    }

    /// Reads a line; `None` if it has other columns.
    pub(crate) fn read(&self, line: &str) -> Option<ColumnsLine> {
        let mut found = ColumnsLine::default();
        let (mut date, mut time) = (None, None);
        let mut count = 0;
        let mut start = 0;
        for (place, column) in line.split(char::from(self.separator)).enumerate() {
            count = place + 1;
            let end = start + column.len();
            if self.date == Some(place) {
                date = Some(column);
            } else if self.time == Some(place) {
                time = Some(column);
            } else if self.status == Some(place) {
                found.level = column.parse().ok().and_then(level::from_http_status);
            }
            let is_time = self.date == Some(place) || self.time == Some(place);
            if is_time && found.body == start {
                found.body = (end + 1).min(line.len());
            }
            start = end + 1;
        }
        if count != self.count {
            return None;
        }
        found.stamp = self.stamp(date, time);
        let states_time = self.time.is_some();
        (found.stamp.is_some() || !states_time || time == Some("-")).then_some(found)
    }

    fn stamp(&self, date: Option<&str>, time: Option<&str>) -> Option<Stamp> {
        /// `YYYY-MM-DD HH:MM:SS.fffffffff` and a zone.
        const LENGTH_MAX: usize = 40;
        let (date, time) = (date.unwrap_or(""), time?);
        let mut joined = [b' '; LENGTH_MAX];
        let gap = usize::from(!date.is_empty());
        let length = date.len() + gap + time.len();
        if length > LENGTH_MAX {
            return None;
        }
        joined[..date.len()].copy_from_slice(date.as_bytes());
        joined[date.len() + gap..length].copy_from_slice(time.as_bytes());
        let (stamp, _, end) = stamp::scan(&joined[..length])?;
        if end != length {
            return None;
        }
        let zone = if stamp.zone == Zone::Unstated { self.zone } else { stamp.zone };
        Some(Stamp { zone, ..stamp })
    }
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Date,
    Time,
    Status,
}
