//! Writes the records of a part: `lines/NNNN.parquet`, `values/NNNN.parquet`, `shapes/NNNN.parquet`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder, UInt32Builder};
use arrow_array::{ArrayRef, StringArray, UInt32Array, UInt64Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::basic::Encoding;
use parquet::file::properties::EnabledStatistics;
use parquet::schema::types::ColumnPath;

use super::batch::{Batch, RowPlace};
use super::shape::{Gap, Shape};
use super::split::{Of, Splitter};
use super::{ColumnsError, ROW_GROUP_BYTES, ROW_GROUP_ROWS, TableWriter, encoded, properties};
use crate::mine::{FormId, Signatures, signature_hash};
use crate::record::Record;

/// Shapes of a part; beyond it a form has one plain shape. Each shape has runs of its own in the
/// files, and a run of one value compresses with nothing.
const SHAPES_MAX: usize = 4_096;

/// Digits that fit an `i64` whatever they are.
const NUMBER_DIGITS_MAX: usize = 18;

fn word() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8))
}

/// The columns in their order; `docs/evidence-format.md` explains them.
static LINES: LazyLock<SchemaRef> = LazyLock::new(|| {
    let time = DataType::Timestamp(TimeUnit::Millisecond, None);
    Arc::new(Schema::new(vec![
        Field::new("part", DataType::UInt32, false),
        Field::new("file", DataType::UInt32, false),
        Field::new("source", DataType::UInt32, false),
        Field::new("line", DataType::UInt64, false),
        Field::new("lines", DataType::UInt32, false),
        Field::new("offset", DataType::UInt64, true),
        Field::new("length", DataType::UInt64, false),
        Field::new("time", time, true),
        Field::new("micros", DataType::UInt16, false),
        Field::new("time_confidence", word(), false),
        Field::new("level", word(), true),
        Field::new("shape", DataType::UInt32, false),
        Field::new("trace_id", DataType::Utf8, true),
        Field::new("span_id", DataType::Utf8, true),
        Field::new("request_id", DataType::Utf8, true),
        Field::new("flags", DataType::UInt8, false),
    ]))
});

static VALUES: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        Field::new("part", DataType::UInt32, false),
        Field::new("shape", DataType::UInt32, false),
        Field::new("gap", DataType::UInt32, false),
        Field::new("n", DataType::UInt64, false),
        Field::new("number", DataType::Int64, true),
        Field::new("value", DataType::Utf8, true),
    ]))
});

static SHAPES: LazyLock<SchemaRef> = LazyLock::new(|| {
    let list = |of| DataType::List(Arc::new(Field::new("item", of, true)));
    Arc::new(Schema::new(vec![
        Field::new("part", DataType::UInt32, false),
        Field::new("shape", DataType::UInt32, false),
        Field::new("form", DataType::UInt64, false),
        Field::new("records", DataType::UInt64, false),
        Field::new("pattern", DataType::Utf8, false),
        Field::new("pieces", list(DataType::Utf8), false),
        Field::new("gaps", list(DataType::Utf8), false),
        Field::new("marks", list(DataType::Utf8), false),
        Field::new("spread", list(DataType::UInt32), false),
    ]))
});

/// Writes records in the order they come. In memory is one row group.
pub(crate) struct LineWriter {
    part: u32,
    lines: TableWriter,
    values: TableWriter,
    shapes: PathBuf,
    batch: Batch,
    splitter: Splitter,
    signatures: Signatures,
    kept: Vec<Kept>,
}

/// A shape and its values in the row group that is being filled.
struct Kept {
    shape: Shape,
    runs: Vec<RunOfValues>,
    /// Its records in this row group.
    records: u64,
}

/// The values of one gap, one after the other.
struct RunOfValues {
    gap: usize,
    kind: Gap,
    rows: usize,
    texts: String,
    /// Where a text ends, for the values that are no numbers.
    ends: Vec<usize>,
    /// For a run of numbers: the number, or none where a text stands instead.
    numbers: Vec<Option<i64>>,
}

impl RunOfValues {
    fn new(gap: usize, kind: Gap) -> Self {
        let (texts, ends, numbers) = (String::new(), Vec::new(), Vec::new());
        Self { gap, kind, rows: 0, texts, ends, numbers }
    }

    fn push(&mut self, value: &str) {
        self.rows += 1;
        if self.kind == Gap::Number {
            let number = whole_number(value);
            self.numbers.push(number);
            if number.is_some() {
                return;
            }
        }
        self.texts.push_str(value);
        self.ends.push(self.texts.len());
    }

    /// Moves the values behind those of other runs.
    fn drain(&mut self, texts: &mut StringBuilder, numbers: &mut Int64Builder) {
        let mut start = 0;
        let mut ends = self.ends.drain(..);
        for row in 0..self.rows {
            let number = self.numbers.get(row).copied().flatten();
            numbers.append_option(number);
            let end = if number.is_none() { ends.next() } else { None };
            texts.append_option(end.map(|end| &self.texts[start..end]));
            start = end.unwrap_or(start);
        }
        drop(ends);
        self.rows = 0;
        self.texts.clear();
        self.numbers.clear();
    }
}

