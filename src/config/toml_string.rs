//! From a place in a TOML string's value to the place in the file: quotes, escapes and line continuations shift it.

use std::ops::Range;

/// The byte of the file at which byte `offset` of a string's value is written.
///
/// `token` is the string as it stands in the file, quotes included, and `token_start` its first byte there. All four
/// styles are known (basic, literal, each also over many lines). An offset past the end gives the closing quote.
pub(super) fn place_of(token: &str, token_start: usize, offset: usize) -> usize {
    token_start + content_place(token, offset)
}

/// The bytes of the file that hold bytes `range` of a string's value; at least one byte long.
pub(super) fn range_of(token: &str, token_start: usize, range: Range<usize>) -> Range<usize> {
    let start = place_of(token, token_start, range.start);
    let end = place_of(token, token_start, range.end);
    start..end.max(start + 1)
}

fn content_place(token: &str, offset: usize) -> usize {
    let (quote_len, escapes) = match token.as_bytes() {
        [b'"', b'"', b'"', ..] if token.len() >= 6 => (3, true),
        [b'\'', b'\'', b'\'', ..] if token.len() >= 6 => (3, false),
        [b'"', ..] => (1, true),
        _ => (1, false),
    };
    let end = token.len().saturating_sub(quote_len);
    let mut place = quote_len;
    if quote_len == 3 {
        place += newline_len(&token[place..]);
    }
    let mut decoded = 0;
    while place < end {
        if escapes && token.as_bytes()[place] == b'\\' {
            let (raw_len, decoded_len) = escape(&token[place..end]);
            if decoded_len > 0 && decoded + decoded_len > offset {
                return place;
            }
            place += raw_len;
            decoded += decoded_len;
        } else if decoded == offset {
            return place;
        } else {
            place += 1;
            decoded += 1;
        }
    }
    end
}

/// Lengths of the escape sequence at the start of `text`, as written and as meant.
fn escape(text: &str) -> (usize, usize) {
    let hexadecimal = |digits: usize| {
        let code = text
            .get(2..2 + digits)
            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let decoded_len = code.and_then(char::from_u32).map_or(1, char::len_utf8);
        ((2 + digits).min(text.len()), decoded_len)
    };
    match text.as_bytes().get(1) {
        Some(b'x') => hexadecimal(2),
        Some(b'u') => hexadecimal(4),
        Some(b'U') => hexadecimal(8),
        Some(b' ' | b'\t' | b'\r' | b'\n') => {
            let rest = text[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            (text.len() - rest.len(), 0)
        }
        _ => (2.min(text.len()), 1),
    }
}

fn newline_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeValue;

    use super::*;

    /// Checks every character of the value: one that needs no escape stands at its place in the file.
    fn check(token: &str) {
        let parsed = DeValue::parse(token).unwrap_or_else(|error| panic!("{token}: {error}"));
        let value = parsed.get_ref().as_str().unwrap();
        for (offset, character) in value.char_indices() {
            let place = place_of(token, 0, offset);
            let written = token[place..].chars().next().unwrap();
            assert!(
                written == character || written == '\\',
                "{token}: {offset} is {character:?} but {place} is {written:?}"
            );
        }
        let closing = place_of(token, 0, value.len());
        assert!(matches!(token.as_bytes()[closing], b'"' | b'\''), "{token}: {closing}");
    }

    #[test]
    fn places_are_found_in_all_four_styles() {
        check("\"SELECT 1\"");
        check("'SELECT 1'");
        check("\"\"");
        check(r#""Hội nghị \"CCHC\" \t \u1ED9 \U0001F600 x""#);
        check("\"\"\"\nSELECT place,\n       count(*)\nFROM meetings\n\"\"\"");
        check("'''\nSELECT 'hội nghị'\n'''");
        check("'''SELECT 1'''");
        check("\"\"\"SELECT \\\n    place, \"quoted\" \\\\ FROM x\"\"\"");
        check("\"\"\"\r\nSELECT 1\r\nFROM x\"\"\"");
    }

    #[test]
    fn an_escape_counts_as_what_it_stands_for() {
        assert_eq!(place_of(r#""a\tb""#, 100, 2), 104);
        assert_eq!(place_of(r#""\u1ED9b""#, 0, 3), 7);
        assert_eq!(place_of("\"\"\"a\\\n   b\"\"\"", 0, 1), 9);
        assert_eq!(range_of("'abc'", 10, 1..2), 12..13);
        assert_eq!(range_of("'abc'", 10, 9..9), 14..15);
    }

    proptest! {
        #[test]
        fn any_literal_and_escaped_text_is_mapped(value in "[a-zđộ \\\\\"\t\n]{0,30}") {
            check(&format!("'''\n{value}'''"));
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t").replace('\n', "\\n");
            check(&format!("\"{escaped}\""));
            check(&format!("\"\"\"{escaped}\"\"\""));
        }
    }
}
