//! Rows of the tables that flow between the stages of resolution and are not written.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Evidence, IndicatorFact, MeetingFact, PositionFact};

/// What is kept of a text to compare it with others: the smallest hashes of each set, and how large the set is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextSketch {
    pub content_hash: String,
    /// As precisely as known; none where the day is unknown.
    pub published: Option<String>,
    pub shingles: Vec<u32>,
    pub n_shingles: i32,
    pub figures: Vec<u32>,
    pub n_figures: i32,
    pub names: Vec<u32>,
    pub n_names: i32,
}

/// The sketch of one document's text ([`Table::TextSketches`](crate::schema::Table::TextSketches)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextSketchRow {
    pub document_id: String,
    pub sketch: TextSketch,
}

/// One band of one document's text ([`Table::TextBands`](crate::schema::Table::TextBands)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextBandRow {
    pub band: u64,
    pub witness: u64,
    pub document_id: String,
}

/// Two documents that share a band ([`Table::TextPairs`](crate::schema::Table::TextPairs)), the smaller id first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextPairRow {
    pub document_id: String,
    pub other_id: String,
}

/// Two documents to compare ([`Table::TextComparisons`](crate::schema::Table::TextComparisons)); the sketches are filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextComparisonRow {
    pub document_id: String,
    pub other_id: String,
    pub sketch: Option<TextSketch>,
    pub other_sketch: Option<TextSketch>,
}

/// Two documents with one text ([`Table::TextLinks`](crate::schema::Table::TextLinks)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextLinkRow {
    pub document_id: String,
    pub other_id: String,
    pub published: Option<String>,
    pub other_published: Option<String>,
    pub overlap: f64,
}

/// A document whose text an earlier one has ([`Table::Duplicates`](crate::schema::Table::Duplicates)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DuplicateRow {
    pub document_id: String,
    pub duplicate_of: String,
    pub overlap: f64,
}

/// One meeting of one document with what hangs on it ([`Table::MeetingCandidates`](crate::schema::Table::MeetingCandidates)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingCandidateRow {
    pub document_id: String,
    pub index: i32,
    /// Reports of one meeting share it, once they are matched.
    pub cluster: Option<String>,
    pub link: MeetingLink,
    /// The document, or the earliest one with the same text.
    pub original_id: String,
    pub published_at: Option<NaiveDate>,
    pub area_id: Option<String>,
    pub meeting: MeetingFact,
    pub participations: Vec<ParticipationFact>,
    /// Parts of persons named only by their post.
    pub posts: Vec<PostPartFact>,
    pub indicators: Vec<IndicatorFact>,
}

/// Why a report is in its cluster.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingLink {
    /// How well the report fits the others, 0 to 1, and what speaks for it.
    pub score: Option<f64>,
    pub reasons: Vec<String>,
    /// Id of the meeting in the tables of an earlier run, and the number of the run that gave it.
    pub given_id: Option<String>,
    pub given_in_run: Option<i32>,
}

/// What a report on a meeting is compared by ([`Table::MeetingProfiles`](crate::schema::Table::MeetingProfiles)). Words,
/// persons, places and figures are hashes, in order, each once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingProfileRow {
    pub block: String,
    pub document_id: String,
    pub index: i32,
    /// Where the document tells of it, as `start` of the table `meeting_reports`; -1 for a copy.
    pub start: i32,
    /// The row is a copy, to be compared with the reports of the day after.
    pub is_visitor: bool,
    /// As in [`MeetingLink`].
    pub given_id: Option<String>,
    pub given_in_run: Option<i32>,
    pub published_at: Option<NaiveDate>,
    pub area_id: Option<String>,
    pub kind: String,
    pub session_number: Option<i32>,
    pub level: Option<String>,
    pub date: Option<NaiveDate>,
    pub date_edtf: Option<String>,
    pub part_of_day: Option<String>,
    pub format: Option<String>,
    /// Folded, abbreviations spelled out; empty where it is unknown.
    pub host: String,
    /// Content words of the name.
    pub words: Vec<u64>,
    /// Those that tell what it was about.
    pub topic: Vec<u64>,
    /// Pairs of neighbouring content words of the name.
    pub word_pairs: Vec<u64>,
    /// Numbers in the name, years among them.
    pub numbers: Vec<u64>,
    /// Provinces in the name.
    pub areas: Vec<u64>,
    pub people: Vec<u64>,
    pub chairs: Vec<u64>,
    pub places: Vec<u64>,
    pub figures: Vec<u64>,
}

