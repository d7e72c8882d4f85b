//! From the glob patterns of `ingest.inputs` to files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};

/// A pattern that is not a glob.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bad glob pattern `{pattern}`: {message}")]
pub struct PatternError {
    pub pattern: String,
    /// What is wrong with it.
    pub message: String,
    /// Where in the pattern, in bytes.
    pub offset: usize,
}

/// The files that a glob pattern matches, sorted. A relative pattern starts from `root`, whose own name is taken
/// literally. As in a shell, wildcards do not match hidden files. Folders that cannot be read are passed over, and `**`
/// enters each folder once, by whatever links it is reached.
///
/// # Errors
/// When the pattern is not a glob.
pub fn matching_files(root: &Path, pattern: &str) -> Result<Vec<PathBuf>, PatternError> {
    let bad_pattern = |error: glob::PatternError, start: usize, part: &str| PatternError {
        pattern: pattern.to_owned(),
        message: error.msg.to_owned(),
        offset: start + part.char_indices().nth(error.pos).map_or(part.len(), |(byte, _)| byte),
    };
    Pattern::new(pattern).map_err(|error| bad_pattern(error, 0, pattern))?;
    let mut steps = Vec::new();
    let mut start = 0;
    for part in pattern.split('/') {
        match part {
            "" => {}
            "**" if matches!(steps.last(), Some(Step::Below)) => {}
            "**" => steps.push(Step::Below),
            _ if part.contains(['*', '?', '[']) => {
                let names = Pattern::new(part).map_err(|error| bad_pattern(error, start, part))?;
                steps.push(Step::Matching(names));
            }
            _ => steps.push(Step::Named(part)),
        }
        start += part.len() + 1;
    }
    let is_absolute = Path::new(pattern).is_absolute();
    let mut paths = vec![if is_absolute {
        PathBuf::from("/")
    } else {
        root.to_owned()
    }];
    for step in &steps {
        paths = paths.iter().flat_map(|path| step.from(path)).collect();
        paths.sort();
        paths.dedup();
    }
    paths.retain(|path| path.is_file());
    Ok(paths)
}

/// One part of a pattern, between slashes.
enum Step<'p> {
    Named(&'p str),
    Matching(Pattern),
    /// `**`: a folder and all folders below it.
    Below,
}

impl Step<'_> {
    /// Where the step leads to from `folder`; names that are not UTF-8 are matched as they are shown.
    fn from(&self, folder: &Path) -> Vec<PathBuf> {
        match self {
            Step::Named(name) => vec![folder.join(name)],
            Step::Matching(names) => {
                let matches = |path: &PathBuf| {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    names.matches_with(&name, SHELL_LIKE)
                };
                entries(folder).into_iter().filter(matches).collect()
            }
            Step::Below => folders_below(folder),
        }
    }
}

const SHELL_LIKE: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: false,
    require_literal_leading_dot: true,
};

fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        if !folder.canonicalize().is_ok_and(|real| seen.insert(real)) {
            continue;
        }
        let is_hidden = |path: &Path| {
            path.file_name()
                .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
        };
        let below = entries(&folder).into_iter().rev();
        open.extend(below.filter(|path| path.is_dir() && !is_hidden(path)));
        found.push(folder);
    }
    found
}

/// What is in a folder, sorted; nothing where it is no folder or cannot be read.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(patterns: &[&str], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("kho [1]");
        std::fs::create_dir_all(root.join("sub")).unwrap();
        for name in ["a.txt", "b.html", ".hidden.txt", "sub/c.txt"] {
            std::fs::write(root.join(name), "").unwrap();
        }
        let found: Vec<String> = patterns
            .iter()
            .flat_map(|pattern| matching_files(&root, pattern).unwrap())
            .map(|path| path.strip_prefix(&root).unwrap().display().to_string())
            .collect();
        assert_eq!(found, expected, "{patterns:?}");
    }

    #[test]
    fn patterns_find_files_below_a_root_with_brackets_in_its_name() {
        check(&["*.txt"], &["a.txt"]);
        check(&["**/*.txt"], &["a.txt", "sub/c.txt"]);
        check(&["sub/../b.html"], &["sub/../b.html"]);
        check(&[".hidden.txt"], &[".hidden.txt"]);
        check(&["*"], &["a.txt", "b.html"]);
        check(&["*.pdf"], &[]);
        check(&["**/**/c.txt", "s*/./[a-c].txt", "sub"], &["sub/c.txt", "sub/./c.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn folders_that_are_linked_in_a_circle_are_entered_once() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::create_dir_all(&a).unwrap();
        std::fs::create_dir_all(&b).unwrap();
        std::fs::write(b.join("tin.txt"), "").unwrap();
        for (target, link) in [
            ("..", "above"),
            (".", "itself"),
            ("../b", "other"),
            ("../b", "other again"),
        ] {
            std::os::unix::fs::symlink(target, a.join(link)).unwrap();
        }
        std::os::unix::fs::symlink("../a", b.join("back")).unwrap();
        let found = matching_files(folder.path(), "a/**/*.txt").unwrap();
        assert_eq!(found, [a.join("above/b/tin.txt")]);
    }

    #[test]
    fn bad_patterns_are_errors_with_their_place() {
        for (pattern, offset) in [("dữ liệu/***", 14), ("raw/[a", 4), ("a[/]b", 1)] {
            let error = matching_files(Path::new("/"), pattern).unwrap_err();
            assert_eq!(error.offset, offset, "{pattern}: {error}");
        }
    }
}
