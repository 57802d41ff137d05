//! Reads a part: its shapes whole, the small columns of all records for an index, the values and
//! ids by row group or by run.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Int8Type, TimestampMillisecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch, StringArray};
use mainstay_core::{Level, UtcMicros};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};
use parquet::file::metadata::PageIndexPolicy;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::array::{list_of_numbers, list_of_texts, numbers, texts};
use super::group::{Runs, Values};
use super::shape::Shape;
use super::{ColumnsError, Group, ROW_GROUP_ROWS};
use crate::mine::FormId;
use crate::record::{Flags, TimeConfidence};

/// Row groups whose index rows are in memory at once while a bundle is opened.
const GROUPS_AT_ONCE: usize = 4;

/// What a filter asks of a row, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IndexRow {
    pub(crate) time: Option<UtcMicros>,
    pub(crate) confidence: TimeConfidence,
    pub(crate) level: Option<Level>,
    pub(crate) file: u32,
    pub(crate) source: u32,
    pub(crate) line: u64,
    pub(crate) lines: u32,
    /// Number in [`LinePart::shapes`].
    pub(crate) shape: u32,
    pub(crate) flags: Flags,
}

/// The rows of `values/` that one gap of one shape has in a row group.
pub(crate) type Run = Range<usize>;

/// A Parquet file and its footer.
struct Stored {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
}

/// Where a row group begins, and where its values are.
#[derive(Debug, Clone, Copy)]
struct Place {
    first: u64,
    rows: usize,
    /// The row group of `values/`; none when no record of it has a value.
    values: Option<usize>,
}

/// The stored files of a group of files.
pub(crate) struct LinePart {
    lines: Stored,
    values: Stored,
    shapes: Vec<Shape>,
    places: Vec<Place>,
}

impl LinePart {
    /// Reads shapes and footers, and passes the small columns of each row group, in order.
    ///
    /// # Errors
    /// When a file is not there, is damaged or is not ours.
    pub(crate) fn open(
        folder: &Path,
        name: &str,
        sink: &mut dyn FnMut(Vec<IndexRow>) -> Result<(), ColumnsError>,
    ) -> Result<Self, ColumnsError> {
        let lines = Stored::open(folder.join("lines").join(name))?;
        let values = Stored::open(folder.join("values").join(name))?;
        let shapes = read_shapes(&Stored::open(folder.join("shapes").join(name))?)?;
        let mut part = Self { lines, values, shapes, places: Vec::new() };
        let groups = part.lines.groups();
        let (mut first, mut value_groups) = (0, 0);
        for start in (0..groups).step_by(GROUPS_AT_ONCE) {
            let end = groups.min(start + GROUPS_AT_ONCE);
            let read: Vec<Vec<IndexRow>> = (start..end)
                .into_par_iter()
                .map(|group| part.index(group))
                .collect::<Result<_, _>>()?;
            for rows in read {
                let of_rows: Vec<u32> = rows.iter().map(|row| row.shape).collect();
                let has_values = Runs::of(&part.shapes, &of_rows)?.values() > 0;
                let values = has_values.then_some(value_groups);
                value_groups += usize::from(has_values);
                part.places.push(Place { first, rows: rows.len(), values });
                first += rows.len() as u64;
                sink(rows)?;
            }
        }
        if value_groups != part.values.groups() {
            return Err(ColumnsError::Column("value"));
        }
        Ok(part)
    }

    /// The shapes of the part, by number.
    pub(crate) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// How many row groups it has.
    pub(crate) fn groups(&self) -> usize {
        self.places.len()
    }

    /// The records of a row group, counted from the first of the part.
    pub(crate) fn rows_of(&self, group: usize) -> Range<u64> {
        self.places.get(group).map_or(0..0, |place| place.first..place.first + place.rows as u64)
    }

    /// The row group that holds a record.
    pub(crate) fn group_of(&self, row: u64) -> Option<usize> {
        self.places.partition_point(|place| place.first <= row).checked_sub(1)
    }

