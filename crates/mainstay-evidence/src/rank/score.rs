//! From signals to scores: groups, symptoms explained downwards, coverage.

use std::collections::{BTreeMap, BTreeSet};

use super::constant::{
    EXPLAINED, EXPLAINS_FROM, EXPLAINS_TIME, GROUP_SHARES, RAISED, SEEN_FROM_OUTSIDE, UNREACHABLE,
};
use super::signal::{Group, Signal};
use super::topology::Topology;

/// Components that are judged; of more, those with the strongest signals.
const JUDGED_MAX: usize = 2_000;

/// A component with its signals and what became of them.
pub(super) struct Candidate {
    pub(super) component: u32,
    /// Strongest first.
    pub(super) signals: Vec<Signal>,
    /// Strength of each group, after what a callee explains was taken away.
    pub(super) groups: BTreeMap<Group, f64>,
    /// The callee that explains the symptoms of this one.
    pub(super) explained_by: Option<u32>,
    pub(super) taken_away: f64,
    /// Share of the symptomatic components that lie above it.
    pub(super) coverage: f64,
    pub(super) reachable: bool,
    /// The entry point is in trouble, and this lies below it.
    pub(super) below_entry: bool,
    pub(super) outside: bool,
    pub(super) own: f64,
    pub(super) score: f64,
}

impl Candidate {
    fn new(component: u32, mut signals: Vec<Signal>) -> Self {
        signals.sort_by(|a, b| {
            let weighed = |it: &Signal| it.value.abs() * it.group.weight();
            weighed(b).total_cmp(&weighed(a)).then_with(|| a.name.cmp(&b.name))
        });
        let mut groups: BTreeMap<Group, f64> = BTreeMap::new();
        let mut counts: BTreeMap<Group, usize> = BTreeMap::new();
        for signal in &signals {
            let count = counts.entry(signal.group).or_default();
            if let Some(share) = GROUP_SHARES.get(*count) {
                *groups.entry(signal.group).or_default() += share * signal.value.abs();
            }
            *count += 1;
        }
        Self {
            component,
            signals,
            groups,
            explained_by: None,
            taken_away: 0.0,
            coverage: 0.0,
            reachable: true,
            below_entry: false,
            outside: false,
            own: 0.0,
            score: 0.0,
        }
    }

    fn sum(&self) -> f64 {
        self.groups.iter().map(|(group, strength)| group.weight() * strength).sum()
    }

    fn symptoms(&self) -> f64 {
        let symptoms = self.groups.iter().filter(|(group, _)| group.is_symptom());
        symptoms.map(|(group, strength)| group.weight() * strength).sum()
    }

    /// The most an answer of it became slower by, in seconds.
    pub(super) fn slower_by(&self) -> Option<f64> {
        let slower = self.signals.iter().filter(|signal| signal.value >= RAISED);
        slower.filter_map(|signal| signal.seconds).max_by(f64::total_cmp)
    }

    /// Strength of a group.
    pub(super) fn strength(&self, group: Group) -> f64 {
        self.groups.get(&group).copied().unwrap_or(0.0)
    }

    pub(super) fn onset(&self) -> Option<(i64, i64)> {
        let raised = self.signals.iter().filter(|signal| signal.value.abs() >= RAISED);
        raised.filter_map(|signal| signal.onset).min()
    }
}

/// Candidates, best first.
pub(super) fn rank(
    signals: Vec<Signal>,
    topology: &Topology,
    entry: Option<u32>,
) -> Vec<Candidate> {
    let mut of_component: BTreeMap<u32, Vec<Signal>> = BTreeMap::new();
    for signal in signals.into_iter().filter(|signal| signal.component != u32::MAX) {
        of_component.entry(signal.component).or_default().push(signal);
    }
    let mut candidates: Vec<Candidate> = of_component
        .into_iter()
        .map(|(component, signals)| Candidate::new(component, signals))
        .collect();
    candidates.sort_by(|a, b| b.sum().total_cmp(&a.sum()).then(a.component.cmp(&b.component)));
    candidates.truncate(JUDGED_MAX);
    let mut by_component: BTreeMap<u32, Candidate> =
        candidates.into_iter().map(|it| (it.component, it)).collect();
    let symptomatic = symptomatic(&by_component, entry);
    let felt = entry.filter(|entry| by_component.get(entry).is_some_and(is_symptomatic));
    explain_downwards(&mut by_component, topology);
    let reach: BTreeMap<u32, BTreeSet<u32>> =
        symptomatic.iter().map(|component| (*component, topology.below(*component))).collect();
    let mut candidates: Vec<Candidate> = by_component.into_values().collect();
    for candidate in &mut candidates {
        finish(candidate, topology, &reach);
        candidate.below_entry = felt.is_some_and(|entry| {
            candidate.component != entry && reach[&entry].contains(&candidate.component)
        });
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.component.cmp(&b.component)));
    candidates
}

