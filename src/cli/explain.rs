//! `parc-etl explain`: one document with every fact marked.

use std::path::PathBuf;

use clap::ValueEnum;

use super::Outcome;

const EXAMPLES: &str = "\
Examples:
  parc-etl explain raw/page.html
  parc-etl explain raw/page.txt --format json | jq .indicators";

/// Show a document with each fact marked and the rule that found it
///
/// The document passes through the stages of a pipeline up to extract; nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Document: a file of any format that ingest reads
    doc: PathBuf,

    /// Text with marks, in colour on a terminal, or JSON for tools
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

pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    anyhow::bail!(
        "cannot explain {} {:?} {:?}",
        args.doc.display(),
        args.format,
        args.pipeline
    )
}
