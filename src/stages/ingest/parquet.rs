//! Parquet: one document per row, read in small batches, row group by row group; and rows that are in memory already.
//!
//! Only the mapped columns are read. A name with dots (`meta.title`) is a column of that name or a field of a struct.
//! A row group that cannot be decoded is left out alone.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, RecordBatch, StringArray, StructArray, make_array};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{ChunkReader, Length};

use super::charset;
use super::record::{Entries, Entry, FIELDS, FieldNames, Record, too_large};
use crate::config::DocumentField;
use crate::stage::Rejection;

/// Rows decoded at a time: documents are long, and memory must stay small.
const BATCH_ROWS: usize = 64;

/// The offset in which times of publication are printed, so that their date is the date where the portals are.
const VIETNAM_OFFSET: &str = "+07:00";

/// The records of a Parquet file; numbers are row numbers.
pub(super) struct ParquetRows<'a, R: ChunkReader> {
    input: Shared<R>,
    metadata: ArrowReaderMetadata,
    names: &'a FieldNames,
    wanted_leaves: ProjectionMask,
    max_document_bytes: u64,
    /// Of the sizes that the footer tells.
    bytes_left: u64,
    /// Of the values: a dictionary gives one value to many rows.
    value_bytes_left: u64,
    next_group: usize,
    /// Batches of the current row group.
    batches: Option<ParquetRecordBatchReader>,
    columns: Columns,
    next_row: usize,
    row_number: i64,
    /// Rows in all row groups up to the current one.
    group_end: i64,
}

impl<'a, R: ChunkReader + 'static> ParquetRows<'a, R> {
    /// Reads the file's footer.
    ///
    /// # Errors
    /// `bad_parquet` where it is none, `no_text_field` where no column holds text.
    pub fn open(
        input: R,
        names: &'a FieldNames,
        max_document_bytes: u64,
        max_decompressed_bytes: u64,
    ) -> Result<Self, Rejection> {
        let input = Shared(Arc::new(input));
        let metadata = ArrowReaderMetadata::load(&input, ArrowReaderOptions::new())
            .map_err(|error| bad_parquet(&error, "nothing is read from the file"))?;
        let schema = metadata.parquet_schema();
        let leaf = |field: DocumentField| {
            (0..schema.num_columns()).find(|index| schema.column(*index).path().string() == names.name(field))
        };
        if leaf(DocumentField::Text).is_none() && leaf(DocumentField::Html).is_none() {
            let present = metadata.schema().fields().iter().map(|field| field.name().as_str());
            return Err(names.no_text_field("the file", present));
        }
        let wanted_leaves = ProjectionMask::leaves(schema, FIELDS.into_iter().filter_map(leaf));
        Ok(ParquetRows {
            input,
            metadata,
            names,
            wanted_leaves,
            max_document_bytes,
            bytes_left: max_decompressed_bytes,
            value_bytes_left: max_decompressed_bytes,
            next_group: 0,
            batches: None,
            columns: Columns::default(),
            next_row: 0,
            row_number: 0,
            group_end: 0,
        })
    }

    /// Opens the next row group; false where there is none.
    fn open_group(&mut self) -> Result<bool, Rejection> {
        let groups = self.metadata.metadata().row_groups();
        let Some(group) = groups.get(self.next_group) else {
            return Ok(false);
        };
        let wanted_bytes = self.wanted_bytes(group);
        let Some(bytes_left) = self.bytes_left.checked_sub(wanted_bytes) else {
            return Err(self.too_large_file(wanted_bytes));
        };
        self.bytes_left = bytes_left;
        self.row_number = self.group_end;
        self.group_end += group.num_rows().max(0);
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.input.clone(), self.metadata.clone())
            .with_row_groups(vec![self.next_group])
            .with_projection(self.wanted_leaves.clone())
            .with_batch_size(BATCH_ROWS);
        self.next_group += 1;
        self.batches = Some(builder.build().map_err(|error| self.lost_group(&error))?);
        Ok(true)
    }

    /// Ends the file before the next `n_bytes`.
    fn too_large_file(&mut self, n_bytes: u64) -> Rejection {
        self.next_group = self.metadata.metadata().num_row_groups();
        self.batches = None;
        Rejection::new(
            "decompressed_too_large",
            format!(
                "with the next {n_bytes} bytes the file would have more bytes after decompression than \
                 max_decompressed_bytes in [ingest] allows; what comes after row {} is left out",
                self.row_number
            ),
        )
    }

    /// Size of the group's wanted columns after decompression, as the footer has it.
    fn wanted_bytes(&self, group: &RowGroupMetaData) -> u64 {
        let columns = group.columns().iter().enumerate();
        let wanted = columns.filter(|(index, _)| self.wanted_leaves.leaf_included(*index));
        wanted
            .map(|(_, column)| column.uncompressed_size().max(0) as u64)
            .fold(0, u64::saturating_add)
    }

    fn lost_group(&self, error: &dyn std::fmt::Display) -> Rejection {
        bad_parquet(
            error,
            &format!("rows {} to {} are left out", self.row_number + 1, self.group_end),
        )
    }

    /// Decodes further rows into `columns`; false at the end of the file.
    fn decode_batch(&mut self) -> Result<bool, Rejection> {
        loop {
            let batch = match self.batches.as_mut().map(Iterator::next) {
                Some(Some(batch)) => batch,
                Some(None) | None => {
                    self.batches = None;
                    if !self.open_group()? {
                        return Ok(false);
                    }
                    continue;
                }
            };
            match batch.and_then(|batch| Columns::of_batch(&batch, self.names)) {
                Ok(columns) => {
                    let n_bytes = columns.n_bytes();
                    let Some(bytes_left) = self.value_bytes_left.checked_sub(n_bytes) else {
                        return Err(self.too_large_file(n_bytes));
                    };
                    self.value_bytes_left = bytes_left;
                    self.columns = columns;
                    self.next_row = 0;
                    return Ok(true);
                }
                Err(error) => {
                    self.batches = None;
                    return Err(self.lost_group(&error));
                }
            }
        }
    }
}

