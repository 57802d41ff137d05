//! What an event does to the read tables. The same code runs in the transaction of the append and
//! in a rebuild, so that both give the same bytes.

mod bundles;
mod hypothesis;

use std::borrow::Cow;

use mainstay_core::case::{Audience, Bell, history};
use mainstay_core::event::{Event, Stream};
use mainstay_core::redaction::{self, RulesPublished};
use mainstay_core::sla::event::PoliciesPublished;
use mainstay_core::status::Category;
use mainstay_core::{
    BundleId, CaseId, EvidenceNumber, Severity, Status, UserId, UtcMicros, case, intake, sla,
};

use crate::connection::Connection;
use crate::customer::project_customer;
use crate::error::StoreError;
use crate::intake::{project_checklists, project_intake};
use crate::link::project_link;
use crate::row::audience_word;
use crate::search::add_words;
use crate::sla::kind_word;
use crate::statement::{
    customer as customer_statement, link as link_statement, project as statement,
};
use crate::value::{Value, values};

/// Rises with every change of what is folded into the read tables; they are rebuilt then.
pub(crate) const PROJECTION_VERSION: u64 = 6;
/// A title is one line in the timeline.
const TITLE_CHARACTERS_MAX: usize = 200;

/// An event with what the read tables show of it.
pub(crate) struct Happened<'a> {
    pub(crate) version: u64,
    pub(crate) at: UtcMicros,
    pub(crate) actor: UserId,
    pub(crate) event: &'a Event,
}

/// A line of the timeline before it has its number.
#[derive(Default)]
pub(crate) struct Entry<'a> {
    pub(crate) kind: &'static str,
    pub(crate) audience: Option<Audience>,
    pub(crate) text: Option<&'a str>,
    pub(crate) evidence: Option<EvidenceNumber>,
    pub(crate) bundle: Option<BundleId>,
    pub(crate) assignee: Option<UserId>,
    pub(crate) from: Option<Severity>,
    pub(crate) to: Option<Severity>,
    pub(crate) status: Option<Status>,
    pub(crate) due: Option<UtcMicros>,
    pub(crate) cites: &'a [EvidenceNumber],
    pub(crate) title: Option<Cow<'a, str>>,
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
        | case::Event::IntakeReported(_)
        | case::Event::IntakeSubmitted(_)
        | case::Event::IntakeAccepted(_)
        | case::Event::IntakeReturned(_) => return Ok(false),
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
            connection.execute(statement::OPEN_CASE, opened_values(id, happened, opened)).await?;
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
        case::Event::BundleAttached(_)
        | case::Event::StatusSet(_)
        | case::Event::CustomerWrote(_)
        | case::Event::Closed(_)
        | case::Event::ClockRang(_) => {}
        case::Event::EvidencePinned(pinned) => {
            connection.execute(statement::PIN_EVIDENCE, pin_values(id, happened, pinned)).await?;
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

/// The line in the timeline that the event alone gives.
fn entry_of(event: &case::Event) -> Entry<'_> {
    let entry = Entry::default();
    match event {
        case::Event::Opened(opened) => Entry {
            kind: "opened",
            text: Some(&opened.description),
            title: Some(opened.subject.as_str().into()),
            to: Some(opened.severity),
            ..entry
        },
        case::Event::Assigned(assigned) => {
            Entry { kind: "assigned", assignee: assigned.assignee, ..entry }
        }
        case::Event::SeveritySet(set) => Entry {
            kind: "severity_set",
            text: Some(&set.reason),
            from: Some(set.from),
            to: Some(set.to),
            ..entry
        },
        case::Event::Noted(noted) => Entry {
            kind: "noted",
            audience: Some(noted.audience),
            text: Some(&noted.text),
            cites: &noted.cites,
            ..entry
        },
        case::Event::BundleAttached(attached) => Entry {
            kind: "bundle_attached",
            bundle: Some(attached.bundle),
            title: Some(attached.name.as_str().into()),
            ..entry
        },
        case::Event::EvidencePinned(pinned) => Entry {
            kind: "evidence_pinned",
            evidence: Some(pinned.evidence),
            bundle: Some(pinned.place.bundle),
            title: Some(first_line(&pinned.seen.excerpt).into()),
            ..entry
        },
        case::Event::EvidenceUnpinned(unpinned) => {
            Entry { kind: "evidence_unpinned", evidence: Some(unpinned.evidence), ..entry }
        }
        case::Event::HypothesisPinned(_)
        | case::Event::HypothesisJudged(_)
        | case::Event::ReferenceChosen(_) => hypothesis::entry_of(event),
        case::Event::Resolved(resolved) => {
            Entry { kind: "resolved", text: Some(&resolved.resolution), ..entry }
        }
        case::Event::Reopened(reopened) => {
            Entry { kind: "reopened", text: Some(&reopened.reason), ..entry }
        }
        case::Event::StatusSet(set) => Entry {
            kind: "status_set",
            text: Some(&set.reason),
            status: Some(set.to),
            title: Some(set.waits_on.as_str().into()),
            ..entry
        },
        case::Event::CustomerWrote(wrote) => Entry {
            kind: "customer_wrote",
            audience: Some(Audience::Public),
            text: Some(&wrote.text),
            status: Some(wrote.status),
            title: Some(wrote.contact.as_str().into()),
            ..entry
        },
        case::Event::UpdatePromised(promised) => {
            Entry { kind: "update_promised", due: Some(promised.by), ..entry }
        }
        case::Event::Closed(closed) => {
            Entry { kind: "closed", text: Some(&closed.reason), ..entry }
        }
        case::Event::CustomerSet(set) => {
            Entry { kind: "customer_set", title: Some(set.name.as_str().into()), ..entry }
        }
        case::Event::IntakeReported(reported) => Entry {
            kind: "intake_reported",
            title: Some(reported.assessment.score.to_string().into()),
            ..entry
        },
        case::Event::IntakeSubmitted(submitted) => Entry {
            kind: "intake_submitted",
            text: Some(&submitted.override_reason),
            title: Some(submitted.score.to_string().into()),
            due: submitted.owed_by,
            ..entry
        },
        case::Event::IntakeAccepted(accepted) => Entry {
            kind: "intake_accepted",
            title: Some(accepted.score.to_string().into()),
            ..entry
        },
        case::Event::IntakeReturned(returned) => Entry {
            kind: "intake_returned",
            text: Some(&returned.text),
            title: Some(returned.reason.as_str().into()),
            ..entry
        },
        case::Event::PoliciesPinned(_) => Entry { kind: "policies_pinned", ..entry },
        case::Event::ClockRang(rang) => Entry {
            kind: match rang.bell {
                Bell::DueSoon => "clock_due_soon",
                Bell::Breached => "clock_breached",
            },
            title: Some(rang.metric.as_str().into()),
            due: Some(rang.due_at),
            ..entry
        },
    }
}

