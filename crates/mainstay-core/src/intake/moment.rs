//! A moment as people write it. Without a zone it is no moment, and that is said.

use jiff::{Timestamp, Zoned, civil};

use crate::UtcMicros;

/// What was written instead of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAMoment {
    Missing,
    /// A date and a time, but of which zone?
    NoZone,
    Unreadable,
}

/// `2026-11-24T09:41:00Z`, `2026-11-24 09:41+01:00` or `2026-11-24T09:41[Europe/Berlin]`.
///
/// # Errors
/// What is missing.
pub fn parse(text: &str) -> Result<UtcMicros, NotAMoment> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NotAMoment::Missing);
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Ok(UtcMicros::from_timestamp(timestamp));
    }
    if let Ok(zoned) = text.parse::<Zoned>() {
        return Ok(UtcMicros::from_timestamp(zoned.timestamp()));
    }
    match text.parse::<civil::DateTime>() {
        Ok(_) => Err(NotAMoment::NoZone),
        Err(_) => Err(NotAMoment::Unreadable),
    }
}
