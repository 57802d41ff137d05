//! What is asked of which cases: an immutable set of checklists, in one document.
//!
//! The first checklist that matches in the order of `position` holds; a case that none matches gets
//! the built-in one, which is also what holds before anything was published.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Severity;
use crate::sla::Attributes;
use crate::sla::policy::Filter;

/// A set that people can still oversee.
const CHECKLISTS_MAX: usize = 200;
/// Who asks for more gets less.
const ITEMS_MAX: usize = 40;
/// A weight is a share of about a hundred.
const WEIGHT_MAX: u32 = 100;
/// A question, a hint and a command are shown whole.
const TEXT_CHARACTERS_MAX: usize = 500;
/// The name of the checklist that is always there.
pub const BUILT_IN: &str = "built-in";

/// The document, as people write it and as a version keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistSetForm {
    pub checklists: Vec<Checklist>,
}

/// What is asked of the cases that match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    pub name: String,
    /// The order in which checklists are tried; no two share one.
    pub position: u32,
    /// The conditions of the policies (docs/sla.md): product, severity, tier, ...
    #[serde(default, skip_serializing_if = "Filter::is_empty")]
    pub filter: Filter,
    /// The score to submit with, by severity. P1 has none: it is never blocked.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub thresholds: BTreeMap<Severity, u32>,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub check: Check,
    pub weight: u32,
    /// Names a question; every other check is named by its own word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What a question asks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How to find it out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// What to run to fill the gap.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub command: String,
}

/// What a machine looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// A bundle that was read covers the window.
    Evidence,
    /// Start, end or ongoing, each with a zone.
    Window,
    /// The component and its exact version.
    Version,
    /// Steps, or conditions with a frequency.
    Reproduction,
    /// Expected against actual, with the exact error.
    Difference,
    /// Request, trace, tenant or object ids.
    Identifiers,
    /// Who, how many, what it costs, a workaround.
    Impact,
    /// What was tried, and what came of it.
    Tried,
    /// What changed before.
    Changes,
    /// What is wanted, and who answers questions.
    Ask,
    /// A question of the checklist's own.
    Question,
}

impl Check {
    /// All of them, in the order of the built-in checklist.
    pub const ALL: [Self; 11] = [
        Self::Evidence,
        Self::Window,
        Self::Version,
        Self::Reproduction,
        Self::Difference,
        Self::Identifiers,
        Self::Impact,
        Self::Tried,
        Self::Changes,
        Self::Ask,
        Self::Question,
    ];

    /// The word in documents and answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Window => "window",
            Self::Version => "version",
            Self::Reproduction => "reproduction",
            Self::Difference => "difference",
            Self::Identifiers => "identifiers",
            Self::Impact => "impact",
            Self::Tried => "tried",
            Self::Changes => "changes",
            Self::Ask => "ask",
            Self::Question => "question",
        }
    }

    /// Of a hundred, in the built-in checklist.
    fn weight(self) -> u32 {
        match self {
            Self::Evidence => 15,
            Self::Window | Self::Version | Self::Reproduction => 12,
            Self::Difference | Self::Identifiers | Self::Impact => 10,
            Self::Tried => 8,
            Self::Changes => 6,
            Self::Ask => 5,
            Self::Question => 0,
        }
    }
}

impl Item {
    /// The name under which it is answered and judged.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.check == Check::Question { &self.id } else { self.check.as_str() }
    }

    fn of(check: Check) -> Self {
        let (id, text, hint, command) = <_>::default();
        Self { check, weight: check.weight(), id, text, hint, command }
    }
}

impl Checklist {
    /// What holds where nothing else was published.
    #[must_use]
    pub fn built_in() -> Self {
        let checks = Check::ALL.into_iter().filter(|check| *check != Check::Question);
        Self {
            name: BUILT_IN.to_owned(),
            position: u32::MAX,
            filter: Filter::default(),
            thresholds: BTreeMap::new(),
            items: checks.map(Item::of).collect(),
        }
    }

    /// The score to submit with; `None` when nothing blocks.
    #[must_use]
    pub fn threshold(&self, severity: Severity) -> Option<u32> {
        let usual = match severity {
            Severity::P1 => return None,
            Severity::P2 => 50,
            Severity::P3 => 70,
            Severity::P4 => 80,
        };
        Some(self.thresholds.get(&severity).copied().unwrap_or(usual))
    }

