//! Intake: the versions of the checklists, the report of a case, and the rounds it went.

use std::collections::BTreeMap;

use mainstay_core::case::{self, IntakeState};
use mainstay_core::intake::event::ChecklistsPublished;
use mainstay_core::intake::rate::Tally;
use mainstay_core::intake::{Assessment, ChecklistSetForm, Report};
use mainstay_core::{CaseId, UserId, UtcMicros};
use serde::de::DeserializeOwned;

use crate::account::{Person, person, person_columns, person_or_none};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::project::Happened;
use crate::row::{FromColumn, FromRow, Row};
use crate::statement::customer as statement;
use crate::store::Store;
use crate::value::values;

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklists {
    pub version: u32,
    pub set: ChecklistSetForm,
    pub reason: String,
    pub published_at: UtcMicros,
    pub published_by: Person,
}

/// The newest report of a case, and what was found of it when it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    pub revision: u32,
    pub report: Report,
    pub assessment: Assessment,
    pub at: UtcMicros,
    pub by: Person,
}

/// One hand-over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub round: u32,
    pub sender: Person,
    pub team: String,
    /// As submitted; once it was accepted, as it was then.
    pub score: u32,
    pub threshold: Option<u32>,
    pub override_reason: String,
    pub owed: Vec<String>,
    pub owed_by: Option<UtcMicros>,
    pub submitted_at: UtcMicros,
    /// `None` while it waits.
    pub decision: Option<Decision>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Accepted or returned.
    pub state: IntakeState,
    /// The word of the reason; empty for what was accepted.
    pub reason: String,
    pub note: String,
    pub missing: Vec<String>,
    pub at: UtcMicros,
    pub by: Person,
}

impl FromColumn for Option<IntakeState> {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let Some(word) = row.get::<Option<String>>(column)? else {
            return Ok(None);
        };
        let state = IntakeState::ALL.into_iter().find(|state| state.as_str() == word);
        state.map(Some).ok_or(StoreError::Column { column })
    }
}

fn json<T: DeserializeOwned>(row: &Row, column: &'static str) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Column { column })
}

fn count(row: &Row, column: &'static str) -> Result<Option<u32>, StoreError> {
    let number: Option<i64> = row.get(column)?;
    number.map(u32::try_from).transpose().map_err(|_| StoreError::Column { column })
}

impl FromRow for Checklists {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.get("version")?,
            set: json(row, "body")?,
            reason: row.get("reason")?,
            published_at: row.get("published_at_us")?,
            published_by: person(row, person_columns!("published_by"))?,
        })
    }
}

impl FromRow for Reported {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            revision: row.get("revision")?,
            report: json(row, "report")?,
            assessment: json(row, "assessment")?,
            at: row.get("reported_at_us")?,
            by: person(row, person_columns!("reported_by"))?,
        })
    }
}

impl FromRow for Round {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let decided: Option<IntakeState> = row.get("decision")?;
        let by = person_or_none(row, person_columns!("decided_by"))?;
        let decision = match (decided, row.get::<Option<UtcMicros>>("decided_at_us")?, by) {
            (Some(state), Some(at), Some(by)) => Some(Decision {
                state,
                reason: row.get::<Option<String>>("reason")?.unwrap_or_default(),
                note: row.get::<Option<String>>("note")?.unwrap_or_default(),
                missing: json(row, "missing")?,
                at,
                by,
            }),
            _ => None,
        };
        Ok(Self {
            round: row.get("round")?,
            sender: person(row, person_columns!("sender"))?,
            team: row.get("team")?,
            score: row.get("score")?,
            threshold: count(row, "threshold")?,
            override_reason: row.get("override_reason")?,
            owed: json(row, "owed")?,
            owed_by: row.get("owed_by_us")?,
            submitted_at: row.get("submitted_at_us")?,
            decision,
        })
    }
}

impl Store {
    /// A version of the checklists; without a number the newest.
    ///
    /// # Errors
    /// As every question.
    pub async fn checklists(&self, version: Option<u32>) -> Result<Option<Checklists>, StoreError> {
        self.ask_one(statement::CHECKLISTS, values![version.unwrap_or(0)]).await
    }

