//! Text normalisation: what makes offsets, hashes and lookups mean the same for every page.
//!
//! The result is NFC, has `\n` as its only line break and U+0020 as its only space, no invisible or control characters,
//! no spaces at the ends of lines, no runs of spaces, at most one blank line in a row, none at the ends of the text.
//! Normalising twice changes nothing.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Normalises a whole text.
///
/// ```
/// use parc_etl::stages::clean::normalize::normalize;
/// assert_eq!(normalize(" Ho\u{300}a\u{a0} bi\u{300}nh\r\n\r\n\r\n\u{200b}x "), "Hòa bình\n\nx");
/// ```
pub fn normalize(text: &str) -> String {
    let text = visible(text);
    let text = compose(&text);
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.split('\n') {
        let start = out.len();
        if start > 0 {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        let content = out.len();
        push_collapsed(line, &mut out);
        if out.len() == content {
            out.truncate(start);
            blank = start > 0;
        } else {
            blank = false;
        }
    }
    out
}

/// Normalises what is to stand on one line, such as a title.
pub(super) fn normalize_line(text: &str) -> String {
    let text = normalize(text);
    let lines: Vec<&str> = text.split('\n').filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// `line` without spaces at its ends and with single spaces inside, onto `out`.
fn push_collapsed(line: &str, out: &mut String) {
    let line = line.trim_matches(' ');
    if !line.contains("  ") {
        out.push_str(line);
        return;
    }
    let mut words = line.split(' ').filter(|word| !word.is_empty());
    out.extend(words.next());
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
}

fn compose(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_composed) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Latin with Vietnamese letters, and punctuation: all of it is NFC, and most texts hold nothing else.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1EA0}'..='\u{1EF9}' | '\u{2010}'..='\u{2027}')
}

/// What becomes of a character before composition.
enum Fate {
    Keep,
    Drop,
    Space,
    Break,
}

/// `text` with one kind of space, one kind of line break and nothing invisible.
fn visible(text: &str) -> Cow<'_, str> {
    let Some(first) = text.char_indices().find_map(|(at, c)| match fate(c) {
        Fate::Keep => None,
        _ => Some(at),
    }) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut chars = text[first..].chars().peekable();
    while let Some(c) = chars.next() {
        match fate(c) {
            Fate::Keep => out.push(c),
            Fate::Drop => {}
            Fate::Space => out.push(' '),
            Fate::Break => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
        }
    }
    Cow::Owned(out)
}

fn fate(c: char) -> Fate {
    match c {
        ' '..='~' | '\n' => Fate::Keep,
        '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{167F}' | '\u{1EA0}'..='\u{1EF9}' => Fate::Keep,
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Break,
        '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Fate::Space,
        // Symbol fonts put their bullets and arrows here; the glyph is lost, the gap is not.
        '\u{E000}'..='\u{F8FF}' => Fate::Space,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{180E}' => Fate::Drop,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => Fate::Drop,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' => Fate::Drop,
        _ => Fate::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(normalize(text), expected, "{text:?}");
    }

    #[test]
    fn spaces_and_line_breaks_become_one_kind() {
        check("Sở\u{a0}\u{a0}Nội vụ\t \u{2003}báo cáo  ", "Sở Nội vụ báo cáo");
        check("a\r\nb\rc\u{2028}d", "a\nb\nc\nd");
        check("\n\n a \n \n\n\u{a0}\nb\n\n", "a\n\nb");
    }

    #[test]
    fn what_stands_on_one_line_has_single_spaces_too() {
        assert_eq!(normalize_line("a \r\n\r\n b\u{2028}c"), "a b c");
    }

    #[test]
    fn invisible_characters_go() {
        check("\u{feff}cải\u{ad} cách\u{200b}", "cải cách");
        check("\u{202b}UBND\u{202c} tỉnh\u{7}", "UBND tỉnh");
        check("\u{f0b7} mục một", "mục một");
    }

    #[test]
    fn letters_are_composed() {
        check("Ti\u{1ec1}n Giang", "Tiền Giang");
        check("Tie\u{302}\u{300}n Giang", "Tiền Giang");
        check("e\u{200d}\u{301}", "é");
    }

    proptest! {
        #[test]
        fn is_idempotent_and_clean(text in "(?s)[a ế\u{301}\u{a0}\u{ad}\u{200b}\u{202e}\u{feff}\u{2000}\u{212b}\u{e000}\r\n\t\u{85}.]{0,60}|\\PC{0,60}|.{0,60}") {
            let once = normalize(&text);
            prop_assert_eq!(&normalize(&once), &once);
            prop_assert!(once.nfc().eq(once.chars()));
            let only_plain = once.chars().all(|c| c == '\n' || matches!(fate(c), Fate::Keep));
            prop_assert!(only_plain);
            let blanks = once.contains("  ") || once.contains(" \n") || once.contains("\n\n\n");
            prop_assert!(!blanks);
            prop_assert_eq!(once.trim(), &once);
        }
    }
}
