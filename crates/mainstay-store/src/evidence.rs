//! Pinned evidence: questions to its read table.

use mainstay_core::{
    BundleId, CaseId, CaseNumber, Citation, EvidenceNumber, Item, Level, UtcMicros,
};

use crate::account::{Person, person, person_columns};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::read as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A pinned line, with what it said when it was pinned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub case: CaseId,
    pub case_number: CaseNumber,
    pub number: EvidenceNumber,
    pub bundle: BundleId,
    pub file: u32,
    pub line: u64,
    pub source: String,
    pub at: Option<UtcMicros>,
    pub level: Option<Level>,
    pub excerpt: String,
    pub pinned: bool,
    pub pinned_by: Person,
    pub pinned_at: UtcMicros,
}

impl Evidence {
    /// `MS-1042/E7`.
    #[must_use]
    pub fn citation(&self) -> Citation {
        Citation { case: self.case_number, item: Item::Evidence(self.number) }
    }
}

impl FromRow for Evidence {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            case: row.get("case_id")?,
            case_number: row.get("case_number")?,
            number: row.get("number")?,
            bundle: row.get("bundle_id")?,
            file: row.get("file")?,
            line: row.get("line")?,
            source: row.get("source")?,
            at: row.get("at_us")?,
            level: row.get("level")?,
            excerpt: row.get("excerpt")?,
            pinned: row.get("pinned")?,
            pinned_by: person(row, person_columns!("pinned_by"))?,
            pinned_at: row.get("pinned_at_us")?,
        })
    }
}

impl Store {
    /// What is pinned to the case, by number.
    ///
    /// # Errors
    /// As every question.
    pub async fn evidence_of_case(&self, case: CaseId) -> Result<Vec<Evidence>, StoreError> {
        self.ask(statement::EVIDENCE_OF_CASE, values![case]).await
    }

    /// One piece of evidence, pinned or not: a citation stays readable.
    ///
    /// # Errors
    /// As every question.
    pub async fn evidence(
        &self,
        case: CaseId,
        number: EvidenceNumber,
    ) -> Result<Option<Evidence>, StoreError> {
        self.ask_one(statement::EVIDENCE, values![case, number]).await
    }

    /// What is pinned of the bundle, by file and line.
    ///
    /// # Errors
    /// As every question.
    pub async fn evidence_of_bundle(&self, bundle: BundleId) -> Result<Vec<Evidence>, StoreError> {
        self.ask(statement::EVIDENCE_OF_BUNDLE, values![bundle]).await
    }

    /// What is pinned at this line.
    ///
    /// # Errors
    /// As every question.
    pub async fn evidence_at(
        &self,
        bundle: BundleId,
        file: u32,
        line: u64,
    ) -> Result<Option<Evidence>, StoreError> {
        self.ask_one(statement::EVIDENCE_AT, values![bundle, file, line]).await
    }
}

impl Write {
    /// One piece of evidence, inside the transaction.
    ///
    /// # Errors
    /// As every question.
    pub async fn evidence(
        &mut self,
        case: CaseId,
        number: EvidenceNumber,
    ) -> Result<Option<Evidence>, StoreError> {
        self.ask_one(statement::EVIDENCE, values![case, number]).await
    }
}
