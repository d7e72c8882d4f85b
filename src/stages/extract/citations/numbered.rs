//! Documents cited by number: `Nghị quyết số 19-2017/NQ-CP`, `Kết luận 72 của Bộ Chính trị`, `Nghị quyết 01, 02`.
//!
//! Misses: a number far from its kind (`Quyết định phê duyệt đề án … số 12`), symbols without any kind.

use super::symbol::{self, Symbol};
use super::{Group, KindAt, Mention, kind_at};
use crate::schema::Table;
use crate::stages::extract::rule::{Reason, Rule};
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::date::DateIndex;
use crate::text::token::Kind;

pub(super) const SYMBOL: &Rule = &Rule {
    id: "citation.symbol",
    finds: Table::Citations,
    confidence: 0.98,
    about: "A kind of document with a symbol or a number and its year.",
    example: "Việc tuyển dụng theo Nghị định số 115/2020/NĐ-CP ngày 25/9/2020 của Chính phủ.",
};
pub(super) const NUMBER: &Rule = &Rule {
    id: "citation.number",
    finds: Table::Citations,
    confidence: 0.96,
    about: "A kind of document with a bare number that counts nothing.",
    example: "Các sở đã triển khai Nghị quyết 68 của Chính phủ.",
};
pub(super) const LISTED_NUMBER: &Rule = &Rule {
    id: "citation.number_listed",
    finds: Table::Citations,
    confidence: 0.93,
    about: "A further bare number in a list of documents of one kind.",
    example: "Huyện thực hiện nghiêm Nghị quyết 01, 02 của Chính phủ.",
};

/// Tokens of an issuer between a kind and its `số`: `Quyết định của Thủ tướng Chính phủ số 225/QĐ-TTg`.
const MAX_ISSUER_TOKENS: usize = 10;

/// Tokens between a number and its date.
const MAX_DATE_DISTANCE: usize = 10;

/// Documents in one list.
const MAX_LISTED: usize = 20;

/// What a bare number would count: `Nghị quyết 5 điểm`, `quyết định 500 tỷ đồng`.
const COUNTED: [&str; 26] = [
    "tháng",
    "lần",
    "tỷ",
    "tỉ",
    "triệu",
    "nghìn",
    "ngàn",
    "người",
    "điều",
    "chương",
    "điểm",
    "đơn",
    "nhóm",
    "dự",
    "đồng",
    "ngày",
    "bộ",
    "tỉnh",
    "huyện",
    "xã",
    "cán",
    "trường",
    "hộ",
    "nội",
    "mục",
    "tuần",
];

/// Small words that may follow a bare number which is a name.
const FOLLOWING: [&str; 36] = [
    "ngày", "của", "về", "và", "do", "đã", "này", "được", "thì", "quy", "năm", "ra", "ban", "có", "cho", "nêu",
    "trong", "tại", "là", "hiện", "để", "sẽ", "khi", "vừa", "thay", "hướng", "sửa", "gửi", "vào", "từ", "với", "cũng",
    "đang", "mới", "phê", "theo",
];

/// Adds every document of the list that starts with `kind`; the token after the last one.
pub(super) fn find(analysis: &Analysis, dates: &DateIndex, kind: &KindAt, out: &mut Vec<Mention>) -> Option<usize> {
    let (number_at, numbered) = number_start(analysis, kind.end);
    let words = kind.start..kind.end;
    let Some(first) = symbol::read(analysis, number_at) else {
        return SYMBOL.fail(analysis, &words, "no number behind the kind of document");
    };
    let plain = !first.has_letters && !first.has_year;
    if dates.is_date_token(number_at) && !numbered {
        return NUMBER.fail(analysis, &words, "the number behind it is a date");
    }
    if let Err(why) = accepts(analysis, kind, &first, numbered) {
        return NUMBER.fail(analysis, &words, why);
    }
    let mut end = add(analysis, dates, kind, kind.start, first, out);
    for _ in 0..MAX_LISTED {
        let Some((start, symbol)) = next_in_list(analysis, dates, end, plain) else {
            break;
        };
        end = add(analysis, dates, kind, start, symbol, out);
    }
    Some(end)
}

