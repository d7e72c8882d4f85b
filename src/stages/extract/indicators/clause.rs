//! The clause before a figure: its subject and verb.

use super::Reading;
use super::agent::without_agent;
use super::compose::counts;
use super::figure::Figure;
use super::joins::{joins_levels, joins_names, joins_nouns};
use super::linked::is_origin;
use super::parts::LEAST;
use super::unit::UnitKind;
use super::words::{is_leading, is_light, is_trailing};
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

/// Longest subject with a noun that measures and longest other subject, in tokens.
const MAX_SUBJECT: usize = 25;
const MAX_CLAUSE: usize = 15;
/// Longest verb phrase that completes a noun alone.
pub const MAX_VERB_PHRASE: usize = 9;
/// How much of the clause completes a measured noun that stands alone, the noun included.
const MAX_NOUN_CONTEXT: usize = 9;
/// Longest part of a list within a subject.
const MAX_LISTED: usize = 5;
/// How far back the name may begin inside which a cut falls.
const LONGEST_NAME: usize = 6;
/// A cut may move by so many tokens to the edge of a phrase.
const SLACK: usize = 4;
/// Longest parenthesis between a counted noun and what is told of it, in tokens.
pub const MAX_ASIDE: usize = 60;

/// Which way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

impl Direction {
    /// The word for tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }
}

/// How the verb before a figure ties it to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    None,
    Level,
    Change,
    Share,
}

/// What stands between the start of the clause and the figure.
#[derive(Clone, Debug)]
pub struct Before {
    /// What is measured, without the measuring verb; possibly empty.
    pub subject: TokenRange,
    /// Length of the noun such as `tỷ lệ` with which the subject begins.
    pub head: Option<usize>,
    pub verb: Verb,
    pub direction: Option<Direction>,
    /// The verb of a change (`tăng`, `cắt giảm`); else empty.
    pub change: TokenRange,
    /// The clause hangs on the one before with `với`.
    pub is_attached: bool,
    /// Where the measuring verb begins; the figure, where there is none.
    pub verb_start: usize,
    /// Nothing parts the clause from `floor`.
    pub is_continued: bool,
    /// The subject is the whole of which the figure tells a part: `Trong tổng số …`.
    pub is_whole: bool,
}

impl Before {
    /// The subject begins with a measured noun.
    pub fn is_headed(&self) -> bool {
        self.head.is_some()
    }

    /// The verb of the change is the noun that is measured: `số tinh giản là 15.790`.
    pub fn counts_changes(&self, reading: Reading) -> bool {
        self.is_headed() && self.change.start == self.subject.end && reading.word(self.change.start - 1) == "số"
    }
}

/// Reads back from the figure: measuring verb, then the subject up to the start of the clause, not before `floor`.
pub fn before(reading: Reading, floor: usize, figure: &Figure) -> Before {
    let mut found = Before {
        subject: floor..floor,
        head: None,
        verb: Verb::None,
        direction: None,
        change: floor..floor,
        is_attached: false,
        verb_start: figure.tokens.start,
        is_continued: false,
        is_whole: false,
    };
    let mut at = figure.tokens.start;
    if at > floor && matches!(reading.word(at - 1), "(" | ":") {
        at -= 1;
    }
    at = verbs(reading, floor, at, &mut found);
    if at > floor && reading.word(at - 1) == "(" {
        // `Xuất khẩu tăng nhanh (tăng 17,4%`, `GDP tăng so với quý I (6,13%`
        at = verbs(reading, floor, comparison_start(reading, floor, at - 1), &mut found);
    }
    if is_origin(reading, figure) {
        found.change = floor..floor;
    }
    let start = clause_start(reading, floor, at, figure.tokens.start);
    found.verb_start = at;
    found.is_continued = start == floor;
    found.is_attached = start > floor && reading.word(start - 1) == "với";
    (found.subject, found.head) = subject(reading, start, at, found.change.is_empty());
    if found.head.is_none() && figure.unit.kind != UnitKind::Rank {
        let least = if counts(figure) { 1 } else { LEAST };
        found.subject = without_agent(reading, found.subject, least);
    }
    found.is_whole = found.is_headed() && (start..found.subject.start).any(|token| reading.word(token) == "trong");
    found
}

