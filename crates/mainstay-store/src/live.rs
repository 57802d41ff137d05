//! Wake-ups for readers of the log: inside the process at once, between nodes by LISTEN/NOTIFY.
//! They carry nothing; the truth is read from the log after the cursor.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::dialect::NOTIFY;

const CHANNEL: &str = "mainstay_events";
/// Between attempts to listen again after the connection was lost.
const LISTEN_AGAIN: Duration = Duration::from_secs(2);

pub(crate) struct Live {
    /// Rises with every commit of this node and every word from another.
    heard: watch::Sender<u64>,
    /// Rises with every commit of this node; what is heard is never said again.
    said: watch::Sender<u64>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Live {
    pub(crate) fn in_process() -> Self {
        Self {
            heard: watch::Sender::new(0),
            said: watch::Sender::new(0),
            tasks: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn across_nodes(pool: PgPool) -> Self {
        let live = Self::in_process();
        let tasks = vec![
            tokio::spawn(listen(pool.clone(), live.heard.clone())),
            tokio::spawn(relay(pool, live.said.subscribe())),
        ];
        *live.tasks.lock().unwrap_or_else(PoisonError::into_inner) = tasks;
        live
    }

    pub(crate) fn wake(&self) {
        self.heard.send_modify(|times| *times += 1);
        self.said.send_modify(|times| *times += 1);
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.heard.subscribe()
    }

    pub(crate) async fn close(&self) {
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            task.abort();
            // it was told to stop: that it did is all there is to know
            let _ = task.await;
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let tasks = self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner);
        for task in tasks {
            task.abort();
        }
    }
}

/// NOTIFY after the commit and outside of it: inside, PostgreSQL would put all commits in a row.
async fn relay(pool: PgPool, mut said: watch::Receiver<u64>) {
    while said.changed().await.is_ok() {
        if let Err(error) = sqlx::query(NOTIFY.postgres).execute(&pool).await {
            tracing::debug!(%error, "other nodes were not woken; they will look by themselves");
        }
    }
}

async fn listen(pool: PgPool, heard: watch::Sender<u64>) {
    loop {
        if let Err(error) = listen_until_lost(&pool, &heard).await {
            tracing::warn!(%error, "live events of other nodes are late; listening again");
        }
        tokio::time::sleep(LISTEN_AGAIN).await;
    }
}

async fn listen_until_lost(pool: &PgPool, heard: &watch::Sender<u64>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // what was said while nobody listened is only seen by looking
        heard.send_modify(|times| *times += 1);
        listener.recv().await?;
    }
}
