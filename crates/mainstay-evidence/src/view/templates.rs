//! Which events a selection is made of.

use std::collections::{BTreeMap, BTreeSet};

use mainstay_core::{Level, UtcMicros};

use super::{Bundle, Selection};
use crate::finding::Place;

/// The most frequent templates; the rest is counted: `sum(items.count) + others_records` is the
/// number of selected records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateList {
    pub items: Vec<TemplateRow>,
    /// Templates beyond the limit.
    pub others: u64,
    pub others_records: u64,
}

/// A template within a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    pub id: String,
    pub text: String,
    /// Selected records.
    pub count: u64,
    /// The most urgent level its records state.
    pub level: Option<Level>,
    /// How many sources wrote it.
    pub sources: u64,
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
    /// Its first selected record.
    pub example: Option<Place>,
}

#[derive(Default)]
struct Tally {
    count: u64,
    level: Option<Level>,
    sources: BTreeSet<u32>,
    first: Option<UtcMicros>,
    last: Option<UtcMicros>,
    example: Option<u32>,
}

impl Bundle {
    /// The `limit` most frequent templates of the selection, and how many there are besides.
    #[must_use]
    pub fn templates(&self, selection: &Selection, limit: usize) -> TemplateList {
        let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
        for row in selection.rows.iter() {
            let tally = tallies.entry(self.index.template(*row)).or_default();
            tally.count += 1;
            tally.level = tally.level.max(self.index.level(*row));
            tally.sources.insert(self.index.source(*row));
            if let Some(time) = self.index.time(*row) {
                tally.first = tally.first.or(Some(time));
                tally.last = Some(time);
            }
            tally.example = tally.example.or(Some(*row));
        }
        let mut tallies: Vec<(u32, Tally)> = tallies.into_iter().collect();
        tallies.sort_by_key(|(number, tally)| (std::cmp::Reverse(tally.count), *number));
        let rest = tallies.split_off(limit.min(tallies.len()));
        TemplateList {
            items: tallies.iter().map(|(number, tally)| self.row(*number, tally)).collect(),
            others: rest.len() as u64,
            others_records: rest.iter().map(|(_, tally)| tally.count).sum(),
        }
    }

    fn row(&self, number: u32, tally: &Tally) -> TemplateRow {
        let template = self.dictionary.templates.get(number as usize);
        TemplateRow {
            id: template.map_or_else(String::new, |template| template.id.clone()),
            text: template.map_or_else(String::new, |template| template.text.clone()),
            count: tally.count,
            level: tally.level,
            sources: tally.sources.len() as u64,
            first: tally.first,
            last: tally.last,
            example: tally.example.map(|row| self.place(row)),
        }
    }

    /// The text of a template by its number; empty for a number that is not there.
    pub(crate) fn template_text(&self, number: u32) -> String {
        let template = self.dictionary.templates.get(number as usize);
        template.map_or_else(String::new, |template| template.text.clone())
    }

    /// The name of a source; empty for a number that is not there.
    pub(crate) fn source_name(&self, id: u32) -> &str {
        self.sources().get(id as usize).map_or("", |source| source.name.as_str())
    }

    /// Where a row is, for people.
    pub(crate) fn place(&self, row: u32) -> Place {
        let file = self.index.file(row);
        Place {
            file,
            path: self.files().get(file as usize).map_or_else(String::new, |it| it.path.clone()),
            line: self.index.line(row),
        }
    }
}
