//! A case: one customer's problem from the first sentence to the resolution.

use serde::{Deserialize, Serialize};

use crate::Context;
use crate::citation::{CaseNumber, EvidenceNumber, HypothesisNumber, Item, find_in_text};
use crate::id::{BundleId, CaseId, NoteId, UserId};
use crate::link::{self, Related};
use crate::refusal::Refusal;
use crate::severity::Severity;
use crate::status::{Category, Status};
use crate::time::UtcMicros;

mod event;
mod evidence;
mod gate;
mod handoff;
pub mod history;
mod hypothesis;
mod intake;
mod mitigation;
mod signature;
mod status;
pub mod swarm;

pub use event::{
    Assigned, Bell, BundleAttached, ClockRang, Closed, CustomerSet, CustomerWrote, Decided, Event,
    EvidencePinned, EvidenceUnpinned, Noted, Opened, PoliciesPinned, Reopened, Resolved, Seen,
    SeveritySet, StatusSet, UpdatePromised,
};
pub use evidence::{EVIDENCE_PER_CASE_MAX, EXCERPT_CHARACTERS_MAX, Evidence, Place};
pub use gate::{Confirmation, Gate, Kept, Left, NotAnAnswer};
pub use handoff::{
    HandedOff, HandoffAccepted, HandoffAnswered, HandoffAsked, HandoffCommand, HandoffRefused,
    HandoffWait, NEXT_STEP_CHARACTERS_MAX, NextStep, NextStepSet, check_due,
};
pub use hypothesis::{
    Hypothesis, HypothesisJudged, HypothesisPinned, Judgement, ReferenceChosen,
    STATEMENT_CHARACTERS_MAX, Suspicion,
};
pub use intake::{
    Intake, IntakeAccepted, IntakeCommand, IntakeReported, IntakeReturned, IntakeState,
    IntakeSubmitted, NotAReason, ReturnReason,
};
pub use mitigation::{
    Mitigation, MitigationCommand, MitigationMoved, MitigationProposed, MitigationState, NotARisk,
    NotAState, Risk,
};
pub use signature::SignatureDeclined;
pub use swarm::{
    NotAnOutcome, Swarm, SwarmClosed, SwarmCommand, SwarmJoined, SwarmLeft, SwarmOpened,
    SwarmOutcome, SwarmRang, SwarmTried,
};

/// A subject is one line in a queue.
pub const SUBJECT_CHARACTERS_MAX: usize = 500;
/// Customer, product and version are columns.
pub const LABEL_CHARACTERS_MAX: usize = 120;
/// A note is a text, not a log file: logs are evidence.
pub const NOTE_CHARACTERS_MAX: usize = 100_000;
/// A reason or a resolution is a paragraph.
pub const REASON_CHARACTERS_MAX: usize = 10_000;
/// A promise further away is a date in a contract, not an update.
const PROMISE_US_MAX: i64 = 366 * 24 * 3_600 * 1_000_000;

/// A case as folded from its stream; `None` before it was opened.
pub type State = Option<Case>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub id: CaseId,
    pub number: CaseNumber,
    pub subject: String,
    pub severity: Severity,
    pub status: Status,
    pub assignee: Option<UserId>,
    /// The version of the policies that hold; `None` while nothing is promised.
    pub policies: Option<u32>,
    /// The bells that rang: each rings once.
    pub rang: Vec<ClockRang>,
    pub bundles: Vec<BundleId>,
    /// Who was chosen; a case of free text has none.
    pub customer: Option<CustomerSet>,
    pub intake: Option<Intake>,
    /// Every number ever given, pinned or not: a number is never given twice.
    pub evidence: Vec<Evidence>,
    /// Taken up, judged or not.
    pub hypotheses: Vec<Hypothesis>,
    /// A bundle, and the one that shows the same system without fault.
    pub references: Vec<(BundleId, BundleId)>,
    pub swarms: Vec<Swarm>,
    pub mitigations: Vec<Mitigation>,
    pub next_step: Option<NextStep>,
    /// Given to the next shift and not taken yet.
    pub handoff: Option<HandoffWait>,
    /// Links, merges, and whose case it is by name.
    pub related: Related,
}

