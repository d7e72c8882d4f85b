//! When and where a figure holds.
//!
//! # What
//! The period and the place named last before the figure in its sentence, else right behind it. A period that opens a
//! sentence holds for the next ones too, that of the sentence which opens a list for its items. A place that opens a
//! sentence with `tại` holds for the next few; one that the document is mostly about holds throughout, and where there is
//! none `toàn ngành` or the ministry that is the figure's subject.
//! # Why
//! Texts name period and place once and go on with figures.
//! # Example
//! `Trong năm 2023, tỉnh có nhiều chuyển biến. Tỷ lệ đúng hạn đạt 99%.`: `năm 2023`.
//! # Known misses
//! A new subject that silently ends the period told before.

use chrono::NaiveDate;

use super::Reading;
use super::body;
use super::figure::Figure;
use super::multiple::is_multiple;
use super::words::{abbreviates_unit, is_area_word, is_bar};
use crate::lexicon::areas::{self, Area};
use crate::lexicon::{Class, ClosedClass};
use crate::stages::extract::people::organization_end;
use crate::stages::extract::places::{Locator, Noun};
use crate::text::analysis::TokenRange;
use crate::text::date::PeriodMention;
use crate::text::token::Kind;

/// A period that opens a sentence holds for this many sentences more.
const FRAME_SENTENCES: usize = 8;
/// One behind the source or place with which its sentence opens, for fewer.
const SOURCE_SENTENCES: usize = 2;
/// One in the midst of a sentence.
const MENTION_SENTENCES: usize = 1;
/// Most words between `Luật` and its year.
const MAX_LAW: usize = 8;
/// How many tokens of `Theo báo cáo của Sở,` may stand before the period that opens a sentence.
const MAX_OPENING: usize = 14;
/// A place that opens a sentence holds for this many sentences more.
const PLACE_SENTENCES: usize = 3;
/// How many tokens behind the figure its period or place may begin.
const BEHIND: usize = 8;
/// How many tokens before the figure its place may stand.
const PLACE_REACH: usize = 60;
/// How many items of a list may stand between a figure and the sentence that opens the list.
const MAX_ITEMS: usize = 12;
/// Most words of a district's name.
const MAX_DISTRICT: usize = 3;
/// Most words of a zone's name.
const MAX_ZONE: usize = 4;
/// Most words of a body's name before the country in it.
const MAX_BODY: usize = 8;
/// Most words between the bracket behind a deputy's name and the province.
const MAX_DELEGATION: usize = 7;
/// The document's place must be named this often.
const LEAST_MENTIONS: usize = 2;

/// A place as the text names it.
#[derive(Clone, Debug)]
pub struct Place {
    pub tokens: TokenRange,
    /// What tells its area.
    area: AreaHint,
}

/// What tells the area of a place.
#[derive(Clone, Copy, Debug)]
enum AreaHint {
    /// The name or the noun at a token.
    Named(usize),
    /// A noun without a name: `toàn tỉnh`.
    Noun(Noun),
    Country,
    /// It is no area, or several: `các tỉnh`, `Bộ Nội vụ`.
    None,
}

impl Place {
    /// Ministries, companies and several areas at once are no area.
    pub fn without_area(tokens: TokenRange) -> Place {
        Place {
            tokens,
            area: AreaHint::None,
        }
    }

    /// Its area as of the day `on`.
    pub fn area(&self, locator: &Locator, on: Option<NaiveDate>) -> Option<&'static Area> {
        match self.area {
            AreaHint::Named(at) => locator.at(at, on),
            AreaHint::Noun(noun) => locator.alone(noun, on),
            AreaHint::Country => Some(areas::country()),
            AreaHint::None => None,
        }
    }
}

/// Finds periods and places for the figures of one document.
pub struct Scopes {
    document: Option<Place>,
}

impl Scopes {
    /// Reads which place the document is about.
    pub fn new(reading: Reading, locator: &Locator) -> Self {
        Scopes {
            document: document_place(reading, locator),
        }
    }

