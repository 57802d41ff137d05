//! What a citation of a line means.

use serde::Serialize;
use utoipa::ToSchema;

/// What stands at a line of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cited {
    /// `line`, `span`, `sample` or `file`
    pub what: String,
    /// Of a record: its number, and its first line.
    pub row: Option<u64>,
    pub line: Option<u64>,
    pub trace: Option<String>,
    pub span: Option<String>,
    pub series: Option<u32>,
    pub metric: Option<String>,
    pub at: Option<String>,
}
