//! Which words can be Vietnamese syllables: names of foreigners show themselves by breaking the rules.

/// True where `folded` (lower case) could be written in Vietnamese: an onset, one to three vowels, a coda.
///
/// ```
/// use parc_etl::text::syllable::is_vietnamese;
/// assert!(is_vietnamese("nguyễn") && is_vietnamese("huỳnh") && is_vietnamese("đắk"));
/// assert!(!is_vietnamese("trump") && !is_vietnamese("john") && !is_vietnamese("smith"));
/// ```
pub fn is_vietnamese(folded: &str) -> bool {
    const ONSETS: [&str; 28] = [
        "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
        "n", "p", "r", "s", "t", "v", "x", "",
    ];
    const CODAS: [&str; 9] = ["", "ng", "nh", "ch", "c", "m", "n", "p", "t"];
    let onset = ONSETS
        .iter()
        .find(|onset| folded.starts_with(**onset))
        .map_or(0, |onset| onset.len());
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
        (1..=3).contains(&count) && (CODAS.contains(&coda) || coda == "k")
    })
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
