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
use super::unit::{Unit, UnitKind, is_money, known_at};
use super::words::is_area_word;
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::rule::{Reason, Rule};
use crate::text::number::{Numeral, numeral_at};
use crate::text::token::Kind;

pub const CHANGE: &Rule = &Rule {
    id: "indicator.change",
    finds: Table::Indicators,
    confidence: 0.85,
    about: "A number from which another with a unit rises or falls.",
    example: "Số giấy phép giảm từ 10.000 xuống còn 1.768 giấy phép.",
};
pub const PART: &Rule = &Rule {
    id: "indicator.part",
    finds: Table::Indicators,
    confidence: 0.95,
    about: "A number right before the whole that has the unit.",
    example: "Có 5 trên tổng số 15 địa phương hoàn thành kế hoạch.",
};
pub const PARENTHESIS: &Rule = &Rule {
    id: "indicator.parenthesis",
    finds: Table::Indicators,
    confidence: 0.95,
    about: "A number in brackets between a percentage and the noun for both.",
    example: "Có 78% (77.609) ý kiến hài lòng.",
};
pub const SUBJECT: &Rule = &Rule {
    id: "indicator.subject",
    finds: Table::Indicators,
    confidence: 0.92,
    about: "A number behind a verb, whose noun stands behind số, tổng số or số lượng before it.",
    example: "Tổng số hồ sơ tiếp nhận là 1.250.",
};
pub const LISTED: &Rule = &Rule {
    id: "indicator.listed",
    finds: Table::Indicators,
    confidence: 0.85,
    about: "A number in a list that breaks down a count before it.",
    example: "Tỉnh giảm 1.102 biên chế, trong đó khối hành chính 93, khối sự nghiệp 1.009.",
};
pub const SCORED: &Rule = &Rule {
    id: "indicator.listed_score",
    finds: Table::Indicators,
    confidence: 0.85,
    about: "A number with decimals in brackets behind a score or percentage.",
    example: "Đơn vị cao nhất đạt 90,5 điểm, thấp nhất là Sở Xây dựng (71,2).",
};
pub const MONEY: &Rule = &Rule {
    id: "indicator.money",
    finds: Table::Indicators,
    confidence: 0.7,
    about: "A large number near a word for money, without the currency.",
    example: "Công trình có vốn đầu tư hơn 20 tỷ.",
};

/// How far behind the number the figure that it changes to may stand.
const CHANGE_REACH: usize = 9;

/// Why rules that look ahead fail at the last number of a text.
const NO_FIGURE_BEHIND: Reason = "no figure behind it";

/// Most words of whom an item of a list is counted: `khối Đảng`, `Sở Tài nguyên và Môi trường`.
const MAX_WHOSE: usize = 6;

/// How far behind a figure a further member of its list may stand.
const LIST_REACH: usize = 40;