/// Which reports tell of one meeting ([`Table::MeetingClusters`](crate::schema::Table::MeetingClusters)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingClusterRow {
    pub document_id: String,
    pub index: i32,
    pub cluster: String,
    pub cluster_size: i32,
    pub link: MeetingLink,
}

/// A person's part in the meeting of a candidate row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParticipationFact {
    pub official_key: String,
    pub person_key: String,
    pub role: String,
    pub evidence: Evidence,
}

/// The part that the holder of a post takes in the meeting of a candidate row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PostPartFact {
    pub post_key: String,
    pub label: String,
    pub title: String,
    pub organization: Option<String>,
    pub area_id: Option<String>,
    pub role: String,
    pub evidence: Evidence,
}

/// Two reports of neighbouring days that may tell of one meeting
/// ([`Table::MeetingNeighbors`](crate::schema::Table::MeetingNeighbors)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingNeighborRow {
    pub document_id: String,
    pub index: i32,
    pub cluster: Option<String>,
    pub size: Option<i32>,
    pub other_document_id: String,
    pub other_index: i32,
    pub other_cluster: Option<String>,
    pub other_size: Option<i32>,
    pub score: f64,
    /// The two are one whatever the score: an id given before stands in both.
    pub is_certain: bool,
}

/// A cluster that becomes part of another ([`Table::MeetingMoves`](crate::schema::Table::MeetingMoves)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingMoveRow {
    pub cluster: String,
    pub into: String,
}

/// An id of the tables that an earlier run wrote ([`Table::GivenMeetings`](crate::schema::Table::GivenMeetings),
/// [`Table::GivenOfficials`](crate::schema::Table::GivenOfficials)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GivenIdRow {
    pub document_id: String,
    pub start: i32,
    pub given_id: String,
    pub given_in_run: i32,
}

/// A block of names that is read together with another ([`Table::OfficialBlocks`](crate::schema::Table::OfficialBlocks)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OfficialBlockRow {
    pub official_key: String,
    pub into: String,
}

/// A figure that can be held against others of its indicator, area and period
/// ([`Table::ObservationEvidence`](crate::schema::Table::ObservationEvidence)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObservationEvidenceRow {
    pub series: String,
    pub observation_id: String,
    pub document_id: String,
    pub original_id: String,
    pub published_at: Option<NaiveDate>,
    pub indicator: String,
    pub area_id: Option<String>,
    pub period_start: Option<NaiveDate>,
    pub period_end: Option<NaiveDate>,
    pub value: f64,
    pub unit: String,
    pub start: i32,
    pub end: i32,
    pub quote: String,
}

/// What one document says of one person ([`Table::OfficialEvidence`](crate::schema::Table::OfficialEvidence)): a mention with
/// posts, or, with `meeting_id` and `role`, a part in a meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OfficialEvidenceRow {
    /// Blocking key: equal for all spellings of one name.
    pub official_key: String,
    /// The folded full name; in one document it stands for one person.
    pub person_key: String,
    pub document_id: String,
    /// Where the mention starts; -1 for a part in a meeting.
    pub start: i32,
    pub published_at: Option<NaiveDate>,
    /// Province of the publishing portal, which places posts like `Phó Chủ tịch UBND tỉnh`.
    pub area_id: Option<String>,
    /// The person's id in the tables of an earlier run, and the number of the run that gave it.
    pub given_id: Option<String>,
    pub given_in_run: Option<i32>,
    pub meeting_id: Option<String>,
    pub role: Option<String>,
    pub name: String,
    pub other_names: Vec<String>,
    pub honorific: Option<String>,
    pub positions: Vec<PositionFact>,
    pub evidence: Evidence,
}

/// What is known of a post ([`Table::PostEvidence`](crate::schema::Table::PostEvidence)): who held it, with `official_id` and
/// the days between which they were seen in it, or, with `document_id`, a mention that names nobody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PostEvidenceRow {
    pub post_key: String,
    pub official_id: Option<String>,
    pub first_seen: Option<NaiveDate>,
    pub last_seen: Option<NaiveDate>,
    /// Documents that show the holder in it.
    pub n_documents: Option<i32>,
    pub document_id: Option<String>,
    /// Day of the meeting or of publication.
    pub day: Option<NaiveDate>,
    pub meeting_id: Option<String>,
    pub role: Option<String>,
    pub label: String,
    pub title: String,
    pub organization: Option<String>,
    pub area_id: Option<String>,
    pub evidence: Evidence,
}
