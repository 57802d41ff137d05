//! Group commit: SQLite has one writer and pays a sync of the disk for every commit, so the writes
//! that wait for their turn meanwhile share the next one. Each write is a savepoint in the shared
//! transaction: one that fails is rolled back alone, and nobody is told "done" before the commit.
//!
//! A write takes its turn, runs, and hands the turn to the settler, a task that nothing cancels. The
//! settler ends the savepoint, lets those go first who were waiting by then, and commits for all of
//! them. PostgreSQL groups commits itself and needs none of this.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::error::StoreError;

/// Who waits longer for the turn is told to come back.
const TURN_TIMEOUT: Duration = Duration::from_secs(5);
/// Seconds of work at the slowest rate that is promised; whoever comes now would wait in vain.
const WAITING_MAX: usize = 1_000;

type Outcome = Result<(), Arc<sqlx::Error>>;
/// The turn goes back to who gave it away for a moment.
type Returned = (OwnedMutexGuard<Writer>, Outcome);

/// The one writing connection and everybody who wants it.
pub(crate) struct Group {
    turn: Arc<Turn<Writer>>,
    waiting: AtomicUsize,
    endings: mpsc::UnboundedSender<Ending>,
    settler: Mutex<Option<JoinHandle<()>>>,
}

/// The connection, and what of its open transaction was not committed yet.
struct Writer {
    /// `None` after the store was closed.
    connection: Option<SqliteConnection>,
    /// A transaction is open.
    begun: bool,
    /// Writes in the transaction whose callers wait for the commit.
    members: Vec<oneshot::Sender<Outcome>>,
}

/// A write that gives its turn away.
struct Ending {
    turn: OwnedMutexGuard<Writer>,
    how: How,
}

enum How {
    /// Its caller is told when it is durable.
    Commit(oneshot::Sender<Outcome>),
    /// Its caller goes on in a new savepoint, after the transaction so far is durable.
    Flush(oneshot::Sender<Returned>),
    /// Its caller may wait until it is gone; a dropped write has nobody who does.
    RollBack(Option<oneshot::Sender<Outcome>>),
}

/// One write: a savepoint on the writing connection.
pub(crate) struct GroupWrite {
    /// `None` only on the way to the settler.
    turn: Option<OwnedMutexGuard<Writer>>,
    endings: mpsc::UnboundedSender<Ending>,
}

/// Counts who waits for a turn, also when the caller gives up.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Group {
    pub(crate) fn new(connection: SqliteConnection) -> Self {
        let writer = Writer { connection: Some(connection), begun: false, members: Vec::new() };
        let turn = Arc::new(Turn::new(writer));
        let (endings, ended) = mpsc::unbounded_channel();
        let settler = tokio::spawn(settle(turn.clone(), ended));
        Self { turn, waiting: AtomicUsize::new(0), endings, settler: Mutex::new(Some(settler)) }
    }

    /// Waits for the turn and begins a savepoint.
    pub(crate) async fn begin(&self) -> Result<GroupWrite, StoreError> {
        let busy = || StoreError::Busy(sqlx::Error::PoolTimedOut);
        let waiting = Waiting(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING_MAX {
            return Err(busy());
        }
        let turn = tokio::time::timeout(TURN_TIMEOUT, self.turn.clone().lock_owned()).await;
        drop(waiting);
        // from here on the settler clears up, whatever happens
        let turn = Some(turn.map_err(|_| busy())?);
        let mut write = GroupWrite { turn, endings: self.endings.clone() };
        write.writer().begin().await?;
        Ok(write)
    }

    /// Commits what is open and closes the connection; later writes are refused.
    pub(crate) async fn close(&self) {
        let mut writer = self.turn.lock().await;
        writer.commit().await;
        if let Some(connection) = writer.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the database was not closed cleanly; the next start recovers");
        }
        drop(writer);
        if let Some(settler) = self.take_settler() {
            settler.abort();
            // it was told to stop: that it did is all there is to know
            let _ = settler.await;
        }
    }

    fn take_settler(&self) -> Option<JoinHandle<()>> {
        self.settler.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(settler) = self.take_settler() {
            settler.abort();
        }
    }
}

