//! The phrase behind a figure: what is told of the counted noun, or what a share or a change is of.

use super::Reading;
use super::clause::{MAX_ASIDE, MAX_VERB_PHRASE, begins_predicate, head_at, trim_end};
use super::figure::Figure;
use super::joins::{joins_levels, joins_nouns};
use super::unit::UnitKind;
use super::words::{ends_phrase, is_leading};
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

/// Longest phrase, in tokens.
const MAX_PHRASE: usize = 16;
/// Tokens of a share in brackets behind a count, to the closing bracket.
const MAX_SHARE: usize = 4;

/// The phrase behind the figure: up to the end of the clause, to token `next` or a verb that measures.
pub fn phrase(reading: Reading, figure: &Figure, next: usize) -> TokenRange {
    let analysis = reading.analysis;
    let counted = !figure.unit.tokens.is_empty() && figure.unit.kind == UnitKind::Count;
    let spent = figure.unit.kind == UnitKind::Currency;
    let start = skip_aside(reading, figure.tokens.end.max(figure.unit.tokens.end), figure, counted);
    // `cuộc gọi/ngày`
    let rate = reading.word(start) == "/" && start + 1 < next;
    let start = if rate { start + 2 } else { start };
    let limit = if start > next { figure.sentence.end } else { next };
    let mut at = start;
    while at < limit && at - start < MAX_PHRASE {
        let word = reading.word(at);
        let ends = match analysis.kind(at) {
            Kind::Break => true,
            Kind::Punct => match word {
                "," => {
                    !(joins_nouns(reading, at)
                        || joins_levels(reading, at)
                        || continues_phrase(reading, at, limit, start, limit < figure.sentence.end))
                }
                "-" | "/" | "–" => {
                    analysis.tokens[at].spaced && analysis.tokens.get(at + 1).is_some_and(|token| token.spaced)
                }
                "”" | "\"" | "’" | "'" if matches!(reading.word(at + 1), "," | "." | "-" | "–") => true,
                "“" | "”" | "\"" | "‘" | "’" | "'" | "&" => false,
                _ => true,
            },
            Kind::Number => false,
            Kind::Word => {
                let verb = analysis
                    .longest(at, Class::MeasureVerb)
                    .is_some_and(|(_, entry)| &*entry.value != "level" && !is_compound(reading, at))
                    || matches!(word, "đạt" | "bằng" | "là") && tells_a_figure(reading, at + 1);
                let pair = matches!(
                    (word, reading.word(at + 1)),
                    ("trong", "khi")
                        | ("trong", "đó")
                        | ("đồng", "thời")
                        | ("với", "tổng" | "số" | "tỷ" | "tỉ" | "mức")
                ) || at > start
                    && (counted && word == "là" || (word, reading.word(at + 1)) == ("so", "với"));
                let joins = word == "và"
                    && (at == start
                        || begins_predicate(reading.word(at + 1))
                        || analysis.longest(at + 1, Class::MeasureNoun).is_some());
                verb || pair || joins || ends_phrase(word) && !(at == start && word == "để" && (counted || spent))
            }
        };
        if ends {
            break;
        }
        at += 1;
    }
    if at < limit && at - start == MAX_PHRASE && analysis.continues_word(at) {
        // `Chỉ thị của Bộ Chính` | `trị`
        at += 1;
    }
    if counted {
        // `DN hoạt động vào năm 2020`: without when.
        at = (start + 2..at)
            .find(|&token| reading.dates.is_date_token(token))
            .unwrap_or(at);
    }
    let mut range = trim_end(reading, start..at);
    if !counted && is_comparison(reading, &range) && (range.end..at).all(|token| reading.dates.is_date_token(token)) {
        // `so với cùng kỳ năm trước`: with when.
        range.end = at;
    }
    if figure.unit.kind == UnitKind::Percent && !is_comparison(reading, &range) {
        while range.len() > 1
            && (matches!(reading.word(range.start), "các" | "những" | "số" | "tổng")
                || reading.word(range.start) == "trong" && matches!(reading.word(range.start + 1), "số" | "tổng"))
        {
            range.start += 1;
        }
    }
    if range.start < range.end && reading.dates.is_date_token(range.start) {
        range.start = range.end;
    }
    let distinguished = matches!(reading.word(range.start + 1), "nhiều" | "thành" | "đóng");
    if counted && reading.word(range.start) == "có" && distinguished {
        return predicate(reading, figure, &range).unwrap_or(range);
    }
    range
}

