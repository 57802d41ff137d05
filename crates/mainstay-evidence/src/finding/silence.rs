//! A source that writes steadily and then does not, while the others go on.
//!
//! Steadiness is measured against the traffic of the whole bundle, not against the clock: when
//! nobody asks, nobody answers, and that is no silence of one source.

use std::collections::{BTreeMap, BTreeSet};

use mainstay_core::UtcMicros;

use super::{Finding, FindingKind, Weight};
use crate::view::Bundle;

/// Records a source needs for its rhythm to be known.
const RECORDS_MIN: usize = 60;

/// A gap is this many times as long as all but one of twenty of the other gaps.
const RHYTHM_FACTOR: u64 = 12;

/// Records of its own that its rhythm lets expect in the gap.
const EXPECTED_MIN: u64 = 40;

/// Share of the time of all records; shorter silences are pauses.
const SHARE_MIN: i64 = 10;

/// Nobody looks into a silence that is shorter.
const LENGTH_US_MIN: i64 = 30_000_000;

/// Steps of the time of the bundle; outside its gap a steady source writes in all but one of
/// twenty of them.
const STEPS: i64 = 30;

/// Silent sources named; when more are silent, the bundle has an outer reason.
const SOURCES_MAX: usize = 3;

struct Gap {
    source: u32,
    from: UtcMicros,
    to: UtcMicros,
    /// The row before the gap.
    row: u32,
}

pub(super) fn find(bundle: &Bundle, found: &mut Vec<Finding>) {
    let Some((first, last)) = bundle.record_span() else { return };
    let share_us = (last.0 - first.0) / SHARE_MIN;
    let index = bundle.index();
    let timed = index.order().partition_point(|row| index.time(*row).is_some());
    let timed = &index.order()[..timed];
    let mut places_of: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
    for (row, place) in timed.iter().zip(0..) {
        places_of.entry(index.source(*row)).or_default().push(place);
    }
    let row_at = |place: u64| timed[(place as usize).min(timed.len() - 1)];
    let time_at = |place: u64| index.time(row_at(place)).unwrap_or(last);
    let mut gaps: Vec<Gap> = places_of
        .iter()
        .filter_map(|(source, places)| {
            let (from, to) = longest_gap(places, timed.len() as u64)?;
            let row = row_at(from);
            let gap = Gap { source: *source, from: time_at(from), to: time_at(to), row };
            let length_us = gap.to.0 - gap.from.0;
            let times = places.iter().map(|place| time_at(*place));
            (length_us >= share_us.max(LENGTH_US_MIN) && is_steady(times, &gap, first, last))
                .then_some(gap)
        })
        .collect();
    gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.to.0 - gap.from.0), gap.source));
    for gap in gaps.iter().take(SOURCES_MAX) {
        let name = bundle.source_name(gap.source);
        let seconds = (gap.to.0 - gap.from.0) / 1_000_000;
        let end = if gap.to == last { ", to the end of the bundle" } else { "" };
        let title = format!("{name} is silent for {seconds} s{end}");
        let detail = "it writes steadily otherwise, and the other sources go on; the last line before it \
             is cited";
        found.push(
            Finding::new(FindingKind::SilentSource, Weight::Medium, title, detail.to_owned())
                .at(Some(gap.from))
                .until(Some(gap.to))
                .citing(vec![bundle.place(gap.row)]),
        );
    }
}

/// Does the source write in nearly every step of the time outside its gap?
fn is_steady(
    times: impl Iterator<Item = UtcMicros>,
    gap: &Gap,
    first: UtcMicros,
    last: UtcMicros,
) -> bool {
    let width_us = (last.0 - first.0) / STEPS + 1;
    let step = |time: UtcMicros| (time.0 - first.0) / width_us;
    let outside = |step: &i64| {
        let begin = first.0 + step * width_us;
        begin + width_us <= gap.from.0 || begin >= gap.to.0
    };
    let written: BTreeSet<i64> = times.map(step).filter(outside).collect();
    let all = (0..STEPS).filter(outside).count();
    written.len() * 20 >= all * 19 && all > 0
}

/// The longest gap of a source whose records stand at `places` among `all` records of the bundle:
/// the places of the records before and after it.
fn longest_gap(places: &[u64], all: u64) -> Option<(u64, u64)> {
    if places.len() < RECORDS_MIN {
        return None;
    }
    let next = |at: usize| places.get(at + 1).copied().unwrap_or(all);
    let others: Vec<u64> = (0..places.len()).map(|at| next(at) - places[at]).collect();
    let at = (0..others.len()).max_by_key(|at| (others[*at], std::cmp::Reverse(*at)))?;
    let gap = others[at];
    let mut sorted = others;
    sorted.sort_unstable();
    let rhythm = sorted[sorted.len() * 95 / 100].max(1);
    let mean = ((all - places[0] - gap) / places.len() as u64).max(1);
    let silent = gap / rhythm >= RHYTHM_FACTOR && gap / mean >= EXPECTED_MIN;
    silent.then(|| (places[at], next(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_before_the_others_end_is_a_silence() {
        let steady: Vec<u64> = (0..100).map(|at| at * 10).collect();
        assert_eq!(longest_gap(&steady, 1_000), None);
        assert_eq!(longest_gap(&steady, 2_000), Some((990, 2_000)));
    }

    #[test]
    fn a_source_that_writes_in_bursts_is_not_silent() {
        let bursts: Vec<u64> = (0..100).map(|at| at / 10 * 1_000 + at % 10).collect();
        assert_eq!(longest_gap(&bursts, 12_000), None);
    }
}
