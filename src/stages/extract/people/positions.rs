//! Posts: a title and the organisation it belongs to.
//!
//! What: the span of one post, from `nguyên`/`quyền` or the title to the end of the organisation's name.
//! Why: posts make officials of names, and title-only mentions ("Thủ tướng yêu cầu") are posts without a name.
//! Example: `Phó Trưởng Ban Chỉ đạo CCHC của Chính phủ`, `nguyên Bí thư Tỉnh ủy Bắc Ninh`.
//! Known misses: organisations with a comma in their name that the lexicon does not list.

use rustc_hash::FxHashSet;

use super::names::{NameSpan, is_britain, starts_sentence};
use crate::lexicon::{Class, Entry};
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::syllable::is_vietnamese;
use crate::text::token::{Case, Kind};

/// A post as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionSpan {
    pub tokens: TokenRange,
    /// The title alone, with its modifiers (`Phó Chủ tịch Thường trực`).
    pub title: TokenRange,
    /// `các Phó Chủ tịch UBND tỉnh`: several persons share it.
    pub plural: bool,
    /// The title alone can stand for a person (`Thủ tướng`), unlike `ủy viên`.
    pub denotes_person: bool,
    /// `đại biểu` before a name, in a text that names an assembly: a post of those who have no other.
    pub deputy: bool,
}

/// Longest organisation after a title, in tokens.
const MAX_ORGANIZATION: usize = 20;

/// Modifiers after a title that belong to it.
const SUFFIXES: &[&[&str]] = &[
    &["thường", "trực"],
    &["thứ", "nhất"],
    &["thứ", "hai"],
    &["thứ", "ba"],
    &["phụ", "trách"],
    &["danh", "dự"],
    &["chuyên", "trách"],
    &["dự", "khuyết"],
    &["điều", "hành"],
    &["lâm", "thời"],
];

/// Words that end an organisation's name.
const STOPS: &[&str] = &[
    "đã", "đang", "sẽ", "vừa", "cũng", "thì", "là", "có", "được", "bị", "tại", "trong", "ngoài", "cho", "để", "nhằm",
    "khi", "sau", "từ", "đến", "vào", "ở", "theo", "cùng", "như", "mà", "rằng", "nên", "vì", "do", "bởi", "nhưng",
    "hoặc", "hay", "này", "đó", "ấy", "họ", "tôi", "không", "chưa", "phải", "cần", "làm", "ra", "lên", "xuống", "rồi",
    "còn", "các", "những", "mỗi", "một", "hai", "ba", "nhiều", "việc", "ông", "bà", "anh", "chị", "kiêm", "ngày",
    "sáng", "chiều", "tối", "trưa", "hôm", "năm", "tháng", "đi", "gửi", "ký", "thăm", "gặp", "luôn", "đều", "nhân",
    "qua", "lần", "với", "trên", "trước", "nhiệm", "giữ", "thay", "dẫn", "lại", "tiếp", "xin", "khóa", "người", "về",
    "tặng", "xem", "chứ", "đối", "thứ", "đưa", "gồm", "nếu", "vẫn", "rất", "bổ", "kính", "trở", "nghỉ", "mong", "mời",
    "thôi",
];

/// What starts a clause or another body behind `và`, rather than the second half of an office's field.
const BEHIND_AND: &[(&str, &str)] = &[
    ("bàn", "giao"),
    ("chuyên", "gia"),
    ("chính", "quyền"),
    ("cá", "nhân"),
    ("cử", "tri"),
    ("kiểm", "điểm"),
    ("kết", "quả"),
    ("lãnh", "đạo"),
    ("lực", "lượng"),
    ("nghiêm", "khắc"),
    ("nghiêm", "túc"),
    ("nhân", "viên"),
    ("phát", "hiện"),
    ("phối", "hợp"),
    ("sử", "dụng"),
    ("thành", "viên"),
    ("thực", "hiện"),
    ("triển", "khai"),
    ("tạo", "ra"),
    ("tập", "thể"),
    ("tổ", "chức"),
    ("đơn", "vị"),
    ("đại", "diện"),
    ("đồng", "bào"),
    ("đồng", "ý"),
];

