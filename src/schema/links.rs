//! Columns of the tables with which resolution joins, compares and decides.

use arrow::datatypes::{DataType, Field};

use super::columns::{column, document_id, end, int, opt_date, opt_int, opt_text, quote, start, text};

pub(super) fn meeting_neighbors() -> Vec<Field> {
    vec![
        document_id(),
        int("index", "Number of the meeting within the document."),
        opt_text("cluster", "Its cluster, on the earlier day."),
        opt_int("size", "Reports of that cluster."),
        text("other_document_id", "The other document."),
        int("other_index", "Number of the meeting within the other document."),
        opt_text("other_cluster", "Its cluster, on the later day."),
        opt_int("other_size", "Reports of that cluster."),
        score(),
    ]
}

pub(super) fn meeting_moves() -> Vec<Field> {
    vec![
        text("cluster", "The cluster that becomes part of another."),
        text("into", "The other."),
    ]
}

pub(super) fn given_ids() -> Vec<Field> {
    vec![
        document_id(),
        start(),
        text(
            "given_id",
            "The id of the meeting or person that the document told of there.",
        ),
        int("given_in_run", "Number of the run that gave the id."),
        opt_text("block", "The block of the meeting that has the id; null for persons."),
    ]
}

pub(super) fn official_blocks() -> Vec<Field> {
    vec![
        text("official_key", "The block."),
        text("into", "The block that it becomes part of."),
    ]
}

pub(super) fn observation_evidence() -> Vec<Field> {
    vec![
        text("series", "Figures that can contradict each other share it."),
        text("observation_id", "The observation; refers to indicators."),
        document_id(),
        text("original_id", "The document, or the earliest one with the same text."),
        opt_date("published_at", "As in documents."),
        text("indicator", "Code in the indicator registry."),
        opt_text("area_id", "Area that the figure is about."),
        opt_date("period_start", "First day of the period."),
        opt_date("period_end", "Last day of the period."),
        column("value", DataType::Float64, false, "The figure."),
        text("unit", "Unit of the figure."),
        start(),
        end(),
        quote(),
    ]
}

pub(super) fn conflicts() -> Vec<Field> {
    vec![
        text("conflict_id", "Id of the contradiction; its sides share it."),
        text("field", "meeting.date, meeting.chairs or indicator.value."),
        opt_text(
            "meeting_id",
            "The meeting, for its date and chairs; refers to meetings.",
        ),
        opt_text("indicator", "Code in the indicator registry, for a value."),
        opt_text("area_id", "Area that the value is about."),
        opt_date("period_start", "First day that the value is about."),
        opt_date("period_end", "Last day that the value is about."),
        text("value", "What this document tells."),
        column(
            "is_chosen",
            DataType::Boolean,
            false,
            "True for the side that the tables follow.",
        ),
        text("chosen_by", "The rule by which a side was chosen."),
        int(
            "n_sources",
            "Different texts that tell this value: reprints count once.",
        ),
        document_id(),
        start(),
        end(),
        quote(),
    ]
}

pub(super) fn decisions() -> Vec<Field> {
    vec![
        text("action", "same, different, rename or drop."),
        text("kind", "meeting, official, document or observation."),
        text(
            "id",
            "What it is about: an id, or an id and a document (`m-1f…@d-07…`) for what that document tells.",
        ),
        opt_text("other", "The other of the two, for same and different."),
        opt_text("value", "The name, for rename."),
        text("reason", "Why."),
        text("author", "Who decided."),
        text("source", "File of decisions."),
        column(
            "source_record",
            DataType::Int64,
            false,
            "Row of the file, counted from 1 without the header.",
        ),
        column(
            "applied",
            DataType::Boolean,
            false,
            "False where the tables hold nothing with that id.",
        ),
    ]
}

fn score() -> Field {
    column(
        "score",
        DataType::Float64,
        false,
        "How much speaks for one meeting, 0 to 1.",
    )
}
