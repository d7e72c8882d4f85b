//! What a figure measures, in the words of the text.
//!
//! # What
//! Three to fifteen words: the subject before a measuring verb (`tỷ lệ giải ngân đạt …`), the noun phrase behind the
//! figure (`81% TTHC được cung cấp trực tuyến`), or verb and counted noun (`giải thể 05 cơ quan`). `tăng` and `giảm`
//! stay in the label of a change, and a clause without a subject inherits that of the figure before.
//! # Why
//! A number without what it measures is no fact.
//! # Example
//! `Thu ngân sách đạt 35 nghìn tỷ đồng, tăng 16,4%`: `Thu ngân sách`, `Thu ngân sách tăng`.
//! # Known misses
//! Subjects told in the sentence before.

use super::Reading;
use super::figure::Figure;
use super::unit::UnitKind;
use super::words::{ends_phrase, is_leading, is_light, is_trailing};
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

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

    fn word(self) -> &'static str {
        match self {
            Direction::Up => "tăng",
            Direction::Down => "giảm",
        }
    }
}

/// A label with the tokens that show the figure in its context.
#[derive(Clone, Debug)]
pub struct Label {
    pub text: String,
    pub direction: Option<Direction>,
    pub quote: TokenRange,
}

/// Longest subject and longest phrase behind the figure, in tokens.
const MAX_SUBJECT: usize = 15;
const MAX_PHRASE: usize = 16;
/// Words of the clause before a counted noun that go into the label.
const MAX_VERB: usize = 8;

/// What stands between the start of the clause and the figure.
struct Before {
    /// What is measured, without the measuring verb; possibly empty.
    subject: TokenRange,
    /// The subject begins with a noun such as `tỷ lệ`.
    headed: bool,
    verb: Verb,
    direction: Option<Direction>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    None,
    Level,
    Change,
    Share,
}

/// The labels of `figures`, one each.
pub fn labels(reading: Reading, figures: &[Figure]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::with_capacity(figures.len());
    // Subject and phrase of the figure before, for clauses without a subject.
    let mut inherited: Vec<TokenRange> = Vec::new();
    for (index, figure) in figures.iter().enumerate() {
        let previous = index.checked_sub(1).map(|before| &figures[before]);
        let previous = previous.filter(|previous| previous.sentence == figure.sentence);
        if previous.is_none() {
            inherited.clear();
        }
        let floor = previous.map_or(figure.sentence.start, |previous| previous.tokens.end.min(figure.tokens.start));
        let next = figures.get(index + 1).map_or(figure.sentence.end, |next| next.tokens.start.min(figure.sentence.end));
        let before = before(reading, floor, figure);
        let phrase = phrase(reading, figure, next.max(figure.tokens.end));
        let mut parts: Vec<TokenRange> = Vec::with_capacity(4);
        let mut own_subject = false;
        let counted = matches!(figure.unit.kind, UnitKind::Count | UnitKind::Measure) && !figure.unit.tokens.is_empty();
        let unit = figure.unit.tokens.clone();
        let changes = before.verb == Verb::Change;
        if counted && !before.headed && !(changes && before.subject.is_empty() && !inherited.is_empty() && phrase.is_empty()) {
            let verb = trim_to_last(reading, before.subject.clone(), MAX_VERB);
            if phrase.len() < 4 || before.verb == Verb::Share {
                parts.push(verb);
            }
            if let Some(word) = before.direction {
                parts.push(marker(word));
            }
            parts.push(unit);
            parts.push(phrase.clone());
        } else if before.subject.is_empty() && !phrase.is_empty() && !follows_comparison(reading, &phrase) && !figure.is_parenthesised(reading) {
            if let Some(word) = before.direction {
                parts.push(marker(word));
            }
            parts.push(phrase.clone());
        } else {
            let transitive = figure.unit.kind == UnitKind::Percent
                && !phrase.is_empty()
                && !follows_comparison(reading, &phrase)
                && !before.headed
                && before.verb != Verb::Share;
            if before.subject.is_empty() {
                parts.extend(inherited.iter().cloned());
            } else {
                own_subject = true;
                parts.push(before.subject.clone());
            }
            if let Some(word) = before.direction {
                parts.push(marker(word));
            }
            if transitive || before.verb == Verb::Share || follows_comparison(reading, &phrase) {
                parts.push(phrase.clone());
            }
        }
        let text = render(reading, &parts);
        if own_subject {
            inherited = vec![before.subject.clone()];
        } else if counted || !phrase.is_empty() && inherited.is_empty() {
            inherited = parts.iter().filter(|part| part.end < usize::MAX / 2).cloned().collect();
        }
        labels.push(Label {
            text: if text.is_empty() { figure.unit_text(reading.analysis) } else { text },
            direction: before.direction,
            quote: quote(&before, figure, &phrase),
        });
    }
    labels
}

