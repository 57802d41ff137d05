//! `redactions.json`: how many secrets of which kind were replaced in which file. Never a value.

use serde::{Deserialize, Serialize};

use crate::redact::RedactionCounts;

/// What was replaced in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRedactions {
    pub file: u32,
    pub kinds: RedactionCounts,
}

impl FileRedactions {
    /// `None` when nothing was replaced.
    pub(super) fn of(file: u32, kinds: RedactionCounts) -> Option<Self> {
        (kinds.total() > 0).then_some(Self { file, kinds })
    }
}
