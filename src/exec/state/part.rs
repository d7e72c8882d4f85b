//! Parts of the state: folders of Parquet files, each written once.

use std::fs;
use std::path::{Path, PathBuf};

use arrow::array::{Array, AsArray, BooleanArray, Int64Array, RecordBatch, StringArray};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;

use super::{Rows, RunError, id_hash, sync_folder};
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

/// Writes the rows of some tables as the part after `parts`, unless one of them has none.
pub(super) fn write_part(dir: &Path, parts: &[PathBuf], tables: &[(Table, &Rows)]) -> Result<(), RunError> {
    if tables.iter().any(|(_, rows)| rows.num_rows() == 0) {
        return Ok(());
    }
    let last = parts.last().and_then(|part| part.file_name()?.to_str()?.parse().ok());
    let name = format!("{:05}", last.unwrap_or(0) + 1);
    let unfinished = dir.join(format!(".{name}"));
    fs::create_dir(&unfinished).map_err(RunError::io("create", &unfinished))?;
    for (table, rows) in tables {
        let mut writer = writer(&unfinished, *table)?;
        for part in rows.parts() {
            writer.write(&part.read()?)?;
        }
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

/// Calls `each` with the rows of a table of a part.
pub(super) fn visit(
    part: &Path,
    table: Table,
    mut each: impl FnMut(RecordBatch) -> Result<(), RunError>,
) -> Result<(), RunError> {
    let file = TableFileReader::open(part, table.name()).map_err(RunError::State)?;
    for batch in file.batches(None).map_err(RunError::State)? {
        each(batch.map_err(RunError::State)?)?;
    }
    Ok(())
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
