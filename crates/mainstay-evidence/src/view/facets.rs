//! What a filter could be set to, and how many records each value would show.

use std::collections::BTreeMap;

use mainstay_core::Level;

use super::{Bundle, Filter, Selection, ViewError};

/// For each dimension the counts under all *other* conditions of the filter, so that a set value
/// does not hide its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facets {
    /// Most urgent first.
    pub levels: Vec<FacetValue>,
    /// Records without level, under the same conditions as `levels`.
    pub without_level: u64,
    /// Most records first.
    pub sources: Vec<FacetValue>,
    /// Most records first.
    pub files: Vec<FacetValue>,
}

/// A value of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// As the filter takes it.
    pub value: String,
    /// As people read it.
    pub label: String,
    pub count: u64,
}

impl Bundle {
    /// Counts by level, source and file.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn facets(&self, selection: &Selection) -> Result<Facets, ViewError> {
        let filter = selection.filter();
        let any_level = self.select(&Filter { levels: Vec::new(), ..filter.clone() })?;
        let any_source = self.select(&Filter { sources: Vec::new(), ..filter.clone() })?;
        let any_file = self.select(&Filter { files: Vec::new(), ..filter.clone() })?;
        let mut without_level = 0;
        let mut by_level: BTreeMap<Level, u64> = BTreeMap::new();
        for row in any_level.rows.iter() {
            match self.index.level(*row) {
                Some(level) => *by_level.entry(level).or_default() += 1,
                None => without_level += 1,
            }
        }
        let levels = by_level.into_iter().rev().map(|(level, count)| FacetValue {
            value: level.as_str().to_owned(),
            label: level.as_str().to_owned(),
            count,
        });
        let source_name = |id: u32| self.sources().get(id as usize).map(|it| it.name.clone());
        let file_path = |id: u32| self.files().get(id as usize).map(|it| it.path.clone());
        Ok(Facets {
            levels: levels.collect(),
            without_level,
            sources: tally(&any_source, |row| self.index.source(row), source_name),
            files: tally(&any_file, |row| self.index.file(row), file_path),
        })
    }
}

fn tally(
    selection: &Selection,
    key: impl Fn(u32) -> u32,
    label: impl Fn(u32) -> Option<String>,
) -> Vec<FacetValue> {
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    for row in selection.rows.iter() {
        *counts.entry(key(*row)).or_default() += 1;
    }
    let mut counts: Vec<(u32, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    counts
        .into_iter()
        .map(|(id, count)| FacetValue {
            value: id.to_string(),
            label: label(id).unwrap_or_default(),
            count,
        })
        .collect()
}
