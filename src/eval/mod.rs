//! Scores extracted tables against documents annotated by hand.
//!
//! Both sides become [`Annotations`]: the gold from one JSON file for each document, the output from the Parquet tables
//! of a run or from JSON files of the gold's own form. A document is known by the stem of its source file. Figures are
//! micro-averaged over all documents; what the gold marks as optional (figures) or secondary (meetings) is neither asked
//! for nor held against the output.

mod annotations;
mod compare;
mod report;
mod score;
mod similarity;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::output::TableReadError;

pub use annotations::{Annotations, Citation, Figure, Meeting, Official, Role};

/// Reports that tell of one gathering, as `document#ref`.
const CLUSTERS: &str = "clusters.json";

/// What to score.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these documents; all where empty.
    pub documents: Vec<String>,
}

/// The scores of one output.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Documents of the gold that were scored.
    pub documents: usize,
    /// Those that the output lacks.
    pub not_in_output: Vec<String>,
    /// Counts by field, in the order of reports.
    pub tallies: Vec<(&'static str, Tally)>,
    /// Every miss and wrong entry.
    pub errors: Vec<Mistake>,
}

/// Right, wrong and missed entries of one field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub true_positives: usize,
    pub false_positives: usize,
    pub false_negatives: usize,
}

impl Tally {
    /// Share of the output's entries that are right; none where it has no entries.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.true_positives, self.true_positives + self.false_positives)
    }

    /// Share of the gold's entries that were found; none where it has no entries.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// Harmonic mean of precision and recall; none where neither side has entries.
    pub fn f1(&self) -> Option<f64> {
        let wrong = self.false_positives + self.false_negatives;
        ratio(2 * self.true_positives, 2 * self.true_positives + wrong)
    }

    fn add(&mut self, true_positives: usize, false_positives: usize, false_negatives: usize) {
        self.true_positives += true_positives;
        self.false_positives += false_positives;
        self.false_negatives += false_negatives;
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// One difference between output and gold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The document, or `document#ref` of a meeting.
    pub document: String,
    /// What is wrong: `official missed`, `indicator unit`.
    pub kind: String,
    pub detail: String,
}

/// Scores that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A folder or file cannot be read.
    #[error("{}: {source}", path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// An annotated document is not of the gold's form.
    #[error("{}: {source}", path.display())]
    Json {
        path: PathBuf,
        #[source]
        source: serde_json::Error,
    },
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] TableReadError),
    /// A row refers to a row that another table lacks.
    #[error("{table}: a row refers to {id}, which {missing_from} lacks")]
    Dangling {
        table: &'static str,
        id: String,
        missing_from: &'static str,
    },
    /// The folder of the gold holds no annotated document.
    #[error("{}: no annotated documents (JSON files with \"meetings\") in this folder", .0.display())]
    NoGold(PathBuf),
}

/// Scores the tables in `output` (Parquet of a run, or JSON in the gold's form) against the documents in `gold`.
///
/// # Errors
/// When a folder, document or table cannot be read.
pub fn evaluate(gold: &Path, output: &Path, options: &Options) -> Result<Evaluation, EvalError> {
    let mut expected = annotations::read_folder(gold)?;
    if expected.is_empty() {
        return Err(EvalError::NoGold(gold.to_owned()));
    }
    let has_json = expected
        .keys()
        .any(|name| output.join(format!("{name}.json")).is_file());
    let found = if has_json {
        annotations::read_folder(output)?
    } else {
        tables::read(output)?
    };
    if !options.documents.is_empty() {
        expected.retain(|name, _| options.documents.contains(name));
    }
    let clusters = gold.join(CLUSTERS);
    let clusters: Option<Vec<Vec<String>>> = match clusters.is_file() {
        true => Some(annotations::read_json(&clusters)?),
        false => None,
    };
    Ok(compare_all(&expected, &found, clusters.as_deref()))
}

/// Scores `found` against `expected`; `clusters` are the reports (`document#ref`) of one gathering each.
pub fn compare_all(
    expected: &BTreeMap<String, Annotations>,
    found: &BTreeMap<String, Annotations>,
    clusters: Option<&[Vec<String>]>,
) -> Evaluation {
    let nothing = Annotations::default();
    let mut scores = score::Scores::default();
    for (name, gold) in expected {
        scores.document(name, gold, found.get(name).unwrap_or(&nothing));
    }
    if let Some(clusters) = clusters {
        scores.coreference(expected, clusters);
    }
    let (tallies, errors) = scores.finish();
    Evaluation {
        documents: expected.len(),
        not_in_output: expected
            .keys()
            .filter(|name| !found.contains_key(*name))
            .cloned()
            .collect(),
        tallies,
        errors,
    }
}
