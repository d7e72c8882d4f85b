//! A text with everything that the grammars of facts look at: tokens, lexicon hits, sentences.

use crate::lexicon::{Class, ClosedClass, Entry, Hit, Hits, Lexicon, WordId};
use crate::text::sentence::sentences;
use crate::text::token::{Case, Kind, Token, tokenize};
use crate::text::trace::Trace;

/// A range of tokens, half open.
pub type TokenRange = std::ops::Range<usize>;

/// Buffers that are reused from document to document.
#[derive(Default)]
pub struct Scratch {
    folded: String,
    tokens: Vec<Token>,
    hits: Hits,
    sentences: Vec<TokenRange>,
}

/// One analysed text.
pub struct Analysis<'t> {
    pub text: &'t str,
    /// The text folded (see [`crate::text::fold`]); same byte offsets.
    pub folded: &'t str,
    pub tokens: &'t [Token],
    /// Sentences in text order; line breaks belong to none.
    pub sentences: &'t [TokenRange],
    pub lexicon: &'t Lexicon,
    /// Where rules note what they tried, if anybody asks.
    pub trace: Option<&'t Trace>,
    hits: &'t Hits,
}

impl<'t> Analysis<'t> {
    /// Analyses `text`, which must be NFC.
    pub fn new(text: &'t str, lexicon: &'t Lexicon, scratch: &'t mut Scratch) -> Analysis<'t> {
        tokenize(text, lexicon.vocabulary(), &mut scratch.folded, &mut scratch.tokens);
        lexicon.find(&scratch.tokens, &mut scratch.hits);
        sentences(text, &scratch.folded, &scratch.tokens, &mut scratch.sentences);
        Analysis {
            text,
            folded: &scratch.folded,
            tokens: &scratch.tokens,
            sentences: &scratch.sentences,
            lexicon,
            trace: None,
            hits: &scratch.hits,
        }
    }

    /// The same without a trace.
    pub fn untraced(&self) -> Analysis<'t> {
        Analysis { trace: None, ..*self }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// True for a text without tokens.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The folded token, empty past the end.
    #[inline]
    pub fn word(&self, token: usize) -> &'t str {
        self.tokens.get(token).map_or("", |t| &self.folded[t.range()])
    }

    /// The token as written, empty past the end.
    pub fn surface(&self, token: usize) -> &'t str {
        self.tokens.get(token).map_or("", |t| &self.text[t.range()])
    }

    /// The token is a word of a closed class.
    #[inline]
    pub fn is(&self, token: usize, class: ClosedClass) -> bool {
        self.lexicon.vocabulary().is_in(self.word_id(token), class)
    }

    /// The token is the second syllable of a word: `xây` | `dựng`.
    pub fn continues_word(&self, token: usize) -> bool {
        token > 0 && self.lexicon.is_compound(self.word_id(token - 1), self.word_id(token))
    }

    /// The tokens from `at` on are these folded words.
    pub fn matches(&self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(offset, word)| self.word(at + offset) == *word)
    }

    /// Bytes from the first to the last token of `range`, which must not be empty.
    pub fn bytes(&self, range: &TokenRange) -> std::ops::Range<usize> {
        self.tokens[range.start].start as usize..self.tokens[range.end - 1].end as usize
    }

    /// The text of `range` as written; empty for an empty range.
    pub fn slice(&self, range: &TokenRange) -> &'t str {
        if range.is_empty() {
            ""
        } else {
            &self.text[self.bytes(range)]
        }
    }

    /// The token's kind; past the end a line break.
    #[inline]
    pub fn kind(&self, token: usize) -> Kind {
        self.tokens.get(token).map_or(Kind::Break, |t| t.kind)
    }

    /// The token is a word that starts with a capital.
    #[inline]
    pub fn is_capitalized(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(Token::is_capitalized)
    }

    /// The token's capitalisation.
    #[inline]
    pub fn case(&self, token: usize) -> Case {
        self.tokens.get(token).map_or(Case::Lower, |t| t.case)
    }

    /// The token's number in the lexicon's vocabulary.
    pub fn word_id(&self, token: usize) -> WordId {
        self.tokens.get(token).map_or(WordId::BREAK, |t| t.word)
    }

    /// Every lexicon phrase that starts at `token`, longest first.
    pub fn hits_at(&self, token: usize) -> &'t [Hit] {
        self.hits.at(token)
    }

    /// The phrases of `class` that start at `token`, longest first: number of tokens and entry.
    #[inline]
    pub fn phrases(&self, token: usize, class: Class) -> impl Iterator<Item = (usize, &'t Entry)> {
        let hits = if self.hits.has(token, class) {
            self.hits.at(token)
        } else {
            &[]
        };
        let lexicon = self.lexicon;
        let of_class = hits.iter().filter(move |hit| hit.class == class);
        of_class.map(move |&hit| (hit.len as usize, lexicon.entry(hit)))
    }

    /// The longest phrase of `class` that starts at `token`: its number of tokens and its entry.
    #[inline]
    pub fn longest(&self, token: usize, class: Class) -> Option<(usize, &'t Entry)> {
        self.phrases(token, class).next()
    }

    /// The sentence that contains `token`, or the token alone for a line break.
    pub fn sentence_at(&self, token: usize) -> TokenRange {
        let index = self.sentences.partition_point(|sentence| sentence.end <= token);
        match self.sentences.get(index) {
            Some(sentence) if sentence.start <= token => sentence.clone(),
            _ => token..token + 1,
        }
    }
}