/// `20 cá nhân có nhiều thành tích … được nhận bằng khen`: what happens to them, rather than what marks them.
fn predicate(reading: Reading, figure: &Figure, phrase: &TokenRange) -> Option<TokenRange> {
    let ends = |at: usize| matches!(reading.word(at), "," | ";" | "." | ":" | "(");
    let reach = figure.sentence.end.min(phrase.start + 2 * MAX_PHRASE);
    let clause = phrase.start..(phrase.start..reach).find(|&at| ends(at)).unwrap_or(reach);
    let verb = clause.clone().skip(3).find(|&at| reading.word(at) == "được")?;
    (clause.end - verb >= 3).then(|| trim_end(reading, verb..clause.end.min(verb + MAX_VERB_PHRASE)))
}

/// `nâng cấp`, `tăng cường`, `giảm nghèo`: the verb is half of a word that measures nothing.
fn is_compound(reading: Reading, at: usize) -> bool {
    matches!(
        (reading.word(at), reading.word(at + 1)),
        ("nâng", "cấp" | "cao" | "hạng" | "ngạch")
            | ("tăng", "cường" | "tốc")
            | ("giảm", "nghèo" | "tải" | "nhẹ")
            | ("tiết", "kiệm")
    ) || reading.word(at) == "vượt" && !tells_a_figure(reading, at + 1)
}

/// A figure, a qualifier or a measured noun stands at the token: the verb before it begins another statement.
fn tells_a_figure(reading: Reading, at: usize) -> bool {
    reading.analysis.kind(at) == Kind::Number
        || reading.analysis.longest(at, Class::Qualifier).is_some()
        || reading.analysis.longest(at, Class::MeasureNoun).is_some()
}

/// Past `(77.609)` behind a share, and past `(gồm …)` behind a counted noun.
fn skip_aside(reading: Reading, at: usize, figure: &Figure, counted: bool) -> usize {
    if reading.word(at) != "(" {
        return at;
    }
    let limit = figure.sentence.end.min(at + MAX_ASIDE);
    let close = (at + 1..limit).find(|&token| reading.word(token) == ")");
    let number = reading.analysis.kind(at + 1) == Kind::Number;
    match close {
        Some(close) if number && close <= at + MAX_SHARE || counted && !number => close + 1,
        _ => at,
    }
}

/// The comma at `at` is one of an enumeration of nouns.
fn continues_phrase(reading: Reading, at: usize, next: usize, start: usize, leads_on: bool) -> bool {
    let soon = (at + 1..(at + 6).min(next)).any(|token| matches!(reading.word(token), "," | "và"));
    if leads_on && !(at + 1..next).any(|token| matches!(reading.word(token), "," | "và")) {
        // `12.486 hồ sơ, trả đúng hạn 12.361 hồ sơ`: what follows belongs to the next figure.
        return false;
    }
    let word = reading.word(at + 1);
    let opens = ends_phrase(word)
        || is_leading(word)
        || reading.analysis.kind(at + 1) == Kind::Number
        || reading.analysis.is_capitalized(at + 1)
        || reading.analysis.longest(at + 1, Class::MeasureVerb).is_some()
        || head_at(reading, at + 1).is_some()
        || matches!(
            word,
            "đạt" | "nâng" | "góp" | "tập" | "tạo" | "bảo" | "đảm" | "chủ" | "thực" | "xử"
        );
    (soon || at - start < 3) && !opens && at > start
}

/// `tăng 3.900 vụ (tăng 11%) so với cùng kỳ`, `tăng 7.200 tỷ đồng (tăng 50% so với năm 2016)`: what a change is compared
/// with, in or behind the parenthesis that follows it.
pub fn comparison_behind(reading: Reading, figure: &Figure) -> TokenRange {
    let aside = figure.tokens.end.max(figure.unit.tokens.end);
    let opens = reading.word(aside) == "(" || figure.is_parenthesised(reading) && reading.word(aside) == ")";
    let limit = figure.sentence.end.min(aside + MAX_PHRASE);
    let inside = |at: usize| (aside..at).all(|token| reading.word(token) != ")");
    let compares = |at: usize| {
        (reading.word(at), reading.word(at + 1)) == ("so", "với") && (inside(at) || reading.word(at - 1) == ")")
    };
    let Some(start) = (aside..limit).find(|&at| opens && compares(at)) else {
        return aside..aside;
    };
    let ends = |at: usize| reading.analysis.kind(at) != Kind::Word && !reading.dates.is_date_token(at);
    let limit = figure.sentence.end.min(start + MAX_PHRASE);
    start..(start..limit).find(|&at| ends(at)).unwrap_or(limit)
}

/// `so với cùng kỳ`, `kế hoạch`, `dự toán`, `về tổng số vụ`: what a share or a change is compared with.
pub fn is_comparison(reading: Reading, phrase: &TokenRange) -> bool {
    !phrase.is_empty()
        && matches!(
            (reading.word(phrase.start), reading.word(phrase.start + 1)),
            ("so", "với") | ("kế", "hoạch") | ("dự", "toán") | ("chỉ", "tiêu") | ("về" | "của" | "kh", _)
        )
}
