//! A numeral with its unit and qualifier, and the pass that collects them.

use rustc_hash::FxHashSet;

use super::Reading;
use super::unit::{Unit, UnitKind, is_money, unit_at};
use super::{duration, multiple, names, qualifier, rank, spelled};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::number::{Numeral, numeral_at};
use crate::text::token::Kind;

pub const PERCENT: &Rule = &Rule {
    id: "indicator.percent",
    finds: Table::Indicators,
    confidence: 0.98,
    about: "A percentage.",
    example: "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 97,5%.",
};
pub const CURRENCY: &Rule = &Rule {
    id: "indicator.currency",
    finds: Table::Indicators,
    confidence: 0.93,
    about: "A sum of money with its currency.",
    example: "Dự án có tổng mức đầu tư 120 tỷ đồng.",
};
pub const RATIO: &Rule = &Rule {
    id: "indicator.ratio",
    finds: Table::Indicators,
    confidence: 0.98,
    about: "Two numbers with a stroke between: a part and its whole.",
    example: "Đến nay 16/18 sở đã hoàn thành việc sắp xếp tổ chức.",
};
pub const COUNT: &Rule = &Rule {
    id: "indicator.count",
    finds: Table::Indicators,
    confidence: 0.94,
    about: "A number before a counted noun of the lexicon.",
    example: "Toàn tỉnh cắt giảm 215 thủ tục hành chính.",
};
pub const MEASURE: &Rule = &Rule {
    id: "indicator.measure",
    finds: Table::Indicators,
    confidence: 0.5,
    about: "A number with a measure such as tons, hectares or kilometres.",
    example: "Huyện trồng mới 350 ha rừng trong năm.",
};
pub const SCORE: &Rule = &Rule {
    id: "indicator.score",
    finds: Table::Indicators,
    confidence: 0.9,
    about: "A number of points.",
    example: "Chỉ số hài lòng của tỉnh đạt 85,3 điểm.",
};
pub const RANK: &Rule = &Rule {
    id: "indicator.rank_steps",
    finds: Table::Indicators,
    confidence: 0.95,
    about: "A number of places gained or lost in a ranking.",
    example: "Chỉ số cải cách hành chính của tỉnh tăng 12 bậc so với năm trước.",
};
pub const NOUN: &Rule = &Rule {
    id: "indicator.noun",
    finds: Table::Indicators,
    confidence: 0.55,
    about: "A number before a noun that no lexicon knows.",
    example: "Công viên được trồng mới 1.200 chậu hoa.",
};

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
    pub rule: &'static Rule,
    /// A `1` that may stand for the article.
    pub is_article: bool,
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
        if let Some(figure) = multiple::read(reading, at) {
            at = figure.tokens.end;
            figures.push(figure);
            continue;
        }
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
        if let Some(figure) = read(reading, numeral, figures.last()) {
            at = at.max(figure.unit.tokens.end);
            figures.push(figure);
        }
    }
    drop_articles(analysis, &mut figures);
    drop_pointers(reading, &mut figures);
    figures
}

/// Drops `2 dự án nêu trên` where 2 projects were counted before.
fn drop_pointers(reading: Reading, figures: &mut Vec<Figure>) {
    let mut counted: FxHashSet<(u64, &str)> = FxHashSet::default();
    figures.retain(|figure| {
        let end = figure.unit.tokens.end;
        let points = reading.word(end) == "này"
            || matches!(reading.word(end), "nêu" | "nói" | "kể") && reading.word(end + 1) == "trên";
        let key = (figure.numeral.value.to_bits(), reading.word(figure.unit.tokens.start));
        let again = !counted.insert(key) && points && figure.unit.kind == UnitKind::Count;
        if again {
            let why = "points to what was counted before";
            figure.rule.failed(reading.analysis, &figure.numeral.tokens, why);
        }
        !again
    });
}

