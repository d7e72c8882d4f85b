//! Tokens: syllables, numbers, punctuation and line breaks, with byte spans.
//!
//! Vietnamese writes each syllable as a word of its own; lexicon phrases are sequences of tokens, so they can never
//! match inside a syllable. Numbers keep their inner points and commas (`6.124`, `86,1`); everything else that is not
//! a letter or a digit is a token of one character.

use crate::lexicon::{Vocabulary, WordId};
use crate::text::fold::fold_into;

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
    fold_into(text, folded);
    tokens.clear();
    tokens.reserve(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, first)) = chars.next() {
        if first == '\n' || first == '\r' {
            let mut end = start + 1;
            while let Some(&(at, c)) = chars.peek() {
                if !c.is_whitespace() {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            push(tokens, start, end, Kind::Break, Case::Lower, spaced, WordId::BREAK);
            spaced = true;
            continue;
        }
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = start + first.len_utf8();
        if first.is_alphabetic() {
            let (mut upper, mut lower) = (usize::from(first.is_uppercase()), 0);
            while let Some(&(at, c)) = chars.peek() {
                if c.is_alphabetic() {
                    if c.is_uppercase() {
                        upper += 1;
                    } else {
                        lower += 1;
                    }
                } else if !c.is_ascii_digit() {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            let case = match (first.is_uppercase(), upper, lower) {
                (false, 0, _) => Case::Lower,
                (true, 1, _) => Case::Title,
                (true, _, 0) => Case::Upper,
                _ => Case::Mixed,
            };
            push(
                tokens,
                start,
                end,
                Kind::Word,
                case,
                spaced,
                vocabulary.get(&folded[start..end]),
            );
        } else if first.is_ascii_digit() {
            while let Some(&(at, c)) = chars.peek() {
                let inner = matches!(c, '.' | ',') && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
                if !(c.is_ascii_digit() || inner) {
                    break;
                }
                end = at + 1;
                chars.next();
            }
            push(
                tokens,
                start,
                end,
                Kind::Number,
                Case::Lower,
                spaced,
                vocabulary.get(&text[start..end]),
            );
        } else {
            push(
                tokens,
                start,
                end,
                Kind::Punct,
                Case::Lower,
                spaced,
                vocabulary.get(&text[start..end]),
            );
        }
        spaced = false;
    }
}

fn push(tokens: &mut Vec<Token>, start: usize, end: usize, kind: Kind, case: Case, spaced: bool, word: WordId) {
    // Offsets fit: ingest limits a document to far less than 4 GiB.
    tokens.push(Token {
        start: start as u32,
        end: end as u32,
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