/// A number that is written again as the same text.
fn whole_number(text: &str) -> Option<i64> {
    let digits = (1..=NUMBER_DIGITS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (!text.starts_with('0') || text.len() == 1);
    if digits { text.parse().ok() } else { None }
}

impl LineWriter {
    /// New files: `path` is `…/lines/NNNN.parquet`, the others stand beside that folder.
    ///
    /// # Errors
    /// When a file cannot be made.
    pub(crate) fn create(path: &Path) -> Result<Self, ColumnsError> {
        let name = path.file_name().unwrap_or_default();
        let beside = |folder: &str| {
            let root = path.parent().and_then(Path::parent).unwrap_or(Path::new("."));
            let folder = root.join(folder);
            fs::create_dir_all(&folder).map_err(ColumnsError::File)?;
            Ok::<_, ColumnsError>(folder.join(name))
        };
        let part = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok()).unwrap_or(0);
        let mut lines = properties()?;
        for rising in ["time", "line", "offset"] {
            lines = encoded(lines, rising, Encoding::DELTA_BINARY_PACKED)
                .set_column_statistics_enabled(ColumnPath::from(rising), EnabledStatistics::Page);
        }
        // mostly the same as before: cheaper as steps than by a dictionary
        for steady in ["part", "file", "source", "lines", "micros", "flags"] {
            lines = encoded(lines, steady, Encoding::DELTA_BINARY_PACKED);
        }
        for id in ["trace_id", "span_id", "request_id"] {
            lines = encoded(lines, id, Encoding::DELTA_LENGTH_BYTE_ARRAY);
        }
        // one byte of all numbers after the other: what is small then costs what it says
        for small in ["shape", "length"] {
            lines = encoded(lines, small, Encoding::BYTE_STREAM_SPLIT);
        }
        let values = encoded(properties()?, "value", Encoding::DELTA_LENGTH_BYTE_ARRAY)
            .set_column_statistics_enabled(ColumnPath::from("value"), EnabledStatistics::None);
        let mut values = values;
        for steady in ["part", "shape", "gap", "n"] {
            values = encoded(values, steady, Encoding::DELTA_BINARY_PACKED);
        }
        let values = encoded(values, "number", Encoding::BYTE_STREAM_SPLIT);
        Ok(Self {
            part,
            lines: TableWriter::create(path, Arc::clone(&LINES), lines.build())?,
            values: TableWriter::create(&beside("values")?, Arc::clone(&VALUES), values.build())?,
            shapes: beside("shapes")?,
            batch: Batch::default(),
            splitter: Splitter::default(),
            signatures: Signatures::default(),
            kept: Vec::new(),
        })
    }

    /// Adds a record, whose body is the form filled with `variables`: slices of that body.
    ///
    /// # Errors
    /// When a full row group cannot be written.
    pub(crate) fn push(
        &mut self,
        place: RowPlace,
        record: &Record,
        form: FormId,
        variables: &[&str],
    ) -> Result<(), ColumnsError> {
        self.splitter.split(record, form.0, variables);
        let mut hash = signature_hash(&self.splitter.signature);
        let mut number = self.signatures.find(&self.splitter.signature, hash);
        if number.is_none() && self.kept.len() >= SHAPES_MAX {
            self.splitter.split_plainly(record, form.0, variables);
            hash = signature_hash(&self.splitter.signature);
            number = self.signatures.find(&self.splitter.signature, hash);
        }
        let number = number.unwrap_or_else(|| self.add_shape(record, variables, hash));
        let kept = &mut self.kept[number as usize];
        kept.records += 1;
        for (run, (of, range)) in kept.runs.iter_mut().zip(&self.splitter.gaps) {
            let value = &text_of(record, variables, *of)[range.clone()];
            kept.shape.marks[run.gap].see(value);
            if run.kind.is_stored() {
                run.push(value);
            }
        }
        self.batch.push(self.part, place, record, number);
        if self.batch.rows >= ROW_GROUP_ROWS || self.batch.bytes >= ROW_GROUP_BYTES {
            self.write_group()?;
        }
        Ok(())
    }

    fn add_shape(&mut self, record: &Record, variables: &[&str], hash: u64) -> u32 {
        let mut shape = Shape::of_signature(&self.splitter.signature, &self.splitter.moments)
            .with_form(&pieces_of(&record.body, variables));
        let own = shape.gaps.iter_mut().enumerate().filter(|(_, gap)| **gap != Gap::Join);
        let mut runs = Vec::with_capacity(self.splitter.gaps.len());
        for ((at, gap), (of, range)) in own.zip(&self.splitter.gaps) {
            if *gap == Gap::Value
                && whole_number(&text_of(record, variables, *of)[range.clone()]).is_some()
            {
                *gap = Gap::Number;
            }
            runs.push(RunOfValues::new(at, *gap));
        }
        // one for each signature, so they have the same number
        self.kept.push(Kept { shape, runs, records: 0 });
        self.signatures.add(&self.splitter.signature, hash)
    }

    fn write_group(&mut self) -> Result<(), ColumnsError> {
        self.lines.write(self.batch.take())?;
        self.lines.flush()?;
        let (mut shapes, mut gaps, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let (mut texts, mut numbers) = (StringBuilder::new(), Int64Builder::new());
        for kind in Gap::STORED {
            for (kept, number) in self.kept.iter_mut().zip(0_u32..) {
                let before = kept.shape.records;
                for run in kept.runs.iter_mut().filter(|run| run.kind == kind) {
                    shapes.resize(shapes.len() + run.rows, number);
                    gaps.resize(gaps.len() + run.rows, u32::try_from(run.gap).unwrap_or(u32::MAX));
                    places.extend(before..before + run.rows as u64);
                    run.drain(&mut texts, &mut numbers);
                }
            }
        }
        for kept in &mut self.kept {
            kept.shape.records += std::mem::take(&mut kept.records);
        }
        if places.is_empty() {
            return Ok(());
        }
        let parts = UInt32Array::from(vec![self.part; places.len()]);
        self.values.write(vec![
            Arc::new(parts),
            Arc::new(UInt32Array::from(shapes)),
            Arc::new(UInt32Array::from(gaps)),
            Arc::new(UInt64Array::from(places)),
            Arc::new(numbers.finish()),
            Arc::new(texts.finish()),
        ])?;
        self.values.flush()
    }

    /// Closes the files; answers the records.
    ///
    /// # Errors
    /// When the rest or a footer cannot be written.
    pub(crate) fn finish(mut self) -> Result<u64, ColumnsError> {
        if self.batch.rows > 0 {
            self.write_group()?;
        }
        self.values.finish()?;
        let mut shapes =
            TableWriter::create(&self.shapes, Arc::clone(&SHAPES), properties()?.build())?;
        if !self.kept.is_empty() {
            let table: Vec<&Shape> = self.kept.iter().map(|kept| &kept.shape).collect();
            shapes.write(shape_columns(self.part, &table))?;
        }
        shapes.finish()?;
        self.lines.finish()
    }
}

fn text_of<'a>(record: &'a Record, variables: &[&'a str], of: Of) -> &'a str {
    match of {
        Of::Header => &record.header,
        Of::Variable(at) => variables[at as usize],
        Of::Tail => &record.tail,
    }
}

/// The constants around the variables, which are slices of the body.
fn pieces_of(body: &str, variables: &[&str]) -> Vec<String> {
    let mut pieces = Vec::with_capacity(variables.len() + 1);
    let mut at = 0;
    for variable in variables {
        let start = (variable.as_ptr() as usize).wrapping_sub(body.as_ptr() as usize);
        debug_assert!(at <= start && start + variable.len() <= body.len());
        let start = start.clamp(at, body.len());
        pieces.push(body.get(at..start).unwrap_or_default().to_owned());
        at = (start + variable.len()).min(body.len());
    }
    pieces.push(body.get(at..).unwrap_or_default().to_owned());
    pieces
}

fn shape_columns(part: u32, shapes: &[&Shape]) -> Vec<ArrayRef> {
    let (mut pieces, mut gaps, mut marks) = (texts_list(), texts_list(), texts_list());
    let mut spread = ListBuilder::new(UInt32Builder::new());
    for shape in shapes {
        for piece in &shape.pieces {
            pieces.values().append_value(piece);
        }
        pieces.append(true);
        for name in shape.gap_names() {
            gaps.values().append_value(name);
        }
        gaps.append(true);
        for name in shape.mark_names() {
            marks.values().append_value(name);
        }
        marks.append(true);
        spread.values().append_slice(&shape.spread);
        spread.append(true);
    }
    let patterns: Vec<String> = shapes.iter().map(|shape| shape.pattern()).collect();
    vec![
        Arc::new(UInt32Array::from(vec![part; shapes.len()])),
        Arc::new(UInt32Array::from_iter_values(0..u32::try_from(shapes.len()).unwrap_or(u32::MAX))),
        Arc::new(UInt64Array::from_iter_values(shapes.iter().map(|shape| shape.form.0))),
        Arc::new(UInt64Array::from_iter_values(shapes.iter().map(|shape| shape.records))),
        Arc::new(StringArray::from_iter_values(patterns)),
        Arc::new(pieces.finish()),
        Arc::new(gaps.finish()),
        Arc::new(marks.finish()),
        Arc::new(spread.finish()),
    ]
}

fn texts_list() -> ListBuilder<StringBuilder> {
    ListBuilder::new(StringBuilder::new())
}
