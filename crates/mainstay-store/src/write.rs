//! One write: a transaction that loads, appends, projects, enqueues and remembers together.
//! Nothing foreign is awaited between `begin` and `commit`; a dropped write leaves nothing behind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use mainstay_core::event::{self, Encoded, Event, Stream};
use mainstay_core::sla::deadline::Deadline;
use mainstay_core::{BundleId, CaseId, CaseNumber, UserId, UtcMicros, bundle, case};

use crate::chain;
use crate::connection::{Connection, Held};
use crate::dialect::{LOCK_HEAD, LOCK_KEY, NOW, XACT};
use crate::error::StoreError;
use crate::log::{
    Cursor, Head, Loaded, Stored, TENANT, fold_bundle, fold_case, insert_event, read_stream,
    write_head,
};
use crate::project::{Happened, project};
use crate::row::{FromRow, Row};
use crate::sla;
use crate::statement::{log as statement, project as projection, read};
use crate::store::Store;
use crate::value::{Value, values, without_nul};

/// Who writes, from where, when, and as part of what. It stands in every event of the write.
#[derive(Debug, Clone)]
pub struct Meta {
    pub actor: UserId,
    pub origin: Origin,
    /// When it happened.
    pub at: UtcMicros,
    /// When it was first recorded, for an import; `None` takes the database's clock.
    pub recorded_at: Option<UtcMicros>,
    /// The event or request that led to this one.
    pub causation: Option<String>,
    /// The request that all events of the write belong to.
    pub correlation: String,
    /// Of the caller, made unique per caller; stands on the first event of the write.
    pub idempotency_key: Option<String>,
}

/// Which door a write came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    Ui,
    Api,
    Cli,
    Mcp,
    Mail,
    Webhook,
    Automation,
    Import,
    Scheduler,
}

impl Origin {
    /// The word stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ui => "ui",
            Self::Api => "api",
            Self::Cli => "cli",
            Self::Mcp => "mcp",
            Self::Mail => "mail",
            Self::Webhook => "webhook",
            Self::Automation => "automation",
            Self::Import => "import",
            Self::Scheduler => "scheduler",
        }
    }
}

/// An open write transaction.
pub struct Write {
    store: Store,
    held: Held,
    meta: Meta,
    recorded_at: UtcMicros,
    /// The transaction's own number, once something was inserted.
    xact: Option<i64>,
    last: Option<Cursor>,
    /// The cases whose clocks this write moved, with the clocks that run now.
    moved: BTreeMap<CaseId, Vec<Deadline>>,
}

impl fmt::Debug for Write {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Write").field("meta", &self.meta).finish_non_exhaustive()
    }
}

impl Store {
    /// Begins a write. On SQLite it waits for the one writer.
    ///
    /// # Errors
    /// `Busy` when the writer or a connection is not free in time.
    pub async fn begin(&self, meta: &Meta) -> Result<Write, StoreError> {
        let mut held = self.writer().await?;
        let recorded_at = match meta.recorded_at {
            Some(moment) => moment,
            None => {
                let mut connection = held.connection();
                let sql = NOW.of(&connection);
                let row = connection.row(sql, vec![]).await?;
                row.map_or(Ok(meta.at), |row| row.get("now_us"))?
            }
        };
        let meta = meta.clone();
        Ok(Write {
            store: self.clone(),
            held,
            meta,
            recorded_at,
            xact: None,
            last: None,
            moved: BTreeMap::new(),
        })
    }
}

impl Write {
    /// The result of an earlier write with this key; it also keeps others with the key waiting.
    ///
    /// # Errors
    /// `KeyReused` when the key came with another request.
    pub async fn remembered(
        &mut self,
        key: &str,
        request_hash: &[u8; 32],
    ) -> Result<Option<String>, StoreError> {
        let sql = LOCK_KEY.of(&self.held.connection());
        self.ask_row(sql, values![key]).await?;
        let Some(row) = self.ask_row(statement::REMEMBERED, values![TENANT, key]).await? else {
            return Ok(None);
        };
        if row.get::<[u8; 32]>("request_hash")? != *request_hash {
            return Err(StoreError::KeyReused);
        }
        let result = row.get("result")?;
        // it may be of a write that shares this one's commit, and then it is not durable yet
        self.held.flush().await?;
        Ok(Some(result))
    }

    /// Keeps the result of this write for who asks again with the same key.
    ///
    /// # Errors
    /// As every write.
    pub async fn remember(
        &mut self,
        key: &str,
        request_hash: &[u8; 32],
        result_json: &str,
    ) -> Result<(), StoreError> {
        let values = values![TENANT, key, request_hash, result_json, self.recorded_at];
        self.execute(statement::REMEMBER, values).await.map(|_| ())
    }

