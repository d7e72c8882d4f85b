//! Tokens: syllables, numbers, punctuation and line breaks, with byte spans.
//!
//! Vietnamese writes each syllable as a word of its own; lexicon phrases are sequences of tokens, so they can never
//! match inside a syllable. Numbers keep their inner points and commas (`6.124`, `86,1`); everything else that is not
//! a letter or a digit is a token of one character.

use std::ops::Range;

use crate::lexicon::{Vocabulary, WordId};
use crate::text::fold::Folding;
use crate::text::letter::Letters;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, or letters followed by letters and digits (`H5N1`).
    Word,
    /// Digits, with single inner points and commas.
    Number,
    /// One character that is neither letter, digit nor white space.
    Punct,
    /// One or more line breaks.
    Break,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `hội`; also everything that is no word.
    Lower,
    /// `Hội`, and single capitals.
    Title,
    /// `UBND`
    Upper,
    /// `TTg`
    Mixed,
}

/// One token; `start..end` are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    pub case: Case,
    /// White space (or the text's start) stands before it.
    pub spaced: bool,
    /// The token in the lexicon's vocabulary.
    pub word: WordId,
}

impl Token {
    /// The token's byte range.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True for words that start with a capital.
    pub fn is_capitalized(&self) -> bool {
        self.case != Case::Lower
    }
}

/// Splits `text` (NFC) into `tokens`; `folded` is scratch space that holds the folded text afterwards.
pub fn tokenize(text: &str, vocabulary: &Vocabulary, folded: &mut String, tokens: &mut Vec<Token>) {
    let letters = Letters::get();
    let mut folding = Folding::new(text, folded);
    tokens.clear();
    tokens.reserve(text.len() / 5);
    let mut spaced = true;
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let start = at;
        let letter = letters.of(first);
        if letter.is_whitespace() {
            at += first.len_utf8();
            if matches!(first, '\n' | '\r') {
                at = end_of(text, at, |c| letters.of(c).is_whitespace());
                push(tokens, start..at, Kind::Break, Case::Lower, spaced, WordId::BREAK);
            }
            spaced = true;
            continue;
        }
        let (kind, case, word) = if letter.is_alphabetic() {
            let case;
            (at, case) = word_at(text, start, letters, &mut folding);
            (Kind::Word, case, folding.word(start, at))
        } else if first.is_ascii_digit() {
            at = number_end(text, start);
            (Kind::Number, Case::Lower, &text[start..at])
        } else {
            at += first.len_utf8();
            if letter.folds() {
                folding.letter(start, first);
            }
            (Kind::Punct, Case::Lower, &text[start..at])
        };
        push(tokens, start..at, kind, case, spaced, vocabulary.get(word));
        spaced = false;
    }
    folding.finish();
}

/// Where the characters from byte `from` on end that are `like` each other.
fn end_of(text: &str, from: usize, like: impl Fn(char) -> bool) -> usize {
    text[from..]
        .char_indices()
        .find(|&(_, c)| !like(c))
        .map_or(text.len(), |(offset, _)| from + offset)
}

/// Folds the word that starts at byte `start`: its end and how it is capitalised.
fn word_at(text: &str, start: usize, letters: &Letters, folding: &mut Folding) -> (usize, Case) {
    let (mut upper, mut lower) = (0, 0);
    let mut end = text.len();
    for (offset, c) in text[start..].char_indices() {
        let letter = letters.of(c);
        if letter.is_alphabetic() {
            if letter.is_uppercase() {
                upper += 1;
            } else {
                lower += 1;
            }
            if letter.folds() {
                folding.letter(start + offset, c);
            }
        } else if !c.is_ascii_digit() {
            end = start + offset;
            break;
        }
    }
    let capital = text[start..].starts_with(|c| letters.of(c).is_uppercase());
    let case = match (capital, upper, lower) {
        (false, 0, _) => Case::Lower,
        (true, 1, _) => Case::Title,
        (true, _, 0) => Case::Upper,
        _ => Case::Mixed,
    };
    (end, case)
}

/// The end of the digits from byte `start` on, with single points and commas between digits.
fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start + 1;
    while let Some(byte) = bytes.get(end) {
        let inner = matches!(byte, b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(byte.is_ascii_digit() || inner) {
            break;
        }
        end += 1;
    }
    end
}

fn push(tokens: &mut Vec<Token>, bytes: Range<usize>, kind: Kind, case: Case, spaced: bool, word: WordId) {
    // Offsets fit: ingest limits a document to far less than 4 GiB.
    tokens.push(Token {
        start: bytes.start as u32,
        end: bytes.end as u32,
        kind,
        case,
        spaced,
        word,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Vec<(&str, Kind)> {
        let (mut folded, mut tokens) = (String::new(), Vec::new());
        tokenize(text, &Vocabulary::default(), &mut folded, &mut tokens);
        tokens.iter().map(|token| (&text[token.range()], token.kind)).collect()
    }

    #[test]
    fn keeps_numbers_whole_and_splits_the_rest() {
        use Kind::*;
        assert_eq!(
            tokens("đạt 86,1%, 16/16; 6.124.\n\nTP. HCM"),
            [
                ("đạt", Word),
                ("86,1", Number),
                ("%", Punct),
                (",", Punct),
                ("16", Number),
                ("/", Punct),
                ("16", Number),
                (";", Punct),
                ("6.124", Number),
                (".", Punct),
                ("\n\n", Break),
                ("TP", Word),
                (".", Punct),
                ("HCM", Word)
            ]
        );
    }

    #[test]
    fn tells_case() {
        let (mut folded, mut out) = (String::new(), Vec::new());
        tokenize("hội Hội UBND TTg Ô", &Vocabulary::default(), &mut folded, &mut out);
        let cases: Vec<Case> = out.iter().map(|token| token.case).collect();
        assert_eq!(cases, [Case::Lower, Case::Title, Case::Upper, Case::Mixed, Case::Title]);
    }

    proptest! {
        #[test]
        fn covers_all_but_white_space(text in "\\PC{0,80}") {
            let (mut folded, mut out) = (String::new(), Vec::new());
            tokenize(&text, &Vocabulary::default(), &mut folded, &mut out);
            let covered: String = out.iter().filter(|t| t.kind != Kind::Break).map(|t| &text[t.range()]).collect();
            let expected: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(covered, expected);
        }
    }
}