/// Strips measuring verbs and light words before `at`; the verb nearest to the figure counts, a change above a level.
fn verbs(reading: Reading, floor: usize, mut at: usize, found: &mut Before) -> usize {
    while at > floor {
        if let Some((start, entry)) = reading.ending_at(at, Class::MeasureVerb)
            && start >= floor
            && !reading.analysis.continues_word(start)
        {
            let (verb, direction) = match &*entry.value {
                "up" => (Verb::Change, Some(Direction::Up)),
                "down" => (Verb::Change, Some(Direction::Down)),
                "share" => (Verb::Share, None),
                _ => (Verb::Level, None),
            };
            if found.verb == Verb::None || found.verb == Verb::Level && verb != Verb::Level {
                (found.verb, found.direction) = (verb, direction);
                if verb == Verb::Change {
                    found.change = start..at - usize::from(reading.word(at - 1) == "từ");
                }
            }
            at = start;
        } else if is_light(reading.word(at - 1)) && !reading.analysis.continues_word(at - 1) {
            at -= 1;
        } else if at > floor + 2 && is_filler(reading, at - 2) {
            at -= 2;
        } else {
            break;
        }
    }
    at
}

/// `lên con số 80`, `đạt trung bình 50%`: two words between the verb and the figure.
fn is_filler(reading: Reading, at: usize) -> bool {
    match (reading.word(at), reading.word(at + 1)) {
        ("con", "số") => true,
        ("trung", "bình") | ("bình", "quân") => reading.ending_at(at, Class::MeasureVerb).is_some(),
        _ => false,
    }
}

/// Before `so với quý I/2017`, which ends at `at`.
fn comparison_start(reading: Reading, floor: usize, at: usize) -> usize {
    (at.saturating_sub(8).max(floor)..at)
        .find(|&token| reading.analysis.matches(token, &["so", "với"]))
        .unwrap_or(at)
}

/// The first token of the clause that ends at `end`, before the measuring verb of the figure at token `verb`.
fn clause_start(reading: Reading, floor: usize, end: usize, verb: usize) -> usize {
    let analysis = reading.analysis;
    let mut at = end;
    while at > floor {
        let word = reading.word(at - 1);
        match analysis.kind(at - 1) {
            Kind::Break => return at,
            Kind::Punct => {
                if word == ")"
                    && let Some(open) = (at.saturating_sub(7).max(floor)..at - 1)
                        .rev()
                        .find(|&token| reading.word(token) == "(")
                    && (at < end || (open + 1..at - 1).all(|token| analysis.is_capitalized(token)))
                {
                    at = open;
                    continue;
                }
                let inside = match word {
                    "," => {
                        !(at >= 2 && reading.dates.is_date_token(at - 2))
                            && (joins_nouns(reading, at - 1)
                                || joins_levels(reading, at - 1)
                                || is_dated_change(reading, at, end)
                                || continues_subject(reading, floor, at, end))
                    }
                    "-" | "–" if joins_nouns(reading, at - 1) || joins_names(reading, at - 1) => true,
                    "-" | "–" | "." => at == end || !analysis.tokens.get(at).is_some_and(|token| token.spaced),
                    "“" | "”" | "\"" | "'" | "‘" | "’" | "/" | "%" | "&" => true,
                    _ => false,
                };
                if !inside {
                    return at;
                }
            }
            _ => {
                let turn = matches!(
                    (word, reading.word(at)),
                    ("trong", "khi")
                        | ("trong", "đó")
                        | ("tuy", "nhiên")
                        | ("theo", "đó")
                        | ("cho", "biết")
                        | ("đồng", "thời")
                );
                if turn {
                    return (at + 1).min(end);
                }
                let turns = matches!(word, "nhưng" | "rằng" | "nếu" | "đưa")
                    || word == "nên" && concludes(reading, at - 1)
                    || word == "song" && !matches!(reading.word(at), "phương" | "song" | "hành" | "ngữ")
                    || word == "với"
                        && at < end
                        && !matches!(reading.word(at.wrapping_sub(2)), "đối" | "so" | "cùng" | "gắn")
                    || word == "và"
                        && (at == end && at < verb
                            || begins_predicate(reading.word(at))
                            || analysis.longest(at, Class::MeasureNoun).is_some() && !analysis.is_capitalized(at));
                if turns {
                    return at;
                }
            }
        }
        at -= 1;
    }
    floor
}

