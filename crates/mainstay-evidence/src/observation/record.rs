//! Records beside the bundle's index: the component that wrote each, its message and its span.

use std::collections::BTreeMap;

use mainstay_core::Level;

use super::clock::{self, Offset};
use super::{NO_SPAN, Spans, Vocabulary};
use crate::columns::ColumnsError;
use crate::record::TimeConfidence;
use crate::view::{Bits, Bundle};

/// Two records of one source, message and span within this time are the same line twice.
const COPY_US: i64 = 1_000;

/// One record, without its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordView {
    pub(crate) row: u32,
    pub(crate) component: u32,
    pub(crate) message: u32,
    /// Place of its span, or [`NO_SPAN`].
    pub(crate) span: u32,
    pub(crate) time: Option<i64>,
    pub(crate) level: Option<Level>,
}

/// What joins the records of a bundle to components, messages and spans.
#[derive(Default)]
pub(crate) struct Records {
    /// By file of the bundle.
    component_of_file: Vec<u32>,
    /// By shape of the index.
    message_of_shape: Vec<u32>,
    /// By row; empty where the bundle has no spans.
    spans: Vec<u32>,
    /// Exact copies of a record before.
    copies: Bits,
    /// From the first to the last that has a time.
    time: Option<(i64, i64)>,
    /// By file: how wrong its clock is.
    pub(crate) offsets: BTreeMap<u32, Offset>,
}

impl Records {
    pub(super) fn read(
        bundle: &Bundle,
        vocabulary: &mut Vocabulary,
        spans: &Spans,
    ) -> Result<Self, ColumnsError> {
        let index = bundle.index();
        let of_template = vocabulary.messages.align(bundle.dictionary());
        let message = |shape: u32| {
            let form = &index.forms()[index.form_of_shape(shape) as usize];
            of_template[form.template as usize]
        };
        let message_of_shape = (0..index.shape_count() as u32).map(message).collect();
        let mut records = Self { message_of_shape, ..Self::default() };
        if !spans.rows.is_empty() {
            records.find_spans(bundle, spans)?;
        }
        let of_spans = records.components_of_spans(bundle, spans);
        for file in bundle.files() {
            let source = file.source.and_then(|id| bundle.sources().get(id as usize));
            let component = match source {
                Some(source) => {
                    let of_spans = of_spans.get(&file.id).copied();
                    vocabulary.components.of_log(&file.path, &source.name, of_spans)
                }
                None => u32::MAX,
            };
            records.component_of_file.push(component);
        }
        records.measure_clocks(bundle, spans);
        records.note_copies(bundle);
        Ok(records)
    }

    /// By file: the component that most of its records with a span belong to.
    fn components_of_spans(&self, bundle: &Bundle, spans: &Spans) -> BTreeMap<u32, u32> {
        let mut votes: BTreeMap<u32, BTreeMap<u32, u64>> = BTreeMap::new();
        for (row, place) in (0_u32..).zip(&self.spans).filter(|(_, place)| **place != NO_SPAN) {
            if let Some(span) = spans.rows.get(*place as usize) {
                let file = votes.entry(bundle.index().file(row)).or_default();
                *file.entry(span.component).or_default() += 1;
            }
        }
        let most = votes.into_iter().filter_map(|(file, votes)| {
            let all: u64 = votes.values().sum();
            let (component, count) = votes.into_iter().max_by_key(|it| (it.1, it.0))?;
            (count * 2 > all).then_some((file, component))
        });
        most.collect()
    }

    fn find_spans(&mut self, bundle: &Bundle, spans: &Spans) -> Result<(), ColumnsError> {
        self.spans.reserve_exact(bundle.index().len());
        for part in bundle.index().parts() {
            for group in 0..part.lines.groups() {
                let ids = part.lines.ids(group, "span_id")?;
                let place = |span: Option<&str>| span.map_or(NO_SPAN, |span| spans.place(span));
                self.spans.extend(ids.iter().map(place));
            }
        }
        Ok(())
    }

    fn span(&self, row: u32) -> u32 {
        self.spans.get(row as usize).copied().unwrap_or(NO_SPAN)
    }

