//! Packets, next steps and the shift desk as they travel.

use mainstay_app::handoff::{HandoffView, Item, ItemEdit, ItemState, ItemView, Question, Step};
use mainstay_app::home::{Changed, Home};
use mainstay_core::handoff::{Parts, Receiver};

use super::person::{at_work, read_time, read_user};
use super::{case_summary, person, same};
use crate::dto::{self, handoff as wire, home as home_wire, maybe_time, time};
use crate::problem::Failure;
use crate::query::bad;

impl From<ItemState> for wire::HandoffState {
    fn from(state: ItemState) -> Self {
        match state {
            ItemState::Waiting => Self::Waiting,
            ItemState::Accepted => Self::Accepted,
            ItemState::Refused => Self::Refused,
            ItemState::Replaced => Self::Replaced,
            ItemState::Void => Self::Void,
        }
    }
}

pub(crate) fn case(item: &Item) -> Result<wire::HandoffCase, Failure> {
    Ok(wire::HandoffCase {
        number: item.number.to_string(),
        subject: item.subject.clone(),
        severity: item.severity.into(),
        parts: same(&item.parts)?,
        step_owner: item.step_owner.map(|owner| owner.to_string()),
        step_due: maybe_time(item.step_due),
        promised_at: maybe_time(item.promised),
        difference: item.difference.clone(),
        missing: item.missing.clone(),
    })
}

pub(crate) fn handoff(view: &HandoffView) -> Result<wire::Handoff, Failure> {
    let packet = &view.handoff;
    let (to_person, to_team) = match packet.to {
        Receiver::Person(user) => (Some(user.to_string()), None),
        Receiver::Team(team) => (None, Some(team.to_string())),
    };
    Ok(wire::Handoff {
        id: packet.id.to_string(),
        giver: person(&packet.giver),
        to_person,
        to_team,
        receiver: packet.receiver.clone(),
        note: packet.note.clone(),
        sent_at: time(packet.sent_at),
        answer_by: time(packet.answer_by),
        lead: packet.lead.as_ref().map(person),
        told_at: maybe_time(packet.told_at),
        cases: view.items.iter().map(sent).collect::<Result<_, _>>()?,
        complete: view.complete,
        questions: view.questions as u64,
    })
}

pub(crate) fn handoffs(views: &[HandoffView]) -> Result<Vec<wire::Handoff>, Failure> {
    views.iter().map(handoff).collect()
}

fn sent(view: &ItemView) -> Result<wire::HandoffSent, Failure> {
    let item = &view.item;
    Ok(wire::HandoffSent {
        case: case(&item.item)?,
        state: item.state.into(),
        decided_by: item.decided_by.as_ref().map(person),
        decided_at: maybe_time(item.decided_at),
        reason: item.reason.clone(),
        changed: view.changed.clone(),
        asked: view.questions.iter().map(question).collect(),
    })
}

fn question(it: &Question) -> wire::HandoffQuestion {
    wire::HandoffQuestion {
        number: it.number,
        question: it.question.clone(),
        asked_by: person(&it.asked_by),
        asked_at: time(it.asked_at),
        answer: it.answer.clone(),
        answered_by: it.answered_by.as_ref().map(person),
        answered_at: maybe_time(it.answered_at),
    }
}

pub(crate) fn next_step(step: &Step) -> wire::NextStep {
    wire::NextStep {
        text: step.text.clone(),
        owner: step.owner.as_ref().map(person),
        due_at: maybe_time(step.due),
        set_by: person(&step.set_by),
        set_at: time(step.set_at),
    }
}

/// The receiver of a packet, read: one of the two.
pub(crate) fn read_receiver(body: &wire::SendHandoff) -> Result<Receiver, Failure> {
    match (&body.to_person, &body.to_team) {
        (Some(user), None) => user.parse().map(Receiver::Person).map_err(|_| bad("to_person")),
        (None, Some(team)) => team.parse().map(Receiver::Team).map_err(|_| bad("to_team")),
        _ => Err(bad("to_person or to_team")),
    }
}

pub(crate) fn read_case(body: &wire::SendCase) -> Result<ItemEdit, Failure> {
    let due = body.step_due.as_deref().map(|text| read_time(text, "step_due")).transpose();
    let parts: Parts = same(&body.parts)?;
    Ok(ItemEdit {
        number: body.number.parse().map_err(|_| bad("number"))?,
        parts,
        step_owner: read_user(body.step_owner.as_deref(), "step_owner")?,
        step_due: due?,
    })
}

pub(crate) fn home(home: &Home) -> Result<home_wire::Home, Failure> {
    let due = home.due.iter().map(|(case, step)| home_wire::HomeCase {
        case: case_summary(case),
        next_step: step.as_ref().map(next_step),
    });
    Ok(home_wire::Home {
        at: time(home.at),
        me: at_work(&home.me),
        since: time(home.since),
        due: due.collect(),
        inbox: handoffs(&home.inbox)?,
        sent: handoffs(&home.sent)?,
        late: handoffs(&home.late)?,
        changed: home.changed.iter().map(changed).collect(),
        team: home.team.iter().map(at_work).collect(),
        unowned: home.unowned,
        at_risk: home.at_risk,
    })
}

fn changed(it: &Changed) -> dto::home::HomeChange {
    dto::home::HomeChange {
        number: it.number.to_string(),
        subject: it.subject.clone(),
        severity: it.severity.into(),
        entries: it.entries,
        kind: it.kind.clone(),
        at: time(it.at),
        actor: person(&it.actor),
    }
}
