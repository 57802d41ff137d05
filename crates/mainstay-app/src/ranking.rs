//! What broke, as the evidence of a bundle tells it: alone as it was read, or beside another bundle
//! of the case that shows the same system without fault. What two bundles give together is kept
//! beside the evidence, so that it is worked out once; it can be lost and worked out again.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mainstay_core::{Action, Actor, BundleId, Refusal, policy};
use mainstay_evidence::rank::{self, Ticket};
use serde::{Deserialize, Serialize};

use crate::line::{OpenBundle, blocking};
use crate::{App, AppError};

pub use mainstay_evidence::change::Change;
pub use mainstay_evidence::compare::{Comparison, MessageShift, MetricShift, Side, ValueShift};
pub use mainstay_evidence::finding::Place;
pub use mainstay_evidence::pattern::{Library, Pattern};
pub use mainstay_evidence::rank::{Contribution, Diagnosis, Excluded, Hypothesis, safe_mitigation};

/// Another version may think otherwise: what it kept is not read.
const KEPT_BY: &str = env!("CARGO_PKG_VERSION");
/// Rises when what is kept changes its shape.
const KEPT_FORMAT: u32 = 2;
/// Below the data folder.
const FOLDER: &str = "rankings";

/// The suspects of a bundle, and how it differs from the one without fault.
#[derive(Debug, Clone)]
pub struct Ranking {
    pub diagnosis: Diagnosis,
    pub reference: Option<Reference>,
}

/// The bundle without fault.
#[derive(Debug, Clone)]
pub struct Reference {
    pub bundle: BundleId,
    /// As places of the diagnosis call it.
    pub name: String,
    /// The reference is its left side.
    pub comparison: Comparison,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    kept_by: String,
    format: u32,
    diagnosis: Diagnosis,
    comparison: Option<Comparison>,
}

impl App {
    /// The ranked suspects of a bundle.
    ///
    /// # Errors
    /// As `open_bundle`, for both; `invalid` for a reference of another case.
    pub async fn ranking(
        &self,
        actor: &Actor,
        id: BundleId,
        reference: Option<BundleId>,
    ) -> Result<Ranking, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        let open = self.open_bundle(actor, id).await?;
        let Some(reference) = reference else {
            if let Some(diagnosis) = open.diagnosis() {
                return Ok(Ranking { diagnosis: diagnosis.clone(), reference: None });
            }
            // read by a version that ranked nothing
            let kept = self.kept_or_new(open, None).await?;
            return Ok(Ranking { diagnosis: kept.diagnosis, reference: None });
        };
        self.require_same_case(actor, id, reference).await?;
        let good = self.open_bundle(actor, reference).await?;
        let name = good.manifest().name.clone();
        let kept = self.kept_or_new(open, Some(good)).await?;
        let comparison =
            kept.comparison.ok_or_else(|| AppError::internal("a kept comparison has none"))?;
        let reference = Reference { bundle: reference, name, comparison };
        Ok(Ranking { diagnosis: kept.diagnosis, reference: Some(reference) })
    }

    /// Values that redaction replaced are the same only inside a case.
    async fn require_same_case(
        &self,
        actor: &Actor,
        id: BundleId,
        reference: BundleId,
    ) -> Result<(), AppError> {
        let (case, other) = (self.bundle(actor, id).await?, self.bundle(actor, reference).await?);
        if case.case != other.case || id == reference {
            let detail = "the reference is another bundle of the same case";
            return Err(Refusal::invalid(detail).into());
        }
        Ok(())
    }

    async fn kept_or_new(
        &self,
        open: Arc<OpenBundle>,
        good: Option<Arc<OpenBundle>>,
    ) -> Result<Kept, AppError> {
        let path = self.kept_path(&open, good.as_deref());
        if let Some(kept) = read(path.clone()).await? {
            return Ok(kept);
        }
        // one at a time: it uses much memory, and whoever waits finds it kept
        let _turn = self.inner.ranking.lock().await;
        if let Some(kept) = read(path.clone()).await? {
            return Ok(kept);
        }
        let kept = blocking(move || work_out(&open, good.as_deref())).await??;
        let bytes = serde_json::to_vec(&kept)
            .map_err(|_| AppError::internal("a ranking could not be kept"))?;
        blocking(move || keep(&path, &bytes)).await?.map_err(AppError::Data)?;
        Ok(kept)
    }

    /// Evidence is named by its hash, so what was worked out of it is never out of date.
    fn kept_path(&self, open: &OpenBundle, good: Option<&OpenBundle>) -> PathBuf {
        let address = |bundle: &OpenBundle| {
            let name = bundle.folder().file_name();
            name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        };
        let beside = good.map_or_else(|| "alone".to_owned(), address);
        self.inner.data.join(FOLDER).join(format!("{}-{beside}.json", address(open)))
    }
}

fn work_out(open: &OpenBundle, good: Option<&OpenBundle>) -> Result<Kept, AppError> {
    let diagnosis = rank::diagnose(open, good, &Ticket::default())?;
    let comparison =
        good.map(|good| mainstay_evidence::compare::compare(good, open)).transpose()?;
    Ok(Kept { kept_by: KEPT_BY.to_owned(), format: KEPT_FORMAT, diagnosis, comparison })
}

/// `None` for what is not there, not whole, or of another version.
async fn read(path: PathBuf) -> Result<Option<Kept>, AppError> {
    let bytes = blocking(move || std::fs::read(path)).await?;
    let kept: Option<Kept> = bytes.ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Ok(kept.filter(|kept| kept.kept_by == KEPT_BY && kept.format == KEPT_FORMAT))
}

/// Whole or not at all: another reader may look meanwhile.
pub(crate) fn keep(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    let unfinished = path.with_extension("unfinished");
    let mut file = std::fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(unfinished, path)
}
