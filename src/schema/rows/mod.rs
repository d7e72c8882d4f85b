//! Rust structs that (de)serialize to the tables' schemas; field names are column names.
//!
//! `start`/`end` count Unicode code points in `documents.text`, half open. Dates are days; EDTF text (ISO 8601-2)
//! stands beside them where the day may be partly unknown.

mod between;

pub use between::*;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One document as found in the source ([`Table::RawDocuments`](crate::schema::Table::RawDocuments)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawDocumentRow {
    pub document_id: String,
    pub source_path: String,
    /// 1-based record number within the source; none for single-document files.
    pub source_record: Option<i64>,
    /// The record's own id, where the source gives one.
    pub record_id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    /// Plain text; exactly one of `text` and `html` is given.
    pub text: Option<String>,
    pub html: Option<String>,
    pub published_at: Option<String>,
    pub site: Option<String>,
}

/// One cleaned document ([`Table::Documents`](crate::schema::Table::Documents)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentRow {
    pub document_id: String,
    pub source_path: String,
    pub source_record: Option<i64>,
    pub url: Option<String>,
    pub site: Option<String>,
    /// The publisher as the page names itself ("Cổng thông tin điện tử tỉnh Lạng Sơn", "BNP").
    pub source_name: Option<String>,
    pub title: Option<String>,
    pub authors: Vec<String>,
    /// Where the page says it was taken from: a URL or a name.
    pub reprinted_from: Option<String>,
    pub published_at: Option<NaiveDate>,
    pub published_edtf: Option<String>,
    pub published_basis: Option<String>,
    pub area_id: Option<String>,
    pub language: Option<String>,
    pub programmes: Vec<ProgrammeRow>,
    pub text: String,
    pub n_chars: i32,
    pub content_hash: String,
    pub topic: Option<String>,
    pub topic_score: f64,
    pub duplicate_of: Option<String>,
    pub duplicate_overlap: Option<f64>,
}

/// A multi-year programme that a document is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeRow {
    pub name: String,
    pub start: i32,
    pub end: i32,
}

/// Everything found in one document ([`Table::Extractions`](crate::schema::Table::Extractions)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExtractionRow {
    pub document_id: String,
    pub content_hash: String,
    pub site: Option<String>,
    pub published_at: Option<NaiveDate>,
    pub area_id: Option<String>,
    pub meetings: Vec<MeetingFact>,
    pub officials: Vec<OfficialFact>,
    pub indicators: Vec<IndicatorFact>,
    pub citations: Vec<CitationFact>,
    pub posts_mentioned: Vec<PostFact>,
}

/// Where a fact stands in `documents.text`, which rule found it and how sure that rule is (0 to 1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub start: i32,
    pub end: i32,
    pub quote: String,
    pub rule: String,
    pub confidence: f64,
}

/// One gathering as one document tells of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingFact {
    pub name: String,
    pub kind: String,
    pub session_number: Option<i32>,
    pub level: Option<String>,
    pub date: Option<NaiveDate>,
    pub date_edtf: Option<String>,
    pub date_basis: Option<String>,
    pub part_of_day: Option<String>,
    pub format: Option<String>,
    pub host: Option<String>,
    pub chairs: Vec<String>,
    pub places: Vec<String>,
    pub place_area_ids: Vec<Option<String>>,
    pub is_primary: bool,
    pub evidence: Evidence,
}

/// One person with a post, as one document names them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OfficialFact {
    pub name: String,
    pub other_names: Vec<String>,
    pub honorific: Option<String>,
    pub positions: Vec<PositionFact>,
    pub roles: Vec<RoleFact>,
    pub evidence: Evidence,
}

/// One post of a person; `label` is verbatim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PositionFact {
    pub label: String,
    pub title: String,
    pub organization: Option<String>,
    pub area_id: Option<String>,
    pub status: String,
}

/// A person's part in `meetings[meeting]` of the same extraction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RoleFact {
    pub meeting: i32,
    pub role: String,
    pub evidence: Evidence,
}

/// A post that stands for its holder, whom the document does not name; `label` is verbatim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PostFact {
    pub label: String,
    pub title: String,
    pub organization: Option<String>,
    pub area_id: Option<String>,
    pub roles: Vec<RoleFact>,
    pub evidence: Evidence,
}

