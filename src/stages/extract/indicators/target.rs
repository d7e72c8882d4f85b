//! Aims against facts: `phấn đấu đạt 90%` is a target, `đã đạt 90%` a fact.
//!
//! # What
//! The last cue before the figure decides; a weak cue (`kế hoạch`, `yêu cầu`) gives way to a fact told before it.
//! # Why
//! A table that mixes aims with results misleads.
//! # Example
//! `đến năm 2030, 100% thủ tục được cung cấp trực tuyến`: a target, from the year alone.
//! # Known misses
//! Aims told by the sentence before.

use chrono::{Datelike, NaiveDate};

use super::Reading;
use super::figure::Figure;
use super::unit::UnitKind;
use crate::lexicon::Class;
use crate::text::token::Kind;

/// How many tokens before the figure a cue may stand.
const REACH: usize = 120;
/// A near cue counts only this many tokens before the figure.
const NEAR: usize = 7;
/// A weak cue this close to the figure overrules a fact told before it.
const ADJACENT: usize = 3;

/// The figure is aimed at, required or planned.
pub fn is_target(reading: Reading, figure: &Figure, published: Option<NaiveDate>) -> bool {
    let analysis = reading.analysis;
    let start = figure.tokens.start;
    let mut state = None;
    let mut at = figure.sentence.start.max(start.saturating_sub(REACH));
    while at < start {
        let Some((len, entry)) = analysis.longest(at, Class::TargetCue) else {
            if assigns(reading, at) {
                state = Some(true);
            }
            at += 1;
            continue;
        };
        let distance = start - (at + len).min(start);
        state = match (&*entry.value, &*entry.tag) {
            ("turn", _) => None,
            ("none", _) => state,
            ("fact", "near") if distance > NEAR => state,
            ("fact", _) => Some(false),
            _ if is_counted(reading, at) || describes_subject(reading, at) => state,
            ("target", "near") if distance > NEAR || state == Some(false) && distance > ADJACENT => state,
            ("target", "weak") if state == Some(false) && distance > ADJACENT => state,
            ("target", _) if figure.unit.kind == UnitKind::Rank && undated(reading, at + len, start) > NEAR => state,
            _ => Some(true),
        };
        at += len;
    }
    let limit = matches!(figure.qualifier, Some("at_most" | "at_least"));
    state.unwrap_or(limit || lies_ahead(reading, figure, published)) || will_be(reading, figure)
}

/// Tokens between a cue and its figure that belong to no date: `phấn đấu đến hết năm 2017 xếp thứ 80`.
fn undated(reading: Reading, from: usize, to: usize) -> usize {
    (from..to).filter(|&at| !reading.dates.is_date_token(at)).count()
}

/// `giao Sở Nội vụ …`: an order.
fn assigns(reading: Reading, at: usize) -> bool {
    reading.word(at) == "giao"
        && (reading.analysis.is_capitalized(at + 1) || reading.word(at + 1) == "các")
        && !matches!(reading.word(at.wrapping_sub(1)), "được" | "bàn" | "chuyển" | "đã")
}

/// `16/18 mục tiêu`, `7,8% kế hoạch`: what is counted or compared with.
fn is_counted(reading: Reading, at: usize) -> bool {
    at > 0 && (reading.analysis.kind(at - 1) == Kind::Number || reading.word(at - 1) == "%")
}

/// `tổng số vụ việc phải giải quyết là …`: the cue belongs to what is counted.
fn describes_subject(reading: Reading, at: usize) -> bool {
    matches!(reading.word(at), "phải" | "cần" | "sẽ" | "yêu")
        && (at.saturating_sub(4)..at).any(|token| {
            reading
                .analysis
                .longest(token, Class::MeasureNoun)
                .is_some_and(|(_, entry)| matches!(&*entry.phrase, "số" | "tổng số" | "số lượng"))
        })
}

/// `còn 5 thủ tục sẽ hoàn thành trong tháng 11`.
fn will_be(reading: Reading, figure: &Figure) -> bool {
    let end = figure.tokens.end;
    (end..(end + 8).min(figure.sentence.end))
        .take_while(|&at| {
            !matches!(reading.word(at), "," | ";" | "." | "(" | ")") && reading.analysis.kind(at) != Kind::Number
        })
        .any(|at| reading.word(at) == "sẽ")
}

/// The sentence names a year after the day of publication.
fn lies_ahead(reading: Reading, figure: &Figure, published: Option<NaiveDate>) -> bool {
    let Some(year) = published.map(|day| day.year()).or(reading.dates.document_year()) else {
        return false;
    };
    reading
        .dates
        .periods_in(&(figure.sentence.start..figure.tokens.start))
        .iter()
        .any(|period| period.end.is_some_and(|end| end.year() > year))
}
