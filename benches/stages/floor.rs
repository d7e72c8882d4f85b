//! The floor: one pass of an automaton over all lexicon phrases and one of the patterns that any extractor of names,
//! dates and figures must look for, with the kept libraries for it and nothing done with what they find.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use parc_etl::lexicon::Lexicon;
use parc_etl::text::fold::fold;
use regex::Regex;

/// What is searched for.
const PATTERNS: [&str; 4] = [
    // 6.124; 86,1%; 5,4 triệu
    r"[0-9]+(?:[.,][0-9]+)*(?: ?%| (?:nghìn|triệu|tỷ))?",
    // 18/3/2021, 18-3
    r"[0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{4})?",
    // ngày 21 tháng 10 năm 2020
    r"ngày [0-9]{1,2}(?: tháng [0-9]{1,2}(?: năm [0-9]{4})?)?",
    // Nguyễn Văn A
    r"\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)+",
];

/// The compiled automaton and patterns.
pub struct Floor {
    phrases: AhoCorasick,
    patterns: Vec<Regex>,
}

impl Floor {
    /// The floor for the embedded lexicon.
    pub fn get() -> &'static Floor {
        static FLOOR: LazyLock<Floor> = LazyLock::new(|| Floor {
            phrases: AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(Lexicon::embedded().entries().iter().map(|entry| fold(&entry.phrase)))
                .expect("a few thousand short phrases"),
            patterns: PATTERNS
                .iter()
                .map(|pattern| Regex::new(pattern).expect("the patterns are fixed"))
                .collect(),
        });
        &FLOOR
    }

    /// How many lexicon phrases stand in a folded text.
    pub fn phrases(&self, folded: &str) -> usize {
        self.phrases.find_iter(folded).count()
    }

    /// How many numbers, dates and runs of capitals stand in a text.
    pub fn patterns(&self, text: &str) -> usize {
        self.patterns
            .iter()
            .map(|pattern| pattern.find_iter(text).count())
            .sum()
    }
}
