//! How rows travel between two steps on another engine.
//!
//! The columns that some step looks at (keys, and what fills put in) travel as columns of the engine, all others of a row
//! packed into one binary column `row`, so that the engine need not take apart what it only carries. What one call gives
//! (rows of several tables, rejects, counts) travels together: a row says in `table` whose it is.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, Int32Array, ListArray, RecordBatch, StructArray, UInt32Array, make_array,
    new_null_array,
};
use arrow::buffer::OffsetBuffer;
use arrow::compute::{cast, concat};
use arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef, UInt32Type};
use arrow::error::ArrowError;
use arrow::row::{RowConverter, SortField};

/// Name of the column that tells whose row it is: the number of the table among those that travel together.
const TABLE: &str = "table";

/// Name of the column with what no step looks at.
const ROW: &str = "row";

/// A table as it travels.
pub struct Wire {
    pub name: String,
    /// The table's own columns.
    pub schema: SchemaRef,
    /// Numbers of the columns that travel as such.
    visible: Vec<usize>,
    packed: Vec<usize>,
}

impl Wire {
    /// A table of which the columns `visible` travel as such.
    pub fn new(name: &str, schema: SchemaRef, visible: &[&str]) -> Wire {
        let is_visible = |index: &usize| visible.contains(&schema.field(*index).name().as_str());
        let (visible, packed) = (0..schema.fields().len()).partition(is_visible);
        Wire {
            name: name.to_owned(),
            schema,
            visible,
            packed,
        }
    }

    /// The columns that travel.
    pub fn fields(&self) -> Vec<FieldRef> {
        let visible = self.visible.iter().map(|&index| {
            let field = self.schema.field(index);
            Arc::new(Field::new(field.name(), travelling(field.data_type()), true))
        });
        visible
            .chain([Arc::new(Field::new(ROW, DataType::Binary, true))])
            .collect()
    }

    /// The rows of `batch` as they travel.
    pub fn pack(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let mut columns = Vec::with_capacity(self.visible.len() + 1);
        for &index in &self.visible {
            columns.push(depart(batch.column(index))?);
        }
        columns.push(if self.packed.is_empty() {
            new_null_array(&DataType::Binary, batch.num_rows())
        } else {
            let packed: Vec<ArrayRef> = self.packed.iter().map(|&index| batch.column(index).clone()).collect();
            Arc::new(packed_rows(&packed)?)
        });
        RecordBatch::try_new(Arc::new(Schema::new(self.fields())), columns)
    }

    /// The rows of the table of those that travelled; columns are found by name, and their order does not matter.
    pub fn unpack(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let column = |name: &str| {
            let missing = || ArrowError::SchemaError(format!("the rows of {} have no column {name}", self.name));
            batch.column_by_name(name).ok_or_else(missing)
        };
        let mut columns: Vec<Option<ArrayRef>> = vec![None; self.schema.fields().len()];
        for &index in &self.visible {
            let field = self.schema.field(index);
            columns[index] = Some(arrive(column(field.name())?, field.data_type())?);
        }
        if !self.packed.is_empty() {
            let types: Vec<DataType> = self
                .packed
                .iter()
                .map(|&index| self.schema.field(index).data_type().clone())
                .collect();
            for (&index, array) in self.packed.iter().zip(unpacked_rows(column(ROW)?, &types)?) {
                columns[index] = Some(array);
            }
        }
        RecordBatch::try_new(self.schema.clone(), columns.into_iter().flatten().collect())
    }
}

/// The type as which a column travels: numbers without a sign with the same bits, nested ones packed.
fn travelling(data_type: &DataType) -> DataType {
    match data_type {
        DataType::UInt64 => DataType::Int64,
        DataType::List(_) | DataType::Struct(_) => DataType::Binary,
        other => other.clone(),
    }
}

