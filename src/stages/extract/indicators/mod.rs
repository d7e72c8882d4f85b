//! Figures: every quantity by which a text measures something, with unit, qualifier, label, period and place.
//!
//! A pass over the tokens collects the numerals that measure ([`figure`]; one rule, one file), further rules complete
//! them from their neighbours ([`shares`], [`bare`]), and each is then described: what is measured ([`label`]), whether
//! it is aimed at ([`target`]), when and where it holds ([`scope`]), which registered indicator it is
//! ([`Registry`](crate::lexicon::Registry)).

mod agent;
mod bare;
mod body;
mod clause;
#[cfg(test)]
mod coding_tests;
mod completion;
mod compose;
mod counted;
mod duration;
mod figure;
mod joins;
mod label;
#[cfg(test)]
mod label_tests;
mod linked;
mod multiple;
mod names;
mod parts;
mod phrase;
mod qualifier;
mod rank;
mod ranking;
mod repeats;
mod scope;
mod shares;
mod spelled;
mod target;
#[cfg(test)]
mod tests;
mod topic;
mod unit;
mod words;

use crate::lexicon::{Class, Entry, Measured, Surrounding};
use crate::schema::rows::{Evidence, IndicatorFact};
use crate::stages::extract::citations::Citations;
use crate::stages::extract::context::Context;
use crate::stages::extract::people::People;
use crate::stages::extract::places::Locator;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::date::DateIndex;
use figure::Figure;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    rank::ORDINAL,
    rank::OF_ALL,
    rank::LEADER,
    figure::PERCENT,
    figure::CURRENCY,
    figure::RATIO,
    figure::COUNT,
    figure::MEASURE,
    figure::SCORE,
    figure::RANK,
    figure::NOUN,
    duration::RESULT,
    spelled::SPELLED,
    multiple::DOUBLE,
    shares::WHOLE,
    bare::CHANGE,
    bare::PART,
    bare::PARENTHESIS,
    bare::SUBJECT,
    bare::LISTED,
    bare::SCORED,
    bare::MONEY,
];

/// What the rules read: the analysed text, its dates and citations, and the people it names.
#[derive(Clone, Copy)]
struct Reading<'a> {
    analysis: &'a Analysis<'a>,
    dates: &'a DateIndex,
    citations: &'a Citations,
    people: &'a People,
}

impl<'a> Reading<'a> {
    /// The folded token, empty past the end.
    fn word(&self, token: usize) -> &'a str {
        self.analysis.word(token)
    }

    /// The longest phrase of `class` that ends just before token `end`, and its start.
    fn ending_at(&self, end: usize, class: Class) -> Option<(usize, &'a Entry)> {
        (1..=4.min(end)).rev().find_map(|len| {
            let start = end - len;
            let mut phrases = self.analysis.phrases(start, class);
            phrases.find_map(|(found, entry)| (found == len).then_some((start, entry)))
        })
    }
}

/// Finds the figures of one document, in text order; `meeting` stays empty.
pub fn find(
    context: &Context,
    dates: &DateIndex,
    citations: &Citations,
    people: &People,
    locator: &Locator,
) -> Vec<IndicatorFact> {
    let reading = Reading {
        analysis: context.analysis,
        dates,
        citations,
        people,
    };
    let mut figures = figure::collect(reading);
    bare::complete(reading, &mut figures);
    if figures.is_empty() {
        return Vec::new();
    }
    shares::link(reading, &mut figures);
    let labels = label::labels(reading, &figures);
    let targets = target::targets(reading, &figures, context.published);
    let scopes = scope::Scopes::new(reading, locator);
    let sentences = reading.analysis.sentences.iter();
    let sentences: Vec<Surrounding> = sentences
        .map(|sentence| Surrounding::new(reading.analysis.slice(sentence)))
        .collect();
    let mut facts = Vec::with_capacity(figures.len());
    for ((figure, label), is_target) in figures.iter().zip(labels).zip(targets) {
        let near = near(reading.analysis, &sentences, figure);
        let told = Described {
            figure,
            label,
            is_target,
        };
        facts.push(describe(context, locator, reading, told, &scopes, near));
    }
    let opening = reading.analysis.sentences.first().map_or(0..0, Clone::clone);
    let keys: Vec<FactKey> = match reading.analysis.trace {
        Some(_) => facts.iter().map(key).collect(),
        None => Vec::new(),
    };
    repeats::drop_repeats(&mut facts, context.end(&opening));
    note(reading.analysis, &figures, &keys, &facts);
    facts
}

