//! Numbers that name something instead of measuring it.
//!
//! # What
//! Symbols (`35/NQ-CP`), clock times, ordinals and numbered things (`khóa 14`, `quận 3`, `mức độ 4`), list numbers,
//! ages, years, slogans (`“4 tại chỗ”`).
//! # Why
//! They are the bulk of the digits of a page and no indicator at all.
//! # Example
//! `dịch vụ công mức độ 3, 4`: no figure.
//! # Known misses
//! Product names whose number is followed by a known unit.

use super::Reading;
use super::unit::Unit;
use super::words::{abbreviates_unit, is_function_word};
use crate::lexicon::Class;
use crate::stages::extract::rule::Reason;
use crate::text::number::Numeral;
use crate::text::token::Kind;

/// Why the numeral names something, if it does; `unit` is what follows it.
pub fn why_name(reading: Reading, numeral: &Numeral, unit: Option<&Unit>) -> Option<Reason> {
    let start = numeral.tokens.start;
    let known = unit.is_some_and(|unit| unit.known && !belongs_elsewhere(reading, numeral, unit));
    let impossible = numeral
        .denominator
        .is_some_and(|below| below < numeral.value || (1945.0..2100.0).contains(&below));
    if impossible {
        Some("a part larger than its whole, or a year behind the stroke")
    } else if is_glued(reading, numeral, known) {
        Some("part of a symbol, a time, a phone number or a model")
    } else if is_list_number(reading, numeral) {
        Some("the number of a list item")
    } else if is_numbered(reading, start, known) {
        Some("the number is a name: of a term, a district, a level, a document")
    } else if is_encoded(reading, numeral) {
        Some("part of the name of a file")
    } else if reading.word(numeral.tokens.end) == "tuổi" {
        Some("an age")
    } else if is_masked(reading, numeral) {
        Some("part of a phone number")
    } else if start > 0 && reading.word(start - 1) == "cứ" || is_rate_base(reading, numeral) {
        Some("the base of a share: one in so many")
    } else if !known && is_year(reading, numeral) {
        Some("a year")
    } else if !known && (is_quoted(reading, start) || is_titled(reading, start)) {
        Some("part of a name or slogan: a quotation mark or a capital before it")
    } else {
        None
    }
}

/// `Đề án 06 thủ tục`, `2014 Sở Tư pháp`: the unit behind begins something else.
fn belongs_elsewhere(reading: Reading, numeral: &Numeral, unit: &Unit) -> bool {
    let start = numeral.tokens.start;
    let padded = reading.analysis.surface(start).starts_with('0') && numeral.value >= 1.0;
    padded && reading.ending_at(start, Class::NumberedNoun).is_some()
        || is_year(reading, numeral) && reading.analysis.is_capitalized(unit.tokens.start)
}

/// Part of a symbol, a clock time, a phone number or a model: something stands right before or behind it.
fn is_glued(reading: Reading, numeral: &Numeral, known: bool) -> bool {
    let analysis = reading.analysis;
    let (start, end) = (numeral.tokens.start, numeral.tokens.end);
    if numeral.spelled {
        return false;
    }
    if start > 0 && !analysis.tokens[start].spaced && analysis.kind(start) == Kind::Number {
        let before = analysis.word(start - 1);
        let opens = matches!(
            before,
            "(" | "[" | "“" | "\"" | "‘" | "'" | "," | ";" | ":" | ">" | "<" | "≥" | "≤" | "~" | "$" | "…" | "."
        );
        let dash_after_space = matches!(before, "-" | "–" | "+") && analysis.tokens[start - 1].spaced;
        let clock = before == ":" && analysis.kind(start.wrapping_sub(2)) == Kind::Number;
        // `Q.9`, `P.12`
        let ward = before == "." && abbreviates_unit(analysis.surface(start.wrapping_sub(2)));
        if clock || ward || !(opens || dash_after_space) {
            return true;
        }
    }
    let Some(next) = analysis.tokens.get(end) else {
        return false;
    };
    if next.spaced {
        return false;
    }
    match next.kind {
        Kind::Word => !known,
        Kind::Punct => {
            let after = analysis.kind(end + 1);
            let glued = analysis.tokens.get(end + 1).is_some_and(|token| !token.spaced);
            match analysis.word(end) {
                "/" | "_" | "@" | "=" => true,
                "-" | "–" | ":" | "+" => glued && matches!(after, Kind::Word | Kind::Number),
                _ => false,
            }
        }
        _ => false,
    }
}