/// `từ Công ty A` | `nên được hưởng`: a conclusion; `trở nên`, `tạo nên` are verbs, `không nên` is advice.
fn concludes(reading: Reading, at: usize) -> bool {
    !matches!(
        reading.word(at.wrapping_sub(1)),
        "trở" | "tạo" | "làm" | "gây" | "dựng" | "không" | "chỉ" | "cũng"
    )
}

/// `và` | `đã xuất 3 hóa đơn`: a second predicate, not a second noun.
pub fn begins_predicate(word: &str) -> bool {
    matches!(word, "đã" | "sẽ" | "đang" | "cũng")
}

/// The clause that ends at `end`, without a parenthesis there and not from before `floor`: its last words, or the first ones
/// where they tell what something is done to.
pub fn clause_before(reading: Reading, floor: usize, end: usize) -> TokenRange {
    let opened = || {
        let from = end.saturating_sub(MAX_ASIDE).max(floor);
        (from..end).rev().find(|&at| reading.word(at) == "(")
    };
    let aside = end > floor && reading.word(end - 1) == ")";
    let end = aside.then(opened).flatten().unwrap_or(end);
    let clause = trim_to_last(reading, clause_start(reading, floor, end, end)..end, MAX_ASIDE);
    if clause.len() <= MAX_VERB_PHRASE + SLACK {
        return clause;
    }
    // `Dự án A` | `được UBND tỉnh chấp thuận …`: what something is done to says more than by whom.
    let passive = clause
        .clone()
        .take(MAX_VERB_PHRASE)
        .find(|&at| reading.word(at) == "được");
    match passive {
        Some(passive) if passive - clause.start >= 2 => trim_end(reading, clause.start..passive),
        _ => trim_to_last(reading, clause, MAX_VERB_PHRASE),
    }
}

/// `giảm tỷ lệ hộ nghèo,` | `đến năm 2020` | `xuống dưới 4%`: nothing but when stands behind the comma.
fn is_dated_change(reading: Reading, at: usize, end: usize) -> bool {
    let when = |at: usize| reading.dates.is_date_token(at) || matches!(reading.word(at), "đến" | "vào");
    at < end && (at..end).all(when) && matches!(reading.word(end), "xuống" | "lên" | "còn")
}

/// The comma before token `at` joins two parts of one subject, which begins with a measured noun; the parts behind it do
/// not: `số xe giảm do thu hồi, điều chuyển, bán` | `là …`.
fn continues_subject(reading: Reading, floor: usize, at: usize, end: usize) -> bool {
    let measured = |mut range: TokenRange| range.any(|token| head_at(reading, token).is_some());
    let tells = |token: usize| match reading.word(token) {
        "đạt" | "chiếm" | "là" => true,
        "tăng" | "giảm" => !matches!(reading.word(token + 1), "do" | "vì"),
        _ => false,
    };
    if at == end || end - at > 12 || measured(at..end) {
        return false;
    }
    let mut behind = at - 1;
    loop {
        let mut from = behind;
        while from > floor && !matches!(reading.word(from - 1), "," | ";" | "." | ":" | "(" | ")") {
            from -= 1;
        }
        if behind - from > 13 || (from..behind).any(tells) {
            return false;
        }
        if measured(from..behind) {
            return true;
        }
        let listed = from > floor && reading.word(from - 1) == "," && behind - from <= MAX_LISTED;
        if !listed || end - from > MAX_SUBJECT {
            return false;
        }
        behind = from - 1;
    }
}

