//! Every table's Arrow schema, once.
//!
//! A [`Table`] is either part of the published contract ([`Table::PUBLISHED`]) or flows between two stages. Each
//! column carries its description as field metadata, so Parquet, `datapackage.json` and `parc-etl schema` all say
//! the same. [`rows`] holds the Rust structs that (de)serialize to these schemas.

mod columns;
mod duplicates;
mod field;
mod links;
pub mod rows;
#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

use arrow::array::{ArrayRef, AsArray, ListArray, RecordBatch, StructArray};
use arrow::datatypes::{DataType, FieldRef, Schema, SchemaRef};
use arrow::error::ArrowError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Metadata key under which a field carries its description.
pub const DESCRIPTION: &str = "description";

/// A table that flows between two stages or is written for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Bytes of whole source files: what ingest takes.
    Sources,
    /// One row per document as found in the source, before cleaning.
    RawDocuments,
    /// One row per document: text and metadata.
    Documents,
    /// One row per document: everything found in it, nested.
    Extractions,
    /// One row per document: samples of what its text is made of.
    TextSketches,
    /// One row per document and band: documents with one band may have one text.
    TextBands,
    /// Documents that share a band; a pair may be found several times.
    TextPairs,
    /// Pairs of documents with the sketches of both.
    TextComparisons,
    /// Documents with one text.
    TextLinks,
    /// Documents whose text an earlier document has.
    Duplicates,
    /// One row per document and meeting, with what hangs on the meeting.
    MeetingCandidates,
    /// What reports of one meeting are recognised by, also as copies for the day after.
    MeetingProfiles,
    /// Which reports tell of one meeting.
    MeetingClusters,
    /// Reports of neighbouring days that may tell of one meeting.
    MeetingNeighbors,
    /// Clusters of reports that become part of another.
    MeetingMoves,
    /// Ids of meetings in the tables that an earlier run wrote.
    GivenMeetings,
    /// Ids of persons in the tables that an earlier run wrote.
    GivenOfficials,
    /// Blocks of names that are read together with others.
    OfficialBlocks,
    /// One row per document and person, and one per document, person and meeting.
    OfficialEvidence,
    /// Figures that can be held against others.
    ObservationEvidence,
    /// Real gatherings, across documents.
    Meetings,
    /// What one document says of one meeting.
    MeetingReports,
    /// Persons, across documents.
    Officials,
    /// One row per document and person.
    OfficialMentions,
    /// Posts that a person holds or held.
    Positions,
    /// Who held a post, and mentions of it that name nobody.
    PostEvidence,
    /// Mentions of a post that name nobody, with who held it then.
    PostMentions,
    /// Who took part in which meeting, in which role.
    Participations,
    /// Reported figures.
    Indicators,
    /// What the codes of indicators stand for.
    IndicatorDefinitions,
    /// Legal and policy documents cited.
    Citations,
    /// Where documents contradict each other.
    Conflicts,
    /// Ids that are no longer used, and what stands for them.
    IdAliases,
    /// Decisions of the analyst.
    Decisions,
    /// Provinces and their validity.
    Areas,
    /// What could not be processed, and why.
    Rejects,
}

impl Table {
    /// The tables of the contract, in the order in which documentation lists them.
    pub const PUBLISHED: [Table; 16] = [
        Table::Documents,
        Table::Meetings,
        Table::MeetingReports,
        Table::Officials,
        Table::OfficialMentions,
        Table::Positions,
        Table::PostMentions,
        Table::Participations,
        Table::Indicators,
        Table::IndicatorDefinitions,
        Table::Citations,
        Table::Conflicts,
        Table::IdAliases,
        Table::Decisions,
        Table::Areas,
        Table::Rejects,
    ];

