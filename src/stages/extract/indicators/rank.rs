//! Ranks: `đứng thứ 3 cả nước`, `xếp hạng 5/63`, `dẫn đầu trong số 20 bộ`.
//!
//! # What
//! A number behind `thứ`, `hạng`, `vị trí` that tells a place in a ranking; its unit is `hạng`.
//! # Why
//! Ranks (PAR INDEX, PCI, ICT) are what provinces report first, and look like ordinals that name things.
//! # Example
//! `xếp thứ 7 trong 63 tỉnh`: 7, hạng.
//! # Known misses
//! `đứng đầu` without a word for those ranked.

use super::Reading;
use super::figure::Figure;
use super::unit::{Unit, UnitKind};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::rule::{Reason, Rule};
use crate::text::number::{Numeral, parse_digits};
use crate::text::token::Kind;

pub const ORDINAL: &Rule = &Rule {
    id: "indicator.rank_ordinal",
    finds: Table::Indicators,
    confidence: 0.85,
    about: "A number behind thứ, hạng or vị trí that tells a place in a ranking.",
    example: "Chỉ số cải cách hành chính của tỉnh xếp thứ 7 cả nước.",
};
pub const OF_ALL: &Rule = &Rule {
    id: "indicator.rank_of_all",
    finds: Table::Indicators,
    confidence: 0.85,
    about: "A place and the number of those ranked, right behind đứng or xếp.",
    example: "Về chuyển đổi số, tỉnh đứng 5/63.",
};
pub const LEADER: &Rule = &Rule {
    id: "indicator.rank_leader",
    finds: Table::Indicators,
    confidence: 0.7,
    about: "The first rank: đứng đầu or dẫn đầu with a word for those ranked.",
    example: "Tỉnh dẫn đầu cả nước về chỉ số hài lòng của người dân.",
};

/// Why an ordinal is no rank.
const NO_RANKING: Reason = "an ordinal: neither a verb of ranking before nor those ranked behind it";

/// Reads `numeral` as a rank.
pub fn read<'a>(reading: Reading<'a>, numeral: &Numeral) -> Option<Figure<'a>> {
    let start = numeral.tokens.start;
    let (rule, begin) = rank_words(reading, numeral)?;
    let end = numeral.tokens.end;
    let whole = whole_behind(reading, end);
    Some(Figure {
        numeral: numeral.clone(),
        unit: Unit {
            kind: UnitKind::Rank,
            code: Some("hạng"),
            tokens: end..end,
            known: true,
        },
        qualifier: limit(reading, begin),
        tokens: begin..end,
        sentence: reading.analysis.sentence_at(start),
        denominator: whole,
        rule,
        is_article: false,
    })
}

/// `tối thiểu thứ 70`
fn limit<'a>(reading: Reading<'a>, begin: usize) -> Option<&'a str> {
    let (_, entry) = reading.ending_at(begin, Class::Qualifier)?;
    matches!(&*entry.value, "at_least" | "at_most").then_some(&*entry.value)
}

