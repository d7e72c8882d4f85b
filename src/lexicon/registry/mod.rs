//! The registry of indicators: which figures have a code, a pillar of the reform programme and a better direction.
//!
//! `data/indicators.csv` holds one row per indicator. Its column `words` says by which words a figure is known; the
//! grammar of that column is told in [`conditions`]. Its column `example` is a sentence in which the indicator is found.

mod conditions;
mod phrases;

use std::cell::OnceCell;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::user::ListFile;
use crate::schema::rows::IndicatorDefinitionRow;
use crate::text::fold::fold;
use crate::user_csv::{Remark, Row, known_words, quoted};
use conditions::{Alternative, Condition, Place, alternatives, named_kinds, named_phrases, needs_label};
use phrases::{Phrases, each_word};

/// Columns of the file, in their order.
pub(super) const COLUMNS: [&str; 8] = [
    "code", "name_vi", "name_en", "pillar", "unit", "better", "words", "example",
];
/// A row of a user's file may end after so many columns.
pub(super) const REQUIRED_COLUMNS: usize = 7;
const CODE: usize = 0;
const PILLAR: usize = 3;
const UNIT: usize = 4;
const BETTER: usize = 5;
const WORDS: usize = 6;
const EXAMPLE: usize = 7;

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
    /// By which words a figure is known.
    pub words: String,
    /// A sentence in which it is found; empty where a user gave none.
    #[serde(default)]
    pub example: String,
}

impl Definition {
    fn row(&self) -> IndicatorDefinitionRow {
        IndicatorDefinitionRow {
            indicator: self.code.clone(),
            name_vi: self.name_vi.clone(),
            name_en: self.name_en.clone(),
            pillar: self.pillar.clone(),
            unit_kinds: self.unit.split('|').map(str::to_owned).collect(),
            better: self.better.clone(),
        }
    }

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
            &self.example,
        ]
    }
}

/// A figure as the text tells it.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'t> {
    /// What is measured, in the words of the text.
    pub label: &'t str,
    /// Unit or counted noun.
    pub unit: &'t str,
    /// `percent`, `currency`, `count`, `duration`, `rank`, `score` or another.
    pub unit_kind: &'t str,
    /// The sentence with the four before it.
    pub near: &'t [Surrounding<'t>],
}

/// A sentence near figures. Its phrases are looked for once, and only if a definition asks for them.
#[derive(Debug)]
pub struct Surrounding<'t> {
    text: &'t str,
    found: OnceCell<Vec<usize>>,
}

impl<'t> Surrounding<'t> {
    pub fn new(text: &'t str) -> Surrounding<'t> {
        Surrounding {
            text,
            found: OnceCell::new(),
        }
    }

    fn phrases(&self, known: &Phrases) -> &[usize] {
        self.found.get_or_init(|| known.find([self.text]))
    }
}

/// All definitions with an index of their phrases.
#[derive(Debug)]
pub struct Registry {
    definitions: Vec<Definition>,
    phrases: Phrases,
    /// In the order of the file.
    alternatives: Vec<Alternative>,
    /// For each phrase the alternatives that it opens.
    opened: Vec<Vec<usize>>,
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
            let mut reader = csv::Reader::from_reader(include_str!("../data/indicators.csv").as_bytes());
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
        let mut phrases = Phrases::default();
        let mut all = Vec::new();
        for (number, entry) in definitions.iter().enumerate() {
            all.append(&mut alternatives(number, &entry.words, &entry.unit, &mut phrases));
        }
        let mut opened = vec![Vec::new(); phrases.len()];
        for (index, alternative) in all.iter().enumerate() {
            for &opener in alternative.openers() {
                opened[opener].push(index);
            }
        }
        Registry {
            definitions,
            phrases,
            alternatives: all,
            opened,
        }
    }

    /// Every definition, in the order of the file.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The rows of the table `indicator_definitions`, by code.
    pub fn rows(&self) -> Vec<IndicatorDefinitionRow> {
        let mut rows: Vec<IndicatorDefinitionRow> = self.definitions.iter().map(Definition::row).collect();
        rows.sort_by(|a, b| a.indicator.cmp(&b.indicator));
        rows
    }

    /// The definition that a figure belongs to: of those that fit, the one that names most of the label.
    pub fn find(&self, figure: &Measured) -> Option<&Definition> {
        let kind = UNIT_KINDS.iter().position(|kind| *kind == figure.unit_kind)?;
        let label = self.phrases.find([figure.label, figure.unit]);
        let unit = OnceCell::new();
        let holds = |condition: &Condition| {
            let stands_in = |found: &[usize]| condition.phrases.iter().any(|phrase| found.contains(phrase));
            let stands = match condition.place {
                Place::Kind => condition.phrases.contains(&kind),
                Place::Unit if figure.unit_kind != "count" => return true,
                Place::Label => stands_in(&label),
                Place::Unit => stands_in(unit.get_or_init(|| self.phrases.find([figure.unit]))),
                Place::Near => figure.near.iter().any(|near| stands_in(near.phrases(&self.phrases))),
            };
            stands != condition.is_negative
        };
        let fits = |alternative: &Alternative| alternative.conditions.iter().all(holds);
        let weight = |alternative: &Alternative| -> usize {
            let named = alternative
                .conditions
                .iter()
                .filter(|condition| condition.is_in_label());
            named
                .map(|condition| self.phrases.longest(&condition.phrases, &label))
                .sum()
        };
        let opened = label.iter().flat_map(|&phrase| &self.opened[phrase]).copied();
        opened
            .filter(|&index| fits(&self.alternatives[index]))
            .max_by_key(|&index| (weight(&self.alternatives[index]), std::cmp::Reverse(index)))
            .map(|index| &self.definitions[self.alternatives[index].definition])
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
    for kind in named_kinds(field(WORDS)) {
        one_of(WORDS, kind, &UNIT_KINDS)?;
    }
    let is_blank = |words: &str| words.trim_matches([' ', '!', '=', '~', '#', '/']).is_empty();
    let has_blank = field(WORDS).split(['|', '+']).any(is_blank) || named_phrases(field(WORDS)).any(str::is_empty);
    if has_blank || !needs_label(field(WORDS)) {
        let message = "there must be a phrase that stands in the label, and none may be empty".to_owned();
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
        example: field(EXAMPLE).to_owned(),
    })
}

