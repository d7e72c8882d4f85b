//! Rows split into parts that can be taken into memory one at a time.

use arrow::array::{RecordBatch, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::SchemaRef;

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
