//! The stretches of text that make up a label, and how sure it is that they say what is measured.

use super::Reading;
use crate::text::analysis::TokenRange;

/// A label of fewer words says too little.
pub const LEAST: usize = 3;
/// A longer subject is told by its beginning and its end.
const LONGEST: usize = 19;
/// Most parts of one label.
const PARTS: usize = 10;

/// Stretches of the text that make up a label.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    ranges: [TokenRange; PARTS],
    len: usize,
    /// How the text tells what is measured.
    pub told: Told,
}

/// How the text tells what a figure measures, from the surest way to the least sure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// A subject with a noun that measures: `tỷ lệ … đạt 90%`.
    #[default]
    Headed,
    /// The counted noun with a phrase behind it.
    Phrase,
    /// The counted noun with the verb before it.
    Verb,
    /// The counted noun alone.
    Bare,
    /// The noun behind a share: `90% hồ sơ`.
    Share,
    /// A subject without a noun that measures.
    Clause,
    /// What a figure before measures.
    Inherited,
    /// The last noun that measures, elsewhere in the sentence or in the one before.
    Near,
    /// The clause before a rank.
    Ranked,
    /// What was counted before, for a part of it.
    Breakdown,
    /// A bar or a pronoun for what was measured before.
    Bar,
}

impl Told {
    /// Share of labels told in this way that say what is measured, on the annotated pages.
    fn certainty(self) -> f64 {
        match self {
            Told::Share => 0.94,
            Told::Headed => 0.9,
            Told::Phrase | Told::Verb => 0.87,
            Told::Bar | Told::Ranked => 0.83,
            Told::Clause => 0.8,
            Told::Inherited => 0.76,
            Told::Near | Told::Breakdown => 0.7,
            Told::Bare => 0.55,
        }
    }
}

impl Parts {
    /// Adds a stretch, if it is not empty and there is room.
    pub fn push(&mut self, range: TokenRange) {
        if !range.is_empty() && self.len < PARTS {
            self.ranges[self.len] = range;
            self.len += 1;
        }
    }

    /// Pushes `range` without the dates and the `phấn đấu` in its midst.
    pub fn push_told(&mut self, reading: Reading, range: TokenRange) {
        let aside = |at: usize| {
            let pair = |first: usize| (reading.word(first), reading.word(first + 1)) == ("phấn", "đấu");
            reading.dates.is_date_token(at) || pair(at) || at > 0 && pair(at - 1)
        };
        if range.clone().filter(|&at| !aside(at)).count() < LEAST {
            self.push(range);
            return;
        }
        if range.len() > LONGEST {
            // The noun and the verb say more than what stands between them.
            let cut = range.start + LONGEST / 2;
            self.push(range.start..cut + usize::from(reading.analysis.continues_word(cut)));
            self.push(range.end - LONGEST / 3..range.end);
            return;
        }
        let mut at = range.start;
        while at < range.end {
            let start = (at..range.end).find(|&token| !aside(token)).unwrap_or(range.end);
            at = (start..range.end).find(|&token| aside(token)).unwrap_or(range.end);
            // `tăng trưởng của tỉnh` | `trong hơn 25 năm qua`
            let leads = |token: &usize| {
                matches!(
                    reading.word(*token),
                    "trong" | "hơn" | "mỗi" | "cùng" | "từ" | "đến" | "vào" | "gần" | "khoảng"
                )
            };
            let end = if at < range.end {
                (start..at)
                    .rev()
                    .find(|token| !leads(token))
                    .map_or(start, |last| last + 1)
            } else {
                at
            };
            self.push(start..end);
        }
    }

    /// Adds the stretches of another label.
    pub fn extend(&mut self, other: &Parts) {
        for range in other.iter() {
            self.push(range.clone());
        }
    }

    /// The stretches, in the order of the label.
    pub fn iter(&self) -> impl Iterator<Item = &TokenRange> {
        self.ranges[..self.len].iter()
    }

    /// Nothing is told.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How sure it is that these stretches say what is measured, 0 to 1.
    pub fn certainty(&self) -> f64 {
        let short = if self.words() < LEAST { 0.6 } else { 1.0 };
        self.told.certainty() * short
    }

    /// Tokens in all stretches.
    pub fn words(&self) -> usize {
        self.iter().map(ExactSizeIterator::len).sum()
    }
}
