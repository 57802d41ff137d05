//! The window in which a source states far more errors than in the rest of its time, and the
//! messages that begin or end with it.
//!
//! The measure is the share of errors among the records of the same source: more traffic alone is
//! no burst. A window is found by the log likelihood ratio of a scan statistic, which has no
//! threshold for each kind of system.

use std::collections::BTreeMap;

use mainstay_core::{Level, UtcMicros};

use super::{Finding, FindingKind, Weight, counted, quote};
use crate::view::{Bundle, Index};

/// Steps of the time of the bundle; finer ones see noise, coarser ones blur the start.
const STEPS: usize = 60;

/// Fewer errors than this may stand together by chance.
const ERRORS_MIN: u64 = 5;

/// Inside a burst the share of errors is at least this many times that outside.
const FACTOR_MIN: f64 = 5.0;

/// Likelihood ratio (natural logarithm): 1,800 windows in a hundred sources give less by chance.
const SCORE_MIN: f64 = 14.0;

/// Records a source needs before the burst, for "new" to mean something.
const RECORDS_BEFORE_MIN: u64 = 20;

/// Records that should have come after the burst began, when a message is called vanished.
const EXPECTED_MIN: f64 = 12.0;

/// New and vanished messages named, each; the list of templates has the rest.
const MESSAGES_MAX: usize = 3;

/// Records and errors of one source by step.
struct Series {
    records: Vec<u64>,
    errors: Vec<u64>,
}

/// A window of steps, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Window {
    start: usize,
    end: usize,
    errors: u64,
    records: u64,
    score: f64,
}

/// Steps of equal width over the time of all records.
struct Clock {
    first: i64,
    width_us: i64,
}

impl Clock {
    fn step(&self, time: UtcMicros) -> usize {
        usize::try_from((time.0 - self.first) / self.width_us).unwrap_or(0).min(STEPS - 1)
    }

    fn start_of(&self, step: usize) -> UtcMicros {
        UtcMicros(self.first + self.width_us * i64::try_from(step).unwrap_or(0))
    }
}

pub(super) fn find(bundle: &Bundle, found: &mut Vec<Finding>) {
    let Some((first, last)) = bundle.record_span() else { return };
    let width_us = (last.0.saturating_sub(first.0) / STEPS as i64).saturating_add(1);
    let clock = Clock { first: first.0, width_us };
    let index = bundle.index();
    let mut bursts: Vec<(u32, Window)> = series(index, &clock)
        .iter()
        .filter_map(|(source, series)| Some((*source, strongest(series)?)))
        .collect();
    bursts.sort_by(|left, right| {
        right.1.score.total_cmp(&left.1.score).then_with(|| left.0.cmp(&right.0))
    });
    let Some((source, window)) = bursts.first().copied() else { return };
    let together: Vec<(u32, Window)> = bursts
        .into_iter()
        .filter(|(_, other)| other.start < window.end && window.start < other.end)
        .collect();
    let (from, to) = (clock.start_of(window.start), clock.start_of(window.end));
    let errors: Vec<u32> = errors_between(index, source, from, to).collect();
    let (at, until) = (errors.first(), errors.last());
    let (at, until) = (at.and_then(|row| index.time(*row)), until.and_then(|row| index.time(*row)));
    let others = together.len() as u64 - 1;
    let beside = if others == 0 {
        String::new()
    } else {
        format!(" and {}", counted(others, "more source"))
    };
    let title = format!("Errors burst in {}{beside}", bundle.source_name(source));
    let detail: Vec<String> = together
        .iter()
        .take(super::CITES_MAX)
        .map(|(source, window)| describe(bundle, *source, window))
        .collect();
    let cites = together
        .iter()
        .filter_map(|(source, window)| {
            let (from, to) = (clock.start_of(window.start), clock.start_of(window.end));
            errors_between(index, *source, from, to).next()
        })
        .map(|row| bundle.place(row))
        .collect();
    found.push(
        Finding::new(FindingKind::ErrorBurst, Weight::High, title, detail.join("; "))
            .at(at)
            .until(until)
            .citing(cites),
    );
    messages(bundle, from, to, found);
}

fn describe(bundle: &Bundle, source: u32, window: &Window) -> String {
    let name = bundle.source_name(source);
    let all = bundle.sources().get(source as usize).map_or(0, |source| source.errors);
    format!("{name} {} of its {all} errors", window.errors)
}

fn series(index: &Index, clock: &Clock) -> BTreeMap<u32, Series> {
    let mut by_source: BTreeMap<u32, Series> = BTreeMap::new();
    for row in index.order().iter().copied() {
        let Some(time) = index.time(row) else { break };
        let series = by_source
            .entry(index.source(row))
            .or_insert_with(|| Series { records: vec![0; STEPS], errors: vec![0; STEPS] });
        let step = clock.step(time);
        series.records[step] += 1;
        series.errors[step] += u64::from(is_error(index, row));
    }
    by_source
}

fn is_error(index: &Index, row: u32) -> bool {
    index.level(row).is_some_and(|level| level >= Level::Error)
}

/// The window that is least likely if errors fell evenly on the records of the source.
fn strongest(series: &Series) -> Option<Window> {
    let all_records: u64 = series.records.iter().sum();
    let all_errors: u64 = series.errors.iter().sum();
    if all_errors < ERRORS_MIN {
        return None;
    }
    let mut best: Option<Window> = None;
    for start in 0..STEPS {
        let (mut records, mut errors) = (0, 0);
        for end in start + 1..=STEPS {
            records += series.records[end - 1];
            errors += series.errors[end - 1];
            let score = score(errors, records, all_errors, all_records);
            if errors >= ERRORS_MIN && score > best.map_or(SCORE_MIN, |best| best.score) {
                best = Some(Window { start, end, errors, records, score });
            }
        }
    }
    best
}

