//! One text in many documents: equal, or edited for a reprint.
//!
//! ```text
//! documents ─Shingles→ text_sketches, text_bands
//!                      text_bands ─Near (by band)→ text_pairs ─Distinct (by document)→ text_comparisons
//! text_sketches ─fill→ text_comparisons ─Compare→ text_links ─Duplicates (all)→ duplicates ─fill→ documents, …
//! ```
//!
//! The text goes no further than [`Shingles`]. A pair is compared only where MinHash bands bring two documents together,
//! each document with a bounded number of others per band, so that time and memory grow with the number of documents.
//! Comparing asks for more than similar text: offices tell their meetings and reports in the same words every time, and
//! figures and names tell one from the other.

mod compare;
mod features;
mod groups;
mod minhash;
mod near;
mod shingles;
mod sketch;
#[cfg(test)]
mod tests;

pub use compare::Compare;
pub use groups::Duplicates;
pub use near::{Distinct, Near};
pub use shingles::Shingles;

use arrow::array::{Array, AsArray, RecordBatch, StringArray};
use arrow::error::ArrowError;

use crate::fill::Fill;
use crate::schema::Table;
use crate::stage::{Stage, StageError};

/// The sketch of a pair's first document.
pub const SKETCH: Fill = Fill {
    table: Table::TextComparisons,
    key: &["document_id"],
    from: Table::TextSketches,
    from_key: &["document_id"],
    columns: &[("sketch", "sketch")],
};

/// The sketch of a pair's second document.
pub const OTHER_SKETCH: Fill = Fill {
    key: &["other_id"],
    columns: &[("other_sketch", "sketch")],
    ..SKETCH
};

/// The original of a document, and how much of its text it has from others.
pub const DUPLICATE_OF: Fill = Fill {
    table: Table::Documents,
    key: &["document_id"],
    from: Table::Duplicates,
    from_key: &["document_id"],
    columns: &[("duplicate_of", "duplicate_of"), ("duplicate_overlap", "overlap")],
};

/// The originals of the documents that report on a meeting or tell a figure, by which sources are counted.
pub const ORIGINALS: [Fill; 2] = [original(Table::MeetingCandidates), original(Table::ObservationEvidence)];

const fn original(table: Table) -> Fill {
    Fill {
        table,
        columns: &[("original_id", "duplicate_of")],
        ..DUPLICATE_OF
    }
}

/// A column of texts, read in place.
fn text_column<'b>(stage: &dyn Stage, batch: &'b RecordBatch, name: &str) -> Result<&'b StringArray, StageError> {
    column(stage, batch, name, |array| array.as_string_opt())
}

/// A column of a certain type, read in place.
fn column<'b, A: ?Sized>(
    stage: &dyn Stage,
    batch: &'b RecordBatch,
    name: &str,
    typed: impl Fn(&'b dyn Array) -> Option<&'b A>,
) -> Result<&'b A, StageError> {
    let array = batch.column_by_name(name);
    array
        .and_then(|array| typed(array))
        .ok_or_else(|| no_column(stage, name))
}

fn no_column(stage: &dyn Stage, name: &str) -> StageError {
    arrow_error(stage)(ArrowError::SchemaError(format!("no column {name} of the right type")))
}

fn arrow_error(stage: &dyn Stage) -> impl FnOnce(ArrowError) -> StageError {
    let stage = stage.name();
    move |source| StageError::Arrow { stage, source }
}
