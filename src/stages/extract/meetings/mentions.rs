//! Where the text names a gathering.
//!
//! What: a noun for a gathering (`hội nghị`, `phiên họp`, …) with the topic, period and participants that follow it.
//! Why: the fullest mention is the meeting's name; bare ones (`tại hội nghị`) tie what follows to it.
//! Example: `Hội nghị tổng kết công tác cải cách hành chính năm 2018` | `được tổ chức chiều 19/2`.
//! Known misses: a topic that goes on behind a clause of its own.

use super::NOUN;
use crate::lexicon::Class;
use crate::stages::extract::people::{People, starts_sentence};
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::date::DateIndex;
use crate::text::token::Kind;

/// One place where the text speaks of a gathering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingMention {
    /// The head noun, or the verb that implies one.
    pub head: TokenRange,
    /// Head and topic.
    pub tokens: TokenRange,
    /// The head noun in lower case, canonical (`buổi tiếp xúc cử tri` → `tiếp xúc cử tri`).
    pub kind: String,
    /// A verb tells it: the name starts with `kind`, the text after the head follows.
    pub implied: bool,
    /// Planned, earlier or regular, by the words before it.
    pub in_passing: bool,
    /// It has not taken place yet.
    pub planned: bool,
}

impl MeetingMention {
    /// A mention without a topic: `tại hội nghị`.
    pub fn is_bare(&self) -> bool {
        self.tokens.end - self.head.end < 2
    }

    /// The rule that found the mention.
    pub(super) fn tried(&self, noun: &'static Rule, verb: &'static Rule) -> &'static Rule {
        if self.implied { verb } else { noun }
    }
}

/// Longest name, in tokens.
const MAX_NAME: usize = 70;

/// Most tokens of a name that tells no topic yet: `hội nghị với các huyện` | `nhằm …`.
const SHORT_NAME: usize = 5;

/// Most tokens between `sẽ` and the gathering that it plans.
const MAX_PLAN: usize = 10;

/// Words before a noun that make it no gathering in particular.
const GENERIC: &[&str] = &[
    "các", "những", "nhiều", "mỗi", "mọi", "mấy", "số", "hằng", "hàng", "từng", "phòng", "ban", "vài", "loạt", "nghìn",
    "nhà", "tâm",
];

/// Words that end a name.
const STOPS: &[&str] = &[
    "diễn", "được", "do", "dưới", "tại", "vào", "đã", "đang", "sẽ", "sắp", "vừa", "là", "có", "nhằm", "để", "cho",
    "thì", "này", "đó", "nói", "bằng", "hôm", "ngày", "sáng", "chiều", "tối", "trưa", "khi", "sau", "nên", "vì",
    "trước", "từ", "còn", "cũng", "theo", "ông", "bà", "chủ", "nghe", "mà", "như", "thông", "mang", "thu", "chính",
    "kéo", "đồng", "qua", "tiếp", "bởi", "tới", "đến", "bước", "đều",
];

/// Verbs of speaking that also tell a topic: `hội nghị đánh giá kết quả`.
const TOPIC_VERBS: &[&str] = &[
    "đánh giá",
    "trao đổi",
    "góp ý",
    "thông báo",
    "công bố",
    "báo cáo",
    "phát động",
    "giới thiệu",
    "quán triệt",
    "làm rõ",
    "thống nhất",
    "biểu dương",
    "tham luận",
    "chất vấn",
    "cho ý kiến",
    "giải trình",
    "trả lời",
    "trao",
    "trao tặng",
    "khen thưởng",
];

/// Words after a comma that start a new clause rather than go on with the topic.
const CLAUSE_STARTS: &[&str] = &[
    "do", "dưới", "với", "nhằm", "để", "có", "đồng", "ông", "bà", "trong", "tại", "diễn", "được", "vào", "sáng",
    "chiều", "tối", "ngày", "hôm", "nhiều", "các", "một", "nhưng", "mà", "theo", "tuy", "song", "đến", "sau", "khi",
    "nếu", "thì", "cùng", "đã", "sẽ", "từ", "cũng", "bên", "ngoài", "đây", "nhất", "đại",
];

