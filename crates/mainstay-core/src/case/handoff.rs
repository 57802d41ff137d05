//! What is done next on a case, and how it goes from one owner to the next: the giver owns it until
//! the receiver accepts. Who may receive for a team is the desk's to know, not the case's.

use serde::{Deserialize, Serialize};

use super::{Assigned, Case, Event, REASON_CHARACTERS_MAX, check_length, check_text, require_open};
use crate::Context;
use crate::handoff::Receiver;
use crate::id::{HandoffId, UserId};
use crate::refusal::Refusal;
use crate::status::Category;
use crate::time::UtcMicros;

/// One thing to do, not a plan.
pub const NEXT_STEP_CHARACTERS_MAX: usize = 500;
/// Who asks more than this should call.
pub const QUESTIONS_PER_HANDOFF_MAX: u32 = 20;
/// A next step further away is a project.
const DUE_US_MAX: i64 = 366 * 24 * 3_600 * 1_000_000;

/// What is done next, by whom and until when. An empty text says that nothing is left to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextStep {
    pub text: String,
    pub owner: Option<UserId>,
    pub due: Option<UtcMicros>,
}

/// A case that was given and is not taken yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffWait {
    pub handoff: HandoffId,
    pub giver: UserId,
    pub to: Receiver,
    /// Questions so far, from 1.
    pub questions: u32,
    /// The newest question has no answer yet.
    pub asked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandoffCommand {
    Send { handoff: HandoffId, to: Receiver, team: String },
    Ask { question: String },
    Answer { answer: String },
    Accept { handoff: HandoffId },
    Refuse { handoff: HandoffId, reason: String },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextStepSet {
    pub step: NextStep,
}

/// The case stands in a packet; the giver still owns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOff {
    pub handoff: HandoffId,
    pub giver: UserId,
    pub to: Receiver,
    /// What the receiving team was called then; empty for a person.
    pub team: String,
    /// The packet before it, which nobody took yet.
    pub replaces: Option<HandoffId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoffAsked {
    pub handoff: HandoffId,
    /// From 1, one after the other.
    pub number: u32,
    pub question: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoffAnswered {
    pub handoff: HandoffId,
    /// Of the question.
    pub number: u32,
    pub answer: String,
}

/// The receiver took it; the change of the owner stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoffAccepted {
    pub handoff: HandoffId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoffRefused {
    pub handoff: HandoffId,
    pub reason: String,
}

pub(super) fn set_next_step(case: &Case, step: NextStep) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    check_length("next step", &step.text, NEXT_STEP_CHARACTERS_MAX)?;
    if step.text.trim().is_empty() && (step.owner.is_some() || step.due.is_some()) {
        return Err(Refusal::invalid("a next step needs a text; say what is done"));
    }
    let unchanged = case.next_step.clone().unwrap_or_default() == step;
    Ok(if unchanged { vec![] } else { vec![Event::NextStepSet(NextStepSet { step })] })
}

/// A moment for a next step that somebody could mean.
///
/// # Errors
/// `invalid` for a moment that has passed or lies more than a year ahead.
pub fn check_due(due: Option<UtcMicros>, now: UtcMicros) -> Result<(), Refusal> {
    let means = |due: UtcMicros| now < due && due.0 <= now.0.saturating_add(DUE_US_MAX);
    if due.is_none_or(means) {
        return Ok(());
    }
    Err(Refusal::invalid("the next step must be due at a moment within a year from now"))
}

pub(super) fn decide(
    case: &Case,
    command: HandoffCommand,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    let number = case.number;
    let actor = context.actor.user;
    if let HandoffCommand::Send { handoff, to, team } = command {
        if case.assignee != Some(actor) {
            let detail = format!("{number} is not yours; only its owner hands it off");
            return Err(Refusal::conflict(detail));
        }
        if to == Receiver::Person(actor) {
            return Err(Refusal::invalid("a case is handed to somebody else"));
        }
        let replaces = case.handoff.as_ref().map(|wait| wait.handoff);
        let sent = HandedOff { handoff, giver: actor, to, team, replaces };
        return Ok(vec![Event::HandedOff(sent)]);
    }
    let Some(wait) = &case.handoff else {
        let detail = format!("{number} waits in no hand-off; it was taken, refused or reassigned");
        return Err(Refusal::conflict(detail));
    };
    let is_newest = |handoff: HandoffId| {
        if handoff == wait.handoff {
            return Ok(());
        }
        let detail = format!("{number} was handed off again; look at the newer packet");
        Err(Refusal::conflict(detail))
    };
    match command {
        HandoffCommand::Send { .. } => Ok(vec![]),
        HandoffCommand::Ask { question } => {
            check_text("question", &question, REASON_CHARACTERS_MAX)?;
            if wait.asked {
                let detail = "the question before it has no answer yet; wait for it or call";
                return Err(Refusal::conflict(detail));
            }
            if wait.questions >= QUESTIONS_PER_HANDOFF_MAX {
                let detail = format!("{QUESTIONS_PER_HANDOFF_MAX} questions were asked; call");
                return Err(Refusal::conflict(detail));
            }
            let (handoff, number) = (wait.handoff, wait.questions + 1);
            Ok(vec![Event::HandoffAsked(HandoffAsked { handoff, number, question })])
        }
        HandoffCommand::Answer { answer } => {
            check_text("answer", &answer, REASON_CHARACTERS_MAX)?;
            if !wait.asked {
                return Err(Refusal::conflict(format!("nothing is asked about {number}")));
            }
            let (handoff, number) = (wait.handoff, wait.questions);
            Ok(vec![Event::HandoffAnswered(HandoffAnswered { handoff, number, answer })])
        }
        HandoffCommand::Accept { handoff } => {
            is_newest(handoff)?;
            let assigned = Assigned { assignee: Some(actor) };
            let accepted = HandoffAccepted { handoff };
            Ok(vec![Event::HandoffAccepted(accepted), Event::Assigned(assigned)])
        }
        HandoffCommand::Refuse { handoff, reason } => {
            is_newest(handoff)?;
            check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
            Ok(vec![Event::HandoffRefused(HandoffRefused { handoff, reason })])
        }
    }
}

/// Who gets the case from elsewhere, or ends it, takes it out of the packet. The status is the one
/// after the event.
pub(super) fn evolve(case: &mut Case, event: &Event) {
    match event {
        Event::NextStepSet(set) => {
            let some = !set.step.text.trim().is_empty();
            case.next_step = some.then(|| set.step.clone());
        }
        Event::HandedOff(sent) => {
            case.handoff = Some(HandoffWait {
                handoff: sent.handoff,
                giver: sent.giver,
                to: sent.to,
                questions: 0,
                asked: false,
            });
        }
        Event::HandoffAsked(asked) => {
            if let Some(wait) = &mut case.handoff {
                (wait.questions, wait.asked) = (asked.number, true);
            }
        }
        Event::HandoffAnswered(_) => {
            if let Some(wait) = &mut case.handoff {
                wait.asked = false;
            }
        }
        Event::HandoffAccepted(_) | Event::HandoffRefused(_) | Event::Assigned(_) => {
            case.handoff = None;
        }
        _ if case.status.category() == Category::Done => case.handoff = None,
        _ => {}
    }
}
