//! Reading the log: one stream, checked link by link, and the changes in the order of commits.

use std::fmt;
use std::str::FromStr;

use mainstay_core::event::{self, Event, Stream};
use mainstay_core::{
    BundleId, CaseId, CaseNumber, UserId, UtcMicros, bundle, case, customer, link, signature,
};

use crate::chain::{self, Hash, Link};
use crate::connection::Connection;
use crate::dialect::HORIZON;
use crate::error::{Damage, StoreError};
use crate::row::{FromRow, Row, from_row};
use crate::statement::log as statement;
use crate::store::Store;
use crate::value::values;

/// One desk per store so far; it is part of every key of the log, because keys cannot grow later.
pub(crate) const TENANT: &str = "main";

/// A place in the order of commits. Opaque to whoever keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cursor {
    pub(crate) xact: i64,
    pub(crate) seq: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.xact, self.seq)
    }
}

impl FromStr for Cursor {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Self, StoreError> {
        let (xact, seq) = text.split_once('-').ok_or(StoreError::Cursor)?;
        let number = |digits: &str| {
            digits.parse::<i64>().ok().filter(|number| *number >= 0).ok_or(StoreError::Cursor)
        };
        Ok(Self { xact: number(xact)?, seq: number(seq)? })
    }
}

/// The state of a stream, and the version to append after. Version 0 is a stream that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded<S> {
    pub state: S,
    pub version: u64,
}

/// One event as whoever follows the log sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub cursor: Cursor,
    pub stream: Stream,
    pub version: u64,
    pub kind: String,
    pub at: UtcMicros,
    pub recorded_at: UtcMicros,
    pub actor: UserId,
    pub correlation: String,
    /// The case it is about, for streams of cases and bundles.
    pub case_number: Option<CaseNumber>,
    /// `None` when a newer version wrote it.
    pub event: Option<Event>,
}

/// An event as it lies in the table.
pub(crate) struct Stored {
    pub(crate) seq: i64,
    pub(crate) tenant: String,
    pub(crate) stream: String,
    pub(crate) version: u64,
    pub(crate) kind: String,
    pub(crate) format: u32,
    pub(crate) actor: String,
    pub(crate) origin: String,
    pub(crate) occurred_at_us: i64,
    pub(crate) recorded_at_us: i64,
    pub(crate) causation: Option<String>,
    pub(crate) correlation: String,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) body_hash: Hash,
    pub(crate) prev_hash: Hash,
    pub(crate) hash: Hash,
    pub(crate) xact: i64,
}
from_row!(Stored {
    seq,
    tenant,
    stream,
    version,
    kind,
    format,
    actor,
    origin,
    occurred_at_us,
    recorded_at_us,
    causation,
    correlation,
    idempotency_key,
    body,
    body_hash,
    prev_hash,
    hash,
    xact,
});

impl Stored {
    /// The hash that its fields have now.
    pub(crate) fn computed_hash(&self) -> Hash {
        let link = Link {
            tenant: &self.tenant,
            stream: &self.stream,
            version: self.version,
            kind: &self.kind,
            format: self.format,
            actor: &self.actor,
            origin: &self.origin,
            occurred_at_us: self.occurred_at_us,
            recorded_at_us: self.recorded_at_us,
            causation: self.causation.as_deref(),
            correlation: &self.correlation,
            idempotency_key: self.idempotency_key.as_deref(),
            body_hash: &self.body_hash,
        };
        chain::event_hash(&self.prev_hash, &link)
    }

    pub(crate) fn decode(&self) -> Result<Event, StoreError> {
        // an erased body is null; no version has erased one yet
        let body = self.body.as_deref().unwrap_or("null");
        event::decode(&self.kind, self.format, body)
            .map_err(|source| StoreError::Unreadable { stream: self.stream.clone(), source })
    }
}

/// Follows one chain, link by link.
pub(crate) struct Walk {
    pub(crate) version: u64,
    pub(crate) hash: Hash,
}

