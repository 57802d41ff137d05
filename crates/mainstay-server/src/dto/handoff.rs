//! From one shift to the next, and what is done next on a case.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Severity;
use super::session::Person;

/// The parts of a case in a packet; an empty one is sent as "none".
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HandoffParts {
    pub state: String,
    pub clocks: String,
    pub hypotheses: String,
    pub tried: String,
    pub next_step: String,
    pub promise: String,
    pub open: String,
    pub risks: String,
    pub people: String,
}

/// A case as it stands in a packet, or would now.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoffCase {
    pub number: String,
    pub subject: String,
    pub severity: Severity,
    pub parts: HandoffParts,
    /// The id of whoever does the next step.
    pub step_owner: Option<String>,
    pub step_due: Option<String>,
    pub promised_at: Option<String>,
    /// What is new since the last packet of this case.
    pub difference: Vec<String>,
    /// The parts that the giver left empty.
    pub missing: Vec<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendHandoff {
    /// To a person, or with `to_team` to a team.
    #[serde(default)]
    pub to_person: Option<String>,
    #[serde(default)]
    pub to_team: Option<String>,
    #[serde(default)]
    pub note: String,
    pub cases: Vec<SendCase>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendCase {
    pub number: String,
    #[serde(default)]
    pub parts: HandoffParts,
    #[serde(default)]
    pub step_owner: Option<String>,
    #[serde(default)]
    pub step_due: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandoffState {
    Waiting,
    Accepted,
    Refused,
    /// Another packet has it now.
    Replaced,
    /// The case went elsewhere, or ended.
    Void,
}

/// A packet that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Handoff {
    pub id: String,
    pub giver: Person,
    pub to_person: Option<String>,
    pub to_team: Option<String>,
    /// The person or the team, as it is called now.
    pub receiver: String,
    pub note: String,
    pub sent_at: String,
    /// When the lead is told of what nobody took.
    pub answer_by: String,
    pub lead: Option<Person>,
    pub told_at: Option<String>,
    pub cases: Vec<HandoffSent>,
    /// No part was left empty by the giver.
    pub complete: bool,
    /// How often somebody had to ask.
    pub questions: u64,
}

/// A case of a packet, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoffSent {
    #[serde(flatten)]
    pub case: HandoffCase,
    pub state: HandoffState,
    pub decided_by: Option<Person>,
    pub decided_at: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// What changed since it was sent, while it waits.
    pub changed: Vec<String>,
    pub asked: Vec<HandoffQuestion>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HandoffQuestion {
    pub number: u32,
    pub question: String,
    pub asked_by: Person,
    pub asked_at: String,
    pub answer: Option<String>,
    pub answered_by: Option<Person>,
    pub answered_at: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandoffDecision {
    Accept,
    Refuse,
    Ask,
    Answer,
}

/// What is said about one case of a packet; `text` is the reason, the question or the answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideHandoff {
    pub decision: HandoffDecision,
    /// The packet that was read; another one that waits is then a conflict.
    #[serde(default)]
    pub handoff_id: Option<String>,
    #[serde(default)]
    pub text: String,
}

/// What is done next on a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextStep {
    pub text: String,
    pub owner: Option<Person>,
    pub due_at: Option<String>,
    pub set_by: Person,
    pub set_at: String,
}

/// An empty text takes the next step back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetNextStep {
    pub text: String,
    /// The id of a person.
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default)]
    pub due_at: Option<String>,
}
