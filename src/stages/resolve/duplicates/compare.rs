//! The stage that decides: whether two documents have one text.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray, StructArray};
use arrow::datatypes::{Int32Type, UInt32Type};

use super::sketch::Sketch;
use super::{column, no_column, text_column};
use crate::config::DuplicatesConfig;
use crate::schema::Table;
use crate::schema::rows::TextLinkRow;
use crate::stage::{Partitioning, Stage, StageError, StageOutput, table_of};
use crate::stages::resolve::decisions::{Decisions, Kind, Side};

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
    fn decided(&self, document_id: &str, other_id: &str, a: &Text, b: &Text) -> Option<f64> {
        let side = |document_id| Side {
            id: Some(document_id),
            document_id,
        };
        if !self.decisions.is_empty() {
            let root = |id| self.decisions.root(Kind::Document, id);
            if root(document_id) == root(other_id) {
                return Some(a.shingles.overlap(&b.shingles).containment());
            }
            if self.decisions.apart(Kind::Document, side(document_id), side(other_id)) {
                return None;
            }
        }
        self.overlap(a, b)
    }

    /// Share (0 to 1) of the shorter text that the other has too, where both are one text.
    fn overlap(&self, a: &Text, b: &Text) -> Option<f64> {
        if a.content_hash == b.content_hash {
            return Some(1.0);
        }
        let shingles = a.shingles.overlap(&b.shingles);
        // One figure or name may have been corrected.
        let agree = |a: Sketch, b: Sketch| {
            let details = a.overlap(&b);
            details.smaller < 2 || details.containment() >= self.min_details
        };
        let is_one = shingles.common > 0
            && shingles.containment() >= self.min_overlap
            && shingles.similarity() >= self.min_similarity
            && agree(a.figures, b.figures)
            && agree(a.names, b.names);
        is_one.then(|| shingles.containment())
    }
}

/// What is kept of one text.
struct Text<'b> {
    content_hash: &'b str,
    published: Option<&'b str>,
    shingles: Sketch<'b>,
    figures: Sketch<'b>,
    names: Sketch<'b>,
}

/// A column of sketches, read in place: of the many pairs that are compared few have one text.
struct Texts<'b> {
    column: &'b StructArray,
    content_hash: &'b StringArray,
    published: &'b StringArray,
    shingles: Sets<'b>,
    figures: Sets<'b>,
    names: Sets<'b>,
}

impl<'b> Texts<'b> {
    fn of(stage: &dyn Stage, batch: &'b RecordBatch, name: &str) -> Result<Self, StageError> {
        let texts: &StructArray = column(stage, batch, name, |array| array.as_struct_opt())?;
        let field = |field: &str| {
            let array = texts.column_by_name(field);
            array.ok_or_else(|| no_column(stage, &format!("{name}.{field}")))
        };
        let text = |name| {
            let array = field(name)?.as_string_opt::<i32>();
            array.ok_or_else(|| no_column(stage, name))
        };
        let sets = |members, size| Sets::of(field(members)?, field(size)?).ok_or_else(|| no_column(stage, members));
        Ok(Texts {
            column: texts,
            content_hash: text("content_hash")?,
            published: text("published")?,
            shingles: sets("shingles", "n_shingles")?,
            figures: sets("figures", "n_figures")?,
            names: sets("names", "n_names")?,
        })
    }

    /// The text of a row, if there is one.
    fn at(&self, row: usize) -> Option<Text<'b>> {
        self.column.is_valid(row).then(|| Text {
            content_hash: self.content_hash.value(row),
            published: self.published.is_valid(row).then(|| self.published.value(row)),
            shingles: self.shingles.at(row),
            figures: self.figures.at(row),
            names: self.names.at(row),
        })
    }
}

/// A column of sets.
struct Sets<'b> {
    offsets: &'b [i32],
    members: &'b [u32],
    sizes: &'b [i32],
}

impl<'b> Sets<'b> {
    fn of(members: &'b ArrayRef, sizes: &'b ArrayRef) -> Option<Self> {
        let lists = members.as_list_opt::<i32>()?;
        Some(Sets {
            offsets: lists.value_offsets(),
            members: lists.values().as_primitive_opt::<UInt32Type>()?.values(),
            sizes: sizes.as_primitive_opt::<Int32Type>()?.values(),
        })
    }

    fn at(&self, row: usize) -> Sketch<'b> {
        Sketch {
            members: &self.members[self.offsets[row] as usize..self.offsets[row + 1] as usize],
            size: self.sizes[row] as usize,
        }
    }
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
        let ids = text_column(self, batch, "document_id")?;
        let others = text_column(self, batch, "other_id")?;
        let texts = Texts::of(self, batch, "sketch")?;
        let other_texts = Texts::of(self, batch, "other_sketch")?;
        let link = |row: usize| {
            let (text, other) = (texts.at(row)?, other_texts.at(row)?);
            let overlap = self.decided(ids.value(row), others.value(row), &text, &other)?;
            Some(TextLinkRow {
                document_id: ids.value(row).to_owned(),
                other_id: others.value(row).to_owned(),
                published: text.published.map(str::to_owned),
                other_published: other.published.map(str::to_owned),
                overlap,
            })
        };
        let links: Vec<TextLinkRow> = (0..batch.num_rows()).filter_map(link).collect();
        let links = table_of(self.name(), Table::TextLinks, &links)?;
        // A pair that is no link has been weighed too.
        Ok(StageOutput::kept(batch.num_rows(), vec![links]))
    }
}
