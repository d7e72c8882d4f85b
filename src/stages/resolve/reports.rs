//! Extractions spread over rows: meetings with what hangs on them, persons, figures without a meeting, citations.

use arrow::array::RecordBatch;

use super::meetings::{block_of, profile_row, visitor};
use super::observations::series;
use super::officials::Name;
use super::{ids, posts};
use crate::schema::Table;
use crate::schema::rows::{
    CitationRow, ExtractionRow, IndicatorFact, IndicatorRow, MeetingCandidateRow, MeetingProfileRow,
    ObservationEvidenceRow, OfficialEvidenceRow, ParticipationFact, PostEvidenceRow, PostPartFact,
};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, rows_of, table_of};

/// Turns each extraction into rows of the tables that the keyed stages take.
pub struct Reports;

const OUTPUTS: [Table; 7] = [
    Table::MeetingCandidates,
    Table::MeetingProfiles,
    Table::OfficialEvidence,
    Table::Indicators,
    Table::Citations,
    Table::ObservationEvidence,
    Table::PostEvidence,
];

impl Stage for Reports {
    fn name(&self) -> &'static str {
        "resolve.reports"
    }

    fn input(&self) -> Table {
        Table::Extractions
    }

    fn outputs(&self) -> &'static [Table] {
        &OUTPUTS
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let rows: Vec<ExtractionRow> = rows_of(self, batch)?;
        let count = rows.len();
        let mut spread = Spread::default();
        for row in rows {
            spread.add(row);
        }
        let tables = vec![
            table_of(self.name(), OUTPUTS[0], &spread.meetings)?,
            table_of(self.name(), OUTPUTS[1], &spread.profiles)?,
            table_of(self.name(), OUTPUTS[2], &spread.officials)?,
            table_of(self.name(), OUTPUTS[3], &spread.indicators)?,
            table_of(self.name(), OUTPUTS[4], &spread.citations)?,
            table_of(self.name(), OUTPUTS[5], &spread.observations)?,
            table_of(self.name(), OUTPUTS[6], &spread.posts)?,
        ];
        Ok(StageOutput::kept(count, tables))
    }
}

/// Rows gathered from extractions.
#[derive(Default)]
struct Spread {
    meetings: Vec<MeetingCandidateRow>,
    profiles: Vec<MeetingProfileRow>,
    officials: Vec<OfficialEvidenceRow>,
    indicators: Vec<IndicatorRow>,
    observations: Vec<ObservationEvidenceRow>,
    citations: Vec<CitationRow>,
    posts: Vec<PostEvidenceRow>,
}

impl Spread {
    fn add(&mut self, row: ExtractionRow) {
        let keys: Vec<(String, String)> = row
            .officials
            .iter()
            .map(|official| Name::new(&official.name))
            .map(|name| (name.block_key(), name.person_key()))
            .collect();
        let posts = post_parts(&row);
        for (index, meeting) in row.meetings.iter().enumerate() {
            let index = index as i32;
            let participations: Vec<ParticipationFact> = row
                .officials
                .iter()
                .zip(&keys)
                .flat_map(|(official, key)| official.roles.iter().map(move |role| (key, role)))
                .filter(|(_, role)| role.meeting == index)
                .map(|((official_key, person_key), role)| ParticipationFact {
                    official_key: official_key.clone(),
                    person_key: person_key.clone(),
                    role: role.role.clone(),
                    evidence: role.evidence.clone(),
                })
                .collect();
            let candidate = MeetingCandidateRow {
                document_id: row.document_id.clone(),
                index,
                original_id: row.document_id.clone(),
                published_at: row.published_at,
                area_id: row.area_id.clone(),
                meeting: meeting.clone(),
                participations,
                posts: posts
                    .iter()
                    .filter(|(meeting, _)| *meeting == Some(index))
                    .map(|(_, part)| part.clone())
                    .collect(),
                indicators: row
                    .indicators
                    .iter()
                    .filter(|fact| fact.meeting == Some(index))
                    .cloned()
                    .collect(),
                ..MeetingCandidateRow::default()
            };
            let day = block_of(meeting.date_edtf.as_deref(), row.published_at).filter(|_| meeting.is_primary);
            let has_day = day.is_some();
            let block = day.unwrap_or_else(|| format!("{}#{index}", row.document_id));
            let profile = profile_row(&candidate, block);
            self.profiles.extend(has_day.then(|| visitor(&profile)).flatten());
            self.profiles.push(profile);
            self.meetings.push(candidate);
        }
        for fact in &row.indicators {
            self.observations.extend(observation(&row, fact));
        }
        let alone = row.indicators.iter().filter(|fact| fact.meeting.is_none());
        self.indicators
            .extend(alone.map(|fact| indicator_row(&row.document_id, None, fact)));
        for (official, (official_key, person_key)) in row.officials.into_iter().zip(keys) {
            self.officials.push(OfficialEvidenceRow {
                official_key,
                person_key,
                document_id: row.document_id.clone(),
                start: official.evidence.start,
                published_at: row.published_at,
                area_id: row.area_id.clone(),
                given_id: None,
                given_in_run: None,
                meeting_id: None,
                role: None,
                name: official.name,
                other_names: official.other_names,
                honorific: official.honorific,
                positions: official.positions,
                evidence: official.evidence,
            });
        }
        let apart = posts.into_iter().filter(|(meeting, _)| meeting.is_none());
        self.posts.extend(apart.map(|(_, part)| PostEvidenceRow {
            post_key: part.post_key,
            document_id: Some(row.document_id.clone()),
            day: row.published_at,
            label: part.label,
            title: part.title,
            organization: part.organization,
            area_id: part.area_id,
            evidence: part.evidence,
            ..Default::default()
        }));
        self.citations
            .extend(row.citations.into_iter().map(|citation| CitationRow {
                document_id: row.document_id.clone(),
                kind: citation.kind,
                number: citation.number,
                name: citation.name,
                issuer: citation.issuer,
                date_edtf: citation.date_edtf,
                start: citation.evidence.start,
                end: citation.evidence.end,
                quote: citation.evidence.quote,
                rule: citation.evidence.rule,
                confidence: citation.evidence.confidence,
            }));
    }
}

