//! Numbers and symbols of documents: `35`, `30c/NQ-CP`, `19-2017/NQ-CP`, `225/QĐ-TTg`, `100/2015/QH13`.

use crate::lexicon::Class;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::{Case, Kind};

/// Parts between the marks of a symbol.
const MAX_PARTS: usize = 8;

/// Digits of a document's number.
const MAX_DIGITS: usize = 5;

/// A number or symbol as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    pub tokens: TokenRange,
    /// It names who issued it or what it is (`/NQ-CP`).
    pub has_letters: bool,
    /// It has a second number, mostly a year (`01/2017`).
    pub has_year: bool,
}

/// The symbol that starts with the digits at `at`.
pub(super) fn read(analysis: &Analysis, at: usize) -> Option<Symbol> {
    if analysis.kind(at) != Kind::Number {
        return None;
    }
    let digits = analysis.word(at);
    if digits.len() > MAX_DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let glued = |at: usize| analysis.tokens.get(at).is_some_and(|token| !token.spaced);
    let mut symbol = Symbol {
        tokens: at..at + 1,
        has_letters: false,
        has_year: false,
    };
    // `36a`, `961A`
    if analysis.kind(at + 1) == Kind::Word && glued(at + 1) {
        if analysis.word(at + 1).len() > 2 {
            return None;
        }
        symbol.tokens.end += 1;
    }
    for _ in 0..MAX_PARTS {
        let mark = symbol.tokens.end;
        let part = mark + 1;
        let is_mark = matches!(analysis.word(mark), "/" | "-" | "–" | "&" | ".") && glued(mark);
        // `67/ CP`, and `67/2014 NĐ-CP` without its stroke.
        let letters_after_space = analysis.word(mark) == "/" && is_abbreviation(analysis, part);
        if is_mark && (glued(part) || letters_after_space) {
            match analysis.kind(part) {
                Kind::Word if is_abbreviation(analysis, part) => symbol.has_letters = true,
                Kind::Number if analysis.word(mark) != "." && !symbol.has_letters => symbol.has_year = true,
                _ => break,
            }
            symbol.tokens.end = part + 1;
        } else if symbol.has_year
            && !symbol.has_letters
            && is_abbreviation(analysis, mark)
            && analysis.word(part) == "-"
            && glued(part)
            && is_abbreviation(analysis, part + 1)
        {
            symbol.has_letters = true;
            symbol.tokens.end = part + 2;
        } else {
            break;
        }
    }
    Some(symbol)
}

/// NĐ, TTg, QH13: no common word.
fn is_abbreviation(analysis: &Analysis, at: usize) -> bool {
    let single = analysis.surface(at).chars().count() == 1;
    matches!(analysis.case(at), Case::Upper | Case::Mixed)
        || analysis.case(at) == Case::Title && (single || is_short(analysis, at))
}

/// `Ttr`, `Ctr`: short enough for a symbol.
fn is_short(analysis: &Analysis, at: usize) -> bool {
    analysis.word(at).len() <= 4
}

/// Who issues documents with this symbol, where its letters tell: `NQ-CP` Chính phủ, `QĐ-TTg` Thủ tướng Chính phủ.
pub(super) fn issuer(analysis: &Analysis, symbol: &Symbol) -> Option<String> {
    symbol.tokens.clone().find_map(|token| {
        let word = analysis.word(token).trim_end_matches(|c: char| c.is_ascii_digit());
        match word {
            "qh" => Some("Quốc hội".to_owned()),
            "ubtvqh" => Some("Ủy ban Thường vụ Quốc hội".to_owned()),
            _ => {
                let mut kinds = analysis.phrases(token, Class::LegalKind);
                kinds.find_map(|(_, entry)| (&*entry.tag == "issuer").then(|| entry.value.to_string()))
            }
        }
    })
}
