//! Odd metrics: every series in the window against the same series of the reference and before.

use std::collections::HashMap;

use super::Excluded;
use super::compared::{Difference, join};
use super::constant::{
    DISK_FULL_PERCENT, DROP, EPISODE, HOST, RAISED, REQUESTS_WANTED, STATED, VALUES_MIN,
};
use super::signal::{Group, Signal};
use super::window::Window;
use crate::metric::meaning::Measure;
use crate::metric::robust::{Usual, median};
use crate::observation::{Observation, Owner, Point, Series, Vocabulary};

/// Episodes reported; more of one cause do not explain more.
const EXCLUDED_MAX: usize = 20;

/// What the metrics of a bundle say.
pub(super) struct Found {
    pub(super) signals: Vec<Signal>,
    pub(super) excluded: Vec<Excluded>,
    /// Series that were judged.
    pub(super) judged: usize,
}

/// Looks at all series.
pub(super) fn find(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Found {
    let known = reference.map(|reference| by_key(&reference.series)).unwrap_or_default();
    let requests = requests(case);
    let mut found = Found { signals: Vec::new(), excluded: Vec::new(), judged: 0 };
    for series in &case.series {
        let Some(group) = group(series.meaning.measure) else { continue };
        let parts = Parts::of(series, window, known.get(&series.key()).map(Vec::as_slice));
        if parts.is_constant() {
            continue;
        }
        let weights = weights(series, &parts.window, &requests);
        let (before, episode) = parts.without_episodes(series, window);
        if let Some((from, until)) = episode
            && found.excluded.len() < EXCLUDED_MAX
            && let Owner::Component(component) = series.owner
            && group != Group::ClientLatency
            && found.excluded.last().is_none_or(|it| it.what != series.metric)
        {
            found.excluded.push(Excluded {
                component: vocabulary.components.name(component).to_owned(),
                what: series.metric.clone(),
                from: mainstay_core::UtcMicros(from),
                until: mainstay_core::UtcMicros(until),
            });
        }
        found.judged += 1;
        let judged = judge(&parts, &before, series, &weights);
        if let Some(judged) = judged {
            found.signals.extend(signal(case, series, group, &judged, window));
        }
        found.signals.extend(full_disk(case, series, &parts));
    }
    found.signals.extend(super::gap_metrics::find(case, reference, window, vocabulary));
    found
}

fn by_key(series: &[Series]) -> HashMap<(Owner, &str, &str), Vec<&Series>> {
    let mut known: HashMap<(Owner, &str, &str), Vec<&Series>> = HashMap::new();
    for series in series {
        known.entry(series.key()).or_default().push(series);
    }
    known
}

fn group(measure: Measure) -> Option<Group> {
    Some(match measure {
        Measure::Cpu => Group::Cpu,
        Measure::Memory => Group::Memory,
        Measure::Disk => Group::Disk,
        Measure::Saturation => Group::Saturation,
        Measure::Latency => Group::Latency,
        Measure::ClientLatency => Group::ClientLatency,
        Measure::Failures | Measure::Success | Measure::Restarts => Group::Failures,
        Measure::Traffic => Group::Traffic,
        Measure::Network => Group::Network,
        Measure::Other => return None,
    })
}

/// The points of a series by where they lie.
struct Parts {
    window: Vec<Point>,
    before: Vec<Point>,
    reference: Vec<f64>,
}

impl Parts {
    fn of(series: &Series, window: &Window, reference: Option<&[&Series]>) -> Self {
        let inside = |point: &&Point| point.time >= window.start && point.time <= window.end;
        // a sample may stand for the interval behind it
        let calm = |point: &&Point| point.time + series.interval <= window.start;
        let turn = |point: &Point| Point { value: turned(series, point.value), ..*point };
        let reference = reference.unwrap_or_default().iter().flat_map(|it| &it.points);
        Self {
            window: series.points.iter().filter(inside).map(turn).collect(),
            before: series.points.iter().filter(calm).map(turn).collect(),
            reference: reference.map(|point| turned(series, point.value)).collect(),
        }
    }

    fn is_constant(&self) -> bool {
        let all = self.window.iter().chain(&self.before).map(|point| point.value);
        let mut all = all.chain(self.reference.iter().copied());
        let first = all.next();
        all.all(|value| Some(value) == first)
    }

    /// The time before without an episode that began and ended in it, and that episode.
    fn without_episodes(&self, series: &Series, window: &Window) -> (Vec<f64>, Option<(i64, i64)>) {
        let values = |points: &[Point]| points.iter().map(|point| point.value).collect::<Vec<_>>();
        let all = values(&self.before);
        let calm = if self.reference.len() >= VALUES_MIN { &self.reference } else { &all };
        let Some(usual) = Usual::of(calm, series.meaning.floor, false) else { return (all, None) };
        let odd: Vec<bool> =
            self.before.iter().map(|point| usual.score(point.value).abs() >= EPISODE).collect();
        let in_run = |at: usize| {
            odd[at] && ((at > 0 && odd[at - 1]) || odd.get(at + 1).copied().unwrap_or(false))
        };
        let runs: Vec<usize> = (0..odd.len()).filter(|at| in_run(*at)).collect();
        // half of the time is no episode but another state
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return (all, None) };
        let ended = *last + 1 < odd.len();
        if runs.len() * 2 > odd.len() || !ended {
            return (all, None);
        }
        let kept = (0..odd.len()).filter(|at| !in_run(*at)).map(|at| self.before[at].value);
        let episode = (self.before[*first].time, self.before[*last].time.min(window.start));
        (kept.collect(), Some(episode))
    }
}

