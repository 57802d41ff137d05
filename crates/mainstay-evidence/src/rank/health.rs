//! Evidence of health. Without a reference, nothing found is not yet nothing wrong: "no fault" needs
//! requests that go on as before, no errors that are new, and nobody who stands out even a little.

use std::collections::HashSet;

use mainstay_core::Level;

use super::constant::{AT_FAULT, BEFORE_MIN};
use super::window::Window;
use crate::metric::meaning::Measure;
use crate::metric::robust::median;
use crate::observation::{NO_SPAN, Observation, Owner};

/// Traffic that goes on as before stays between a half and twice of it.
const STEADY: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// Requests must be seen for so long since: a ticket's time is only known to the minute.
const SEEN_SECONDS_MIN: f64 = 30.0;

/// So many errors that were never written before are not chance.
const NEW_ERRORS_MIN: usize = 5;

/// A score of this share of what is at fault is neither well nor ill.
const UNCLEAR_FROM: f64 = 0.5;

/// What keeps a bundle without reference from being called healthy, in words; `None` if nothing.
pub(super) fn lacking(case: &Observation<'_>, window: &Window, best: f64) -> Option<String> {
    if best >= UNCLEAR_FROM * AT_FAULT {
        return Some("a component differs from before, too little to accuse it".to_owned());
    }
    let Some(ratio) = traffic(case, window) else {
        return Some("too few requests are seen before and since to call it healthy".to_owned());
    };
    if !STEADY.contains(&ratio) {
        return Some(format!("requests are {ratio:.1} times as many as before"));
    }
    (new_errors(case, window) >= NEW_ERRORS_MIN)
        .then(|| "there are errors that were not written before".to_owned())
}

/// Requests of the window beside those before, per time: by the entry point's metrics, else by
/// traces that begin, else by records.
fn traffic(case: &Observation<'_>, window: &Window) -> Option<f64> {
    let of_entry = case.series.iter().find(|series| {
        series.meaning.measure == Measure::Traffic
            && window.entry.is_some_and(|entry| series.owner == Owner::Component(entry))
    });
    if let Some(series) = of_entry {
        let side = |keep: &dyn Fn(i64) -> bool| {
            let points = series.points.iter().filter(|point| keep(point.time));
            median(&mut points.map(|point| point.value).collect::<Vec<_>>())
        };
        let before = side(&|time| time < window.start).filter(|value| *value > 0.0)?;
        return side(&|time| time >= window.start).map(|now| now / before);
    }
    let roots = case.spans.rows.iter().filter(|span| span.parent == NO_SPAN);
    let by_traces = ratio(roots.map(|span| span.start), window);
    by_traces
        .or_else(|| ratio(case.records.each(case.bundle).filter_map(|record| record.time), window))
}

/// So many per second in the window beside before, if there are enough to count.
fn ratio(times: impl Iterator<Item = i64>, window: &Window) -> Option<f64> {
    let (now, before) = Rate::both(times, window);
    let enough = before.count >= BEFORE_MIN as f64 && now.seconds >= SEEN_SECONDS_MIN;
    enough.then(|| now.per_second() / before.per_second())
}

/// Errors of the window whose message was no error before.
fn new_errors(case: &Observation<'_>, window: &Window) -> usize {
    let errors = case.records.each(case.bundle).filter(|record| {
        record.time.is_some() && matches!(record.level, Some(Level::Error | Level::Fatal))
    });
    let (now, before): (Vec<_>, Vec<_>) =
        errors.partition(|record| record.time.is_some_and(|time| time >= window.start));
    let known: HashSet<u32> = before.iter().map(|record| record.message).collect();
    now.iter().filter(|record| !known.contains(&record.message)).count()
}

/// Moments of one side and the time from its first to its last.
struct Rate {
    count: f64,
    first: i64,
    last: i64,
    seconds: f64,
}

impl Rate {
    fn both(times: impl Iterator<Item = i64>, window: &Window) -> (Self, Self) {
        let empty = || Self { count: 0.0, first: i64::MAX, last: i64::MIN, seconds: 0.0 };
        let (mut now, mut before) = (empty(), empty());
        for time in times {
            let side = if time >= window.start { &mut now } else { &mut before };
            side.count += 1.0;
            side.first = side.first.min(time);
            side.last = side.last.max(time);
        }
        for side in [&mut now, &mut before] {
            side.seconds = (side.last.saturating_sub(side.first)).max(0) as f64 / 1e6;
        }
        (now, before)
    }

    fn per_second(&self) -> f64 {
        self.count / self.seconds.max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window() -> Window {
        Window {
            start: 200_000_000,
            end: 400_000_000,
            why: String::new(),
            is_told: true,
            entry: None,
        }
    }

    #[test]
    fn traffic_is_steady_or_it_is_not() {
        let every = |from: i64, until: i64, step: i64| (from..until).step_by(step as usize);
        let steady = ratio(every(0, 400_000_000, 1_000_000), &window());
        assert!(steady.is_some_and(|it| STEADY.contains(&it)));
        let fallen =
            every(0, 200_000_000, 1_000_000).chain(every(200_000_000, 400_000_000, 9_000_000));
        assert!(ratio(fallen, &window()).is_some_and(|it| !STEADY.contains(&it)));
        assert_eq!(ratio(every(0, 400_000_000, 10_000_000), &window()), None);
    }
}
