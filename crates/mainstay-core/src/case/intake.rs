//! The hand-over of a case: reported, submitted, accepted or returned. Until the receiver accepts,
//! the sender owns the case.

use serde::{Deserialize, Serialize};

use super::{
    Assigned, Case, Event, LABEL_CHARACTERS_MAX, REASON_CHARACTERS_MAX, check_length, check_text,
    require_open,
};
use crate::id::UserId;
use crate::intake::{Assessment, Report};
use crate::refusal::Refusal;
use crate::time::UtcMicros;
use crate::{Context, Severity};

/// What is missing from a P1 is owed this soon.
const OWED_US: i64 = 30 * 60 * 1_000_000;

/// The intake of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    pub state: IntakeState,
    pub report: Box<Report>,
    pub score: u32,
    /// The items that are not there.
    pub missing: Vec<String>,
    /// How often the report was changed: an edit names the one it saw.
    pub revision: u32,
    /// How often it was submitted.
    pub round: u32,
    pub sender: Option<UserId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeState {
    Draft,
    /// Submitted, and nobody has decided.
    Waiting,
    Accepted,
    Returned,
}

impl IntakeState {
    /// All of them, in the order of the printed table.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Waiting, Self::Accepted, Self::Returned];

    /// The word stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeReported {
    pub revision: u32,
    pub report: Box<Report>,
    pub assessment: Assessment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeSubmitted {
    /// From 1.
    pub round: u32,
    pub sender: UserId,
    /// Of the sender, as it was.
    pub team: String,
    pub score: u32,
    pub threshold: Option<u32>,
    /// Why it may pass with a lower score; empty when it needs no leave.
    pub override_reason: String,
    /// What the sender owes, and until when: a P1 is not blocked, but asked.
    pub owed: Vec<String>,
    pub owed_by: Option<UtcMicros>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeAccepted {
    pub round: u32,
    /// At the hand-over: it is not changed any more.
    pub score: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeReturned {
    pub round: u32,
    pub reason: ReturnReason,
    pub text: String,
    /// The items that were not there.
    pub missing: Vec<String>,
}

/// Why it comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    MissingEvidence,
    WindowNotCovered,
    NoReproduction,
    WrongComponent,
    WrongTeam,
    KnownIssue,
    NoClearAsk,
    NoImpact,
    NeedsCustomer,
    Other,
}

impl ReturnReason {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 10] = [
        Self::MissingEvidence,
        Self::WindowNotCovered,
        Self::NoReproduction,
        Self::WrongComponent,
        Self::WrongTeam,
        Self::KnownIssue,
        Self::NoClearAsk,
        Self::NoImpact,
        Self::NeedsCustomer,
        Self::Other,
    ];

    /// The word stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingEvidence => "missing_evidence",
            Self::WindowNotCovered => "window_not_covered",
            Self::NoReproduction => "no_reproduction",
            Self::WrongComponent => "wrong_component",
            Self::WrongTeam => "wrong_team",
            Self::KnownIssue => "known_issue",
            Self::NoClearAsk => "no_clear_ask",
            Self::NoImpact => "no_impact",
            Self::NeedsCustomer => "needs_customer",
            Self::Other => "other",
        }
    }
}

/// A word that is no reason to return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a reason to return: use missing_evidence, window_not_covered, no_reproduction, \
         wrong_component, wrong_team, known_issue, no_clear_ask, no_impact, needs_customer or other"
)]
pub struct NotAReason;

impl std::str::FromStr for ReturnReason {
    type Err = NotAReason;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text).ok_or(NotAReason)
    }
}

/// What is asked of the intake of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeCommand {
    /// Keeps a report and what was found of it.
    Report {
        report: Box<Report>,
        assessment: Assessment,
        seen: Option<u32>,
    },
    /// Keeps it and hands over.
    Submit {
        report: Box<Report>,
        assessment: Assessment,
        /// The revision that the sender saw; another one is somebody else's.
        seen: Option<u32>,
        team: String,
        override_reason: String,
    },
    Accept,
    Return {
        reason: ReturnReason,
        text: String,
    },
}

pub(super) fn decide(
    case: &Case,
    command: IntakeCommand,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let (actor, at) = (context.actor.user, context.at);
    require_open(case)?;
    match command {
        IntakeCommand::Report { report, assessment, seen } => keep(case, report, assessment, seen),
        IntakeCommand::Submit { report, assessment, seen, team, override_reason } => {
            let mut events = keep(case, report, assessment.clone(), seen)?;
            let reason = override_reason;
            let from = (actor, team);
            events.push(Event::IntakeSubmitted(submit(case, &assessment, from, reason, at)?));
            Ok(events)
        }
        IntakeCommand::Accept => {
            let intake = require_waiting(case, "accepted")?;
            let accepted = IntakeAccepted { round: intake.round, score: intake.score };
            let mut events = vec![Event::IntakeAccepted(accepted)];
            events.extend(give_to(case, Some(actor)));
            Ok(events)
        }
        IntakeCommand::Return { reason, text } => {
            let intake = require_waiting(case, "returned")?;
            check_length("text", &text, REASON_CHARACTERS_MAX)?;
            if reason == ReturnReason::Other {
                check_text("text", &text, REASON_CHARACTERS_MAX)?;
            }
            let missing = intake.missing.clone();
            let returned = IntakeReturned { round: intake.round, reason, text, missing };
            let mut events = vec![Event::IntakeReturned(returned)];
            events.extend(give_to(case, intake.sender));
            Ok(events)
        }
    }
}

