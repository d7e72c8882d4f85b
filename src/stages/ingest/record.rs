//! One record as a reader found it, and the row it becomes.
//!
//! All readers fill the same seven fields, so the rules that hold for every format stand here once: text goes before
//! HTML, blank is absent, binary is no text, and what makes a document's id.

use std::collections::BTreeMap;

use crate::config::DocumentField;
use crate::schema::rows::RawDocumentRow;
use crate::stage::Rejection;

/// Every field of a record, in declaration order, so that `FIELDS[field as usize] == field`.
pub(super) const FIELDS: [DocumentField; 7] = [
    DocumentField::Id,
    DocumentField::Url,
    DocumentField::Title,
    DocumentField::Text,
    DocumentField::Html,
    DocumentField::PublishedAt,
    DocumentField::Site,
];

/// A text is rejected when more than one character in this many is a control character or U+FFFD.
const MIN_CHARS_PER_BROKEN_CHAR: usize = 50;

/// Most field names that a message lists.
const MAX_NAMES_LISTED: usize = 20;

/// What one reader gives for one record.
#[derive(Debug)]
pub(super) struct Entry {
    /// 1-based number of the record in its file; none for whole-file documents and troubles of the whole file.
    pub number: Option<i64>,
    pub found: Result<Record, Rejection>,
}

impl Entry {
    pub fn rejected(number: Option<i64>, rejection: Rejection) -> Self {
        Entry {
            number,
            found: Err(rejection),
        }
    }
}

/// The records of one file, in file order.
pub(super) type Entries<'a> = Box<dyn Iterator<Item = Entry> + Send + 'a>;

/// The fields of one record, as the source gives them.
#[derive(Debug, Default)]
pub(super) struct Record {
    values: [Option<String>; FIELDS.len()],
}

impl Record {
    pub fn set(&mut self, field: DocumentField, value: String) {
        self.values[field as usize] = Some(value);
    }

    /// Size of the field's value in bytes; zero where it is absent.
    pub fn len_bytes(&self, field: DocumentField) -> usize {
        self.values[field as usize].as_ref().map_or(0, String::len)
    }

    /// The field's value unless it is blank.
    fn take(&mut self, field: DocumentField) -> Option<String> {
        self.values[field as usize]
            .take()
            .filter(|value| !value.trim().is_empty())
    }

    /// The record as a row. `stem` is given for single-document files; `number` is the record's in other files.
    ///
    /// # Errors
    /// `empty` where there is neither text nor HTML, `not_text` where it is binary or in tatters.
    pub fn into_row(
        mut self,
        source_path: &str,
        stem: Option<&str>,
        number: Option<i64>,
    ) -> Result<RawDocumentRow, Rejection> {
        let text = self.take(DocumentField::Text);
        let html = match text {
            Some(_) => None,
            None => self.take(DocumentField::Html),
        };
        let Some(content) = text.as_deref().or(html.as_deref()) else {
            return Err(Rejection::new("empty", "the document has no text in it"));
        };
        check_is_text(content)?;
        let mut row = RawDocumentRow {
            document_id: String::new(),
            source_path: source_path.to_owned(),
            source_record: number,
            record_id: self.take(DocumentField::Id),
            url: self.take(DocumentField::Url),
            title: self.take(DocumentField::Title),
            text,
            html,
            published_at: self.take(DocumentField::PublishedAt),
            site: self.take(DocumentField::Site),
        };
        row.document_id = document_id(stem, &row);
        Ok(row)
    }
}

