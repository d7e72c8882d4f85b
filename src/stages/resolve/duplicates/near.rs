//! The stages that find the pairs to compare: documents of one band, then each pair once.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray, UInt64Array, new_null_array};
use arrow::compute::take;

use super::minhash::agreement;
use super::{column, text_column};
use crate::config::DuplicatesConfig;
use crate::schema::Table;
use crate::stage::{Partitioning, Stage, StageError, StageOutput};

/// Pairs up the documents of a band.
///
/// In a band with many documents (the words of a form, or a text that hundreds reprint) each is compared with the
/// `max_neighbours` before it in the order of the witnesses, in which similar texts stand side by side.
pub struct Near {
    max_neighbours: usize,
}

impl Near {
    /// Compares with as many as `config` says.
    pub fn new(config: &DuplicatesConfig) -> Self {
        Near {
            max_neighbours: config.max_neighbours,
        }
    }
}

/// Minima of a witness, besides those of the band, in which two texts that are compared agree at least: fewer are the
/// phrases that all texts of a kind share.
const MIN_AGREEMENT: usize = 2;

/// All minima of a witness agree.
const FULL_AGREEMENT: usize = 8;

impl Stage for Near {
    fn name(&self) -> &'static str {
        "resolve.near"
    }

    fn input(&self) -> Table {
        Table::TextBands
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::TextPairs]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("band")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let numbers = |name| column::<UInt64Array>(self, batch, name, |array| array.as_primitive_opt());
        let (bands, witnesses) = (numbers("band")?, numbers("witness")?);
        let ids = text_column(self, batch, "document_id")?;
        let mut order: Vec<usize> = (0..batch.num_rows()).collect();
        order.sort_unstable_by_key(|&row| (bands.value(row), witnesses.value(row), ids.value(row)));
        let mut pairs = Vec::new();
        for band in order.chunk_by(|&a, &b| bands.value(a) == bands.value(b)) {
            for (place, &row) in band.iter().enumerate() {
                for &other in band[..place].iter().rev().take(self.max_neighbours) {
                    let agreement = agreement(witnesses.value(row), witnesses.value(other));
                    let (a, b) = (ids.value(row), ids.value(other));
                    if agreement >= MIN_AGREEMENT && a != b {
                        pairs.push((a.min(b), a.max(b)));
                    }
                    if agreement == FULL_AGREEMENT {
                        // Whatever is like the one before is like this one too.
                        break;
                    }
                }
            }
        }
        let first: ArrayRef = Arc::new(StringArray::from_iter_values(pairs.iter().map(|pair| pair.0)));
        let second: ArrayRef = Arc::new(StringArray::from_iter_values(pairs.iter().map(|pair| pair.1)));
        let rows = RecordBatch::try_new(Table::TextPairs.schema(), vec![first, second]);
        let rows = rows.map_err(super::arrow_error(self))?;
        Ok(StageOutput::kept(batch.num_rows(), vec![(Table::TextPairs, rows)]))
    }
}

/// Keeps each pair once, with room for the sketches of both.
pub struct Distinct;

impl Stage for Distinct {
    fn name(&self) -> &'static str {
        "resolve.pairs"
    }

    fn input(&self) -> Table {
        Table::TextPairs
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::TextComparisons]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("document_id")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let ids = text_column(self, batch, "document_id")?;
        let others = text_column(self, batch, "other_id")?;
        let pair = |row: &u64| (ids.value(*row as usize), others.value(*row as usize));
        let mut rows: Vec<u64> = (0..batch.num_rows() as u64).collect();
        rows.sort_by_key(pair);
        rows.dedup_by_key(|row| pair(row));
        let rows = UInt64Array::from(rows);
        let schema = Table::TextComparisons.schema();
        let columns = schema
            .fields()
            .iter()
            .map(|field| match batch.column_by_name(field.name()) {
                Some(column) => take(column, &rows, None),
                None => Ok(new_null_array(field.data_type(), rows.len())),
            });
        let distinct = columns
            .collect::<Result<Vec<_>, _>>()
            .and_then(|columns| RecordBatch::try_new(schema.clone(), columns))
            .map_err(super::arrow_error(self))?;
        Ok(StageOutput {
            kept: distinct.num_rows(),
            merged: batch.num_rows() - distinct.num_rows(),
            tables: vec![(Table::TextComparisons, distinct)],
            ..StageOutput::default()
        })
    }
}
