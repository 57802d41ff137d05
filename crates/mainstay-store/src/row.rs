//! What comes back from a statement, read into the core's types. A column that does not hold what
//! it should is an error with the column's name, never its content.

use std::str::FromStr;

use mainstay_core::bundle::Answer;
use mainstay_core::case::{Audience, Judgement};
use mainstay_core::signature::Stage;
use mainstay_core::sla::Metric;
use mainstay_core::{
    BundleId, CaseId, CaseNumber, CustomerId, EvidenceNumber, HandoffId, HypothesisNumber, Level,
    Role, SessionId, Severity, SignatureId, SignatureNumber, Status, TeamId, UserId, UtcMicros,
};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};

use crate::error::StoreError;

/// A row of either engine.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// A type that a column is read into.
pub(crate) trait FromColumn: Sized {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError>;
}

/// A struct that a row is read into; written by `from_row!`.
pub(crate) trait FromRow: Sized {
    fn from_row(row: &Row) -> Result<Self, StoreError>;
}

impl Row {
    pub(crate) fn get<T: FromColumn>(&self, column: &'static str) -> Result<T, StoreError> {
        T::from_column(self, column)
    }
}

macro_rules! plain_column {
    ($($plain:ty),+) => {$(
        impl FromColumn for $plain {
            fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
                Ok(match row {
                    Row::Sqlite(row) => row.try_get(column)?,
                    Row::Postgres(row) => row.try_get(column)?,
                })
            }
        }
    )+};
}
plain_column!(String, Option<String>, i64, Option<i64>, bool, Vec<u8>, Option<Vec<u8>>);

macro_rules! counted_column {
    ($($counted:ty),+) => {$(
        impl FromColumn for $counted {
            fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
                let number: i64 = row.get(column)?;
                Self::try_from(number).map_err(|_| StoreError::Column { column })
            }
        }
    )+};
}
counted_column!(u64, u32);

impl FromColumn for [u8; 32] {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let bytes: Vec<u8> = row.get(column)?;
        Self::try_from(bytes).map_err(|_| StoreError::Column { column })
    }
}

macro_rules! wrapped_column {
    ($($wrapper:ident($inner:ty)),+) => {$(
        impl FromColumn for $wrapper {
            fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
                Ok(Self(row.get::<$inner>(column)?))
            }
        }
    )+};
}
wrapped_column!(
    UtcMicros(i64),
    CaseNumber(u32),
    EvidenceNumber(u32),
    HypothesisNumber(u32),
    SignatureNumber(u32)
);

impl FromColumn for Option<UtcMicros> {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        Ok(row.get::<Option<i64>>(column)?.map(UtcMicros))
    }
}

macro_rules! numbered_column {
    ($($number:ident),+) => {$(
        impl FromColumn for Option<$number> {
            fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
                let number: Option<i64> = row.get(column)?;
                let number = number.map(|number| u32::try_from(number).map($number)).transpose();
                number.map_err(|_| StoreError::Column { column })
            }
        }
    )+};
}
numbered_column!(CaseNumber, EvidenceNumber, HypothesisNumber);

fn parsed<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Column { column })
}

macro_rules! parsed_column {
    ($($parsed:ty),+) => {$(
        impl FromColumn for $parsed {
            fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
                parsed(&row.get::<String>(column)?, column)
            }
        }
        impl FromColumn for Option<$parsed> {
            fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
                let text: Option<String> = row.get(column)?;
                text.map(|text| parsed(&text, column)).transpose()
            }
        }
    )+};
}
parsed_column!(
    CaseId,
    BundleId,
    CustomerId,
    HandoffId,
    TeamId,
    UserId,
    SessionId,
    Level,
    Role,
    Status,
    Metric,
    Judgement,
    SignatureId,
    Stage,
    Answer
);

impl FromColumn for Option<Severity> {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let Some(rank) = row.get::<Option<i64>>(column)? else {
            return Ok(None);
        };
        let severity = u8::try_from(rank).ok().and_then(Severity::from_rank);
        severity.map(Some).ok_or(StoreError::Column { column })
    }
}

impl FromColumn for Severity {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        row.get::<Option<Self>>(column)?.ok_or(StoreError::Column { column })
    }
}

/// The word an audience is stored as.
pub(crate) fn audience_word(audience: Audience) -> &'static str {
    match audience {
        Audience::Internal => "internal",
        Audience::Public => "public",
    }
}

impl FromColumn for Option<Audience> {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let Some(word) = row.get::<Option<String>>(column)? else {
            return Ok(None);
        };
        [Audience::Internal, Audience::Public]
            .into_iter()
            .find(|audience| audience_word(*audience) == word)
            .map(Some)
            .ok_or(StoreError::Column { column })
    }
}

/// SQLite keeps flags as integers; these columns are flags on both engines.
const FLAGS: [&str; 4] = ["pinned", "sample", "done", "removed"];

macro_rules! cells {
    ($row:expr) => {{
        let mut cells = Vec::with_capacity($row.columns().len());
        for column in $row.columns() {
            let name = column.name();
            let value = $row.try_get_raw(name)?;
            let is_text = value.type_info().name() == "TEXT";
            cells.push(if value.is_null() {
                serde_json::Value::Null
            } else if FLAGS.contains(&name) {
                $row.try_get::<bool, _>(name)?.into()
            } else if is_text {
                $row.try_get::<String, _>(name)?.into()
            } else {
                $row.try_get::<i64, _>(name)?.into()
            });
        }
        Ok(cells)
    }};
}

/// Reads each field from the column of its name.
macro_rules! from_row {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::row::FromRow for $name {
            fn from_row(row: &$crate::row::Row) -> Result<Self, $crate::error::StoreError> {
                Ok(Self { $($field: row.get(stringify!($field))?),+ })
            }
        }
    };
}
pub(crate) use from_row;

impl Row {
    /// All cells in the order of the statement, the same for both engines.
    pub(crate) fn cells(&self) -> Result<Vec<serde_json::Value>, StoreError> {
        match self {
            Self::Sqlite(row) => cells!(row),
            Self::Postgres(row) => cells!(row),
        }
    }
}
