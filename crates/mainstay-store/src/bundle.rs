//! Bundles: their read table. How far reading has come is the reader's business.

use mainstay_core::bundle::FailureReason;
use mainstay_core::{BundleId, CaseId, CaseNumber, UtcMicros, bundle};

use crate::account::{Person, person, person_columns};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::project::{Entry, Happened, add_entry};
use crate::row::{FromColumn, FromRow, Row};
use crate::statement::{project as projection, read as statement};
use crate::store::Store;
use crate::value::{Value, values};
use crate::write::Write;

/// A bundle with the numbers that reading found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    pub id: BundleId,
    pub case: CaseId,
    pub case_number: CaseNumber,
    pub name: String,
    pub size_bytes: u64,
    pub content_hash: String,
    pub state: BundleState,
    pub failure: Option<FailureReason>,
    /// Where the evidence lies in the blob store, once it is read.
    pub address: Option<String>,
    pub received_at: UtcMicros,
    pub received_by: Person,
    pub files: u64,
    pub lines: u64,
    pub records: u64,
    pub templates: u64,
    pub errors: u64,
    pub problems: u64,
    pub redactions: u64,
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleState {
    Reading,
    Ready,
    Failed,
}

impl BundleState {
    /// The word stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }
}

/// The word a failure is stored as.
pub(crate) fn failure_word(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::Unreadable => "unreadable",
        FailureReason::Interrupted => "interrupted",
        FailureReason::NotStored => "not_stored",
    }
}

impl FromColumn for BundleState {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let word: String = row.get(column)?;
        [Self::Reading, Self::Ready, Self::Failed]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(StoreError::Column { column })
    }
}

impl FromColumn for Option<FailureReason> {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let Some(word) = row.get::<Option<String>>(column)? else {
            return Ok(None);
        };
        [FailureReason::Unreadable, FailureReason::Interrupted, FailureReason::NotStored]
            .into_iter()
            .find(|reason| failure_word(*reason) == word)
            .map(Some)
            .ok_or(StoreError::Column { column })
    }
}

impl FromRow for Bundle {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            case: row.get("case_id")?,
            case_number: row.get("case_number")?,
            name: row.get("name")?,
            size_bytes: row.get("size_bytes")?,
            content_hash: row.get("content_hash")?,
            state: row.get("state")?,
            failure: row.get("failure")?,
            address: row.get("address")?,
            received_at: row.get("received_at_us")?,
            received_by: person(row, person_columns!("received_by"))?,
            files: row.get("files")?,
            lines: row.get("lines")?,
            records: row.get("records")?,
            templates: row.get("templates")?,
            errors: row.get("errors")?,
            problems: row.get("problems")?,
            redactions: row.get("redactions")?,
            first: row.get("first_us")?,
            last: row.get("last_us")?,
        })
    }
}

impl Store {
    /// One bundle.
    ///
    /// # Errors
    /// As every question.
    pub async fn bundle(&self, id: BundleId) -> Result<Option<Bundle>, StoreError> {
        self.ask_one(statement::BUNDLE, values![id]).await
    }

    /// The bundles of a case in the order they came.
    ///
    /// # Errors
    /// As every question.
    pub async fn bundles_of_case(&self, case: CaseId) -> Result<Vec<Bundle>, StoreError> {
        self.ask(statement::BUNDLES_OF_CASE, values![case]).await
    }

    /// Bundles that are being read, or were when the program stopped.
    ///
    /// # Errors
    /// As every question.
    pub async fn bundles_reading(&self) -> Result<Vec<Bundle>, StoreError> {
        self.ask(statement::BUNDLES_READING, vec![]).await
    }

    /// The bundle of this case with the same content, unless reading it failed.
    ///
    /// # Errors
    /// As every question.
    pub async fn bundle_with_content(
        &self,
        case: CaseId,
        content_hash: &str,
    ) -> Result<Option<Bundle>, StoreError> {
        self.ask_one(statement::BUNDLE_WITH_CONTENT, values![case, content_hash]).await
    }

    /// Every address that evidence is kept under: what the blob store must hold.
    ///
    /// # Errors
    /// As every question.
    pub async fn addresses(&self) -> Result<Vec<String>, StoreError> {
        let rows = self.reader().await?.connection().rows(statement::ADDRESSES, vec![]).await?;
        rows.iter().map(|row| row.get("address")).collect()
    }
}

impl Write {
    /// One bundle, inside the transaction.
    ///
    /// # Errors
    /// As every question.
    pub async fn bundle(&mut self, id: BundleId) -> Result<Option<Bundle>, StoreError> {
        self.ask_one(statement::BUNDLE, values![id]).await
    }

    /// The bundles of a case in the order they came, inside the transaction.
    ///
    /// # Errors
    /// As every question.
    pub async fn bundles_of_case(&mut self, case: CaseId) -> Result<Vec<Bundle>, StoreError> {
        self.ask(statement::BUNDLES_OF_CASE, values![case]).await
    }
}

/// What happens to a bundle, and its line in the timeline of its case.
pub(crate) async fn project_bundle(
    connection: &mut Connection<'_>,
    id: BundleId,
    happened: &Happened<'_>,
    event: &bundle::Event,
) -> Result<(), StoreError> {
    let row = match event {
        bundle::Event::Received(received) => {
            let values = values![
                id,
                received.case,
                received.name.as_str(),
                received.size_bytes,
                received.content_hash.as_str(),
                happened.at,
                happened.actor,
            ];
            connection.execute(projection::RECEIVE_BUNDLE, values).await?;
            // its place in the timeline is the case's own event, that it was attached
            return Ok(());
        }
        bundle::Event::Read(read) => {
            connection.row(projection::FINISH_BUNDLE, read_values(id, read)).await?
        }
        bundle::Event::Failed(failed) => {
            let values = values![id, failure_word(failed.reason)];
            connection.row(projection::FAIL_BUNDLE, values).await?
        }
    };
    let Some(row) = row else {
        return Ok(());
    };
    let name: String = row.get("name")?;
    let mut entry = Entry {
        kind: "bundle_read",
        bundle: Some(id),
        title: Some(name.as_str().into()),
        ..Entry::default()
    };
    if let bundle::Event::Failed(failed) = event {
        entry.kind = "bundle_failed";
        entry.text = Some(failure_word(failed.reason));
    }
    add_entry(connection, row.get("case_id")?, happened, &entry).await
}

fn read_values(id: BundleId, read: &bundle::Read) -> Vec<Value> {
    values![
        id,
        read.address.as_str(),
        read.files,
        read.lines,
        read.records,
        read.templates,
        read.errors,
        read.problems,
        read.redactions,
        read.first,
        read.last,
    ]
}
