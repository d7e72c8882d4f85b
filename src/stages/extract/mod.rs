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
pub mod roles;
mod rule;
mod trace;

use std::cell::RefCell;
use std::sync::Arc;

use arrow::array::RecordBatch;

pub use document::extract;
pub use rule::{Rule, rules};
pub use trace::{RuleAttempt, SentenceTrace, trace};

use crate::config::ExtractConfig;
use crate::lexicon::Lexicon;
use crate::schema::Table;
use crate::schema::rows::{DocumentRow, ExtractionRow};
use crate::stage::{Partitioning, Provenance, Stage, StageError, StageOutput, map_rows};
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

    fn facts(&self, document: &DocumentRow, scratch: &mut Scratch) -> ExtractionRow {
        let foreign = document.language.as_deref().is_some_and(|language| language != "vi");
        if foreign || self.config.on_topic_only && document.topic.is_none() {
            return ExtractionRow::default();
        }
        let mut row = extract(&document.text, document.published_at, &self.lexicon, scratch);
        let least = self.config.min_confidence;
        row.meetings.retain(|fact| fact.evidence.confidence >= least);
        row.officials.retain(|fact| fact.evidence.confidence >= least);
        row.indicators.retain(|fact| fact.evidence.confidence >= least);
        row.citations.retain(|fact| fact.evidence.confidence >= least);
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
        map_rows(self, Table::Extractions, batch, |document: DocumentRow| {
            let facts = self.facts(&document, &mut scratch.borrow_mut());
            Ok(ExtractionRow {
                document_id: document.document_id,
                content_hash: document.content_hash,
                site: document.site,
                published_at: document.published_at,
                area_id: document.area_id,
                ..facts
            })
        })
    }
}

impl Provenance for DocumentRow {
    fn provenance(&self) -> (String, Option<i64>, Option<String>) {
        (
            self.source_path.clone(),
            self.source_record,
            Some(self.document_id.clone()),
        )
    }
}
