//! What can happen to the checklists: a version is published, and never changed.

use serde::{Deserialize, Serialize};

use super::checklist::{ChecklistSet, ChecklistSetForm};
use crate::refusal::Refusal;

/// An entry of the stream of checklists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    ChecklistsPublished(ChecklistsPublished),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistsPublished {
    /// From 1, one after the other.
    pub version: u32,
    pub set: ChecklistSetForm,
    pub reason: String,
}

/// Publishes a set after `last`, the version before it, if the set makes sense.
///
/// # Errors
/// `invalid` names what is wrong with the set.
pub fn publish(last: u32, set: ChecklistSetForm, reason: String) -> Result<Event, Refusal> {
    ChecklistSet::new(last + 1, set.clone())
        .map_err(|error| Refusal::invalid(error.to_string()))?;
    crate::case::check_length("reason", &reason, crate::case::REASON_CHARACTERS_MAX)?;
    Ok(Event::ChecklistsPublished(ChecklistsPublished { version: last + 1, set, reason }))
}
