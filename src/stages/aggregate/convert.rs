//! Tables to Polars frames and back, column by column.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, ListBuilder,
    RecordBatch, StringArray, StringBuilder,
};
use arrow::datatypes::{self, Date32Type, Field, Float64Type, Int32Type, Int64Type, Schema};
use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Float64Chunked, Int32Chunked, Int64Chunked, IntoColumn, IntoSeries,
    ListBuilderTrait, ListStringChunkedBuilder, NewChunkedArray, PlSmallStr, PolarsResult, StringChunked,
};

use crate::output::json_value;

/// A result column of a type that tables cannot have.
#[derive(Debug, thiserror::Error)]
#[error("column `{column}` has the type {data_type}, which tables cannot have")]
pub(super) struct UnsupportedColumn {
    pub column: String,
    data_type: String,
}

/// The rows of a batch as a frame; nested columns become JSON text.
pub(super) fn to_frame(batch: &RecordBatch) -> PolarsResult<DataFrame> {
    let schema = batch.schema_ref();
    let columns = schema.fields().iter().zip(batch.columns());
    let columns = columns.map(|(field, values)| to_column(field, values));
    DataFrame::new(batch.num_rows(), columns.collect())
}

fn to_column(field: &Field, values: &ArrayRef) -> Column {
    let name = PlSmallStr::from_str(field.name());
    match field.data_type() {
        datatypes::DataType::Utf8 => {
            StringChunked::from_iter_options(name, values.as_string::<i32>().iter()).into_column()
        }
        datatypes::DataType::Boolean => {
            BooleanChunked::from_iter_options(name, values.as_boolean().iter()).into_column()
        }
        datatypes::DataType::Int32 => {
            Int32Chunked::from_iter_options(name, values.as_primitive::<Int32Type>().iter()).into_column()
        }
        datatypes::DataType::Int64 => {
            Int64Chunked::from_iter_options(name, values.as_primitive::<Int64Type>().iter()).into_column()
        }
        datatypes::DataType::Float64 => {
            Float64Chunked::from_iter_options(name, values.as_primitive::<Float64Type>().iter()).into_column()
        }
        datatypes::DataType::Date32 => {
            Int32Chunked::from_iter_options(name, values.as_primitive::<Date32Type>().iter())
                .into_date()
                .into_column()
        }
        datatypes::DataType::List(item) if *item.data_type() == datatypes::DataType::Utf8 => {
            let mut builder = ListStringChunkedBuilder::new(name, values.len(), values.len());
            for list in values.as_list::<i32>().iter() {
                match list {
                    Some(texts) => {
                        let texts: Vec<Option<&str>> = texts.as_string::<i32>().iter().collect();
                        builder.append_trusted_len_iter(texts.into_iter());
                    }
                    None => builder.append_null(),
                }
            }
            builder.finish().into_series().into_column()
        }
        _ => {
            let texts = (0..values.len()).map(|row| json_value(values, row));
            let texts = texts.map(|value| (!value.is_null()).then(|| value.to_string()));
            StringChunked::from_iter_options(name, texts).into_column()
        }
    }
}

/// The frame as one batch; whole numbers become 32 or 64 bits wide, fractions 64.
pub(super) fn to_batch(frame: &DataFrame) -> Result<RecordBatch, UnsupportedColumn> {
    let columns = frame.columns().iter().map(|column| {
        let unsupported = || UnsupportedColumn {
            column: column.name().to_string(),
            data_type: column.dtype().to_string(),
        };
        let array = to_array(column).ok().flatten().ok_or_else(unsupported)?;
        Ok((
            Field::new(column.name().as_str(), array.data_type().clone(), true),
            array,
        ))
    });
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .expect("the schema is made of the arrays, and a frame's columns have one length"))
}

/// None for a type that tables cannot have.
fn to_array(column: &Column) -> PolarsResult<Option<ArrayRef>> {
    let series = column.as_materialized_series();
    let array: ArrayRef = match series.dtype() {
        DataType::String => Arc::new(StringArray::from_iter(series.str()?.iter())),
        DataType::Boolean => Arc::new(BooleanArray::from_iter(series.bool()?.iter())),
        DataType::Int32 => Arc::new(Int32Array::from_iter(series.i32()?.iter())),
        data_type if data_type.is_integer() => {
            let wide = series.strict_cast(&DataType::Int64)?;
            Arc::new(Int64Array::from_iter(wide.i64()?.iter()))
        }
        data_type if data_type.is_float() => {
            let wide = series.strict_cast(&DataType::Float64)?;
            Arc::new(Float64Array::from_iter(wide.f64()?.iter()))
        }
        DataType::Date => Arc::new(Date32Array::from_iter(series.date()?.physical().iter())),
        DataType::Null => Arc::new(StringArray::new_null(series.len())),
        DataType::List(item) if **item == DataType::String => {
            let mut builder = ListBuilder::new(StringBuilder::new());
            for list in series.list()?.series_iter() {
                match list {
                    Some(texts) => builder.append_value(texts.str()?.iter()),
                    None => builder.append_null(),
                }
            }
            Arc::new(builder.finish())
        }
        _ => return Ok(None),
    };
    Ok(Some(array))
}
