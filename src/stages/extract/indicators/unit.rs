//! The unit of a numeral: `%`, a currency, a measure, or the noun that is counted.

use super::Reading;
use super::words::is_function_word;
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;
use crate::text::number::Numeral;
use crate::text::token::{Case, Kind};

/// What sort of quantity a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    Percent,
    Currency,
    Count,
    Duration,
    Rank,
    Score,
    /// Tons, hectares, kilometres; a count for the tables.
    Measure,
}

impl UnitKind {
    /// The word for tables.
    pub fn as_str(self) -> &'static str {
        match self {
            UnitKind::Percent => "percent",
            UnitKind::Currency => "currency",
            UnitKind::Count | UnitKind::Measure => "count",
            UnitKind::Duration => "duration",
            UnitKind::Rank => "rank",
            UnitKind::Score => "score",
        }
    }

    fn of_tag(tag: &str) -> UnitKind {
        match tag {
            "percent" => UnitKind::Percent,
            "currency" => UnitKind::Currency,
            "duration" => UnitKind::Duration,
            "rank" => UnitKind::Rank,
            "score" => UnitKind::Score,
            "measure" => UnitKind::Measure,
            _ => UnitKind::Count,
        }
    }
}

/// A unit as found; `code` is its normal form (`VND`), absent where the text's own words are the unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit<'a> {
    pub kind: UnitKind,
    pub code: Option<&'a str>,
    pub tokens: TokenRange,
    /// Stands in the lexicon.
    pub known: bool,
}

/// The unit that starts at token `at`, right after a numeral that is `scaled` or not.
pub fn unit_at<'a>(reading: Reading<'a>, at: usize, scaled: bool) -> Option<Unit<'a>> {
    known_at(reading, at, scaled)
        .or_else(|| post_at(reading, at))
        .or_else(|| {
            // `2/3 tổng số` | `hồ sơ`
            let noun = match (reading.word(at), reading.word(at + 1)) {
                ("tổng", _) if reading.analysis.is_capitalized(at) => return None,
                ("tổng", "số") => at + 2,
                ("tổng", _) => at + 1,
                _ => return noun_at(reading, at),
            };
            known_at(reading, noun, scaled).or_else(|| noun_at(reading, noun))
        })
}

/// Posts are counted too: `3 Phó Chủ tịch`.
fn post_at<'a>(reading: Reading<'a>, at: usize) -> Option<Unit<'a>> {
    let (len, _) = reading.analysis.longest(at, Class::Title)?;
    reading.analysis.tokens[at].spaced.then(|| Unit {
        kind: UnitKind::Count,
        code: None,
        tokens: at..at + len,
        known: true,
    })
}

/// The unit of the lexicon at token `at`.
pub fn known_at<'a>(reading: Reading<'a>, at: usize, scaled: bool) -> Option<Unit<'a>> {
    let analysis = reading.analysis;
    let (len, entry) = analysis.longest(at, Class::Unit)?;
    let kind = UnitKind::of_tag(&entry.tag);
    let short = analysis.surface(at).chars().count() == 1 && analysis.kind(at) == Kind::Word;
    let spaced = analysis.tokens[at].spaced;
    // A single letter is a unit when it is glued to the number or the number is a round sum of money.
    if short && len == 1 && spaced && !(kind == UnitKind::Currency && scaled) && !matches!(analysis.word(at), "m" | "g")
    {
        return None;
    }
    // `57 Trang`, `4G`: a title or a name; offices and places are often written with a capital.
    if matches!(kind, UnitKind::Count | UnitKind::Measure)
        && analysis.case(at) == Case::Title
        && !matches!(&*entry.tag, "office" | "place")
    {
        return None;
    }
    // `bảng` is also a board and a group of teams, `tệ` also `bad`.
    if kind == UnitKind::Currency && len == 1 && matches!(analysis.word(at), "bảng" | "tệ" | "đô" | "kíp") && !scaled
    {
        return None;
    }
    let mut end = at + len;
    match kind {
        UnitKind::Measure => end = rate_end(reading, power_end(reading, at, end)),
        UnitKind::Percent | UnitKind::Currency => end = rate_end(reading, end),
        UnitKind::Count => end = list_end(reading, end, &entry.tag),
        UnitKind::Score if counts_points(reading, end) => {
            return Some(Unit {
                kind: UnitKind::Count,
                code: None,
                tokens: at..end + 1 + usize::from(analysis.continues_word(end + 1)),
                known: true,
            });
        }
        _ => {}
    }
    let verbatim = matches!(kind, UnitKind::Count | UnitKind::Duration | UnitKind::Measure);
    Some(Unit {
        kind,
        code: (!verbatim).then_some(&*entry.value),
        tokens: at..end,
        known: true,
    })
}

