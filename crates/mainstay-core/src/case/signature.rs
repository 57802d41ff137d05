//! A case that leaves no signature says why; one that leaves one has a stream of its own for it.

use serde::{Deserialize, Serialize};

use super::{Case, Event, REASON_CHARACTERS_MAX, check_text};
use crate::refusal::Refusal;
use crate::status::Category;

/// Nothing of the case is worth to be known again: a question, a one-off, no evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureDeclined {
    pub reason: String,
}

pub(super) fn decline(case: &Case, reason: String) -> Result<Vec<Event>, Refusal> {
    if case.status.category() == Category::Open {
        return Err(Refusal::conflict(format!("{} is not solved; resolve it first", case.number)));
    }
    check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
    Ok(vec![Event::SignatureDeclined(SignatureDeclined { reason })])
}
