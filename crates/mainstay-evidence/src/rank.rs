//! What broke: suspects ranked by a sum of named, signed and cited contributions, and a verdict
//! that may be "no fault".
//!
//! The order is fixed: the window of the symptom, the baseline, scores of every component in both
//! directions, symptoms handed down to the callee that causes them, the kind, the verdict. No rule
//! names a service, a text or a data set, and nothing here reads what somebody says the answer is.
//! What is *not* here: how a signal is measured (`trace`, `metric`) and what changed (`change`).

mod changes;
mod compared;
mod constant;
mod coverage;
mod edges;
mod gap_metrics;
mod health;
mod hypothesis;
mod kind;
mod known;
mod metrics;
mod mitigation;
mod patterns;
mod rates;
mod score;
mod signal;
mod spans;
mod topology;
mod verdict;
mod window;

use std::collections::{BTreeMap, BTreeSet};

use mainstay_core::UtcMicros;
use serde::{Deserialize, Serialize};

use crate::change::{self, Change};
use crate::metric::meaning::Measure;
use crate::observation::{Observation, Offset, Owner, Vocabulary};
use crate::view::{Bundle, ViewError};

pub use changes::Unrelated;
pub use hypothesis::{Contribution, Hypothesis, Status};
pub use kind::Kind;
pub use mitigation::safe_mitigation;
pub use verdict::Verdict;

use constant::{BEFORE_MIN, HYPOTHESES_MAX, LISTED, NO_BASELINE, VALUES_MIN};
use score::Candidate;
use signal::Group;
use verdict::Grounds;
use window::{Complaint, Window};

/// Everything the engine says of a bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    pub verdict: Verdict,
    /// One sentence.
    pub reason: String,
    pub confidence: f64,
    /// What would make it surer.
    pub why_not_higher: Vec<String>,
    pub window: Option<Span>,
    /// The component users complain about.
    pub entry: Option<String>,
    /// What the window was compared with.
    pub baseline: String,
    /// Best first.
    pub hypotheses: Vec<Hypothesis>,
    /// Suspects that are not written out.
    pub others: u64,
    /// Oddities that began and ended before the window.
    pub excluded: Vec<Excluded>,
    /// Logs whose clock was wrong beside the traces, and by how much it was put right.
    pub clocks: Vec<Clock>,
    /// Everything that changed, in the order of time.
    pub changes: Vec<Change>,
    /// Changes that do not explain the symptom.
    pub unrelated: Vec<Unrelated>,
    /// What was looked at, and what could not be.
    pub examined: Vec<String>,
    pub missing: Vec<String>,
}

/// The time of the symptom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub start: UtcMicros,
    pub end: UtcMicros,
    pub why: String,
}

/// Something odd that was over before the symptom began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    pub component: String,
    pub what: String,
    pub from: UtcMicros,
    pub until: UtcMicros,
}

/// A log whose clock was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    pub path: String,
    /// Its time minus that of the traces.
    pub offset_us: i64,
    /// Lines with a span that agree, of all that have one.
    pub agreeing: u64,
    pub lines: u64,
}

/// What a person says beside the bundle; empty fields are taken from the bundle's own ticket.
#[derive(Debug, Clone, Default)]
pub struct Ticket {
    pub entrypoint: Option<String>,
    pub symptom_start_about: Option<UtcMicros>,
}

/// Ranks the suspects of a bundle, alone or against a reference of the same system without fault.
///
/// # Errors
/// When a column file of either bundle is damaged.
pub fn diagnose(
    bundle: &Bundle,
    reference: Option<&Bundle>,
    ticket: &Ticket,
) -> Result<Diagnosis, ViewError> {
    let mut vocabulary = Vocabulary::default();
    let case = Observation::read(bundle, &mut vocabulary)?;
    let calm = reference.map(|it| Observation::read(it, &mut vocabulary)).transpose()?;
    let complaint = complaint(bundle, ticket);
    let Some(window) = window::decide(&case, &complaint, &mut vocabulary) else {
        return Ok(nothing_to_judge());
    };
    let changes = change::find(&case, calm.as_ref(), &vocabulary)?;
    Ok(judge(&case, calm.as_ref(), &window, &vocabulary, changes))
}

fn complaint(bundle: &Bundle, ticket: &Ticket) -> Complaint {
    let own = bundle.manifest().ticket.as_ref();
    let entrypoint = ticket.entrypoint.clone();
    let about = ticket.symptom_start_about;
    Complaint {
        entrypoint: entrypoint.or_else(|| own?.entrypoint.clone()),
        about: about.or_else(|| own?.symptom_start_about.or(own?.reported_at)).map(|time| time.0),
    }
}

