//! What a packet and the hand-off of a case do to the read tables, and its next step.

use mainstay_core::case::{self, NextStep};
use mainstay_core::handoff::{self, Receiver};
use mainstay_core::{CaseId, HandoffId, UtcMicros};

use super::{Entry, Happened};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::statement::handoff as statement;
use crate::value::values;

pub(super) async fn project_packet(
    connection: &mut Connection<'_>,
    id: HandoffId,
    happened: &Happened<'_>,
    event: &handoff::Event,
) -> Result<(), StoreError> {
    match event {
        handoff::Event::Sent(sent) => {
            let (person, team) = match sent.to {
                Receiver::Person(user) => (Some(user), None),
                Receiver::Team(team) => (None, Some(team)),
            };
            let values = values![
                id,
                sent.giver,
                person,
                team,
                sent.note.as_str(),
                happened.at,
                sent.answer_by,
                happened.version,
            ];
            connection.execute(statement::SEND_PACKET, values).await?;
            for (position, item) in (1_u32..).zip(&sent.items) {
                let body = serde_json::to_string(item).map_err(StoreError::Encode)?;
                let values = values![id, position, item.case, body, happened.at];
                connection.execute(statement::ADD_ITEM, values).await?;
            }
        }
        handoff::Event::LeadTold(told) => {
            let values = values![id, told.lead, happened.at, told.due_at, happened.version];
            connection.execute(statement::TELL_LEAD, values).await?;
        }
    }
    Ok(())
}

/// What the case's own events do to the packets that have it, and its next step.
pub(super) async fn project_handoff(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    event: &case::Event,
) -> Result<(), StoreError> {
    let (at, actor) = (happened.at, happened.actor);
    let none: Option<&str> = None;
    let (sql, values) = match event {
        case::Event::NextStepSet(set) if set.step.text.trim().is_empty() => {
            (statement::DROP_STEP, values![id])
        }
        case::Event::NextStepSet(set) => {
            let NextStep { text, owner, due } = &set.step;
            (statement::SET_STEP, values![id, text.as_str(), *owner, *due, actor, at])
        }
        case::Event::HandedOff(sent) => (statement::REPLACE_ITEMS, values![id, sent.handoff, at]),
        case::Event::HandoffAsked(asked) => {
            let question = asked.question.as_str();
            (statement::ASK, values![asked.handoff, id, asked.number, question, actor, at])
        }
        case::Event::HandoffAnswered(answered) => {
            let answer = answered.answer.as_str();
            (statement::ANSWER, values![answered.handoff, id, answered.number, answer, actor, at])
        }
        case::Event::HandoffAccepted(accepted) => {
            (statement::DECIDE_ITEM, values![accepted.handoff, id, "accepted", actor, at, none])
        }
        case::Event::HandoffRefused(refused) => {
            let reason = refused.reason.as_str();
            (statement::DECIDE_ITEM, values![refused.handoff, id, "refused", actor, at, reason])
        }
        _ => return Ok(()),
    };
    connection.execute(sql, values).await?;
    Ok(())
}

/// The case went elsewhere, or ended: nobody waits for it any more.
pub(super) async fn end_handoff(
    connection: &mut Connection<'_>,
    id: CaseId,
    at: UtcMicros,
) -> Result<(), StoreError> {
    connection.execute(statement::VOID_ITEMS, values![id, at]).await?;
    Ok(())
}

/// The line in the timeline.
pub(super) fn handoff_entry(event: &case::Event) -> Entry<'_> {
    let entry = Entry::default();
    match event {
        case::Event::NextStepSet(set) => Entry {
            kind: "next_step_set",
            text: Some(&set.step.text),
            assignee: set.step.owner,
            due: set.step.due,
            ..entry
        },
        case::Event::HandedOff(sent) => Entry {
            kind: "handed_off",
            assignee: match sent.to {
                Receiver::Person(user) => Some(user),
                Receiver::Team(_) => None,
            },
            title: Some(sent.team.as_str().into()),
            ..entry
        },
        case::Event::HandoffAsked(asked) => {
            Entry { kind: "handoff_asked", text: Some(&asked.question), ..entry }
        }
        case::Event::HandoffAnswered(answered) => {
            Entry { kind: "handoff_answered", text: Some(&answered.answer), ..entry }
        }
        case::Event::HandoffAccepted(_) => Entry { kind: "handoff_accepted", ..entry },
        case::Event::HandoffRefused(refused) => {
            Entry { kind: "handoff_refused", text: Some(&refused.reason), ..entry }
        }
        _ => entry,
    }
}

/// Whether the event is about the next step or a hand-off: no turn moves by it.
pub(super) fn concerns(event: &case::Event) -> bool {
    matches!(
        event,
        case::Event::NextStepSet(_)
            | case::Event::HandedOff(_)
            | case::Event::HandoffAsked(_)
            | case::Event::HandoffAnswered(_)
            | case::Event::HandoffAccepted(_)
            | case::Event::HandoffRefused(_)
    )
}
