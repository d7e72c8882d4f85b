//! WARC (ISO 28500): the pages of a crawl, one response record each.
//!
//! The headers are parsed here and not by the `warc` crate, which holds whole records of any announced length and stops
//! at the first one that is not as announced. Crawls are cut off and concatenated, so a `Content-Length` is checked
//! against what follows it, and reading goes on at the next record that begins where a record can begin.

use std::io::{self, BufRead, Read, Take};

use super::http::{Head, MAX_HEAD_BYTES, Response};
use super::input::{self, read_line};
use super::record::{Entry, Record, too_large};
use crate::config::DocumentField;
use crate::stage::Rejection;

/// What begins every record, before the version.
const MAGIC: &[u8] = b"WARC/";

/// The documents of a WARC stream; numbers count all records, also those that are no documents.
pub(super) struct WarcRecords<R> {
    reader: R,
    max_document_bytes: u64,
    record_number: i64,
    is_done: bool,
    /// What went wrong after the record that was given last.
    trouble: Option<io::Error>,
}

impl<R: BufRead> WarcRecords<R> {
    pub fn new(reader: R, max_document_bytes: u64) -> Self {
        WarcRecords {
            reader,
            max_document_bytes,
            record_number: 0,
            is_done: false,
            trouble: None,
        }
    }

    /// Reads up to the end of the next record. None where it gives neither a document nor a rejection.
    fn step(&mut self) -> io::Result<Option<Entry>> {
        if let Some(error) = self.trouble.take() {
            return Err(error);
        }
        let (is_found, is_clean) = self.seek_record()?;
        self.is_done = !is_found;
        // Bytes after a record were that record's trouble and are told with it.
        if !is_clean && self.record_number == 0 {
            let message = "the file does not begin with a WARC record; what stands before the first one is left out";
            return Ok(Some(Entry::rejected(None, bad_warc(message.to_owned()))));
        }
        if !is_found {
            return Ok(None);
        }
        self.record_number += 1;
        let found = self.read_record()?;
        Ok(found.map(|found| Entry {
            number: Some(self.record_number),
            found,
        }))
    }

    /// Goes to the next record: whether there is one, and whether nothing else stood before it.
    fn seek_record(&mut self) -> io::Result<(bool, bool)> {
        let mut line = Vec::new();
        let mut is_clean = true;
        loop {
            self.skip_line_ends()?;
            let next = self.reader.fill_buf()?;
            if next.is_empty() {
                return Ok((false, is_clean));
            }
            if could_be_record(next) {
                return Ok((true, is_clean));
            }
            is_clean = false;
            read_line(&mut self.reader, &mut line, 0)?;
        }
    }

    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.reader.fill_buf()?;
            let n_bytes = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if n_bytes == 0 {
                return Ok(());
            }
            self.reader.consume(n_bytes);
        }
    }

    /// Reads the record that begins here, up to its end.
    fn read_record(&mut self) -> io::Result<Option<Result<Record, Rejection>>> {
        let number = self.record_number;
        let head = Head::read(&mut self.reader)?.filter(|head| head.first_line.as_bytes().starts_with(MAGIC));
        let length_bytes = head.as_ref().and_then(|head| head.get("content-length")?.parse().ok());
        let (Some(head), Some(length_bytes)) = (head, length_bytes) else {
            return Ok(Some(Err(bad_warc(format!(
                "record {number} has no header block with a Content-Length; reading goes on at the next record"
            )))));
        };
        let mut body = (&mut self.reader).take(length_bytes);
        let document = read_document(&head, &mut body, self.max_document_bytes)?;
        io::copy(&mut body, &mut io::sink())?;
        let n_missing = body.limit();
        if n_missing > 0 {
            return Ok(Some(Err(bad_warc(format!(
                "the file ends {n_missing} bytes before the end of record {number}, whose Content-Length is \
                 {length_bytes}; the record is left out"
            )))));
        }
        match self.is_between_records() {
            Ok(true) => {}
            Ok(false) => {
                return Ok(Some(Err(bad_warc(format!(
                    "record {number} does not end where its Content-Length of {length_bytes} says; it is left out, and \
                     reading goes on at the next record"
                )))));
            }
            Err(error) => self.trouble = Some(error),
        }
        Ok(document)
    }

    /// The next record begins here, or the file ends.
    fn is_between_records(&mut self) -> io::Result<bool> {
        self.skip_line_ends()?;
        let next = self.reader.fill_buf()?;
        Ok(next.is_empty() || could_be_record(next))
    }
}

impl<R: BufRead> Iterator for WarcRecords<R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while !self.is_done {
            match self.step() {
                Ok(Some(entry)) => return Some(entry),
                Ok(None) => {}
                Err(error) => {
                    self.is_done = true;
                    let left_behind = format!("what comes after record {} is left out", self.record_number);
                    return Some(Entry::rejected(None, input::rejection(&error, &left_behind)));
                }
            }
        }
        None
    }
}

/// The document in the body of a record; none in what is no response, no success or no text.
fn read_document<R: BufRead>(
    head: &Head,
    body: &mut Take<R>,
    max_document_bytes: u64,
) -> io::Result<Option<Result<Record, Rejection>>> {
    let is_response = head
        .get("warc-type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("response"));
    let is_http = head
        .get("content-type")
        .is_none_or(|kind| kind.to_ascii_lowercase().starts_with("application/http"));
    if !is_response || !is_http {
        return Ok(None);
    }
    let Some(http_head) = Head::read(body)? else {
        return Ok(Some(Err(bad_warc(format!(
            "the response has no end to its HTTP headers within {MAX_HEAD_BYTES} bytes; the record is left out"
        )))));
    };
    let Some(response) = Response::of_head(&http_head) else {
        return Ok(None);
    };
    if body.limit() > max_document_bytes {
        return Ok(Some(Err(too_large("the response", max_document_bytes))));
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    let document = response.document(&bytes, max_document_bytes).transpose();
    Ok(document.map(|document| document.map(|record| with_provenance(record, head))))
}

/// Adds what the WARC headers say: address and id, which some crawlers write in angle brackets.
fn with_provenance(mut record: Record, head: &Head) -> Record {
    let headers = [
        (DocumentField::Url, "warc-target-uri"),
        (DocumentField::Id, "warc-record-id"),
    ];
    for (field, name) in headers {
        if let Some(value) = head.get(name) {
            record.set(field, value.trim_matches(['<', '>']).to_owned());
        }
    }
    record
}

/// Whether a record can begin with these bytes; they may be cut off.
fn could_be_record(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC[..MAGIC.len().min(bytes.len())])
}

fn bad_warc(message: String) -> Rejection {
    Rejection::new("bad_warc", message)
}
