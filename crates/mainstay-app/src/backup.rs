//! Backups of the database while it serves, and the way back, verified. Evidence is not in them: its
//! files never change once they are written, so a copy of the folder made after the backup has all
//! that the backup names.

use std::path::Path;

use mainstay_core::{Code, Refusal};
use mainstay_store::RebuildReport;
use tokio::fs;
use tokio::io::{AsyncBufRead, AsyncWriteExt as _, BufReader, BufWriter};

use crate::audit::Audit;
use crate::checkpoint::Beliefs;
use crate::{App, AppError};

pub use mainstay_store::BackupReport;

/// What came back, and whether it is as it was written.
pub struct Restored {
    pub report: BackupReport,
    pub audit: Audit,
    pub rebuilt: RebuildReport,
}

impl App {
    /// Writes everything of the database to a new file: complete, or not there.
    ///
    /// # Errors
    /// `invalid` when the file exists or cannot be written.
    pub async fn backup_here(&self, file: &Path) -> Result<BackupReport, AppError> {
        let refuse = |error: std::io::Error| refuse(file, "written", &error);
        if fs::try_exists(file).await.map_err(refuse)? {
            let detail = format!("{} exists; a backup replaces nothing", file.display());
            return Err(Refusal::new(Code::Invalid, detail).into());
        }
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".unfinished");
        let unfinished = file.with_file_name(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // it holds hashes of passwords and the keys of cases
        #[cfg(unix)]
        options.mode(0o600);
        let target = options.open(&unfinished).await.map_err(refuse)?;
        let mut target = BufWriter::new(target);
        let report = self.store().backup(&mut target).await?;
        target.flush().await.map_err(refuse)?;
        target.into_inner().sync_all().await.map_err(refuse)?;
        fs::rename(&unfinished, file).await.map_err(refuse)?;
        Ok(report)
    }

    /// Fills a new desk from a backup, then verifies it and compares the read tables with the log.
    ///
    /// # Errors
    /// When the desk was used, or the backup is not whole; nothing is changed then.
    pub async fn restore_here(&self, file: &Path, beliefs: &Beliefs) -> Result<Restored, AppError> {
        let source = fs::File::open(file).await.map_err(|error| refuse(file, "read", &error))?;
        let report = self.store().restore(BufReader::new(source)).await?;
        let audit = self.audit_here(beliefs).await?;
        let rebuilt = self.store().rebuild_check().await?;
        Ok(Restored { report, audit, rebuilt })
    }

    /// Adds an exported log to a desk that does not have it.
    ///
    /// # Errors
    /// When a line does not continue the log; nothing is changed then.
    pub async fn import_log(
        &self,
        source: impl AsyncBufRead + Unpin + Send,
    ) -> Result<u64, AppError> {
        let events = self.store().import(source).await?;
        self.set_all_bells().await?;
        self.set_all_swarm_bells().await?;
        Ok(events)
    }
}

fn refuse(file: &Path, what: &str, error: &std::io::Error) -> AppError {
    let detail = format!("{} cannot be {what}: {error}", file.display());
    Refusal::new(Code::Invalid, detail).into()
}
