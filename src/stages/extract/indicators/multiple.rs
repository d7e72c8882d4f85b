//! Multiples: `tăng gấp đôi`, `cao gấp 2,5 lần`.
//!
//! # What
//! `gấp đôi` (2) and `gấp rưỡi` (1.5) behind a word that compares or before what is compared with. The unit is `lần`, as that
//! of numbers behind `gấp`, which measure what the clause is about instead of counting times.
//! # Why
//! `gấp đôi` is a figure without a number.
//! # Example
//! `thu ngân sách tăng gấp đôi so với năm 2015`: 2 lần.
//! # Known misses
//! `nhân đôi`, `gấp ba` without `lần`.

use super::Reading;
use super::figure::Figure;
use super::unit::{Unit, UnitKind};
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::number::Numeral;
use crate::text::token::Kind;

pub const DOUBLE: &Rule = &Rule {
    id: "indicator.double",
    finds: Table::Indicators,
    confidence: 0.8,
    about: "Twice or one and a half times as much, told without a number.",
    example: "Thu ngân sách của huyện tăng gấp đôi so với năm 2015.",
};

const TIMES: &str = "lần";

/// Most tokens between two multiples of one clause.
const MAX_ASPECT: usize = 6;

/// Reads `gấp đôi` or `gấp rưỡi` at token `at`.
pub fn read<'a>(reading: Reading<'a>, at: usize) -> Option<Figure<'a>> {
    if reading.word(at) != "gấp" {
        return None;
    }
    let value = match reading.word(at + 1) {
        "đôi" => 2.0,
        "rưỡi" => 1.5,
        _ => return None,
    };
    let tokens = at..at + 2;
    let before = at.checked_sub(1).map_or("", |token| reading.word(token));
    let compares = matches!(
        before,
        "tăng" | "cao" | "lớn" | "nhiều" | "rộng" | "dài" | "đông" | "gần" | "hơn" | "lên"
    ) || matches!(
        (reading.word(at + 2), reading.word(at + 3)),
        ("so", "với") | ("cùng", "kỳ") | ("mức" | "năm" | "số", _)
    );
    if !compares {
        return DOUBLE.fail(reading.analysis, &tokens, "nothing that it is compared with");
    }
    let qualifier = match before {
        "gần" => Some("nearly"),
        "hơn" => Some("more_than"),
        _ => None,
    };
    let numeral = Numeral {
        tokens: tokens.clone(),
        value,
        value_max: None,
        denominator: None,
        spelled: true,
        scaled: false,
    };
    Some(Figure {
        numeral,
        unit: times(tokens.end),
        qualifier,
        tokens: at - usize::from(qualifier.is_some())..tokens.end,
        sentence: reading.analysis.sentence_at(at),
        denominator: None,
        rule: DOUBLE,
        is_article: false,
    })
}

/// `gấp` | `2,1 lần`, `gấp 2,1 lần về lượng và` | `3,4 lần về giá trị`: the unit of a multiple whose number begins at token
/// `numeral`.
pub fn unit<'a>(reading: Reading<'a>, numeral: usize, unit: &Unit<'a>, previous: Option<&Figure>) -> Option<Unit<'a>> {
    let before = numeral.checked_sub(1).map_or("", |token| reading.word(token));
    let listed = matches!(before, "và" | ",")
        && previous.is_some_and(|previous| is_multiple(previous) && numeral - previous.tokens.end <= MAX_ASPECT);
    let end = unit.tokens.end;
    // `tăng 1,5 lần so với năm trước`; `tăng 3 lần giá` may be three times in a row.
    let compared = matches!(before, "tăng" | "giảm")
        && (reading.analysis.kind(end) != Kind::Word || matches!(reading.word(end), "so" | "và" | "trong"));
    ((before == "gấp" || listed || compared) && reading.word(unit.tokens.start) == TIMES).then(|| times(end))
}

/// It counts no noun, so it has no words of its own.
fn times<'a>(end: usize) -> Unit<'a> {
    Unit {
        kind: UnitKind::Count,
        code: Some(TIMES),
        tokens: end..end,
        known: true,
    }
}

/// `gấp 6,1 lần năm 1991`: the year behind is what is compared with.
pub fn is_multiple(figure: &Figure) -> bool {
    figure.unit.code == Some(TIMES)
}
