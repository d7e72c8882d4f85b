//! From files to documents: one reader per format, each over any stream of bytes.
//!
//! The same readers serve both ways of running: [`Ingest::open`] streams a file of any size in bounded memory, and the
//! [`Stage`] takes files whole, as record batches carry them. Whatever cannot be read is a reject with one of the codes
//! below, and the rest goes on.
//!
//! | code | what happened |
//! |---|---|
//! | `unknown_format` | the file's name has no ending that is known |
//! | `unreadable` | the file could not be opened or read |
//! | `bad_compression` | gzip or zstd data are cut off or damaged; records before that stay |
//! | `decompressed_too_large` | more than `max_decompressed_bytes`; records before that stay |
//! | `document_too_large` | one document above `max_document_bytes` |
//! | `bad_json`, `bad_csv`, `bad_parquet`, `bad_warc` | a record, or the whole file, is not what the name says |
//! | `no_text_field` | a record, or the whole file, has neither the text field nor the HTML field |
//! | `empty` | a document without text, or a file without documents |
//! | `not_text` | a binary file, or an encoding that is not known |
//! | `panic` | a reader failed: a defect of this program |

mod charset;
mod csv;
mod http;
mod input;
mod json_lines;
mod parquet;
mod record;
mod single;
mod source_name;
#[cfg(test)]
mod tests;
mod warc;

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::iter;
use std::path::Path;

use ::parquet::file::reader::ChunkReader;
use arrow::array::{AsArray, BinaryArray, RecordBatch, StringArray};
use arrow::error::ArrowError;
use bytes::Bytes;

use self::record::{Entries, Entry, FieldNames};
use self::source_name::{Compression, Format, KNOWN_ENDINGS, SourceName};
use crate::config::IngestConfig;
use crate::panics;
use crate::schema::Table;
use crate::schema::rows::{RawDocumentRow, RejectRow};
use crate::stage::{Partitioning, Rejection, Stage, StageError, StageOutput, table_of};

const NAME: &str = "ingest";

/// The ingest stage: source files to raw documents.
#[derive(Clone, Debug)]
pub struct Ingest {
    names: FieldNames,
    max_document_bytes: u64,
    max_decompressed_bytes: u64,
}

impl Ingest {
    /// The stage as `config` wants it.
    pub fn new(config: &IngestConfig) -> Ingest {
        Ingest {
            names: FieldNames::new(&config.fields),
            max_document_bytes: config.max_document_bytes,
            max_decompressed_bytes: config.max_decompressed_bytes,
        }
    }

