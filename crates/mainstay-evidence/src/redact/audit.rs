//! What was hidden where and why, for the record that goes with a clean copy. Never a value.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::rule::Rule;

/// Places kept for each rule of a file; the counts are complete.
const PLACES_MAX: usize = 100;

/// How often a rule hid something in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The kind of our rule, or the name of the user's.
    pub rule: String,
    pub kind: String,
    pub count: u64,
    /// The first ones, in order.
    pub places: Vec<AuditPlace>,
}

/// Where a value stood in the file as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPlace {
    /// From 1.
    pub line: u64,
    /// Bytes from the start of the decoded line.
    pub offset: usize,
}

/// Collects the entries of a file.
#[derive(Debug, Default)]
pub(super) struct Audit {
    entries: BTreeMap<(Rule, Kind), (u64, Vec<AuditPlace>)>,
}

impl Audit {
    /// `offset` is known for what was found in the line as it was; what a later round finds only
    /// counts.
    pub(super) fn note(&mut self, rule: Rule, kind: Kind, line: u64, offset: Option<usize>) {
        let (count, places) = self.entries.entry((rule, kind)).or_default();
        *count += 1;
        if let Some(offset) = offset.filter(|_| line > 0 && places.len() < PLACES_MAX) {
            places.push(AuditPlace { line, offset });
        }
    }

    pub(super) fn finish(self, name: impl Fn(Rule) -> String) -> Vec<AuditEntry> {
        let entries = self.entries.into_iter();
        entries
            .map(|((rule, kind), (count, places))| AuditEntry {
                rule: name(rule),
                kind: kind.as_str().to_owned(),
                count,
                places,
            })
            .collect()
    }
}
