//! Why a run could not be done. Whatever the error, the output folder is as it was before.

use std::path::{Path, PathBuf};

use super::Counts;
use crate::config::PatternError;
use crate::fill::FillError;
use crate::lexicon::LexiconError;
use crate::output::{OutputError, TableReadError};
use crate::stage::StageError;
use crate::stages::aggregate::AggregateError;
use crate::stages::resolve::decisions::DecisionsError;

/// Why a run could not be done; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A pattern of `ingest.inputs` is not a glob.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// The patterns match nothing.
    #[error("no input: nothing below {} matches {}", root.display(), patterns.join(", "))]
    NoInput { root: PathBuf, patterns: Vec<String> },
    /// Rows in memory have no column that holds text.
    #[error("{message}")]
    NoText { message: String },
    /// A file has no record of that number.
    #[error("{} has no record {record}: {}", path.display(), records(*.last_record))]
    NoRecord {
        path: PathBuf,
        record: i64,
        last_record: Option<i64>,
    },
    /// `until` names no stage.
    #[error("there is no stage `{name}`; the stages are {}", stages.join(", "))]
    UnknownStage { name: String, stages: Vec<&'static str> },
    /// A stage broke the contract between stages.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// Rows between two steps do not have the columns that the steps say: a bug of the program.
    #[error("rows between two steps: {0}; please report this")]
    Rows(#[from] arrow::error::ArrowError),
    /// A column could not be put into another table.
    #[error(transparent)]
    Fill(#[from] FillError),
    /// Rows were lost or invented: a bug of the stage.
    #[error(
        "stage {stage} does not account for all rows: {} in, but {} kept, {} rejected and {} merged; please report this",
        counts.rows_in, counts.kept, counts.rejected, counts.merged
    )]
    NotConserved { stage: &'static str, counts: Counts },
    /// A summary table could not be computed.
    #[error(transparent)]
    Aggregate(#[from] AggregateError),
    /// A table could not be sorted or written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The tables of an earlier run cannot be read.
    #[error("cannot read the ids that an earlier run gave; delete the output folder to give new ones")]
    Given(#[from] TableReadError),
    /// The state folder cannot be read.
    #[error("cannot read what earlier runs worked out; `parc-etl state prune --all` deletes it")]
    State(#[source] TableReadError),
    /// A furniture or lexicon file is not what it should be.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A file of decisions is not what it should be.
    #[error(transparent)]
    Decisions(#[from] DecisionsError),
    /// Ctrl-C or a termination signal.
    #[error("interrupted, the old output is unchanged")]
    Interrupted,
    /// Another process holds the output folder or the state folder.
    #[error(
        "another run is writing to {} ({})",
        folder.display(), if holder.is_empty() { "it has just begun" } else { holder }
    )]
    Busy { folder: PathBuf, holder: String },
    /// The output folder holds a file of the user's under a name that the run would write.
    #[error(
        "{} is in the way: parc-etl did not write it and will not overwrite it; move it away or choose another output folder",
        path.display()
    )]
    ForeignFile { path: PathBuf },
    /// The output folder, which is replaced as a whole, is the project's own or lies above it.
    #[error("the output folder {} holds the project; choose a folder of its own", output_dir.display())]
    OutputHoldsProject { output_dir: PathBuf },
    /// The worker threads could not be started.
    #[error("cannot start the worker threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A file or folder could not be read, written or renamed.
    #[error("cannot {action} {}", path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

impl RunError {
    /// For `map_err`: an I/O error with what was tried on which path.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> RunError {
        let path = path.to_owned();
        move |source| RunError::Io { action, path, source }
    }
}

/// How many records a file has.
fn records(last_record: Option<i64>) -> String {
    match last_record {
        Some(last_record) => format!("its last is {last_record}"),
        None => "the whole file is one document".to_owned(),
    }
}
