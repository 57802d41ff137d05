//! What an event does to the read tables. The same code runs in the transaction of the append and
//! in a rebuild, so that both give the same bytes.

mod bundles;
mod entry;
mod handoff;
mod hypothesis;
mod opened;
mod signature;

use std::borrow::Cow;

use mainstay_core::case::{Audience, history};
use mainstay_core::event::{Event, Stream};
use mainstay_core::redaction::{self, RulesPublished};
use mainstay_core::sla::event::PoliciesPublished;
use mainstay_core::status::Category;
use mainstay_core::{CaseId, Status, UserId, UtcMicros, case, intake, sla};

pub(crate) use self::entry::{Entry, add_entry};
use self::entry::{entry_of, first_line};
use crate::connection::Connection;
use crate::customer::project_customer;
use crate::error::StoreError;
use crate::intake::{project_checklists, project_intake};
use crate::link::project_link;
use crate::mitigation::project_mitigation;
use crate::person::project_person;
use crate::search::add_words;
use crate::sla::kind_word;
use crate::statement::{
    customer as customer_statement, link as link_statement, project as statement,
};
use crate::swarm::project_swarm;
use crate::team::project_team;
use crate::value::values;

/// Rises with every change of what is folded into the read tables; they are rebuilt then.
pub(crate) const PROJECTION_VERSION: u64 = 8;

/// An event with what the read tables show of it.
pub(crate) struct Happened<'a> {
    pub(crate) version: u64,
    pub(crate) at: UtcMicros,
    pub(crate) actor: UserId,
    pub(crate) event: &'a Event,
}

/// Folds one event into the read tables; the case whose deadlines are to be set after it.
pub(crate) async fn project(
    connection: &mut Connection<'_>,
    stream: Stream,
    happened: &Happened<'_>,
) -> Result<Option<CaseId>, StoreError> {
    match (stream, happened.event) {
        (Stream::Case(id), Event::Case(event)) => {
            let moved = project_turn(connection, id, happened, event).await?;
            project_case(connection, id, happened, event).await?;
            let values = values![id, happened.version];
            connection.execute(statement::TOUCH_CASE, values).await?;
            Ok(moved.then_some(id))
        }
        (Stream::Case(id), Event::Link(event)) => {
            let moved = project_link(connection, id, happened, event).await?;
            connection.execute(statement::TOUCH_CASE, values![id, happened.version]).await?;
            Ok(moved.then_some(id))
        }
        (Stream::Bundle(id), Event::Bundle(event)) => {
            bundles::project_bundle(connection, id, happened, event).await?;
            Ok(None)
        }
        (Stream::Policies, Event::Sla(sla::event::Event::PoliciesPublished(published))) => {
            let body = serde_json::to_string(&published.set).map_err(StoreError::Encode)?;
            let PoliciesPublished { version, reason, .. } = published;
            let values = values![*version, body, reason.as_str(), happened.at, happened.actor];
            connection.execute(statement::INSERT_POLICIES, values).await?;
            Ok(None)
        }
        (
            Stream::Redaction,
            Event::Redaction(redaction::Event::RulesPublished(RulesPublished {
                version,
                text,
                reason,
            })),
        ) => {
            let (at, actor) = (happened.at, happened.actor);
            let values = values![*version, text.as_str(), reason.as_str(), at, actor];
            connection.execute(statement::INSERT_REDACTION_RULES, values).await?;
            Ok(None)
        }
        (Stream::Customer(id), Event::Customer(event)) => {
            project_customer(connection, id, happened, event).await?;
            Ok(None)
        }
        (
            Stream::Checklists,
            Event::Intake(intake::event::Event::ChecklistsPublished(published)),
        ) => {
            project_checklists(connection, happened, published).await?;
            Ok(None)
        }
        (Stream::Person(id), Event::Person(event)) => {
            project_person(connection, id, happened, event).await?;
            Ok(None)
        }
        (Stream::Team(id), Event::Team(event)) => {
            project_team(connection, id, happened, event).await?;
            Ok(None)
        }
        (Stream::Handoff(id), Event::Handoff(event)) => {
            handoff::project_packet(connection, id, happened, event).await?;
            Ok(None)
        }
        (Stream::Signature(id), Event::Signature(event)) => {
            signature::project_signature(connection, id, happened, event).await?;
            Ok(None)
        }
        // accounts are plain tables: their events are only their audit trail
        _ => Ok(None),
    }
}

