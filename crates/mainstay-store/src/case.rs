//! Cases: what the queue shows of them, and one case with everything its page shows.

use mainstay_core::case::{Gate, IntakeState};
use mainstay_core::status::Category;
use mainstay_core::{CaseId, CaseNumber, CustomerId, Severity, Status, UserId, UtcMicros};

use crate::account::{Person, person, person_columns, person_or_none};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::sla::NextClock;
use crate::statement::read as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A case as a row of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSummary {
    pub id: CaseId,
    pub number: CaseNumber,
    pub subject: String,
    pub severity: Severity,
    pub status: Status,
    /// Who has the ball while it is on hold.
    pub waits_on: String,
    /// The version of the policies whose promises hold.
    pub policies: Option<u32>,
    /// When the customer was promised to hear from us.
    pub promised_at: Option<UtcMicros>,
    /// The running clock that is due first.
    pub clock: Option<NextClock>,
    pub customer: String,
    pub product: String,
    pub version: String,
    /// Who was chosen from the list; a case of free text has none.
    pub customer_id: Option<CustomerId>,
    /// Of the customer, as it was when they were chosen.
    pub tier: String,
    /// How far the intake is, and its score.
    pub intake: Option<(IntakeState, u32)>,
    pub assignee: Option<Person>,
    pub opened_at: UtcMicros,
    pub updated_at: UtcMicros,
    pub bundles: u64,
    pub bundles_reading: u64,
    pub evidence: u64,
    pub notes: u64,
    pub sample: bool,
    /// Where it went; nothing is written to it any more.
    pub merged_into: Option<CaseNumber>,
    /// The version of the case's stream: what an edit expects.
    pub case_version: u64,
}

/// A case with what only its own page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDetail {
    pub summary: CaseSummary,
    /// Markdown.
    pub description: String,
    pub opened_by: Person,
    /// Markdown; while the case is resolved.
    pub resolution: Option<String>,
    /// What it was closed with.
    pub gate: Option<Gate>,
}

/// What the queue shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub category: Category,
    pub owner: Owner,
    /// Empty for all.
    pub severities: Vec<Severity>,
    /// Words that all occur in the case: number, fields, description or anything in its timeline.
    pub text: String,
    pub sort: QueueSort,
    /// `next_cursor` of the page before; empty for the first page.
    pub cursor: String,
    pub limit: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Anybody,
    Nobody,
    User(UserId),
    /// Whoever decides about intake that waits.
    Receiver,
}

/// Most urgent, most recently changed, most recently opened, or due first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueSort {
    Severity,
    Updated,
    Opened,
    Due,
}

/// A page of the queue. Cases that arrive meanwhile do not shift the following pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    pub cases: Vec<CaseSummary>,
    pub next_cursor: Option<String>,
    /// Cases on all pages; for words that thousands of cases have, at least so many.
    pub total: u64,
}

/// How many cases each view has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueCounts {
    /// Open cases.
    pub all: u64,
    pub mine: u64,
    pub unowned: u64,
    /// Intake that waits for a decision.
    pub waiting: u64,
    pub resolved: u64,
}

impl FromRow for CaseSummary {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let score = row.get::<Option<i64>>("intake_score")?.and_then(|it| u32::try_from(it).ok());
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            subject: row.get("subject")?,
            severity: row.get("severity")?,
            status: row.get("status")?,
            waits_on: row.get("waits_on")?,
            policies: row.get::<Option<i64>>("policies")?.and_then(|it| u32::try_from(it).ok()),
            promised_at: row.get("promised_us")?,
            clock: NextClock::of_case(row)?,
            customer: row.get("customer")?,
            product: row.get("product")?,
            version: row.get("version")?,
            customer_id: row.get("customer_id")?,
            tier: row.get("tier")?,
            intake: row.get::<Option<IntakeState>>("intake")?.zip(score),
            assignee: person_or_none(row, person_columns!("assignee"))?,
            opened_at: row.get("opened_at_us")?,
            updated_at: row.get("updated_at_us")?,
            bundles: row.get("bundles")?,
            bundles_reading: row.get("bundles_reading")?,
            evidence: row.get("evidence")?,
            notes: row.get("notes")?,
            sample: row.get("sample")?,
            merged_into: row.get("merged_number")?,
            case_version: row.get("case_version")?,
        })
    }
}

fn gate(row: &Row) -> Result<Option<Gate>, StoreError> {
    let text: Option<String> = row.get("gate")?;
    let gate = text.map(|text| serde_json::from_str(&text)).transpose();
    gate.map_err(|_| StoreError::Column { column: "gate" })
}

impl FromRow for CaseDetail {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            summary: CaseSummary::from_row(row)?,
            description: row.get("description")?,
            opened_by: person(row, person_columns!("opened_by"))?,
            resolution: row.get("resolution")?,
            gate: gate(row)?,
        })
    }
}

impl Store {
    /// One case by the number people say.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_by_number(
        &self,
        number: CaseNumber,
    ) -> Result<Option<CaseDetail>, StoreError> {
        self.ask_one(statement::CASE_BY_NUMBER, values![number]).await
    }

    /// The id of the case with this number.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_id(&self, number: CaseNumber) -> Result<Option<CaseId>, StoreError> {
        let row = self.ask_row(statement::CASE_ID_BY_NUMBER, values![number]).await?;
        row.map(|row| row.get("id")).transpose()
    }

    /// The number of a case.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_number(&self, id: CaseId) -> Result<Option<CaseNumber>, StoreError> {
        let row = self.ask_row(statement::CASE_NUMBER_BY_ID, values![id]).await?;
        row.map(|row| row.get("number")).transpose()
    }

    /// The cases of the sample desk, by number.
    ///
    /// # Errors
    /// As every question.
    pub async fn sample_cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let rows = self.reader().await?.connection().rows(statement::SAMPLE_CASES, vec![]).await?;
        rows.iter().map(|row| row.get("id")).collect()
    }
}

impl Write {
    /// One case with what this write has changed so far: the answer to keep for the same key.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_detail(
        &mut self,
        number: CaseNumber,
    ) -> Result<Option<CaseDetail>, StoreError> {
        self.ask_one(statement::CASE_BY_NUMBER, values![number]).await
    }
}
