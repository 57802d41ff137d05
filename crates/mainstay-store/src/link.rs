//! Links and merges: questions to their read tables, and how their events are folded into them.

use std::collections::BTreeSet;

use mainstay_core::case::Audience;
use mainstay_core::link::{self, Breached, End, Message, Relation};
use mainstay_core::{CaseId, CaseNumber, Severity, Status, UserId, UtcMicros};

use crate::account::{Person, person, person_columns};
use crate::case::CaseSummary;
use crate::connection::Connection;
use crate::dialect::LOCK_KEY;
use crate::error::StoreError;
use crate::project::{Entry, Happened, add_entry};
use crate::row::{FromColumn, FromRow, Row};
use crate::statement::link as statement;
use crate::statement::project as project_statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// Who wrote in a case; more people than this are a mailing list.
const WRITERS_MAX: u32 = 500;

/// A link as one of its cases sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub relation: Relation,
    pub end: End,
    /// The other case.
    pub number: CaseNumber,
    pub subject: String,
    pub severity: Severity,
    pub status: Status,
    pub customer: String,
    /// Where the other case went.
    pub merged_into: Option<CaseNumber>,
    pub reason: String,
    pub linked_at: UtcMicros,
    pub linked_by: Person,
}

/// A case that went into another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub id: CaseId,
    pub number: CaseNumber,
    pub subject: String,
    pub severity: Severity,
    pub status: Status,
    pub started_at: UtcMicros,
    /// What its people were promised and did not get yet.
    pub promised: Option<UtcMicros>,
    pub breached: Vec<Breached>,
    pub reason: String,
    pub merged_at: UtcMicros,
    pub merged_by: Person,
}

impl FromColumn for Relation {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        row.get::<String>(column)?.parse().map_err(|_| StoreError::Column { column })
    }
}

impl FromRow for Link {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let stands: String = row.get("stands")?;
        Ok(Self {
            relation: row.get("relation")?,
            end: if stands == "from" { End::From } else { End::To },
            number: row.get("number")?,
            subject: row.get("subject")?,
            severity: row.get("severity")?,
            status: row.get("status")?,
            customer: row.get("customer")?,
            merged_into: row.get("merged_number")?,
            reason: row.get("reason")?,
            linked_at: row.get("linked_at_us")?,
            linked_by: person(row, person_columns!("linked_by"))?,
        })
    }
}

impl FromRow for Merged {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let breached: String = row.get("breached")?;
        let breached = serde_json::from_str(&breached)
            .map_err(|_| StoreError::Column { column: "breached" })?;
        Ok(Self {
            id: row.get("child_id")?,
            number: row.get("number")?,
            subject: row.get("subject")?,
            severity: row.get("severity")?,
            status: row.get("status")?,
            started_at: row.get("started_at_us")?,
            promised: row.get("promised_us")?,
            breached,
            reason: row.get("reason")?,
            merged_at: row.get("merged_at_us")?,
            merged_by: person(row, person_columns!("merged_by"))?,
        })
    }
}

impl FromRow for Message {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let kind: String = row.get("kind")?;
        let title: Option<String> = row.get("title")?;
        let audience: Option<Audience> = row.get("audience")?;
        let title = title.unwrap_or_default();
        let of_customer = kind == "customer_wrote" || !title.is_empty();
        Ok(Self {
            sequence: row.get("sequence")?,
            at: row.get("at_us")?,
            author: row.get::<UserId>("actor")?,
            audience: audience.unwrap_or(Audience::Internal),
            contact: of_customer.then_some(title),
            text: row.get::<Option<String>>("text")?.unwrap_or_default(),
        })
    }
}

impl Store {
    /// The links of a case, from both ends.
    ///
    /// # Errors
    /// As every question.
    pub async fn links(&self, case: CaseId) -> Result<Vec<Link>, StoreError> {
        self.ask(statement::LINKS_OF_CASE, values![case]).await
    }

    /// What went into a case, by number.
    ///
    /// # Errors
    /// As every question.
    pub async fn merged_cases(&self, parent: CaseId) -> Result<Vec<Merged>, StoreError> {
        self.ask(statement::MERGED_OF_CASE, values![parent]).await
    }

    /// Where a case went, if it went anywhere.
    ///
    /// # Errors
    /// As every question.
    pub async fn merged_into(&self, number: CaseNumber) -> Result<Option<CaseNumber>, StoreError> {
        let row = self.ask_row(statement::MERGED_INTO, values![number]).await?;
        row.map(|row| row.get("number")).transpose()
    }

    /// Who of the customer's side wrote in a case.
    ///
    /// # Errors
    /// As every question.
    pub async fn writers(&self, case: CaseId) -> Result<Vec<String>, StoreError> {
        let values = values![case, WRITERS_MAX];
        let rows = self.reader().await?.connection().rows(statement::WRITERS, values).await?;
        rows.iter().map(|row| row.get("title")).collect()
    }

    /// The cases that suffer from one, directly or through others, by number.
    ///
    /// # Errors
    /// As every question.
    pub async fn sufferers(
        &self,
        case: CaseId,
        limit: u32,
    ) -> Result<Vec<CaseSummary>, StoreError> {
        self.ask(statement::SUFFERERS, values![case, limit]).await
    }
}

impl Write {
    /// One change of links at a time: a circle is made of many small ones.
    ///
    /// # Errors
    /// As every write.
    pub async fn lock_links(&mut self) -> Result<(), StoreError> {
        let sql = LOCK_KEY.of(&self.connection());
        self.ask_row(sql, values!["links of cases"]).await.map(|_| ())
    }

