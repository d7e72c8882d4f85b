//! Clusters of reports made into meetings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::array::RecordBatch;
use rustc_hash::{FxHashMap, FxHashSet};

use super::chosen;
use super::profile::{Profile, profile_row};
use super::score::link;
use crate::schema::Table;
use crate::schema::rows::{
    ConflictRow, IdAliasRow, IndicatorRow, MeetingCandidateRow, MeetingFact, MeetingReportRow, MeetingRow,
    OfficialEvidenceRow, PostEvidenceRow, RejectRow,
};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, rows_of, table_of};
use crate::stages::resolve::decisions::{Decisions, Kind};
use crate::stages::resolve::{ids, posts, reports};
use crate::text::fold::fold;

/// Makes one meeting of each cluster, under the oldest id that an earlier run gave one of its reports.
pub struct Join {
    decisions: Arc<Decisions>,
    run: i32,
}

impl Join {
    /// `run` is the number of this run, which new ids get.
    pub fn new(decisions: Arc<Decisions>, run: i32) -> Self {
        Join { decisions, run }
    }
}

/// A report that was not compared within its block is compared with so many others.
const MOST_COMPARED: usize = 16;

const OUTPUTS: [Table; 7] = [
    Table::MeetingReports,
    Table::Meetings,
    Table::OfficialEvidence,
    Table::Indicators,
    Table::Conflicts,
    Table::IdAliases,
    Table::PostEvidence,
];

impl Stage for Join {
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
        Partitioning::Keyed("cluster")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut rows: Vec<MeetingCandidateRow> = rows_of(self, batch)?;
        let key = |row: &MeetingCandidateRow| (row.cluster.clone(), row.document_id.clone(), row.index);
        rows.sort_by_cached_key(key);
        let mut joined = Joined {
            run: self.run,
            decisions: Arc::clone(&self.decisions),
            ..Joined::default()
        };
        for cluster in rows.chunk_by(|a, b| a.cluster == b.cluster) {
            joined.add(cluster);
        }
        let tables = vec![
            table_of(self.name(), OUTPUTS[0], &joined.reports)?,
            table_of(self.name(), OUTPUTS[1], &joined.meetings)?,
            table_of(self.name(), OUTPUTS[2], &joined.parts)?,
            table_of(self.name(), OUTPUTS[3], &joined.indicators)?,
            table_of(self.name(), OUTPUTS[4], &joined.conflicts)?,
            table_of(self.name(), OUTPUTS[5], &joined.aliases)?,
            table_of(self.name(), OUTPUTS[6], &joined.posts)?,
        ];
        Ok(StageOutput {
            kept: rows.len() - joined.rejects.len(),
            rejects: joined.rejects,
            tables,
            merged: 0,
        })
    }
}

/// Rows gathered from clusters.
#[derive(Default)]
struct Joined {
    run: i32,
    decisions: Arc<Decisions>,
    rejects: Vec<RejectRow>,
    reports: Vec<MeetingReportRow>,
    meetings: Vec<MeetingRow>,
    parts: Vec<OfficialEvidenceRow>,
    indicators: Vec<IndicatorRow>,
    conflicts: Vec<ConflictRow>,
    aliases: Vec<IdAliasRow>,
    posts: Vec<PostEvidenceRow>,
}

impl Joined {
    /// Leaves out what an analyst decided is no report on the meeting; figures are kept without it.
    fn drop(&mut self, meeting_id: &str, row: &MeetingCandidateRow) {
        let decision = self.decisions.drops(Kind::Meeting, meeting_id, Some(&row.document_id));
        self.rejects
            .extend(decision.map(|decision| decision.reject("resolve.meetings", &row.document_id)));
        self.add_indicators(row, None);
    }

    fn add_indicators(&mut self, row: &MeetingCandidateRow, meeting_id: Option<&str>) {
        let rows = row
            .indicators
            .iter()
            .map(|fact| reports::indicator_row(&row.document_id, meeting_id, fact));
        self.indicators.extend(rows);
    }

