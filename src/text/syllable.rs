//! Which words can be Vietnamese syllables: names of foreigners show themselves by breaking the rules.

/// True where `folded` (lower case) could be written in Vietnamese: an onset, one to three vowels, a coda.
///
/// ```
/// use parc_etl::text::syllable::is_vietnamese;
/// assert!(is_vietnamese("nguyễn") && is_vietnamese("huỳnh") && is_vietnamese("đắk"));
/// assert!(!is_vietnamese("trump") && !is_vietnamese("john") && !is_vietnamese("smith"));
/// ```
pub fn is_vietnamese(folded: &str) -> bool {
    let onset = onset_len(folded);
    // `gi` and `qu` hold their own vowel: gì, gìn.
    [onset, onset.saturating_sub(1)].into_iter().any(|from| {
        let Some(rest) = folded.get(from..) else { return false };
        let vowels: usize = rest
            .chars()
            .take_while(|&letter| is_vowel(letter))
            .map(char::len_utf8)
            .sum();
        let count = rest[..vowels].chars().count();
        let coda = &rest[vowels..];
        let closed = matches!(
            coda.as_bytes(),
            [] | [b'c' | b'k' | b'm' | b'n' | b'p' | b't'] | [b'n', b'g' | b'h'] | b"ch"
        );
        (1..=3).contains(&count) && closed
    })
}

/// Bytes of the consonants that a syllable begins with, `gi` and `qu` included.
fn onset_len(folded: &str) -> usize {
    match folded.as_bytes() {
        [b'n', b'g', b'h', ..] => 3,
        [b'n', b'g' | b'h', ..]
        | [b'c' | b'g' | b'k' | b'p' | b't', b'h', ..]
        | [b'g', b'i', ..]
        | [b'q', b'u', ..]
        | [b't', b'r', ..] => 2,
        _ if folded.starts_with('đ') => 'đ'.len_utf8(),
        [
            b'b' | b'c' | b'd' | b'g' | b'h' | b'k' | b'l' | b'm' | b'n' | b'p' | b'r' | b's' | b't' | b'v' | b'x',
            ..,
        ] => 1,
        _ => 0,
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(
        letter,
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư'
    ) || (letter as u32 >= 0xE0 && letter != 'đ' && letter.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::is_vietnamese;

    #[test]
    fn tells_vietnamese_from_foreign_words() {
        for word in [
            "phúc", "quỳnh", "nghĩa", "gì", "yên", "khuyến", "đắk", "thủy", "oanh", "huyền", "uông",
        ] {
            assert!(is_vietnamese(word), "{word}");
        }
        for word in [
            "trump", "john", "smith", "dione", "wb", "france", "plus", "kerry", "obama", "fujita",
        ] {
            assert!(!is_vietnamese(word), "{word}");
        }
    }
}
