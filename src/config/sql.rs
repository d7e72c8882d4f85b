//! The SQL of `[[aggregate]]`: mistakes in it, at their places in the pipeline file.

use super::problem::Problem;
use super::{AggregateConfig, toml_string};
use crate::stages::aggregate::{self, SqlProblem};

/// One query of the pipeline file.
pub(super) struct Query<'a> {
    /// The name of its block, empty where it has none.
    pub table: &'a str,
    /// Empty where there is none.
    pub sql: &'a str,
    /// The SQL as it stands in the file, quotes included, and its first byte there.
    pub token: &'a str,
    pub token_start: usize,
}

/// Checks the queries in the order of the file: a later one may use the tables of earlier ones, so that those without SQL
/// count too, though nothing more is said about them.
pub(super) fn check(queries: &[Query<'_>], problems: &mut Vec<Problem>) {
    let configs: Vec<AggregateConfig> = queries
        .iter()
        .map(|query| AggregateConfig {
            name: query.table.to_owned(),
            description: String::new(),
            sql: query.sql.to_owned(),
        })
        .collect();
    let found = aggregate::check(&configs).into_iter();
    let with_sql = found.filter(|found| !queries[found.block].sql.trim().is_empty());
    problems.extend(with_sql.map(|found| placed(&queries[found.block], found)));
}

/// A mistake in a query, at its place in the file.
fn placed(query: &Query<'_>, found: SqlProblem) -> Problem {
    let span = match found.offset {
        Some(offset) => {
            let end = offset + word_len(&query.sql[offset..]);
            toml_string::range_of(query.token, query.token_start, offset..end)
        }
        None => query.token_start..query.token_start + query.token.len(),
    };
    Problem::error(span, found.message).with_hint(found.hint)
}

/// Bytes of the word, or else of the single character, that the text starts with.
fn word_len(text: &str) -> usize {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let word = text.find(|character| !is_word(character)).unwrap_or(text.len());
    word.max(text.chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use toml::de::DeValue;

    use super::*;

    /// Checks that a problem at `word` of the query, written as `token`, marks `marked` in the file.
    fn check(token: &str, word: &str, marked: &str) {
        let source = format!("sql = {token}\n");
        let value = DeValue::parse(token).unwrap();
        let sql = value.get_ref().as_str().unwrap();
        let query = Query {
            table: "t",
            sql,
            token,
            token_start: 6,
        };
        let problem = placed(
            &query,
            SqlProblem {
                block: 0,
                offset: sql.find(word),
                message: "m".to_owned(),
                hint: None,
            },
        );
        assert_eq!(&source[problem.span.unwrap()], marked, "{token}");
    }

    #[test]
    fn the_word_at_the_offset_is_marked() {
        check("'SELECT kynd FROM meetings'", "kynd", "kynd");
        check("\"\"\"\nSELECT 'hội nghị',\n  kynd\nFROM x\"\"\"", "kynd", "kynd");
        check("\"SELECT \\\"họp\\\", đại_biểu FROM x\"", "đại_biểu", "đại_biểu");
        check("'SELECT (1 FROM x'", "(", "(");
        check("'SELECT (1'", "absent", "'SELECT (1'");
    }

    #[test]
    fn the_end_of_the_query_is_its_closing_quote() {
        let query = Query {
            table: "t",
            sql: "SELECT",
            token: "\"SELECT\"",
            token_start: 0,
        };
        let at_end = SqlProblem {
            block: 0,
            offset: Some(6),
            message: "m".to_owned(),
            hint: None,
        };
        assert_eq!(placed(&query, at_end).span, Some(7..8));
    }
}