    /// The documents of the file at `path`, in file order, each a row or a reject; at least one of them.
    ///
    /// `source_path` is what the rows call the file, and its ending says the format. Memory is bounded by one document
    /// of `max_document_bytes` and fixed buffers, for Parquet by a batch of rows. A compressed Parquet file is unpacked
    /// into an unnamed temporary file first.
    pub fn open(
        &self,
        source_path: &str,
        path: &Path,
    ) -> Box<dyn Iterator<Item = Result<RawDocumentRow, RejectRow>> + Send + '_> {
        let path = path.to_owned();
        self.rows(source_path, move || open_file(&path).map(Source::File))
    }

    /// The documents in the rows of `batches`, which stand for a file that the rows call `source_path`. Columns go by the
    /// names in `[ingest.fields]`, as those of Parquet files do.
    ///
    /// # Errors
    /// `no_text_field` where a batch has neither a text nor an HTML column.
    pub fn open_batches(
        &self,
        source_path: &str,
        batches: &[RecordBatch],
    ) -> Result<Box<dyn Iterator<Item = Result<RawDocumentRow, RejectRow>> + Send + '_>, Rejection> {
        Ok(Box::new(Rows {
            source_path: source_path.to_owned(),
            name: None,
            entries: parquet::batch_entries(batches, &self.names, self.max_document_bytes)?,
            has_given: true,
            is_done: false,
        }))
    }

    /// A text as a document that the row calls `source_path`; no fields are known of it but the text.
    ///
    /// # Errors
    /// A reject with one of the codes for single documents.
    pub fn open_text(&self, source_path: &str, text: &str) -> Result<RawDocumentRow, Box<RejectRow>> {
        let entry = single::read(text.as_bytes(), Format::Text, self.max_document_bytes);
        let row = entry.found.and_then(|record| record.into_row(source_path, None, None));
        row.map_err(|Rejection { code, message }| {
            Box::new(RejectRow {
                source_path: source_path.to_owned(),
                source_record: None,
                document_id: None,
                stage: NAME.to_owned(),
                code: code.to_owned(),
                message,
            })
        })
    }

    /// As [`Ingest::open`], for a file held in memory.
    fn open_bytes<'a>(
        &'a self,
        source_path: &str,
        content: &'a [u8],
    ) -> Box<dyn Iterator<Item = Result<RawDocumentRow, RejectRow>> + Send + 'a> {
        self.rows(source_path, move || Ok(Source::Bytes(content)))
    }

    fn rows<'a>(
        &'a self,
        source_path: &str,
        open: impl FnOnce() -> io::Result<Source<'a>> + Send + 'a,
    ) -> Box<dyn Iterator<Item = Result<RawDocumentRow, RejectRow>> + Send + 'a> {
        let name = SourceName::parse(source_path);
        let entries_name = name.clone();
        // Opened at the first step, so that a panic while opening is caught there like any other.
        let entries = iter::once_with(move || match entries_name {
            Some(name) => open()
                .and_then(|source| self.entries(&name, source))
                .unwrap_or_else(|error| rejected(input::rejection(&error, "nothing is read from the file"))),
            None => rejected(Rejection::new(
                "unknown_format",
                format!("the ending is not known; files are read that end in {KNOWN_ENDINGS}"),
            )),
        });
        Box::new(Rows {
            source_path: source_path.to_owned(),
            name,
            entries: Box::new(entries.flatten()),
            has_given: false,
            is_done: false,
        })
    }

    fn entries<'a>(&'a self, name: &SourceName, source: Source<'a>) -> io::Result<Entries<'a>> {
        let max_document_bytes = self.max_document_bytes;
        let compression = name.compression;
        Ok(match name.format {
            Format::Text | Format::Html => {
                let stream = self.decompressed(source, compression)?;
                Box::new(iter::once(single::read(stream, name.format, max_document_bytes)))
            }
            Format::JsonLines => {
                let stream = charset::split_ready(self.decompressed(source, compression)?)?;
                Box::new(json_lines::JsonLines::new(stream, &self.names, max_document_bytes))
            }
            Format::Csv => {
                let stream = charset::split_ready(self.decompressed(source, compression)?)?;
                Box::new(csv::CsvRows::new(stream, &self.names, max_document_bytes))
            }
            Format::Warc => {
                let stream = self.decompressed(source, compression)?;
                Box::new(warc::WarcRecords::new(stream, max_document_bytes))
            }
            Format::Parquet => match source {
                Source::File(file) if compression == Compression::None => self.parquet_entries(file),
                Source::File(file) => {
                    let mut unpacked = tempfile::tempfile()?;
                    io::copy(&mut self.decompressed(file, compression)?, &mut unpacked)?;
                    self.parquet_entries(unpacked)
                }
                Source::Bytes(content) => {
                    let mut unpacked = Vec::new();
                    self.decompressed(content, compression)?.read_to_end(&mut unpacked)?;
                    self.parquet_entries(Bytes::from(unpacked))
                }
            },
        })
    }

    fn decompressed<'a>(
        &self,
        raw: impl Read + Send + 'a,
        compression: Compression,
    ) -> io::Result<Box<dyn BufRead + Send + 'a>> {
        input::decompressed(raw, compression, self.max_decompressed_bytes)
    }

    fn parquet_entries(&self, input: impl ChunkReader + 'static) -> Entries<'_> {
        let rows = parquet::ParquetRows::open(input, &self.names, self.max_document_bytes, self.max_decompressed_bytes);
        match rows {
            Ok(rows) => Box::new(rows),
            Err(rejection) => rejected(rejection),
        }
    }
}

