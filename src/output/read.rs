//! Written tables read back into rows.

use std::fs::File;
use std::path::{Path, PathBuf};

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use serde::de::DeserializeOwned;

use super::file_name;
use crate::config::OutputFormat;
use crate::schema::{Table, from_batch};

/// Why a table could not be read back.
#[derive(Debug, thiserror::Error)]
pub enum TableReadError {
    /// The file cannot be opened.
    #[error("{}: {source}", path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// The file is no Parquet, or a damaged one.
    #[error("{}: {source}", path.display())]
    Parquet {
        path: PathBuf,
        #[source]
        source: ::parquet::errors::ParquetError,
    },
    /// The table lacks a column or has it with another type.
    #[error("{}: {source}", path.display())]
    Schema {
        path: PathBuf,
        #[source]
        source: serde_arrow::Error,
    },
}

/// A table's Parquet file.
pub struct TableFileReader {
    path: PathBuf,
    file: File,
    metadata: ArrowReaderMetadata,
}

impl TableFileReader {
    const BATCH_ROWS: usize = 1024;

    /// The file of the table of that name in the folder that a run wrote.
    ///
    /// # Errors
    /// When it is not there, or no Parquet.
    pub fn open(folder: &Path, table: &str) -> Result<Self, TableReadError> {
        let path = folder.join(file_name(table, OutputFormat::Parquet));
        let file = File::open(&path).map_err(|source| TableReadError::Io {
            path: path.clone(),
            source,
        })?;
        match ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()) {
            Ok(metadata) => Ok(TableFileReader { path, file, metadata }),
            Err(source) => Err(TableReadError::Parquet { path, source }),
        }
    }

    pub fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    pub fn num_rows(&self) -> usize {
        usize::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// The rows in their order, with all columns or those that have these numbers.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn batches(
        &self,
        columns: Option<&[usize]>,
    ) -> Result<impl Iterator<Item = Result<RecordBatch, TableReadError>> + use<>, TableReadError> {
        let file = self.file.try_clone().map_err(|source| TableReadError::Io {
            path: self.path.clone(),
            source,
        })?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let mask = columns.map_or_else(ProjectionMask::all, |columns| {
            ProjectionMask::roots(builder.parquet_schema(), columns.iter().copied())
        });
        let reader = builder.with_projection(mask).with_batch_size(Self::BATCH_ROWS).build();
        let path = self.path.clone();
        let error = move |source| TableReadError::Parquet {
            path: path.clone(),
            source,
        };
        let reader = reader.map_err(&error)?;
        Ok(reader.map(move |batch| batch.map_err(|source| error(source.into()))))
    }
}

/// Calls `each` with some rows of `table` after the others, from the folder that a run wrote; `T` has these columns.
///
/// # Errors
/// Those of `each`, and when the Parquet file is not there, or not the table.
pub(crate) fn visit_table<T: DeserializeOwned, E: From<TableReadError>>(
    folder: &Path,
    table: Table,
    columns: &[&str],
    mut each: impl FnMut(Vec<T>) -> Result<(), E>,
) -> Result<(), E> {
    let file = TableFileReader::open(folder, table.name())?;
    // A column that is missing is missed where the rows are made.
    let columns: Vec<usize> = columns
        .iter()
        .filter_map(|name| file.schema().index_of(name).ok())
        .collect();
    for batch in file.batches(Some(&columns))? {
        let rows = from_batch(&batch?).map_err(|source| TableReadError::Schema {
            path: file.path.clone(),
            source,
        })?;
        each(rows)?;
    }
    Ok(())
}

/// The rows of `table` in the folder that a run wrote; `T` needs no more columns than it uses.
///
/// # Errors
/// When the Parquet file is not there, or not the table.
pub fn read_table<T: DeserializeOwned>(folder: &Path, table: Table) -> Result<Vec<T>, TableReadError> {
    let columns = table.schema();
    let columns: Vec<&str> = columns.fields().iter().map(|field| field.name().as_str()).collect();
    let mut rows = Vec::new();
    visit_table(folder, table, &columns, |more| {
        rows.extend(more);
        Ok::<_, TableReadError>(())
    })?;
    Ok(rows)
}