/// The rule that takes the numeral for a rank, and the first token of the words that make it one.
fn rank_words(reading: Reading, numeral: &Numeral) -> Option<(&'static Rule, usize)> {
    let start = numeral.tokens.start;
    if start == 0 || numeral.value.fract() != 0.0 || numeral.scaled || numeral.value_max.is_some() {
        return None;
    }
    let before = |back: usize| start.checked_sub(back).map_or("", |at| reading.word(at));
    if reading.word(start + 1) == "đầu" && numeral.spelled {
        // `đứng đầu cả nước`, but not `người đứng đầu`, `dẫn đầu đoàn`.
        let ranked = names_the_ranked(reading, numeral.tokens.end)
            || matches!(reading.word(numeral.tokens.end), "bảng" | "khối" | "toàn")
            || reading.analysis.matches(numeral.tokens.end, &["về", "chỉ", "số"]);
        if !ranked {
            return LEADER.fail(reading.analysis, &numeral.tokens, "no word for those ranked behind it");
        }
        if matches!(before(1), "người" | "nhóm" | "nước") || counted_before(reading, start) {
            return LEADER.fail(reading.analysis, &numeral.tokens, "a head, or several who lead");
        }
        return Some((LEADER, start));
    }
    match before(1) {
        "thứ" => {
            let verb = (2..=4).any(|back| is_rank_verb(before(back)));
            if verb || numeral.denominator.is_some() || names_the_ranked(reading, numeral.tokens.end) {
                return Some((ORDINAL, start - 1));
            }
            ORDINAL.fail(reading.analysis, &numeral.tokens, NO_RANKING)
        }
        // Ranks of war invalids, classes of hospitals.
        "hạng" if before(2) == "binh" || reading.word(numeral.tokens.end) == "trở" => None,
        "hạng" => {
            let ranked = matches!(before(2), "xếp" | "thứ" | "là" | "từ" | "ở")
                || (2..=4).any(|back| is_rank_verb(before(back)));
            if ranked || numeral.denominator.is_some() || names_the_ranked(reading, numeral.tokens.end) {
                return Some((ORDINAL, start - 1));
            }
            ORDINAL.fail(reading.analysis, &numeral.tokens, NO_RANKING)
        }
        "trí" if before(2) == "vị" => Some((ORDINAL, start - 2)),
        "số" if (before(3), before(2)) == ("vị", "trí") => Some((ORDINAL, start - 3)),
        // `tăng hạng từ 91 lên 82`
        "từ" if matches!(before(2), "hạng" | "trí") => Some((ORDINAL, start - 1)),
        "lên" | "xuống" if before(3) == "từ" && matches!(before(4), "hạng" | "trí") => {
            Some((ORDINAL, start - 1))
        }
        // `từ vị trí 167 lên 86`
        "lên" | "xuống" if before(4) == "vị" && before(3) == "trí" || before(4) == "từ" && before(3) == "hạng" => {
            Some((ORDINAL, start - 1))
        }
        "đứng" | "xếp" if numeral.denominator.is_some() => Some((OF_ALL, start - 1)),
        "đứng" | "xếp" => OF_ALL.fail(
            reading.analysis,
            &numeral.tokens,
            "the number of those ranked is not told",
        ),
        _ => None,
    }
}

/// `5 đơn vị dẫn đầu`: several of them.
fn counted_before(reading: Reading, start: usize) -> bool {
    (start.saturating_sub(3)..start)
        .any(|at| reading.analysis.kind(at) == Kind::Number && !reading.dates.is_date_token(at))
}

/// `trong số 20 bộ, ngành`: how many are ranked.
fn whole_behind(reading: Reading, at: usize) -> Option<f64> {
    let analysis = reading.analysis;
    let number = match (reading.word(at), reading.word(at + 1)) {
        ("trong", "số") => at + 2,
        ("trên", "tổng") if reading.word(at + 2) == "số" => at + 3,
        ("trên" | "trong", _) => at + 1,
        _ => return None,
    };
    (analysis.kind(number) == Kind::Number)
        .then(|| parse_digits(analysis.surface(number)))
        .flatten()
}

fn is_rank_verb(word: &str) -> bool {
    matches!(
        word,
        "đứng"
            | "xếp"
            | "trí"
            | "hạng"
            | "vươn"
            | "bậc"
            | "tụt"
            | "nhảy"
            | "giữ"
            | "rớt"
            | "leo"
            | "lên"
            | "xuống"
            | "rơi"
    )
}

/// `cả nước`, `toàn quốc`, `thế giới`, `trong số`, `trên 63` behind the rank.
fn names_the_ranked(reading: Reading, at: usize) -> bool {
    let (first, second) = (reading.word(at), reading.word(at + 1));
    matches!(
        (first, second),
        ("cả", "nước")
            | ("toàn", "quốc")
            | ("thế", "giới")
            | ("khu", "vực")
            | ("châu", "á")
            | ("đông", "nam")
            | ("trong", "số")
            | ("trên", "tổng")
            | ("toàn", "tỉnh")
            | ("asean", _)
    )
}