/// Finds every mention by a noun, in text order.
pub fn by_noun(analysis: &Analysis, people: &People, dates: &DateIndex) -> Vec<MeetingMention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < analysis.len() {
        let Some((len, entry)) = analysis.longest(at, Class::MeetingNoun) else {
            at += 1;
            continue;
        };
        let head = at..at + len;
        // "họp báo cáo kết quả": a meeting that reports, no press conference.
        let reports = analysis.word(head.end - 1) == "báo" && analysis.word(head.end) == "cáo";
        let why = if &*entry.tag == "none" || reports {
            Some("the words look like a gathering, but name none")
        } else if is_generic(analysis, dates, &head) {
            Some("no gathering in particular: the word before, or a regular one")
        } else if inside_organization(analysis, at) {
            Some("the words belong to the name of an organisation")
        } else {
            None
        };
        if let Some(why) = why {
            NOUN.failed(analysis, &head, why);
            at = head.end;
            continue;
        }
        let end = name_end(analysis, &head, people, dates);
        let kind = entry.value.to_string();
        let planned = will_be(analysis, at) || is_coming(analysis, &(at..end)) || is_prepared(analysis, at);
        let mention = MeetingMention {
            in_passing: planned
                || is_in_passing(analysis, at)
                || is_past(analysis, &(at..end))
                || is_earlier(analysis, dates, at),
            planned,
            tokens: at..end,
            head: head.clone(),
            kind,
            implied: false,
        };
        // "giao ban", "đối thoại" alone are activities, with a topic they are gatherings.
        let weak = &*entry.tag == "weak" && mention.is_bare() && !follows_at(analysis, at);
        if weak {
            NOUN.failed(analysis, &head, "an activity, a gathering only with a topic");
        } else {
            found.push(mention);
        }
        at = end.max(head.end);
    }
    found
}

fn follows_at(analysis: &Analysis, at: usize) -> bool {
    at > 0 && matches!(analysis.word(at - 1), "tại" | "buổi" | "cuộc")
}

fn is_generic(analysis: &Analysis, dates: &DateIndex, head: &TokenRange) -> bool {
    let before = head.start.checked_sub(1).map_or("", |token| analysis.word(token));
    let sentence = analysis.sentence_at(head.start);
    let held = matches!(before, "trì" | "dự");
    GENERIC.contains(&before) && head.start > sentence.start
        || is_counted(analysis, dates, head.start)
        || !held && is_regular(analysis, head.end)
}

/// `với năm kỳ họp`, `2 cuộc họp`: so many of them.
fn is_counted(analysis: &Analysis, dates: &DateIndex, at: usize) -> bool {
    let Some(number) = at.checked_sub(1).filter(|&token| !dates.is_date_token(token)) else {
        return false;
    };
    let counts = match analysis.kind(number) {
        Kind::Number => true,
        _ => matches!(
            analysis.word(number),
            "hai" | "ba" | "bốn" | "năm" | "sáu" | "bảy" | "tám" | "chín"
        ),
    };
    let named = number.checked_sub(1).map_or("", |token| analysis.word(token));
    counts
        && !matches!(
            named,
            "thứ" | "lần" | "ngày" | "số" | "khóa" | "quận" | "khu" | "quyết" | "/" | "-"
        )
}

/// `Quốc hội thảo luận` holds no `hội thảo`.
fn inside_organization(analysis: &Analysis, at: usize) -> bool {
    (1..=3.min(at)).any(|back| {
        analysis
            .longest(at - back, Class::Organization)
            .is_some_and(|(len, _)| len > back && len < back + 2)
    })
}