    /// Everything that follows from a case along one relation.
    ///
    /// # Errors
    /// As every question.
    pub async fn above(
        &mut self,
        case: CaseId,
        relation: Relation,
    ) -> Result<BTreeSet<CaseId>, StoreError> {
        let values = values![case, relation.as_str()];
        let rows = self.connection().rows(statement::ABOVE, values).await?;
        rows.iter().map(|row| row.get("id")).collect()
    }

    /// What was said in a case, in order.
    ///
    /// # Errors
    /// As every question.
    pub async fn messages(&mut self, case: CaseId) -> Result<Vec<Message>, StoreError> {
        self.ask(statement::MESSAGES, values![case]).await
    }

    /// What went into a case, as this write leaves it.
    ///
    /// # Errors
    /// As every question.
    pub async fn merged_cases(&mut self, parent: CaseId) -> Result<Vec<Merged>, StoreError> {
        self.ask(statement::MERGED_OF_CASE, values![parent]).await
    }
}

/// Folds an event between cases; whether the case's clocks move.
pub(crate) async fn project_link(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    event: &link::Event,
) -> Result<bool, StoreError> {
    let (at, actor) = (happened.at, happened.actor);
    match event {
        link::Event::Linked(linked) if linked.end == End::From => {
            let relation = linked.relation.as_str();
            let values = values![id, relation, linked.other, linked.reason.as_str(), at, actor];
            connection.execute(statement::ADD_LINK, values).await?;
        }
        link::Event::Unlinked(gone) if gone.end == End::From => {
            let values = values![id, gone.relation.as_str(), gone.other];
            connection.execute(statement::REMOVE_LINK, values).await?;
        }
        link::Event::Linked(_) | link::Event::Unlinked(_) | link::Event::SplitOff(_) => {}
        link::Event::MergedInto(merged) => {
            connection.execute(statement::MARK_MERGED, values![id, merged.into]).await?;
            let values = values![id, happened.version, at];
            connection.execute(statement::END_CLOCKS, values).await?;
        }
        link::Event::Unmerged(_) => {
            connection.execute(statement::MARK_UNMERGED, values![id]).await?;
            connection.execute(statement::RESUME_CLOCKS, values![id]).await?;
        }
        link::Event::MergeTook(took) => {
            let breached = serde_json::to_string(&took.breached).map_err(StoreError::Encode)?;
            let (started_at, reason) = (took.started_at, took.reason.as_str());
            let values =
                values![took.child, id, started_at, took.promised, breached, reason, at, actor];
            connection.execute(statement::ADD_MERGE, values).await?;
        }
        link::Event::MergeReleased(released) => {
            connection.execute(statement::REMOVE_MERGE, values![released.child]).await?;
        }
        link::Event::SplitFrom(split) => {
            if let Some(started_at) = split.started_at {
                connection.execute(statement::SPLIT_START, values![id, started_at]).await?;
            }
        }
        link::Event::MessageTaken(taken) => {
            return project_message(connection, id, happened, taken).await;
        }
    }
    let title = title_of(event);
    let entry = Entry { title: Some(title.into()), ..entry_of(event) };
    add_entry(connection, id, happened, &entry).await?;
    Ok(!matches!(event, link::Event::Linked(_) | link::Event::Unlinked(_)))
}

/// A message stands in the new timeline as it stood in the old one: when and by whom it was said.
async fn project_message(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    taken: &link::MessageTaken,
) -> Result<bool, StoreError> {
    if taken.counts {
        let kind = match (taken.contact.is_empty(), taken.audience) {
            (false, _) => "customer",
            (true, Audience::Public) => "agent",
            (true, Audience::Internal) => "note",
        };
        let nothing: Option<&str> = None;
        let values = values![id, happened.version, taken.at, kind, nothing];
        connection.execute(project_statement::INSERT_CLOCK_ENTRY, values).await?;
    }
    let said = Happened { at: taken.at, actor: taken.author, ..*happened };
    let entry = Entry {
        kind: "message_taken",
        audience: Some(taken.audience),
        text: Some(&taken.text),
        title: Some(taken.contact.as_str().into()),
        ..Entry::default()
    };
    add_entry(connection, id, &said, &entry).await?;
    connection.execute(project_statement::COUNT_NOTE, values![id]).await?;
    Ok(true)
}

fn title_of(event: &link::Event) -> String {
    match event {
        link::Event::Linked(it) => format!("{} {}", it.end.word(it.relation), it.number),
        link::Event::Unlinked(it) => format!("{} {}", it.end.word(it.relation), it.number),
        link::Event::MergedInto(it) => it.number.to_string(),
        link::Event::MergeTook(it) => it.number.to_string(),
        link::Event::Unmerged(it) => it.number.to_string(),
        link::Event::MergeReleased(it) => it.number.to_string(),
        link::Event::SplitOff(it) => it.number.to_string(),
        link::Event::SplitFrom(it) => it.number.to_string(),
        link::Event::MessageTaken(it) => it.contact.clone(),
    }
}

fn entry_of(event: &link::Event) -> Entry<'_> {
    let (kind, reason) = match event {
        link::Event::Linked(it) => ("linked", &it.reason),
        link::Event::Unlinked(it) => ("unlinked", &it.reason),
        link::Event::MergedInto(it) => ("merged_into", &it.reason),
        link::Event::MergeTook(it) => ("merge_took", &it.reason),
        link::Event::Unmerged(it) => ("unmerged", &it.reason),
        link::Event::MergeReleased(it) => ("merge_released", &it.reason),
        link::Event::SplitOff(it) => ("split_off", &it.reason),
        link::Event::SplitFrom(it) => ("split_from", &it.reason),
        link::Event::MessageTaken(it) => ("message_taken", &it.text),
    };
    Entry { kind, text: Some(reason), ..Entry::default() }
}