    fn measure_clocks(&mut self, bundle: &Bundle, spans: &Spans) {
        let index = bundle.index();
        let mut bounds: BTreeMap<u32, Vec<(i64, i64)>> = BTreeMap::new();
        for (row, place) in (0_u32..).zip(&self.spans).filter(|(_, place)| **place != NO_SPAN) {
            // a time taken over from the line before or from the spans says nothing of the clock
            let own = matches!(
                index.confidence(row),
                TimeConfidence::Exact | TimeConfidence::ZoneAssumed
            );
            if let (true, Some(time), Some(span)) =
                (own, index.time(row), spans.rows.get(*place as usize))
            {
                let bounds = bounds.entry(index.file(row)).or_default();
                bounds.push((time.0 - span.end(), time.0 - span.start));
            }
        }
        let offsets = bounds.iter().filter_map(|(file, it)| Some((*file, clock::offset(it)?)));
        self.offsets = offsets.collect();
    }

    /// Copies have equal times, so only the records of one stretch of time are held at once.
    fn note_copies(&mut self, bundle: &Bundle) {
        let index = bundle.index();
        let mut copies = Bits::none(index.len());
        let key = |row: u32| (index.source(row), index.form_number(row), self.span(row));
        // all but the first that say the same
        let mut note = |rows: &mut Vec<u32>| {
            rows.sort_unstable_by_key(|row| (key(*row), *row));
            for pair in rows.windows(2).filter(|pair| key(pair[0]) == key(pair[1])) {
                copies.set(pair[1]);
            }
            rows.clear();
        };
        let mut span: Option<(i64, i64)> = None;
        let mut rows: Vec<u32> = Vec::new();
        for (time, row) in by_time(bundle, &self.offsets) {
            let last = span.map_or(time, |span| span.1);
            if time.div_euclid(COPY_US) != last.div_euclid(COPY_US) {
                note(&mut rows);
            }
            rows.push(row);
            span = Some((span.map_or(time, |span| span.0), time));
        }
        note(&mut rows);
        (self.copies, self.time) = (copies, span);
    }

    /// Every record that is not a copy, in stored order.
    pub(crate) fn each<'a>(&'a self, bundle: &'a Bundle) -> impl Iterator<Item = RecordView> + 'a {
        let index = bundle.index();
        index.files().flat_map(move |(file, rows)| {
            let component = self.component_of_file.get(file.file as usize).copied().unwrap_or(0);
            let wrong = wrong_by(&self.offsets, file.file);
            let rows = rows.filter(|row| !self.copies.has(*row));
            rows.map(move |row| RecordView {
                row,
                component,
                message: self.message_of_shape[index.shape(row) as usize],
                span: self.span(row),
                time: index.time(row).map(|time| time.0.saturating_sub(wrong)),
                level: index.level(row),
            })
        })
    }

    /// From the first to the last record that has a time.
    pub(crate) fn time(&self) -> Option<(i64, i64)> {
        self.time
    }
}

/// When the traces' clock says a record was written.
fn time_of(bundle: &Bundle, offsets: &BTreeMap<u32, Offset>, row: u32) -> Option<i64> {
    let index = bundle.index();
    let wrong = if offsets.is_empty() { 0 } else { wrong_by(offsets, index.file(row)) };
    index.time(row).map(|time| time.0.saturating_sub(wrong))
}

/// How wrong the clock of a file is.
fn wrong_by(offsets: &BTreeMap<u32, Offset>, file: u32) -> i64 {
    offsets.get(&file).map_or(0, |offset| offset.micros)
}

/// The records with a time, in its order. Those of clocks that go right are in that of the index;
/// the others are put between them.
fn by_time<'a>(
    bundle: &'a Bundle,
    offsets: &'a BTreeMap<u32, Offset>,
) -> impl Iterator<Item = (i64, u32)> + 'a {
    let index = bundle.index();
    let at = move |row: u32| Some((time_of(bundle, offsets, row)?, row));
    let moved = index.files().filter(|(file, _)| offsets.contains_key(&file.file));
    let mut moved: Vec<u32> = moved.flat_map(|(_, rows)| rows).collect();
    moved.sort_unstable_by_key(|row| at(*row));
    let is_moved = move |row: u32| !offsets.is_empty() && offsets.contains_key(&index.file(row));
    let order = index.order().iter().copied();
    let mut right = order.filter(move |row| !is_moved(*row)).filter_map(at).peekable();
    let mut moved = moved.into_iter().filter_map(at).peekable();
    std::iter::from_fn(move || match (right.peek(), moved.peek()) {
        (Some(here), Some(there)) if there.0 < here.0 => moved.next(),
        (None, _) => moved.next(),
        (Some(_), _) => right.next(),
    })
}
