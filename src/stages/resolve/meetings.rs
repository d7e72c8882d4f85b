//! One meeting across documents: reports of one day are compared pairwise and joined.

use std::collections::BTreeMap;

use arrow::array::RecordBatch;
use chrono::Datelike;
use rustc_hash::FxHashSet;

use super::similarity::{Profile, link_score};
use super::{ids, kept, reports, schema_error};
use crate::config::ResolveConfig;
use crate::schema::rows::{IndicatorRow, MeetingCandidateRow, MeetingReportRow, MeetingRow, OfficialEvidenceRow};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Stage, StageError, StageOutput};
use crate::text::fold::fold;

/// Joins the reports of one meeting. A block is a month and day; within it, reports whose evidence reaches
/// `min_link_score` are one meeting, and so is whatever they link to.
pub struct Meetings {
    min_link_score: f64,
}

impl Meetings {
    /// Joins by the evidence that `config` asks for.
    pub fn new(config: &ResolveConfig) -> Self {
        Meetings {
            min_link_score: config.min_link_score,
        }
    }
}

const OUTPUTS: [Table; 4] = [
    Table::MeetingReports,
    Table::Meetings,
    Table::OfficialEvidence,
    Table::Indicators,
];

impl Stage for Meetings {
    fn name(&self) -> &'static str {
        "resolve.meetings"
    }

    fn input(&self) -> Table {
        Table::MeetingCandidates
    }

    fn outputs(&self) -> &'static [Table] {
        &OUTPUTS
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("block")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut rows: Vec<MeetingCandidateRow> =
            from_batch(batch).map_err(schema_error(self, Table::MeetingCandidates))?;
        rows.sort_by(|a, b| (&a.block, &a.document_id, a.index).cmp(&(&b.block, &b.document_id, b.index)));
        let count = rows.len();
        let mut joined = Joined::default();
        for block in rows.chunk_by(|a, b| a.block == b.block) {
            for cluster in self.clusters(block) {
                joined.add(&cluster);
            }
        }
        let tables = vec![
            (OUTPUTS[0], to_batch(OUTPUTS[0], &joined.reports)),
            (OUTPUTS[1], to_batch(OUTPUTS[1], &joined.meetings)),
            (OUTPUTS[2], to_batch(OUTPUTS[2], &joined.parts)),
            (OUTPUTS[3], to_batch(OUTPUTS[3], &joined.indicators)),
        ];
        kept(self, count, tables)
    }
}

impl Meetings {
    /// The clusters of a block, each in the order of its rows.
    fn clusters<'r>(&self, block: &'r [MeetingCandidateRow]) -> Vec<Vec<&'r MeetingCandidateRow>> {
        let profiles: Vec<Profile> = block.iter().map(Profile::new).collect();
        let score = |a: usize, b: usize| link_score(&profiles[a], &profiles[b]);
        let mut links = Vec::new();
        for later in 1..block.len() {
            for earlier in 0..later {
                let score = score(earlier, later);
                if score >= self.min_link_score {
                    links.push((score, earlier, later));
                }
            }
        }
        // The surest links first, so that a doubtful one meets clusters that it must fit.
        links.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut clusters: Vec<Vec<usize>> = (0..block.len()).map(|row| vec![row]).collect();
        let mut cluster_of: Vec<usize> = (0..block.len()).collect();
        for (_, a, b) in links {
            let (keep, drop) = (cluster_of[a].min(cluster_of[b]), cluster_of[a].max(cluster_of[b]));
            if keep == drop || !fit(block, &clusters[keep], &clusters[drop]) {
                continue;
            }
            let pairs = clusters[keep].len() * clusters[drop].len();
            let across = clusters[keep]
                .iter()
                .flat_map(|&a| clusters[drop].iter().map(move |&b| (a, b)));
            let mean = across.map(|(a, b)| score(a, b)).sum::<f64>() / pairs as f64;
            if mean >= self.min_link_score * MIN_MEAN_SHARE {
                let moved = std::mem::take(&mut clusters[drop]);
                for &row in &moved {
                    cluster_of[row] = keep;
                }
                clusters[keep].extend(moved);
            }
        }
        let rows = |mut cluster: Vec<usize>| {
            cluster.sort_unstable();
            cluster.into_iter().map(|row| &block[row]).collect()
        };
        clusters
            .into_iter()
            .filter(|cluster| !cluster.is_empty())
            .map(rows)
            .collect()
    }
}

/// Share of `min_link_score` that two clusters must reach on average over all their pairs to become one: a chain of
/// links is not enough.
const MIN_MEAN_SHARE: f64 = 0.7;

/// Two clusters can be one: no document stands in both, and they do not know different years.
fn fit(block: &[MeetingCandidateRow], a: &[usize], b: &[usize]) -> bool {
    let documents: FxHashSet<&str> = a.iter().map(|&row| block[row].document_id.as_str()).collect();
    let year = |cluster: &[usize]| {
        let date = cluster.iter().find_map(|&row| block[row].meeting.date);
        date.map(|date| date.year())
    };
    b.iter()
        .all(|&row| !documents.contains(block[row].document_id.as_str()))
        && year(a).zip(year(b)).is_none_or(|(a, b)| a == b)
}

