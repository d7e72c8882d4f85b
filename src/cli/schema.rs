//! `parc-etl schema`: the data dictionary, from the same schemas that the files are written with.

use std::fmt::Write;

use arrow::datatypes::{DataType, Field};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use parc_etl::schema::{DESCRIPTION, Table};
use serde_json::{Value, json};

use super::Outcome;
use super::terminal::print;

const EXAMPLES: &str = "\
Examples:
  parc-etl schema                            every table, to read
  parc-etl schema indicators                 one table
  parc-etl schema --format sql | duckdb parc.duckdb
  parc-etl schema --format json | jq '.tables[].name'";

/// Print the data dictionary: tables, columns, types and what they mean
///
/// Types are written as DuckDB names them. start and end count Unicode code points of documents.text, half open:
/// text[start:end] in Python is the row's quote.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Only this table
    #[arg(value_parser = PossibleValuesParser::new(Table::PUBLISHED.map(Table::name)))]
    table: Option<String>,

    /// Markdown to read, JSON for tools, SQL to create empty tables
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Markdown)]
    format: Format,
}

/// How to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Markdown,
    Json,
    Sql,
}

/// Prints the data dictionary.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let one_table = args.table.as_deref().and_then(Table::by_name);
    let tables: Vec<Table> = match one_table {
        Some(table) => vec![table],
        None => Table::PUBLISHED.to_vec(),
    };
    print(&match args.format {
        Format::Markdown => markdown(&tables),
        Format::Json => format!("{:#}\n", as_json(&tables)),
        Format::Sql => sql(&tables),
    })?;
    Ok(Outcome::Done)
}

fn markdown(tables: &[Table]) -> String {
    let sections: Vec<String> = tables
        .iter()
        .map(|table| {
            let mut text = format!("## {}\n\n{}\n\n", table.name(), table.description());
            let _ = writeln!(text, "Key: {}.\n", table.key().join(", "));
            text.push_str("| column | type | null | meaning |\n|---|---|---|---|\n");
            for field in table.schema().fields() {
                let _ = writeln!(
                    text,
                    "| {} | {} | {} | {} |",
                    field.name(),
                    sql_type(field.data_type()),
                    if field.is_nullable() { "yes" } else { "" },
                    description(field).replace('|', "\\|"),
                );
            }
            text
        })
        .collect();
    sections.join("\n")
}

fn as_json(tables: &[Table]) -> Value {
    let table_json = |table: &Table| {
        let schema = table.schema();
        let columns: Vec<Value> = schema
            .fields()
            .iter()
            .map(|field| {
                json!({
                    "name": field.name(),
                    "type": sql_type(field.data_type()),
                    "nullable": field.is_nullable(),
                    "description": description(field),
                })
            })
            .collect();
        json!({
            "name": table.name(),
            "description": table.description(),
            "key": table.key(),
            "columns": columns,
        })
    };
    json!({ "tables": tables.iter().map(table_json).collect::<Vec<Value>>() })
}

fn sql(tables: &[Table]) -> String {
    let statements: Vec<String> = tables.iter().map(|table| create_table(*table)).collect();
    statements.join("\n")
}

fn create_table(table: Table) -> String {
    let name = table.name();
    let schema = table.schema();
    let mut lines: Vec<String> = schema
        .fields()
        .iter()
        .map(|field| {
            let not_null = if field.is_nullable() { "" } else { " NOT NULL" };
            format!("  \"{}\" {}{not_null}", field.name(), sql_type(field.data_type()))
        })
        .collect();
    let key_is_never_null = table
        .key()
        .iter()
        .all(|key| schema.field_with_name(key).is_ok_and(|field| !field.is_nullable()));
    if key_is_never_null {
        let key: Vec<String> = table.key().iter().map(|column| format!("\"{column}\"")).collect();
        lines.push(format!("  PRIMARY KEY ({})", key.join(", ")));
    }
    let mut text = format!("CREATE TABLE \"{name}\" (\n{}\n);\n", lines.join(",\n"));
    let _ = writeln!(
        text,
        "COMMENT ON TABLE \"{name}\" IS {};",
        sql_text(table.description())
    );
    for field in schema.fields() {
        let comment = sql_text(description(field));
        let _ = writeln!(text, "COMMENT ON COLUMN \"{name}\".\"{}\" IS {comment};", field.name());
    }
    text
}

/// The type as DuckDB names it.
fn sql_type(data_type: &DataType) -> String {
    match data_type {
        DataType::Utf8 => "VARCHAR".to_owned(),
        DataType::Int32 => "INTEGER".to_owned(),
        DataType::Int64 => "BIGINT".to_owned(),
        DataType::Float64 => "DOUBLE".to_owned(),
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Date32 => "DATE".to_owned(),
        DataType::Binary => "BLOB".to_owned(),
        DataType::List(item) => format!("{}[]", sql_type(item.data_type())),
        DataType::Struct(fields) => {
            let members: Vec<String> = fields
                .iter()
                .map(|field| format!("\"{}\" {}", field.name(), sql_type(field.data_type())))
                .collect();
            format!("STRUCT({})", members.join(", "))
        }
        other => other.to_string(),
    }
}

fn sql_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn description(field: &Field) -> &str {
    field.metadata().get(DESCRIPTION).map_or("", String::as_str)
}
