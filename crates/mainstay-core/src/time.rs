//! Moments: microseconds since 1970-01-01T00:00:00Z. A zone exists only at the edge.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A moment in UTC, to the microsecond. Stored as an integer, shown as RFC 3339 with `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UtcMicros(pub i64);

impl UtcMicros {
    /// The same moment as a `jiff` timestamp; `None` beyond the years jiff can name.
    #[must_use]
    pub fn to_timestamp(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_microsecond(self.0).ok()
    }

    /// Drops what is finer than a microsecond.
    #[must_use]
    pub fn from_timestamp(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

/// Always six digits of fraction, so that texts sort and align.
impl fmt::Display for UtcMicros {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_timestamp() {
            Some(timestamp) => write!(formatter, "{timestamp:.6}"),
            None => write!(formatter, "{}us", self.0),
        }
    }
}

/// A text that is not an RFC 3339 instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time: use RFC 3339 like 2026-11-24T09:41:07Z")]
pub struct NotATime;

impl FromStr for UtcMicros {
    type Err = NotATime;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<jiff::Timestamp>().map(Self::from_timestamp).map_err(|_| NotATime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_print_as_they_parse() {
        let moment: UtcMicros = "2026-11-24T09:41:07.118Z".parse().expect("a time");
        assert_eq!(moment.to_string(), "2026-11-24T09:41:07.118000Z");
        assert_eq!(moment.to_string().parse(), Ok(moment));
    }

    #[test]
    fn a_moment_beyond_the_calendar_still_prints() {
        assert_eq!(UtcMicros(i64::MAX).to_string(), "9223372036854775807us");
    }
}
