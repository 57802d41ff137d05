//! A suspect with its reasons: what speaks for it, what against, what is missing, what to look at
//! next.

use mainstay_core::UtcMicros;
use serde::{Deserialize, Serialize};

use super::Grounding;
use super::constant::{AT_FAULT, CITES_MAX, CONTRIBUTIONS_MAX, RAISED};
use super::kind::{self, Kind};
use super::score::Candidate;
use super::signal::Group;
use crate::finding::Place;

/// What became of a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Proposed,
    Supported,
    Refuted,
    Inconclusive,
}

impl Status {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// One summand of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// The group: `cpu`, `self_time`, `explained`.
    pub group: String,
    pub name: String,
    /// Signed: below zero it was taken away.
    pub value: f64,
    pub detail: String,
    pub cites: Vec<Place>,
}

/// One suspect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hypothesis {
    pub component: String,
    pub kind: Kind,
    pub statement: String,
    /// 0 to 1; grows with the sum of the contributions.
    pub score: f64,
    /// The sum of the contributions, after topology.
    pub own_score: f64,
    pub confidence: f64,
    pub status: Status,
    pub contributions: Vec<Contribution>,
    #[serde(rename = "for")]
    pub supporting: Vec<String>,
    pub against: Vec<String>,
    pub missing: Vec<String>,
    /// The earliest and the latest moment the trouble can have begun.
    pub onset: Option<(UtcMicros, UtcMicros)>,
    pub next_check: String,
    /// Known causes that the messages fit, from the pattern library.
    pub patterns: Vec<String>,
    pub cites: Vec<Place>,
}

impl Hypothesis {
    /// Does the evidence state the cause in words?
    #[must_use]
    pub fn has_statement(&self) -> bool {
        self.contributions.iter().any(|it| it.group == Group::Statement.as_str() && it.value > 0.0)
    }
}

/// Known causes written out for a hypothesis.
const PATTERNS_MAX: usize = 5;

/// Signals whose places a hypothesis cites.
const CITED_MAX: usize = 5;

/// Half of the way to sure.
const SCORE_HALF: f64 = 8.0;

/// Writes a candidate down.
pub(super) fn of(candidate: &Candidate, grounding: &Grounding<'_, '_>) -> Hypothesis {
    let stated_kind = super::known::stated_kind(&grounding.known, candidate.component);
    let changed = grounding.changed(candidate.component);
    let kind = kind::of(candidate, grounding.case, changed, stated_kind);
    let patterns = grounding.patterns(candidate.component);
    let groups = signal_groups(candidate);
    // the symptom of the entry point above it is a signal of its own
    let signals = groups.len() + usize::from(candidate.below_entry);
    let stated = groups.contains(&Group::Statement);
    let strong_against = !candidate.reachable || waits(candidate, grounding);
    let clear = candidate.score >= 2.0 * AT_FAULT && !groups.is_empty();
    let several = candidate.score >= AT_FAULT && (signals >= 2 || stated);
    let status = if clear || several && !strong_against {
        Status::Supported
    } else if candidate.score >= AT_FAULT {
        Status::Inconclusive
    } else {
        Status::Proposed
    };
    let onset = candidate.onset().map(|(first, last)| (UtcMicros(first), UtcMicros(last)));
    Hypothesis {
        component: grounding.name(candidate.component).to_owned(),
        kind,
        statement: statement(candidate, kind, grounding.stated(candidate.component, kind)),
        score: 1.0 - (-candidate.score * std::f64::consts::LN_2 / SCORE_HALF).exp(),
        own_score: candidate.score,
        confidence: 0.0,
        status,
        contributions: contributions(candidate, grounding),
        supporting: supporting(candidate, grounding),
        against: against(candidate, grounding),
        missing: missing(candidate, grounding),
        onset,
        next_check: match patterns.iter().find(|it| it.kind == kind) {
            Some(pattern) => pattern.check.clone(),
            None => next_check(kind, candidate, grounding),
        },
        patterns: patterns
            .iter()
            .take(PATTERNS_MAX)
            .map(|it| format!("{}: {}; {} ({})", it.id, it.cause, it.fix, it.article))
            .collect(),
        cites: cites(candidate),
    }
}

/// Groups that are raised on their own: independent signals. What it waits for others is none.
fn signal_groups(candidate: &Candidate) -> Vec<Group> {
    let raised = candidate.groups.iter().filter(|(group, strength)| {
        **strength >= RAISED * 0.5
            && !matches!(group, Group::Traffic | Group::Network | Group::ClientLatency)
    });
    raised.map(|(group, _)| *group).collect()
}

/// Late as a whole, while the time it spends itself is as usual: it waits for something else.
fn waits(candidate: &Candidate, grounding: &Grounding<'_, '_>) -> bool {
    signal_groups(candidate) == [Group::Latency]
        && grounding.has_spans(candidate.component)
        && candidate.strength(Group::SelfTime) < 1.0
}

fn statement(candidate: &Candidate, kind: Kind, stated: Option<&str>) -> String {
    let strongest = candidate.signals.first();
    let what = strongest
        .map_or_else(String::new, |it| format!("; strongest sign: {}, {}", it.name, it.detail));
    if let Some(stated) = stated {
        return format!("{stated}{what}");
    }
    let text = match kind {
        Kind::Cpu => "it needs or lacks processor time",
        Kind::Memory => "its memory grows out of the usual",
        Kind::Disk => "its disk is busy or full",
        Kind::Network => "calls to and from it are lost or late on the way",
        Kind::Code => {
            "it behaves differently: messages or calls of its operations are new or missing"
        }
        Kind::Latency => "it answers late itself; the mechanism is not known",
        Kind::Error => "it fails itself; the mechanism is not known",
        Kind::Overload => "it is asked for more than it can give",
        Kind::Config => "a change of its configuration or version came just before",
    };
    format!("{text}{what}")
}