impl GroupWrite {
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        let connection = self.writer().connection.as_mut();
        connection.expect("a write begins only with a connection, and holds the turn since")
    }

    /// Durable when this returns.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        let (told, outcome) = oneshot::channel();
        self.end(How::Commit(told));
        match outcome.await {
            Ok(outcome) => outcome.map_err(StoreError::NotCommitted),
            Err(_) => Err(StoreError::NotCommitted(Arc::new(sqlx::Error::WorkerCrashed))),
        }
    }

    /// Commits the transaction so far, with what others wrote into it, and goes on.
    pub(crate) async fn flush(&mut self) -> Result<(), StoreError> {
        let (back, returned) = oneshot::channel();
        self.end(How::Flush(back));
        let Ok((turn, outcome)) = returned.await else {
            return Err(StoreError::Busy(sqlx::Error::PoolClosed));
        };
        self.turn = Some(turn);
        outcome.map_err(StoreError::NotCommitted)
    }

    pub(crate) async fn rollback(mut self) -> Result<(), StoreError> {
        let (told, outcome) = oneshot::channel();
        self.end(How::RollBack(Some(told)));
        // a store that is gone has rolled back too
        let _ = outcome.await;
        Ok(())
    }

    fn writer(&mut self) -> &mut Writer {
        self.turn.as_mut().expect("the turn is given away only when the write ends")
    }

    fn end(&mut self, how: How) {
        if let Some(turn) = self.turn.take() {
            // nobody settles any more when the store is closed, and then nothing is open
            let _ = self.endings.send(Ending { turn, how });
        }
    }
}

impl Drop for GroupWrite {
    fn drop(&mut self) {
        self.end(How::RollBack(None));
    }
}

impl Writer {
    async fn run(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        let connection = self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)?;
        sqlx::query(sql).execute(connection).await.map(|_| ())
    }

    async fn begin(&mut self) -> Result<(), sqlx::Error> {
        if !self.begun {
            // set before it is so: a caller who gives up in between leaves something to roll back
            self.begun = true;
            self.run("begin immediate").await?;
        }
        self.run("savepoint request").await
    }

    async fn release(&mut self, member: oneshot::Sender<Outcome>) {
        let released = self.run("release request").await;
        self.members.push(member);
        if let Err(error) = released {
            // the engine rolled back more than this write: nothing of the transaction is left
            self.fail(error).await;
        }
    }

    async fn undo(&mut self) {
        let undone = async {
            self.run("rollback to request").await?;
            self.run("release request").await
        };
        if let Err(error) = undone.await {
            self.fail(error).await;
        }
    }

    async fn flush(&mut self) -> Outcome {
        let (told, outcome) = oneshot::channel();
        self.release(told).await;
        self.commit().await;
        // told by now, whatever came of it
        outcome.await.unwrap_or_else(|_| Err(Arc::new(sqlx::Error::WorkerCrashed)))?;
        self.begin().await.map_err(Arc::new)
    }

    async fn commit(&mut self) {
        if !self.begun {
            return;
        }
        match self.run("commit").await {
            Ok(()) => {
                self.begun = false;
                for member in self.members.drain(..) {
                    // who is not listening any more asks again with the same key
                    let _ = member.send(Ok(()));
                }
            }
            Err(error) => self.fail(error).await,
        }
    }

    /// Leaves no transaction behind, and tells everybody in it.
    async fn fail(&mut self, error: sqlx::Error) {
        if self.begun {
            // refused when the engine has rolled back already, which is what is wanted
            let _ = self.run("rollback").await;
            self.begun = false;
        }
        let error = Arc::new(error);
        for member in self.members.drain(..) {
            let _ = member.send(Err(error.clone()));
        }
    }
}

/// Ends each write, and commits when those who were waiting then have had their turn: the turn is
/// given in the order of asking, and the settler asks for it like everybody else.
async fn settle(turn: Arc<Turn<Writer>>, mut endings: mpsc::UnboundedReceiver<Ending>) {
    while let Some(ending) = endings.recv().await {
        end(ending).await;
        let mut asked = std::pin::pin!(turn.lock());
        loop {
            tokio::select! {
                Some(ending) = endings.recv() => end(ending).await,
                mut writer = &mut asked => {
                    writer.commit().await;
                    break;
                }
            }
        }
    }
}

async fn end(ending: Ending) {
    let Ending { mut turn, how } = ending;
    match how {
        How::Commit(member) => turn.release(member).await,
        How::Flush(caller) => {
            let outcome = turn.flush().await;
            // with nobody to go on, the turn is free and the empty savepoint is committed next
            let _ = caller.send((turn, outcome));
        }
        How::RollBack(caller) => {
            turn.undo().await;
            if let Some(caller) = caller {
                let _ = caller.send(Ok(()));
            }
        }
    }
}
