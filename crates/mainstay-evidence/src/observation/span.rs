//! Spans, small: numbers for names, parents by place, exact copies dropped.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Components;
use crate::columns::ColumnsError;
use crate::columns::table_reader;
use crate::view::Bundle;

/// Stands for "no span".
pub(crate) const NO_SPAN: u32 = u32::MAX;

/// Spans kept: about 100 MB. Of a larger bundle whole traces are kept, chosen by their ids.
const SPANS_MAX: u64 = 2_000_000;

/// Operations by number; an operation belongs to a component.
#[derive(Default)]
pub(crate) struct Operations {
    names: Vec<(u32, String)>,
    index: HashMap<(u32, String), u32>,
}

impl Operations {
    pub(crate) fn intern(&mut self, component: u32, name: &str) -> u32 {
        let key = (component, name.to_owned());
        if let Some(id) = self.index.get(&key) {
            return *id;
        }
        let id = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(key.clone());
        self.index.insert(key, id);
        id
    }

    pub(crate) fn component(&self, id: u32) -> u32 {
        self.names[id as usize].0
    }

    pub(crate) fn name(&self, id: u32) -> &str {
        &self.names[id as usize].1
    }
}

/// One span; times in microseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) trace: u32,
    /// Place of the parent in [`Spans::rows`], or [`NO_SPAN`].
    pub(crate) parent: u32,
    pub(crate) component: u32,
    pub(crate) operation: u32,
    pub(crate) start: i64,
    pub(crate) duration: i64,
    pub(crate) failed: bool,
    pub(crate) file: u32,
    pub(crate) line: u32,
}

impl Span {
    pub(crate) fn end(&self) -> i64 {
        self.start.saturating_add(self.duration)
    }
}

/// All spans of a bundle.
#[derive(Default)]
pub(crate) struct Spans {
    pub(crate) rows: Vec<Span>,
    /// When each trace began.
    pub(crate) trace_starts: Vec<i64>,
    place_of_id: HashMap<u64, u32>,
    /// Exact copies that were left out.
    pub(crate) copies: u64,
    /// Spans that name a parent which is not in the bundle.
    pub(crate) orphans: u64,
}

impl Spans {
    pub(super) fn read(
        bundle: &Bundle,
        components: &mut Components,
        operations: &mut Operations,
        left_out: &mut Vec<String>,
    ) -> Result<Self, ColumnsError> {
        let mut spans = Self::default();
        let share = bundle.manifest().totals.spans.div_ceil(SPANS_MAX).max(1);
        if share > 1 {
            left_out.push(format!("one trace of {share} is looked at, chosen by its id"));
        }
        let mut traces: HashMap<u64, u32> = HashMap::new();
        let mut parents: Vec<u64> = Vec::new();
        let mut seen: HashSet<u64> = HashSet::new();
        table_reader::spans(bundle.folder(), &mut |row| {
            let trace = hash(row.trace_id);
            if !trace.is_multiple_of(share) {
                return;
            }
            if !seen.insert(hash(&(row.trace_id, row.span_id, row.start, row.duration_us))) {
                spans.copies += 1;
                return;
            }
            let next = u32::try_from(traces.len()).unwrap_or(u32::MAX);
            let trace = *traces.entry(trace).or_insert(next);
            if trace == next && spans.trace_starts.len() == next as usize {
                spans.trace_starts.push(row.start);
            }
            let first = &mut spans.trace_starts[trace as usize];
            *first = (*first).min(row.start);
            let component = components.intern(row.service);
            let place = u32::try_from(spans.rows.len()).unwrap_or(NO_SPAN);
            spans.place_of_id.insert(hash(row.span_id), place);
            parents.push(row.parent_id.map_or(0, hash));
            spans.rows.push(Span {
                trace,
                parent: NO_SPAN,
                component,
                operation: operations.intern(component, row.operation),
                start: row.start,
                duration: row.duration_us.max(0),
                failed: row.failed,
                file: row.file,
                line: u32::try_from(row.line).unwrap_or(u32::MAX),
            });
        })?;
        spans.link(&parents);
        Ok(spans)
    }

    /// Parents by place; a parent of another trace is none, and a loop is cut.
    fn link(&mut self, parents: &[u64]) {
        for (at, parent) in parents.iter().enumerate().filter(|(_, parent)| **parent != 0) {
            match self.place_of_id.get(parent) {
                Some(place) if self.rows[*place as usize].trace == self.rows[at].trace => {
                    self.rows[at].parent = *place;
                }
                _ => self.orphans += 1,
            }
        }
        crate::trace::tree::cut_loops(&mut self.rows);
    }

    /// The place of the span with this id.
    pub(crate) fn place(&self, span_id: &str) -> u32 {
        self.place_of_id.get(&hash(span_id)).copied().unwrap_or(NO_SPAN)
    }

    pub(crate) fn time(&self) -> Option<(i64, i64)> {
        let first = self.rows.iter().map(|span| span.start).min()?;
        let last = self.rows.iter().map(Span::end).max()?;
        Some((first, last))
    }
}

/// Within one run of the program; never stored.
fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish().max(1)
}
