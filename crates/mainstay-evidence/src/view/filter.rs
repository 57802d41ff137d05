//! Which records are shown: a filter, and the rows that pass it.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use mainstay_core::{Level, UtcMicros};

use super::text::TextRows;
use super::{Bundle, Index, Rows, ViewError};

/// Nobody types more; a pasted line is found by its beginning.
pub(super) const TEXT_CHARACTERS_MAX: usize = 1_000;

/// Selections kept: the few views that a page asks for at once.
const SELECTIONS_KEPT: usize = 16;

/// Rows of all kept selections together: 80 MB.
const ROWS_KEPT: usize = 20_000_000;

/// All conditions hold together; within a list any value will do. An empty list is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    pub levels: Vec<Level>,
    pub sources: Vec<u32>,
    pub files: Vec<u32>,
    /// Template ids.
    pub templates: Vec<String>,
    /// Case-insensitive part of the record's text.
    pub text: Option<String>,
    /// Inclusive; a record without time fails it.
    pub from: Option<UtcMicros>,
    /// Exclusive.
    pub to: Option<UtcMicros>,
}

/// The rows that pass a filter, in time order. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Selection {
    filter: Arc<Filter>,
    pub(super) rows: Rows,
    hidden: u64,
}

impl Selection {
    /// How many records are shown.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Is nothing shown?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many records the filter hides.
    #[must_use]
    pub fn hidden(&self) -> u64 {
        self.hidden
    }

    /// The filter it came from.
    #[must_use]
    pub fn filter(&self) -> &Filter {
        &self.filter
    }
}

pub(super) fn select(bundle: &Bundle, filter: &Filter) -> Result<Selection, ViewError> {
    let index = &bundle.index;
    let total = index.len() as u64;
    let rows = if *filter == Filter::default() {
        Arc::clone(index.order())
    } else {
        let conditions = Conditions::new(bundle, filter)?;
        let rows: Vec<u32> =
            index.order().iter().copied().filter(|row| conditions.pass(index, *row)).collect();
        Rows::from(rows)
    };
    let hidden = total - rows.len() as u64;
    Ok(Selection { filter: Arc::new(filter.clone()), rows, hidden })
}

/// A filter with its words looked up.
struct Conditions<'f> {
    filter: &'f Filter,
    sources: HashSet<u32>,
    files: HashSet<u32>,
    templates: Option<HashSet<u32>>,
    text: Option<Arc<TextRows>>,
}

impl<'f> Conditions<'f> {
    fn new(bundle: &Bundle, filter: &'f Filter) -> Result<Self, ViewError> {
        let templates = (!filter.templates.is_empty()).then(|| {
            let wanted: HashSet<&str> = filter.templates.iter().map(String::as_str).collect();
            (0_u32..)
                .zip(&bundle.dictionary.templates)
                .filter(|(_, template)| wanted.contains(template.id.as_str()))
                .map(|(number, _)| number)
                .collect()
        });
        let text = match filter.text.as_deref() {
            Some(text) if !text.is_empty() => Some(bundle.text_rows(text)?),
            _ => None,
        };
        Ok(Self {
            filter,
            sources: filter.sources.iter().copied().collect(),
            files: filter.files.iter().copied().collect(),
            templates,
            text,
        })
    }

    fn pass(&self, index: &Index, row: u32) -> bool {
        let filter = self.filter;
        let level = filter.levels.is_empty()
            || index.level(row).is_some_and(|level| filter.levels.contains(&level));
        level
            && (self.sources.is_empty() || self.sources.contains(&index.source(row)))
            && (self.files.is_empty() || self.files.contains(&index.file(row)))
            && self.templates.as_ref().is_none_or(|wanted| wanted.contains(&index.template(row)))
            && self.in_span(index, row)
            && self.text.as_ref().is_none_or(|hits| hits.has(row))
    }

    fn in_span(&self, index: &Index, row: u32) -> bool {
        if self.filter.from.is_none() && self.filter.to.is_none() {
            return true;
        }
        index.time(row).is_some_and(|time| {
            self.filter.from.is_none_or(|from| from <= time)
                && self.filter.to.is_none_or(|to| time < to)
        })
    }
}

/// The last few selections, newest last.
#[derive(Default)]
pub(super) struct SelectionCache {
    kept: VecDeque<Selection>,
}

impl SelectionCache {
    pub(super) fn get(&mut self, filter: &Filter) -> Option<Selection> {
        let at = self.kept.iter().position(|known| *known.filter == *filter)?;
        let known = self.kept.remove(at)?;
        self.kept.push_back(known.clone());
        Some(known)
    }

    pub(super) fn put(&mut self, selection: Selection) {
        self.kept.push_back(selection);
        let rows = |kept: &VecDeque<Selection>| kept.iter().map(|it| it.rows.len()).sum::<usize>();
        while self.kept.len() > SELECTIONS_KEPT || rows(&self.kept) > ROWS_KEPT {
            self.kept.pop_front();
        }
    }
}
