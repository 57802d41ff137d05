//! The functions of business time: is it open, how much passed, when is so much over.
//!
//! All answers agree: `elapsed(t, after(t, d)) == d`, `elapsed` adds up, and it is never more than
//! the real time. The definitions are those of `docs/sla.md`.

use super::Calendar;
use super::day::{Days, Span};
use crate::UtcMicros;

/// How far `after` and `before` look: 40 business hours at one hour a week are 40 weeks, so a small
/// bound would be wrong, and a calendar that never opens must not hang.
const HORIZON_DAYS: i64 = 3_653;

impl Calendar {
    /// Whether time counts at this instant.
    #[must_use]
    pub fn is_open(&self, at: UtcMicros) -> bool {
        self.after(at, 0) == Some(at)
    }

    /// Counted microseconds in `[from, to)`; 0 if `to` is not later.
    #[must_use]
    pub fn elapsed(&self, from: UtcMicros, to: UtcMicros) -> i64 {
        if to <= from {
            return 0;
        }
        let mut days = Days::new(self);
        let (first, last) = (days.local_day(from) - 1, days.local_day(to) + 1);
        let mut counted = 0;
        let mut spans = Vec::new();
        let mut day = first;
        while day <= last {
            // dates between the first and the last but two are inside as a whole
            let whole = first + 2 < day && day + 8 < last;
            if whole && let Some(week_us) = days.plain_week_us(day) {
                counted += week_us;
                day += 7;
                continue;
            }
            days.spans(day, &mut spans);
            counted += spans
                .iter()
                .filter_map(|span| span.within(from, to))
                .map(Span::len_us)
                .sum::<i64>();
            day += 1;
        }
        counted
    }

    /// The earliest instant at which `counted_us` have passed since `from`; with 0 that is `from`
    /// itself if open, else the next opening. `None` if ten years do not hold so much.
    #[must_use]
    pub fn after(&self, from: UtcMicros, counted_us: i64) -> Option<UtcMicros> {
        let mut days = Days::new(self);
        let first = days.local_day(from) - 1;
        let mut left = counted_us;
        let mut spans = Vec::new();
        let mut day = first;
        while day <= first + HORIZON_DAYS {
            if first + 2 < day
                && let Some(week_us) = days.plain_week_us(day)
                && week_us < left
            {
                left -= week_us;
                day += 7;
                continue;
            }
            days.spans(day, &mut spans);
            for span in spans.iter().filter_map(|span| span.within(from, UtcMicros(i64::MAX))) {
                if left <= span.len_us() {
                    return Some(UtcMicros(span.from.0 + left));
                }
                left -= span.len_us();
            }
            day += 1;
        }
        None
    }

    /// The latest instant from which `counted_us`, more than 0, pass until `to`.
    #[must_use]
    pub fn before(&self, to: UtcMicros, counted_us: i64) -> Option<UtcMicros> {
        let mut days = Days::new(self);
        let last = days.local_day(to) + 1;
        let mut left = counted_us;
        let mut spans = Vec::new();
        let mut day = last;
        while last - HORIZON_DAYS <= day {
            if day < last - 2
                && let Some(week_us) = days.plain_week_us(day - 6)
                && week_us < left
            {
                left -= week_us;
                day -= 7;
                continue;
            }
            days.spans(day, &mut spans);
            let earlier =
                spans.iter().rev().filter_map(|span| span.within(UtcMicros(i64::MIN), to));
            for span in earlier {
                if left <= span.len_us() {
                    return Some(UtcMicros(span.to.0 - left));
                }
                left -= span.len_us();
            }
            day -= 1;
        }
        None
    }

    /// The counted spans in `[from, to)`, in order: what an explanation of a clock is made of.
    #[must_use]
    pub fn spans(&self, from: UtcMicros, to: UtcMicros) -> Vec<Span> {
        let mut days = Days::new(self);
        let (first, last) = (days.local_day(from) - 1, days.local_day(to) + 1);
        let mut joined: Vec<Span> = Vec::new();
        let mut spans = Vec::new();
        for day in first..=last {
            days.spans(day, &mut spans);
            for span in spans.iter().filter_map(|span| span.within(from, to)) {
                match joined.last_mut() {
                    Some(before) if before.to == span.from => before.to = span.to,
                    _ => joined.push(span),
                }
            }
        }
        joined
    }
}
