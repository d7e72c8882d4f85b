//! How exact a figure is: `khoảng`, `gần`, `hơn`, `không quá`, `từ … trở lên`.
//!
//! # What
//! Qualifiers before the numeral, also two in a row (`tối đa không quá`), and after the unit (`trở lên`).
//! # Why
//! `gần 50%` and `trên 50%` are different facts.
//! # Example
//! `không quá một thông tư`: at_most 1.
//! # Known misses
//! `trên 63 tỉnh` (in all of them) reads as more than 63.

use super::Reading;
use super::unit::{Unit, UnitKind};
use crate::lexicon::Class;
use crate::text::token::Kind;

/// The qualifier of the numeral at `start` with a unit that ends at `unit`, and where the phrase begins and ends.
pub fn find<'a>(reading: Reading<'a>, start: usize, unit: &Unit<'a>) -> (Option<&'a str>, usize, usize) {
    let (mut code, mut begin, mut end) = (None, start, unit.tokens.end);
    while let Some((from, entry)) = reading.ending_at(begin, Class::Qualifier) {
        // `giám` | `sát 12 đơn vị`: half of another word.
        let verb = exceeds_plan(reading, from, unit) || reading.word(from) == "vượt" && code.is_some();
        if verb || reading.analysis.continues_word(from) {
            break;
        }
        if &*entry.tag != "before" || is_place(reading, from, unit) || is_comparison(reading, from, begin) {
            break;
        }
        code = match code {
            Some(code @ ("at_most" | "at_least")) => Some(code),
            Some(inner) if &*entry.value == "approx" => Some(inner),
            _ if is_denied(reading, from) => Some("at_most"),
            _ => Some(&*entry.value),
        };
        begin = from;
    }
    for at in end..end + 4 {
        if reading.analysis.kind(at) == Kind::Break || matches!(reading.word(at), "." | ";" | ",") {
            break;
        }
        if let Some((len, entry)) = reading.analysis.longest(at, Class::Qualifier)
            && &*entry.tag == "after"
        {
            code = Some(&*entry.value);
            end = if at == end { at + len } else { end };
            break;
        }
        if reading.analysis.kind(at) == Kind::Number {
            break;
        }
    }
    (code, begin, end)
}

/// `trên 4 lĩnh vực`, `trên 3 địa bàn`, `dựa trên 4 nhóm giải pháp`: in or on them, not more than them.
fn is_place(reading: Reading, from: usize, unit: &Unit) -> bool {
    let based = matches!(reading.word(from.wrapping_sub(1)), "dựa" | "căn");
    reading.word(from) == "trên"
        && unit.kind == UnitKind::Count
        && (based
            || matches!(
                reading.word(unit.tokens.start),
                "lĩnh" | "địa" | "mặt" | "phương" | "tuyến" | "khía" | "kênh" | "nền" | "sàn" | "trang" | "tờ"
            ))
}

/// `vượt 4,5% dự toán`, `vượt 14/21 chỉ tiêu`: the verb of the clause, not a qualifier.
fn exceeds_plan(reading: Reading, from: usize, unit: &Unit) -> bool {
    let plan = |at| matches!(reading.word(at), "dự" | "kế" | "chỉ" | "mục");
    reading.word(from) == "vượt" && (plan(unit.tokens.start) || plan(unit.tokens.end))
}

/// `không phát sinh thêm quá 2%`.
fn is_denied(reading: Reading, from: usize) -> bool {
    reading.word(from) == "quá" && {
        let near = (from.saturating_sub(4)..from).any(|at| reading.word(at) == "không");
        near || (from.saturating_sub(12)..from).any(|at| reading.analysis.matches(at, &["không", "để"]))
    }
}

/// `cao hơn 5%`, `vượt 5%` tell by how much, where the verb itself is not the qualifier.
fn is_comparison(reading: Reading, from: usize, begin: usize) -> bool {
    begin - from == 1
        && reading.word(from) == "hơn"
        && matches!(reading.word(from.wrapping_sub(1)), "cao" | "thấp" | "nhiều" | "ít")
}
