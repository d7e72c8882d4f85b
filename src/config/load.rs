//! Reading a pipeline file: syntax, structure, then what only the file system and the SQL parser can tell.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::checks::{self, Document};
use super::problem::{Problem, Problems, Severity};
use super::{Config, json_schema, structure};

/// A pipeline file that can run.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipeline {
    pub config: Config,
    /// The file, as given.
    pub path: PathBuf,
    /// The folder from which relative paths in `config` start: absolute, without symbolic links.
    pub root: PathBuf,
}

impl Pipeline {
    /// The pipeline of `pipelines/default.toml`, which is part of the program, with paths from the folder `root`.
    pub fn built_in(root: &Path) -> Pipeline {
        let source = include_str!("../../pipelines/default.toml");
        Pipeline {
            config: toml::from_str(source).expect("a test loads the file"),
            path: PathBuf::new(),
            root: root.to_owned(),
        }
    }

    /// A pipeline with every option at its default and paths from the folder `root`, that reads `inputs`.
    pub fn with_defaults(root: &Path, inputs: Vec<String>) -> Pipeline {
        Pipeline {
            config: Config::with_inputs(inputs),
            path: PathBuf::new(),
            root: root.to_owned(),
        }
    }
}

/// What the command line says in place of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// For `ingest.inputs`: absolute glob patterns.
    pub inputs: Option<Vec<String>>,
    /// For `output.dir`: an absolute path.
    pub output_dir: Option<PathBuf>,
}

/// Reads and checks a pipeline file.
///
/// # Errors
/// All mistakes in the file, each with its place, and the warnings among them.
pub fn load(path: &Path) -> Result<Pipeline, Problems> {
    load_with(path, Overrides::default()).map(|(pipeline, _)| pipeline)
}

/// Reads and checks a pipeline file of which parts are replaced; what is replaced is not looked for on the disk.
/// A pipeline that can run comes with its warnings.
///
/// # Errors
/// As for [`load`].
pub fn load_with(path: &Path, overrides: Overrides) -> Result<(Pipeline, Problems), Problems> {
    let source = read(path).map_err(|problem| Problems::new(path, String::new(), vec![problem]))?;
    let mut problems = Vec::new();
    let root = check(path, &source, &overrides, &mut problems);
    let config = if problems.iter().any(|problem| problem.severity == Severity::Error) {
        None
    } else {
        deserialize(&source, &mut problems)
    };
    let problems = Problems::new(path, source, problems);
    let Some(mut config) = config else {
        return Err(problems);
    };
    if let Some(inputs) = overrides.inputs {
        config.ingest.inputs = inputs;
    }
    if let Some(dir) = overrides.output_dir {
        config.output.dir = dir;
    }
    let path = path.to_owned();
    Ok((Pipeline { config, path, root }, problems))
}

fn read(path: &Path) -> Result<String, Problem> {
    let no_file = |message: String, hint: &str| {
        Problem {
            severity: Severity::Error,
            file: None,
            span: None,
            message,
            hint: None,
        }
        .with_hint(hint.to_owned())
    };
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => no_file(
            format!("there is no file {}", path.display()),
            "`parc-etl init DIR` makes a project with a pipeline file",
        ),
        ErrorKind::IsADirectory => no_file(
            format!("{} is a folder", path.display()),
            "name the pipeline file in it, such as pipelines/default.toml",
        ),
        _ => no_file(
            format!("cannot read {}: {error}", path.display()),
            "check the file's permissions",
        ),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
        no_file(
            format!("{} is not UTF-8 text: see line {line}", path.display()),
            "save it as UTF-8",
        )
    })
}

/// Finds all problems and the root folder.
fn check(path: &Path, source: &str, overrides: &Overrides, problems: &mut Vec<Problem>) -> PathBuf {
    let (table, syntax_errors) = DeTable::parse_recoverable(source);
    let document = Document {
        path,
        source,
        table: table.get_ref(),
    };
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let root_key = document
        .get("pipeline", "root")
        .and_then(|value| value.get_ref().as_str());
    let root = folder.join(root_key.unwrap_or("."));
    let root = root.canonicalize().unwrap_or(root);

    let report_missing = syntax_errors.is_empty();
    structure::check(document.table, json_schema(), end_of(source), report_missing, problems);
    checks::check(&document, &root, overrides, problems);

    // Places within SQL are reckoned from its start, which may go wrong where the text around it is no TOML.
    for problem in problems.iter_mut().filter(|problem| problem.file.is_none()) {
        problem.span = problem.span.take().map(|span| at_characters(source, span));
    }

    // What is wrong on a line with a syntax error, or seems to be missing after one, follows from it.
    let line = |byte: usize| source[..byte].matches('\n').count();
    let syntax_problems: Vec<Problem> = syntax_errors
        .iter()
        .map(|error| syntax_problem(source, error))
        .collect();
    let broken_lines: Vec<usize> = starts(&syntax_problems).map(line).collect();
    problems.retain(|problem| {
        let start = problem.span.as_ref().map(|span| span.start);
        problem.file.is_some() || start.is_none_or(|start| !broken_lines.contains(&line(start)))
    });
    problems.extend(syntax_problems);
    root
}

fn starts(problems: &[Problem]) -> impl Iterator<Item = usize> {
    problems
        .iter()
        .filter_map(|problem| problem.span.as_ref().map(|span| span.start))
}

fn syntax_problem(source: &str, error: &toml::de::Error) -> Problem {
    let end = end_of(source);
    let span = error.span().filter(|span| span.start < end.start).unwrap_or(end);
    Problem::error(span, error.message())
}

/// The span without parts of characters.
fn at_characters(source: &str, span: Range<usize>) -> Range<usize> {
    let is_boundary = |at: &usize| source.is_char_boundary(*at);
    let start = (0..=span.start.min(source.len())).rev().find(is_boundary).unwrap_or(0);
    let end = (span.end..source.len()).find(is_boundary).unwrap_or(source.len());
    start..end.max(start)
}

/// The place after the last word of the file.
fn end_of(source: &str) -> Range<usize> {
    let end = source.trim_end().len();
    end..end
}

fn deserialize(source: &str, problems: &mut Vec<Problem>) -> Option<Config> {
    toml::from_str(source)
        .inspect_err(|error| problems.push(syntax_problem(source, error)))
        .ok()
}
