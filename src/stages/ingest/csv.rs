//! CSV: a header, then one document per row.
//!
//! Rows are cut by `csv-core` rather than `csv`, because a quote that is never closed makes the rest of a file one row:
//! here such a row is passed over at the size limit instead of being held. The separator (comma, semicolon or tab) is
//! the one that the header has most of; spreadsheets set to Vietnamese write semicolons.

use std::borrow::Cow;
use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::Encoding;

use super::charset;
use super::input;
use super::record::{Entry, FIELDS, FieldNames, Record, too_large};
use crate::config::DocumentField;
use crate::stage::Rejection;

/// A row with more fields than this counts as too large.
const MAX_FIELDS: usize = 4096;

/// The records of a CSV stream; numbers are row numbers below the header, lines without any field do not count.
pub(super) struct CsvRows<'a, R> {
    rows: RowCutter<R>,
    names: &'a FieldNames,
    max_document_bytes: u64,
    /// Column of each field, by field; none before the header was read.
    columns: Option<Columns>,
    row_number: i64,
    is_done: bool,
}

struct Columns {
    of_field: [Option<usize>; FIELDS.len()],
    n_columns: usize,
}

impl<'a, R: BufRead> CsvRows<'a, R> {
    pub fn new(reader: R, names: &'a FieldNames, max_document_bytes: u64) -> Self {
        CsvRows {
            rows: RowCutter::new(reader, max_document_bytes),
            names,
            max_document_bytes,
            columns: None,
            row_number: 0,
            is_done: false,
        }
    }

    /// The header's columns; none where the file ends before it.
    fn read_header(&mut self) -> Result<Option<Columns>, Rejection> {
        match self.rows.next_row() {
            Ok(Row::Whole) => {}
            Ok(Row::End) => return Ok(None),
            Ok(Row::TooLong | Row::Unclosed) => {
                return Err(Rejection::new(
                    "bad_csv",
                    "the header, the first row, has no end within the size of a document; nothing is read from the file",
                ));
            }
            Err(error) => return Err(input::rejection(&error, "nothing is read from the file")),
        }
        let header: Vec<String> = self.rows.texts().map(|name| name.trim().to_owned()).collect();
        let of_field = FIELDS.map(|field| {
            let wanted = self.names.name(field);
            header.iter().position(|name| name == wanted)
        });
        if of_field[DocumentField::Text as usize].is_none() && of_field[DocumentField::Html as usize].is_none() {
            return Err(self
                .names
                .no_text_field("the header", header.iter().map(String::as_str)));
        }
        Ok(Some(Columns {
            of_field,
            n_columns: header.len(),
        }))
    }

    fn record(&self, columns: &Columns) -> Result<Record, Rejection> {
        let n_fields = self.rows.n_fields();
        if n_fields != columns.n_columns {
            return Err(Rejection::new(
                "bad_csv",
                format!(
                    "row {} has {n_fields} fields and the header {}; a quote may be missing",
                    self.row_number, columns.n_columns
                ),
            ));
        }
        let encoding = self.rows.encoding();
        let mut record = Record::default();
        for field in FIELDS {
            if let Some(column) = columns.of_field[field as usize] {
                record.set(field, self.rows.text(column, encoding).into_owned());
            }
        }
        Ok(record)
    }

    fn stop_with(&mut self, rejection: Rejection) -> Option<Entry> {
        self.is_done = true;
        Some(Entry::rejected(None, rejection))
    }
}

impl<R: BufRead> Iterator for CsvRows<'_, R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        if self.is_done {
            return None;
        }
        if self.columns.is_none() {
            match self.read_header() {
                Ok(columns) => self.columns = columns,
                Err(rejection) => return self.stop_with(rejection),
            }
        }
        // Without a header there is no row either.
        let columns = self.columns.as_ref()?;
        let row = match self.rows.next_row() {
            Ok(row) => row,
            Err(error) => {
                let left_behind = format!("what comes after row {} is left out", self.row_number);
                return self.stop_with(input::rejection(&error, &left_behind));
            }
        };
        self.row_number += 1;
        let found = match row {
            Row::End => {
                self.is_done = true;
                return None;
            }
            Row::Unclosed => {
                self.is_done = true;
                Err(Rejection::new(
                    "bad_csv",
                    format!(
                        "row {} opens a quote that is never closed; the file is left out from there on",
                        self.row_number
                    ),
                ))
            }
            Row::TooLong => Err(too_large(&format!("row {}", self.row_number), self.max_document_bytes)),
            Row::Whole => self.record(columns),
        };
        Some(Entry {
            number: Some(self.row_number),
            found,
        })
    }
}

