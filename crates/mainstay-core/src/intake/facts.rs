//! What the evidence says about a report. It is gathered outside and judged here.

use std::collections::BTreeSet;

use crate::UtcMicros;

/// What was found out about the bundles of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Bundles that were read, and with it redacted.
    pub read: Vec<BundleFacts>,
    pub reading: usize,
    pub failed: usize,
    /// Texts of the report that occur in the evidence.
    pub found: BTreeSet<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BundleFacts {
    /// From the first to the last timestamp of each source that has any.
    pub spans: Vec<SourceSpan>,
    /// Records whose time lies in the window of the report.
    pub records_in_window: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceSpan {
    pub first: UtcMicros,
    pub last: UtcMicros,
}
