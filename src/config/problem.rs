//! Mistakes in a pipeline file, and how they are shown: the place, the offending line, a hint.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet, normalize_untrusted_str};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pipeline cannot run.
    Error,
    /// The pipeline can run, but probably not as meant.
    Warning,
}

/// A file that the pipeline file names.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub path: PathBuf,
    pub text: String,
}

/// One mistake in a pipeline file, or in one that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    /// The file that it is about; none for the pipeline file.
    pub file: Option<Arc<SourceFile>>,
    /// Where, in bytes of the file; none where the file cannot be read, which is then the only problem.
    pub span: Option<Range<usize>>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// An error at a place in the file.
    pub(super) fn error(span: Range<usize>, message: impl Into<String>) -> Problem {
        Problem {
            severity: Severity::Error,
            file: None,
            span: Some(span),
            message: message.into(),
            hint: None,
        }
    }

    /// A warning at a place in the file.
    pub(super) fn warning(span: Range<usize>, message: impl Into<String>) -> Problem {
        Problem {
            severity: Severity::Warning,
            ..Problem::error(span, message)
        }
    }

    /// The same problem with a hint, if there is one.
    pub(super) fn with_hint(mut self, hint: impl Into<Option<String>>) -> Problem {
        self.hint = hint.into();
        self
    }
}

/// Every problem of one pipeline file, in the order of their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    path: PathBuf,
    source: String,
    list: Vec<Problem>,
}

impl Problems {
    pub(super) fn new(path: &Path, source: String, mut list: Vec<Problem>) -> Problems {
        // The pipeline file first, then the files that it names, in the order in which they were read.
        list.sort_by_key(|problem| {
            let place = problem.span.as_ref().map(|span| (span.start, span.end));
            place.filter(|_| problem.file.is_none()).unwrap_or((usize::MAX, 0))
        });
        list.dedup();
        Problems {
            path: path.to_owned(),
            source,
            list,
        }
    }

    /// The pipeline file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file that a problem is about, and its text.
    pub fn file_of<'a>(&'a self, problem: &'a Problem) -> (&'a Path, &'a str) {
        match &problem.file {
            Some(file) => (&file.path, &file.text),
            None => (&self.path, &self.source),
        }
    }

    /// The problems, by place.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of them are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|problem| problem.severity == severity).count()
    }

    /// Line and column of a problem, both from 1, the column in characters.
    pub fn position(&self, problem: &Problem) -> Option<(usize, usize)> {
        let (_, source) = self.file_of(problem);
        let before = &source[..problem.span.as_ref()?.start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Some((
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        ))
    }

    /// All problems with their lines, for a person to read; `styled` adds terminal colours.
    pub fn render(&self, styled: bool) -> String {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let rendered: Vec<String> = self
            .list
            .iter()
            .map(|problem| self.render_one(&renderer, problem))
            .collect();
        rendered.join("\n\n")
    }

    fn render_one(&self, renderer: &Renderer, problem: &Problem) -> String {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(normalize_untrusted_str(&problem.message));
        let hint = problem.hint.as_deref().map(normalize_untrusted_str);
        let Some(span) = &problem.span else {
            let hint = hint.map(|hint| Group::with_title(Level::HELP.secondary_title(hint)));
            let report: Vec<Group<'_>> = [Group::with_title(title)].into_iter().chain(hint).collect();
            return renderer.render(&report);
        };
        let (path, source) = self.file_of(problem);
        let snippet = Snippet::source(source)
            .path(path.display().to_string())
            .annotation(AnnotationKind::Primary.span(first_line_of(source, span)));
        let hint = hint.map(|hint| Element::from(Level::HELP.message(hint)));
        renderer.render(&[title.element(snippet).elements(hint)])
    }
}

/// A span over many lines (a whole SQL text) is marked on its first line only.
fn first_line_of(source: &str, span: &Range<usize>) -> Range<usize> {
    let text = &source[span.clone()];
    let end = text.find('\n').map_or(span.end, |newline| span.start + newline);
    span.start..end
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}
