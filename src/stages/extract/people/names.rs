//! Personal names.
//!
//! What: spans of Vietnamese names (family name, then one to four given syllables, all capitalised) and of foreign
//! names that follow a title or an honorific.
//! Why: every official is found through their name; a name alone makes nobody an official.
//! Example: `Chủ tịch UBND tỉnh Nguyễn Hương Giang` → `Nguyễn Hương Giang`.
//! Known misses: foreign names without a title; Vietnamese names whose family name is not in the lexicon, unless an
//! honorific stands before them.

use super::telling;
use crate::lexicon::{Class, areas};
use crate::stages::extract::rule::Reason;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::syllable::is_vietnamese;
use crate::text::token::{Case, Kind};

/// A name as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSpan {
    pub tokens: TokenRange,
    /// The honorific directly before it.
    pub honorific: Option<TokenRange>,
}

impl NameSpan {
    /// The first token of the honorific or, without one, of the name.
    pub fn start(&self) -> usize {
        self.honorific
            .as_ref()
            .map_or(self.tokens.start, |honorific| honorific.start)
    }
}

/// Longest Vietnamese name, in syllables.
const MAX_SYLLABLES: usize = 5;

/// Words after which a capitalised run names a street, a school or a prize, not a person; those from `STRONG` on even
/// after a post.
const NAMED_AFTER: &[&str] = &[
    "học",
    "viện",
    "thưởng",
    "động",
    "hát",
    "đài",
    "lộ",
    "ngõ",
    "làng",
    "thôn",
    "ấp",
    "bản",
    "đền",
    "chùa",
    "cảng",
    "ga",
    "sông",
    "đường",
    "phố",
    "trường",
    "thpt",
    "thcs",
    "cầu",
];
const STRONG: usize = 17;

/// Administrative units: a capitalised run after them is usually their name.
const UNITS: &[&str] = &[
    "tỉnh",
    "huyện",
    "quận",
    "xã",
    "phường",
    "trấn",
    "phố",
    "tp",
    "tx",
    "tt",
    "khu",
    "đô",
    "thành",
    "châu",
    "đảo",
    "bang",
];

/// Small words inside foreign names.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "dei", "del", "dela", "della", "den", "der", "di", "dos", "du", "ibn", "la", "van", "von",
];

/// Why most runs of capitals are no names.
const NO_NAME: Reason = "no name: no family name that the lexicon knows, with a given name behind it";

/// Words that start sentences and are no given names.
const NO_GIVEN_NAMES: &[&str] = &[
    "các", "cũng", "của", "do", "đã", "đó", "để", "được", "không", "khi", "nếu", "ngoài", "nhiều", "nhưng", "những",
    "này", "ngày", "rằng", "sau", "sẽ", "tại", "theo", "trong", "tôi", "trước", "từ", "và", "vì", "với",
];

/// First words of sentences that are given names too, with the word that shows the sentence.
const SENTENCE_STARTS: &[(&str, &str)] = &[
    ("bên", "cạnh"),
    ("bên", "lề"),
    ("báo", "cáo"),
    ("báo", "chí"),
    ("chia", "sẻ"),
    ("có", "thể"),
    ("cụ", "thể"),
    ("cùng", "dự"),
    ("cùng", "ngày"),
    ("hình", "ảnh"),
    ("hiện", "nay"),
    ("hiện", "tại"),
    ("hôm", "nay"),
    ("hôm", "qua"),
    ("hướng", "tới"),
    ("liên", "quan"),
    ("mới", "đây"),
    ("một", "số"),
    ("nhiều", "người"),
    ("như", "các"),
    ("như", "vậy"),
    ("như", "thế"),
    ("nói", "về"),
    ("phát", "biểu"),
    ("phân", "tích"),
    ("phóng", "viên"),
    ("quang", "cảnh"),
    ("tham", "dự"),
    ("tham", "gia"),
    ("thông", "tin"),
    ("toàn", "cảnh"),
    ("trao", "đổi"),
    ("trả", "lời"),
    ("tuy", "nhiên"),
    ("ý", "kiến"),
    ("đây", "là"),
    ("đại", "diện"),
    ("đại", "hội"),
    ("đồng", "thời"),
    ("ảnh", "minh"),
];

