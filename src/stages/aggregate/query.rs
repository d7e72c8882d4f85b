//! One SELECT, parsed as Polars parses it.

use polars::prelude::Schema;
use sqlparser::ast::{
    self, Expr, Ident, OrderBy, OrderByExpr, OrderByKind, OrderByOptions, SetExpr, Spanned, Statement, Value,
};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::{Parser, ParserOptions};
use sqlparser::tokenizer::Location;

/// A parsed SELECT.
#[derive(Clone)]
pub(super) struct Query {
    pub ast: Box<ast::Query>,
}

/// Why a text is not a single SELECT.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// In bytes, if it can be told.
    pub offset: Option<usize>,
    pub message: String,
    pub hint: Option<String>,
}

impl Query {
    /// Parses one SELECT, with or without WITH and a final semicolon.
    pub fn parse(sql: &str) -> Result<Query, SyntaxError> {
        let options = ParserOptions {
            trailing_commas: true,
            ..ParserOptions::default()
        };
        let statements = Parser::new(&GenericDialect)
            .with_options(options)
            .try_with_sql(sql)
            .and_then(|mut parser| parser.parse_statements())
            .map_err(|error| located(sql, &error.to_string()))?;
        let mut statements = statements.into_iter();
        let (statement, second) = (statements.next(), statements.next());
        if let Some(second) = second {
            return Err(SyntaxError {
                offset: byte_offset(sql, second.span().start),
                message: "a second statement".to_owned(),
                hint: Some("one block holds one SELECT; put the other in a block of its own".to_owned()),
            });
        }
        match statement {
            Some(Statement::Query(ast)) if only_reads(&ast.body) => Ok(Query { ast }),
            Some(other) => Err(SyntaxError {
                offset: Some(sql.len() - sql.trim_start().len()),
                message: format!("{} is not allowed", first_word(&other.to_string())),
                hint: Some("summary tables are made by a SELECT".to_owned()),
            }),
            None => Err(SyntaxError {
                offset: Some(0),
                message: "no SQL".to_owned(),
                hint: Some("write a SELECT over the tables of the run".to_owned()),
            }),
        }
    }

    /// The query as text.
    pub fn sql(&self) -> String {
        self.ast.to_string()
    }

    /// Takes out of WITH the queries for which `with` gives something, each with its name; not those whose name, or whose
    /// table's, may mean another table there.
    pub fn take_common<T>(&mut self, with: impl Fn(&Query) -> Option<T>, tables: &[String]) -> Vec<(String, Query, T)> {
        let Some(common) = self.ast.with.as_mut().filter(|common| !common.recursive) else {
            return Vec::new();
        };
        let names: Vec<String> = common
            .cte_tables
            .iter()
            .map(|cte| cte.alias.name.value.clone())
            .collect();
        if names.iter().any(|name| tables.contains(name)) {
            return Vec::new();
        }
        let mut taken = Vec::new();
        common.cte_tables.retain(|cte| {
            let query = Query { ast: cte.query.clone() };
            let given = with(&query).filter(|_| cte.alias.columns.is_empty());
            let is_kept = given.is_none();
            taken.extend(given.map(|given| (cte.alias.name.value.clone(), query, given)));
            is_kept
        });
        if common.cte_tables.is_empty() {
            self.ast.with = None;
        }
        taken
    }

    /// A query that puts the rows of its results, in a table of that name, in its order.
    pub fn over_its_results(&self, table: &str) -> Query {
        let sql = format!("SELECT * FROM {}", Ident::with_quote('"', table));
        let mut all = Query::parse(&sql).expect("a SELECT of all columns is a query");
        all.ast.order_by = self.ast.order_by.clone();
        all
    }

    /// The query with every column of its result appended to its ORDER BY.
    pub fn sql_with_total_order(&self, columns: &Schema) -> String {
        let mut ast = self.ast.clone();
        let by_column = columns
            .iter_values()
            .zip(1..)
            .filter(|(data_type, _)| !data_type.is_nested());
        let by_column = by_column.map(|(_, number): (_, usize)| OrderByExpr {
            expr: Expr::Value(Value::Number(number.to_string(), false).into()),
            options: OrderByOptions::default(),
            with_fill: None,
        });
        let order = ast.order_by.get_or_insert_with(|| OrderBy {
            kind: OrderByKind::Expressions(Vec::new()),
            interpolate: None,
        });
        if let OrderByKind::Expressions(expressions) = &mut order.kind {
            expressions.extend(by_column);
            if expressions.is_empty() {
                // There is nothing by which rows of lists alone can be ordered.
                ast.order_by = None;
            }
        }
        ast.to_string()
    }
}

/// Whether a query body holds no INSERT, UPDATE or DELETE.
fn only_reads(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(_) | SetExpr::Values(_) | SetExpr::Table(_) => true,
        SetExpr::Query(query) => only_reads(&query.body),
        SetExpr::SetOperation { left, right, .. } => only_reads(left) && only_reads(right),
        _ => false,
    }
}

/// Splits the place off the parser's message: `sql parser error: Expected: …, found: … at Line: 1, Column: 5`.
fn located(sql: &str, message: &str) -> SyntaxError {
    let message = message.trim_start_matches("sql parser error: ");
    let place = message.rsplit_once(" at Line: ").and_then(|(text, place)| {
        let (line, column) = place.split_once(", Column: ")?;
        let location = Location {
            line: line.parse().ok()?,
            column: column.parse().ok()?,
        };
        Some((text, byte_offset(sql, location)))
    });
    let (text, offset) = place.unwrap_or((message, None));
    SyntaxError {
        // The parser gives no place to the end of the text.
        offset: offset.or_else(|| text.ends_with("found: EOF").then_some(sql.trim_end().len())),
        message: text.replace("found: EOF", "found: the end of the SQL"),
        hint: None,
    }
}

/// The byte at a 1-based line and column (in characters); none for the parser's empty location.
pub(super) fn byte_offset(sql: &str, location: Location) -> Option<usize> {
    let line_index = usize::try_from(location.line).ok()?.checked_sub(1)?;
    let column_index = usize::try_from(location.column).ok()?.checked_sub(1)?;
    let line = sql.split_inclusive('\n').nth(line_index)?;
    let line_start = line.as_ptr() as usize - sql.as_ptr() as usize;
    let in_line = line
        .char_indices()
        .nth(column_index)
        .map_or(line.len(), |(byte, _)| byte);
    Some(line_start + in_line)
}

fn first_word(sql: &str) -> &str {
    sql.split_whitespace().next().unwrap_or_default()
}