/// A source file, before decompression.
enum Source<'a> {
    File(File),
    Bytes(&'a [u8]),
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::File(file) => file.read(buffer),
            Source::Bytes(bytes) => bytes.read(buffer),
        }
    }
}

impl Stage for Ingest {
    fn name(&self) -> &'static str {
        NAME
    }

    fn input(&self) -> Table {
        Table::Sources
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::RawDocuments]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let (source_paths, contents) =
            source_columns(batch).map_err(|source| StageError::Arrow { stage: NAME, source })?;
        let mut kept = Vec::new();
        let mut rejects = Vec::new();
        for (source_path, content) in source_paths.iter().zip(contents) {
            for result in self.open_bytes(source_path.unwrap_or_default(), content.unwrap_or_default()) {
                match result {
                    Ok(row) => kept.push(row),
                    Err(reject) => rejects.push(reject),
                }
            }
        }
        let documents = table_of(NAME, Table::RawDocuments, &kept)?;
        // Rows are counted by the record: a source is not one row in, but as many as it holds.
        Ok(StageOutput {
            rejects,
            ..StageOutput::kept(kept.len(), vec![documents])
        })
    }
}

fn source_columns(batch: &RecordBatch) -> Result<(&StringArray, &BinaryArray), ArrowError> {
    let column = |name: &str| {
        let column = batch.column_by_name(name);
        column.ok_or_else(|| ArrowError::SchemaError(format!("the batch has no column {name}")))
    };
    let wrong_type = |name: &str| ArrowError::SchemaError(format!("the column {name} has another type"));
    let source_paths = column("source_path")?
        .as_string_opt()
        .ok_or_else(|| wrong_type("source_path"))?;
    let contents = column("content")?
        .as_binary_opt()
        .ok_or_else(|| wrong_type("content"))?;
    Ok((source_paths, contents))
}

fn open_file(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    Ok(file)
}

/// The entries of a file from which nothing can be read.
fn rejected<'a>(rejection: Rejection) -> Entries<'a> {
    Box::new(iter::once(Entry::rejected(None, rejection)))
}

/// Entries as rows and rejects of one source.
struct Rows<'a> {
    source_path: String,
    name: Option<SourceName>,
    entries: Entries<'a>,
    has_given: bool,
    is_done: bool,
}

impl Rows<'_> {
    /// The next entry; a panic inside a reader becomes its last one.
    fn next_entry(&mut self) -> Option<Entry> {
        panics::catch(|| self.entries.next()).unwrap_or_else(|panic| {
            self.is_done = true;
            let message = format!("the reader failed on this file ({panic}); what it had not yet given is left out");
            // The Parquet library panics on some damaged files.
            let code = match &self.name {
                Some(name) if name.format == Format::Parquet => "bad_parquet",
                _ => "panic",
            };
            Some(Entry::rejected(None, Rejection::new(code, message)))
        })
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<RawDocumentRow, RejectRow>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let entry = self.next_entry().or_else(|| {
            self.is_done = true;
            let rejection = Rejection::new("empty", "the file holds no documents");
            (!self.has_given).then(|| Entry::rejected(None, rejection))
        })?;
        self.has_given = true;
        let stem = self.name.as_ref().filter(|name| name.format.is_single_document());
        let stem = stem.map(|name| name.stem.as_str());
        let row = entry
            .found
            .and_then(|record| record.into_row(&self.source_path, stem, entry.number));
        Some(row.map_err(|Rejection { code, message }| RejectRow {
            source_path: self.source_path.clone(),
            source_record: entry.number,
            document_id: None,
            stage: NAME.to_owned(),
            code: code.to_owned(),
            message,
        }))
    }
}