/// Rows gathered from clusters.
#[derive(Default)]
struct Joined {
    reports: Vec<MeetingReportRow>,
    meetings: Vec<MeetingRow>,
    parts: Vec<OfficialEvidenceRow>,
    indicators: Vec<IndicatorRow>,
}

impl Joined {
    fn add(&mut self, cluster: &[&MeetingCandidateRow]) {
        let Some(first) = cluster.first() else { return };
        let meeting_id = ids::id("m", &[&first.document_id, &first.index.to_string()]);
        for row in cluster {
            self.reports.push(report(&meeting_id, row));
            self.parts
                .extend(row.participations.iter().map(|part| OfficialEvidenceRow {
                    official_key: part.official_key.clone(),
                    document_id: row.document_id.clone(),
                    published_at: row.published_at,
                    meeting_id: Some(meeting_id.clone()),
                    role: Some(part.role.clone()),
                    evidence: part.evidence.clone(),
                    ..Default::default()
                }));
            let rows = row
                .indicators
                .iter()
                .map(|fact| reports::indicator(&row.document_id, Some(&meeting_id), fact));
            self.indicators.extend(rows);
        }
        self.meetings.push(meeting(meeting_id, cluster));
    }
}

fn report(meeting_id: &str, row: &MeetingCandidateRow) -> MeetingReportRow {
    let meeting = row.meeting.clone();
    MeetingReportRow {
        document_id: row.document_id.clone(),
        meeting_id: meeting_id.to_owned(),
        name: meeting.name,
        kind: meeting.kind,
        session_number: meeting.session_number,
        date: meeting.date,
        date_edtf: meeting.date_edtf,
        date_basis: meeting.date_basis,
        part_of_day: meeting.part_of_day,
        format: meeting.format,
        host: meeting.host,
        chairs: meeting.chairs,
        places: meeting.places,
        is_primary: meeting.is_primary,
        start: meeting.evidence.start,
        end: meeting.evidence.end,
        quote: meeting.evidence.quote,
        rule: meeting.evidence.rule,
        confidence: meeting.evidence.confidence,
    }
}

/// The meeting that the reports of a cluster tell of: the fullest name, the date with a year, what most reports say of
/// the rest, the chairs and places of all.
fn meeting(meeting_id: String, cluster: &[&MeetingCandidateRow]) -> MeetingRow {
    let facts = || cluster.iter().map(|row| &row.meeting);
    let fullest = facts().max_by_key(|fact| {
        (
            fact.is_primary,
            fact.name.chars().count(),
            std::cmp::Reverse(&fact.name),
        )
    });
    let dated = facts()
        .find(|fact| fact.date.is_some())
        .or_else(|| facts().find(|fact| fact.date_edtf.is_some()));
    let sources: FxHashSet<&str> = reporting(cluster).map(|row| row.content_hash.as_str()).collect();
    let published = || cluster.iter().filter_map(|row| row.published_at);
    MeetingRow {
        meeting_id,
        name: fullest.map(|fact| fact.name.clone()).unwrap_or_default(),
        kind: fullest.map(|fact| fact.kind.clone()).unwrap_or_default(),
        session_number: facts().find_map(|fact| fact.session_number),
        level: most(facts().filter_map(|fact| fact.level.as_ref())),
        date: dated.and_then(|fact| fact.date),
        date_edtf: dated.and_then(|fact| fact.date_edtf.clone()),
        part_of_day: most(facts().filter_map(|fact| fact.part_of_day.as_ref())),
        format: most(facts().filter_map(|fact| fact.format.as_ref())),
        host: most(facts().filter_map(|fact| fact.host.as_ref())),
        chairs: union(facts().flat_map(|fact| &fact.chairs)),
        places: union(facts().flat_map(|fact| &fact.places)),
        n_documents: reporting(cluster).count() as i32,
        n_sources: sources.len() as i32,
        first_published: published().min(),
        last_published: published().max(),
    }
}

fn reporting<'r>(cluster: &'r [&MeetingCandidateRow]) -> impl Iterator<Item = &'r MeetingCandidateRow> {
    cluster.iter().copied().filter(|row| row.meeting.is_primary)
}

/// The value that occurs most often; of equally frequent ones the first in order.
fn most<'v>(values: impl Iterator<Item = &'v String>) -> Option<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|&(value, count)| (count, std::cmp::Reverse(value)))
        .map(|(value, _)| value.clone())
}

/// Every value once, in the order of first occurrence, spellings folded.
fn union<'v>(values: impl Iterator<Item = &'v String>) -> Vec<String> {
    let mut seen = FxHashSet::default();
    values.filter(|value| seen.insert(fold(value))).cloned().collect()
}
