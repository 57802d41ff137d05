//! Records beside the bundle's index: the component that wrote each, its message and its span.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use mainstay_core::Level;

use super::clock::{self, Offset};
use super::{NO_SPAN, Spans, Vocabulary};
use crate::columns::ColumnsError;
use crate::record::TimeConfidence;
use crate::view::Bundle;

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
    /// By template of the dictionary.
    message_of_template: Vec<u32>,
    /// By row.
    spans: Vec<u32>,
    /// By row: an exact copy of a record before.
    copies: HashSet<u32>,
    first: Option<i64>,
    last: Option<i64>,
    /// By file: how wrong its clock is.
    pub(crate) offsets: BTreeMap<u32, Offset>,
}

impl Records {
    pub(super) fn read(
        bundle: &Bundle,
        vocabulary: &mut Vocabulary,
        spans: &Spans,
    ) -> Result<Self, ColumnsError> {
        let mut records = Self {
            message_of_template: vocabulary.messages.align(bundle.dictionary()),
            ..Self::default()
        };
        records.join_spans(bundle, spans)?;
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

    fn join_spans(&mut self, bundle: &Bundle, spans: &Spans) -> Result<(), ColumnsError> {
        self.spans.reserve(bundle.index().len());
        for part in bundle.index().parts() {
            for group in 0..part.lines.groups() {
                let ids = part.lines.ids(group, "span_id")?;
                let place = |span: Option<&str>| span.map_or(NO_SPAN, |span| spans.place(span));
                self.spans.extend(ids.iter().map(place));
            }
        }
        Ok(())
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

    /// When the traces' clock says a record was written.
    fn time_of(&self, bundle: &Bundle, row: u32) -> Option<i64> {
        let index = bundle.index();
        let wrong = self.offsets.get(&index.file(row)).map_or(0, |offset| offset.micros);
        index.time(row).map(|time| time.0.saturating_sub(wrong))
    }

    fn note_copies(&mut self, bundle: &Bundle) {
        let index = bundle.index();
        let mut seen: HashSet<u64> = HashSet::with_capacity(index.len());
        for row in 0..index.len() as u32 {
            let Some(time) = self.time_of(bundle, row) else { continue };
            self.first = Some(self.first.map_or(time, |first| first.min(time)));
            self.last = Some(self.last.map_or(time, |last| last.max(time)));
            let mut hasher = DefaultHasher::new();
            let span = self.spans.get(row as usize).copied().unwrap_or(NO_SPAN);
            let key = (index.source(row), time.div_euclid(COPY_US), index.form_number(row), span);
            key.hash(&mut hasher);
            if !seen.insert(hasher.finish()) {
                self.copies.insert(row);
            }
        }
    }

    /// Every record that is not a copy, in stored order.
    pub(crate) fn each<'a>(&'a self, bundle: &'a Bundle) -> impl Iterator<Item = RecordView> + 'a {
        let index = bundle.index();
        let rows = (0..index.len() as u32).filter(|row| !self.copies.contains(row));
        rows.map(move |row| RecordView {
            row,
            component: self.component_of_file.get(index.file(row) as usize).copied().unwrap_or(0),
            message: self.message_of_template[index.template(row) as usize],
            span: self.spans.get(row as usize).copied().unwrap_or(NO_SPAN),
            time: self.time_of(bundle, row),
            level: index.level(row),
        })
    }

    /// From the first to the last record that has a time.
    pub(crate) fn time(&self) -> Option<(i64, i64)> {
        self.first.zip(self.last)
    }
}
