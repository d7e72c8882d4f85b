//! The registry of indicators: which figures have a code, a pillar of the reform programme and a better direction.
//!
//! `src/lexicon/data/indicators.csv` holds one row per indicator. Its column `words` lists alternatives parted by `|`;
//! an alternative is a set of phrases parted by `+` that must all stand in the label, a phrase with `!` must not.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::unit::UnitKind;
use crate::text::fold::{fold, fold_into};

/// One registered indicator.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Definition {
    pub code: String,
    pub name_vi: String,
    pub name_en: String,
    /// One of the six pillars of the programme 2021 to 2030, if any.
    pub pillar: Option<String>,
    /// Kinds of unit that fit, parted by `|`: percent, currency, count, duration, rank, score.
    pub unit: String,
    /// `up` or `down`: the direction that is an improvement.
    pub better: String,
    pub words: String,
}

/// All definitions with the automaton that finds their phrases.
pub struct Registry {
    definitions: Vec<Definition>,
    automaton: AhoCorasick,
    /// Alternatives in the order in which they are tried: the longest condition first.
    alternatives: Vec<Alternative>,
}

struct Alternative {
    definition: usize,
    needed: Vec<usize>,
    forbidden: Vec<usize>,
    weight: usize,
}

impl Registry {
    /// The registry that is built into the program.
    pub fn embedded() -> &'static Registry {
        static EMBEDDED: LazyLock<Registry> = LazyLock::new(|| {
            let mut reader = csv::Reader::from_reader(include_str!("../../../lexicon/data/indicators.csv").as_bytes());
            let definitions = reader
                .deserialize()
                .collect::<Result<Vec<Definition>, _>>()
                .expect("the embedded registry is tested");
            Registry::new(definitions)
        });
        &EMBEDDED
    }

    fn new(definitions: Vec<Definition>) -> Registry {
        let mut phrases: Vec<String> = Vec::new();
        let mut intern = |phrase: &str| {
            // Spaces around keep phrases from matching inside words.
            let phrase = format!(" {} ", fold(phrase.trim()));
            phrases.iter().position(|known| *known == phrase).unwrap_or_else(|| {
                phrases.push(phrase);
                phrases.len() - 1
            })
        };
        let mut alternatives = Vec::new();
        for (definition, entry) in definitions.iter().enumerate() {
            for words in entry.words.split('|') {
                let (mut needed, mut forbidden, mut weight) = (Vec::new(), Vec::new(), 0);
                for phrase in words.split('+').map(str::trim) {
                    match phrase.strip_prefix('!') {
                        Some(phrase) => forbidden.push(intern(phrase)),
                        None => {
                            weight += phrase.len();
                            needed.push(intern(phrase));
                        }
                    }
                }
                alternatives.push(Alternative {
                    definition,
                    needed,
                    forbidden,
                    weight,
                });
            }
        }
        alternatives.sort_by_key(|alternative| std::cmp::Reverse(alternative.weight));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&phrases)
            .expect("a few hundred short phrases fit an automaton");
        Registry {
            definitions,
            automaton,
            alternatives,
        }
    }

    /// Every definition, in the order of the file.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The definition that a label with this kind of unit belongs to.
    pub(super) fn find(&self, label: &str, kind: UnitKind, unit: &str) -> Option<&Definition> {
        let text = spaced_words(label, unit);
        let mut found = [0_u64; 8];
        for hit in self.automaton.find_overlapping_iter(&text) {
            let pattern = hit.pattern().as_usize();
            if let Some(word) = found.get_mut(pattern / 64) {
                *word |= 1 << (pattern % 64);
            }
        }
        if found.iter().all(|&word| word == 0) {
            return None;
        }
        let has = |&pattern: &usize| {
            found
                .get(pattern / 64)
                .is_some_and(|word| word >> (pattern % 64) & 1 == 1)
        };
        self.alternatives
            .iter()
            .find(|alternative| {
                alternative.needed.iter().all(has)
                    && !alternative.forbidden.iter().any(has)
                    && self.definitions[alternative.definition]
                        .unit
                        .split('|')
                        .any(|fits| fits == kind.as_str())
            })
            .map(|alternative| &self.definitions[alternative.definition])
    }
}

/// The folded words of label and unit with a space around each, so that ` a b ` matches whole words only; overlapping
/// search lets neighbouring phrases share a space.
fn spaced_words(label: &str, unit: &str) -> String {
    let mut folded = String::new();
    fold_into(label, &mut folded);
    let mut text = String::with_capacity(folded.len() + unit.len() + 4);
    text.push(' ');
    for word in folded
        .split(|c: char| !c.is_alphanumeric())
        .chain(std::iter::once(unit))
    {
        if !word.is_empty() {
            text.push_str(word);
            text.push(' ');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_has_a_pillar_of_the_programme_and_words() {
        let registry = Registry::embedded();
        assert!(registry.definitions().len() >= 60);
        let mut codes: Vec<&str> = registry.definitions().iter().map(|d| d.code.as_str()).collect();
        let sorted = codes.clone();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes, sorted, "codes are sorted and unique");
        for definition in registry.definitions() {
            let pillars = [
                None,
                Some("institutions"),
                Some("administrative_procedures"),
                Some("organisation"),
                Some("civil_service"),
                Some("public_finance"),
                Some("digital_government"),
            ];
            assert!(pillars.contains(&definition.pillar.as_deref()), "{definition:?}");
            assert!(matches!(definition.better.as_str(), "up" | "down"), "{definition:?}");
            assert!(!definition.words.trim().is_empty(), "{definition:?}");
        }
        assert!(
            registry.automaton.patterns_len() <= 512,
            "phrases fit the set of found ones"
        );
    }

    #[test]
    fn tells_registered_figures_from_others() {
        let code = |label: &str, kind, unit: &str| {
            Registry::embedded()
                .find(label, kind, unit)
                .map(|definition| definition.code.as_str())
        };
        use UnitKind::*;
        assert_eq!(
            code("chỉ số cải cách hành chính của tỉnh", Rank, "hạng"),
            Some("par_index_rank")
        );
        assert_eq!(
            code("tỷ lệ giải ngân vốn đầu tư công", Percent, "%"),
            Some("public_investment_disbursement")
        );
        assert_eq!(
            code("hồ sơ được giải quyết đúng hạn", Percent, "%"),
            Some("dossiers_on_time")
        );
        assert_eq!(code("giảm biên chế", Count, "biên chế"), Some("staff_cut"));
        assert_eq!(code("sản lượng cá tra", Count, "tấn"), None);
        assert_eq!(code("sở hữu nhà", Percent, "%"), None);
    }
}
