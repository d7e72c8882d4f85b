//! Tables as files: Parquet, CSV, and the two JSON files that describe them.
//!
//! A [`TableWriter`] takes the rows of a table in the order of its key and writes batches of a fixed size, so the bytes of
//! the files depend on the rows alone.

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
use arrow::compute::BatchCoalescer;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use serde::{Deserialize, Serialize};

pub(crate) use self::csv::json_value;
use self::file::Digest;
pub(crate) use self::sort::{sorted, sorted_batches};
use crate::config::OutputFormat;
use crate::schema::Table;
pub use manifest::{InputFile, Manifest, StageCounts};
pub(crate) use read::visit_table;
pub use read::{TableFileReader, TableReadError, read_table};

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

/// What a table is called, what it tells and which columns it has.
#[derive(Clone, Debug)]
pub struct OutputTable {
    /// File stem.
    pub name: String,
    /// One sentence on what a row is.
    pub description: String,
    pub schema: SchemaRef,
    /// Columns by which the rows are sorted; empty where another order holds.
    pub key: &'static [&'static str],
}

impl OutputTable {
    /// A table of the contract, or one that flows between stages.
    pub fn new(table: Table) -> Self {
        OutputTable {
            name: table.name().to_owned(),
            description: table.description().to_owned(),
            schema: table.schema(),
            key: table.key(),
        }
    }

    /// A summary table.
    pub fn summary(name: String, description: String, schema: SchemaRef) -> Self {
        OutputTable {
            name,
            description,
            schema,
            key: &[],
        }
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

/// A table that is being written, in every format at once.
pub struct TableWriter {
    table: String,
    parquet: Option<parquet::Writer>,
    csv: Option<csv::Writer>,
    /// Cuts the rows into batches of a fixed size, so that the files depend on them alone.
    batches: BatchCoalescer,
    rows: usize,
}

impl TableWriter {
    const BATCH_ROWS: usize = 1024;

    /// Creates the files in `folder`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn create(folder: &Path, table: &OutputTable, options: &WriteOptions) -> Result<Self, OutputError> {
        let path = |format| {
            let wanted = options.formats.contains(&format);
            wanted.then(|| folder.join(file_name(&table.name, format)))
        };
        let parquet = path(OutputFormat::Parquet);
        let csv = path(OutputFormat::Csv);
        Ok(TableWriter {
            table: table.name.clone(),
            parquet: parquet
                .map(|path| parquet::Writer::create(path, table, options.compression_level))
                .transpose()?,
            csv: csv.map(|path| csv::Writer::create(path, table)).transpose()?,
            batches: BatchCoalescer::new(table.schema.clone(), Self::BATCH_ROWS),
            rows: 0,
        })
    }

    /// Writes the rows of a batch after those before.
    ///
    /// # Errors
    /// When a file cannot be written, or the batch does not have the table's columns.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), OutputError> {
        self.rows += batch.num_rows();
        let batch = RecordBatch::try_new(self.batches.schema(), batch.columns().to_vec());
        batch
            .and_then(|batch| self.batches.push_batch(batch))
            .map_err(self.arrow_error())?;
        self.write_completed()
    }

    /// Waits until the files are on disk.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(mut self) -> Result<Vec<TableFile>, OutputError> {
        self.batches.finish_buffered_batch().map_err(self.arrow_error())?;
        self.write_completed()?;
        let mut files = Vec::new();
        if let Some(parquet) = self.parquet {
            files.push((OutputFormat::Parquet, parquet.finish()?));
        }
        if let Some(csv) = self.csv {
            files.push((OutputFormat::Csv, csv.finish()?));
        }
        let file = |(format, digest): (OutputFormat, Digest)| TableFile {
            path: file_name(&self.table, format),
            table: self.table.clone(),
            format,
            rows: self.rows,
            bytes: digest.bytes,
            blake3: digest.blake3,
        };
        Ok(files.into_iter().map(file).collect())
    }

    fn write_completed(&mut self) -> Result<(), OutputError> {
        while let Some(batch) = self.batches.next_completed_batch() {
            match (&mut self.parquet, &mut self.csv) {
                (Some(parquet), Some(csv)) => {
                    let (parquet, csv) = rayon::join(|| parquet.write(&batch), || csv.write(&batch));
                    parquet.and(csv)?;
                }
                (Some(parquet), None) => parquet.write(&batch)?,
                (None, Some(csv)) => csv.write(&batch)?,
                (None, None) => {}
            }
        }
        Ok(())
    }

    fn arrow_error(&self) -> impl FnOnce(ArrowError) -> OutputError {
        let table = self.table.clone();
        move |source| OutputError::Arrow { table, source }
    }
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
