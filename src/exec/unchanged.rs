//! A run that would write what is there already.

use std::fs::File;
use std::path::Path;

use rayon::prelude::*;

use super::report::{Counts, RunReport, StageReport, TableReport, reject_share};
use crate::config::Config;
use crate::output::{Manifest, StageCounts, TableFile};

/// What the run reported that wrote the tables in `output_dir`, if a run with this id wrote them and their files are as it
/// left them.
pub(super) fn report(output_dir: &Path, run_id: &str, config: &Config) -> Option<RunReport> {
    let manifest = Manifest::read(output_dir).filter(|manifest| manifest.run_id == run_id)?;
    let is_whole = |file: &TableFile| hash_of(&output_dir.join(&file.path)).is_some_and(|hash| hash == file.blake3);
    if !manifest.files.par_iter().all(is_whole) {
        return None;
    }
    let stages: Vec<StageReport> = manifest.stages.into_iter().map(stage_report).collect();
    let reject_share = reject_share(&stages);
    let mut tables: Vec<TableReport> = Vec::new();
    for file in manifest.files {
        if tables.last().is_none_or(|table| table.table != file.table) {
            tables.push(TableReport {
                table: file.table,
                rows: file.rows,
            });
        }
    }
    Some(RunReport {
        run_id: manifest.run_id,
        up_to_date: true,
        known_documents: 0,
        stages,
        tables,
        reject_share,
        too_many_rejects: reject_share > config.pipeline.max_reject_share,
        output_dir: output_dir.to_owned(),
        seconds: 0.0,
    })
}

fn stage_report(stage: StageCounts) -> StageReport {
    StageReport {
        stage: stage.stage,
        counts: Counts {
            rows_in: stage.rows_in,
            kept: stage.kept,
            rejected: stage.rejected,
            merged: stage.merged,
        },
        busy_seconds: 0.0,
    }
}

fn hash_of(path: &Path) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path).ok()?).ok()?;
    Some(hasher.finalize().to_hex().to_string())
}
