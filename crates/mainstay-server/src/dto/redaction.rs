//! The team's redaction rules, what they do, and the way back.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Role;
use super::session::Person;

/// A published version of the rules.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedactionRules {
    /// From 1; 0 when none was published.
    pub version: u32,
    /// As docs/redaction.md describes.
    pub text: String,
    pub reason: String,
    pub published_at: Option<String>,
    pub published_by: Option<Person>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishRedactionRules {
    /// As docs/redaction.md describes.
    pub text: String,
    pub reason: String,
}

/// Lines to try rules on. Nothing of it is kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryRedaction {
    pub rules: String,
    /// Whose profile is used too.
    #[serde(default)]
    pub product: String,
    /// The path of the file that the lines would stand in.
    #[serde(default)]
    pub path: String,
    #[serde(default)]
    pub text: String,
}

/// What rules make of the lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct TriedRedaction {
    /// Rules for every product.
    pub rules: u64,
    pub profiles: Vec<RulesProfile>,
    /// The profile that the product chose.
    pub profile: Option<String>,
    /// The rules can be published if there is none.
    pub mistakes: Vec<RulesMistake>,
    /// Empty when the rules cannot be used.
    pub lines: Vec<ShownLine>,
}

/// The rules of one product.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulesProfile {
    pub name: String,
    pub rules: u64,
}

/// What is wrong with the rules, and where.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulesMistake {
    /// From 1; 0 when it is about the whole text.
    pub line: u64,
    /// In characters, from 1.
    pub column: u64,
    pub message: String,
}

/// A line before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownLine {
    pub line: u64,
    /// The whole line, in order.
    pub parts: Vec<ShownPart>,
    /// What becomes of it, where that is more than each part with its replacement.
    pub after: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ShownPart {
    pub text: String,
    pub hit: Option<ShownHit>,
}

/// Why a part goes, and what stands there then.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownHit {
    pub kind: String,
    pub rule: String,
    pub reason: String,
    pub replacement: String,
}

/// The team's rules that a bundle was redacted with, besides those that are built in.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulesUsed {
    pub version: u32,
    /// The profile of the case's product.
    pub profile: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HiddenKind {
    pub kind: String,
    pub count: u64,
}

/// How a bundle was redacted, and who may look behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BundleRedaction {
    pub rules: Option<RulesUsed>,
    pub kinds: Vec<HiddenKind>,
    /// How many pseudonyms lead back by the sealed map; null where no map was kept.
    pub identities: Option<u64>,
    /// Has the desk a reveal key now?
    pub has_key: bool,
    pub may_reveal: Vec<Role>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// As it stands in a line.
    pub pseudonym: String,
    /// Kept in the log with who and when, never with the value.
    pub reason: String,
}

/// Whom a pseudonym stands for. Not to be kept.
#[derive(Serialize, ToSchema)]
pub struct Revealed {
    pub value: String,
}

/// What would be hidden in a bundle that waits for a decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct BundlePreview {
    pub id: String,
    pub size_bytes: u64,
    pub rules: Option<RulesUsed>,
    pub files_total: u64,
    /// What could not be opened or read.
    pub problems: u64,
    pub kinds: Vec<HiddenKind>,
    /// Those with something hidden or withheld, the most first.
    pub files: Vec<PreviewFile>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewFile {
    pub path: String,
    /// No text: nothing of its content is kept.
    pub withheld: bool,
    pub kinds: Vec<HiddenKind>,
    pub examples: Vec<ShownLine>,
}