/// A document's id: the first 16 hexadecimal digits of BLAKE3 over what the document says of itself.
///
/// Hashed, in this order: the file's stem (single-document files only), record id, URL, title, text, HTML, time of
/// publication, site; each as its length in bytes plus one (64 bits, little endian; zero for absent) and its UTF-8
/// bytes. Folders, compression and the record's place in the file do not count, so the id stays when files are moved,
/// recompressed or sorted anew. Records that are equal in all of it share one id.
fn document_id(stem: Option<&str>, row: &RawDocumentRow) -> String {
    let mut hasher = blake3::Hasher::new();
    let parts = [
        stem,
        row.record_id.as_deref(),
        row.url.as_deref(),
        row.title.as_deref(),
        row.text.as_deref(),
        row.html.as_deref(),
        row.published_at.as_deref(),
        row.site.as_deref(),
    ];
    for part in parts {
        let length = part.map_or(0, |part| part.len() as u64 + 1);
        hasher.update(&length.to_le_bytes());
        hasher.update(part.unwrap_or_default().as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

fn check_is_text(content: &str) -> Result<(), Rejection> {
    let n_broken = count_broken_chars(content.as_bytes());
    if n_broken == 0 {
        return Ok(());
    }
    let n_chars = content.chars().count();
    if n_broken * MIN_CHARS_PER_BROKEN_CHAR <= n_chars {
        return Ok(());
    }
    Err(Rejection::new(
        "not_text",
        format!(
            "{n_broken} of {n_chars} characters are control characters or undecodable: a binary file, or an unknown \
             encoding"
        ),
    ))
}

/// Number of characters in UTF-8 that are U+FFFD or control characters other than white space.
fn count_broken_chars(content: &[u8]) -> usize {
    let is_broken = |byte: &&u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    let n_ascii = content.iter().filter(is_broken).count();
    // U+0080 to U+009F without U+0085, a line end, and U+FFFD; their first bytes are rare in Vietnamese.
    let n_other = memchr::memchr2_iter(0xC2, 0xEF, content)
        .filter(|start| {
            matches!(
                content[*start..],
                [0xC2, 0x80..=0x84 | 0x86..=0x9F, ..] | [0xEF, 0xBF, 0xBD, ..]
            )
        })
        .count();
    n_ascii + n_other
}

/// The name that structured inputs give to each field.
#[derive(Clone, Debug)]
pub(super) struct FieldNames([String; FIELDS.len()]);

impl FieldNames {
    /// The names from `[ingest.fields]`; a field that is not mapped goes by its own name.
    pub fn new(mapped: &BTreeMap<DocumentField, String>) -> Self {
        FieldNames(FIELDS.map(|field| {
            mapped
                .get(&field)
                .map_or(default_name(field), String::as_str)
                .to_owned()
        }))
    }

    /// The name of `field` in the input.
    pub fn name(&self, field: DocumentField) -> &str {
        &self.0[field as usize]
    }

    /// The rejection of a record or file in which neither text nor HTML was found; `present` are the names it has.
    pub fn no_text_field<'a>(&self, what: &str, present: impl IntoIterator<Item = &'a str>) -> Rejection {
        let mut names: Vec<&str> = present.into_iter().collect();
        let n_more = names.len().saturating_sub(MAX_NAMES_LISTED);
        names.truncate(MAX_NAMES_LISTED);
        let mut listed = names.join(", ");
        if n_more > 0 {
            listed = format!("{listed} and {n_more} more");
        }
        if listed.is_empty() {
            listed = "none".to_owned();
        }
        Rejection::new(
            "no_text_field",
            format!(
                "{what} has neither `{}` nor `{}`; its names: {listed}. Say which holds the text in the pipeline file: \
                 [ingest.fields] text = \"…\"",
                self.name(DocumentField::Text),
                self.name(DocumentField::Html),
            ),
        )
    }
}

fn default_name(field: DocumentField) -> &'static str {
    match field {
        DocumentField::Id => "id",
        DocumentField::Url => "url",
        DocumentField::Title => "title",
        DocumentField::Text => "text",
        DocumentField::Html => "html",
        DocumentField::PublishedAt => "published_at",
        DocumentField::Site => "site",
    }
}

/// The rejection of a document or record above `max_document_bytes`.
pub(super) fn too_large(what: &str, max_document_bytes: u64) -> Rejection {
    Rejection::new(
        "document_too_large",
        format!(
            "{what} is larger than {max_document_bytes} bytes (max_document_bytes in [ingest]) and is left out; \
             the rest of the file is read"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(values: &[(DocumentField, &str)]) -> Record {
        let mut record = Record::default();
        for (field, value) in values {
            record.set(*field, (*value).to_owned());
        }
        record
    }

    fn id(stem: Option<&str>, values: &[(DocumentField, &str)]) -> String {
        let row = record(values).into_row("a/b.txt", stem, Some(1)).unwrap();
        row.document_id
    }

    #[test]
    fn fields_stand_at_their_own_index() {
        for (index, field) in FIELDS.into_iter().enumerate() {
            assert_eq!(field as usize, index);
        }
    }

    #[test]
    fn ids_are_sixteen_hexadecimal_digits_fixed_for_all_versions() {
        assert_eq!(id(None, &[(DocumentField::Text, "Chiều 18/3")]), "4441dbfbc8b780d2");
    }

    #[test]
    fn ids_tell_apart_every_field_and_its_absence() {
        use DocumentField::{Html, Id, Text, Title, Url};
        let ids = [
            id(None, &[(Text, "x")]),
            id(Some("x"), &[(Text, "x")]),
            id(Some("y"), &[(Text, "x")]),
            id(None, &[(Html, "x")]),
            id(None, &[(Text, "x"), (Id, "1")]),
            id(None, &[(Text, "x"), (Url, "1")]),
            id(None, &[(Text, "x"), (Title, "1")]),
            id(None, &[(Text, "x"), (Id, "ab"), (Url, "c")]),
            id(None, &[(Text, "x"), (Id, "a"), (Url, "bc")]),
        ];
        for (index, id) in ids.iter().enumerate() {
            assert!(!ids[..index].contains(id), "{index}");
        }
    }

    #[test]
    fn text_goes_before_html_and_blank_is_absent() {
        use DocumentField::{Html, Text, Title};
        let row = record(&[(Text, "a"), (Html, "<p>b"), (Title, " ")]);
        let row = row.into_row("f", None, None).unwrap();
        assert_eq!((row.text.as_deref(), row.html, row.title), (Some("a"), None, None));
        let row = record(&[(Text, " \n"), (Html, "<p>b")])
            .into_row("f", None, None)
            .unwrap();
        assert_eq!((row.text, row.html.as_deref()), (None, Some("<p>b")));
        let rejection = record(&[(Text, "\u{A0}\n"), (Title, "t")])
            .into_row("f", None, None)
            .unwrap_err();
        assert_eq!(rejection.code, "empty");
    }

    #[test]
    fn a_few_broken_characters_pass_and_many_do_not() {
        let text = |broken: &str| record(&[(DocumentField::Text, &format!("{}{broken}", "ễ".repeat(98)))]);
        for broken in ["\u{FFFD}\u{FFFD}", "\0\u{7F}", "\t\n\r\u{0C}\u{85}"] {
            assert!(text(broken).into_row("f", None, None).is_ok(), "{broken:?}");
        }
        for broken in ["\u{FFFD}\u{FFFD}\u{FFFD}", "\0\0\0", "\u{80}\u{9F}\u{1}"] {
            let rejection = text(broken).into_row("f", None, None).unwrap_err();
            assert_eq!(rejection.code, "not_text", "{broken:?}");
        }
    }
}
