//! The files of `[lexicon]`: read for a run, and checked row by row.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::checks::{Document, similar_file};
use super::problem::{Problem, SourceFile};
use super::{Config, LexiconList};
use crate::lexicon::{self, ListFile};
use crate::stages::clean::normalize::normalize;

/// Reads every file that `[lexicon]` names, by list and then in the order of the pipeline file.
///
/// # Errors
/// The path of a file that cannot be read, and why.
pub fn lexicon_files(config: &Config, root: &Path) -> Result<Vec<ListFile>, (PathBuf, std::io::Error)> {
    let mut files = Vec::new();
    for (list, names) in &config.lexicon {
        for name in names {
            let path = root.join(name);
            let text = std::fs::read_to_string(&path).map_err(|error| (path, error))?;
            files.push(list_file(*list, &name.to_string_lossy(), &text));
        }
    }
    Ok(files)
}

fn list_file(list: LexiconList, name: &str, text: &str) -> ListFile {
    ListFile {
        class: list.class(),
        name: name.to_owned(),
        text: text.trim_start_matches('\u{feff}').to_owned(),
    }
}

/// Reports files that cannot be read, at their names, and rows that are wrong or odd, at their places in their files.
/// Gives the files that are there.
pub(super) fn check(document: &Document<'_, '_>, root: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for list in LexiconList::ALL {
        for (name, value) in document.texts("lexicon", list.name()) {
            let path = root.join(name);
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push(list_file(list, name, &text)),
                Err(error) => {
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
    }
    let sources: Vec<Arc<SourceFile>> = files
        .iter()
        .map(|file| {
            Arc::new(SourceFile {
                path: root.join(&file.name),
                text: file.text.clone(),
            })
        })
        .collect();
    for remark in lexicon::check(&files, normalize) {
        let problem = match remark.is_error {
            true => Problem::error(remark.span, remark.message),
            false => Problem::warning(remark.span, remark.message),
        };
        let file = Some(sources[remark.file].clone());
        problems.push(Problem { file, ..problem }.with_hint(remark.hint));
    }
    sources.iter().map(|source| source.path.clone()).collect()
}
