//! Evaluations as text and as JSON.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{Evaluation, Tally};

impl Evaluation {
    /// A table of the figures; with `with_errors` each mistake on a line of its own, tab-separated.
    pub fn to_text(&self, with_errors: bool) -> String {
        let mut text = format!(
            "{} documents; {} not in the output\n{:24}{:>8}{:>8}{:>8}{:>7}{:>6}{:>6}\n",
            self.documents,
            self.not_in_output.len(),
            "",
            "P",
            "R",
            "F1",
            "right",
            "wrong",
            "miss"
        );
        let mut line = |field: &str, tally: &Tally| {
            let share = |share: Option<f64>| share.map_or_else(|| "-".to_owned(), |share| format!("{share:.3}"));
            writeln!(
                text,
                "{field:24}{:>8}{:>8}{:>8}{:7}{:6}{:6}",
                share(tally.precision()),
                share(tally.recall()),
                share(tally.f1()),
                tally.true_positives,
                tally.false_positives,
                tally.false_negatives
            )
        };
        for (field, tally) in &self.tallies {
            line(field, tally).expect("a string takes all that is written to it");
        }
        if with_errors {
            for error in &self.errors {
                text.push_str(&format!("{}\t{}\t{}\n", error.document, error.kind, error.detail));
            }
        }
        text
    }

    /// The figures by field, rounded to four places; with `with_errors` the mistakes too.
    pub fn to_json(&self, with_errors: bool) -> Value {
        let figures: Map<String, Value> = self
            .tallies
            .iter()
            .map(|(field, tally)| ((*field).to_owned(), figures(tally)))
            .collect();
        let mut report = json!({
            "documents": self.documents,
            "not_in_output": self.not_in_output,
            "figures": figures,
        });
        if with_errors {
            let errors = self
                .errors
                .iter()
                .map(|error| json!({"document": error.document, "kind": error.kind, "detail": error.detail}));
            report["errors"] = errors.collect();
        }
        report
    }
}

fn figures(tally: &Tally) -> Value {
    let rounded = |share: Option<f64>| share.map(|share| (share * 1e4).round() / 1e4);
    json!({
        "precision": rounded(tally.precision()),
        "recall": rounded(tally.recall()),
        "f1": rounded(tally.f1()),
        "tp": tally.true_positives,
        "fp": tally.false_positives,
        "fn": tally.false_negatives,
    })
}
