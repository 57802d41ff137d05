//! Work to be done after a commit: enqueued in its transaction, taken by one worker at a time,
//! tried again with growing pauses, and kept as a dead letter when it cannot be done.

use mainstay_core::UtcMicros;

use crate::dialect::TAKE_JOB;
use crate::error::StoreError;
use crate::row::{FromColumn, FromRow, Row};
use crate::statement::plain as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// With the pauses below the last attempt comes about a day after the first.
pub(crate) const ATTEMPTS_MAX: u64 = 10;
/// The first pause; each following one is four times as long.
const PAUSE_FIRST_US: i64 = 1_000_000;
/// Longer pauses only hide that something is broken.
const PAUSE_MAX_US: i64 = 6 * 3_600 * 1_000_000;
/// An error text is for a list, not an archive.
const ERROR_CHARACTERS_MAX: usize = 1_000;

/// What is to be done. The same key is enqueued once, however often it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    pub kind: &'static str,
    pub key: String,
    /// JSON, read by who does the kind.
    pub payload: String,
    pub run_at: UtcMicros,
}

/// A job as the table holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: i64,
    pub kind: String,
    pub key: String,
    pub payload: String,
    pub state: JobState,
    pub run_at: UtcMicros,
    /// Counts from 1 for the first attempt, and fences off a worker that was too slow.
    pub attempts: u64,
    pub locked_until: Option<UtcMicros>,
    pub last_error: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    Queued,
    Running,
    Done,
    Dead,
}

impl JobState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

impl FromColumn for JobState {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let word: String = row.get(column)?;
        [Self::Queued, Self::Running, Self::Done, Self::Dead]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(StoreError::Column { column })
    }
}

impl FromRow for Job {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            key: row.get("key")?,
            payload: row.get("payload")?,
            state: row.get("state")?,
            run_at: row.get("run_at_us")?,
            attempts: row.get("attempts")?,
            locked_until: row.get("locked_until_us")?,
            last_error: row.get("last_error")?,
        })
    }
}

impl Write {
    /// Enqueues the job with this transaction; whether it is new.
    ///
    /// # Errors
    /// As every write.
    pub async fn enqueue(&mut self, job: &NewJob) -> Result<bool, StoreError> {
        let values = values![job.kind, job.key.as_str(), job.payload.as_str(), job.run_at];
        Ok(self.execute(statement::ENQUEUE, values).await? > 0)
    }

    /// Takes back a job that has not begun, with this transaction; whether there was one.
    ///
    /// # Errors
    /// As every write.
    pub async fn drop_job(&mut self, key: &str) -> Result<bool, StoreError> {
        Ok(self.execute(statement::DROP_JOB, values![key]).await? > 0)
    }
}

impl Store {
    /// Enqueues a job that belongs to no event; whether it is new.
    ///
    /// # Errors
    /// As every write.
    pub async fn enqueue(&self, job: &NewJob) -> Result<bool, StoreError> {
        let values = values![job.kind, job.key.as_str(), job.payload.as_str(), job.run_at];
        Ok(self.change(statement::ENQUEUE, values).await? > 0)
    }

    /// Takes the job that waits longest, for `lock_us`; after that another worker may take it.
    ///
    /// # Errors
    /// As every write.
    pub async fn take_job(&self, now: UtcMicros, lock_us: i64) -> Result<Option<Job>, StoreError> {
        // looking costs no turn of the writer, and mostly there is nothing to do
        if self.next_job_at().await?.is_none_or(|due| due > now) {
            return Ok(None);
        }
        let mut held = self.writer().await?;
        let mut connection = held.connection();
        connection.execute(statement::BURY_ABANDONED, values![now, ATTEMPTS_MAX]).await?;
        let until = UtcMicros(now.0.saturating_add(lock_us));
        let sql = TAKE_JOB.of(&connection);
        let row = connection.row(sql, values![now, until]).await?;
        held.commit().await?;
        row.as_ref().map(Job::from_row).transpose()
    }

    /// The job is done; false when another worker has it by now.
    ///
    /// # Errors
    /// As every write.
    pub async fn finish_job(&self, job: &Job) -> Result<bool, StoreError> {
        Ok(self.change(statement::FINISH_JOB, values![job.id, job.attempts]).await? > 0)
    }

    /// The attempt failed: the job waits and is tried again, or is dead after the last attempt.
    /// `None` when another worker has it by now. The error text holds no customer content.
    ///
    /// # Errors
    /// As every write.
    pub async fn fail_job(
        &self,
        job: &Job,
        now: UtcMicros,
        error: &str,
    ) -> Result<Option<JobState>, StoreError> {
        let state = if job.attempts >= ATTEMPTS_MAX { JobState::Dead } else { JobState::Queued };
        let again_at = UtcMicros(now.0.saturating_add(pause_us(job.attempts)));
        let error: String = error.chars().take(ERROR_CHARACTERS_MAX).collect();
        let values = values![job.id, job.attempts, state.as_str(), again_at, error];
        let touched = self.change(statement::FAIL_JOB, values).await?;
        Ok((touched > 0).then_some(state))
    }

    /// Puts off a job that has not begun; whether there was one. A watchdog is kept quiet so.
    ///
    /// # Errors
    /// As every write.
    pub async fn postpone_job(&self, key: &str, run_at: UtcMicros) -> Result<bool, StoreError> {
        Ok(self.change(statement::POSTPONE_JOB, values![key, run_at]).await? > 0)
    }

    /// Dead letters, oldest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn dead_jobs(&self, limit: u32) -> Result<Vec<Job>, StoreError> {
        self.ask(statement::DEAD_JOBS, values![limit]).await
    }

    /// Gives a dead letter all its attempts again; false when it is not dead.
    ///
    /// # Errors
    /// As every write.
    pub async fn revive_job(&self, id: i64, now: UtcMicros) -> Result<bool, StoreError> {
        Ok(self.change(statement::REVIVE_JOB, values![id, now]).await? > 0)
    }

    /// When the next job is due, so that a worker knows how long it may rest.
    ///
    /// # Errors
    /// As every question.
    pub async fn next_job_at(&self) -> Result<Option<UtcMicros>, StoreError> {
        let row = self.ask_row(statement::NEXT_RUN, vec![]).await?;
        row.map_or(Ok(None), |row| row.get("run_at_us"))
    }
}

fn pause_us(attempts: u64) -> i64 {
    let doublings = attempts.saturating_sub(1).saturating_mul(2).min(40);
    PAUSE_FIRST_US.saturating_mul(1_i64 << doublings).min(PAUSE_MAX_US)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let seconds: Vec<i64> = (1..=10).map(|attempt| pause_us(attempt) / 1_000_000).collect();
        assert_eq!(seconds, [1, 4, 16, 64, 256, 1024, 4096, 16384, 21600, 21600]);
        assert_eq!(pause_us(u64::MAX), PAUSE_MAX_US);
    }
}
