//! What can happen to the policies: a version is published, and never changed.

use serde::{Deserialize, Serialize};

use super::policy::{PolicySet, PolicySetForm};
use crate::refusal::Refusal;

/// An entry of the stream of policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    PoliciesPublished(PoliciesPublished),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoliciesPublished {
    /// From 1, one after the other.
    pub version: u32,
    pub set: PolicySetForm,
    pub reason: String,
}

/// Publishes a set after `last`, the version before it, if the set makes sense.
///
/// # Errors
/// `invalid` names what is wrong with the set.
pub fn publish(last: u32, set: PolicySetForm, reason: String) -> Result<Event, Refusal> {
    PolicySet::new(set.clone()).map_err(|error| Refusal::invalid(error.to_string()))?;
    crate::case::check_length("reason", &reason, crate::case::REASON_CHARACTERS_MAX)?;
    Ok(Event::PoliciesPublished(PoliciesPublished { version: last + 1, set, reason }))
}
