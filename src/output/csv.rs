//! CSV files for spreadsheets: UTF-8 with a byte order mark, and no cell that runs.
//!
//! Null is an empty cell, a list of texts is joined by `; `, anything nested is compact JSON, dates are ISO 8601. A text
//! that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type};
use serde_json::{Map, Value};

use super::file::{Digest, DigestWriter};
use super::{OutputError, OutputTable};

/// What stands between the texts of a list.
pub(super) const LIST_SEPARATOR: &str = "; ";
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A CSV file that is being written.
pub(super) struct Writer {
    path: PathBuf,
    writer: csv::Writer<DigestWriter>,
    /// The cell that is being written.
    cell: String,
}

impl Writer {
    /// Creates the file of `table` at `path`.
    pub fn create(path: PathBuf, table: &OutputTable) -> Result<Self, OutputError> {
        let create = || -> Result<_, csv::Error> {
            let mut file = DigestWriter::create(&path)?;
            file.write_all(BYTE_ORDER_MARK)?;
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record(table.schema.fields().iter().map(|field| field.name()))?;
            Ok(writer)
        };
        match create() {
            Ok(writer) => Ok(Writer {
                path,
                writer,
                cell: String::new(),
            }),
            Err(source) => Err(OutputError::Csv { path, source }),
        }
    }

    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), OutputError> {
        let Writer { writer, cell, .. } = self;
        let mut write = || -> Result<(), csv::Error> {
            for row in 0..batch.num_rows() {
                for column in batch.columns() {
                    cell.clear();
                    write_cell(column, row, cell);
                    writer.write_field(&cell)?;
                }
                writer.write_record(None::<&[u8]>)?;
            }
            Ok(())
        };
        write().map_err(|source| OutputError::Csv {
            path: self.path.clone(),
            source,
        })
    }

    /// Waits until everything is on disk.
    pub fn finish(self) -> Result<Digest, OutputError> {
        let Writer { path, writer, .. } = self;
        let finish = || -> Result<Digest, csv::Error> {
            let file = writer.into_inner().map_err(|error| error.into_error())?;
            Ok(file.finish()?)
        };
        finish().map_err(|source| OutputError::Csv { path, source })
    }
}

/// Appends the value as it stands in a CSV cell.
fn write_cell(array: &dyn Array, row: usize, cell: &mut String) {
    if array.is_null(row) {
        return;
    }
    match array.data_type() {
        DataType::Utf8 => push_text(array.as_string::<i32>().value(row), cell),
        DataType::List(item) if *item.data_type() == DataType::Utf8 => {
            let values = array.as_list::<i32>().value(row);
            // What is unknown keeps its place: lists may stand beside each other.
            let texts: Vec<&str> = values
                .as_string::<i32>()
                .iter()
                .map(Option::unwrap_or_default)
                .collect();
            push_text(&texts.join(LIST_SEPARATOR), cell);
        }
        _ => match json_value(array, row) {
            Value::String(text) => cell.push_str(&text),
            value => write!(cell, "{value}").expect("writing to a string cannot fail"),
        },
    }
}

fn push_text(text: &str, cell: &mut String) {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        cell.push('\'');
    }
    cell.push_str(text);
}

/// A value as JSON, with the keys in the order of the schema; dates and numbers that JSON lacks are strings.
pub(crate) fn json_value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => float_value(array.as_primitive::<Float64Type>().value(row)),
        DataType::Date32 => array
            .as_primitive::<Date32Type>()
            .value_as_date(row)
            .map_or(Value::Null, |date| date.format("%Y-%m-%d").to_string().into()),
        DataType::List(_) => {
            let values = array.as_list::<i32>().value(row);
            (0..values.len()).map(|index| json_value(&values, index)).collect()
        }
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns();
            let entries = fields.iter().zip(columns);
            let entries = entries.map(|(field, column)| (field.name().clone(), json_value(column, row)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        other => unreachable!("no table has a column of type {other}"),
    }
}

/// Whole numbers without a fraction; NaN and infinities under their names in Table Schema.
fn float_value(value: f64) -> Value {
    const EXACT_INTEGERS: f64 = 9_007_199_254_740_992.0;
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "INF" } else { "-INF" }.into()
    } else if value.fract() == 0.0 && value.abs() < EXACT_INTEGERS {
        (value as i64).into()
    } else {
        value.into()
    }
}
