//! The rows of a CSV file that a user wrote, each with its place, and what is wrong with them: the files of `[lexicon]`,
//! the decisions of `[resolve]`.

use std::ops::Range;

/// Something to say about a row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Place of the file among those given.
    pub file: usize,
    /// From 1.
    pub line: u64,
    /// Bytes of the file's text.
    pub span: Range<usize>,
    pub message: String,
    pub hint: Option<String>,
    /// The file cannot be used.
    pub is_error: bool,
}

/// One row, its fields trimmed; there are as many as the file's header may have.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Place of the file among those given.
    pub file: usize,
    pub line: u64,
    pub fields: Vec<String>,
    /// Bytes of the row.
    span: Range<usize>,
    /// Bytes of the fields that are written as they are meant, without quotes inside.
    field_spans: Vec<Option<Range<usize>>>,
}

impl Row {
    /// An error in the field with this number.
    pub fn error(&self, field: usize, message: String) -> Remark {
        let span = self.field_spans[field].clone().unwrap_or(self.span.clone());
        Remark {
            file: self.file,
            line: self.line,
            span,
            message,
            hint: None,
            is_error: true,
        }
    }

    /// A warning about the field with this number.
    pub fn warning(&self, field: usize, message: String) -> Remark {
        Remark {
            is_error: false,
            ..self.error(field, message)
        }
    }
}

impl Remark {
    /// The same remark with what to do about it.
    pub fn with_hint(self, hint: impl Into<Option<String>>) -> Remark {
        Remark {
            hint: hint.into(),
            ..self
        }
    }
}

/// The rows of a text that can be read, and errors about the others. `file` is the place of its file among those given,
/// `columns` names what the header may hold, of which the first `at_least` must be there.
pub(crate) fn rows(file: usize, text: &str, columns: &[&str], at_least: usize) -> (Vec<Row>, Vec<Remark>) {
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = reader.records().flatten();
    let head_end = text.find('\n').unwrap_or(text.len());
    let header = records.next();
    let is_header = header.is_some_and(|header| {
        (at_least..=columns.len()).contains(&header.len()) && header.iter().eq(columns[..header.len()].iter().copied())
    });
    if !is_header {
        errors.push(Remark {
            file,
            line: 1,
            span: 0..head_end,
            message: format!("the first line must name the columns: {}", columns.join(",")),
            hint: None,
            is_error: true,
        });
        return (rows, errors);
    }
    for record in records {
        let position = record.position().expect("records that are read have a place");
        let start = position.byte() as usize;
        let end = text[start..].find('\n').map_or(text.len(), |len| start + len);
        let span = start..start + text[start..end].trim_end().len();
        let mut from = start;
        let mut field_spans = Vec::new();
        for field in record.iter() {
            let found = text[from..span.end.max(from)].find(field).map(|at| from + at);
            let field_span = found.map(|at| at..at + field.len()).filter(|span| !span.is_empty());
            from = field_span.as_ref().map_or(from, |span| span.end);
            field_spans.push(field_span);
        }
        let mut row = Row {
            file,
            line: position.line(),
            fields: record.iter().map(str::to_owned).collect(),
            span,
            field_spans,
        };
        if !(at_least..=columns.len()).contains(&row.fields.len()) {
            let message = format!("{} columns instead of {}", row.fields.len(), columns.join(","));
            let hint = "a field with a comma stands in double quotes".to_owned();
            row.field_spans[0] = None;
            errors.push(row.error(0, message).with_hint(hint));
            continue;
        }
        row.fields.resize(columns.len(), String::new());
        row.field_spans.resize(columns.len(), None);
        rows.push(row);
    }
    (rows, errors)
}

/// Words in the quotes of a message.
pub(crate) fn quoted(words: &str) -> String {
    format!("“{}”", words.replace('\n', " "))
}

/// `did you mean`, where one of the known words is like `word`; else the known ones.
pub(crate) fn known_words(word: &str, known: &[&str]) -> String {
    let distance = |candidate: &str| strsim::damerau_levenshtein(word, candidate);
    let similar = known
        .iter()
        .filter(|candidate| !candidate.is_empty() && distance(candidate) <= 2)
        .min_by_key(|candidate| distance(candidate));
    match similar {
        Some(similar) => format!("did you mean `{similar}`?"),
        None => {
            let listed: Vec<String> = known
                .iter()
                .map(|word| match *word {
                    "" => "nothing".to_owned(),
                    word => format!("`{word}`"),
                })
                .collect();
            format!("possible: {}", listed.join(", "))
        }
    }
}
