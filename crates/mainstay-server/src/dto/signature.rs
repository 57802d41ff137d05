//! Signatures of known troubles, and the bundles that look like them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::Person;

/// Only active ones are matched.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureStage {
    Draft,
    Active,
    Retired,
}

/// Is it this trouble?
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchAnswer {
    Confirmed,
    NotThis,
}

/// A row of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureSummary {
    /// `SIG-1012`
    pub number: String,
    pub name: String,
    /// The kind of trouble; empty when nobody knows.
    pub kind: String,
    pub stage: SignatureStage,
    /// The case it was drafted from.
    pub case_number: Option<String>,
    pub drafted_at: String,
    pub drafted_by: Person,
    pub changed_at: String,
    pub changed_by: Person,
    /// Matches that people confirmed, of those they answered: its precision.
    pub confirmed: u64,
    pub answered: u64,
    /// Bundles it was ever matched with, and their cases.
    pub bundles: u64,
    pub cases: u64,
    pub last_seen_at: Option<String>,
    /// For `If-Match`.
    pub version: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureDetail {
    #[serde(flatten)]
    pub summary: SignatureSummary,
    /// As `docs/signatures.md` describes.
    pub text: String,
    pub affects: String,
    pub fixed_in: String,
    pub cause: String,
    pub workaround: String,
    pub fix: String,
    pub verify: String,
    pub features: Vec<SignatureFeature>,
    pub bundle_id: Option<String>,
    /// The hypothesis that was confirmed: `H2`.
    pub hypothesis: Option<String>,
    /// Newest first.
    pub versions: Vec<SignatureVersion>,
    /// Newest first.
    pub matches: Vec<SignatureMatch>,
}

/// A line of the text.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureFeature {
    /// `message Tq2v5m3k4j6h7n4pa`, `code ORA-00060`
    pub feature: String,
    /// What the message says; empty for all others.
    pub words: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureVersion {
    pub version: u64,
    /// `drafted`, `edited`, `activated` or `retired`.
    pub kind: String,
    /// Where the text was changed.
    pub text: Option<String>,
    pub reason: String,
    pub at: String,
    pub actor: Person,
}

/// A bundle that looks like a signature.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureMatch {
    pub signature: String,
    pub name: String,
    pub stage: SignatureStage,
    /// The case that left the signature.
    pub origin_case: Option<String>,
    pub bundle_id: String,
    pub bundle_name: String,
    pub case_number: String,
    pub subject: String,
    /// From 1; 0 for one that was answered and fits no more.
    pub rank: u32,
    /// Weighed share of its features that the bundle has, from 0 to 1.
    pub score: f64,
    /// How often a bundle without this trouble would fit as well; null for too few cases to say.
    pub false_match: Option<f64>,
    /// What it is made of: other cases with a bundle, and how many of those would fit.
    pub other_cases: u64,
    pub other_cases_fitting: u64,
    /// Other cases that are needed for an estimate.
    pub other_cases_min: u64,
    pub shared: Vec<MatchReason>,
    /// Features the bundle has not.
    pub lacking: Vec<SignatureFeature>,
    pub affects: String,
    pub fixed_in: String,
    pub cause: String,
    pub workaround: String,
    pub fix: String,
    pub verify: String,
    pub matched_at: String,
    pub answer: Option<MatchAnswer>,
    /// Markdown as written.
    pub reason: Option<String>,
    pub answered_by: Option<Person>,
    pub answered_at: Option<String>,
    /// Of all answers to this signature.
    pub confirmed: u64,
    pub answered: u64,
}

/// What both have, and where the bundle says it first.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchReason {
    pub feature: String,
    pub words: String,
    /// The number of the file in the bundle.
    pub file: Option<u32>,
    pub line: Option<u64>,
}

/// What a case could leave behind.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureProposal {
    pub bundle_id: Option<String>,
    pub hypothesis: Option<String>,
    /// Empty when there is nothing to propose.
    pub text: String,
    pub features: usize,
    /// Why there is nothing to propose.
    pub none: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftSignature {
    pub text: String,
    /// The bundle it was drawn from.
    #[serde(default)]
    pub bundle_id: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureText {
    pub text: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureReason {
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerMatch {
    pub answer: MatchAnswer,
    /// Needed for one that is not this trouble.
    #[serde(default)]
    pub reason: String,
}
