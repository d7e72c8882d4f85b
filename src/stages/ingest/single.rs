//! Files that are one document: plain text and pages.

use std::io::Read;

use super::charset;
use super::input;
use super::record::{Entry, Record, too_large};
use super::source_name::Format;
use crate::config::DocumentField;
use crate::stage::Rejection;

/// The document in `reader`; no more than `max_document_bytes` are held.
pub(super) fn read(reader: impl Read, format: Format, max_document_bytes: u64) -> Entry {
    Entry {
        number: None,
        found: read_record(reader, format, max_document_bytes),
    }
}

fn read_record(reader: impl Read, format: Format, max_document_bytes: u64) -> Result<Record, Rejection> {
    let mut bytes = Vec::new();
    reader
        .take(max_document_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| input::rejection(&error, "the document is left out"))?;
    if bytes.len() as u64 > max_document_bytes {
        return Err(too_large("the document", max_document_bytes));
    }
    let (field, declared) = match format {
        Format::Html => (DocumentField::Html, charset::declared_in_page(&bytes)),
        _ => (DocumentField::Text, None),
    };
    let mut record = Record::default();
    record.set(field, charset::decode(&bytes, declared).into_owned());
    Ok(record)
}