    /// The newest report of a case.
    ///
    /// # Errors
    /// As every question.
    pub async fn intake_report(&self, case: CaseId) -> Result<Option<Reported>, StoreError> {
        self.ask_one(statement::REPORT, values![case]).await
    }

    /// The hand-overs of a case, oldest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn intake_rounds(&self, case: CaseId) -> Result<Vec<Round>, StoreError> {
        self.ask(statement::ROUNDS, values![case]).await
    }

    /// What became of the rounds decided since then, per sending team; of one sender, or of all.
    ///
    /// # Errors
    /// As every question.
    pub async fn intake_tallies(
        &self,
        since: UtcMicros,
        sender: Option<UserId>,
    ) -> Result<BTreeMap<String, Tally>, StoreError> {
        let sender = sender.map(|sender| sender.to_string()).unwrap_or_default();
        let mut held = self.reader().await?;
        let rows = held.connection().rows(statement::DECIDED, values![since, sender]).await?;
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        for row in &rows {
            let tally = tallies.entry(row.get("team")?).or_default();
            let (rounds, reason): (u32, String) = (row.get("rounds")?, row.get("reason")?);
            match row.get::<Option<IntakeState>>("decision")? {
                Some(IntakeState::Accepted) => tally.accepted += rounds,
                _ => {
                    tally.returned += rounds;
                    *tally.reasons.entry(reason).or_default() += rounds;
                }
            }
        }
        Ok(tallies)
    }
}

pub(crate) async fn project_checklists(
    connection: &mut Connection<'_>,
    happened: &Happened<'_>,
    published: &ChecklistsPublished,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(&published.set).map_err(StoreError::Encode)?;
    let ChecklistsPublished { version, reason, .. } = published;
    let values = values![*version, body, reason.as_str(), happened.at, happened.actor];
    connection.execute(statement::INSERT_CHECKLISTS, values).await?;
    Ok(())
}

/// What an event does to the report and the rounds of its case; most events do nothing.
pub(crate) async fn project_intake(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    event: &case::Event,
) -> Result<(), StoreError> {
    match event {
        case::Event::IntakeReported(reported) => {
            let report = serde_json::to_string(&reported.report).map_err(StoreError::Encode)?;
            let found = serde_json::to_string(&reported.assessment).map_err(StoreError::Encode)?;
            let (at, actor) = (happened.at, happened.actor);
            let values = values![id, reported.revision, report, found, at, actor];
            connection.execute(statement::PUT_REPORT, values).await?;
            let values = values![id, reported.assessment.score];
            connection.execute(statement::REPORTED_CASE, values).await?;
        }
        case::Event::IntakeSubmitted(submitted) => {
            let values = values![
                id,
                submitted.round,
                submitted.sender,
                submitted.team.as_str(),
                submitted.score,
                submitted.threshold.map(i64::from),
                submitted.override_reason.as_str(),
                serde_json::to_string(&submitted.owed).map_err(StoreError::Encode)?,
                submitted.owed_by,
                happened.at,
            ];
            connection.execute(statement::ADD_ROUND, values).await?;
            set_intake(connection, id, IntakeState::Waiting).await?;
        }
        case::Event::IntakeAccepted(accepted) => {
            let nothing: Option<&str> = None;
            let values = values![
                id,
                accepted.round,
                IntakeState::Accepted.as_str(),
                nothing,
                nothing,
                "[]",
                happened.at,
                happened.actor,
                Some(i64::from(accepted.score)),
            ];
            connection.execute(statement::DECIDE_ROUND, values).await?;
            set_intake(connection, id, IntakeState::Accepted).await?;
        }
        case::Event::IntakeReturned(returned) => {
            let score: Option<i64> = None;
            let values = values![
                id,
                returned.round,
                IntakeState::Returned.as_str(),
                returned.reason.as_str(),
                returned.text.as_str(),
                serde_json::to_string(&returned.missing).map_err(StoreError::Encode)?,
                happened.at,
                happened.actor,
                score,
            ];
            connection.execute(statement::DECIDE_ROUND, values).await?;
            set_intake(connection, id, IntakeState::Returned).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn set_intake(
    connection: &mut Connection<'_>,
    id: CaseId,
    state: IntakeState,
) -> Result<(), StoreError> {
    connection.execute(statement::SET_INTAKE, values![id, state.as_str()]).await?;
    Ok(())
}