/// Whose turn it is after the event, and what the clocks see of it; whether a deadline moves.
async fn project_turn(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    event: &case::Event,
) -> Result<bool, StoreError> {
    let before = match event {
        case::Event::Opened(_) => Status::New,
        // nothing of these moves a turn, and most events are these
        case::Event::BundleAttached(_)
        | case::Event::EvidencePinned(_)
        | case::Event::EvidenceUnpinned(_)
        | case::Event::HypothesisPinned(_)
        | case::Event::HypothesisJudged(_)
        | case::Event::ReferenceChosen(_)
        | case::Event::ClockRang(_)
        | case::Event::SignatureDeclined(_)
        | case::Event::IntakeReported(_)
        | case::Event::IntakeSubmitted(_)
        | case::Event::IntakeAccepted(_)
        | case::Event::IntakeReturned(_)
        | case::Event::Decided(_)
        | case::Event::SwarmOpened(_)
        | case::Event::SwarmJoined(_)
        | case::Event::SwarmLeft(_)
        | case::Event::SwarmTried(_)
        | case::Event::SwarmRang(_)
        | case::Event::SwarmClosed(_)
        | case::Event::MitigationProposed(_)
        | case::Event::MitigationMoved(_) => return Ok(false),
        event if handoff::concerns(event) => return Ok(false),
        _ => match connection.row(statement::STATUS_OF_CASE, values![id]).await? {
            Some(row) => row.get("status")?,
            None => return Ok(false),
        },
    };
    let after = history::status_after(before, event);
    let waits_on = match event {
        case::Event::StatusSet(set) => set.waits_on.as_str(),
        _ => "",
    };
    if after != before || matches!(event, case::Event::StatusSet(_)) {
        let done = after.category() == Category::Done;
        let values = values![id, after.as_str(), done, waits_on];
        connection.execute(statement::SET_STATUS, values).await?;
        if done {
            handoff::end_handoff(connection, id, happened.at).await?;
        }
    }
    if let Some(entry) = history::entry(before, event, happened.at) {
        let values = values![
            id,
            happened.version,
            entry.at,
            kind_word(entry.kind),
            entry.status.map(Status::as_str),
        ];
        connection.execute(statement::INSERT_CLOCK_ENTRY, values).await?;
    }
    Ok(true)
}

