//! Folding: case and tone placement do not count when words are looked up.
//!
//! [`fold_into`] keeps every byte offset: each letter's lower case has the same UTF-8 length in Vietnamese, and moving
//! the tone of `hoà` to `hòa` swaps letters within the syllable. So a span in the folded text is a span in the text.
//! (NFC alone does not unify `hoà` and `hòa`.) The three pairs whose spellings differ in length (`uỳ`, `uỹ`, `oẽ`) stay
//! as written; the lexicon's vocabulary knows both spellings, and [`fold`] unifies them too where offsets do not
//! matter.

use memchr::memmem;

use super::letter::Letters;

/// `text` (NFC) in lower case with tones placed on the first vowel of `oa`, `oe` and `uy` (`hoà` → `hòa`), into `out`.
///
/// `out` is cleared first and has `text`'s length afterwards. Letters whose lower case has another length stay as
/// they are.
///
/// ```
/// let mut folded = String::new();
/// parc_etl::text::fold::fold_into("UỶ BAN Hoà Bình", &mut folded);
/// assert_eq!(folded, "ủy ban hòa bình");
/// ```
pub fn fold_into(text: &str, out: &mut String) {
    let letters = Letters::get();
    let mut folding = Folding::new(text, out);
    for (at, letter) in text.char_indices() {
        if letters.of(letter).folds() {
            folding.letter(at, letter);
        }
    }
    folding.finish();
}

/// A text while it is folded: what stays as written is copied in stretches.
pub(super) struct Folding<'t, 'o> {
    text: &'t str,
    out: &'o mut String,
    /// Bytes of `text` that are in `out`.
    done: usize,
}

impl<'t, 'o> Folding<'t, 'o> {
    /// Begins to fold `text` into `out`, which is cleared.
    pub fn new(text: &'t str, out: &'o mut String) -> Self {
        out.clear();
        out.reserve(text.len());
        Folding { text, out, done: 0 }
    }

    /// Folds the letter at byte `at`; must be called in text order for all that [`may_change`].
    pub fn letter(&mut self, at: usize, letter: char) {
        let lower = lower_same_len(letter);
        let end = at + letter.len_utf8();
        if let Some((first, second)) = self.moved_tone(at, end, lower) {
            self.copy_to(at);
            self.out.pop();
            self.out.push(first);
            self.out.push(second);
        } else if lower != letter {
            self.copy_to(at);
            self.out.push(lower);
        } else {
            return;
        }
        self.done = end;
    }

    /// The vowel before `at` with the tone of the letter `lower` behind it, and that letter without its tone.
    fn moved_tone(&self, at: usize, end: usize, lower: char) -> Option<(char, char)> {
        let before = &self.text.as_bytes()[..at];
        let glide = match before.last()?.to_ascii_lowercase() {
            b'o' => 'o',
            // The `u` of `qu` belongs to the onset.
            b'u' if !matches!(before, [.., b'q' | b'Q', _]) => 'u',
            _ => return None,
        };
        let (base, tone) = toned_second(lower)?;
        let first = with_tone(glide, tone);
        let moves = pairs(glide, base)
            && first.len_utf8() == lower.len_utf8()
            && !self.text[end..].starts_with(char::is_alphabetic);
        moves.then_some((first, base))
    }

    /// The folded word at these bytes, all letters of which have been folded.
    pub fn word(&mut self, start: usize, end: usize) -> &str {
        if self.done <= start {
            return &self.text[start..end];
        }
        self.copy_to(end);
        &self.out[start..end]
    }

    /// Copies the rest.
    pub fn finish(mut self) {
        self.copy_to(self.text.len());
        debug_assert_eq!(self.out.len(), self.text.len());
    }

    fn copy_to(&mut self, end: usize) {
        self.out.push_str(&self.text[self.done..end]);
        self.done = end;
    }
}

/// Folding may write the letter in another way.
pub(super) fn may_change(letter: char) -> bool {
    let lower = lower_same_len(letter);
    lower != letter || toned_second(lower).is_some()
}

/// A key under which all spellings of `text` are equal; its offsets are not those of `text`.
///
/// ```
/// use parc_etl::text::fold::fold;
/// assert_eq!(fold("THUỲ Linh"), fold("Thùy Linh"));
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    match respelled(&out) {
        Some(respelled) => respelled,
        None => out,
    }
}

/// Spellings of different length: tone on the second vowel, tone on the first.
const RESPELLINGS: [(&str, &str); 3] = [("uỳ", "ùy"), ("uỹ", "ũy"), ("oẽ", "õe")];

