//! Durations as results: `giảm còn 5 ngày`, `thời gian giải quyết là 15 ngày`.
//!
//! # What
//! A span of time counts only where the text reports it as an outcome or a limit.
//! # Why
//! Most spans are context: `sau 10 năm`, `trong 3 ngày họp`, `15 giờ`.
//! # Example
//! `rút ngắn từ 15 ngày xuống còn 7 ngày`: both.
//! # Known misses
//! Results told by a verb that is not in the list below.

use super::Reading;
use super::unit::Unit;
use crate::lexicon::Class;
use crate::text::number::Numeral;

/// How many tokens before the number may hold the word that makes it a result.
const REACH: usize = 5;

/// The span of time is an outcome or a limit.
pub fn is_result(reading: Reading, numeral: &Numeral, unit: &Unit, qualifier: Option<&str>) -> bool {
    if numeral.spelled {
        return false;
    }
    let before = numeral.tokens.start.checked_sub(1).map_or("", |at| reading.word(at));
    if !matches!(before, "sau" | "trong") && unit.tokens.len() > 1 && reading.word(unit.tokens.start + 1) == "làm" {
        return true;
    }
    let start = numeral.tokens.start;
    let from = start.saturating_sub(REACH).max(reading.analysis.sentence_at(start).start);
    let result = (from..start).any(|at| {
        let down = reading
            .analysis
            .longest(at, Class::MeasureVerb)
            .is_some_and(|(_, entry)| &*entry.value == "down");
        down || matches!((reading.word(at), reading.word(at + 1)), ("kéo", "dài") | ("xuống", "còn") | ("chỉ", "mất") | ("thời", "hạn"))
            || matches!(
                (reading.word(at), reading.word(at + 1)),
                ("thời", "gian")
            ) && !matches!(reading.word(at.wrapping_sub(1)), "trong" | "sau")
    });
    let limit = matches!(qualifier, Some("at_most" | "at_least"));
    let clock = matches!(reading.word(unit.tokens.start), "giờ" | "phút") && is_clock(reading, start);
    (result || limit) && !clock && !matches!(reading.word(unit.tokens.end), "tuổi" | "trước" | "tù" | "tới" | "qua" | "đầu")
}

/// `lúc 8 giờ`, `từ 7 giờ 30 phút`.
fn is_clock(reading: Reading, start: usize) -> bool {
    start > 0 && matches!(reading.word(start - 1), "lúc" | "vào" | "hồi" | "từ" | "đến" | "giờ")
}
