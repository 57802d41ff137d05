//! The next instant at which a case needs somebody. It is a function of the history alone: until
//! something happens, a clock that runs goes on running.

use super::history::Entry;
use super::metric::{Instance, Metric};
use super::policy::{Attributes, PolicySet};
use crate::UtcMicros;
use crate::calendar::Calendar;

/// The part of the target that is left when a clock rings for the first time.
const WARNING_PART: i64 = 4;

/// A running clock and when it rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub metric: Metric,
    /// The run of the metric, from 1.
    pub number: u32,
    pub target_us: i64,
    /// A quarter of the target is left.
    pub warn_at: UtcMicros,
    /// From here on more than the target has passed.
    pub due_at: UtcMicros,
}

/// The running clocks of a case, the one due first in front.
#[must_use]
pub fn deadlines(set: &PolicySet, attributes: Attributes<'_>, history: &[Entry]) -> Vec<Deadline> {
    let Some(last) = history.last() else { return Vec::new() };
    let mut deadlines = Vec::new();
    for metric in Metric::ALL {
        let Some(promise) = set.promise(attributes, metric) else { continue };
        for (index, instance) in metric.instances(history, last.at).iter().enumerate() {
            if instance.end.is_some() || instance.paused.is_some() {
                continue;
            }
            let target_us = promise.target_us;
            let reached = |counted_us| reaches(instance, promise.calendar, last.at, counted_us);
            let warn_at = reached(target_us - target_us / WARNING_PART);
            let due_at = reached(target_us).and_then(|at| promise.calendar.after(at, 0));
            if let (Some(warn_at), Some(due_at)) = (warn_at, due_at) {
                let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                deadlines.push(Deadline { metric, number, target_us, warn_at, due_at });
            }
        }
    }
    deadlines.sort_by_key(|deadline| deadline.due_at);
    deadlines
}

/// The instant at which a run that goes on has counted so much.
fn reaches(
    instance: &Instance,
    calendar: &Calendar,
    now: UtcMicros,
    counted_us: i64,
) -> Option<UtcMicros> {
    let mut left_us = counted_us;
    for span in &instance.running {
        let passed_us = calendar.elapsed(span.from, span.to);
        if left_us <= passed_us {
            return calendar.after(span.from, left_us);
        }
        left_us -= passed_us;
    }
    calendar.after(now, left_us)
}
