//! From the glob patterns of `ingest.inputs` to files.

use std::path::{Path, PathBuf};

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
/// literally. As in a shell, wildcards do not match hidden files. Folders that cannot be read are passed over.
///
/// # Errors
/// When the pattern is not a glob.
pub fn matching_files(root: &Path, pattern: &str) -> Result<Vec<PathBuf>, PatternError> {
    let options = glob::MatchOptions {
        require_literal_leading_dot: true,
        ..Default::default()
    };
    let bad_pattern = |error: glob::PatternError| PatternError {
        pattern: pattern.to_owned(),
        message: error.msg.to_owned(),
        offset: pattern
            .char_indices()
            .nth(error.pos)
            .map_or(pattern.len(), |(byte, _)| byte),
    };
    glob::Pattern::new(pattern).map_err(bad_pattern)?;
    let full_pattern = if Path::new(pattern).is_absolute() {
        pattern.to_owned()
    } else {
        let root = glob::Pattern::escape(&root.to_string_lossy());
        format!("{}/{pattern}", root.trim_end_matches('/'))
    };
    let paths = glob::glob_with(&full_pattern, options).map_err(bad_pattern)?;
    let mut files: Vec<PathBuf> = paths.flatten().filter(|path| path.is_file()).collect();
    files.sort();
    files.dedup();
    Ok(files)
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
    }

    #[test]
    fn bad_patterns_are_errors_with_their_place() {
        for (pattern, offset) in [("dữ liệu/***", 14), ("raw/[a", 4), ("a[/]b", 1)] {
            let error = matching_files(Path::new("/"), pattern).unwrap_err();
            assert_eq!(error.offset, offset, "{pattern}: {error}");
        }
    }
}
