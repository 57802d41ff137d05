//! Two cases of one customer about one thing become one case, and can become two again.

use super::{
    Both, Breached, Event, MergeReleased, MergeTook, MergedInto, Unmerged, require_not_closed,
    require_unmerged, same_customer,
};
use crate::case::swarm::require_none_running;
use crate::case::{Case, REASON_CHARACTERS_MAX, check_length, check_text};
use crate::refusal::Refusal;
use crate::time::UtcMicros;

/// What the parent takes over of the child's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// When the child began, with all that it had taken in.
    pub started_at: UtcMicros,
    pub promised: Option<UtcMicros>,
    pub breached: Vec<Breached>,
}

/// Merges `child` into `parent`: the events of the child and of the parent. Both are cases that
/// nobody merged, so a chain of merges always ends.
///
/// # Errors
/// `invalid` for a case into itself, `conflict` for closed or merged cases and for different
/// customers, who may never see each other's people.
pub fn merge(child: &Case, parent: &Case, taken: Taken, reason: &str) -> Result<Both, Refusal> {
    check_length("reason", reason, REASON_CHARACTERS_MAX)?;
    if child.id == parent.id {
        return Err(Refusal::invalid(format!("{} cannot be merged into itself", child.number)));
    }
    require_unmerged(child)?;
    if let Some((_, into)) = parent.related.merged_into {
        return Err(Refusal::conflict(format!(
            "{} was merged into {into}; merge into that one",
            parent.number
        )));
    }
    require_not_closed(child)?;
    require_not_closed(parent)?;
    // what is left open there nobody would look at any more
    require_none_running(child)?;
    if child.handoff.is_some() {
        return Err(Refusal::conflict(format!(
            "{} waits to be taken by the next shift; let it be accepted or refused first",
            child.number
        )));
    }
    if !same_customer(child, parent) {
        return Err(Refusal::conflict(format!(
            "{} and {} are not known to be of one customer; link them instead, or choose the \
             customer first",
            child.number, parent.number
        )));
    }
    let reason = reason.to_owned();
    let into = MergedInto { into: parent.id, number: parent.number, reason: reason.clone() };
    let Taken { started_at, promised, breached } = taken;
    let took =
        MergeTook { child: child.id, number: child.number, reason, started_at, promised, breached };
    Ok((Event::MergedInto(into), Event::MergeTook(took)))
}

/// Takes a merge back: the child is as it was, and the parent counts from its own beginning again.
///
/// # Errors
/// `invalid` without a reason, `conflict` when it was not merged into that one, or when that one
/// went on into another itself.
pub fn unmerge(child: &Case, parent: &Case, reason: &str) -> Result<Both, Refusal> {
    check_text("reason", reason, REASON_CHARACTERS_MAX)?;
    if child.related.merged_into.map(|(id, _)| id) != Some(parent.id) {
        return Err(Refusal::conflict(format!("{} is not merged into another case", child.number)));
    }
    if let Some((_, into)) = parent.related.merged_into {
        return Err(Refusal::conflict(format!(
            "{} went on into {into}; un-merge that one first",
            parent.number
        )));
    }
    let reason = reason.to_owned();
    let from = Unmerged { from: parent.id, number: parent.number, reason: reason.clone() };
    let released = MergeReleased { child: child.id, number: child.number, reason };
    Ok((Event::Unmerged(from), Event::MergeReleased(released)))
}
