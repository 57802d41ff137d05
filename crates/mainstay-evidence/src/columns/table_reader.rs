//! Reads the other tables back, row by row: spans, samples, objects and events.

use std::fs::File;
use std::path::Path;

use arrow_array::types::{Float64Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, RecordBatch, StringArray};
use mainstay_core::UtcMicros;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::ColumnsError;
use super::array::{numbers, texts};

/// One stored span, borrowed while reading.
pub(crate) struct SpanView<'a> {
    pub(crate) start: i64,
    pub(crate) duration_us: i64,
    pub(crate) trace_id: &'a str,
    pub(crate) span_id: &'a str,
    pub(crate) parent_id: Option<&'a str>,
    pub(crate) service: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) pod: Option<&'a str>,
    /// JSON.
    pub(crate) attributes: Option<&'a str>,
    pub(crate) failed: bool,
    pub(crate) file: u32,
    pub(crate) line: u64,
}

/// One stored sample, borrowed while reading.
pub(crate) struct SampleView<'a> {
    pub(crate) time: i64,
    pub(crate) metric: &'a str,
    pub(crate) series: &'a str,
    pub(crate) value: f64,
    pub(crate) file: u32,
    pub(crate) line: u64,
}

/// One stored Kubernetes object.
pub(crate) struct StoredObject {
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) phase: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) restarts: u64,
    pub(crate) image: Option<String>,
    pub(crate) node: Option<String>,
    pub(crate) file: u32,
    pub(crate) line: u64,
}

/// One stored Kubernetes event.
pub(crate) struct StoredEvent {
    pub(crate) first: Option<UtcMicros>,
    pub(crate) object: String,
    pub(crate) severity: String,
    pub(crate) reason: String,
    pub(crate) message: String,
    pub(crate) file: u32,
    pub(crate) line: u64,
}

/// Passes every span of the folder; none when the bundle has no traces.
pub(crate) fn spans(
    folder: &Path,
    sink: &mut dyn FnMut(&SpanView<'_>),
) -> Result<(), ColumnsError> {
    batches(&folder.join("spans.parquet"), &mut |batch| {
        let start = numbers::<Int64Type>(batch, "start_us")?;
        let duration = numbers::<Int64Type>(batch, "duration_us")?;
        let trace = texts(batch, "trace_id")?;
        let span = texts(batch, "span_id")?;
        let parent = texts(batch, "parent_id")?;
        let service = texts(batch, "service")?;
        let operation = texts(batch, "operation")?;
        let pod = texts(batch, "pod")?;
        let attributes = texts(batch, "attributes")?;
        let status = texts(batch, "status")?;
        let file = numbers::<UInt32Type>(batch, "file")?;
        let line = lines_of(batch)?;
        for row in 0..batch.num_rows() {
            sink(&SpanView {
                start: start.value(row),
                duration_us: duration.value(row),
                trace_id: trace.value(row),
                span_id: span.value(row),
                parent_id: optional(parent, row),
                service: service.value(row),
                operation: operation.value(row),
                pod: optional(pod, row),
                attributes: optional(attributes, row),
                failed: status.value(row) == "error",
                file: file.value(row),
                line: line.as_ref().map_or(0, |line| line[row]),
            });
        }
        Ok(())
    })
}

/// Passes every sample of the folder.
pub(crate) fn samples(
    folder: &Path,
    sink: &mut dyn FnMut(&SampleView<'_>),
) -> Result<(), ColumnsError> {
    batches(&folder.join("samples.parquet"), &mut |batch| {
        let time = numbers::<Int64Type>(batch, "time_us")?;
        let metric = texts(batch, "metric")?;
        let series = texts(batch, "series")?;
        let value = numbers::<Float64Type>(batch, "value")?;
        let file = numbers::<UInt32Type>(batch, "file")?;
        let line = lines_of(batch)?;
        for row in 0..batch.num_rows() {
            sink(&SampleView {
                time: time.value(row),
                metric: metric.value(row),
                series: series.value(row),
                value: value.value(row),
                file: file.value(row),
                line: line.as_ref().map_or(0, |line| line[row]),
            });
        }
        Ok(())
    })
}

/// Passes every Kubernetes object of the folder.
pub(crate) fn objects(
    folder: &Path,
    sink: &mut dyn FnMut(StoredObject),
) -> Result<(), ColumnsError> {
    batches(&folder.join("objects.parquet"), &mut |batch| {
        let kind = texts(batch, "kind")?;
        let name = texts(batch, "name")?;
        let phase = texts(batch, "phase")?;
        let reason = texts(batch, "reason")?;
        let restarts = numbers::<UInt64Type>(batch, "restarts")?;
        let image = texts(batch, "image")?;
        let node = texts(batch, "node")?;
        let file = numbers::<UInt32Type>(batch, "file")?;
        let line = lines_of(batch)?;
        for row in 0..batch.num_rows() {
            sink(StoredObject {
                kind: kind.value(row).to_owned(),
                name: name.value(row).to_owned(),
                phase: optional(phase, row).map(str::to_owned),
                reason: optional(reason, row).map(str::to_owned),
                restarts: restarts.value(row),
                image: optional(image, row).map(str::to_owned),
                node: optional(node, row).map(str::to_owned),
                file: file.value(row),
                line: line.as_ref().map_or(0, |line| line[row]),
            });
        }
        Ok(())
    })
}

/// Passes every Kubernetes event of the folder.
pub(crate) fn events(folder: &Path, sink: &mut dyn FnMut(StoredEvent)) -> Result<(), ColumnsError> {
    batches(&folder.join("events.parquet"), &mut |batch| {
        let first = numbers::<Int64Type>(batch, "first_us")?;
        let object = texts(batch, "object")?;
        let severity = texts(batch, "severity")?;
        let reason = texts(batch, "reason")?;
        let message = texts(batch, "message")?;
        let file = numbers::<UInt32Type>(batch, "file")?;
        let line = lines_of(batch)?;
        for row in 0..batch.num_rows() {
            sink(StoredEvent {
                first: first.is_valid(row).then(|| UtcMicros(first.value(row))),
                object: object.value(row).to_owned(),
                severity: severity.value(row).to_owned(),
                reason: reason.value(row).to_owned(),
                message: message.value(row).to_owned(),
                file: file.value(row),
                line: line.as_ref().map_or(0, |line| line[row]),
            });
        }
        Ok(())
    })
}

/// Folders of older versions have no such column.
fn lines_of(batch: &RecordBatch) -> Result<Option<Vec<u64>>, ColumnsError> {
    if batch.column_by_name("line").is_none() {
        return Ok(None);
    }
    Ok(Some(numbers::<UInt64Type>(batch, "line")?.values().to_vec()))
}

fn batches(
    path: &Path,
    take: &mut dyn FnMut(&RecordBatch) -> Result<(), ColumnsError>,
) -> Result<(), ColumnsError> {
    if !path.exists() {
        return Ok(());
    }
    let file = File::open(path).map_err(ColumnsError::File)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
    for batch in builder.with_batch_size(super::BATCH_ROWS).build()? {
        take(&batch?)?;
    }
    Ok(())
}

fn optional(array: &StringArray, row: usize) -> Option<&str> {
    array.is_valid(row).then(|| array.value(row))
}