/// Finds every post, in text order; posts that start inside another are left out. A post ends where one of `names`
/// (in text order) starts, or a given name of one of them: `đại biểu Tâm`.
pub fn positions(analysis: &Analysis, names: &[NameSpan]) -> Vec<PositionSpan> {
    let name_starts: Vec<usize> = names.iter().map(NameSpan::start).collect();
    let given: FxHashSet<&str> = names.iter().map(|name| analysis.word(name.tokens.end - 1)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    let mut next_name = 0;
    while at < analysis.len() {
        let Some((len, entry)) = title_at(analysis, at) else {
            at += 1;
            continue;
        };
        while name_starts.get(next_name).is_some_and(|&start| start < at + len) {
            next_name += 1;
        }
        let limit = name_starts.get(next_name).copied().unwrap_or(analysis.len());
        let limit = if is_given_name(analysis, at + len, &given) {
            limit.min(at + len)
        } else {
            limit
        };
        let span = position_at(analysis, at, len, entry, limit);
        at = span.tokens.end;
        found.push(span);
    }
    mark_deputies(analysis, &name_starts, &mut found);
    found
}

/// A lone capitalised word that ends a name of the text and is no office or place: `Bộ trưởng Tiến`.
fn is_given_name(analysis: &Analysis, at: usize, given: &FxHashSet<&str>) -> bool {
    analysis.case(at) == Case::Title
        && (analysis.kind(at + 1) != Kind::Word || ends_organization(analysis, at + 1))
        && given.contains(analysis.word(at))
        && analysis.longest(at, Class::Organization).is_none()
        && analysis.longest(at, Class::Place).is_none()
}

/// In a text that names an assembly `đại biểu A` is a member of it; elsewhere it is anybody who attends.
fn mark_deputies(analysis: &Analysis, name_starts: &[usize], positions: &mut [PositionSpan]) {
    let is_bare = |position: &PositionSpan| {
        let word = analysis.word(position.tokens.start);
        position.tokens == position.title && (word == "đb" || word == "đại" && position.tokens.len() == 2)
    };
    let is_named = |position: &PositionSpan| {
        let end = position.tokens.end;
        let behind = if analysis.surface(end) == "(" && analysis.surface(end + 2) == ")" {
            end + 3
        } else {
            end
        };
        name_starts.binary_search(&behind).is_ok()
    };
    if !positions.iter().any(is_bare) {
        return;
    }
    let assembly = (0..analysis.len()).any(|at| {
        matches!(analysis.word(at), "hđnd" | "đbqh")
            || analysis.matches(at, &["quốc", "hội"])
            || analysis.matches(at, &["hội", "đồng", "nhân", "dân"])
    });
    for position in positions {
        position.deputy = assembly && is_bare(position) && is_named(position);
    }
}

/// The title that starts at `at`. Abbreviations count only in capitals (`PCT`); a title inside a compound does not
/// (`thành viên` in `các thành viên`).
fn title_at<'t>(analysis: &Analysis<'t>, at: usize) -> Option<(usize, &'t Entry)> {
    let (len, entry) = analysis.longest(at, Class::Title)?;
    // "Đoàn Chủ tịch" is a body, "Phủ Chủ tịch" a house.
    let before = |back: usize| at.checked_sub(back).map_or("", |token| analysis.word(token));
    let body = before(1) == "đoàn" || before(1) == "phủ" && before(2) != "chính";
    // "Ban Bí thư" is one that the lexicon knows.
    let known_body = (1..=2.min(at)).any(|back| {
        let organization = analysis.longest(at - back, Class::Organization);
        organization.is_some_and(|(covered, _)| covered > back)
    });
    // "giữ chức vụ Phó Chủ tịch" holds no "vụ phó".
    let half = analysis.word(at) == "vụ" && !analysis.is_capitalized(at) && matches!(before(1), "chức" | "nhiệm");
    if body && analysis.word(at) == "chủ" || known_body || half {
        return None;
    }
    let abbreviation = &*entry.tag == "abbreviation";
    if abbreviation && analysis.case(at) != Case::Upper {
        return None;
    }
    // Two letters need an office or a name behind them: `CT UBND huyện`.
    let followed = analysis.longest(at + len, Class::Organization).is_some()
        || analysis.is_capitalized(at + len) && analysis.longest(at + len, Class::Surname).is_some();
    let short = abbreviation && analysis.surface(at).chars().count() < 3;
    (!short || followed).then_some((len, entry))
}

