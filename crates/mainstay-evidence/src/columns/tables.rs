//! The other tables: forms, spans, samples, objects, events. A file is made with its first row.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray, UInt32Array, UInt64Array};
use arrow_schema::{DataType, Field, Schema};

use super::{BATCH_ROWS, ColumnsError, TableWriter, properties};
use crate::mine::Dictionary;
use crate::parse::structured::{Object, ObjectEvent, Point, Span, SpanStatus};

/// What stands for a variable in a pattern.
const GAP: &str = "<*>";

/// Something that is stored as a row, beside the id of its file.
pub(crate) trait Row {
    /// The columns of some rows, in order.
    fn columns(rows: &[(u32, Self)]) -> Vec<(Field, ArrayRef)>
    where
        Self: Sized;
}

/// A Parquet file of rows of one kind; absent when there are none.
pub(crate) struct Table<R> {
    path: PathBuf,
    writer: Option<TableWriter>,
    rows: Vec<(u32, R)>,
}

impl<R: Row> Table<R> {
    /// Nothing is written yet.
    #[must_use]
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, writer: None, rows: Vec::new() }
    }

    /// Adds a row of a file.
    ///
    /// # Errors
    /// When a full batch cannot be written.
    pub(crate) fn push(&mut self, file: u32, row: R) -> Result<(), ColumnsError> {
        self.rows.push((file, row));
        if self.rows.len() >= BATCH_ROWS { self.flush() } else { Ok(()) }
    }

    /// Writes the rest.
    ///
    /// # Errors
    /// When the rest or the footer cannot be written.
    pub(crate) fn finish(mut self) -> Result<(), ColumnsError> {
        self.flush()?;
        if let Some(writer) = self.writer {
            writer.finish()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ColumnsError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let (fields, columns): (Vec<Field>, Vec<ArrayRef>) =
            R::columns(&self.rows).into_iter().unzip();
        self.rows.clear();
        if self.writer.is_none() {
            let schema = Arc::new(Schema::new(fields));
            self.writer = Some(TableWriter::create(&self.path, schema, properties()?.build())?);
        }
        match &mut self.writer {
            Some(writer) => writer.write(columns),
            None => Ok(()),
        }
    }
}

fn text<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> (Field, ArrayRef) {
    let column: ArrayRef = Arc::new(StringArray::from_iter_values(values));
    (Field::new(name, DataType::Utf8, false), column)
}

fn text_or_null<'a>(
    name: &str,
    values: impl Iterator<Item = Option<&'a str>>,
) -> (Field, ArrayRef) {
    let column: ArrayRef = Arc::new(values.collect::<StringArray>());
    (Field::new(name, DataType::Utf8, true), column)
}

fn id(name: &str, values: impl Iterator<Item = u32>) -> (Field, ArrayRef) {
    let column: ArrayRef = Arc::new(UInt32Array::from_iter_values(values));
    (Field::new(name, DataType::UInt32, false), column)
}

fn count(name: &str, values: impl Iterator<Item = u64>) -> (Field, ArrayRef) {
    let column: ArrayRef = Arc::new(UInt64Array::from_iter_values(values));
    (Field::new(name, DataType::UInt64, false), column)
}

fn micros(name: &str, values: impl Iterator<Item = i64>) -> (Field, ArrayRef) {
    let column: ArrayRef = Arc::new(Int64Array::from_iter_values(values));
    (Field::new(name, DataType::Int64, false), column)
}

fn micros_or_null(name: &str, values: impl Iterator<Item = Option<i64>>) -> (Field, ArrayRef) {
    let column: ArrayRef = Arc::new(values.collect::<Int64Array>());
    (Field::new(name, DataType::Int64, true), column)
}

impl Row for Span {
    fn columns(rows: &[(u32, Self)]) -> Vec<(Field, ArrayRef)> {
        let spans = || rows.iter().map(|(_, span)| span);
        let status = |span: &Self| match span.status {
            SpanStatus::Unset => "unset",
            SpanStatus::Ok => "ok",
            SpanStatus::Error => "error",
        };
        vec![
            micros("start_us", spans().map(|span| span.start.0)),
            micros("duration_us", spans().map(|span| span.duration_us)),
            text("trace_id", spans().map(|span| span.trace_id.as_str())),
            text("span_id", spans().map(|span| span.span_id.as_str())),
            text_or_null("parent_id", spans().map(|span| span.parent_id.as_deref())),
            text("service", spans().map(|span| span.service.as_str())),
            text("operation", spans().map(|span| span.operation.as_str())),
            text_or_null("pod", spans().map(|span| span.pod.as_deref())),
            text("status", spans().map(status)),
            text_or_null("attributes", spans().map(|span| span.attributes.as_deref())),
            id("file", rows.iter().map(|(file, _)| *file)),
            count("ordinal", spans().map(|span| span.ordinal)),
            count("line", spans().map(|span| span.line)),
        ]
    }
}

