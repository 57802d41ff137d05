//! Swarms of a case.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::Person;

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SwarmOutcome {
    Solved,
    NextStep,
    Escalate,
    Stop,
}

/// Several people on one case for a bounded time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Swarm {
    /// Within the case, from 1.
    pub number: u32,
    /// Markdown as written.
    pub question: String,
    pub question_html: String,
    /// When it may end.
    pub exit: String,
    pub box_minutes: u32,
    pub opened_at: String,
    pub opened_by: Person,
    /// When the time box that runs now ends; `None` once it is closed.
    pub box_ends_at: Option<String>,
    pub invited: Vec<Person>,
    pub skills: Vec<String>,
    /// In the order in which they first came.
    pub people: Vec<SwarmStay>,
    pub tried: Vec<SwarmAttempt>,
    /// 0, 1 (it was asked for its decision) or 2 (the lead was told).
    pub rang: u32,
    /// `None` while it runs.
    pub closed: Option<SwarmEnd>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SwarmStay {
    pub person: Person,
    pub joined_at: String,
    /// `None` while they are there.
    pub left_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SwarmAttempt {
    pub by: Person,
    pub at: String,
    pub text: String,
    pub html: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SwarmEnd {
    pub outcome: SwarmOutcome,
    pub decision: String,
    pub decision_html: String,
    /// Who does the next step.
    pub owner: Option<Person>,
    pub at: String,
    pub by: Person,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSwarm {
    pub question: String,
    /// When it may end.
    pub exit: String,
    /// 30 by default, at most 480.
    #[serde(default)]
    pub box_minutes: Option<u32>,
    /// Ids of people.
    #[serde(default)]
    pub people: Vec<String>,
    #[serde(default)]
    pub skills: Vec<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryInSwarm {
    /// What was tried, and what it showed; Markdown.
    pub text: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseSwarm {
    pub outcome: SwarmOutcome,
    pub decision: String,
    /// The id of who does the next step; needed for `next_step`.
    #[serde(default)]
    pub owner: Option<String>,
}