/// `họp hằng tuần`, `giao ban định kỳ`; but `tiếp công dân định kỳ tháng 8` is one gathering.
fn is_regular(analysis: &Analysis, at: usize) -> bool {
    let after_term = || matches!(analysis.word(at + 2), "tháng" | "quý" | "năm" | "lần");
    match analysis.word(at) {
        "hằng" | "hàng" => true,
        "định" => analysis.word(at + 1) == "kỳ" && !after_term(),
        _ => false,
    }
}

/// The words before the mention show that it is not what the text reports on.
fn is_in_passing(analysis: &Analysis, at: usize) -> bool {
    let from = analysis.sentence_at(at).start.max(at.saturating_sub(6));
    (from..at).any(|token| {
        let next = analysis.word(token + 1);
        match analysis.word(token) {
            "trình" | "trước" | "chuẩn" | "phục" => next != "khi" && token + 4 >= at,
            "tới" => next == "đây" || matches!(analysis.word(at.saturating_sub(1)), "tới"),
            "sau" => token + 2 >= at,
            "dịp" => token + 3 >= at,
            // "Nghị quyết Hội nghị Trung ương 5", "kết quả Kỳ họp thứ ba"
            "quyết" | "quả" => token + 1 == at,
            "kế" => next == "hoạch",
            "dự" => next == "kiến",
            "xây" => next == "dựng",
            "kể" => next == "từ",
            _ => false,
        }
    })
}

/// `Trước đó, ngày 3/2, …`: a day before the one that the text is about; not `Trước đó, sáng cùng ngày`.
fn is_earlier(analysis: &Analysis, dates: &DateIndex, at: usize) -> bool {
    let sentence = analysis.sentence_at(at);
    let first = dates
        .dates_in(&(sentence.start..sentence.end.min(sentence.start + 8)))
        .first();
    let dated = first
        .is_some_and(|date| date.day.is_some() && !date.tokens.clone().any(|token| analysis.word(token) == "cùng"));
    dated && analysis.matches(sentence.start, &["trước", "đó"])
}

/// `sẽ được báo cáo Quốc hội tại kỳ họp thứ ba`: planned, with nothing but words between.
fn will_be(analysis: &Analysis, at: usize) -> bool {
    (analysis.sentence_at(at).start..at)
        .rev()
        .take(MAX_PLAN)
        .take_while(|&token| analysis.kind(token) == Kind::Word)
        .any(|token| matches!(analysis.word(token), "sẽ" | "sắp"))
}

/// `cho ý kiến về việc chuẩn bị` | `Kỳ họp thứ 3`, `công tác chuẩn bị cho` | `hội nghị`.
fn is_prepared(analysis: &Analysis, at: usize) -> bool {
    let before = at.saturating_sub(usize::from(at > 0 && analysis.word(at - 1) == "cho"));
    before >= 2 && analysis.matches(before - 2, &["chuẩn", "bị"])
}

/// `kỳ họp … vừa qua`, `cuộc họp gần nhất`.
fn is_past(analysis: &Analysis, mention: &TokenRange) -> bool {
    (mention.start..mention.end + 1).any(|token| {
        matches!(
            (analysis.word(token), analysis.word(token + 1)),
            ("gần", "nhất") | ("vừa", "qua")
        )
    })
}

/// `Hội nghị … sắp tới`, `Đại hội … sẽ diễn ra`, `kỳ họp … khai mạc vào tuần sau`, `vào ngày 8/2 tới`.
fn is_coming(analysis: &Analysis, mention: &TokenRange) -> bool {
    let behind = mention.end + usize::from(analysis.word(mention.end) == "(");
    let announced = analysis.word(behind) == "sẽ" || analysis.matches(behind, &["dự", "kiến"]);
    let next_week = (mention.end..mention.end + 5)
        .take_while(|&token| analysis.kind(token) == Kind::Word)
        .any(|token| analysis.word(token) == "tuần" && matches!(analysis.word(token + 1), "sau" | "tới"));
    let sentence_end = analysis.sentence_at(mention.start).end;
    let next_day = (mention.end..sentence_end.min(mention.end + 14)).any(|token| {
        analysis.kind(token) == Kind::Number
            && analysis.word(token + 1) == "tới"
            && (analysis.kind(token + 2) != Kind::Word || analysis.word(token + 2) == "tại")
    });
    let soon = (mention.start..mention.end + 1).any(|token| {
        matches!(
            (analysis.word(token), analysis.word(token + 1)),
            ("sắp", "tới") | ("tới", "đây")
        )
    });
    announced || next_week || next_day || soon
}