    /// Locks several streams in one order, so that two writes never wait for each other.
    ///
    /// # Errors
    /// As every write.
    pub async fn lock(&mut self, streams: &[Stream]) -> Result<(), StoreError> {
        let mut streams = streams.to_vec();
        streams.sort_unstable();
        streams.dedup();
        for stream in streams {
            self.lock_head(stream).await?;
        }
        Ok(())
    }

    /// The case and the version to append after, checked and locked.
    ///
    /// # Errors
    /// `Damaged` when the chain is broken, `Unreadable` when a newer version wrote to it.
    pub async fn load_case(&mut self, id: CaseId) -> Result<Loaded<case::State>, StoreError> {
        let (events, version) = self.load(Stream::Case(id)).await?;
        Ok(Loaded { state: fold_case(&events), version })
    }

    /// The bundle and the version to append after, checked and locked.
    ///
    /// # Errors
    /// As `load_case`.
    pub async fn load_bundle(&mut self, id: BundleId) -> Result<Loaded<bundle::State>, StoreError> {
        let (events, version) = self.load(Stream::Bundle(id)).await?;
        Ok(Loaded { state: fold_bundle(&events), version })
    }

    /// The version of a stream that is not folded (`admin`), locked.
    ///
    /// # Errors
    /// As every write.
    pub async fn load_version(&mut self, stream: Stream) -> Result<u64, StoreError> {
        Ok(self.lock_head(stream).await?.version)
    }

