//! The words that occur in lexicon phrases and closed classes, as small numbers.

use rustc_hash::FxHashMap;

use super::closed::{ClosedClass, ClosedClasses};
use crate::text::fold::{respelled, respelled_late};

/// A folded token as a number; equal numbers mean equal folded tokens, except [`WordId::UNKNOWN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u32);

impl WordId {
    /// A token that no lexicon phrase contains.
    pub const UNKNOWN: WordId = WordId(0);
    /// A line break.
    pub const BREAK: WordId = WordId(1);
    const FIRST: u32 = 2;

    /// The number, for tables over words.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Folded tokens to numbers.
#[derive(Debug)]
pub struct Vocabulary {
    words: WordMap,
    /// By the number of the word; words behind the last one have none.
    closed: Vec<ClosedClasses>,
}

impl Default for Vocabulary {
    /// The words of the closed classes alone.
    fn default() -> Self {
        let mut vocabulary = Vocabulary {
            words: WordMap::default(),
            closed: Vec::new(),
        };
        for &class in ClosedClass::ALL {
            for word in class.words() {
                let index = vocabulary.intern(word).index();
                if vocabulary.closed.len() <= index {
                    vocabulary.closed.resize(index + 1, ClosedClasses::default());
                }
                vocabulary.closed[index].insert(class);
            }
        }
        vocabulary
    }
}

impl Vocabulary {
    /// The word belongs to a closed class.
    pub fn is_in(&self, word: WordId, class: ClosedClass) -> bool {
        self.closed
            .get(word.index())
            .is_some_and(|classes| classes.contains(class))
    }

    /// The number of a folded token.
    pub fn get(&self, folded: &str) -> WordId {
        self.words.get(folded).unwrap_or(WordId::UNKNOWN)
    }

    /// The number of a folded token, new if need be.
    pub fn intern(&mut self, folded: &str) -> WordId {
        match self.words.get(folded) {
            Some(word) => word,
            None => {
                let word = WordId(WordId::FIRST + self.words.len() as u32);
                self.words.insert(folded, word);
                for spelling in [respelled(folded), respelled_late(folded)].into_iter().flatten() {
                    self.words.insert(&spelling, word);
                }
                word
            }
        }
    }
}

/// A map from words. Nearly all are short; as numbers these are hashed and compared at once.
#[derive(Debug, Default)]
struct WordMap {
    short: FxHashMap<ShortWord, WordId>,
    long: FxHashMap<Box<str>, WordId>,
}

impl WordMap {
    fn get(&self, word: &str) -> Option<WordId> {
        match ShortWord::new(word) {
            Some(short) => self.short.get(&short).copied(),
            None => self.long.get(word).copied(),
        }
    }

    fn insert(&mut self, word: &str, id: WordId) {
        match ShortWord::new(word) {
            Some(short) => self.short.insert(short, id),
            None => self.long.insert(word.into(), id),
        };
    }

    fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

/// A word of at most 16 bytes: its first and its last bytes, which overlap, and their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct ShortWord {
    first: u64,
    last: u64,
    len: u8,
}

impl ShortWord {
    fn new(word: &str) -> Option<ShortWord> {
        let bytes = word.as_bytes();
        let (first, last) = match bytes {
            [] => (0, 0),
            [one] => (u64::from(*one), 0),
            [one, .., last] if bytes.len() < 4 => (u64::from(*one), u64::from(bytes[1]) << 8 | u64::from(*last)),
            _ if bytes.len() <= 8 => (
                u32::from_le_bytes(*bytes.first_chunk()?).into(),
                u32::from_le_bytes(*bytes.last_chunk()?).into(),
            ),
            _ if bytes.len() <= 16 => (
                u64::from_le_bytes(*bytes.first_chunk()?),
                u64::from_le_bytes(*bytes.last_chunk()?),
            ),
            _ => return None,
        };
        let len = bytes.len() as u8;
        Some(ShortWord { first, last, len })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn short_words_are_equal_only_to_themselves(a in "[aạ]{0,18}", b in "[aạ]{0,18}") {
            let (short, other) = (ShortWord::new(&a), ShortWord::new(&b));
            prop_assert_eq!(short.is_some(), a.len() <= 16);
            prop_assert!(short.is_none() || (short == other) == (a == b));
        }
    }
}
