//! Numbers whose unit stands elsewhere: `từ 10.000 xuống còn 1.768 giấy phép`, `số hồ sơ tiếp nhận là 14 triệu`,
//! `78% (77.609) ý kiến`.
//!
//! # What
//! The numeral takes the unit of the figure that it rises or falls to, of the noun that its sentence measures, or of
//! the noun behind its parenthesis.
//! # Why
//! Texts do not repeat a unit that the reader knows.
//! # Example
//! `tổng số hồ sơ tiếp nhận là 1.250`: 1250 hồ sơ.
//! # Known misses
//! Numbers that share the unit of the sentence before.

use super::Reading;
use super::figure::Figure;
use super::names;
use super::qualifier;
use super::unit::{Unit, UnitKind, known_at};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::number::{Numeral, numeral_at};
use crate::text::token::Kind;

pub const CHANGE: &Rule = &Rule {
    id: "indicator.change",
    finds: Table::Indicators,
    confidence: 0.75,
    about: "A number from which another with a unit rises or falls.",
    example: "Số giấy phép giảm từ 10.000 xuống còn 1.768 giấy phép.",
};
pub const PART: &Rule = &Rule {
    id: "indicator.part",
    finds: Table::Indicators,
    confidence: 0.75,
    about: "A number right before the whole that has the unit.",
    example: "Có 5 trên tổng số 15 địa phương hoàn thành kế hoạch.",
};
pub const PARENTHESIS: &Rule = &Rule {
    id: "indicator.parenthesis",
    finds: Table::Indicators,
    confidence: 0.8,
    about: "A number in brackets between a percentage and the noun for both.",
    example: "Có 78% (77.609) ý kiến hài lòng.",
};
pub const SUBJECT: &Rule = &Rule {
    id: "indicator.subject",
    finds: Table::Indicators,
    confidence: 0.75,
    about: "A number behind a verb, whose noun stands behind số, tổng số or số lượng before it.",
    example: "Tổng số hồ sơ tiếp nhận là 1.250.",
};
pub const LISTED: &Rule = &Rule {
    id: "indicator.listed",
    finds: Table::Indicators,
    confidence: 0.7,
    about: "A number in a list that breaks down a count before it.",
    example: "Tỉnh giảm 1.102 biên chế, trong đó khối hành chính 93, khối sự nghiệp 1.009.",
};
pub const SCORED: &Rule = &Rule {
    id: "indicator.listed_score",
    finds: Table::Indicators,
    confidence: 0.7,
    about: "A number with decimals in brackets behind a score or percentage.",
    example: "Đơn vị cao nhất đạt 90,5 điểm, thấp nhất là Sở Xây dựng (71,2).",
};
pub const MONEY: &Rule = &Rule {
    id: "indicator.money",
    finds: Table::Indicators,
    confidence: 0.6,
    about: "A large number near a word for money, without the currency.",
    example: "Công trình có vốn đầu tư hơn 20 tỷ.",
};

/// How far behind the number the figure that it changes to may stand.
const CHANGE_REACH: usize = 9;

/// How far behind a figure a further member of its list may stand.
const LIST_REACH: usize = 40;

