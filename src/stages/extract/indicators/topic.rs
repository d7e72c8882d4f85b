//! What the figures of a sentence so far were about, which later ones continue.

use super::Reading;
use super::clause::{Before, Verb, last_words};
use super::compose::{MAX_VERB, counts};
use super::figure::Figure;
use super::linked::equivalent;
use super::multiple::is_multiple;
use super::parts::{LEAST, Parts, Told};
use super::shares::WHOLE;
use super::unit::UnitKind;
use crate::text::analysis::TokenRange;

/// What the figures of the sentence so far were about.
#[derive(Default)]
pub struct Topic {
    /// Subject or counted noun, without the verb of a change.
    pub parts: Parts,
    /// The measured noun with which the last headed subject began.
    pub head: TokenRange,
    /// The noun of the last count or share, with the phrase behind it.
    pub counted: Parts,
    /// The verb before the last count, with its subject.
    pub verb: TokenRange,
    /// The verb of the last figure's change: `giảm` | `5 phòng, 12 đơn vị`.
    pub change: TokenRange,
    /// The phrase behind the whole whose parts follow: `Trong số 1.300 cây phải di chuyển, có …`.
    pub whole: TokenRange,
}

impl Topic {
    /// Takes up what `figure`, described by `parts`, is about.
    pub fn remember(&mut self, reading: Reading, figure: &Figure, before: &Before, phrase: &TokenRange, parts: &Parts) {
        if equivalent(reading, figure).is_some() {
            return;
        }
        if figure.rule == WHOLE {
            self.whole = phrase.clone();
            return;
        }
        if counts(figure) && parts.told != Told::Breakdown {
            self.counted = Parts::default();
            self.counted.push(figure.unit.tokens.clone());
            self.counted.push(phrase.clone());
        } else if figure.unit.kind == UnitKind::Percent && phrase.len() >= LEAST {
            self.counted = Parts::default();
            self.counted.push(phrase.clone());
        }
        let listed = counts(figure) && before.verb == Verb::None && before.subject.is_empty();
        if !listed && !is_multiple(figure) {
            self.change = before.change.clone();
        }
        if before.is_headed() && figure.unit.kind == UnitKind::Measure {
            // `diện tích 3.200 m2` | `, 24 quầy`
            self.verb = TokenRange::default();
        } else if (counts(figure) || spends(figure, before)) && !before.subject.is_empty() {
            self.verb = last_words(reading, &before.subject, MAX_VERB);
        }
        if before.verb != Verb::None && !before.is_headed() && !before.subject.is_empty() {
            self.head = 0..0;
        }
        if before.is_headed() && !before.subject.is_empty() {
            self.head = before.subject.start..before.subject.start + before.head.unwrap_or(0);
        }
        if parts.told == Told::Breakdown && !self.parts.is_empty() {
            // `Nam Định (34,8%), Hòa Bình (32,7%)`: what is measured is told without the one before.
            return;
        }
        let stated = before.verb != Verb::None && before.subject.len() > 1;
        let shares = parts.told == Told::Share;
        if before.is_headed() || counts(figure) || self.parts.is_empty() || stated || shares {
            let mut kept = Parts::default();
            let told = |range: &&TokenRange| **range != before.change || before.counts_changes(reading);
            // `chiếm 16%` | `kim ngạch xuất khẩu`: another share has another whole.
            let whole = |range: &TokenRange| before.verb == Verb::Share && range == phrase && parts.iter().count() > 1;
            for range in parts.iter().filter(told).filter(|range| !whole(range)) {
                kept.push(range.clone());
            }
            kept.told = parts.told;
            self.parts = kept;
        }
    }
}

/// `thu hồi 19 tỷ đồng`: money is the object of a verb.
fn spends(figure: &Figure, before: &Before) -> bool {
    figure.unit.kind == UnitKind::Currency && !before.is_headed() && before.verb == Verb::None
}
