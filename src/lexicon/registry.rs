//! The registry of indicators: which figures have a code, a pillar of the reform programme and a better direction.
//!
//! `data/indicators.csv` holds one row per indicator. Its column `words` lists alternatives parted by `|`;
//! an alternative is a set of phrases parted by `+` that must all stand in the label, a phrase with `!` must not.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::list::{ListFile, Remark, Row, known_words, quoted};
use crate::text::fold::{fold, fold_into};
use crate::text::letter::Letters;

/// Columns of the file, in their order.
pub(super) const COLUMNS: [&str; 7] = ["code", "name_vi", "name_en", "pillar", "unit", "better", "words"];
const CODE: usize = 0;
const PILLAR: usize = 3;
const UNIT: usize = 4;
const BETTER: usize = 5;
const WORDS: usize = 6;

/// The pillars of the reform programme 2021 to 2030; none for other figures.
const PILLARS: [&str; 7] = [
    "",
    "institutions",
    "administrative_procedures",
    "organisation",
    "civil_service",
    "public_finance",
    "digital_government",
];

/// Kinds of unit that a definition can ask for.
const UNIT_KINDS: [&str; 6] = ["percent", "currency", "count", "duration", "rank", "score"];

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

impl Definition {
    /// Its columns, in their order.
    pub(super) fn parts(&self) -> [&str; COLUMNS.len()] {
        [
            &self.code,
            &self.name_vi,
            &self.name_en,
            self.pillar.as_deref().unwrap_or_default(),
            &self.unit,
            &self.better,
            &self.words,
        ]
    }
}

/// All definitions with an index of their phrases.
#[derive(Debug)]
pub struct Registry {
    definitions: Vec<Definition>,
    /// Folded, with a space around each word, so that they match whole words only.
    phrases: Vec<String>,
    /// The phrases that begin with a word.
    beginning: FxHashMap<Box<str>, Vec<usize>>,
    /// Alternatives in the order in which they are tried: the longest condition first.
    alternatives: Vec<Alternative>,
    /// For each phrase the alternatives that need it first of all, in their order.
    needing: Vec<Vec<usize>>,
}

#[derive(Debug)]
struct Alternative {
    definition: usize,
    needed: Vec<usize>,
    forbidden: Vec<usize>,
    weight: usize,
}

impl Default for Registry {
    fn default() -> Self {
        Registry::new(Vec::new())
    }
}

impl Registry {
    /// The registry that is built into the program.
    pub fn embedded() -> Arc<Registry> {
        static EMBEDDED: LazyLock<Arc<Registry>> = LazyLock::new(|| {
            let mut reader = csv::Reader::from_reader(include_str!("data/indicators.csv").as_bytes());
            let definitions = reader
                .deserialize()
                .collect::<Result<Vec<Definition>, _>>()
                .expect("the embedded registry is tested");
            Arc::new(Registry::new(definitions))
        });
        EMBEDDED.clone()
    }

    /// The built-in registry with further definitions, and what is to be said about them. A definition whose code is
    /// built in overrides that one.
    pub(super) fn extended(rows: &[Row], files: &[ListFile]) -> (Registry, Vec<Remark>) {
        let mut definitions = Registry::embedded().definitions().to_vec();
        let mut remarks = Vec::new();
        let mut places: FxHashMap<String, String> = FxHashMap::default();
        for row in rows {
            let definition = match definition(row) {
                Ok(definition) => definition,
                Err(remark) => {
                    remarks.push(remark);
                    continue;
                }
            };
            remarks.extend(unmatchable(row));
            let code = quoted(&definition.code);
            let place = format!("{}:{}", files[row.file].name, row.line);
            let known = definitions.iter_mut().find(|known| known.code == definition.code);
            match (known, places.get(&definition.code)) {
                (Some(known), other) if *known == definition => {
                    let where_to = other.map_or("is built in".to_owned(), |place| format!("stands in {place}"));
                    let message = format!("{code} {where_to} already, with the same definition");
                    remarks.push(row.warning(CODE, message).with_hint("leave the row out".to_owned()));
                }
                (Some(_), Some(other)) => {
                    let message = format!("{code} contradicts {other}");
                    remarks.push(row.error(CODE, message).with_hint("keep one of the rows".to_owned()));
                }
                (Some(known), None) => {
                    let message = format!("{code} overrides the built-in definition “{}”", known.name_en);
                    remarks.push(row.warning(CODE, message));
                    *known = definition;
                    places.insert(row.fields[CODE].clone(), place);
                }
                (None, _) => {
                    definitions.push(definition);
                    places.insert(row.fields[CODE].clone(), place);
                }
            }
        }
        (Registry::new(definitions), remarks)
    }