fn position_at(analysis: &Analysis, at: usize, len: usize, entry: &Entry, limit: usize) -> PositionSpan {
    let mut title_end = at + len;
    while let Some(suffix) = SUFFIXES.iter().find(|suffix| analysis.matches(title_end, suffix)) {
        if title_end + suffix.len() > limit {
            break;
        }
        title_end += suffix.len();
    }
    let start = with_prefix(analysis, at);
    let end = organization_end(analysis, title_end, limit);
    let end = up_to_name(analysis, end, limit).unwrap_or(end);
    let plural = start > 0
        && matches!(analysis.word(start - 1), "các" | "hai" | "ba" | "chí" | "những")
        && (analysis.word(start - 1) != "chí" || start > 2 && analysis.word(start - 3) == "các");
    PositionSpan {
        tokens: start..end,
        title: start..title_end,
        plural,
        denotes_person: &*entry.tag == "solo",
        deputy: false,
    }
}

/// Where only words of an office stand between the end of a post and the name that follows: `Vụ trưởng Vụ Các vấn đề
/// chung về xây dựng pháp luật` | name.
fn up_to_name(analysis: &Analysis, end: usize, name: usize) -> Option<usize> {
    if name >= analysis.len() || name <= end || name - end > 9 || analysis.longest(name, Class::Honorific).is_some() {
        return None;
    }
    // "Trưởng ban Tổ chức và" | name: two persons.
    if matches!(analysis.word(name - 1), "và" | "với" | "của") {
        return None;
    }
    let office = (end..name).all(|token| {
        let word = analysis.word(token);
        let soft = matches!(
            word,
            "về" | "các" | "trong" | "ngoài" | "người" | "với" | "và" | "của" | "trên"
        );
        analysis.kind(token) == Kind::Word && (soft || !ends_organization(analysis, token))
    });
    office.then_some(name)
}

/// `nguyên`, `nguyên là`, `quyền`, `cựu`, `hàm` and a separate `phó` before a title belong to the post.
fn with_prefix(analysis: &Analysis, at: usize) -> usize {
    let mut start = at;
    if start > 1 && analysis.matches(start - 2, &["nguyên", "là"]) {
        start -= 2;
    }
    while start > 0
        && matches!(
            analysis.word(start - 1),
            "nguyên" | "quyền" | "cựu" | "phó" | "q" | "hàm"
        )
    {
        start -= 1;
    }
    start
}

/// `Ủy ban Trung ương Mặt trận Tổ quốc` | `(UBTW MTTQ)` | `Việt Nam`: behind the short form inside a body's name.
fn abbreviation_end(analysis: &Analysis, at: usize) -> Option<usize> {
    if analysis.surface(at) != "(" {
        return None;
    }
    let short = |token: &usize| matches!(analysis.case(*token), Case::Upper | Case::Mixed);
    let close = at + 1 + (at + 1..at + 1 + MAX_ABBREVIATION).take_while(short).count();
    let goes_on =
        names_country(analysis, close + 1) || matches!(analysis.word(close + 1), "tỉnh" | "thành" | "huyện" | "tp");
    (close > at + 1 && analysis.surface(close) == ")" && goes_on).then_some(close + 1)
}

