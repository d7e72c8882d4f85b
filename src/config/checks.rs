//! What only the world outside the file can tell: folders, inputs, furniture, lexicon files, decisions, table names, SQL.
//!
//! The checks work on the TOML tree, not on the deserialized types, so that they also run where another part of the
//! file is wrong. A value of the wrong type is passed over here: `structure` has reported it.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::decisions;
use super::inputs::matching_files;
use super::lexicon;
use super::load::Overrides;
use super::problem::Problem;
use super::sql::{self, Query};
use super::structure::most_similar;
use super::toml_string;
use crate::schema::Table;

/// A pipeline file as text and as tree.
pub(super) struct Document<'a, 'i> {
    pub path: &'a Path,
    pub source: &'i str,
    pub table: &'a DeTable<'i>,
}

const GLOB_HELP: &str = "`*` is any part of one name, `**` as a whole name is any folders, `[[]` is a bracket";

type Value<'i> = Spanned<DeValue<'i>>;

/// Runs every check; `root` is the pipeline's root folder as an absolute path.
pub(super) fn check(document: &Document<'_, '_>, root: &Path, overrides: &Overrides, problems: &mut Vec<Problem>) {
    if root.is_dir() {
        let mut kept = match &overrides.inputs {
            Some(_) => Vec::new(),
            None => document.inputs(root, problems),
        };
        document.furniture(root, problems);
        kept.extend(lexicon::check(document, root, problems));
        kept.extend(decisions::check(document, root, problems));
        if overrides.output_dir.is_none() {
            document.output_dir(root, &kept, problems);
        }
        document.state_dir(root, overrides, problems);
    } else if let Some(value) = document.get("pipeline", "root") {
        let problem = Problem::error(value.span(), "`pipeline.root` is not a folder");
        problems.push(problem.with_hint(format!(
            "it starts from the folder of the pipeline file: {}",
            root.display()
        )));
    }
    document.aggregates(problems);
}

impl<'a, 'i> Document<'a, 'i> {
    /// The value of a key, if the section and the key are there.
    pub(super) fn get(&self, section: &str, key: &str) -> Option<&'a Value<'i>> {
        self.table.get(section)?.get_ref().as_table()?.get(key)
    }

    /// The texts of a list, with their values.
    pub(super) fn texts(&self, section: &str, key: &str) -> impl Iterator<Item = (&'a str, &'a Value<'i>)> {
        let list = self.get(section, key).and_then(|value| value.get_ref().as_array());
        list.into_iter()
            .flatten()
            .filter_map(|value| Some((value.get_ref().as_str()?, value)))
    }

    /// Checks `ingest.inputs` and gives the files that they match.
    fn inputs(&self, root: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut unmatched = Vec::new();
        let mut all_are_globs = true;
        for (pattern, value) in self
            .texts("ingest", "inputs")
            .filter(|(pattern, _)| !pattern.is_empty())
        {
            match matching_files(root, pattern) {
                Ok(found) if found.is_empty() => unmatched.push((pattern, value)),
                Ok(found) => files.extend(found),
                Err(error) => {
                    all_are_globs = false;
                    let token = &self.source[value.span()];
                    let span = toml_string::range_of(token, value.span().start, error.offset..error.offset + 1);
                    let problem = Problem::error(span, format!("bad glob pattern: {}", error.message));
                    problems.push(problem.with_hint(GLOB_HELP.to_owned()));
                }
            }
        }
        let nothing_to_read = files.is_empty() && all_are_globs;
        for (pattern, value) in unmatched {
            let message = format!("no file matches \"{pattern}\"");
            let problem = if nothing_to_read {
                Problem::error(value.span(), message)
            } else {
                Problem::warning(value.span(), message)
            };
            problems.push(problem.with_hint(unmatched_hint(root, pattern)));
        }
        files
    }

    fn furniture(&self, root: &Path, problems: &mut Vec<Problem>) {
        for (name, value) in self.texts("clean", "furniture") {
            let path = root.join(name);
            if path.is_dir() {
                problems.push(Problem::error(
                    value.span(),
                    format!("{} is a folder, not a file", path.display()),
                ));
            } else if !path.is_file() {
                let problem = Problem::error(value.span(), format!("there is no file {}", path.display()));
                problems.push(problem.with_hint(similar_file(&path)));
            }
        }
    }

