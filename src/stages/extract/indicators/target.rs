//! Aims against facts: `phấn đấu đạt 90%` is a target, `đã đạt 90%` a fact.
//!
//! # What
//! The last cue before the figure decides; a weak cue (`kế hoạch`, `yêu cầu`) gives way to a fact told before it.
//! # Why
//! A table that mixes aims with results misleads.
//! # Example
//! `đến năm 2030, 100% thủ tục được cung cấp trực tuyến`: a target, from the year alone.
//! # Known misses
//! Aims told by a sentence before that neither opens a list nor is followed by `cụ thể`.

use chrono::{Datelike, NaiveDate};

use super::Reading;
use super::figure::Figure;
use super::linked::is_origin;
use super::scope::lead;
use super::unit::UnitKind;
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

/// How many tokens before the figure a cue may stand.
const REACH: usize = 120;
/// A near cue counts only this many tokens before the figure.
const NEAR: usize = 7;
/// How many tokens behind the figure the year of an aim may begin.
const BEHIND: usize = 5;
/// A weak cue this close to the figure overrules a fact told before it.
const ADJACENT: usize = 3;

/// Which of the figures are aims.
pub fn targets(reading: Reading, figures: &[Figure], published: Option<NaiveDate>) -> Vec<bool> {
    let mut targets: Vec<bool> = Vec::with_capacity(figures.len());
    for (index, figure) in figures.iter().enumerate() {
        let last = targets.last().copied().unwrap_or_default();
        let goes_on = last && goes_on(reading, &figures[index - 1], figure);
        targets.push(goes_on || is_target(reading, figure, published));
    }
    targets
}

/// `phấn đấu đạt 80% vào năm 2020` | `và 100% vào năm 2025`: the same aim for a later day.
fn goes_on(reading: Reading, previous: &Figure, figure: &Figure) -> bool {
    let gap = previous.tokens.end..figure.tokens.start;
    let dated = gap.clone().any(|at| reading.dates.is_date_token(at));
    let light = |at: usize| {
        reading.dates.is_date_token(at) || matches!(reading.word(at), "vào" | "đến" | "tới" | "và" | "," | "lên")
    };
    previous.sentence == figure.sentence && dated && gap.clone().all(light)
}

/// The figure is aimed at, required or planned.
fn is_target(reading: Reading, figure: &Figure, published: Option<NaiveDate>) -> bool {
    let analysis = reading.analysis;
    let start = figure.tokens.start;
    // `phấn đấu giảm từ 35 phút` | `xuống 10 phút`: where a change starts is a fact, also where its end is an aim.
    if is_origin(reading, figure) {
        return false;
    }
    let mut state = None;
    // Behind the last cue.
    let mut told = start;
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
            // `chưa đạt chỉ tiêu đề ra (90%)`: the bar itself.
            ("fact", "missed") => Some(distance <= ADJACENT && reading.word(at + len) != "do"),
            ("fact", "near") if distance > NEAR => state,
            ("fact", _) => Some(false),
            _ if is_counted(reading, at) || describes_subject(reading, at) => state,
            _ if distance > ADJACENT && is_compared(reading, at) => state,
            ("target", "near") if distance > NEAR || state == Some(false) && distance > ADJACENT => state,
            // `đã ban hành kế hoạch, đạt 87%`
            ("target", "near")
                if reading.word(at + len) == "," && matches!(reading.word(at + len + 1), "đạt" | "chiếm") =>
            {
                state
            }
            ("target", "weak") if state == Some(false) && distance > ADJACENT => state,
            ("target", _) if figure.unit.kind == UnitKind::Rank && undated(reading, at + len, start) > NEAR => state,
            _ => Some(true),
        };
        at += len;
        told = at;
    }
    if state == Some(true) && is_past(reading, told.min(start)..start, published) {
        state = Some(false);
    }
    let limit = matches!(figure.qualifier, Some("at_most" | "at_least"));
    state.unwrap_or_else(|| limit || lies_ahead(reading, figure, published) || is_announced(reading, figure))
        || will_be(reading, figure)
}

/// `Nghị quyết đặt mục tiêu …` before `Cụ thể là …`, `Mục tiêu đến năm 2025:` before its list.
fn is_announced(reading: Reading, figure: &Figure) -> bool {
    lead(reading, figure).is_some_and(|lead| states_aim(reading, lead))
}

