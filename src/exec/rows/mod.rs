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

/// Size of the part of a split lookup that all threads share; small in tests, so that there are several.
const SHARED_BYTES: usize = if cfg!(test) { 1 << 10 } else { 96 << 20 };

/// Columns by which lookups are split, and into how many parts, a power of two.
struct SplitKey {
    names: &'static [&'static str],
    parts: usize,
}

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
        let depends = self
            .fillings
            .iter()
            .any(|before| before.columns().any(|column| key.contains(&column)));
        if depends {
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
        let keys = self.split_keys();
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

    /// The keys by which lookups are split, and into how many parts: each thread has one of the last key, and all share
    /// one of each of the others, so that these can be larger.
    fn split_keys(&self) -> Vec<SplitKey> {
        let mut keys: Vec<SplitKey> = Vec::new();
        for filling in &self.fillings {
            let Some(names) = filling.split_key() else { continue };
            let parts = filling.parts_of(SHARED_BYTES);
            match keys.iter_mut().find(|key| key.names == names) {
                Some(key) => key.parts = key.parts.max(parts),
                None => keys.push(SplitKey { names, parts }),
            }
        }
        if let Some(last) = keys.last_mut() {
            last.parts = Filling::PARTS;
        }
        keys
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
    fn cells(&self, keys: &[SplitKey]) -> Result<Vec<Rows>, RunError> {
        let cells = Split::new(self.schema(), &self.store, keys.iter().map(|key| key.parts).product());
        let columns: Vec<KeyColumns> = keys
            .iter()
            .map(|key| KeyColumns::new(self.schema(), key.names))
            .collect::<Result<_, ArrowError>>()?;
        self.rows.parts().par_iter().try_for_each(|part| {
            let batch = part.read()?;
            let mut numbers = vec![0; batch.num_rows()];
            for (key, columns) in keys.iter().zip(&columns) {
                for (number, part) in numbers.iter_mut().zip(columns.hashed(&batch, key.parts)?) {
                    *number = *number * key.parts as u32 + part;
                }
            }
            cells.push(batch, numbers)
        })?;
        cells.into_parts()
    }

    /// Visits the cells whose number begins with `prefix`, for which `loaded` has the parts of the lookups; those by `keys`
    /// are still to be loaded.
    fn visit_cells(
        &self,
        cells: &[Rows],
        prefix: usize,
        keys: &[SplitKey],
        loaded: &[Option<Arc<Lookup>>],
        each: &(impl Fn(RecordBatch) -> Result<(), RunError> + Sync),
    ) -> Result<(), RunError> {
        let Some((key, keys)) = keys.split_first() else {
            return Ok(());
        };
        let load = |part: usize| -> Result<Vec<Option<Arc<Lookup>>>, RunError> {
            let more = self.fillings.iter().zip(loaded);
            more.map(|(filling, loaded)| {
                let lookup = filling.load(key.names, part, key.parts)?;
                Ok(lookup.or_else(|| loaded.clone()))
            })
            .collect()
        };
        let cell = |part: usize| prefix * key.parts + part;
        if !keys.is_empty() {
            return (0..key.parts).try_for_each(|part| self.visit_cells(cells, cell(part), keys, &load(part)?, each));
        }
        (0..key.parts).into_par_iter().try_for_each(|part| {
            let rows = cells[cell(part)].parts();
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