    /// Everything that gives the records of a row group their text; `of_rows` are their shapes.
    ///
    /// # Errors
    /// When a file is damaged.
    pub(crate) fn group(&self, group: usize, of_rows: &[u32]) -> Result<Group, ColumnsError> {
        let place = self.places.get(group).ok_or(ColumnsError::Column("rows"))?;
        let runs = Runs::of(&self.shapes, of_rows)?;
        let values = match place.values {
            Some(values) => self.values.values(values, None)?,
            None => Values::empty(),
        };
        if values.len() != runs.values() {
            return Err(ColumnsError::Column("value"));
        }
        let columns = ["offset", "length", "trace_id", "span_id", "request_id"];
        let batch = self.lines.batch(&columns, group, None)?;
        Group::new(runs, values, &batch.ok_or(ColumnsError::Column("length"))?)
    }

    /// The values at some rows of `values/` of a row group, ascending and apart.
    ///
    /// # Errors
    /// When the file is damaged.
    pub(crate) fn values(&self, group: usize, wanted: &[Run]) -> Result<Values, ColumnsError> {
        let values = self.places.get(group).and_then(|place| place.values);
        let Some(values) = values else { return Ok(Values::empty()) };
        let rows = self.values.rows_of(values);
        let mut selectors = Vec::with_capacity(wanted.len() * 2);
        let mut at = 0;
        for run in wanted {
            if run.start < at || run.end > rows {
                return Err(ColumnsError::Column("value"));
            }
            selectors.push(RowSelector::skip(run.start - at));
            selectors.push(RowSelector::select(run.end - run.start));
            at = run.end;
        }
        self.values.values(values, Some(RowSelection::from(selectors)))
    }

    /// A column of ids of a row group, one for each record.
    ///
    /// # Errors
    /// When the file is damaged.
    pub(crate) fn ids(
        &self,
        group: usize,
        column: &'static str,
    ) -> Result<StringArray, ColumnsError> {
        let batch = self.lines.batch(&[column], group, None)?;
        batch.map_or_else(
            || Ok(StringArray::new_null(0)),
            |batch| Ok(texts(&batch, column)?.clone()),
        )
    }

    fn index(&self, group: usize) -> Result<Vec<IndexRow>, ColumnsError> {
        let columns = [
            "file",
            "source",
            "line",
            "lines",
            "time",
            "micros",
            "time_confidence",
            "level",
            "shape",
            "flags",
        ];
        let mut rows = Vec::with_capacity(self.lines.rows_of(group));
        for batch in self.lines.reader(&columns, group, None, ROW_GROUP_ROWS)? {
            index_rows(&batch?, &mut rows)?;
        }
        Ok(rows)
    }
}

fn index_rows(batch: &RecordBatch, rows: &mut Vec<IndexRow>) -> Result<(), ColumnsError> {
    let file = numbers::<UInt32Type>(batch, "file")?;
    let source = numbers::<UInt32Type>(batch, "source")?;
    let line = numbers::<UInt64Type>(batch, "line")?;
    let lines = numbers::<UInt32Type>(batch, "lines")?;
    let time = numbers::<TimestampMillisecondType>(batch, "time")?;
    let micros = numbers::<UInt16Type>(batch, "micros")?;
    let confidence = words(batch, "time_confidence", |word| {
        TimeConfidence::ALL.into_iter().find(|confidence| confidence.as_str() == word)
    })?;
    let level = words(batch, "level", |word| Level::from_str(word).ok())?;
    let shape = numbers::<UInt32Type>(batch, "shape")?;
    let flags = numbers::<UInt8Type>(batch, "flags")?;
    for row in 0..batch.num_rows() {
        let at = |ms: i64| UtcMicros(ms.saturating_mul(1_000) + i64::from(micros.value(row)));
        rows.push(IndexRow {
            time: time.is_valid(row).then(|| at(time.value(row))),
            confidence: confidence[row].ok_or(ColumnsError::Column("time_confidence"))?,
            level: level[row],
            file: file.value(row),
            source: source.value(row),
            line: line.value(row),
            lines: lines.value(row),
            shape: shape.value(row),
            flags: Flags(flags.value(row)),
        });
    }
    Ok(())
}

