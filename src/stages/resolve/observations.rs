//! Figures that contradict each other: one indicator of one area in one period, and different values.

use std::sync::Arc;

use arrow::array::RecordBatch;
use chrono::NaiveDate;
use rustc_hash::FxHashSet;

use super::decisions::{Decisions, Kind};
use super::ids;
use crate::schema::Table;
use crate::schema::rows::{ConflictRow, IndicatorFact, IndicatorRow, ObservationEvidenceRow};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, rows_of, table_of};

/// Values whose difference is a smaller share of them are one value, rounded in two ways.
const ROUNDING: f64 = 0.005;
const MOST_SOURCES: &str = "what most independent texts tell";
const LATEST: &str = "what the text tells that was published last";

/// Leaves out the figures that an analyst decided are none.
pub struct Dropped {
    decisions: Arc<Decisions>,
}

impl Dropped {
    /// Leaves out what was decided.
    pub fn new(decisions: Arc<Decisions>) -> Self {
        Dropped { decisions }
    }
}

impl Stage for Dropped {
    fn name(&self) -> &'static str {
        "resolve.dropped"
    }

    fn input(&self) -> Table {
        Table::Indicators
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::Indicators]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut rows: Vec<IndicatorRow> = rows_of(self, batch)?;
        let mut rejects = Vec::new();
        rows.retain(|row| {
            let decision = self.decisions.drops(Kind::Observation, &row.observation_id, None);
            rejects.extend(decision.map(|decision| decision.reject(self.name(), &row.document_id)));
            decision.is_none()
        });
        let table = table_of(self.name(), Table::Indicators, &rows)?;
        Ok(StageOutput {
            kept: rows.len(),
            rejects,
            tables: vec![table],
            merged: 0,
        })
    }
}

/// Holds the figures of one series against each other, but for those that were decided to be none.
pub struct Observations {
    decisions: Arc<Decisions>,
}

impl Observations {
    /// Holds against each other what was not decided to be no figure.
    pub fn new(decisions: Arc<Decisions>) -> Self {
        Observations { decisions }
    }
}

impl Stage for Observations {
    fn name(&self) -> &'static str {
        "resolve.observations"
    }

    fn input(&self) -> Table {
        Table::ObservationEvidence
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::Conflicts]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("series")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut rows: Vec<ObservationEvidenceRow> = rows_of(self, batch)?;
        let count = rows.len();
        rows.retain(|row| {
            self.decisions
                .drops(Kind::Observation, &row.observation_id, None)
                .is_none()
        });
        rows.sort_by(|a, b| (&a.series, &a.observation_id).cmp(&(&b.series, &b.observation_id)));
        let mut conflicts = Vec::new();
        for series in rows.chunk_by(|a, b| a.series == b.series) {
            conflicts.extend(contradictions(series));
        }
        let table = table_of(self.name(), Table::Conflicts, &conflicts)?;
        Ok(StageOutput {
            kept: conflicts.len(),
            merged: count - conflicts.len(),
            tables: vec![table],
            rejects: Vec::new(),
        })
    }
}

/// What figures must share before they can contradict each other; none for a figure that no definition covers, or whose
/// area or period is unknown, and for bounds (`more than 80%`), which leave room for another value.
pub(super) fn series(fact: &IndicatorFact) -> Option<String> {
    let (indicator, area) = (fact.indicator.as_ref()?, fact.area_id.as_ref()?);
    let (start, end) = (fact.period_start?, fact.period_end?);
    let is_bound = matches!(
        fact.qualifier.as_deref(),
        Some("more_than" | "less_than" | "at_least" | "at_most")
    );
    (!is_bound && fact.value_max.is_none() && fact.direction.is_none()).then(|| {
        format!(
            "{indicator}|{}|{}|{area}|{start}|{end}|{}",
            fact.unit_kind, fact.unit, fact.is_target
        )
    })
}

/// The sides, where different documents tell different values; none otherwise.
fn contradictions(series: &[ObservationEvidenceRow]) -> Vec<ConflictRow> {
    let documents: FxHashSet<&str> = series.iter().map(|row| row.document_id.as_str()).collect();
    // A document that tells several values tells of several things.
    if documents.len() < 2 || documents.len() < series.len() {
        return Vec::new();
    }
    let same = |a: f64, b: f64| (a - b).abs() <= ROUNDING * a.abs().max(b.abs());
    let mut values: Vec<f64> = Vec::new();
    for row in series {
        if !values.iter().any(|&value| same(value, row.value)) {
            values.push(row.value);
        }
    }
    if values.len() < 2 {
        return Vec::new();
    }
    let sources = |value: f64| {
        let texts = series.iter().filter(|row| same(value, row.value));
        texts
            .map(|row| row.original_id.as_str())
            .collect::<FxHashSet<_>>()
            .len()
    };
    let latest = |value: f64| {
        series
            .iter()
            .filter(|row| same(value, row.value))
            .filter_map(|row| row.published_at)
            .max()
    };
    let mut ranked: Vec<(usize, Option<NaiveDate>, f64)> = values
        .iter()
        .map(|&value| (sources(value), latest(value), value))
        .collect();
    ranked.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.total_cmp(&b.2)));
    let rule = if ranked[0].0 > ranked[1].0 {
        MOST_SOURCES
    } else {
        LATEST
    };
    let side = |row: &ObservationEvidenceRow| ConflictRow {
        conflict_id: ids::id("x", &["indicator.value", &row.series]),
        field: "indicator.value".to_owned(),
        meeting_id: None,
        indicator: Some(row.indicator.clone()),
        area_id: row.area_id.clone(),
        period_start: row.period_start,
        period_end: row.period_end,
        value: format!("{} {}", row.value, row.unit),
        is_chosen: same(row.value, ranked[0].2),
        chosen_by: rule.to_owned(),
        n_sources: sources(row.value) as i32,
        document_id: row.document_id.clone(),
        start: row.start,
        end: row.end,
        quote: row.quote.clone(),
    };
    series.iter().map(side).collect()
}