/// `131 nghìn tỷ trái phiếu`, `chi 12 tỷ sắm xe`: billions are of money, but for people, visits and goods.
pub fn is_money(reading: Reading, numeral: &Numeral, unit: &Unit) -> bool {
    unit.kind == UnitKind::Count
        && numeral.scaled
        && matches!(reading.word(numeral.tokens.end - 1), "tỷ" | "tỉ")
        && (!unit.known
            || matches!(
                reading.word(unit.tokens.start),
                "trái" | "vốn" | "thuế" | "tiền" | "nợ" | "chi" | "thu" | "ngân" | "tín" | "kinh" | "giá" | "doanh"
            ))
}

/// `điểm du lịch`: points on a map, not of a score.
fn counts_points(reading: Reading, at: usize) -> bool {
    let analysis = reading.analysis;
    analysis.kind(at) == Kind::Word
        && analysis.case(at) == Case::Lower
        && !is_function_word(analysis.word(at))
        && !matches!(
            analysis.word(at),
            "phần" | "trung" | "cao" | "thấp" | "số" | "tối" | "cộng" | "xếp"
        )
        && analysis.longest(at, Class::MeasureVerb).is_none()
        && analysis.longest(at, Class::Qualifier).is_none()
}

/// Past the power that a page sets apart from its unit: `30 m` | `2`.
fn power_end(reading: Reading, at: usize, end: usize) -> usize {
    let length = end == at + 1 && matches!(reading.word(at), "m" | "km" | "cm");
    let power = length && matches!(reading.analysis.surface(end), "2" | "3");
    end + usize::from(power && reading.analysis.kind(end + 1) != Kind::Number)
}

/// Past `/năm`, `/ha`, `/dự án`, `/người/tháng` after a unit.
fn rate_end(reading: Reading, mut end: usize) -> usize {
    let analysis = reading.analysis;
    while analysis.word(end) == "/" && analysis.kind(end + 1) == Kind::Word {
        end += 1 + analysis.longest(end + 1, Class::Unit).map_or(1, |(len, _)| len);
    }
    end
}

/// Past further nouns of the same sort: `xã, phường, thị trấn`, `tập thể và cá nhân`.
fn list_end(reading: Reading, mut end: usize, tag: &str) -> usize {
    let analysis = reading.analysis;
    if tag == "count" {
        return end;
    }
    loop {
        let skip = usize::from(matches!(analysis.word(end), "," | "và" | "-" | "–" | "/" | "hoặc"));
        match analysis.longest(end + skip, Class::Unit) {
            // `2 tổ chức,` | `ban hành`: no office.
            Some((len, entry)) if &*entry.tag == tag && !analysis.continues_word(end + skip + len) => end += skip + len,
            _ => return end,
        }
    }
}

/// A noun that no lexicon knows: small letters, or an abbreviation in capitals.
fn noun_at<'a>(reading: Reading<'a>, at: usize) -> Option<Unit<'a>> {
    let analysis = reading.analysis;
    let noun = |token: usize| {
        analysis.kind(token) == Kind::Word
            && analysis.case(token) == Case::Lower
            && analysis.word(token).chars().all(char::is_alphabetic)
            && analysis.word(token).chars().nth(1).is_some()
            && !is_function_word(analysis.word(token))
            && analysis.longest(token, Class::MeasureVerb).is_none()
            && analysis.longest(token, Class::Qualifier).is_none()
            && !reading.dates.is_date_token(token)
    };
    if !noun(at) || !analysis.tokens[at].spaced {
        return None;
    }
    let end = match (analysis.continues_word(at + 1), analysis.continues_word(at + 2)) {
        (false, _) if !noun(at + 1) => at + 1,
        // `mũ` | `bảo hiểm`
        (false, true) if noun(at + 2) => at + 3,
        _ => at + 2,
    };
    Some(Unit {
        kind: UnitKind::Count,
        code: None,
        tokens: at..end,
        known: false,
    })
}
