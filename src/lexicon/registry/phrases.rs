//! The phrases that definitions name, and where they stand in a text.

use rustc_hash::FxHashMap;

use crate::text::fold::{fold, fold_into};
use crate::text::letter::Letters;

/// Phrases by number, found by their first word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// Folded, with a space around each word, so that they match whole words only.
    texts: Vec<String>,
    /// The phrases that begin with a word.
    beginning: FxHashMap<Box<str>, Vec<usize>>,
}

impl Phrases {
    /// The number of a phrase.
    pub fn intern(&mut self, phrase: &str) -> usize {
        let phrase = format!(" {} ", fold(phrase.trim()));
        let first = phrase[1..].split(' ').next().unwrap_or_default();
        let known = self.beginning.entry(first.into()).or_default();
        if let Some(&number) = known.iter().find(|&&number| self.texts[number] == phrase) {
            return number;
        }
        known.push(self.texts.len());
        self.texts.push(phrase);
        self.texts.len() - 1
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Bytes of the longest phrase that is both among `phrases` and among those `found`.
    pub fn longest(&self, phrases: &[usize], found: &[usize]) -> usize {
        let stands = phrases.iter().filter(|phrase| found.contains(phrase));
        stands.map(|&phrase| self.texts[phrase].len()).max().unwrap_or_default()
    }

    /// The phrases that stand in `text`, whose words have a space around each; in the order of the text.
    pub fn find(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        for word in text[1..].split(' ') {
            let begun = self.beginning.get(word).map_or(&[][..], Vec::as_slice);
            found.extend(
                begun
                    .iter()
                    .filter(|&&number| text[at..].starts_with(&self.texts[number])),
            );
            at += 1 + word.len();
        }
        found
    }
}

/// The folded words of the texts with a space around each.
pub(super) fn spaced_words<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let (mut folded, mut spaced) = (String::new(), String::from(" "));
    let letters = Letters::get();
    for text in texts {
        fold_into(text, &mut folded);
        for word in folded.split(|c: char| !letters.of(c).is_alphanumeric()) {
            if !word.is_empty() {
                spaced.push_str(word);
                spaced.push(' ');
            }
        }
    }
    spaced
}
