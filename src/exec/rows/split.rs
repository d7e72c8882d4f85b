//! Rows split into parts that can be taken into memory one at a time.

use std::sync::{Mutex, PoisonError};

use arrow::array::RecordBatch;
use arrow::compute::interleave_record_batch;
use arrow::datatypes::SchemaRef;

use super::store::{Rows, Store, bytes_of};
use crate::exec::RunError;

/// Rows that are being split into numbered parts.
pub(in crate::exec) struct Split {
    parts: Vec<Rows>,
    /// What is to be split, until there is enough of it that each part gets several rows at once.
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    batches: Vec<(RecordBatch, Vec<u32>)>,
    bytes: usize,
}

impl Split {
    /// What all parts together gather before they write to a file, where that leaves each a chunk worth writing.
    const GATHERED_BYTES: usize = 32 << 20;

    /// Rows of this size are split at once.
    const WAITING_BYTES: usize = 8 << 20;

    pub fn new(schema: &SchemaRef, store: &Store, parts: usize) -> Self {
        let chunk_bytes = (Self::GATHERED_BYTES / parts).clamp(16 << 10, 512 << 10);
        Split {
            parts: Rows::several(schema, store, parts, chunk_bytes),
            waiting: Mutex::default(),
        }
    }

    /// Adds each row of `batch` to the part whose number stands in `numbers`.
    ///
    /// # Errors
    /// When the rows cannot be written to a temporary file.
    pub fn push(&self, batch: RecordBatch, numbers: Vec<u32>) -> Result<(), RunError> {
        let batches = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.bytes += bytes_of(&batch);
            waiting.batches.push((batch, numbers));
            if waiting.bytes < Self::WAITING_BYTES {
                return Ok(());
            }
            std::mem::take(&mut *waiting).batches
        };
        self.distribute(&batches)
    }

    /// The parts, by number.
    ///
    /// # Errors
    /// When the rows cannot be written to a temporary file.
    pub fn into_parts(mut self) -> Result<Vec<Rows>, RunError> {
        let waiting = self.waiting.get_mut().unwrap_or_else(PoisonError::into_inner);
        let batches = std::mem::take(waiting).batches;
        self.distribute(&batches)?;
        Ok(self.parts)
    }

    fn distribute(&self, batches: &[(RecordBatch, Vec<u32>)]) -> Result<(), RunError> {
        let rows = batches.iter().enumerate();
        let mut rows: Vec<(u32, usize, usize)> = rows
            .flat_map(|(batch, (_, numbers))| numbers.iter().zip(0..).map(move |(&number, row)| (number, batch, row)))
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        rows.sort_unstable();
        let batches: Vec<&RecordBatch> = batches.iter().map(|(batch, _)| batch).collect();
        let places: Vec<(usize, usize)> = rows.iter().map(|&(_, batch, row)| (batch, row)).collect();
        let ordered = interleave_record_batch(&batches, &places)?;
        let mut start = 0;
        for run in rows.chunk_by(|a, b| a.0 == b.0) {
            self.parts[run[0].0 as usize].push(ordered.slice(start, run.len()))?;
            start += run.len();
        }
        Ok(())
    }
}
