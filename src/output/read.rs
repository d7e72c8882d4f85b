//! Written tables read back into rows.

use std::fs::File;
use std::path::{Path, PathBuf};

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
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

/// The rows of `table` in the folder that a run wrote; `T` needs no more columns than it uses.
///
/// # Errors
/// When the Parquet file is not there, or not the table.
pub fn read_table<T: DeserializeOwned>(folder: &Path, table: Table) -> Result<Vec<T>, TableReadError> {
    let path = folder.join(file_name(table.name(), OutputFormat::Parquet));
    let file = File::open(&path).map_err(|source| TableReadError::Io {
        path: path.clone(),
        source,
    })?;
    let parquet_error = |source| TableReadError::Parquet {
        path: path.clone(),
        source,
    };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(ParquetRecordBatchReaderBuilder::build)
        .map_err(parquet_error)?;
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|source| parquet_error(source.into()))?;
        let more: Vec<T> = from_batch(&batch).map_err(|source| TableReadError::Schema {
            path: path.clone(),
            source,
        })?;
        rows.extend(more);
    }
    Ok(rows)
}
