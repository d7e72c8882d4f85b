//! What a figure measures, in the words of the text.
//!
//! # What
//! Three to fifteen words: the subject before a measuring verb (`tỷ lệ giải ngân đạt …`), the noun phrase behind the
//! figure (`81% TTHC được cung cấp trực tuyến`), or verb and counted noun (`giải thể 05 cơ quan`). `tăng` and `giảm`
//! stay in the label of a change, a clause without a subject inherits that of the figure before, and which office did it is
//! left out.
//! # Why
//! A number without what it measures is no fact.
//! # Example
//! `Thu ngân sách đạt 35 nghìn tỷ đồng, tăng 16,4%`: `Thu ngân sách`, `Thu ngân sách tăng`.
//! # Known misses
//! Subjects that only the paragraph tells.

use super::Reading;
use super::clause::{Before, Direction, Verb, before, headed_start};
use super::compose::{Surroundings, compose, counts};
use super::figure::Figure;
use super::parts::Parts;
use super::phrase::phrase;
use super::topic::Topic;
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

/// A label with the tokens that show the figure in its context.
#[derive(Clone, Debug)]
pub struct Label {
    pub text: String,
    pub direction: Option<Direction>,
    pub quote: TokenRange,
    /// How sure it is that the text says what is measured, 0 to 1.
    pub certainty: f64,
}

/// The labels of `figures`, one each.
pub fn labels(reading: Reading, figures: &[Figure]) -> Vec<Label> {
    let mut labels = Vec::with_capacity(figures.len());
    let (mut topic, mut earlier) = (Topic::default(), Parts::default());
    // A phrase may belong to two figures (`20 tập thể và 20 cá nhân được nhận bằng khen`): read from the last one.
    let phrases = phrases(reading, figures);
    for (index, figure) in figures.iter().enumerate() {
        let last = index.checked_sub(1).map(|at| &figures[at]);
        let previous = last.filter(|last| last.sentence == figure.sentence);
        if previous.is_none() {
            let follows = last.is_some_and(|last| follows(reading, last, figure));
            earlier = if follows { topic.parts } else { Parts::default() };
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
            let listed = before.verb == Verb::None && counts(figure) && links(reading, figure.tokens.start);
            before.subject = match listed {
                // `22 tàu composite và 347 tàu gỗ`: the words behind the noun counted before are its own.
                true => before.subject.end..before.subject.end,
                // `20 dự án được điều chỉnh tăng vốn đạt …`: the noun counted before is the subject's head.
                false => {
                    let earlier = index.checked_sub(2).map(|at| figures[at].tokens.end);
                    let floor = earlier.unwrap_or(0).max(figure.sentence.start);
                    let whole = headed_whole(reading, floor, previous, &before, figure);
                    whole.unwrap_or(previous.unit.tokens.start)..before.subject.end
                }
            };
        }
        let around = Surroundings {
            previous,
            told: previous.map_or(0..0, |_| phrases[index - 1].clone()),
            before: &before,
            phrase: &phrases[index],
            next: figures.get(index + 1).filter(|next| next.sentence == figure.sentence),
            topic: &topic,
            earlier: &earlier,
        };
        let parts = compose(reading, figure, &around);
        topic.remember(reading, figure, &before, &phrases[index], &parts);
        let text = render(reading, &parts);
        labels.push(Label {
            certainty: parts.certainty(),
            text: if text.is_empty() {
                figure.unit_text(reading.analysis)
            } else {
                text
            },
            direction: before.direction,
            quote: quote(&before, figure, &phrases[index]),
        });
    }
    labels
}

/// `nhu cầu vốn của` | `2 dự án trọng điểm là 29 tỷ đồng`: where the noun that is measured begins, which has the noun
/// counted before.
fn headed_whole(reading: Reading, floor: usize, previous: &Figure, before: &Before, figure: &Figure) -> Option<usize> {
    let end = previous.tokens.start;
    let linked = end > floor && matches!(reading.word(end - 1), "của" | "cho" | "tại" | "ở" | "trong");
    let told = before.verb_start < figure.tokens.start;
    (linked && told && !before.is_headed())
        .then(|| headed_start(reading, floor, end))
        .flatten()
}

/// A word that joins the members of a list ends before `token`.
fn links(reading: Reading, token: usize) -> bool {
    token > 0 && matches!(reading.word(token - 1), "và" | "," | ";")
}

/// The sentence of `figure` comes right behind that of `last`.
fn follows(reading: Reading, last: &Figure, figure: &Figure) -> bool {
    (last.sentence.end..figure.sentence.start).all(|at| reading.analysis.kind(at) == Kind::Break)
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

fn render(reading: Reading, parts: &Parts) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        let words = reading.analysis.slice(part);
        let rises = reading.word(part.start) == "tăng" && part.len() == 1 && text.to_lowercase().starts_with("tăng");
        let told = parts.iter().take(index).any(|before| same_words(reading, before, part));
        if rises || told {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(words);
    }
    text
}

fn same_words(reading: Reading, a: &TokenRange, b: &TokenRange) -> bool {
    a.len() == b.len()
        && a.clone()
            .zip(b.clone())
            .all(|(a, b)| reading.word(a) == reading.word(b))
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
