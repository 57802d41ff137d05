//! Everything of the database in one text: the plain tables and the log, read at one moment while
//! others go on writing. It is restored on either engine; read tables are folded from the log.
//!
//! What is *not* in it: evidence (its files never change once they are written, so any copy made
//! after the backup has all that the backup names), web sessions (people sign in again), and the key
//! of the checkpoints (who has it could sign another history).

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::connection::Connection;
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::{backup as statement, checkpoint};
use crate::store::Store;
use crate::transfer::{Import, export_events, hex, unhex};
use crate::value::Value;

/// Rises when the lines change their shape.
const FORMAT: u32 = 1;

/// What a column holds; keys and hashes are written as hexadecimal digits.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Integer,
    /// Of 32 bytes.
    Hash,
    /// Of 64 bytes.
    Signature,
}

struct Table {
    name: &'static str,
    read: &'static str,
    write: &'static str,
    columns: &'static [(&'static str, Kind)],
}

/// In an order in which each refers only to those before it.
const TABLES: [Table; 8] = [
    Table {
        name: "account",
        read: statement::ACCOUNTS,
        write: statement::ACCOUNT,
        columns: &[
            ("id", Kind::Text),
            ("login", Kind::Text),
            ("name", Kind::Text),
            ("role", Kind::Text),
            ("password_hash", Kind::Text),
            ("created_at_us", Kind::Integer),
        ],
    },
    Table {
        name: "api_token",
        read: statement::TOKENS,
        write: statement::TOKEN,
        columns: &[
            ("id", Kind::Text),
            ("token_hash", Kind::Hash),
            ("label", Kind::Text),
            ("user_id", Kind::Text),
            ("scopes", Kind::Text),
            ("created_at_us", Kind::Integer),
            ("expires_at_us", Kind::Integer),
        ],
    },
    Table {
        name: "case_key",
        read: statement::CASE_KEYS,
        write: statement::CASE_KEY,
        columns: &[("case_id", Kind::Text), ("key", Kind::Hash)],
    },
    Table {
        name: "setting",
        read: statement::SETTINGS,
        write: statement::SETTING,
        columns: &[("key", Kind::Text), ("value", Kind::Text)],
    },
    Table {
        name: "counter",
        read: statement::COUNTERS,
        write: statement::COUNTER,
        columns: &[("tenant", Kind::Text), ("name", Kind::Text), ("value", Kind::Integer)],
    },
    Table {
        name: "idempotency",
        read: statement::REQUESTS,
        write: statement::REQUEST,
        columns: &[
            ("tenant", Kind::Text),
            ("key", Kind::Text),
            ("request_hash", Kind::Hash),
            ("result", Kind::Text),
            ("created_at_us", Kind::Integer),
        ],
    },
    Table {
        name: "jobs",
        read: statement::JOBS,
        write: statement::JOB,
        columns: &[
            ("kind", Kind::Text),
            ("key", Kind::Text),
            ("payload", Kind::Text),
            ("state", Kind::Text),
            ("run_at_us", Kind::Integer),
            ("attempts", Kind::Integer),
            ("last_error", Kind::Text),
        ],
    },
    Table {
        name: "checkpoint",
        read: checkpoint::CHECKPOINTS,
        write: statement::CHECKPOINT,
        columns: &[
            ("number", Kind::Integer),
            ("text", Kind::Text),
            ("signature", Kind::Signature),
            ("public_key", Kind::Hash),
        ],
    },
];

/// How much a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupReport {
    /// Of the plain tables.
    pub rows: u64,
    pub events: u64,
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    backup: u32,
}

/// A row of a plain table.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowLine {
    table: String,
    cells: Vec<serde_json::Value>,
}

/// The last line: a backup that was cut off has none.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    end: BackupReport,
}

impl Store {
    /// Writes everything, as it is at one moment.
    ///
    /// # Errors
    /// `Transfer` when the target does not take it.
    pub async fn backup<W: AsyncWrite + Unpin + Send>(
        &self,
        target: &mut W,
    ) -> Result<BackupReport, StoreError> {
        let mut held = self.snapshot().await?;
        let mut connection = held.connection();
        let mut report = BackupReport::default();
        write_line(target, &First { backup: FORMAT }).await?;
        for table in TABLES {
            for row in connection.rows(table.read, vec![]).await? {
                let cells = cells(&row, table.columns)?;
                write_line(target, &RowLine { table: table.name.to_owned(), cells }).await?;
                report.rows += 1;
            }
        }
        report.events = export_events(&mut connection, target).await?;
        write_line(target, &Last { end: report }).await?;
        target.flush().await.map_err(StoreError::Transfer)?;
        Ok(report)
    }

