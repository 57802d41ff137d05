//! The rows of `lines/` while they are collected.

use std::sync::Arc;

use arrow_array::builder::{
    Int8Builder, StringBuilder, TimestampMillisecondBuilder, UInt8Builder, UInt16Builder,
    UInt32Builder, UInt64Builder,
};
use arrow_array::{ArrayRef, DictionaryArray, StringArray};
use mainstay_core::Level;

use crate::record::{Record, TimeConfidence};

/// Which file of the bundle a record is of, and who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowPlace {
    pub(crate) file: u32,
    pub(crate) source: u32,
}

/// The rows of `lines/` in the row group that is being filled.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) rows: usize,
    pub(super) bytes: usize,
    /// File and end of the record before: where the next one begins if nothing is between them.
    before: Option<(u32, u64)>,
    part: UInt32Builder,
    file: UInt32Builder,
    source: UInt32Builder,
    line: UInt64Builder,
    lines: UInt32Builder,
    offset: UInt64Builder,
    length: UInt64Builder,
    time: TimestampMillisecondBuilder,
    micros: UInt16Builder,
    confidence: Int8Builder,
    level: Int8Builder,
    shape: UInt32Builder,
    trace_id: StringBuilder,
    span_id: StringBuilder,
    request_id: StringBuilder,
    flags: UInt8Builder,
}

impl Batch {
    pub(super) fn push(&mut self, part: u32, place: RowPlace, record: &Record, shape: u32) {
        self.rows += 1;
        self.bytes += record.header.len() + record.body.len() + record.tail.len();
        self.part.append_value(part);
        self.file.append_value(place.file);
        self.source.append_value(place.source);
        self.line.append_value(record.line);
        self.lines.append_value(record.lines);
        let follows = self.before == Some((place.file, record.offset));
        self.offset.append_option((!follows).then_some(record.offset));
        self.before = Some((place.file, record.offset.saturating_add(record.length)));
        self.length.append_value(record.length);
        self.time.append_option(record.time.map(|time| time.0.div_euclid(1_000)));
        let micros = record.time.map_or(0, |time| time.0.rem_euclid(1_000));
        self.micros.append_value(u16::try_from(micros).unwrap_or(0));
        self.confidence.append_value(record.confidence as i8);
        self.level.append_option(record.level.map(|level| level as i8));
        self.shape.append_value(shape);
        self.trace_id.append_option(record.trace_id.as_deref());
        self.span_id.append_option(record.span_id.as_deref());
        self.request_id.append_option(record.request_id.as_deref());
        self.flags.append_value(record.flags.0);
    }

    pub(super) fn take(&mut self) -> Vec<ArrayRef> {
        self.rows = 0;
        self.bytes = 0;
        self.before = None;
        let confidences = TimeConfidence::ALL.map(TimeConfidence::as_str);
        let levels = Level::ALL.map(Level::as_str);
        vec![
            Arc::new(self.part.finish()),
            Arc::new(self.file.finish()),
            Arc::new(self.source.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.lines.finish()),
            Arc::new(self.offset.finish()),
            Arc::new(self.length.finish()),
            Arc::new(self.time.finish()),
            Arc::new(self.micros.finish()),
            words(&mut self.confidence, &confidences),
            words(&mut self.level, &levels),
            Arc::new(self.shape.finish()),
            Arc::new(self.trace_id.finish()),
            Arc::new(self.span_id.finish()),
            Arc::new(self.request_id.finish()),
            Arc::new(self.flags.finish()),
        ]
    }
}

fn words(keys: &mut Int8Builder, words: &[&'static str]) -> ArrayRef {
    let words = Arc::new(StringArray::from_iter_values(words));
    Arc::new(DictionaryArray::new(keys.finish(), words))
}
