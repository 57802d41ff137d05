//! Columns of a batch by name and type.

use arrow_array::cast::AsArray;
use arrow_array::{ArrowPrimitiveType, ListArray, PrimitiveArray, RecordBatch, StringArray};

use super::ColumnsError;

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

/// The texts of a row of a list column.
pub(super) fn list_of_texts(
    batch: &RecordBatch,
    name: &'static str,
    row: usize,
) -> Result<Vec<String>, ColumnsError> {
    let list = list(batch, name)?.value(row);
    let list: &StringArray = list.as_string_opt().ok_or(ColumnsError::Column(name))?;
    Ok(list.iter().map(|text| text.unwrap_or_default().to_owned()).collect())
}

/// The numbers of a row of a list column.
pub(super) fn list_of_numbers<T: ArrowPrimitiveType>(
    batch: &RecordBatch,
    name: &'static str,
    row: usize,
) -> Result<Vec<T::Native>, ColumnsError> {
    let list = list(batch, name)?.value(row);
    let list = list.as_primitive_opt::<T>().ok_or(ColumnsError::Column(name))?;
    Ok(list.values().to_vec())
}

fn list<'a>(batch: &'a RecordBatch, name: &'static str) -> Result<&'a ListArray, ColumnsError> {
    batch
        .column_by_name(name)
        .and_then(|column| column.as_list_opt::<i32>())
        .ok_or(ColumnsError::Column(name))
}