/// Higher is worse.
fn turned(series: &Series, value: f64) -> f64 {
    match series.meaning.measure {
        Measure::Success if series.meaning.percent => 100.0 - value,
        Measure::Success => 1.0 - value,
        _ => value,
    }
}

/// Requests a second of each component, by time.
fn requests(case: &Observation<'_>) -> HashMap<u32, Vec<Point>> {
    let mut requests: HashMap<u32, Vec<Point>> = HashMap::new();
    for series in &case.series {
        if let (Measure::Traffic, Owner::Component(component)) =
            (series.meaning.measure, series.owner)
        {
            let seconds = (series.interval as f64 / 1e6).max(1.0);
            let a_rate = series.metric.contains("rate") || series.meaning.counter;
            let per_interval = if a_rate { seconds } else { 1.0 };
            let points = requests.entry(component).or_default();
            points.extend(
                series.points.iter().map(|it| Point { value: it.value * per_interval, ..*it }),
            );
        }
    }
    for points in requests.values_mut() {
        points.sort_by_key(|point| point.time);
    }
    requests
}

/// How much each point of the window is to be believed.
fn weights(series: &Series, window: &[Point], requests: &HashMap<u32, Vec<Point>>) -> Vec<f64> {
    let of_requests = matches!(
        series.meaning.measure,
        Measure::Latency | Measure::ClientLatency | Measure::Success
    );
    let known = match series.owner {
        Owner::Component(component) if of_requests => requests.get(&component),
        _ => None,
    };
    let Some(known) = known else { return vec![1.0; window.len()] };
    let of_point = |point: &Point| {
        let at = known.partition_point(|it| it.time < point.time - series.interval / 2);
        let near = known.get(at).filter(|it| (it.time - point.time).abs() <= series.interval);
        near.map_or(1.0, |near| {
            // a quantile is that of the requests beyond it
            let beyond = near.value * (1.0 - series.quantile().unwrap_or(0.5)) * 2.0;
            (near.value / REQUESTS_WANTED).min(beyond / 2.0).clamp(0.0, 1.0)
        })
    };
    window.iter().map(of_point).collect()
}

/// A series that was judged.
struct Judged {
    difference: Difference,
    /// The point that shows it best.
    shown: Point,
    onset: Option<(i64, i64)>,
}

fn judge(parts: &Parts, before: &[f64], series: &Series, weights: &[f64]) -> Option<Judged> {
    let floor = series.meaning.floor;
    // a calm baseline knows its own extremes; before the window there may be another fault
    let reference = (parts.reference.len() >= VALUES_MIN)
        .then(|| Usual::of(&parts.reference, floor, true))
        .flatten()
        .map(|usual| usual.reaching(before));
    // one value before is better than none where there is no reference
    let least = if reference.is_some() { VALUES_MIN } else { 1 };
    let earlier = (before.len() >= least).then(|| Usual::of(before, floor, true)).flatten();
    let against = |usual: &Usual| -> Difference {
        let scores: Vec<f64> = parts
            .window
            .iter()
            .zip(weights)
            .map(|(point, weight)| usual.score(point.value) * weight)
            .collect();
        let now = median(&mut parts.window.iter().map(|point| point.value).collect::<Vec<_>>());
        Difference {
            score: lasting(&scores, level_share(series.meaning.measure)),
            usual: usual.median,
            now: now.unwrap_or(usual.median),
        }
    };
    let by_reference = reference.as_ref().map(against);
    let by_before = earlier.as_ref().map(against);
    let difference = join(by_reference, by_before, before.len())?;
    let usual = reference.or(earlier)?;
    let side = difference.score.signum();
    let scored = parts.window.iter().map(|point| (usual.score(point.value) * side, point));
    let shown = scored.clone().max_by(|a, b| a.0.total_cmp(&b.0)).map(|it| *it.1)?;
    let onset = scored.clone().find(|(score, _)| *score >= RAISED);
    let onset = onset.map(|(_, point)| (point.time - series.interval, point.time));
    Some(Judged { difference, shown, onset })
}