/// Adds the figures without a unit of their own.
pub fn complete<'a>(reading: Reading<'a>, figures: &mut Vec<Figure<'a>>) {
    let analysis = reading.analysis;
    let mut found = Vec::new();
    for sentence in analysis.sentences {
        let mut next = figures.partition_point(|figure| figure.tokens.start < sentence.start);
        let mut at = sentence.start;
        while at < sentence.end {
            if let Some(figure) = figures.get(next)
                && figure.numeral.tokens.start <= at
            {
                at = figure.tokens.end.max(at + 1);
                next += 1;
                continue;
            }
            if analysis.kind(at) != Kind::Number || reading.dates.is_date_token(at) {
                at += 1;
                continue;
            }
            let Some(numeral) = numeral_at(analysis, at) else {
                at += 1;
                continue;
            };
            at = numeral.tokens.end;
            let own = known_at(reading, numeral.tokens.end, numeral.scaled).is_some();
            if own || names::is_name(reading, &numeral, None) {
                continue;
            }
            let previous = next.checked_sub(1).and_then(|index| figures.get(index));
            let unit = changes_to(reading, &numeral, figures.get(next))
                .or_else(|| behind_parenthesis(reading, &numeral))
                .or_else(|| measured_noun(reading, &numeral, sentence.start, previous))
                .or_else(|| listed(reading, &numeral, previous))
                .or_else(|| money(reading, &numeral, sentence.start));
            if let Some((unit, rule)) = unit {
                let empty = Unit {
                    tokens: numeral.tokens.end..numeral.tokens.end,
                    ..unit.clone()
                };
                let (code, begin, end) = qualifier::find(reading, numeral.tokens.start, &empty);
                found.push(Figure {
                    sentence: sentence.clone(),
                    tokens: begin..end,
                    qualifier: code,
                    denominator: None,
                    rule,
                    is_article: false,
                    numeral,
                    unit,
                });
            }
        }
    }
    if !found.is_empty() {
        figures.append(&mut found);
        figures.sort_by_key(|figure| figure.tokens.start);
    }
}

/// `giảm 1.102 biên chế, trong đó khối hành chính 93`, `thấp nhất (71,2)`: the unit of the figure before.
fn listed<'a>(reading: Reading<'a>, numeral: &Numeral, previous: Option<&Figure<'a>>) -> Found<'a> {
    let previous = previous?;
    let (start, end) = (numeral.tokens.start, numeral.tokens.end);
    let sentence = reading.analysis.sentence_at(start);
    if previous.sentence != sentence || start - previous.tokens.end > LIST_REACH || numeral.spelled {
        return None;
    }
    let ends = matches!(reading.word(end), "," | ";" | "." | ")" | "và") || end >= sentence.end;
    let scored = matches!(previous.unit.kind, UnitKind::Score | UnitKind::Percent)
        && reading.word(start - 1) == "("
        && reading.word(end) == ")"
        && reading.analysis.surface(start).contains(',');
    let counted = previous.unit.kind == UnitKind::Count
        && ends
        && numeral.value < previous.numeral.value
        && (previous.tokens.end..start)
            .any(|at| matches!((reading.word(at), reading.word(at + 1)), ("trong", "đó") | ("gồm", _)))
        && reading.analysis.kind(start - 1) == Kind::Word
        && !reading.analysis.is_capitalized(start - 1);
    let rule = if scored { SCORED } else { LISTED };
    (scored || counted).then(|| (previous.unit.clone(), rule))
}

type Found<'a> = Option<(Unit<'a>, &'static Rule)>;

/// `từ 10.000 xuống còn 1.768 …`: the unit of the second.
fn changes_to<'a>(reading: Reading<'a>, numeral: &Numeral, next: Option<&Figure<'a>>) -> Found<'a> {
    let next = next?;
    if let Some(unit) = part_of(reading, numeral, next) {
        return Some((unit, PART));
    }
    let gap = numeral.tokens.end..next.numeral.tokens.start;
    let from = numeral
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|at| reading.word(at) == "từ");
    let begins = reading.dates.is_date_token(gap.start)
        || matches!(
            reading.word(gap.start),
            "xuống" | "lên" | "còn" | "đến" | "tới" | "thành" | "(" | "giảm" | "tăng" | "%"
        );
    let changes = from
        && begins
        && gap.len() <= CHANGE_REACH
        && gap
            .clone()
            .any(|at| matches!(reading.word(at), "xuống" | "lên" | "còn" | "đến" | "tới" | "thành"));
    changes.then(|| (next.unit.clone(), CHANGE))
}

