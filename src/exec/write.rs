//! The tables of a run as files: rows sorted by key, part by part where they are many, and the summary tables over them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::row::OwnedRow;
use rayon::prelude::*;

use super::RunError;
use super::flow::stop_if;
use super::rows::{Split, Store, TableRows};
use crate::config::{AggregateConfig, OutputFormat};
use crate::keys::KeyColumns;
use crate::output::{
    OutputError, OutputTable, TableFile, TableFileReader, TableReadError, TableWriter, WriteOptions, sorted_batches,
};
use crate::schema::Table;
use crate::stages::aggregate;

/// Rows up to this size are sorted at once, more of them in parts of about this size; small in tests, so that they need
/// several.
const SORTED_BYTES: usize = if cfg!(test) { 4 << 10 } else { 8 << 20 };

/// Rows of a sorted batch, of those that are written one after the other.
const BATCH_ROWS: usize = 1024;

/// A table that was written.
pub(super) struct Written {
    pub table: OutputTable,
    pub rows: usize,
    pub files: Vec<TableFile>,
}

/// Where and how the tables of a run are written.
pub(super) struct Tables<'a> {
    pub folder: &'a Path,
    pub store: &'a Store,
    pub options: &'a WriteOptions,
    pub interrupted: &'a AtomicBool,
}

impl Tables<'_> {
    /// Writes `tables`, in their order, and the summary tables of `aggregates` over them, on the current thread pool.
    ///
    /// # Errors
    /// When a file cannot be written, or a summary table cannot be computed.
    pub fn write(
        &self,
        tables: Vec<(Table, TableRows)>,
        aggregates: &[AggregateConfig],
    ) -> Result<Vec<Written>, RunError> {
        let needed = aggregate::tables_read(aggregates);
        let order: Vec<Table> = tables.iter().map(|(table, _)| *table).collect();
        let write = |(table, rows): (Table, TableRows)| {
            stop_if(self.interrupted)?;
            let mut options = self.options.clone();
            if needed.contains(table.name()) && !options.formats.contains(&OutputFormat::Parquet) {
                options.formats.push(OutputFormat::Parquet);
            }
            Ok((table, self.write_table(table, rows, &options)?))
        };
        // Of large tables one at a time is held.
        let (small, large): (Vec<_>, Vec<_>) = tables.into_iter().partition(|(_, rows)| rows.bytes() <= SORTED_BYTES);
        let (large, small) = rayon::join(
            || large.into_iter().map(write).collect::<Result<Vec<_>, RunError>>(),
            || small.into_par_iter().map(write).collect::<Result<Vec<_>, RunError>>(),
        );
        let mut written: Vec<(Table, Written)> = large?.into_iter().chain(small?).collect();
        written.sort_by_key(|(table, _)| order.iter().position(|other| other == table));
        let mut written: Vec<Written> = written.into_iter().map(|(_, written)| written).collect();
        written.extend(self.write_summaries(aggregates)?);
        self.remove_unwanted(&mut written)?;
        Ok(written)
    }

    fn write_table(&self, table: Table, rows: TableRows, options: &WriteOptions) -> Result<Written, RunError> {
        let output = OutputTable::new(table);
        let mut writer = TableWriter::create(self.folder, &output, options)?;
        let count = rows.num_rows();
        if rows.bytes() <= SORTED_BYTES {
            write_all(&mut writer, &sorted_batches(table.key(), &rows.collect()?, BATCH_ROWS)?)?;
        } else {
            let keys = KeyColumns::new(rows.schema(), table.key())?;
            let bounds = bounds(&rows, &keys)?;
            let split = Split::new(rows.schema(), self.store, bounds.len() + 1);
            rows.visit(|batch| {
                let numbers = keys.ranged(&batch, &bounds)?;
                split.push(batch, numbers)
            })?;
            drop(rows);
            let mut parts = split.into_parts()?.into_iter();
            let mut next = || -> Result<Option<Vec<RecordBatch>>, RunError> {
                stop_if(self.interrupted)?;
                let Some(part) = parts.next() else { return Ok(None) };
                Ok(Some(sorted_batches(table.key(), &part.read()?, BATCH_ROWS)?))
            };
            // One part is written while the next is read and sorted.
            let mut part = next()?;
            while let Some(batches) = part {
                let (written, following) = rayon::join(|| write_all(&mut writer, &batches), &mut next);
                written?;
                part = following?;
            }
        }
        Ok(Written {
            table: output,
            rows: count,
            files: writer.finish()?,
        })
    }

    fn write_summaries(&self, aggregates: &[AggregateConfig]) -> Result<Vec<Written>, RunError> {
        let source: Arc<dyn aggregate::Source> = Arc::new(FilesIn(self.folder.to_owned()));
        let summaries = aggregate::run(aggregates, &source)?;
        let write = |(aggregate, (name, rows)): (&AggregateConfig, (String, RecordBatch))| {
            stop_if(self.interrupted)?;
            let output = OutputTable::summary(name, aggregate.description.clone(), rows.schema());
            let mut writer = TableWriter::create(self.folder, &output, self.options)?;
            writer.write(&rows)?;
            tracing::info!(
                stage = "aggregate",
                table = output.name,
                rows = rows.num_rows(),
                "summary table done"
            );
            Ok(Written {
                table: output,
                rows: rows.num_rows(),
                files: writer.finish()?,
            })
        };
        aggregates.iter().zip(summaries).map(write).collect()
    }

    /// Deletes the files that were written for summary tables alone.
    fn remove_unwanted(&self, written: &mut [Written]) -> Result<(), RunError> {
        for table in written {
            for file in table
                .files
                .extract_if(.., |file| !self.options.formats.contains(&file.format))
            {
                let path = self.folder.join(&file.path);
                std::fs::remove_file(&path).map_err(RunError::io("delete", &path))?;
            }
        }
        Ok(())
    }
}

fn write_all(writer: &mut TableWriter, batches: &[RecordBatch]) -> Result<(), OutputError> {
    batches.iter().try_for_each(|batch| writer.write(batch))
}

/// Keys that cut the rows into parts of about [`SORTED_BYTES`].
fn bounds(rows: &TableRows, keys: &KeyColumns) -> Result<Vec<OwnedRow>, RunError> {
    const SAMPLED_PARTS: usize = 64;
    let parts = rows.parts();
    let step = parts.len().div_ceil(SAMPLED_PARTS).max(1);
    let mut sample: Vec<OwnedRow> = Vec::new();
    for part in parts.iter().step_by(step) {
        sample.extend(keys.of(&part.read()?)?.iter().map(|key| key.owned()));
    }
    sample.sort_unstable();
    sample.dedup();
    let count = rows.bytes().div_ceil(SORTED_BYTES).min(sample.len());
    Ok((1..count)
        .map(|bound| sample[bound * sample.len() / count].clone())
        .collect())
}

/// The tables whose Parquet files are in a folder.
struct FilesIn(PathBuf);

impl aggregate::Source for FilesIn {
    fn schema(&self, table: &str) -> Option<SchemaRef> {
        let file = TableFileReader::open(&self.0, table).ok()?;
        Some(file.schema().clone())
    }

    fn num_rows(&self, table: &str) -> usize {
        TableFileReader::open(&self.0, table).map_or(0, |file| file.num_rows())
    }

    fn batches(&self, table: &str, columns: &[usize]) -> Result<aggregate::Batches<'_>, TableReadError> {
        let file = TableFileReader::open(&self.0, table)?;
        Ok(Box::new(file.batches(Some(columns))?))
    }
}
