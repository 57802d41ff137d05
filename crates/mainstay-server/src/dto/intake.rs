//! Intake: what the sender answers, what was found of it, and what became of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Severity;
use super::session::Person;

/// What the sender answers; docs/intake.md says what is looked at.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IntakeReport {
    pub component: String,
    pub version: String,
    pub window: IntakeWindow,
    pub identifiers: Vec<String>,
    pub steps: Vec<String>,
    pub conditions: String,
    pub frequency: String,
    pub expected: String,
    pub actual: String,
    pub error_text: String,
    pub not_logged: bool,
    pub impact: IntakeImpact,
    pub tried: Vec<IntakeTried>,
    pub changes: String,
    pub hypothesis: String,
    pub ask: String,
    pub owner: String,
    pub answers: BTreeMap<String, String>,
    pub not_applicable: BTreeMap<String, String>,
}

/// When it happened, with a zone.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IntakeWindow {
    pub from: String,
    pub to: String,
    pub ongoing: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IntakeImpact {
    pub who: String,
    pub how_many: String,
    pub effect: String,
    pub workaround: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IntakeTried {
    pub step: String,
    pub result: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntakeState {
    Draft,
    Waiting,
    Accepted,
    Returned,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntakeVerdict {
    Yes,
    No,
    NotApplicable,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    MissingEvidence,
    WindowNotCovered,
    NoReproduction,
    WrongComponent,
    WrongTeam,
    KnownIssue,
    NoClearAsk,
    NoImpact,
    NeedsCustomer,
    Other,
}

/// How far the intake of a case is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseIntake {
    pub state: IntakeState,
    pub score: u32,
}

/// An item of the checklist, judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeItem {
    pub item: String,
    pub weight: u32,
    pub verdict: IntakeVerdict,
    pub why: String,
    /// What a question of the checklist asks; empty for what every checklist knows.
    pub text: String,
    /// How to find it out.
    pub hint: String,
    /// What to run to fill the gap.
    pub command: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeAssessment {
    /// The version of the checklists; 0 for the built-in one.
    pub version: u32,
    pub checklist: String,
    pub items: Vec<IntakeItem>,
    pub score: u32,
    /// What is needed to submit; none for P1.
    pub threshold: Option<u32>,
    pub passes: bool,
}

/// One hand-over.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeRound {
    pub round: u32,
    pub sender: Person,
    pub team: String,
    pub score: u32,
    pub threshold: Option<u32>,
    pub override_reason: String,
    /// What the sender owes, and until when.
    pub owed: Vec<String>,
    pub owed_by: Option<String>,
    pub submitted_at: String,
    pub decision: Option<IntakeDecision>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeDecision {
    pub state: IntakeState,
    /// A reason to return; empty for what was accepted.
    pub reason: String,
    pub note: String,
    pub missing: Vec<String>,
    pub at: String,
    pub by: Person,
}

/// The intake of a case, judged now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Intake {
    pub case_number: String,
    /// None before anything was reported.
    pub state: Option<IntakeState>,
    pub report: IntakeReport,
    /// For `seen`; 0 before anything was reported.
    pub revision: u32,
    pub reported_at: Option<String>,
    pub reported_by: Option<Person>,
    pub assessment: IntakeAssessment,
    pub rounds: Vec<IntakeRound>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportIntake {
    pub report: IntakeReport,
    /// The revision that was edited; a newer one is not overwritten.
    #[serde(default)]
    pub seen: Option<u32>,
    /// Without it the report is only kept.
    #[serde(default)]
    pub submit: Option<SubmitIntake>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
pub struct SubmitIntake {
    /// Of the sender.
    pub team: String,
    /// Why it may pass with a lower score.
    pub override_reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnIntake {
    pub reason: ReturnReason,
    #[serde(default)]
    pub text: String,
}

/// A mail with a report.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailIntake {
    /// The same mail twice is one case.
    pub message_id: String,
    #[serde(default)]
    pub from: String,
    pub subject: String,
    #[serde(default)]
    pub text: String,
    /// `MS-1042`, when it belongs to a case.
    #[serde(default)]
    pub case: String,
    #[serde(default = "usual")]
    pub severity: Severity,
    #[serde(default)]
    pub customer: String,
    #[serde(default)]
    pub product: String,
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub team: String,
    #[serde(default)]
    pub report: IntakeReport,
}

fn usual() -> Severity {
    Severity::P3
}

/// A published version of the checklists.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checklists {
    /// From 1; 0 when none was published and the built-in one holds.
    pub version: u32,
    /// Checklists, as docs/intake.md describes.
    pub set: serde_json::Value,
    pub reason: String,
    pub published_at: Option<String>,
    pub published_by: Option<Person>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishChecklists {
    /// Checklists, as docs/intake.md describes.
    pub set: serde_json::Value,
    #[serde(default)]
    pub reason: String,
}

/// How often the intake of a team came back within 90 days.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnRate {
    /// Empty for who named none.
    pub team: String,
    pub accepted: u32,
    pub returned: u32,
    /// None while fewer than five were decided; `low` and `high` are its 95 % interval.
    pub share: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// How often each reason was given.
    pub reasons: BTreeMap<String, u32>,
}
