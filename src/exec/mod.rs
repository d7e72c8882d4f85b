//! The executor: runs the stages over files and owns what they must not know of: files, threads, progress, counts.
//!
//! [`run`] reads the input files, passes their documents through the stages and publishes the tables, all together
//! or not at all. The bytes it writes depend on the inputs, the pipeline file and the lexicons alone: not on the number
//! of threads, the batch size, the order of the files or the day.

mod apply;
mod copies;
mod decided;
mod engine;
mod error;
mod flow;
mod given;
mod identity;
mod inputs;
mod interrupt;
mod lock;
mod map;
mod memory;
mod plan;
mod progress;
mod publish;
mod read;
mod report;
mod rows;
mod single;
pub mod state;
#[cfg(test)]
mod tests;
mod unchanged;
mod write;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use crate::config::{Config, OutputFormat, Pipeline};
use crate::output::{self, DATA_PACKAGE_FILE, MANIFEST_FILE, TableFile, WriteOptions};
pub use apply::Applied;
pub use engine::{Documents, Engine, SourceFile};
pub use error::RunError;
use flow::{Resolution, flow, stop_if};
use given::Given;
use identity::{is_unchanged, manifest, run_id};
pub use interrupt::on_ctrl_c;
use map::Course;
pub use memory::{IN_MEMORY, extract};
pub(crate) use plan::lexicon;
use plan::{Plan, Until};
use progress::Progress;
pub use progress::Tally;
use publish::Publisher;
use report::reject_share;
pub use report::{Counts, RunReport, StageReport, TableReport};
use rows::Store;
pub use single::{ProcessedDocument, process_document, process_text};
use state::{Rules, State};

/// Names that [`RunOptions::until`] takes, in the order in which rows flow.
pub const STAGES: [&str; 5] = ["ingest", "clean", "extract", "resolve", "aggregate"];

/// How to run a pipeline; none of it changes the content of the tables.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// Worker threads; as many as there are cores when not given.
    pub jobs: Option<usize>,
    /// Last stage to run, one of [`STAGES`]; the tables that exist after it are published.
    pub until: Option<String>,
    /// Runs even where the tables are those that the run would write, and works out anew what is known of documents.
    pub force: bool,
    /// Shows a bar per stage on the terminal.
    pub progress: bool,
    /// The run stops between two batches once this is true; see [`on_ctrl_c`].
    pub interrupted: Arc<AtomicBool>,
    /// Where other threads can see how far the run is.
    pub tally: Arc<Tally>,
}

/// Runs a pipeline and publishes its tables in the output folder.
///
/// # Errors
/// When the run could not be done; the output folder is then as it was. Documents that cannot be processed are no
/// errors, they are listed in the table `rejects`.
pub fn run(pipeline: &Pipeline, options: &RunOptions) -> Result<RunReport, RunError> {
    let until = Until::parse(options.until.as_deref())?;
    run_plan(&Plan::new(pipeline)?, pipeline, options, until)
}

