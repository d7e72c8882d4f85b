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
//! Subjects that only the paragraph tells.

use super::Reading;
use super::clause::{Before, Direction, Verb, before, is_comparison, nearest_subject, phrase, trim_to_last};
use super::figure::Figure;
use super::shares::WHOLE;
use super::unit::UnitKind;
use super::words::begins_circumstance;
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;

/// Words of the clause before a counted noun that go into the label.
const MAX_VERB: usize = 8;
/// A rank takes this many words before it.
const MAX_RANKED: usize = 12;
/// A subject of fewer words is completed from its surroundings.
const SHORT: usize = 5;
/// A label of fewer words takes the clause before.
const LEAST: usize = 3;
/// A subject of fewer words takes the phrase behind the figure too.
const LONG: usize = 7;
/// How many tokens back the subject of the sentence before may stand.
const EARLIER_REACH: usize = 80;
/// Most parts of one label.
const PARTS: usize = 6;

/// A label with the tokens that show the figure in its context.
#[derive(Clone, Debug)]
pub struct Label {
    pub text: String,
    pub direction: Option<Direction>,
    pub quote: TokenRange,
}

/// Stretches of the text that make up a label.
#[derive(Clone, Debug, Default)]
struct Parts {
    ranges: [TokenRange; PARTS],
    len: usize,
}

impl Parts {
    fn push(&mut self, range: TokenRange) {
        if !range.is_empty() && self.len < PARTS {
            self.ranges[self.len] = range;
            self.len += 1;
        }
    }

    fn extend(&mut self, other: &Parts) {
        for range in other.iter() {
            self.push(range.clone());
        }
    }

    fn iter(&self) -> impl Iterator<Item = &TokenRange> {
        self.ranges[..self.len].iter()
    }

    fn words(&self) -> usize {
        self.iter().map(ExactSizeIterator::len).sum()
    }
}

/// What the figures of the sentence so far were about.
#[derive(Default)]
struct Topic {
    /// Subject or counted noun, without the verb of a change.
    parts: Parts,
    /// The measured noun with which the last headed subject began.
    head: TokenRange,
    /// The counted noun of the last count.
    counted: Parts,
    /// The verb before the last count, with its subject.
    verb: TokenRange,
}

/// The labels of `figures`, one each.
pub fn labels(reading: Reading, figures: &[Figure]) -> Vec<Label> {
    let mut labels = Vec::with_capacity(figures.len());
    let mut topic = Topic::default();
    // A phrase may belong to two figures (`20 tập thể và 20 cá nhân được nhận bằng khen`): read from the last one.
    let phrases = phrases(reading, figures);
    for (index, figure) in figures.iter().enumerate() {
        let same_sentence = |other: &&Figure| other.sentence == figure.sentence;
        let previous = index.checked_sub(1).map(|at| &figures[at]).filter(same_sentence);
        if previous.is_none() {
            topic = Topic::default();
        }
        let floor = previous.map_or(figure.sentence.start, |previous| {
            previous.tokens.end.min(figure.tokens.start)
        });
        let mut before = before(reading, floor, figure);
        if let Some(previous) = previous.filter(|previous| counts(previous))
            && before.is_continued
            && !before.subject.is_empty()
            && before.subject.start <= previous.tokens.end + 1
        {
            // `20 dự án được điều chỉnh tăng vốn đạt …`: the noun counted before is the subject's head.
            before.subject.start = previous.unit.tokens.start;
        }
        let phrase = phrases[index].clone();
        let parts = compose(reading, figure, previous, &before, &phrase, &topic);
        remember(figure, &before, &phrase, &parts, &mut topic);
        let text = render(reading, &parts);
        labels.push(Label {
            text: if text.is_empty() {
                figure.unit_text(reading.analysis)
            } else {
                text
            },
            direction: before.direction,
            quote: quote(&before, figure, &phrase),
        });
    }
    labels
}

fn phrases(reading: Reading, figures: &[Figure]) -> Vec<TokenRange> {
    let mut phrases: Vec<TokenRange> = Vec::with_capacity(figures.len());
    for (index, figure) in figures.iter().enumerate().rev() {
        let next = figures.get(index + 1).filter(|next| next.sentence == figure.sentence);
        let end = next.map_or(figure.sentence.end, |next| next.tokens.start);
        let mut found = phrase(reading, figure, end.max(figure.tokens.end));
        if let (true, Some(next), Some(shared)) = (found.is_empty(), next, phrases.last())
            && counts(figure)
            && counts(next)
            && (figure.unit.tokens.end..next.tokens.start).all(|at| matches!(reading.word(at), "và" | "," | "với"))
        {
            found = shared.clone();
        }
        phrases.push(found);
    }
    phrases.reverse();
    phrases
}

/// The figure counts a noun that stands with it.
fn counts(figure: &Figure) -> bool {
    match figure.unit.kind {
        UnitKind::Count | UnitKind::Measure => !figure.unit.tokens.is_empty(),
        // `18 triệu ngày công`
        UnitKind::Duration => figure.unit.tokens.len() > 1,
        _ => false,
    }
}

