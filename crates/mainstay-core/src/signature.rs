//! A signature: a trouble that was understood once, to be recognised in the next bundle.
//!
//! It is drafted from a resolved case, activated by somebody who may, and retired when the trouble
//! is no more. Only active ones are matched. What is *not* here: how a bundle is matched (evidence).

mod document;
mod estimate;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Context;
use crate::case::{REASON_CHARACTERS_MAX, check_length, check_text};
use crate::citation::{CaseNumber, HypothesisNumber};
use crate::id::{BundleId, CaseId, SignatureId};
use crate::refusal::Refusal;

pub use document::{
    Described, Document, FEATURES_MAX, Feature, MESSAGE_CHARACTERS_MAX, Mistake, Mistakes,
    NAME_CHARACTERS_MAX, TEXT_BYTES_MAX, parse,
};
pub use estimate::{CASES_MIN, Seen};

/// The number of a signature as people say it: `SIG-1012`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SignatureNumber(pub u32);

/// A text that is no number of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a signature like SIG-1012")]
pub struct NotASignature;

impl fmt::Display for SignatureNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SIG-{}", self.0)
    }
}

/// `SIG-1012` in any case, or the bare number.
impl FromStr for SignatureNumber {
    type Err = NotASignature;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = match text.get(..4) {
            Some(prefix) if prefix.eq_ignore_ascii_case("SIG-") => &text[4..],
            _ => text,
        };
        let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        digits.parse().ok().filter(|_| is_number).map(Self).ok_or(NotASignature)
    }
}

/// Is it matched?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Nobody has said yet that it is right.
    Draft,
    Active,
    /// The trouble is no more, or the signature was no good.
    Retired,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Active, Self::Retired];

    /// The word stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }
}

impl FromStr for Stage {
    type Err = NotASignature;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text).ok_or(NotASignature)
    }
}

/// A signature as folded from its stream; `None` before it was drafted.
pub type State = Option<Signature>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub id: SignatureId,
    pub number: SignatureNumber,
    pub stage: Stage,
    pub text: String,
    pub origin: Option<Origin>,
}

/// The case it was drafted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    pub case: CaseId,
    pub number: CaseNumber,
    pub bundle: Option<BundleId>,
    /// The hypothesis that was confirmed.
    pub hypothesis: Option<HypothesisNumber>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Draft(Drafted),
    Edit { text: String },
    Activate { reason: String },
    Retire { reason: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Drafted(Drafted),
    Edited(Edited),
    Activated(Activated),
    Retired(Retired),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drafted {
    pub signature: SignatureId,
    pub number: SignatureNumber,
    /// As `docs/signatures.md` describes; every format of it is read for ever.
    pub text: String,
    /// `None` for one that was imported.
    pub origin: Option<Origin>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edited {
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activated {
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    pub reason: String,
}

/// Which events follow from the command.
///
/// # Errors
/// `invalid` with the lines of a text that is no signature, `conflict` when the stage does not allow
/// it, `not_found` for one that was never drafted.
pub fn decide(state: &State, command: Command, _context: &Context) -> Result<Vec<Event>, Refusal> {
    match (state, command) {
        (None, Command::Draft(drafted)) => {
            Ok(vec![Event::Drafted(Drafted { text: canonical(&drafted.text)?, ..drafted })])
        }
        (Some(_), Command::Draft(_)) => Err(Refusal::conflict("the signature was drafted before")),
        (None, _) => Err(Refusal::not_found("no such signature")),
        (Some(signature), Command::Edit { text }) => {
            let text = canonical(&text)?;
            let unchanged = signature.text == text;
            Ok(if unchanged { vec![] } else { vec![Event::Edited(Edited { text })] })
        }
        (Some(signature), Command::Activate { reason }) => {
            check_length("reason", &reason, REASON_CHARACTERS_MAX)?;
            let active = signature.stage == Stage::Active;
            Ok(if active { vec![] } else { vec![Event::Activated(Activated { reason })] })
        }
        (Some(signature), Command::Retire { reason }) => {
            if signature.stage == Stage::Retired {
                return Ok(vec![]);
            }
            check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
            Ok(vec![Event::Retired(Retired { reason })])
        }
    }
}

/// The signature after the event.
#[must_use]
pub fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (_, Event::Drafted(drafted)) => Some(Signature {
            id: drafted.signature,
            number: drafted.number,
            stage: Stage::Draft,
            text: drafted.text.clone(),
            origin: drafted.origin.clone(),
        }),
        (Some(signature), Event::Edited(edited)) => {
            Some(Signature { text: edited.text.clone(), ..signature })
        }
        (Some(signature), Event::Activated(_)) => {
            Some(Signature { stage: Stage::Active, ..signature })
        }
        (Some(signature), Event::Retired(_)) => {
            Some(Signature { stage: Stage::Retired, ..signature })
        }
        (None, _) => None,
    }
}

/// The text as this version writes it: what is stored has one spelling, so that versions compare.
fn canonical(text: &str) -> Result<String, Refusal> {
    let document = parse(text).map_err(|mistakes| Refusal::invalid(mistakes.to_string()))?;
    Ok(document.to_string())
}
