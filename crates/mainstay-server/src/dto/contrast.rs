//! What a window of time has more of than the rest.

use serde::Serialize;
use utoipa::ToSchema;

/// What a window of time has more of than the rest of the records.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contrast {
    pub inside: u64,
    pub outside: u64,
    pub untimed: u64,
    /// Values in texts were counted on so many records of either side at most.
    pub sampled: Option<u64>,
    pub compared: u64,
    /// Most different first.
    pub fields: Vec<FieldContrast>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FieldContrast {
    pub field: String,
    /// 0 the same, 1 nothing in common.
    pub distance: f64,
    pub values: Vec<ValueContrast>,
    pub others: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ValueContrast {
    pub value: String,
    pub label: String,
    pub inside: u64,
    pub outside: u64,
    pub inside_share: f64,
    pub outside_share: f64,
    /// Cohen's h: 0.2 is small, 0.5 medium, 0.8 large; below zero there is less of it.
    pub effect: f64,
    pub false_discovery: f64,
}
