//! A text as sets of hashes: its shingles (runs of syllables), the figures and the names in it.
//!
//! Syllables are compared as skeletons: without case, tones and diacritics, and with `i` for `y`. So neither the place of
//! a tone (`hoà`, `hòa`) nor a habit of spelling (`quý`, `quí`) nor a heading in capitals makes another text of it, and
//! five syllables in a row still say enough. A shingle does not reach over the end of a sentence: sentences that are
//! moved or cut leave the shingles of the others as they were.

use std::sync::LazyLock;

use unicode_normalization::char::decompose_canonical;

/// The sets, each sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Features {
    pub shingles: Vec<u64>,
    /// Numbers of two digits or more, dates and symbols among them.
    pub figures: Vec<u64>,
    /// Runs of two or more capitalised syllables.
    pub names: Vec<u64>,
}

/// The features of a text, with shingles of `shingle_syllables` syllables.
///
/// A sentence that is shorter than that runs on into the next one.
pub(super) fn features(text: &str, shingle_syllables: usize) -> Features {
    let mut reading = Reading {
        shingle_syllables,
        ..Reading::default()
    };
    let mut letters = text.chars().peekable();
    let mut token = Token::default();
    while let Some(letter) = letters.next() {
        let skeleton = skeleton(letter);
        let next = letters.peek().copied();
        if skeleton != NONE {
            token.push(letter, skeleton);
        } else if token.is_number() && is_inner(letter) && next.is_some_and(|next| next.is_ascii_digit()) {
            token.push(letter, b'.'.into());
        } else if !is_mark(letter) {
            reading.take(&mut token);
            let ends_name = !letter.is_whitespace();
            let ends_sentence = letter == '\n'
                || matches!(letter, '.' | '!' | '?' | ';' | ':' | '…') && next.is_none_or(|next| next.is_whitespace());
            reading.stop(ends_name || ends_sentence, ends_sentence);
        }
    }
    reading.take(&mut token);
    reading.stop(true, true);
    let mut features = reading.features;
    for set in [&mut features.shingles, &mut features.figures, &mut features.names] {
        set.sort_unstable();
        set.dedup();
    }
    features
}

/// Spreads the bits of a hash: the last step of SplitMix64, a bijection.
pub(super) fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The hash of a sequence of which `hash` is the hash so far and `next` the next item.
fn chain(hash: u64, next: u64) -> u64 {
    mix(hash.rotate_left(23) ^ next)
}

/// A word or number while it is read.
#[derive(Default)]
struct Token {
    hash: u64,
    len: u32,
    n_digits: u32,
    starts_upper: bool,
    has_lower: bool,
    starts_with_digit: bool,
}

impl Token {
    fn push(&mut self, letter: char, skeleton: u32) {
        if self.len == 0 {
            self.starts_upper = letter.is_uppercase();
            self.starts_with_digit = letter.is_ascii_digit();
        }
        self.len += 1;
        self.n_digits += u32::from(letter.is_ascii_digit());
        self.has_lower |= letter.is_lowercase();
        self.hash = chain(self.hash, u64::from(skeleton) + 1);
    }

    fn is_number(&self) -> bool {
        self.starts_with_digit
    }

    /// `Hà`, not `họp` nor `UBND`: a heading in capitals has no names.
    fn is_capitalized(&self) -> bool {
        self.starts_upper && self.has_lower
    }
}

/// A text while it is read.
#[derive(Default)]
struct Reading {
    shingle_syllables: usize,
    /// Hashes of the syllables since the last end of a sentence.
    syllables: Vec<u64>,
    name: u64,
    name_syllables: usize,
    features: Features,
}

impl Reading {
    /// Takes a finished token, if there is one, and begins the next.
    fn take(&mut self, token: &mut Token) {
        if token.len == 0 {
            return;
        }
        let token = std::mem::take(token);
        self.syllables.push(token.hash);
        if let Some(first) = self.syllables.len().checked_sub(self.shingle_syllables) {
            let shingle = self.syllables[first..].iter().fold(0, |hash, &next| chain(hash, next));
            self.features.shingles.push(shingle);
        }
        if token.is_number() && token.n_digits >= 2 {
            self.features.figures.push(token.hash);
        }
        if token.is_capitalized() {
            self.name = chain(self.name, token.hash);
            self.name_syllables += 1;
        } else {
            self.end_name();
        }
    }

