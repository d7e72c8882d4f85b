//! Checks the SQL of the pipeline file before anything is read, against empty tables with the contract's columns.

use std::collections::BTreeSet;

use arrow::array::RecordBatch;
use polars::frame::DataFrame;
use polars::prelude::IntoLazy;

use super::names::{self, Tables};
use super::query::{Query, byte_offset};
use super::{Engine, convert};
use crate::config::AggregateConfig;
use crate::schema::Table;

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

/// Checks every block's SQL against the tables of the contract and the blocks before it.
///
/// All names that nothing defines are reported at once; of other mistakes the first in each block. A block that uses the
/// table of a block with mistakes is not checked further.
pub fn check(config: &[AggregateConfig]) -> Vec<SqlProblem> {
    let mut checker = Checker::default();
    for table in Table::PUBLISHED {
        let columns = table.schema();
        match convert::to_frame(&RecordBatch::new_empty(columns)) {
            Ok(frame) => checker.add_table(table.name(), frame),
            Err(error) => unreachable!("the contract's columns have types that convert: {error}"),
        }
    }
    let mut problems = Vec::new();
    for (block, AggregateConfig { name, sql, .. }) in config.iter().enumerate() {
        let later: BTreeSet<&str> = config[block + 1..].iter().map(|later| later.name.as_str()).collect();
        let found = checker.check_block(name, sql, &later);
        problems.extend(found.into_iter().map(|problem| SqlProblem { block, ..problem }));
    }
    problems
}

#[derive(Default)]
struct Checker {
    engine: Engine,
    tables: Tables,
    /// Blocks with mistakes, whose columns are not known.
    failed: BTreeSet<String>,
}

impl Checker {
    fn add_table(&mut self, name: &str, frame: DataFrame) {
        let columns = frame.get_column_names().into_iter().map(ToString::to_string);
        self.tables.insert(name.to_owned(), columns.collect());
        self.engine.register(name, frame.lazy());
    }

    /// What is wrong with one block; without mistakes its table can be used from now on.
    fn check_block(&mut self, name: &str, sql: &str, later: &BTreeSet<&str>) -> Vec<SqlProblem> {
        let problems = match Query::parse(sql) {
            Err(error) => vec![problem(error.offset, error.message, error.hint)],
            Ok(query) if names::tables_read(&query.ast).is_disjoint(&self.failed) => match self.engine.run(&query) {
                Ok(frame) => match convert::to_batch(&frame) {
                    Ok(_) => {
                        self.add_table(name, frame);
                        return Vec::new();
                    }
                    Err(error) => vec![unsupported_column(sql, &error)],
                },
                Err(message) => self.explain(sql, &query, &message, later),
            },
            // It cannot be checked before the block that it uses is right.
            Ok(_) => Vec::new(),
        };
        self.failed.insert(name.to_owned());
        problems
    }

    /// Why the engine refused a query: the names that nothing defines, or else what the engine says.
    fn explain(&self, sql: &str, query: &Query, message: &str, later: &BTreeSet<&str>) -> Vec<SqlProblem> {
        let unknown = names::unknown(&query.ast, &self.tables);
        if unknown.is_empty() {
            let hint = quoted_name(message).and_then(|name| {
                message
                    .starts_with("unsupported function")
                    .then(|| format!("Polars' SQL has no function `{name}`"))
            });
            let offset = quoted_name(message).and_then(|name| find_word(sql, name));
            return vec![problem(offset, message.to_owned(), hint)];
        }
        let unknown = unknown.into_iter().map(|unknown| {
            let offset = byte_offset(sql, unknown.name.span.start);
            let is_later = later.contains(unknown.name.value.as_str());
            let move_up = || {
                format!(
                    "the block `{}` comes later; move it before this one",
                    unknown.name.value
                )
            };
            problem(
                offset,
                unknown.message,
                if is_later { Some(move_up()) } else { unknown.hint },
            )
        });
        unknown.collect()
    }
}

fn problem(offset: Option<usize>, message: String, hint: Option<String>) -> SqlProblem {
    SqlProblem {
        block: 0,
        offset,
        message,
        hint,
    }
}

fn unsupported_column(sql: &str, error: &convert::UnsupportedColumn) -> SqlProblem {
    let hint = "make it a text, number, date or boolean with CAST";
    problem(find_word(sql, &error.column), error.to_string(), Some(hint.to_owned()))
}

/// The first name that an engine's message quotes.
fn quoted_name(message: &str) -> Option<&str> {
    let quotes = ['\'', '"', '`'];
    let (_, rest) = message.split_once(quotes)?;
    let (name, _) = rest.split_once(quotes)?;
    Some(name)
}

/// Where a whole word first stands in the SQL, in bytes; letter case does not count.
fn find_word(sql: &str, word: &str) -> Option<usize> {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let sql = sql.to_ascii_lowercase();
    let word = word.to_ascii_lowercase();
    let mut matches = sql.match_indices(&word);
    matches.find_map(|(start, text)| {
        let before = sql[..start].chars().next_back();
        let after = sql[start + text.len()..].chars().next();
        (!word.is_empty() && !before.is_some_and(is_word) && !after.is_some_and(is_word)).then_some(start)
    })
}