    /// The period in which `figure` holds; aims inherit only that of the sentence that leads them in.
    pub fn period<'a>(&self, reading: Reading<'a>, figure: &Figure, is_target: bool) -> Option<&'a PeriodMention> {
        let dates = reading.dates;
        let within = dates.periods_in(&figure.sentence);
        // `thấp hơn cùng kỳ năm 2016` | `(6,5%)`: what is compared with has a figure of its own.
        let bracketed = |period: &&PeriodMention| period.is_comparison && period.tokens.end + 1 == figure.tokens.start;
        let alone = figure.is_parenthesised(reading) && reading.word(figure.tokens.end) == ")";
        if let Some(compared) = within.iter().find(bracketed).filter(|_| alone) {
            return Some(compared);
        }
        let split = within.partition_point(|period| period.tokens.start < figure.tokens.start);
        let told = |period: &&PeriodMention| tells_when(reading, period);
        let behind = within[split..].iter().find(told);
        let gap = |period: &&PeriodMention| period.tokens.start.saturating_sub(figure.tokens.end);
        let joined =
            |period: &&PeriodMention| (figure.tokens.end..period.tokens.start).any(|at| reading.word(at) == "và");
        let own = |period: &&PeriodMention| {
            (figure.tokens.end..period.tokens.start).all(|at| !matches!(reading.word(at), "," | ";" | "(" | ")"))
        };
        // `gấp 6,1 lần năm 1991`: what is compared with.
        let behind = behind.filter(|_| !is_multiple(figure));
        // `năm 2016 giảm 3 người, năm 2017 …`: that of the next clause.
        let closed = within[..split].iter().any(|period| told(&period));
        // `còn 1,2%` | `(năm 2015 là 5,6%)`: of the figure in the bracket.
        let other = |period: &&PeriodMention| {
            let end = period.tokens.end;
            reading.word(period.tokens.start - 1) == "("
                && (end..end + 4)
                    .take_while(|&at| reading.word(at) != ")")
                    .any(|at| reading.analysis.kind(at) == Kind::Number)
        };
        let behind = behind.filter(|period| !other(period));
        if let Some(adjacent) = behind.filter(|period| gap(period) <= 1 && (!closed || own(period) && !joined(period)))
        {
            return Some(adjacent);
        }
        let nearest = within[..split]
            .last()
            .filter(|period| is_subject(reading, period, figure));
        let dated =
            |period: &&PeriodMention| told(period) && !matches!(reading.word(period.tokens.start), "hàng" | "hằng");
        let before = nearest
            .or_else(|| within[..split].iter().rev().find(dated))
            .or_else(|| within[..split].iter().rev().find(told));
        if before.is_some() {
            return before;
        }
        if let Some(near) = behind.filter(|period| gap(period) <= BEHIND && own(period)) {
            return Some(near);
        }
        let announced = lead(reading, figure).and_then(|lead| dates.periods_in(&lead).iter().rev().find(told));
        if is_target || announced.is_some() {
            return announced;
        }
        self.inherited(reading, figure)
    }

    fn inherited<'a>(&self, reading: Reading<'a>, figure: &Figure) -> Option<&'a PeriodMention> {
        let sentences = reading.analysis.sentences;
        let index = sentences.partition_point(|sentence| sentence.start < figure.sentence.start);
        (1..=FRAME_SENTENCES.min(index)).find_map(|back| {
            let sentence = &sentences[index - back];
            reading.dates.periods_in(sentence).iter().rev().find(|period| {
                let now = reading.word(period.tokens.start) == "hiện";
                tells_when(reading, period)
                    && !now
                    && !is_rate(reading, period)
                    && (period.tokens.start <= sentence.start + 1
                        || back <= SOURCE_SENTENCES && follows_source(reading, sentence, period)
                        || back <= MENTION_SENTENCES && holds_on(reading, period))
            })
        })
    }

    /// The place for which `figure` holds.
    pub fn place(&self, reading: Reading, figure: &Figure) -> Option<Place> {
        let start = figure.tokens.start;
        let from = figure.sentence.start.max(start.saturating_sub(PLACE_REACH));
        let told = |at: usize| place_at(reading, at).filter(|place| !is_yardstick(reading, place));
        let before = (from..start).rev().find_map(told);
        if before.is_some() {
            return before;
        }
        if let Some(body) = body::opening(reading, figure).or_else(|| body::seat(reading, figure)) {
            return Some(body);
        }
        let end = figure.tokens.end;
        (end..(end + BEHIND).min(figure.sentence.end))
            .take_while(|&at| !matches!(reading.word(at), "," | ";" | "(" | ")"))
            .find_map(told)
            .or_else(|| framed_place(reading, figure))
            .or_else(|| self.document.clone())
            .or_else(|| body::whole_sector(reading, from, start))
            .or_else(|| body::ministry(reading, from, start))
            .or_else(|| unit_alone(reading, from, start))
            .or_else(|| body::sector_before(reading, figure))
    }
}

