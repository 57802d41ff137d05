//! What broke: ranked suspects with their evidence, and how two bundles differ.

use serde::Serialize;
use utoipa::ToSchema;

/// A line of a file, of this bundle or of the reference.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cite {
    pub bundle_id: String,
    pub file: u32,
    pub path: String,
    /// From 1; what it means is told by `cited`.
    pub line: u64,
}

/// A span of time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Moments {
    pub from: String,
    pub to: String,
}

/// The verdict and the suspects, best first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ranking {
    /// `fault`, `no_fault` or `inconclusive`
    pub verdict: String,
    pub reason: String,
    /// 0 to 1
    pub confidence: f64,
    pub why_not_higher: Vec<String>,
    /// The time of the symptom.
    pub window: Option<Moments>,
    pub window_why: Option<String>,
    /// The component users complain about.
    pub entry: Option<String>,
    /// What the window was compared with.
    pub baseline: String,
    pub suspects: Vec<Suspect>,
    /// Suspects that are not written out.
    pub others: u64,
    /// Oddities that were over before the symptom began.
    pub excluded: Vec<Excluded>,
    /// In the order of time.
    pub changes: Vec<Change>,
    /// Changes that do not explain the symptom.
    pub unrelated: Vec<UnrelatedChange>,
    pub examined: Vec<String>,
    pub missing: Vec<String>,
    /// The bundle without fault it was ranked against.
    pub reference: Option<String>,
}

/// One component under suspicion.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suspect {
    pub component: String,
    /// `cpu`, `memory`, `config`, ...
    pub kind: String,
    pub statement: String,
    /// 0 to 1
    pub score: f64,
    /// The sum of the contributions.
    pub own_score: f64,
    pub confidence: f64,
    /// `proposed`, `supported`, `refuted` or `inconclusive`: what the evidence says
    pub status: String,
    pub contributions: Vec<Contribution>,
    pub supporting: Vec<String>,
    pub against: Vec<String>,
    pub missing: Vec<String>,
    /// The earliest and the latest moment the trouble can have begun.
    pub onset: Option<Moments>,
    /// The cheapest look that tells it from the others.
    pub next_check: String,
    /// A step that does no harm when the hypothesis is wrong.
    pub mitigation: String,
    pub known_causes: Vec<KnownCause>,
    pub cites: Vec<Cite>,
}

/// One summand of a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contribution {
    pub group: String,
    pub name: String,
    /// Below zero it was taken away.
    pub value: f64,
    pub detail: String,
    pub cites: Vec<Cite>,
}

/// A pattern of the library that messages of the component fit.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownCause {
    pub id: String,
    pub cause: String,
    pub check: String,
    pub fix: String,
    pub article: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Excluded {
    pub component: String,
    pub what: String,
    pub from: String,
    pub until: String,
}

/// A restart, a kill, an image or a setting.
#[derive(Debug, Serialize, ToSchema)]
pub struct Change {
    pub kind: String,
    pub about: String,
    pub detail: String,
    pub at: Option<String>,
    pub cites: Vec<Cite>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UnrelatedChange {
    pub change: Change,
    pub reason: String,
}

/// How a bundle differs from the one without fault.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comparison {
    pub good: ComparedSide,
    pub bad: ComparedSide,
    /// Messages of either: gone + new + both = all.
    pub messages: u64,
    pub both: u64,
    pub gone: Vec<MessageShift>,
    pub gone_others: u64,
    pub new: Vec<MessageShift>,
    pub new_others: u64,
    pub shifted: Vec<MessageShift>,
    pub shifted_others: u64,
    pub values: Vec<ValueShift>,
    pub metrics: Vec<MetricShift>,
    pub gone_components: Vec<String>,
    pub new_components: Vec<String>,
    /// Only in the bad one.
    pub changes: Vec<Change>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedSide {
    pub bundle_id: String,
    pub name: String,
    pub records: u64,
    pub messages: u64,
    pub errors: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MessageShift {
    pub text: String,
    pub component: String,
    pub level: Option<super::Level>,
    pub good: u64,
    pub bad: u64,
    /// Share of the component's records in the bad one over that in the good one.
    pub ratio: f64,
    pub false_discovery: f64,
    pub cites: Vec<Cite>,
}

/// A variable of a message whose values are distributed otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueShift {
    pub message: String,
    pub value: String,
    pub good: f64,
    pub bad: f64,
    pub cites: Vec<Cite>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MetricShift {
    pub component: String,
    pub metric: String,
    pub good: f64,
    pub bad: f64,
    /// In robust deviations of the good one.
    pub score: f64,
    pub cites: Vec<Cite>,
}