/// Finds every name, in text order, without overlaps.
pub fn names(analysis: &Analysis) -> Vec<NameSpan> {
    let mut found: Vec<NameSpan> = Vec::new();
    let mut at = 0;
    while at < analysis.len() {
        if !analysis.is_capitalized(at) || analysis.kind(at) != Kind::Word {
            at += 1;
            continue;
        }
        match name_at(analysis, at) {
            Ok(end) => {
                let honorific = honorific_before(analysis, at);
                found.push(NameSpan {
                    tokens: at..end,
                    honorific,
                });
                at = end;
            }
            Err(why) => {
                note_no_name(analysis, at, why);
                at = skip_place(analysis, at).max(at + body_len(analysis, at));
            }
        }
    }
    found
}

/// Behind the place that starts at `at`, or the next token; a place that runs into a name (`huyện Bắc Sơn Dương Công
/// Thuyên`, where Sơn Dương is a place too) is left for the name.
fn skip_place(analysis: &Analysis, at: usize) -> usize {
    let end = at + place_len(analysis, at).max(1);
    let run = run_end(analysis, at);
    let names_unit = at > 0 && UNITS.contains(&analysis.word(at - 1));
    let name = name_in(analysis, at + 1, end, run);
    match name {
        Some(token) if !names_unit => token,
        // "xã Yên Thạch Trần Văn An": the place ends where the name starts.
        _ if names_unit && end == at + 1 => name_in(analysis, at + 2, run, run).unwrap_or(end),
        _ => end,
    }
}

/// The first token in `from..to` at which a family name starts the last three or four words of the run.
fn name_in(analysis: &Analysis, from: usize, to: usize, run: usize) -> Option<usize> {
    (from..to).find(|&token| {
        let surname = analysis.longest(token, Class::Surname);
        surname.is_some_and(|(_, entry)| entry.tag.is_empty()) && (3..=4).contains(&(run - token))
    })
}

/// The run is a place and a person: `xã Thạch Xuân Nguyễn Văn A`.
fn name_follows(analysis: &Analysis, at: usize, run: usize) -> bool {
    analysis.word(at + 1) != "thị" && name_in(analysis, at + 2, run, run).is_some()
}

/// Length of a body that is named after what its members do, among whose words a family name stands: `Hội Nhà văn`.
fn body_len(analysis: &Analysis, at: usize) -> usize {
    if analysis.word(at) != "hội" {
        return 0;
    }
    analysis.longest(at, Class::Organization).map_or(0, |(len, _)| len)
}

fn place_len(analysis: &Analysis, at: usize) -> usize {
    analysis.longest(at, Class::Place).map_or(0, |(len, _)| len)
}

/// Notes why no name starts at `at`, where a post or an honorific before it or a family name lets expect one.
fn note_no_name(analysis: &Analysis, at: usize, why: Reason) {
    if analysis.trace.is_none() || run_end(analysis, at) - at < 2 {
        return;
    }
    let run = at..run_end(analysis, at);
    if follows_title(analysis, at) {
        telling::POST_FIRST.failed(analysis, &run, why);
    } else if honorific_before(analysis, at).is_some() || analysis.longest(at, Class::Surname).is_some() {
        telling::NAME_FIRST.failed(analysis, &run, why);
    }
}