/// `5 trên tổng số 15 địa phương`: the unit of the whole.
fn part_of<'a>(reading: Reading<'a>, numeral: &Numeral, whole: &Figure<'a>) -> Option<Unit<'a>> {
    let gap = numeral.tokens.end..whole.numeral.tokens.start;
    let linked = matches!(reading.word(gap.start), "trên" | "trong")
        && reading.word(gap.end.wrapping_sub(1)) == "số"
        && gap.len() <= 3;
    (linked && whole.unit.kind == UnitKind::Count).then(|| whole.unit.clone())
}

/// `78% (77.609) ý kiến`: the noun behind the parenthesis.
fn behind_parenthesis<'a>(reading: Reading<'a>, numeral: &Numeral) -> Found<'a> {
    let (start, end) = (numeral.tokens.start, numeral.tokens.end);
    let inside =
        start > 1 && reading.word(start - 1) == "(" && reading.word(end) == ")" && reading.word(start - 2) == "%";
    let unit = inside.then(|| known_at(reading, end + 1, false)).flatten()?;
    (unit.kind == UnitKind::Count).then_some((unit, PARENTHESIS))
}

/// `số hồ sơ tiếp nhận là 14 triệu`: the noun behind `số`, `tổng số`, `số lượng`; behind such a word without a noun
/// the unit counted before (`số tinh giản là 15.790`).
fn measured_noun<'a>(
    reading: Reading<'a>,
    numeral: &Numeral,
    floor: usize,
    previous: Option<&Figure<'a>>,
) -> Found<'a> {
    let start = numeral.tokens.start;
    let tells = start > floor
        && matches!(
            reading.word(start - 1),
            "là" | "đạt" | "còn" | "tới" | "đến" | "lên" | "hơn" | "trên" | "gần" | "khoảng" | "tăng" | "giảm"
        );
    if !tells {
        return None;
    }
    let from = start.saturating_sub(24).max(floor);
    let head = (from..start)
        .rev()
        .take_while(|&at| !matches!(reading.word(at), ";" | "."))
        .find_map(|at| {
            let (len, entry) = reading.analysis.longest(at, Class::MeasureNoun)?;
            let idiom = matches!(reading.word(at.wrapping_sub(1)), "một" | "con" | "chất" | "trọng")
                || matches!(reading.word(at + len), "hiệu" | "điện" | "thứ" | "nhà" | "đo" | "máy");
            (!idiom && matches!(&*entry.phrase, "số" | "tổng số" | "số lượng" | "lượng")).then_some(at + len)
        })?;
    let noun = head + usize::from(matches!(reading.word(head), "lượng" | "các"));
    let own = known_at(reading, noun, false).filter(|unit| unit.kind == UnitKind::Count);
    // Without separators it is more likely a code or a year.
    let large = numeral.scaled || reading.analysis.surface(start).contains('.');
    let counted = previous
        .filter(|_| large)
        .filter(|previous| previous.unit.kind == UnitKind::Count && start - previous.tokens.end < 40);
    let unit = own.or_else(|| counted.map(|previous| previous.unit.clone()))?;
    Some((unit, SUBJECT))
}

/// `vốn đầu tư hơn 20 tỷ`: money without the word for it.
fn money<'a>(reading: Reading<'a>, numeral: &Numeral, floor: usize) -> Found<'a> {
    if !numeral.scaled || numeral.value < 1e6 {
        return None;
    }
    let start = numeral.tokens.start;
    let from = start.saturating_sub(10).max(floor);
    let cue = (from..start).any(|at| {
        matches!(
            reading.word(at),
            "vốn" | "tiền" | "phí" | "giá" | "thu" | "chi" | "nợ" | "phạt" | "lãi" | "lương" | "thưởng"
        )
    });
    let end = numeral.tokens.end;
    let billions = matches!(reading.word(end - 1), "tỷ" | "tỉ");
    (cue || billions).then(|| {
        let unit = Unit {
            kind: UnitKind::Currency,
            code: Some("VND"),
            tokens: end..end,
            known: true,
        };
        (unit, MONEY)
    })
}
