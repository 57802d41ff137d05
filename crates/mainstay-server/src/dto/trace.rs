//! Traces, worst first, and one as a waterfall.

use serde::Serialize;
use utoipa::ToSchema;

use super::bundle::Place;
use super::line::FacetValue;

/// One trace in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trace {
    pub id: String,
    pub start: String,
    pub duration_us: i64,
    /// The middle of the traces that begin with the same operation and did not fail.
    pub usual_us: i64,
    pub spans: u64,
    pub failed: u64,
    pub service: String,
    pub operation: String,
}

/// A window of the traces; `total + hidden + beyond` are all of the bundle.
#[derive(Debug, Serialize, ToSchema)]
pub struct TraceWindow {
    pub total: u64,
    pub hidden: u64,
    /// Traces beyond the limit of what is listed.
    pub beyond: u64,
    pub offset: u64,
    pub traces: Vec<Trace>,
    /// Services by their spans.
    pub services: Vec<FacetValue>,
}

/// A span of a waterfall.
#[derive(Debug, Serialize, ToSchema)]
pub struct Span {
    pub id: String,
    /// Place of the parent in the list; parents come first.
    pub parent: Option<usize>,
    pub depth: u32,
    pub service: String,
    pub operation: String,
    pub pod: Option<String>,
    /// From the start of the trace.
    pub offset_us: i64,
    /// How far it was moved because its clock disagreed with its parent's.
    pub moved_us: i64,
    pub duration_us: i64,
    /// What it spends itself.
    pub self_us: i64,
    /// What it owns of the critical path; null beside it.
    pub critical_us: Option<i64>,
    pub failed: bool,
    /// It failed and nothing below it did.
    pub origin: bool,
    /// JSON as the tracer wrote it, redacted.
    pub attributes: Option<String>,
    pub place: Place,
}

/// One trace.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waterfall {
    pub id: String,
    pub start: String,
    pub duration_us: i64,
    pub spans: Vec<Span>,
    /// Spans beyond the limit.
    pub others: u64,
    /// Spans that name a parent which is not in the bundle.
    pub orphans: u64,
}