/// Ranges past every token stand for the words tăng and giảm.
fn marker(direction: Direction) -> TokenRange {
    let at = usize::MAX - 1 - direction as usize;
    at..at
}

fn render(reading: Reading, parts: &[TokenRange]) -> String {
    let mut text = String::new();
    for part in parts {
        let words = match part.start {
            at if at == usize::MAX - 1 => Direction::Up.word(),
            at if at == usize::MAX - 2 => Direction::Down.word(),
            _ => reading.analysis.slice(part),
        };
        if words.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(words);
    }
    text
}

/// The shortest stretch with figure and what it measures: from the subject, where it is near, to the phrase behind.
fn quote(before: &Before, figure: &Figure, phrase: &TokenRange) -> TokenRange {
    let near = !before.subject.is_empty() && figure.tokens.start - before.subject.start <= 20;
    let start = if near { before.subject.start } else { figure.tokens.start };
    let end = figure.tokens.end.max(figure.unit.tokens.end.min(figure.sentence.end));
    let end = if phrase.is_empty() || phrase.len() > 12 { end } else { end.max(phrase.end) };
    start..end
}

/// Reads back from the figure: measuring verb, then the subject up to the start of the clause.
fn before(reading: Reading, floor: usize, figure: &Figure) -> Before {
    let (mut verb, mut direction) = (Verb::None, None);
    let mut at = figure.tokens.start;
    if at > floor && matches!(reading.word(at - 1), "(" | ":") {
        at -= 1;
    }
    while at > floor {
        if let Some((start, entry)) = reading.ending_at(at, Class::MeasureVerb)
            && start >= floor
        {
            let found = match &*entry.value {
                "up" => (Verb::Change, Some(Direction::Up)),
                "down" => (Verb::Change, Some(Direction::Down)),
                "share" => (Verb::Share, None),
                _ => (Verb::Level, None),
            };
            if verb == Verb::None || verb == Verb::Level && found.0 != Verb::Level {
                (verb, direction) = found;
            }
            at = start;
        } else if is_light(reading.word(at - 1)) {
            at -= 1;
        } else {
            break;
        }
    }
    let start = clause_start(reading, floor, at);
    let (subject, headed) = subject(reading, start, at);
    Before {
        subject,
        headed,
        verb,
        direction,
    }
}

/// The first token of the clause that ends at `end`.
fn clause_start(reading: Reading, floor: usize, end: usize) -> usize {
    let analysis = reading.analysis;
    let mut at = end;
    while at > floor {
        let word = reading.word(at - 1);
        match analysis.kind(at - 1) {
            Kind::Punct => match word {
                "," => {
                    if reading.dates.is_date_token(at.wrapping_sub(2)) || !continues_list(reading, floor, at, end) {
                        return at;
                    }
                }
                "/" | "-" | "–" | "%" | "." if !analysis.tokens.get(at).is_some_and(|token| token.spaced) => {}
                "-" | "–" if at == end => {}
                "“" | "”" | "\"" | "'" | "‘" | "’" => {}
                "/" => {}
                _ => return at,
            },
            Kind::Break => return at,
            _ => {
                let two = reading.word(at);
                let turns = matches!(word, "nhưng" | "song" | "rằng" | "nếu")
                    || matches!((word, two), ("trong", "khi") | ("trong", "đó") | ("tuy", "nhiên") | ("theo", "đó") | ("cho", "biết") | ("đồng", "thời") | ("đưa", _))
                    || word == "với" && at < end
                    || word == "và" && analysis.longest(at, Class::MeasureNoun).is_some();
                if turns {
                    return at;
                }
            }
        }
        at -= 1;
    }
    floor
}

/// The comma before token `at` joins two parts of one subject: the part before it begins with a measured noun, the
/// part behind it does not.
fn continues_list(reading: Reading, floor: usize, at: usize, end: usize) -> bool {
    let measured = |range: TokenRange| {
        let mut range = range;
        range.any(|token| reading.analysis.longest(token, Class::MeasureNoun).is_some())
    };
    if end - at > 9 || measured(at..end) {
        return false;
    }
    let mut from = at - 1;
    while from > floor && !matches!(reading.word(from - 1), "," | ";" | "." | ":" | "(" | ")") {
        from -= 1;
    }
    let verb = (from..at - 1).any(|token| {
        matches!(reading.word(token), "đạt" | "chiếm" | "tăng" | "giảm" | "là")
    });
    measured(from..at - 1) && !verb && at - from <= 14
}

