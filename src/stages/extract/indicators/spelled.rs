//! Numbers in words as statistics: `hai nghị định`, `không quá một thông tư`.
//!
//! # What
//! A number word counts before a noun of the lexicon and behind a verb that counts (`có`, `ban hành`); `một` only
//! behind a limit. A thousand and more (`hai triệu hộ`) counts anywhere.
//! # Why
//! `một` is the article, and `hai bên`, `ba mặt` are figures of speech.
//! # Example
//! `ít nhất hai phiên họp`: at_least 2.
//! # Known misses
//! `một` as a count without a limit (`giải thể một sở`).

use super::Reading;
use super::unit::{Unit, UnitKind};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::number::Numeral;

pub const SPELLED: &Rule = &Rule {
    id: "indicator.spelled",
    finds: Table::Indicators,
    confidence: 0.72,
    about: "A number in words before a noun of the lexicon, behind a verb that counts.",
    example: "Trong quý, Bộ đã ban hành hai nghị định.",
};

/// From here on a number in words counts wherever it stands.
const LARGE: f64 = 1000.0;

/// The spelled numeral is a statistic.
pub fn counts(reading: Reading, numeral: &Numeral, unit: &Unit, qualifier: Option<&str>) -> bool {
    if !unit.known || unit.kind != UnitKind::Count {
        return matches!(unit.kind, UnitKind::Currency | UnitKind::Percent) && numeral.value > 0.0 && unit.known;
    }
    if matches!(qualifier, Some("at_most" | "at_least")) {
        return true;
    }
    // `nửa`, `ba phần tư`, `hai triệu hộ`
    if numeral.value == 0.5 || numeral.denominator.is_some() || numeral.value >= LARGE {
        return true;
    }
    let start = numeral.tokens.start;
    // `Hai Thủ tướng trả lời báo chí`: the two who are known.
    let persons = reading.analysis.longest(unit.tokens.start, Class::Title).is_some();
    let opens = reading.analysis.sentence_at(start).start == start && !persons;
    let told = opens
        || matches!(
            reading.word(start - 1),
            "có" | "được"
                | "giảm"
                | "tăng"
                | "lập"
                | "hành"
                | "gồm"
                | "thể"
                | "nhập"
                | "thêm"
                | "còn"
                | "xong"
                | "đã"
                | "cho"
                | "với"
                | "chức"
                | "luật"
                | "mới"
                | "tố"
                | "bắt"
        );
    let idiom = matches!(
        reading.word(unit.tokens.start),
        "bên"
            | "nước"
            | "mặt"
            | "cấp"
            | "bố"
            | "mẹ"
            | "vợ"
            | "anh"
            | "người"
            | "lần"
            | "bước"
            | "cửa"
            | "quốc"
            | "điểm"
            | "nhà"
            | "vấn"
            | "yêu"
            | "nhóm"
    );
    numeral.value >= 2.0 && told && !idiom
}
