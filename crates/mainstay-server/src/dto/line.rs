//! Log lines by window, and the numbers around them.

use serde::Serialize;
use utoipa::ToSchema;

use super::Level;
use super::bundle::Place;

/// One record of a log in a selection.
#[derive(Debug, Serialize, ToSchema)]
pub struct Line {
    /// Number of the record within the bundle; stable.
    pub row: u64,
    /// Place in this selection.
    pub position: u64,
    pub file: u32,
    /// First physical line of the record, from 1.
    pub line: u64,
    pub lines: u32,
    pub source: u32,
    pub time: Option<String>,
    pub time_confidence: String,
    pub level: Option<Level>,
    pub template: String,
    /// First physical line, redacted.
    pub text: String,
    /// Continuation lines, cut.
    pub more: Option<String>,
    pub more_lines: u32,
    /// Where the message starts in `text`, in UTF-16 units.
    pub body_start: u32,
}

/// A window of a selection; `total + hidden` is every record of the bundle.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineWindow {
    pub total: u64,
    pub hidden: u64,
    pub offset: u64,
    pub lines: Vec<Line>,
}

/// Everything about one record.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineDetail {
    #[serde(flatten)]
    pub line: Line,
    pub path: String,
    /// Byte offset in the unpacked original file.
    pub offset: u64,
    pub header: String,
    pub body: String,
    pub more_full: String,
    pub trace_id: Option<String>,
    pub span_id: Option<String>,
    pub request_id: Option<String>,
    pub variables: Vec<String>,
    /// `E7` when this line is pinned in the bundle's case.
    pub pinned: Option<String>,
}

/// Where a line stands in a selection.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinePosition {
    pub row: Option<u64>,
    pub position: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Histogram {
    pub start: Option<String>,
    pub width_us: i64,
    pub buckets: Vec<Bucket>,
    /// Records without a time.
    pub untimed: u64,
    pub total: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Bucket {
    pub all: u64,
    pub error: u64,
    pub warn: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Facets {
    pub levels: Vec<FacetValue>,
    pub sources: Vec<FacetValue>,
    pub files: Vec<FacetValue>,
}

/// The commonest values of a field: the counts, `others_records` and `without` are all records that
/// pass.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldFacet {
    pub values: Vec<FacetValue>,
    pub others: u64,
    pub others_records: u64,
    /// Records that have no such field.
    pub without: u64,
}

/// A field that a query can name.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueryField {
    pub name: String,
    pub explains: Option<String>,
    pub example: Option<String>,
    /// Of a field that texts name: the records that do, about.
    pub records: Option<u64>,
}

/// The records around one, in the order of their file.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineContext {
    pub lines: Vec<Line>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FacetValue {
    pub value: String,
    pub label: String,
    pub count: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Template {
    pub id: String,
    /// Variables are `<*>`.
    pub text: String,
    pub count: u64,
    pub level: Option<Level>,
    pub sources: u64,
    pub first: Option<String>,
    pub last: Option<String>,
    pub example: Option<Place>,
}

/// The commonest templates; `others` templates with `others_records` records are not shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateList {
    pub items: Vec<Template>,
    pub others: u64,
    pub others_records: u64,
}
