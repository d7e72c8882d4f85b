//! Summary tables: SQL from the pipeline file over the tables of the run.
//!
//! The SQL is run by Polars, which stays inside this module. It sees the tables of the contract and those of the blocks
//! before; nested columns as JSON text. The rows of a result are sorted by its ORDER BY and then by all its columns, so
//! that equal inputs give equal bytes.

mod check;
mod convert;
mod grouped;
mod names;
mod query;
mod scan;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use polars::frame::DataFrame;
use polars::prelude::{IntoLazy, LazyFrame, PolarsError};
use polars::sql::SQLContext;

use crate::config::AggregateConfig;
use crate::output::TableReadError;
use crate::panics;
pub use check::{SqlProblem, check};
use grouped::Grouped;
use query::Query;
use scan::{Part, Scan, SourceTable};

/// Why a summary table could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum AggregateError {
    /// The SQL is not a query, or the engine could not run it.
    #[error("summary table {name}: {message}")]
    Sql { name: String, message: String },
}

/// The tables that queries may read.
pub trait Source: Send + Sync {
    /// The columns of a table; none where there is no such table.
    fn schema(&self, table: &str) -> Option<SchemaRef>;

    /// How many rows a table has.
    fn num_rows(&self, table: &str) -> usize;

    /// The rows of a table in their order, with the columns that have these numbers.
    ///
    /// # Errors
    /// When they cannot be read.
    fn batches(&self, table: &str, columns: &[usize]) -> Result<Batches<'_>, TableReadError>;
}

/// Rows that are read batch by batch.
pub type Batches<'a> = Box<dyn Iterator<Item = Result<RecordBatch, TableReadError>> + 'a>;

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
pub fn run(config: &[AggregateConfig], source: &Arc<dyn Source>) -> Result<Vec<(String, RecordBatch)>, AggregateError> {
    let parsed = |block: &AggregateConfig| {
        Query::parse(&block.sql).map_err(|error| AggregateError::Sql {
            name: block.name.clone(),
            message: error.message,
        })
    };
    let queries: Vec<Query> = config.iter().map(parsed).collect::<Result<_, _>>()?;
    let mut engine = Engine::default();
    for name in tables_read(config) {
        if let Some(table) = SourceTable::new(&name, source) {
            let added = table.and_then(|table| engine.add_source(table));
            added.map_err(|error| failed(&name, &error))?;
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
        engine.register(name, frame.lazy());
        results.push((name.clone(), batch));
    }
    Ok(results)
}

fn failed(name: &str, error: &PolarsError) -> AggregateError {
    AggregateError::Sql {
        name: name.to_owned(),
        message: first_line(&error.to_string()),
    }
}

/// A table, columns by which to take it apart, and into how many parts.
type Parts = (Arc<SourceTable>, Vec<String>, usize);

/// Polars with the tables that queries may use.
#[derive(Default)]
struct Engine {
    context: SQLContext,
    sources: BTreeMap<String, Arc<SourceTable>>,
}

impl Engine {
    /// Rows of a table that a query which groups them reads at once; few in tests, so that it reads several times.
    const ROWS_AT_ONCE: usize = if cfg!(test) { 3 } else { 1 << 19 };

    fn register(&mut self, name: &str, frame: LazyFrame) {
        self.context.register(name, frame);
    }

    fn add_source(&mut self, table: SourceTable) -> Result<(), PolarsError> {
        let table = Arc::new(table);
        self.register(table.name(), Scan::of(&table, None)?);
        self.sources.insert(table.name().to_owned(), table);
        Ok(())
    }

    /// The result of a query, its rows in an order that the tables alone decide; or what the engine says against it.
    fn run(&mut self, query: &Query) -> Result<DataFrame, String> {
        let result = panics::catch(|| match self.parts(query) {
            Some((table, keys, parts)) => self.run_in_parts(query, &table, &keys, parts),
            None => self.run_with_common(query),
        });
        match result {
            Ok(Ok(frame)) => Ok(frame),
            Ok(Err(error)) => Err(first_line(&error.to_string())),
            Err(panic) => Err(format!("the SQL engine failed: {panic}")),
        }
    }

    /// Runs a query after those of its WITH that group a large table, which are run on one part of it after the other.
    fn run_with_common(&mut self, query: &Query) -> Result<DataFrame, PolarsError> {
        let mut query = query.clone();
        let tables = self.context.get_tables();
        let common = query.take_common(|inner| self.parts(inner), &tables);
        for (name, inner, (table, keys, parts)) in &common {
            let frame = self.run_in_parts(inner, table, keys, *parts)?;
            self.register(name, frame.lazy());
        }
        let result = self.run_whole(&query);
        for (name, ..) in &common {
            self.context.unregister(name);
        }
        result
    }

    fn run_whole(&mut self, query: &Query) -> Result<DataFrame, PolarsError> {
        let columns = self.context.execute(&query.sql())?.collect_schema()?;
        self.context.execute(&query.sql_with_total_order(&columns))?.collect()
    }

    /// The table that a query groups, the columns by which to take it apart, and into how many parts.
    fn parts(&self, query: &Query) -> Option<Parts> {
        let columns = |name: &str| Some(self.sources.get(name)?.column_names());
        let Grouped { table, keys } = Grouped::of(&query.ast, columns)?;
        let table = self.sources.get(&table)?;
        let parts = table.num_rows().div_ceil(Self::ROWS_AT_ONCE);
        (parts > 1).then(|| (Arc::clone(table), keys, parts))
    }

    /// Runs a query on one part of its table after the other, then puts the results in order.
    fn run_in_parts(
        &mut self,
        query: &Query,
        table: &Arc<SourceTable>,
        keys: &[String],
        parts: usize,
    ) -> Result<DataFrame, PolarsError> {
        let mut results: Option<DataFrame> = None;
        for number in 0..parts {
            let part = Part { keys, number, parts };
            self.register(table.name(), Scan::of(table, Some(part))?);
            let result = self.context.execute(&query.sql())?.collect()?;
            results = match results {
                Some(before) => Some(before.vstack(&result)?),
                None => Some(result),
            };
        }
        self.register(table.name(), results.unwrap_or_default().lazy());
        let ordered = self.run_whole(&query.over_its_results(table.name()));
        self.register(table.name(), Scan::of(table, None)?);
        ordered
    }
}

/// What an error says, without the query plan that Polars appends.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