/// `Tại Hà Tĩnh, ngành Thanh tra đã …`: the place with which one of the sentences before opens.
fn framed_place(reading: Reading, figure: &Figure) -> Option<Place> {
    let sentences = reading.analysis.sentences;
    let index = sentences.partition_point(|sentence| sentence.start < figure.sentence.start);
    (1..=PLACE_SENTENCES.min(index)).find_map(|back| {
        let start = sentences[index - back].start;
        let noun = match (reading.word(start + 1), reading.word(start + 2)) {
            ("tỉnh", _) => 1,
            ("thành", "phố") => 2,
            _ => 0,
        };
        let place = matches!(reading.word(start), "tại" | "ở").then(|| place_at(reading, start + 1 + noun));
        place.flatten().filter(|place| reading.word(place.tokens.end) == ",")
    })
}

/// The sentence that leads in that of the figure: the one that opens its list, or the one before `Cụ thể, …`.
pub fn lead(reading: Reading, figure: &Figure) -> Option<TokenRange> {
    let analysis = reading.analysis;
    let mut start = figure.sentence.start;
    let in_detail = analysis.matches(start, &["cụ", "thể"]);
    let is_item = |start: usize| matches!(reading.word(start), "-" | "–" | "+" | "•" | "*");
    for _ in 0..MAX_ITEMS {
        if !in_detail && !is_item(start) {
            break;
        }
        let last = (0..start).rev().find(|&at| analysis.kind(at) != Kind::Break)?;
        let before = analysis.sentence_at(last);
        if in_detail || reading.word(last) == ":" {
            return Some(before);
        }
        start = before.start;
    }
    None
}

/// `cao hơn cả nước`, `gấp 5 lần Hà Nội`, `đứng thứ 6 cả nước`, `nhiều nhất cả nước`: what is compared with. In
/// brackets behind it stands its own figure: `thấp hơn bình quân cả nước (52,8%)`.
fn is_yardstick(reading: Reading, place: &Place) -> bool {
    let words = |at: usize| (reading.word(at.wrapping_sub(2)), reading.word(at.wrapping_sub(1)));
    let mut at = place.tokens.start;
    loop {
        at -= match words(at) {
            ("bình", "quân") | ("trung", "bình") | ("thành", "phố") => 2,
            (_, "mức" | "chung" | "của" | "trên" | "trong" | "tỉnh") => 1,
            _ => break,
        };
    }
    let ranked =
        reading.analysis.kind(at.wrapping_sub(1)) == Kind::Number && matches!(words(at).0, "thứ" | "hạng" | "nhất");
    let compared = ranked
        || matches!(
            words(at),
            (_, "nhất" | "hơn" | "lần") | ("dẫn" | "đứng" | "tốp" | "top" | "hàng", "đầu") | ("so", "với")
        );
    compared && reading.word(place.tokens.end) != "("
}

/// `biên chế của tỉnh`, `Huyện đã …`: the unit that the text is about, without its name, from token `from` on.
fn unit_alone(reading: Reading, from: usize, figure: usize) -> Option<Place> {
    let analysis = reading.analysis;
    (from..figure).rev().find_map(|at| {
        let (len, noun) = match (reading.word(at), reading.word(at + 1)) {
            ("tỉnh", _) => (1, Noun::Province),
            ("huyện", _) => (1, Noun::Rural),
            ("thành", "phố") => (2, Noun::City),
            _ => return None,
        };
        let opens = at == analysis.sentence_at(at).start
            || matches!(
                reading.word(at.wrapping_sub(1)),
                "của" | "trong" | "," | "cả" | "bàn" | "nay" | "qua"
            );
        let alone = analysis.kind(at + len) == Kind::Word
            && !analysis.is_capitalized(at + len)
            && !matches!(
                reading.word(at + len),
                "ủy" | "lỵ" | "thành" | "đoàn" | "khác" | "nghèo" | "miền" | "trực"
            );
        (opens && alone && at + len <= figure).then_some(Place {
            tokens: at..at + len,
            area: AreaHint::Noun(noun),
        })
    })
}

