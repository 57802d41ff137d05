//! What happens to signatures and to the bundles they fit, folded into the read tables; what concerns
//! a case stands in its timeline.

use mainstay_core::bundle::{Answer, MatchAnswered, Recognised};
use mainstay_core::event::Event;
use mainstay_core::{BundleId, CaseId, SignatureId, customer, signature};

use super::{Entry, Happened, add_entry, first_line};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::row::Row;
use crate::signature::MatchBody;
use crate::statement::{project as projection, signature as statement};
use crate::value::values;
use crate::write::Write;

pub(super) async fn project_signature(
    connection: &mut Connection<'_>,
    id: SignatureId,
    happened: &Happened<'_>,
    event: &signature::Event,
) -> Result<(), StoreError> {
    let (at, actor, version) = (happened.at, happened.actor, happened.version);
    let (kind, text, reason) = match event {
        signature::Event::Drafted(drafted) => {
            let document = signature::parse(&drafted.text).unwrap_or_default();
            let origin = drafted.origin.as_ref();
            let values = values![
                id,
                drafted.number,
                document.name.as_str(),
                customer::name_key(&document.name),
                document.kind.as_str(),
                drafted.text.as_str(),
                origin.map(|origin| origin.case),
                origin.map(|origin| i64::from(origin.number.0)),
                origin.and_then(|origin| origin.bundle),
                origin.and_then(|origin| origin.hypothesis).map(|it| i64::from(it.0)),
                at,
                actor,
                version,
            ];
            connection.execute(statement::DRAFT, values).await?;
            ("drafted", Some(drafted.text.as_str()), "")
        }
        signature::Event::Edited(edited) => {
            let document = signature::parse(&edited.text).unwrap_or_default();
            let values = values![
                id,
                document.name.as_str(),
                customer::name_key(&document.name),
                document.kind.as_str(),
                edited.text.as_str(),
                at,
                actor,
                version,
            ];
            connection.execute(statement::EDIT, values).await?;
            ("edited", Some(edited.text.as_str()), "")
        }
        signature::Event::Activated(signature::Activated { reason }) => {
            connection
                .execute(statement::SET_STAGE, values![id, "active", at, actor, version])
                .await?;
            ("activated", None, reason.as_str())
        }
        signature::Event::Retired(signature::Retired { reason }) => {
            connection
                .execute(statement::SET_STAGE, values![id, "retired", at, actor, version])
                .await?;
            ("retired", None, reason.as_str())
        }
    };
    let values = values![id, version, kind, text, reason, at, actor];
    connection.execute(statement::ADD_VERSION, values).await?;
    let kind = match event {
        signature::Event::Drafted(_) => "signature_drafted",
        // a case is not about the words of its signature
        signature::Event::Edited(_) => return Ok(()),
        signature::Event::Activated(_) => "signature_activated",
        signature::Event::Retired(_) => "signature_retired",
    };
    let Some(row) = connection.row(statement::CASE_OF_SIGNATURE, values![id]).await? else {
        return Ok(());
    };
    let Some(case) = row.get::<Option<CaseId>>("case_id")? else { return Ok(()) };
    let title = called(&row)?;
    let text = (!reason.is_empty()).then_some(reason);
    let entry = Entry { kind, text, title: Some(title.into()), ..Entry::default() };
    add_entry(connection, case, happened, &entry).await
}

/// `SIG-1012 pool exhausted`.
fn called(row: &Row) -> Result<String, StoreError> {
    let number: signature::SignatureNumber = row.get("number")?;
    let name: String = row.get("name")?;
    Ok(format!("{number} {}", first_line(&name)))
}

/// The newest matches hold; what somebody answered stays, also where it fits no more.
pub(super) async fn project_recognised(
    connection: &mut Connection<'_>,
    id: BundleId,
    happened: &Happened<'_>,
    recognised: &Recognised,
) -> Result<(), StoreError> {
    let Some(row) = connection.row(projection::CASE_OF_BUNDLE, values![id]).await? else {
        return Ok(());
    };
    let case: CaseId = row.get("case_id")?;
    connection.execute(statement::DROP_MATCHES, values![id]).await?;
    connection.execute(statement::UNRANK_MATCHES, values![id]).await?;
    for (found, rank) in recognised.matches.iter().zip(1_u32..) {
        let body = MatchBody { shared: found.shared.clone(), lacking: found.lacking.clone() };
        let values = values![
            id,
            found.signature,
            case,
            rank,
            found.version,
            found.score,
            found.seen.fitting,
            found.seen.cases,
            serde_json::to_string(&body).map_err(StoreError::Encode)?,
            happened.at,
        ];
        connection.execute(statement::PUT_MATCH, values).await?;
    }
    let others = match recognised.matches.len() {
        0 | 1 => String::new(),
        more => format!(", and {} more", more - 1),
    };
    let title = recognised.matches.first().map(|found| {
        let of = found.case.map_or_else(String::new, |case| format!(" ({case})"));
        format!("{}{of}: {}{others}", found.number, first_line(&found.name))
    });
    let entry = Entry {
        kind: "bundle_recognised",
        bundle: Some(id),
        title: title.map(Into::into),
        ..Entry::default()
    };
    add_entry(connection, case, happened, &entry).await
}

pub(super) async fn project_answer(
    connection: &mut Connection<'_>,
    id: BundleId,
    happened: &Happened<'_>,
    answered: &MatchAnswered,
) -> Result<(), StoreError> {
    let values = values![
        id,
        answered.signature,
        answered.answer.as_str(),
        answered.reason.as_str(),
        happened.actor,
        happened.at,
    ];
    connection.execute(statement::ANSWER_MATCH, values).await?;
    let Some(row) = connection.row(projection::CASE_OF_BUNDLE, values![id]).await? else {
        return Ok(());
    };
    let entry = Entry {
        kind: match answered.answer {
            Answer::Confirmed => "match_confirmed",
            Answer::NotThis => "match_not_this",
        },
        bundle: Some(id),
        title: Some(answered.number.to_string().into()),
        text: (!answered.reason.is_empty()).then_some(answered.reason.as_str()),
        ..Entry::default()
    };
    add_entry(connection, row.get("case_id")?, happened, &entry).await
}

impl Write {
    /// The case whose timeline tells of the signature.
    pub(crate) async fn case_of_signature(
        &mut self,
        id: SignatureId,
        events: &[Event],
    ) -> Result<Option<CaseId>, StoreError> {
        for event in events {
            if let Event::Signature(signature::Event::Drafted(drafted)) = event {
                return Ok(drafted.origin.as_ref().map(|origin| origin.case));
            }
        }
        let row = self.ask_row(statement::CASE_OF_SIGNATURE, values![id]).await?;
        row.map_or(Ok(None), |row| row.get("case_id"))
    }
}