pub(crate) async fn add_entry(
    connection: &mut Connection<'_>,
    case: CaseId,
    happened: &Happened<'_>,
    entry: &Entry<'_>,
) -> Result<(), StoreError> {
    let row = connection.row(statement::NEXT_ENTRY, values![case, happened.at]).await?;
    // a log with a hole may lack the case: the audit of references reports it
    let Some(row) = row else {
        return Ok(());
    };
    let sequence: i64 = row.get("entries")?;
    let cites: Vec<String> = entry.cites.iter().map(|evidence| evidence.0.to_string()).collect();
    let rank = |severity: Option<Severity>| severity.map(|severity| i64::from(severity.rank()));
    let values = values![
        case,
        sequence,
        happened.at,
        entry.kind,
        happened.actor,
        entry.audience.map(audience_word),
        entry.text,
        entry.evidence.map(|evidence| i64::from(evidence.0)),
        entry.bundle,
        entry.assignee,
        rank(entry.from),
        rank(entry.to),
        format!("[{}]", cites.join(",")),
        entry.title.as_deref(),
        entry.status.map(Status::as_str),
        entry.due,
    ];
    connection.execute(statement::INSERT_ENTRY, values).await?;
    let texts: Vec<&str> = [entry.text, entry.title.as_deref()].into_iter().flatten().collect();
    add_words(connection, row.get("number")?, &texts).await
}

fn opened_values(id: CaseId, happened: &Happened<'_>, opened: &case::Opened) -> Vec<Value> {
    values![
        id,
        opened.number,
        opened.subject.as_str(),
        u32::from(opened.severity.rank()),
        opened.customer.as_str(),
        opened.product.as_str(),
        opened.version.as_str(),
        opened.description.as_str(),
        opened.sample,
        happened.at,
        happened.actor,
        happened.version,
    ]
}

fn pin_values(id: CaseId, happened: &Happened<'_>, pinned: &case::EvidencePinned) -> Vec<Value> {
    values![
        id,
        pinned.evidence,
        pinned.place.bundle,
        pinned.place.file,
        pinned.place.line,
        pinned.seen.source.as_str(),
        pinned.seen.at,
        pinned.seen.level.map(mainstay_core::Level::as_str),
        pinned.seen.excerpt.as_str(),
        happened.actor,
        happened.at,
    ]
}

fn first_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let end = line.char_indices().nth(TITLE_CHARACTERS_MAX).map_or(line.len(), |(at, _)| at);
    &line[..end]
}
