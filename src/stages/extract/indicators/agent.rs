//! A label tells what is done and measured, not which person, office of the state or area does it.

use super::Reading;
use super::clause::trim_to_last;
use super::compose::MAX_VERB;
use super::scope::area_len;
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;

/// Longest name of an agent, in tokens.
const MAX_AGENT: usize = 10;

/// `UBND tỉnh đã` | `ban hành 8 quyết định`: the predicate of an office or an area, if it has `least` words.
pub fn without_agent(reading: Reading, subject: TokenRange, least: usize) -> TokenRange {
    if !names_agent(reading, subject.start) {
        return subject;
    }
    let reach = subject.end.min(subject.start + MAX_AGENT);
    // `tiếp tục` opens no predicate alone: `tiếp tục giữ vị trí`.
    let marks = |at: &usize| marker_len(reading, *at) > 0 && reading.word(*at) != "tiếp";
    let Some(mut start) = (subject.start + 1..reach).find(marks) else {
        return subject;
    };
    while marker_len(reading, start) > 0 {
        start += marker_len(reading, start);
    }
    let told = start < subject.end && !matches!(reading.word(start), "được" | "bị");
    let rest = trim_to_last(reading, start.min(subject.end)..subject.end, subject.len());
    if told && rest.len() >= least { rest } else { subject }
}

/// `Bộ Công Thương` | `cắt giảm 675 điều kiện`: the subject behind the name of the office with which it begins.
pub fn without_office(reading: Reading, subject: TokenRange) -> TokenRange {
    let analysis = reading.analysis;
    let office = analysis.is_capitalized(subject.start)
        && analysis.is_capitalized(subject.start + 1)
        && names_agent(reading, subject.start);
    // The second syllable of a name is written small: `Đài Tiếng nói Việt Nam`.
    let within = |at: usize| {
        analysis.is_capitalized(at)
            || analysis.continues_word(at)
            || matches!(reading.word(at), "và" | "," | "-" | "." | "&")
            || analysis.is_capitalized(at - 1) && analysis.is_capitalized(at + 1)
    };
    let known = analysis
        .longest(subject.start, Class::Organization)
        .map_or(1, |(len, _)| len);
    let mut rest = subject.clone().skip(known);
    let end = rest.find(|&at| !within(at)).unwrap_or(subject.end);
    let goes_on = matches!(
        reading.word(end),
        "của" | "tỉnh" | "thành" | "huyện" | "quận" | "và" | "tại" | "ở" | "về" | "có" | "các"
    );
    match office && !(goes_on && end < subject.end) {
        true => end..subject.end,
        false => subject,
    }
}

/// An office of the state or an area is named at the token.
fn names_agent(reading: Reading, at: usize) -> bool {
    if matches!(
        (reading.word(at), reading.word(at + 1)),
        ("công", "ty") | ("tập", "đoàn") | ("cty", _)
    ) {
        return false;
    }
    reading.analysis.longest(at, Class::Organization).is_some()
        || reading.analysis.longest(at, Class::Place).is_some()
        || matches!(
            (reading.word(at), reading.word(at + 1)),
            (
                "bộ" | "sở" | "ubnd" | "hđnd" | "cục" | "tỉnh" | "tp" | "huyện" | "quận" | "xã" | "phường",
                _
            ) | ("ban" | "đoàn" | "ngành", _)
                | ("thành", "phố")
                | ("chính", "phủ" | "quyền")
                | ("quốc", "hội")
                | ("nhà", "nước")
                | ("lực", "lượng")
                | ("công", "an")
                | ("đơn", "vị")
        )
}

/// Tokens of the word at `at` that stands between who does something and what is done; 0 where none does.
fn marker_len(reading: Reading, at: usize) -> usize {
    match (reading.word(at), reading.word(at + 1)) {
        ("tiến", "hành") | ("dự", "kiến") | ("đồng", "ý") | ("tiếp", "tục") => 2,
        ("đã" | "sẽ" | "đang" | "cũng" | "vừa" | "muốn" | "cần" | "phải" | "chỉ", _)
            if !reading.analysis.continues_word(at + 1) =>
        {
            1
        }
        _ => 0,
    }
}

/// `subject` behind the person it begins with: `đồng chí A trao Bằng khen tặng`.
pub fn without_person(reading: Reading, subject: TokenRange) -> TokenRange {
    let last = reading.people.before(subject.end);
    let end = last.map_or(subject.start, |mention| mention.tokens.end);
    let rest = end.max(subject.start)..subject.end;
    if rest.len() >= 2 { rest } else { subject }
}

/// `cả nước` | `có 945 thí sinh`, `tỉnh Hà Giang` | `đã chuyển đổi`: where it holds stands in a column of its own.
pub fn without_area(reading: Reading, subject: TokenRange) -> TokenRange {
    let noun = match (reading.word(subject.start), reading.word(subject.start + 1)) {
        ("tỉnh" | "bộ" | "sở" | "cục", _) => 1,
        ("thành", "phố") => 2,
        _ => 0,
    };
    if noun > 0 && subject.len() == noun {
        // `Tỉnh` | `có 18 sở`, `Bộ` | `cắt giảm …`
        return subject.end..subject.end;
    }
    let end = subject.start + noun + area_len(reading, subject.start + noun);
    if end <= subject.start + noun || end > subject.end {
        return subject;
    }
    trim_to_last(reading, end..subject.end, MAX_VERB)
}
