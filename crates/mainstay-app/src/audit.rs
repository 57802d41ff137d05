//! The log, read raw and checked: every chain, head, checkpoint and read table, every stored file of
//! evidence.

use mainstay_core::{Action, Actor, CaseNumber, Code, Refusal, policy};
use mainstay_store::{RebuildReport, VerifyReport};
use tokio::fs::File;
use tokio::io::{AsyncSeekExt as _, AsyncWrite};

use crate::checkpoint::Beliefs;
use crate::{App, AppError};

pub use mainstay_store::{AuditEntry, AuditEvent, AuditFilter};

/// Which events of the log are looked at; all of them without a word.
#[derive(Debug, Default)]
pub struct TrailQuery {
    pub case: Option<CaseNumber>,
    /// A kind, or the beginning of one.
    pub kind: String,
    /// The login of who did it.
    pub actor: String,
    /// The `seq` of the last entry of the page before.
    pub before: Option<u64>,
    pub limit: u32,
}

/// Events of the log, newest first.
pub struct TrailPage {
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins, when there is one.
    pub next_before: Option<u64>,
}

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
    /// A page of the raw log.
    ///
    /// # Errors
    /// `forbidden`; `not_found` for a case or a login that is not there.
    pub async fn audit_trail(
        &self,
        actor: &Actor,
        query: TrailQuery,
    ) -> Result<TrailPage, AppError> {
        policy::authorise(actor, Action::Audit)?;
        let mut filter = AuditFilter { kind: query.kind, ..AuditFilter::default() };
        if let Some(number) = query.case {
            let case = self.store().case_by_number(number).await?;
            let case = case.ok_or_else(|| Refusal::new(Code::NotFound, "no such case"))?;
            filter.case = Some(case.summary.id);
        }
        if !query.actor.is_empty() {
            let account = self.store().account_by_login(&query.actor).await?;
            let account = account.ok_or_else(|| Refusal::new(Code::NotFound, "no such login"))?;
            filter.actor = Some(account.id);
        }
        let asked = query.limit.saturating_add(1);
        let mut entries = self.store().audit_trail(&filter, query.before, asked).await?;
        let has_more = entries.len() > query.limit as usize;
        entries.truncate(query.limit as usize);
        let next_before = entries.last().filter(|_| has_more).map(|entry| entry.seq);
        Ok(TrailPage { entries, next_before })
    }

    /// One event of the raw log, with what it says.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn audit_event(&self, actor: &Actor, seq: u64) -> Result<AuditEvent, AppError> {
        policy::authorise(actor, Action::Audit)?;
        let found = self.store().audit_event(seq).await?;
        Ok(found.ok_or_else(|| Refusal::new(Code::NotFound, "no such event"))?)
    }

    /// Verifies the log and the evidence it names, one at a time: it reads everything there is.
    ///
    /// # Errors
    /// `forbidden`, `busy`; a broken chain is a finding, not an error.
    pub async fn audit(&self, actor: &Actor) -> Result<Audit, AppError> {
        policy::authorise(actor, Action::Audit)?;
        let Ok(_alone) = self.inner.auditing.try_lock() else {
            let detail = "the log is being verified already; ask again in a minute";
            return Err(Refusal::new(Code::Busy, detail).into());
        };
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

    /// The log as JSON lines for who may read it raw: written whole before anybody reads it, so that
    /// a slow reader holds no transaction and a failure is no short file. It has no name on the disk.
    ///
    /// # Errors
    /// `forbidden`, or when the store fails or the disk is full.
    pub async fn export_audit(&self, actor: &Actor) -> Result<File, AppError> {
        policy::authorise(actor, Action::Audit)?;
        let file = tempfile::tempfile_in(&self.inner.staging).map_err(AppError::Data)?;
        let mut file = File::from_std(file);
        self.export_log(&mut file).await?;
        file.rewind().await.map_err(AppError::Data)?;
        Ok(file)
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
