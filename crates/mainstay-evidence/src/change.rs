//! What changed: restarts, kills, evictions, images, settings, as events with a place and, where
//! it is known, a moment.
//!
//! A change is not a cause. Which of them touches a suspect and came before the symptom is decided
//! in `rank`; two bundles are set side by side in `compare`.

mod cluster;
mod setting;

use mainstay_core::UtcMicros;
use serde::{Deserialize, Serialize};

use crate::finding::Place;
use crate::observation::{Observation, Vocabulary};
use crate::view::ViewError;

/// Changes that are kept; more than people read.
const CHANGES_MAX: usize = 200;

/// What kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    OutOfMemory,
    Eviction,
    CrashLoop,
    ImageMissing,
    Unschedulable,
    Restart,
    Deploy,
    Image,
    Setting,
    Replicas,
}

impl ChangeKind {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OutOfMemory => "out_of_memory",
            Self::Eviction => "eviction",
            Self::CrashLoop => "crash_loop",
            Self::ImageMissing => "image_missing",
            Self::Unschedulable => "unschedulable",
            Self::Restart => "restart",
            Self::Deploy => "deploy",
            Self::Image => "image",
            Self::Setting => "setting",
            Self::Replicas => "replicas",
        }
    }

    /// Does the platform itself say that something is wrong?
    pub(crate) fn states_a_fault(self) -> bool {
        matches!(
            self,
            Self::OutOfMemory
                | Self::Eviction
                | Self::CrashLoop
                | Self::ImageMissing
                | Self::Unschedulable
        )
    }

    /// Did somebody decide it?
    pub(crate) fn is_decided(self) -> bool {
        matches!(self, Self::Deploy | Self::Image | Self::Setting | Self::Replicas)
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub kind: ChangeKind,
    /// A component, or what a file is called.
    pub about: String,
    pub detail: String,
    pub at: Option<UtcMicros>,
    pub cites: Vec<Place>,
}

/// All changes the bundle tells, and those that show beside the reference.
///
/// # Errors
/// When a stored line cannot be read back.
pub(crate) fn find(
    case: &Observation<'_>,
    reference: Option<&Observation<'_>>,
    vocabulary: &Vocabulary,
) -> Result<Vec<Change>, ViewError> {
    let mut changes = cluster::states(case, vocabulary);
    changes.extend(cluster::events(case));
    if let Some(reference) = reference {
        // what was so in the calm bundle as well is no change
        let calm = cluster::states(reference, vocabulary);
        changes.retain(|change| {
            calm.iter().all(|it| (it.kind, &it.about) != (change.kind, &change.about))
        });
        changes.extend(cluster::images(case, reference, vocabulary));
        changes.extend(setting::differences(case.bundle, reference.bundle)?);
    }
    changes.sort_by(|a, b| {
        (a.at.is_none(), a.at, a.kind, &a.about).cmp(&(b.at.is_none(), b.at, b.kind, &b.about))
    });
    changes.dedup_by(|a, b| (a.kind, &a.about, &a.detail) == (b.kind, &b.about, &b.detail));
    changes.truncate(CHANGES_MAX);
    Ok(changes)
}