/// The end of the name that starts at `at`.
fn name_at(analysis: &Analysis, at: usize) -> Result<usize, Reason> {
    let run = run_end(analysis, at);
    if run - at < 2 {
        return Err("no name: a single word with a capital");
    }
    let honorific = honorific_before(analysis, at).is_some();
    let place = place_len(analysis, at);
    if place > 0 && !honorific {
        return Err("no name: a place starts here");
    }
    let after_position = follows_position(analysis, at);
    // "Thủ tướng Anh Theresa May"
    if after_position && is_britain(analysis, at) {
        return Err("no name: Anh is the country here");
    }
    // "Phó Chủ tịch UBND tỉnh Quảng Nam Nguyễn Khánh Toàn": an official of that name.
    let in_office = honorific || after_position && !follows_title(analysis, at);
    let historical = analysis.longest(at, Class::HistoricalName).is_some_and(|(len, entry)| {
        let namesake = &*entry.tag == "namesake" && in_office && !after_unit(analysis, at);
        !namesake && (at + len == run || after_unit(analysis, at))
    });
    // "Bộ trưởng Công Thương", "Bộ Công Thương Trần Văn An"
    let office = analysis
        .longest(at, Class::Organization)
        .is_some_and(|(len, _)| len > 1 && !honorific);
    // "Trường Đại học Y Hà Nội"
    let school = analysis.word(at) == "y" && at > 0 && matches!(analysis.word(at - 1), "học" | "trường" | "khoa");
    if historical || office || school {
        return Err("no name: one of the dead of history, or an office");
    }
    if is_named_after(analysis, at, after_position) && !honorific {
        return Err("no name: a street, school or prize is named after somebody");
    }
    let surname = analysis.longest(at, Class::Surname);
    let trigger = honorific || after_position;
    let item = is_item(analysis, at, run);
    // "Chủ tịch UBND xã Hồ Thầu": two words behind the smallest units are the unit's name.
    let former = after_unit(analysis, at) && analysis.matches(run, &["(", "cũ"]);
    let commune = at > 0 && matches!(analysis.word(at - 1), "xã" | "phường" | "trấn") && run - at == 2;
    if (commune || former || is_district(analysis, at, run)) && !honorific {
        return Err("no name: behind tỉnh, huyện, xã and the like it is a place");
    }
    match surname {
        // "Bệnh viện A Thái Nguyên", "hạng A": a letter is a name of the highlands only where a person must follow.
        Some((1, _)) if analysis.word(at) == "a" && !(names_highlander(analysis, at) && trigger) && !item => {
            Err(NO_NAME)
        }
        Some((len, entry)) if len < run - at => {
            let weak = &*entry.tag == "weak";
            let alone = run - at < 3
                && !(trigger && (after_unit(analysis, at) || follows_ministry(analysis, at)))
                && !follows_title(analysis, at)
                && !(item || analysis.word(at) == "a");
            if weak && !honorific && (alone || names_company(analysis, at)) {
                return Err("no name: the family name is a common word too, and nothing shows a person");
            }
            // "Công Tằng Tôn Nữ Lan Anh": all of the clan's name, and the given name.
            let end = if len > 2 {
                run.min(at + len + 3)
            } else {
                // "Pi Năng Thị Hà": a family name of two words counts as one.
                vietnamese_end(analysis, at + len - 1, run)
            };
            if after_unit(analysis, at) && (!trigger || !honorific && name_follows(analysis, at, run)) {
                return Err("no name: behind tỉnh, huyện, xã and the like it is a place");
            }
            if at + len < end { Ok(end) } else { Err(NO_NAME) }
        }
        _ if honorific || after_position && opens_foreign(analysis, at) || is_foreign_item(analysis, at, run) => {
            foreign_end(analysis, at, run, honorific).ok_or("no name: neither Vietnamese nor clearly foreign")
        }
        _ => Err(NO_NAME),
    }
}

/// An item of a list, with a post behind it or behind the one joined to it: `: Lý A Sa, Giám đốc …;`, `: A Sa và Y Nga,
/// Phó Chủ tịch …`.
fn is_item(analysis: &Analysis, at: usize, run: usize) -> bool {
    let joined = matches!(analysis.word(run), "và" | "cùng") && analysis.is_capitalized(run + 1);
    let end = if joined { run_end(analysis, run + 1) } else { run };
    at > 0
        && matches!(analysis.surface(at - 1), ":" | ";")
        && matches!(analysis.surface(end), "," | "-" | "–")
        && analysis.longest(end + 1, Class::Title).is_some()
}

/// `: Anna Keller, Giám đốc …;`: an item with at least as many foreign words as others.
fn is_foreign_item(analysis: &Analysis, at: usize, run: usize) -> bool {
    let foreign = (at..run).filter(|&token| !is_vietnamese(analysis.word(token))).count();
    is_item(analysis, at, run) && foreign * 2 >= run - at
}

