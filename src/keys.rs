//! Keys of rows: the values of some columns, to be compared, hashed and put in order.

use std::hash::Hasher;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::Schema;
use arrow::error::ArrowError;
use arrow::row::{OwnedRow, Row, RowConverter, Rows, SortField};
use rustc_hash::FxHasher;

/// The columns of a batch that make up its key, as byte strings that compare like the values do; nulls are equal.
pub(crate) struct KeyColumns {
    columns: Vec<usize>,
    converter: RowConverter,
}

impl KeyColumns {
    pub fn new(schema: &Schema, names: &[&str]) -> Result<Self, ArrowError> {
        let columns: Vec<usize> = names
            .iter()
            .map(|name| schema.index_of(name))
            .collect::<Result<_, _>>()?;
        let fields = columns
            .iter()
            .map(|&column| SortField::new(schema.field(column).data_type().clone()));
        Ok(KeyColumns {
            converter: RowConverter::new(fields.collect())?,
            columns,
        })
    }

    /// The key of each row.
    pub fn of(&self, batch: &RecordBatch) -> Result<Rows, ArrowError> {
        let columns: Vec<ArrayRef> = self
            .columns
            .iter()
            .map(|&column| batch.column(column).clone())
            .collect();
        self.converter.convert_columns(&columns)
    }

    /// For each row one of `parts` numbers, equal for equal keys.
    pub fn hashed(&self, batch: &RecordBatch, parts: usize) -> Result<Vec<u32>, ArrowError> {
        let number = |key: Row<'_>| {
            let mut hasher = FxHasher::default();
            hasher.write(key.as_ref());
            (hasher.finish() as usize % parts) as u32
        };
        Ok(self.of(batch)?.iter().map(number).collect())
    }

    /// For each row how many of `bounds`, which are sorted, are not greater.
    pub fn ranged(&self, batch: &RecordBatch, bounds: &[OwnedRow]) -> Result<Vec<u32>, ArrowError> {
        let number = |key: Row<'_>| bounds.partition_point(|bound| bound.row() <= key) as u32;
        Ok(self.of(batch)?.iter().map(number).collect())
    }
}
