//! Bodies whose figure it is, where no area is named: `Cục Chăn nuôi đã cắt giảm …`, `tại Cục Bảo vệ thực vật`, `toàn ngành`.

use super::Reading;
use super::figure::Figure;
use super::scope::Place;
use super::words::is_function_word;
use crate::lexicon::Class;
use crate::stages::extract::people::organization_end;
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

/// A sector that is the subject of a sentence holds for this many sentences more.
const SECTOR_SENTENCES: usize = 4;

/// `Cục Chăn nuôi đã cắt giảm 12 thủ tục`: the ministry, department or central committee with which the sentence begins.
pub fn opening(reading: Reading, figure: &Figure) -> Option<Place> {
    let name = name_at(reading, figure.sentence.start, figure.tokens.start)?;
    (name.end < figure.tokens.start).then(|| Place::without_area(name))
}

/// `3 thủ tục thuộc nhóm dịch vụ công “…”` | `tại Cục Chăn nuôi`: the body at which what is counted is, before the next number.
pub fn seat(reading: Reading, figure: &Figure) -> Option<Place> {
    let end = figure.sentence.end;
    let ends = |at: &usize| reading.analysis.kind(*at) == Kind::Number || reading.word(*at) == ";";
    let limit = (figure.tokens.end..end).find(ends).unwrap_or(end);
    let at = (figure.tokens.end..limit).find(|&at| reading.word(at) == "tại")?;
    name_at(reading, at + 1, limit).map(Place::without_area)
}

/// The name of a body at token `at`, before token `limit`.
fn name_at(reading: Reading, at: usize, limit: usize) -> Option<TokenRange> {
    let analysis = reading.analysis;
    if !analysis.is_capitalized(at) {
        return None;
    }
    let capital = |back: usize| analysis.is_capitalized(at + back);
    let body = match (reading.word(at), reading.word(at + 1)) {
        ("bộ", next) => next != "trưởng" && !analysis.matches(at + 1, &["chính", "trị"]) && capital(1),
        ("cục", _) => capital(1),
        ("tổng", "cục") | ("thanh", "tra") | ("tập", "đoàn") => capital(2),
        ("tổng", "công") => capital(3),
        ("ban", _) => (at + 2..at + 7).any(|token| analysis.matches(token, &["trung", "ương"])),
        _ => false,
    };
    // `Bộ trưởng` | `Bộ Tài chính`, `Theo` | `Bộ Tài chính`
    let of_post = reading.ending_at(at, Class::Title).is_some();
    if !body || of_post {
        return None;
    }
    let end = organization_end(analysis, at, limit);
    let full = analysis
        .longest(at, Class::Organization)
        .is_some_and(|(len, _)| len > 2);
    let verb = |&token: &usize| {
        !analysis.is_capitalized(token)
            && is_function_word(reading.word(token))
            && !analysis.continues_word(token)
            && reading.word(token) != "và"
    };
    let end = (at + 1..end).find(verb).filter(|_| !full).unwrap_or(end);
    (end > at + 1).then_some(at..end)
}

/// `toàn ngành đã triển khai …`, from token `from` on.
pub fn whole_sector(reading: Reading, from: usize, figure: usize) -> Option<Place> {
    let at = (from..figure)
        .rev()
        .find(|&at| reading.analysis.matches(at, &["toàn", "ngành"]))?;
    Some(Place::without_area(at..at + 2))
}

/// `6 tháng đầu năm, toàn ngành đã triển khai …`: the subject of one of the sentences before.
pub fn sector_before(reading: Reading, figure: &Figure) -> Option<Place> {
    let sentences = reading.analysis.sentences;
    let index = sentences.partition_point(|sentence| sentence.start < figure.sentence.start);
    (1..=SECTOR_SENTENCES.min(index)).find_map(|back| {
        let sentence = &sentences[index - back];
        let sector = whole_sector(reading, sentence.start, sentence.end)?;
        let (start, end) = (sector.tokens.start, sector.tokens.end);
        let begins = start == sentence.start || reading.word(start - 1) == ",";
        let acts = matches!(reading.word(end), "đã" | "đang" | "có" | "tiếp" | "tiến" | "thực");
        (begins && acts).then_some(sector)
    })
}

/// The ministry that is the subject of the figure, from token `from` on: `Bộ Nội vụ đạt 84,9%`.
pub fn ministry(reading: Reading, from: usize, figure: usize) -> Option<Place> {
    let analysis = reading.analysis;
    let named = |at: usize| {
        reading.word(at) == "bộ"
            && !analysis.matches(at + 1, &["chính", "trị"])
            && analysis.is_capitalized(at)
            && analysis.is_capitalized(at + 1)
            && (at == 0 || analysis.longest(at - 1, Class::Title).is_none())
    };
    let at = (from..figure).rev().find(|&at| named(at))?;
    let told = |token: &usize| {
        analysis.longest(*token, Class::MeasureVerb).is_some() || matches!(reading.word(*token), "dẫn" | "xếp" | "đứng")
    };
    let verb = (at + 2..figure).find(told)?;
    (organization_end(analysis, at, verb) == verb).then(|| Place::without_area(at..verb))
}
