//! The Parquet files of a bundle: written in bounded memory, read by row group, open to every other
//! engine that reads Parquet.
//!
//! A record's text is its shape filled with its values (`shape`). `lines/` keeps what is small, one
//! row for a record; `values/` keeps the values of one gap of one shape next to each other, because
//! equals compress and are searched together; `shapes/` joins both. What is *not* here: what a form
//! or a source means (`mine`, `manifest`), and any query (`view`).

mod array;
mod batch;
mod group;
mod line_reader;
mod line_writer;
mod moment;
#[cfg(test)]
mod roundtrip;
mod shape;
mod split;
pub(crate) mod table_reader;
mod tables;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::schema::types::ColumnPath;

pub(crate) use batch::RowPlace;
pub(crate) use group::{Group, Runs, Text, Values};
pub(crate) use line_reader::{IndexRow, LinePart, Run};
pub(crate) use line_writer::LineWriter;
pub(crate) use moment::Clock;
pub(crate) use shape::{Gap, Shape};
pub(crate) use tables::{Row, Table, write_forms};

/// Records of a row group: what a page of lines unpacks at once, and enough to compress well.
const ROW_GROUP_ROWS: usize = 32 * 1024;

/// Bytes of text in a row group; long records close it early.
const ROW_GROUP_BYTES: usize = 32 << 20;

/// Values of a data page: a search for one value unpacks a page, not a row group.
const PAGE_ROWS: usize = 16 * 1024;

/// Rows of the small tables collected before they are written.
const BATCH_ROWS: usize = 1024;

/// The level the library takes for usual: most bytes are random, and more effort finds nothing there.
const ZSTD_LEVEL: i32 = 3;

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
    fn create(
        path: &Path,
        schema: SchemaRef,
        properties: WriterProperties,
    ) -> Result<Self, ColumnsError> {
        let file = File::create(path).map_err(ColumnsError::File)?;
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
        Ok(Self { writer, schema, rows: 0 })
    }

    fn write(&mut self, columns: Vec<arrow_array::ArrayRef>) -> Result<(), ColumnsError> {
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns)?;
        self.rows += batch.num_rows() as u64;
        self.writer.write(&batch)?;
        Ok(())
    }

    /// Closes the row group.
    fn flush(&mut self) -> Result<(), ColumnsError> {
        self.writer.flush()?;
        Ok(())
    }

    fn finish(self) -> Result<u64, ColumnsError> {
        self.writer.close()?;
        Ok(self.rows)
    }
}

/// What all tables share; no version of a library in the bytes but our own name.
fn properties() -> Result<WriterPropertiesBuilder, ColumnsError> {
    Ok(WriterProperties::builder()
        .set_created_by("mainstay".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_statistics_enabled(EnabledStatistics::Chunk))
}

/// One column in one encoding, without a dictionary.
fn encoded(
    builder: WriterPropertiesBuilder,
    column: &str,
    encoding: Encoding,
) -> WriterPropertiesBuilder {
    let path = ColumnPath::from(column);
    builder.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, encoding)
}
