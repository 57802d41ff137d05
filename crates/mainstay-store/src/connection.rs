//! One way to run a statement on either engine: text in, rows out. What a statement says is in
//! `statement`, what differs between the engines in `dialect`.

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::error::StoreError;
use crate::group::GroupWrite;
use crate::row::Row;
use crate::value::Value;

/// A borrowed connection of either engine.
pub(crate) enum Connection<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// A connection or a transaction of either engine, held for some statements.
pub(crate) enum Held {
    SqliteReader(PoolConnection<Sqlite>),
    PostgresReader(PoolConnection<Postgres>),
    SqliteTransaction(Transaction<'static, Sqlite>),
    SqliteWrite(GroupWrite),
    PostgresTransaction(Transaction<'static, Postgres>),
}

macro_rules! bound {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Integer(number) => query.bind(number),
                Value::Boolean(flag) => query.bind(flag),
                Value::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}

impl Connection<'_> {
    pub(crate) async fn rows(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(connection) => {
                let rows = bound!(sql, values).fetch_all(&mut **connection).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(connection) => {
                let rows = bound!(sql, values).fetch_all(&mut **connection).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    pub(crate) async fn row(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(connection) => {
                bound!(sql, values).fetch_optional(&mut **connection).await?.map(Row::Sqlite)
            }
            Self::Postgres(connection) => {
                bound!(sql, values).fetch_optional(&mut **connection).await?.map(Row::Postgres)
            }
        })
    }

    /// How many rows it touched.
    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(connection) => {
                bound!(sql, values).execute(&mut **connection).await?.rows_affected()
            }
            Self::Postgres(connection) => {
                bound!(sql, values).execute(&mut **connection).await?.rows_affected()
            }
        })
    }
}

impl Held {
    pub(crate) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::SqliteReader(held) => Connection::Sqlite(held),
            Self::PostgresReader(held) => Connection::Postgres(held),
            Self::SqliteTransaction(held) => Connection::Sqlite(held),
            Self::SqliteWrite(held) => Connection::Sqlite(held.connection()),
            Self::PostgresTransaction(held) => Connection::Postgres(held),
        }
    }

    /// Makes durable what this transaction sees of others.
    pub(crate) async fn flush(&mut self) -> Result<(), StoreError> {
        match self {
            Self::SqliteWrite(held) => held.flush().await,
            // only what is committed is seen
            _ => Ok(()),
        }
    }

    /// Ends a transaction so that it stays; a plain connection has nothing to end.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::SqliteReader(_) | Self::PostgresReader(_) => Ok(()),
            Self::SqliteTransaction(held) => Ok(held.commit().await?),
            Self::SqliteWrite(held) => held.commit().await,
            Self::PostgresTransaction(held) => Ok(held.commit().await?),
        }
    }

    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::SqliteReader(_) | Self::PostgresReader(_) => Ok(()),
            Self::SqliteTransaction(held) => Ok(held.rollback().await?),
            Self::SqliteWrite(held) => held.rollback().await,
            Self::PostgresTransaction(held) => Ok(held.rollback().await?),
        }
    }
}
