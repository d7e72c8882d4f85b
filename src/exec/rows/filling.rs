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
    /// A column of another table.
    Column(Fill, Source),
    /// The source path and record of documents that have copies.
    Moved(Arc<Moved>),
}

/// Where the values of a [`Fill`] are.
pub(in crate::exec) enum Source {
    Held(Lookup),
    /// Split by key into [`Filling::PARTS`], each to be held by itself.
    Split(Vec<Rows>),
}

impl Filling {
    /// Parts of a lookup that is too large to be held.
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
            .chain([&fill.from_column])
            .map(|name| from.schema().index_of(name))
            .collect::<Result<_, ArrowError>>()?;
        columns.sort_unstable();
        columns.dedup();
        let schema = Arc::new(from.schema().project(&columns)?);
        let keys = KeyColumns::new(&schema, fill.from_key)?;
        let split = Split::new(&schema, store, Self::PARTS);
        from.visit(|batch| {
            let batch = batch.project(&columns)?;
            split.push(&batch, &keys.hashed(&batch, Self::PARTS)?)
        })?;
        let bytes: usize = split.parts.iter().map(Rows::bytes).sum();
        if bytes > Self::HELD_BYTES {
            return Ok(Filling::Column(*fill, Source::Split(split.parts)));
        }
        let mut batches = Vec::new();
        for part in split.parts {
            batches.extend(part.read()?);
        }
        Ok(Filling::Column(*fill, Source::Held(fill.lookup(&batches)?)))
    }

    /// The column that is filled.
    pub fn column(&self) -> Option<&'static str> {
        match self {
            Filling::Column(fill, _) => Some(fill.column),
            Filling::Moved(_) => None,
        }
    }

    /// The columns by which the lookup is split.
    pub fn split_key(&self) -> Option<&'static [&'static str]> {
        match self {
            Filling::Column(fill, Source::Split(_)) => Some(fill.key),
            Filling::Column(_, Source::Held(_)) | Filling::Moved(_) => None,
        }
    }

    /// One part of a lookup that is split by `key`.
    pub fn load(&self, key: &[&str], part: usize) -> Result<Option<Arc<Lookup>>, RunError> {
        match self {
            Filling::Column(fill, Source::Split(parts)) if fill.key == key => {
                Ok(Some(Arc::new(fill.lookup(&parts[part].read()?)?)))
            }
            _ => Ok(None),
        }
    }

    /// The rows with what is put in; `loaded` is the part of a split lookup that has their keys.
    pub fn apply(&self, batch: RecordBatch, loaded: Option<&Lookup>) -> Result<RecordBatch, RunError> {
        match (self, loaded) {
            (Filling::Column(_, Source::Held(lookup)), _) | (Filling::Column(_, Source::Split(_)), Some(lookup)) => {
                Ok(lookup.fill(&batch)?)
            }
            (Filling::Column(_, Source::Split(_)), None) => Ok(batch),
            (Filling::Moved(moved), _) => Ok(moved.correct_batch(batch)),
        }
    }
}
