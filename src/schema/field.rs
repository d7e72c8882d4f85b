//! How columns are declared: name, type and the description that users read.

use std::collections::HashMap;

use arrow::datatypes::{DataType, Field, FieldRef, Fields};

use super::DESCRIPTION;

pub(super) const PLACE_AREAS: &str =
    "Area of each of places, in their order, as of the day of the meeting; null where it is not certain.";
pub(super) const LEVEL: &str = "national, ministry, province, district, commune or party.";
pub(super) const TITLE: &str = "Title with abbreviations expanded, without the organisation.";
pub(super) const OFFICIAL_KEY: &str = "Blocking key: given name and first letter of the family name, without marks.";
pub(super) const PERSON_KEY: &str = "Folded full name: one person within a document.";
pub(super) const POST_KEY: &str = "Title, organisation and area, folded: equal for all ways to write the post.";
pub(super) const PART_OF_DAY: &str = "morning, noon, afternoon or evening.";
pub(super) const FORMAT: &str = "online, in_person or hybrid.";
pub(super) const HONORIFIC: &str = "ông, bà, đồng chí or an academic or military rank, as in the text.";
pub(super) const ORGANIZATION: &str = "Organisation in which the post is held, abbreviations expanded.";
pub(super) const STATUS: &str = "current, former or acting.";
pub(super) const ROLE: &str = "chair, speaker, attendee, awarder or awardee.";

pub(super) fn document_id() -> Field {
    text("document_id", "The document; refers to documents.")
}

pub(super) fn source_path() -> Field {
    text("source_path", "Path of the source file.")
}

pub(super) fn source_record() -> Field {
    column(
        "source_record",
        DataType::Int64,
        true,
        "1-based number of the record within the file; null for single-document files.",
    )
}

pub(super) fn start() -> Field {
    int("start", "First code point of quote in documents.text.")
}

pub(super) fn end() -> Field {
    int("end", "Code point after the last of quote in documents.text.")
}

pub(super) fn quote() -> Field {
    text("quote", "The words themselves: documents.text[start:end].")
}

pub(super) fn evidence() -> Vec<Field> {
    vec![
        start(),
        end(),
        quote(),
        text("rule", "Id of the rule that found it; see parc-etl rules."),
        column(
            "confidence",
            DataType::Float64,
            false,
            "Share of such rows that proved right on annotated pages, 0 to 1.",
        ),
    ]
}

pub(super) fn evidence_struct() -> Field {
    Field::new("evidence", DataType::Struct(Fields::from(evidence())), false)
}

/// The columns of a published table as struct fields: without ids, with the evidence columns as one struct.
pub(super) fn nested(columns: Vec<Field>, without: &[&str], with: Vec<Field>) -> Vec<Field> {
    let evidence_names: Vec<String> = evidence().iter().map(|field| field.name().clone()).collect();
    let kept = columns
        .into_iter()
        .filter(|field| !without.contains(&field.name().as_str()) && !evidence_names.contains(field.name()));
    with.into_iter().chain(kept).chain([evidence_struct()]).collect()
}

pub(super) fn column(name: &str, data_type: DataType, nullable: bool, description: &str) -> Field {
    Field::new(name, data_type, nullable)
        .with_metadata(HashMap::from([(DESCRIPTION.to_owned(), description.to_owned())]))
}

pub(super) fn text(name: &str, description: &str) -> Field {
    column(name, DataType::Utf8, false, description)
}

pub(super) fn opt_text(name: &str, description: &str) -> Field {
    column(name, DataType::Utf8, true, description)
}

pub(super) fn int(name: &str, description: &str) -> Field {
    column(name, DataType::Int32, false, description)
}

pub(super) fn opt_int(name: &str, description: &str) -> Field {
    column(name, DataType::Int32, true, description)
}

pub(super) fn opt_float(name: &str, description: &str) -> Field {
    column(name, DataType::Float64, true, description)
}

pub(super) fn opt_date(name: &str, description: &str) -> Field {
    column(name, DataType::Date32, true, description)
}

/// A list of values that are all there.
pub(super) fn list(name: &str, item: DataType, description: &str) -> Field {
    let item = FieldRef::new(Field::new("item", item, false));
    column(name, DataType::List(item), false, description)
}

pub(super) fn text_list(name: &str, description: &str) -> Field {
    column(
        name,
        DataType::List(FieldRef::new(Field::new("item", DataType::Utf8, true))),
        false,
        description,
    )
}

pub(super) fn struct_list(name: &str, description: &str, fields: Vec<Field>) -> Field {
    let item = Field::new("item", DataType::Struct(Fields::from(fields)), false);
    column(name, DataType::List(FieldRef::new(item)), false, description)
}
