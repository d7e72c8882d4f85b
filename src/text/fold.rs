//! Folding: case and tone placement do not count when words are looked up.
//!
//! [`fold_into`] keeps every byte offset: each letter's lower case has the same UTF-8 length in Vietnamese, and moving
//! the tone of `hoà` to `hòa` swaps letters within the syllable. So a span in the folded text is a span in the text.
//! (NFC alone does not unify `hoà` and `hòa`.) The three pairs whose spellings differ in length (`uỳ`, `uỹ`, `oẽ`) stay
//! as written; the lexicon's vocabulary knows both spellings, and [`fold`] unifies them too where offsets do not
//! matter.

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
    out.clear();
    out.reserve(text.len());
    // The vowel before the current character, where it is the first of a pair that carries a movable tone.
    let mut glide: Option<char> = None;
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().take_while(u8::is_ascii).count();
        if ascii > 0 {
            for byte in rest[..ascii].bytes() {
                out.push(byte.to_ascii_lowercase() as char);
            }
            glide = match rest.as_bytes()[ascii - 1].to_ascii_lowercase() {
                b'o' => Some('o'),
                b'u' if !out.ends_with("qu") => Some('u'),
                _ => None,
            };
            rest = &rest[ascii..];
            continue;
        }
        let Some(letter) = rest.chars().next() else { break };
        rest = &rest[letter.len_utf8()..];
        let lower = lower_same_len(letter);
        match (glide, toned_second(lower)) {
            (Some(first), Some((base, tone)))
                if pairs(first, base)
                    && with_tone(first, tone).len_utf8() == lower.len_utf8()
                    && !rest.starts_with(char::is_alphabetic) =>
            {
                out.pop();
                out.push(with_tone(first, tone));
                out.push(base);
            }
            _ => out.push(lower),
        }
        glide = None;
    }
    debug_assert_eq!(out.len(), text.len());
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
    let mut out: Option<String> = None;
    for (from, to) in spellings {
        let text = out.as_deref().unwrap_or(folded);
        let places: Vec<usize> = text
            .match_indices(from)
            .map(|(at, _)| at)
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
