//! What a definition asks of a figure: the little grammar of the column `words`.
//!
//! Alternatives are parted by `|`; each is a row of conditions joined by `+`, all of which must hold. A condition names
//! one phrase or several parted by `/`, one of which is enough. A mark before it says where it looks:
//!
//! | condition | holds where the phrase |
//! |---|---|
//! | `hồ sơ` | stands in the label |
//! | `!quá hạn` | does not stand in the label |
//! | `=hồ sơ/bộ` | is or stands in what is counted; asked of counts alone |
//! | `~par index` | stands near: in the sentence or in the four before it |
//! | `!~pci` | does not stand near |
//! | `#percent/score` | is the kind of unit |
//!
//! An alternative without a phrase that must stand in the label is asked of all the others.

use super::UNIT_KINDS;
use super::phrases::Phrases;

/// One thing that must hold.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub place: Place,
    /// The phrase must not stand there.
    pub is_negative: bool,
    /// Numbers of the phrases, one of which is enough; for a unit kind those of [`UNIT_KINDS`].
    pub phrases: Vec<usize>,
}

/// Where the phrases of a condition are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The kind of unit.
    Kind,
    /// The label with the unit.
    Label,
    /// What is counted.
    Unit,
    /// The sentence and the four before it.
    Near,
}

/// One way in which a definition is named.
#[derive(Clone, Debug)]
pub(super) struct Alternative {
    pub definition: usize,
    pub conditions: Vec<Condition>,
}

impl Alternative {
    /// The phrases of which one must stand in a label that fits.
    pub fn openers(&self) -> &[usize] {
        let opener = self.conditions.iter().find(|condition| condition.is_in_label());
        opener.map_or(&[], |condition| &condition.phrases)
    }
}

impl Condition {
    /// A phrase must stand in the label.
    pub fn is_in_label(&self) -> bool {
        self.place == Place::Label && !self.is_negative
    }
}

/// The alternatives that `words` lists for the definition with this number, for figures of the kinds in `units`.
pub(super) fn alternatives(definition: usize, words: &str, units: &str, phrases: &mut Phrases) -> Vec<Alternative> {
    let mut common = vec![Condition {
        place: Place::Kind,
        is_negative: false,
        phrases: units.split('|').map(unit_kind).collect(),
    }];
    let mut found = Vec::new();
    for text in words.split('|') {
        let mut conditions: Vec<Condition> = text.split('+').map(|written| condition(written, phrases)).collect();
        match conditions.iter().any(Condition::is_in_label) {
            true => found.push(Alternative { definition, conditions }),
            false => common.append(&mut conditions),
        }
    }
    for alternative in &mut found {
        alternative.conditions.extend(common.iter().cloned());
        // What is costly to find out is asked last.
        alternative.conditions.sort_by_key(|condition| condition.place);
    }
    found
}

fn condition(written: &str, phrases: &mut Phrases) -> Condition {
    let (place, is_negative, listed) = marks(written);
    let number = |phrase: &str| match place {
        Place::Kind => unit_kind(phrase),
        _ => phrases.intern(phrase),
    };
    Condition {
        place,
        is_negative,
        phrases: listed.split('/').map(str::trim).map(number).collect(),
    }
}

/// The number of a kind of unit.
fn unit_kind(name: &str) -> usize {
    let known = UNIT_KINDS.iter().position(|kind| *kind == name);
    known.unwrap_or(UNIT_KINDS.len())
}

/// Every kind of unit that `words` names.
pub(super) fn named_kinds(words: &str) -> impl Iterator<Item = &str> {
    named(words, true)
}

/// Every phrase that `words` names, without marks.
pub(super) fn named_phrases(words: &str) -> impl Iterator<Item = &str> {
    named(words, false)
}

fn named(words: &str, kinds: bool) -> impl Iterator<Item = &str> {
    let conditions = words.split(['|', '+']).map(marks);
    conditions
        .filter(move |(place, ..)| (*place == Place::Kind) == kinds)
        .flat_map(|(_, _, listed)| listed.split('/'))
        .map(str::trim)
}

/// Some alternative names a phrase that must stand in the label.
pub(super) fn needs_label(words: &str) -> bool {
    words
        .split(['|', '+'])
        .any(|written| matches!(marks(written), (Place::Label, false, phrase) if !phrase.trim().is_empty()))
}

/// Place and sign of a condition, and its phrases as written.
fn marks(written: &str) -> (Place, bool, &str) {
    let written = written.trim();
    let (is_negative, rest) = match written.strip_prefix('!') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, written),
    };
    let (place, rest) = match rest.chars().next() {
        Some('=') => (Place::Unit, &rest[1..]),
        Some('~') => (Place::Near, &rest[1..]),
        Some('#') => (Place::Kind, &rest[1..]),
        _ => (Place::Label, rest),
    };
    (place, is_negative, rest)
}