/// `khi cùng kỳ năm ngoái chỉ tăng 5,65%`: a time of comparison that has a figure of its own.
fn is_subject(reading: Reading, period: &PeriodMention, figure: &Figure) -> bool {
    let behind = period.tokens.end..figure.tokens.start;
    period.is_comparison
        && behind.len() <= 3
        && matches!(reading.word(period.tokens.start.wrapping_sub(1)), "khi" | "mà" | ",")
        && behind
            .clone()
            .any(|at| matches!(reading.word(at), "tăng" | "giảm" | "đạt" | "là"))
}

/// The period tells when something holds: it is no time of comparison, belongs to no plan (`dự toán cả năm`) and no law
/// (`Luật Đất đai năm 2013`), and nobody was born in it.
fn tells_when(reading: Reading, period: &PeriodMention) -> bool {
    let start = period.tokens.start;
    let planned =
        reading.word(start) == "cả" && is_bar(reading.word(start.wrapping_sub(2)), reading.word(start.wrapping_sub(1)));
    !period.is_comparison && !planned && reading.word(start.wrapping_sub(1)) != "sinh" && !names_law(reading, start)
}

/// `Luật Đất đai` | `năm 2013`
fn names_law(reading: Reading, at: usize) -> bool {
    let law = |from: usize| reading.word(from) == "luật" && reading.analysis.is_capitalized(from);
    reading.citations.is_citation_token(at) && (1..=MAX_LAW.min(at)).any(|back| law(at - back))
}

/// `Theo báo cáo của Sở, 6 tháng đầu năm, …`: the period opens its sentence behind source or place.
fn follows_source(reading: Reading, sentence: &TokenRange, period: &PeriodMention) -> bool {
    let (start, end) = (period.tokens.start, period.tokens.end);
    matches!(reading.word(sentence.start), "theo" | "tại" | "ở")
        && (sentence.start + 2..sentence.start + MAX_OPENING).contains(&start)
        && reading.word(start - 1) == ","
        && reading.word(end) == ","
}

/// `mỗi ngày`, `hằng năm`: it tells how often, of one figure.
fn is_rate(reading: Reading, period: &PeriodMention) -> bool {
    matches!(reading.word(period.tokens.start), "mỗi" | "hàng" | "hằng")
}

/// A period of some length, not a day or `trong thời gian tới`.
fn holds_on(reading: Reading, period: &PeriodMention) -> bool {
    period.tokens.len() > 1 && reading.word(period.tokens.end - 1) != "tới"
}

