//! `parc-etl run`: a pipeline from its inputs to its tables.

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use parc_etl::config::{Overrides, Problems, load_with};
use parc_etl::exec::{self, RunOptions};
use tracing_subscriber::filter::LevelFilter;

use super::failure::log_problems;
use super::log::{self, LogFormat};
use super::terminal::{WARNING, label, print, print_error};
use super::{Failure, Outcome, metrics, summary};

const EXAMPLES: &str = "\
Examples:
  parc-etl run pipelines/default.toml
  parc-etl run pipelines/default.toml --input 'crawl/**/*.html' dump.jsonl.gz --output /tmp/tables
  parc-etl run pipelines/default.toml --until clean    only read and clean, to look at the texts
  PARC_ETL_LOG=debug parc-etl run pipelines/default.toml    log more, to look for a fault

Exit codes:
  0  done
  1  done, but more documents were rejected than pipeline.max_reject_share allows
  2  could not run; the tables of the run before are as they were";

/// Read the inputs of a pipeline and write its tables
///
/// The tables are published all together or not at all: until then those of the run before stay. Documents that cannot
/// be read or hold nothing are listed with the reason in the table rejects, and the run goes on. Equal inputs give equal
/// files, byte by byte.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Pipeline file
    pipeline: PathBuf,

    /// Read these files in place of ingest.inputs; globs in quotes, from the current folder
    #[arg(long, value_name = "GLOB", num_args = 1..)]
    input: Option<Vec<String>>,

    /// Write the tables to this folder in place of output.dir
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Threads to use; one per core where not given
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Stop after this stage and publish the tables that exist then
    #[arg(long, value_name = "STAGE", value_parser = PossibleValuesParser::new(exec::STAGES))]
    until: Option<String>,

    /// Run even where nothing is new since the tables were written
    #[arg(long)]
    force: bool,

    /// Write what the run did to this file as OpenMetrics, for the textfile collector of node_exporter
    #[arg(long, value_name = "FILE")]
    metrics: Option<PathBuf>,

    /// How to write the log on standard error
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LogFormat::Text)]
    log_format: LogFormat,

    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,

    /// Whether to show progress bars
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Progress::Auto)]
    progress: Progress,
}

/// When to show progress bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Progress {
    /// On a terminal, with a log as text
    Auto,
    Never,
}

/// Runs the pipeline and prints the summary; the outcome says whether too many documents were rejected.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let log_format = args.log_format;
    let progress = args.progress == Progress::Auto
        && !args.quiet
        && log_format == LogFormat::Text
        && std::io::stderr().is_terminal();
    let level = match (args.quiet, progress) {
        (true, _) => LevelFilter::ERROR,
        (false, true) => LevelFilter::WARN,
        (false, false) => LevelFilter::INFO,
    };
    log::start(log_format, level);
    run_logged(args, progress).map_err(|error| Failure::logged(error, log_format))
}

fn run_logged(args: Args, progress: bool) -> anyhow::Result<Outcome> {
    let current_dir = std::env::current_dir().context("cannot tell the current folder")?;
    let overrides = Overrides {
        inputs: args
            .input
            .map(|globs| globs.iter().map(|glob| absolute_glob(&current_dir, glob)).collect()),
        output_dir: args.output.map(|dir| current_dir.join(dir)),
    };
    let (pipeline, warnings) = load_with(&args.pipeline, overrides)?;
    if !args.quiet {
        show_warnings(&warnings, args.log_format);
    }
    let options = RunOptions {
        jobs: args.jobs.map(NonZeroUsize::get),
        until: args.until,
        force: args.force,
        progress,
        interrupted: exec::on_ctrl_c(),
        ..RunOptions::default()
    };
    let report = exec::run(&pipeline, &options)?;
    if let Some(path) = &args.metrics {
        metrics::write(path, &report)?;
    }
    match args.log_format {
        LogFormat::Json => summary::log(&report),
        LogFormat::Text if args.quiet => {}
        LogFormat::Text => print(&summary::render(&report))?,
    }
    if report.too_many_rejects {
        let reason = summary::reject_warning(&report, &pipeline);
        match args.log_format {
            LogFormat::Json => tracing::warn!("{reason}"),
            LogFormat::Text => print_error(&format!("{} {reason}", label(WARNING, "warning:"))),
        }
        return Ok(Outcome::TooManyRejects);
    }
    Ok(Outcome::Done)
}

/// A glob of the command line, from the current folder; the name of an existing file stands for that file even where
/// it holds characters that are special in globs.
fn absolute_glob(current_dir: &Path, glob: &str) -> String {
    if current_dir.join(glob).is_file() {
        return glob::Pattern::escape(&current_dir.join(glob).to_string_lossy());
    }
    if Path::new(glob).is_absolute() {
        return glob.to_owned();
    }
    format!("{}/{glob}", glob::Pattern::escape(&current_dir.to_string_lossy()))
}

fn show_warnings(warnings: &Problems, log_format: LogFormat) {
    match log_format {
        LogFormat::Json => log_problems(warnings),
        LogFormat::Text if !warnings.is_empty() => print_error(&format!("{}\n", warnings.render(true))),
        LogFormat::Text => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_start_from_the_current_folder_whose_name_is_taken_literally() {
        let folder = tempfile::tempdir().unwrap();
        let current_dir = folder.path().join("tin [2021]");
        std::fs::create_dir(&current_dir).unwrap();
        std::fs::write(current_dir.join("a[1].txt"), "").unwrap();
        for (glob, expected) in [("*.txt", 1), ("a[1].txt", 1), ("a[[]1].txt", 1), ("b*.txt", 0)] {
            let absolute = absolute_glob(&current_dir, glob);
            let files = parc_etl::config::matching_files(Path::new("/"), &absolute).unwrap();
            assert_eq!(files.len(), expected, "{glob}: {absolute}");
        }
        assert_eq!(absolute_glob(&current_dir, "/data/*.txt"), "/data/*.txt");
    }
}