/// One reported figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IndicatorFact {
    /// Index into the extraction's meetings, where the figure was reported at one.
    pub meeting: Option<i32>,
    pub indicator: Option<String>,
    pub pillar: Option<String>,
    pub label: String,
    pub value: f64,
    pub value_max: Option<f64>,
    pub denominator: Option<f64>,
    pub unit: String,
    pub unit_kind: String,
    pub qualifier: Option<String>,
    pub direction: Option<String>,
    pub is_target: bool,
    pub period: Option<String>,
    pub period_start: Option<NaiveDate>,
    pub period_end: Option<NaiveDate>,
    pub place: Option<String>,
    pub area_id: Option<String>,
    pub evidence: Evidence,
}

/// One legal or policy document cited.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CitationFact {
    pub kind: String,
    pub number: Option<String>,
    pub name: Option<String>,
    pub issuer: Option<String>,
    pub date_edtf: Option<String>,
    pub evidence: Evidence,
}

/// One side of a contradiction ([`Table::Conflicts`](crate::schema::Table::Conflicts)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConflictRow {
    pub conflict_id: String,
    pub field: String,
    pub meeting_id: Option<String>,
    pub indicator: Option<String>,
    pub area_id: Option<String>,
    pub period_start: Option<NaiveDate>,
    pub period_end: Option<NaiveDate>,
    pub value: String,
    pub is_chosen: bool,
    pub chosen_by: String,
    pub n_sources: i32,
    pub document_id: String,
    pub start: i32,
    pub end: i32,
    pub quote: String,
}

/// One real gathering ([`Table::Meetings`](crate::schema::Table::Meetings)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingRow {
    pub meeting_id: String,
    pub name: String,
    pub kind: String,
    pub session_number: Option<i32>,
    pub level: Option<String>,
    pub date: Option<NaiveDate>,
    pub date_edtf: Option<String>,
    /// Why this date, where reports give others.
    pub date_chosen_by: Option<String>,
    pub part_of_day: Option<String>,
    pub format: Option<String>,
    pub host: Option<String>,
    pub chairs: Vec<String>,
    pub places: Vec<String>,
    pub place_area_ids: Vec<Option<String>>,
    pub n_documents: i32,
    pub n_sources: i32,
    pub first_published: Option<NaiveDate>,
    pub last_published: Option<NaiveDate>,
    /// Number of the run that gave the id.
    pub since_run: i32,
    /// What an analyst decided of it.
    pub decision: Option<String>,
}

/// What one document says of one meeting ([`Table::MeetingReports`](crate::schema::Table::MeetingReports)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingReportRow {
    pub document_id: String,
    pub meeting_id: String,
    pub name: String,
    pub kind: String,
    pub session_number: Option<i32>,
    pub date: Option<NaiveDate>,
    pub date_edtf: Option<String>,
    pub date_basis: Option<String>,
    pub part_of_day: Option<String>,
    pub format: Option<String>,
    pub host: Option<String>,
    pub chairs: Vec<String>,
    pub places: Vec<String>,
    pub place_area_ids: Vec<Option<String>>,
    pub is_primary: bool,
    pub link_score: Option<f64>,
    pub link_reasons: Vec<String>,
    pub start: i32,
    pub end: i32,
    pub quote: String,
    pub rule: String,
    pub confidence: f64,
}

/// One person across documents ([`Table::Officials`](crate::schema::Table::Officials)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OfficialRow {
    pub official_id: String,
    pub name: String,
    pub other_names: Vec<String>,
    pub honorific: Option<String>,
    pub n_documents: i32,
    pub n_meetings: i32,
    pub first_seen: Option<NaiveDate>,
    pub last_seen: Option<NaiveDate>,
    /// Number of the run that gave the id.
    pub since_run: i32,
    /// What an analyst decided of the person.
    pub decision: Option<String>,
}

/// One person in one document ([`Table::OfficialMentions`](crate::schema::Table::OfficialMentions)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OfficialMentionRow {
    pub document_id: String,
    pub official_id: String,
    pub name: String,
    pub positions: Vec<String>,
    pub start: i32,
    pub end: i32,
    pub quote: String,
    pub rule: String,
    pub confidence: f64,
}

