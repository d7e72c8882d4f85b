//! The files of `[lexicon]`: read for a run, and checked row by row.

use std::path::{Path, PathBuf};

use super::checks::Document;
use super::problem::Problem;
use super::{Config, LexiconList, named_files};
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
            let text = named_files::read(root.join(name))?;
            files.push(list_file(*list, &name.to_string_lossy(), text));
        }
    }
    Ok(files)
}

fn list_file(list: LexiconList, name: &str, text: String) -> ListFile {
    ListFile {
        class: list.class(),
        name: name.to_owned(),
        text,
    }
}

/// Reports files that cannot be read, at their names, and rows that are wrong or odd, at their places in their files.
/// Gives the files that are there.
pub(super) fn check(document: &Document<'_, '_>, root: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for list in LexiconList::ALL {
        let named = named_files::read_all(document, ("lexicon", list.name()), root, problems);
        files.extend(named.into_iter().map(|(name, text)| list_file(list, name, text)));
    }
    let remarks = lexicon::check(&files, normalize);
    let files = files.into_iter().map(|file| (root.join(file.name), file.text));
    named_files::report(files, remarks, problems)
}
