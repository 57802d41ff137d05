//! How cases belong together.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Severity;
use super::case::{CaseStatus, CaseSummary};
use super::session::Person;

/// A link as one of its cases says it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseLink {
    /// `duplicate-of`, `caused-by`, ...; from the other end `duplicated-by`, `causes`, ...
    pub relation: String,
    /// The other case.
    pub number: String,
    pub subject: String,
    pub severity: Severity,
    pub status: CaseStatus,
    pub customer: String,
    /// Where the other case went.
    pub merged_into: Option<String>,
    pub reason: String,
    pub linked_at: String,
    pub linked_by: Person,
}

/// A case that went into this one.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergedCase {
    pub number: String,
    pub subject: String,
    pub severity: Severity,
    pub status: CaseStatus,
    /// Its beginning; the clocks count from the earliest one.
    pub started_at: String,
    /// What its people were promised and did not get yet.
    pub promised_at: Option<String>,
    /// What was late there when it went.
    pub breached: Vec<CarriedBreach>,
    pub reason: String,
    pub merged_at: String,
    pub merged_by: Person,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CarriedBreach {
    /// `first_reply_time`, ...
    pub metric: String,
    pub number: u32,
    pub target_s: i64,
    pub elapsed_s: i64,
}

/// Somebody who hears what is said in the case.
#[derive(Debug, Serialize, ToSchema)]
pub struct Informed {
    pub name: String,
    /// Empty when nobody told us.
    pub address: String,
    /// The case they answer to; a merged one leads on.
    pub replies_to: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RelatedCases {
    pub links: Vec<CaseLink>,
    /// Where this case went.
    pub merged_into: Option<String>,
    /// What went into this case.
    pub merged: Vec<MergedCase>,
    pub informed: Vec<Informed>,
    /// The cases that suffer from this one, directly or through others; at most 500.
    pub sufferers: Vec<CaseSummary>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkCase {
    /// `duplicate-of`, `caused-by`, `affected-by`, `follow-up-of`, `split-from`, `parent-of`, or the
    /// same from the other end.
    pub relation: String,
    /// The other case, like MS-1043.
    pub other: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeCase {
    /// The case that stays, like MS-1042.
    pub into: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnmergeCase {
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitCase {
    /// Of the new case.
    pub subject: String,
    /// Places in the timeline: notes and what the customer said.
    #[serde(default)]
    pub messages: Vec<u64>,
    /// `E7`; it stays where it is and is cited from the new case.
    #[serde(default)]
    pub evidence: Vec<String>,
    pub reason: String,
}