    fn add(&mut self, cluster: &[MeetingCandidateRow]) {
        let given: Vec<ids::Given> = cluster
            .iter()
            .filter_map(|row| ids::Given::of(row.link.given_id.as_ref(), row.link.given_in_run))
            .collect();
        let minted = || cluster.first().and_then(|row| row.cluster.clone()).unwrap_or_default();
        let chosen = ids::choose(Kind::Meeting, &given, &self.decisions, minted);
        let meeting_id = chosen.id;
        self.aliases.extend(chosen.aliases);
        let (cluster, dropped): (Vec<_>, Vec<_>) = cluster.iter().partition(|row| {
            let document = Some(row.document_id.as_str());
            self.decisions.drops(Kind::Meeting, &meeting_id, document).is_none()
        });
        for row in dropped {
            self.drop(&meeting_id, row);
        }
        let decision = self.decisions.remark(Kind::Meeting, &meeting_id);
        for row in &cluster {
            let mut report = report(&meeting_id, row);
            if report.link_score.is_none() {
                (report.link_score, report.link_reasons) = link_to_others(row, &cluster);
                if report.link_score.is_none() && cluster.len() > 1 && decision.is_some() {
                    report.link_reasons.push("decision".to_owned());
                }
            }
            self.reports.push(report);
            self.parts
                .extend(row.participations.iter().map(|part| OfficialEvidenceRow {
                    official_key: part.official_key.clone(),
                    person_key: part.person_key.clone(),
                    document_id: row.document_id.clone(),
                    start: -1,
                    published_at: row.published_at,
                    meeting_id: Some(meeting_id.clone()),
                    role: Some(part.role.clone()),
                    evidence: part.evidence.clone(),
                    ..Default::default()
                }));
            self.posts.extend(posts::parts_in(row, &meeting_id));
            self.add_indicators(row, Some(&meeting_id));
        }
        if cluster.is_empty() {
            return;
        }
        let cluster = cluster.as_slice();
        let mut row = meeting(meeting_id, cluster);
        if let Some(name) = self.decisions.name(Kind::Meeting, &row.meeting_id) {
            name.clone_into(&mut row.name);
        }
        row.decision = decision;
        row.since_run = chosen.since.unwrap_or(self.run);
        let date = chosen::date(cluster);
        row.date_chosen_by = date.is_disputed().then(|| date.rule.to_owned());
        (row.date, row.date_edtf) = (date.date, date.edtf.clone());
        self.conflicts
            .extend(chosen::conflicts(&row.meeting_id, cluster, &date));
        self.meetings.push(row);
    }
}

/// The best link of a report that came from a neighbouring day or by a decision.
fn link_to_others(row: &MeetingCandidateRow, cluster: &[&MeetingCandidateRow]) -> (Option<f64>, Vec<String>) {
    let profile = |row: &MeetingCandidateRow| profile_row(row, String::new());
    let own = profile(row);
    let others = cluster
        .iter()
        .filter(|other| other.document_id != row.document_id)
        .take(MOST_COMPARED);
    let best = others
        .filter_map(|other| link(&Profile::new(&own), &Profile::new(&profile(other))))
        .max_by(|a, b| a.score.total_cmp(&b.score));
    match best {
        Some(link) => (Some(link.score), link.reasons()),
        None => (None, Vec::new()),
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
        place_area_ids: meeting.place_area_ids,
        is_primary: meeting.is_primary,
        link_score: row.link.score,
        link_reasons: row.link.reasons.clone(),
        start: meeting.evidence.start,
        end: meeting.evidence.end,
        quote: meeting.evidence.quote,
        rule: meeting.evidence.rule,
        confidence: meeting.evidence.confidence,
    }
}

/// The meeting that the reports of a cluster tell of: the fullest name, what most reports say of
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
    let sources: FxHashSet<&str> = reporting(cluster).map(|row| row.original_id.as_str()).collect();
    let (places, place_area_ids) = sites(facts());
    let published = || cluster.iter().filter_map(|row| row.published_at);
    MeetingRow {
        meeting_id,
        name: fullest.map(|fact| fact.name.clone()).unwrap_or_default(),
        kind: fullest.map(|fact| fact.kind.clone()).unwrap_or_default(),
        session_number: facts().find_map(|fact| fact.session_number),
        level: most(facts().filter_map(|fact| fact.level.as_ref())),
        part_of_day: most(facts().filter_map(|fact| fact.part_of_day.as_ref())),
        format: most(facts().filter_map(|fact| fact.format.as_ref())),
        host: most(facts().filter_map(|fact| fact.host.as_ref())),
        chairs: union(facts().flat_map(|fact| &fact.chairs)),
        places,
        place_area_ids,
        n_documents: reporting(cluster).count() as i32,
        n_sources: sources.len() as i32,
        first_published: published().min(),
        last_published: published().max(),
        ..MeetingRow::default()
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

/// The places of all reports, each once, and their areas; none where reports know different ones.
fn sites<'f>(facts: impl Iterator<Item = &'f MeetingFact>) -> (Vec<String>, Vec<Option<String>>) {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let (mut places, mut areas): (Vec<String>, Vec<BTreeSet<&String>>) = Default::default();
    for (place, area) in facts.flat_map(|fact| fact.places.iter().zip(&fact.place_area_ids)) {
        let index = *known.entry(fold(place)).or_insert(places.len());
        if index == places.len() {
            places.push(place.clone());
            areas.push(BTreeSet::new());
        }
        areas[index].extend(area);
    }
    let only = |areas: BTreeSet<&String>| match areas.len() {
        1 => areas.into_iter().next().cloned(),
        _ => None,
    };
    (places, areas.into_iter().map(only).collect())
}
