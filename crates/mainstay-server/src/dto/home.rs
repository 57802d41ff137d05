//! The shift desk.

use serde::Serialize;
use utoipa::ToSchema;

use super::Severity;
use super::case::CaseSummary;
use super::handoff::{Handoff, NextStep};
use super::person::PersonAtWork;
use super::session::Person;

/// What one person sees when they come in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Home {
    pub at: String,
    pub me: PersonAtWork,
    /// What changed is told since then.
    pub since: String,
    /// My open cases, what is due first in front.
    pub due: Vec<HomeCase>,
    pub inbox: Vec<Handoff>,
    pub sent: Vec<Handoff>,
    /// What nobody took in time, if I am to see to it.
    pub late: Vec<Handoff>,
    pub changed: Vec<HomeChange>,
    pub team: Vec<PersonAtWork>,
    pub unowned: u64,
    pub at_risk: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HomeCase {
    #[serde(flatten)]
    pub case: CaseSummary,
    pub next_step: Option<NextStep>,
}

/// A case of mine that others worked on.
#[derive(Debug, Serialize, ToSchema)]
pub struct HomeChange {
    pub number: String,
    pub subject: String,
    pub severity: Severity,
    pub entries: u64,
    /// The kind of the newest entry of its timeline.
    pub kind: String,
    pub at: String,
    pub actor: Person,
}
