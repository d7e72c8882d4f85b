//! The rows of a table between two steps: where they are kept, and the columns that are put in when they are read.

mod filling;
mod split;
mod store;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use rayon::prelude::*;

use super::RunError;
use crate::fill::Lookup;
use crate::keys::KeyColumns;
use crate::schema::Table;
pub(super) use filling::Filling;
pub(super) use split::Split;
pub(super) use store::{Part, Rows, Store};

/// Rows that are filled at once: columns that are filled in can be much larger than those that were there.
const FILLED_ROWS: usize = 4096;

/// The rows of a table.
///
/// What a fill puts in is looked up whenever the rows are read, so that they are not written again for it.
pub(super) struct TableRows {
    store: Store,
    rows: Rows,
    fillings: Vec<Filling>,
}

impl TableRows {
    pub fn new(table: Table, store: &Store) -> Self {
        Self::of(Rows::new(table.schema(), store), store)
    }

    pub fn of(rows: Rows, store: &Store) -> Self {
        TableRows {
            store: store.clone(),
            rows,
            fillings: Vec::new(),
        }
    }

    pub fn schema(&self) -> &SchemaRef {
        self.rows.schema()
    }

    /// The rows without what is put in, each part to be read by itself.
    pub fn parts(&self) -> Vec<Part<'_>> {
        self.rows.parts()
    }

    pub fn num_rows(&self) -> usize {
        self.rows.num_rows()
    }

    /// Size of the rows without what is put in.
    pub fn bytes(&self) -> usize {
        self.rows.bytes()
    }

    /// Adds rows, into which nothing is put that was to be put into those before.
    ///
    /// # Errors
    /// When rows cannot be written to a temporary file.
    pub fn append(&mut self, rows: Rows) -> Result<(), RunError> {
        self.settle()?;
        self.rows.append(rows);
        Ok(())
    }

    /// Puts columns into all rows that are there.
    ///
    /// # Errors
    /// When rows cannot be written to a temporary file.
    pub fn fill(&mut self, filling: Filling) -> Result<(), RunError> {
        // Rows are split by what they hold, not by what is put in when they are read.
        let key = filling.split_key().unwrap_or_default();
        let mut filled = self.fillings.iter().filter_map(Filling::column);
        if filled.any(|column| key.contains(&column)) {
            self.settle()?;
        }
        self.fillings.push(filling);
        Ok(())
    }

    /// Puts in for good what was to be put in when the rows are read.
    fn settle(&mut self) -> Result<(), RunError> {
        if self.fillings.is_empty() {
            return Ok(());
        }
        let settled = Rows::new(self.rows.schema().clone(), &self.store);
        self.visit(|batch| settled.push(batch))?;
        self.rows = settled;
        self.fillings.clear();
        Ok(())
    }

    /// Calls `each` with all rows, part by part and in parallel on the current thread pool.
    ///
    /// # Errors
    /// Those of `each`, and when rows cannot be read from a temporary file.
    pub fn visit(&self, each: impl Fn(RecordBatch) -> Result<(), RunError> + Sync) -> Result<(), RunError> {
        let mut keys: Vec<&[&str]> = self.fillings.iter().filter_map(Filling::split_key).collect();
        keys.sort_unstable();
        keys.dedup();
        let nothing_loaded = vec![None; self.fillings.len()];
        if keys.is_empty() {
            let parts = self.rows.parts();
            return parts
                .par_iter()
                .try_for_each(|part| self.filled(&part.read()?, &nothing_loaded, &each));
        }
        let cells = self.cells(&keys)?;
        self.visit_cells(&cells, 0, &keys, &nothing_loaded, &each)
    }

    /// All rows.
    ///
    /// # Errors
    /// When they cannot be read from a temporary file.
    pub fn collect(&self) -> Result<Vec<RecordBatch>, RunError> {
        let batches = Mutex::new(Vec::new());
        self.visit(|batch| {
            batches.lock().unwrap_or_else(PoisonError::into_inner).push(batch);
            Ok(())
        })?;
        Ok(batches.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// The rows split by several keys, so that all rows of a cell need one part of each lookup. The number of a cell has
    /// the number of each part as a digit.
    fn cells(&self, keys: &[&[&str]]) -> Result<Split, RunError> {
        let cells = Split::new(self.schema(), &self.store, Filling::PARTS.pow(keys.len() as u32));
        let keys: Vec<KeyColumns> = keys
            .iter()
            .map(|key| KeyColumns::new(self.schema(), key))
            .collect::<Result<_, ArrowError>>()?;
        self.rows.parts().par_iter().try_for_each(|part| {
            let batch = part.read()?;
            let mut numbers = vec![0; batch.num_rows()];
            for key in &keys {
                for (number, part) in numbers.iter_mut().zip(key.hashed(&batch, Filling::PARTS)?) {
                    *number = *number * Filling::PARTS as u32 + part;
                }
            }
            cells.push(&batch, &numbers)
        })?;
        Ok(cells)
    }

    /// Visits the cells whose number begins with `prefix`, for which `loaded` has the parts of the lookups; those by `keys`
    /// are still to be loaded.
    fn visit_cells(
        &self,
        cells: &Split,
        prefix: usize,
        keys: &[&[&str]],
        loaded: &[Option<Arc<Lookup>>],
        each: &(impl Fn(RecordBatch) -> Result<(), RunError> + Sync),
    ) -> Result<(), RunError> {
        let Some((key, keys)) = keys.split_first() else {
            return Ok(());
        };
        let load = |part: usize| -> Result<Vec<Option<Arc<Lookup>>>, RunError> {
            let more = self.fillings.iter().zip(loaded);
            more.map(|(filling, loaded)| Ok(filling.load(key, part)?.or_else(|| loaded.clone())))
                .collect()
        };
        let cell = |part: usize| prefix * Filling::PARTS + part;
        if !keys.is_empty() {
            return (0..Filling::PARTS)
                .try_for_each(|part| self.visit_cells(cells, cell(part), keys, &load(part)?, each));
        }
        (0..Filling::PARTS).into_par_iter().try_for_each(|part| {
            let rows = cells.parts[cell(part)].parts();
            if rows.is_empty() {
                return Ok(());
            }
            let loaded = load(part)?;
            rows.iter()
                .try_for_each(|rows| self.filled(&rows.read()?, &loaded, each))
        })
    }

    /// Calls `each` with the rows of a batch and what is put in.
    fn filled(
        &self,
        batch: &RecordBatch,
        loaded: &[Option<Arc<Lookup>>],
        each: &(impl Fn(RecordBatch) -> Result<(), RunError> + Sync),
    ) -> Result<(), RunError> {
        if self.fillings.is_empty() {
            return each(batch.clone());
        }
        for start in (0..batch.num_rows()).step_by(FILLED_ROWS) {
            let mut rows = batch.slice(start, FILLED_ROWS.min(batch.num_rows() - start));
            for (filling, loaded) in self.fillings.iter().zip(loaded) {
                rows = filling.apply(rows, loaded.as_deref())?;
            }
            each(rows)?;
        }
        Ok(())
    }
}
