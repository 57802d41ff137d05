//! Odd traces: time that operations spend themselves, gaps of calls, failures that begin here.

use std::collections::{BTreeMap, HashMap};

use super::compared::{Difference, Values};
use super::constant::{CITES_MAX, DROP, RAISED, VALUES_MIN};
use super::edges::{EdgeDifference, share_out};
use super::signal::{Group, Signal, told};
use super::window::Window;
use crate::metric::robust::SCORE_MAX;
use crate::observation::{NO_SPAN, Observation, Span, Vocabulary};
use crate::trace::{call, origin, path, tree, usual};

/// Nobody notices less: seconds.
const TIME_FLOOR: f64 = 0.005;

/// Between edges; networks and queues of one system differ by less: seconds.
const PEER_FLOOR: f64 = 0.02;

/// Gaps that show what is usual between components of a system.
const PEERS_MIN: usize = 30;

/// One failed request in a hundred is the smallest share that counts.
const SHARE_FLOOR: f64 = 0.01;

/// Values of one operation or edge by where they lie; places are those of spans of the case.
#[derive(Default)]
struct Sides {
    window: Vec<(f64, u32)>,
    before: Vec<f64>,
    reference: Vec<f64>,
}

/// Looks at all traces.
pub(super) fn find(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Vec<Signal> {
    let mut signals = self_time(case, reference, window, vocabulary);
    signals.extend(gaps(case, reference, window, vocabulary));
    signals.extend(failures(case, reference, window, vocabulary));
    signals.extend(failed_requests(case, reference, window));
    signals
}

fn self_time(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Vec<Signal> {
    let mut sides: BTreeMap<u32, Sides> = BTreeMap::new();
    let rows = &case.spans.rows;
    let own = tree::self_times(rows, &tree::Children::of(rows));
    for ((place, span), own) in (0_u32..).zip(rows).zip(&own) {
        sides.entry(span.operation).or_default().add(span, *own, place, window);
    }
    if let Some(reference) = reference {
        let rows = &reference.spans.rows;
        let own = tree::self_times(rows, &tree::Children::of(rows));
        for (span, own) in rows.iter().zip(&own) {
            if let Some(sides) = sides.get_mut(&span.operation) {
                sides.reference.push(*own as f64 / 1e6);
            }
        }
    }
    let mut signals = Vec::new();
    for (operation, sides) in &sides {
        let Some(difference) = sides.compare() else { continue };
        let value = if difference.score < 0.0 { difference.score * DROP } else { difference.score };
        if value.abs() < 0.5 {
            continue;
        }
        let slowest = sides.slowest();
        signals.push(Signal {
            component: vocabulary.operations.component(*operation),
            group: Group::SelfTime,
            name: format!("time spent in {}", vocabulary.operations.name(*operation)),
            value,
            detail: format!(
                "usually {} itself, now {} ({} spans)",
                told(difference.usual),
                told(difference.now),
                sides.window.len()
            ),
            cites: places(case, &slowest),
            onset: onset(case, sides, &difference),
            seconds: Some(difference.now - difference.usual),
        });
    }
    signals
}

fn gaps(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Vec<Signal> {
    let mut sides: BTreeMap<(u32, u32), Sides> = BTreeMap::new();
    let rows = &case.spans.rows;
    for call in call::calls(rows, &tree::Children::of(rows)) {
        if let Some(gap) = call.gap {
            let sides = sides.entry((call.caller, call.callee)).or_default();
            sides.add(&rows[call.span as usize], gap, call.span, window);
        }
    }
    if let Some(reference) = reference {
        let rows = &reference.spans.rows;
        for call in call::calls(rows, &tree::Children::of(rows)) {
            if let (Some(gap), Some(sides)) = (call.gap, sides.get_mut(&(call.caller, call.callee)))
            {
                sides.reference.push(gap as f64 / 1e6);
            }
        }
    }
    let peers = Peers::of(&sides);
    let edges: Vec<EdgeDifference> = sides
        .iter()
        .filter_map(|(edge, sides)| {
            let difference = sides.compare().or_else(|| peers.compare(sides))?;
            Some(EdgeDifference {
                edge: *edge,
                cites: places(case, &sides.slowest()),
                onset: onset(case, sides, &difference),
                difference,
            })
        })
        .collect();
    share_out(&edges, vocabulary)
}

/// The gaps of all edges together: what an edge without a past of its own is compared with.
struct Peers {
    calm: Vec<f64>,
}

impl Peers {
    fn of(sides: &BTreeMap<(u32, u32), Sides>) -> Self {
        let calm = |side: &dyn Fn(&Sides) -> Vec<f64>| sides.values().flat_map(side).collect();
        let reference: Vec<f64> = calm(&|sides| sides.reference.clone());
        let before: Vec<f64> = calm(&|sides| sides.before.clone());
        let all = || calm(&|sides| sides.window.iter().map(|it| it.0).collect());
        let enough = |values: &Vec<f64>| values.len() >= PEERS_MIN;
        let calm = [reference, before].into_iter().find(enough).unwrap_or_else(all);
        Self { calm }
    }

    /// Edges differ from each other, so only a large difference counts.
    fn compare(&self, sides: &Sides) -> Option<Difference> {
        let window: Vec<f64> = sides.window.iter().map(|it| it.0).collect();
        let (before, reference) = (&[][..], self.calm.as_slice());
        Values { window: &window, before, reference, floor: PEER_FLOOR }.compare()
    }
}

impl Sides {
    fn add(&mut self, span: &Span, micros: i64, place: u32, window: &Window) {
        let seconds = micros as f64 / 1e6;
        if span.start >= window.start && span.start <= window.end {
            self.window.push((seconds, place));
        } else if span.start < window.start {
            self.before.push(seconds);
        }
    }

    fn compare(&self) -> Option<Difference> {
        let window: Vec<f64> = self.window.iter().map(|it| it.0).collect();
        let values = Values {
            window: &window,
            before: &self.before,
            reference: &self.reference,
            floor: TIME_FLOOR,
        };
        values.compare()
    }

    /// The spans that show a rise best.
    fn slowest(&self) -> Vec<u32> {
        let mut sorted = self.window.clone();
        sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        sorted.iter().take(CITES_MAX).map(|it| it.1).collect()
    }
}

fn places(case: &Observation<'_>, spans: &[u32]) -> Vec<crate::finding::Place> {
    let mut places: Vec<_> = spans
        .iter()
        .map(|place| &case.spans.rows[*place as usize])
        .map(|span| case.place(span.file, u64::from(span.line)))
        .collect();
    places.sort();
    places.dedup();
    places
}

/// The first span of the window that is clearly slow.
fn onset(case: &Observation<'_>, sides: &Sides, difference: &Difference) -> Option<(i64, i64)> {
    if difference.score < RAISED {
        return None;
    }
    let halfway = f64::midpoint(difference.usual, difference.now);
    let slow = sides.window.iter().filter(|it| it.0 > halfway);
    let first = slow.map(|it| case.spans.rows[it.1 as usize].start).min()?;
    Some((first, first))
}

/// Failed spans that no failed child explains, by component, per span.
fn failures(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
) -> Vec<Signal> {
    let inside = |span: &Span| span.start >= window.start && span.start <= window.end;
    let usual = usual::callees([Some(case), reference].into_iter().flatten());
    let now = Shares::count(case, vocabulary, &usual, &inside);
    let before = Shares::count(case, vocabulary, &usual, &|span| span.start < window.start);
    let calm = reference.map(|it| Shares::count(it, vocabulary, &usual, &|_| true));
    let mut signals = Vec::new();
    for component in 0..vocabulary.components.len() {
        let (failed, all) = (now.failed[component].len(), now.all[component]);
        let base = calm.as_ref().filter(|calm| calm.all[component] >= VALUES_MIN as u64);
        let base = base.unwrap_or(&before);
        if failed < VALUES_MIN || base.all[component] < VALUES_MIN as u64 {
            continue;
        }
        let share = |failed: usize, all: u64| failed as f64 / all as f64;
        let (here, usual) =
            (share(failed, all), share(base.failed[component].len(), base.all[component]));
        let value = share_score((here, all), (usual, base.all[component]));
        if value < 0.5 {
            continue;
        }
        let first =
            now.failed[component].iter().map(|it| case.spans.rows[*it as usize].start).min();
        let shown: Vec<u32> = now.failed[component].iter().take(CITES_MAX).copied().collect();
        signals.push(Signal {
            component: component as u32,
            group: Group::Failures,
            name: if now.unreached[component] * 2 > failed {
                "calls that fail without reaching it"
            } else {
                "spans that fail here first"
            }
            .to_owned(),
            value,
            detail: format!(
                "usually {:.1} %, now {:.1} % ({failed} spans)",
                usual * 1e2,
                here * 1e2
            ),
            cites: places(case, &shown),
            onset: first.map(|first| (first, first)),
            seconds: None,
        });
    }
    signals
}

/// Requests of the entry point that fail, whoever is to blame: what users feel.
fn failed_requests(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
) -> Option<Signal> {
    let entry = window.entry?;
    let count = |observation: &Observation<'_>, keep: &dyn Fn(&Span) -> bool| {
        let rows = &observation.spans.rows;
        let mut places: Vec<u32> = Vec::new();
        let mut all = 0_u64;
        for (place, span) in (0_u32..).zip(rows) {
            if span.parent == NO_SPAN && span.component == entry && keep(span) {
                all += 1;
                places.extend(span.failed.then_some(place));
            }
        }
        (places, all)
    };
    let inside = |span: &Span| span.start >= window.start && span.start <= window.end;
    let (failed, all) = count(case, &inside);
    let before = count(case, &|span| span.start < window.start);
    let calm = reference.map(|it| count(it, &|_| true)).filter(|it| it.1 >= VALUES_MIN as u64);
    let base = calm.unwrap_or(before);
    if failed.len() < VALUES_MIN || base.1 < VALUES_MIN as u64 {
        return None;
    }
    let (here, usual) = (failed.len() as f64 / all as f64, base.0.len() as f64 / base.1 as f64);
    let first = failed.iter().map(|it| case.spans.rows[*it as usize].start).min();
    let shown: Vec<u32> = failed.iter().take(CITES_MAX).copied().collect();
    Some(Signal {
        component: entry,
        group: Group::Failures,
        name: "requests that fail".to_owned(),
        value: share_score((here, all), (usual, base.1)),
        detail: format!("usually {:.1} %, now {:.1} %", usual * 1e2, here * 1e2),
        cites: places(case, &shown),
        onset: first.map(|first| (first, first)),
        seconds: None,
    })
    .filter(|signal| signal.value >= 0.5)
}

/// A share of so many against a share of so many, in deviations; never below zero.
fn share_score(here: (f64, u64), usual: (f64, u64)) -> f64 {
    let (now, before) = (here.1 as f64, usual.1 as f64);
    let both = (here.0 * now + usual.0 * before) / (now + before);
    let spread = both * (1.0 - both) * (1.0 / now + 1.0 / before);
    ((here.0 - usual.0) / spread.sqrt().max(SHARE_FLOOR)).clamp(0.0, SCORE_MAX)
}

/// Spans and failure origins by component.
struct Shares {
    all: Vec<u64>,
    failed: Vec<Vec<u32>>,
    /// Of the failed ones, calls that did not arrive.
    unreached: Vec<usize>,
}

impl Shares {
    fn count(
        observation: &Observation<'_>,
        vocabulary: &Vocabulary,
        usual: &HashMap<u32, u32>,
        keep: &dyn Fn(&Span) -> bool,
    ) -> Self {
        let count = vocabulary.components.len();
        let mut shares = Self {
            all: vec![0; count],
            failed: vec![Vec::new(); count],
            unreached: vec![0; count],
        };
        let rows = &observation.spans.rows;
        for span in rows.iter().filter(|span| keep(span)) {
            shares.all[span.component as usize] += 1;
        }
        let children = tree::Children::of(rows);
        for place in origin::origins(rows, &children) {
            let span = &rows[place as usize];
            if !keep(span) {
                continue;
            }
            // a call that fails and leaves no span where it used to arrive: its callee was not
            // there, did not answer or turned it away
            let lost = usual.get(&span.operation).filter(|_| children.of_span(place).is_empty());
            let blamed = lost.copied().unwrap_or(span.component) as usize;
            if lost.is_some() {
                shares.all[blamed] += 1;
                shares.unreached[blamed] += 1;
            }
            shares.failed[blamed].push(place);
        }
        shares
    }
}

/// Share of the critical paths of the window's traces that each component owns.
pub(super) fn path_shares(case: &Observation<'_>, window: &Window) -> BTreeMap<u32, f64> {
    let rows = &case.spans.rows;
    let children = tree::Children::of(rows);
    let mut own: BTreeMap<u32, i64> = BTreeMap::new();
    let roots = (0_u32..).zip(rows).filter(|(_, span)| {
        span.parent == NO_SPAN && span.start >= window.start && span.start <= window.end
    });
    for (root, _) in roots {
        for stretch in path::critical(rows, &children, root) {
            *own.entry(rows[stretch.span as usize].component).or_default() += stretch.own;
        }
    }
    let all = own.values().sum::<i64>().max(1) as f64;
    own.into_iter().map(|(component, own)| (component, own as f64 / all)).collect()
}
