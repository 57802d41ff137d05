//! What the sender answers: the same document from the web form, HTTP, the command line and mail.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::{LABEL_CHARACTERS_MAX, NOTE_CHARACTERS_MAX, REASON_CHARACTERS_MAX, check_length};
use crate::refusal::Refusal;

/// Steps, ids and attempts that somebody wrote by hand.
const LIST_MAX: usize = 50;

/// Every field may be empty: what is missing is judged, not refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    pub component: String,
    pub version: String,
    pub window: Window,
    /// Request, trace, tenant or object ids.
    pub identifiers: Vec<String>,
    /// How to make it happen, step by step.
    pub steps: Vec<String>,
    /// Or under which conditions it happens ...
    pub conditions: String,
    /// ... and how often.
    pub frequency: String,
    pub expected: String,
    pub actual: String,
    /// The exact words of the error.
    pub error_text: String,
    /// There is no error in any log.
    pub not_logged: bool,
    pub impact: Impact,
    pub tried: Vec<Tried>,
    /// What changed before, or "none known".
    pub changes: String,
    pub hypothesis: String,
    /// What is wanted from the receiver.
    pub ask: String,
    /// Who answers questions.
    pub owner: String,
    /// Answers to the checklist's own questions, by id.
    pub answers: BTreeMap<String, String>,
    /// Items that do not apply, with the reason.
    pub not_applicable: BTreeMap<String, String>,
}

/// When it happened. The texts are kept as written: a missing zone is part of the finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Window {
    pub from: String,
    pub to: String,
    pub ongoing: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Impact {
    pub who: String,
    pub how_many: String,
    /// What it costs them.
    pub effect: String,
    /// Or "none".
    pub workaround: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tried {
    pub step: String,
    pub result: String,
}

impl Report {
    /// The texts that the evidence is asked for.
    pub fn searched(&self) -> impl Iterator<Item = &str> {
        let single = [self.version.as_str(), self.error_text.as_str()];
        let all = self.identifiers.iter().map(String::as_str).chain(single);
        all.map(str::trim).filter(|text| !text.is_empty())
    }

    /// The fields in which two reports differ, for whoever edited an older one.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("component", self.component != other.component),
            ("version", self.version != other.version),
            ("window", self.window != other.window),
            ("identifiers", self.identifiers != other.identifiers),
            ("steps", self.steps != other.steps),
            ("conditions", self.conditions != other.conditions),
            ("frequency", self.frequency != other.frequency),
            ("expected", self.expected != other.expected),
            ("actual", self.actual != other.actual),
            ("error text", self.error_text != other.error_text),
            ("not logged", self.not_logged != other.not_logged),
            ("impact", self.impact != other.impact),
            ("tried", self.tried != other.tried),
            ("changes", self.changes != other.changes),
            ("hypothesis", self.hypothesis != other.hypothesis),
            ("ask", self.ask != other.ask),
            ("owner", self.owner != other.owner),
            ("answers", self.answers != other.answers),
            ("not applicable", self.not_applicable != other.not_applicable),
        ];
        pairs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
    }

    /// Bounds only: what it says is judged by `assess`.
    ///
    /// # Errors
    /// `invalid` names the field and its bound.
    pub fn check(&self) -> Result<(), Refusal> {
        let lists = [
            ("identifiers", self.identifiers.len()),
            ("steps", self.steps.len()),
            ("tried", self.tried.len()),
            ("answers", self.answers.len()),
            ("not_applicable", self.not_applicable.len()),
        ];
        for (field, count) in lists {
            if count > LIST_MAX {
                return Err(Refusal::invalid(format!("{field} has more than {LIST_MAX} entries")));
            }
        }
        for label in
            [&self.component, &self.version, &self.owner, &self.window.from, &self.window.to]
        {
            check_length("component, version, owner and moments", label, LABEL_CHARACTERS_MAX)?;
        }
        let mut characters = 0;
        for (field, text) in self.texts() {
            check_length(field, text, REASON_CHARACTERS_MAX)?;
            characters += text.chars().count();
        }
        if characters > NOTE_CHARACTERS_MAX {
            return Err(Refusal::invalid(format!(
                "a report has at most {NOTE_CHARACTERS_MAX} characters; attach a bundle instead"
            )));
        }
        Ok(())
    }

    fn texts(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let Impact { who, how_many, effect, workaround } = &self.impact;
        let single = [
            ("conditions", &self.conditions),
            ("frequency", &self.frequency),
            ("expected", &self.expected),
            ("actual", &self.actual),
            ("error_text", &self.error_text),
            ("impact", who),
            ("impact", how_many),
            ("impact", effect),
            ("impact", workaround),
            ("changes", &self.changes),
            ("hypothesis", &self.hypothesis),
            ("ask", &self.ask),
        ];
        let tried = self.tried.iter().flat_map(|it| [("tried", &it.step), ("tried", &it.result)]);
        let answers =
            self.answers.iter().flat_map(|(id, text)| [("answers", id), ("answers", text)]);
        let not = self.not_applicable.iter();
        let not = not.flat_map(|(id, text)| [("not_applicable", id), ("not_applicable", text)]);
        single
            .into_iter()
            .chain(self.identifiers.iter().map(|it| ("identifiers", it)))
            .chain(self.steps.iter().map(|it| ("steps", it)))
            .chain(tried)
            .chain(answers)
            .chain(not)
    }
}
