//! The log as auditors page through it: newest first, with names. Checking it is in `verify.rs`.

use mainstay_core::{CaseId, CaseNumber, UserId, UtcMicros};

use crate::account::{Person, person, person_columns};
use crate::chain::Hash;
use crate::error::StoreError;
use crate::log::TENANT;
use crate::row::{FromRow, Row};
use crate::statement::log as statement;
use crate::store::Store;
use crate::transfer::hex;
use crate::value::values;

/// One event of the log, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The place in this database, and the cursor of a page.
    pub seq: u64,
    pub stream: String,
    pub version: u64,
    pub kind: String,
    pub actor: Person,
    pub origin: String,
    pub at: UtcMicros,
    pub recorded_at: UtcMicros,
    pub correlation: String,
    /// The case it is about, for streams of cases and bundles.
    pub case_number: Option<CaseNumber>,
    /// Hexadecimal digits.
    pub hash: String,
}

/// The event with what it says and what it continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    pub entry: AuditEntry,
    pub prev_hash: String,
    /// JSON as it was hashed; `None` once it is erased.
    pub body: Option<String>,
}

/// Which events; all of them without a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// The case and its bundles.
    pub case: Option<CaseId>,
    /// `case.noted`, or the beginning of a kind: `case.`.
    pub kind: String,
    pub actor: Option<UserId>,
}

impl FromRow for AuditEntry {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let hash: Hash = row.get("hash")?;
        Ok(Self {
            seq: row.get("seq")?,
            stream: row.get("stream")?,
            version: row.get("version")?,
            kind: row.get("kind")?,
            actor: person(row, person_columns!("actor"))?,
            origin: row.get("origin")?,
            at: row.get("occurred_at_us")?,
            recorded_at: row.get("recorded_at_us")?,
            correlation: row.get("correlation")?,
            case_number: row.get("case_number")?,
            hash: hex(&hash),
        })
    }
}

impl FromRow for AuditEvent {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let prev_hash: Hash = row.get("prev_hash")?;
        let entry = AuditEntry::from_row(row)?;
        Ok(Self { entry, prev_hash: hex(&prev_hash), body: row.get("body")? })
    }
}

impl Store {
    /// Events older than `before` (the newest without it), newest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn audit_trail(
        &self,
        filter: &AuditFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let before = before.and_then(|seq| i64::try_from(seq).ok()).unwrap_or(i64::MAX);
        let actor = filter.actor.map(|actor| actor.to_string()).unwrap_or_default();
        let kind = filter.kind.as_str();
        if let Some(case) = filter.case {
            let values = values![TENANT, before, kind, actor, limit, case];
            return self.ask(statement::AUDIT_OF_CASE, values).await;
        }
        self.ask(statement::AUDIT, values![TENANT, before, kind, actor, limit]).await
    }

    /// One event of the log.
    ///
    /// # Errors
    /// As every question.
    pub async fn audit_event(&self, seq: u64) -> Result<Option<AuditEvent>, StoreError> {
        self.ask_one(statement::AUDIT_EVENT, values![TENANT, seq]).await
    }
}
