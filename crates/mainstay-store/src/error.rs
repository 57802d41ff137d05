//! Why the store could not do it. Texts name the thing and the next step, never customer content.

use std::sync::Arc;

use mainstay_core::event::Unreadable;
use mainstay_core::{Code, Refusal};
use sqlx::migrate::MigrateError;

/// What can go wrong between a use case and the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "not a store address; use sqlite:///path/file.db, a path, or postgres://user@host/database"
    )]
    Address,
    #[error("cannot open {store}; check that it exists and may be written")]
    Open {
        store: String,
        #[source]
        source: sqlx::Error,
    },
    #[error("cannot bring {store} to this version's tables")]
    Migrate {
        store: String,
        #[source]
        source: MigrateError,
    },
    #[error("{store} was written by a newer version; use that version")]
    NewerStore { store: String },
    #[error("the database could not do it")]
    Database(#[source] sqlx::Error),
    #[error("the database is busy; try again")]
    Busy(#[source] sqlx::Error),
    #[error("the database could not keep it, so it did not happen; check the disk and try again")]
    NotCommitted(#[source] Arc<sqlx::Error>),
    #[error("{stream} is at version {found}, not {expected}; load it again")]
    Conflict { stream: String, expected: u64, found: u64 },
    #[error("somebody else wrote at the same time; try again")]
    Raced(#[source] sqlx::Error),
    #[error("the idempotency key was used for another request; use a new key")]
    KeyReused,
    #[error("the login is taken; choose another")]
    LoginTaken,
    #[error("{stream} version {version} is damaged: {what}; run the verification of the log")]
    Damaged { stream: String, version: u64, what: Damage },
    #[error("{stream} cannot be read by this version, so it is not written either")]
    Unreadable {
        stream: String,
        #[source]
        source: Unreadable,
    },
    #[error("event {kind} does not belong into {stream}")]
    WrongStream { stream: String, kind: &'static str },
    #[error("an event cannot be written down")]
    Encode(#[source] serde_json::Error),
    #[error("column {column} holds what this version cannot read")]
    Column { column: &'static str },
    #[error("the cursor is not one of ours; start again without it")]
    Cursor,
    #[error("{store} holds a desk already; restore into a new place")]
    Used { store: String },
    #[error("line {line} of the import is not as it was written: {what}")]
    Import { line: u64, what: String },
    #[error("evidence under {address} cannot be {step}; check the folder and the space on it")]
    Blob {
        address: String,
        step: &'static str,
        #[source]
        source: std::io::Error,
    },
    #[error("not a checkpoint of this program; look for the file that was exported")]
    Checkpoint,
    #[error("not a key of checkpoints; it has 64 hexadecimal digits")]
    Key,
    #[error("the log's text cannot be written or read")]
    Transfer(#[source] std::io::Error),
}

/// What is wrong with a stored event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("a version before it is missing")]
    Gap,
    #[error("its body is not the one that was written")]
    Body,
    #[error("it does not continue the event before it")]
    Link,
    #[error("its fields are not the ones that were written")]
    Fields,
    #[error("the head of its stream is another one")]
    Head,
    #[error("its stream has no head")]
    NoHead,
    #[error("its stream has a head but no events")]
    NoEvents,
}

impl StoreError {
    /// The code of the answer towards the caller.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Conflict { .. } | Self::Raced(_) | Self::LoginTaken | Self::Used { .. } => {
                Code::Conflict
            }
            Self::KeyReused => Code::KeyReused,
            Self::Busy(_) | Self::NotCommitted(_) => Code::Busy,
            Self::Cursor | Self::Key | Self::Checkpoint | Self::Import { .. } => Code::Invalid,
            _ => Code::Internal,
        }
    }

    /// Somebody else holds what it needs, and lets go of it soon.
    pub(crate) fn is_busy(&self) -> bool {
        match self {
            Self::Busy(_) => true,
            Self::Open { source, .. } => says_busy(source),
            Self::Migrate { source: MigrateError::Execute(source), .. }
            | Self::Migrate { source: MigrateError::ExecuteMigration(source, _), .. } => {
                says_busy(source)
            }
            _ => false,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

/// SQLSTATE classes and SQLite's words that mean "again, please" rather than "broken".
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) {
            return Self::Busy(error);
        }
        let Some(database) = error.as_database_error() else {
            return Self::Database(error);
        };
        if database.is_unique_violation() {
            return Self::Raced(error);
        }
        match database.code().as_deref() {
            // PostgreSQL: deadlock, serialization failure
            Some("40P01" | "40001") => Self::Raced(error),
            _ if says_busy(&error) => Self::Busy(error),
            _ => Self::Database(error),
        }
    }
}

/// PostgreSQL: lock or statement time-out, shutting down, starting, too many clients; SQLite: busy,
/// busy while another recovers the file, busy with a snapshot.
fn says_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(
        code.as_deref(),
        Some("55P03" | "57014" | "57P01" | "57P02" | "57P03" | "53300" | "5" | "261" | "517")
    )
}
