//! Which records are shown: a query, and the rows that pass it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::bits::Bits;
use super::{Bundle, Rows, ViewError, evaluate, lock, phrase};
use crate::query::{Expression, Query, Term};

/// Selections kept: the few views that a page asks for at once.
const SELECTIONS_KEPT: usize = 16;

/// Rows of all kept selections together: 80 MB.
const ROWS_KEPT: usize = 20_000_000;

/// Searches kept: stepping through hits asks the same question again and again.
const SEARCHES_KEPT: usize = 8;

/// The rows that pass a query, in time order. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Selection {
    query: Arc<Query>,
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

    /// How many records the query hides.
    #[must_use]
    pub fn hidden(&self) -> u64 {
        self.hidden
    }

    /// The query it came from.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }
}

impl Bundle {
    /// The records that pass the query, in time order; untimed ones last.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn select(&self, query: &Query) -> Result<Selection, ViewError> {
        if let Some(known) = lock(&self.selections).get(query) {
            return Ok(known);
        }
        let rows = match query.expression() {
            Expression::Any => Arc::clone(self.index.order()),
            expression => {
                let bits = self.rows_of(expression)?;
                if bits.count() == self.index.len() {
                    Arc::clone(self.index.order())
                } else {
                    self.in_order(&bits)
                }
            }
        };
        let hidden = self.records() - rows.len() as u64;
        let selection = Selection { query: Arc::new(query.clone()), rows, hidden };
        lock(&self.selections).put(selection.clone());
        Ok(selection)
    }

    /// How many records pass the query; nothing is put in order for that.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn count(&self, query: &Query) -> Result<u64, ViewError> {
        let by_shapes = match query.expression() {
            Expression::Any => Some(self.records()),
            Expression::Term(Term::Text(words)) if !words.is_empty() => phrase::count(self, words),
            _ => None,
        };
        match by_shapes {
            Some(count) => Ok(count),
            None => Ok(self.rows_of(query.expression())?.count() as u64),
        }
    }

    fn rows_of(&self, expression: &Expression) -> Result<Bits, ViewError> {
        evaluate::rows(self, expression, &Bits::all(self.index.len()))
    }

    /// Few rows are sorted, many are picked from the order of all.
    fn in_order(&self, bits: &Bits) -> Rows {
        let (count, all) = (bits.count(), self.index.len());
        if count < all / 16 {
            let mut rows: Vec<u32> = bits.rows(0..all as u32).collect();
            self.index.put_in_order(&mut rows);
            return Rows::from(rows);
        }
        let mut rows = Vec::with_capacity(count);
        rows.extend(self.index.order().iter().copied().filter(|row| bits.has(*row)));
        Rows::from(rows)
    }

    /// Which rows hold some words.
    pub(super) fn rows_with(&self, words: &str) -> Result<Arc<Bits>, ViewError> {
        if let Some(known) = lock(&self.selections).search(words) {
            return Ok(known);
        }
        let found = Arc::new(self.rows_of(&Expression::Term(Term::Text(words.to_owned())))?);
        lock(&self.selections).keep_search(words, Arc::clone(&found));
        Ok(found)
    }
}

/// The last few selections and searches, newest last.
#[derive(Default)]
pub(super) struct SelectionCache {
    kept: VecDeque<Selection>,
    searches: VecDeque<(String, Arc<Bits>)>,
}

impl SelectionCache {
    fn get(&mut self, query: &Query) -> Option<Selection> {
        let at = self.kept.iter().position(|known| *known.query == *query)?;
        let known = self.kept.remove(at)?;
        self.kept.push_back(known.clone());
        Some(known)
    }

    fn put(&mut self, selection: Selection) {
        self.kept.push_back(selection);
        let rows = |kept: &VecDeque<Selection>| kept.iter().map(|it| it.rows.len()).sum::<usize>();
        while self.kept.len() > SELECTIONS_KEPT || rows(&self.kept) > ROWS_KEPT {
            self.kept.pop_front();
        }
    }

    fn search(&self, words: &str) -> Option<Arc<Bits>> {
        let known = self.searches.iter().find(|(known, _)| known == words);
        known.map(|(_, rows)| Arc::clone(rows))
    }

    fn keep_search(&mut self, words: &str, rows: Arc<Bits>) {
        if self.searches.len() >= SEARCHES_KEPT {
            self.searches.pop_front();
        }
        self.searches.push_back((words.to_owned(), rows));
    }
}
