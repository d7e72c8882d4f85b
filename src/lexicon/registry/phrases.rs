//! The phrases that definitions name, and where they stand in a text.

use rustc_hash::FxHashMap;

use crate::lexicon::vocabulary::{Vocabulary, WordId};
use crate::text::fold::{fold, fold_into};
use crate::text::letter::Letters;

/// The node from which all phrases start; no edge leads to it.
const ROOT: u32 = 0;

/// Phrases by number, as a trie over their words.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    vocabulary: Vocabulary,
    /// (node, word) to node. Every word of a text asks at the root, which makes most end there.
    edges: FxHashMap<(u32, WordId), u32>,
    /// The phrase that ends at a node but the root.
    ends: Vec<Option<usize>>,
    /// Bytes of each phrase.
    lengths: Vec<usize>,
}

impl Phrases {
    /// The number of a phrase.
    pub fn intern(&mut self, phrase: &str) -> usize {
        let phrase = fold(phrase.trim());
        let mut at = ROOT;
        for word in phrase.split(' ') {
            let word = self.vocabulary.intern(word);
            at = *self.edges.entry((at, word)).or_insert_with(|| {
                self.ends.push(None);
                self.ends.len() as u32
            });
        }
        *self.ends[at as usize - 1].get_or_insert_with(|| {
            self.lengths.push(phrase.len());
            self.lengths.len() - 1
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Bytes of the longest phrase that is both among `phrases` and among those `found`.
    pub fn longest(&self, phrases: &[usize], found: &[usize]) -> usize {
        let stands = phrases.iter().filter(|phrase| found.contains(phrase));
        stands.map(|&phrase| self.lengths[phrase]).max().unwrap_or_default()
    }

    /// The phrases that stand in the words of `texts`, read one after the other.
    pub fn find<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Vec<usize> {
        let mut words = Vec::new();
        each_word(texts, |word| words.push(self.vocabulary.get(word)));
        let mut found = Vec::new();
        for start in 0..words.len() {
            let mut at = ROOT;
            for &word in &words[start..] {
                let Some(&next) = self.edges.get(&(at, word)) else {
                    break;
                };
                found.extend(self.ends[next as usize - 1]);
                at = next;
            }
        }
        found
    }
}

/// The folded words of the texts, without what stands between them.
pub(super) fn each_word<'t>(texts: impl IntoIterator<Item = &'t str>, mut take: impl FnMut(&str)) {
    let letters = Letters::get();
    let mut folded = String::new();
    for text in texts {
        fold_into(text, &mut folded);
        let words = folded.split(|c: char| !letters.of(c).is_alphanumeric());
        words.filter(|word| !word.is_empty()).for_each(&mut take);
    }
}
