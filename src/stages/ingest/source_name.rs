//! What a file's name says: its format, its compression and its stem.
//!
//! Only the name decides, so that `check` can tell before a run which files will be read and how.

/// How documents are laid out in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One plain-text document.
    Text,
    /// One page.
    Html,
    /// One JSON object per line.
    JsonLines,
    /// One document per row, below a header.
    Csv,
    /// One document per row.
    Parquet,
    /// One document per response record.
    Warc,
}

impl Format {
    /// Whether the whole file is one document, so that its name is part of the document's identity.
    pub fn is_single_document(self) -> bool {
        matches!(self, Format::Text | Format::Html)
    }
}

/// What the file's bytes are wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    /// gzip (RFC 1952), one member or several.
    Gzip,
    /// Zstandard (RFC 8878), one frame or several.
    Zstd,
}

/// A file name taken apart: `news/page.html.gz` is a page, in gzip, with the stem `page`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceName {
    pub stem: String,
    pub format: Format,
    pub compression: Compression,
}

/// The endings that [`SourceName::parse`] knows, for messages.
pub(super) const KNOWN_ENDINGS: &str =
    ".txt, .html, .htm, .jsonl, .ndjson, .csv, .parquet and .warc, each also with .gz or .zst";

impl SourceName {
    /// Takes the last part of `path` apart; capitals do not count. None where the ending is not known.
    pub fn parse(path: &str) -> Option<SourceName> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let (name, compression) = match split_ending(name) {
            Some((rest, ending)) if ending == "gz" => (rest, Compression::Gzip),
            Some((rest, ending)) if ending == "zst" => (rest, Compression::Zstd),
            _ => (name, Compression::None),
        };
        let (stem, ending) = split_ending(name)?;
        let format = match ending.as_str() {
            "txt" => Format::Text,
            "html" | "htm" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            "csv" => Format::Csv,
            "parquet" => Format::Parquet,
            "warc" => Format::Warc,
            _ => return None,
        };
        Some(SourceName {
            stem: stem.to_owned(),
            format,
            compression,
        })
    }
}

/// The name before its last dot, and the ending after it in lower case.
fn split_ending(name: &str) -> Option<(&str, String)> {
    let (rest, ending) = name.rsplit_once('.')?;
    Some((rest, ending.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<(&str, Format, Compression)>) {
        let expected = expected.map(|(stem, format, compression)| SourceName {
            stem: stem.to_owned(),
            format,
            compression,
        });
        assert_eq!(SourceName::parse(path), expected, "{path}");
    }

    #[test]
    fn names_tell_format_and_compression() {
        check("a.txt", Some(("a", Format::Text, Compression::None)));
        check(
            "raw/2021/hoi-nghi.v2.HTM.gz",
            Some(("hoi-nghi.v2", Format::Html, Compression::Gzip)),
        );
        check("a.html.zst", Some(("a", Format::Html, Compression::Zstd)));
        check(r"raw\tin.jsonl", Some(("tin", Format::JsonLines, Compression::None)));
        check("tin.ndjson.GZ", Some(("tin", Format::JsonLines, Compression::Gzip)));
        check("a.csv", Some(("a", Format::Csv, Compression::None)));
        check("a.parquet", Some(("a", Format::Parquet, Compression::None)));
        check("a.warc.gz", Some(("a", Format::Warc, Compression::Gzip)));
    }

    #[test]
    fn other_names_are_not_known() {
        check("a.pdf", None);
        check("a", None);
        check("txt", None);
        check("a.gz", None);
        check("a.txt.gz.gz", None);
        check("a.txt/b", None);
        check("", None);
    }
}
