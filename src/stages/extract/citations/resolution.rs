//! Acts without a number: `Nghị quyết Trung ương 4 (khóa XII)`, `Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của
//! Đảng`, `Nghị quyết của Quốc hội về xử lý nợ xấu`, `dự thảo Nghị định chính sách khuyến khích …`.
//!
//! Misses: acts named in small letters, and what a title says behind its first comma.

use super::numbered::year_at;
use super::{KindAt, Mention, draft_start, is_roman, kind_at};
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::Kind;

pub(super) const PARTY: &Rule = &Rule {
    id: "citation.party_resolution",
    finds: Table::Citations,
    confidence: 0.95,
    about: "A resolution of a congress or plenum of the Party, by its number or term.",
    example: "Đảng bộ học tập Nghị quyết Trung ương 4 (khóa XII) về xây dựng Đảng.",
};
pub(super) const SUBJECT: &Rule = &Rule {
    id: "citation.subject",
    finds: Table::Citations,
    confidence: 0.55,
    about: "A resolution without a number, by what it is about.",
    example: "Ngân hàng áp dụng Nghị quyết của Quốc hội về xử lý nợ xấu của các tổ chức tín dụng.",
};
pub(super) const DRAFT: &Rule = &Rule {
    id: "citation.draft",
    finds: Table::Citations,
    confidence: 0.82,
    about: "A draft that has a title but no number yet.",
    example: "Bộ Nội vụ lấy ý kiến vào dự thảo Nghị định quy định chính sách tinh giản biên chế.",
};

/// Tokens between `Đại hội` and its number.
const MAX_CONGRESS_TOKENS: usize = 14;

/// Tokens of what an act is about.
const MAX_SUBJECT_TOKENS: usize = 32;

/// Shorter subjects are general: `dự thảo Nghị định mới`.
const MIN_SUBJECT_TOKENS: usize = 3;

/// Adds the act that starts with `kind`; the token after it.
pub(super) fn find(analysis: &Analysis, kind: &KindAt, out: &mut Vec<Mention>) -> Option<usize> {
    let words = kind.start..kind.end;
    if kind.name == "Nghị quyết" {
        match party(analysis, kind.end) {
            Some(end) => return Some(add(analysis, kind, kind.start..end, PARTY, out)),
            None => PARTY.failed(analysis, &words, "no congress or plenum with its number behind it"),
        }
    }
    let draft = draft_start(analysis, kind);
    let by_subject = kind.name == "Nghị quyết" && kind.capitalized && !is_plural(analysis, kind);
    let rule = if draft.is_some() { DRAFT } else { SUBJECT };
    if draft.is_none() && !by_subject {
        return rule.fail(analysis, &words, "no draft, and no single resolution with a capital");
    }
    let Some(subject) = subject_at(analysis, kind, draft.is_some()) else {
        return rule.fail(analysis, &words, "no title of three words or more behind it");
    };
    let tokens = draft.unwrap_or(kind.start)..subject.end;
    let end = add(analysis, kind, tokens, rule, out);
    // Documents in the title (`sửa đổi Nghị định 67`) are cited too.
    let inner = (kind.end..end).find(|&token| kind_at(analysis, token).is_some());
    Some(inner.unwrap_or(end))
}

fn add(analysis: &Analysis, kind: &KindAt, tokens: TokenRange, rule: &'static Rule, out: &mut Vec<Mention>) -> usize {
    let end = tokens.end;
    out.push(Mention {
        kind: kind.name.to_owned(),
        number: None,
        name: Some(analysis.slice(&tokens).to_owned()),
        key: analysis.slice(&(kind.start..end)).to_owned(),
        issuer: None,
        date_edtf: None,
        rule,
        tokens,
    });
    end
}

/// `các Nghị quyết về tam nông` are many.
fn is_plural(analysis: &Analysis, kind: &KindAt) -> bool {
    kind.start.checked_sub(1).is_some_and(|before| {
        matches!(analysis.word(before), "các" | "những" | "nhiều" | "số") || analysis.kind(before) == Kind::Number
    })
}