fn compose(
    reading: Reading,
    figure: &Figure,
    previous: Option<&Figure>,
    before: &Before,
    phrase: &TokenRange,
    topic: &Topic,
) -> Parts {
    let mut parts = Parts::default();
    if figure.unit.kind == UnitKind::Rank {
        let floor = previous.map_or(figure.sentence.start, |previous| previous.tokens.end);
        let floor = floor.min(figure.tokens.start);
        let ranked = trim_to_last(reading, floor..figure.tokens.start, MAX_RANKED);
        if ranked.len() < LEAST + 1 {
            parts.extend(&topic.parts);
        }
        parts.push(ranked);
        if figure.numeral.spelled {
            parts.push(figure.numeral.tokens.clone());
        }
        parts.push(phrase.clone());
        return parts;
    }
    if previous.is_some_and(|previous| changes_to(reading, previous, figure)) && topic.parts.len > 0 {
        parts.extend(&topic.parts);
        parts.push(before.change.clone());
        return parts;
    }
    if is_equivalent(reading, figure) && topic.parts.len > 0 {
        parts.extend(&topic.parts);
        if counts(figure) {
            parts.push(figure.unit.tokens.clone());
        }
        return parts;
    }
    let continues = before.subject.is_empty() && topic.parts.len > 0;
    if counts(figure) {
        let same_noun = previous
            .is_some_and(|previous| reading.word(previous.unit.tokens.start) == reading.word(figure.unit.tokens.start));
        if before.is_headed() && before.verb != Verb::None {
            parts.push(before.subject.clone());
            parts.push(before.change.clone());
            if parts.words() < SHORT {
                parts.push(figure.unit.tokens.clone());
                parts.push(phrase.clone());
            }
        } else if continues && before.verb == Verb::Change && same_noun && phrase.is_empty() {
            parts.extend(&topic.parts);
            parts.push(before.change.clone());
        } else {
            if before.subject.is_empty() && phrase.is_empty() && lists_with(reading, previous, figure) {
                parts.push(topic.verb.clone());
            }
            let aside = figure.is_parenthesised(reading);
            let purpose = reading.word(phrase.start) == "để" && before.subject.len() > 2;
            if (phrase.len() < SHORT || purpose) && !aside {
                parts.push(trim_to_last(reading, before.subject.clone(), MAX_VERB));
            }
            if parts.len == 0 && phrase.len() < 3 && follows_of(reading, figure, previous) {
                parts.extend(&topic.parts);
            }
            parts.push(before.change.clone());
            parts.push(figure.unit.tokens.clone());
            if !purpose {
                parts.push(phrase.clone());
            }
        }
        return parts;
    }
    let compared = is_comparison(reading, phrase);
    let noun_behind = !phrase.is_empty() && !compared && !begins_circumstance(reading.word(phrase.start));
    let counted_behind = noun_behind && figure.unit.kind == UnitKind::Percent;
    if counted_behind && !before.is_headed() && before.verb != Verb::Share && !figure.is_parenthesised(reading) {
        // `giảm 15% chi phí`, `100% các sở công bố`: the noun behind is what is measured.
        let predicate = matches!(
            reading.word(phrase.start),
            "chưa" | "không" | "thấy" | "phát" | "hài" | "rất" | "cảm"
        );
        if predicate && before.subject.is_empty() {
            parts.extend(&topic.parts);
        }
        if before.verb == Verb::Level || phrase.len() < SHORT && !before.subject.is_empty() {
            parts.push(trim_to_last(reading, before.subject.clone(), MAX_VERB));
        }
        parts.push(before.change.clone());
        parts.push(phrase.clone());
        return parts;
    }
    if before.subject.is_empty() {
        let floor = previous.map_or(figure.sentence.start, |previous| previous.tokens.end);
        let start = figure.tokens.start;
        let near = (!figure.is_parenthesised(reading))
            .then(|| nearest_subject(reading, floor.min(before.verb_start), before.verb_start))
            .flatten();
        match near {
            Some(near) => parts.push(near),
            None if topic.parts.len > 0 => parts.extend(&topic.parts),
            None => parts.push(nearest_subject(reading, earlier_sentence(reading, figure), start).unwrap_or_default()),
        }
    } else if is_locative(reading, &before.subject) && topic.parts.len > 0 {
        parts.extend(&topic.parts);
        parts.push(before.subject.clone());
    } else {
        let listed = !before.is_headed() && before.verb == Verb::None && before.subject.len() <= SHORT;
        if listed && previous.is_some_and(|previous| previous.unit.kind == figure.unit.kind) {
            parts.push(topic.head.clone());
        }
        parts.push(before.subject.clone());
        if before.is_attached && before.subject.len() < SHORT {
            parts.extend(if topic.counted.words() < SHORT {
                &topic.parts
            } else {
                &topic.counted
            });
        }
    }
    if parts.words() < LEAST && phrase.is_empty() {
        // `đạt kết quả 92%`: the clause before says of what.
        let floor = previous.map_or(figure.sentence.start, |previous| previous.tokens.end);
        let first = parts.iter().next().map_or(figure.tokens.start, |part| part.start);
        if floor < first && first <= figure.tokens.start {
            let mut fuller = Parts::default();
            fuller.push(trim_to_last(reading, floor..first, MAX_VERB));
            fuller.extend(&parts);
            parts = fuller;
        }
    }
    parts.push(before.change.clone());
    if compared || before.verb == Verb::Share || noun_behind && parts.words() < LONG {
        parts.push(phrase.clone());
    }
    parts
}

