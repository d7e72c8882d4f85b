//! Tables as files.

/// Why tables could not be sorted or written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Arrow refused an operation on the table.
    #[error("table {table}")]
    Arrow {
        table: String,
        #[source]
        source: arrow::error::ArrowError,
    },
}
