//! Sentences with what the rules tried in them, as text or JSON.

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use super::flow::Flow;
use super::{Explanation, TextOptions, header};
use crate::stages::extract::{RuleAttempt, SentenceTrace};
use crate::text::fold::fold;
use crate::text::trace::Outcome;

/// Which sentences of a document are traced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    All,
    /// The one with this number, from 1.
    Number(usize),
    /// Those that hold these words, in whatever case.
    Words(String),
}

impl Selection {
    /// A number where there are digits alone, else words.
    pub fn parse(text: &str) -> Selection {
        match text.parse() {
            Ok(number) => Selection::Number(number),
            Err(_) => Selection::Words(text.to_owned()),
        }
    }

    fn holds(&self, sentence: &SentenceTrace) -> bool {
        match self {
            Selection::All => true,
            Selection::Number(number) => sentence.number == *number,
            Selection::Words(words) => fold(&sentence.text).contains(&fold(words)),
        }
    }
}

/// No sentence of the text is asked for.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SelectionError {
    #[error("there is no sentence {number}: the text has {n_sentences}")]
    NoNumber { number: usize, n_sentences: usize },
    #[error("no sentence of the text holds “{words}”")]
    NoWords { words: String },
}

/// Sentences with what the rules tried in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracing {
    /// The document around them, where it is one.
    explanation: Option<Explanation>,
    sentences: Vec<SentenceTrace>,
    n_sentences: usize,
}

impl Tracing {
    /// Keeps the sentences that are asked for.
    ///
    /// # Errors
    /// When there are none in a text that has sentences.
    pub(super) fn new(
        explanation: Option<Explanation>,
        mut sentences: Vec<SentenceTrace>,
        selection: &Selection,
    ) -> Result<Tracing, SelectionError> {
        let n_sentences = sentences.len();
        sentences.retain(|sentence| selection.holds(sentence));
        match selection {
            Selection::Number(number) if sentences.is_empty() && n_sentences > 0 => Err(SelectionError::NoNumber {
                number: *number,
                n_sentences,
            }),
            Selection::Words(words) if sentences.is_empty() && n_sentences > 0 => {
                Err(SelectionError::NoWords { words: words.clone() })
            }
            _ => Ok(Tracing {
                explanation,
                sentences,
                n_sentences,
            }),
        }
    }

    /// Each sentence, then what the rules tried in it, by table and in order of position. Of a document that a run
    /// would reject or skip the head says so first.
    pub fn to_text(&self, options: TextOptions) -> String {
        let mut out = String::new();
        let has_facts = |explanation: &&Explanation| explanation.has_no_facts();
        if let Some(explanation) = self.explanation.as_ref().filter(has_facts) {
            header::write(explanation, options.width, &mut out);
        }
        for sentence in &self.sentences {
            if !out.is_empty() {
                out.push('\n');
            }
            self.sentence(sentence, options.width, &mut out);
        }
        out
    }

    fn sentence(&self, sentence: &SentenceTrace, width: usize, out: &mut String) {
        let SentenceTrace { number, start, end, .. } = sentence;
        let head = format!("Sentence {number} of {}, at {start}–{end}", self.n_sentences);
        Flow::default()
            .with(Style::new().bold(), &head)
            .wrap_into(out, width, "", "");
        Flow::default()
            .with(Style::new(), &sentence.text)
            .wrap_into(out, width, "  ", "  ");
        if sentence.attempts.is_empty() {
            Flow::default()
                .with(Style::new().dimmed(), "No rule found anything to try at.")
                .wrap_into(out, width, "\n  ", "  ");
        }
        let rule_width = sentence.attempts.iter().map(|attempt| attempt.rule.id.len()).max();
        for (index, attempt) in sentence.attempts.iter().enumerate() {
            if index == 0 || sentence.attempts[index - 1].rule.finds != attempt.rule.finds {
                out.push('\n');
                Flow::default()
                    .with(Style::new().bold().underline(), attempt.rule.finds.name())
                    .wrap_into(out, width, "  ", "  ");
            }
            attempt_line(attempt, rule_width.unwrap_or(0)).wrap_into(out, width, "  ", &" ".repeat(13));
        }
    }

    /// As JSON: `sentences`, each with its `attempts`; places are code points of the document's text, half open.
    pub fn to_json(&self) -> Value {
        let sentence_json = |sentence: &SentenceTrace| {
            json!({
                "number": sentence.number,
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "attempts": sentence.attempts.iter().map(attempt_json).collect::<Vec<Value>>(),
            })
        };
        json!({
            "n_sentences": self.n_sentences,
            "sentences": self.sentences.iter().map(sentence_json).collect::<Vec<Value>>(),
        })
    }
}

/// The word for an outcome, its style, and what is told of it.
fn told(outcome: &Outcome) -> (&'static str, Style, &str) {
    match outcome {
        Outcome::Matched(what) => ("matched", AnsiColor::Green.on_default().bold(), what),
        Outcome::Dropped(why) => ("dropped", AnsiColor::Yellow.on_default(), why),
        Outcome::Failed(why) => ("failed", AnsiColor::Red.on_default(), why),
    }
}

fn attempt_line(attempt: &RuleAttempt, rule_width: usize) -> Flow {
    let (word, style, why) = told(&attempt.outcome);
    Flow::default()
        .with(style, &format!("{word:<9}"))
        .with(Style::new(), &format!("{:<rule_width$}", attempt.rule.id))
        .with(Style::new(), &format!("  at “{}”: ", attempt.quote.replace('\n', " ")))
        .with(Style::new().dimmed(), why)
}

fn attempt_json(attempt: &RuleAttempt) -> Value {
    let (word, _, why) = told(&attempt.outcome);
    json!({
        "table": attempt.rule.finds.name(),
        "rule": attempt.rule.id,
        "start": attempt.start,
        "end": attempt.end,
        "quote": attempt.quote,
        "outcome": word,
        "told": why,
    })
}