fn score(errors: u64, records: u64, all_errors: u64, all_records: u64) -> f64 {
    let (inside, outside) = (errors as f64, (all_errors - errors) as f64);
    let expected = all_errors as f64 * records as f64 / all_records.max(1) as f64;
    let expected_outside = all_errors as f64 - expected;
    // half an error outside: a source that was silent before is no division by nothing
    let share_outside = (outside + 0.5) / ((all_records - records) as f64).max(1.0);
    let share_inside = inside / (records as f64).max(1.0);
    if share_inside < FACTOR_MIN * share_outside {
        return 0.0;
    }
    let term = |seen: f64, expected: f64| {
        if seen > 0.0 && expected > 0.0 { seen * (seen / expected).ln() } else { 0.0 }
    };
    term(inside, expected) + term(outside, expected_outside)
}

fn errors_between(
    index: &Index,
    source: u32,
    from: UtcMicros,
    to: UtcMicros,
) -> impl Iterator<Item = u32> {
    let before = |end: UtcMicros| {
        index.order().partition_point(|row| index.time(*row).is_some_and(|time| time < end))
    };
    let rows = &index.order()[before(from)..before(to)];
    rows.iter().copied().filter(move |row| index.source(*row) == source && is_error(index, *row))
}

/// A template around the moment the burst begins.
#[derive(Default)]
struct Around {
    before: u64,
    during: u64,
    after: u64,
    first: Option<u32>,
    last: Option<u32>,
    /// The most urgent level it states.
    level: Option<Level>,
}

fn messages(bundle: &Bundle, at: UtcMicros, until: UtcMicros, found: &mut Vec<Finding>) {
    let index = bundle.index();
    let mut around: BTreeMap<u32, Around> = BTreeMap::new();
    let mut source_before: BTreeMap<u32, u64> = BTreeMap::new();
    for row in index.order().iter().copied() {
        let Some(time) = index.time(row) else { break };
        let entry = around.entry(index.template(row)).or_default();
        if time < at {
            entry.before += 1;
            *source_before.entry(index.source(row)).or_default() += 1;
        } else if time < until {
            entry.during += 1;
        } else {
            entry.after += 1;
        }
        entry.level = entry.level.max(index.level(row));
        entry.first = entry.first.or(Some(row));
        entry.last = Some(row);
    }
    // traffic, not the clock: when nobody asks, every message stops
    let before: u64 = around.values().map(|it| it.before).sum();
    let since: u64 = around.values().map(|it| it.during + it.after).sum();
    let since_for_one_before = since as f64 / before.max(1) as f64;
    let known_source = |row: Option<u32>| {
        row.and_then(|row| source_before.get(&index.source(row))).copied().unwrap_or(0)
            >= RECORDS_BEFORE_MIN
    };
    let mut new: Vec<(&u32, &Around)> = around
        .iter()
        .filter(|(_, it)| it.before == 0 && it.during > 0 && known_source(it.first))
        .filter(|(_, it)| it.during + it.after >= ERRORS_MIN || it.level >= Some(Level::Error))
        .collect();
    new.sort_by_key(|(id, it)| (std::cmp::Reverse((it.level, it.during + it.after)), **id));
    let mut vanished: Vec<(&u32, &Around)> = around
        .iter()
        .filter(|(_, it)| it.during + it.after == 0)
        .filter(|(_, it)| it.before as f64 * since_for_one_before >= EXPECTED_MIN)
        .collect();
    vanished.sort_by_key(|(id, it)| (std::cmp::Reverse(it.before), **id));
    for (template, it) in new.into_iter().take(MESSAGES_MAX) {
        let text = quote(&bundle.template_text(*template));
        let detail = format!(
            "{} since the errors burst, none before",
            counted(it.during + it.after, "record")
        );
        push(
            bundle,
            FindingKind::NewTemplate,
            format!("New message: {text}"),
            detail,
            it.first,
            found,
        );
    }
    for (template, it) in vanished.into_iter().take(MESSAGES_MAX) {
        let text = quote(&bundle.template_text(*template));
        let detail = format!(
            "{} before the errors burst, none since; the last one is cited",
            counted(it.before, "record")
        );
        push(
            bundle,
            FindingKind::VanishedTemplate,
            format!("Message stopped: {text}"),
            detail,
            it.last,
            found,
        );
    }
}

fn push(
    bundle: &Bundle,
    kind: FindingKind,
    title: String,
    detail: String,
    row: Option<u32>,
    found: &mut Vec<Finding>,
) {
    let Some(row) = row else { return };
    found.push(
        Finding::new(kind, Weight::Medium, title, detail)
            .at(bundle.index().time(row))
            .citing(vec![bundle.place(row)]),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(errors: &[(usize, u64)], records: u64, expect: Option<(usize, usize)>) {
        let mut series = Series { records: vec![records; STEPS], errors: vec![0; STEPS] };
        for (step, count) in errors {
            series.errors[*step] = *count;
        }
        let window = strongest(&series).map(|window| (window.start, window.end));
        assert_eq!(window, expect);
    }

    #[test]
    fn errors_that_stand_together_are_a_burst() {
        check(&[(30, 9), (31, 12)], 100, Some((30, 32)));
    }

    #[test]
    fn errors_that_are_spread_are_none() {
        let spread: Vec<(usize, u64)> = (0..STEPS).map(|step| (step, 3)).collect();
        check(&spread, 100, None);
    }

    #[test]
    fn a_few_errors_are_none() {
        check(&[(30, 4)], 100, None);
    }
}
