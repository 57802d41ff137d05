//! The log, checked: every chain, head, checkpoint and read table, every stored file of evidence.

use mainstay_core::{Action, Actor, policy};
use mainstay_store::{RebuildReport, VerifyReport};
use tokio::io::AsyncWrite;

use crate::checkpoint::Beliefs;
use crate::{App, AppError};

/// What a whole audit found.
pub struct Audit {
    pub log: VerifyReport,
    /// Evidence that is missing or not what was stored, by address.
    pub evidence: Vec<EvidenceFinding>,
    pub evidence_checked: u64,
}

/// One stored bundle that is not as it was.
pub struct EvidenceFinding {
    pub address: String,
    pub what: String,
}

impl Audit {
    /// Is everything as it was written?
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.log.is_whole() && self.evidence.is_empty()
    }
}

impl App {
    /// Verifies the log and the evidence it names.
    ///
    /// # Errors
    /// `forbidden`; a broken chain is a finding, not an error.
    pub async fn audit(&self, actor: &Actor) -> Result<Audit, AppError> {
        policy::authorise(actor, Action::Audit)?;
        self.audit_here(&Beliefs::default()).await
    }

    /// The same for who holds the database itself, who may believe more than the desk does.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn audit_here(&self, beliefs: &Beliefs) -> Result<Audit, AppError> {
        let log = self.store().verify_against(&self.trust(beliefs)?).await?;
        let addresses = self.store().addresses().await?;
        let evidence_checked = addresses.len() as u64;
        let mut evidence = Vec::new();
        for address in addresses {
            if let Some(what) = self.check_evidence(&address).await? {
                evidence.push(EvidenceFinding { address, what });
            }
        }
        Ok(Audit { log, evidence, evidence_checked })
    }

    async fn check_evidence(&self, address: &str) -> Result<Option<String>, AppError> {
        let Ok(folder) = self.inner.blobs.local_folder(address).await else {
            return Ok(Some("it is not in the evidence folder".to_owned()));
        };
        let address = address.to_owned();
        let work = move || mainstay_evidence::manifest::verify(&folder, &address);
        let checked = tokio::task::spawn_blocking(work).await;
        let checked = checked.map_err(|_| AppError::internal("a worker was lost"))?;
        Ok(checked.err().map(|error| error.to_string()))
    }

    /// Rebuilds the read tables from the log, or only compares.
    ///
    /// # Errors
    /// When the store fails or the log cannot be read.
    pub async fn rebuild(&self, mode: Rebuild) -> Result<RebuildReport, AppError> {
        Ok(match mode {
            Rebuild::Write => self.store().rebuild().await?,
            Rebuild::Check => self.store().rebuild_check().await?,
        })
    }

    /// Writes the log as JSON lines.
    ///
    /// # Errors
    /// When the store or the writer fails.
    pub async fn export_log(
        &self,
        out: &mut (impl AsyncWrite + Unpin + Send),
    ) -> Result<u64, AppError> {
        Ok(self.store().export(out).await?)
    }
}

/// Does a rebuild write?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuild {
    Write,
    Check,
}
