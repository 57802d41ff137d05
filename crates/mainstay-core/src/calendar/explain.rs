//! Why time counts or does not: stretches with a reason each, for the explanation of a clock.

use super::day::{Days, Span};
use super::{Calendar, Interval};
use crate::UtcMicros;

/// Why a stretch of time counts, or why it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The hours of the week.
    OpenHours,
    /// The hours of a date that has its own.
    Shift,
    /// No hours at this time of the day.
    OutsideHours,
    /// Cut out of the date's hours.
    Break,
    /// A date without hours, with its name if it has one.
    Holiday(Option<String>),
}

impl Why {
    /// Whether time counts.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        matches!(self, Self::OpenHours | Self::Shift)
    }
}

/// A stretch of time with one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub span: Span,
    pub why: Why,
}

impl Calendar {
    /// Tiles `[from, to)` without gap or overlap; neighbours with one reason are one stretch.
    #[must_use]
    pub fn stretches(&self, from: UtcMicros, to: UtcMicros) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut add = |span: Span, why: Why| match stretches.last_mut() {
            Some(last) if last.why == why => last.span.to = span.to,
            _ => stretches.push(Stretch { span, why }),
        };
        let mut days = Days::new(self);
        let mut open = Vec::new();
        let mut at = from;
        let mut day = days.local_day(from) - 1;
        while at < to {
            // the stretch of this date: from where the last one ended to the next local midnight
            let end = days.start_of(day + 1).min(to);
            days.spans(day, &mut open);
            for span in open.iter().filter_map(|span| span.within(from, to)) {
                for (gap, why) in self.closed(&days, day, Span { from: at, to: span.from }) {
                    add(gap, why);
                }
                add(span, self.counted(day));
                at = span.to;
            }
            if at < end {
                for (gap, why) in self.closed(&days, day, Span { from: at, to: end }) {
                    add(gap, why);
                }
                at = end;
            }
            day += 1;
        }
        stretches
    }

    fn counted(&self, day: i64) -> Why {
        if self.shifts.contains_key(&day) { Why::Shift } else { Why::OpenHours }
    }

    /// A closed stretch of one date, with the breaks in it apart.
    fn closed(&self, days: &Days<'_>, day: i64, span: Span) -> Vec<(Span, Why)> {
        if let Some(name) = self.holidays.get(&day) {
            return whole(span, Why::Holiday(name.clone()));
        }
        let breaks = self.breaks.get(&day).map_or(&[] as &[Interval], Vec::as_slice);
        let mut parts = Vec::new();
        let mut at = span.from;
        for cut in days.instants(day, breaks) {
            for hours in days.instants(day, self.hours(day)) {
                let inside = cut.within(hours.from, hours.to);
                let Some(part) = inside.and_then(|part| part.within(at, span.to)) else { continue };
                parts.extend(whole(Span { from: at, to: part.from }, Why::OutsideHours));
                parts.push((part, Why::Break));
                at = part.to;
            }
        }
        parts.extend(whole(Span { from: at, to: span.to }, Why::OutsideHours));
        parts
    }
}

fn whole(span: Span, why: Why) -> Vec<(Span, Why)> {
    if span.from < span.to { vec![(span, why)] } else { Vec::new() }
}