/// Components whose users would complain, the entry point always.
fn symptomatic(candidates: &BTreeMap<u32, Candidate>, entry: Option<u32>) -> BTreeSet<u32> {
    let raised = candidates.values().filter(|it| is_symptomatic(it)).map(|it| it.component);
    raised.chain(entry).collect()
}

fn is_symptomatic(candidate: &Candidate) -> bool {
    let felt = [Group::Latency, Group::Failures, Group::SelfTime];
    felt.iter().any(|group| candidate.strength(*group) >= RAISED)
}

fn explain_downwards(candidates: &mut BTreeMap<u32, Candidate>, topology: &Topology) {
    let order = topology.deepest_first(candidates.keys().copied().collect());
    for caller in order {
        let below_of_caller = topology.below(caller).len();
        let Some(candidate) = candidates.get(&caller) else { continue };
        let symptoms = candidate.symptoms();
        let own_resource = candidate.sum() - symptoms;
        let best = topology
            .below(caller)
            .into_iter()
            // of a loop, the deeper one explains
            .filter(|callee| topology.below(*callee).len() < below_of_caller)
            .filter_map(|callee| candidates.get(&callee))
            .filter(|callee| explains(callee, candidate))
            .max_by(|a, b| a.sum().total_cmp(&b.sum()));
        let Some((callee, strength)) = best.map(|it| {
            (it.explained_by.filter(|_| it.sum() < symptoms).unwrap_or(it.component), it.sum())
        }) else {
            continue;
        };
        // as much as the callee's own trouble suffices
        let share = (strength / symptoms.max(f64::MIN_POSITIVE)).min(1.0);
        let Some(candidate) = candidates.get_mut(&caller) else { continue };
        let before = candidate.sum();
        for (group, strength) in &mut candidate.groups {
            if group.is_symptom() {
                *strength *= 1.0 - (1.0 - EXPLAINED) * share;
            }
        }
        candidate.explained_by = Some(callee);
        candidate.taken_away = before - candidate.sum();
        debug_assert!(candidate.sum() + f64::EPSILON >= own_resource);
    }
}

/// Is the callee's trouble large, early and long enough to be that of its caller?
fn explains(callee: &Candidate, caller: &Candidate) -> bool {
    let strong =
        callee.sum().max(callee.sum() + callee.taken_away) >= EXPLAINS_FROM * caller.symptoms();
    let in_time = match (callee.onset(), caller.onset()) {
        (Some(callee), Some(caller)) => callee.0 <= caller.1 + SAMPLING_US,
        _ => true,
    };
    let long = match (callee.slower_by(), caller.slower_by()) {
        (Some(callee), Some(caller)) => callee >= EXPLAINS_TIME * caller,
        _ => true,
    };
    strong && in_time && long
}

/// One sampling interval of metrics, as most systems have it.
const SAMPLING_US: i64 = 60_000_000;

fn finish(candidate: &mut Candidate, topology: &Topology, reach: &BTreeMap<u32, BTreeSet<u32>>) {
    let above = reach.values().filter(|below| below.contains(&candidate.component)).count();
    candidate.coverage = above as f64 / reach.len().max(1) as f64;
    candidate.own = candidate.sum();
    candidate.reachable = !topology.is_known() || topology.reaches(candidate.component);
    candidate.outside = topology.outside.contains(&candidate.component);
    let known = if topology.is_known() { candidate.coverage } else { 1.0 };
    let mut score = candidate.own * (0.5 + 0.5 * known);
    if !candidate.reachable {
        score *= UNREACHABLE;
    }
    if candidate.outside {
        score *= SEEN_FROM_OUTSIDE;
    }
    candidate.score = score;
}
