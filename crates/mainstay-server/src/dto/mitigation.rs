//! Mitigations of a case.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::Person;

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    Low,
    Medium,
    High,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MitigationState {
    Proposed,
    Approved,
    Applied,
    Helped,
    RolledBack,
    Dropped,
}

/// What is done before the cause is gone.
#[derive(Debug, Serialize, ToSchema)]
pub struct Mitigation {
    /// Within the case, from 1.
    pub number: u32,
    pub what: String,
    pub what_html: String,
    pub risk: Risk,
    /// What may break, and for whom.
    pub risk_why: String,
    pub rollback: String,
    /// The change it is done under; empty without one.
    pub change: String,
    pub proposed_at: String,
    pub proposed_by: Person,
    pub approved_by: Option<Person>,
    pub state: MitigationState,
    /// The states that may follow; approval needs another person and their role.
    pub next: Vec<MitigationState>,
    /// What was said with the newest state.
    pub note: String,
    pub moved_at: String,
    pub moved_by: Person,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeMitigation {
    pub what: String,
    pub risk: Risk,
    pub risk_why: String,
    pub rollback: String,
    #[serde(default)]
    pub change: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveMitigation {
    pub to: MitigationState,
    /// Needed for `rolled_back` and `dropped`.
    #[serde(default)]
    pub note: String,
}
