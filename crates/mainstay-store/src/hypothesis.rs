//! Hypotheses that people took up: questions to their read table.

use mainstay_core::case::Judgement;
use mainstay_core::{BundleId, CaseId, CaseNumber, Citation, HypothesisNumber, Item, UtcMicros};

use crate::account::{Person, person, person_columns, person_or_none};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::read as statement;
use crate::store::Store;
use crate::value::values;

/// A hypothesis as it was stated when somebody took it up, and the newest judgement of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hypothesis {
    pub case_number: CaseNumber,
    pub number: HypothesisNumber,
    pub bundle: BundleId,
    /// The bundle without fault it was ranked against.
    pub reference: Option<BundleId>,
    pub component: String,
    pub kind: String,
    pub statement: String,
    pub pinned_by: Person,
    pub pinned_at: UtcMicros,
    pub judgement: Option<Judgement>,
    /// Markdown as it was written.
    pub reason: Option<String>,
    pub judged_by: Option<Person>,
    pub judged_at: Option<UtcMicros>,
}

impl Hypothesis {
    /// `MS-1042/H2`.
    #[must_use]
    pub fn citation(&self) -> Citation {
        Citation { case: self.case_number, item: Item::Hypothesis(self.number) }
    }
}

impl FromRow for Hypothesis {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            case_number: row.get("case_number")?,
            number: row.get("number")?,
            bundle: row.get("bundle_id")?,
            reference: row.get("reference_id")?,
            component: row.get("component")?,
            kind: row.get("kind")?,
            statement: row.get("statement")?,
            pinned_by: person(row, person_columns!("pinned_by"))?,
            pinned_at: row.get("pinned_at_us")?,
            judgement: row.get("judgement")?,
            reason: row.get("reason")?,
            judged_by: person_or_none(row, person_columns!("judged_by"))?,
            judged_at: row.get("judged_at_us")?,
        })
    }
}

impl Store {
    /// What was taken up in the case, by number.
    ///
    /// # Errors
    /// As every question.
    pub async fn hypotheses_of_case(&self, case: CaseId) -> Result<Vec<Hypothesis>, StoreError> {
        self.ask(statement::HYPOTHESES_OF_CASE, values![case]).await
    }

    /// One hypothesis.
    ///
    /// # Errors
    /// As every question.
    pub async fn hypothesis(
        &self,
        case: CaseId,
        number: HypothesisNumber,
    ) -> Result<Option<Hypothesis>, StoreError> {
        self.ask_one(statement::HYPOTHESIS, values![case, number]).await
    }
}
