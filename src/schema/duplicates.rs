//! The columns of the tables between the stages that find reprints.

use arrow::datatypes::{DataType, Field, Fields};

use super::field::*;

pub(super) fn text_sketches() -> Vec<Field> {
    vec![document_id(), sketch("sketch", false)]
}

pub(super) fn text_bands() -> Vec<Field> {
    vec![
        column("band", DataType::UInt64, false, "Hash of the minima of one band."),
        column(
            "witness",
            DataType::UInt64,
            false,
            "Last bytes of further minima: how alike two texts of a band are.",
        ),
        document_id(),
    ]
}

pub(super) fn text_pairs() -> Vec<Field> {
    vec![document_id(), other_id()]
}

pub(super) fn text_comparisons() -> Vec<Field> {
    vec![
        document_id(),
        other_id(),
        sketch("sketch", true),
        sketch("other_sketch", true),
    ]
}

pub(super) fn text_links() -> Vec<Field> {
    vec![
        document_id(),
        other_id(),
        opt_text(
            "published",
            "Time of publication of the document; null where the day is unknown.",
        ),
        opt_text("other_published", "Time of publication of the other document."),
        overlap(),
    ]
}

pub(super) fn duplicates() -> Vec<Field> {
    vec![
        document_id(),
        text("duplicate_of", "document_id of the earliest document with this text."),
        overlap(),
    ]
}

fn other_id() -> Field {
    text(
        "other_id",
        "document_id of another document, later in the order of ids.",
    )
}

fn overlap() -> Field {
    column(
        "overlap",
        DataType::Float64,
        false,
        "Share (0 to 1) of the shorter text that the other one has too.",
    )
}

/// A struct column with what is kept of a text.
fn sketch(name: &str, nullable: bool) -> Field {
    let hashes = |name: &str, description: &str| list(name, DataType::UInt32, description);
    let fields = Fields::from(vec![
        text("content_hash", "As in documents."),
        opt_text("published", "Time of publication; null where the day is unknown."),
        hashes("shingles", "Smallest hashes of runs of syllables."),
        int("n_shingles", "Number of different runs of syllables in the text."),
        hashes("figures", "Smallest hashes of figures."),
        int("n_figures", "Number of different figures in the text."),
        hashes("names", "Smallest hashes of names."),
        int("n_names", "Number of different names in the text."),
    ]);
    column(name, DataType::Struct(fields), nullable, "What is kept of the text.")
}
