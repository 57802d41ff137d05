//! `lines/NNNN.parquet`: one row for a record.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use arrow_array::builder::{
    Int64Builder, ListBuilder, StringBuilder, UInt8Builder, UInt32Builder, UInt64Builder,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::{BATCH_BYTES, BLOCK_ROWS, ColumnsError, TableWriter};
use crate::mine::FormId;
use crate::record::Record;

/// The columns in their order; `docs/evidence-format.md` explains them.
pub(super) static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let item = Field::new("item", DataType::Utf8, true);
    Arc::new(Schema::new(vec![
        Field::new("time_us", DataType::Int64, true),
        Field::new("time_confidence", DataType::Utf8, false),
        Field::new("level", DataType::Utf8, true),
        Field::new("source", DataType::UInt32, false),
        Field::new("file", DataType::UInt32, false),
        Field::new("line", DataType::UInt64, false),
        Field::new("lines", DataType::UInt32, false),
        Field::new("offset", DataType::UInt64, false),
        Field::new("length", DataType::UInt64, false),
        Field::new("form", DataType::UInt64, false),
        Field::new("variables", DataType::List(Arc::new(item)), false),
        Field::new("header", DataType::Utf8, false),
        Field::new("tail", DataType::Utf8, false),
        Field::new("trace_id", DataType::Utf8, true),
        Field::new("span_id", DataType::Utf8, true),
        Field::new("request_id", DataType::Utf8, true),
        Field::new("flags", DataType::UInt8, false),
    ]))
});

/// Which file of the bundle a record is of, and who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowPlace {
    pub(crate) file: u32,
    pub(crate) source: u32,
}

/// Writes records in the order they come.
pub(crate) struct LineWriter {
    table: TableWriter,
    batch: Batch,
}

impl LineWriter {
    /// A new file at `path`.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub(crate) fn create(path: &Path) -> Result<Self, ColumnsError> {
        Ok(Self { table: TableWriter::create(path, Arc::clone(&SCHEMA))?, batch: Batch::default() })
    }

    /// Adds a record, whose body is the form filled with `variables`.
    ///
    /// # Errors
    /// When a full batch cannot be written.
    pub(crate) fn push(
        &mut self,
        place: RowPlace,
        record: &Record,
        form: FormId,
        variables: &[&str],
    ) -> Result<(), ColumnsError> {
        self.batch.push(place, record, form, variables);
        if self.batch.rows >= BLOCK_ROWS || self.batch.bytes >= BATCH_BYTES {
            self.table.write(self.batch.take())?;
        }
        Ok(())
    }

    /// Closes the file; answers its rows.
    ///
    /// # Errors
    /// When the rest or the footer cannot be written.
    pub(crate) fn finish(mut self) -> Result<u64, ColumnsError> {
        if self.batch.rows > 0 {
            self.table.write(self.batch.take())?;
        }
        self.table.finish()
    }
}

#[derive(Default)]
struct Batch {
    rows: usize,
    bytes: usize,
    time_us: Int64Builder,
    confidence: StringBuilder,
    level: StringBuilder,
    source: UInt32Builder,
    file: UInt32Builder,
    line: UInt64Builder,
    lines: UInt32Builder,
    offset: UInt64Builder,
    length: UInt64Builder,
    form: UInt64Builder,
    variables: ListBuilder<StringBuilder>,
    header: StringBuilder,
    tail: StringBuilder,
    trace_id: StringBuilder,
    span_id: StringBuilder,
    request_id: StringBuilder,
    flags: UInt8Builder,
}

impl Batch {
    fn push(&mut self, place: RowPlace, record: &Record, form: FormId, variables: &[&str]) {
        self.rows += 1;
        self.bytes += record.header.len() + record.body.len() + record.tail.len();
        self.time_us.append_option(record.time.map(|time| time.0));
        self.confidence.append_value(record.confidence.as_str());
        self.level.append_option(record.level.map(|level| level.as_str()));
        self.source.append_value(place.source);
        self.file.append_value(place.file);
        self.line.append_value(record.line);
        self.lines.append_value(record.lines);
        self.offset.append_value(record.offset);
        self.length.append_value(record.length);
        self.form.append_value(form.0);
        for variable in variables {
            self.variables.values().append_value(variable);
        }
        self.variables.append(true);
        self.header.append_value(&record.header);
        self.tail.append_value(&record.tail);
        self.trace_id.append_option(record.trace_id.as_deref());
        self.span_id.append_option(record.span_id.as_deref());
        self.request_id.append_option(record.request_id.as_deref());
        self.flags.append_value(record.flags.0);
    }

    fn take(&mut self) -> Vec<arrow_array::ArrayRef> {
        self.rows = 0;
        self.bytes = 0;
        vec![
            Arc::new(self.time_us.finish()),
            Arc::new(self.confidence.finish()),
            Arc::new(self.level.finish()),
            Arc::new(self.source.finish()),
            Arc::new(self.file.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.lines.finish()),
            Arc::new(self.offset.finish()),
            Arc::new(self.length.finish()),
            Arc::new(self.form.finish()),
            Arc::new(self.variables.finish()),
            Arc::new(self.header.finish()),
            Arc::new(self.tail.finish()),
            Arc::new(self.trace_id.finish()),
            Arc::new(self.span_id.finish()),
            Arc::new(self.request_id.finish()),
            Arc::new(self.flags.finish()),
        ]
    }
}