/// Most words of the short form of a body's name.
const MAX_ABBREVIATION: usize = 3;

/// `Bộ Quốc phòng` | `Lào`
fn names_country(analysis: &Analysis, at: usize) -> bool {
    analysis.is_capitalized(at) && analysis.longest(at, Class::Place).is_some()
}

/// Where the organisation's name that starts at `from` ends.
pub fn organization_end(analysis: &Analysis, from: usize, limit: usize) -> usize {
    let mut at = from;
    let mut small_words = 0;
    let hard_limit = limit.min(from + MAX_ORGANIZATION).min(analysis.len());
    // After a council or committee only its area follows: "Chủ tịch UBND huyện Hữu Lũng bao che …".
    let of_area = analysis
        .longest(from, Class::Organization)
        .is_some_and(|(_, entry)| &*entry.tag == "local");
    while at < hard_limit {
        if let Some((len, entry)) = analysis.longest(at, Class::Organization) {
            let verb = analysis.longest(at, Class::RoleVerb).map_or(0, |(len, _)| len);
            let named = analysis.is_capitalized(at) || len > verb && (len > 1 || small_words == 0);
            // "theo Thủ tướng vụ việc này": a case, no department.
            let case = at == from
                && analysis.word(at) == "vụ"
                && !analysis.is_capitalized(at)
                && !analysis.is_capitalized(at + 1);
            if case {
                break;
            }
            if named && at + len <= limit {
                at += len;
                small_words = 0;
                if &*entry.tag == "ministry" && len > 2 && !names_country(analysis, at) {
                    break;
                }
                continue;
            }
        }
        match analysis.kind(at) {
            Kind::Break => break,
            Kind::Number => {
                if !names_unit(analysis, at) && at + 1 != limit {
                    break;
                }
                at += 1;
            }
            Kind::Punct if analysis.matches(at, &["(", "cũ", ")"]) => at += 3,
            Kind::Punct if let Some(end) = abbreviation_end(analysis, at) => at = end,
            Kind::Punct => {
                if let Some(end) = higher_body(analysis, from, at, hard_limit) {
                    at = end;
                    break;
                }
                if !joins(analysis, at, limit) {
                    break;
                }
                at += 1;
            }
            Kind::Word if analysis.is_capitalized(at) => {
                // "quận Nam Từ Liêm": no word of a place starts a sentence.
                let place = analysis.longest(at, Class::Place).map_or(0, |(len, _)| len);
                if place > 1 && at + place <= limit {
                    at += place;
                    small_words = 0;
                    continue;
                }
                let other_post = title_at(analysis, at).is_some() && !(at == from && is_delegation(analysis, at));
                // "Tổng thống Nga V. Putin"
                let initial = analysis.surface(at).chars().count() == 1
                    && analysis.surface(at + 1) == "."
                    && analysis.is_capitalized(at + 2)
                    && !is_vietnamese(analysis.word(at + 2));
                let sentence = at > from && starts_sentence(analysis, at) && !names_purpose(analysis, at);
                let honorific = is_honorific(analysis, at) && !is_britain(analysis, at);
                if other_post || initial || sentence || honorific || is_next_body(analysis, from, at) {
                    break;
                }
                at += 1;
                small_words = 0;
            }
            Kind::Word => {
                let word = analysis.word(at);
                if matches!(word, "và" | "của" | "thuộc") {
                    if !continues_after_link(analysis, at + 1, limit) {
                        break;
                    }
                } else if is_field_or_mission(analysis, from, at) {
                    small_words += 1;
                    at += 1;
                    continue;
                } else if !(at == from && is_delegation(analysis, at))
                    && (ends_organization(analysis, at) || small_words >= 7 || of_area && word != "cấp")
                {
                    break;
                }
                small_words += 1;
                at += 1;
            }
        }
    }
    while at > from
        && analysis.kind(at - 1) == Kind::Word
        && matches!(analysis.word(at - 1), "và" | "của" | "thuộc" | "về")
    {
        at -= 1;
    }
    while at > from && analysis.kind(at - 1) == Kind::Punct && !matches!(analysis.surface(at - 1), "." | ")") {
        at -= 1;
    }
    at
}

