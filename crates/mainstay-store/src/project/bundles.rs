//! What happens to a bundle: its row, and its place in the timeline of its case.

use mainstay_core::{BundleId, bundle};

use super::{Entry, Happened, add_entry, signature};
use crate::bundle::failure_word;
use crate::connection::Connection;
use crate::error::StoreError;
use crate::statement::project as statement;
use crate::value::{Value, values};

pub(super) async fn project_bundle(
    connection: &mut Connection<'_>,
    id: BundleId,
    happened: &Happened<'_>,
    event: &bundle::Event,
) -> Result<(), StoreError> {
    let row = match event {
        bundle::Event::Received(received) => {
            let values = values![
                id,
                received.case,
                received.name.as_str(),
                received.size_bytes,
                received.content_hash.as_str(),
                happened.at,
                happened.actor,
            ];
            connection.execute(statement::RECEIVE_BUNDLE, values).await?;
            // its place in the timeline is the case's own event, that it was attached
            return Ok(());
        }
        bundle::Event::Read(read) => {
            connection.row(statement::FINISH_BUNDLE, read_values(id, read)).await?
        }
        bundle::Event::Failed(failed) => {
            let values = values![id, failure_word(failed.reason)];
            connection.row(statement::FAIL_BUNDLE, values).await?
        }
        bundle::Event::Redacted(redacted) => {
            let rules = redacted.rules.as_ref();
            let values = values![
                id,
                rules.map(|rules| i64::from(rules.version)),
                rules.and_then(|rules| rules.profile.as_deref()),
                redacted.identities.and_then(|count| i64::try_from(count).ok()),
            ];
            connection.execute(statement::NOTE_REDACTION, values).await?;
            return Ok(());
        }
        bundle::Event::IdentityRevealed(look) => {
            return project_look(connection, id, happened, look).await;
        }
        bundle::Event::Recognised(recognised) => {
            return signature::project_recognised(connection, id, happened, recognised).await;
        }
        bundle::Event::MatchAnswered(answered) => {
            return signature::project_answer(connection, id, happened, answered).await;
        }
    };
    // a log with a hole may lack the bundle: the audit of references reports it
    let Some(row) = row else {
        return Ok(());
    };
    let name: String = row.get("name")?;
    let mut entry = Entry {
        kind: "bundle_read",
        bundle: Some(id),
        title: Some(name.as_str().into()),
        ..Entry::default()
    };
    if let bundle::Event::Failed(failed) = event {
        entry.kind = "bundle_failed";
        entry.text = Some(failure_word(failed.reason));
    }
    add_entry(connection, row.get("case_id")?, happened, &entry).await
}

/// Who looked at an identity stands in the timeline of the case.
async fn project_look(
    connection: &mut Connection<'_>,
    id: BundleId,
    happened: &Happened<'_>,
    look: &bundle::IdentityRevealed,
) -> Result<(), StoreError> {
    let Some(row) = connection.row(statement::CASE_OF_BUNDLE, values![id]).await? else {
        return Ok(());
    };
    let entry = Entry {
        kind: "identity_revealed",
        bundle: Some(id),
        title: Some(look.pseudonym.as_str().into()),
        text: Some(&look.reason),
        ..Entry::default()
    };
    add_entry(connection, row.get("case_id")?, happened, &entry).await
}

fn read_values(id: BundleId, read: &bundle::Read) -> Vec<Value> {
    values![
        id,
        read.address.as_str(),
        read.files,
        read.lines,
        read.records,
        read.templates,
        read.errors,
        read.problems,
        read.redactions,
        read.first,
        read.last,
    ]
}
