//! `datapackage.json`: a Frictionless Data Package, so that programs know each column's type, meaning and references.
//!
//! CSV files carry a Table Schema. Parquet files carry their own schema and are listed as plain files.

use arrow::datatypes::{DataType, Field};
use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::csv::LIST_SEPARATOR;
use super::{OutputTable, TableFile};
use crate::config::OutputFormat;
use crate::schema::{DESCRIPTION, Table};

/// The content of `datapackage.json` for the tables and the files that hold them.
pub(super) fn describe(title: &str, tables: &[OutputTable], files: &[TableFile]) -> Value {
    let resources = files.iter().filter_map(|file| {
        let table = tables.iter().find(|table| table.name == file.table)?;
        Some(match file.format {
            OutputFormat::Csv => csv_resource(table, file, tables),
            OutputFormat::Parquet => parquet_resource(table, file),
        })
    });
    json!({
        "name": package_name(title),
        "title": title,
        "description": "Meetings, officials, indicators and citations found in Vietnamese public-administration news by parc-etl.",
        "resources": resources.collect::<Vec<_>>(),
    })
}

/// Data packages are named in lower-case ASCII letters, digits, `.`, `_` and `-`.
fn package_name(title: &str) -> String {
    let plain: String = title
        .nfd()
        .filter(|char| !is_combining_mark(*char))
        .map(|char| {
            if matches!(char, 'đ' | 'Đ') {
                'd'
            } else {
                char.to_ascii_lowercase()
            }
        })
        .collect();
    let words = plain.split(|char: char| !char.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        "parc-etl".to_owned()
    } else {
        words.join("-")
    }
}

fn csv_resource(table: &OutputTable, file: &TableFile, tables: &[OutputTable]) -> Value {
    json!({
        "name": table.name,
        "type": "table",
        "description": table.description,
        "path": file.path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": file.bytes,
        "dialect": { "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\n", "header": true },
        "schema": table_schema(table, tables),
    })
}

fn parquet_resource(table: &OutputTable, file: &TableFile) -> Value {
    json!({
        "name": format!("{}-parquet", table.name),
        "type": "file",
        "description": table.description,
        "path": file.path,
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.bytes,
    })
}

fn table_schema(table: &OutputTable, tables: &[OutputTable]) -> Value {
    let fields: Vec<Value> = table.schema.fields().iter().map(|field| table_field(field)).collect();
    let mut schema = Map::from_iter([
        ("fields".to_owned(), fields.into()),
        ("missingValues".to_owned(), json!([""])),
    ]);
    if is_primary_key(table) {
        schema.insert("primaryKey".to_owned(), table.key.into());
    }
    let references: Vec<Value> = table
        .schema
        .fields()
        .iter()
        .filter_map(|field| foreign_key(table, field, tables))
        .collect();
    if !references.is_empty() {
        schema.insert("foreignKeys".to_owned(), references.into());
    }
    schema.into()
}

fn table_field(field: &Field) -> Value {
    let (kind, note) = match field.data_type() {
        DataType::Utf8 => ("string", String::new()),
        DataType::Boolean => ("boolean", String::new()),
        DataType::Int32 | DataType::Int64 => ("integer", String::new()),
        DataType::Float64 => ("number", String::new()),
        DataType::Date32 => ("date", String::new()),
        DataType::List(item) if *item.data_type() == DataType::Utf8 => {
            ("string", format!("A list, joined by \"{LIST_SEPARATOR}\"."))
        }
        _ => ("any", "As JSON.".to_owned()),
    };
    let mut descriptor = Map::from_iter([
        ("name".to_owned(), field.name().as_str().into()),
        ("type".to_owned(), kind.into()),
    ]);
    let description = field.metadata().get(DESCRIPTION).cloned().unwrap_or_default();
    let description = [description, note].join(" ");
    if !description.trim().is_empty() {
        descriptor.insert("description".to_owned(), description.trim().into());
    }
    // An empty text and an empty list are empty cells, which Table Schema takes for null.
    if !field.is_nullable() && !matches!(kind, "string" | "any") {
        descriptor.insert("constraints".to_owned(), json!({ "required": true }));
    }
    descriptor.into()
}

/// Only columns that are never null make a primary key.
fn is_primary_key(table: &OutputTable) -> bool {
    let never_null = |name: &&str| {
        table
            .schema
            .field_with_name(name)
            .is_ok_and(|field| !field.is_nullable())
    };
    !table.key.is_empty() && table.key.iter().all(never_null)
}

/// The reference from an id column to the table that it identifies, where that table is written too.
fn foreign_key(table: &OutputTable, field: &Field, tables: &[OutputTable]) -> Option<Value> {
    let (target, column) = match field.name().as_str() {
        "document_id" => (Table::Documents, "document_id"),
        "duplicate_of" => (Table::Documents, "document_id"),
        "meeting_id" => (Table::Meetings, "meeting_id"),
        "official_id" => (Table::Officials, "official_id"),
        "area_id" => (Table::Areas, "area_id"),
        "indicator" => (Table::IndicatorDefinitions, "indicator"),
        _ => return None,
    };
    let is_contract_table = Table::by_name(&table.name).is_some();
    let is_own_key = table.key == [field.name().as_str()];
    // A rejected document may have no row in documents.
    let is_reject = table.name == Table::Rejects.name();
    if !is_contract_table || is_own_key || is_reject || !tables.iter().any(|other| other.name == target.name()) {
        return None;
    }
    let resource = if target.name() == table.name { "" } else { target.name() };
    Some(json!({
        "fields": [field.name()],
        "reference": { "resource": resource, "fields": [column] },
    }))
}
