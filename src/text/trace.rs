//! What the rules tried in a text, for whoever asks why something was found or not.
//!
//! A trace hangs on the analysed text, which every rule has at hand; where none does, a rule's note costs one comparison.

use std::cell::RefCell;

use super::analysis::TokenRange;

/// Collects attempts while the rules run.
#[derive(Debug, Default)]
pub struct Trace {
    attempts: RefCell<Vec<Attempt>>,
}

/// One rule at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Id of the rule.
    pub rule: &'static str,
    /// The words that made the rule try; not empty.
    pub tokens: TokenRange,
    pub outcome: Outcome,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A fact was found: what it tells.
    Matched(String),
    /// A fact was found, but not kept: why.
    Dropped(&'static str),
    /// Nothing was found: which check failed.
    Failed(&'static str),
}

impl Trace {
    /// Notes an attempt.
    pub fn note(&self, rule: &'static str, tokens: &TokenRange, outcome: Outcome) {
        let tokens = tokens.clone();
        self.attempts.borrow_mut().push(Attempt { rule, tokens, outcome });
    }

    /// Takes out all attempts, in the order in which they were made.
    pub fn take(&self) -> Vec<Attempt> {
        self.attempts.take()
    }
}