/// Who may read a note. The two never look alike anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Internal,
    Public,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Open(Opened),
    Assign { assignee: Option<UserId> },
    SetSeverity { severity: Severity, reason: String },
    Note { note: NoteId, audience: Audience, text: String, then: Then },
    CustomerWrote { comment: NoteId, contact: String, text: String },
    SetStatus { status: Status, waits_on: String, reason: String },
    Close { reason: String, gate: Gate },
    PinPolicies { version: u32 },
    RingClock(ClockRang),
    AttachBundle { bundle: BundleId, name: String },
    PinEvidence { place: Place, seen: Seen },
    UnpinEvidence { evidence: EvidenceNumber },
    PinHypothesis { suspicion: Suspicion },
    JudgeHypothesis { hypothesis: HypothesisNumber, judgement: Judgement, reason: String },
    ChooseReference { bundle: BundleId, reference: Option<BundleId> },
    Resolve { resolution: String },
    Reopen { reason: String },
    SetCustomer(CustomerSet),
    Intake(Box<IntakeCommand>),
    Decide { decision: String, reason: String },
    Swarm(SwarmCommand),
    Mitigation(MitigationCommand),
    SetNextStep(NextStep),
    Handoff(HandoffCommand),
    DeclineSignature { reason: String },
}

/// What a note brings with it, at the same instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Then {
    /// The status after it.
    pub status: Option<Status>,
    /// When the customer hears from us next; with public notes only.
    pub next_update_by: Option<UtcMicros>,
}

/// Which events follow from the command. No event means nothing to change, which is not an error.
///
/// # Errors
/// `invalid` for a bad value, `conflict` when the case's state does not allow it, `not_found` for
/// a case or a citation that does not exist.
pub fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
    match (state, command) {
        (None, Command::Open(opened)) => {
            check_opened(&opened)?;
            Ok(vec![Event::Opened(opened)])
        }
        (Some(_), Command::Open(_)) => Err(Refusal::conflict("the case was opened before")),
        (None, _) => Err(Refusal::not_found("no such case")),
        (Some(case), command) => {
            link::require_unmerged(case)?;
            decide_on(case, command, context)
        }
    }
}

fn decide_on(case: &Case, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Open(_) => Err(Refusal::conflict("the case was opened before")),
        Command::Assign { assignee } => {
            require_open(case)?;
            let unchanged = case.assignee == assignee;
            Ok(if unchanged { vec![] } else { vec![Event::Assigned(Assigned { assignee })] })
        }
        Command::SetSeverity { severity, reason } => set_severity(case, severity, reason),
        Command::Note { note, audience, text, then } => {
            let mut events = write_note(case, note, audience, text)?;
            events.extend(promise(case, audience, then.next_update_by, context.at)?);
            if let Some(status) = then.status {
                events.extend(status::set(case, status, String::new(), String::new())?);
            }
            Ok(events)
        }
        Command::CustomerWrote { comment, contact, text } => {
            status::customer_wrote(case, comment, contact, text)
        }
        Command::SetStatus { status, waits_on, reason } => {
            status::set(case, status, waits_on, reason)
        }
        Command::Close { reason, gate } => status::close(case, reason, gate),
        Command::PinPolicies { version } => {
            let pinned = case.policies == Some(version);
            Ok(if pinned {
                vec![]
            } else {
                vec![Event::PoliciesPinned(PoliciesPinned { version })]
            })
        }
        Command::RingClock(rang) => {
            let before = case.rang.iter().any(|it| {
                (it.metric, it.number, it.bell, it.policies)
                    == (rang.metric, rang.number, rang.bell, rang.policies)
            });
            Ok(if before { vec![] } else { vec![Event::ClockRang(rang)] })
        }
        Command::AttachBundle { bundle, name } => {
            require_open(case)?;
            let attached = case.bundles.contains(&bundle);
            Ok(if attached {
                vec![]
            } else {
                vec![Event::BundleAttached(BundleAttached { bundle, name })]
            })
        }
        Command::PinEvidence { place, seen } => evidence::pin(case, place, seen),
        Command::UnpinEvidence { evidence } => evidence::unpin(case, evidence),
        Command::PinHypothesis { suspicion } => hypothesis::pin(case, suspicion),
        Command::JudgeHypothesis { hypothesis, judgement, reason } => {
            hypothesis::judge(case, hypothesis, judgement, reason)
        }
        Command::ChooseReference { bundle, reference } => {
            hypothesis::choose_reference(case, bundle, reference)
        }
        Command::Resolve { resolution } => {
            require_open(case)?;
            swarm::require_none_running(case)?;
            check_text("resolution", &resolution, REASON_CHARACTERS_MAX)?;
            Ok(vec![Event::Resolved(Resolved { resolution })])
        }
        Command::Reopen { reason } => status::reopen(case, reason),
        Command::SetCustomer(set) => set_customer(case, set),
        Command::Intake(command) => intake::decide(case, *command, context),
        Command::Decide { decision, reason } => {
            require_open(case)?;
            check_text("decision", &decision, SUBJECT_CHARACTERS_MAX)?;
            check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
            Ok(vec![Event::Decided(Decided { decision, reason })])
        }
        Command::Swarm(command) => swarm::decide(case, command, context),
        Command::Mitigation(command) => mitigation::decide(case, command, context),
        Command::SetNextStep(step) => handoff::set_next_step(case, step),
        Command::Handoff(command) => handoff::decide(case, command, context),
        Command::DeclineSignature { reason } => signature::decline(case, reason),
    }
}

