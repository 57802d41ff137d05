//! The versions of the team's redaction rules.

use mainstay_core::UtcMicros;

use crate::account::{Person, person, person_columns};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::read as statement;
use crate::store::Store;
use crate::value::values;

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactionRules {
    pub version: u32,
    /// As it was written.
    pub text: String,
    pub reason: String,
    pub published_at: UtcMicros,
    pub published_by: Person,
}

impl FromRow for RedactionRules {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.get("version")?,
            text: row.get("text")?,
            reason: row.get("reason")?,
            published_at: row.get("published_at_us")?,
            published_by: person(row, person_columns!("published_by"))?,
        })
    }
}

impl Store {
    /// A version of the rules; without a number the newest.
    ///
    /// # Errors
    /// As every question.
    pub async fn redaction_rules(
        &self,
        version: Option<u32>,
    ) -> Result<Option<RedactionRules>, StoreError> {
        self.ask_one(statement::REDACTION_RULES, values![version.unwrap_or(0)]).await
    }

    /// The newest versions, at most `limit`.
    ///
    /// # Errors
    /// As every question.
    pub async fn redaction_history(&self, limit: u32) -> Result<Vec<RedactionRules>, StoreError> {
        self.ask(statement::REDACTION_HISTORY, values![limit]).await
    }
}
