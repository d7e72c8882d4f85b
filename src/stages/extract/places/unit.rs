//! Units of administration as texts write them: a noun and a name, or one of the two.
//!
//! Example: `Huyện ủy Hữu Lũng` is the unit `Hữu Lũng` with the noun [`Noun::Rural`]; `Q.3` is `quận 3`.

use crate::lexicon::{ClosedClass, areas};
use crate::text::analysis::Analysis;
use crate::text::token::Kind;

/// Most tokens of a unit's name: `Phan Rang - Tháp Chàm`.
const MAX_NAME: usize = 5;

/// The noun before a unit's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// `tỉnh`, `Tỉnh ủy`
    Province,
    /// `thành phố`, `TP.`, `Thành ủy`: of a province, or a province itself.
    City,
    /// `thị xã`
    Town,
    /// `quận`
    Urban,
    /// `huyện`
    Rural,
    /// `xã`, `phường`, `thị trấn`, `đặc khu`
    Commune,
}

/// A unit as the text names it.
pub(super) struct Unit {
    pub noun: Option<Noun>,
    /// Its name as written; of a numbered `quận` with the noun, which is part of it.
    pub name: String,
    /// The token behind it.
    pub end: usize,
}

/// The unit whose noun or name stands at token `at`: its name is a known one, or follows a noun.
pub(super) fn unit_at(analysis: &Analysis, at: usize) -> Option<Unit> {
    let (noun, start) = match noun_at(analysis, at) {
        Some((noun, len)) => (Some(noun), at + len),
        None => (None, at),
    };
    // "Thành ủy TP.HCM"
    if noun == Some(Noun::City)
        && let Some((Noun::City, len)) = noun_at(analysis, start)
    {
        return unit_at(analysis, start).filter(|unit| unit.end > start + len);
    }
    if analysis.kind(start) == Kind::Number {
        let number = analysis.word(start).trim_start_matches('0');
        let name = match noun {
            Some(Noun::Urban) => format!("quận {number}"),
            Some(Noun::Commune) => number.to_owned(),
            _ => return None,
        };
        return Some(Unit {
            noun,
            name,
            end: start + 1,
        });
    }
    if !analysis.is_capitalized(start) {
        return None;
    }
    let run = name_run(analysis, start);
    let known = (start + 1..=run).rev().find_map(|end| {
        let name = analysis.slice(&(start..end));
        areas::is_name(name).then(|| (name.to_owned(), end))
    });
    let (name, end) = match (known, noun) {
        (Some(known), _) => known,
        (None, Some(_)) => (analysis.slice(&(start..run)).to_owned(), run),
        (None, None) => return None,
    };
    Some(Unit { noun, name, end })
}

/// The noun of a unit at token `at`, and its length in tokens.
pub(super) fn noun_at(analysis: &Analysis, at: usize) -> Option<(Noun, usize)> {
    if !analysis.is(at, ClosedClass::UnitNoun) {
        return None;
    }
    let next = analysis.word(at + 1);
    let party = usize::from(matches!(next, "ủy" | "uỷ"));
    let named_behind = analysis.is_capitalized(at + 2) || analysis.kind(at + 2) == Kind::Number;
    let dotted = usize::from(analysis.surface(at + 1) == "." && named_behind);
    let before = at.checked_sub(1).map_or("", |token| analysis.word(token));
    Some(match analysis.word(at) {
        "tỉnh" => (Noun::Province, 1 + party),
        "thành" if next == "phố" || party == 1 => (Noun::City, 2),
        "thủ" if next == "đô" => (Noun::City, 2),
        "tp" => (Noun::City, 1 + dotted),
        "thị" if next == "xã" || party == 1 => (Noun::Town, 2),
        "thị" if next == "trấn" => (Noun::Commune, 2),
        "tx" => (Noun::Town, 1 + dotted),
        "quận" => (Noun::Urban, 1 + party),
        "huyện" => (Noun::Rural, 1 + party),
        "q" if dotted == 1 => (Noun::Urban, 2),
        "h" if dotted == 1 => (Noun::Rural, 2),
        "phường" => (Noun::Commune, 1),
        // "hợp tác xã", "thông tấn xã", "công xã"
        "xã" if next != "hội" && !matches!(before, "tác" | "tấn" | "thị" | "công" | "hợp") => {
            (Noun::Commune, 1)
        }
        "đặc" if next == "khu" => (Noun::Commune, 2),
        _ => return None,
    })
}

/// The end of the name that starts at `start`: capitalised words, and what joins them.
fn name_run(analysis: &Analysis, start: usize) -> usize {
    let mut end = start;
    while end < start + MAX_NAME && analysis.kind(end) == Kind::Word && analysis.is_capitalized(end) {
        end += 1;
        let joins = match analysis.surface(end) {
            "-" | "–" => analysis.is_capitalized(end + 1),
            "'" | "’" => !analysis.tokens[end].spaced && analysis.kind(end + 1) == Kind::Word,
            _ => false,
        };
        if joins {
            // "M'gar", "R'lấp": the second half may be in small letters.
            end += 1 + usize::from(!analysis.is_capitalized(end + 1));
        }
    }
    end
}
