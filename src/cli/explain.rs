//! `parc-etl explain`: one document with every fact marked.

use std::path::PathBuf;

use anyhow::Context;
use clap::ValueEnum;
use parc_etl::config::{Overrides, Pipeline, load_with};
use parc_etl::explain::{TextOptions, explain};

use super::Outcome;
use super::terminal::{is_styled, print, width};

const EXAMPLES: &str = "\
Examples:
  parc-etl explain raw/page.html
  parc-etl explain crawl.jsonl.gz --record 17
  CLICOLOR_FORCE=1 parc-etl explain raw/page.txt | less -R
  parc-etl explain raw/page.txt --format json | jq .indicators";

/// Show a document with each fact marked and the rule that found it
///
/// The document passes through the stages of a pipeline up to extract; nothing is written. Marks are coloured on a
/// terminal and stand in brackets elsewhere; the tag after a mark, such as [M1], names the fact in the lists below the
/// text.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Document: a file of any format that ingest reads
    doc: PathBuf,

    /// Which document of a file that holds many, counted from 1; the first where not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    record: Option<i64>,

    /// Look for facts also in documents that are not about public administration
    #[arg(long)]
    all: bool,

    /// Text with marks or JSON for tools
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,

    /// Pipeline file with the settings to use; the defaults where not given
    #[arg(long, value_name = "PIPELINE")]
    pipeline: Option<PathBuf>,
}

/// How to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Prints one document with every fact marked.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut pipeline = pipeline(args)?;
    if args.all {
        pipeline.config.extract.on_topic_only = false;
    }
    let explanation = explain(&pipeline, &args.doc, args.record)?;
    print(&match args.format {
        Format::Text => explanation.to_text(TextOptions {
            width: width(),
            styled: is_styled(),
        }),
        Format::Json => format!("{:#}\n", explanation.to_json()),
    })?;
    Ok(Outcome::Done)
}

/// The settings. What the pipeline itself reads plays no part and need not be there.
fn pipeline(args: &Args) -> anyhow::Result<Pipeline> {
    let current_dir = std::env::current_dir().context("cannot tell the current folder")?;
    let inputs = vec![glob::Pattern::escape(&current_dir.join(&args.doc).to_string_lossy())];
    let Some(path) = &args.pipeline else {
        return Ok(Pipeline::with_defaults(&current_dir, inputs));
    };
    let overrides = Overrides {
        inputs: Some(inputs),
        output_dir: None,
    };
    let (pipeline, _) = load_with(path, overrides)?;
    Ok(pipeline)
}