/// A resolution of a congress or plenum of the Party: the token after it.
fn party(analysis: &Analysis, from: usize) -> Option<usize> {
    let at = from + usize::from(analysis.word(from) == "của");
    let end = plenum(analysis, at).or_else(|| congress(analysis, at))?;
    Some(term(analysis, end))
}

/// `Trung ương 4`, `T.Ư 4`, `Hội nghị Trung ương 6`, `Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng`.
fn plenum(analysis: &Analysis, at: usize) -> Option<usize> {
    if analysis.matches(at, &["hội", "nghị"]) {
        let next = at + 2;
        return match central(analysis, next) {
            Some(after) => ordinal(analysis, after),
            None => ordinal(analysis, next).map(|after| {
                let committee = after
                    + if analysis.matches(after, &["ban", "chấp", "hành"]) {
                        3
                    } else {
                        1
                    };
                central(analysis, committee).unwrap_or(after)
            }),
        };
    }
    ordinal(analysis, central(analysis, at)?)
}

/// `Trung ương`, `TW`, `TƯ`, `T.Ư`, each with `Đảng` or without: the token after it.
fn central(analysis: &Analysis, at: usize) -> Option<usize> {
    let end = match (analysis.word(at), analysis.word(at + 1), analysis.word(at + 2)) {
        ("trung", "ương", _) => at + 2,
        ("tw" | "tư", _, _) => at + 1,
        ("t", ".", "ư" | "w") => at + 3,
        _ => return None,
    };
    Some(end + usize::from(analysis.word(end) == "đảng"))
}

/// `4`, `lần thứ tư`, `lần thứ 4`, `lần 4`: the token after it.
fn ordinal(analysis: &Analysis, at: usize) -> Option<usize> {
    let from = match (analysis.word(at), analysis.word(at + 1)) {
        ("lần", "thứ") => at + 2,
        ("lần", _) => at + 1,
        _ => at,
    };
    let number = analysis.kind(from) == Kind::Number && analysis.word(from).len() <= 2;
    let word = from > at
        && matches!(
            analysis.word(from),
            "nhất" | "hai" | "ba" | "tư" | "năm" | "sáu" | "bảy" | "tám" | "chín" | "mười"
        );
    (number || word || is_roman(analysis, from)).then_some(from + 1)
}

/// `Đại hội XII`, `Đại hội đại biểu toàn quốc lần thứ XIII`, `Đại hội Đảng bộ tỉnh lần thứ XVIII`.
fn congress(analysis: &Analysis, at: usize) -> Option<usize> {
    if !analysis.matches(at, &["đại", "hội"]) {
        return None;
    }
    (at + 2..at + MAX_CONGRESS_TOKENS)
        .take_while(|&token| analysis.kind(token) == Kind::Word && kind_at(analysis, token).is_none())
        .find_map(|token| {
            if analysis.word(token) == "lần" || is_roman(analysis, token) {
                ordinal(analysis, token)
            } else if analysis.matches(token, &["nhiệm", "kỳ"]) {
                year_at(analysis, token + 2).map(|_| token + 3)
            } else {
                None
            }
        })
}

/// `(khóa XII)`, `khóa XII`, `của Đảng`, `Đảng bộ tỉnh` behind the number: the token after them.
fn term(analysis: &Analysis, mut end: usize) -> usize {
    let bracket = usize::from(matches!(analysis.word(end), "(" | ","));
    if analysis.word(end + bracket) == "khóa" && is_roman(analysis, end + bracket + 1) {
        let mut close = end + bracket + 2;
        while matches!(analysis.word(close), "," | "và") && is_roman(analysis, close + 1) {
            close += 2;
        }
        end = close + usize::from(bracket == 1 && analysis.word(close) == ")");
    }
    // `khóa (XII)`
    if analysis.word(end) == "khóa" && analysis.word(end + 1) == "(" && is_roman(analysis, end + 2) {
        end += 3 + usize::from(analysis.word(end + 3) == ")");
    }
    let party = end + usize::from(analysis.word(end) == "của");
    if analysis.matches(party, &["đảng", "bộ"]) {
        end = party + 2;
        while end < party + 8
            && analysis.kind(end) == Kind::Word
            && (analysis.is_capitalized(end)
                || matches!(analysis.word(end), "tỉnh" | "thành" | "phố" | "huyện" | "quận" | "xã"))
        {
            end += 1;
        }
    } else if party > end && analysis.word(party) == "đảng" {
        end = party + 1;
    }
    end
}