async fn project_case(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    event: &case::Event,
) -> Result<(), StoreError> {
    match event {
        case::Event::Opened(opened) => {
            connection
                .execute(statement::OPEN_CASE, opened::opened_values(id, happened, opened))
                .await?;
            let number = opened.number.to_string();
            let texts = [
                number.as_str(),
                &opened.subject,
                &opened.customer,
                &opened.product,
                &opened.version,
                &opened.description,
            ];
            add_words(connection, opened.number, &texts).await?;
        }
        case::Event::Assigned(assigned) => {
            connection.execute(statement::ASSIGN_CASE, values![id, assigned.assignee]).await?;
            handoff::end_handoff(connection, id, happened.at).await?;
        }
        case::Event::SeveritySet(set) => {
            let values = values![id, u32::from(set.to.rank())];
            connection.execute(statement::SET_SEVERITY, values).await?;
        }
        case::Event::Noted(noted) => {
            connection.execute(statement::COUNT_NOTE, values![id]).await?;
            if noted.audience == Audience::Public {
                set_promised(connection, id, None).await?;
            }
        }
        case::Event::UpdatePromised(promised) => {
            set_promised(connection, id, Some(promised.by)).await?;
        }
        case::Event::PoliciesPinned(pinned) => {
            connection.execute(statement::SET_POLICIES, values![id, pinned.version]).await?;
        }
        case::Event::CustomerWrote(wrote) if wrote.status == Status::Open => {
            let nothing: Option<&str> = None;
            connection.execute(statement::SET_RESOLUTION, values![id, nothing]).await?;
        }
        case::Event::CustomerSet(set) => {
            let values = values![id, set.customer, set.name.as_str(), set.tier.as_str()];
            connection.execute(customer_statement::SET_CASE_CUSTOMER, values).await?;
        }
        case::Event::IntakeReported(_)
        | case::Event::IntakeSubmitted(_)
        | case::Event::IntakeAccepted(_)
        | case::Event::IntakeReturned(_) => {
            project_intake(connection, id, happened, event).await?;
        }
        case::Event::NextStepSet(_)
        | case::Event::HandedOff(_)
        | case::Event::HandoffAsked(_)
        | case::Event::HandoffAnswered(_)
        | case::Event::HandoffAccepted(_)
        | case::Event::HandoffRefused(_) => {
            handoff::project_handoff(connection, id, happened, event).await?;
        }
        case::Event::BundleAttached(_)
        | case::Event::StatusSet(_)
        | case::Event::CustomerWrote(_)
        | case::Event::Decided(_)
        | case::Event::SignatureDeclined(_)
        | case::Event::ClockRang(_) => {}
        case::Event::Closed(closed) => {
            let gate = closed.gate.as_ref().map(serde_json::to_string).transpose();
            let values = values![id, gate.map_err(StoreError::Encode)?];
            connection.execute(statement::SET_GATE, values).await?;
        }
        case::Event::SwarmOpened(_)
        | case::Event::SwarmJoined(_)
        | case::Event::SwarmLeft(_)
        | case::Event::SwarmTried(_)
        | case::Event::SwarmRang(_)
        | case::Event::SwarmClosed(_) => project_swarm(connection, id, happened, event).await?,
        case::Event::MitigationProposed(_) | case::Event::MitigationMoved(_) => {
            let what = project_mitigation(connection, id, happened, event).await?;
            let title = what.as_deref().map(first_line).map(Cow::from);
            let entry = Entry { title, ..entry_of(event) };
            return add_entry(connection, id, happened, &entry).await;
        }
        case::Event::EvidencePinned(pinned) => {
            connection
                .execute(statement::PIN_EVIDENCE, opened::pin_values(id, happened, pinned))
                .await?;
        }
        case::Event::EvidenceUnpinned(unpinned) => {
            let values = values![id, unpinned.evidence];
            let row = connection.row(statement::UNPIN_EVIDENCE, values).await?;
            let excerpt: Option<String> = row.map(|row| row.get("excerpt")).transpose()?;
            let entry = Entry {
                title: excerpt.as_deref().map(first_line).map(Cow::from),
                ..entry_of(event)
            };
            return add_entry(connection, id, happened, &entry).await;
        }
        case::Event::HypothesisPinned(_)
        | case::Event::HypothesisJudged(_)
        | case::Event::ReferenceChosen(_) => {
            let title = hypothesis::project(connection, id, happened, event).await?;
            let entry = Entry { title: title.map(Cow::from), ..entry_of(event) };
            return add_entry(connection, id, happened, &entry).await;
        }
        case::Event::Resolved(resolved) => {
            let values = values![id, resolved.resolution.as_str()];
            connection.execute(statement::SET_RESOLUTION, values).await?;
            set_promised(connection, id, None).await?;
        }
        case::Event::Reopened(_) => {
            let nothing: Option<&str> = None;
            connection.execute(statement::SET_RESOLUTION, values![id, nothing]).await?;
        }
    }
    add_entry(connection, id, happened, &entry_of(event)).await
}

/// A word to the customer keeps a promise, and the solution ends it; so it does with those of merged
/// cases, whose people hear it too.
async fn set_promised(
    connection: &mut Connection<'_>,
    id: CaseId,
    by: Option<UtcMicros>,
) -> Result<(), StoreError> {
    connection.execute(statement::SET_PROMISED, values![id, by]).await?;
    connection.execute(link_statement::KEEP_PROMISES, values![id]).await?;
    Ok(())
}