/// A promise is made in words, so it comes with a public note; it lies ahead, and within a year.
fn promise(
    case: &Case,
    audience: Audience,
    by: Option<UtcMicros>,
    at: UtcMicros,
) -> Result<Vec<Event>, Refusal> {
    let Some(by) = by else { return Ok(vec![]) };
    require_open(case)?;
    if audience != Audience::Public {
        return Err(Refusal::invalid(
            "the next update is promised to the customer; use a public note",
        ));
    }
    if by <= at || at.0.saturating_add(PROMISE_US_MAX) < by.0 {
        return Err(Refusal::invalid(
            "the next update must be promised for a moment within a year",
        ));
    }
    Ok(vec![Event::UpdatePromised(UpdatePromised { by })])
}

fn set_severity(case: &Case, severity: Severity, reason: String) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    if case.severity == severity {
        return Ok(vec![]);
    }
    check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
    Ok(vec![Event::SeveritySet(SeveritySet { from: case.severity, to: severity, reason })])
}

fn set_customer(case: &Case, set: CustomerSet) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    check_length("customer", &set.name, LABEL_CHARACTERS_MAX)?;
    let unchanged = case.customer.as_ref() == Some(&set);
    Ok(if unchanged { vec![] } else { vec![Event::CustomerSet(set)] })
}

fn write_note(
    case: &Case,
    note: NoteId,
    audience: Audience,
    text: String,
) -> Result<Vec<Event>, Refusal> {
    check_text("note", &text, NOTE_CHARACTERS_MAX)?;
    let mut cites: Vec<EvidenceNumber> = Vec::new();
    for hit in find_in_text(&text, case.number) {
        match hit.citation.item {
            _ if hit.citation.case != case.number => {}
            Item::Evidence(evidence) => cites.push(evidence),
            Item::Hypothesis(cited) => {
                if !case.hypotheses.iter().any(|it| it.number == cited) {
                    return Err(Refusal::not_found(format!(
                        "the note cites {}/{cited}, which does not exist; pin the hypothesis first",
                        case.number
                    )));
                }
            }
        }
    }
    cites.sort_unstable();
    cites.dedup();
    for cited in &cites {
        if !case.evidence.iter().any(|pin| pin.number == *cited) {
            return Err(Refusal::not_found(format!(
                "the note cites {}/{cited}, which does not exist; pin the line first",
                case.number
            )));
        }
    }
    Ok(vec![Event::Noted(Noted { note, audience, text, cites })])
}

