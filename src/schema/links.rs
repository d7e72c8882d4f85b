//! Columns of the tables with which resolution joins, compares and decides.

use arrow::datatypes::{DataType, Field, Fields};

use super::columns::{extractions, post};
use super::field::*;

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
        column(
            "is_certain",
            DataType::Boolean,
            false,
            "The two are one whatever the score: an id given before stands in both.",
        ),
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

fn index() -> Field {
    int("index", "Number of the meeting within the document.")
}

fn given() -> [Field; 2] {
    [
        opt_text("given_id", "Id of the meeting in the tables of an earlier run."),
        opt_int("given_in_run", "Number of the run that gave it."),
    ]
}

/// A struct column with why a report is in its cluster.
fn link() -> Field {
    let mut fields = vec![
        opt_float("score", "How well it fits the others of its cluster, 0 to 1."),
        text_list("reasons", "What speaks for it."),
    ];
    fields.extend(given());
    let data_type = DataType::Struct(Fields::from(fields));
    column("link", data_type, false, "Why the report is in its cluster.")
}

pub(super) fn meeting_profiles() -> Vec<Field> {
    let hashes = |name: &str, description: &str| list(name, DataType::UInt64, description);
    let mut fields = vec![
        text(
            "block",
            "Reports of one meeting share it: month and day, or the document where the day is unknown.",
        ),
        document_id(),
        index(),
        start(),
        column(
            "is_visitor",
            DataType::Boolean,
            false,
            "A copy, to be compared with the reports of the day after.",
        ),
    ];
    fields.extend(given());
    fields.extend([
        opt_date("published_at", "As in documents."),
        opt_text("area_id", "As in documents."),
        text("kind", "As in meeting_reports."),
        opt_int("session_number", "As in meeting_reports."),
        opt_text("level", LEVEL),
        opt_date("date", "As in meeting_reports."),
        opt_text("date_edtf", "As in meeting_reports."),
        opt_text("part_of_day", PART_OF_DAY),
        opt_text("format", FORMAT),
        text(
            "host",
            "Who held it, folded and spelled out; empty where it is unknown.",
        ),
        hashes("words", "Content words of the name."),
        hashes("topic", "Those that tell what it was about."),
        hashes("word_pairs", "Pairs of neighbouring content words of the name."),
        hashes("numbers", "Numbers in the name."),
        hashes("areas", "Provinces in the name."),
        hashes("people", "Persons who take part."),
        hashes("chairs", "Persons who chair it."),
        hashes("places", "Where it takes place."),
        hashes("figures", "Figures told there."),
    ]);
    fields
}

pub(super) fn meeting_clusters() -> Vec<Field> {
    vec![
        document_id(),
        index(),
        text("cluster", "Reports of one meeting share it."),
        int("cluster_size", "How many reports do."),
        link(),
    ]
}

pub(super) fn meeting_candidates() -> Vec<Field> {
    let facts = extractions();
    let nested_list = |name: &str| facts.iter().find(|field| field.name() == name).cloned();
    let meeting = nested_list("meetings").and_then(|list| match list.data_type() {
        DataType::List(item) => Some(item.data_type().clone()),
        _ => None,
    });
    let mut fields = vec![
        document_id(),
        index(),
        opt_text("cluster", "Reports of one meeting share it, once they are matched."),
        link(),
        text(
            "original_id",
            "The document, or the earliest one with the same text: documents with one original are one source.",
        ),
        opt_date("published_at", "As in documents."),
        opt_text("area_id", "As in documents."),
    ];
    fields.extend(meeting.map(|data_type| Field::new("meeting", data_type, false)));
    fields.push(struct_list(
        "participations",
        "Persons' parts in the meeting.",
        vec![
            text("official_key", OFFICIAL_KEY),
            text("person_key", PERSON_KEY),
            text("role", ROLE),
            evidence_struct(),
        ],
    ));
    let part = vec![text("role", ROLE), evidence_struct()];
    fields.push(struct_list(
        "posts",
        "Parts in the meeting of persons whom the document names only by their post.",
        [vec![text("post_key", POST_KEY)], post(), part].concat(),
    ));
    fields.extend(nested_list("indicators"));
    fields
}

pub(super) fn official_evidence() -> Vec<Field> {
    let positions = extractions().into_iter().find_map(|field| match field.data_type() {
        DataType::List(item) if field.name() == "officials" => match item.data_type() {
            DataType::Struct(fields) => fields
                .find("positions")
                .map(|(_, positions)| positions.as_ref().clone()),
            _ => None,
        },
        _ => None,
    });
    let mut fields = vec![
        text("official_key", OFFICIAL_KEY),
        text("person_key", PERSON_KEY),
        document_id(),
        int("start", "First code point of the mention; -1 for a part in a meeting."),
        opt_date("published_at", "As in documents."),
        opt_text("area_id", "As in documents."),
        opt_text("given_id", "Id of the person in the tables of an earlier run."),
        opt_int("given_in_run", "Number of the run that gave it."),
        opt_text("meeting_id", "The meeting, for a part in one."),
        opt_text("role", ROLE),
        text("name", "Full name."),
        text_list("other_names", "Shorter forms used in the document."),
        opt_text("honorific", HONORIFIC),
    ];
    fields.extend(positions);
    fields.push(evidence_struct());
    fields
}

pub(super) fn post_evidence() -> Vec<Field> {
    let mut fields = vec![
        text("post_key", POST_KEY),
        opt_text("official_id", "Who held it, in rows of holders; refers to officials."),
        opt_date("first_seen", "First day on which the person is seen in the post."),
        opt_date("last_seen", "Last day on which the person is seen in the post."),
        opt_int("n_documents", "Documents that show the person in the post."),
        opt_text("document_id", "The document, in rows of mentions; refers to documents."),
        opt_date("day", "Day of the meeting or of publication."),
        opt_text("meeting_id", "The meeting, for a part in one."),
        opt_text("role", ROLE),
    ];
    fields.extend(post());
    fields.push(evidence_struct());
    fields
}
