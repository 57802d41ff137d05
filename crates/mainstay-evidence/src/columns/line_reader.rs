//! Reads `lines/NNNN.parquet`: the small columns of all rows for an index, the texts by block.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, UInt8Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrowPrimitiveType, ListArray, PrimitiveArray, RecordBatch, StringArray};
use mainstay_core::{Level, UtcMicros};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};
use parquet::file::metadata::PageIndexPolicy;

use super::ColumnsError;
use crate::mine::FormId;
use crate::record::{Flags, TimeConfidence};

/// What a filter asks of a row, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexRow {
    pub time: Option<UtcMicros>,
    pub confidence: TimeConfidence,
    pub level: Option<Level>,
    pub source: u32,
    pub file: u32,
    pub line: u64,
    pub lines: u32,
    pub form: FormId,
    pub flags: Flags,
}

/// The rest of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRow {
    pub offset: u64,
    pub length: u64,
    pub header: String,
    pub variables: Vec<String>,
    pub tail: String,
    pub trace_id: Option<String>,
    pub span_id: Option<String>,
    pub request_id: Option<String>,
}

/// The texts of a row, borrowed while scanning.
pub struct TextView<'a> {
    pub form: FormId,
    pub header: &'a str,
    pub tail: &'a str,
    variables: &'a StringArray,
}

impl<'a> TextView<'a> {
    /// The variables in the order of the form's gaps.
    pub fn variables(&self) -> impl Iterator<Item = &'a str> {
        let variables = self.variables;
        (0..variables.len()).map(|index| variables.value(index))
    }
}

/// One stored file of records.
pub struct LinePart {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    rows: u64,
}

impl LinePart {
    /// Reads the footer.
    ///
    /// # Errors
    /// When the file is not there or is not ours.
    pub fn open(path: &Path) -> Result<Self, ColumnsError> {
        let file = File::open(path).map_err(ColumnsError::File)?;
        let options = ArrowReaderOptions::new().with_offset_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load(&file, options)?;
        let rows = metadata.metadata().file_metadata().num_rows();
        Ok(Self {
            path: path.to_owned(),
            metadata,
            rows: u64::try_from(rows).map_err(|_| ColumnsError::Column("rows"))?,
        })
    }

    /// How many records it holds.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Passes every row's small columns, in order.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn index(&self, sink: &mut dyn FnMut(IndexRow)) -> Result<(), ColumnsError> {
        let columns = [
            "time_us",
            "time_confidence",
            "level",
            "source",
            "file",
            "line",
            "lines",
            "form",
            "flags",
        ];
        for batch in self.reader(&columns, None)? {
            let batch = batch?;
            let time = numbers::<Int64Type>(&batch, "time_us")?;
            let confidence = texts(&batch, "time_confidence")?;
            let level = texts(&batch, "level")?;
            let source = numbers::<UInt32Type>(&batch, "source")?;
            let file = numbers::<UInt32Type>(&batch, "file")?;
            let line = numbers::<UInt64Type>(&batch, "line")?;
            let lines = numbers::<UInt32Type>(&batch, "lines")?;
            let form = numbers::<UInt64Type>(&batch, "form")?;
            let flags = numbers::<UInt8Type>(&batch, "flags")?;
            for row in 0..batch.num_rows() {
                sink(IndexRow {
                    time: time.is_valid(row).then(|| UtcMicros(time.value(row))),
                    confidence: confidence_of(confidence.value(row))?,
                    level: optional(level, row)
                        .map(Level::from_str)
                        .transpose()
                        .map_err(|_| ColumnsError::Column("level"))?,
                    source: source.value(row),
                    file: file.value(row),
                    line: line.value(row),
                    lines: lines.value(row),
                    form: FormId(form.value(row)),
                    flags: Flags(flags.value(row)),
                });
            }
        }
        Ok(())
    }

    /// The rows `start..start + count` with their texts; fewer at the end of the file.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn block(&self, start: u64, count: usize) -> Result<Vec<StoredRow>, ColumnsError> {
        let start = usize::try_from(start).map_err(|_| ColumnsError::Column("rows"))?;
        let columns = [
            "offset",
            "length",
            "variables",
            "header",
            "tail",
            "trace_id",
            "span_id",
            "request_id",
        ];
        let selection =
            RowSelection::from(vec![RowSelector::skip(start), RowSelector::select(count)]);
        let mut rows = Vec::with_capacity(count);
        for batch in self.reader(&columns, Some(selection))? {
            read_block(&batch?, &mut rows)?;
        }
        Ok(rows)
    }

    /// Passes the texts of every row, in order, without copying them.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn scan(&self, sink: &mut dyn FnMut(u64, &TextView<'_>)) -> Result<(), ColumnsError> {
        let mut position = 0;
        for batch in self.reader(&["form", "variables", "header", "tail"], None)? {
            let batch = batch?;
            let form = numbers::<UInt64Type>(&batch, "form")?;
            let variables = lists(&batch, "variables")?;
            let header = texts(&batch, "header")?;
            let tail = texts(&batch, "tail")?;
            for row in 0..batch.num_rows() {
                let list = variables.value(row);
                let view = TextView {
                    form: FormId(form.value(row)),
                    header: header.value(row),
                    tail: tail.value(row),
                    variables: list.as_string_opt().ok_or(ColumnsError::Column("variables"))?,
                };
                sink(position, &view);
                position += 1;
            }
        }
        Ok(())
    }

    /// Passes the span that every row names, in order.
    ///
    /// # Errors
    /// When the file is damaged.
    pub(crate) fn spans(&self, sink: &mut dyn FnMut(Option<&str>)) -> Result<(), ColumnsError> {
        for batch in self.reader(&["span_id"], None)? {
            let batch = batch?;
            let span = texts(&batch, "span_id")?;
            for row in 0..batch.num_rows() {
                sink(optional(span, row));
            }
        }
        Ok(())
    }

    fn reader(
        &self,
        columns: &[&'static str],
        selection: Option<RowSelection>,
    ) -> Result<ParquetRecordBatchReader, ColumnsError> {
        let file = File::open(&self.path).map_err(ColumnsError::File)?;
        let schema = self.metadata.parquet_schema();
        let mask = ProjectionMask::columns(schema, columns.iter().copied());
        let mut builder =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_projection(mask)
                .with_batch_size(super::BLOCK_ROWS);
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        Ok(builder.build()?)
    }
}

