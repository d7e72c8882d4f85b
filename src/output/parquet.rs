//! Parquet files: zstd, sorted, with statistics, and with each column's description in the Arrow schema.

use std::path::PathBuf;

use arrow::array::RecordBatch;
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::file::{Digest, DigestWriter};
use super::{OutputError, OutputTable};

/// A Parquet file that is being written.
pub(super) struct Writer {
    path: PathBuf,
    writer: ArrowWriter<DigestWriter>,
}

/// Size of a row group: what is held in memory before it is written.
const MAX_ROW_GROUP_BYTES: usize = 32 << 20;

impl Writer {
    /// Creates the file of `table` at `path`.
    pub fn create(path: PathBuf, table: &OutputTable, compression_level: i32) -> Result<Self, OutputError> {
        let create = || -> Result<_, ParquetError> {
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(ZstdLevel::try_new(compression_level)?))
                .set_statistics_enabled(EnabledStatistics::Page)
                .set_sorting_columns(sorting_columns(table)?)
                .set_max_row_group_bytes(Some(MAX_ROW_GROUP_BYTES))
                .set_created_by(concat!("parc-etl version ", env!("CARGO_PKG_VERSION")).to_owned())
                .build();
            ArrowWriter::try_new(DigestWriter::create(&path)?, table.schema.clone(), Some(properties))
        };
        match create() {
            Ok(writer) => Ok(Writer { path, writer }),
            Err(source) => Err(OutputError::Parquet { path, source }),
        }
    }

    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), OutputError> {
        self.writer.write(batch).map_err(|source| OutputError::Parquet {
            path: self.path.clone(),
            source,
        })
    }

    /// Waits until everything is on disk.
    pub fn finish(self) -> Result<Digest, OutputError> {
        let Writer { path, writer } = self;
        let finish = || Ok(writer.into_inner()?.finish()?);
        finish().map_err(|source| OutputError::Parquet { path, source })
    }
}

/// The key as readers of the file see it: by the numbers of leaf columns.
fn sorting_columns(table: &OutputTable) -> Result<Option<Vec<SortingColumn>>, ParquetError> {
    if table.key.is_empty() {
        return Ok(None);
    }
    let schema = ArrowSchemaConverter::new().convert(&table.schema)?;
    let leaf = |name: &&str| {
        let column = schema.columns().iter().position(|leaf| leaf.path().string() == *name)?;
        Some(SortingColumn {
            column_idx: column as i32,
            descending: false,
            nulls_first: true,
        })
    };
    Ok(table.key.iter().map(leaf).collect())
}
