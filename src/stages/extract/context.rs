//! What every rule of extraction looks at: one analysed document.

use chrono::NaiveDate;

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

    /// Evidence for a fact that stands at `tokens` (not empty), found by `rule`.
    pub fn evidence(&self, tokens: &TokenRange, rule: &str, confidence: f64) -> Evidence {
        let bytes = self.analysis.bytes(tokens);
        Evidence {
            start: self.code_points.at(bytes.start),
            end: self.code_points.at(bytes.end),
            quote: self.analysis.text[bytes].to_owned(),
            rule: rule.to_owned(),
            confidence,
        }
    }
}
