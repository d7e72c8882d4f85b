//! The SQL of `[[aggregate]]`: mistakes in it, at their places in the pipeline file.

use super::problem::Problem;
use super::{AggregateConfig, toml_string};
use crate::stages::aggregate;

/// One query of the pipeline file.
pub(super) struct Query<'a> {
    /// The name of its block.
    pub table: &'a str,
    pub sql: &'a str,
    /// The SQL as it stands in the file, quotes included, and its first byte there.
    pub token: &'a str,
    pub token_start: usize,
}

/// Checks the queries in the order of the file: a later one may use the tables of earlier ones.
pub(super) fn check(queries: &[Query<'_>], problems: &mut Vec<Problem>) {
    let configs: Vec<AggregateConfig> = queries
        .iter()
        .map(|query| AggregateConfig {
            name: query.table.to_owned(),
            description: String::new(),
            sql: query.sql.to_owned(),
        })
        .collect();
    for found in aggregate::check(&configs) {
        let query = &queries[found.block];
        let span = match found.offset {
            Some(offset) => {
                let end = offset + word_len(&query.sql[offset..]);
                toml_string::range_of(query.token, query.token_start, offset..end)
            }
            None => query.token_start..query.token_start + query.token.len(),
        };
        problems.push(Problem::error(span, found.message).with_hint(found.hint));
    }
}

/// Bytes of the word, or else of the single character, that the text starts with.
fn word_len(text: &str) -> usize {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let word = text.find(|character| !is_word(character)).unwrap_or(text.len());
    word.max(text.chars().next().map_or(0, char::len_utf8))
}
