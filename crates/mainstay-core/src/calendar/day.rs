//! From wall-clock hours of a date to instants: gaps, repeated times, skipped dates, breaks.
//!
//! Far from a change of the offset this is one subtraction; near one the zone decides.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{Calendar, DAY_MINUTES, Interval};
use crate::UtcMicros;

const MINUTE_US: i64 = 60_000_000;
const DAY_US: i64 = 24 * 60 * MINUTE_US;
/// No offset is further from UTC than 26 hours, and a date's hours end at the next midnight; so
/// this far from a change of the offset a date cannot feel it.
const CLEAR_US: i64 = 4 * DAY_US;

/// Counted time `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: UtcMicros,
    pub to: UtcMicros,
}

impl Span {
    /// Its length in microseconds.
    #[must_use]
    pub fn len_us(self) -> i64 {
        self.to.0 - self.from.0
    }

    /// The part inside `[from, to)`; `None` if nothing of it is.
    #[must_use]
    pub fn within(self, from: UtcMicros, to: UtcMicros) -> Option<Self> {
        let part = Self { from: self.from.max(from), to: self.to.min(to) };
        (part.from < part.to).then_some(part)
    }
}

/// A stretch of time with one offset.
#[derive(Debug, Clone, Copy)]
struct Steady {
    from_us: i64,
    to_us: i64,
    offset_us: i64,
}

/// Reads a calendar date by date; dates are numbers of days since 1970-01-01.
pub(super) struct Days<'calendar> {
    calendar: &'calendar Calendar,
    steady: Option<Steady>,
}

impl<'calendar> Days<'calendar> {
    pub(super) fn new(calendar: &'calendar Calendar) -> Self {
        Self { calendar, steady: None }
    }

    /// The local date of an instant.
    pub(super) fn local_day(&self, at: UtcMicros) -> i64 {
        let offset = at.to_timestamp().map_or(0, |at| offset_us(&self.calendar.zone, at));
        at.0.saturating_add(offset).div_euclid(DAY_US)
    }

    /// Fills `spans` with the counted time of a date, in order and without overlap.
    pub(super) fn spans(&mut self, day: i64, spans: &mut Vec<Span>) {
        spans.clear();
        if let Some(offset_us) = self.steady_offset(day, day) {
            let instant =
                |minutes: u16| UtcMicros(day * DAY_US + i64::from(minutes) * MINUTE_US - offset_us);
            self.fill(day, instant, spans);
            return;
        }
        let Some(date) = date_of(day) else { return };
        if !self.exists(date) {
            return;
        }
        self.fill(day, |minutes| self.resolve(date, minutes), spans);
        // a gap can push the end of the date before into this one
        let reached = date_of(day - 1).filter(|before| self.exists(*before)).and_then(|before| {
            let mut earlier = Vec::new();
            self.fill(day - 1, |minutes| self.resolve(before, minutes), &mut earlier);
            earlier.last().map(|span| span.to)
        });
        if let Some(reached) = reached {
            spans.retain_mut(|span| {
                span.from = span.from.max(reached);
                span.from < span.to
            });
        }
    }

    /// The instants of intervals of a date, whatever was cut out of them; none if the zone skipped
    /// the date.
    pub(super) fn instants(&self, day: i64, intervals: &[Interval]) -> Vec<Span> {
        let Some(date) = date_of(day).filter(|date| self.exists(*date)) else { return Vec::new() };
        let span = |interval: &Interval| Span {
            from: self.resolve(date, interval.from),
            to: self.resolve(date, interval.to),
        };
        intervals.iter().map(span).filter(|span| span.from < span.to).collect()
    }

    /// The first instant of a date.
    pub(super) fn start_of(&self, day: i64) -> UtcMicros {
        date_of(day).map_or(UtcMicros(i64::MAX), |date| self.resolve(date, 0))
    }

    /// The counted time of the week that begins on this date, if it is a Monday and the week has
    /// neither a special date nor a change of the offset.
    pub(super) fn plain_week_us(&mut self, monday: i64) -> Option<i64> {
        let is_monday = (monday + 3).rem_euclid(7) == 0;
        let special = &self.calendar.special;
        if !is_monday || special.range(monday..monday + 7).next().is_some() {
            return None;
        }
        self.steady_offset(monday, monday + 6)?;
        Some(self.calendar.week_minutes * MINUTE_US)
    }

