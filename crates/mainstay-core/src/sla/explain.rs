//! A clock laid open: one row per segment, tiling the run from its activation to its end or now.
//! The counted rows add up to what the clock shows.

use std::fmt;

use super::clock::Clock;
use super::history::{self, Entry};
use crate::UtcMicros;
use crate::calendar::{Calendar, Span, Why};
use crate::status::Status;

/// One segment of a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub span: Span,
    /// The status in force.
    pub status: Status,
    pub reason: Reason,
    /// What the clock shows at the end of the segment, in counted microseconds.
    pub total_us: i64,
}

/// Why a segment counts or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The metric stands still in the status of the case.
    Paused(Status),
    /// What the calendar says.
    Calendar(Why),
}

impl Reason {
    /// Whether the segment's time counts.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        match self {
            Self::Paused(_) => false,
            Self::Calendar(why) => why.is_counted(),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paused(status) => write!(formatter, "status {}", status.as_str()),
            Self::Calendar(Why::OpenHours) => formatter.write_str("open hours"),
            Self::Calendar(Why::Shift) => formatter.write_str("shift"),
            Self::Calendar(Why::OutsideHours) => formatter.write_str("outside hours"),
            Self::Calendar(Why::Break) => formatter.write_str("break"),
            Self::Calendar(Why::Holiday(None)) => formatter.write_str("holiday"),
            Self::Calendar(Why::Holiday(Some(name))) => write!(formatter, "holiday {name}"),
        }
    }
}

/// The segments of a clock. `history`, `calendar` and `now` are those it was judged with.
#[must_use]
pub fn segments(
    clock: &Clock,
    history: &[Entry],
    calendar: &Calendar,
    now: UtcMicros,
) -> Vec<Segment> {
    let instance = &clock.instance;
    let end = instance.end.map_or(now, |(at, _)| at);
    let mut segments = Vec::new();
    let mut total_us = 0;
    for held in history::statuses(history, now) {
        let Some(span) = held.span.within(instance.activated, end) else { continue };
        if !instance.metric.counts_in(held.status) {
            let reason = Reason::Paused(held.status);
            segments.push(Segment { span, status: held.status, reason, total_us });
            continue;
        }
        for stretch in calendar.stretches(span.from, span.to) {
            if stretch.why.is_counted() {
                total_us += stretch.span.len_us();
            }
            segments.push(Segment {
                span: stretch.span,
                status: held.status,
                reason: Reason::Calendar(stretch.why),
                total_us,
            });
        }
    }
    debug_assert_eq!(total_us, clock.elapsed_us, "the segments of a clock add up to it");
    segments
}