/// The measured noun at `token`: its length. `trong số`, `một số`, `con số` begin no subject.
pub fn head_at(reading: Reading, token: usize) -> Option<usize> {
    let (len, _) = reading.analysis.longest(token, Class::MeasureNoun)?;
    let before = token.checked_sub(1).map_or("", |at| reading.word(at));
    let idiom = match reading.word(token) {
        // `Tổng cục`, `tổng công ty`, `tổng kết` sum up nothing.
        "tổng" if len == 1 => matches!(
            reading.word(token + 1),
            "cục"
                | "công"
                | "thống"
                | "giám"
                | "bí"
                | "thư"
                | "hợp"
                | "kết"
                | "liên"
                | "đài"
                | "thể"
                | "thầu"
                | "biên"
        ),
        "số" | "tổng" => matches!(before, "trong" | "một" | "con" | "vô" | "đa" | "thiểu"),
        "lượng" => matches!(
            before,
            "chất" | "trọng" | "lực" | "năng" | "thương" | "định" | "số" | "khối" | "đo"
        ),
        "giá" if len == 2 && reading.analysis.matches(token + 2, &["gia", "tăng"]) => true,
        "giá" => matches!(before, "đánh" | "định" | "trị" | "thẩm"),
        "phí" => matches!(before, "kinh" | "chi" | "lãng" | "miễn" | "hao" | "án"),
        "thời" => matches!(before, "đúng" | "trước" | "quá" | "sau" | "trong" | "cùng"),
        // `thoái vốn`, but not `trọng điểm`
        "vốn" => false,
        _ => len == 1 && reading.analysis.continues_word(token),
    };
    (!idiom && !reading.dates.is_date_token(token)).then_some(len)
}

/// The subject within `start..end`: from its measured noun on, without leading and trailing light words.
fn subject(reading: Reading, start: usize, end: usize, unchanged: bool) -> (TokenRange, Option<usize>) {
    let head = (start..end).find_map(|at| head_at(reading, at).map(|len| (at, len)));
    match head {
        Some((at, len)) => {
            let range = trim_end(reading, at..end.min(at + MAX_SUBJECT));
            if range.len() <= 2 && at > start {
                // `điều chỉnh tăng vốn đạt`: a noun alone says too little.
                return (trim_to_last(reading, start..range.end, MAX_NOUN_CONTEXT), Some(len));
            }
            (range, Some(len))
        }
        None => {
            let after_cue = (start..end).rev().find_map(|at| {
                let (len, entry) = reading.analysis.longest(at, Class::TargetCue)?;
                let strives = entry.phrase.starts_with("phấn đấu")
                    || matches!(&*entry.phrase, "yêu cầu" | "đề nghị" | "mục tiêu" | "kế hoạch");
                strives.then_some(at + len)
            });
            // `phấn đấu thu vượt`: the verb of the change is enough.
            let start = after_cue
                .filter(|&cue| cue + usize::from(unchanged) < end)
                .unwrap_or(start);
            let start = (start..end.saturating_sub(1))
                .rev()
                .find(|&at| reading.word(at) == "để" && !reading.analysis.continues_word(at + 1))
                .map_or(start, |at| at + 1);
            (trim_to_last(reading, start..end, MAX_CLAUSE), None)
        }
    }
}

/// Where the measured noun of the clause that ends at `end` begins, if no verb tells its figure.
pub fn headed_start(reading: Reading, floor: usize, end: usize) -> Option<usize> {
    let start = clause_start(reading, floor, end, end);
    let head = (start.max(end.saturating_sub(MAX_SUBJECT))..end).find(|&at| head_at(reading, at).is_some())?;
    let told = (head..end).any(|at| matches!(reading.word(at), "đạt" | "chiếm" | "là" | "tăng" | "giảm" | "có"));
    (!told).then_some(head)
}

/// The nearest subject with a measured noun before `end`, not before `floor`: for a clause without one.
pub fn nearest_subject(reading: Reading, floor: usize, end: usize) -> Option<TokenRange> {
    let (mut at, len) = (floor..end)
        .rev()
        .find_map(|at| head_at(reading, at).map(|len| (at, len)))?;
    let noun_end = at + len;
    // `Tổng thu` | `ngân sách`
    while let Some(before) = (floor..at)
        .rev()
        .take(3)
        .find(|&before| head_at(reading, before) == Some(at - before))
    {
        at = before;
    }
    let stop = (noun_end..end)
        .find(|&token| {
            reading.analysis.longest(token, Class::MeasureVerb).is_some()
                || reading.analysis.kind(token) == Kind::Punct
                || matches!(reading.word(token), "mà" | "và" | "còn" | "đã" | "được" | "tuy")
        })
        .unwrap_or(end);
    let range = trim_end(reading, at..stop.min(at + MAX_SUBJECT));
    (!range.is_empty()).then_some(range)
}