/// `HĐND tỉnh` | `A Sa`, `huyện Đắk Hà` | `A Sa`: what stands before the letter ends a post, rather than giving the letter
/// as a grade or a number.
fn names_highlander(analysis: &Analysis, at: usize) -> bool {
    let place = (1..=4.min(at)).any(|back| {
        analysis
            .longest(at - back, Class::Place)
            .is_some_and(|(len, _)| len == back)
    });
    place || after_unit(analysis, at) || follows_title(analysis, at) || honorific_before(analysis, at).is_some()
}

/// The end of the run of capitalised words from `at`, cut where a title or an organisation starts.
fn run_end(analysis: &Analysis, at: usize) -> usize {
    let case = if analysis.case(at) == Case::Upper {
        Case::Upper
    } else {
        Case::Title
    };
    let mut end = at + 1;
    while end < analysis.len() && end - at < MAX_SYLLABLES + 5 {
        if let Some(next) = joined(analysis, end) {
            end = next;
            continue;
        }
        if let Some(next) = behind_particles(analysis, at, end) {
            end = next;
            continue;
        }
        let token = analysis.tokens[end];
        if token.kind != Kind::Word || !token.spaced || token.case != case && !is_initial(analysis, end) {
            break;
        }
        // "Lò Thị Và": behind the middle name only a given name can stand.
        let given = analysis.word(end - 1) == "thị";
        if starts_other_phrase(analysis, at, end) || end > at + 1 && !given && starts_sentence(analysis, end) {
            break;
        }
        end += 1;
    }
    end
}

/// The token behind a part of a name that is joined to the one before: `H'Nguyệt`, `Sung-ho`.
fn joined(analysis: &Analysis, at: usize) -> Option<usize> {
    let glued = |token: usize| {
        analysis
            .tokens
            .get(token)
            .is_some_and(|token| !token.spaced && token.kind != Kind::Break)
    };
    if !glued(at) || !glued(at + 1) || analysis.kind(at + 1) != Kind::Word {
        return None;
    }
    let joins = match analysis.surface(at) {
        "'" | "’" => analysis.is_capitalized(at + 1),
        "-" => {
            let foreign = |token: usize| !is_vietnamese(analysis.word(token)) && analysis.case(token) == Case::Title;
            !analysis.is_capitalized(at + 1) || foreign(at - 1) || foreign(at + 1)
        }
        _ => false,
    };
    joins.then_some(at + 2)
}

/// The next capitalised word behind the particles at `at`, in a foreign name that starts at `start`: `Peter` | `van der` |
/// `Berg`.
fn behind_particles(analysis: &Analysis, start: usize, at: usize) -> Option<usize> {
    let end = (at..at + 2)
        .take_while(|&token| {
            analysis.case(token) == Case::Lower
                && PARTICLES.contains(&analysis.word(token))
                && analysis.tokens[token].spaced
        })
        .count()
        + at;
    let foreign = |token: usize| !is_vietnamese(analysis.word(token));
    let goes_on = end > at && analysis.case(end) == Case::Title && analysis.tokens[end].spaced;
    (goes_on && (foreign(start) || foreign(end))).then_some(end)
}

/// `V` in `V. Putin`, `George W Bush`.
fn is_initial(analysis: &Analysis, token: usize) -> bool {
    analysis.is_capitalized(token) && analysis.surface(token).chars().count() == 1
}

/// A caption or headline without a full stop runs into the next sentence: `Phó Thủ tướng Trần Văn An` | `Quang cảnh
/// hội nghị`. No given name is a function word, and some first words of sentences show by what follows them.
pub fn starts_sentence(analysis: &Analysis, token: usize) -> bool {
    let next = analysis.word(token + 1);
    let lower = analysis.case(token + 1) == Case::Lower && analysis.kind(token + 1) == Kind::Word;
    NO_GIVEN_NAMES.contains(&analysis.word(token)) || lower && SENTENCE_STARTS.contains(&(analysis.word(token), next))
}

