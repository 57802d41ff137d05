//! The store: two pools behind one door, and how each engine is set up.

use std::fmt;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::address::StoreUrl;
use crate::connection::Held;
use crate::error::StoreError;
use crate::group::Group;
use crate::live::Live;
use crate::migrate;
use crate::row::{FromRow, Row};
use crate::value::Value;

/// Questions run beside the one writer; more than this only fight over two cores.
const SQLITE_READERS: u32 = 4;
/// Per node; PostgreSQL's own default of 100 serves several nodes.
const POSTGRES_CONNECTIONS: u32 = 16;
/// Who waits longer for the writer is told to come back.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// Another process may hold the file for a moment.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Between two tries to open a file that somebody else is setting up.
const BUSY_PAUSE: Duration = Duration::from_millis(20);
/// A long transaction holds up every reader in commit order, so it is ended by the server.
const POSTGRES_LIMITS: [(&str, &str); 4] = [
    ("lock_timeout", "5s"),
    ("statement_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "15s"),
    ("synchronous_commit", "on"),
];

/// The log, the read tables and the plain tables. Clones share the pools.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    url: StoreUrl,
    pools: Pools,
    live: Live,
}

enum Pools {
    Sqlite { writer: Group, readers: SqlitePool },
    Postgres(PgPool),
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Store").field(&self.inner.url).finish()
    }
}

impl Store {
    /// Opens the store, creates it when it is not there, brings its tables to this version, and
    /// rebuilds read tables that another version folded.
    ///
    /// # Errors
    /// `Open` names the store; `NewerStore` when a newer version wrote it: nothing is changed then.
    pub async fn open(url: &StoreUrl) -> Result<Self, StoreError> {
        let pools = match url {
            StoreUrl::Sqlite(path) => open_sqlite_in_turn(url, path).await?,
            StoreUrl::Postgres(address) => open_postgres(url, address).await?,
        };
        let live = match &pools {
            Pools::Sqlite { .. } => Live::in_process(),
            Pools::Postgres(pool) => Live::across_nodes(pool.clone()),
        };
        let store = Self { inner: Arc::new(Inner { url: url.clone(), pools, live }) };
        store.rebuild_outdated().await?;
        Ok(store)
    }

    /// Where it lives, without a password.
    #[must_use]
    pub fn url(&self) -> &StoreUrl {
        &self.inner.url
    }

    /// Waits for the background tasks and closes every connection.
    pub async fn close(&self) {
        self.inner.live.close().await;
        match &self.inner.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// A wake-up: it changes when there may be something new after the last cursor. Wake-ups can
    /// be lost between nodes, so readers also look from time to time.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.inner.live.subscribe()
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// `Busy` or `Database`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let now = crate::dialect::NOW;
        let mut held = self.reader().await?;
        let mut connection = held.connection();
        let sql = now.of(&connection);
        connection.row(sql, vec![]).await?;
        Ok(())
    }

    pub(crate) fn wake(&self) {
        self.inner.live.wake();
    }

    /// A connection that asks.
    pub(crate) async fn reader(&self) -> Result<Held, StoreError> {
        Ok(match &self.inner.pools {
            Pools::Sqlite { readers, .. } => Held::SqliteReader(readers.acquire().await?),
            Pools::Postgres(pool) => Held::PostgresReader(pool.acquire().await?),
        })
    }

    /// A transaction in which every question sees the same moment.
    pub(crate) async fn snapshot(&self) -> Result<Held, StoreError> {
        Ok(match &self.inner.pools {
            Pools::Sqlite { readers, .. } => Held::SqliteTransaction(readers.begin().await?),
            Pools::Postgres(pool) => Held::PostgresTransaction(
                pool.begin_with("begin isolation level repeatable read read only").await?,
            ),
        })
    }

    /// A transaction that writes.
    pub(crate) async fn writer(&self) -> Result<Held, StoreError> {
        Ok(match &self.inner.pools {
            Pools::Sqlite { writer, .. } => Held::SqliteWrite(writer.begin().await?),
            Pools::Postgres(pool) => Held::PostgresTransaction(pool.begin().await?),
        })
    }

    pub(crate) async fn ask<T: FromRow>(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.reader().await?.connection().rows(sql, values).await?;
        rows.iter().map(T::from_row).collect()
    }

    pub(crate) async fn ask_one<T: FromRow>(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<T>, StoreError> {
        self.ask_row(sql, values).await?.as_ref().map(T::from_row).transpose()
    }

    pub(crate) async fn ask_row(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.reader().await?.connection().row(sql, values).await?)
    }

    /// One statement in a transaction of its own.
    pub(crate) async fn change(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, StoreError> {
        let mut held = self.writer().await?;
        let touched = held.connection().execute(sql, values).await?;
        held.commit().await?;
        Ok(touched)
    }
}

/// SQLite does not wait for the lock that turns a new file to WAL, nor for the last connection of
/// another process that is closing: it answers "busy" at once, whatever the time-out. So we wait.
async fn open_sqlite_in_turn(url: &StoreUrl, path: &std::path::Path) -> Result<Pools, StoreError> {
    let patience = Instant::now() + BUSY_TIMEOUT;
    loop {
        match open_sqlite(url, path).await {
            Err(error) if error.is_busy() && Instant::now() < patience => {
                tokio::time::sleep(BUSY_PAUSE).await;
            }
            opened => return opened,
        }
    }
}

async fn open_sqlite(url: &StoreUrl, path: &std::path::Path) -> Result<Pools, StoreError> {
    let cannot_open = |source| StoreError::Open { store: url.to_string(), source };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // an acknowledged event survives a power cut: NORMAL would lose the last commits
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT);
    let mut writer = options.connect().await.map_err(cannot_open)?;
    // all or nothing, and one process after the other: SQLite's migrator takes no lock itself
    let mut transaction = writer.begin_with("begin immediate").await.map_err(cannot_open)?;
    let migrated = migrate::sqlite().run_direct(None, &mut *transaction, false).await;
    migrated.map_err(|source| cannot_migrate(url, source))?;
    transaction.commit().await.map_err(cannot_open)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.create_if_missing(false).pragma("query_only", "on"))
        .await
        .map_err(cannot_open)?;
    Ok(Pools::Sqlite { writer: Group::new(writer), readers })
}

async fn open_postgres(url: &StoreUrl, address: &str) -> Result<Pools, StoreError> {
    let cannot_open = |source| StoreError::Open { store: url.to_string(), source };
    let options = PgConnectOptions::from_str(address)
        .map_err(|_| StoreError::Address)?
        .application_name("mainstay")
        .options(POSTGRES_LIMITS);
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options)
        .await
        .map_err(cannot_open)?;
    migrate::postgres().run(&pool).await.map_err(|source| cannot_migrate(url, source))?;
    Ok(Pools::Postgres(pool))
}

fn cannot_migrate(url: &StoreUrl, source: MigrateError) -> StoreError {
    let store = url.to_string();
    match source {
        MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
            StoreError::NewerStore { store }
        }
        source => StoreError::Migrate { store, source },
    }
}
