//! What is put into rows when they are read.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::error::ArrowError;

use super::{Rows, Split, Store, TableRows};
use crate::exec::RunError;
use crate::exec::copies::Moved;
use crate::fill::{Fill, Lookup};
use crate::keys::KeyColumns;

/// Columns that are put into rows when they are read.
pub(in crate::exec) enum Filling {
    /// Columns of another table.
    Columns(Fill, Source),
    /// The source path and record of documents that have copies.
    Moved(Arc<Moved>),
}

/// Where the values of a [`Fill`] are.
pub(in crate::exec) enum Source {
    Held(Box<Lookup>),
    /// Split by key into [`Filling::PARTS`], some of them to be held at once.
    Split(Vec<Rows>),
}

impl Filling {
    /// Parts into which a lookup is split that is too large to be held; a power of two.
    pub const PARTS: usize = 32;

    /// Size of a lookup that is held; small in tests, so that they split some.
    const HELD_BYTES: usize = if cfg!(test) { 1 << 10 } else { 32 << 20 };

    /// The values that `from` has now.
    ///
    /// # Errors
    /// When the columns do not fit, or rows cannot be written to a temporary file.
    pub fn new(fill: &Fill, from: &TableRows, store: &Store) -> Result<Self, RunError> {
        let mut columns: Vec<usize> = fill
            .from_key
            .iter()
            .copied()
            .chain(fill.columns.iter().map(|(_, column)| *column))
            .map(|name| from.schema().index_of(name))
            .collect::<Result<_, ArrowError>>()?;
        columns.sort_unstable();
        columns.dedup();
        let schema = Arc::new(from.schema().project(&columns)?);
        let keys = KeyColumns::new(&schema, fill.from_key)?;
        let split = Split::new(&schema, store, Self::PARTS);
        from.visit(|batch| {
            let batch = batch.project(&columns)?;
            let numbers = keys.hashed(&batch, Self::PARTS)?;
            split.push(batch, numbers)
        })?;
        let parts = split.into_parts()?;
        let bytes: usize = parts.iter().map(Rows::bytes).sum();
        if bytes > Self::HELD_BYTES {
            parts.iter().try_for_each(Rows::flush)?;
            return Ok(Filling::Columns(*fill, Source::Split(parts)));
        }
        let mut batches = Vec::new();
        for part in parts {
            batches.extend(part.read()?);
        }
        Ok(Filling::Columns(*fill, Source::Held(Box::new(fill.lookup(&batches)?))))
    }

    /// The columns that are filled.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        let columns = match self {
            Filling::Columns(fill, _) => fill.columns,
            Filling::Moved(_) => &[],
        };
        columns.iter().map(|(column, _)| *column)
    }

    /// The columns by which the lookup is split.
    pub fn split_key(&self) -> Option<&'static [&'static str]> {
        match self {
            Filling::Columns(fill, Source::Split(_)) => Some(fill.key),
            Filling::Columns(_, Source::Held(_)) | Filling::Moved(_) => None,
        }
    }

    /// The smallest power of two, up to [`Filling::PARTS`], of parts that each have at most `bytes`, as far as sizes go.
    pub fn parts_of(&self, bytes: usize) -> usize {
        match self {
            Filling::Columns(_, Source::Split(parts)) => {
                let all: usize = parts.iter().map(Rows::bytes).sum();
                all.div_ceil(bytes).next_power_of_two().min(Self::PARTS)
            }
            Filling::Columns(_, Source::Held(_)) | Filling::Moved(_) => 1,
        }
    }

    /// Part `part` of `count`, which is a power of two, of a lookup that is split by `key`.
    pub fn load(&self, key: &[&str], part: usize, count: usize) -> Result<Option<Arc<Lookup>>, RunError> {
        match self {
            Filling::Columns(fill, Source::Split(parts)) if fill.key == key => {
                let mut rows = Vec::new();
                for part in parts.iter().skip(part).step_by(count) {
                    rows.extend(part.read()?);
                }
                Ok(Some(Arc::new(fill.lookup(&rows)?)))
            }
            _ => Ok(None),
        }
    }

    /// The rows with what is put in; `loaded` is the part of a split lookup that has their keys.
    pub fn apply(&self, batch: RecordBatch, loaded: Option<&Lookup>) -> Result<RecordBatch, RunError> {
        match (self, loaded) {
            (Filling::Columns(_, Source::Held(lookup)), _) => Ok(lookup.fill(&batch)?),
            (Filling::Columns(_, Source::Split(_)), Some(lookup)) => Ok(lookup.fill(&batch)?),
            (Filling::Columns(_, Source::Split(_)), None) => Ok(batch),
            (Filling::Moved(moved), _) => Ok(moved.correct_batch(batch)),
        }
    }
}
