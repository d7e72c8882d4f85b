//! What tells runs apart: hashes of the program, the options, the word lists and the inputs.

use super::RunOptions;
use super::plan::Plan;
use super::report::StageReport;
use crate::config::{Config, StateConfig};
use crate::output::{InputFile, Manifest, StageCounts, TableFile};

pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Hash of the program's sources, and so of its rules.
pub(super) const SOURCES: &str = env!("PARC_ETL_SOURCES");

/// Hash of everything that decides the tables.
pub(super) fn run_id(plan: &Plan, config: &Config, options: &RunOptions, inputs: &[InputFile]) -> String {
    let identity = serde_json::json!([
        VERSION,
        SOURCES,
        config_hash(config),
        plan.lexicon_hash,
        plan.decisions.hash(),
        options.until,
        inputs
    ]);
    short_hash(identity.to_string().as_bytes())
}

/// What `manifest.json` says of a run.
pub(super) fn manifest(
    run_id: String,
    plan: &Plan,
    config: &Config,
    options: &RunOptions,
    inputs: Vec<InputFile>,
    stages: &[StageReport],
    files: Vec<TableFile>,
) -> Manifest {
    Manifest {
        parc_etl: VERSION.to_owned(),
        sources_hash: SOURCES.to_owned(),
        run_id,
        pipeline: config.pipeline.name.clone(),
        until: options.until.clone(),
        config_hash: config_hash(config),
        lexicon_hash: plan.lexicon_hash.clone(),
        decisions_hash: plan.decisions.hash(),
        inputs,
        stages: stages
            .iter()
            .map(|report| StageCounts {
                stage: report.stage.clone(),
                rows_in: report.counts.rows_in,
                kept: report.counts.kept,
                rejected: report.counts.rejected,
                merged: report.counts.merged,
            })
            .collect(),
        files,
    }
}

/// The program, options, lexicons and decisions of the run that wrote `last` were those of this one.
pub(super) fn is_unchanged(last: &Manifest, plan: &Plan, config: &Config) -> bool {
    last.parc_etl == VERSION
        && last.sources_hash == SOURCES
        && last.config_hash == config_hash(config)
        && last.lexicon_hash == plan.lexicon_hash
        && last.decisions_hash == plan.decisions.hash()
}

/// Hash of the options that bear on the tables: not of where they are read and written, nor in how large batches.
pub(super) fn config_hash(config: &Config) -> String {
    let mut config = config.clone();
    config.pipeline.root = Default::default();
    config.pipeline.batch_rows = 0;
    config.pipeline.memory_mib = 0;
    config.pipeline.max_reject_share = 0.0;
    config.ingest.inputs.clear();
    // What the files hold stands in the hashes of the lexicon and of the decisions.
    config.lexicon.clear();
    config.resolve.decisions.clear();
    config.output.dir = Default::default();
    // Only whether documents stay that are missing bears on the tables.
    config.state = config
        .state
        .filter(|state| state.keep_missing)
        .map(|state| StateConfig {
            dir: Default::default(),
            ..state
        });
    let json = serde_json::to_vec(&config).expect("the configuration has only text keys");
    short_hash(&json)
}

/// The first 32 hexadecimal digits of the BLAKE3 hash.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}
