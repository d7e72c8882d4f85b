//! Summary tables: SQL from the pipeline file over the tables of the run.
//!
//! The SQL is run by Polars, which stays inside this module. It sees the tables of the contract and those of the blocks
//! before; nested columns as JSON text. The rows of a result are sorted by its ORDER BY and then by all its columns, so
//! that equal inputs give equal bytes.

mod check;
mod convert;
mod names;
mod query;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::SchemaRef;
use polars::frame::DataFrame;
use polars::prelude::{IntoLazy, PolarsError};
use polars::sql::SQLContext;

use crate::config::AggregateConfig;
use crate::output::TableReadError;
use crate::panics;
pub use check::{SqlProblem, check};
use query::Query;

/// Why a summary table could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum AggregateError {
    /// The SQL is not a query, or the engine could not run it.
    #[error("summary table {name}: {message}")]
    Sql { name: String, message: String },
    /// A table cannot be read.
    #[error(transparent)]
    Read(#[from] TableReadError),
}

/// The tables that queries may read.
pub trait Source {
    /// The columns of a table; none where there is no such table.
    fn schema(&self, table: &str) -> Option<SchemaRef>;

    /// The values of the column with that number, in the order of the rows.
    ///
    /// # Errors
    /// When they cannot be read.
    fn column(&self, table: &str, column: usize) -> Result<Vec<ArrayRef>, TableReadError>;
}

/// The tables that some block reads and no block makes.
pub fn tables_read(config: &[AggregateConfig]) -> BTreeSet<String> {
    let queries = config.iter().filter_map(|block| Query::parse(&block.sql).ok());
    let read = queries.flat_map(|query| names::relations(&query.ast));
    read.filter(|name| config.iter().all(|block| block.name != *name))
        .collect()
}

/// Computes the summary tables in the order of the blocks; a later one may use the tables of earlier ones.
///
/// # Errors
/// When a table cannot be read, a query cannot be run, or gives a column of a type that tables cannot have.
pub fn run(config: &[AggregateConfig], source: &dyn Source) -> Result<Vec<(String, RecordBatch)>, AggregateError> {
    let parsed = |block: &AggregateConfig| {
        Query::parse(&block.sql).map_err(|error| AggregateError::Sql {
            name: block.name.clone(),
            message: error.message,
        })
    };
    let queries: Vec<Query> = config.iter().map(parsed).collect::<Result<_, _>>()?;
    let mut engine = Engine::default();
    for name in tables_read(config) {
        if let (Some(schema), Some(columns)) = (source.schema(&name), columns_read(&queries, &name)) {
            let frame = convert::to_frame(&schema, columns.as_ref(), |column| source.column(&name, column))?;
            engine.register(&name, frame.map_err(|error| failed(&name, &error))?);
        }
    }
    let mut results = Vec::with_capacity(config.len());
    for (AggregateConfig { name, .. }, query) in config.iter().zip(queries) {
        let frame = engine.run(&query).map_err(|message| AggregateError::Sql {
            name: name.clone(),
            message,
        })?;
        let batch = convert::to_batch(&frame).map_err(|error| AggregateError::Sql {
            name: name.clone(),
            message: error.to_string(),
        })?;
        engine.register(name, frame);
        results.push((name.clone(), batch));
    }
    Ok(results)
}

/// The columns of a table that some query may read, none for all of them; nothing where no query reads the table.
fn columns_read(queries: &[Query], table: &str) -> Option<Option<BTreeSet<String>>> {
    let reads = |query: &&Query| names::relations(&query.ast).contains(table);
    let columns = queries
        .iter()
        .filter(reads)
        .map(|query| names::columns_read(&query.ast));
    columns.reduce(|all, more| {
        let mut all = all?;
        all.extend(more?);
        Some(all)
    })
}

fn failed(name: &str, error: &PolarsError) -> AggregateError {
    AggregateError::Sql {
        name: name.to_owned(),
        message: first_line(&error.to_string()),
    }
}

/// Polars with the tables that queries may use.
#[derive(Default)]
struct Engine {
    context: SQLContext,
}

impl Engine {
    fn register(&mut self, name: &str, frame: DataFrame) {
        self.context.register(name, frame.lazy());
    }

    /// The result of a query, its rows in an order that the tables alone decide; or what the engine says against it.
    fn run(&mut self, query: &Query) -> Result<DataFrame, String> {
        let result = panics::catch(|| -> Result<DataFrame, PolarsError> {
            let columns = self.context.execute(&query.sql())?.collect_schema()?;
            self.context.execute(&query.sql_with_total_order(&columns))?.collect()
        });
        match result {
            Ok(Ok(frame)) => Ok(frame),
            Ok(Err(error)) => Err(first_line(&error.to_string())),
            Err(panic) => Err(format!("the SQL engine failed: {panic}")),
        }
    }
}

/// What an error says, without the query plan that Polars appends.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