/// A title, an honorific or an organisation of several words starts at `token` within the run from `start`.
fn starts_other_phrase(analysis: &Analysis, start: usize, token: usize) -> bool {
    analysis.hits_at(token).iter().any(|hit| {
        let more_follows = analysis.is_capitalized(token + 1) || hit.len > 1;
        match hit.class {
            Class::Title => hit.len > 1,
            Class::Honorific => hit.len > 1 && token > start + 1,
            // A caption runs into the next sentence: "Phó Thủ tướng A Chất vấn Chính phủ …".
            Class::RoleVerb => hit.len > 1 && token > start + 1 && !analysis.is_capitalized(token + 1),
            Class::Organization => hit.len > 1 || token > start + 1 && more_follows && is_office(analysis.word(token)),
            _ => false,
        }
    })
}

/// Words for offices that are no given names, unlike `Trường` or `Đoàn`.
fn is_office(word: &str) -> bool {
    matches!(word, "bộ" | "sở" | "cục" | "vụ" | "tỉnh" | "huyện" | "phường" | "công")
}

/// How much of the run `at..run` is one Vietnamese name.
fn vietnamese_end(analysis: &Analysis, at: usize, run: usize) -> usize {
    let usual = |len: usize| at + len.min(run - at);
    // A place right after a name of two to four syllables is not part of it.
    for len in 2..=4.min(run - at) {
        let place = place_len(analysis, at + len);
        if place >= 2 && at + len + place <= run && len >= 3 {
            return usual(len);
        }
    }
    let count = run - at;
    let has_middle_thi = analysis.word(at + 1) == "thị";
    // "Rơ Châm H'Byên": the mark and what it joins are no syllables of their own.
    let marks = (at..run)
        .filter(|&token| matches!(analysis.surface(token), "'" | "’"))
        .count();
    match count - 2 * marks {
        0..=4 => run,
        5 if has_middle_thi => run,
        // Two names in a row, or a name and the start of the next sentence.
        _ if analysis.longest(at + 3, Class::Surname).is_some() => usual(3),
        _ if analysis.longest(at + 2, Class::Surname).is_some() && count - 2 >= 3 => usual(2),
        _ => usual(if has_middle_thi { 4 } else { 3 }),
    }
}

/// The end of a foreign name: two to four capitalised words, at least one of which is no Vietnamese syllable; after an
/// honorific any will do.
fn foreign_end(analysis: &Analysis, at: usize, run: usize, honorific: bool) -> Option<usize> {
    let run = run.min(at + 6);
    // A family name further on starts the person's name: `xã Ia Mơ` | `Rah Lan Khương`.
    let later = name_in(analysis, at + 1, run, run).is_some();
    if later && !honorific {
        return None;
    }
    let foreign = (at..run).filter(|&token| !is_vietnamese(analysis.word(token))).count();
    let plain = (at..run).all(|token| analysis.longest(token, Class::Organization).is_none());
    let enough = foreign * 2 >= run - at || foreign > 0 && run - at >= 3;
    // "Hội LHPN VN", "Hiệp hội BĐS TPHCM"
    let letters = |token: usize| {
        let surface = analysis.surface(token);
        let vowels = surface.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
        let letters = surface.chars().count();
        letters == 1 || analysis.case(token) == Case::Upper && (!vowels || letters <= 4)
    };
    let abbreviations = (at..run).all(letters);
    (plain && !abbreviations && (enough || honorific)).then_some(run)
}

/// A company stands shortly before: what follows is more likely its name.
fn names_company(analysis: &Analysis, at: usize) -> bool {
    (at.saturating_sub(8)..at).any(|token| {
        let hit = analysis.longest(token, Class::Organization);
        analysis.kind(token) != Kind::Punct && hit.is_some_and(|(_, entry)| &*entry.tag == "company")
    })
}

/// A foreign name after a post starts behind the title, a country, an organisation or a small word: `Tổng thống Mỹ
/// Donald Trump`; not inside a company's name: `Tập đoàn TH True Milk`.
fn opens_foreign(analysis: &Analysis, at: usize) -> bool {
    if names_company(analysis, at) {
        return false;
    }
    if !analysis.is_capitalized(at - 1) {
        return matches!(analysis.kind(at - 1), Kind::Word | Kind::Number);
    }
    // "Chủ tịch IPU Saber Chowdhury"
    analysis.case(at - 1) == Case::Upper
        || is_britain(analysis, at - 1)
        || (1..=4.min(at)).any(|back| {
            analysis.hits_at(at - back).iter().any(|hit| {
                hit.len as usize == back && matches!(hit.class, Class::Title | Class::Place | Class::Organization)
            })
        })
}

