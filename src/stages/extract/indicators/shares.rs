//! Parts of a whole: `17.586 vụ việc trên tổng số 28.843 vụ việc`, `trong số 68.281 hồ sơ …, 61.276 hồ sơ …`.
//!
//! # What
//! The whole becomes the denominator of the parts that are told with it.
//! # Why
//! A part without its whole cannot be compared.
//! # Example
//! `trong tổng số 87 thủ tục, đã thực hiện 82 thủ tục`: 82 of 87.
//! # Known misses
//! A whole told in another sentence.

use super::Reading;
use super::figure::Figure;
use super::unit::UnitKind;
use crate::schema::Table;
use crate::stages::extract::rule::Rule;

pub const WHOLE: &Rule = &Rule {
    id: "indicator.whole",
    finds: Table::Indicators,
    confidence: 0.9,
    about: "A whole that leads the clause in which its parts are told.",
    example: "Trong tổng số 87 thủ tục, đã thực hiện 82 thủ tục.",
};

/// Sets the denominators of parts whose whole stands in the same sentence.
pub fn link(reading: Reading, figures: &mut [Figure]) {
    for index in 0..figures.len() {
        if !is_whole(reading, &figures[index]) {
            continue;
        }
        let (whole, sentence) = (figures[index].numeral.value, figures[index].sentence.clone());
        let leads = leads_clause(reading, &figures[index]);
        let same = |other: &Figure, reading: Reading| {
            other.sentence == sentence
                && other.denominator.is_none()
                && other.numeral.denominator.is_none()
                && other.unit.kind == figures[index].unit.kind
                && other.unit.kind != UnitKind::Percent
                && (other.unit.code == figures[index].unit.code)
                && (!leads || other.unit.code.is_some() || same_noun(reading, other, &figures[index]))
                && other.numeral.value <= whole
        };
        let parts: Vec<usize> = if leads {
            let mut parts = Vec::new();
            for (offset, other) in figures.iter().enumerate().skip(index + 1) {
                let rest = (figures[index].tokens.end..other.tokens.start)
                    .any(|at| matches!((reading.word(at), reading.word(at + 1)), (";", _) | ("còn", "lại")));
                if other.sentence != sentence || rest {
                    break;
                }
                if same(other, reading) {
                    parts.push(offset);
                }
            }
            parts
        } else {
            index
                .checked_sub(1)
                .filter(|&before| same(&figures[before], reading))
                .into_iter()
                .collect()
        };
        if leads && !parts.is_empty() {
            figures[index].rule = WHOLE;
        } else if leads {
            let words = &figures[index].numeral.tokens;
            WHOLE.failed(
                reading.analysis,
                words,
                "no part of the same unit behind it in the sentence",
            );
        }
        for part in parts {
            figures[part].denominator = Some(whole);
        }
    }
}

fn same_noun(reading: Reading, a: &Figure, b: &Figure) -> bool {
    reading.word(a.unit.tokens.start) == reading.word(b.unit.tokens.start)
}

/// Behind `tổng số`, `trong số`, `trên tổng số`.
fn is_whole(reading: Reading, figure: &Figure) -> bool {
    let start = figure.tokens.start;
    let word = |back: usize| start.checked_sub(back).map_or("", |at| reading.word(at));
    word(1) == "số" && (word(2) == "trong" || word(2) == "tổng" && matches!(word(3), "trong" | "trên" | "/"))
}

/// The whole comes first: `Trong số N …, M …`, not `M … trong số N`.
fn leads_clause(reading: Reading, figure: &Figure) -> bool {
    let start = figure.tokens.start;
    let mut at = start;
    while at > figure.sentence.start && matches!(reading.word(at - 1), "số" | "tổng" | "trong" | "trên") {
        at -= 1;
    }
    at == figure.sentence.start
        || matches!(
            reading.word(at - 1),
            "," | ";" | "“" | "\"" | ":" | "." | "khi" | "rằng"
        )
}
