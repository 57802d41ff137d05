//! The timeline of a case: questions to its read table.

use mainstay_core::case::Audience;
use mainstay_core::{BundleId, CaseId, EvidenceNumber, Severity, Status, UtcMicros};

use crate::account::{Person, person, person_columns, person_or_none};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::read as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// One thing that happened to a case, or to a bundle of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// 1, 2, 3 per case; it never changes.
    pub sequence: u64,
    pub at: UtcMicros,
    /// `opened`, `noted`, `bundle_read`, ...: the event's kind without what it happened to.
    pub kind: String,
    pub actor: Person,
    pub audience: Option<Audience>,
    /// Markdown as it was written: note, reason, resolution or description. For `bundle_failed`
    /// the reason in one word.
    pub text: Option<String>,
    pub evidence: Option<EvidenceNumber>,
    pub bundle: Option<BundleId>,
    pub assignee: Option<Person>,
    pub from: Option<Severity>,
    pub to: Option<Severity>,
    /// The status after it, where it is about the status.
    pub status: Option<Status>,
    /// When the next update is promised for, or when the clock was due to ring.
    pub due_at: Option<UtcMicros>,
    pub cites: Vec<EvidenceNumber>,
    /// The subject, the bundle's name, the first line of the evidence, who wrote, whom the case
    /// waits on, or the metric of a clock; plain text.
    pub title: Option<String>,
}

/// Some entries, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelinePage {
    pub entries: Vec<TimelineEntry>,
    /// Where the next page begins, when there is one.
    pub next_after: Option<u64>,
    pub total: u64,
}

impl FromRow for TimelineEntry {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let cites: String = row.get("cites")?;
        Ok(Self {
            sequence: row.get("sequence")?,
            at: row.get("at_us")?,
            kind: row.get("kind")?,
            actor: person(row, person_columns!("actor"))?,
            audience: row.get("audience")?,
            text: row.get("text")?,
            evidence: row.get("evidence")?,
            bundle: row.get("bundle")?,
            assignee: person_or_none(row, person_columns!("assignee"))?,
            from: row.get("from_severity")?,
            to: row.get("to_severity")?,
            status: row.get("status")?,
            due_at: row.get("due_us")?,
            cites: serde_json::from_str(&cites)
                .map_err(|_| StoreError::Column { column: "cites" })?,
            title: row.get("title")?,
        })
    }
}

impl Store {
    /// Entries after `after` (0 is the beginning), oldest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn timeline(
        &self,
        case: CaseId,
        after: u64,
        limit: u32,
    ) -> Result<TimelinePage, StoreError> {
        let mut held = self.snapshot().await?;
        let mut connection = held.connection();
        let total = connection.row(statement::TIMELINE_TOTAL, values![case]).await?;
        let total = total.map_or(Ok(0), |row| row.get("total"))?;
        let limit_and_one = limit.saturating_add(1);
        let rows =
            connection.rows(statement::TIMELINE, values![case, after, limit_and_one]).await?;
        let shown = rows.iter().take(limit as usize);
        let entries: Vec<TimelineEntry> =
            shown.map(TimelineEntry::from_row).collect::<Result<_, _>>()?;
        let more = rows.len() > entries.len();
        let next_after = if more { entries.last().map(|entry| entry.sequence) } else { None };
        Ok(TimelinePage { entries, next_after, total })
    }

    /// One entry.
    ///
    /// # Errors
    /// As every question.
    pub async fn timeline_entry(
        &self,
        case: CaseId,
        sequence: u64,
    ) -> Result<Option<TimelineEntry>, StoreError> {
        self.ask_one(statement::TIMELINE_ENTRY, values![case, sequence]).await
    }
}

impl Write {
    /// The newest entry of the case, inside the transaction: what was just appended.
    ///
    /// # Errors
    /// As every question.
    pub async fn last_entry(&mut self, case: CaseId) -> Result<Option<TimelineEntry>, StoreError> {
        self.ask_one(statement::TIMELINE_LAST, values![case]).await
    }
}