    /// The table's name: its file stem, its name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            Table::Sources => "sources",
            Table::RawDocuments => "raw_documents",
            Table::Documents => "documents",
            Table::Extractions => "extractions",
            Table::TextSketches => "text_sketches",
            Table::TextBands => "text_bands",
            Table::TextPairs => "text_pairs",
            Table::TextComparisons => "text_comparisons",
            Table::TextLinks => "text_links",
            Table::Duplicates => "duplicates",
            Table::MeetingCandidates => "meeting_candidates",
            Table::MeetingProfiles => "meeting_profiles",
            Table::MeetingClusters => "meeting_clusters",
            Table::MeetingNeighbors => "meeting_neighbors",
            Table::MeetingMoves => "meeting_moves",
            Table::GivenMeetings => "given_meetings",
            Table::GivenOfficials => "given_officials",
            Table::OfficialBlocks => "official_blocks",
            Table::OfficialEvidence => "official_evidence",
            Table::ObservationEvidence => "observation_evidence",
            Table::Meetings => "meetings",
            Table::MeetingReports => "meeting_reports",
            Table::Officials => "officials",
            Table::OfficialMentions => "official_mentions",
            Table::Positions => "positions",
            Table::PostEvidence => "post_evidence",
            Table::PostMentions => "post_mentions",
            Table::Participations => "participations",
            Table::Indicators => "indicators",
            Table::IndicatorDefinitions => "indicator_definitions",
            Table::Citations => "citations",
            Table::Conflicts => "conflicts",
            Table::IdAliases => "id_aliases",
            Table::Decisions => "decisions",
            Table::Areas => "areas",
            Table::Rejects => "rejects",
        }
    }

    /// The published table of that name.
    pub fn by_name(name: &str) -> Option<Table> {
        Table::PUBLISHED.into_iter().find(|table| table.name() == name)
    }

    /// One sentence on what a row is.
    pub fn description(self) -> &'static str {
        columns::description(self)
    }

    /// Columns by which the published table is sorted; together they are unique.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            Table::Sources => &["source_path"],
            Table::RawDocuments | Table::Documents | Table::Extractions | Table::TextSketches | Table::Duplicates => {
                &["document_id"]
            }
            Table::TextBands => &["band", "document_id"],
            Table::TextPairs | Table::TextComparisons | Table::TextLinks => &["document_id", "other_id"],
            Table::MeetingCandidates | Table::MeetingClusters => &["document_id", "index"],
            Table::MeetingProfiles => &["document_id", "index", "is_visitor"],
            Table::MeetingNeighbors => &["document_id", "index", "other_document_id", "other_index"],
            Table::MeetingMoves => &["cluster"],
            Table::GivenMeetings | Table::GivenOfficials => &["document_id", "start"],
            Table::OfficialBlocks => &["official_key"],
            Table::ObservationEvidence => &["series", "observation_id"],
            Table::OfficialEvidence => &["official_key", "document_id", "person_key", "meeting_id", "role"],
            Table::Meetings => &["meeting_id"],
            Table::MeetingReports => &["document_id", "start", "meeting_id"],
            Table::Officials => &["official_id"],
            Table::OfficialMentions => &["document_id", "official_id"],
            Table::Positions => &["official_id", "first_seen", "label", "area_id", "status"],
            Table::PostEvidence => &["post_key", "official_id", "document_id", "meeting_id", "role"],
            Table::PostMentions => &["document_id", "start", "meeting_id", "role"],
            Table::Participations => &["document_id", "meeting_id", "official_id", "role"],
            Table::Indicators => &["observation_id"],
            Table::IndicatorDefinitions => &["indicator"],
            Table::Citations => &["document_id", "start"],
            Table::Conflicts => &["conflict_id", "document_id", "start"],
            Table::IdAliases => &["alias_id"],
            Table::Decisions => &["source", "source_record"],
            Table::Areas => &["area_id"],
            Table::Rejects => &["source_path", "source_record", "stage", "code"],
        }
    }

    /// The table's Arrow schema.
    pub fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<Vec<SchemaRef>> = LazyLock::new(|| {
            (0..=Table::Rejects as usize)
                .map(|index| Arc::new(Schema::new(columns::fields(ALL[index]))))
                .collect()
        });
        SCHEMAS[self as usize].clone()
    }
}

/// In declaration order, so that `ALL[table as usize] == table`.
const ALL: [Table; 36] = [
    Table::Sources,
    Table::RawDocuments,
    Table::Documents,
    Table::Extractions,
    Table::TextSketches,
    Table::TextBands,
    Table::TextPairs,
    Table::TextComparisons,
    Table::TextLinks,
    Table::Duplicates,
    Table::MeetingCandidates,
    Table::MeetingProfiles,
    Table::MeetingClusters,
    Table::MeetingNeighbors,
    Table::MeetingMoves,
    Table::GivenMeetings,
    Table::GivenOfficials,
    Table::OfficialBlocks,
    Table::OfficialEvidence,
    Table::ObservationEvidence,
    Table::Meetings,
    Table::MeetingReports,
    Table::Officials,
    Table::OfficialMentions,
    Table::Positions,
    Table::PostEvidence,
    Table::PostMentions,
    Table::Participations,
    Table::Indicators,
    Table::IndicatorDefinitions,
    Table::Citations,
    Table::Conflicts,
    Table::IdAliases,
    Table::Decisions,
    Table::Areas,
    Table::Rejects,
];

/// Rust rows to a record batch of `table`.
///
/// # Errors
/// When the row type does not fit the table's schema, which a test in this module rules out for the types in [`rows`].
pub fn to_batch<T: Serialize>(table: Table, rows: &[T]) -> Result<RecordBatch, serde_arrow::Error> {
    let schema = table.schema();
    if rows.is_empty() {
        return Ok(RecordBatch::new_empty(schema));
    }
    let fields: Vec<FieldRef> = schema.fields().iter().cloned().collect();
    let batch = serde_arrow::to_record_batch(&fields, &rows)?;
    with_types_of(&schema, batch.columns()).map_err(serde::ser::Error::custom)
}

/// The columns with the very types of the schema, where types that are equal only after a comparison of all they describe
/// would make every step between stages slow.
fn with_types_of(schema: &SchemaRef, columns: &[ArrayRef]) -> Result<RecordBatch, ArrowError> {
    let columns = schema.fields().iter().zip(columns);
    let columns = columns.map(|(field, column)| with_type(column, field.data_type()));
    RecordBatch::try_new(Arc::clone(schema), columns.collect::<Result<_, _>>()?)
}

fn with_type(array: &ArrayRef, data_type: &DataType) -> Result<ArrayRef, ArrowError> {
    match data_type {
        DataType::Struct(fields) => {
            let (_, columns, nulls) = array.as_struct().clone().into_parts();
            let columns = fields.iter().zip(&columns);
            let columns = columns.map(|(field, column)| with_type(column, field.data_type()));
            let columns = columns.collect::<Result<_, _>>()?;
            let typed = StructArray::try_new(fields.clone(), columns, nulls)?;
            Ok(Arc::new(typed))
        }
        DataType::List(item) => {
            let (_, offsets, values, nulls) = array.as_list::<i32>().clone().into_parts();
            let values = with_type(&values, item.data_type())?;
            Ok(Arc::new(ListArray::try_new(Arc::clone(item), offsets, values, nulls)?))
        }
        _ => Ok(Arc::clone(array)),
    }
}

/// A record batch of any table back to Rust rows.
///
/// # Errors
/// When a column that `T` needs is missing or has another type.
pub fn from_batch<T: DeserializeOwned>(batch: &RecordBatch) -> Result<Vec<T>, serde_arrow::Error> {
    serde_arrow::from_record_batch(batch)
}
