//! The files of `resolve.decisions`: read for a run, and checked row by row.

use std::path::{Path, PathBuf};

use super::checks::Document;
use super::problem::Problem;
use super::{Config, named_files};
use crate::stages::resolve::decisions::{self, DecisionFile};

/// Reads every file that `resolve.decisions` names, in the order of the pipeline file.
///
/// # Errors
/// The path of a file that cannot be read, and why.
pub fn decision_files(config: &Config, root: &Path) -> Result<Vec<DecisionFile>, (PathBuf, std::io::Error)> {
    let read = |name: &PathBuf| {
        Ok(DecisionFile {
            name: name.to_string_lossy().into_owned(),
            text: named_files::read(root.join(name))?,
        })
    };
    config.resolve.decisions.iter().map(read).collect()
}

/// Reports files that cannot be read, at their names, and rows that are wrong or repeat others, at their places in their
/// files. Gives the files that are there.
pub(super) fn check(document: &Document<'_, '_>, root: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let named = named_files::read_all(document, ("resolve", "decisions"), root, problems);
    let files: Vec<DecisionFile> = named
        .into_iter()
        .map(|(name, text)| DecisionFile {
            name: name.to_owned(),
            text,
        })
        .collect();
    let remarks = decisions::check(&files);
    let files = files.into_iter().map(|file| (root.join(file.name), file.text));
    named_files::report(files, remarks, problems)
}
