//! All clocks of a case at a moment: every run of every promised metric, judged and ordered.

use super::clock::{Clock, State};
use super::history::Entry;
use super::metric::Metric;
use super::policy::{Attributes, PolicySet, Promise};
use crate::UtcMicros;

/// One clock with the promise it is judged by.
#[derive(Debug, Clone)]
pub struct Row<'set> {
    /// From 1, among the runs of its metric.
    pub number: usize,
    pub promise: Promise<'set>,
    pub clock: Clock,
}

/// The clocks of a case. The target is that of the case as it is now, and what has passed counts
/// from the first moment: a promise that matches late finds the whole history.
#[must_use]
pub fn board<'set>(
    set: &'set PolicySet,
    attributes: Attributes<'_>,
    history: &[Entry],
    now: UtcMicros,
) -> Vec<Row<'set>> {
    let mut rows = Vec::new();
    for metric in Metric::ALL {
        let Some(promise) = set.promise(attributes, metric) else { continue };
        for (index, instance) in metric.instances(history, now).into_iter().enumerate() {
            let clock = Clock::new(instance, promise.target_us, promise.calendar, now);
            rows.push(Row { number: index + 1, promise, clock });
        }
    }
    rows
}

/// The clock that needs somebody first: the one that runs and has the least counted time left.
#[must_use]
pub fn most_urgent<'board, 'set>(rows: &'board [Row<'set>]) -> Option<&'board Row<'set>> {
    rows.iter()
        .filter(|row| row.clock.instance.end.is_none())
        .filter(|row| !matches!(row.clock.state, State::Paused | State::Exhausted))
        .min_by_key(|row| row.clock.target_us - row.clock.elapsed_us)
}
