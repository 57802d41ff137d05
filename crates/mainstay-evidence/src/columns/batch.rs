//! The rows of `lines/` while they are collected.

use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder, StringBuilder};
use arrow_array::{
    ArrayRef, DictionaryArray, Int8Array, StringArray, TimestampMillisecondArray, UInt8Array,
    UInt16Array, UInt32Array, UInt64Array,
};
use mainstay_core::Level;

use crate::record::{Record, TimeConfidence};

/// Which file of the bundle a record is of, and who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowPlace {
    pub(crate) file: u32,
    pub(crate) source: u32,
}

/// The rows of `lines/` in the row group that is being filled. Plain vectors: every record adds to
/// every column.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) rows: usize,
    pub(super) bytes: usize,
    /// File and end of the record before: where the next one begins if nothing is between them.
    before: Option<(u32, u64)>,
    part: Vec<u32>,
    file: Vec<u32>,
    source: Vec<u32>,
    line: Vec<u64>,
    lines: Vec<u32>,
    offset: Vec<Option<u64>>,
    length: Vec<u64>,
    /// Milliseconds.
    time: Vec<Option<i64>>,
    micros: Vec<u16>,
    confidence: Vec<i8>,
    level: Vec<Option<i8>>,
    shape: Vec<u32>,
    trace_id: IdBuilder,
    span_id: IdBuilder,
    request_id: IdBuilder,
    flags: Vec<u8>,
}

impl Batch {
    pub(super) fn push(&mut self, part: u32, place: RowPlace, record: &Record, shape: u32) {
        self.rows += 1;
        self.bytes += record.header.len() + record.body.len() + record.tail.len();
        self.part.push(part);
        self.file.push(place.file);
        self.source.push(place.source);
        self.line.push(record.line);
        self.lines.push(record.lines);
        let follows = self.before == Some((place.file, record.offset));
        self.offset.push((!follows).then_some(record.offset));
        self.before = Some((place.file, record.offset.saturating_add(record.length)));
        self.length.push(record.length);
        self.time.push(record.time.map(|time| time.0.div_euclid(1_000)));
        let micros = record.time.map_or(0, |time| time.0.rem_euclid(1_000));
        self.micros.push(u16::try_from(micros).unwrap_or(0));
        self.confidence.push(record.confidence as i8);
        self.level.push(record.level.map(|level| level as i8));
        self.shape.push(shape);
        self.trace_id.push(record.trace_id.as_deref());
        self.span_id.push(record.span_id.as_deref());
        self.request_id.push(record.request_id.as_deref());
        self.flags.push(record.flags.0);
    }

    pub(super) fn take(&mut self) -> Vec<ArrayRef> {
        let taken = std::mem::take(self);
        let confidences = TimeConfidence::ALL.map(TimeConfidence::as_str);
        let levels = Level::ALL.map(Level::as_str);
        vec![
            Arc::new(UInt32Array::from(taken.part)),
            Arc::new(UInt32Array::from(taken.file)),
            Arc::new(UInt32Array::from(taken.source)),
            Arc::new(UInt64Array::from(taken.line)),
            Arc::new(UInt32Array::from(taken.lines)),
            Arc::new(UInt64Array::from(taken.offset)),
            Arc::new(UInt64Array::from(taken.length)),
            Arc::new(TimestampMillisecondArray::from(taken.time)),
            Arc::new(UInt16Array::from(taken.micros)),
            words(Int8Array::from(taken.confidence), &confidences),
            words(Int8Array::from(taken.level), &levels),
            Arc::new(UInt32Array::from(taken.shape)),
            taken.trace_id.finish(),
            taken.span_id.finish(),
            taken.request_id.finish(),
            Arc::new(UInt8Array::from(taken.flags)),
        ]
    }
}

/// A column of ids. Most logs have none of a kind, and pay nothing for it.
#[derive(Default)]
struct IdBuilder {
    ids: StringBuilder,
    /// Records without one since the last that has one.
    without: usize,
}

impl IdBuilder {
    fn push(&mut self, id: Option<&str>) {
        match id {
            None => self.without += 1,
            Some(id) => {
                self.catch_up();
                self.ids.append_value(id);
            }
        }
    }

    fn catch_up(&mut self) {
        for _ in 0..std::mem::take(&mut self.without) {
            self.ids.append_null();
        }
    }

    fn finish(mut self) -> ArrayRef {
        if self.ids.is_empty() {
            return Arc::new(StringArray::new_null(self.without));
        }
        self.catch_up();
        Arc::new(self.ids.finish())
    }
}

fn words(keys: Int8Array, words: &[&'static str]) -> ArrayRef {
    let words = Arc::new(StringArray::from_iter_values(words));
    Arc::new(DictionaryArray::new(keys, words))
}
