//! What a query could be narrowed to, and how many records each value would show.

use std::collections::{BTreeMap, HashMap};

use mainstay_core::Level;

use super::bits::Bits;
use super::{Bundle, Selection, ViewError, named};
use crate::query::{NameField, Term};

/// Distinct values of a field that are counted apart; records of further ones are only counted.
const VALUES_MAX: usize = 100_000;

/// For each dimension the counts under all *other* conditions at the top of the query, so that a
/// set value does not hide its neighbours.
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

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// As the query takes it.
    pub value: String,
    /// As people read it.
    pub label: String,
    pub count: u64,
}

/// The most frequent values of one field: `sum(values) + others_records + without` is the number of
/// selected records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFacet {
    pub values: Vec<FacetValue>,
    /// Values beyond the limit.
    pub others: u64,
    pub others_records: u64,
    /// Selected records that have no such field.
    pub without: u64,
}

impl Bundle {
    /// Counts by level, source and file.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn facets(&self, selection: &Selection) -> Result<Facets, ViewError> {
        let query = selection.query();
        let is = |wanted: NameField| move |term: &Term| matches!(term, Term::Name { field, .. } if *field == wanted);
        let any_level = self.select(&query.without(|term| matches!(term, Term::Level(_))))?;
        let any_source = self.select(&query.without(is(NameField::Source)))?;
        let any_file = self.select(&query.without(is(NameField::File)))?;
        let mut by_level = [0_u64; Level::ALL.len()];
        let mut without_level = 0;
        for row in any_level.rows.iter() {
            match self.index.level(*row) {
                Some(level) => by_level[level as usize] += 1,
                None => without_level += 1,
            }
        }
        let levels = Level::ALL.into_iter().zip(by_level).rev().filter(|(_, count)| *count > 0);
        let levels = levels.map(|(level, count)| FacetValue {
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

    /// The `limit` most frequent values of any field among the selected records.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn field_facet(
        &self,
        selection: &Selection,
        field: &str,
        limit: usize,
    ) -> Result<FieldFacet, ViewError> {
        let index = &self.index;
        let mut counts: HashMap<String, u64> = HashMap::new();
        let template = |row: u32| {
            let template = self.dictionary.templates.get(index.template(row) as usize);
            template.map(|template| template.id.clone())
        };
        let path = |row: u32| self.files().get(index.file(row) as usize).map(|it| it.path.clone());
        let of_row: Option<Box<dyn Fn(u32) -> Option<String> + '_>> = match field
            .to_ascii_lowercase()
            .as_str()
        {
            "level" => Some(Box::new(|row| index.level(row).map(|it| it.as_str().to_owned()))),
            "source" => Some(Box::new(|row| Some(self.source_name(index.source(row)).to_owned()))),
            "file" => Some(Box::new(path)),
            "template" => Some(Box::new(template)),
            "confidence" => Some(Box::new(|row| Some(index.confidence(row).as_str().to_owned()))),
            _ => None,
        };
        let mut with = 0;
        let mut count = |value: &str| {
            with += 1;
            if let Some(count) = counts.get_mut(value) {
                *count += 1;
            } else if counts.len() < VALUES_MAX {
                counts.insert(value.to_owned(), 1);
            }
        };
        match of_row {
            Some(of_row) => {
                for row in selection.rows.iter() {
                    if let Some(value) = of_row(*row) {
                        count(&value);
                    }
                }
            }
            None => {
                let mut within = Bits::none(index.len());
                for row in selection.rows.iter() {
                    within.set(*row);
                }
                named::each_value(self, field, &within, count)?;
            }
        }
        let mut values: Vec<(String, u64)> = counts.into_iter().collect();
        values.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        let others = values.split_off(limit.min(values.len()));
        let shown: u64 = values.iter().map(|(_, count)| count).sum();
        Ok(FieldFacet {
            values: values
                .into_iter()
                .map(|(value, count)| FacetValue { label: value.clone(), value, count })
                .collect(),
            others: others.len() as u64,
            others_records: with - shown,
            without: selection.len() - with,
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
