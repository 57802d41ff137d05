//! A source that writes steadily and then does not, while the others go on.
//!
//! Steadiness is measured against the traffic of the whole bundle, not against the clock: when
//! nobody asks, nobody answers, and that is no silence of one source.

use std::collections::BTreeMap;

use mainstay_core::UtcMicros;

use super::{Finding, FindingKind, Weight};
use crate::view::Bundle;

/// Records a source needs for its rhythm to be known.
const RECORDS_MIN: u64 = 60;

/// A gap is this many times as long as all but one of twenty of the other gaps.
const RHYTHM_FACTOR: u64 = 12;

/// Records of its own that its rhythm lets expect in the gap.
const EXPECTED_MIN: u64 = 40;

/// Share of the time of all records; shorter silences are pauses.
const SHARE_MIN: i64 = 10;

/// Nobody looks into a silence that is shorter.
const LENGTH_US_MIN: i64 = 30_000_000;

/// Steps of the time of the bundle, a bit each; outside its gap a steady source writes in all but one
/// of twenty of them.
const STEPS: i64 = 30;

/// Silent sources named; when more are silent, the bundle has an outer reason.
const SOURCES_MAX: usize = 3;

/// Gaps that are counted by their length; a longer one is rare.
const SHORT_GAPS: usize = 64;

/// How a source writes: the gaps between its records, each as long as the records of all sources in
/// it. Holds no place for each record: gaps of many lengths do not fit into a bundle.
struct Rhythm {
    first: u64,
    last: u64,
    records: u64,
    short: [u64; SHORT_GAPS],
    long: BTreeMap<u64, u64>,
    /// The first of the longest: its length, and where it begins.
    longest: (u64, u64),
    /// One bit for each step in which it writes.
    steps: u32,
}

impl Rhythm {
    fn new(place: u64) -> Self {
        Self {
            first: place,
            last: place,
            records: 0,
            short: [0; SHORT_GAPS],
            long: BTreeMap::new(),
            longest: (0, place),
            steps: 0,
        }
    }

    fn write(&mut self, place: u64, step: i64) {
        if self.records > 0 {
            self.gap(place);
        }
        self.records += 1;
        self.last = place;
        self.steps |= 1 << step;
    }

    /// Notes the gap from the last record to the next one, or to the end.
    fn gap(&mut self, next: u64) {
        let length = next - self.last;
        match self.short.get_mut(usize::try_from(length).unwrap_or(usize::MAX)) {
            Some(count) => *count += 1,
            None => *self.long.entry(length).or_default() += 1,
        }
        if length > self.longest.0 {
            self.longest = (length, self.last);
        }
    }

    /// The longest gap, if it is a silence among `all` records: the places before and after it.
    fn silence(&self, all: u64) -> Option<(u64, u64)> {
        if self.records < RECORDS_MIN {
            return None;
        }
        let (length, from) = self.longest;
        let rhythm = self.gap_at(self.records * 95 / 100).max(1);
        let mean = ((all - self.first - length) / self.records).max(1);
        let silent = length / rhythm >= RHYTHM_FACTOR && length / mean >= EXPECTED_MIN;
        silent.then_some((from, from + length))
    }

    /// The length of the gap at a place among all gaps, the shortest first.
    fn gap_at(&self, place: u64) -> u64 {
        let short = (0..).zip(self.short);
        let long = self.long.iter().map(|(length, count)| (*length, *count));
        let mut before = 0;
        let mut gaps = short.chain(long);
        let found = gaps.find(|(_, count)| {
            before += count;
            before > place
        });
        found.map_or(0, |(length, _)| length)
    }
}

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
    let width_us = (last.0 - first.0) / STEPS + 1;
    let index = bundle.index();
    let timed = index.order().partition_point(|row| index.time(*row).is_some());
    let timed = &index.order()[..timed];
    let row_at = |place: u64| timed[(place as usize).min(timed.len() - 1)];
    let time_at = |place: u64| index.time(row_at(place)).unwrap_or(last);
    let all = timed.len() as u64;
    let mut rhythms: BTreeMap<u32, Rhythm> = BTreeMap::new();
    for (row, place) in timed.iter().zip(0..) {
        let step = (time_at(place).0 - first.0) / width_us;
        let rhythm = rhythms.entry(index.source(*row)).or_insert_with(|| Rhythm::new(place));
        rhythm.write(place, step.clamp(0, STEPS - 1));
    }
    let mut gaps: Vec<Gap> = rhythms
        .into_iter()
        .filter_map(|(source, mut rhythm)| {
            rhythm.gap(all);
            let (from, to) = rhythm.silence(all)?;
            let gap = Gap { source, from: time_at(from), to: time_at(to), row: row_at(from) };
            let length_us = gap.to.0 - gap.from.0;
            (length_us >= share_us.max(LENGTH_US_MIN)
                && is_steady(rhythm.steps, &gap, first, width_us))
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
fn is_steady(steps: u32, gap: &Gap, first: UtcMicros, width_us: i64) -> bool {
    let outside = |step: &i64| {
        let begin = first.0 + step * width_us;
        begin + width_us <= gap.from.0 || begin >= gap.to.0
    };
    let all = (0..STEPS).filter(outside).count();
    let written = (0..STEPS).filter(outside).filter(|step| steps >> step & 1 == 1).count();
    written * 20 >= all * 19 && all > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(places: &[u64], all: u64, expect: Option<(u64, u64)>) {
        let mut rhythm = Rhythm::new(places[0]);
        places.iter().for_each(|place| rhythm.write(*place, 0));
        rhythm.gap(all);
        assert_eq!(rhythm.silence(all), expect);
    }

    #[test]
    fn an_end_before_the_others_end_is_a_silence() {
        let steady: Vec<u64> = (0..100).map(|at| at * 10).collect();
        check(&steady, 1_000, None);
        check(&steady, 2_000, Some((990, 2_000)));
    }

    #[test]
    fn a_source_that_writes_in_bursts_is_not_silent() {
        let bursts: Vec<u64> = (0..100).map(|at| at / 10 * 1_000 + at % 10).collect();
        check(&bursts, 12_000, None);
    }

    #[test]
    fn of_equal_gaps_the_first_is_the_silence() {
        let twice: Vec<u64> = (0..60).chain(2_000..2_060).collect();
        check(&twice, 4_000, Some((59, 2_000)));
    }
}
