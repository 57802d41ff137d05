//! The versions of the policies, what the clocks of a case see, and its next deadline.
//!
//! A deadline is a function of the history, so it is folded once after the last event of a case, in
//! an append as in a rebuild.

use mainstay_core::case::history;
use mainstay_core::sla::deadline::{self, Deadline};
use mainstay_core::sla::{Attributes, Entry, EntryKind, Metric, PolicySet, PolicySetForm};
use mainstay_core::{CaseId, Status, UtcMicros};

use crate::account::{Person, person, person_columns};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::row::{FromColumn, FromRow, Row};
use crate::statement::{link, project, read as statement};
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    pub version: u32,
    pub set: PolicySetForm,
    pub reason: String,
    pub published_at: UtcMicros,
    pub published_by: Person,
}

/// When the clock of a case that is due first rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextClock {
    pub metric: Metric,
    pub warn_at: UtcMicros,
    pub due_at: UtcMicros,
}

/// The word a kind of entry is stored as.
pub(crate) fn kind_word(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Create => "create",
        EntryKind::CreateByAgent => "create_by_agent",
        EntryKind::Customer => "customer",
        EntryKind::Agent => "agent",
        EntryKind::Note => "note",
        EntryKind::Status => "status",
        EntryKind::Merged => "merged",
    }
}

impl FromColumn for EntryKind {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let word: String = row.get(column)?;
        let kinds = [
            Self::Create,
            Self::CreateByAgent,
            Self::Customer,
            Self::Agent,
            Self::Note,
            Self::Status,
            Self::Merged,
        ];
        kinds.into_iter().find(|kind| kind_word(*kind) == word).ok_or(StoreError::Column { column })
    }
}

impl FromRow for Policies {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.get("version")?,
            set: set_of(row)?,
            reason: row.get("reason")?,
            published_at: row.get("published_at_us")?,
            published_by: person(row, person_columns!("published_by"))?,
        })
    }
}

impl NextClock {
    /// From the columns of a case; `None` while no clock runs.
    pub(crate) fn of_case(row: &Row) -> Result<Option<Self>, StoreError> {
        let metric: Option<Metric> = row.get("clock_metric")?;
        let (warn_at, due_at) = (row.get("clock_warn_us")?, row.get("clock_due_us")?);
        let clock = |((metric, warn_at), due_at)| Self { metric, warn_at, due_at };
        Ok(metric.zip(warn_at).zip(due_at).map(clock))
    }
}

impl Store {
    /// A version of the policies; without a number the newest.
    ///
    /// # Errors
    /// As every question.
    pub async fn policies(&self, version: Option<u32>) -> Result<Option<Policies>, StoreError> {
        self.ask_one(statement::POLICIES, values![version.unwrap_or(0)]).await
    }

    /// What the clocks of a case see, oldest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn clock_history(&self, case: CaseId) -> Result<Vec<Entry>, StoreError> {
        clock_history(&mut self.reader().await?.connection(), case).await
    }

    /// The running clocks of a case, the one due first in front.
    ///
    /// # Errors
    /// As every question.
    pub async fn deadlines(&self, case: CaseId) -> Result<Vec<Deadline>, StoreError> {
        Ok(case_deadlines(&mut self.reader().await?.connection(), case).await?.0)
    }

    /// The cases with a running clock.
    ///
    /// # Errors
    /// As every question.
    pub async fn clocked_cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let rows = self.reader().await?.connection().rows(statement::CLOCKED_CASES, vec![]).await?;
        rows.iter().map(|row| row.get("id")).collect()
    }
}

impl Write {
    /// The number of the newest version of the policies; 0 when none was published.
    ///
    /// # Errors
    /// As every question.
    pub async fn last_policies(&mut self) -> Result<u32, StoreError> {
        let row = self.ask_row(statement::POLICIES_LAST, vec![]).await?;
        row.map_or(Ok(0), |row| row.get("version"))
    }

    /// The running clocks of a case as this write leaves it, the one due first in front.
    ///
    /// # Errors
    /// As every question.
    pub async fn deadlines(&mut self, case: CaseId) -> Result<Vec<Deadline>, StoreError> {
        Ok(case_deadlines(&mut self.connection(), case).await?.0)
    }
}

/// Folds the next deadline of each of these cases.
pub(crate) async fn set_deadlines(
    connection: &mut Connection<'_>,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<(), StoreError> {
    for case in cases {
        set_deadline(connection, case).await?;
    }
    Ok(())
}

/// Folds the next deadline of a case; its running clocks.
pub(crate) async fn set_deadline(
    connection: &mut Connection<'_>,
    case: CaseId,
) -> Result<Vec<Deadline>, StoreError> {
    let (deadlines, promised) = case_deadlines(connection, case).await?;
    let first = deadlines.first();
    let due = first.map(|deadline| deadline.due_at);
    let next = [due, promised].into_iter().flatten().min();
    let values = values![
        case,
        first.map(|deadline| deadline.metric.as_str()),
        first.map(|deadline| deadline.warn_at),
        due,
        next,
    ];
    connection.execute(project::SET_DEADLINE, values).await?;
    Ok(deadlines)
}

/// The running clocks of a case, and when it was promised an update.
async fn case_deadlines(
    connection: &mut Connection<'_>,
    case: CaseId,
) -> Result<(Vec<Deadline>, Option<UtcMicros>), StoreError> {
    let Some(row) = connection.row(statement::CLOCK_CASE, values![case]).await? else {
        return Ok((Vec::new(), None));
    };
    let promises: [Option<UtcMicros>; 2] =
        [row.get("promised_us")?, row.get("promised_merged_us")?];
    let promised = promises.into_iter().flatten().min();
    let Some(version) = row.get::<Option<i64>>("policies")? else {
        return Ok((Vec::new(), promised));
    };
    let Some(policies) = connection.row(statement::POLICIES, values![version]).await? else {
        // the audit of references reports a version that is not there
        return Ok((Vec::new(), promised));
    };
    let set =
        PolicySet::new(set_of(&policies)?).map_err(|_| StoreError::Column { column: "body" })?;
    let (customer, product): (String, String) = (row.get("customer")?, row.get("product")?);
    let (version, tier): (String, String) = (row.get("version")?, row.get("tier")?);
    let attributes = Attributes {
        severity: row.get("severity")?,
        customer: &customer,
        product: &product,
        version: &version,
        tier: &tier,
    };
    let history = clock_history(connection, case).await?;
    Ok((deadline::deadlines(&set, attributes, &history), promised))
}

async fn clock_history(
    connection: &mut Connection<'_>,
    case: CaseId,
) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    for row in connection.rows(statement::CLOCK_ENTRIES, values![case]).await? {
        let status: Option<Status> = row.get("status")?;
        history::add(&mut entries, Entry { at: row.get("at_us")?, kind: row.get("kind")?, status });
    }
    // with what was merged into it, a case began when the first of them did
    let row = connection.row(link::CLOCK_START, values![case]).await?;
    let started: Option<UtcMicros> = row.map_or(Ok(None), |row| row.get("started_at_us"))?;
    if let (Some(first), Some(started)) = (entries.first_mut(), started) {
        first.at = first.at.min(started);
    }
    Ok(entries)
}

fn set_of(row: &Row) -> Result<PolicySetForm, StoreError> {
    let body: String = row.get("body")?;
    serde_json::from_str(&body).map_err(|_| StoreError::Column { column: "body" })
}
