//! The language of a text.

use whatlang::{Lang, detect};

/// Longest prefix that is looked at, in bytes: enough to tell any two languages apart.
const MAX_BYTES: usize = 1000;

/// ISO 639-1 code of the text's language; none where it cannot be told.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let prefix = &text[..end];
    if is_vietnamese(prefix) {
        return Some("vi");
    }
    let info = detect(prefix)?;
    if !info.is_reliable() && info.lang() != Lang::Vie {
        return None;
    }
    Some(match info.lang() {
        Lang::Vie => "vi",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Khm => "km",
        Lang::Tha => "th",
        Lang::Ind => "id",
        _ => return None,
    })
}

/// One letter in ten is one that only Vietnamese has; `whatlang` takes longer than all else that is done to a page.
fn is_vietnamese(text: &str) -> bool {
    let (mut own, mut letters) = (0, 0);
    for c in text.chars() {
        own += usize::from(matches!(c, 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}'));
        letters += usize::from(!matches!(c, '\0'..='@'));
    }
    own * 10 >= letters.max(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        for (text, expected) in [
            (
                "Ủy ban nhân dân tỉnh tổ chức hội nghị tổng kết công tác năm.",
                Some("vi"),
            ),
            (
                "The provincial people's committee held a conference yesterday to review the results.",
                Some("en"),
            ),
            ("省人民委员会昨天召开会议总结工作。", Some("zh")),
            ("12345 67", None),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }
}
