//! The stage that decides: whether two documents have one text.

use std::sync::Arc;

use arrow::array::RecordBatch;

use super::sketch::{Overlap, Sketch};
use crate::config::DuplicatesConfig;
use crate::schema::rows::{TextComparisonRow, TextLinkRow, TextSketch};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Stage, StageError, StageOutput};
use crate::stages::resolve::decisions::{Decisions, Kind, Side};
use crate::stages::resolve::{kept, schema_error};

/// Links the pairs that have one text.
pub struct Compare {
    min_overlap: f64,
    min_similarity: f64,
    min_details: f64,
    decisions: Arc<Decisions>,
}

impl Compare {
    /// Asks for as much as `config` does, unless it was decided.
    pub fn new(config: &DuplicatesConfig, decisions: Arc<Decisions>) -> Self {
        Compare {
            min_overlap: config.min_overlap,
            min_similarity: config.min_similarity,
            min_details: config.min_details,
            decisions,
        }
    }

    /// As [`Compare::overlap`], where nothing was decided of the two documents.
    fn decided(&self, document_id: &str, other_id: &str, a: &TextSketch, b: &TextSketch) -> Option<f64> {
        let side = |document_id| Side {
            id: Some(document_id),
            document_id,
        };
        let root = |id| self.decisions.root(Kind::Document, id);
        if root(document_id) == root(other_id) {
            let shingles = common(a, b, |sketch| (&sketch.shingles, sketch.n_shingles));
            return Some(shingles.containment());
        }
        if self.decisions.apart(Kind::Document, side(document_id), side(other_id)) {
            return None;
        }
        self.overlap(a, b)
    }

    /// Share (0 to 1) of the shorter text that the other has too, where both are one text.
    fn overlap(&self, a: &TextSketch, b: &TextSketch) -> Option<f64> {
        if a.content_hash == b.content_hash {
            return Some(1.0);
        }
        let shingles = common(a, b, |sketch| (&sketch.shingles, sketch.n_shingles));
        let figures = common(a, b, |sketch| (&sketch.figures, sketch.n_figures));
        let names = common(a, b, |sketch| (&sketch.names, sketch.n_names));
        // One figure or name may have been corrected.
        let agree = |details: Overlap| details.smaller < 2 || details.containment() >= self.min_details;
        let is_one = shingles.common > 0
            && shingles.containment() >= self.min_overlap
            && shingles.similarity() >= self.min_similarity
            && agree(figures)
            && agree(names);
        is_one.then(|| shingles.containment())
    }
}

fn common(a: &TextSketch, b: &TextSketch, set: impl Fn(&TextSketch) -> (&Vec<u32>, i32)) -> Overlap {
    let [a, b] = [a, b].map(|sketch| {
        let (members, size) = set(sketch);
        Sketch {
            members,
            size: size as usize,
        }
    });
    a.overlap(&b)
}

impl Stage for Compare {
    fn name(&self) -> &'static str {
        "resolve.compare"
    }

    fn input(&self) -> Table {
        Table::TextComparisons
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::TextLinks]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let rows: Vec<TextComparisonRow> = from_batch(batch).map_err(schema_error(self, Table::TextComparisons))?;
        let links: Vec<TextLinkRow> = rows
            .into_iter()
            .filter_map(|row| {
                let (sketch, other) = (row.sketch?, row.other_sketch?);
                let overlap = self.decided(&row.document_id, &row.other_id, &sketch, &other)?;
                Some(TextLinkRow {
                    document_id: row.document_id,
                    other_id: row.other_id,
                    published: sketch.published,
                    other_published: other.published,
                    overlap,
                })
            })
            .collect();
        let links = to_batch(Table::TextLinks, &links);
        // A pair that is no link has been weighed too.
        kept(self, batch.num_rows(), vec![(Table::TextLinks, links)])
    }
}
