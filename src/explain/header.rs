//! The head of an explanation: what the document is, and why it has no facts where it has none.

use anstyle::{AnsiColor, Style};

use super::flow::Flow;
use super::{Explanation, Skipped};
use crate::lexicon::areas;
use crate::schema::rows::{DocumentRow, ExtractionRow, RejectRow};

/// Width of the column of labels.
const LABEL_WIDTH: usize = 12;

/// Appends the head to `out`.
pub(super) fn write(explanation: &Explanation, width: usize, out: &mut String) {
    let processed = &explanation.processed;
    let mut source = processed.source_path.clone();
    if let Some(record) = processed.source_record {
        source.push_str(&format!(", record {record}"));
    }
    let bold = Style::new().bold();
    Flow::default().with(bold, &source).wrap_into(out, width, "", "");
    let mut head = Head { width, out };
    if let Some(document) = &processed.document {
        head.describe(document, explanation.min_topic_score);
    }
    if let Some(reject) = &processed.reject {
        head.warn("Rejected", &why_rejected(reject));
    } else if let Some(skipped) = processed
        .document
        .as_ref()
        .and_then(|document| explanation.skipped(document))
    {
        head.warn("No facts", why_skipped(skipped));
    } else if let Some(extraction) = &processed.extraction {
        head.line("Found", &counts(extraction));
    }
}

struct Head<'o> {
    width: usize,
    out: &'o mut String,
}

impl Head<'_> {
    fn describe(&mut self, document: &DocumentRow, min_topic_score: f64) {
        self.optional("Title", document.title.as_deref());
        self.line("Published", &published(document));
        self.optional("Source", document.source_name.as_deref());
        self.optional("Site", document.site.as_deref());
        self.optional("URL", document.url.as_deref());
        self.optional("Province", document.area_id.as_deref().map(area).as_deref());
        let authors = document.authors.join(", ");
        self.optional("Authors", Some(authors.as_str()).filter(|authors| !authors.is_empty()));
        self.optional("Taken from", document.reprinted_from.as_deref());
        for programme in &document.programmes {
            let years = format!("{}, {}–{}", programme.name, programme.start, programme.end);
            self.line("Programme", &years);
        }
        self.line("Language", document.language.as_deref().unwrap_or("unknown"));
        let score = document.topic_score;
        let topic = match document.topic.as_deref() {
            Some(topic) => format!("{} (score {score:.2} of 1)", topic.replace('_', " ")),
            None => format!("not public administration (score {score:.2}; {min_topic_score:.2} is needed)"),
        };
        self.line("Topic", &topic);
        self.line(
            "Text",
            &format!("{} characters, document id {}", document.n_chars, document.document_id),
        );
    }

    fn optional(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(label, value);
        }
    }

    fn line(&mut self, label: &str, value: &str) {
        self.styled_line(label, Style::new(), value);
    }

    fn warn(&mut self, label: &str, value: &str) {
        self.styled_line(label, AnsiColor::Yellow.on_default().bold(), value);
    }

    fn styled_line(&mut self, label: &str, style: Style, value: &str) {
        let indent = " ".repeat(2 + LABEL_WIDTH);
        Flow::default()
            .with(Style::new().dimmed(), &format!("{label:<LABEL_WIDTH$}"))
            .with(style, value)
            .wrap_into(self.out, self.width, "  ", &indent);
    }
}

fn published(document: &DocumentRow) -> String {
    let Some(edtf) = &document.published_edtf else {
        return "unknown".to_owned();
    };
    let basis = match document.published_basis.as_deref() {
        Some("field") => "given by the source",
        Some("meta" | "json_ld" | "time_element") => "from the page's metadata",
        Some("text") => "from the text",
        Some("url") => "from the address",
        _ => return edtf.clone(),
    };
    format!("{edtf}, {basis}")
}

/// `VN-20@2004` with the province's name.
fn area(area_id: &str) -> String {
    match areas::by_id(area_id) {
        Some(area) => format!("{} ({area_id})", area.name),
        None => area_id.to_owned(),
    }
}

fn why_rejected(reject: &RejectRow) -> String {
    format!("by {}, {}: {}", reject.stage, reject.code, reject.message)
}

fn why_skipped(skipped: Skipped) -> &'static str {
    match skipped {
        Skipped::Language => "the document is not in Vietnamese, so nothing is looked for",
        Skipped::Topic => {
            "off topic: the score is under clean.min_topic_score, and extract.on_topic_only asks for documents about \
             public administration alone; --all looks for facts all the same"
        }
    }
}

fn counts(extraction: &ExtractionRow) -> String {
    let roles = extraction.officials.iter().map(|official| official.roles.len()).sum();
    let count = |number: usize, one: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    };
    [
        count(extraction.meetings.len(), "meeting"),
        count(extraction.officials.len(), "official"),
        count(roles, "role"),
        count(extraction.indicators.len(), "indicator"),
        count(extraction.citations.len(), "cited document"),
    ]
    .join(", ")
}