/// A report may be completed at any time: what a P1 owes comes after it was taken.
fn keep(
    case: &Case,
    report: Box<Report>,
    assessment: Assessment,
    seen: Option<u32>,
) -> Result<Vec<Event>, Refusal> {
    report.check()?;
    let before = case.intake.as_ref();
    let revision = before.map_or(0, |intake| intake.revision);
    if let (Some(intake), Some(seen)) = (before, seen)
        && seen != intake.revision
        && intake.report != report
    {
        let differs = intake.report.differences(&report).join(", ");
        let detail = format!(
            "the report has changed since you saw it; it differs from yours in: {differs}; load it \
             again"
        );
        return Err(Refusal::new(crate::Code::Stale, detail));
    }
    let missing = missing(&assessment);
    let same = (&report, assessment.score, &missing);
    let unchanged =
        before.is_some_and(|intake| (&intake.report, intake.score, &intake.missing) == same);
    Ok(if unchanged {
        vec![]
    } else {
        vec![Event::IntakeReported(IntakeReported { revision: revision + 1, report, assessment })]
    })
}

fn submit(
    case: &Case,
    assessment: &Assessment,
    (sender, team): (UserId, String),
    override_reason: String,
    at: UtcMicros,
) -> Result<IntakeSubmitted, Refusal> {
    match case.intake.as_ref().map(|intake| intake.state) {
        Some(IntakeState::Waiting) => {
            return Err(Refusal::conflict("the intake was submitted; it waits for a decision"));
        }
        Some(IntakeState::Accepted) => return Err(Refusal::conflict("the intake was accepted")),
        Some(IntakeState::Draft | IntakeState::Returned) | None => {}
    }
    check_length("team", &team, LABEL_CHARACTERS_MAX)?;
    check_length("reason to override", &override_reason, REASON_CHARACTERS_MAX)?;
    let missing = missing(assessment);
    let forced = !override_reason.trim().is_empty();
    if let Some(threshold) = assessment.threshold
        && !assessment.passes()
        && !forced
    {
        return Err(Refusal::conflict(format!(
            "the score is {} and {} needs {threshold}; add {}, or give a reason to override",
            assessment.score,
            case.severity,
            missing.join(", "),
        )));
    }
    let is_owed = case.severity == Severity::P1 && !missing.is_empty();
    let override_reason = match (is_owed, forced) {
        (true, false) => "P1 is never blocked".to_owned(),
        (_, true) if is_owed || !assessment.passes() => override_reason,
        // nothing stood in the way
        _ => String::new(),
    };
    Ok(IntakeSubmitted {
        round: case.intake.as_ref().map_or(0, |intake| intake.round) + 1,
        sender,
        team,
        score: assessment.score,
        threshold: assessment.threshold,
        override_reason,
        owed: if is_owed { missing } else { Vec::new() },
        owed_by: is_owed.then(|| UtcMicros(at.0.saturating_add(OWED_US))),
    })
}

fn require_waiting<'a>(case: &'a Case, what: &str) -> Result<&'a Intake, Refusal> {
    match &case.intake {
        Some(intake) if intake.state == IntakeState::Waiting => Ok(intake),
        Some(intake) => Err(Refusal::conflict(format!(
            "the intake is {}; only one that waits is {what}",
            intake.state.as_str()
        ))),
        None => Err(Refusal::conflict(format!("nothing was submitted that could be {what}"))),
    }
}

/// Who has the ball owns the case.
fn give_to(case: &Case, to: Option<UserId>) -> Option<Event> {
    let moves = to.is_some() && case.assignee != to;
    moves.then_some(Event::Assigned(Assigned { assignee: to }))
}

/// The case after an event of its intake.
pub(super) fn evolve(case: &mut Case, event: &Event) {
    match event {
        Event::IntakeReported(reported) => {
            let before = case.intake.take();
            let (state, round, sender) = match before {
                Some(intake) => (intake.state, intake.round, intake.sender),
                None => (IntakeState::Draft, 0, None),
            };
            case.intake = Some(Intake {
                state,
                report: reported.report.clone(),
                score: reported.assessment.score,
                missing: missing(&reported.assessment),
                revision: reported.revision,
                round,
                sender,
            });
        }
        Event::IntakeSubmitted(submitted) => {
            if let Some(intake) = &mut case.intake {
                (intake.state, intake.round) = (IntakeState::Waiting, submitted.round);
                intake.sender = Some(submitted.sender);
            }
        }
        Event::IntakeAccepted(_) => set_state(case, IntakeState::Accepted),
        Event::IntakeReturned(_) => set_state(case, IntakeState::Returned),
        _ => {}
    }
}

fn missing(assessment: &Assessment) -> Vec<String> {
    assessment.missing().map(|judged| judged.item.clone()).collect()
}

fn set_state(case: &mut Case, state: IntakeState) {
    if let Some(intake) = &mut case.intake {
        intake.state = state;
    }
}