/// Share of what every point of a side reaches in its score. A quantile or a share of requests
/// jumps by chance; a processor that was busy for a minute was busy.
fn level_share(measure: Measure) -> f64 {
    match measure {
        Measure::Cpu | Measure::Memory | Measure::Disk | Measure::Saturation => 0.25,
        _ => 0.75,
    }
}

/// The side on which at least half of the points lie, two at least.
fn lasting(scores: &[f64], level_share: f64) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let count = sorted.len().div_ceil(2).max(2).min(sorted.len());
    if count == 0 {
        return 0.0;
    }
    // what all of them reach, and a little of how far the others go
    let level = |values: &[f64]| {
        let reached = values.iter().copied().min_by(|a, b| a.abs().total_cmp(&b.abs()));
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        level_share * reached.unwrap_or(0.0) + (1.0 - level_share) * mean
    };
    let (low, high) = (level(&sorted[..count]), level(&sorted[sorted.len() - count..]));
    let score = if high.abs() >= low.abs() { high } else { low };
    if sorted.len() == 1 { score * 0.5 } else { score }
}

/// A disk that has become full is a state by itself, however small the last step was.
fn full_disk(case: &Observation<'_>, series: &Series, parts: &Parts) -> Option<Signal> {
    let Owner::Component(component) = series.owner else { return None };
    let is_full = |value: f64| value >= DISK_FULL_PERCENT;
    let known = parts.before.iter().map(|point| point.value).chain(parts.reference.iter().copied());
    let was_full = known.clone().filter(|value| is_full(*value)).count() * 2 > known.count();
    let first = parts.window.iter().find(|point| is_full(point.value))?;
    let is_disk = series.meaning.measure == Measure::Disk && series.meaning.percent;
    (is_disk && !series.meaning.counts_room && !was_full).then(|| Signal {
        component,
        group: Group::Disk,
        name: format!("{} is full", series.metric),
        value: STATED,
        detail: format!("{} % of the disk are used", number(first.value)),
        cites: vec![case.place(first.file, u64::from(first.line))],
        onset: Some((first.time - series.interval, first.time)),
        seconds: None,
    })
}

fn signal(
    case: &Observation<'_>,
    series: &Series,
    group: Group,
    judged: &Judged,
    window: &Window,
) -> Option<Signal> {
    let component = match series.owner {
        Owner::Component(component) => component,
        // what a callee needs is its own; what its caller waits is half the network's
        Owner::Edge { callee, .. } => callee,
        Owner::System => window.entry?,
    };
    let mut value = judged.difference.score;
    if value < 0.0 {
        value *= DROP;
    }
    if series.meaning.of_host {
        value *= HOST;
    }
    if matches!(series.owner, Owner::Edge { .. }) && series.meaning.caller_side == Some(true) {
        value *= 0.5;
    }
    if value.abs() < 0.5 {
        return None;
    }
    let second = series.meaning.second;
    let seconds = matches!(group, Group::Latency)
        .then(|| (judged.shown.value - judged.difference.usual) / second);
    let name = match series.variant.as_str() {
        "" => series.metric.clone(),
        variant => format!("{} ({variant})", series.metric),
    };
    Some(Signal {
        component,
        group,
        name,
        value,
        detail: format!(
            "usually {}, now {}, at most {}",
            number(judged.difference.usual),
            number(judged.difference.now),
            number(judged.shown.value)
        ),
        cites: vec![case.place(judged.shown.file, u64::from(judged.shown.line))],
        onset: judged.onset,
        seconds,
    })
}

/// Three digits are enough to see a change.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 100.0 || value == 0.0 {
        format!("{value:.0}")
    } else if size >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.4}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spike_does_not_last() {
        assert!(lasting(&[0.0, 20.0, 0.0, 0.0, 0.0], 0.75) < 2.0);
        assert!(lasting(&[20.0, 20.0, 20.0, 0.0, 0.0], 0.75) > 19.0);
        assert!(lasting(&[-20.0, -20.0, 0.0], 0.75) < -19.0);
        assert!(lasting(&[], 0.75).abs() < f64::EPSILON);
    }
}
