//! Rows split into parts that can be taken into memory one at a time.

use std::hash::Hasher;

use arrow::array::{ArrayRef, RecordBatch, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::{Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::row::{OwnedRow, RowConverter, Rows as Keys, SortField};
use rustc_hash::FxHasher;

use super::store::{Rows, Store};
use crate::exec::RunError;

/// Rows in numbered parts.
pub(in crate::exec) struct Split {
    pub parts: Vec<Rows>,
}

impl Split {
    /// What all parts together gather before they write to a file, where that leaves each a chunk worth writing.
    const GATHERED_BYTES: usize = 32 << 20;

    pub fn new(schema: &SchemaRef, store: &Store, parts: usize) -> Self {
        let chunk_bytes = (Self::GATHERED_BYTES / parts).clamp(16 << 10, 512 << 10);
        Split {
            parts: Rows::several(schema, store, parts, chunk_bytes),
        }
    }

    /// Adds each row of `batch` to the part whose number stands in `numbers`.
    ///
    /// # Errors
    /// When the rows cannot be written to a temporary file.
    pub fn push(&self, batch: &RecordBatch, numbers: &[u32]) -> Result<(), RunError> {
        let mut order: Vec<u32> = (0..numbers.len() as u32).collect();
        order.sort_by_key(|&row| numbers[row as usize]);
        let runs: Vec<(u32, usize)> = order
            .chunk_by(|&a, &b| numbers[a as usize] == numbers[b as usize])
            .map(|run| (numbers[run[0] as usize], run.len()))
            .collect();
        let ordered = take_record_batch(batch, &UInt32Array::from(order))?;
        let mut start = 0;
        for (number, rows) in runs {
            self.parts[number as usize].push(ordered.slice(start, rows))?;
            start += rows;
        }
        Ok(())
    }
}

/// The columns of a batch that make up its key, as byte strings that compare like the values do; nulls are equal.
pub(in crate::exec) struct KeyColumns {
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
    pub fn of(&self, batch: &RecordBatch) -> Result<Keys, ArrowError> {
        let columns: Vec<ArrayRef> = self
            .columns
            .iter()
            .map(|&column| batch.column(column).clone())
            .collect();
        self.converter.convert_columns(&columns)
    }

    /// For each row one of `parts` numbers, equal for equal keys.
    pub fn hashed(&self, batch: &RecordBatch, parts: usize) -> Result<Vec<u32>, ArrowError> {
        let number = |key: arrow::row::Row<'_>| {
            let mut hasher = FxHasher::default();
            hasher.write(key.as_ref());
            (hasher.finish() as usize % parts) as u32
        };
        Ok(self.of(batch)?.iter().map(number).collect())
    }

    /// For each row how many of `bounds`, which are sorted, are not greater.
    pub fn ranged(&self, batch: &RecordBatch, bounds: &[OwnedRow]) -> Result<Vec<u32>, ArrowError> {
        let number = |key: arrow::row::Row<'_>| bounds.partition_point(|bound| bound.row() <= key) as u32;
        Ok(self.of(batch)?.iter().map(number).collect())
    }
}