fn read_block(batch: &RecordBatch, rows: &mut Vec<StoredRow>) -> Result<(), ColumnsError> {
    let offset = numbers::<UInt64Type>(batch, "offset")?;
    let length = numbers::<UInt64Type>(batch, "length")?;
    let variables = lists(batch, "variables")?;
    let header = texts(batch, "header")?;
    let tail = texts(batch, "tail")?;
    let trace_id = texts(batch, "trace_id")?;
    let span_id = texts(batch, "span_id")?;
    let request_id = texts(batch, "request_id")?;
    for row in 0..batch.num_rows() {
        let list = variables.value(row);
        let list: &StringArray = list.as_string_opt().ok_or(ColumnsError::Column("variables"))?;
        rows.push(StoredRow {
            offset: offset.value(row),
            length: length.value(row),
            header: header.value(row).to_owned(),
            variables: (0..list.len()).map(|index| list.value(index).to_owned()).collect(),
            tail: tail.value(row).to_owned(),
            trace_id: optional(trace_id, row).map(str::to_owned),
            span_id: optional(span_id, row).map(str::to_owned),
            request_id: optional(request_id, row).map(str::to_owned),
        });
    }
    Ok(())
}

fn confidence_of(word: &str) -> Result<TimeConfidence, ColumnsError> {
    TimeConfidence::ALL
        .into_iter()
        .find(|confidence| confidence.as_str() == word)
        .ok_or(ColumnsError::Column("time_confidence"))
}

pub(super) fn optional(array: &StringArray, row: usize) -> Option<&str> {
    array.is_valid(row).then(|| array.value(row))
}

pub(super) fn numbers<'a, T: ArrowPrimitiveType>(
    batch: &'a RecordBatch,
    name: &'static str,
) -> Result<&'a PrimitiveArray<T>, ColumnsError> {
    batch
        .column_by_name(name)
        .and_then(|column| column.as_primitive_opt::<T>())
        .ok_or(ColumnsError::Column(name))
}

pub(super) fn texts<'a>(
    batch: &'a RecordBatch,
    name: &'static str,
) -> Result<&'a StringArray, ColumnsError> {
    batch
        .column_by_name(name)
        .and_then(|column| column.as_string_opt::<i32>())
        .ok_or(ColumnsError::Column(name))
}

fn lists<'a>(batch: &'a RecordBatch, name: &'static str) -> Result<&'a ListArray, ColumnsError> {
    batch
        .column_by_name(name)
        .and_then(|column| column.as_list_opt::<i32>())
        .ok_or(ColumnsError::Column(name))
}
