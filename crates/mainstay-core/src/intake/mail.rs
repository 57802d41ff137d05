//! A report that comes by mail, as a mail program hands it over. Its parts mean what they mean at
//! every other door.

use serde::Deserialize;

use super::report::Report;
use crate::Severity;
use crate::citation::CaseNumber;
use crate::refusal::Refusal;

/// A mail's id is a line.
const MESSAGE_ID_CHARACTERS_MAX: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The same mail twice is one case.
    pub message_id: String,
    #[serde(default)]
    pub from: String,
    pub subject: String,
    #[serde(default)]
    pub text: String,
    /// `MS-1042`, when it belongs to a case.
    #[serde(default)]
    pub case: String,
    #[serde(default = "usual")]
    pub severity: Severity,
    #[serde(default)]
    pub customer: String,
    #[serde(default)]
    pub product: String,
    #[serde(default)]
    pub version: String,
    /// Of the sender.
    #[serde(default)]
    pub team: String,
    #[serde(default)]
    pub report: Report,
}

fn usual() -> Severity {
    Severity::P3
}

impl Mail {
    /// The case it belongs to, if it names one.
    ///
    /// # Errors
    /// `invalid` when the name is none, or the mail has no id.
    pub fn case_number(&self) -> Result<Option<CaseNumber>, Refusal> {
        let is_id = !self.message_id.is_empty()
            && self.message_id.len() <= MESSAGE_ID_CHARACTERS_MAX
            && self.message_id.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_id {
            return Err(Refusal::invalid(format!(
                "message_id must be 1 to {MESSAGE_ID_CHARACTERS_MAX} visible ASCII characters"
            )));
        }
        match self.case.trim() {
            "" => Ok(None),
            case => case
                .parse()
                .map(Some)
                .map_err(|_| Refusal::invalid("case must look like MS-1042, or be left out")),
        }
    }

    /// What a new case says of it: who wrote, and the words.
    #[must_use]
    pub fn description(&self) -> String {
        match self.from.trim() {
            "" => self.text.clone(),
            from => format!("From: {from}\n\n{}", self.text),
        }
    }
}
