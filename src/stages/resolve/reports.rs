//! Extractions spread over rows: meetings with what hangs on them, persons, figures without a meeting, citations.

use arrow::array::RecordBatch;

use super::meetings::{block_of, next_block};
use super::observations::series;
use super::{ids, kept, schema_error};
use crate::schema::rows::{
    CitationRow, ExtractionRow, IndicatorFact, IndicatorRow, MeetingCandidateRow, ObservationEvidenceRow,
    OfficialEvidenceRow, ParticipationFact,
};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Stage, StageError, StageOutput};
use crate::text::fold::fold;

/// Turns each extraction into rows of the tables that the keyed stages take.
pub struct Reports;

const OUTPUTS: [Table; 5] = [
    Table::MeetingCandidates,
    Table::OfficialEvidence,
    Table::Indicators,
    Table::Citations,
    Table::ObservationEvidence,
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
        let rows: Vec<ExtractionRow> = from_batch(batch).map_err(schema_error(self, Table::Extractions))?;
        let count = rows.len();
        let mut spread = Spread::default();
        for row in rows {
            spread.add(row);
        }
        let tables = vec![
            (OUTPUTS[0], to_batch(OUTPUTS[0], &spread.meetings)),
            (OUTPUTS[1], to_batch(OUTPUTS[1], &spread.officials)),
            (OUTPUTS[2], to_batch(OUTPUTS[2], &spread.indicators)),
            (OUTPUTS[3], to_batch(OUTPUTS[3], &spread.citations)),
            (OUTPUTS[4], to_batch(OUTPUTS[4], &spread.observations)),
        ];
        kept(self, count, tables)
    }
}

/// Rows gathered from extractions.
#[derive(Default)]
struct Spread {
    meetings: Vec<MeetingCandidateRow>,
    officials: Vec<OfficialEvidenceRow>,
    indicators: Vec<IndicatorRow>,
    observations: Vec<ObservationEvidenceRow>,
    citations: Vec<CitationRow>,
}

impl Spread {
    fn add(&mut self, row: ExtractionRow) {
        let keys: Vec<String> = row
            .officials
            .iter()
            .map(|official| official_key(&official.name))
            .collect();
        for (index, meeting) in row.meetings.iter().enumerate() {
            let index = index as i32;
            let participations: Vec<ParticipationFact> = row
                .officials
                .iter()
                .zip(&keys)
                .flat_map(|(official, key)| official.roles.iter().map(move |role| (key, role)))
                .filter(|(_, role)| role.meeting == index)
                .map(|(key, role)| ParticipationFact {
                    official_key: key.clone(),
                    role: role.role.clone(),
                    evidence: role.evidence.clone(),
                })
                .collect();
            let mut people: Vec<String> = participations.iter().map(|part| part.official_key.clone()).collect();
            people.sort();
            people.dedup();
            let day = block_of(meeting.date_edtf.as_deref(), row.published_at).filter(|_| meeting.is_primary);
            let candidate = MeetingCandidateRow {
                block: day.clone().unwrap_or_else(|| format!("{}#{index}", row.document_id)),
                document_id: row.document_id.clone(),
                index,
                start: meeting.evidence.start,
                original_id: row.document_id.clone(),
                published_at: row.published_at,
                area_id: row.area_id.clone(),
                people,
                meeting: meeting.clone(),
                participations,
                indicators: row
                    .indicators
                    .iter()
                    .filter(|fact| fact.meeting == Some(index))
                    .cloned()
                    .collect(),
                ..MeetingCandidateRow::default()
            };
            self.meetings.extend(
                day.and_then(|day| next_block(meeting, &day))
                    .map(|block| MeetingCandidateRow {
                        block,
                        is_visitor: true,
                        // No earlier run gave a copy an id.
                        start: -1,
                        participations: Vec::new(),
                        ..candidate.clone()
                    }),
            );
            self.meetings.push(candidate);
        }
        for fact in &row.indicators {
            self.observations.extend(observation(&row, fact));
        }
        let alone = row.indicators.iter().filter(|fact| fact.meeting.is_none());
        self.indicators
            .extend(alone.map(|fact| indicator_row(&row.document_id, None, fact)));
        for (official, key) in row.officials.into_iter().zip(keys) {
            self.officials.push(OfficialEvidenceRow {
                official_key: key,
                document_id: row.document_id.clone(),
                published_at: row.published_at,
                meeting_id: None,
                role: None,
                name: official.name,
                other_names: official.other_names,
                honorific: official.honorific,
                positions: official.positions,
                evidence: official.evidence,
            });
        }
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

/// Persons whose names fold alike are one.
fn official_key(name: &str) -> String {
    fold(name)
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
