//! `parc-etl state`: what runs keep for later ones.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Subcommand;
use parc_etl::config::{Overrides, Pipeline, load_with};
use parc_etl::exec::state::{self, RulesState, StateReport};

use super::Outcome;
use super::terminal::{print, shown};

const HELP: &str = "\
Examples:
  parc-etl state show pipelines/default.toml
  parc-etl state prune pipelines/default.toml    after an upgrade, or once a month";

/// Show or clear up what runs keep for later ones
///
/// A pipeline with a section [state] keeps what it worked out of each document, as Parquet, by the hash of the document and of the
/// rules: program, options and word lists. Later runs clean and extract only what is new, or what other rules apply to.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say how many documents are kept, for which rules, and how much room they take
    Show {
        /// Pipeline file
        pipeline: PathBuf,
    },
    /// Delete what other rules than those of today worked out, and put what the runs added one by one together
    ///
    /// Copies of documents that stay in the tables when their inputs are gone (keep_missing) are not touched.
    Prune {
        /// Pipeline file
        pipeline: PathBuf,

        /// Delete also what the rules of today worked out; the next run does it anew
        #[arg(long)]
        all: bool,
    },
}

/// Shows or prunes the state.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.action {
        Action::Show { pipeline } => {
            let pipeline = load(pipeline)?;
            let report = state::show(&pipeline)?.filter(|report| !report.rules.is_empty() || report.kept.is_some());
            print(&report.map_or_else(|| nothing(&pipeline), |report| describe(&report)))?;
        }
        Action::Prune { pipeline, all } => {
            let pipeline = load(pipeline)?;
            let text = state::prune(&pipeline, *all)?.map_or_else(
                || nothing(&pipeline),
                |pruned| {
                    format!(
                        "deleted: {}; put together: {}; freed: {}\n",
                        counted(pruned.rules, "version of the rules", "versions of the rules"),
                        counted(pruned.merged_parts, "part", "parts"),
                        size(pruned.freed_bytes)
                    )
                },
            );
            print(&text)?;
        }
    }
    Ok(Outcome::Done)
}

fn load(path: &Path) -> anyhow::Result<Pipeline> {
    let (pipeline, _) = load_with(path, Overrides::default())?;
    if pipeline.config.state.is_none() {
        bail!("{} has no section [state], so its runs keep nothing", path.display());
    }
    Ok(pipeline)
}

fn nothing(pipeline: &Pipeline) -> String {
    let dir = pipeline.config.state.as_ref().map(|state| &state.dir);
    let dir = dir.map_or_else(PathBuf::new, |dir| pipeline.root.join(dir));
    format!("{}: nothing is kept yet\n", shown(&dir))
}

fn describe(report: &StateReport) -> String {
    let mut text = format!("{}\n", shown(&report.dir));
    for RulesState {
        folder,
        rules,
        is_current,
        parts,
        documents,
        bytes,
    } in &report.rules
    {
        let version = rules.as_ref().map_or("an unknown version", |rules| &rules.parc_etl);
        text.push_str(&format!(
            "  {folder}  {} in {}, {}; parc-etl {version}{}\n",
            counted(*documents, "document", "documents"),
            counted(*parts, "part", "parts"),
            size(*bytes),
            if *is_current {
                ", the rules of today"
            } else {
                ", other rules"
            },
        ));
    }
    if let Some((documents, bytes)) = report.kept {
        let documents = counted(documents, "document", "documents");
        text.push_str(&format!(
            "  documents  {documents} as they were read, {}\n",
            size(bytes)
        ));
    }
    text
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn size(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
