//! The hours of the sample and the ways in which its programs write a time. No zone rules here: the
//! one host with local time has a fixed offset.

use jiff::Timestamp;

pub(crate) type Micros = i64;

pub(crate) const MILLI: Micros = 1_000;
pub(crate) const SECOND: Micros = 1_000_000;
pub(crate) const MINUTE: Micros = 60 * SECOND;
pub(crate) const HOUR: Micros = 60 * MINUTE;
pub(crate) const DAY: Micros = 24 * HOUR;

/// Midnight of Tuesday 2026-11-17, the day of the outage.
pub(crate) const OUTAGE_DAY: Micros = 1_794_873_600 * SECOND;

/// The node and the tills keep Berlin time; it is winter.
pub(crate) const HOST_OFFSET: Micros = HOUR;

/// A moment of the day of the outage.
pub(crate) const fn at(hour: i64, minute: i64, second: i64) -> Micros {
    OUTAGE_DAY + hour * HOUR + minute * MINUTE + second * SECOND
}

/// The time in `strftime` words, in UTC.
pub(crate) fn written(time: Micros, words: &str) -> String {
    Timestamp::from_microsecond(time)
        .expect("the sample's days are within jiff's range")
        .strftime(words)
        .to_string()
}

/// `2026-11-17T14:11:20.123Z`
pub(crate) fn iso(time: Micros) -> String {
    written(time, "%Y-%m-%dT%H:%M:%S.%3fZ")
}

/// `2026-11-17T14:11:20Z`, as Kubernetes writes it.
pub(crate) fn iso_seconds(time: Micros) -> String {
    written(time, "%Y-%m-%dT%H:%M:%SZ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc() {
        assert_eq!(iso(at(14, 2, 10) + 7 * MILLI), "2026-11-17T14:02:10.007Z");
        assert_eq!(iso_seconds(at(0, 0, 0) - DAY), "2026-11-16T00:00:00Z");
    }
}
