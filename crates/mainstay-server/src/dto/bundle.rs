//! Bundles and what reading found in them.

use serde::Serialize;
use utoipa::ToSchema;

use super::redaction::RulesUsed;
use super::session::Person;

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BundleState {
    Reading,
    Ready,
    Failed,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Bundle {
    pub id: String,
    pub case_number: String,
    pub name: String,
    pub size_bytes: u64,
    pub state: BundleState,
    /// Why nothing could be read, and what to do.
    pub failure: Option<String>,
    pub received_at: String,
    pub received_by: Person,
    pub files: u64,
    pub lines: u64,
    pub records: u64,
    pub templates: u64,
    pub errors: u64,
    pub problems: u64,
    pub redactions: u64,
    pub rules: Option<RulesUsed>,
    /// How many pseudonyms lead back by the sealed map; null where no map was kept.
    pub identities: Option<u64>,
    pub first: Option<String>,
    pub last: Option<String>,
    /// The bundle of the case that shows the same system without fault.
    pub reference: Option<String>,
    /// Only while reading, and only on the node that reads.
    pub progress: Option<Progress>,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Opening,
    Reading,
    Mining,
    Storing,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Progress {
    pub phase: Phase,
    pub done_bytes: u64,
    pub total_bytes: Option<u64>,
    pub files: u64,
    pub lines: u64,
    /// The (redacted) file being read.
    pub current: Option<String>,
}

/// One file of the bundle and how it was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct BundleFile {
    pub id: u32,
    pub path: String,
    pub size_bytes: u64,
    pub kind: String,
    /// For people: `CRI › Spring Boot`.
    pub format: String,
    /// Share of the sample that fits the format, 0 to 1.
    pub confidence: f32,
    pub source: Option<u32>,
    pub lines: u64,
    pub records: u64,
    /// Spans, samples or objects.
    pub items: u64,
    pub first: Option<String>,
    pub last: Option<String>,
    pub problems: u64,
    pub redactions: u64,
    pub read: bool,
    pub note: Option<String>,
}

/// Where log lines come from: a container, a host, a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Source {
    pub id: u32,
    pub name: String,
    pub records: u64,
    pub errors: u64,
    pub warns: u64,
    pub first: Option<String>,
    pub last: Option<String>,
}

/// What could not be read, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadProblem {
    pub code: String,
    pub file: Option<String>,
    pub line: Option<u64>,
    pub offset: Option<u64>,
    pub detail: String,
    pub count: u64,
}

/// A line of a file of the bundle.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    pub file: u32,
    pub path: String,
    pub line: u64,
}

/// Something odd, with the lines that show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Finding {
    pub id: u32,
    pub kind: String,
    pub severity: String,
    pub title: String,
    pub detail: String,
    pub at: Option<String>,
    pub until: Option<String>,
    pub cites: Vec<Place>,
}
