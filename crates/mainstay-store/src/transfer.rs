//! The log as text, a line of JSON per event: the way into another store, with equal hashes.

use std::collections::BTreeSet;

use mainstay_core::CaseId;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::connection::Connection;
use crate::dialect::{LOCK_LOG, XACT};
use crate::error::StoreError;
use crate::log::{Head, Stored, TENANT, Walk, insert_event, write_head};
use crate::rebuild::refold_event;
use crate::row::FromRow as _;
use crate::sla;
use crate::statement::log as statement;
use crate::store::Store;
use crate::value::values;

/// Events in memory at a time.
const PAGE: u32 = 500;
/// Rises when the lines change their shape.
const FORMAT: u32 = 1;

/// One event. The body is a text and not JSON inside JSON: its hash covers its bytes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    log: u32,
    tenant: String,
    stream: String,
    version: u64,
    kind: String,
    format: u32,
    actor: String,
    origin: String,
    occurred_at_us: i64,
    recorded_at_us: i64,
    causation: Option<String>,
    correlation: String,
    idempotency_key: Option<String>,
    body: Option<String>,
    body_hash: String,
    prev_hash: String,
    hash: String,
}

impl From<Stored> for Line {
    fn from(stored: Stored) -> Self {
        Self {
            log: FORMAT,
            tenant: stored.tenant,
            stream: stored.stream,
            version: stored.version,
            kind: stored.kind,
            format: stored.format,
            actor: stored.actor,
            origin: stored.origin,
            occurred_at_us: stored.occurred_at_us,
            recorded_at_us: stored.recorded_at_us,
            causation: stored.causation,
            correlation: stored.correlation,
            idempotency_key: stored.idempotency_key,
            body: stored.body,
            body_hash: hex(&stored.body_hash),
            prev_hash: hex(&stored.prev_hash),
            hash: hex(&stored.hash),
        }
    }
}

impl Line {
    fn into_stored(self, xact: i64) -> Option<Stored> {
        let texts =
            [Some(&self.correlation), self.causation.as_ref(), self.idempotency_key.as_ref()];
        // it would be stored as another text than the one that was hashed
        let has_nul = texts.into_iter().flatten().any(|text| text.contains('\0'));
        if self.log != FORMAT || self.tenant != TENANT || has_nul {
            return None;
        }
        Some(Stored {
            seq: 0,
            tenant: self.tenant,
            stream: self.stream,
            version: self.version,
            kind: self.kind,
            format: self.format,
            actor: self.actor,
            origin: self.origin,
            occurred_at_us: self.occurred_at_us,
            recorded_at_us: self.recorded_at_us,
            causation: self.causation,
            correlation: self.correlation,
            idempotency_key: self.idempotency_key,
            body: self.body,
            body_hash: unhex(&self.body_hash)?,
            prev_hash: unhex(&self.prev_hash)?,
            hash: unhex(&self.hash)?,
            xact,
        })
    }
}

impl Store {
    /// Writes every event in the order of insertion; how many.
    ///
    /// # Errors
    /// `Transfer` when the target does not take it.
    pub async fn export<W: AsyncWrite + Unpin + Send>(
        &self,
        target: &mut W,
    ) -> Result<u64, StoreError> {
        let mut held = self.snapshot().await?;
        let events = export_events(&mut held.connection(), target).await?;
        target.flush().await.map_err(StoreError::Transfer)?;
        Ok(events)
    }

    /// Adds exported events to a store that does not have them, checks every link, and folds the
    /// read tables; how many. All or nothing.
    ///
    /// # Errors
    /// `Import` names the first line that does not continue this log.
    pub async fn import<R: AsyncBufRead + Unpin + Send>(
        &self,
        source: R,
    ) -> Result<u64, StoreError> {
        let mut held = self.writer().await?;
        let mut connection = held.connection();
        let mut import = Import::begin(&mut connection).await?;
        let mut lines = source.lines();
        let mut events = 0;
        while let Some(text) = lines.next_line().await.map_err(StoreError::Transfer)? {
            events += 1;
            import.line(&mut connection, &text, events).await?;
        }
        import.finish(&mut connection).await?;
        held.commit().await?;
        self.wake();
        Ok(events)
    }
}

/// Every event in the order of insertion, as lines; how many.
pub(crate) async fn export_events<W: AsyncWrite + Unpin + Send>(
    connection: &mut Connection<'_>,
    target: &mut W,
) -> Result<u64, StoreError> {
    let mut events = 0;
    let mut after = 0_i64;
    loop {
        let values = values![TENANT, after, PAGE];
        let rows = connection.rows(statement::EVENTS_BY_SEQ, values).await?;
        if rows.is_empty() {
            return Ok(events);
        }
        let mut page = Vec::new();
        for row in &rows {
            let stored = Stored::from_row(row)?;
            after = stored.seq;
            events += 1;
            serde_json::to_writer(&mut page, &Line::from(stored))
                .map_err(|error| StoreError::Transfer(error.into()))?;
            page.push(b'\n');
        }
        target.write_all(&page).await.map_err(StoreError::Transfer)?;
    }
}

/// Events on their way in.
pub(crate) struct Import {
    xact: i64,
    /// Cases whose deadlines are set when all of them are in.
    moved: BTreeSet<CaseId>,
}

impl Import {
    /// Other writers wait until the end of the transaction.
    pub(crate) async fn begin(connection: &mut Connection<'_>) -> Result<Self, StoreError> {
        let lock = LOCK_LOG.of(connection);
        connection.execute(lock, vec![]).await?;
        let xact = XACT.of(connection);
        let xact = connection.row(xact, vec![]).await?;
        let xact = xact.map_or(Ok(0), |row| row.get("xact"))?;
        Ok(Self { xact, moved: BTreeSet::new() })
    }

    pub(crate) async fn line(
        &mut self,
        connection: &mut Connection<'_>,
        text: &str,
        number: u64,
    ) -> Result<(), StoreError> {
        let refuse = |what: String| StoreError::Import { line: number, what };
        let line: Line = serde_json::from_str(text)
            .map_err(|error| refuse(format!("not readable at column {}", error.column())))?;
        let stored =
            line.into_stored(self.xact).ok_or_else(|| refuse("of another log".to_owned()))?;
        let added = add(connection, &stored).await;
        self.moved.extend(added.map_err(|error| refuse(error.to_string()))?);
        Ok(())
    }

    /// After the last line.
    pub(crate) async fn finish(self, connection: &mut Connection<'_>) -> Result<(), StoreError> {
        sla::set_deadlines(connection, self.moved).await
    }
}

async fn add(
    connection: &mut Connection<'_>,
    stored: &Stored,
) -> Result<Option<CaseId>, StoreError> {
    let stream = stored.stream.as_str();
    let row = connection.row(statement::HEAD, values![TENANT, stream]).await?;
    let head = Head::from_row_or_start(row.as_ref(), stream)?;
    let mut walk = Walk { version: head.version, hash: head.hash };
    walk.step(stored).map_err(|what| StoreError::Damaged {
        stream: stream.to_owned(),
        version: stored.version,
        what,
    })?;
    insert_event(connection, stored).await?;
    let after = Head { version: walk.version, hash: walk.hash };
    write_head(connection, stream, head.version, &after).await?;
    refold_event(connection, stored).await
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Exactly so many bytes.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(bytes)
}
