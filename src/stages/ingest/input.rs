//! Bytes as readers see them: decompressed and counted.
//!
//! The count makes decompression bombs harmless: nothing is decompressed beyond the limit, and no more than a buffer
//! is held. Trouble travels as `io::Error` through whatever reads, and [`rejection`] tells afterwards which it was.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::source_name::Compression;
use crate::stage::Rejection;

/// Bytes held between the file and the decompressor, and between the decompressor and the reader.
const BUFFER_BYTES: usize = 128 << 10;

/// Trouble that this module puts into an `io::Error`.
#[derive(Debug, thiserror::Error)]
enum InputError {
    #[error("the {kind} data are cut off or damaged ({source})")]
    BadCompression { kind: &'static str, source: io::Error },
    #[error("the file has more than {max_bytes} bytes after decompression (max_decompressed_bytes in [ingest])")]
    TooLarge { max_bytes: u64 },
}

/// `raw` decompressed, up to `max_bytes`; more than that is an error of the read that goes beyond.
///
/// # Errors
/// When the decompressor cannot be set up.
pub(super) fn decompressed<'a>(
    raw: impl Read + Send + 'a,
    compression: Compression,
    max_bytes: u64,
) -> io::Result<Box<dyn BufRead + Send + 'a>> {
    Ok(match compression {
        Compression::None => buffered(raw, max_bytes),
        Compression::Gzip => buffered(
            Decompressor {
                inner: MultiGzDecoder::new(BufReader::with_capacity(BUFFER_BYTES, raw)),
                kind: "gzip",
            },
            max_bytes,
        ),
        Compression::Zstd => buffered(
            Decompressor {
                inner: zstd::stream::read::Decoder::with_buffer(BufReader::with_capacity(BUFFER_BYTES, raw))?,
                kind: "zstd",
            },
            max_bytes,
        ),
    })
}

fn buffered<'a>(inner: impl Read + Send + 'a, max_bytes: u64) -> Box<dyn BufRead + Send + 'a> {
    let limited = Limited {
        inner,
        left_bytes: max_bytes,
        max_bytes,
    };
    Box::new(BufReader::with_capacity(BUFFER_BYTES, limited))
}

/// The rejection for trouble met while reading; `left_behind` says where, and what becomes of the rest.
pub(super) fn rejection(error: &io::Error, left_behind: &str) -> Rejection {
    let known = error.get_ref().and_then(|inner| inner.downcast_ref::<InputError>());
    let code = match known {
        Some(InputError::BadCompression { .. }) => "bad_compression",
        Some(InputError::TooLarge { .. }) => "decompressed_too_large",
        None => "unreadable",
    };
    Rejection::new(code, format!("{error}; {left_behind}"))
}

/// Marks the errors of a decompressor, so that damaged data are told from a damaged disk.
struct Decompressor<R> {
    inner: R,
    kind: &'static str,
}

impl<R: Read> Read for Decompressor<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|source| {
            if source.raw_os_error().is_some() || source.kind() == io::ErrorKind::Interrupted {
                return source;
            }
            io::Error::other(InputError::BadCompression {
                kind: self.kind,
                source,
            })
        })
    }
}

/// Gives at most `max_bytes`, then an error if there are more.
struct Limited<R> {
    inner: R,
    left_bytes: u64,
    max_bytes: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left_bytes == 0 && !buffer.is_empty() {
            return match self.inner.read(&mut buffer[..1])? {
                0 => Ok(0),
                _ => Err(io::Error::other(InputError::TooLarge {
                    max_bytes: self.max_bytes,
                })),
            };
        }
        let wanted = usize::try_from(self.left_bytes).map_or(buffer.len(), |left| left.min(buffer.len()));
        let n_bytes = self.inner.read(&mut buffer[..wanted])?;
        self.left_bytes -= n_bytes as u64;
        Ok(n_bytes)
    }
}

/// What [`read_line`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, in the buffer, without its line feed.
    Whole,
    /// A line longer than allowed; it was passed over.
    TooLong,
    /// No further line.
    End,
}

/// Reads up to the next line feed into `line`, which is cleared first and never holds more than `max_bytes`.
///
/// # Errors
/// When `reader` fails; the bytes of the line that it broke in are lost.
pub(super) fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, max_bytes: u64) -> io::Result<Line> {
    line.clear();
    let mut found = Line::End;
    loop {
        let available = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            result => result?,
        };
        if available.is_empty() {
            return Ok(found);
        }
        let line_feed = memchr::memchr(b'\n', available);
        let part = &available[..line_feed.unwrap_or(available.len())];
        if found == Line::End {
            found = Line::Whole;
        }
        if found == Line::Whole && (line.len() + part.len()) as u64 > max_bytes {
            found = Line::TooLong;
            line.clear();
        }
        if found == Line::Whole {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(line_feed.is_some());
        reader.consume(used);
        if line_feed.is_some() {
            return Ok(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_over_the_limit_are_passed_over_and_the_next_one_is_read() {
        let mut reader = BufReader::with_capacity(3, &b"abcd\nabcde\n\nxy"[..]);
        let mut line = Vec::new();
        let mut found = Vec::new();
        loop {
            match read_line(&mut reader, &mut line, 4).unwrap() {
                Line::Whole => found.push(String::from_utf8(line.clone()).unwrap()),
                Line::TooLong => found.push(format!("too long, {} bytes held", line.len())),
                Line::End => break,
            }
        }
        assert_eq!(found, ["abcd", "too long, 0 bytes held", "", "xy"]);
    }

    #[test]
    fn the_limit_itself_is_allowed_and_one_byte_more_is_not() {
        let read = |bytes: &'static [u8]| {
            let mut whole = Vec::new();
            decompressed(bytes, Compression::None, 5)?.read_to_end(&mut whole)?;
            Ok::<_, io::Error>(whole)
        };
        assert_eq!(read(b"12345").unwrap(), b"12345");
        let error = read(b"123456").unwrap_err();
        assert_eq!(rejection(&error, "left").code, "decompressed_too_large");
    }
}
