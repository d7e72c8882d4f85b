//! Labels of ranks, and of scores by which a text ranks: `PAR INDEX xếp thứ 3`, `Quảng Ninh dẫn đầu với 92,2%`.

use super::Reading;
use super::agent::without_person;
use super::clause::{Before, trim_to_last};
use super::completion::EARLIER_REACH;
use super::compose::{MAX_VERB, Surroundings, counts};
use super::figure::Figure;
use super::parts::{LEAST, Parts, Told};
use super::unit::UnitKind;
use super::words::{is_trailing, names_index};
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

/// A rank takes this many words before it.
const MAX_RANKED: usize = 16;

/// `xếp thứ 3 cả nước về …`, `tăng 10 bậc`.
pub fn ranked(reading: Reading, figure: &Figure, around: &Surroundings) -> Parts {
    let mut parts = Parts::default();
    let mut clause = around.floor(figure)..figure.tokens.start;
    let again = around
        .previous
        .is_some_and(|previous| previous.unit.kind == UnitKind::Rank);
    if let Some(comma) = clause.clone().rev().find(|&at| again && reading.word(at) == ",") {
        // `xếp thứ 17 cả nước, tụt 14 bậc`
        clause.start = comma + 1;
    }
    // `chỉ số năng lực cạnh tranh cấp tỉnh (PCI) tăng 10 bậc`: not from its short form on.
    let index =
        |&at: &usize| names_index(reading.word(at), reading.word(at + 1)) && reading.word(at.wrapping_sub(1)) != "(";
    // `đầu mối nhận việc, PAR INDEX của tỉnh tăng 5 bậc`: from the index on.
    let named = clause.clone().rev().find(index);
    clause.start = named.unwrap_or(clause.start);
    if named.is_some() && clause.len() > MAX_RANKED {
        // `PCI của tỉnh` | `có tiến bộ nhưng vẫn thấp (` | `đứng thứ 15/63`
        let told = |&at: &usize| {
            matches!(
                reading.word(at),
                "có" | "đã" | "vẫn" | "nhưng" | "tuy" | "được" | "," | ";"
            )
        };
        let end = clause
            .clone()
            .take(MAX_RANKED)
            .find(told)
            .unwrap_or(clause.start + MAX_RANKED);
        parts.push(trim_to_last(reading, clause.start..end, MAX_RANKED));
        clause.start = clause.end - 1;
    }
    let ranked = without_person(reading, trim_to_last(reading, clause, MAX_RANKED));
    if parts.is_empty() && ranked.len() < LEAST + 1 {
        parts.extend(&around.topic.parts);
    }
    parts.push_told(reading, ranked);
    if figure.numeral.spelled {
        parts.push(figure.numeral.tokens.clone());
    }
    parts.push(around.phrase.clone());
    // `xếp thứ 11 trong số 119 quốc gia`
    let among = !around.phrase.is_empty() && reading.word(around.phrase.end - 1) == "số";
    if let Some(next) = around.next.filter(|next| among && counts(next)) {
        parts.push(next.unit.tokens.clone());
    }
    parts.told = Told::Ranked;
    parts
}

/// `Quảng Ninh dẫn đầu với 92,2%`: the index by which the text ranks, and who leads.
pub fn leader(reading: Reading, figure: &Figure, before: &Before) -> Option<(TokenRange, TokenRange)> {
    let scored = matches!(figure.unit.kind, UnitKind::Percent | UnitKind::Score) && !before.is_headed();
    let subject = before.subject.clone();
    let verb = subject.clone().find(|&at| scored && tells_rank(reading, at))?;
    // "Quảng Ninh tiếp tục giữ ngôi quán quân"
    let end = (subject.start + 1..verb).find(|&at| matches!(reading.word(at), "tiếp" | "giữ" | "vẫn" | "đã" | "là"));
    let end = end.unwrap_or(verb);
    let start = (subject.start..end)
        .rev()
        .find(|&at| reading.word(at) == ",")
        .map_or(subject.start, |at| at + 1);
    let name = trim_to_last(reading, start..end, MAX_VERB);
    let named = name.clone().any(|at| reading.analysis.is_capitalized(at));
    let index = index_before(reading, figure).filter(|index| named && index.end <= subject.start)?;
    Some((index, name))
}

/// `dẫn đầu`, `đứng thứ hai`, `quán quân` at the token.
pub fn tells_rank(reading: Reading, at: usize) -> bool {
    matches!(
        (reading.word(at), reading.word(at + 1)),
        ("dẫn" | "đứng", "đầu") | ("xếp" | "đứng", "thứ") | ("quán", "quân")
    )
}

/// The index named last before the figure, in its sentence or a few before.
pub fn index_before(reading: Reading, figure: &Figure) -> Option<TokenRange> {
    let end = figure.tokens.start;
    let named = |at: usize| names_index(reading.word(at), reading.word(at + 1));
    let start = (end.saturating_sub(2 * EARLIER_REACH)..end)
        .rev()
        .find(|&at| named(at))?;
    let ends = |at: usize| {
        reading.analysis.kind(at) != Kind::Word
            || is_trailing(reading.word(at))
            || matches!(reading.word(at), "trung" | "đạt" | "tăng" | "giảm" | "xếp")
    };
    let limit = end.min(start + MAX_VERB);
    Some(start..(start + 1..limit).find(|&at| ends(at)).unwrap_or(limit))
}
