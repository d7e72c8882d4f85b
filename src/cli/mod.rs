//! The command line: flags and glue around the library, one file per command.

mod check;
mod completions;
mod eval;
mod explain;
mod failure;
mod init;
mod log;
mod metrics;
mod rules;
mod run;
mod schema;
mod state;
mod summary;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use failure::Failure;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  done, but more documents were rejected than pipeline.max_reject_share allows
  2  could not run; nothing was changed";

const EXAMPLES: &str = "\
Examples:
  parc-etl init cchc                        make a project with sample pages
  parc-etl run pipelines/default.toml       read raw/, write the tables to output/
  parc-etl check pipelines/default.toml     name every mistake in the pipeline file
  parc-etl schema meetings                  say what the columns of a table mean

Exit codes:
  0  done
  1  done, but more documents were rejected than pipeline.max_reject_share allows
  2  could not run; nothing was changed";

/// Turns Vietnamese public-administration news into tables of meetings, officials, indicators and citations
///
/// A pipeline file says which pages, dumps and crawls to read and where the tables go, as Parquet and CSV. Each row is
/// tied to the exact words that it came from.
#[derive(Debug, Parser)]
#[command(version, after_long_help = EXAMPLES, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Args),
    Check(check::Args),
    Explain(explain::Args),
    Rules(rules::Args),
    Eval(eval::Args),
    Schema(schema::Args),
    State(state::Args),
    Init(init::Args),
    Completions(completions::Args),
}

/// How a command ended that did what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    TooManyRejects,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::TooManyRejects => ExitCode::from(1),
        }
    }
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// When it could not be done; then nothing was changed.
    pub fn run(self) -> Result<Outcome, Failure> {
        match self.command {
            Command::Run(args) => return run::run(args),
            Command::Check(args) => check::run(&args),
            Command::Explain(args) => explain::run(&args),
            Command::Rules(args) => rules::run(&args),
            Command::Eval(args) => eval::run(&args),
            Command::Schema(args) => schema::run(&args),
            Command::State(args) => state::run(&args),
            Command::Init(args) => init::run(&args),
            Command::Completions(args) => completions::run(&args),
        }
        .map_err(Failure::from)
    }
}
