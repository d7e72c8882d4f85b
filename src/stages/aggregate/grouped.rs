//! Queries that group one table: they can be run on parts of it, as long as each group is whole in one part.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{self, Expr, GroupByExpr, OrderByKind, SelectItem, SetExpr, TableFactor, Visit, Visitor};

/// What a query does that groups the rows of one table and nothing more.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Grouped {
    pub table: String,
    /// Columns of the table among those that it is grouped by.
    pub keys: Vec<String>,
}

impl Grouped {
    /// What `query` does, where each row of its result comes from one group of the rows of one table, and the order of the
    /// result is told by its columns. `columns` gives those of a table.
    pub fn of(query: &ast::Query, columns: impl Fn(&str) -> Option<BTreeSet<String>>) -> Option<Self> {
        let SetExpr::Select(select) = query.body.as_ref() else {
            return None;
        };
        let is_plain = query.with.is_none()
            && query.limit_clause.is_none()
            && query.fetch.is_none()
            && select.distinct.is_none()
            && select.top.is_none()
            && select.qualify.is_none()
            && !looks_beyond_group(select);
        let [from] = select.from.as_slice() else { return None };
        let TableFactor::Table { name, alias: None, .. } = &from.relation else {
            return None;
        };
        let [name] = name.0.as_slice() else { return None };
        let table = name.as_ident()?.value.clone();
        let outputs: BTreeSet<&str> = select.projection.iter().filter_map(output_name).collect();
        let aliases: BTreeSet<&str> = select.projection.iter().filter_map(alias).collect();
        let has_all_outputs = outputs.len() == select.projection.len();
        let GroupByExpr::Expressions(keys, modifiers) = &select.group_by else {
            return None;
        };
        let columns = columns(&table)?;
        let keys: Vec<String> = keys
            .iter()
            .filter_map(column)
            .filter(|key| columns.contains(*key) && !aliases.contains(key))
            .map(str::to_owned)
            .collect();
        let has_keys = !keys.is_empty() && modifiers.is_empty();
        let is_ordered_by_outputs = query.order_by.as_ref().is_none_or(|order| match &order.kind {
            OrderByKind::Expressions(expressions) => expressions
                .iter()
                .all(|by| column(&by.expr).is_some_and(|name| outputs.contains(name))),
            OrderByKind::All(_) => false,
        });
        (is_plain && from.joins.is_empty() && has_all_outputs && has_keys && is_ordered_by_outputs)
            .then_some(Grouped { table, keys })
    }
}

fn column(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Identifier(name) => Some(&name.value),
        _ => None,
    }
}

fn alias(item: &SelectItem) -> Option<&str> {
    match item {
        SelectItem::ExprWithAlias { alias, .. } => Some(&alias.value),
        _ => None,
    }
}

fn output_name(item: &SelectItem) -> Option<&str> {
    match item {
        SelectItem::UnnamedExpr(expression) => column(expression),
        item => alias(item),
    }
}

/// Whether an expression needs more than the rows of a group: a window, or another query.
fn looks_beyond_group(select: &ast::Select) -> bool {
    struct Beyond;
    impl Visitor for Beyond {
        type Break = ();

        fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
            match expression {
                Expr::Function(function) if function.over.is_some() => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        }

        fn pre_visit_query(&mut self, _: &ast::Query) -> ControlFlow<()> {
            ControlFlow::Break(())
        }
    }
    select.visit(&mut Beyond).is_break()
}

#[cfg(test)]
mod tests {
    use super::super::query::Query;
    use super::*;

    fn keys(sql: &str) -> Option<Vec<String>> {
        let columns = ["kind", "date", "n_documents"].map(str::to_owned);
        let query = Query::parse(sql).unwrap();
        let grouped = Grouped::of(&query.ast, |table| {
            (table == "meetings").then(|| columns.clone().into())
        });
        grouped.map(|grouped| grouped.keys)
    }

    #[test]
    fn groups_of_one_table_can_be_taken_apart() {
        let some = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            keys("SELECT kind, COUNT(*) AS n FROM meetings WHERE date IS NOT NULL GROUP BY kind HAVING COUNT(*) > 1"),
            some(&["kind"])
        );
        assert_eq!(
            keys(
                "SELECT STRFTIME(date, '%Y') AS year, kind FROM meetings GROUP BY STRFTIME(date, '%Y'), kind, date ORDER BY year DESC"
            ),
            some(&["kind", "date"])
        );
    }

    #[test]
    fn what_needs_other_groups_cannot() {
        for sql in [
            "SELECT kind FROM meetings",
            "SELECT COUNT(*) AS n FROM meetings GROUP BY STRFTIME(date, '%Y')",
            "SELECT LOWER(kind) AS kind, COUNT(*) AS n FROM meetings GROUP BY kind",
            "SELECT kind, COUNT(*) AS n FROM meetings GROUP BY kind LIMIT 3",
            "SELECT DISTINCT n_documents FROM meetings GROUP BY kind, n_documents",
            "SELECT kind, COUNT(*) AS n FROM meetings GROUP BY kind ORDER BY COUNT(*)",
            "SELECT kind, ROW_NUMBER() OVER (ORDER BY kind) AS number FROM meetings GROUP BY kind",
            "SELECT kind, COUNT(*) AS n FROM meetings GROUP BY kind HAVING COUNT(*) > (SELECT COUNT(*) FROM meetings) / 9",
            "SELECT kind, COUNT(*) AS n FROM meetings JOIN officials ON TRUE GROUP BY kind",
            "SELECT kind, COUNT(*) AS n FROM meetings GROUP BY kind UNION SELECT kind, 1 AS n FROM meetings",
            "WITH meetings AS (SELECT kind FROM meetings) SELECT kind, COUNT(*) AS n FROM meetings GROUP BY kind",
            "SELECT kind, COUNT(*) FROM meetings GROUP BY kind",
            "SELECT * FROM others GROUP BY kind",
        ] {
            assert_eq!(keys(sql), None, "{sql}");
        }
    }
}
