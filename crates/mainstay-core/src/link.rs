//! How cases belong together: links, merges and splits.
//!
//! Every change concerns two cases and is written to both in one transaction, so both timelines tell
//! it. What is *not* here: where the cases come from, and who is told (`contact`).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::case::{Case, REASON_CHARACTERS_MAX, check_length};
use crate::citation::CaseNumber;
use crate::customer::name_key;
use crate::id::CaseId;
use crate::refusal::Refusal;
use crate::status::Status;

mod event;
mod merge;
mod split;

pub use event::{
    Breached, Event, Linked, MergeReleased, MergeTook, MergedInto, MessageTaken, SplitFrom,
    SplitOff, Unlinked, Unmerged,
};
pub use merge::{Taken, merge, unmerge};
pub use split::{MESSAGES_MAX, Message, Parts, split};

/// More links than this are a list of something else.
pub const LINKS_PER_CASE_MAX: usize = 500;

/// What a case is to another. The direction is part of the meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    DuplicateOf,
    CausedBy,
    /// What is told about the other one is told here too.
    AffectedBy,
    FollowUpOf,
    SplitFrom,
    ParentOf,
}

impl Relation {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::DuplicateOf,
        Self::CausedBy,
        Self::AffectedBy,
        Self::FollowUpOf,
        Self::SplitFrom,
        Self::ParentOf,
    ];

    /// The word stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DuplicateOf => "duplicate-of",
            Self::CausedBy => "caused-by",
            Self::AffectedBy => "affected-by",
            Self::FollowUpOf => "follow-up-of",
            Self::SplitFrom => "split-from",
            Self::ParentOf => "parent-of",
        }
    }

    /// The same link, said by the other case.
    #[must_use]
    pub fn inverse(self) -> &'static str {
        match self {
            Self::DuplicateOf => "duplicated-by",
            Self::CausedBy => "causes",
            Self::AffectedBy => "affects",
            Self::FollowUpOf => "followed-up-by",
            Self::SplitFrom => "split-into",
            Self::ParentOf => "child-of",
        }
    }

    /// Whether following it must come to an end.
    #[must_use]
    pub fn is_acyclic(self) -> bool {
        matches!(self, Self::DuplicateOf | Self::CausedBy | Self::ParentOf)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A word that names no relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a relation: use duplicate-of, caused-by, affected-by, follow-up-of, split-from or parent-of"
)]
pub struct NotARelation;

impl FromStr for Relation {
    type Err = NotARelation;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(NotARelation)
    }
}

/// A relation as either of its cases says it.
///
/// # Errors
/// A word that neither end uses.
pub fn parse_word(word: &str) -> Result<(Relation, End), NotARelation> {
    let ends = Relation::ALL.into_iter().flat_map(|it| [(it, End::From), (it, End::To)]);
    ends.into_iter().find(|(it, end)| end.word(*it) == word).ok_or(NotARelation)
}

/// At which end of a link a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The case is what the relation says.
    From,
    /// The other one is.
    To,
}

impl End {
    /// The relation as the case at this end says it.
    #[must_use]
    pub fn word(self, relation: Relation) -> &'static str {
        match self {
            Self::From => relation.as_str(),
            Self::To => relation.inverse(),
        }
    }
}

/// What of a case is about other cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Related {
    /// Whose case it is, by name, chosen from the list or not.
    pub customer: String,
    pub links: BTreeSet<(Relation, End, CaseId)>,
    /// Where it went; its history stays, and every address of it leads there.
    pub merged_into: Option<(CaseId, CaseNumber)>,
    /// What was merged into it.
    pub merged: BTreeSet<CaseId>,
}

/// Two events: one for the stream of each case.
pub type Both = (Event, Event);