impl Walk {
    pub(crate) fn start(stream: &str) -> Self {
        Self { version: 0, hash: chain::stream_start(TENANT, stream) }
    }

    pub(crate) fn step(&mut self, stored: &Stored) -> Result<(), Damage> {
        if stored.version != self.version + 1 {
            return Err(Damage::Gap);
        }
        if stored.prev_hash != self.hash {
            return Err(Damage::Link);
        }
        if stored.body.as_deref().is_some_and(|body| chain::body_hash(body) != stored.body_hash) {
            return Err(Damage::Body);
        }
        if stored.computed_hash() != stored.hash {
            return Err(Damage::Fields);
        }
        self.version = stored.version;
        self.hash = stored.hash;
        Ok(())
    }
}

/// The head of a stream; version 0 for one that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) version: u64,
    pub(crate) hash: Hash,
}

impl Head {
    pub(crate) fn from_row_or_start(row: Option<&Row>, stream: &str) -> Result<Self, StoreError> {
        Ok(match row {
            Some(row) => Self { version: row.get("version")?, hash: row.get("hash")? },
            None => Self { version: 0, hash: chain::stream_start(TENANT, stream) },
        })
    }
}

/// Adds one sealed event; its place in the order of insertion.
pub(crate) async fn insert_event(
    connection: &mut Connection<'_>,
    stored: &Stored,
) -> Result<i64, StoreError> {
    let values = values![
        stored.tenant.as_str(),
        stored.stream.as_str(),
        stored.version,
        stored.kind.as_str(),
        stored.format,
        stored.actor.as_str(),
        stored.origin.as_str(),
        stored.occurred_at_us,
        stored.recorded_at_us,
        stored.causation.as_deref(),
        stored.correlation.as_str(),
        stored.idempotency_key.as_deref(),
        stored.body.as_deref(),
        &stored.body_hash,
        &stored.prev_hash,
        &stored.hash,
        stored.xact,
    ];
    let row = connection.row(statement::INSERT_EVENT, values).await?;
    row.ok_or(StoreError::Column { column: "seq" })?.get("seq")
}

/// Moves the head of a stream from version `before`; 0 makes a new one.
pub(crate) async fn write_head(
    connection: &mut Connection<'_>,
    stream: &str,
    before: u64,
    head: &Head,
) -> Result<(), StoreError> {
    let sql = if before == 0 { statement::INSERT_HEAD } else { statement::UPDATE_HEAD };
    connection.execute(sql, values![TENANT, stream, head.version, &head.hash]).await?;
    Ok(())
}

/// The events of a stream, decoded, after the chain and the head were checked.
pub(crate) async fn read_stream(
    connection: &mut Connection<'_>,
    stream: Stream,
    head: &Head,
) -> Result<Vec<Event>, StoreError> {
    let name = stream.to_string();
    let rows = connection.rows(statement::STREAM_EVENTS, values![TENANT, name.as_str()]).await?;
    let mut walk = Walk::start(&name);
    let mut events = Vec::with_capacity(rows.len());
    for row in &rows {
        let stored = Stored::from_row(row)?;
        walk.step(&stored).map_err(|what| StoreError::Damaged {
            stream: name.clone(),
            version: stored.version,
            what,
        })?;
        events.push(stored.decode()?);
    }
    if walk.version != head.version || walk.hash != head.hash {
        let version = walk.version;
        return Err(StoreError::Damaged { stream: name, version, what: Damage::Head });
    }
    Ok(events)
}

pub(crate) fn fold_case(events: &[Event]) -> case::State {
    let mut state = None;
    for event in events {
        match (event, &mut state) {
            (Event::Case(event), _) => state = case::evolve(state, event),
            (Event::Link(event), Some(case)) => link::evolve(case, event),
            _ => {}
        }
    }
    state
}

pub(crate) fn fold_customer(events: &[Event]) -> customer::State {
    let mut state = None;
    for event in events {
        if let Event::Customer(event) = event {
            state = customer::evolve(state, event);
        }
    }
    state
}