    fn new(definitions: Vec<Definition>) -> Registry {
        let mut phrases: Vec<String> = Vec::new();
        let mut intern = |phrase: &str| {
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
        let mut beginning: FxHashMap<Box<str>, Vec<usize>> = FxHashMap::default();
        for (index, phrase) in phrases.iter().enumerate() {
            let first = phrase[1..].split(' ').next().unwrap_or_default();
            beginning.entry(first.into()).or_default().push(index);
        }
        let mut needing = vec![Vec::new(); phrases.len()];
        for (index, alternative) in alternatives.iter().enumerate() {
            if let Some(&first) = alternative.needed.first() {
                needing[first].push(index);
            }
        }
        Registry {
            definitions,
            phrases,
            beginning,
            alternatives,
            needing,
        }
    }

    /// Every definition, in the order of the file.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The definition that a label with this kind of unit (`percent`, …) belongs to.
    pub fn find(&self, label: &str, kind: &str, unit: &str) -> Option<&Definition> {
        let found = self.phrases_in(&spaced_words(label, unit));
        let has = |phrase: &usize| found.contains(phrase);
        let fits = |&index: &usize| {
            let alternative = &self.alternatives[index];
            let units = &self.definitions[alternative.definition].unit;
            alternative.needed.iter().all(has)
                && !alternative.forbidden.iter().any(has)
                && units.split('|').any(|fits| fits == kind)
        };
        found
            .iter()
            .filter_map(|&phrase| self.needing[phrase].iter().copied().find(fits))
            .min()
            .map(|index| &self.definitions[self.alternatives[index].definition])
    }

    /// The phrases that stand in `text`, whose words have a space around each.
    fn phrases_in(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        for word in text[1..].split(' ') {
            let begun = self.beginning.get(word).map_or(&[][..], Vec::as_slice);
            found.extend(
                begun
                    .iter()
                    .filter(|&&phrase| text[at..].starts_with(&self.phrases[phrase])),
            );
            at += 1 + word.len();
        }
        found
    }
}

/// The definition of a row.
fn definition(row: &Row) -> Result<Definition, Remark> {
    let field = |column: usize| row.fields[column].as_str();
    let one_of = |column: usize, word: &str, known: &[&str]| match known.contains(&word) {
        true => Ok(()),
        false => {
            let message = format!("`{word}` is no {} that the registry knows", COLUMNS[column]);
            Err(row.error(column, message).with_hint(known_words(word, known)))
        }
    };
    let is_code = |code: &str| {
        code.starts_with(|first: char| first.is_ascii_lowercase())
            && code
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    if !is_code(field(CODE)) {
        let message = "a code has lower-case letters, digits and underscores, a letter first".to_owned();
        return Err(row.error(CODE, message));
    }
    one_of(PILLAR, field(PILLAR), &PILLARS)?;
    for kind in field(UNIT).split('|') {
        one_of(UNIT, kind, &UNIT_KINDS)?;
    }
    one_of(BETTER, field(BETTER), &["up", "down"])?;
    let alternatives = || field(WORDS).split('|');
    let needs_nothing = |words: &str| words.split('+').all(|phrase| phrase.trim().starts_with('!'));
    if alternatives().any(|words| words.trim().is_empty() || needs_nothing(words)) {
        let message = "each alternative needs at least one phrase that must stand in the label".to_owned();
        return Err(row.error(WORDS, message));
    }
    Ok(Definition {
        code: field(CODE).to_owned(),
        name_vi: field(1).to_owned(),
        name_en: field(2).to_owned(),
        pillar: Some(field(PILLAR))
            .filter(|pillar| !pillar.is_empty())
            .map(str::to_owned),
        unit: field(UNIT).to_owned(),
        better: field(BETTER).to_owned(),
        words: field(WORDS).to_owned(),
    })
}

/// A warning for each phrase that no label can hold: labels are compared word by word, without punctuation.
fn unmatchable(row: &Row) -> Vec<Remark> {
    let phrases = row.fields[WORDS].split(['|', '+']);
    phrases
        .map(|phrase| phrase.trim().trim_start_matches('!').trim())
        .filter_map(|phrase| {
            let read = spaced_words(phrase, "");
            let can_match = !read.trim().is_empty() && read.trim() == fold(phrase);
            let message = format!(
                "{} can never match: labels are compared by their words alone",
                quoted(phrase)
            );
            let hint = (!read.trim().is_empty()).then(|| format!("write {}", quoted(read.trim())));
            (!can_match).then(|| row.warning(WORDS, message).with_hint(hint))
        })
        .collect()
}

/// The folded words of label and unit with a space around each.
fn spaced_words(label: &str, unit: &str) -> String {
    let mut folded = String::new();
    fold_into(label, &mut folded);
    let mut text = String::with_capacity(folded.len() + unit.len() + 4);
    text.push(' ');
    let letters = Letters::get();
    for word in folded
        .split(|c: char| !letters.of(c).is_alphanumeric())
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
            assert!(
                PILLARS.contains(&definition.pillar.as_deref().unwrap_or_default()),
                "{definition:?}"
            );
            assert!(matches!(definition.better.as_str(), "up" | "down"), "{definition:?}");
            assert!(!definition.words.trim().is_empty(), "{definition:?}");
        }
    }

    #[test]
    fn tells_registered_figures_from_others() {
        let registry = Registry::embedded();
        let code = |label: &str, kind, unit: &str| {
            registry
                .find(label, kind, unit)
                .map(|definition| definition.code.as_str())
        };
        assert_eq!(
            code("chỉ số cải cách hành chính của tỉnh", "rank", "hạng"),
            Some("par_index_rank")
        );
        assert_eq!(
            code("tỷ lệ giải ngân vốn đầu tư công", "percent", "%"),
            Some("public_investment_disbursement")
        );
        assert_eq!(
            code("hồ sơ được giải quyết đúng hạn", "percent", "%"),
            Some("dossiers_on_time")
        );
        assert_eq!(code("giảm biên chế", "count", "biên chế"), Some("staff_cut"));
        assert_eq!(code("sản lượng cá tra", "count", "tấn"), None);
        assert_eq!(code("sở hữu nhà", "percent", "%"), None);
    }
}
