//! Mitigations of a case: their read table.

use mainstay_core::case::{self, MitigationState, Risk};
use mainstay_core::{CaseId, UtcMicros};

use crate::account::{Person, person, person_columns, person_or_none};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::project::{Entry, Happened};
use crate::row::{FromColumn, FromRow, Row};
use crate::statement::mitigation as statement;
use crate::store::Store;
use crate::value::values;

/// A mitigation as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mitigation {
    pub number: u32,
    pub what: String,
    pub risk: Risk,
    pub risk_why: String,
    pub rollback: String,
    /// The change it is done under; empty without one.
    pub change: String,
    pub proposed_at: UtcMicros,
    pub proposed_by: Person,
    pub approved_by: Option<Person>,
    pub state: MitigationState,
    /// What was said with its newest state.
    pub note: String,
    pub moved_at: UtcMicros,
    pub moved_by: Person,
}

impl FromColumn for Risk {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let word: String = row.get(column)?;
        word.parse().map_err(|_| StoreError::Column { column })
    }
}

impl FromColumn for MitigationState {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let word: String = row.get(column)?;
        word.parse().map_err(|_| StoreError::Column { column })
    }
}

impl FromRow for Mitigation {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.get("number")?,
            what: row.get("what")?,
            risk: row.get("risk")?,
            risk_why: row.get("risk_why")?,
            rollback: row.get("rollback")?,
            change: row.get("change_name")?,
            proposed_at: row.get("proposed_at_us")?,
            proposed_by: person(row, person_columns!("proposed_by"))?,
            approved_by: person_or_none(row, person_columns!("approved_by"))?,
            state: row.get("state")?,
            note: row.get("note")?,
            moved_at: row.get("moved_at_us")?,
            moved_by: person(row, person_columns!("moved_by"))?,
        })
    }
}

impl Store {
    /// The mitigations of a case, the newest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn mitigations_of_case(&self, case: CaseId) -> Result<Vec<Mitigation>, StoreError> {
        self.ask(statement::MITIGATIONS_OF_CASE, values![case]).await
    }
}

/// Writes the row; what the mitigation is, for the line in the timeline.
pub(crate) async fn project_mitigation(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    event: &case::Event,
) -> Result<Option<String>, StoreError> {
    match event {
        case::Event::MitigationProposed(proposed) => {
            let values = values![
                id,
                proposed.mitigation,
                proposed.what.as_str(),
                proposed.risk.as_str(),
                proposed.risk_why.as_str(),
                proposed.rollback.as_str(),
                proposed.change.as_str(),
                happened.at,
                proposed.proposed_by,
            ];
            connection.execute(statement::PROPOSE_MITIGATION, values).await?;
            Ok(Some(proposed.what.clone()))
        }
        case::Event::MitigationMoved(moved) => {
            let values = values![
                id,
                moved.mitigation,
                moved.to.as_str(),
                moved.note.as_str(),
                happened.at,
                happened.actor,
            ];
            let row = connection.row(statement::MOVE_MITIGATION, values).await?;
            row.map(|row| row.get("what")).transpose()
        }
        _ => Ok(None),
    }
}

/// The line in the timeline, but for what the mitigation is.
pub(crate) fn entry_of(event: &case::Event) -> Entry<'_> {
    let entry = Entry::default();
    match event {
        case::Event::MitigationProposed(proposed) => {
            Entry { kind: "mitigation_proposed", text: Some(&proposed.rollback), ..entry }
        }
        case::Event::MitigationMoved(moved) => Entry {
            kind: match moved.to {
                MitigationState::Proposed => "mitigation_proposed",
                MitigationState::Approved => "mitigation_approved",
                MitigationState::Applied => "mitigation_applied",
                MitigationState::Helped => "mitigation_helped",
                MitigationState::RolledBack => "mitigation_rolled_back",
                MitigationState::Dropped => "mitigation_dropped",
            },
            text: Some(&moved.note),
            ..entry
        },
        _ => entry,
    }
}
