//! Which names a query uses, where they stand, and which of them nothing defines.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use sqlparser::ast::{self, Expr, Ident, ObjectName, SelectItem, TableFactor, Visit, Visitor};

/// The columns of each table that a query may use.
pub(super) type Tables = BTreeMap<String, Vec<String>>;

/// A name that nothing defines.
#[derive(Debug)]
pub(super) struct Unknown {
    pub name: Ident,
    pub message: String,
    pub hint: Option<String>,
}

/// What stands after FROM and JOIN in a query: tables, and what the query itself defines, perhaps under a table's name.
pub(super) fn relations(query: &ast::Query) -> BTreeSet<String> {
    let relations = Names::of(query).relations.into_iter();
    relations.map(|name| name.value).collect()
}

/// The tables that a query reads, each once.
pub(super) fn tables_read(query: &ast::Query) -> BTreeSet<String> {
    let names = Names::of(query);
    let relations = names.relations.iter().map(|name| name.value.clone());
    relations.filter(|name| !names.derived.contains(name)).collect()
}

/// The names in `query` that nothing defines, in the order of the text.
///
/// A column counts as known when any table of the query has it: the engine has the last word on scopes.
pub(super) fn unknown(query: &ast::Query, tables: &Tables) -> Vec<Unknown> {
    let names = Names::of(query);
    let mut unknown = Vec::new();
    let mut columns: BTreeSet<&str> = names.outputs.iter().map(String::as_str).collect();
    let mut is_any_table_unknown = false;
    for relation in &names.relations {
        if let Some(known) = tables.get(&relation.value) {
            columns.extend(known.iter().map(String::as_str));
        } else if !names.derived.contains(&relation.value) {
            is_any_table_unknown = true;
            unknown.push(Unknown {
                message: format!("there is no table `{}`", relation.value),
                hint: Some(suggestion(&relation.value, tables.keys().map(String::as_str))),
                name: relation.clone(),
            });
        }
    }
    for (qualifier, column) in &names.columns {
        let Some(qualifier) = qualifier else {
            if !is_any_table_unknown && !columns.contains(column.value.as_str()) {
                unknown.push(unknown_column(
                    column,
                    "the tables of this query",
                    columns.iter().copied(),
                ));
            }
            continue;
        };
        let table = names.aliases.get(&qualifier.value).unwrap_or(&qualifier.value);
        if let Some(known) = tables.get(table) {
            if !known.contains(&column.value) {
                let table = format!("table `{table}`");
                unknown.push(unknown_column(column, &table, known.iter().map(String::as_str)));
            }
        } else if !names.derived.contains(table) && !names.relations.iter().any(|name| name.value == *table) {
            let defined = names
                .aliases
                .keys()
                .chain(names.relations.iter().map(|name| &name.value));
            unknown.push(Unknown {
                message: format!("there is no table or alias `{}` in this query", qualifier.value),
                hint: Some(suggestion(&qualifier.value, defined.map(String::as_str))),
                name: qualifier.clone(),
            });
        }
    }
    unknown.sort_by_key(|unknown| unknown.name.span.start);
    unknown.dedup_by_key(|unknown| unknown.name.span.start);
    unknown
}

fn unknown_column<'a>(column: &Ident, place: &str, known: impl Iterator<Item = &'a str>) -> Unknown {
    Unknown {
        message: format!("there is no column `{}` in {place}", column.value),
        hint: Some(suggestion(&column.value, known)),
        name: column.clone(),
    }
}

/// The most similar of the known names, or all of them where none is.
pub(super) fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    const MIN_SIMILARITY: f64 = 0.7;
    let known: BTreeSet<&str> = known.collect();
    let similarity = |other: &&str| strsim::jaro_winkler(&name.to_lowercase(), other);
    let best = known
        .iter()
        .copied()
        .max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
    match best.filter(|best| similarity(best) >= MIN_SIMILARITY) {
        Some(best) => format!("did you mean `{best}`?"),
        None => format!("there are {}", known.into_iter().collect::<Vec<_>>().join(", ")),
    }
}

/// The names of one query, all its parts together.
#[derive(Default)]
struct Names {
    /// What stands after FROM and JOIN.
    relations: Vec<Ident>,
    /// Names of WITH queries and of subqueries.
    derived: BTreeSet<String>,
    /// Short names of tables.
    aliases: BTreeMap<String, String>,
    /// Names that the query gives to columns.
    outputs: BTreeSet<String>,
    /// Columns, with the table or alias before the dot.
    columns: Vec<(Option<Ident>, Ident)>,
}

impl Names {
    fn of(query: &ast::Query) -> Names {
        let mut names = Names::default();
        let ControlFlow::Continue(()) = query.visit(&mut names);
        names
    }

    fn add_alias(&mut self, alias: &ast::TableAlias, table: Option<&ObjectName>) {
        self.outputs
            .extend(alias.columns.iter().map(|column| column.name.value.clone()));
        match table.and_then(single_name) {
            Some(table) => {
                self.aliases.insert(alias.name.value.clone(), table.value.clone());
            }
            None => {
                self.derived.insert(alias.name.value.clone());
            }
        }
    }
}

impl Visitor for Names {
    type Break = std::convert::Infallible;

    fn pre_visit_query(&mut self, query: &ast::Query) -> ControlFlow<Self::Break> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.add_alias(&cte.alias, None);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &ast::Select) -> ControlFlow<Self::Break> {
        for item in &select.projection {
            if let SelectItem::ExprWithAlias { alias, .. } = item {
                self.outputs.insert(alias.value.clone());
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<Self::Break> {
        match factor {
            TableFactor::Table { name, alias, .. } => {
                self.relations.extend(single_name(name).cloned());
                if let Some(alias) = alias {
                    self.add_alias(alias, Some(name));
                }
            }
            TableFactor::Derived { alias: Some(alias), .. }
            | TableFactor::NestedJoin { alias: Some(alias), .. }
            | TableFactor::UNNEST { alias: Some(alias), .. } => self.add_alias(alias, None),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Self::Break> {
        match expr {
            Expr::Identifier(column) => self.columns.push((None, column.clone())),
            Expr::CompoundIdentifier(parts) => {
                if let [table, column] = parts.as_slice() {
                    self.columns.push((Some(table.clone()), column.clone()));
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

fn single_name(name: &ObjectName) -> Option<&Ident> {
    match name.0.as_slice() {
        [part] => part.as_ident(),
        _ => None,
    }
}