/// Where the number starts after the kind, and whether `số` announces it.
fn number_start(analysis: &Analysis, from: usize) -> (usize, bool) {
    let mut at = from;
    // `Nghị định (NĐ) 67`
    if analysis.word(at) == "(" && analysis.word(at + 2) == ")" {
        at += 3;
    }
    if analysis.kind(at) == Kind::Number {
        return (at, false);
    }
    // An issuer or a few words may stand between: `Quyết định của Thủ tướng Chính phủ số 225/QĐ-TTg`, `Công điện hỏa
    // tốc số 320/CĐ-TTg`, `Quyết định hành chính 166/QĐ-UBND`.
    for token in at..at + MAX_ISSUER_TOKENS {
        let bracket = usize::from(analysis.word(token) == "(");
        if analysis.word(token + bracket) == "số" {
            let number = token + bracket + 1;
            let number = number + usize::from(analysis.word(number) == ":");
            let close = token == at || symbol::read(analysis, number).is_some_and(|symbol| symbol.has_letters);
            return if close { (number, true) } else { (at, false) };
        }
        if analysis.kind(token) == Kind::Number {
            let symbol = symbol::read(analysis, token).filter(|symbol| symbol.has_letters);
            return symbol.map_or((at, false), |_| (token, true));
        }
        if analysis.kind(token) != Kind::Word || kind_at(analysis, token).is_some() {
            break;
        }
    }
    (at, false)
}

/// The number makes `kind` a citation rather than something that counts.
fn accepts(analysis: &Analysis, kind: &KindAt, symbol: &Symbol, numbered: bool) -> Result<(), Reason> {
    let end = symbol.tokens.end;
    if numbered || symbol.has_letters {
        return Ok(());
    }
    let counts = counts_at(analysis, end);
    let long = analysis.word(symbol.tokens.start).len() >= 3;
    let follows = analysis.kind(end) != Kind::Word
        || analysis.is_capitalized(end)
        || FOLLOWING.contains(&analysis.word(end))
        || long && kind.capitalized;
    let before = kind.start.checked_sub(1).map_or("", |token| analysis.word(token));
    let dated = analysis.word(end + usize::from(analysis.word(end) == "(")) == "ngày";
    let is_cited = match kind.group {
        Group::Act => symbol.has_year || !counts,
        Group::Verb => {
            let noun = kind.capitalized || matches!(before, "theo" | "tại" | "ra" | "hành" | "ký" | "bằng" | "của");
            dated || noun && !counts && (follows || symbol.has_year)
        }
        Group::Paper => {
            let sent = long && matches!(analysis.word(end), "gửi" | "của" | "do");
            let small = matches!(kind.name, "Công văn" | "Văn bản") && sent;
            let report = kind.name == "Báo cáo";
            dated || !counts && !report && (kind.capitalized && follows || small)
        }
        Group::Short => {
            let known = matches!(kind.name, "Nghị định" | "Nghị quyết" | "Quyết định");
            known && analysis.surface(kind.start).chars().all(char::is_uppercase) && !counts
        }
        Group::Law | Group::Code | Group::Constitution => false,
    };
    match is_cited {
        true => Ok(()),
        false if counts => Err("the number counts what follows it"),
        false => Err("this kind needs số, a symbol or a date beside the number here"),
    }
}

/// What follows the number is what it counts.
fn counts_at(analysis: &Analysis, at: usize) -> bool {
    let word = analysis.word(at);
    word == "%" || COUNTED.contains(&word) || word == "năm" && year_at(analysis, at + 1).is_none()
}

/// Adds one document; the token after all that belongs to it.
fn add(
    analysis: &Analysis,
    dates: &DateIndex,
    kind: &KindAt,
    start: usize,
    symbol: Symbol,
    out: &mut Vec<Mention>,
) -> usize {
    let number = analysis.slice(&symbol.tokens).to_owned();
    let tokens = start..symbol.tokens.end;
    let details = details(analysis, dates, &symbol.tokens);
    let rule = match symbol.has_letters || symbol.has_year {
        true => SYMBOL,
        false if start == kind.start => NUMBER,
        false => LISTED_NUMBER,
    };
    out.push(Mention {
        kind: kind.name.to_owned(),
        key: number.clone(),
        number: Some(number),
        name: None,
        issuer: details.issuer.or_else(|| symbol::issuer(analysis, &symbol)),
        date_edtf: details.date_edtf,
        rule,
        tokens,
    });
    details.end.max(symbol.tokens.end)
}

/// What follows a number: who issued the document, and when.
struct Details {
    issuer: Option<String>,
    date_edtf: Option<String>,
    end: usize,
}