/// Adds the figures without a unit of their own.
pub fn complete<'a>(reading: Reading<'a>, figures: &mut Vec<Figure<'a>>) {
    let analysis = reading.analysis;
    let mut found: Vec<Figure> = Vec::new();
    for sentence in analysis.sentences {
        let first_found = found.len();
        let first_figure = figures.partition_point(|figure| figure.tokens.start < sentence.start);
        let mut next = first_figure;
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
            let own = known_at(reading, numeral.tokens.end, numeral.scaled)
                .is_some_and(|unit| !is_money(reading, &numeral, &unit));
            if own || names::why_name(reading, &numeral, None).is_some() {
                continue;
            }
            let with_unit = next.checked_sub(1).and_then(|index| figures.get(index));
            // `tổng số hồ sơ là 1.956, gồm cấp tỉnh 1.510`: the whole has no unit of its own either.
            let mut told = found[first_found..].iter();
            let whole = told.rfind(|figure| figure.rule == SUBJECT);
            let previous = with_unit
                .into_iter()
                .chain(whole)
                .max_by_key(|figure| figure.tokens.start);
            let following = figures.get(next);
            let tried = |rule: &'static Rule, found: Found<'a>| match found {
                Ok(unit) => Some((unit, rule)),
                Err(why) => rule.fail(analysis, &numeral.tokens, why),
            };
            // `giảm 1.200 biên chế (10,5%), trong đó khối Đảng 85`
            let counted = figures[first_figure..next]
                .iter()
                .rfind(|figure| figure.unit.kind == UnitKind::Count);
            let counted = [counted, previous].into_iter().flatten();
            let counted = counted.max_by_key(|figure| (figure.unit.kind == UnitKind::Count, figure.tokens.start));
            let unit = tried(PART, part_of(reading, &numeral, following))
                .or_else(|| tried(CHANGE, changes_to(reading, &numeral, following)))
                .or_else(|| tried(PARENTHESIS, behind_parenthesis(reading, &numeral)))
                .or_else(|| tried(SUBJECT, measured_noun(reading, &numeral, sentence.start, previous)))
                .or_else(|| tried(SCORED, scored(reading, &numeral, previous)))
                .or_else(|| tried(LISTED, listed(reading, &numeral, counted)))
                .or_else(|| tried(MONEY, money(reading, &numeral, sentence.start)));
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

/// The unit of a number without one of its own, or why a rule does not tell it.
type Found<'a> = Result<Unit<'a>, Reason>;

/// The figure before the number, in the same sentence and near.
fn list_head<'f, 'a>(
    reading: Reading<'a>,
    numeral: &Numeral,
    previous: Option<&'f Figure<'a>>,
) -> Result<&'f Figure<'a>, Reason> {
    let start = numeral.tokens.start;
    let sentence = reading.analysis.sentence_at(start);
    previous
        .filter(|previous| previous.sentence == sentence && start - previous.tokens.end <= LIST_REACH)
        .filter(|_| !numeral.spelled)
        .ok_or("no figure near before it in the sentence")
}

/// `cao nhất đạt 90,5 điểm, thấp nhất (71,2)`: the unit of the score or percentage before.
fn scored<'a>(reading: Reading<'a>, numeral: &Numeral, previous: Option<&Figure<'a>>) -> Found<'a> {
    let previous = list_head(reading, numeral, previous)?;
    let (start, end) = (numeral.tokens.start, numeral.tokens.end);
    if !matches!(previous.unit.kind, UnitKind::Score | UnitKind::Percent) {
        return Err("the figure before it is neither score nor percentage");
    }
    let alone = reading.word(start - 1) == "(" && reading.word(end) == ")";
    if !alone || !reading.analysis.surface(start).contains(',') {
        return Err("no decimals alone in brackets");
    }
    Ok(previous.unit.clone())
}

/// `giảm 1.102 biên chế, trong đó khối hành chính 93`: the unit of the count before.
fn listed<'a>(reading: Reading<'a>, numeral: &Numeral, previous: Option<&Figure<'a>>) -> Found<'a> {
    let previous = list_head(reading, numeral, previous)?;
    let (start, end) = (numeral.tokens.start, numeral.tokens.end);
    if previous.unit.kind != UnitKind::Count || numeral.value >= previous.numeral.value {
        return Err("the figure before it is no larger count");
    }
    let breaks_down = (previous.tokens.end..start)
        .any(|at| matches!((reading.word(at), reading.word(at + 1)), ("trong", "đó") | ("gồm", _)));
    if !breaks_down {
        return Err("neither trong đó nor gồm between it and the count before");
    }
    let ends =
        matches!(reading.word(end), "," | ";" | "." | ")" | "và") || end >= reading.analysis.sentence_at(start).end;
    let word = |at: usize| reading.analysis.kind(at) == Kind::Word && !reading.dates.is_date_token(at);
    let small = !reading.analysis.is_capitalized(start - 1);
    let unit = (2..=MAX_WHOSE.min(start)).any(|back| is_area_word(reading.word(start - back)));
    if !ends || !word(start - 1) || !small && !unit {
        return Err("no item of a list: what it is counted of before it, a comma behind");
    }
    Ok(previous.unit.clone())
}

/// `từ 10.000 xuống còn 1.768 …`: the unit of the second.
fn changes_to<'a>(reading: Reading<'a>, numeral: &Numeral, next: Option<&Figure<'a>>) -> Found<'a> {
    let next = next.ok_or(NO_FIGURE_BEHIND)?;
    let gap = numeral.tokens.end..next.numeral.tokens.start;
    let start = numeral.tokens.start;
    if start == 0 || reading.word(start - 1) != "từ" {
        return Err("no từ before it");
    }
    let begins = reading.dates.is_date_token(gap.start)
        || matches!(
            reading.word(gap.start),
            "xuống" | "lên" | "còn" | "đến" | "tới" | "thành" | "(" | "giảm" | "tăng" | "%"
        );
    let changes = begins
        && gap.len() <= CHANGE_REACH
        && gap
            .clone()
            .any(|at| matches!(reading.word(at), "xuống" | "lên" | "còn" | "đến" | "tới" | "thành"));
    if !changes {
        return Err("no xuống, lên, còn or đến between it and the next figure");
    }
    Ok(next.unit.clone())
}

/// `5 trên tổng số 15 địa phương`: the unit of the whole.
fn part_of<'a>(reading: Reading<'a>, numeral: &Numeral, next: Option<&Figure<'a>>) -> Found<'a> {
    let whole = next.ok_or(NO_FIGURE_BEHIND)?;
    let gap = numeral.tokens.end..whole.numeral.tokens.start;
    let linked = matches!(reading.word(gap.start), "trên" | "trong")
        && reading.word(gap.end.wrapping_sub(1)) == "số"
        && gap.len() <= 3;
    if !linked || whole.unit.kind != UnitKind::Count {
        return Err("no trên tổng số or trong số with a count behind it");
    }
    Ok(whole.unit.clone())
}

/// `78% (77.609) ý kiến`: the noun behind the parenthesis.
fn behind_parenthesis<'a>(reading: Reading<'a>, numeral: &Numeral) -> Found<'a> {
    let (start, end) = (numeral.tokens.start, numeral.tokens.end);
    let inside =
        start > 1 && reading.word(start - 1) == "(" && reading.word(end) == ")" && reading.word(start - 2) == "%";
    if !inside {
        return Err("not alone in brackets behind a percentage");
    }
    known_at(reading, end + 1, false)
        .filter(|unit| unit.kind == UnitKind::Count)
        .ok_or("no counted noun behind the brackets")
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
            "là" | ":" | "đạt" | "còn" | "tới" | "đến" | "lên" | "hơn" | "trên" | "gần" | "khoảng" | "tăng" | "giảm"
        );
    if !tells {
        return Err("no verb such as là, đạt or tăng before it");
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
        })
        .ok_or("no số, tổng số or số lượng before it in the clause")?;
    let noun = head + usize::from(matches!(reading.word(head), "lượng" | "các"));
    let own = known_at(reading, noun, false).filter(|unit| unit.kind == UnitKind::Count);
    // Without separators it is more likely a code or a year.
    let large = numeral.scaled || reading.analysis.surface(start).contains('.');
    let counted = previous
        .filter(|_| large)
        .filter(|previous| previous.unit.kind == UnitKind::Count && start - previous.tokens.end < 40);
    own.or_else(|| counted.map(|previous| previous.unit.clone()))
        .ok_or("no counted noun behind số, and no count before it")
}

/// `vốn đầu tư hơn 20 tỷ`: money without the word for it.
fn money<'a>(reading: Reading<'a>, numeral: &Numeral, floor: usize) -> Found<'a> {
    if !numeral.scaled || numeral.value < 1e6 {
        return Err("no million or more in words");
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
    if !cue && !billions {
        return Err("no word for money before it");
    }
    Ok(Unit {
        kind: UnitKind::Currency,
        code: Some("VND"),
        tokens: end..end,
        known: true,
    })
}