/// The place or the scope (`cả nước`, `toàn tỉnh`) named at token `at`.
fn place_at(reading: Reading, at: usize) -> Option<Place> {
    let analysis = reading.analysis;
    if !analysis.is_capitalized(at) && !analysis.is(at, ClosedClass::PlaceOpener) {
        return None;
    }
    let (word, next) = (reading.word(at), reading.word(at + 1));
    let scope = match (word, next) {
        ("toàn", "xã") if reading.word(at + 2) == "hội" => 0,
        ("toàn", "tỉnh" | "thành" | "tp" | "huyện" | "quốc" | "xã" | "quận") => {
            2 + usize::from(next == "thành" && reading.word(at + 2) == "phố")
        }
        ("cả", "nước" | "tỉnh" | "huyện" | "quận") => 2,
        ("cả", "thành") if reading.word(at + 2) == "phố" => 3,
        ("các", "tỉnh") if analysis.matches(at + 2, &[",", "thành"]) => {
            4 + usize::from(reading.word(at + 4) == "phố")
        }
        ("các", "tỉnh") => 2,
        ("các", "bộ") if reading.analysis.matches(at + 2, &[",", "ngành"]) => 4,
        // `hội nghị Chính phủ với các địa phương`: who takes part.
        ("các", "địa")
            if reading.word(at + 2) == "phương"
                && (reading.word(at.wrapping_sub(2)) == "đối"
                    || !matches!(reading.word(at.wrapping_sub(1)), "và" | "với")) =>
        {
            3
        }
        _ => 0,
    };
    if scope > 0 && at + scope <= analysis.len() {
        return Some(Place {
            tokens: at..at + scope,
            area: scope_area(word, next),
        });
    }
    if let Some(len) = district(reading, at) {
        return Some(Place {
            tokens: at..at + len,
            area: AreaHint::Named(at),
        });
    }
    if let Some(len) = zone(reading, at) {
        return Some(Place::without_area(at..at + len));
    }
    if !analysis.is_capitalized(at) {
        return None;
    }
    let (len, entry) = analysis.longest(at, Class::Place)?;
    let whole = matches!(&*entry.tag, "province" | "city" | "country") && !belongs_to_name(reading, at, len);
    // `ông Đức`, `Luật sư Đức`
    let person = reading.ending_at(at, Class::Honorific).is_some();
    if !whole
        || person
        || names_street(reading, at)
        || is_constituency(reading, at)
        || &*entry.tag == "country" && ends_body(reading, at)
    {
        return None;
    }
    Some(Place {
        tokens: at..at + len,
        area: match &*entry.tag {
            "country" if &*entry.folded_value == "việt nam" => AreaHint::Country,
            "country" => AreaHint::None,
            _ => AreaHint::Named(with_noun(reading, at)),
        },
    })
}

/// Tokens of the place named at token `at`; 0 where there is none.
pub fn area_len(reading: Reading, at: usize) -> usize {
    place_at(reading, at).map_or(0, |place| place.tokens.end - at)
}

/// The area of `toàn tỉnh`, `cả nước`, `các tỉnh`.
fn scope_area(first: &str, second: &str) -> AreaHint {
    match (first, second) {
        ("toàn" | "cả", "tỉnh") => AreaHint::Noun(Noun::Province),
        ("toàn" | "cả", "thành" | "tp") => AreaHint::Noun(Noun::City),
        ("toàn" | "cả", "huyện") => AreaHint::Noun(Noun::Rural),
        ("toàn" | "cả", "quận") => AreaHint::Noun(Noun::Urban),
        ("toàn", "xã") => AreaHint::Noun(Noun::Commune),
        ("toàn", "quốc") | ("cả", "nước") => AreaHint::Country,
        _ => AreaHint::None,
    }
}

/// Where the place named at token `at` starts with the noun before it: `thành phố` | `Bắc Ninh`.
fn with_noun(reading: Reading, at: usize) -> usize {
    let before = |back: usize| {
        at.checked_sub(back)
            .map(|from| (from, reading.word(from), reading.word(from + 1)))
    };
    match (before(1), before(2)) {
        (_, Some((from, "thành", "phố") | (from, "thị", "xã") | (from, "tp", "."))) => from,
        (Some((from, "tp" | "tỉnh" | "huyện" | "quận", _)), _) => from,
        _ => at,
    }
}

/// `huyện Sông Hinh`, `xã A Lưới 2`: a district or commune with its name; the length in tokens.
fn district(reading: Reading, at: usize) -> Option<usize> {
    if abbreviates_unit(reading.analysis.surface(at)) && reading.word(at + 1) == "." {
        // `Q.9`, `H.Củ Chi`
        let initial = reading.word(at + 2).chars().count() == 1;
        let named =
            reading.analysis.kind(at + 2) == Kind::Number || reading.analysis.is_capitalized(at + 2) && !initial;
        let second = reading.analysis.kind(at + 2) == Kind::Word && reading.analysis.is_capitalized(at + 3);
        return named.then_some(3 + usize::from(second));
    }
    if matches!(reading.word(at), "quận" | "phường") && reading.analysis.kind(at + 1) == Kind::Number {
        return Some(2);
    }
    let noun = match (reading.word(at), reading.word(at + 1)) {
        // "thị xã" begins one token before.
        ("xã", _) if at > 0 && matches!(reading.word(at - 1), "thị" | "tác") => return None,
        ("huyện" | "quận" | "xã" | "phường" | "tx", _) => 1,
        ("thị", "xã" | "trấn") => 2,
        _ => return None,
    };
    let name = (at + noun..at + noun + MAX_DISTRICT)
        .take_while(|&token| reading.analysis.kind(token) == Kind::Word && reading.analysis.is_capitalized(token));
    match name.count() {
        0 => None,
        count => Some(noun + count),
    }
}

