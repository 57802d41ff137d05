//! A bundle that looks like a known trouble: which signatures fit, why, and what people say of it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Bundle, Event, Progress};
use crate::case::{REASON_CHARACTERS_MAX, check_length, check_text};
use crate::citation::CaseNumber;
use crate::id::SignatureId;
use crate::refusal::Refusal;
use crate::signature::{FEATURES_MAX, Seen, SignatureNumber};

/// A bundle that fits more is like everything.
pub const MATCHES_MAX: usize = 10;

/// The bundle was set beside the active signatures. The newest such event holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognised {
    /// How many active signatures there were.
    pub asked: u64,
    /// Those that fit, best first.
    pub matches: Vec<SignatureMatch>,
}

/// A signature that fits, as it was at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureMatch {
    pub signature: SignatureId,
    pub number: SignatureNumber,
    /// The version of its stream that was matched.
    pub version: u64,
    pub name: String,
    /// The case it was drafted from.
    pub case: Option<CaseNumber>,
    /// Weighed share of its features that the bundle has, in thousandths.
    pub score: u32,
    /// How other cases on the desk fit: what the false-match estimate is made of.
    pub seen: Seen,
    /// The reason.
    pub shared: Vec<Shared>,
    /// Features that the bundle has not, as the text of a signature writes them.
    pub lacking: Vec<String>,
}

/// A feature that both have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// As the text of a signature writes it, without the words of a message.
    pub feature: String,
    pub words: String,
    /// The file and the line where the bundle says it first.
    pub place: Option<(u32, u64)>,
}

/// What somebody says of a match. The newest answer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchAnswered {
    pub signature: SignatureId,
    pub number: SignatureNumber,
    pub answer: Answer,
    pub reason: String,
}

/// Is it this trouble?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Confirmed,
    NotThis,
}

impl Answer {
    /// The word stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::NotThis => "not_this",
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A word that is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an answer")]
pub struct NotAnAnswer;

impl FromStr for Answer {
    type Err = NotAnAnswer;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Confirmed, Self::NotThis]
            .into_iter()
            .find(|it| it.as_str() == text)
            .ok_or(NotAnAnswer)
    }
}

/// Nothing fits and nothing fitted: that is no event.
pub(super) fn recognise(bundle: &Bundle, recognised: Recognised) -> Result<Vec<Event>, Refusal> {
    if !matches!(bundle.progress, Progress::Ready(_)) {
        return Err(Refusal::conflict("the bundle is not readable yet"));
    }
    let many = |it: &SignatureMatch| it.shared.len() + it.lacking.len() > FEATURES_MAX + 1;
    if recognised.matches.len() > MATCHES_MAX || recognised.matches.iter().any(many) {
        return Err(Refusal::invalid("there are more matches or features than a match has"));
    }
    if recognised.matches.is_empty() && bundle.recognised.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![Event::Recognised(recognised)])
}

pub(super) fn answer(bundle: &Bundle, answered: MatchAnswered) -> Result<Vec<Event>, Refusal> {
    if !bundle.recognised.contains(&answered.signature) {
        return Err(Refusal::not_found(format!(
            "the bundle was not recognised by {}; load it again",
            answered.number
        )));
    }
    match answered.answer {
        Answer::Confirmed => check_length("reason", &answered.reason, REASON_CHARACTERS_MAX)?,
        Answer::NotThis => check_text("reason", &answered.reason, REASON_CHARACTERS_MAX)?,
    }
    Ok(vec![Event::MatchAnswered(answered)])
}

pub(super) fn evolve(bundle: &mut Bundle, recognised: &Recognised) {
    for found in &recognised.matches {
        if !bundle.recognised.contains(&found.signature) {
            bundle.recognised.push(found.signature);
        }
    }
}