/// What [`RowCutter::next_row`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Whole,
    /// A row larger than allowed; it was passed over.
    TooLong,
    /// A row in which the file ends within quotes.
    Unclosed,
    End,
}

/// Cuts a stream into rows and fields, holding one row of limited size.
struct RowCutter<R> {
    reader: R,
    core: Option<Reader>,
    /// A line end was added after the file's last byte.
    is_probed: bool,
    max_bytes: usize,
    /// The fields of the row, one after the other, in its first `n_bytes`.
    bytes: Vec<u8>,
    n_bytes: usize,
    /// Where each of the first `n_ends` fields ends in `bytes`.
    ends: Vec<usize>,
    n_ends: usize,
}

impl<R: BufRead> RowCutter<R> {
    fn new(reader: R, max_bytes: u64) -> Self {
        RowCutter {
            reader,
            core: None,
            is_probed: false,
            max_bytes: usize::try_from(max_bytes).unwrap_or(usize::MAX),
            bytes: vec![0; 4096],
            n_bytes: 0,
            ends: vec![0; 32],
            n_ends: 0,
        }
    }

    fn next_row(&mut self) -> io::Result<Row> {
        if self.core.is_none() {
            let separator = separator_of(self.reader.fill_buf()?);
            self.core = Some(ReaderBuilder::new().delimiter(separator).build());
        }
        let Some(core) = self.core.as_mut() else {
            return Ok(Row::End);
        };
        (self.n_bytes, self.n_ends) = (0, 0);
        let mut is_too_long = false;
        loop {
            let available = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                result => result?,
            };
            // A line end after the file's last byte ends its last row, unless it stands within quotes: then it is text.
            let is_probe = available.is_empty() && !self.is_probed;
            let input = if is_probe { b"\n" } else { available };
            let (result, n_read, n_written, n_ended) =
                core.read_record(input, &mut self.bytes[self.n_bytes..], &mut self.ends[self.n_ends..]);
            if is_probe {
                self.is_probed = n_read > 0;
                if n_written > 0 {
                    return Ok(Row::Unclosed);
                }
            } else {
                self.reader.consume(n_read);
            }
            self.n_bytes += n_written;
            self.n_ends += n_ended;
            is_too_long |= self.n_bytes > self.max_bytes;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if is_too_long => self.n_bytes = 0,
                ReadRecordResult::OutputFull => {
                    let wanted = (self.bytes.len() * 2).min(self.max_bytes.saturating_add(1));
                    self.bytes.resize(wanted.max(self.bytes.len() + 1), 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() >= MAX_FIELDS => {
                    is_too_long = true;
                    self.n_ends = 0;
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record if is_too_long => return Ok(Row::TooLong),
                ReadRecordResult::Record => return Ok(Row::Whole),
                ReadRecordResult::End => return Ok(Row::End),
            }
        }
    }

    fn n_fields(&self) -> usize {
        self.n_ends
    }

    /// The row's encoding: its fields one by one would often be too short to tell.
    fn encoding(&self) -> &'static Encoding {
        charset::encoding_of(&self.bytes[..self.n_bytes], None)
    }

    fn field(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.bytes[start..self.ends[index]]
    }

    fn text(&self, index: usize, encoding: &'static Encoding) -> Cow<'_, str> {
        encoding.decode_without_bom_handling(self.field(index)).0
    }

    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let encoding = self.encoding();
        (0..self.n_fields()).map(move |index| self.text(index, encoding))
    }
}

/// The separator that the first line of `head` has most of, outside quotes; the comma where there is none.
fn separator_of(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            byte if !is_quoted => {
                for (separator, count) in &mut counts {
                    *count += usize::from(separator == byte);
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map_or(b',', |(separator, _)| *separator)
}
