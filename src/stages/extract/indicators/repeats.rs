//! One fact told twice is one row: its fullest telling stays.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::schema::rows::IndicatorFact;
use crate::text::fold::fold;
use crate::text::letter::Letters;

/// Drops every fact that repeats another one of the document, whose first sentence, most often its title, ends at
/// character `opening`.
pub fn drop_repeats(facts: &mut Vec<IndicatorFact>, opening: i32) {
    let mut by_value: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut dropped = vec![false; facts.len()];
    let keys: Vec<OnceCell<Key>> = facts.iter().map(|_| OnceCell::new()).collect();
    let key = |index: usize| keys[index].get_or_init(|| Key::of(&facts[index]));
    for (index, fact) in facts.iter().enumerate() {
        let earlier = by_value.entry(fact.value.to_bits()).or_default();
        let told = earlier
            .iter()
            .take(MAX_COMPARED)
            .position(|&at| repeats(&facts[at], fact, opening, || key(at).overlap(key(index))));
        match told {
            // A limit is the fuller telling of a plain number, and a body tells more than its title.
            Some(at)
                if facts[earlier[at]].qualifier.is_none() && is_limit(fact)
                    || facts[earlier[at]].evidence.end <= opening
                    || is_fuller(fact, &facts[earlier[at]]) && key(earlier[at]).is_within(key(index)) =>
            {
                dropped[earlier[at]] = true;
                earlier[at] = index;
            }
            Some(_) => dropped[index] = true,
            None => earlier.push(index),
        }
    }
    let mut dropped = dropped.into_iter();
    facts.retain(|_| !dropped.next().unwrap_or(false));
}

/// A label of fewer words gives way to one that says all of it and more, but not to a long one.
const FULL: usize = 6;
const LONG: usize = 14;

/// With so many facts of one value is a new one compared; more than that is no prose.
const MAX_COMPARED: usize = 50;

/// A label of few words and one that says more of the same: the lead of an article says less than its body.
fn is_fuller(fact: &IndicatorFact, earlier: &IndicatorFact) -> bool {
    let words = |fact: &IndicatorFact| fact.label.split_whitespace().count();
    words(earlier) < FULL
        && words(fact) <= LONG
        && fact.is_target == earlier.is_target
        && fact.qualifier == earlier.qualifier
}

fn is_limit(fact: &IndicatorFact) -> bool {
    matches!(fact.qualifier.as_deref(), Some("at_least" | "at_most"))
}

/// Folded words of a label, sorted, for comparison.
struct Key {
    words: Vec<String>,
}

impl Key {
    fn of(fact: &IndicatorFact) -> Key {
        let letters = Letters::get();
        let mut words: Vec<String> = fold(&fact.label)
            .split(|c: char| !letters.of(c).is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        Key { words }
    }

    /// Share of common words, from 0 to 1.
    fn overlap(&self, other: &Key) -> f64 {
        2.0 * self.common(other) as f64 / (self.words.len() + other.words.len()).max(1) as f64
    }

    /// The other label says all that this one does, and more.
    fn is_within(&self, other: &Key) -> bool {
        self.common(other) == self.words.len() && other.words.len() > self.words.len() + 1
    }

    fn common(&self, other: &Key) -> usize {
        let (mut a, mut b, mut common) = (0, 0, 0);
        while a < self.words.len() && b < other.words.len() {
            match self.words[a].cmp(&other.words[b]) {
                std::cmp::Ordering::Equal => {
                    common += 1;
                    a += 1;
                    b += 1;
                }
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
            }
        }
        common
    }
}

/// `b` repeats `a`, if their labels have enough words in common; `overlap` tells the share.
fn repeats(a: &IndicatorFact, b: &IndicatorFact, opening: i32, overlap: impl Fn() -> f64) -> bool {
    // `90%` in the title is `trên 90%` in the body; in the body they are shares of different things.
    let loose = a.evidence.end <= opening || a.unit_kind != "percent" || digits(a) > 1 || a.value < 10.0;
    let same = a.value_max == b.value_max
        && (a.denominator == b.denominator || a.denominator.is_none() && b.denominator != Some(b.value))
        && a.unit_kind == b.unit_kind
        && (a.qualifier == b.qualifier || loose && (a.qualifier.is_none() || b.qualifier.is_none()))
        && (a.unit == b.unit || first_word(&a.unit) == first_word(&b.unit));
    if !same {
        return false;
    }
    // The more digits, the less likely are two facts of the same value.
    let least = match digits(a) {
        _ if a.value == 100.0 => 0.6,
        4.. => return true,
        3 => 0.1,
        // An amount of money, or so many things of one sort, is told of one matter.
        _ if a.unit_kind == "currency" => 0.1,
        _ if a.unit_kind == "count" && a.value >= 10.0 => 0.1,
        _ if a.unit_kind == "count" => 0.4,
        _ if a.value.fract() != 0.0 => 0.3,
        2 if a.value >= 10_000.0 => 0.1,
        _ => 0.6,
    };
    overlap() >= least
}

fn first_word(unit: &str) -> String {
    fold(unit.split_whitespace().next().unwrap_or_default())
}

/// Digits of the value without trailing zeros.
fn digits(fact: &IndicatorFact) -> usize {
    let text = format!("{}", fact.value);
    let digits = text.trim_end_matches('0').bytes().filter(u8::is_ascii_digit).count();
    digits.max(1)
}
