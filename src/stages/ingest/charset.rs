//! From bytes to text: which encoding it is, and decoding it.
//!
//! In this order: a byte order mark; UTF-16 by its zero bytes; UTF-8 where the bytes are valid, or nearly; what the
//! page or the server declares; what the statistics of `chardetng` say. Declared windows-1252 (or Latin-1, its alias)
//! counts for nothing, because servers send it by default with any page. Decoding does not normalise: windows-1258
//! gives decomposed tones, and NFC composes them in the clean stage.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use regex::bytes::Regex;
use simdutf8::basic::from_utf8;

/// How far into a page its declaration of an encoding is looked for, as browsers do.
const DECLARATION_BYTES: usize = 4096;

/// How much of the head decides whether it is UTF-16.
const UTF_16_HEAD_BYTES: usize = 1024;

/// How much decoded UTF-8 a stream holds.
const TRANSCODED_BYTES: usize = 64 << 10;

/// The country whose pages these are: tells windows-1258 from its neighbours.
const TOP_LEVEL_DOMAIN: &[u8] = b"vn";

/// The text of `bytes`, without byte order mark; `declared` is the encoding's label from outside, if there is one.
pub(super) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    match from_utf8(bytes) {
        Ok(text) if !needs_decoding(text) => Cow::Borrowed(text),
        _ => encoding_of(bytes, declared).decode_with_bom_removal(bytes).0,
    }
}

/// Whether valid UTF-8 has a mark to lose or is, by its zeros, UTF-16.
fn needs_decoding(text: &str) -> bool {
    text.starts_with('\u{FEFF}') || utf_16(text.as_bytes()).is_some()
}

/// The encoding of `bytes`; `declared` as for [`decode`].
pub(super) fn encoding_of(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf_16(bytes) {
        return encoding;
    }
    if is_mostly_utf_8(bytes) {
        return UTF_8;
    }
    declared
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252, REPLACEMENT].contains(encoding))
        .unwrap_or_else(|| guess(bytes))
}

/// The encoding that a page declares in its head, as it names it.
pub(super) fn declared_in_page(html: &[u8]) -> Option<&str> {
    static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)"#)
            .expect("the pattern is constant")
    });
    let head = &html[..html.len().min(DECLARATION_BYTES)];
    let label = DECLARATION.captures(head)?.get(1)?;
    std::str::from_utf8(label.as_bytes()).ok()
}

/// A stream as UTF-8 for readers that split at ASCII bytes: UTF-16 is decoded, a byte order mark dropped, all else
/// passes as it is.
///
/// # Errors
/// When the first read fails.
pub(super) fn split_ready<'a>(mut reader: Box<dyn BufRead + Send + 'a>) -> io::Result<Box<dyn BufRead + Send + 'a>> {
    let head = reader.fill_buf()?;
    if let Some(encoding) = Encoding::for_bom(head)
        .map(|(encoding, _)| encoding)
        .filter(|encoding| *encoding != UTF_8)
        .or_else(|| utf_16(head))
    {
        return Ok(Box::new(Transcoder {
            inner: reader,
            decoder: encoding.new_decoder_with_bom_removal(),
            is_finished: false,
            text: vec![0; TRANSCODED_BYTES],
            unread: 0..0,
        }));
    }
    // A mark that the buffer's end cuts in two is only possible in files of one or two bytes per read.
    if head.starts_with(b"\xEF\xBB\xBF") {
        reader.consume(3);
    }
    Ok(reader)
}

/// UTF-16 without a mark: most high bytes of Vietnamese text are zero, and hardly a low byte is (U+0300 has one).
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(UTF_16_HEAD_BYTES)];
    let n_pairs = head.len() / 2;
    if n_pairs < 4 || !head.contains(&0) {
        return None;
    }
    let n_zero = |offset: usize| head.chunks_exact(2).filter(|pair| pair[offset] == 0).count();
    match (n_zero(0), n_zero(1)) {
        (n_low, n_high) if n_high * 3 >= n_pairs && n_low * 8 <= n_high => Some(UTF_16LE),
        (n_high, n_low) if n_high * 3 >= n_pairs && n_low * 8 <= n_high => Some(UTF_16BE),
        _ => None,
    }
}

/// Valid UTF-8, or with so few broken places that they are damage: no other encoding gives valid sequences by chance
/// four times out of five.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    if from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut n_valid, mut n_broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_valid += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_valid >= 4 * n_broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(TOP_LEVEL_DOMAIN), Utf8Detection::Deny)
}

/// Decodes a stream piece by piece.
struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    is_finished: bool,
    /// Decoded UTF-8, of which the part `unread` has not been taken yet.
    text: Vec<u8>,
    unread: Range<usize>,
}

impl<R: BufRead> BufRead for Transcoder<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.unread.is_empty() && !self.is_finished {
            let input = self.inner.fill_buf()?;
            let is_last = input.is_empty();
            let (result, n_read, n_written, _) = self.decoder.decode_to_utf8(input, &mut self.text, is_last);
            self.inner.consume(n_read);
            self.is_finished = is_last && result == CoderResult::InputEmpty;
            self.unread = 0..n_written;
        }
        Ok(&self.text[self.unread.clone()])
    }

    fn consume(&mut self, n_bytes: usize) {
        self.unread.start += n_bytes;
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.fill_buf()?.read(buffer)?;
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}
