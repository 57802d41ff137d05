//! What-if: a pasted history and a set of policies, and the clocks they give. The form is in
//! `docs/sla.md`.

use serde::Deserialize;

use super::history::{Entry, EntryKind};
use super::policy::{PolicyError, PolicySet, PolicySetForm};
use crate::{Severity, Status, UtcMicros};

/// A longer history is no question of one person.
const EVENTS_MAX: usize = 10_000;

/// What people paste.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    policies: PolicySetForm,
    #[serde(default)]
    case: CaseForm,
    /// The moment of the question.
    at: String,
    events: Vec<Happened>,
}

/// What policies look at, before anything happened.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CaseForm {
    severity: Severity,
    customer: String,
    product: String,
    version: String,
    tier: String,
}

impl Default for CaseForm {
    fn default() -> Self {
        Self {
            severity: Severity::P3,
            customer: String::new(),
            product: String::new(),
            version: String::new(),
            tier: String::new(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Happened {
    t: String,
    kind: EntryKind,
    #[serde(default)]
    status: Option<Status>,
    /// The severity from now on, if it changed.
    #[serde(default)]
    severity: Option<Severity>,
}

/// A question that can be asked.
#[derive(Debug)]
pub struct Simulation {
    pub set: PolicySet,
    pub severity: Severity,
    pub customer: String,
    pub product: String,
    pub version: String,
    pub tier: String,
    pub history: Vec<Entry>,
    pub at: UtcMicros,
}

/// Why a question cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    #[error("not a simulation: {0}")]
    Form(#[from] serde_json::Error),
    #[error(transparent)]
    Policy(#[from] PolicyError),
    #[error("{0:?} is not a time; use RFC 3339 like 2026-11-24T09:41:07Z")]
    Time(String),
    #[error("event {number} is earlier than the one before it; put events in order")]
    Order { number: usize },
    #[error("the first event must be create or create_by_agent")]
    NoCreate,
    #[error("more than {EVENTS_MAX} events; ask about fewer")]
    TooMany,
}

impl Simulation {
    /// Reads a pasted question.
    ///
    /// # Errors
    /// The first thing in it that makes no sense.
    pub fn read(json: &str) -> Result<Self, SimulateError> {
        let form: Form = serde_json::from_str(json)?;
        if form.events.len() > EVENTS_MAX {
            return Err(SimulateError::TooMany);
        }
        let at = time(&form.at)?;
        let mut severity = form.case.severity;
        let mut history: Vec<Entry> = Vec::with_capacity(form.events.len());
        for (index, happened) in form.events.iter().enumerate() {
            let entry =
                Entry { at: time(&happened.t)?, kind: happened.kind, status: happened.status };
            if history.last().is_some_and(|last| entry.at < last.at) {
                return Err(SimulateError::Order { number: index + 1 });
            }
            if entry.at <= at {
                severity = happened.severity.unwrap_or(severity);
            }
            history.push(entry);
        }
        let created = history.first().map(|entry| entry.kind);
        if !matches!(created, Some(EntryKind::Create | EntryKind::CreateByAgent)) {
            return Err(SimulateError::NoCreate);
        }
        let CaseForm { customer, product, version, tier, .. } = form.case;
        let set = PolicySet::new(form.policies)?;
        Ok(Self { set, severity, customer, product, version, tier, history, at })
    }
}

fn time(text: &str) -> Result<UtcMicros, SimulateError> {
    text.parse().map_err(|_| SimulateError::Time(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sla::board;
    use crate::sla::policy::Attributes;

    const QUESTION: &str = r#"{
        "policies": {"policies": [{"name": "all", "position": 1, "calendar": "24x7", "targets": [
            {"severity": "P3", "metric": "agent_work_time", "target_s": 28800},
            {"severity": "P1", "metric": "agent_work_time", "target_s": 3600},
            {"severity": "P1", "metric": "first_reply_time", "target_s": 900}]}]},
        "at": "2026-11-24T12:00:00Z",
        "events": [
            {"t": "2026-11-24T09:00:00Z", "kind": "create", "status": "new"},
            {"t": "2026-11-24T09:10:00Z", "kind": "agent", "status": "pending"},
            {"t": "2026-11-24T11:00:00Z", "kind": "customer", "status": "open", "severity": "P1"},
            {"t": "2026-11-24T13:00:00Z", "kind": "agent", "severity": "P4"}]}"#;

    /// What passed before the severity rose is kept, and the new target holds for all of it.
    #[test]
    fn a_raised_severity_keeps_what_passed() {
        let simulation = Simulation::read(QUESTION).expect("a question");
        assert_eq!(simulation.severity, Severity::P1, "what comes later does not count");
        let attributes = Attributes {
            severity: simulation.severity,
            customer: &simulation.customer,
            product: &simulation.product,
            version: &simulation.version,
            tier: &simulation.tier,
        };
        let rows = board::board(&simulation.set, attributes, &simulation.history, simulation.at);
        let told: Vec<String> = rows
            .iter()
            .map(|row| {
                let clock = &row.clock;
                let metric = clock.instance.metric.as_str();
                format!("{metric} {} {} {:?}", row.number, clock.elapsed_s(), clock.state)
            })
            .collect();
        assert_eq!(told, ["first_reply_time 1 600 Met", "agent_work_time 1 4200 Breached"]);
        let urgent = board::most_urgent(&rows).expect("a running clock");
        assert_eq!(urgent.clock.instance.metric.as_str(), "agent_work_time");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (from, to, said) in [
            ("2026-11-24T09:10:00Z", "2026-11-24T08:10:00Z", "event 2 is earlier"),
            (r#""create""#, r#""note""#, "must be create"),
            ("2026-11-24T12:00:00Z", "noon", "not a time"),
            (r#""at""#, r#""when""#, "not a simulation"),
            ("24x7", "mars", "does not have"),
        ] {
            let refused = Simulation::read(&QUESTION.replacen(from, to, 1)).expect_err(said);
            assert!(refused.to_string().contains(said), "{refused}");
        }
    }
}