/// Reads `ngày 4/2/2016 của Thủ tướng Chính phủ`, `của Chính phủ năm 2013`, `(ban hành ngày 2/6)`.
fn details(analysis: &Analysis, dates: &DateIndex, number: &TokenRange) -> Details {
    let mut found = Details {
        issuer: None,
        date_edtf: None,
        end: number.end,
    };
    let mut at = number.end;
    while at < number.end + MAX_DATE_DISTANCE {
        if let [date, ..] = dates.dates_in(&(at..at + 1))
            && date.day.is_some()
        {
            // `Nghị định 49 sáng 22/6` tells when something else was.
            if found.date_edtf.is_some() || date.part_of_day.is_some() || date.last.is_some() {
                break;
            }
            let mut date = dates.in_document_year(date);
            date.year = date
                .year
                .or_else(|| number.clone().skip(1).find_map(|token| year_at(analysis, token)));
            found.date_edtf = Some(date.edtf());
            at = date.tokens.end;
            found.end = at;
            continue;
        }
        let word = analysis.word(at);
        match word {
            "của" if found.issuer.is_none() => {
                let Some(issuer) = issuer_at(analysis, at + 1) else {
                    break;
                };
                found.issuer = Some(analysis.slice(&issuer).to_owned());
                found.end = issuer.end;
                at = issuer.end;
            }
            // `Nghị quyết 35, năm 2017 tỉnh …` begins another clause.
            "năm" if found.date_edtf.is_none() && analysis.word(at - 1) != "," => {
                let Some(year) = year_at(analysis, at + 1) else { break };
                found.date_edtf = Some(format!("{year}-XX-XX"));
                found.end = at + 2;
                at += 2;
            }
            "," | "(" | "ban" | "hành" | "ký" | "vừa" | "được" | "vào" => at += 1,
            _ => break,
        }
    }
    found
}

/// A year of four digits.
pub(super) fn year_at(analysis: &Analysis, at: usize) -> Option<i32> {
    let digits = analysis.word(at);
    let year: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (1940..=2100).contains(&year).then_some(year)
}

/// The issuing body that starts at `at`: one of the State's and the Party's, or a run that begins with a capital and
/// ends before a small word that belongs to no name.
fn issuer_at(analysis: &Analysis, at: usize) -> Option<TokenRange> {
    const BODIES: [&[&str]; 14] = [
        &["thủ", "tướng", "chính", "phủ"],
        &["thủ", "tướng"],
        &["chính", "phủ"],
        &["ủy", "ban", "thường", "vụ", "quốc", "hội"],
        &["quốc", "hội"],
        &["bộ", "chính", "trị"],
        &["ban", "bí", "thư", "trung", "ương", "đảng"],
        &["ban", "bí", "thư", "trung", "ương"],
        &["ban", "bí", "thư"],
        &["ban", "chấp", "hành", "trung", "ương", "đảng"],
        &["ban", "chấp", "hành", "trung", "ương"],
        &["trung", "ương", "đảng"],
        &["trung", "ương"],
        &["chủ", "tịch", "nước"],
    ];
    const STOPS: [&str; 42] = [
        "về", "ngày", "đã", "được", "có", "là", "quy", "phê", "trong", "để", "năm", "cho", "sẽ", "ban", "ký", "do",
        "từ", "thì", "khi", "tại", "theo", "cũng", "nhằm", "đối", "vẫn", "như", "đang", "hướng", "khóa", "cùng", "sửa",
        "bị", "với", "giải", "yêu", "nêu", "giao", "thu", "cấp", "thay", "chưa", "đến",
    ];
    if let Some(body) = BODIES.iter().find(|body| analysis.matches(at, body)) {
        return Some(at..at + body.len());
    }
    if !analysis.is_capitalized(at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + MAX_ISSUER_TOKENS
        && analysis.kind(end) == Kind::Word
        && (analysis.is_capitalized(end) || !STOPS.contains(&analysis.word(end)))
        && (analysis.word(end) != "và" || analysis.is_capitalized(end + 1))
        && kind_at(analysis, end).is_none()
    {
        end += 1;
    }
    Some(at..end)
}

/// The next number of a list: where its quote starts and its symbol.
fn next_in_list(analysis: &Analysis, dates: &DateIndex, from: usize, plain: bool) -> Option<(usize, Symbol)> {
    let mut at = from;
    while matches!(analysis.word(at), "," | ";" | "và" | "hoặc" | ")") && at < from + 3 {
        at += 1;
    }
    if at == from {
        return None;
    }
    let start = at;
    let numbered = analysis.word(at) == "số";
    let symbol = symbol::read(analysis, at + usize::from(numbered))?;
    if dates.is_date_token(symbol.tokens.start) {
        return None;
    }
    let end = symbol.tokens.end;
    let follows = analysis.kind(end) != Kind::Word || FOLLOWING.contains(&analysis.word(end));
    let counts = counts_at(analysis, end);
    let listed = numbered || symbol.has_letters || plain && follows && !counts;
    listed.then_some((start, symbol))
}
