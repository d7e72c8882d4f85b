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
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::number::Numeral;

pub const RESULT: &Rule = &Rule {
    id: "indicator.duration",
    finds: Table::Indicators,
    confidence: 0.9,
    about: "A span of time as an outcome or a limit.",
    example: "Thời gian cấp phép giảm còn 5 ngày.",
};

/// How many tokens before the number `thời gian` may stand, and the verbs that make it a result.
const REACH: usize = 14;
const NEAR: usize = 5;

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
    let from = start
        .saturating_sub(REACH)
        .max(reading.analysis.sentence_at(start).start);
    let told = (from..start).any(|at| {
        let near = start - at <= NEAR;
        let verb = near
            && reading
                .analysis
                .longest(at, Class::MeasureVerb)
                .is_some_and(|(_, entry)| &*entry.value == "down");
        let span = (reading.word(at), reading.word(at + 1)) == ("thời", "gian")
            && !matches!(reading.word(at.wrapping_sub(1)), "trong" | "sau");
        let pair = near
            && matches!(
                (reading.word(at), reading.word(at + 1)),
                ("kéo", "dài") | ("chỉ", "mất") | ("thời", "hạn") | ("trong", "vòng") | ("chậm", "nhất")
            );
        let word = near && matches!(reading.word(at), "rút" | "chờ" | "chậm" | "trễ");
        verb || span || pair || word
    });
    let changes = matches!(before, "xuống" | "còn" | "chỉ" | "quá" | "mất" | "nhất")
        || before == "từ" && changes_behind(reading, unit);
    let limit = matches!(qualifier, Some("at_most" | "at_least"));
    let clock = matches!(reading.word(unit.tokens.start), "giờ" | "phút") && is_clock(reading, start);
    let context = matches!(
        reading.word(unit.tokens.end),
        "tuổi" | "trước" | "tù" | "tới" | "qua" | "đầu" | "nay" | "cuối" | "gần"
    );
    if context {
        return false;
    }
    changes || !clock && (told || limit)
}

/// `từ 15 ngày xuống còn 7 ngày`: the second span follows.
fn changes_behind(reading: Reading, unit: &Unit) -> bool {
    let end = unit.tokens.end;
    (end..end + NEAR).any(|at| matches!(reading.word(at), "xuống" | "còn" | "lên"))
}

/// `lúc 8 giờ`, `từ 7 giờ 30 phút`.
fn is_clock(reading: Reading, start: usize) -> bool {
    start > 0 && matches!(reading.word(start - 1), "lúc" | "vào" | "hồi" | "từ" | "đến" | "giờ")
}