fn depart(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::UInt64 => same_bits(array, DataType::Int64),
        DataType::List(_) | DataType::Struct(_) => {
            let rows = packed_rows(std::slice::from_ref(array))?;
            let valid = BinaryArray::new(rows.offsets().clone(), rows.values().clone(), array.nulls().cloned());
            Ok(Arc::new(valid))
        }
        _ => Ok(array.clone()),
    }
}

fn arrive(array: &ArrayRef, data_type: &DataType) -> Result<ArrayRef, ArrowError> {
    match data_type {
        DataType::UInt64 => same_bits(&cast(array, &DataType::Int64)?, DataType::UInt64),
        DataType::List(_) | DataType::Struct(_) => {
            let rows = cast(array, &DataType::Binary)?;
            let known: Vec<Option<usize>> = {
                let mut next = 0..;
                (0..rows.len())
                    .map(|row| rows.is_valid(row).then(|| next.next().unwrap_or_default()))
                    .collect()
            };
            let valid = BinaryArray::from_iter_values(rows.as_binary::<i32>().iter().flatten());
            let values = unpacked_rows(&(Arc::new(valid) as ArrayRef), std::slice::from_ref(data_type))?;
            // The last row of what is taken from is null.
            let null = new_null_array(data_type, 1);
            let parts: [&dyn Array; 2] = [&values[0], &null];
            let places: Vec<(usize, usize)> = known.iter().map(|place| place.map_or((1, 0), |row| (0, row))).collect();
            arrow::compute::interleave(&parts, &places)
        }
        other => cast(array, other),
    }
}

fn same_bits(array: &ArrayRef, data_type: DataType) -> Result<ArrayRef, ArrowError> {
    Ok(make_array(array.to_data().into_builder().data_type(data_type).build()?))
}

fn converter<'t>(types: impl Iterator<Item = &'t DataType>) -> Result<RowConverter, ArrowError> {
    RowConverter::new(types.map(|data_type| SortField::new(data_type.clone())).collect())
}

fn packed_rows(columns: &[ArrayRef]) -> Result<BinaryArray, ArrowError> {
    let columns: Vec<ArrayRef> = columns.iter().map(condensed).collect();
    let rows = converter(columns.iter().map(|column| column.data_type()))?.convert_columns(&columns)?;
    rows.try_into_binary()
}

fn unpacked_rows(rows: &ArrayRef, types: &[DataType]) -> Result<Vec<ArrayRef>, ArrowError> {
    let rows = cast(rows, &DataType::Binary)?;
    let condensed: Vec<DataType> = types.iter().map(condensed_type).collect();
    let converter = converter(condensed.iter())?;
    let rows = converter.from_binary(rows.as_binary::<i32>().clone());
    let columns = converter.convert_rows(&rows)?.into_iter().zip(types);
    Ok(columns
        .map(|(column, data_type)| expanded(&column, data_type))
        .collect())
}

/// Whether a column is a list of numbers, of which there are hundreds in a row of sketches.
fn has_numbers(data_type: &DataType) -> bool {
    matches!(data_type, DataType::List(item) if *item.data_type() == DataType::UInt32 && !item.is_nullable())
}

/// Lists of numbers as the bytes of the numbers: packed one by one, each would take three times as many.
fn condensed_type(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(condensed_field).collect()),
        list if has_numbers(list) => DataType::Binary,
        other => other.clone(),
    }
}

fn condensed_field(field: &FieldRef) -> FieldRef {
    let data_type = condensed_type(field.data_type());
    Arc::new(field.as_ref().clone().with_data_type(data_type))
}

