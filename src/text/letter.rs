//! What folding and tokenising ask of each character, looked up instead of computed.
//!
//! The standard library answers these questions for all of Unicode by searching compressed tables; Vietnamese text asks
//! them of the same few hundred characters again and again.

use std::sync::LazyLock;

use super::fold;

/// Code points that the table holds: Latin, its additions for Vietnamese, and general punctuation.
const TABLE_LEN: usize = 0x2070;

/// Properties of one character.
#[derive(Clone, Copy)]
pub(crate) struct Letter(u8);

impl Letter {
    const ALPHABETIC: u8 = 1;
    const UPPERCASE: u8 = 2;
    const WHITESPACE: u8 = 4;
    const ALPHANUMERIC: u8 = 8;
    const FOLDS: u8 = 16;

    fn new(character: char) -> Letter {
        let mark = |holds: bool, bit: u8| if holds { bit } else { 0 };
        Letter(
            mark(character.is_alphabetic(), Letter::ALPHABETIC)
                | mark(character.is_uppercase(), Letter::UPPERCASE)
                | mark(character.is_whitespace(), Letter::WHITESPACE)
                | mark(character.is_alphanumeric(), Letter::ALPHANUMERIC)
                | mark(fold::may_change(character), Letter::FOLDS),
        )
    }

    /// As [`char::is_alphabetic`].
    pub fn is_alphabetic(self) -> bool {
        self.0 & Letter::ALPHABETIC != 0
    }

    /// As [`char::is_uppercase`].
    pub fn is_uppercase(self) -> bool {
        self.0 & Letter::UPPERCASE != 0
    }

    /// As [`char::is_whitespace`].
    pub fn is_whitespace(self) -> bool {
        self.0 & Letter::WHITESPACE != 0
    }

    /// As [`char::is_alphanumeric`].
    pub fn is_alphanumeric(self) -> bool {
        self.0 & Letter::ALPHANUMERIC != 0
    }

    /// Folding may write it in another way.
    pub fn folds(self) -> bool {
        self.0 & Letter::FOLDS != 0
    }
}

/// The properties of characters.
pub(crate) struct Letters([Letter; TABLE_LEN]);

impl Letters {
    /// The table.
    pub fn get() -> &'static Letters {
        static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
            Letters(std::array::from_fn(|code| {
                let character = u32::try_from(code).ok().and_then(char::from_u32);
                // Surrogates lie far behind the table.
                Letter::new(character.unwrap_or_default())
            }))
        });
        &LETTERS
    }

    /// The properties of `character`, which may lie outside the table.
    pub fn of(&self, character: char) -> Letter {
        match self.0.get(character as usize) {
            Some(&letter) => letter,
            None => Letter::new(character),
        }
    }
}
