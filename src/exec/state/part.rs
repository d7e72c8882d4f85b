//! Parts of the state: folders of Parquet files, each written once.

use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use arrow::array::{Array, AsArray, BooleanArray, Int64Array, RecordBatch, StringArray};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;

use super::{RunError, id_hash, sync_folder};
use crate::config::OutputFormat;
use crate::output::{OutputTable, TableFileReader, TableWriter, WriteOptions};
use crate::schema::Table;

/// The parts in a folder, in the order in which they were written. Deletes those that were not finished.
pub(super) fn parts(dir: &Path) -> Result<Vec<PathBuf>, RunError> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(dir).map_err(RunError::io("read", dir))? {
        let path = entry.map_err(RunError::io("read", dir))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            fs::remove_dir_all(&path).map_err(RunError::io("delete", &path))?;
        } else if path.is_dir() {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}

/// A part that a thread of its own writes while the run works out what is to be in it.
pub(super) struct PartWriter {
    batches: SyncSender<Vec<RecordBatch>>,
    thread: JoinHandle<Result<(), RunError>>,
}

impl PartWriter {
    /// Batches that wait to be written.
    const WAITING: usize = 8;

    /// Will write the part after `parts` in `dir`, with these tables; none if no rows come.
    pub fn new(dir: &Path, parts: &[PathBuf], tables: &'static [Table]) -> PartWriter {
        let last = parts.last().and_then(|part| part.file_name()?.to_str()?.parse().ok());
        let name = format!("{:05}", last.unwrap_or(0) + 1);
        let dir = dir.to_owned();
        let (batches, receiver) = sync_channel(Self::WAITING);
        PartWriter {
            batches,
            thread: thread::spawn(move || write_part(&dir, &name, tables, &receiver)),
        }
    }

    /// Adds rows of each table.
    pub fn add(&self, batches: Vec<RecordBatch>) {
        // Where the thread has failed, `UnfinishedPart::finish` tells why.
        let _ = self.batches.send(batches);
    }

    /// No more rows come.
    pub fn close(self) -> UnfinishedPart {
        UnfinishedPart(self.thread)
    }
}

/// A part of which the last rows are being written.
pub(in crate::exec) struct UnfinishedPart(JoinHandle<Result<(), RunError>>);

impl UnfinishedPart {
    /// Waits until the part is whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<(), RunError> {
        self.0.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

fn write_part(dir: &Path, name: &str, tables: &[Table], batches: &Receiver<Vec<RecordBatch>>) -> Result<(), RunError> {
    let unfinished = dir.join(format!(".{name}"));
    let mut writers = Vec::new();
    for batches in batches
        .iter()
        .filter(|batches| batches.iter().any(|batch| batch.num_rows() > 0))
    {
        if writers.is_empty() {
            fs::create_dir(&unfinished).map_err(RunError::io("create", &unfinished))?;
            let all: Result<_, RunError> = tables.iter().map(|&table| writer(&unfinished, table)).collect();
            writers = all?;
        }
        for (writer, batch) in writers.iter_mut().zip(&batches) {
            writer.write(batch)?;
        }
    }
    if writers.is_empty() {
        return Ok(());
    }
    for writer in writers {
        writer.finish()?;
    }
    finish(&unfinished, &dir.join(name))
}

/// Gives a part that is whole its name.
pub(super) fn finish(unfinished: &Path, part: &Path) -> Result<(), RunError> {
    sync_folder(unfinished).map_err(RunError::io("write", unfinished))?;
    fs::rename(unfinished, part).map_err(RunError::io("rename", unfinished))?;
    let dir = part.parent().unwrap_or(part);
    sync_folder(dir).map_err(RunError::io("write", dir))
}

/// A file of a part, whose rows are in no order.
pub(super) fn writer(part: &Path, table: Table) -> Result<TableWriter, RunError> {
    let output = OutputTable {
        key: &[],
        ..OutputTable::new(table)
    };
    let options = WriteOptions {
        formats: vec![OutputFormat::Parquet],
        compression_level: 1,
    };
    Ok(TableWriter::create(part, &output, &options)?)
}

/// The rows of a table of a part.
pub(super) fn batches(
    part: &Path,
    table: Table,
) -> Result<impl Iterator<Item = Result<RecordBatch, RunError>> + Send + use<>, RunError> {
    let file = TableFileReader::open(part, table.name()).map_err(RunError::State)?;
    let batches = file.batches(None).map_err(RunError::State)?;
    Ok(batches.map(|batch| batch.map_err(RunError::State)))
}

/// Hashes of the ids of the documents in a table of a part.
pub(super) fn ids(part: &Path, table: Table) -> Result<Vec<u128>, RunError> {
    let file = TableFileReader::open(part, table.name()).map_err(RunError::State)?;
    let column = file.schema().index_of("document_id")?;
    let mut ids = Vec::with_capacity(file.num_rows());
    for batch in file.batches(Some(&[column])).map_err(RunError::State)? {
        let batch = batch.map_err(RunError::State)?;
        ids.extend(batch.column(0).as_string::<i32>().iter().flatten().map(id_hash));
    }
    Ok(ids)
}

/// The rows for which `is_wanted` holds, which gets a document's id and the number of its row.
pub(super) fn rows_where(
    batch: &RecordBatch,
    mut is_wanted: impl FnMut(&str, usize) -> bool,
) -> Result<RecordBatch, RunError> {
    let ids = column(batch, "document_id")?.as_string::<i32>();
    let wanted: BooleanArray = (0..batch.num_rows())
        .map(|row| Some(is_wanted(ids.value(row), row)))
        .collect();
    Ok(filter_record_batch(batch, &wanted)?)
}

/// Where the documents of a batch stood when they were read.
pub(super) struct Places<'a> {
    paths: &'a StringArray,
    records: &'a Int64Array,
}

impl<'a> Places<'a> {
    pub fn of(batch: &'a RecordBatch) -> Result<Self, RunError> {
        Ok(Places {
            paths: column(batch, "source_path")?.as_string(),
            records: column(batch, "source_record")?.as_primitive::<Int64Type>(),
        })
    }

    pub fn at(&self, row: usize) -> (&'a str, Option<i64>) {
        let record = self.records.is_valid(row).then(|| self.records.value(row));
        (self.paths.value(row), record)
    }
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a dyn Array, ArrowError> {
    batch
        .schema_ref()
        .index_of(name)
        .map(|index| batch.column(index).as_ref())
}