/// The last `most` tokens of `range`, but not from inside a word or a name.
pub fn last_words(reading: Reading, range: &TokenRange, most: usize) -> TokenRange {
    let cut = range.end.saturating_sub(most);
    if cut <= range.start {
        return range.clone();
    }
    let inside = reading.analysis.continues_word(cut);
    let past = past_name(reading, cut);
    match past > cut && past < range.end {
        true => past..range.end,
        false => cut - usize::from(inside)..range.end,
    }
}

/// The last `most` tokens of `range`, trimmed.
pub fn trim_to_last(reading: Reading, range: TokenRange, most: usize) -> TokenRange {
    let mut range = trim_end(reading, range);
    if range.len() > most + SLACK {
        let cut = range.end - most;
        // Rather at the edge of a phrase than inside a word of two syllables.
        let whole = |at: &usize| !reading.analysis.continues_word(*at);
        range.start = (cut..cut + SLACK)
            .find(|&at| begins_phrase(reading, at))
            .or_else(|| (cut..cut + SLACK).find(whole))
            .unwrap_or(cut);
        // `Bộ Tài` | `chính nêu tên 60 dự án`
        let past = past_name(reading, range.start);
        if past + 2 <= range.end {
            range.start = past;
        }
        // `Hà Nội (Việt` | `Nam) 150 m`: not from inside a bracket.
        let bracket = range.clone().find(|&at| matches!(reading.word(at), "(" | ")"));
        if let Some(close) = bracket.filter(|&at| reading.word(at) == ")") {
            range.start = close + 1;
        }
    }
    // `vào năm 2020` | `và`
    let dates = |at: usize| {
        matches!(reading.word(at), "vào" | "đến" | "tới") && at + 1 < range.end && reading.dates.is_date_token(at + 1)
    };
    while range.start < range.end
        && (is_leading(reading.word(range.start)) && !reading.analysis.continues_word(range.start + 1)
            || reading.dates.is_date_token(range.start)
            || dates(range.start)
            || reading.analysis.kind(range.start) == Kind::Punct)
    {
        range.start += 1;
    }
    range
}

/// Behind the name of an office or place inside which the token stands, else the token itself.
fn past_name(reading: Reading, at: usize) -> usize {
    let analysis = reading.analysis;
    let starts = (1..=LONGEST_NAME.min(at)).map(|back| at - back);
    let ends = starts
        .filter(|&start| analysis.is_capitalized(start))
        .filter_map(|start| {
            let named = [Class::Organization, Class::Place].map(|class| analysis.longest(start, class));
            named.into_iter().flatten().map(|(len, _)| start + len).max()
        });
    ends.fold(at, usize::max)
}

/// A word that links phrases stands at the token, or a comma before it.
fn begins_phrase(reading: Reading, at: usize) -> bool {
    let links = |word| is_trailing(word) || is_leading(word) || matches!(word, "đối" | "không");
    matches!(reading.word(at - 1), "," | "”" | ")") || links(reading.word(at)) && !reading.analysis.continues_word(at)
}

pub fn trim_end(reading: Reading, mut range: TokenRange) -> TokenRange {
    while range.start < range.end {
        let last = range.end - 1;
        // `38 tàu cá đóng mới (…)`
        let whole = reading.word(last) == "mới" && reading.analysis.kind(range.end) == Kind::Punct;
        let light = is_trailing(reading.word(last)) && !reading.analysis.continues_word(last) && !whole
            || reading.word(last) == "đối" && reading.word(range.end) == "với";
        // `Tăng trưởng` | `hai quý đầu năm`
        let counted = range.len() > 1 && reading.analysis.longest(last, Class::NumberWord).is_some();
        let date = reading.dates.is_date_token(last) && (range.len() > 3 || counted);
        let mark = reading.analysis.kind(last) == Kind::Punct && !matches!(reading.word(last), "%" | ")");
        if !(light || date || mark) {
            break;
        }
        range.end = last;
    }
    range
}