    /// The id of the case with this number.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_by_number(
        &mut self,
        number: CaseNumber,
    ) -> Result<Option<CaseId>, StoreError> {
        let row = self.ask_row(read::CASE_ID_BY_NUMBER, values![number]).await?;
        row.map(|row| row.get("id")).transpose()
    }

    /// The next number of this name, from 1001: people take MS-7 for a test.
    ///
    /// # Errors
    /// As every write.
    pub async fn next_number(&mut self, name: &str) -> Result<u32, StoreError> {
        const FIRST: i64 = 1001;
        let row = self.ask_row(statement::NEXT_NUMBER, values![TENANT, name, FIRST]).await?;
        row.ok_or(StoreError::Column { column: "value" })?.get("value")
    }

    /// Appends after `expected`, and updates heads and read tables; the new version.
    ///
    /// # Errors
    /// `Conflict` when the stream is not at `expected`; then nothing of this write may be committed.
    pub async fn append(
        &mut self,
        stream: Stream,
        expected: u64,
        events: &[Event],
    ) -> Result<u64, StoreError> {
        let name = stream.to_string();
        let mut head = self.lock_head(stream).await?;
        if head.version != expected {
            return Err(StoreError::Conflict { stream: name, expected, found: head.version });
        }
        if events.is_empty() {
            return Ok(expected);
        }
        if matches!(
            stream,
            Stream::Admin | Stream::Policies | Stream::Redaction | Stream::Checklists
        ) {
            self.check_last_event(&name).await?;
        }
        self.lock_timeline(stream, events).await?;
        let mut moved = BTreeSet::new();
        for event in events {
            moved.extend(self.insert(stream, &name, &mut head, event).await?);
        }
        for case in moved {
            let running = sla::set_deadline(&mut self.held.connection(), case).await?;
            self.moved.insert(case, running);
        }
        write_head(&mut self.held.connection(), &name, expected, &head).await?;
        Ok(head.version)
    }

    /// Makes it durable. The cursor of the last event, if there was one.
    ///
    /// # Errors
    /// After an error it is unknown whether it happened; the same idempotency key tells.
    pub async fn commit(self) -> Result<Option<Cursor>, StoreError> {
        self.held.commit().await?;
        if self.last.is_some() {
            self.store.wake();
        }
        Ok(self.last)
    }

    /// Leaves nothing behind, at once instead of when the connection is used next.
    ///
    /// # Errors
    /// As every write.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.held.rollback().await
    }

    /// The cases whose clocks this write moved so far, with the clocks that run now.
    pub fn take_moved(&mut self) -> BTreeMap<CaseId, Vec<Deadline>> {
        std::mem::take(&mut self.moved)
    }

    pub(crate) fn at(&self) -> UtcMicros {
        self.meta.at
    }

    pub(crate) fn connection(&mut self) -> Connection<'_> {
        self.held.connection()
    }

    pub(crate) async fn load(&mut self, stream: Stream) -> Result<(Vec<Event>, u64), StoreError> {
        let head = self.lock_head(stream).await?;
        let events = read_stream(&mut self.held.connection(), stream, &head).await?;
        Ok((events, head.version))
    }

    async fn lock_head(&mut self, stream: Stream) -> Result<Head, StoreError> {
        let name = stream.to_string();
        let sql = LOCK_HEAD.of(&self.held.connection());
        let row = self.ask_row(sql, values![TENANT, name.as_str()]).await?;
        Head::from_row_or_start(row.as_ref(), &name)
    }

    /// A stream that is appended to without being folded: at least its newest event is known.
    async fn check_last_event(&mut self, name: &str) -> Result<(), StoreError> {
        let row = self.ask_row(statement::LAST_EVENT, values![TENANT, name]).await?;
        match row {
            Some(row) => Stored::from_row(&row)?.decode().map(|_| ()),
            None => Ok(()),
        }
    }

    /// What happens to a bundle stands in its case's timeline, whose numbers are given one by one.
    async fn lock_timeline(&mut self, stream: Stream, events: &[Event]) -> Result<(), StoreError> {
        if let Stream::Signature(id) = stream {
            if let Some(case) = self.case_of_signature(id, events).await? {
                self.lock_head(Stream::Case(case)).await?;
            }
            return Ok(());
        }
        let Stream::Bundle(id) = stream else {
            return Ok(());
        };
        let silent = |event: &Event| {
            matches!(event, Event::Bundle(bundle::Event::Received(_) | bundle::Event::Redacted(_)))
        };
        if events.iter().all(silent) {
            return Ok(());
        }
        if let Some(row) = self.ask_row(projection::CASE_OF_BUNDLE, values![id]).await? {
            self.lock_head(Stream::Case(row.get("case_id")?)).await?;
        }
        Ok(())
    }

    async fn insert(
        &mut self,
        stream: Stream,
        name: &str,
        head: &mut Head,
        event: &Event,
    ) -> Result<Option<CaseId>, StoreError> {
        let encoded = event::encode(event).map_err(StoreError::Encode)?;
        let fits = matches!(
            (stream, event),
            (Stream::Admin, Event::Account(_))
                | (Stream::Case(_), Event::Case(_) | Event::Link(_))
                | (Stream::Bundle(_), Event::Bundle(_))
                | (Stream::Policies, Event::Sla(_))
                | (Stream::Redaction, Event::Redaction(_))
                | (Stream::Customer(_), Event::Customer(_))
                | (Stream::Checklists, Event::Intake(_))
                | (Stream::Person(_), Event::Person(_))
                | (Stream::Team(_), Event::Team(_))
                | (Stream::Handoff(_), Event::Handoff(_))
                | (Stream::Signature(_), Event::Signature(_))
        );
        if !fits {
            return Err(StoreError::WrongStream { stream: name.to_owned(), kind: encoded.kind });
        }
        let stored = self.seal(name, head, encoded).await?;
        let seq = insert_event(&mut self.held.connection(), &stored).await?;
        *head = Head { version: stored.version, hash: stored.hash };
        self.last = Some(Cursor { xact: stored.xact, seq });
        let happened =
            Happened { version: stored.version, at: self.meta.at, actor: self.meta.actor, event };
        project(&mut self.held.connection(), stream, &happened).await
    }

    /// The next link of the chain.
    async fn seal(
        &mut self,
        name: &str,
        head: &Head,
        encoded: Encoded,
    ) -> Result<Stored, StoreError> {
        let idempotency_key =
            if self.last.is_none() { self.meta.idempotency_key.clone() } else { None };
        let mut stored = Stored {
            // the database numbers it
            seq: 0,
            tenant: TENANT.to_owned(),
            stream: name.to_owned(),
            version: head.version + 1,
            kind: encoded.kind.to_owned(),
            format: encoded.format,
            actor: self.meta.actor.to_string(),
            origin: self.meta.origin.as_str().to_owned(),
            occurred_at_us: self.meta.at.0,
            recorded_at_us: self.recorded_at.0,
            causation: self.meta.causation.clone().map(without_nul),
            correlation: without_nul(self.meta.correlation.clone()),
            idempotency_key: idempotency_key.map(without_nul),
            body_hash: chain::body_hash(&encoded.body),
            body: Some(encoded.body),
            prev_hash: head.hash,
            hash: head.hash,
            xact: self.xact().await?,
        };
        stored.hash = stored.computed_hash();
        Ok(stored)
    }

    /// Asked as late as possible: a low number that waits holds up the readers in commit order.
    async fn xact(&mut self) -> Result<i64, StoreError> {
        if let Some(xact) = self.xact {
            return Ok(xact);
        }
        let sql = XACT.of(&self.held.connection());
        let row = self.ask_row(sql, vec![]).await?;
        let xact = row.ok_or(StoreError::Column { column: "xact" })?.get("xact")?;
        self.xact = Some(xact);
        Ok(xact)
    }

    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, StoreError> {
        Ok(self.held.connection().execute(sql, values).await?)
    }

    pub(crate) async fn ask_row(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.held.connection().row(sql, values).await?)
    }

    pub(crate) async fn ask<T: FromRow>(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.held.connection().rows(sql, values).await?;
        rows.iter().map(T::from_row).collect()
    }

    pub(crate) async fn ask_one<T: FromRow>(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<T>, StoreError> {
        self.ask_row(sql, values).await?.as_ref().map(T::from_row).transpose()
    }
}