/// Behind `(Bộ Tài chính)`, the body in brackets to which an office belongs.
fn higher_body(analysis: &Analysis, from: usize, at: usize, limit: usize) -> Option<usize> {
    if at == from || analysis.surface(at) != "(" {
        return None;
    }
    let close = (at + 1..limit).find(|&token| analysis.surface(token) == ")")?;
    let plain = (at + 1..close).all(|token| match analysis.kind(token) {
        Kind::Word => title_at(analysis, token).is_none() && !is_honorific(analysis, token),
        kind => kind == Kind::Punct && analysis.surface(token) == "&",
    });
    let of = at + 1 + usize::from(analysis.word(at + 1) == "thuộc");
    let body = analysis.is_capitalized(of) && analysis.longest(of, Class::Organization).is_some();
    (plain && body && close > at + 2).then_some(close + 1)
}

/// `Đại sứ Séc` | `tại Việt Nam`, `Giám đốc quốc gia WB` | `tại VN`: the country where an envoy or an office works;
/// `chuyên gia` | `về quản trị công`: the field of an expert.
fn is_field_or_mission(analysis: &Analysis, from: usize, at: usize) -> bool {
    match analysis.word(at) {
        "về" => {
            let title = (1..=5.min(from)).filter_map(|back| analysis.longest(from - back, Class::Title));
            at == from
                && title
                    .map(|(_, entry)| &*entry.folded_value)
                    .any(|title| title.starts_with("chuyên gia") || title.starts_with("cố vấn"))
        }
        "tại" => is_mission(analysis, from, at),
        _ => false,
    }
}

fn is_mission(analysis: &Analysis, from: usize, at: usize) -> bool {
    let country = analysis
        .longest(at + 1, Class::Place)
        .is_some_and(|(_, entry)| &*entry.tag == "country")
        || analysis.word(at + 1) == "vn";
    let named = (from..at).any(|token| analysis.is_capitalized(token));
    country && named
}

/// `Chủ tịch UBND tỉnh Khánh Hòa` | `Ban cán sự đảng …`: behind an area the next body starts, in a text without stops.
fn is_next_body(analysis: &Analysis, from: usize, at: usize) -> bool {
    let body = analysis
        .longest(at, Class::Organization)
        .is_some_and(|(len, _)| len > 2);
    let area = (1..=3).any(|back| {
        at >= from + back
            && analysis
                .longest(at - back, Class::Place)
                .is_some_and(|(len, _)| len == back)
    });
    body && area
}

/// `Vụ Các vấn đề chung …`, `Ban Vì sự tiến bộ phụ nữ`, `Sở Thông tin và Truyền thông`: words that start sentences and
/// names of offices.
fn names_purpose(analysis: &Analysis, at: usize) -> bool {
    matches!(
        analysis.word(at),
        "các" | "vì" | "những" | "với" | "thông" | "báo" | "phân" | "đại" | "liên" | "tham" | "ý"
    )
}

/// `quận 10`, `phường 4`, `Quân khu 7`.
fn names_unit(analysis: &Analysis, at: usize) -> bool {
    at > 0
        && (matches!(analysis.word(at - 1), "quận" | "phường" | "khu" | "số" | "xã" | "đoàn")
            || analysis.surface(at - 1) == ".")
}

