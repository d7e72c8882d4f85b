//! Aims against facts: `phấn đấu đạt 90%` is a target, `đã đạt 90%` a fact.
//!
//! # What
//! The last cue before the figure decides; a weak cue (`kế hoạch`, `yêu cầu`) gives way to a fact told before it.
//! # Why
//! A table that mixes aims with results misleads.
//! # Example
//! `đến năm 2030, 100% thủ tục được cung cấp trực tuyến`: a target, from the year alone.
//! # Known misses
//! Aims told by the sentence before.

use chrono::{Datelike, NaiveDate};

use super::Reading;
use super::figure::Figure;
use crate::lexicon::Class;

/// The figure is aimed at, required or planned.
pub fn is_target(reading: Reading, figure: &Figure, published: Option<NaiveDate>) -> bool {
    let analysis = reading.analysis;
    let mut state = None;
    let mut at = figure.sentence.start;
    while at < figure.tokens.start {
        let Some((len, entry)) = analysis.longest(at, Class::TargetCue) else {
            at += 1;
            continue;
        };
        state = match (&*entry.value, &*entry.tag) {
            ("turn", _) => None,
            ("fact", _) => Some(false),
            ("target", "weak") if state == Some(false) => state,
            _ => Some(true),
        };
        at += len;
    }
    let limit = matches!(figure.qualifier, Some("at_most" | "at_least"));
    state.unwrap_or(limit || lies_ahead(reading, figure, published))
}

/// The sentence names a year after the day of publication.
fn lies_ahead(reading: Reading, figure: &Figure, published: Option<NaiveDate>) -> bool {
    let Some(year) = published.map(|day| day.year()).or(reading.dates.document_year()) else {
        return false;
    };
    reading
        .dates
        .periods_in(&(figure.sentence.start..figure.tokens.start))
        .iter()
        .any(|period| period.end.is_some_and(|end| end.year() > year))
}
