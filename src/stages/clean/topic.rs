//! How sure it is that a text is about public administration.
//!
//! A weighted lexicon (`topics.csv`, class [`Class::Topic`]): words of government work count for it, words of sport,
//! crime, entertainment and foreign news against it. Each phrase counts with the square root of how often it occurs, so
//! that no single word decides; the sum is divided by the square root of the text's length and squashed to 0..1.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::lexicon::{Class, Lexicon, LexiconError};
use crate::text::fold::fold;

/// Name of the topic in `documents.topic`.
pub(super) const PUBLIC_ADMINISTRATION: &str = "public_administration";

/// A word in the title counts as often as in the text this many times more.
const TITLE_COUNT: u32 = 2;
/// Occurrences beyond this one say nothing new.
const MAX_COUNT: u32 = 6;
/// Words added to every text's length, so that a short note is not judged by one phrase.
const LENGTH_FLOOR: f64 = 60.0;
/// Weight per square root of length at which a text is as likely on the topic as not, and how fast doubt fades
/// around it; both set on news of 2017, where announcements of ministries and provinces lie above 1 and sport, crime
/// and entertainment below 0.
const MIDDLE: f64 = 0.75;
const STEEPNESS: f64 = 2.5;

/// Scores texts.
#[derive(Debug)]
pub(super) struct TopicScorer {
    automaton: AhoCorasick,
    weights: Vec<f64>,
}

impl TopicScorer {
    /// Builds the scorer from the lexicon's topic entries, whose `value` is the weight.
    ///
    /// # Errors
    /// When a weight is no number.
    pub fn new(lexicon: &Lexicon) -> Result<TopicScorer, LexiconError> {
        let entries = || lexicon.entries().iter().filter(|entry| entry.class == Class::Topic);
        let weights = entries()
            .enumerate()
            .map(|(index, entry)| {
                entry.value.parse().map_err(|_| LexiconError::UnknownValue {
                    file: Class::Topic.name().to_owned(),
                    line: index as u64 + 2,
                    value: entry.value.to_string(),
                })
            })
            .collect::<Result<Vec<f64>, _>>()?;
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(entries().map(|entry| fold(&entry.phrase)))
            .expect("a few hundred short phrases stay below the automaton's limits");
        Ok(TopicScorer { automaton, weights })
    }

    /// Score of a folded text, 0 to 1; `title` is folded too and may stand in the text.
    pub fn score(&self, title: &str, text: &str) -> f64 {
        let mut counts = vec![0u32; self.weights.len()];
        self.count(text, 1, &mut counts);
        self.count(title, TITLE_COUNT, &mut counts);
        let sum: f64 = counts
            .iter()
            .zip(&self.weights)
            .filter(|(count, _)| **count > 0)
            .map(|(&count, weight)| weight * f64::from(count.min(MAX_COUNT)).sqrt())
            .sum();
        let words = text.bytes().filter(|byte| matches!(byte, b' ' | b'\n')).count() as f64;
        let density = sum / (words + LENGTH_FLOOR).sqrt();
        1.0 / (1.0 + (-(density - MIDDLE) * STEEPNESS).exp())
    }

    fn count(&self, text: &str, times: u32, counts: &mut [u32]) {
        for found in self.automaton.find_iter(text) {
            let whole = !text[..found.start()].ends_with(char::is_alphanumeric)
                && !text[found.end()..].starts_with(char::is_alphanumeric);
            if whole {
                counts[found.pattern().as_usize()] += times;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(title: &str, text: &str) -> f64 {
        let scorer = TopicScorer::new(&Lexicon::embedded()).unwrap();
        scorer.score(&fold(title), &fold(&format!("{title}\n{text}")))
    }

    #[test]
    fn government_work_is_in() {
        for (title, text) in [
            (
                "Sở Nội vụ tập huấn nghiệp vụ cải cách hành chính",
                "Sáng nay, Sở Nội vụ mở lớp tập huấn cho công chức các xã, phường về tiếp nhận hồ sơ tại bộ phận một cửa.",
            ),
            (
                "UBND tỉnh họp phiên thường kỳ tháng 4",
                "Chủ tịch UBND tỉnh chủ trì phiên họp, yêu cầu các sở, ban, ngành đẩy nhanh giải ngân vốn đầu tư công.",
            ),
        ] {
            assert!(score(title, text) > 0.7, "{title}");
        }
    }

    #[test]
    fn sport_crime_entertainment_and_foreign_news_are_out() {
        for (title, text) in [
            (
                "Chủ nhà thắng đậm",
                "Tiền đạo trẻ ghi hai bàn thắng trong trận đấu tối qua, huấn luyện viên rất hài lòng.",
            ),
            (
                "Bắt nghi phạm trộm xe máy",
                "Công an quận bắt giữ nghi phạm, camera ghi lại toàn bộ hiện trường.",
            ),
            (
                "Ca sĩ trẻ ra mắt MV",
                "Ca khúc mới được khán giả đón nhận, nam ca sĩ hợp tác cùng đạo diễn trẻ.",
            ),
            (
                "Tổng thống Mỹ thăm Nhật Bản",
                "Nhà Trắng cho biết Tổng thống sẽ gặp Thủ tướng Nhật Bản.",
            ),
            (
                "Cách nấu món canh chua",
                "Nguyên liệu gồm cá, cà chua, dứa. Món ăn ngon nhất khi dùng nóng.",
            ),
        ] {
            assert!(score(title, text) < 0.3, "{title}: {}", score(title, text));
        }
    }

    #[test]
    fn a_counter_for_all_services_is_no_shop() {
        assert!(score("", "quầy một cửa của xã") > score("", "mở một cửa hàng ở xã"));
    }

    #[test]
    fn phrases_match_whole_words_only() {
        assert_eq!(score("", "sởi sởi sởi"), score("", "aaa aaa aaa"));
    }
}