    fn stop(&mut self, ends_name: bool, ends_sentence: bool) {
        if ends_name {
            self.end_name();
        }
        if ends_sentence && self.syllables.len() >= self.shingle_syllables {
            self.syllables.clear();
        }
    }

    fn end_name(&mut self) {
        if self.name_syllables >= 2 {
            self.features.names.push(self.name);
        }
        (self.name, self.name_syllables) = (0, 0);
    }
}

/// Stands between digits of one number or date.
fn is_inner(letter: char) -> bool {
    matches!(letter, '.' | ',' | '/' | '-')
}

/// A combining mark: part of the letter before it.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// No letter and no digit.
const NONE: u32 = 0;

/// The letter without case and marks, `i` for `y`; [`NONE`] for what is neither letter nor digit.
fn skeleton(letter: char) -> u32 {
    /// Latin with its additions for Vietnamese.
    static TABLE: LazyLock<Vec<u32>> = LazyLock::new(|| {
        let code_points = 0..0x1f00;
        code_points
            .map(|code| char::from_u32(code).map_or(NONE, computed_skeleton))
            .collect()
    });
    match TABLE.get(letter as usize) {
        Some(&skeleton) => skeleton,
        None => computed_skeleton(letter),
    }
}

fn computed_skeleton(letter: char) -> u32 {
    if !letter.is_alphanumeric() {
        return NONE;
    }
    let mut base = None;
    decompose_canonical(letter, |part| base = base.or(Some(part)));
    let base = base.unwrap_or(letter);
    match base.to_lowercase().next().unwrap_or(base) {
        'đ' => u32::from('d'),
        'y' => u32::from('i'),
        lower => u32::from(lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks whether two texts have the same shingles of three syllables, figures and names.
    fn check(one: &str, other: &str, are_equal: bool) {
        assert_eq!(features(one, 3) == features(other, 3), are_equal, "{one} | {other}");
    }

    #[test]
    fn spelling_and_punctuation_do_not_count() {
        check("ủy ban thành phố hòa bình", "uỷ ban – thành phố (hoà bình)", true);
        check("quý này tỉnh kỷ niệm", "quí này, tỉnh kỉ niệm", true);
        check("họp với \u{111}oàn", "HỌP VỚI ĐOÀN", true);
        check("h\u{1ecd}p v\u{1edb}i dân", "ho\u{323}p vo\u{31b}\u{301}i dân", true);
        check("giảm 1.240 hồ sơ", "giảm 1,240 hồ sơ", true);
        check("họp với đoàn", "họp với dân", false);
    }

    #[test]
    fn shingles_end_with_the_sentence_and_short_sentences_run_on() {
        let count = |text: &str| features(text, 3).shingles.len();
        assert_eq!(count("một hai ba bốn"), 2);
        assert_eq!(count("một hai ba. bốn năm sáu"), 2);
        assert_eq!(count("một hai ba\nbốn năm sáu"), 2);
        assert_eq!(count("một hai. ba bốn"), 2);
        assert_eq!(count("một hai"), 0);
        assert_eq!(count("đạt 95.5 điểm"), 1);
    }

    #[test]
    fn figures_and_names_are_told_from_words() {
        let check = |text: &str, figures: usize, names: usize| {
            let found = features(text, 3);
            assert_eq!((found.figures.len(), found.names.len()), (figures, names), "{text}");
        };
        check("Ngày 12/5/2020 tăng 96,5% so với 2019", 3, 0);
        check("cả 3 xã, 3 phường", 0, 0);
        check("do ông Lê Văn Hòa, bà Đỗ Mai chủ trì", 0, 2);
        check("UBND TỈNH HÒA BÌNH", 0, 0);
        check("tỉnh Hà Nam. Hà Nam họp", 0, 1);
    }
}