fn remember(figure: &Figure, before: &Before, phrase: &TokenRange, parts: &Parts, topic: &mut Topic) {
    if figure.rule == WHOLE {
        return;
    }
    if counts(figure) {
        topic.counted = Parts::default();
        topic.counted.push(figure.unit.tokens.clone());
        topic.counted.push(phrase.clone());
        if !before.subject.is_empty() {
            topic.verb = before.subject.start.max(before.subject.end.saturating_sub(MAX_VERB))..before.subject.end;
        }
    }
    if before.is_headed() && !before.subject.is_empty() {
        topic.head = before.subject.start..before.subject.start + before.head.unwrap_or(0);
    }
    if before.is_headed() || counts(figure) || topic.parts.len == 0 {
        let mut kept = Parts::default();
        for range in parts.iter().filter(|range| **range != before.change) {
            kept.push(range.clone());
        }
        topic.parts = kept;
    }
}

/// `từ 36 xuống 15 sở`, `từ 711 chi cục còn 414 chi cục`: one quantity at two times.
fn changes_to(reading: Reading, previous: &Figure, figure: &Figure) -> bool {
    let own_unit = previous.unit.tokens.start < figure.tokens.start;
    let from = if own_unit {
        previous.tokens.end.max(previous.unit.tokens.end)
    } else {
        previous.tokens.end
    };
    let gap = from..figure.tokens.start;
    let mut changed = false;
    let light = gap.clone().all(|at| {
        let word = reading.word(at);
        let change = matches!(word, "xuống" | "còn" | "lên" | "đến" | "tới" | "thành");
        changed |= change;
        change || reading.dates.is_date_token(at) || matches!(word, "tối" | "đa" | "(" | ")" | "chỉ" | ",")
    });
    light && changed && previous.unit.kind == figure.unit.kind
}

/// `13,2%, tương đương 5.600 người`: the same quantity in another unit.
fn is_equivalent(reading: Reading, figure: &Figure) -> bool {
    let start = figure.tokens.start;
    start >= 2 && reading.word(start - 2) == "tương" && matches!(reading.word(start - 1), "đương" | "ứng")
}

/// `tặng bằng khen cho 12 tập thể và 38 cá nhân`: two nouns of one sort behind one verb.
fn lists_with(reading: Reading, previous: Option<&Figure>, figure: &Figure) -> bool {
    let sort = |figure: &Figure| {
        let (_, entry) = reading.analysis.longest(figure.unit.tokens.start, Class::Unit)?;
        (&*entry.tag != "count").then_some(&entry.tag)
    };
    previous.is_some_and(|previous| {
        let gap = previous.unit.tokens.end.min(figure.tokens.start)..figure.tokens.start;
        gap.clone().all(|at| matches!(reading.word(at), "," | "và"))
            && sort(previous).is_some()
            && sort(previous) == sort(figure)
    })
}

/// `200 tỷ đồng cho 40 dự án của 21 địa phương`: tied to the figure before by one word.
fn follows_of(reading: Reading, figure: &Figure, previous: Option<&Figure>) -> bool {
    let start = figure.tokens.start;
    previous.is_some_and(|previous| start > previous.unit.tokens.end && start - previous.unit.tokens.end <= 6)
        && matches!(reading.word(start.wrapping_sub(1)), "của" | "cho")
}

/// `tại các địa phương`, `ở cấp huyện`: where, not what.
fn is_locative(reading: Reading, subject: &TokenRange) -> bool {
    matches!(reading.word(subject.start), "tại" | "ở" | "riêng")
}

/// The start of the sentence before the figure's.
fn earlier_sentence(reading: Reading, figure: &Figure) -> usize {
    let sentences = reading.analysis.sentences;
    let index = sentences.partition_point(|sentence| sentence.start < figure.sentence.start);
    index
        .checked_sub(1)
        .map_or(figure.sentence.start, |before| sentences[before].start)
        .max(figure.tokens.start.saturating_sub(EARLIER_REACH))
}

fn render(reading: Reading, parts: &Parts) -> String {
    let mut text = String::new();
    for part in parts.iter() {
        let words = reading.analysis.slice(part);
        let repeats = reading.word(part.start) == "tăng" && part.len() == 1 && text.to_lowercase().starts_with("tăng");
        if repeats {
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
    let start = figure.tokens.start;
    let near = !before.subject.is_empty() && start - before.subject.start <= 20;
    let from = match (near, before.change.is_empty()) {
        (true, _) => before.subject.start,
        (false, false) => before.change.start,
        _ => start,
    };
    let end = figure.tokens.end.max(figure.unit.tokens.end);
    let behind = !phrase.is_empty() && phrase.start <= end + 1 && phrase.len() <= 14;
    from..if behind { end.max(phrase.end) } else { end }
}