/// Mentions by post alone, one for each part in a meeting, with the index of that meeting.
fn post_parts(row: &ExtractionRow) -> Vec<(Option<i32>, PostPartFact)> {
    let mut parts = Vec::new();
    for post in &row.posts_mentioned {
        let Some((post_key, area_id)) = posts::key(post, row.area_id.as_deref(), row.published_at) else {
            continue;
        };
        let part = PostPartFact {
            post_key,
            label: post.label.clone(),
            title: post.title.clone(),
            organization: post.organization.clone(),
            area_id,
            role: String::new(),
            evidence: post.evidence.clone(),
        };
        if post.roles.is_empty() {
            parts.push((None, part.clone()));
        }
        for role in &post.roles {
            let taken = PostPartFact {
                role: role.role.clone(),
                evidence: role.evidence.clone(),
                ..part.clone()
            };
            parts.push((Some(role.meeting), taken));
        }
    }
    parts
}

/// The figure as it is held against others, where it can be.
fn observation(row: &ExtractionRow, fact: &IndicatorFact) -> Option<ObservationEvidenceRow> {
    let series = series(fact)?;
    let IndicatorRow {
        observation_id,
        document_id,
        indicator,
        area_id,
        period_start,
        period_end,
        value,
        unit,
        start,
        end,
        quote,
        ..
    } = indicator_row(&row.document_id, None, fact);
    Some(ObservationEvidenceRow {
        series,
        observation_id,
        document_id,
        original_id: row.document_id.clone(),
        published_at: row.published_at,
        indicator: indicator.unwrap_or_default(),
        area_id,
        period_start,
        period_end,
        value,
        unit,
        start,
        end,
        quote,
    })
}

/// The table row of a figure.
pub(super) fn indicator_row(document_id: &str, meeting_id: Option<&str>, fact: &IndicatorFact) -> IndicatorRow {
    let (start, end) = (fact.evidence.start, fact.evidence.end);
    let observation_id = ids::id(
        "o",
        &[
            document_id,
            &start.to_string(),
            &end.to_string(),
            &fact.label,
            &fact.value.to_string(),
            &fact.unit,
        ],
    );
    let fact = fact.clone();
    IndicatorRow {
        observation_id,
        document_id: document_id.to_owned(),
        meeting_id: meeting_id.map(str::to_owned),
        indicator: fact.indicator,
        pillar: fact.pillar,
        label: fact.label,
        value: fact.value,
        value_max: fact.value_max,
        denominator: fact.denominator,
        unit: fact.unit,
        unit_kind: fact.unit_kind,
        qualifier: fact.qualifier,
        direction: fact.direction,
        is_target: fact.is_target,
        period: fact.period,
        period_start: fact.period_start,
        period_end: fact.period_end,
        place: fact.place,
        area_id: fact.area_id,
        start,
        end,
        quote: fact.evidence.quote,
        rule: fact.evidence.rule,
        confidence: fact.evidence.confidence,
    }
}