/// Links two cases. `above` is everything that follows from `to` along the relation.
///
/// # Errors
/// `invalid` for a link to itself, `conflict` for a cycle or a merged case.
pub fn link(
    from: &Case,
    to: &Case,
    relation: Relation,
    reason: &str,
    above: &BTreeSet<CaseId>,
) -> Result<Option<Both>, Refusal> {
    check_length("reason", reason, REASON_CHARACTERS_MAX)?;
    if from.id == to.id {
        return Err(Refusal::invalid(format!("{} cannot be linked to itself", from.number)));
    }
    require_unmerged(from)?;
    require_unmerged(to)?;
    if from.related.links.contains(&(relation, End::From, to.id)) {
        return Ok(None);
    }
    if relation.is_acyclic() && above.contains(&from.id) {
        return Err(Refusal::conflict(format!(
            "{} is {relation} {} already, directly or through others; the link would be a circle",
            to.number, from.number
        )));
    }
    for case in [from, to] {
        if case.related.links.len() >= LINKS_PER_CASE_MAX {
            return Err(Refusal::conflict(format!(
                "{} has {LINKS_PER_CASE_MAX} links, the most a case may have",
                case.number
            )));
        }
    }
    Ok(Some(linked(from, to, relation, reason)))
}

fn linked(from: &Case, to: &Case, relation: Relation, reason: &str) -> Both {
    let at = |end, other: &Case| {
        let (other, number) = (other.id, other.number);
        Event::Linked(Linked { relation, end, other, number, reason: reason.to_owned() })
    };
    (at(End::From, to), at(End::To, from))
}

/// Takes a link away; what the timelines told of it stays.
///
/// # Errors
/// `not_found` when there is no such link.
pub fn unlink(from: &Case, to: &Case, relation: Relation, reason: &str) -> Result<Both, Refusal> {
    check_length("reason", reason, REASON_CHARACTERS_MAX)?;
    if !from.related.links.contains(&(relation, End::From, to.id)) {
        let detail = format!("{} is not {relation} {}", from.number, to.number);
        return Err(Refusal::not_found(detail));
    }
    let at = |end, other: &Case| {
        let (other, number) = (other.id, other.number);
        Event::Unlinked(Unlinked { relation, end, other, number, reason: reason.to_owned() })
    };
    Ok((at(End::From, to), at(End::To, from)))
}

/// What is written to a merged case is written where nobody looks.
///
/// # Errors
/// `conflict` names the case it went to.
pub fn require_unmerged(case: &Case) -> Result<(), Refusal> {
    match case.related.merged_into {
        None => Ok(()),
        Some((_, into)) => Err(Refusal::conflict(format!(
            "{} was merged into {into}; write there, or un-merge it first",
            case.number
        ))),
    }
}

/// Whether two cases are known to be of one customer: both chosen from the list, or both named alike.
#[must_use]
pub fn same_customer(one: &Case, other: &Case) -> bool {
    let chosen = |case: &Case| case.customer.as_ref().and_then(|set| set.customer);
    match (chosen(one), chosen(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            let (one, other) = (name_key(&one.related.customer), name_key(&other.related.customer));
            !one.is_empty() && one == other
        }
        _ => false,
    }
}

fn require_not_closed(case: &Case) -> Result<(), Refusal> {
    if case.status == Status::Closed {
        return Err(Refusal::conflict(format!(
            "{} is closed; link the cases instead",
            case.number
        )));
    }
    Ok(())
}

/// The case after an event of its relations.
pub fn evolve(case: &mut Case, event: &Event) {
    let related = &mut case.related;
    match event {
        Event::Linked(Linked { relation, end, other, .. }) => {
            related.links.insert((*relation, *end, *other));
        }
        Event::Unlinked(Unlinked { relation, end, other, .. }) => {
            related.links.remove(&(*relation, *end, *other));
        }
        Event::MergedInto(merged) => related.merged_into = Some((merged.into, merged.number)),
        Event::Unmerged(_) => related.merged_into = None,
        Event::MergeTook(took) => {
            related.merged.insert(took.child);
        }
        Event::MergeReleased(released) => {
            related.merged.remove(&released.child);
        }
        Event::SplitOff(_) | Event::SplitFrom(_) | Event::MessageTaken(_) => {}
    }
}