/// A column of few words, each looked up once.
fn words<T: Copy>(
    batch: &RecordBatch,
    name: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Vec<Option<T>>, ColumnsError> {
    let column = batch
        .column_by_name(name)
        .and_then(|column| column.as_dictionary_opt::<Int8Type>())
        .ok_or(ColumnsError::Column(name))?;
    let known: &StringArray = column.values().as_string_opt().ok_or(ColumnsError::Column(name))?;
    let known: Vec<Option<T>> = known.iter().map(|word| word.and_then(&parse)).collect();
    if known.contains_none() {
        return Err(ColumnsError::Column(name));
    }
    let of_key =
        |key: i8| usize::try_from(key).ok().and_then(|key| known.get(key).copied().flatten());
    Ok(column.keys().iter().map(|key| key.and_then(of_key)).collect())
}

trait ContainsNone {
    fn contains_none(&self) -> bool;
}

impl<T> ContainsNone for Vec<Option<T>> {
    fn contains_none(&self) -> bool {
        self.iter().any(Option::is_none)
    }
}

fn read_shapes(stored: &Stored) -> Result<Vec<Shape>, ColumnsError> {
    let columns = ["form", "records", "pieces", "gaps", "marks", "spread"];
    let mut shapes = Vec::new();
    for group in 0..stored.groups() {
        for batch in stored.reader(&columns, group, None, ROW_GROUP_ROWS)? {
            let batch = batch?;
            let forms = numbers::<UInt64Type>(&batch, "form")?;
            let records = numbers::<UInt64Type>(&batch, "records")?;
            for row in 0..batch.num_rows() {
                let shape = Shape::parse(
                    FormId(forms.value(row)),
                    records.value(row),
                    list_of_texts(&batch, "pieces", row)?,
                    &list_of_texts(&batch, "gaps", row)?,
                    &list_of_texts(&batch, "marks", row)?,
                    list_of_numbers::<UInt32Type>(&batch, "spread", row)?,
                );
                shapes.push(shape.ok_or(ColumnsError::Column("gaps"))?);
            }
        }
    }
    Ok(shapes)
}

impl Stored {
    fn open(path: PathBuf) -> Result<Self, ColumnsError> {
        let file = File::open(&path).map_err(ColumnsError::File)?;
        let options = ArrowReaderOptions::new().with_offset_index_policy(PageIndexPolicy::Optional);
        Ok(Self { metadata: ArrowReaderMetadata::load(&file, options)?, path })
    }

    fn groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    fn rows_of(&self, group: usize) -> usize {
        let rows = self.metadata.metadata().row_group(group).num_rows();
        usize::try_from(rows).unwrap_or(0)
    }

    fn values(
        &self,
        group: usize,
        selection: Option<RowSelection>,
    ) -> Result<Values, ColumnsError> {
        let batch = self.batch(&["number", "value"], group, selection)?;
        batch.map_or_else(|| Ok(Values::empty()), |batch| Values::new(&batch))
    }

    /// Some columns of a row group in one batch; `None` when no row is selected.
    fn batch(
        &self,
        columns: &[&'static str],
        group: usize,
        selection: Option<RowSelection>,
    ) -> Result<Option<RecordBatch>, ColumnsError> {
        let rows = self.rows_of(group).max(1);
        let mut batches = self.reader(columns, group, selection, rows)?;
        let batch = batches.next().transpose()?;
        if batches.next().is_some() {
            return Err(ColumnsError::Column("rows"));
        }
        Ok(batch)
    }

    fn reader(
        &self,
        columns: &[&'static str],
        group: usize,
        selection: Option<RowSelection>,
        batch_rows: usize,
    ) -> Result<ParquetRecordBatchReader, ColumnsError> {
        let file = File::open(&self.path).map_err(ColumnsError::File)?;
        let schema = self.metadata.parquet_schema();
        let mask = ProjectionMask::columns(schema, columns.iter().copied());
        let mut builder =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_projection(mask)
                .with_row_groups(vec![group])
                .with_batch_size(batch_rows);
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        Ok(builder.build()?)
    }
}