/// The sentence tells aims, not facts, at its end: one that opens a list says `mục tiêu`, others set or pursue them.
fn states_aim(reading: Reading, sentence: TokenRange) -> bool {
    let opens_list = reading.word(sentence.end - 1) == ":";
    let mut cues = sentence.rev().filter_map(|at| {
        let (_, cue) = reading.analysis.longest(at, Class::TargetCue)?;
        match (&*cue.value, &*cue.tag) {
            ("fact" | "turn", "") => Some(false),
            ("target", "") if opens_list => Some(!is_counted(reading, at)),
            ("target", "") if &*cue.phrase == "đặt mục tiêu" || cue.phrase.starts_with("phấn đấu") => {
                Some(true)
            }
            _ => None,
        }
    });
    cues.next().unwrap_or(false)
}

/// `đến năm 2025 vào nhóm 20 (năm 2022 xếp thứ 27)`: a year that is over stands between the cue and the figure.
fn is_past(reading: Reading, gap: TokenRange, published: Option<NaiveDate>) -> bool {
    let year = published.map(|day| day.year()).or(reading.dates.document_year());
    let periods = reading.dates.periods_in(&gap);
    let over = |end: NaiveDate| year.is_some_and(|year| end.year() < year);
    periods
        .last()
        .is_some_and(|period| !period.is_comparison && period.end.is_some_and(over))
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

/// `16/18 mục tiêu`, `7,8% kế hoạch`: what is counted or compared with; not `đến 2021` | `dự kiến giảm …`.
fn is_counted(reading: Reading, at: usize) -> bool {
    let year = |at: usize| reading.analysis.surface(at).len() == 4 && reading.word(at).starts_with("20");
    let number = |at: usize| reading.analysis.kind(at) == Kind::Number && !reading.dates.is_date_token(at) && !year(at);
    at > 0 && (number(at - 1) || reading.word(at - 1) == "%")
}

/// `vượt gần 13% so với dự toán, và tăng trên 25%`: the bar of the figure before.
fn is_compared(reading: Reading, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| reading.word(at));
    reading.word(at + 2) != "là" && (word(1) == "so" || word(1) == "với" && word(2) == "so")
}

/// `tổng số vụ việc phải giải quyết là …`: the cue belongs to what is counted.
fn describes_subject(reading: Reading, at: usize) -> bool {
    let near = at.saturating_sub(4)..at;
    // `số vốn ODA cam kết là …`
    let pledged = reading.word(at) == "cam" && near.clone().any(|token| reading.word(token) == "vốn");
    pledged
        || matches!(reading.word(at), "phải" | "cần" | "sẽ" | "yêu" | "đề" | "kiến")
            && near.clone().any(|token| {
                reading
                    .analysis
                    .longest(token, Class::MeasureNoun)
                    .is_some_and(|(_, entry)| matches!(&*entry.phrase, "số" | "tổng số" | "số lượng" | "số tiền"))
            })
}

/// `còn 5 thủ tục sẽ hoàn thành trong tháng 11`.
fn will_be(reading: Reading, figure: &Figure) -> bool {
    let end = figure.tokens.end;
    (end..(end + 8).min(figure.sentence.end))
        .take_while(|&at| {
            !matches!(reading.word(at), "," | ";" | "." | "(" | ")" | "và") && reading.analysis.kind(at) != Kind::Number
        })
        .any(|at| reading.word(at) == "sẽ")
}

/// `Đến năm 2025, 100% …`, `giảm nợ công, đến năm 2025 xuống dưới 60%`: without a day of publication, the years to which plans
/// are made.
fn opens_with_horizon(reading: Reading, figure: &Figure) -> bool {
    let start = figure.sentence.start;
    let opens = |at: usize| {
        reading.analysis.matches(at, &["đến", "năm"])
            && (at == start || reading.word(at - 1) == "," && reading.dates.is_date_token(at + 2))
    };
    let changes = |at: usize| (at..figure.tokens.start).any(|at| matches!(reading.word(at), "xuống" | "lên" | "còn"));
    let planned = |at: usize| {
        let opening = reading.dates.periods_in(&(at..at + 1));
        opening
            .iter()
            .any(|period| period.end.is_some_and(|end| end.year() % 5 == 0))
    };
    (start..figure.tokens.start).any(|at| opens(at) && (at == start || changes(at)) && planned(at))
}

/// The sentence names a year after the day of publication.
fn lies_ahead(reading: Reading, figure: &Figure, published: Option<NaiveDate>) -> bool {
    let Some(year) = published.map(|day| day.year()).or(reading.dates.document_year()) else {
        return opens_with_horizon(reading, figure);
    };
    // `lên 1 tỷ USD vào năm 2030`
    let end = (figure.tokens.end + BEHIND).min(figure.sentence.end);
    let behind = (figure.tokens.end..end)
        .find(|&at| matches!(reading.word(at), "," | ";" | "(" | ")"))
        .unwrap_or(end);
    reading
        .dates
        .periods_in(&(figure.sentence.start..behind))
        .iter()
        .any(|period| period.end.is_some_and(|end| end.year() > year))
}