fn condensed(array: &ArrayRef) -> ArrayRef {
    match array.data_type() {
        DataType::Struct(fields) => {
            let rows = array.as_struct();
            let columns = rows.columns().iter().map(condensed).collect();
            let fields = fields.iter().map(condensed_field).collect();
            Arc::new(StructArray::new(fields, columns, rows.nulls().cloned()))
        }
        list if has_numbers(list) => {
            let lists = array.as_list::<i32>();
            let numbers = lists.values().as_primitive::<UInt32Type>();
            let bytes: Vec<u8> = numbers
                .values()
                .iter()
                .flat_map(|number| number.to_le_bytes())
                .collect();
            let offsets = lists.offsets().iter().map(|offset| offset * 4).collect::<Vec<i32>>();
            let offsets = OffsetBuffer::new(offsets.into());
            Arc::new(BinaryArray::new(offsets, bytes.into(), lists.nulls().cloned()))
        }
        _ => array.clone(),
    }
}

/// What [`condensed`] made of a column of that type.
fn expanded(array: &ArrayRef, data_type: &DataType) -> ArrayRef {
    match data_type {
        DataType::Struct(fields) => {
            let rows = array.as_struct();
            let columns = rows.columns().iter().zip(fields);
            let columns = columns
                .map(|(column, field)| expanded(column, field.data_type()))
                .collect();
            Arc::new(StructArray::new(fields.clone(), columns, rows.nulls().cloned()))
        }
        DataType::List(item) if has_numbers(data_type) => {
            let bytes = array.as_binary::<i32>();
            let numbers = bytes.values().chunks_exact(4);
            let numbers = numbers.map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
            let numbers = UInt32Array::from_iter_values(numbers);
            let offsets = bytes.offsets().iter().map(|offset| offset / 4).collect::<Vec<i32>>();
            let offsets = OffsetBuffer::new(offsets.into());
            let lists = ListArray::new(item.clone(), offsets, Arc::new(numbers), bytes.nulls().cloned());
            Arc::new(lists)
        }
        _ => array.clone(),
    }
}

/// What one call gives, as it travels.
pub struct Parcel {
    pub tables: Vec<Arc<Wire>>,
    pub schema: SchemaRef,
}

impl Parcel {
    /// Rows of these tables.
    ///
    /// # Errors
    /// When two tables have columns of one name and different types.
    pub fn new(tables: Vec<Arc<Wire>>) -> Result<Parcel, ArrowError> {
        let mut fields = vec![Arc::new(Field::new(TABLE, DataType::Int32, false))];
        for field in tables.iter().flat_map(|table| table.fields()) {
            match fields.iter().find(|known| known.name() == field.name()) {
                Some(known) if known.data_type() == field.data_type() => {}
                Some(_) => {
                    let message = format!("two tables have a column {} of different types", field.name());
                    return Err(ArrowError::SchemaError(message));
                }
                None => fields.push(field),
            }
        }
        Ok(Parcel {
            tables,
            schema: Arc::new(Schema::new(fields)),
        })
    }

    /// Rows of some of the tables, by name; those of others are left out.
    pub fn pack<'r>(
        &self,
        parts: impl IntoIterator<Item = (&'r str, &'r RecordBatch)>,
    ) -> Result<RecordBatch, ArrowError> {
        let mut packed = Vec::new();
        for (name, rows) in parts {
            let table = self.tables.iter().position(|table| table.name == name);
            if let Some(table) = table.filter(|_| rows.num_rows() > 0) {
                packed.push((table as i32, self.tables[table].pack(rows)?));
            }
        }
        if packed.is_empty() {
            return Ok(RecordBatch::new_empty(self.schema.clone()));
        }
        let numbers = packed.iter().flat_map(|(table, rows)| vec![*table; rows.num_rows()]);
        let mut columns: Vec<ArrayRef> = vec![Arc::new(Int32Array::from_iter_values(numbers))];
        for field in self.schema.fields().iter().skip(1) {
            let parts: Vec<ArrayRef> = packed
                .iter()
                .map(|(_, rows)| match rows.column_by_name(field.name()) {
                    Some(column) => column.clone(),
                    None => new_null_array(field.data_type(), rows.num_rows()),
                })
                .collect();
            let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
            columns.push(concat(&parts)?);
        }
        RecordBatch::try_new(self.schema.clone(), columns)
    }
}
