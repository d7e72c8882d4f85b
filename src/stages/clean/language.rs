//! The language of a text.

use whatlang::{Lang, detect};

/// Longest prefix that is looked at, in bytes: enough to tell any two languages apart.
const MAX_BYTES: usize = 2000;

/// ISO 639-1 code of the text's language; none where it cannot be told.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let end = text
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|&at| at <= MAX_BYTES)
        .last();
    let prefix = if text.len() > MAX_BYTES { &text[..end?] } else { text };
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
