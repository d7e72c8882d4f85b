//! What every rule of extraction looks at: one analysed document.

use chrono::NaiveDate;

use super::rule::Rule;
use crate::schema::rows::Evidence;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::offsets::CodePoints;

/// One document under extraction.
pub struct Context<'a> {
    pub analysis: &'a Analysis<'a>,
    /// Day of publication, where known.
    pub published: Option<NaiveDate>,
    code_points: CodePoints<'a>,
}

impl<'a> Context<'a> {
    /// Prepares an analysed text published on `published`.
    pub fn new(analysis: &'a Analysis<'a>, published: Option<NaiveDate>) -> Self {
        Context {
            analysis,
            published,
            code_points: CodePoints::new(analysis.text),
        }
    }

    /// The first code point of `tokens` (not empty).
    pub fn start(&self, tokens: &TokenRange) -> i32 {
        self.code_points.at(self.analysis.bytes(tokens).start)
    }

    /// The code point after the last of `tokens` (not empty).
    pub fn end(&self, tokens: &TokenRange) -> i32 {
        self.code_points.at(self.analysis.bytes(tokens).end)
    }

    /// Evidence for a fact that stands at `tokens` (not empty), found by `rule`.
    pub fn evidence(&self, tokens: &TokenRange, rule: &'static Rule) -> Evidence {
        let bytes = self.analysis.bytes(tokens);
        Evidence {
            start: self.code_points.at(bytes.start),
            end: self.code_points.at(bytes.end),
            quote: self.analysis.text[bytes].to_owned(),
            rule: rule.id.to_owned(),
            confidence: rule.confidence,
        }
    }
}
