//! `parc-etl explain`: one document with every fact marked, or what the rules tried in a sentence.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use parc_etl::config::{Overrides, Pipeline, load_with};
use parc_etl::explain::{Selection, TextOptions, explain, trace, trace_text};
use serde_json::Value;

use super::Outcome;
use super::terminal::{is_styled, print, width};

const EXAMPLES: &str = "\
Examples:
  parc-etl explain raw/page.html
  parc-etl explain crawl.jsonl.gz --record 17
  CLICOLOR_FORCE=1 parc-etl explain raw/page.txt | less -R
  parc-etl explain raw/page.txt --format json | jq .indicators
  parc-etl explain raw/page.txt --sentence 3         what the rules tried in the third sentence
  parc-etl explain raw/page.txt --sentence 'chủ trì'    … in the sentences with these words
  parc-etl explain --text 'Sáng 12/3, UBND tỉnh họp do ông Lê Văn An chủ trì.'";

/// Show a document with each fact marked and the rule that found it
///
/// The document passes through the stages of a pipeline up to extract; nothing is written. Marks are coloured on a
/// terminal and stand in brackets elsewhere; the tag after a mark, such as [M1], names the fact in the lists below the
/// text.
///
/// With --sentence or --text it is the other way round: for each sentence, which rules tried there, at which words, and
/// what came of it. Matched: the fact stands in the tables. Dropped: it was found, but is told elsewhere too. Failed: with
/// the check that failed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Document: a file of any format that ingest reads
    #[arg(required_unless_present = "text")]
    doc: Option<PathBuf>,

    /// Instead of a document: a text of one or a few sentences, without date and source
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["doc", "record", "all"])]
    text: Option<String>,

    /// Show what the rules tried in one sentence: its number, or words that it holds
    #[arg(long, value_name = "N|WORDS")]
    sentence: Option<String>,

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

/// Prints one document with every fact marked, or what the rules tried in its sentences.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let options = TextOptions {
        width: width(),
        styled: is_styled(),
    };
    let selection = args.sentence.as_deref().map(Selection::parse);
    let shown = match (&args.doc, &args.text, selection) {
        (_, Some(text), selection) => {
            let pipeline = pipeline(args, Path::new(""))?;
            let tracing = trace_text(&pipeline, text, &selection.unwrap_or(Selection::All))?;
            args.format.of(|| tracing.to_text(options), || tracing.to_json())
        }
        (Some(doc), None, Some(selection)) => {
            let tracing = trace(&pipeline(args, doc)?, doc, args.record, &selection)?;
            args.format.of(|| tracing.to_text(options), || tracing.to_json())
        }
        (Some(doc), None, None) => {
            let explanation = explain(&pipeline(args, doc)?, doc, args.record)?;
            args.format
                .of(|| explanation.to_text(options), || explanation.to_json())
        }
        (None, None, _) => bail!("name a document, or give a text with --text"),
    };
    print(&shown)?;
    Ok(Outcome::Done)
}

impl Format {
    fn of(self, text: impl FnOnce() -> String, json: impl FnOnce() -> Value) -> String {
        match self {
            Format::Text => text(),
            Format::Json => format!("{:#}\n", json()),
        }
    }
}

/// The settings. What the pipeline itself reads plays no part and need not be there.
fn pipeline(args: &Args, doc: &Path) -> anyhow::Result<Pipeline> {
    let current_dir = std::env::current_dir().context("cannot tell the current folder")?;
    let inputs = vec![glob::Pattern::escape(&current_dir.join(doc).to_string_lossy())];
    let mut pipeline = match &args.pipeline {
        None => Pipeline::with_defaults(&current_dir, inputs),
        Some(path) => {
            let overrides = Overrides {
                inputs: Some(inputs),
                output_dir: None,
            };
            load_with(path, overrides)?.0
        }
    };
    if args.all {
        pipeline.config.extract.on_topic_only = false;
    }
    Ok(pipeline)
}
