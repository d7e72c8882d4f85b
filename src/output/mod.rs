//! Tables as files: Parquet, CSV, and the two JSON files that describe them.
//!
//! An [`OutputTable`] is sorted by its key and cut into batches of a fixed size, so the bytes of its files depend on
//! its rows alone.

mod csv;
mod datapackage;
mod file;
mod manifest;
mod parquet;
mod read;
mod sort;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use serde::{Deserialize, Serialize};

pub(crate) use self::csv::json_value;
pub(crate) use self::sort::sorted;
use crate::config::OutputFormat;
use crate::schema::Table;
pub use manifest::{InputFile, Manifest, StageCounts};
pub use read::{TableReadError, read_table};

/// Name of the file that describes the tables to programs.
pub const DATA_PACKAGE_FILE: &str = "datapackage.json";
/// Name of the file that tells where the tables came from.
pub const MANIFEST_FILE: &str = "manifest.json";

/// Why tables could not be sorted or written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Arrow refused an operation on the table.
    #[error("table {table}: {source}")]
    Arrow {
        table: String,
        #[source]
        source: ArrowError,
    },
    /// The Parquet file could not be written.
    #[error("cannot write {}", path.display())]
    Parquet {
        path: PathBuf,
        #[source]
        source: ::parquet::errors::ParquetError,
    },
    /// The CSV file could not be written.
    #[error("cannot write {}", path.display())]
    Csv {
        path: PathBuf,
        #[source]
        source: ::csv::Error,
    },
    /// A file could not be written.
    #[error("cannot write {}", path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

/// A table as it is written: sorted, in batches of [`OutputTable::BATCH_ROWS`] rows.
#[derive(Clone, Debug)]
pub struct OutputTable {
    /// File stem.
    pub name: String,
    /// One sentence on what a row is.
    pub description: String,
    pub schema: SchemaRef,
    /// Columns by which the rows are sorted; empty where another order holds.
    pub key: &'static [&'static str],
    pub batches: Vec<RecordBatch>,
}

impl OutputTable {
    /// Rows of every batch but the last.
    pub const BATCH_ROWS: usize = 1024;

    /// A table of the contract, or one that flows between stages; sorts its rows.
    ///
    /// # Errors
    /// When a batch does not have the table's columns.
    pub fn new(table: Table, batches: Vec<RecordBatch>) -> Result<Self, OutputError> {
        let arrow_error = |source| OutputError::Arrow {
            table: table.name().to_owned(),
            source,
        };
        let schema = table.schema();
        let batches = batches
            .into_iter()
            .map(|batch| RecordBatch::try_new(schema.clone(), batch.columns().to_vec()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(arrow_error)?;
        Ok(OutputTable {
            name: table.name().to_owned(),
            description: table.description().to_owned(),
            key: table.key(),
            batches: sort::sorted_batches(table.key(), &batches, Self::BATCH_ROWS).map_err(arrow_error)?,
            schema,
        })
    }

    /// A summary table, its rows in the order in which they are.
    pub fn summary(name: String, description: String, rows: &RecordBatch) -> Self {
        let starts = (0..rows.num_rows()).step_by(Self::BATCH_ROWS);
        OutputTable {
            name,
            description,
            schema: rows.schema(),
            key: &[],
            batches: starts
                .map(|start| rows.slice(start, Self::BATCH_ROWS.min(rows.num_rows() - start)))
                .collect(),
        }
    }

    /// The batches, or an empty one if there is none.
    pub fn batches_or_empty(&self) -> Vec<RecordBatch> {
        if self.batches.is_empty() {
            vec![RecordBatch::new_empty(self.schema.clone())]
        } else {
            self.batches.clone()
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// How files are written.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    pub formats: Vec<OutputFormat>,
    /// zstd level of the Parquet files.
    pub compression_level: i32,
}

/// A written file of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// Name within the output folder.
    pub path: String,
    pub table: String,
    pub format: OutputFormat,
    pub rows: usize,
    pub bytes: u64,
    pub blake3: String,
}

/// The name of a table's file in a format.
pub fn file_name(table: &str, format: OutputFormat) -> String {
    match format {
        OutputFormat::Parquet => format!("{table}.parquet"),
        OutputFormat::Csv => format!("{table}.csv"),
    }
}

/// Writes a table to `folder` in every format, and waits until the files are on disk.
///
/// # Errors
/// When a file cannot be written.
pub fn write_table(folder: &Path, table: &OutputTable, options: &WriteOptions) -> Result<Vec<TableFile>, OutputError> {
    let formats = [OutputFormat::Parquet, OutputFormat::Csv];
    let wanted = formats.into_iter().filter(|format| options.formats.contains(format));
    let write = |format| {
        let name = file_name(&table.name, format);
        let path = folder.join(&name);
        let digest = match format {
            OutputFormat::Parquet => parquet::write(&path, table, options.compression_level)?,
            OutputFormat::Csv => csv::write(&path, table)?,
        };
        Ok(TableFile {
            path: name,
            table: table.name.clone(),
            format,
            rows: table.rows(),
            bytes: digest.bytes,
            blake3: digest.blake3,
        })
    };
    wanted.map(write).collect()
}

/// Writes `datapackage.json` for the tables and their files.
///
/// # Errors
/// When the file cannot be written.
pub fn write_data_package(
    folder: &Path,
    title: &str,
    tables: &[OutputTable],
    files: &[TableFile],
) -> Result<(), OutputError> {
    write_json(
        &folder.join(DATA_PACKAGE_FILE),
        &datapackage::describe(title, tables, files),
    )
}

/// Writes `manifest.json`.
///
/// # Errors
/// When the file cannot be written.
pub fn write_manifest(folder: &Path, manifest: &Manifest) -> Result<(), OutputError> {
    write_json(&folder.join(MANIFEST_FILE), manifest)
}

/// Writes a value as indented JSON with a final newline.
fn write_json(path: &Path, value: &impl Serialize) -> Result<(), OutputError> {
    let io_error = |source| OutputError::Io {
        path: path.to_owned(),
        source,
    };
    let mut file = file::DigestWriter::create(path).map_err(io_error)?;
    serde_json::to_writer_pretty(&mut file, value).map_err(|error| io_error(error.into()))?;
    file.write_all(b"\n").map_err(io_error)?;
    file.finish().map_err(io_error)?;
    Ok(())
}
