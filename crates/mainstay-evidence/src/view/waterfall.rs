//! One trace as a tree with its critical path, read from the stored spans when it is asked for.

use std::collections::{HashMap, HashSet};

use mainstay_core::UtcMicros;

use super::{Bundle, ViewError};
use crate::columns::table_reader;
use crate::finding::Place;
use crate::observation::{Components, NO_SPAN, Operations, Span};
use crate::trace::tree::{self, Children};
use crate::trace::{origin, path};

/// Spans of one trace in an answer; nobody reads more, and a browser draws them all.
pub const TRACE_SPANS_MAX: usize = 5_000;

/// Bytes of attributes that are passed on for a span.
const ATTRIBUTES_BYTES_MAX: usize = 8 << 10;

/// A span of a waterfall.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanRow {
    pub id: String,
    /// Place of the parent in the list.
    pub parent: Option<usize>,
    pub depth: u32,
    pub service: String,
    pub operation: String,
    pub pod: Option<String>,
    /// From the start of the trace, with clocks that disagree put right.
    pub offset_us: i64,
    /// How far it was moved for that.
    pub moved_us: i64,
    pub duration_us: i64,
    /// What it spends itself.
    pub self_us: i64,
    /// What it owns of the critical path; `None` beside it.
    pub critical_us: Option<i64>,
    pub failed: bool,
    /// It failed and nothing below it did.
    pub origin: bool,
    /// JSON, as the tracer wrote it, redacted.
    pub attributes: Option<String>,
    pub place: Place,
}

/// One trace, parents before children.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    pub id: String,
    pub start: UtcMicros,
    pub duration_us: i64,
    pub spans: Vec<SpanRow>,
    /// Spans beyond the limit.
    pub others: u64,
    /// Spans that name a parent which is not in the bundle.
    pub orphans: u64,
}

impl Bundle {
    /// One trace; `None` when the bundle has none of this id.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn trace(&self, id: &str) -> Result<Option<Waterfall>, ViewError> {
        let read = OneTrace::read(self, id)?;
        Ok((!read.rows.is_empty()).then(|| read.waterfall(self, id)))
    }
}

/// The spans of one trace as they are stored.
#[derive(Default)]
struct OneTrace {
    rows: Vec<Span>,
    ids: Vec<String>,
    pods: Vec<Option<String>>,
    attributes: Vec<Option<String>>,
    components: Components,
    operations: Operations,
    orphans: u64,
    others: u64,
}

impl OneTrace {
    fn read(bundle: &Bundle, id: &str) -> Result<Self, ViewError> {
        let mut read = Self::default();
        let mut place_of: HashMap<String, u32> = HashMap::new();
        let mut parents: Vec<Option<String>> = Vec::new();
        table_reader::spans(bundle.folder(), &mut |span| {
            if span.trace_id != id || place_of.contains_key(span.span_id) {
                return;
            }
            if read.rows.len() >= TRACE_SPANS_MAX {
                read.others += 1;
                return;
            }
            let place = u32::try_from(read.rows.len()).unwrap_or(NO_SPAN);
            place_of.insert(span.span_id.to_owned(), place);
            let component = read.components.intern(span.service);
            read.rows.push(Span {
                trace: 0,
                parent: NO_SPAN,
                component,
                operation: read.operations.intern(component, span.operation),
                start: span.start,
                duration: span.duration_us.max(0),
                failed: span.failed,
                file: span.file,
                line: u32::try_from(span.line).unwrap_or(u32::MAX),
            });
            let parent = span.parent_id.filter(|parent| !parent.is_empty());
            parents.push(parent.map(str::to_owned));
            read.ids.push(span.span_id.to_owned());
            read.pods.push(span.pod.map(str::to_owned));
            let fits = |text: &&str| text.len() <= ATTRIBUTES_BYTES_MAX;
            read.attributes.push(span.attributes.filter(fits).map(str::to_owned));
        })?;
        for (at, parent) in parents.iter().enumerate() {
            let Some(parent) = parent else { continue };
            match place_of.get(parent) {
                Some(place) => read.rows[at].parent = *place,
                None => read.orphans += 1,
            }
        }
        tree::cut_loops(&mut read.rows);
        Ok(read)
    }

    fn waterfall(&self, bundle: &Bundle, id: &str) -> Waterfall {
        let children = Children::of(&self.rows);
        let own = tree::self_times(&self.rows, &children);
        let origins: HashSet<u32> = origin::origins(&self.rows, &children).into_iter().collect();
        let mut roots: Vec<u32> = (0..self.rows.len() as u32)
            .filter(|at| self.rows[*at as usize].parent == NO_SPAN)
            .collect();
        let main = roots.iter().max_by_key(|at| self.rows[**at as usize].duration).copied();
        let critical: HashMap<u32, i64> = main
            .map(|root| path::critical(&self.rows, &children, root))
            .unwrap_or_default()
            .into_iter()
            .map(|stretch| (stretch.span, stretch.own))
            .collect();
        // what hangs on no parent may have any clock: the longest root says what time it is
        roots.sort_by_key(|at| (Some(*at) != main, self.rows[*at as usize].start, *at));
        let start = main.map_or(0, |at| self.rows[at as usize].start);
        let mut spans: Vec<SpanRow> = Vec::with_capacity(self.rows.len());
        let mut below_main: Vec<bool> = Vec::with_capacity(self.rows.len());
        // places still to write: span, its parent's row, depth, and how far its clock was moved
        let mut open: Vec<(u32, Option<usize>, u32, i64)> =
            roots.iter().rev().map(|root| (*root, None, 0, 0)).collect();
        while let Some((at, parent, depth, moved_before)) = open.pop() {
            let span = &self.rows[at as usize];
            let moved = self.moved(at).saturating_add(moved_before);
            let row = spans.len();
            below_main.push(parent.map_or(Some(at) == main, |parent| below_main[parent]));
            spans.push(SpanRow {
                id: self.ids[at as usize].clone(),
                parent,
                depth,
                service: self.components.name(span.component).to_owned(),
                operation: self.operations.name(span.operation).to_owned(),
                pod: self.pods[at as usize].clone(),
                offset_us: span.start.saturating_add(moved).saturating_sub(start),
                moved_us: moved,
                duration_us: span.duration,
                self_us: own[at as usize],
                critical_us: critical.get(&at).copied(),
                failed: span.failed,
                origin: origins.contains(&at),
                attributes: self.attributes[at as usize].clone(),
                place: bundle.file_place(span.file, u64::from(span.line)),
            });
            let below = children.of_span(at).iter().rev();
            open.extend(below.map(|child| (*child, Some(row), depth + 1, moved)));
        }
        let of_main = spans.iter().zip(&below_main).filter(|(_, below)| **below);
        let end = of_main.map(|(span, _)| span.offset_us.saturating_add(span.duration_us)).max();
        Waterfall {
            id: id.to_owned(),
            start: UtcMicros(start),
            duration_us: end.unwrap_or(0),
            spans,
            others: self.others,
            orphans: self.orphans,
        }
    }

    /// How far a span of another clock is moved to lie inside its parent.
    fn moved(&self, at: u32) -> i64 {
        let span = &self.rows[at as usize];
        if span.parent == NO_SPAN {
            return 0;
        }
        let parent = &self.rows[span.parent as usize];
        let other_clock = span.component != parent.component && span.duration <= parent.duration;
        if other_clock { tree::inside(span, parent).0.saturating_sub(span.start) } else { 0 }
    }
}
