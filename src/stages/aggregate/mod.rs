//! Summary tables: SQL from the pipeline file over the tables of the run.

use std::collections::BTreeMap;

use arrow::array::RecordBatch;

use crate::config::AggregateConfig;

/// A mistake in the SQL of an `[[aggregate]]` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlProblem {
    /// 0-based number of the block.
    pub block: usize,
    /// Where, in bytes from the start of the SQL, if it can be told.
    pub offset: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Why a summary table could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum AggregateError {
    /// The SQL engine refused the query.
    #[error("summary table {name}: {message}")]
    Sql { name: String, message: String },
}

/// Checks every block's SQL against the tables of the contract and the blocks before it.
pub fn check(config: &[AggregateConfig]) -> Vec<SqlProblem> {
    let _ = config;
    Vec::new()
}

/// Computes the summary tables in the order of the blocks; a later one may use the tables of earlier ones.
///
/// # Errors
/// When a query cannot be run.
pub fn run(
    config: &[AggregateConfig],
    tables: &BTreeMap<&str, Vec<RecordBatch>>,
) -> Result<Vec<(String, RecordBatch)>, AggregateError> {
    let _ = (config, tables);
    Ok(Vec::new())
}
