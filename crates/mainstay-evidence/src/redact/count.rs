//! How much was hidden, never what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Places kept for each kind; a person checks a few, nobody checks a thousand.
pub(super) const PLACES_MAX: usize = 5;

/// How often a kind was hidden, and the first lines where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KindCount {
    pub count: u64,
    /// Physical lines, from 1. Never the value.
    pub lines: Vec<u64>,
}

/// What was hidden in a file, by the name of the kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RedactionCounts {
    pub kinds: BTreeMap<String, KindCount>,
}

impl RedactionCounts {
    /// How much was hidden in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.kinds.values().map(|kind| kind.count).sum()
    }

    /// Adds the counts of another session.
    pub fn merge(&mut self, other: &Self) {
        for (name, counted) in &other.kinds {
            let kind = self.kinds.entry(name.clone()).or_default();
            kind.count += counted.count;
            let room = PLACES_MAX.saturating_sub(kind.lines.len());
            kind.lines.extend(counted.lines.iter().take(room));
        }
    }
}