/// The subject within `start..end`: from its measured noun on, without leading and trailing light words.
fn subject(reading: Reading, start: usize, end: usize) -> (TokenRange, bool) {
    let head = (start..end).find(|&at| {
        reading.analysis.longest(at, Class::MeasureNoun).is_some() && !reading.dates.is_date_token(at)
    });
    let mut range = match head {
        Some(head) => head..end,
        None => start..end,
    };
    if head.is_some() {
        range = trim(reading, range);
        range.end = range.end.min(range.start + MAX_SUBJECT);
        (trim_end(reading, range), true)
    } else {
        (trim_to_last(reading, range, MAX_SUBJECT), false)
    }
}

fn trim_to_last(reading: Reading, range: TokenRange, most: usize) -> TokenRange {
    let start = range.start.max(range.end.saturating_sub(most));
    trim(reading, start..range.end)
}

fn trim(reading: Reading, mut range: TokenRange) -> TokenRange {
    range = trim_end(reading, range);
    while range.start < range.end
        && (is_leading(reading.word(range.start))
            || reading.dates.is_date_token(range.start)
            || reading.analysis.kind(range.start) == Kind::Punct)
    {
        range.start += 1;
    }
    range
}

fn trim_end(reading: Reading, mut range: TokenRange) -> TokenRange {
    while range.start < range.end
        && (is_trailing(reading.word(range.end - 1))
            || reading.dates.is_date_token(range.end - 1)
            || reading.analysis.kind(range.end - 1) == Kind::Punct && reading.word(range.end - 1) != "%")
    {
        range.end -= 1;
    }
    range
}

/// The phrase behind the figure: up to the end of the clause, the next figure or a verb that measures.
fn phrase(reading: Reading, figure: &Figure, next: usize) -> TokenRange {
    let analysis = reading.analysis;
    let start = figure.tokens.end.max(figure.unit.tokens.end);
    let mut at = start;
    if figure.numeral.tokens.end < start && reading.word(at) == "(" && reading.word(at + 2) == ")" {
        // `78% (77.609) ý kiến …`
        at += 3;
    }
    let start = at;
    while at < next && at - start < MAX_PHRASE {
        let word = reading.word(at);
        match analysis.kind(at) {
            Kind::Punct => match word {
                "," if continues_phrase(reading, at, next, start) => {}
                "-" | "/" | "–" if !analysis.tokens[at].spaced || !analysis.tokens[at + 1].spaced => {}
                "“" | "”" | "\"" | "‘" | "’" | "'" => {}
                _ => break,
            },
            Kind::Break => break,
            _ => {
                let verb = analysis
                    .longest(at, Class::MeasureVerb)
                    .is_some_and(|(_, entry)| matches!(&*entry.value, "up" | "down" | "share") || matches!(word, "đạt" | "bằng"));
                let pair = matches!((word, reading.word(at + 1)), ("trong", "khi") | ("trong", "đó") | ("đồng", "thời") | ("so", "với"));
                if at > start && (ends_phrase(word) || verb || pair) {
                    break;
                }
                if at == start && (ends_phrase(word) || verb) {
                    break;
                }
            }
        }
        at += 1;
    }
    let mut range = trim_end(reading, start..at);
    while range.start < range.end && (matches!(reading.word(range.start), "các" | "những" | "số" | "trong" | "tổng") && reading.word(range.start + 1) != "với" && range.len() > 1) && !follows_comparison(reading, &range) && figure.unit.kind == UnitKind::Percent {
        range.start += 1;
    }
    if range.start < range.end && reading.dates.is_date_token(range.start) {
        range.start = range.end;
    }
    range
}

/// The comma at `at` is one of an enumeration of nouns.
fn continues_phrase(reading: Reading, at: usize, next: usize, start: usize) -> bool {
    let soon = (at + 1..(at + 6).min(next)).any(|token| matches!(reading.word(token), "," | "và"));
    let listed = (start..at).any(|token| reading.word(token) == ",");
    let word = reading.word(at + 1);
    let opens = ends_phrase(word)
        || is_leading(word)
        || reading.analysis.longest(at + 1, Class::MeasureVerb).is_some()
        || reading.analysis.longest(at + 1, Class::MeasureNoun).is_some()
        || matches!(word, "đạt" | "chiếm" | "nâng" | "góp" | "tập" | "tạo" | "bảo" | "đảm");
    (soon || listed || at - start < 4) && !opens
}

/// `so với cùng kỳ`, `kế hoạch`, `dự toán`, `về tổng số vụ`: what a share or a change is compared with.
fn follows_comparison(reading: Reading, phrase: &TokenRange) -> bool {
    !phrase.is_empty()
        && matches!(
            (reading.word(phrase.start), reading.word(phrase.start + 1)),
            ("so", "với") | ("kế", "hoạch") | ("dự", "toán") | ("chỉ", "tiêu") | ("về", _) | ("của", _)
        )
}
