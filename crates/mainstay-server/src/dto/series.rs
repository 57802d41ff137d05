//! Metric series and their points.

use serde::Serialize;
use utoipa::ToSchema;

use super::line::FacetValue;

/// One series without its points.
#[derive(Debug, Serialize, ToSchema)]
pub struct Series {
    /// Its number in the bundle; stable.
    pub id: u32,
    pub metric: String,
    /// `k=v,k=v`
    pub labels: String,
    /// Empty where no label names it.
    pub component: String,
    pub caller: Option<String>,
    pub variant: String,
    /// A running total, shown as its rate a second.
    pub counter: bool,
    pub points: u64,
    pub first: Option<String>,
    pub last: Option<String>,
    pub low: f64,
    pub high: f64,
    pub change: Option<SeriesChange>,
}

/// Where a series changes for good.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesChange {
    pub at: String,
    pub before: f64,
    pub after: f64,
    /// In robust deviations.
    pub strength: f64,
}

/// A window of the series, those that changed most first; `total + hidden` are all.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesWindow {
    pub total: u64,
    pub hidden: u64,
    pub offset: u64,
    pub series: Vec<Series>,
    pub components: Vec<FacetValue>,
    /// What was left out because of a limit.
    pub left_out: Vec<String>,
}

/// The points of one series, in lists of equal length.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesPoints {
    pub id: u32,
    /// Microseconds since 1970.
    pub times_us: Vec<i64>,
    pub low: Vec<f64>,
    pub high: Vec<f64>,
    pub last: Vec<f64>,
}