/// What the act is about: `về …`, `quy định …`, for drafts any title.
fn subject_at(analysis: &Analysis, kind: &KindAt, draft: bool) -> Option<TokenRange> {
    const STOPS: [&str; 22] = [
        "được", "đã", "sẽ", "là", "thì", "nhằm", "tại", "nêu", "đang", "vừa", "do", "gồm", "trình", "này", "theo",
        "khi", "nhưng", "vào", "cũng", "còn", "như", "để",
    ];
    let mut at = kind.end;
    // `Nghị quyết của Quốc hội về …`, `Nghị quyết Bộ Chính trị về …`
    let of = usize::from(analysis.word(at) == "của");
    if analysis.is_capitalized(at + of) && !matches!(analysis.word(at), "quy" | "sửa" | "về") && !(draft && of == 0)
    {
        at += of;
        while at < kind.end + 8 && analysis.kind(at) == Kind::Word && analysis.word(at) != "về" {
            at += 1;
        }
    }
    let titled = match (analysis.word(at), analysis.word(at + 1)) {
        ("về", _) => true,
        ("quy", "định") | ("sửa", "đổi") => draft,
        ("của" | "có" | "với" | "trong" | "chỉ" | "nên" | "cần" | "phải" | "áp", _) | ("chính", "phủ") => {
            false
        }
        _ => draft,
    };
    if !titled {
        return None;
    }
    let mut end = at;
    while end < at + MAX_SUBJECT_TOKENS && !STOPS.contains(&analysis.word(end)) {
        let goes_on = match analysis.kind(end) {
            Kind::Word | Kind::Number => true,
            Kind::Punct => matches!(analysis.word(end), "-" | "/" | "–") || continues_list(analysis, end),
            Kind::Break => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    while matches!(
        analysis.word(end - 1),
        "và" | "của" | "các" | "về" | "trong" | "cho" | "-" | "," | "là"
    ) && end > at + 1
    {
        end -= 1;
    }
    (end - at >= MIN_SUBJECT_TOKENS && !kind_repeats(analysis, at)).then_some(kind.start..end)
}

/// `sửa đổi, bổ sung`, `nông nghiệp, nông thôn`, `hàng hóa, dịch vụ, địa bàn`: the comma joins words of one name.
fn continues_list(analysis: &Analysis, comma: usize) -> bool {
    analysis.word(comma) == ","
        && (analysis.matches(comma + 1, &["bổ", "sung"])
            || is_short_item(analysis, comma + 1)
            || ends_list(analysis, comma)
            || comma >= 2
                && analysis.word(comma - 2) == analysis.word(comma + 1)
                && analysis.case(comma + 1) == analysis.case(comma - 2))
}

/// `cơ cấu lại, đổi mới` | `, nâng cao hiệu quả doanh nghiệp`: behind a short item the last one may be of any length.
fn ends_list(analysis: &Analysis, comma: usize) -> bool {
    let lower = analysis.kind(comma + 1) == Kind::Word && !analysis.is_capitalized(comma + 1);
    lower
        && (3..=4)
            .any(|back| comma > back && analysis.word(comma - back) == "," && is_short_item(analysis, comma + 1 - back))
}

/// Two or three small syllables before another comma or `và`.
fn is_short_item(analysis: &Analysis, at: usize) -> bool {
    let length = (at..at + 4)
        .take_while(|&token| {
            analysis.kind(token) == Kind::Word && !analysis.is_capitalized(token) && analysis.word(token) != "và"
        })
        .count();
    (2..=3).contains(&length) && matches!(analysis.word(at + length), "," | "và")
}

/// `Nghị định về Nghị định` is no title.
fn kind_repeats(analysis: &Analysis, at: usize) -> bool {
    analysis.word(at) == "về" && kind_at(analysis, at + 1).is_some()
}
