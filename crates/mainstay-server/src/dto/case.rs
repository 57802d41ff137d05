//! Cases, their timeline and their evidence.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bundle::Bundle;
use super::intake::CaseIntake;
use super::session::Person;
use super::{Level, Severity};

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseStatus {
    New,
    Open,
    Pending,
    Hold,
    Solved,
    Closed,
}

/// The running clock of a case that is due first.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextClock {
    /// `first_reply_time`, ...
    pub metric: String,
    /// A quarter of the target is left.
    pub warn_at: String,
    /// From here on more than the target has passed.
    pub due_at: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Internal,
    Public,
}

/// A row of the queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseSummary {
    /// `MS-1042`
    pub number: String,
    pub id: String,
    pub subject: String,
    pub severity: Severity,
    pub status: CaseStatus,
    /// Who has the ball while it is on hold.
    pub waits_on: String,
    /// When the customer was promised to hear from us.
    pub promised_at: Option<String>,
    pub clock: Option<NextClock>,
    pub customer: String,
    pub product: String,
    pub version: String,
    /// Who was chosen from the list; a case of free text has none.
    pub customer_id: Option<String>,
    /// Of the customer, as it was when they were chosen.
    pub tier: String,
    /// None where nothing was reported.
    pub intake: Option<CaseIntake>,
    pub assignee: Option<Person>,
    pub opened_at: String,
    pub updated_at: String,
    pub bundles: u64,
    pub bundles_reading: u64,
    pub evidence: u64,
    pub notes: u64,
    pub sample: bool,
    /// Where it went; nothing is written to it any more.
    pub merged_into: Option<String>,
    /// For `If-Match`.
    pub case_version: u64,
}

/// A whole case, without its timeline.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseDetail {
    #[serde(flatten)]
    pub summary: CaseSummary,
    pub description: String,
    pub description_html: String,
    pub opened_by: Person,
    pub resolution: Option<String>,
    /// What it was closed with.
    pub gate: Option<Gate>,
    pub bundle_list: Vec<Bundle>,
}

/// How many cases each view holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseCounts {
    pub all: u64,
    pub mine: u64,
    pub unowned: u64,
    /// Intake that waits for a decision.
    pub waiting: u64,
    pub resolved: u64,
}

/// One thing that happened in a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    /// Rises along the timeline of the case; stable.
    pub sequence: u64,
    pub at: String,
    pub kind: String,
    pub actor: Person,
    pub audience: Option<Audience>,
    pub title: Option<String>,
    /// Markdown as written.
    pub text: Option<String>,
    /// The same, rendered and cleaned; citations are links with `data-citation`.
    pub html: Option<String>,
    pub evidence: Option<String>,
    pub bundle: Option<String>,
    pub assignee: Option<Person>,
    pub from: Option<Severity>,
    pub to: Option<Severity>,
    /// The status after it, where it is about the status.
    pub status: Option<CaseStatus>,
    /// When the next update is promised for, or when the clock was due to ring.
    pub due_at: Option<String>,
    pub cites: Vec<String>,
}

/// A pinned line: what a citation leads to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Evidence {
    /// `E7`
    pub number: String,
    /// `MS-1042/E7`
    pub citation: String,
    pub bundle_id: String,
    pub file: u32,
    pub line: u64,
    pub source: String,
    pub at: Option<String>,
    pub level: Option<Level>,
    pub excerpt: String,
    /// Where the message starts in `excerpt`, in UTF-16 units; 0 when the bundle cannot be asked.
    pub body_start: u32,
    pub pinned: bool,
    pub pinned_by: Person,
    pub pinned_at: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    pub subject: String,
    pub severity: Severity,
    #[serde(default)]
    pub customer: String,
    #[serde(default)]
    pub product: String,
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub description: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignCase {
    /// The id of a person, or null to give it back.
    pub assignee: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSeverity {
    pub severity: Severity,
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNote {
    pub audience: Audience,
    pub text: String,
    /// The status after it: open, pending or hold.
    #[serde(default)]
    pub status: Option<CaseStatus>,
    /// When the customer hears from us next; with public notes only.
    #[serde(default)]
    pub next_update_by: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetStatus {
    pub status: CaseStatus,
    /// Who has the ball; needed for hold.
    #[serde(default)]
    pub waits_on: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordCustomer {
    /// Who wrote, as they call themselves.
    #[serde(default)]
    pub contact: String,
    pub text: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseCase {
    /// Anything that the answers do not say.
    #[serde(default)]
    pub reason: String,
    pub gate: Gate,
}

/// What a case is closed with: all of it is asked.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    pub confirmed: Confirmation,
    /// Who said it and where, or why nobody did.
    pub confirmed_how: String,
    pub cause: String,
    pub signature: Left,
    pub article: Left,
}

/// Who says that it is over.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    Customer,
    Monitoring,
    Nobody,
}

/// What stays of a case for the next one.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Left {
    pub kept: Kept,
    /// Its name, or why none is needed.
    pub text: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    Linked,
    Created,
    NotNeeded,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideInCase {
    /// One line.
    pub decision: String,
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveCase {
    pub resolution: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenCase {
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinEvidence {
    pub bundle_id: String,
    pub file: u32,
    pub line: u64,
}

/// What loading or removing the sample desk did.
#[derive(Debug, Serialize, ToSchema)]
pub struct SampleDesk {
    pub cases: u64,
}
