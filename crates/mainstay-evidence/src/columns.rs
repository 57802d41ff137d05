//! The Parquet files of a bundle: written in bounded memory, read in blocks, open to every other
//! engine that reads Parquet.
//!
//! The text of a record is `header + form(variables) + tail`. What is *not* here: what a form or a
//! source means (`mine`, `manifest`), and any query (`view`).

mod line_reader;
mod line_writer;
pub(crate) mod table_reader;
mod tables;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

pub use line_reader::{IndexRow, LinePart, StoredRow, TextView};
pub(crate) use line_writer::{LineWriter, RowPlace};
pub(crate) use tables::{Row, Table, write_forms};

/// Rows of a row group: small enough to skip much, large enough to compress well.
const ROW_GROUP_ROWS: usize = 64 * 1024;

/// Bytes of a row group that is being written; long records close it early.
const ROW_GROUP_BYTES: usize = 64 << 20;

/// Rows of a data page and of the block the reader takes at a time: a screen of lines should cost
/// one page, not one row group.
pub const BLOCK_ROWS: usize = 1024;

/// Text bytes collected before they go to the writer.
const BATCH_BYTES: usize = 4 << 20;

/// Why columns could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ColumnsError {
    /// The file could not be opened or made.
    #[error("could not open a column file: check that the evidence folder is complete")]
    File(#[source] std::io::Error),
    /// The library refused.
    #[error("could not read or write a column file: the evidence folder may be damaged")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The arrays do not fit together.
    #[error("could not build a column: please report this as a bug")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// A column is missing or has another type.
    #[error("column {0} is not what this version writes: read the bundle again")]
    Column(&'static str),
}

/// Rows on their way into one Parquet file.
struct TableWriter {
    writer: ArrowWriter<File>,
    schema: SchemaRef,
    rows: u64,
}

impl TableWriter {
    fn create(path: &Path, schema: SchemaRef) -> Result<Self, ColumnsError> {
        let file = File::create(path).map_err(ColumnsError::File)?;
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties()?))?;
        Ok(Self { writer, schema, rows: 0 })
    }

    fn write(&mut self, columns: Vec<arrow_array::ArrayRef>) -> Result<(), ColumnsError> {
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns)?;
        self.rows += batch.num_rows() as u64;
        self.writer.write(&batch)?;
        if self.writer.in_progress_size() > ROW_GROUP_BYTES {
            self.writer.flush()?;
        }
        Ok(())
    }

    fn finish(self) -> Result<u64, ColumnsError> {
        self.writer.close()?;
        Ok(self.rows)
    }
}

/// Texts that seldom repeat. A dictionary of them would be most of the column, and every block that
/// is read would unpack all of it.
const DISTINCT_TEXTS: [&[&str]; 6] = [
    &["header"],
    &["tail"],
    &["trace_id"],
    &["span_id"],
    &["request_id"],
    &["variables", "list", "item"],
];

/// Numbers that rise from row to row: their steps are small.
const RISING_NUMBERS: [&str; 4] = ["time_us", "line", "offset", "length"];

/// The same properties for every table; no version of a library in the bytes but our own name.
fn properties() -> Result<WriterProperties, ColumnsError> {
    let mut builder = WriterProperties::builder();
    for path in DISTINCT_TEXTS {
        let path = path.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        builder = builder.set_column_dictionary_enabled(ColumnPath::new(path), false);
    }
    for name in RISING_NUMBERS {
        let path = ColumnPath::from(name);
        builder = builder
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
    }
    Ok(builder
        .set_created_by("mainstay".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_data_page_row_count_limit(BLOCK_ROWS)
        .set_write_batch_size(BLOCK_ROWS)
        .set_statistics_enabled(EnabledStatistics::Page)
        .build())
}
