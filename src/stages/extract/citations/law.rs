//! Laws by name: `Luật Báo chí`, `Bộ luật Hình sự (sửa đổi)`, `Luật về Chữ ký số năm 2000`, `các Luật Đầu tư, đất đai`,
//! `Luật sửa đổi, bổ sung một số điều của Luật …`, `Hiến pháp năm 2013`.
//!
//! The lexicon knows the names of Vietnamese laws; other names run from a capital to the next small word that no name
//! contains. Misses: unknown names in small letters, unknown names with `và` or a comma.

use super::numbered::year_at;
use super::symbol;
use super::{Group, KindAt, Mention, draft_start, kind_at};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::{Case, Kind};

pub(super) const KNOWN: &Rule = &Rule {
    id: "citation.law_known",
    finds: Table::Citations,
    confidence: 0.98,
    about: "A law or code with a name that the lexicon knows, alone or in a list of laws.",
    example: "Dự thảo dẫn các Luật Đầu tư, Đất đai làm căn cứ.",
};
pub(super) const CAPITALS: &Rule = &Rule {
    id: "citation.law_capitals",
    finds: Table::Citations,
    confidence: 0.95,
    about: "A law whose name runs from a capital to the next word that no name contains.",
    example: "Đoàn giám sát góp ý vào Luật Phòng thủ không gian mạng trong buổi chiều.",
};
pub(super) const NUMBERED: &Rule = &Rule {
    id: "citation.law_numbered",
    finds: Table::Citations,
    confidence: 0.95,
    about: "A law told by its symbol alone.",
    example: "Thẩm quyền này được nêu tại Luật số 12/2017/QH14.",
};
pub(super) const AMENDMENT: &Rule = &Rule {
    id: "citation.law_amendment",
    finds: Table::Citations,
    confidence: 0.95,
    about: "A law that amends other laws, with the name of the first.",
    example: "Quốc hội đã thông qua Luật sửa đổi, bổ sung một số điều của Luật Báo chí.",
};
pub(super) const CODE: &Rule = &Rule {
    id: "citation.code",
    finds: Table::Citations,
    confidence: 0.95,
    about: "A code by its initials, with its year where the text gives it.",
    example: "Hành vi này được nêu tại Điều 19 BLHS 2015.",
};
pub(super) const CONSTITUTION: &Rule = &Rule {
    id: "citation.constitution",
    finds: Table::Citations,
    confidence: 0.85,
    about: "The Constitution, with its year where the text gives it.",
    example: "Quyền khiếu nại được ghi trong Hiến pháp năm 2013.",
};

/// Tokens of a name that the lexicon does not know.
const MAX_NAME_TOKENS: usize = 12;

/// Laws in one list.
const MAX_LISTED: usize = 12;

/// Words before `Luật` that make it part of another word or name: kỷ luật, Công ty Luật, Đại học Luật.
const OTHER_WORDS: [&str; 26] = [
    "pháp",
    "kỷ",
    "kỉ",
    "quy",
    "qui",
    "ty",
    "cty",
    "hãng",
    "vplđ",
    "khoa",
    "học",
    "đh",
    "trường",
    "viện",
    "ngành",
    "sĩ",
    "sỹ",
    "nhân",
    "phòng",
    "hội",
    "đoàn",
    "ths",
    "ts",
    "giới",
    "giáo",
    "môn",
];

/// Words that end a name.
const STOPS: [&str; 60] = [
    "được", "đã", "sẽ", "đang", "có", "là", "trong", "tại", "này", "năm", "thì", "nhằm", "gồm", "mới", "khi", "để",
    "do", "với", "theo", "cho", "từ", "không", "phải", "của", "vẫn", "cũng", "chưa", "và", "hoặc", "mà", "nên", "như",
    "nếu", "vì", "trên", "ra", "vừa", "sửa", "nêu", "cần", "còn", "chỉ", "đó", "ở", "đến", "tới", "vào", "bằng", "bởi",
    "hay", "nhưng", "trước", "sau", "khẳng", "khiến", "phù", "trình", "đặt", "thay", "hết",
];

/// Pairs of syllables that end a name, though each may stand in one.
const STOP_PAIRS: [(&str, &str); 10] = [
    ("quy", "định"),
    ("thông", "qua"),
    ("ban", "hành"),
    ("hiện", "hành"),
    ("hiện", "nay"),
    ("yêu", "cầu"),
    ("bổ", "sung"),
    ("đối", "với"),
    ("xác", "định"),
    ("trở", "thành"),
];

/// A name after `Luật`.
struct Name {
    tokens: TokenRange,
    /// What tells it from other names.
    key: String,
    known: bool,
}