/// `Anh`, which is an honorific too, before a foreign name.
pub(super) fn is_britain(analysis: &Analysis, at: usize) -> bool {
    analysis.word(at) == "anh"
        && analysis.is_capitalized(at)
        && analysis.is_capitalized(at + 1)
        && !is_vietnamese(analysis.word(at + 1))
        && at > analysis.sentence_at(at).start
}

/// The honorific that ends right before `at`.
pub fn honorific_before(analysis: &Analysis, at: usize) -> Option<TokenRange> {
    (1..=4.min(at)).rev().find_map(|back| {
        let start = at - back;
        let (len, entry) = analysis.longest(start, Class::Honorific)?;
        let ranked = &*entry.tag != "degree" || back == len;
        // "Liên đoàn Luật sư", "Hội Nhà báo": a body of theirs.
        let body = &*entry.tag == "degree" && start > 0 && matches!(analysis.word(start - 1), "đoàn" | "hội");
        (len == back && ranked && !body && !is_britain(analysis, start) && analysis.tokens[at].spaced)
            .then_some(start..at)
    })
}

/// A title stands before `at` with nothing but the words of an organisation between.
fn follows_position(analysis: &Analysis, at: usize) -> bool {
    let earliest = analysis.sentence_at(at).start.max(at.saturating_sub(16));
    (earliest..at)
        .rev()
        .take_while(|&token| continues_position(analysis, token))
        .any(|token| {
            analysis
                .longest(token, Class::Title)
                .is_some_and(|(len, _)| token + len <= at)
        })
}

/// A title ends right before `at`.
pub(super) fn follows_title(analysis: &Analysis, at: usize) -> bool {
    (1..=4.min(at)).any(|back| {
        analysis
            .longest(at - back, Class::Title)
            .is_some_and(|(len, _)| len == back)
    })
}

/// `Bộ Công an` | `Tô An`: a ministry with a name of two syllables, behind which no area can stand.
fn follows_ministry(analysis: &Analysis, at: usize) -> bool {
    at > 2 && analysis.word(at - 3) == "bộ" && (at - 3..at - 1).all(|token| analysis.is_capitalized(token))
}

fn continues_position(analysis: &Analysis, token: usize) -> bool {
    match analysis.kind(token) {
        Kind::Word | Kind::Number => true,
        Kind::Punct => matches!(analysis.surface(token), "-" | "–" | "&" | "." | ","),
        Kind::Break => false,
    }
}

fn is_named_after(analysis: &Analysis, at: usize, after_position: bool) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let word = analysis.word(before);
    let half = before.checked_sub(1).map_or("", |token| analysis.word(token));
    // "Sở Tài nguyên và Môi trường", "điểm cầu", "văn bản"
    let other = matches!(
        (half, word),
        ("thành", "phố") | ("môi" | "thị", "trường") | ("điểm", "cầu") | ("cơ", "bản")
    );
    let words = if after_position {
        &NAMED_AFTER[STRONG..]
    } else {
        NAMED_AFTER
    };
    !other && words.contains(&word) && analysis.tokens[at].spaced
}

/// `huyện` | `Mang Yang`, `Huyện ủy` | `Chư Prông`, `UBND huyện` | `Ninh Hải Trần Văn An`: a district of the register, with
/// nobody or a whole name behind it.
fn is_district(analysis: &Analysis, at: usize, run: usize) -> bool {
    let is_named = |end: usize| areas::is_name(analysis.slice(&(at..end)));
    let committee =
        at >= 2 && matches!(analysis.word(at - 2), "huyện" | "quận" | "thị") && analysis.word(at - 1) == "ủy";
    (committee || after_unit(analysis, at)) && (is_named(run) || (at + 2..run.saturating_sub(1)).any(is_named))
}

fn after_unit(analysis: &Analysis, at: usize) -> bool {
    at > 0 && UNITS.contains(&analysis.word(at - 1))
}