/// `1. Tiếp tục …`, `2) …`, `3/ …`, `4 - …` at the beginning of a line or sentence.
fn is_list_number(reading: Reading, numeral: &Numeral) -> bool {
    let (start, end) = (numeral.tokens.start, numeral.tokens.end);
    let begins = start == 0
        || reading.analysis.kind(start - 1) == Kind::Break
        || reading.analysis.sentence_at(start).start == start;
    begins
        && end == start + 1
        && numeral.value < 100.0
        && matches!(reading.word(end), "." | ")" | "/" | "-" | "–" | ":")
}

/// Behind a word whose number is a name. Some of these words (`số`, `kế hoạch`) are names only without a unit.
fn is_numbered(reading: Reading, start: usize, known: bool) -> bool {
    if let Some((from, entry)) = reading.ending_at(start, Class::NumberedNoun)
        && (&*entry.tag == "strict" || !known)
        && reading
            .ending_at(start, Class::MeasureNoun)
            .is_none_or(|(other, _)| other >= from)
    {
        return true;
    }
    if !known && reading.ending_at(start, Class::LegalKind).is_some() {
        return true;
    }
    // `mức độ 3, 4`, `quận 1, 2 và 3`: further members of a list of names; before a unit only the next number.
    let listed = start >= 2
        && matches!(reading.word(start - 1), "," | "và" | "-" | "hoặc")
        && reading.analysis.kind(start - 2) == Kind::Number;
    let number = |at: usize| reading.word(at).parse::<u32>().ok();
    listed
        && (!known || number(start).is_some_and(|next| number(start - 2) == next.checked_sub(1)))
        && is_numbered(reading, start - 2, known)
}

/// `số giường bệnh trên 10.000 dân`, `bác sĩ/vạn dân`: how many there are for a round number of people.
fn is_rate_base(reading: Reading, numeral: &Numeral) -> bool {
    let before = numeral.tokens.start.checked_sub(1).map_or("", |at| reading.word(at));
    let after = numeral.tokens.end;
    let people = reading.word(after) == "dân" || (reading.word(after), reading.word(after + 1)) == ("người", "dân");
    let round = [1e3, 1e4, 1e5, 1e6].contains(&numeral.value);
    // `cấp nước cho trên 10.000 dân`
    let measured = || {
        let from = numeral.tokens.start.saturating_sub(5);
        (from..numeral.tokens.start).any(|at| reading.word(at) == "số" || reading.analysis.kind(at) == Kind::Number)
    };
    people && round && (matches!(before, "/" | "mỗi") || before == "trên" && measured())
}

fn is_year(reading: Reading, numeral: &Numeral) -> bool {
    !numeral.scaled
        && !numeral.spelled
        && numeral.tokens.len() == 1
        && (1900.0..2100.0).contains(&numeral.value)
        && reading.analysis.surface(numeral.tokens.start).len() == 4
}

/// `Vùng 2`, `Block 5`: behind a capitalised word within the sentence.
fn is_titled(reading: Reading, start: usize) -> bool {
    start > 0
        && reading.analysis.is_capitalized(start - 1)
        && reading.analysis.tokens[start].spaced
        && !is_function_word(reading.word(start - 1))
}

/// `%20` and its like in the name of a file.
fn is_encoded(reading: Reading, numeral: &Numeral) -> bool {
    let end = numeral.tokens.end;
    let percent = |at: usize| {
        reading.word(at) == "%"
            && reading
                .analysis
                .tokens
                .get(at + 1)
                .is_some_and(|next| !next.spaced && matches!(next.kind, Kind::Word | Kind::Number))
    };
    percent(end) || numeral.tokens.start > 0 && percent(numeral.tokens.start - 1)
}

/// `0275 3843 xxx`: a telephone number.
fn is_masked(reading: Reading, numeral: &Numeral) -> bool {
    let masked = |at: usize| reading.word(at).starts_with("xx");
    masked(numeral.tokens.end) || numeral.tokens.start > 0 && masked(numeral.tokens.start - 1)
}

/// `“4 tại chỗ”`, `"3 không"`.
fn is_quoted(reading: Reading, start: usize) -> bool {
    start > 0 && matches!(reading.word(start - 1), "“" | "\"" | "‘" | "'")
}
