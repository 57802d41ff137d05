//! The time that the logs of each component speak of. A log that was rotated away, cut or never
//! collected is not a message that vanished: what is missing is missed only where a log covers it.

use std::collections::HashMap;

use crate::metric::robust::median;
use crate::observation::Observation;

/// Logs that reach over this share of the time on the middle are whole: a log that ends before
/// the others has fallen silent, and its silence counts.
const WHOLE_FROM: f64 = 0.8;

/// What the logs of an observation cover.
pub(super) struct Coverage {
    of_component: HashMap<u32, (i64, i64)>,
}

impl Coverage {
    pub(super) fn of(observation: &Observation<'_>) -> Self {
        let mut of_component: HashMap<u32, (i64, i64)> = HashMap::new();
        for record in observation.records.each(observation.bundle) {
            let Some(time) = record.time else { continue };
            let range = of_component.entry(record.component).or_insert((time, time));
            *range = (range.0.min(time), range.1.max(time));
        }
        let (starts_whole, ends_whole) = whole(&of_component, observation.fine_time());
        for range in of_component.values_mut() {
            *range = (
                if starts_whole { i64::MIN } else { range.0 },
                if ends_whole { i64::MAX } else { range.1 },
            );
        }
        Self { of_component }
    }

    /// Would a message that this component writes at this time be in the bundle?
    pub(super) fn covers(&self, component: u32, time: i64) -> bool {
        self.of_component.get(&component).is_some_and(|range| range.0 <= time && time <= range.1)
    }
}

/// Do the logs reach to the first and to the last moment of anything, by and large?
fn whole(ranges: &HashMap<u32, (i64, i64)>, all: Option<(i64, i64)>) -> (bool, bool) {
    let Some((first, last)) = all.filter(|all| all.1 > all.0) else { return (true, true) };
    let share = |time: i64| (time - first) as f64 / (last - first) as f64;
    let starts = median(&mut ranges.values().map(|range| share(range.0)).collect::<Vec<_>>());
    let ends = median(&mut ranges.values().map(|range| share(range.1)).collect::<Vec<_>>());
    (
        starts.is_some_and(|start| start <= 1.0 - WHOLE_FROM),
        ends.is_some_and(|end| end >= WHOLE_FROM),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_silent_log_is_silent_and_many_short_ones_are_cut() {
        let ranges = |ends: &[i64]| (0_u32..).zip(ends).map(|(id, end)| (id, (2, *end))).collect();
        assert_eq!(whole(&ranges(&[100, 98, 40]), Some((0, 100))), (true, true));
        assert_eq!(whole(&ranges(&[50, 98, 40]), Some((0, 100))), (true, false));
        assert_eq!(whole(&ranges(&[]), Some((0, 100))), (false, false));
    }
}