/// What tells the facts of one document apart: place and value.
type FactKey = (i32, i32, u64);

fn key(fact: &IndicatorFact) -> FactKey {
    (fact.evidence.start, fact.evidence.end, fact.value.to_bits())
}

/// Notes what became of the figures, each of which gave the fact of the same place in `keys`; empty without a trace.
fn note(analysis: &Analysis, figures: &[Figure], keys: &[FactKey], facts: &[IndicatorFact]) {
    for (figure, given) in figures.iter().zip(keys) {
        match facts.iter().find(|fact| key(fact) == *given) {
            Some(fact) => figure.rule.matched(analysis, &figure.tokens, || {
                format!("{} {}: {}", fact.value, fact.unit, fact.label)
            }),
            None => {
                let why = "the figure is told more fully elsewhere: one row for each";
                figure.rule.dropped(analysis, &figure.tokens, why);
            }
        }
    }
}

/// Of aims so many are right for each fact that is.
const AIM: f64 = 0.9;

/// A figure with what was told of it.
struct Described<'f, 'a> {
    figure: &'f Figure<'a>,
    label: label::Label,
    is_target: bool,
}

fn describe(
    context: &Context,
    locator: &Locator,
    reading: Reading,
    told: Described,
    scopes: &scope::Scopes,
    near: &[Surrounding],
) -> IndicatorFact {
    let Described {
        figure,
        label,
        is_target,
    } = told;
    let period = scopes.period(reading, figure, is_target);
    let place = scopes.place(reading, figure);
    // A text of 2026 that tells a figure of 2024 means the province of 2024.
    let days = [period.and_then(|period| period.end), context.published];
    let area = place
        .as_ref()
        .and_then(|place| place.area(locator, days.into_iter().flatten().min()));
    let unit = figure.unit_text(reading.analysis);
    let registry = reading.analysis.lexicon.registry();
    let definition = registry.find(&Measured {
        label: &label.text,
        unit: &unit,
        unit_kind: figure.unit.kind.as_str(),
        near,
    });
    // A row is right where number and label are, and aims are told in more ways than facts.
    let confidence = figure.rule.confidence * label.certainty * if is_target { AIM } else { 1.0 };
    IndicatorFact {
        meeting: None,
        indicator: definition.map(|definition| definition.code.clone()),
        pillar: definition.and_then(|definition| definition.pillar.clone()),
        label: label.text,
        value: figure.numeral.value,
        value_max: figure.numeral.value_max,
        denominator: figure.denominator.or(figure.numeral.denominator),
        unit,
        unit_kind: figure.unit.kind.as_str().to_owned(),
        qualifier: figure.qualifier.map(str::to_owned),
        direction: label.direction.map(|direction| direction.as_str().to_owned()),
        is_target,
        period: period.map(|period| text_of(reading.analysis, &period.tokens)),
        period_start: period.and_then(|period| period.start),
        period_end: period.and_then(|period| period.end),
        place: place.as_ref().map(|place| text_of(reading.analysis, &place.tokens)),
        area_id: area.map(|area| area.id.to_owned()),
        evidence: Evidence {
            confidence: (confidence * 100.0).round() / 100.0,
            ..context.evidence(&label.quote, figure.rule)
        },
    }
}

/// So many sentences before that of a figure may say which indicator it is.
const NEAR_SENTENCES: usize = 4;

/// The sentence of `figure` with those before it that may say what it is about.
fn near<'s, 'a>(analysis: &Analysis, sentences: &'s [Surrounding<'a>], figure: &Figure) -> &'s [Surrounding<'a>] {
    let behind = analysis
        .sentences
        .partition_point(|sentence| sentence.start <= figure.sentence.start);
    &sentences[behind.saturating_sub(NEAR_SENTENCES + 1)..behind]
}

fn text_of(analysis: &Analysis, tokens: &TokenRange) -> String {
    analysis.slice(tokens).to_owned()
}