fn nothing_to_judge() -> Diagnosis {
    Diagnosis {
        verdict: Verdict::Inconclusive,
        reason: "nothing in the bundle has a time".to_owned(),
        confidence: 0.0,
        why_not_higher: vec!["logs, traces or metrics with times".to_owned()],
        window: None,
        entry: None,
        baseline: "none".to_owned(),
        hypotheses: Vec::new(),
        others: 0,
        excluded: Vec::new(),
        clocks: Vec::new(),
        changes: Vec::new(),
        unrelated: Vec::new(),
        examined: Vec::new(),
        missing: vec!["logs, traces and metrics with times".to_owned()],
    }
}

/// What the words of a hypothesis need to know.
pub(crate) struct Grounding<'g, 'b> {
    case: &'g Observation<'b>,
    vocabulary: &'g Vocabulary,
    entry_onset: Option<(i64, i64)>,
    measured: BTreeSet<(u32, Group)>,
    logging: BTreeSet<u32>,
    changed: BTreeSet<u32>,
    path_shares: BTreeMap<u32, f64>,
    known: known::Known,
}

impl Grounding<'_, '_> {
    fn name(&self, component: u32) -> &str {
        self.vocabulary.components.name(component)
    }

    fn has_measured(&self, component: u32, group: Group) -> bool {
        self.measured.contains(&(component, group))
    }

    fn has_spans(&self, component: u32) -> bool {
        self.case.spans.rows.iter().any(|span| span.component == component)
    }

    fn has_logs(&self, component: u32) -> bool {
        self.logging.contains(&component)
    }

    /// Patterns of the library that messages of a component match.
    fn patterns(&self, component: u32) -> Vec<&'static crate::pattern::Pattern> {
        let numbers = self.known.patterns.get(&component).into_iter().flatten();
        numbers.map(|number| crate::pattern::Library::built_in().get(*number)).collect()
    }

    /// The cause in the words of the library, if a message of the component states it.
    fn stated(&self, component: u32, kind: Kind) -> Option<&'static str> {
        let stated = known::stated_kind(&self.known, component) == Some(kind);
        let patterns = self.patterns(component).into_iter();
        let mut fitting = patterns.filter(|it| stated && it.states && it.kind == kind);
        fitting.next().map(|pattern| pattern.cause.as_str())
    }

    fn changed(&self, component: u32) -> bool {
        self.changed.contains(&component)
    }
}

fn judge(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    window: &Window,
    vocabulary: &Vocabulary,
    changes: Vec<Change>,
) -> Diagnosis {
    let metrics = metrics::find(case, reference, window, vocabulary);
    let mut signals = metrics.signals;
    signals.extend(spans::find(case, reference, window, vocabulary));
    signals.extend(patterns::find(case, reference, window, vocabulary));
    signals.extend(rates::find(case, reference, window, vocabulary));
    let known = known::find(case, reference, window, vocabulary);
    signals.extend(known.signals.iter().cloned());
    signals.extend(changes::statements(&changes, window, vocabulary));
    let topology = topology::Topology::of(case, reference, window.entry);
    let mut candidates = score::rank(signals, &topology, window.entry);
    let has_before = has_before(case, window);
    let has_baseline = reference.is_some() || has_before;
    if !has_baseline {
        for candidate in &mut candidates {
            candidate.score *= NO_BASELINE;
        }
    }
    let suspects: Vec<(u32, Option<i64>)> = candidates
        .iter()
        .filter(|it| it.score >= LISTED)
        .map(|it| (it.component, it.onset().map(|onset| onset.0)))
        .collect();
    let (changed, unrelated) = changes::relate(&changes, &suspects, window, vocabulary);
    let grounding = Grounding {
        case,
        vocabulary,
        entry_onset: window.entry.and_then(|entry| {
            candidates.iter().find(|it| it.component == entry).and_then(Candidate::onset)
        }),
        measured: measured(case),
        logging: logging(case),
        changed,
        path_shares: spans::path_shares(case, window),
        known,
    };
    let listed: Vec<&Candidate> = candidates.iter().filter(|it| it.score >= LISTED).collect();
    let mut hypotheses: Vec<Hypothesis> = listed
        .iter()
        .take(HYPOTHESES_MAX)
        .map(|candidate| hypothesis::of(candidate, &grounding))
        .collect();
    for at in 0..hypotheses.len() {
        let second = hypotheses.get(if at == 0 { 1 } else { 0 }).map_or(0.0, |it| it.own_score);
        hypotheses[at].confidence = verdict::confidence(hypotheses[at].own_score, second);
    }
    let best = candidates.first().map_or(0.0, |it| it.score);
    let grounds = Grounds {
        has_baseline,
        covered: covered(case, window),
        // a reference shows what is healthy; without one the bundle must
        not_healthy: match reference {
            Some(_) => None,
            None => health::lacking(case, window, best),
        },
    };
    let (verdict, reason) = verdict::decide(&hypotheses, &grounds);
    let confidence = match verdict {
        Verdict::Fault => hypotheses.first().map_or(0.0, |it| it.confidence),
        Verdict::NoFault => {
            1.0 - candidates.first().map_or(0.0, |it| verdict::confidence(it.score, 0.0))
        }
        Verdict::Inconclusive => 0.0,
    };
    let missing = missing(case, reference);
    Diagnosis {
        verdict,
        reason,
        confidence,
        why_not_higher: missing.clone(),
        window: Some(Span {
            start: UtcMicros(window.start),
            end: UtcMicros(window.end),
            why: window.why.clone(),
        }),
        entry: window.entry.map(|entry| vocabulary.components.name(entry).to_owned()),
        baseline: match (reference, has_before) {
            (Some(_), true) => "the reference, and the time before the window",
            (Some(_), false) => "the reference",
            (None, true) => "the time before the window",
            (None, false) => "none",
        }
        .to_owned(),
        others: (listed.len() - hypotheses.len()) as u64,
        hypotheses,
        excluded: metrics.excluded,
        clocks: clocks(case),
        changes,
        unrelated,
        examined: examined(case, metrics.judged, topology.source),
        missing,
    }
}