/// One post of one person ([`Table::Positions`](crate::schema::Table::Positions)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PositionRow {
    pub official_id: String,
    pub label: String,
    pub title: String,
    pub organization: Option<String>,
    pub level: Option<String>,
    pub area_id: Option<String>,
    pub status: String,
    pub first_seen: Option<NaiveDate>,
    pub last_seen: Option<NaiveDate>,
    pub n_documents: i32,
}

/// One mention of a post that names nobody ([`Table::PostMentions`](crate::schema::Table::PostMentions)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PostMentionRow {
    pub document_id: String,
    pub label: String,
    pub title: String,
    pub organization: Option<String>,
    pub area_id: Option<String>,
    pub role: Option<String>,
    pub meeting_id: Option<String>,
    pub official_id: Option<String>,
    pub inferred: bool,
    pub basis: String,
    pub start: i32,
    pub end: i32,
    pub quote: String,
    pub rule: String,
    pub confidence: f64,
}

/// One person's part in one meeting ([`Table::Participations`](crate::schema::Table::Participations)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParticipationRow {
    pub document_id: String,
    pub meeting_id: String,
    pub official_id: String,
    pub role: String,
    pub start: i32,
    pub end: i32,
    pub quote: String,
    pub rule: String,
    pub confidence: f64,
}

/// One reported figure ([`Table::Indicators`](crate::schema::Table::Indicators)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IndicatorRow {
    pub observation_id: String,
    pub document_id: String,
    pub meeting_id: Option<String>,
    pub indicator: Option<String>,
    pub pillar: Option<String>,
    pub label: String,
    pub value: f64,
    pub value_max: Option<f64>,
    pub denominator: Option<f64>,
    pub unit: String,
    pub unit_kind: String,
    pub qualifier: Option<String>,
    pub direction: Option<String>,
    pub is_target: bool,
    pub period: Option<String>,
    pub period_start: Option<NaiveDate>,
    pub period_end: Option<NaiveDate>,
    pub place: Option<String>,
    pub area_id: Option<String>,
    pub start: i32,
    pub end: i32,
    pub quote: String,
    pub rule: String,
    pub confidence: f64,
}

/// One cited document ([`Table::Citations`](crate::schema::Table::Citations)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CitationRow {
    pub document_id: String,
    pub kind: String,
    pub number: Option<String>,
    pub name: Option<String>,
    pub issuer: Option<String>,
    pub date_edtf: Option<String>,
    pub start: i32,
    pub end: i32,
    pub quote: String,
    pub rule: String,
    pub confidence: f64,
}

/// An id that is no longer used, with the one that stands for it ([`Table::IdAliases`](crate::schema::Table::IdAliases)).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IdAliasRow {
    pub alias_id: String,
    pub id: String,
    /// official or meeting.
    pub kind: String,
    /// merged or decision.
    pub reason: String,
}

/// A decision of an analyst and what came of it ([`Table::Decisions`](crate::schema::Table::Decisions)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecisionRow {
    pub action: String,
    pub kind: String,
    pub id: String,
    pub other: Option<String>,
    pub value: Option<String>,
    pub reason: String,
    pub author: String,
    pub source: String,
    pub source_record: i64,
    pub applied: bool,
}

/// One indicator of the registry ([`Table::IndicatorDefinitions`](crate::schema::Table::IndicatorDefinitions)).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorDefinitionRow {
    pub indicator: String,
    pub name_vi: String,
    pub name_en: String,
    pub pillar: Option<String>,
    pub unit_kinds: Vec<String>,
    pub better: String,
}

/// One area during one period of validity ([`Table::Areas`](crate::schema::Table::Areas)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AreaRow {
    pub area_id: String,
    pub code: Option<String>,
    pub name: String,
    pub kind: String,
    pub level: String,
    pub parent_id: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub successor_ids: Vec<String>,
    pub other_names: Vec<String>,
    pub legal_basis: Option<String>,
}

/// Something that could not be processed, and why ([`Table::Rejects`](crate::schema::Table::Rejects)).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RejectRow {
    pub source_path: String,
    pub source_record: Option<i64>,
    pub document_id: Option<String>,
    pub stage: String,
    pub code: String,
    pub message: String,
}
