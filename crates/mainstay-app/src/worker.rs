//! The worker of this node: takes jobs that were enqueued with an event, and does them.

use std::time::Duration;

use mainstay_store::Job;

use crate::bundle::WATCHDOG;
use crate::checkpoint::CHECKPOINT;
use crate::handoff::HANDOFF;
use crate::sla::BELL;
use crate::swarm::SWARM_BELL;
use crate::{App, AppError};

/// A worker that holds a job longer than this has died.
const LOCK_US: i64 = 60 * 1_000_000;
/// When nothing is due: new work wakes the worker by the store anyway.
const REST: Duration = Duration::from_secs(5);

impl App {
    /// Starts this node's worker. The command line does without: a served desk does the jobs.
    pub fn start_worker(&self) {
        let app = self.clone();
        self.inner.tasks.spawn(async move { app.work().await });
    }

    async fn work(&self) {
        self.forget_expired_sessions().await;
        if let Err(error) = self.plan_checkpoint(self.inner.clock.now()).await {
            tracing::error!(%error, "no checkpoint is planned; the log is not signed today");
        }
        let mut woken = self.store().subscribe();
        loop {
            woken.mark_unchanged();
            while let Some(job) = self.take_job().await {
                self.do_job(&job).await;
            }
            tokio::select! {
                () = self.inner.stop.cancelled() => return,
                _ = woken.changed() => {}
                () = tokio::time::sleep(REST) => {}
            }
        }
    }

    /// They open nothing any more; left alone the table would only grow.
    async fn forget_expired_sessions(&self) {
        if let Err(error) = self.store().end_expired_sessions(self.inner.clock.now()).await {
            tracing::warn!(%error, "expired sessions could not be forgotten; the next start will");
        }
    }

    async fn take_job(&self) -> Option<Job> {
        if self.inner.stop.is_cancelled() {
            return None;
        }
        match self.store().take_job(self.inner.clock.now(), LOCK_US).await {
            Ok(job) => job,
            Err(error) => {
                tracing::warn!(%error, "jobs could not be looked at; trying again");
                None
            }
        }
    }

    async fn do_job(&self, job: &Job) {
        let ended = match self.run_job(job).await {
            Ok(()) => self.store().finish_job(job).await.map(|_| ()),
            Err(error) => {
                tracing::warn!(%error, job.kind, job.attempts, "a job failed");
                let now = self.inner.clock.now();
                self.store().fail_job(job, now, &error.to_string()).await.map(|_| ())
            }
        };
        if let Err(error) = ended {
            tracing::error!(%error, job.kind, "the end of a job could not be written");
        }
    }

    async fn run_job(&self, job: &Job) -> Result<(), AppError> {
        match job.kind.as_str() {
            WATCHDOG => {
                let bundle = job.payload.trim_matches('"').parse();
                let bundle = bundle.map_err(|_| AppError::internal("a job names no bundle"))?;
                self.mark_interrupted(bundle).await
            }
            BELL => self.ring_bell(job).await,
            SWARM_BELL => self.ring_swarm(job).await,
            HANDOFF => self.tell_lead(job).await,
            CHECKPOINT => self.make_daily_checkpoint().await,
            _ => Err(AppError::internal("a job of a kind this version does not know")),
        }
    }
}