fn run_plan(plan: &Plan, pipeline: &Pipeline, options: &RunOptions, until: Until) -> Result<RunReport, RunError> {
    let started = Instant::now();
    let config = &pipeline.config;
    let inputs = inputs::find(pipeline)?;
    let publisher = Publisher::open(&pipeline.root.join(&config.output.dir))?;
    let write_options = write_options(config, until);
    publisher.check_names(file_names(config, until, &write_options).iter().map(String::as_str))?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.unwrap_or(0))
        .build()?;
    // Before anything is read: what changes meanwhile is new to the next run.
    let input_files = pool.install(|| inputs::fingerprints(&inputs));
    let run_id = run_id(plan, config, options, &input_files);
    if !options.force
        && let Some(report) = pool.install(|| unchanged::report(publisher.output_dir(), &run_id, config))
    {
        tracing::info!(run_id, "nothing is new, the tables stay as they are");
        return Ok(RunReport {
            seconds: started.elapsed().as_secs_f64(),
            ..report
        });
    }
    let interrupted = options.interrupted.as_ref();
    let store = Store::new(publisher.work_dir(), config.pipeline.memory_mib.saturating_mul(1 << 20));
    let given = if until >= Until::Resolve {
        Given::read(publisher.output_dir(), &plan.decisions, &store, |last| {
            is_unchanged(last, plan, config)
        })?
    } else {
        Given::default()
    };
    let decisions = Arc::new(plan.decisions.clone().with_aliases(&given.aliases));
    let steps = (plan.table_steps)(&decisions, given.last_run + 1);

    let state = if until >= Until::Extract {
        let rules = Rules::new(config, &plan.lexicon_hash);
        pool.install(|| State::open_or_do_without(pipeline, &rules, options.force))?
    } else {
        None
    };
    let mut flow = pool.install(|| {
        let course = Course {
            until,
            inputs: &inputs,
            state: state.as_ref(),
            batch_rows: config.pipeline.batch_rows,
            store: &store,
            interrupted,
            progress: &Progress::new(
                options.progress,
                inputs.len(),
                &plan.stage_names(until, &steps),
                &options.tally,
            ),
        };
        let resolution = Resolution {
            steps: &steps,
            given: given.tables,
        };
        flow(plan, resolution, &course)
    })?;
    pool.install(|| flow.conclude(&decisions, until))?;
    for StageReport {
        stage,
        counts,
        busy_seconds,
    } in &flow.stages
    {
        let Counts {
            rows_in,
            kept,
            rejected,
            merged,
        } = counts;
        let busy_seconds = (busy_seconds * 1e3).round() / 1e3;
        tracing::info!(stage, rows_in, kept, rejected, merged, busy_seconds, "stage done");
    }
    let reject_share = reject_share(&flow.stages);
    let known_documents = flow.known;
    let (tables, stages) = (flow.tables_of(until.tables()), flow.stages);
    stop_if(interrupted)?;

    let staging = publisher.staging();
    let writing = write::Tables {
        folder: &staging,
        store: &store,
        options: &write_options,
        interrupted,
    };
    let aggregates = if until == Until::Aggregate {
        &config.aggregate[..]
    } else {
        &[]
    };
    let written = pool.install(|| writing.write(tables, aggregates))?;
    let (tables, files): (Vec<_>, Vec<_>) = written
        .iter()
        .map(|written| (written.table.clone(), written.files.clone()))
        .unzip();
    let files: Vec<TableFile> = files.into_iter().flatten().collect();
    output::write_data_package(&staging, &config.pipeline.name, &tables, &files)?;
    let manifest = manifest(run_id, plan, config, options, input_files, &stages, files);
    output::write_manifest(&staging, &manifest)?;
    stop_if(interrupted)?;
    let output_dir = publisher.output_dir().to_owned();
    publisher.publish()?;
    tracing::info!(output = %output_dir.display(), run_id = manifest.run_id, "tables published");

    let tables = written.into_iter().map(|written| TableReport {
        rows: written.rows,
        table: written.table.name,
    });
    Ok(RunReport {
        run_id: manifest.run_id,
        up_to_date: false,
        known_documents,
        stages,
        tables: tables.collect(),
        reject_share,
        too_many_rejects: reject_share > config.pipeline.max_reject_share,
        output_dir,
        seconds: started.elapsed().as_secs_f64(),
    })
}

/// What flows between stages is nested and written as Parquet only.
fn write_options(config: &Config, until: Until) -> WriteOptions {
    WriteOptions {
        formats: if until >= Until::Resolve {
            config.output.formats.clone()
        } else {
            vec![OutputFormat::Parquet]
        },
        compression_level: config.output.compression_level,
    }
}

/// The files that a run will write.
fn file_names(config: &Config, until: Until, options: &WriteOptions) -> Vec<String> {
    let summaries = config.aggregate.iter().filter(|_| until == Until::Aggregate);
    let tables = until.tables().iter().map(|table| table.name());
    let tables = tables.chain(summaries.map(|aggregate| aggregate.name.as_str()));
    tables
        .flat_map(|table| {
            options
                .formats
                .iter()
                .map(move |&format| output::file_name(table, format))
        })
        .chain([DATA_PACKAGE_FILE.to_owned(), MANIFEST_FILE.to_owned()])
        .collect()
}