impl Row for Point {
    fn columns(rows: &[(u32, Self)]) -> Vec<(Field, ArrayRef)> {
        let points = || rows.iter().map(|(_, point)| point);
        let values: ArrayRef =
            Arc::new(Float64Array::from_iter_values(points().map(|point| point.value)));
        vec![
            micros("time_us", points().map(|point| point.time.0)),
            text("metric", points().map(|point| point.metric.as_str())),
            text("series", points().map(|point| point.series.as_str())),
            (Field::new("value", DataType::Float64, false), values),
            id("file", rows.iter().map(|(file, _)| *file)),
            count("ordinal", points().map(|point| point.ordinal)),
            count("line", points().map(|point| point.line)),
        ]
    }
}

impl Row for Object {
    fn columns(rows: &[(u32, Self)]) -> Vec<(Field, ArrayRef)> {
        let objects = || rows.iter().map(|(_, object)| object);
        vec![
            text("kind", objects().map(|object| object.kind.as_str())),
            text("namespace", objects().map(|object| object.namespace.as_str())),
            text("name", objects().map(|object| object.name.as_str())),
            text_or_null("phase", objects().map(|object| object.phase.as_deref())),
            text_or_null("reason", objects().map(|object| object.reason.as_deref())),
            count("restarts", objects().map(|object| object.restarts)),
            text_or_null("image", objects().map(|object| object.image.as_deref())),
            text_or_null("node", objects().map(|object| object.node.as_deref())),
            id("file", rows.iter().map(|(file, _)| *file)),
            count("ordinal", objects().map(|object| object.ordinal)),
            count("line", objects().map(|object| object.line)),
        ]
    }
}

impl Row for ObjectEvent {
    fn columns(rows: &[(u32, Self)]) -> Vec<(Field, ArrayRef)> {
        let events = || rows.iter().map(|(_, event)| event);
        vec![
            micros_or_null("first_us", events().map(|event| event.first.map(|time| time.0))),
            micros_or_null("last_us", events().map(|event| event.last.map(|time| time.0))),
            text("namespace", events().map(|event| event.namespace.as_str())),
            text("object", events().map(|event| event.object.as_str())),
            text("severity", events().map(|event| event.severity.as_str())),
            text("reason", events().map(|event| event.reason.as_str())),
            text("message", events().map(|event| event.message.as_str())),
            count("occurrences", events().map(|event| event.count)),
            id("file", rows.iter().map(|(file, _)| *file)),
            count("ordinal", events().map(|event| event.ordinal)),
            count("line", events().map(|event| event.line)),
        ]
    }
}

/// Writes `forms.parquet`, which joins a row of `lines` to its template: form, template, pattern,
/// records.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn write_forms(path: &Path, dictionary: &Dictionary) -> Result<(), ColumnsError> {
    let forms: Vec<_> = dictionary.forms.iter().collect();
    let template = |number: u32| {
        dictionary.templates.get(number as usize).map_or("", |template| template.id.as_str())
    };
    let columns = |forms: &[(&crate::mine::FormId, &crate::mine::Form)]| {
        let patterns: Vec<String> = forms.iter().map(|(_, form)| form.pieces.join(GAP)).collect();
        vec![
            count("form", forms.iter().map(|(id, _)| id.0)),
            text("template", forms.iter().map(|(_, form)| template(form.template))),
            text("pattern", patterns.iter().map(String::as_str)),
            count("records", forms.iter().map(|(_, form)| form.count)),
        ]
    };
    let fields: Vec<Field> = columns(&[]).into_iter().map(|(field, _)| field).collect();
    let schema = Arc::new(Schema::new(fields));
    let mut table = TableWriter::create(path, schema, properties()?.build())?;
    for chunk in forms.chunks(BATCH_ROWS) {
        table.write(columns(chunk).into_iter().map(|(_, column)| column).collect())?;
    }
    table.finish()?;
    Ok(())
}