/// Punctuation inside an organisation's name: `TT&TT`, `TP. HCM`, `Thông tin - Truyền thông`, `NN-PTNT`.
fn joins(analysis: &Analysis, at: usize, limit: usize) -> bool {
    let next = at + 1;
    // "Q.12", "P.4"
    let numbered = analysis.surface(at) == "." && analysis.kind(next) == Kind::Number && !analysis.tokens[next].spaced;
    if numbered {
        return at > 0 && matches!(analysis.surface(at - 1), "Q" | "P");
    }
    if next >= limit || !analysis.is_capitalized(next) {
        return false;
    }
    match analysis.surface(at) {
        "&" => true,
        "." => {
            at > 0 && matches!(analysis.word(at - 1), "tp" | "t" | "tx" | "tt" | "q") && analysis.is_capitalized(at - 1)
        }
        "-" | "–" => {
            title_at(analysis, next).is_none() && !is_honorific(analysis, next) && analysis.surface(next) != "PV"
        }
        _ => false,
    }
}

/// `Trưởng đoàn` | `đại biểu Quốc hội`: the delegation's name is a title of its own.
fn is_delegation(analysis: &Analysis, at: usize) -> bool {
    at > 0 && analysis.word(at - 1) == "đoàn" && matches!(analysis.word(at), "đại" | "đbqh")
}

fn continues_after_link(analysis: &Analysis, next: usize, limit: usize) -> bool {
    next < limit
        && title_at(analysis, next).is_none()
        && !is_honorific(analysis, next)
        && (analysis.is_capitalized(next)
            || analysis.longest(next, Class::Organization).is_some()
            || analysis.kind(next) == Kind::Word
                && analysis.word(next - 1) == "và"
                && analysis.word(next) != "sự"
                && (analysis.word(next - 2) == "lý"
                    || !BEHIND_AND.contains(&(analysis.word(next), analysis.word(next + 1))))
                && !ends_organization(analysis, next)
                && !closes_organization(analysis, next - 2))
}

/// The token ends an organisation whose name is complete: `Chính phủ`, `UBND tỉnh`.
fn closes_organization(analysis: &Analysis, token: usize) -> bool {
    (1..=4.min(token + 1)).any(|len| {
        let mut bodies = analysis.phrases(token + 1 - len, Class::Organization);
        bodies.any(|(found, _)| found == len)
    })
}

/// `tư nhân`, `nhân sự`, `quốc tế`: half of a noun of two syllables, although a stop word by itself.
fn is_half_of_noun(analysis: &Analysis, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |token| analysis.word(token));
    match analysis.word(at) {
        "nhân" => {
            matches!(before, "tư" | "công" | "cá" | "doanh" | "bệnh" | "quân" | "thương")
                || matches!(analysis.word(at + 1), "sự" | "lực" | "dân" | "tài" | "đạo" | "quyền")
        }
        "ký" => matches!(before, "đăng" | "chữ"),
        "do" => before == "tự",
        "làm" => before == "việc",
        "đối" => analysis.word(at + 1) == "ngoại",
        "người" => matches!(analysis.word(at + 1), "cao" | "lao" | "khuyết" | "mù" | "tiêu" | "có"),
        "việc" => analysis.word(at + 1) == "làm",
        _ => false,
    }
}

fn is_honorific(analysis: &Analysis, at: usize) -> bool {
    analysis
        .longest(at, Class::Honorific)
        .is_some_and(|(_, entry)| &*entry.tag != "degree")
}

fn ends_organization(analysis: &Analysis, at: usize) -> bool {
    STOPS.contains(&analysis.word(at)) && !is_half_of_noun(analysis, at)
        || analysis.matches(at, &["triển", "khai"])
        || analysis.matches(at, &["đăng", "đàn"])
        || title_at(analysis, at).is_some()
        || is_honorific(analysis, at)
        || analysis.longest(at, Class::RoleVerb).is_some()
        || analysis.longest(at, Class::MeetingNoun).is_some()
}