fn contributions(candidate: &Candidate, grounding: &Grounding<'_, '_>) -> Vec<Contribution> {
    let mut list: Vec<Contribution> = candidate
        .signals
        .iter()
        .take(CONTRIBUTIONS_MAX)
        .map(|signal| Contribution {
            group: signal.group.as_str().to_owned(),
            name: signal.name.clone(),
            // what is less than usual speaks for it like what is more
            value: round(signal.value.abs() * signal.group.weight()),
            detail: signal.detail.clone(),
            cites: signal.cites.clone(),
        })
        .collect();
    let mut add = |group: &str, name: String, value: f64, detail: &str| {
        list.push(Contribution {
            group: group.to_owned(),
            name,
            value: round(value),
            detail: detail.to_owned(),
            cites: Vec::new(),
        });
    };
    if let Some(callee) = candidate.explained_by {
        let name = format!("explained by {}, which it calls", grounding.name(callee));
        add(
            "explained",
            name,
            -candidate.taken_away,
            "symptoms belong to the callee that causes them",
        );
    }
    let lost = candidate.own - candidate.score;
    if lost > 0.05 {
        let name = if candidate.reachable {
            format!("lies below {:.0} % of the symptoms", candidate.coverage * 100.0)
        } else {
            "the entry point does not call it".to_owned()
        };
        add("topology", name, -lost, "who does not lie below the symptoms explains less of them");
    }
    list
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A share of the critical path worth a word.
const PATH_SHARE_MIN: f64 = 0.2;

fn supporting(candidate: &Candidate, grounding: &Grounding<'_, '_>) -> Vec<String> {
    let raised = candidate.signals.iter().filter(|it| it.value.abs() * it.group.weight() >= 1.0);
    let mut list: Vec<String> =
        raised.take(5).map(|it| format!("{}: {}", it.name, it.detail)).collect();
    let share = grounding.path_shares.get(&candidate.component).copied().unwrap_or(0.0);
    if share >= PATH_SHARE_MIN {
        list.push(format!("it owns {:.0} % of the critical paths", share * 100.0));
    }
    list
}

fn against(candidate: &Candidate, grounding: &Grounding<'_, '_>) -> Vec<String> {
    let mut against = Vec::new();
    if let Some(callee) = candidate.explained_by {
        against.push(format!("{} below it has the same trouble", grounding.name(callee)));
    }
    if !candidate.reachable {
        against.push("the entry point does not call it, directly or not".to_owned());
    }
    if waits(candidate, grounding) {
        against.push("the time it spends itself is as usual: it waits".to_owned());
    }
    if candidate.outside {
        against.push("it is known only from its callers".to_owned());
    }
    if let (Some(onset), Some(entry)) = (candidate.onset(), grounding.entry_onset)
        && onset.0 > entry.1
    {
        against.push("its trouble began after the symptom".to_owned());
    }
    let usual = [(Group::Cpu, "processor"), (Group::Memory, "memory")];
    for (group, word) in usual {
        let has = grounding.has_measured(candidate.component, group);
        if has && candidate.strength(group) < 1.0 {
            against.push(format!("its {word} is as usual"));
        }
    }
    against
}

fn missing(candidate: &Candidate, grounding: &Grounding<'_, '_>) -> Vec<String> {
    let mut missing = Vec::new();
    let component = candidate.component;
    if !grounding.has_spans(component) {
        missing.push("no spans of it".to_owned());
    }
    if !grounding.has_logs(component) {
        missing.push("no logs of it".to_owned());
    }
    if !grounding.has_measured(component, Group::Cpu) {
        missing.push("no processor metrics of it".to_owned());
    }
    missing
}

/// The cheapest look that tells this suspect from the others.
fn next_check(kind: Kind, candidate: &Candidate, grounding: &Grounding<'_, '_>) -> String {
    let name = grounding.name(candidate.component);
    match kind {
        Kind::Cpu => format!("processor use and throttling of {name} since the onset, by process"),
        Kind::Memory => format!("memory and restarts of {name}; a heap or allocation profile"),
        Kind::Disk => format!("free space, inodes and I/O wait of the volumes of {name}"),
        Kind::Network => format!(
            "loss and delay between {name} and one of its peers, and whether all pods of its node are affected"
        ),
        Kind::Code => format!(
            "what changed in {name}; read one request that lacks the message beside one that has it"
        ),
        Kind::Latency => format!("a profile or thread dump of {name} during one slow request"),
        Kind::Error => format!("the answer {name} gives to one failing request, with its reason"),
        Kind::Overload => format!("limits, throttling and the callers of {name} by rate"),
        Kind::Config => format!("take the change of {name} back on one replica and compare"),
    }
}

fn cites(candidate: &Candidate) -> Vec<Place> {
    let mut cites: Vec<Place> = Vec::new();
    let mut shown: Vec<_> =
        candidate.signals.iter().filter(|it| it.value.abs() >= 1.0).take(CITED_MAX).collect();
    // who reads one line reads the one that says it in words
    let statements = candidate.signals.iter().filter(|it| it.group == Group::Statement);
    shown.extend(statements.take(1));
    shown.sort_by_key(|it| it.group != Group::Statement);
    for signal in shown {
        cites.extend(signal.cites.iter().take(CITES_MAX).cloned());
    }
    let mut seen = std::collections::BTreeSet::new();
    cites.retain(|place| seen.insert(place.clone()));
    cites.truncate(10);
    cites
}