/// Adds the laws that start with `kind`; the token after the last one.
pub(super) fn find(analysis: &Analysis, kind: &KindAt, out: &mut Vec<Mention>) -> Option<usize> {
    let words = kind.start..kind.end;
    if is_other_word(analysis, kind) {
        return KNOWN.fail(
            analysis,
            &words,
            "part of another word or name, such as pháp luật or luật sư",
        );
    }
    if let Some(end) = amendment(analysis, kind) {
        let tokens = draft_start(analysis, kind).unwrap_or(kind.start)..end;
        let key = analysis.slice(&(kind.start..end)).to_owned();
        out.push(mention(analysis, kind, tokens, key, AMENDMENT));
        return Some(end);
    }
    if let Some(end) = by_number(analysis, kind, out) {
        return Some(end);
    }
    let colon = usize::from(analysis.word(kind.end) == ":");
    let Some(first) = name_at(analysis, kind, kind.end + colon) else {
        return CAPITALS.fail(analysis, &words, "no name of a law behind it");
    };
    let several = kind.start > 0 && matches!(analysis.word(kind.start - 1), "các" | "những");
    if colon == 1 && !several {
        return KNOWN.fail(analysis, &words, "a colon without các or những before the kind");
    }
    let mut end = add(
        analysis,
        kind,
        first,
        draft_start(analysis, kind).unwrap_or(kind.start),
        out,
    );
    for _ in 0..MAX_LISTED {
        let next = end + 1;
        if !several || !matches!(analysis.word(end), "," | "và") {
            break;
        }
        let Some(name) = known_name(analysis, next) else { break };
        end = add(analysis, kind, name, next, out);
    }
    Some(end)
}

/// `Luật số 12/2017/QH14`: the token after it.
fn by_number(analysis: &Analysis, kind: &KindAt, out: &mut Vec<Mention>) -> Option<usize> {
    let number_at = kind.end + usize::from(analysis.word(kind.end) == "số");
    let symbol = symbol::read(analysis, number_at).filter(|symbol| symbol.has_letters)?;
    let number = analysis.slice(&symbol.tokens).to_owned();
    let end = symbol.tokens.end;
    out.push(Mention {
        name: None,
        issuer: symbol::issuer(analysis, &symbol),
        number: Some(number.clone()),
        ..mention(analysis, kind, kind.start..end, number, NUMBERED)
    });
    Some(end)
}

/// `BLHS`, `BLTTHS 2015`: the token after it. In small letters it is no code.
pub(super) fn code(analysis: &Analysis, kind: &KindAt, out: &mut Vec<Mention>) -> Option<usize> {
    if analysis.case(kind.start) != Case::Upper {
        return CODE.fail(analysis, &(kind.start..kind.end), "not in capitals");
    }
    let year_from = kind.end + usize::from(analysis.word(kind.end) == "năm");
    let year = year_at(analysis, year_from);
    let end = if year.is_some() { year_from + 1 } else { kind.end };
    let mut found = mention(analysis, kind, kind.start..end, kind.name.to_owned(), CODE);
    found.kind = "Bộ luật".to_owned();
    found.date_edtf = year.map(|year| format!("{year}-XX-XX"));
    out.push(found);
    Some(end)
}

/// `Hiến pháp`, `Hiến pháp năm 2013`.
pub(super) fn constitution(analysis: &Analysis, kind: &KindAt, out: &mut Vec<Mention>) -> Option<usize> {
    let before = kind.start.checked_sub(1).map_or("", |token| analysis.word(token));
    let body = matches!(before, "án" | "ban" | "viện" | "đồng" | "luật");
    if !kind.capitalized || body {
        let why = "in small letters, or part of a body's name";
        return CONSTITUTION.fail(analysis, &(kind.start..kind.end), why);
    }
    let year_from = kind.end + usize::from(analysis.word(kind.end) == "năm");
    let year = year_at(analysis, year_from);
    let end = if year.is_some() { year_from + 1 } else { kind.end };
    let mut found = mention(analysis, kind, kind.start..end, "hiến pháp".to_owned(), CONSTITUTION);
    found.date_edtf = year.map(|year| format!("{year}-XX-XX"));
    out.push(found);
    Some(end)
}

/// `kỷ luật`, `Công ty Luật`, `Luật sư`, `Công ước … về Luật Biển`.
fn is_other_word(analysis: &Analysis, kind: &KindAt) -> bool {
    let before = |back: usize| kind.start.checked_sub(back).map_or("", |token| analysis.word(token));
    let inside = kind.name == "Luật" && OTHER_WORDS.contains(&before(1));
    let treaty = before(1) == "về" && (2..9).any(|back| (before(back + 1), before(back)) == ("công", "ước"));
    inside
        || treaty
        || matches!(
            analysis.word(kind.end),
            "sư" | "gia" | "chuyên" | "pháp" | "lệ" | "tp" | "tnhh" | "này" | "đó"
        )
}

/// `Luật sửa đổi, bổ sung một số điều của Bộ luật Hình sự`: the token after it.
fn amendment(analysis: &Analysis, kind: &KindAt) -> Option<usize> {
    let mut at = kind.end;
    if !analysis.matches(at, &["sửa", "đổi"]) {
        return None;
    }
    at += 2;
    at += usize::from(analysis.word(at) == ",");
    if analysis.matches(at, &["bổ", "sung"]) {
        at += 2;
    }
    if analysis.matches(at, &["một", "số", "điều"]) {
        at += 3;
    }
    at += usize::from(analysis.word(at) == "của");
    at += usize::from(analysis.word(at) == "các");
    let inner = kind_at(analysis, at).filter(|inner| inner.group == Group::Law)?;
    let name = name_at(analysis, &inner, inner.end)?;
    Some(name.tokens.end)
}

