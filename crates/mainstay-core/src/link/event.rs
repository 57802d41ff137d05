//! What can happen between cases. Each stands in the stream of one case; its twin in the other.

use serde::{Deserialize, Serialize};

use super::{End, Relation};
use crate::case::Audience;
use crate::citation::{CaseNumber, EvidenceNumber};
use crate::id::{CaseId, UserId};
use crate::sla::Metric;
use crate::time::UtcMicros;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Linked(Linked),
    Unlinked(Unlinked),
    MergedInto(MergedInto),
    MergeTook(MergeTook),
    Unmerged(Unmerged),
    MergeReleased(MergeReleased),
    SplitOff(SplitOff),
    SplitFrom(SplitFrom),
    MessageTaken(MessageTaken),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Linked {
    pub relation: Relation,
    /// Where this case stands.
    pub end: End,
    pub other: CaseId,
    pub number: CaseNumber,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlinked {
    pub relation: Relation,
    pub end: End,
    pub other: CaseId,
    pub number: CaseNumber,
    pub reason: String,
}

/// This case went into another one: its clocks end, and it leads there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergedInto {
    pub into: CaseId,
    pub number: CaseNumber,
    pub reason: String,
}

/// This case took another one in: its clocks count from the earlier beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeTook {
    pub child: CaseId,
    pub number: CaseNumber,
    pub reason: String,
    /// When the other one began, with all that it had taken in.
    pub started_at: UtcMicros,
    /// When its people were promised to hear from us.
    pub promised: Option<UtcMicros>,
    /// What was late there when it went, which a merge does not undo.
    pub breached: Vec<Breached>,
}

/// A clock that had passed its target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breached {
    pub metric: Metric,
    /// The run of the metric, from 1.
    pub number: u32,
    pub target_s: i64,
    /// What had been counted at the merge.
    pub elapsed_s: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unmerged {
    pub from: CaseId,
    pub number: CaseNumber,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeReleased {
    pub child: CaseId,
    pub number: CaseNumber,
    pub reason: String,
}

/// A part of this case became one of its own; everything stays readable here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitOff {
    pub into: CaseId,
    pub number: CaseNumber,
    /// Places in the timeline of this case.
    pub messages: Vec<u64>,
    pub evidence: Vec<EvidenceNumber>,
    pub reason: String,
}

/// This case is a part of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitFrom {
    pub from: CaseId,
    pub number: CaseNumber,
    /// The first word of the customer that came along: the clocks count from there.
    pub started_at: Option<UtcMicros>,
    /// Evidence of the other case; it keeps its numbers and is cited from here.
    pub evidence: Vec<EvidenceNumber>,
    pub reason: String,
}

/// A message that came along from another case, as it was said there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageTaken {
    pub from: CaseNumber,
    /// Its place in the timeline there.
    pub sequence: u64,
    pub at: UtcMicros,
    pub author: UserId,
    pub audience: Audience,
    /// Who of the customer's side said it; empty for us.
    pub contact: String,
    /// As it was written, but for bare citations, which name their case now.
    pub text: String,
    /// Whether the clocks see it: not what is older than their beginning.
    pub counts: bool,
}