/// `folded` with the tones of these pairs on the first vowel; none where they stand there already.
pub fn respelled(folded: &str) -> Option<String> {
    respell(folded, RESPELLINGS)
}

/// `folded` with the tones of these pairs on the second vowel; none where they stand there already.
pub fn respelled_late(folded: &str) -> Option<String> {
    respell(folded, RESPELLINGS.map(|(second, first)| (first, second)))
}

/// Replaces the pairs that end a syllable: not in `huỳnh`, nor in `quỳ`, whose `u` belongs to the onset.
fn respell(folded: &str, spellings: [(&str, &str); 3]) -> Option<String> {
    // Few words have one of these vowels with that tone.
    if !folded.contains(['ỳ', 'ỹ', 'ẽ', 'ù', 'ũ', 'õ']) {
        return None;
    }
    let mut out: Option<String> = None;
    for (from, to) in spellings {
        let text = out.as_deref().unwrap_or(folded);
        let places: Vec<usize> = memmem::find_iter(text.as_bytes(), from)
            .filter(|&at| {
                let ends = !text[at + from.len()..].starts_with(char::is_alphabetic);
                ends && !text[..at].ends_with('q')
            })
            .collect();
        if places.is_empty() {
            continue;
        }
        let mut moved = text.to_owned();
        for at in places.into_iter().rev() {
            moved.replace_range(at..at + from.len(), to);
        }
        out = Some(moved);
    }
    out
}

fn pairs(first: char, second: char) -> bool {
    matches!((first, second), ('o', 'a' | 'e') | ('u', 'y'))
}

/// The base letter and the tone (0 to 4: grave, acute, hook, tilde, dot) of `à…ạ`, `è…ẹ`, `ỳ…ỵ`.
fn toned_second(letter: char) -> Option<(char, usize)> {
    const TONED: [(char, [char; 5]); 3] = [
        ('a', ['à', 'á', 'ả', 'ã', 'ạ']),
        ('e', ['è', 'é', 'ẻ', 'ẽ', 'ẹ']),
        ('y', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ']),
    ];
    TONED
        .iter()
        .find_map(|(base, toned)| toned.iter().position(|&t| t == letter).map(|tone| (*base, tone)))
}

fn with_tone(vowel: char, tone: usize) -> char {
    match vowel {
        'o' => ['ò', 'ó', 'ỏ', 'õ', 'ọ'][tone],
        _ => ['ù', 'ú', 'ủ', 'ũ', 'ụ'][tone],
    }
}

fn lower_same_len(letter: char) -> char {
    let code = letter as u32;
    match code {
        // Latin-1 capitals, except the multiplication sign.
        0xC0..=0xDE if code != 0xD7 => char::from_u32(code + 0x20).unwrap_or(letter),
        // Latin Extended Additional: Vietnamese capitals are even, their small letters follow.
        0x1EA0..=0x1EF9 if code.is_multiple_of(2) => char::from_u32(code + 1).unwrap_or(letter),
        0xDF..=0xFF | 0x1EA0..=0x1EF9 | 0x2000..=0x206F => letter,
        _ => {
            let mut lower = letter.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(low), None) if low.len_utf8() == letter.len_utf8() => low,
                _ => letter,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unifies_case_and_tone_placement() {
        for (text, folded) in [
            ("hoà", "hòa"),
            ("HOÀ BÌNH", "hòa bình"),
            ("Uỷ viên", "ủy viên"),
            ("Ủy viên", "ủy viên"),
            ("Thuỳ", "thùy"),
            ("LUỸ", "lũy"),
            ("quỹ", "quỹ"),
            ("Thuỳ Linh", "thùy linh"),
            ("LUỸ", "lũy"),
            ("Quỹ", "quỹ"),
            ("quý", "quý"),
            ("Quỳnh", "quỳnh"),
            ("hoàn toàn", "hoàn toàn"),
            ("khoẻ", "khỏe"),
            ("thuỷ sản", "thủy sản"),
            ("khuyến", "khuyến"),
            ("Đắk Lắk", "đắk lắk"),
            ("ĐẶNG", "đặng"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    proptest! {
        #[test]
        fn keeps_every_offset(text in "(\\PC|[oueyaqhOUÀáảãạèẻẽẹỳýỷỹỵÝ ]{2,3}){0,40}") {
            let mut folded = String::new();
            fold_into(&text, &mut folded);
            prop_assert_eq!(folded.len(), text.len());
            for (at, _) in text.char_indices() {
                // A swapped tone moves the boundary inside its own syllable only.
                prop_assert!(folded.is_char_boundary(at) || at > 0);
            }
        }
    }
}
