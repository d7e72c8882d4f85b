//! One person across documents: mentions whose names fold alike.

use std::collections::BTreeMap;

use arrow::array::RecordBatch;
use chrono::NaiveDate;
use rustc_hash::FxHashSet;

use super::{ids, kept, schema_error};
use crate::schema::rows::{
    OfficialEvidenceRow, OfficialMentionRow, OfficialRow, ParticipationRow, PositionFact, PositionRow,
};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Stage, StageError, StageOutput};
use crate::text::fold::fold;

/// Joins the mentions of one person and hands out their id.
pub struct Officials;

const OUTPUTS: [Table; 4] = [
    Table::Officials,
    Table::OfficialMentions,
    Table::Positions,
    Table::Participations,
];

impl Stage for Officials {
    fn name(&self) -> &'static str {
        "resolve.officials"
    }

    fn input(&self) -> Table {
        Table::OfficialEvidence
    }

    fn outputs(&self) -> &'static [Table] {
        &OUTPUTS
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("official_key")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut rows: Vec<OfficialEvidenceRow> =
            from_batch(batch).map_err(schema_error(self, Table::OfficialEvidence))?;
        let key = |row: &OfficialEvidenceRow| {
            (
                row.official_key.clone(),
                row.published_at.is_none(),
                row.published_at,
                row.document_id.clone(),
                row.meeting_id.clone(),
                row.role.clone(),
            )
        };
        rows.sort_by_cached_key(key);
        let count = rows.len();
        let mut joined = Joined::default();
        for person in rows.chunk_by(|a, b| a.official_key == b.official_key) {
            joined.add(person);
        }
        let tables = vec![
            (OUTPUTS[0], to_batch(OUTPUTS[0], &joined.officials)),
            (OUTPUTS[1], to_batch(OUTPUTS[1], &joined.mentions)),
            (OUTPUTS[2], to_batch(OUTPUTS[2], &joined.positions)),
            (OUTPUTS[3], to_batch(OUTPUTS[3], &joined.participations)),
        ];
        kept(self, count, tables)
    }
}

/// Rows gathered from persons.
#[derive(Default)]
struct Joined {
    officials: Vec<OfficialRow>,
    mentions: Vec<OfficialMentionRow>,
    positions: Vec<PositionRow>,
    participations: Vec<ParticipationRow>,
}

impl Joined {
    /// Adds one person's evidence, by day.
    fn add(&mut self, rows: &[OfficialEvidenceRow]) {
        let Some(first) = rows.first() else { return };
        let official_id = ids::id("p", &[&first.official_key]);
        let (parts, mentions): (Vec<&OfficialEvidenceRow>, Vec<_>) =
            rows.iter().partition(|row| row.meeting_id.is_some());
        let meetings: FxHashSet<&Option<String>> = parts.iter().map(|row| &row.meeting_id).collect();
        self.officials.push(official(&official_id, &mentions, meetings.len()));
        self.positions.extend(positions(&official_id, &mentions));
        self.mentions.extend(mentions.into_iter().map(|row| OfficialMentionRow {
            document_id: row.document_id.clone(),
            official_id: official_id.clone(),
            name: row.name.clone(),
            positions: row.positions.iter().map(|position| position.label.clone()).collect(),
            start: row.evidence.start,
            end: row.evidence.end,
            quote: row.evidence.quote.clone(),
            rule: row.evidence.rule.clone(),
            confidence: row.evidence.confidence,
        }));
        self.participations
            .extend(parts.into_iter().map(|row| ParticipationRow {
                document_id: row.document_id.clone(),
                meeting_id: row.meeting_id.clone().unwrap_or_default(),
                official_id: official_id.clone(),
                role: row.role.clone().unwrap_or_default(),
                start: row.evidence.start,
                end: row.evidence.end,
                quote: row.evidence.quote.clone(),
                rule: row.evidence.rule.clone(),
                confidence: row.evidence.confidence,
            }));
    }
}

fn official(official_id: &str, mentions: &[&OfficialEvidenceRow], n_meetings: usize) -> OfficialRow {
    let name = mentions.first().map(|row| row.name.clone()).unwrap_or_default();
    let spellings = mentions
        .iter()
        .flat_map(|row| row.other_names.iter().chain([&row.name]));
    let mut other_names: Vec<String> = spellings.filter(|other| **other != name).cloned().collect();
    other_names.sort();
    other_names.dedup();
    let days = || mentions.iter().filter_map(|row| row.published_at);
    OfficialRow {
        official_id: official_id.to_owned(),
        name,
        other_names,
        honorific: mentions.iter().find_map(|row| row.honorific.clone()),
        n_documents: mentions.len() as i32,
        n_meetings: n_meetings as i32,
        first_seen: days().min(),
        last_seen: days().max(),
        since_run: 1,
        decision: None,
    }
}

/// The posts of one person; those whose labels fold alike are one, written as in the first document.
fn positions(official_id: &str, mentions: &[&OfficialEvidenceRow]) -> Vec<PositionRow> {
    let mut posts: BTreeMap<String, (&PositionFact, Vec<Option<NaiveDate>>)> = BTreeMap::new();
    for row in mentions {
        for position in &row.positions {
            posts
                .entry(fold(&position.label))
                .or_insert_with(|| (position, Vec::new()))
                .1
                .push(row.published_at);
        }
    }
    let row = |(position, seen): (&PositionFact, Vec<Option<NaiveDate>>)| PositionRow {
        official_id: official_id.to_owned(),
        label: position.label.clone(),
        title: position.title.clone(),
        organization: position.organization.clone(),
        area_id: position.area_id.clone(),
        status: position.status.clone(),
        first_seen: seen.iter().flatten().min().copied(),
        last_seen: seen.iter().flatten().max().copied(),
        n_documents: seen.len() as i32,
    };
    posts.into_values().map(row).collect()
}
