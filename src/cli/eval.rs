//! `parc-etl eval`: how well a run found what people annotated by hand.

use std::path::PathBuf;

use parc_etl::eval::{Options, evaluate};

use super::Outcome;
use super::terminal::print;

const EXAMPLES: &str = "\
Examples:
  parc-etl eval gold output                  precision, recall and F1 by field
  parc-etl eval gold output --errors         every miss and wrong entry too
  parc-etl eval gold output --format json | jq .figures.meetings.f1";

/// Score the tables of a run against annotated documents
///
/// GOLD holds one JSON file for each document, named like its source file; documents that are not annotated do not count.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of annotated documents
    gold: PathBuf,

    /// Folder that a run wrote, or a folder of JSON files like GOLD
    output: PathBuf,

    /// List every miss and wrong entry
    #[arg(long)]
    errors: bool,

    /// Score only these documents
    #[arg(long = "document", value_name = "NAME")]
    documents: Vec<String>,

    /// A table to read or JSON for tools
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
}

/// How to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Scores tables against annotated documents and prints the figures.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let options = Options {
        documents: args.documents.clone(),
    };
    let evaluation = evaluate(&args.gold, &args.output, &options)?;
    print(&match args.format {
        Format::Text => evaluation.to_text(args.errors),
        Format::Json => format!("{:#}\n", evaluation.to_json(args.errors)),
    })?;
    Ok(Outcome::Done)
}
