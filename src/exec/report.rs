//! What a run did: counts per stage and table.

use std::path::PathBuf;

use serde::Serialize;

use super::RunError;

/// How many rows a stage took and what became of them; `rows_in = kept + rejected + merged`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub rows_in: usize,
    /// Rows that are in the stage's output.
    pub kept: usize,
    /// Rows that went to `rejects`.
    pub rejected: usize,
    /// Rows that are contained in other rows of the output.
    pub merged: usize,
}

impl Counts {
    /// Adds the counts of another part of the same stage's input.
    pub(super) fn add(&mut self, other: Counts) {
        self.rows_in += other.rows_in;
        self.kept += other.kept;
        self.rejected += other.rejected;
        self.merged += other.merged;
    }

    /// Checks that no row was lost or invented.
    pub(super) fn check(&self, stage: &'static str) -> Result<(), RunError> {
        if self.rows_in == self.kept + self.rejected + self.merged {
            Ok(())
        } else {
            Err(RunError::NotConserved { stage, counts: *self })
        }
    }
}

/// What a stage did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageReport {
    pub stage: String,
    #[serde(flatten)]
    pub counts: Counts,
    /// Time spent on it, added up over the threads.
    pub busy_seconds: f64,
}

/// Share (0 to 1) of the documents read that reading or a map stage rejected.
pub(super) fn reject_share(stages: &[StageReport]) -> f64 {
    let of_documents = stages
        .iter()
        .filter(|report| DOCUMENT_STAGES.contains(&report.stage.as_str()));
    let rejected: usize = of_documents.map(|report| report.counts.rejected).sum();
    let read = stages.first().map_or(0, |report| report.counts.rows_in);
    rejected as f64 / read.max(1) as f64
}

/// The stages that take documents one by one.
const DOCUMENT_STAGES: [&str; 3] = ["ingest", "clean", "extract"];

/// A written table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableReport {
    pub table: String,
    pub rows: usize,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunReport {
    /// Hash of everything that decides the output; equal runs have equal ids.
    pub run_id: String,
    /// Nothing was new since the tables were written; they stayed as they were, and the counts are those of that run.
    pub up_to_date: bool,
    /// Documents that were not cleaned and extracted again, since an earlier run did so by the same rules.
    pub known_documents: usize,
    /// In the order in which rows flow through them.
    pub stages: Vec<StageReport>,
    /// The published tables, in the order of the contract, then the summary tables.
    pub tables: Vec<TableReport>,
    /// Share (0 to 1) of the documents read that ended in `rejects`.
    pub reject_share: f64,
    /// Whether `reject_share` exceeds the pipeline's `max_reject_share`.
    pub too_many_rejects: bool,
    /// The folder with the tables.
    pub output_dir: PathBuf,
    /// Wall-clock time of the run.
    pub seconds: f64,
}

impl RunReport {
    /// The counts of a stage, where it ran.
    pub fn stage(&self, name: &str) -> Option<Counts> {
        let report = self.stages.iter().find(|report| report.stage == name)?;
        Some(report.counts)
    }

    /// The number of rows of a table, where it was written.
    pub fn rows(&self, table: &str) -> Option<usize> {
        let report = self.tables.iter().find(|report| report.table == table)?;
        Some(report.rows)
    }
}
