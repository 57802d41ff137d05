//! Hypotheses that people took up, and what they judged of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::Person;

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    Confirmed,
    Refuted,
    Inconclusive,
}

/// A hypothesis as it was stated when somebody took it up, and the newest judgement of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Hypothesis {
    /// `H2`
    pub number: String,
    /// `MS-1042/H2`
    pub citation: String,
    pub bundle_id: String,
    /// The bundle without fault it was ranked against.
    pub reference: Option<String>,
    pub component: String,
    pub kind: String,
    pub statement: String,
    pub pinned_by: Person,
    pub pinned_at: String,
    pub judgement: Option<Judgement>,
    /// Markdown as written.
    pub reason: Option<String>,
    /// The same, rendered and cleaned.
    pub reason_html: Option<String>,
    pub judged_by: Option<Person>,
    pub judged_at: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinHypothesis {
    pub bundle_id: String,
    /// A suspect of the ranking.
    pub component: String,
    /// The bundle without fault, when it was ranked against one.
    #[serde(default)]
    pub reference: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgeHypothesis {
    pub judgement: Judgement,
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseReference {
    /// Another bundle of the case, or null to look at this one alone.
    pub reference: Option<String>,
}