    /// A run replaces what is in the output folder, so nothing that must survive may lie in it.
    fn output_dir(&self, root: &Path, inputs: &[PathBuf], problems: &mut Vec<Problem>) {
        let Some(value) = self.get("output", "dir") else {
            return;
        };
        let Some(name) = value.get_ref().as_str() else {
            return;
        };
        let dir = root.join(name);
        if dir.exists() && !dir.is_dir() {
            problems.push(Problem::error(value.span(), "`output.dir` is a file, not a folder"));
            return;
        }
        let Ok(dir) = dir.canonicalize() else {
            return;
        };
        let kept = [root, self.path]
            .into_iter()
            .chain(inputs.iter().map(PathBuf::as_path))
            .filter_map(|path| path.canonicalize().ok())
            .find(|path| path.starts_with(&dir));
        if let Some(kept) = kept {
            let problem = Problem::error(
                value.span(),
                format!(
                    "`output.dir` must be a folder of its own, but {} lies in it",
                    kept.display()
                ),
            );
            problems.push(problem.with_hint("for example \"output\"".to_owned()));
        }
    }

    fn state_dir(&self, root: &Path, overrides: &Overrides, problems: &mut Vec<Problem>) {
        let text = |section| {
            let value = self.get(section, "dir")?;
            Some((root.join(value.get_ref().as_str()?), value))
        };
        let Some((dir, value)) = text("state") else {
            return;
        };
        let output = text("output").map_or_else(|| root.join("output"), |(dir, _)| dir);
        let output = overrides.output_dir.as_ref().unwrap_or(&output);
        if dir.exists() && !dir.is_dir() {
            problems.push(Problem::error(value.span(), "`state.dir` is a file, not a folder"));
        } else if dir.starts_with(output) {
            let message = "`state.dir` must lie outside of the output folder, which a run replaces";
            problems.push(Problem::error(value.span(), message).with_hint("for example \"state\"".to_owned()));
        }
    }

    fn aggregates(&self, problems: &mut Vec<Problem>) {
        let list = self.table.get("aggregate").and_then(|value| value.get_ref().as_array());
        let blocks = list
            .into_iter()
            .flatten()
            .filter_map(|block| block.get_ref().as_table());
        let mut names: Vec<&str> = Vec::new();
        let mut queries = Vec::new();
        for block in blocks {
            let text = |key: &str| {
                let value = block.get(key)?;
                Some((value.get_ref().as_str()?, value))
            };
            let name = text("name");
            if let Some((name, value)) = name {
                if Table::by_name(name).is_some() {
                    let problem = Problem::error(value.span(), format!("`{name}` is a table of every run already"));
                    problems.push(problem.with_hint("choose another name".to_owned()));
                } else if names.contains(&name) {
                    problems.push(Problem::error(
                        value.span(),
                        format!("two aggregates are called `{name}`"),
                    ));
                }
                names.push(name);
            }
            let (sql, span) = text("sql").map_or(("", 0..0), |(sql, value)| (sql, value.span()));
            queries.push(Query {
                table: name.map_or("", |(name, _)| name),
                sql,
                token: &self.source[span.clone()],
                token_start: span.start,
            });
        }
        sql::check(&queries, problems);
    }
}

/// What is there instead of what a pattern asks for.
fn unmatched_hint(root: &Path, pattern: &str) -> String {
    let is_wild = |part: &str| part.contains(['*', '?', '[']);
    let folder: PathBuf = pattern.split('/').take_while(|part| !is_wild(part)).collect();
    let mut folder = root.join(folder);
    if !pattern.split('/').any(is_wild) {
        return similar_file(&folder);
    }
    if folder.is_dir() {
        return format!("the folder {} is there, but holds no such file", folder.display());
    }
    while folder.parent().is_some_and(|parent| !parent.is_dir()) {
        folder.pop();
    }
    format!("there is no folder {}{}", folder.display(), did_you_mean(&folder))
}

/// For a file that is not there: a neighbour with a similar name, or where it was looked for.
pub(super) fn similar_file(path: &Path) -> String {
    match did_you_mean(path) {
        similar if similar.is_empty() => "relative paths start from `pipeline.root`".to_owned(),
        similar => similar.trim_start_matches("; ").to_owned(),
    }
}

fn did_you_mean(path: &Path) -> String {
    let neighbours = path.parent().and_then(|folder| folder.read_dir().ok());
    let mut names: Vec<String> = neighbours
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match most_similar(&name, &names) {
        Some(similar) => format!("; did you mean `{similar}`?"),
        None => String::new(),
    }
}