/// Where the name that starts with `head` ends.
pub(super) fn name_end(analysis: &Analysis, head: &TokenRange, people: &People, dates: &DateIndex) -> usize {
    let limit = analysis.sentence_at(head.start).end.min(head.end + MAX_NAME);
    let mut at = head.end;
    while at < limit {
        let first = at == head.end;
        match analysis.kind(at) {
            Kind::Break => break,
            Kind::Number => at += 1,
            Kind::Punct => match punctuation(analysis, head, at, limit, people) {
                Some(next) => at = next,
                None => break,
            },
            Kind::Word => {
                // "tiếp Đại sứ …": whom.
                let received = first && analysis.matches(head.start, &["tiếp"]) && head.len() == 1;
                let person = starts_person(people, at) && !received && !names_participant(analysis, at);
                if starts_day(dates, at) || person {
                    break;
                }
                let word = analysis.word(at);
                let capital = analysis.is_capitalized(at);
                // "quyết định của Ban Bí thư", "Ban chỉ đạo": verbs and titles inside are part of the body's name.
                let body = analysis
                    .longest(at, Class::Organization)
                    .filter(|(len, _)| capital && *len > 1);
                if let Some((len, _)) = body {
                    at += len;
                    continue;
                }
                // "Ngày truyền thống", "Các vấn đề …" stand inside names.
                let inside = matches!(word, "ngày" | "các" | "những" | "với" | "vì");
                let function = matches!(word, "để" | "theo" | "tại" | "trước" | "sau" | "khi" | "được" | "từ");
                if capital && !inside && (function || !first && starts_sentence(analysis, at)) {
                    break;
                }
                let decision = word == "quyết" && matches!(analysis.word(at - 1), "bố" | "trao" | "nhận");
                if first && (word == "và" || does(analysis, at) && !decision) {
                    break;
                }
                // "về dự án Luật …": no verb `về dự`.
                let bill = at + usize::from(word == "về");
                let draft = analysis.word(bill) == "dự"
                    && matches!(analysis.word(bill + 1), "án" | "thảo" | "toán" | "luật" | "phòng");
                let verb = analysis.longest(at, Class::RoleVerb).filter(|_| !capital && !draft);
                let tells_topic = verb.is_some_and(|(len, entry)| {
                    TOPIC_VERBS.contains(&&*entry.phrase) || first && &*entry.tag == "speaker" && len == 1
                });
                // "với hình thức trực tuyến" tells no topic; "nhằm" does where none was told.
                let form = analysis.matches(at, &["với", "hình", "thức"]);
                let aim = word == "nhằm" && at <= head.end + SHORT_NAME;
                let stops = form || STOPS.contains(&word) && !capital && !aim && !allowed_stop(analysis, at);
                if !tells_topic && (stops || verb.is_some()) {
                    break;
                }
                if !first
                    && !matches!(analysis.word(at - 1), "sau" | "trước")
                    && analysis
                        .longest(at, Class::MeetingNoun)
                        .is_some_and(|(len, entry)| len > 1 && &*entry.tag != "none")
                {
                    break;
                }
                at += 1;
            }
        }
    }
    trim(analysis, head.end, at.min(limit))
}

/// The gathering does something, so that no topic follows: `Hội nghị tán thành …`.
fn does(analysis: &Analysis, at: usize) -> bool {
    matches!(
        (analysis.word(at), analysis.word(at + 1)),
        ("tán", "thành")
            | ("đề", "cập")
            | ("tập", "trung")
            | ("trở", "thành")
            | ("quyết", "định")
            | ("biểu", "quyết")
            | ("nhất", "trí")
            | ("kết", "thúc")
            | ("bắt", "đầu")
            | ("góp", "phần")
            | ("thay", "mặt")
            | ("đại", "diện")
            | ("với", "hình")
            | ("ghi", "nhận")
    )
}

