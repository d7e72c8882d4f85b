//! HTTP responses as archives keep them: header block, chunks, content encoding.
//!
//! Archives hold what servers sent, and crawlers have often undone some of it without mending the headers. So the
//! bytes decide: a body announced as chunked or gzip that is neither is taken as it is.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::charset;
use super::input::{Line, read_line};
use super::record::{Record, too_large};
use crate::config::DocumentField;
use crate::stage::Rejection;

/// Largest header block, as servers allow.
pub(super) const MAX_HEAD_BYTES: u64 = 64 << 10;

/// First line and headers of a WARC record or of an HTTP message.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub first_line: String,
    /// Names in lower case, in the order of the block.
    headers: Vec<(String, String)>,
}

impl Head {
    /// Reads up to and with the next blank line; none where the block is too long or the stream ends within it.
    ///
    /// # Errors
    /// When `reader` fails.
    pub fn read(reader: &mut impl BufRead) -> io::Result<Option<Head>> {
        let mut head = Head::default();
        let mut line = Vec::new();
        if read_line(reader, &mut line, MAX_HEAD_BYTES)? != Line::Whole {
            return Ok(None);
        }
        head.first_line = charset::decode(&line, None).trim().to_owned();
        let mut bytes_left = MAX_HEAD_BYTES.saturating_sub(line.len() as u64);
        while bytes_left > 0 && read_line(reader, &mut line, bytes_left)? == Line::Whole {
            bytes_left -= line.len() as u64;
            let text = charset::decode(&line, None);
            if text.trim().is_empty() {
                return Ok(Some(head));
            }
            match (text.split_once(':'), head.headers.last_mut()) {
                // A line that begins with a blank goes on with the value of the line before.
                (_, Some((_, value))) if text.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                (Some((name, value)), _) => {
                    let name = name.trim().to_ascii_lowercase();
                    head.headers.push((name, value.trim().to_owned()));
                }
                (None, _) => {}
            }
        }
        Ok(None)
    }

    /// The value of the first header of that name, which is given in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known == name);
        header.map(|(_, value)| value.as_str())
    }

    /// The value of a header that names formats, in lower case.
    fn get_lower(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_ascii_lowercase()
    }
}

/// What a response says its body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Html,
    Text,
    /// Nothing is said: the body tells.
    Undeclared,
}

/// A response that may be a document.
#[derive(Debug)]
pub(super) struct Response {
    kind: Kind,
    charset: Option<String>,
    is_chunked: bool,
    content_encoding: String,
}

impl Response {
    /// The response with that head; none where it is an error, a redirection or no text.
    pub fn of_head(head: &Head) -> Option<Response> {
        let status = head.first_line.strip_prefix("HTTP/")?.split_ascii_whitespace().nth(1)?;
        if status.len() != 3 || !status.starts_with('2') {
            return None;
        }
        let content_type = head.get_lower("content-type");
        let mut parameters = content_type.split(';').map(str::trim);
        let kind = match parameters.next().unwrap_or_default() {
            "text/html" | "application/xhtml+xml" => Kind::Html,
            "text/plain" => Kind::Text,
            "" => Kind::Undeclared,
            _ => return None,
        };
        let charset = parameters
            .find_map(|parameter| parameter.strip_prefix("charset="))
            .map(|label| label.trim_matches(['"', '\'', ' ']).to_owned());
        Some(Response {
            kind,
            charset,
            is_chunked: head.get_lower("transfer-encoding").contains("chunked"),
            content_encoding: head.get_lower("content-encoding"),
        })
    }

    /// The document in `body`; none where an undeclared body is no page.
    ///
    /// # Errors
    /// `bad_warc` where the chunks are damaged, `bad_compression` where the content encoding is damaged or not known,
    /// `document_too_large`.
    pub fn document(&self, body: &[u8], max_document_bytes: u64) -> Result<Option<Record>, Rejection> {
        let body = match self.is_chunked {
            true => without_chunks(body)?,
            false => Cow::Borrowed(body),
        };
        let body = decoded(body, &self.content_encoding, max_document_bytes)?;
        let is_html = match self.kind {
            Kind::Html => true,
            Kind::Text => false,
            Kind::Undeclared if body.trim_ascii_start().starts_with(b"<") => true,
            Kind::Undeclared => return Ok(None),
        };
        let declared = match &self.charset {
            Some(label) => Some(label.as_str()),
            None if is_html => charset::declared_in_page(&body),
            None => None,
        };
        let text = charset::decode(&body, declared).into_owned();
        let mut record = Record::default();
        record.set(
            if is_html {
                DocumentField::Html
            } else {
                DocumentField::Text
            },
            text,
        );
        Ok(Some(record))
    }
}

/// Joins the chunks of a body (RFC 9112, section 7.1); a body cut off within a chunk gives what is there.
fn without_chunks(body: &[u8]) -> Result<Cow<'_, [u8]>, Rejection> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let Some((size, after)) = chunk_size(rest) else {
            if joined.is_empty() {
                return Ok(Cow::Borrowed(body));
            }
            return Err(Rejection::new(
                "bad_warc",
                format!(
                    "the chunked body is damaged {} bytes before its end; the document is left out",
                    rest.len()
                ),
            ));
        };
        if size == 0 {
            break;
        }
        let (chunk, after) = after.split_at(size.min(after.len()));
        joined.extend_from_slice(chunk);
        rest = after
            .strip_prefix(b"\r\n")
            .or(after.strip_prefix(b"\n"))
            .unwrap_or(after);
    }
    Ok(Cow::Owned(joined))
}

/// The size that begins a chunk, and what follows its line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let line_feed = memchr::memchr(b'\n', bytes)?;
    let line = std::str::from_utf8(&bytes[..line_feed]).ok()?;
    let digits = line.split(';').next().unwrap_or_default().trim();
    // `from_str_radix` would take a sign.
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let size = usize::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?;
    Some((size, &bytes[line_feed + 1..]))
}

/// Undoes the content encoding.
fn decoded<'a>(body: Cow<'a, [u8]>, encoding: &str, max_document_bytes: u64) -> Result<Cow<'a, [u8]>, Rejection> {
    let is_gzip = body.starts_with(&[0x1F, 0x8B]);
    let is_zlib =
        matches!(*body, [first, second, ..] if first & 0x0F == 8 && u16::from_be_bytes([first, second]) % 31 == 0);
    let is_zstd = body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]);
    let decoder: Box<dyn Read + '_> = match encoding.trim() {
        "gzip" | "x-gzip" if is_gzip => Box::new(MultiGzDecoder::new(&*body)),
        "deflate" if is_zlib => Box::new(ZlibDecoder::new(&*body)),
        "deflate" if !body.trim_ascii_start().starts_with(b"<") => Box::new(DeflateDecoder::new(&*body)),
        "zstd" if is_zstd => Box::new(zstd::stream::read::Decoder::with_buffer(&*body).map_err(|error| bad(&error))?),
        "" | "identity" | "gzip" | "x-gzip" | "deflate" | "zstd" => return Ok(body),
        other => {
            return Err(Rejection::new(
                "bad_compression",
                format!("the content encoding `{other}` cannot be undone; the document is left out"),
            ));
        }
    };
    let mut bytes = Vec::new();
    decoder
        .take(max_document_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| bad(&error))?;
    if bytes.len() as u64 > max_document_bytes {
        return Err(too_large("the document, decompressed,", max_document_bytes));
    }
    Ok(Cow::Owned(bytes))
}

fn bad(error: &io::Error) -> Rejection {
    Rejection::new(
        "bad_compression",
        format!("the compressed body is cut off or damaged ({error}); the document is left out"),
    )
}
