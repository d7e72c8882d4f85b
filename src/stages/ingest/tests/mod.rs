//! Tables of bytes and what each reader gives for them.
//!
//! Every case is read three ways, which must agree: from a file, from memory, and as a record batch by the stage.

mod charset;
mod csv;
mod json_lines;
mod limits;
mod parquet;
mod properties;
mod single;
mod warc;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use ::arrow::array::{ArrayRef, BinaryArray, RecordBatch, StringArray};
use unicode_normalization::UnicodeNormalization;

use super::record::Entry;
use super::source_name::SourceName;
use super::{Ingest, Rows};
use crate::config::{DocumentField, IngestConfig};
use crate::schema::rows::{RawDocumentRow, RejectRow};
use crate::schema::{Table, from_batch};
use crate::stage::{Rejection, Stage};

/// Large enough for every case that is not about limits.
const MAX_BYTES: u64 = 1 << 20;

fn config(fields: &[(DocumentField, &str)]) -> IngestConfig {
    IngestConfig {
        inputs: Vec::new(),
        fields: fields
            .iter()
            .map(|(field, name)| (*field, (*name).to_owned()))
            .collect::<BTreeMap<_, _>>(),
        max_document_bytes: MAX_BYTES,
        max_decompressed_bytes: MAX_BYTES,
    }
}

fn read_with(config: &IngestConfig, name: &str, bytes: &[u8]) -> Vec<Result<RawDocumentRow, RejectRow>> {
    let ingest = Ingest::new(config);
    let from_memory: Vec<_> = ingest.open_bytes(name, bytes).collect();

    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let from_file: Vec<_> = ingest.open(name, file.path()).collect();
    assert_eq!(from_file, from_memory, "{name}: from a file and from memory");

    let output = ingest.apply(&sources(&[(name, bytes)])).unwrap();
    let rows: Vec<RawDocumentRow> = from_batch(&output.tables[0].1).unwrap();
    assert_eq!(
        rows,
        from_memory
            .iter()
            .filter_map(|found| found.clone().ok())
            .collect::<Vec<_>>(),
        "{name}"
    );
    assert_eq!(
        output.rejects,
        from_memory
            .iter()
            .filter_map(|found| found.clone().err())
            .collect::<Vec<_>>(),
        "{name}"
    );
    assert_eq!(output.kept + output.rejects.len(), from_memory.len(), "{name}");
    from_memory
}

fn sources(files: &[(&str, &[u8])]) -> RecordBatch {
    let names: ArrayRef = Arc::new(StringArray::from_iter_values(files.iter().map(|file| file.0)));
    let contents: ArrayRef = Arc::new(BinaryArray::from_iter_values(files.iter().map(|file| file.1)));
    RecordBatch::try_new(Table::Sources.schema(), vec![names, contents]).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Vec<Result<RawDocumentRow, RejectRow>> {
    read_with(&config(&[]), name, bytes)
}

/// `3: url=… text=…` for a row of record 3, `3: bad_json` for a reject, `-` for none.
fn render(found: &Result<RawDocumentRow, RejectRow>) -> String {
    let number = |number: Option<i64>| number.map_or("-".to_owned(), |number| number.to_string());
    match found {
        Err(reject) => format!("{}: {}", number(reject.source_record), reject.code),
        Ok(row) => {
            let mut line = format!("{}:", number(row.source_record));
            for (name, value) in [
                ("id", &row.record_id),
                ("url", &row.url),
                ("title", &row.title),
                ("text", &row.text),
                ("html", &row.html),
                ("at", &row.published_at),
                ("site", &row.site),
            ] {
                if let Some(value) = value {
                    line = format!("{line} {name}={value}");
                }
            }
            line
        }
    }
}

#[track_caller]
fn check_with(config: &IngestConfig, name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let bytes = bytes.as_ref();
    let found = read_with(config, name, bytes);
    let rendered: Vec<String> = found.iter().map(render).collect();
    assert_eq!(
        rendered,
        expected,
        "{name}: {}\n{found:?}",
        String::from_utf8_lossy(bytes)
    );
}

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    check_with(&config(&[]), name, bytes, expected);
}

/// The message of the only reject.
fn message(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let found = read(name, bytes.as_ref());
    let mut rejects = found.into_iter().filter_map(Result::err);
    let reject = rejects.next().unwrap();
    assert_eq!(rejects.next(), None);
    assert_eq!(reject.stage, "ingest");
    reject.message
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    ::zstd::encode_all(bytes.as_ref(), 1).unwrap()
}

/// `text` in windows-1258: vowels with their hat or horn, tones as letters of their own.
fn windows_1258(text: &str) -> Vec<u8> {
    let tones = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut split = String::new();
    for letter in text.nfc() {
        let parts: String = letter.nfd().collect();
        let tone = parts.chars().find(|part| tones.contains(part));
        split.extend(parts.chars().filter(|part| !tones.contains(part)).nfc());
        split.extend(tone);
    }
    let (bytes, _, has_unmappable) = encoding_rs::WINDOWS_1258.encode(&split);
    assert!(!has_unmappable, "{split}");
    bytes.into_owned()
}

#[test]
fn one_batch_may_hold_files_of_several_formats() {
    let files: [(&str, &[u8]); 3] = [
        ("a.txt", b"x"),
        ("b.jsonl", b"{\"text\":\"y\"}\n{\"text\":\"z\"}"),
        ("c.pdf", b"%PDF"),
    ];
    let output = Ingest::new(&config(&[])).apply(&sources(&files)).unwrap();
    let rows: Vec<RawDocumentRow> = from_batch(&output.tables[0].1).unwrap();
    let paths: Vec<&str> = rows.iter().map(|row| row.source_path.as_str()).collect();
    assert_eq!(paths, ["a.txt", "b.jsonl", "b.jsonl"]);
    let rejects: Vec<(&str, &str)> = output
        .rejects
        .iter()
        .map(|reject| (&*reject.source_path, &*reject.code))
        .collect();
    assert_eq!(rejects, [("c.pdf", "unknown_format")]);
}

#[test]
fn a_batch_of_another_table_is_an_error_of_the_program() {
    let batch = RecordBatch::new_empty(Table::RawDocuments.schema());
    assert!(Ingest::new(&config(&[])).apply(&batch).is_err());
}

#[test]
fn what_cannot_be_opened_is_rejected() {
    let ingest = Ingest::new(&config(&[]));
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "a.jsonl.gz", "a.parquet", "a.warc.zst"] {
        for path in [folder.path(), &folder.path().join("missing")] {
            let found: Vec<String> = ingest.open(name, path).map(|found| render(&found)).collect();
            assert_eq!(found, ["-: unreadable"], "{name}");
        }
    }
}

#[test]
fn a_panic_in_a_reader_is_the_last_reject_of_its_file() {
    for (name, code) in [("a.warc", "panic"), ("a.parquet", "bad_parquet")] {
        let mut n_steps = 0;
        let entries = std::iter::from_fn(move || {
            n_steps += 1;
            assert!(n_steps < 2, "no third step");
            Some(Entry::rejected(Some(n_steps), Rejection::new("empty", "nothing")))
        });
        let rows = Rows {
            source_path: name.to_owned(),
            name: SourceName::parse(name),
            entries: Box::new(entries),
            has_given: false,
            is_done: false,
        };
        let rejects: Vec<RejectRow> = rows.filter_map(Result::err).collect();
        let codes: Vec<&str> = rejects.iter().map(|reject| reject.code.as_str()).collect();
        assert_eq!(codes, ["empty", code]);
        assert!(rejects[1].message.contains("(no third step)"), "{rejects:?}");
    }
}
