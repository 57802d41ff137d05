//! The closing gate: a case is closed with how the end was confirmed, what the cause was, and what
//! stays of it for the next one: a signature and an article, or the reason why not.

use serde::{Deserialize, Serialize};

use super::{LABEL_CHARACTERS_MAX, REASON_CHARACTERS_MAX, check_text};
use crate::refusal::Refusal;

/// Who says that it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    Customer,
    Monitoring,
    /// Nobody did; the text says why it is closed all the same.
    Nobody,
}

impl Confirmation {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::Customer, Self::Monitoring, Self::Nobody];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Monitoring => "monitoring",
            Self::Nobody => "nobody",
        }
    }
}

/// What stays of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// One that was there fits.
    Linked,
    /// One was made of this case.
    Created,
    /// None is needed; the text says why.
    NotNeeded,
}

impl Kept {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::Linked, Self::Created, Self::NotNeeded];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Created => "created",
            Self::NotNeeded => "not_needed",
        }
    }
}

/// A word that is no answer to the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an answer: {expected}")]
pub struct NotAnAnswer {
    expected: &'static str,
}

impl std::str::FromStr for Confirmation {
    type Err = NotAnAnswer;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == text);
        found.ok_or(NotAnAnswer { expected: "customer, monitoring or nobody" })
    }
}

impl std::str::FromStr for Kept {
    type Err = NotAnAnswer;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == text);
        found.ok_or(NotAnAnswer { expected: "linked, created or not_needed" })
    }
}

/// An answer about a signature or an article: its name, or why none is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    pub kept: Kept,
    pub text: String,
}

/// The answers a case is closed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    pub confirmed: Confirmation,
    /// Who said it and where, or why nobody did.
    pub confirmed_how: String,
    pub cause: String,
    pub signature: Left,
    pub article: Left,
}

impl Gate {
    /// Every answer is there.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        check_text("confirmed_how", &self.confirmed_how, REASON_CHARACTERS_MAX)?;
        check_text("cause", &self.cause, REASON_CHARACTERS_MAX)?;
        for (field, left) in [("signature", &self.signature), ("article", &self.article)] {
            match left.kept {
                Kept::NotNeeded => check_text(field, &left.text, REASON_CHARACTERS_MAX)
                    .map_err(|_| Refusal::invalid(format!("say why no {field} is needed")))?,
                Kept::Linked | Kept::Created => check_text(field, &left.text, LABEL_CHARACTERS_MAX)
                    .map_err(|_| Refusal::invalid(format!("name the {field}")))?,
            }
        }
        Ok(())
    }
}
