//! CSV files that the pipeline file names and whose rows are checked: read, and what is said about their rows shown at
//! their places.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::checks::{Document, similar_file};
use super::problem::{Problem, SourceFile};
use crate::user_csv::Remark;

/// The text of a file, without a byte order mark.
///
/// # Errors
/// The path of the file if it cannot be read, and why.
pub(super) fn read(path: PathBuf) -> Result<String, (PathBuf, std::io::Error)> {
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Err(error) => Err((path, error)),
    }
}

/// Names and texts of the files in the list `section.key`; reports those that cannot be read, at their names.
pub(super) fn read_all<'a>(
    document: &Document<'a, '_>,
    (section, key): (&str, &str),
    root: &Path,
    problems: &mut Vec<Problem>,
) -> Vec<(&'a str, String)> {
    let mut files = Vec::new();
    for (name, value) in document.texts(section, key) {
        match read(root.join(name)) {
            Ok(text) => files.push((name, text)),
            Err((path, error)) => {
                let message = match error.kind() {
                    ErrorKind::NotFound => format!("there is no file {}", path.display()),
                    ErrorKind::IsADirectory => format!("{} is a folder, not a file", path.display()),
                    ErrorKind::InvalidData => format!("{} is not UTF-8 text", path.display()),
                    _ => format!("cannot read {}: {error}", path.display()),
                };
                let hint = (error.kind() == ErrorKind::NotFound).then(|| similar_file(&path));
                problems.push(Problem::error(value.span(), message).with_hint(hint));
            }
        }
    }
    files
}

/// Reports remarks about `files`, given as paths and texts, at their places in them. Gives the paths.
pub(super) fn report(
    files: impl IntoIterator<Item = (PathBuf, String)>,
    remarks: Vec<Remark>,
    problems: &mut Vec<Problem>,
) -> Vec<PathBuf> {
    let sources: Vec<Arc<SourceFile>> = files
        .into_iter()
        .map(|(path, text)| Arc::new(SourceFile { path, text }))
        .collect();
    for remark in remarks {
        let problem = match remark.is_error {
            true => Problem::error(remark.span, remark.message),
            false => Problem::warning(remark.span, remark.message),
        };
        let file = Some(sources[remark.file].clone());
        problems.push(Problem { file, ..problem }.with_hint(remark.hint));
    }
    sources.iter().map(|source| source.path.clone()).collect()
}
