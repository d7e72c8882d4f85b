//! From documents to facts: meetings, officials, indicators, citations.
//!
//! A text is analysed once (tokens, lexicon hits, sentences, dates); then people, meetings and roles are found in this
//! order, each from what the ones before found. Rules stand one to a file under the module of their fact.

pub mod citations;
pub mod context;
mod document;
pub mod indicators;
pub mod meetings;
pub mod people;
mod places;
pub mod roles;
mod rule;
mod trace;

use std::cell::RefCell;
use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch};
use arrow::error::ArrowError;
use chrono::NaiveDate;
use serde::Deserialize;

pub use document::extract;
pub use rule::{Rule, rules};
pub use trace::{RuleAttempt, SentenceTrace, trace};

use crate::config::ExtractConfig;
use crate::lexicon::{Lexicon, areas};
use crate::schema::Table;
use crate::schema::rows::ExtractionRow;
use crate::stage::{Partitioning, Provenance, Stage, StageError, StageOutput, map_each, rows_of};
use crate::text::analysis::Scratch;

/// The stage: one row of documents to one row of extractions.
///
/// A document that is not in Vietnamese, or is off topic where the pipeline asks for topic, gives a row without facts.
pub struct Extract {
    config: ExtractConfig,
    lexicon: Arc<Lexicon>,
}

impl Extract {
    /// A stage that looks for what `config` asks for, with the words of `lexicon`.
    pub fn new(config: &ExtractConfig, lexicon: Arc<Lexicon>) -> Self {
        Extract {
            config: config.clone(),
            lexicon,
        }
    }

    fn facts(&self, document: &Document, scratch: &mut Scratch) -> ExtractionRow {
        let foreign = document
            .row
            .language
            .as_deref()
            .is_some_and(|language| language != "vi");
        if foreign || self.config.on_topic_only && document.row.topic.is_none() {
            return ExtractionRow::default();
        }
        let publisher = document.row.area_id.as_deref().and_then(areas::by_id);
        let mut row = extract(
            document.text,
            document.row.published_at,
            publisher,
            &self.lexicon,
            scratch,
        );
        let least = self.config.min_confidence;
        row.meetings.retain(|fact| fact.evidence.confidence >= least);
        row.officials.retain(|fact| fact.evidence.confidence >= least);
        row.indicators.retain(|fact| fact.evidence.confidence >= least);
        row.citations.retain(|fact| fact.evidence.confidence >= least);
        row.posts_mentioned.retain(|fact| fact.evidence.confidence >= least);
        row
    }
}

impl Stage for Extract {
    fn name(&self) -> &'static str {
        "extract"
    }

    fn input(&self) -> Table {
        Table::Documents
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::Extractions]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let scratch = RefCell::new(Scratch::default());
        let documents = Document::of_batch(self, batch)?;
        map_each(self, Table::Extractions, documents, |document: Document| {
            let facts = self.facts(&document, &mut scratch.borrow_mut());
            let row = document.row;
            Ok(ExtractionRow {
                document_id: row.document_id,
                content_hash: row.content_hash,
                site: row.site,
                published_at: row.published_at,
                area_id: row.area_id.filter(|id| id != areas::COUNTRY_ID),
                ..facts
            })
        })
    }
}

/// What extraction reads of a document.
struct Document<'b> {
    row: InputRow,
    /// Stays in the batch: copying it would cost as much as finding its dates.
    text: &'b str,
}

/// The columns that extraction reads, without the text.
#[derive(Deserialize)]
struct InputRow {
    document_id: String,
    source_path: String,
    source_record: Option<i64>,
    site: Option<String>,
    published_at: Option<NaiveDate>,
    area_id: Option<String>,
    language: Option<String>,
    content_hash: String,
    topic: Option<String>,
}

impl Document<'_> {
    const COLUMNS: [&'static str; 9] = [
        "document_id",
        "source_path",
        "source_record",
        "site",
        "published_at",
        "area_id",
        "language",
        "content_hash",
        "topic",
    ];

    /// The documents of a batch of [`Table::Documents`].
    fn of_batch<'b>(stage: &dyn Stage, batch: &'b RecordBatch) -> Result<Vec<Document<'b>>, StageError> {
        let arrow_error = |source| StageError::Arrow {
            stage: stage.name(),
            source,
        };
        let schema = batch.schema_ref();
        let columns = Document::COLUMNS.iter().map(|name| schema.index_of(name));
        let columns = columns.collect::<Result<Vec<_>, _>>().map_err(arrow_error)?;
        let rows = batch.project(&columns).map_err(arrow_error)?;
        let rows = rows_of::<InputRow>(stage, &rows)?;
        let texts = batch
            .column_by_name("text")
            .and_then(|column| column.as_string_opt::<i32>())
            .ok_or_else(|| arrow_error(ArrowError::SchemaError("no column `text` of strings".to_owned())))?;
        let documents = rows.into_iter().enumerate().map(|(index, row)| Document {
            row,
            text: texts.value(index),
        });
        Ok(documents.collect())
    }
}

impl Provenance for Document<'_> {
    fn provenance(&self) -> (String, Option<i64>, Option<String>) {
        (
            self.row.source_path.clone(),
            self.row.source_record,
            Some(self.row.document_id.clone()),
        )
    }
}
