//! How alike an entry of the gold and one of the output are: what decides which of them belong together.

use super::annotations::{Citation, Figure, Meeting};
use super::compare::{fold, given, same_number, same_unit, token_f1};

/// Name, day and kind count; a year of X fits every year.
pub(super) fn meeting_similarity(gold: &Meeting, found: &Meeting) -> f64 {
    let mut score = token_f1(&gold.name, &found.name);
    if let (Some(a), Some(b)) = (given(&gold.date), given(&found.date)) {
        let year = |date: &str| date.get(..4).unwrap_or(date).to_owned();
        let open = |date: &str| year(date).contains('X');
        let years_agree = open(a) || open(b) || year(a) == year(b);
        score += if a.get(5..) == b.get(5..) && years_agree {
            0.6
        } else {
            -0.3
        };
    }
    let (a, b) = (fold(&gold.kind), fold(&found.kind));
    score + if a.contains(&b) || b.contains(&a) { 0.3 } else { 0.0 }
}

/// Zero unless the values are equal; then unit, quote and label count.
pub(super) fn figure_similarity(gold: &Figure, found: &Figure) -> f64 {
    if !same_number(gold.value, found.value) || !same_number(gold.value_max, found.value_max) {
        return 0.0;
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let unit = if same_unit(&text(&gold.unit), &text(&found.unit)) {
        1.0
    } else {
        0.0
    };
    1.0 + unit + token_f1(&gold.quote, &found.quote) + 0.5 * token_f1(&text(&gold.label), &text(&found.label))
}

pub(super) fn citation_key(citation: &Citation) -> String {
    match given(&citation.number) {
        Some(number) => format!("{}|{}", fold(&citation.kind), fold(number)),
        None => fold(given(&citation.name).unwrap_or(&citation.kind)),
    }
}

/// One citation for each key, in the order of their first mention.
pub(super) fn distinct(citations: &[Citation]) -> Vec<&Citation> {
    let mut keys: Vec<String> = Vec::new();
    let mut kept: Vec<&Citation> = Vec::new();
    for citation in citations {
        let key = citation_key(citation);
        match keys.iter().position(|known| *known == key) {
            Some(at) => kept[at] = citation,
            None => {
                keys.push(key);
                kept.push(citation);
            }
        }
    }
    kept
}

pub(super) fn citation_similarity(gold: &Citation, found: &Citation) -> f64 {
    match (given(&gold.number), given(&found.number)) {
        (Some(a), Some(b)) => {
            let (a, b) = (fold(a), fold(b));
            let head = |number: &str| number.split('/').next().unwrap_or_default().to_owned();
            let same = a == b || head(&a) == head(&b) && token_f1(&gold.kind, &found.kind) >= 0.5;
            if same { 1.0 } else { 0.0 }
        }
        (None, None) => {
            let name = |citation: &Citation| given(&citation.name).unwrap_or(&citation.kind).to_owned();
            token_f1(&name(gold), &name(found))
        }
        _ => 0.0,
    }
}