    /// The one offset of these dates and of the days around them.
    fn steady_offset(&mut self, first: i64, last: i64) -> Option<i64> {
        let (from_us, to_us) = (first * DAY_US - CLEAR_US, last * DAY_US + CLEAR_US);
        let holds = |steady: &Steady| steady.from_us <= from_us && to_us <= steady.to_us;
        if self.steady.is_none_or(|steady| !holds(&steady)) {
            let at = Timestamp::from_microsecond(first * DAY_US).ok()?;
            let zone = &self.calendar.zone;
            self.steady = Some(Steady {
                from_us: zone
                    .preceding(at)
                    .next()
                    .map_or(i64::MIN, |change| change.timestamp().as_microsecond()),
                to_us: zone
                    .following(at)
                    .next()
                    .map_or(i64::MAX, |change| change.timestamp().as_microsecond()),
                offset_us: offset_us(zone, at),
            });
        }
        self.steady.filter(holds).map(|steady| steady.offset_us)
    }

    /// Hours less breaks, each endpoint made an instant first: then what a gap emptied is dropped
    /// and what it made overlap is one.
    fn fill(&self, day: i64, instant: impl Fn(u16) -> UtcMicros, spans: &mut Vec<Span>) {
        let resolved = |interval: &Interval| {
            let span = Span { from: instant(interval.from), to: instant(interval.to) };
            (span.from < span.to).then_some(span)
        };
        let mut open: Vec<Span> = self.calendar.hours(day).iter().filter_map(&resolved).collect();
        for cut in self.calendar.breaks.get(&day).into_iter().flatten().filter_map(&resolved) {
            open = open.into_iter().flat_map(|span| without(span, cut)).collect();
        }
        open.sort_unstable_by_key(|span| (span.from, span.to));
        for span in open {
            match spans.last_mut() {
                Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
                _ => spans.push(span),
            }
        }
    }

    /// In a gap the time moves forward by the gap; a repeated time is its first occurrence.
    fn resolve(&self, date: Date, minutes: u16) -> UtcMicros {
        let (date, minutes) = if minutes == DAY_MINUTES {
            (date.tomorrow().unwrap_or(Date::MAX), 0)
        } else {
            (date, minutes)
        };
        let hour = i8::try_from(minutes / 60).expect("a checked interval has hours up to 23");
        let minute = i8::try_from(minutes % 60).expect("a remainder of 60 is small");
        let at = self.calendar.zone.to_ambiguous_timestamp(date.at(hour, minute, 0, 0));
        at.compatible().map_or(UtcMicros(i64::MAX), UtcMicros::from_timestamp)
    }

    /// A zone that crossed the date line skipped a date.
    fn exists(&self, date: Date) -> bool {
        let noon = self.calendar.zone.to_ambiguous_timestamp(date.at(12, 0, 0, 0)).compatible();
        noon.is_ok_and(|noon| self.calendar.zone.to_datetime(noon).date() == date)
    }
}

fn without(span: Span, cut: Span) -> impl Iterator<Item = Span> {
    let before = span.within(span.from, cut.from);
    let after = span.within(cut.to, span.to);
    before.into_iter().chain(after)
}

fn offset_us(zone: &TimeZone, at: Timestamp) -> i64 {
    i64::from(zone.to_offset(at).seconds()) * 1_000_000
}

/// The number of a date.
pub(super) fn day_of(date: Date) -> i64 {
    let midnight = date.to_datetime(Time::midnight());
    let at = TimeZone::UTC.to_timestamp(midnight).unwrap_or(Timestamp::MAX);
    at.as_microsecond().div_euclid(DAY_US)
}

fn date_of(day: i64) -> Option<Date> {
    let at = Timestamp::from_microsecond(day.checked_mul(DAY_US)?).ok()?;
    Some(TimeZone::UTC.to_datetime(at).date())
}