    fn check(&self) -> Result<(), ChecklistError> {
        let name = || self.name.clone();
        if self.name.trim().is_empty() || self.name == BUILT_IN {
            return Err(ChecklistError::Name);
        }
        if self.items.is_empty() || self.items.len() > ITEMS_MAX {
            return Err(ChecklistError::Items { checklist: name() });
        }
        let mut conditions = self.filter.all.iter().chain(&self.filter.any);
        if conditions.any(|condition| condition.is.is_empty()) {
            return Err(ChecklistError::NoValues { checklist: name() });
        }
        if self.thresholds.contains_key(&Severity::P1) {
            return Err(ChecklistError::Blocked { checklist: name() });
        }
        if self.thresholds.values().any(|score| *score > 100) {
            return Err(ChecklistError::Threshold { checklist: name() });
        }
        let mut seen = BTreeSet::new();
        for item in &self.items {
            self.check_item(item)?;
            if !seen.insert(item.name()) {
                let item = item.name().to_owned();
                return Err(ChecklistError::Twice { checklist: name(), item });
            }
        }
        Ok(())
    }

    fn check_item(&self, item: &Item) -> Result<(), ChecklistError> {
        let checklist = self.name.clone();
        let is_question = item.check == Check::Question;
        let is_named = item.id.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            && !item.id.is_empty()
            && Check::ALL.iter().all(|check| check.as_str() != item.id);
        if is_question && (!is_named || item.text.trim().is_empty()) {
            return Err(ChecklistError::Question { checklist });
        }
        let texts = [&item.text, &item.hint, &item.command];
        let too_long = texts.iter().any(|text| text.chars().count() > TEXT_CHARACTERS_MAX);
        if !(1..=WEIGHT_MAX).contains(&item.weight) || too_long {
            return Err(ChecklistError::Item { checklist, item: item.name().to_owned() });
        }
        let asks = !item.id.is_empty() || !item.text.is_empty();
        if asks && !is_question {
            let item = item.name().to_owned();
            return Err(ChecklistError::NoQuestion { checklist, item });
        }
        Ok(())
    }
}

/// Why a set is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChecklistError {
    #[error("a set has at most {CHECKLISTS_MAX} checklists")]
    TooMany,
    #[error("a checklist has a name, and it is not {BUILT_IN:?}")]
    Name,
    #[error("checklist {checklist:?} shares position {position}; positions are unique")]
    Position { checklist: String, position: u32 },
    #[error("checklist {checklist:?} must have 1 to {ITEMS_MAX} items")]
    Items { checklist: String },
    #[error("checklist {checklist:?} has a condition without values")]
    NoValues { checklist: String },
    #[error("checklist {checklist:?} has a threshold for P1, which is never blocked; remove it")]
    Blocked { checklist: String },
    #[error("checklist {checklist:?} has a threshold above 100")]
    Threshold { checklist: String },
    #[error("checklist {checklist:?} asks for {item:?} twice; keep one")]
    Twice { checklist: String, item: String },
    #[error(
        "checklist {checklist:?} has a question without a text or an id of its own in a-z and _"
    )]
    Question { checklist: String },
    #[error(
        "checklist {checklist:?}, item {item:?}: weights are 1 to {WEIGHT_MAX}, texts have at most \
         {TEXT_CHARACTERS_MAX} characters"
    )]
    Item { checklist: String, item: String },
    #[error("checklist {checklist:?}, item {item:?}: only a question has an id and a text")]
    NoQuestion { checklist: String, item: String },
}

/// A checked set.
#[derive(Debug, Clone)]
pub struct ChecklistSet {
    version: u32,
    /// In the order in which they are tried; the built-in one is the last.
    checklists: Vec<Checklist>,
}

impl ChecklistSet {
    /// What holds before anything was published: version 0.
    #[must_use]
    pub fn built_in() -> Self {
        Self { version: 0, checklists: vec![Checklist::built_in()] }
    }

    /// Checks a document.
    ///
    /// # Errors
    /// The first entry that makes no sense, by name.
    pub fn new(version: u32, form: ChecklistSetForm) -> Result<Self, ChecklistError> {
        if form.checklists.len() > CHECKLISTS_MAX {
            return Err(ChecklistError::TooMany);
        }
        let mut checklists = form.checklists;
        checklists.sort_by_key(|checklist| checklist.position);
        for pair in checklists.windows(2) {
            if pair[0].position == pair[1].position {
                let (checklist, position) = (pair[1].name.clone(), pair[1].position);
                return Err(ChecklistError::Position { checklist, position });
            }
        }
        for checklist in &checklists {
            checklist.check()?;
        }
        checklists.push(Checklist::built_in());
        Ok(Self { version, checklists })
    }

    /// Its number; 0 for the built-in one.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// What is asked of a case.
    #[must_use]
    pub fn choose(&self, attributes: Attributes<'_>) -> &Checklist {
        let fits = |checklist: &&Checklist| checklist.filter.matches(attributes);
        let last = self.checklists.len() - 1;
        // the built-in one matches every case and is always there
        self.checklists.iter().find(fits).unwrap_or(&self.checklists[last])
    }
}
