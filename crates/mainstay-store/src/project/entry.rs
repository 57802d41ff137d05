//! The line of the timeline that an event gives.

use std::borrow::Cow;

use mainstay_core::case::{Audience, Bell};
use mainstay_core::{BundleId, CaseId, EvidenceNumber, Severity, Status, UserId, UtcMicros, case};

use super::{Happened, handoff, hypothesis};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::row::audience_word;
use crate::search::add_words;
use crate::statement::project as statement;
use crate::value::values;
use crate::{mitigation, swarm};

/// A title is one line in the timeline.
const TITLE_CHARACTERS_MAX: usize = 200;

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

/// The line in the timeline that the event alone gives.
pub(super) fn entry_of(event: &case::Event) -> Entry<'_> {
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
        case::Event::Decided(decided) => Entry {
            kind: "decided",
            text: Some(&decided.reason),
            title: Some(decided.decision.as_str().into()),
            ..entry
        },
        case::Event::SwarmOpened(_)
        | case::Event::SwarmJoined(_)
        | case::Event::SwarmLeft(_)
        | case::Event::SwarmTried(_)
        | case::Event::SwarmRang(_)
        | case::Event::SwarmClosed(_) => swarm::entry_of(event),
        case::Event::MitigationProposed(_) | case::Event::MitigationMoved(_) => {
            mitigation::entry_of(event)
        }
        case::Event::SignatureDeclined(declined) => {
            Entry { kind: "signature_declined", text: Some(&declined.reason), ..entry }
        }
        case::Event::NextStepSet(_)
        | case::Event::HandedOff(_)
        | case::Event::HandoffAsked(_)
        | case::Event::HandoffAnswered(_)
        | case::Event::HandoffAccepted(_)
        | case::Event::HandoffRefused(_) => handoff::handoff_entry(event),
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

pub(super) fn first_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let end = line.char_indices().nth(TITLE_CHARACTERS_MAX).map_or(line.len(), |(at, _)| at);
    &line[..end]
}