    /// Fills a store that was never used, and checks every link of the log. All or nothing.
    ///
    /// # Errors
    /// `Used` when the store holds something; `Import` names the first line that is not as it was
    /// written, or the last one when the rest is missing.
    pub async fn restore<R: AsyncBufRead + Unpin + Send>(
        &self,
        source: R,
    ) -> Result<BackupReport, StoreError> {
        let mut held = self.writer().await?;
        let mut connection = held.connection();
        if connection.row(statement::USED, vec![]).await?.is_some() {
            return Err(StoreError::Used { store: self.url().to_string() });
        }
        let mut import = Import::begin(&mut connection).await?;
        let mut report = BackupReport::default();
        let (mut number, mut ended) = (0_u64, false);
        let mut lines = source.lines();
        while let Some(line) = lines.next_line().await.map_err(StoreError::Transfer)? {
            number += 1;
            let refuse = |what: &str| StoreError::Import { line: number, what: what.to_owned() };
            let unreadable = |_| refuse("not readable");
            if ended {
                return Err(refuse("after the end"));
            } else if number == 1 {
                let first: First = serde_json::from_str(&line).map_err(unreadable)?;
                if first.backup != FORMAT {
                    return Err(refuse("of a newer version; use that version"));
                }
            } else if line.starts_with("{\"table\":") {
                let row: RowLine = serde_json::from_str(&line).map_err(unreadable)?;
                let restored = restore_row(&mut connection, row).await;
                let known = restored.map_err(|error| refuse(&error.to_string()))?;
                known.ok_or_else(|| refuse("a row of no table"))?;
                report.rows += 1;
            } else if line.starts_with("{\"end\":") {
                let last: Last = serde_json::from_str(&line).map_err(unreadable)?;
                ended = last.end == report;
                if !ended {
                    return Err(refuse("lines before it are missing"));
                }
            } else {
                import.line(&mut connection, &line, number).await?;
                report.events += 1;
            }
        }
        if !ended {
            let what = "the rest of the backup is missing".to_owned();
            return Err(StoreError::Import { line: number, what });
        }
        import.finish(&mut connection).await?;
        held.commit().await?;
        self.wake();
        Ok(report)
    }
}

async fn write_line<W: AsyncWrite + Unpin + Send>(
    target: &mut W,
    line: &impl Serialize,
) -> Result<(), StoreError> {
    let mut text = serde_json::to_vec(line).map_err(|error| StoreError::Transfer(error.into()))?;
    text.push(b'\n');
    target.write_all(&text).await.map_err(StoreError::Transfer)
}

fn cells(
    row: &Row,
    columns: &[(&'static str, Kind)],
) -> Result<Vec<serde_json::Value>, StoreError> {
    let cell = |(column, kind): &(&'static str, Kind)| {
        Ok(match kind {
            Kind::Text => row.get::<Option<String>>(column)?.into(),
            Kind::Integer => row.get::<Option<i64>>(column)?.into(),
            Kind::Hash | Kind::Signature => hex(&row.get::<Vec<u8>>(column)?).into(),
        })
    };
    columns.iter().map(cell).collect()
}

/// `None` for a row that no table has.
async fn restore_row(
    connection: &mut Connection<'_>,
    row: RowLine,
) -> Result<Option<()>, StoreError> {
    let table = TABLES.iter().find(|table| table.name == row.table);
    let Some(table) = table.filter(|table| table.columns.len() == row.cells.len()) else {
        return Ok(None);
    };
    let values: Option<Vec<Value>> =
        table.columns.iter().zip(&row.cells).map(|((_, kind), cell)| value(*kind, cell)).collect();
    let Some(values) = values else {
        return Ok(None);
    };
    connection.execute(table.write, values).await?;
    Ok(Some(()))
}

fn value(kind: Kind, cell: &serde_json::Value) -> Option<Value> {
    match kind {
        Kind::Text if cell.is_null() => Some(Value::Text(None)),
        Kind::Text => Some(Value::from(cell.as_str()?)),
        Kind::Integer if cell.is_null() => Some(Value::Integer(None)),
        Kind::Integer => Some(Value::from(cell.as_i64()?)),
        Kind::Hash => Some(Value::Bytes(unhex::<32>(cell.as_str()?)?.to_vec())),
        Kind::Signature => Some(Value::Bytes(unhex::<64>(cell.as_str()?)?.to_vec())),
    }
}

/// The tables that a backup holds, beside the log.
#[cfg(feature = "testing")]
pub(crate) fn tables() -> Vec<&'static str> {
    TABLES.iter().map(|table| table.name).collect()
}