impl<R: ChunkReader + 'static> Iterator for ParquetRows<'_, R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self.next_row >= self.columns.n_rows {
            self.columns.n_rows = 0;
            match self.decode_batch() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(rejection) => return Some(Entry::rejected(None, rejection)),
            }
        }
        self.row_number += 1;
        let entry = self
            .columns
            .entry(self.next_row, self.row_number, self.max_document_bytes);
        self.next_row += 1;
        Some(entry)
    }
}

/// The records in the rows of `batches`, numbered from 1.
///
/// # Errors
/// `no_text_field` where a batch has no column that holds text, or one that cannot be read as text.
pub(super) fn batch_entries<'a>(
    batches: &[RecordBatch],
    names: &FieldNames,
    max_document_bytes: u64,
) -> Result<Entries<'a>, Rejection> {
    let columns = |batch: &RecordBatch| {
        let columns = Columns::of_batch(batch, names)
            .map_err(|error| Rejection::new("no_text_field", format!("the data cannot be read as text: {error}")))?;
        let is_content = |(field, _): &(DocumentField, _)| matches!(field, DocumentField::Text | DocumentField::Html);
        if columns.columns.iter().any(is_content) {
            return Ok(columns);
        }
        let schema = batch.schema_ref();
        Err(names.no_text_field("the data", schema.fields().iter().map(|field| field.name().as_str())))
    };
    let columns: Vec<Columns> = batches.iter().map(columns).collect::<Result<_, _>>()?;
    let places = columns.into_iter().flat_map(|columns| {
        let columns = Arc::new(columns);
        (0..columns.n_rows).map(move |row| (Arc::clone(&columns), row))
    });
    let entry =
        move |((columns, row), number): ((Arc<Columns>, usize), i64)| columns.entry(row, number, max_document_bytes);
    Ok(Box::new(places.zip(1..).map(entry)))
}

/// The wanted columns of one batch, ready to be read as text.
#[derive(Default)]
struct Columns {
    n_rows: usize,
    columns: Vec<(DocumentField, Column)>,
}

enum Column {
    Text(StringArray),
    /// Text in any encoding.
    Bytes(BinaryArray),
}

