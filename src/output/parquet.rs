//! Parquet files: zstd, sorted, with statistics, and with each column's description in the Arrow schema.

use std::path::Path;

use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::file::{Digest, DigestWriter};
use super::{OutputError, OutputTable};

/// Writes `table` to `path`.
pub(super) fn write(path: &Path, table: &OutputTable, compression_level: i32) -> Result<Digest, OutputError> {
    let write = || -> Result<Digest, ParquetError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(compression_level)?))
            .set_statistics_enabled(EnabledStatistics::Page)
            .set_sorting_columns(sorting_columns(table)?)
            .set_created_by(concat!("parc-etl version ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let file = DigestWriter::create(path)?;
        let mut writer = ArrowWriter::try_new(file, table.schema.clone(), Some(properties))?;
        for batch in &table.batches {
            writer.write(batch)?;
        }
        Ok(writer.into_inner()?.finish()?)
    };
    write().map_err(|source| OutputError::Parquet {
        path: path.to_owned(),
        source,
    })
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