pub(crate) fn fold_signature(events: &[Event]) -> signature::State {
    let mut state = None;
    for event in events {
        if let Event::Signature(event) = event {
            state = signature::evolve(state, event);
        }
    }
    state
}

pub(crate) fn fold_bundle(events: &[Event]) -> bundle::State {
    let mut state = None;
    for event in events {
        if let Event::Bundle(event) = event {
            state = bundle::evolve(state, event);
        }
    }
    state
}

impl Store {
    /// The case folded from its stream, and its version; nothing is locked.
    ///
    /// # Errors
    /// `Damaged` when the chain is broken, `Unreadable` when a newer version wrote to it.
    pub async fn case(&self, id: CaseId) -> Result<Loaded<case::State>, StoreError> {
        let (events, version) = self.stream(Stream::Case(id)).await?;
        Ok(Loaded { state: fold_case(&events), version })
    }

    /// The bundle folded from its stream, and its version; nothing is locked.
    ///
    /// # Errors
    /// As `case`.
    pub async fn bundle_state(&self, id: BundleId) -> Result<Loaded<bundle::State>, StoreError> {
        let (events, version) = self.stream(Stream::Bundle(id)).await?;
        Ok(Loaded { state: fold_bundle(&events), version })
    }

    async fn stream(&self, stream: Stream) -> Result<(Vec<Event>, u64), StoreError> {
        let name = stream.to_string();
        let mut held = self.snapshot().await?;
        let mut connection = held.connection();
        let head = connection.row(statement::HEAD, values![TENANT, name.as_str()]).await?;
        let head = Head::from_row_or_start(head.as_ref(), &name)?;
        let events = read_stream(&mut connection, stream, &head).await?;
        Ok((events, head.version))
    }

    /// Events after the cursor in the order of commits, oldest first. An event that commits late
    /// is not passed by: what could still be overtaken is not shown yet.
    ///
    /// # Errors
    /// `Column` when a row of the log is not one of ours.
    pub async fn changes_after(
        &self,
        cursor: Cursor,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        let mut held = self.reader().await?;
        let mut connection = held.connection();
        let horizon = horizon(&mut connection).await?;
        let values = values![TENANT, cursor.xact, cursor.seq, horizon, limit];
        let rows = connection.rows(statement::EVENTS_BY_COMMIT, values).await?;
        rows.iter().map(change_from_row).collect()
    }

    /// The cursor after everything that is there now: where a new follower begins.
    ///
    /// # Errors
    /// `Busy` or `Database`.
    pub async fn cursor(&self) -> Result<Cursor, StoreError> {
        let mut held = self.reader().await?;
        let mut connection = held.connection();
        let horizon = horizon(&mut connection).await?;
        let row = connection.row(statement::LAST_BY_COMMIT, values![TENANT, horizon]).await?;
        Ok(match row {
            Some(row) => Cursor { xact: row.get("xact")?, seq: row.get("seq")? },
            None => Cursor::default(),
        })
    }
}

/// Asked before the rows: whatever lies below has ended and is visible in the next statement.
async fn horizon(connection: &mut Connection<'_>) -> Result<i64, StoreError> {
    let sql = HORIZON.of(connection);
    let row = connection.row(sql, vec![]).await?;
    row.map_or(Ok(0), |row| row.get("horizon"))
}

fn change_from_row(row: &Row) -> Result<Change, StoreError> {
    let stored = Stored::from_row(row)?;
    Ok(Change {
        cursor: Cursor { xact: stored.xact, seq: stored.seq },
        stream: stored.stream.parse().map_err(|_| StoreError::Column { column: "stream" })?,
        version: stored.version,
        at: UtcMicros(stored.occurred_at_us),
        recorded_at: UtcMicros(stored.recorded_at_us),
        actor: stored.actor.parse().map_err(|_| StoreError::Column { column: "actor" })?,
        correlation: stored.correlation.clone(),
        case_number: row.get("case_number")?,
        event: stored.decode().ok(),
        kind: stored.kind,
    })
}
