//! Live events: what was committed, in the order of commits, and how far reading has come.

use std::time::Duration;

use mainstay_core::{Action, Actor, Refusal, policy};
use mainstay_store::{Change, Cursor};
use tokio::sync::{broadcast, watch};

use crate::bundle::Step;
use crate::{App, AppError};

pub use mainstay_core::event::Stream;

/// Wake-ups can be lost (another process, another node): look anyway, now and then.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Changes handed over at once.
const BATCH: u32 = 200;

/// What a follower gets.
pub enum News {
    Changes(Vec<Change>),
    Step(Step),
}

/// Follows the log from a cursor on.
pub struct Follower {
    app: App,
    cursor: Cursor,
    woken: watch::Receiver<u64>,
    steps: broadcast::Receiver<Step>,
}

impl App {
    /// Follows everything after `after`; without it, everything from now on.
    ///
    /// # Errors
    /// `forbidden`, `invalid` for a cursor that is not ours.
    pub async fn follow(&self, actor: &Actor, after: Option<&str>) -> Result<Follower, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let woken = self.store().subscribe();
        let cursor = match after {
            Some(text) => text
                .parse()
                .map_err(|_| Refusal::invalid("Last-Event-ID is not one this server gave"))?,
            None => self.store().cursor().await?,
        };
        let steps = self.inner.reading.subscribe();
        Ok(Follower { app: self.clone(), cursor, woken, steps })
    }
}

impl Follower {
    /// Waits for something new. `None` when the desk closes.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn next(&mut self) -> Result<Option<News>, AppError> {
        loop {
            self.woken.mark_unchanged();
            let changes = self.app.store().changes_after(self.cursor, BATCH).await?;
            if let Some(last) = changes.last() {
                self.cursor = last.cursor;
                return Ok(Some(News::Changes(changes)));
            }
            tokio::select! {
                () = self.app.inner.stop.cancelled() => return Ok(None),
                () = tokio::time::sleep(LOOK_EVERY) => {}
                changed = self.woken.changed() => {
                    if changed.is_err() {
                        return Ok(None);
                    }
                }
                step = self.steps.recv() => match step {
                    Ok(step) => return Ok(Some(News::Step(step))),
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return Ok(None),
                },
            }
        }
    }
}