/// `Khu kinh tế Dung Quất`, `KCN Đồng Văn`: a zone with its name; the length in tokens.
fn zone(reading: Reading, at: usize) -> Option<usize> {
    let analysis = reading.analysis;
    let noun = match (reading.word(at), reading.word(at + 1), reading.word(at + 2)) {
        ("kcn" | "kkt", ..) => 1,
        ("khu", "kinh", "tế") | ("khu", "chế", "xuất") | ("khu", "công", "nghiệp") => 3,
        ("khu", "công", "nghệ") if reading.word(at + 3) == "cao" => 4,
        _ => return None,
    };
    let name = (at + noun..at + noun + MAX_ZONE)
        .take_while(|&token| analysis.kind(token) == Kind::Word && analysis.is_capitalized(token));
    match name.count() {
        0 => None,
        count => Some(noun + count),
    }
}

/// `Đại học Quốc gia Hà Nội`, `Ngân hàng Nhà nước Việt Nam`, `Quảng Ninh Media`: part of a longer name.
fn belongs_to_name(reading: Reading, at: usize, len: usize) -> bool {
    let analysis = reading.analysis;
    let before = at.checked_sub(1).filter(|&token| {
        analysis.kind(token) == Kind::Word
            && analysis.is_capitalized(token)
            && !is_area_word(reading.word(token))
            && analysis.sentence_at(token).start < token
    });
    let behind = analysis.kind(at + len) == Kind::Word && analysis.is_capitalized(at + len);
    before.is_some() || behind
}

/// `Xa lộ` | `Hà Nội`, `đường` | `Hà Nội`, `cầu` | `Sài Gòn`
fn names_street(reading: Reading, at: usize) -> bool {
    match (reading.word(at.wrapping_sub(2)), reading.word(at.wrapping_sub(1))) {
        ("thành", "phố") => false,
        (_, noun) => matches!(noun, "lộ" | "đường" | "phố" | "cầu"),
    }
}

/// `Đài Tiếng nói` | `Việt Nam`, `Hội Nghề cá` | `Việt Nam`: the country that ends the name of a body.
fn ends_body(reading: Reading, at: usize) -> bool {
    let analysis = reading.analysis;
    (at.saturating_sub(MAX_BODY)..at).any(|from| {
        let body = analysis.longest(from, Class::Organization);
        analysis.is_capitalized(from)
            && body.is_some_and(|(len, _)| from + len > at || organization_end(analysis, from + len, at + 1) > at)
    })
}

/// `đại biểu A (Sóc Trăng)`, `A (Đoàn ĐBQH Hà Tĩnh)`: where a deputy was elected, behind the name.
fn is_constituency(reading: Reading, at: usize) -> bool {
    let from = at.saturating_sub(MAX_DELEGATION);
    let mark = (from..at).rev().find(|&token| matches!(reading.word(token), "(" | ")"));
    let open = mark.filter(|&mark| reading.word(mark) == "(");
    open.and_then(|open| reading.people.before(open).map(|person| (open, person)))
        .is_some_and(|(open, person)| person.tokens.end == open)
}

/// The province that the text names most, if it names it more often than all others together and speaks less of the
/// Government and of central bodies than of it.
fn document_place(reading: Reading, locator: &Locator) -> Option<Place> {
    let analysis = reading.analysis;
    let (count, mention) = locator.most_named()?;
    let government = |at: &usize| {
        let central = || analysis.matches(*at, &["trung", "ương"]) && reading.word(at.wrapping_sub(1)) != "viên";
        let named =
            || analysis.matches(*at, &["chính", "phủ"]) || analysis.matches(*at, &["thủ", "tướng"]) || central();
        analysis.is_capitalized(*at) && named()
    };
    (count >= LEAST_MENTIONS && count > (0..analysis.len()).filter(government).count()).then(|| Place {
        tokens: mention.tokens.clone(),
        area: AreaHint::Named(mention.tokens.start),
    })
}