fn clocks(case: &Observation<'_>) -> Vec<Clock> {
    let offsets = case.records.offsets.iter();
    let clock = |(file, offset): (&u32, &Offset)| Clock {
        path: case.place(*file, 1).path,
        offset_us: offset.micros,
        agreeing: offset.agreeing as u64,
        lines: offset.lines as u64,
    };
    offsets.map(clock).collect()
}

/// Is there a calm time before the window, long enough to show what is usual?
fn has_before(case: &Observation<'_>, window: &Window) -> bool {
    let spans = case.spans.rows.iter().filter(|span| span.start < window.start);
    let records = case.records.each(case.bundle);
    let records = records.filter(|it| it.time.is_some_and(|time| time < window.start));
    spans.take(BEFORE_MIN).count() == BEFORE_MIN
        || records.take(BEFORE_MIN).count() == BEFORE_MIN
        || case.series.iter().any(|series| {
            let calm =
                |point: &&crate::observation::Point| point.time + series.interval <= window.start;
            series.points.iter().filter(calm).take(VALUES_MIN).count() == VALUES_MIN
        })
}

fn covered(case: &Observation<'_>, window: &Window) -> bool {
    let fine = case.fine_time().is_some_and(|time| time.1 >= window.start);
    fine || case
        .series
        .iter()
        .any(|series| series.points.last().is_some_and(|point| point.time >= window.start))
}

fn measured(case: &Observation<'_>) -> BTreeSet<(u32, Group)> {
    let group = |measure: Measure| match measure {
        Measure::Cpu => Some(Group::Cpu),
        Measure::Memory => Some(Group::Memory),
        _ => None,
    };
    case.series
        .iter()
        .filter_map(|series| match series.owner {
            Owner::Component(component) => Some((component, group(series.meaning.measure)?)),
            _ => None,
        })
        .collect()
}

fn logging(case: &Observation<'_>) -> BTreeSet<u32> {
    let mut logging = BTreeSet::new();
    let mut last = None;
    for record in case.records.each(case.bundle) {
        // records of a component stand together
        if last != Some(record.component) {
            last = Some(record.component);
            logging.insert(record.component);
        }
    }
    logging
}

fn examined(case: &Observation<'_>, series: usize, calls: &str) -> Vec<String> {
    let totals = &case.bundle.manifest().totals;
    let mut examined = vec![
        format!("{} records", totals.records),
        format!("{} spans of {} traces", case.spans.rows.len(), case.spans.trace_starts.len()),
        format!("{series} of {} metric series (the rest never changes)", case.series.len()),
        format!("calls known from {calls}"),
    ];
    if case.spans.orphans > 0 {
        examined
            .push(format!("{} spans name a parent that is not in the bundle", case.spans.orphans));
    }
    if case.spans.copies > 0 {
        examined.push(format!("{} copies of spans were left out", case.spans.copies));
    }
    examined.extend(case.left_out.iter().cloned());
    examined
}

fn missing(case: &Observation<'_>, reference: Option<&Observation<'_>>) -> Vec<String> {
    let mut missing = Vec::new();
    let mut look = |observation: &Observation<'_>, whose: &str| {
        if observation.spans.rows.is_empty() {
            missing.push(format!("no traces in {whose}"));
        }
        if observation.records.time().is_none() {
            missing.push(format!("no logs with times in {whose}"));
        }
        if observation.series.is_empty() {
            missing.push(format!("no metrics in {whose}"));
        }
    };
    look(case, "the bundle");
    match reference {
        Some(reference) => look(reference, "the reference"),
        None => missing.push("no reference without fault".to_owned()),
    }
    missing
}
