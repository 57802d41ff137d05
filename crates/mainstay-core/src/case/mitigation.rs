//! Mitigations and workarounds: what is done before the cause is gone. None without its risk and its
//! way back, and one of high risk needs a second person who may approve it.

use serde::{Deserialize, Serialize};

use super::{
    Case, Event, LABEL_CHARACTERS_MAX, REASON_CHARACTERS_MAX, check_length, check_text,
    require_open,
};
use crate::Context;
use crate::id::UserId;
use crate::policy::{self, Action};
use crate::refusal::{Code, Refusal};

/// More are not mitigations but a maintenance plan.
const MITIGATIONS_PER_CASE_MAX: u32 = 500;

/// What it may break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    Low,
    Medium,
    High,
}

impl Risk {
    /// All of them, from the smallest.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A word that is no risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a risk: low, medium or high")]
pub struct NotARisk;

impl std::str::FromStr for Risk {
    type Err = NotARisk;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|risk| risk.as_str() == text).ok_or(NotARisk)
    }
}

/// How far a mitigation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MitigationState {
    Proposed,
    Approved,
    Applied,
    /// It was applied, and it helped.
    Helped,
    RolledBack,
    /// It was never applied.
    Dropped,
}

impl MitigationState {
    /// All of them, in the order of the printed table.
    pub const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Approved,
        Self::Applied,
        Self::Helped,
        Self::RolledBack,
        Self::Dropped,
    ];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Applied => "applied",
            Self::Helped => "helped",
            Self::RolledBack => "rolled_back",
            Self::Dropped => "dropped",
        }
    }

    /// Whether one may follow the other at all; who may do it is asked besides. What is of high risk
    /// is approved before it is applied.
    #[must_use]
    pub fn may_become(self, next: Self, risk: Risk) -> bool {
        use MitigationState as S;
        if (self, next) == (S::Proposed, S::Applied) {
            return risk != Risk::High;
        }
        matches!(
            (self, next),
            (S::Proposed, S::Approved | S::Dropped)
                | (S::Approved, S::Applied | S::Dropped)
                | (S::Applied, S::Helped | S::RolledBack)
                | (S::Helped, S::RolledBack)
        )
    }
}

/// A word that is no state of a mitigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a state: proposed, approved, applied, helped, rolled_back or dropped")]
pub struct NotAState;

impl std::str::FromStr for MitigationState {
    type Err = NotAState;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(NotAState)
    }
}

/// A mitigation of the case, as its rules need to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mitigation {
    /// Within the case, from 1.
    pub number: u32,
    pub risk: Risk,
    pub proposed_by: UserId,
    pub state: MitigationState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MitigationCommand {
    Propose { what: String, risk: Risk, risk_why: String, rollback: String, change: String },
    Move { mitigation: u32, to: MitigationState, note: String },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MitigationProposed {
    pub mitigation: u32,
    pub what: String,
    pub risk: Risk,
    /// What may break, and for whom.
    pub risk_why: String,
    /// How it is taken back, and what says that it must be.
    pub rollback: String,
    /// The change it is done under, by the name it has where changes are kept; empty without one.
    pub change: String,
    pub proposed_by: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MitigationMoved {
    pub mitigation: u32,
    pub to: MitigationState,
    pub note: String,
}

pub(super) fn decide(
    case: &Case,
    command: MitigationCommand,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    match command {
        MitigationCommand::Propose { what, risk, risk_why, rollback, change } => {
            require_open(case)?;
            check_text("what", &what, REASON_CHARACTERS_MAX)?;
            check_text("risk_why", &risk_why, REASON_CHARACTERS_MAX)?;
            check_text("rollback", &rollback, REASON_CHARACTERS_MAX)?;
            check_length("change", &change, LABEL_CHARACTERS_MAX)?;
            let mitigation = next_number(case)?;
            Ok(vec![Event::MitigationProposed(MitigationProposed {
                mitigation,
                what,
                risk,
                risk_why,
                rollback,
                change,
                proposed_by: context.actor.user,
            })])
        }
        MitigationCommand::Move { mitigation, to, note } => {
            let known = find(case, mitigation)?;
            // what was applied is taken back even when the case is resolved
            if to != MitigationState::RolledBack {
                require_open(case)?;
            }
            if known.state == to {
                return Ok(vec![]);
            }
            check_move(known, to, context)?;
            check_length("note", &note, REASON_CHARACTERS_MAX)?;
            if matches!(to, MitigationState::RolledBack | MitigationState::Dropped) {
                check_text("note", &note, REASON_CHARACTERS_MAX)?;
            }
            Ok(vec![Event::MitigationMoved(MitigationMoved { mitigation, to, note })])
        }
    }
}

fn check_move(known: &Mitigation, to: MitigationState, context: &Context) -> Result<(), Refusal> {
    if !known.state.may_become(to, known.risk) {
        let (from, to) = (known.state.as_str(), to.as_str());
        let detail = match known.risk {
            Risk::High => format!("a mitigation of high risk that is {from} cannot be {to}"),
            Risk::Low | Risk::Medium => format!("a mitigation that is {from} cannot be {to}"),
        };
        return Err(Refusal::conflict(detail));
    }
    let actor = &context.actor;
    if to == MitigationState::Approved {
        policy::authorise(actor, Action::ApproveMitigation)?;
        if actor.user == known.proposed_by {
            return Err(Refusal::new(
                Code::Forbidden,
                "somebody else than who proposed it approves a mitigation",
            ));
        }
    }
    Ok(())
}

fn find(case: &Case, number: u32) -> Result<&Mitigation, Refusal> {
    let found = case.mitigations.iter().find(|known| known.number == number);
    found.ok_or_else(|| Refusal::not_found(format!("no mitigation {number} in {}", case.number)))
}

fn next_number(case: &Case) -> Result<u32, Refusal> {
    let last = case.mitigations.iter().map(|known| known.number).max().unwrap_or(0);
    if last >= MITIGATIONS_PER_CASE_MAX {
        return Err(Refusal::conflict(format!(
            "{} has {MITIGATIONS_PER_CASE_MAX} mitigations, the most a case may have",
            case.number
        )));
    }
    Ok(last + 1)
}

pub(super) fn evolve(case: &mut Case, event: &Event) {
    match event {
        Event::MitigationProposed(proposed) => case.mitigations.push(Mitigation {
            number: proposed.mitigation,
            risk: proposed.risk,
            proposed_by: proposed.proposed_by,
            state: MitigationState::Proposed,
        }),
        Event::MitigationMoved(moved) => {
            for known in case.mitigations.iter_mut().filter(|it| it.number == moved.mitigation) {
                known.state = moved.to;
            }
        }
        _ => {}
    }
}