/// Link words and punctuation at the end are no part of a name.
fn trim(analysis: &Analysis, from: usize, mut end: usize) -> usize {
    while end > from {
        let clause =
            end > from + 1 && (analysis.matches(end - 2, &["tổ", "chức"]) || analysis.matches(end - 2, &["xảy", "ra"]));
        if clause && !analysis.is_capitalized(end - 2) {
            end -= 2;
            continue;
        }
        if end > from + 3 && analysis.matches(end - 2, &["thời", "gian"]) {
            // "đánh giá kết quả công tác (trong) thời gian" | "qua"
            end -= 2;
            continue;
        }
        let last = end - 1;
        let dangling = match analysis.kind(last) {
            Kind::Punct => !matches!(analysis.surface(last), ")" | "”" | "\"" | "%"),
            Kind::Word => matches!(
                analysis.word(last),
                "và" | "của"
                    | "với"
                    | "về"
                    | "trong"
                    | "giữa"
                    | "thứ"
                    | "các"
                    | "những"
                    | "cho"
                    | "tặng"
                    | "buổi"
                    | "lần"
                    | "hoặc"
            ),
            _ => false,
        };
        if !dangling {
            break;
        }
        end -= 1;
    }
    end
}

fn punctuation(analysis: &Analysis, head: &TokenRange, at: usize, limit: usize, people: &People) -> Option<usize> {
    let next = at + 1;
    match analysis.surface(at) {
        "-" | "–" if analysis.word(next) == "ảnh" => None,
        // "kỳ họp - Chủ nhiệm A nói"
        "-" | "–"
            if analysis.tokens[at].spaced
                && analysis.is_capitalized(next)
                && analysis.longest(next, Class::Title).is_some() =>
        {
            None
        }
        "-" | "–" | "/" | "&" | "%" => Some(next),
        "." if at > 0 && matches!(analysis.word(at - 1), "tp" | "t" | "tx") => Some(next),
        // "Quận ủy Q.9"
        "." if at > 0 && next < limit && !analysis.tokens[next].spaced => {
            matches!(analysis.word(at - 1), "q" | "p" | "h" | "f").then_some(next)
        }
        "," if at == head.end => None,
        "," => {
            let continues = next < limit
                && !CLAUSE_STARTS.contains(&analysis.word(next))
                && !analysis.is_capitalized(next)
                && analysis.kind(next) == Kind::Word
                && !starts_person(people, next)
                && analysis.longest(next, Class::Honorific).is_none()
                && !does(analysis, next)
                && !analysis.matches(next, &["trao", "đổi", "với"])
                && analysis.longest(next, Class::Title).is_none()
                && !speaks(analysis, next);
            let listed_body = next < limit
                && analysis.is_capitalized(next)
                && analysis.longest(next, Class::Organization).is_some()
                && !starts_person(people, next)
                && (!subject_follows(analysis, next, limit) || names_assembly(analysis, head, next, limit));
            (continues || listed_body).then_some(next)
        }
        ";" => {
            let goes_on = matches!(
                analysis.word(next),
                "phương" | "triển" | "nhiệm" | "sơ" | "tổng" | "công"
            );
            goes_on.then_some(next)
        }
        "(" => {
            let close = (next..limit.min(next + 8)).find(|&token| analysis.surface(token) == ")")?;
            // "tổng kết 5 năm (2012 - 2016) thực hiện …"
            let year = |token: usize| analysis.kind(token) == Kind::Number && analysis.surface(token).len() == 4;
            let years = |token: usize| year(token) || matches!(analysis.surface(token), "-" | "–");
            let plain = (next..close).all(|token| analysis.kind(token) == Kind::Word)
                || close > next && (next..close).all(years);
            plain.then_some(close + 1)
        }
        "“" | "\"" => {
            let close = (next..limit).find(|&token| matches!(analysis.surface(token), "”" | "\""))?;
            Some(close + 1)
        }
        _ => None,
    }
}