fn check_opened(opened: &Opened) -> Result<(), Refusal> {
    check_text("subject", &opened.subject, SUBJECT_CHARACTERS_MAX)?;
    for (field, text) in
        [("customer", &opened.customer), ("product", &opened.product), ("version", &opened.version)]
    {
        check_length(field, text, LABEL_CHARACTERS_MAX)?;
    }
    check_length("description", &opened.description, NOTE_CHARACTERS_MAX)
}

fn require_open(case: &Case) -> Result<(), Refusal> {
    match case.status.category() {
        Category::Open => Ok(()),
        Category::Done => {
            Err(Refusal::conflict(format!("{} is {}; reopen it first", case.number, case.status)))
        }
    }
}

pub(crate) fn check_text(field: &str, text: &str, characters_max: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::invalid(format!("{field} is empty")));
    }
    check_length(field, text, characters_max)
}

pub(crate) fn check_length(field: &str, text: &str, characters_max: usize) -> Result<(), Refusal> {
    if text.chars().count() > characters_max {
        return Err(Refusal::invalid(format!("{field} has more than {characters_max} characters")));
    }
    Ok(())
}

/// The case after the event.
#[must_use]
pub fn evolve(state: State, event: &Event) -> State {
    if let Event::Opened(opened) = event {
        return Some(Case {
            id: opened.case,
            number: opened.number,
            subject: opened.subject.clone(),
            severity: opened.severity,
            status: Status::New,
            assignee: None,
            policies: None,
            rang: Vec::new(),
            bundles: Vec::new(),
            customer: None,
            intake: None,
            evidence: Vec::new(),
            hypotheses: Vec::new(),
            references: Vec::new(),
            swarms: Vec::new(),
            mitigations: Vec::new(),
            next_step: None,
            handoff: None,
            related: Related { customer: opened.customer.clone(), ..Related::default() },
        });
    }
    let mut case = state?;
    case.status = status::after(case.status, event);
    handoff::evolve(&mut case, event);
    match event {
        Event::Opened(_)
        | Event::Noted(_)
        | Event::Resolved(_)
        | Event::Reopened(_)
        | Event::StatusSet(_)
        | Event::CustomerWrote(_)
        | Event::UpdatePromised(_)
        | Event::SignatureDeclined(_)
        | Event::Decided(_)
        | Event::SwarmTried(_)
        | Event::Closed(_)
        | Event::NextStepSet(_)
        | Event::HandedOff(_)
        | Event::HandoffAsked(_)
        | Event::HandoffAnswered(_)
        | Event::HandoffAccepted(_)
        | Event::HandoffRefused(_) => {}
        Event::CustomerSet(set) => {
            case.related.customer.clone_from(&set.name);
            case.customer = Some(set.clone());
        }
        Event::IntakeReported(_)
        | Event::IntakeSubmitted(_)
        | Event::IntakeAccepted(_)
        | Event::IntakeReturned(_) => intake::evolve(&mut case, event),
        Event::PoliciesPinned(pinned) => case.policies = Some(pinned.version),
        Event::ClockRang(rang) => case.rang.push(rang.clone()),
        Event::Assigned(assigned) => case.assignee = assigned.assignee,
        Event::SeveritySet(set) => case.severity = set.to,
        Event::BundleAttached(attached) => case.bundles.push(attached.bundle),
        Event::EvidencePinned(_) | Event::EvidenceUnpinned(_) => {
            evidence::evolve(&mut case, event);
        }
        Event::HypothesisPinned(_) | Event::HypothesisJudged(_) | Event::ReferenceChosen(_) => {
            hypothesis::evolve(&mut case, event);
        }
        Event::SwarmOpened(_)
        | Event::SwarmJoined(_)
        | Event::SwarmLeft(_)
        | Event::SwarmRang(_)
        | Event::SwarmClosed(_) => swarm::evolve(&mut case, event),
        Event::MitigationProposed(_) | Event::MitigationMoved(_) => {
            mitigation::evolve(&mut case, event);
        }
    }
    Some(case)
}
