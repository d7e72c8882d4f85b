//! One document with every fact marked and the rule that found it: as text for a reader, as HTML for a notebook or as JSON
//! for a tool.
//!
//! The document takes the same way as in a run ([`process_document`]); what is shown is what the tables would hold of
//! it, or, for single sentences, what each rule tried there ([`trace`]). Nothing here knows a terminal: width and styles are asked for.

mod facts;
mod flow;
mod header;
mod html;
mod json;
mod marks;
#[cfg(test)]
mod tests;
mod tracing;

use std::path::Path;

use crate::config::{ExtractConfig, Pipeline};
use crate::exec::{ProcessedDocument, RunError, lexicon, process_document, process_text};
use crate::schema::rows::DocumentRow;
use crate::stages::clean::normalize::normalize;
use crate::stages::extract;
use marks::Marks;
pub use tracing::{Selection, SelectionError, Tracing};

/// A document and everything that was found in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    processed: ProcessedDocument,
    extract: ExtractConfig,
    min_topic_score: f64,
}

/// How an explanation is written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Longest line, in characters; only a word of the document may be longer.
    pub width: usize,
    /// Marks are told by terminal styles; without, brackets stand around them.
    pub styled: bool,
}

/// Why a document has no facts although it was not rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Skipped {
    /// It is not in Vietnamese.
    Language,
    /// It is not about public administration and the pipeline looks only at what is.
    Topic,
}

/// Explains the document in the file at `path`: the record with the 1-based number `record`, or the first.
///
/// # Errors
/// As for [`process_document`].
pub fn explain(pipeline: &Pipeline, path: &Path, record: Option<i64>) -> Result<Explanation, RunError> {
    Ok(Explanation {
        processed: process_document(pipeline, path, record)?,
        extract: pipeline.config.extract.clone(),
        min_topic_score: pipeline.config.clean.min_topic_score,
    })
}

/// Explains a text without date and source.
///
/// # Errors
/// When a file that the pipeline names cannot be used.
pub fn explain_text(pipeline: &Pipeline, text: &str) -> Result<Explanation, RunError> {
    Ok(Explanation {
        processed: process_text(pipeline, text)?,
        extract: pipeline.config.extract.clone(),
        min_topic_score: pipeline.config.clean.min_topic_score,
    })
}

/// Why the rules' attempts cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    #[error(transparent)]
    Run(#[from] RunError),
    #[error(transparent)]
    Selection(#[from] SelectionError),
}

/// Tells what the rules tried in sentences of the document that [`explain`] would explain.
///
/// # Errors
/// As for [`process_document`], and when no sentence is selected.
pub fn trace(
    pipeline: &Pipeline,
    path: &Path,
    record: Option<i64>,
    selection: &Selection,
) -> Result<Tracing, TraceError> {
    let explanation = explain(pipeline, path, record)?;
    let sentences = match &explanation.processed.document {
        Some(document) => extract::trace(&document.text, document.published_at, &*lexicon(pipeline)?),
        None => Vec::new(),
    };
    Ok(Tracing::new(Some(explanation), sentences, selection)?)
}

/// Tells what the rules tried in sentences of a text without date and source.
///
/// # Errors
/// When no sentence is selected, or a file that the pipeline names cannot be used.
pub fn trace_text(pipeline: &Pipeline, text: &str, selection: &Selection) -> Result<Tracing, TraceError> {
    let sentences = extract::trace(&normalize(text), None, &*lexicon(pipeline)?);
    Ok(Tracing::new(None, sentences, selection)?)
}

impl Explanation {
    /// The explanation as text: a header, the document with its marks, and the facts of each kind.
    pub fn to_text(&self, options: TextOptions) -> String {
        let mut text = String::new();
        header::write(self, options.width, &mut text);
        let (Some(document), Some(extraction)) = (&self.processed.document, &self.processed.extraction) else {
            return text;
        };
        let marks = Marks::of(&document.text, extraction);
        text.push('\n');
        if let Some(legend) = marks.legend(options.styled) {
            legend.wrap_into(&mut text, options.width, "", "");
            text.push('\n');
        }
        for line in marks.lines(&document.text, options.styled) {
            line.wrap_into(&mut text, options.width, "", "");
        }
        facts::write(extraction, options.width, &mut text);
        text
    }

    /// The explanation as JSON: `document` and the lists `meetings`, `officials`, `indicators`, `citations` as the
    /// stages give them; `role.meeting` and `indicator.meeting` are places in the list of meetings, from 0.
    pub fn to_json(&self) -> serde_json::Value {
        json::of(self)
    }

    /// The explanation as a piece of HTML for a notebook: the header, the document with coloured marks, and the facts of
    /// each kind. What the document says is text there, whatever markup it holds.
    pub fn to_html(&self) -> String {
        html::of(self)
    }

    /// A run would find nothing in the document, whatever it says.
    fn has_no_facts(&self) -> bool {
        let document = self.processed.document.as_ref();
        self.processed.reject.is_some() || document.is_some_and(|document| self.skipped(document).is_some())
    }

    fn skipped(&self, document: &DocumentRow) -> Option<Skipped> {
        match document.language.as_deref() {
            Some(language) if language != "vi" => Some(Skipped::Language),
            _ if self.extract.on_topic_only && document.topic.is_none() => Some(Skipped::Topic),
            _ => None,
        }
    }
}
