//! `parc-etl check`: every mistake in a pipeline file at once.

use std::path::PathBuf;

use parc_etl::config::{Overrides, Pipeline, load_with, matching_files};

use super::Outcome;
use super::terminal::{print, print_error, shown};

const HELP: &str = "\
Examples:
  parc-etl check pipelines/default.toml

Exit codes:
  0  the pipeline can run
  2  it cannot: each mistake is shown with its line and a hint";

/// Name every mistake in a pipeline file
///
/// Unknown keys, wrong types, values out of range, missing files, inputs that match nothing, rows of further word lists that
/// cannot be right, decisions that contradict each other and SQL that does not fit the tables are reported all at once, each
/// with file, line, column and a hint.
/// Warnings name what is clear but useless or surprising: an entry that repeats or overrides another, one that no text can
/// hold. No input is read, and nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// Pipeline file
    pipeline: PathBuf,
}

/// Checks the pipeline file and prints every mistake; reads and writes nothing else.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (pipeline, warnings) = load_with(&args.pipeline, Overrides::default())?;
    if !warnings.is_empty() {
        print_error(&format!("{}\n", warnings.render(true)));
    }
    print(&describe(&pipeline)?)?;
    Ok(Outcome::Done)
}

fn describe(pipeline: &Pipeline) -> anyhow::Result<String> {
    let config = &pipeline.config;
    let mut files = Vec::new();
    for pattern in &config.ingest.inputs {
        files.extend(matching_files(&pipeline.root, pattern)?);
    }
    files.sort();
    files.dedup();
    let summary_tables: Vec<&str> = config.aggregate.iter().map(|block| block.name.as_str()).collect();
    let summary_tables = match summary_tables.as_slice() {
        [] => "none".to_owned(),
        names => names.join(", "),
    };
    let n_lists: usize = config.lexicon.values().map(Vec::len).sum();
    let lists = match n_lists {
        0 => "the built-in ones".to_owned(),
        _ => format!("the built-in ones and {n_lists} further"),
    };
    Ok(format!(
        "{}: no mistakes\n  input files     {}\n  word lists      {lists}\n  summary tables  {summary_tables}\n  output          {}\n",
        pipeline.path.display(),
        files.len(),
        shown(&pipeline.root.join(&config.output.dir)),
    ))
}