fn speaks(analysis: &Analysis, at: usize) -> bool {
    analysis
        .longest(at, Class::RoleVerb)
        .is_some_and(|(_, entry)| !TOPIC_VERBS.contains(&&*entry.phrase))
}

/// `kỳ họp thứ 3, HĐND tỉnh khóa XVII đã bế mạc`: the assembly is part of the name, up to its term.
fn names_assembly(analysis: &Analysis, head: &TokenRange, at: usize, limit: usize) -> bool {
    at <= head.end + 4 && (at..limit.min(at + 8)).any(|token| analysis.word(token) == "khóa")
}

/// A verb follows the organisation that starts at `at`: it is the subject of a new clause.
fn subject_follows(analysis: &Analysis, at: usize, limit: usize) -> bool {
    (at + 1..limit.min(at + 10)).any(|token| {
        matches!(analysis.word(token), "đã" | "sẽ" | "đang" | "tổ")
            || speaks(analysis, token) && !analysis.is_capitalized(token)
    })
}

/// Stop words that go on inside some names: `công bố chỉ số`, `chính sách`, `thông tin`, `đồng bào`.
fn allowed_stop(analysis: &Analysis, at: usize) -> bool {
    let next = analysis.word(at + 1);
    match analysis.word(at) {
        "chính" => next != "thức",
        "thông" => next != "qua",
        "đồng" => next != "chí",
        "chủ" => next != "trì" && next != "tọa",
        "theo" => matches!(next, "chuyên" | "nghị" | "quy" | "hướng"),
        "năm" => true,
        "sắp" => next != "tới",
        "ngày" => matches!(next, "thành" | "sinh" | "truyền" | "giải"),
        "thu" => next != "hút" || analysis.word(at - 1) != ",",
        "cho" => matches!(next, "các" | "cán" | "người" | "doanh" | "học" | "đội" | "đồng"),
        "sau" | "trước" if starts_gathering(analysis, at + 1) => analysis.matches(at - 2, &["cử", "tri"]),
        "sau" => matches!(next, "một" | "năm") || analysis.kind(at + 1) == Kind::Number,
        "từ" => analysis.kind(at + 1) == Kind::Number || next == "năm",
        "có" => matches!(next, "công" | "hiệu" | "thành"),
        "bước" => next != "vào",
        "bằng" => matches!(analysis.word(at - 1), "đồng" | "công"),
        "do" => analysis.word(at - 1) == "tự",
        "tới" => matches!(analysis.word(at - 1), "hướng" | "tiến" | "lên"),
        "đến" => {
            let ranged = (1..7).any(|back| at > back && analysis.word(at - back) == "từ");
            let related = matches!(analysis.word(at - 1), "quan" | "hướng" | "hưởng" | "cập" | "tiến");
            ranged || related || next == "năm" || analysis.kind(at + 1) == Kind::Number
        }
        "để" => false,
        "qua" => matches!(analysis.word(at - 1), "năm" | "thông"),
        _ => false,
    }
}

fn starts_gathering(analysis: &Analysis, at: usize) -> bool {
    analysis.longest(at, Class::MeetingNoun).is_some()
}

fn starts_day(dates: &DateIndex, at: usize) -> bool {
    dates
        .dates_in(&(at..at + 1))
        .first()
        .is_some_and(|date| date.day.is_some() || date.part_of_day.is_some() || !date.is_known())
}

fn starts_person(people: &People, at: usize) -> bool {
    !people.within(&(at..at + 1)).is_empty()
}

/// `buổi làm việc của Bộ trưởng …`, `giữa Thủ tướng và …`: a person inside the name.
fn names_participant(analysis: &Analysis, at: usize) -> bool {
    at > 0 && matches!(analysis.word(at - 1), "của" | "với" | "giữa")
}