/// A warning for each phrase that no label can hold: labels are compared word by word, without punctuation.
fn unmatchable(row: &Row) -> Vec<Remark> {
    named_phrases(&row.fields[WORDS])
        .filter_map(|phrase| {
            let mut words: Vec<String> = Vec::new();
            each_word([phrase], |word| words.push(word.to_owned()));
            let read = words.join(" ");
            let can_match = !read.is_empty() && read == fold(phrase);
            let message = format!(
                "{} can never match: labels are compared by their words alone",
                quoted(phrase)
            );
            let hint = (!read.is_empty()).then(|| format!("write {}", quoted(&read)));
            (!can_match).then(|| row.warning(WORDS, message).with_hint(hint))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_has_a_pillar_of_the_programme_and_words() {
        let registry = Registry::embedded();
        assert!(registry.definitions().len() >= 100);
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
            assert!(needs_label(&definition.words), "{definition:?}");
            assert!(
                named_phrases(&definition.words).all(|phrase| !phrase.is_empty()),
                "{definition:?}"
            );
            assert!(
                named_kinds(&definition.words).all(|kind| UNIT_KINDS.contains(&kind)),
                "{definition:?}"
            );
            assert!(
                definition.unit.split('|').all(|kind| UNIT_KINDS.contains(&kind)),
                "{definition:?}"
            );
            assert!(!definition.example.is_empty(), "{definition:?}");
        }
    }

    #[test]
    fn tells_registered_figures_from_others() {
        let registry = Registry::embedded();
        let code = |label, unit_kind, unit| {
            let figure = Measured {
                label,
                unit,
                unit_kind,
                near: &[Surrounding::new(label)],
            };
            registry.find(&figure).map(|definition| definition.code.as_str())
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

    /// The code that a definition with these words gives a figure, with `near` around its label.
    fn fits(words: &str, label: &str, unit: &str, unit_kind: &str, near: &str) -> bool {
        let definition = Definition {
            code: "a".to_owned(),
            unit: "count|percent".to_owned(),
            words: words.to_owned(),
            ..Registry::embedded().definitions()[0].clone()
        };
        let figure = Measured {
            label,
            unit,
            unit_kind,
            near: &[Surrounding::new(near)],
        };
        Registry::new(vec![definition]).find(&figure).is_some()
    }

    #[test]
    fn each_mark_looks_in_its_place() {
        let count = |words, label| fits(words, label, "hồ sơ", "count", "");
        assert!(count("tiếp nhận/thụ lý", "xã thụ lý hồ sơ"));
        assert!(count("tiếp nhận + hồ sơ", "Tiếp nhận hồ sơ"));
        assert!(!count("tiếp nhận+đơn", "tiếp nhận hồ sơ"));
        assert!(!count("tiếp nhận+!hồ sơ", "tiếp nhận hồ sơ"));
        assert!(count("tiếp nhận+=hồ sơ", "tiếp nhận"));
        assert!(!count("tiếp nhận+=đơn", "tiếp nhận đơn"));
        assert!(!count("tiếp nhận+!=hồ sơ", "tiếp nhận"));
        assert!(!count("tiếp nhận+#percent", "tiếp nhận"));
        assert!(
            fits("tiếp nhận+=đơn", "tiếp nhận", "%", "percent", ""),
            "asked of counts alone"
        );
        assert!(fits("tỷ lệ+~đất đai", "tỷ lệ", "%", "percent", "Hồ sơ đất đai, tỷ lệ"));
        assert!(!fits(
            "tỷ lệ+!~đất đai",
            "tỷ lệ",
            "%",
            "percent",
            "Hồ sơ đất đai, tỷ lệ"
        ));
        assert!(
            !fits("tỷ lệ", "tỷ lệ", "tỷ lệ", "score", ""),
            "a kind that the definition does not list"
        );
    }

    #[test]
    fn an_alternative_without_a_phrase_for_the_label_is_asked_of_all() {
        let words = "thụ lý|tiếp nhận|!giả+=hồ sơ";
        assert!(fits(words, "thụ lý", "hồ sơ", "count", ""));
        assert!(!fits(words, "thụ lý hồ sơ giả", "hồ sơ", "count", ""));
        assert!(!fits(words, "tiếp nhận", "đơn", "count", ""));
    }

    #[test]
    fn the_definition_that_names_most_of_the_label_wins() {
        let definition = |code: &str, words: &str| Definition {
            code: code.to_owned(),
            unit: "count".to_owned(),
            words: words.to_owned(),
            ..Registry::embedded().definitions()[0].clone()
        };
        let registry = Registry::new(vec![
            definition("a", "hồ sơ"),
            definition("b", "hồ sơ trực tuyến/hồ sơ"),
        ]);
        let code = |label| {
            let figure = Measured {
                label,
                unit: "hồ sơ",
                unit_kind: "count",
                near: &[],
            };
            registry.find(&figure).map(|found| found.code.as_str())
        };
        assert_eq!(code("hồ sơ trực tuyến"), Some("b"));
        assert_eq!(code("hồ sơ giấy"), Some("a"), "the first where they name as much");
        assert_eq!(code("đơn"), Some("a"), "the unit belongs to the label");
    }
}