/// The name of a law that starts at `at`.
fn name_at(analysis: &Analysis, kind: &KindAt, at: usize) -> Option<Name> {
    if analysis.word(at) == "về" {
        return unknown_name(analysis, at + 1).map(|name| Name {
            tokens: at..name.tokens.end,
            ..name
        });
    }
    if let Some(name) = known_name(analysis, at) {
        // "theo luật lao động", but not "luật lao động không cho phép"
        let applied = kind.start > 0 && analysis.word(kind.start - 1) == "theo";
        let small = !kind.capitalized && !analysis.is_capitalized(at) && name.tokens.len() < 3 && !applied;
        return (!small).then_some(name);
    }
    unknown_name(analysis, at)
}

fn known_name(analysis: &Analysis, at: usize) -> Option<Name> {
    analysis.phrases(at, Class::LegalKind).find_map(|(len, entry)| {
        (&*entry.tag == "law_name").then(|| Name {
            tokens: at..at + len,
            key: entry.value.to_string(),
            known: true,
        })
    })
}

fn unknown_name(analysis: &Analysis, at: usize) -> Option<Name> {
    let place = analysis.longest(at, Class::Place).is_some();
    if !analysis.is_capitalized(at) || analysis.kind(at) != Kind::Word || place || ends_name(analysis, at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + MAX_NAME_TOKENS {
        let joined = analysis.word(end) == "," && matches!(analysis.word(end + 1), "chống" | "sử");
        let goes_on = analysis.kind(end) == Kind::Word && !ends_name(analysis, end) && kind_at(analysis, end).is_none();
        if !(joined || goes_on) {
            break;
        }
        end += 1;
    }
    // One syllable is a surname or a firm rather than a law; capitals alone are a person.
    let person = (at..end).all(|token| analysis.case(token) == Case::Title) || starts_person(analysis, at);
    (end > at + 1 && !person).then(|| Name {
        tokens: at..end,
        key: analysis.slice(&(at..end)).to_owned(),
        known: false,
    })
}

/// `luật Ông Hồ …`, `dự thảo luật Chính phủ trình`: a person or body after `luật`, not its name.
fn starts_person(analysis: &Analysis, at: usize) -> bool {
    [Class::Title, Class::Honorific]
        .iter()
        .any(|&class| analysis.longest(at, class).is_some())
        || matches!(
            analysis.word(at),
            "ông" | "bà" | "tổng" | "giám" | "phó" | "trưởng" | "bộ"
        )
}

fn ends_name(analysis: &Analysis, at: usize) -> bool {
    STOPS.contains(&analysis.word(at))
        || STOP_PAIRS.contains(&(analysis.word(at), analysis.word(at + 1)))
        || analysis.word(at) == "số" && analysis.kind(at + 1) == Kind::Number
}

/// Adds one law with the year, number and `(sửa đổi)` behind its name; the token after them.
fn add(analysis: &Analysis, kind: &KindAt, name: Name, start: usize, out: &mut Vec<Mention>) -> usize {
    let mut end = name.tokens.end;
    let bracket = usize::from(analysis.word(end) == "(");
    if analysis.matches(end + bracket, &["sửa", "đổi"])
        && (bracket == 0 || matches!(analysis.word(end + 3), ")"))
        && analysis.word(end + bracket + 2) != ","
    {
        end += 2 + 2 * bracket;
    }
    let listed = start != kind.start && draft_start(analysis, kind) != Some(start);
    let mut found = mention(
        analysis,
        kind,
        start..end,
        format!("{} {}", kind.name, name.key),
        if name.known { KNOWN } else { CAPITALS },
    );
    if listed {
        found.name = Some(format!("{} {}", kind.name, analysis.slice(&name.tokens)));
    }
    if analysis.word(end) == "số"
        && let Some(symbol) = symbol::read(analysis, end + 1).filter(|symbol| symbol.has_letters)
    {
        end = symbol.tokens.end;
        found.tokens.end = end;
        found.issuer = symbol::issuer(analysis, &symbol);
        found.number = Some(analysis.slice(&symbol.tokens).to_owned());
    }
    let year_from = end + usize::from(analysis.word(end) == "năm");
    if let Some(year) = year_at(analysis, year_from).filter(|_| analysis.word(year_from + 1) != "/") {
        end = year_from + 1;
        found.tokens.end = end;
        found.date_edtf = Some(format!("{year}-XX-XX"));
    }
    out.push(found);
    end
}

fn mention(analysis: &Analysis, kind: &KindAt, tokens: TokenRange, key: String, rule: &'static Rule) -> Mention {
    Mention {
        kind: kind.name.to_owned(),
        number: None,
        name: Some(analysis.slice(&tokens).to_owned()),
        key,
        issuer: None,
        date_edtf: None,
        rule,
        tokens,
    }
}