/// Keeps `1` as a count only in the company of other counts: `khiển trách 3 người, cảnh cáo 1 người`.
fn drop_articles(analysis: &Analysis, figures: &mut Vec<Figure>) {
    let counted = |figures: &[Figure], index: usize, article: &Figure| {
        figures.get(index).is_some_and(|other| {
            let (low, high) = if other.tokens.start < article.tokens.start {
                (other, article)
            } else {
                (article, other)
            };
            !other.is_article && other.unit.kind == UnitKind::Count && high.tokens.start - low.tokens.end <= COMPANY
        })
    };
    for index in 0..figures.len() {
        let figure = &figures[index];
        if figure.is_article {
            let beside = counted(figures, index + 1, figure) || index > 0 && counted(figures, index - 1, figure);
            if beside {
                figures[index].is_article = false;
            }
        }
    }
    figures.retain(|figure| {
        if figure.is_article {
            figure.rule.failed(
                analysis,
                &figure.numeral.tokens,
                "1 stands for the article: no other count near",
            );
        }
        !figure.is_article
    });
}

fn read<'a>(reading: Reading<'a>, mut numeral: Numeral, previous: Option<&Figure>) -> Option<Figure<'a>> {
    if let Some(figure) = rank::read(reading, &numeral) {
        return Some(figure);
    }
    let unit = unit_at(reading, numeral.tokens.end, numeral.scaled);
    let (analysis, words) = (reading.analysis, &numeral.tokens);
    if let Some(unit) = unit.as_ref().filter(|unit| is_money(reading, &numeral, unit)) {
        return rule_of(&numeral, unit).fail(analysis, words, "billions are counted of money alone");
    }
    if let Some(why) = names::why_name(reading, &numeral, unit.as_ref()) {
        let rule = unit.as_ref().map_or(NOUN, |unit| rule_of(&numeral, unit));
        return rule.fail(analysis, words, why);
    }
    let Some(unit) = unit else {
        return NOUN.fail(analysis, words, "no noun behind it that it could count");
    };
    let (code, mut begin, end) = qualifier::find(reading, numeral.tokens.start, &unit);
    // `lợi nhuận âm 12 tỷ đồng`
    let below_zero = begin > 0 && reading.word(begin - 1) == "âm";
    if below_zero && matches!(unit.kind, UnitKind::Currency | UnitKind::Percent) {
        begin -= 1;
        numeral.value = -numeral.value;
        numeral.value_max = numeral.value_max.map(|max| -max);
    }
    if numeral.spelled && !spelled::counts(reading, &numeral, &unit, code) {
        let why = "no verb that counts before it, an idiom, or a noun unknown to the lexicon";
        return spelled::SPELLED.fail(analysis, words, why);
    }
    if unit.kind == UnitKind::Count && is_back_reference(reading, &numeral, &unit) {
        return rule_of(&numeral, &unit).fail(analysis, words, "counted before, or one of several");
    }
    let is_article = unit.kind == UnitKind::Count && is_article(reading, &numeral, code);
    if unit.kind == UnitKind::Duration && !duration::is_result(reading, &numeral, &unit, code) {
        return duration::RESULT.fail(analysis, words, "a span of time that is neither outcome nor limit");
    }
    let rule = if is_article { COUNT } else { rule_of(&numeral, &unit) };
    let unit = multiple::unit(reading, begin, &unit, previous).unwrap_or(unit);
    Some(Figure {
        sentence: reading.analysis.sentence_at(numeral.tokens.start),
        tokens: begin..end,
        qualifier: code,
        denominator: None,
        rule,
        is_article,
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

fn rule_of(numeral: &Numeral, unit: &Unit) -> &'static Rule {
    match unit.kind {
        _ if numeral.spelled => spelled::SPELLED,
        UnitKind::Percent => PERCENT,
        UnitKind::Currency => CURRENCY,
        _ if numeral.denominator.is_some() => RATIO,
        UnitKind::Rank => RANK,
        UnitKind::Score => SCORE,
        UnitKind::Duration => duration::RESULT,
        UnitKind::Measure => MEASURE,
        UnitKind::Count if unit.known => COUNT,
        UnitKind::Count => NOUN,
    }
}
