//! A numeral with its unit and qualifier, and the pass that collects them.

use super::Reading;
use super::unit::{Unit, UnitKind, unit_at};
use super::{duration, names, qualifier, rank, spelled};
use crate::lexicon::Class;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::number::{Numeral, numeral_at};
use crate::text::token::Kind;

/// Mark of a `1` that may stand for the article.
const ARTICLE: &str = "indicator.article";
/// How far from another count a `1` may stand, in tokens.
const COMPANY: usize = 8;

/// A quantity in the text, before it is described.
#[derive(Clone, Debug)]
pub struct Figure<'a> {
    pub numeral: Numeral,
    pub unit: Unit<'a>,
    pub qualifier: Option<&'a str>,
    /// From the qualifier to the end of the unit.
    pub tokens: TokenRange,
    /// The sentence around it.
    pub sentence: TokenRange,
    /// The whole of which the value is a part, told elsewhere in the sentence.
    pub denominator: Option<f64>,
    pub rule: &'static str,
    pub confidence: f64,
}

impl Figure<'_> {
    /// The unit's normal form, or its words.
    pub fn unit_text(&self, analysis: &Analysis) -> String {
        match self.unit.code {
            Some(code) => code.to_owned(),
            None => analysis.slice(&self.unit.tokens).to_owned(),
        }
    }

    /// The numeral stands behind an opening parenthesis.
    pub fn is_parenthesised(&self, reading: Reading) -> bool {
        self.tokens.start > 0 && reading.word(self.tokens.start - 1) == "("
    }
}

/// Collects the figures that stand with a unit, and ranks; in text order.
pub fn collect(reading: Reading) -> Vec<Figure> {
    let analysis = reading.analysis;
    let mut figures = Vec::new();
    let mut at = 0;
    while at < analysis.len() {
        let starts = match analysis.kind(at) {
            Kind::Number => true,
            Kind::Word => analysis.longest(at, Class::NumberWord).is_some(),
            _ => false,
        };
        if !starts || reading.dates.is_date_token(at) || reading.citations.is_citation_token(at) {
            at += 1;
            continue;
        }
        let Some(numeral) = numeral_at(analysis, at) else {
            at += 1;
            continue;
        };
        at = numeral.tokens.end;
        if let Some(figure) = read(reading, numeral) {
            at = at.max(figure.unit.tokens.end);
            figures.push(figure);
        }
    }
    drop_articles(&mut figures);
    figures
}

/// Keeps `1` as a count only in the company of other counts: `khiển trách 3 người, cảnh cáo 1 người`.
fn drop_articles(figures: &mut Vec<Figure>) {
    let counted = |figures: &[Figure], index: usize, article: &Figure| {
        figures.get(index).is_some_and(|other| {
            let (low, high) = if other.tokens.start < article.tokens.start {
                (other, article)
            } else {
                (article, other)
            };
            other.rule != ARTICLE && other.unit.kind == UnitKind::Count && high.tokens.start - low.tokens.end <= COMPANY
        })
    };
    for index in 0..figures.len() {
        let figure = &figures[index];
        if figure.rule == ARTICLE {
            let beside = counted(figures, index + 1, figure) || index > 0 && counted(figures, index - 1, figure);
            if beside {
                figures[index].rule = "indicator.count";
            }
        }
    }
    figures.retain(|figure| figure.rule != ARTICLE);
}

fn read<'a>(reading: Reading<'a>, numeral: Numeral) -> Option<Figure<'a>> {
    if let Some(figure) = rank::read(reading, &numeral) {
        return Some(figure);
    }
    let unit = unit_at(reading, numeral.tokens.end, numeral.scaled);
    if names::is_name(reading, &numeral, unit.as_ref()) {
        return None;
    }
    let unit = unit?;
    let (code, begin, end) = qualifier::find(reading, numeral.tokens.start, &unit);
    if numeral.spelled && !spelled::counts(reading, &numeral, &unit, code) {
        return None;
    }
    if unit.kind == UnitKind::Count && is_back_reference(reading, &numeral, &unit) {
        return None;
    }
    let article = unit.kind == UnitKind::Count && is_article(reading, &numeral, code);
    if unit.kind == UnitKind::Duration && !duration::is_result(reading, &numeral, &unit, code) {
        return None;
    }
    let (rule, confidence) = if article {
        (ARTICLE, 0.6)
    } else {
        rule_of(&numeral, &unit)
    };
    Some(Figure {
        sentence: reading.analysis.sentence_at(numeral.tokens.start),
        tokens: begin..end,
        qualifier: code,
        denominator: None,
        rule,
        confidence,
        numeral,
        unit,
    })
}

/// `1 đô thị lớn`: the digit stands for the article, unless a verb or a list counts with it.
fn is_article(reading: Reading, numeral: &Numeral, qualifier: Option<&str>) -> bool {
    let before = numeral.tokens.start.checked_sub(1).map_or("", |at| reading.word(at));
    !numeral.spelled
        && numeral.value == 1.0
        && numeral.denominator.is_none()
        && numeral.value_max.is_none()
        && qualifier.is_none()
        && !matches!(
            before,
            "," | "và" | "giảm" | "tăng" | "có" | "thêm" | "còn" | "gồm" | "lập" | "thể" | "nhập" | "("
        )
}

/// `hai địa phương này`, `một trong 12 nước`: counted before, or no count at all.
fn is_back_reference(reading: Reading, numeral: &Numeral, unit: &Unit) -> bool {
    let start = numeral.tokens.start;
    let one_of = start >= 2 && reading.word(start - 1) == "trong" && matches!(reading.word(start - 2), "một" | "1");
    one_of
        || numeral.spelled
            && matches!(
                reading.word(unit.tokens.end),
                "này" | "đó" | "trên" | "kia" | "nói" | "còn"
            )
}

fn rule_of(numeral: &Numeral, unit: &Unit) -> (&'static str, f64) {
    match unit.kind {
        _ if numeral.spelled => ("indicator.spelled", 0.5),
        UnitKind::Percent => ("indicator.percent", 0.95),
        UnitKind::Currency => ("indicator.currency", 0.93),
        _ if numeral.denominator.is_some() => ("indicator.ratio", 0.92),
        UnitKind::Rank => ("indicator.rank", 0.85),
        UnitKind::Score => ("indicator.score", 0.8),
        UnitKind::Duration => ("indicator.duration", 0.7),
        UnitKind::Measure => ("indicator.measure", 0.8),
        UnitKind::Count if unit.known => ("indicator.count", 0.88),
        UnitKind::Count => ("indicator.noun", 0.55),
    }
}