impl Columns {
    fn of_batch(batch: &RecordBatch, names: &FieldNames) -> Result<Columns, ArrowError> {
        let mut columns = Vec::new();
        for field in FIELDS {
            if let Some(array) = column_by_path(batch, names.name(field)) {
                columns.push((field, Column::of_array(&array)?));
            }
        }
        Ok(Columns {
            n_rows: batch.num_rows(),
            columns,
        })
    }

    fn n_bytes(&self) -> u64 {
        let lengths = self.columns.iter().map(|(_, column)| match column {
            Column::Text(texts) => texts.value_data().len(),
            Column::Bytes(bytes) => bytes.value_data().len(),
        });
        lengths.sum::<usize>() as u64
    }

    fn entry(&self, row: usize, number: i64, max_document_bytes: u64) -> Entry {
        let record = self.record(row);
        let is_too_large = |field| record.len_bytes(field) as u64 > max_document_bytes;
        let found = if is_too_large(DocumentField::Text) || is_too_large(DocumentField::Html) {
            Err(too_large(&format!("row {number}"), max_document_bytes))
        } else {
            Ok(record)
        };
        Entry {
            number: Some(number),
            found,
        }
    }

    fn record(&self, row: usize) -> Record {
        let mut record = Record::default();
        for (field, column) in &self.columns {
            let value = match column {
                Column::Text(texts) if texts.is_valid(row) => texts.value(row).to_owned(),
                Column::Bytes(bytes) if bytes.is_valid(row) => charset::decode(bytes.value(row), None).into_owned(),
                Column::Text(_) | Column::Bytes(_) => continue,
            };
            record.set(*field, value);
        }
        record
    }
}

impl Column {
    fn of_array(array: &ArrayRef) -> Result<Column, ArrowError> {
        match array.data_type() {
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
                let bytes = cast(array, &DataType::Binary)?;
                Ok(Column::Bytes(bytes.as_binary::<i32>().clone()))
            }
            DataType::Timestamp(unit, Some(_)) => {
                let in_vietnam = DataType::Timestamp(*unit, Some(VIETNAM_OFFSET.into()));
                let data = array.to_data().into_builder().data_type(in_vietnam).build()?;
                Column::of_text(&make_array(data))
            }
            _ => Column::of_text(array),
        }
    }

    fn of_text(array: &ArrayRef) -> Result<Column, ArrowError> {
        let texts = cast(array, &DataType::Utf8)?;
        Ok(Column::Text(texts.as_string::<i32>().clone()))
    }
}

fn column_by_path(batch: &RecordBatch, name: &str) -> Option<ArrayRef> {
    if let Some(column) = batch.column_by_name(name) {
        return Some(column.clone());
    }
    let mut steps = name.split('.');
    let mut array = batch.column_by_name(steps.next()?)?.clone();
    for step in steps {
        let fields: &StructArray = array.as_struct_opt()?;
        let next = fields.column_by_name(step)?.clone();
        array = next;
    }
    Some(array)
}

fn bad_parquet(error: &dyn std::fmt::Display, left_behind: &str) -> Rejection {
    Rejection::new("bad_parquet", format!("{error}; {left_behind}"))
}

/// A file that several row-group readers share.
struct Shared<R>(Arc<R>);

impl<R> Clone for Shared<R> {
    fn clone(&self) -> Self {
        Shared(Arc::clone(&self.0))
    }
}

impl<R: ChunkReader> Length for Shared<R> {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl<R: ChunkReader> ChunkReader for Shared<R> {
    type T = R::T;

    fn get_read(&self, start: u64) -> ParquetResult<R::T> {
        self.check_range(start, 0)?;
        self.0.get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        self.check_range(start, length)?;
        self.0.get_bytes(start, length)
    }
}

impl<R: ChunkReader> Shared<R> {
    /// A damaged footer may ask for bytes beyond the end, and an allocation of that size would end the program.
    fn check_range(&self, start: u64, length: usize) -> ParquetResult<()> {
        let n_bytes = self.0.len();
        if start.saturating_add(length as u64) <= n_bytes {
            return Ok(());
        }
        Err(ParquetError::EOF(format!(
            "{length} bytes at offset {start} are asked for, and the file has {n_bytes}"
        )))
    }
}
