//! One order for the rows of a table, however they arrived.

use arrow::array::{ArrayRef, RecordBatch};
use arrow::compute::interleave_record_batch;
use arrow::error::ArrowError;
use arrow::row::{RowConverter, Rows, SortField};

/// The rows of `batches` in one batch, in the order of [`sorted_batches`].
///
/// # Panics
/// Without batches.
pub(crate) fn sorted(key: &[&str], batches: &[RecordBatch]) -> Result<RecordBatch, ArrowError> {
    let rows = batches.iter().map(RecordBatch::num_rows).sum::<usize>().max(1);
    let sorted = sorted_batches(key, batches, rows)?.pop();
    Ok(sorted.unwrap_or_else(|| batches[0].clone()))
}

/// The rows of `batches` sorted by `key`, nulls first and text by bytes, in batches of `batch_rows` rows; rows with
/// equal keys are sorted by their other columns.
///
/// All batches must have one schema.
pub(crate) fn sorted_batches(
    key: &[&str],
    batches: &[RecordBatch],
    batch_rows: usize,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let Some(first) = batches.first() else {
        return Ok(Vec::new());
    };
    let schema = first.schema();
    let key_columns: Vec<usize> = key.iter().map(|name| schema.index_of(name)).collect::<Result<_, _>>()?;
    let keys = comparable(batches, &key_columns)?;
    let mut order: Vec<(usize, usize)> = batches
        .iter()
        .enumerate()
        .flat_map(|(batch, rows)| (0..rows.num_rows()).map(move |row| (batch, row)))
        .collect();
    let key_of = |&(batch, row): &(usize, usize)| keys[batch].row(row);
    order.sort_unstable_by_key(key_of);
    if order.windows(2).any(|pair| key_of(&pair[0]) == key_of(&pair[1])) {
        let other_columns: Vec<usize> = (0..schema.fields().len())
            .filter(|column| !key_columns.contains(column))
            .collect();
        // Without other columns such rows are equal, whatever their order.
        if !other_columns.is_empty() {
            let others = comparable(batches, &other_columns)?;
            order.sort_unstable_by_key(|place| (key_of(place), others[place.0].row(place.1)));
        }
    }
    let batches: Vec<&RecordBatch> = batches.iter().collect();
    order
        .chunks(batch_rows)
        .map(|places| interleave_record_batch(&batches, places))
        .collect()
}

/// Each batch's rows as byte strings that compare like the columns do.
fn comparable(batches: &[RecordBatch], columns: &[usize]) -> Result<Vec<Rows>, ArrowError> {
    let schema = batches[0].schema();
    let fields = columns
        .iter()
        .map(|&column| SortField::new(schema.field(column).data_type().clone()))
        .collect();
    let converter = RowConverter::new(fields)?;
    batches
        .iter()
        .map(|batch| {
            let arrays: Vec<ArrayRef> = columns.iter().map(|&column| batch.column(column).clone()).collect();
            converter.convert_columns(&arrays)
        })
        .collect()
}
