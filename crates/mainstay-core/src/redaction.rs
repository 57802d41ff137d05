//! The team's rules for redaction: versions of one text, never changed. What a rule means and what
//! it costs is not here: the evidence crate reads the text before it is published.

use serde::{Deserialize, Serialize};

use crate::case::{REASON_CHARACTERS_MAX, check_text};
use crate::refusal::Refusal;

/// A text that a person can oversee; it stands in the log for ever.
const TEXT_BYTES_MAX: usize = 256 << 10;

/// An entry of the stream of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    RulesPublished(RulesPublished),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesPublished {
    /// From 1, one after the other.
    pub version: u32,
    /// As it was written, comments and all.
    pub text: String,
    pub reason: String,
}

/// Which rules a bundle was read with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesUsed {
    pub version: u32,
    /// The profile of the case's product, if there is one.
    pub profile: Option<String>,
}

/// Publishes the text after `last`, the version before it.
///
/// # Errors
/// `invalid` without a reason, or when text or reason are too long.
pub fn publish(last: u32, text: String, reason: String) -> Result<Event, Refusal> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::invalid(format!(
            "the rules have more than {} KiB",
            TEXT_BYTES_MAX >> 10
        )));
    }
    check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
    Ok(Event::RulesPublished(RulesPublished { version: last + 1, text, reason }))
}
