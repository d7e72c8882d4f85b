//! When two annotations count as the same: folding, token overlap, units, numbers, assignment.

use unicode_normalization::UnicodeNormalization;

/// The two ways of placing a tone; the right one counts.
const TONES: [(&str, &str); 15] = [
    ("òa", "oà"),
    ("óa", "oá"),
    ("ỏa", "oả"),
    ("õa", "oã"),
    ("ọa", "oạ"),
    ("òe", "oè"),
    ("óe", "oé"),
    ("ỏe", "oẻ"),
    ("õe", "oẽ"),
    ("ọe", "oẹ"),
    ("ùy", "uỳ"),
    ("úy", "uý"),
    ("ủy", "uỷ"),
    ("ũy", "uỹ"),
    ("ụy", "uỵ"),
];

/// Without case, Unicode form, tone placement, quotation marks, points and commas; spaces single.
pub(super) fn fold(text: &str) -> String {
    let mut folded: String = text.nfc().collect::<String>().to_lowercase();
    for (from, to) in TONES {
        if folded.contains(from) {
            folded = folded.replace(from, to);
        }
    }
    let marks: String = folded
        .chars()
        .map(|c| match c {
            '–' | '—' => '-',
            '“' | '”' | '"' | '\'' | '‘' | '’' | '(' | ')' | '.' | ',' | ';' | ':' => ' ',
            _ => c,
        })
        .collect();
    marks.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a folded text; `%` is a word.
fn tokens(folded: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '%';
    folded
        .split(|c: char| !is_word(c))
        .filter(|token| !token.is_empty())
        .collect()
}

/// Twice the shared words by all words, as multisets; for two texts without words 1.
pub(super) fn token_f1(a: &str, b: &str) -> f64 {
    let (a, b) = (fold(a), fold(b));
    let (a, mut pool) = (tokens(&a), tokens(&b));
    let all = a.len() + pool.len();
    if a.is_empty() || pool.is_empty() {
        return if a.is_empty() && pool.is_empty() { 1.0 } else { 0.0 };
    }
    let mut shared = 0;
    for token in a {
        if let Some(at) = pool.iter().position(|other| *other == token) {
            pool.swap_remove(at);
            shared += 1;
        }
    }
    2.0 * f64::from(shared) / all as f64
}

/// One-to-one pairs of indices, the most similar first, as long as they are at least `least` similar.
pub(super) fn assign<G, P>(
    gold: &[G],
    found: &[P],
    similarity: impl Fn(&G, &P) -> f64,
    least: f64,
) -> Vec<(usize, usize)> {
    let mut scored = Vec::with_capacity(gold.len() * found.len());
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in found.iter().enumerate() {
            scored.push((similarity(g, p), i, j));
        }
    }
    // Ties go to the earlier ones; the sort is stable.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (score, i, j) in scored {
        if score < least {
            break;
        }
        if !used_gold[i] && !used_found[j] {
            used_gold[i] = true;
            used_found[j] = true;
            pairs.push((i, j));
        }
    }
    pairs
}

/// The units mean the same: equal, or the same head word, or half of their words shared; percent and currencies only
/// equal.
pub(super) fn same_unit(gold: &str, found: &str) -> bool {
    let (gold, found) = (unit_key(gold), unit_key(found));
    if gold == found {
        return true;
    }
    let (gold_words, found_words) = (tokens(&gold), tokens(&found));
    let (Some(&first), Some(&other)) = (gold_words.first(), found_words.first()) else {
        return false;
    };
    let exact = |word: &str| matches!(word, "%" | "vnd" | "usd");
    first == other || !exact(first) && !exact(other) && token_f1(&gold, &found) >= 0.5
}

fn unit_key(unit: &str) -> String {
    let folded = fold(unit);
    match folded.as_str() {
        "đồng" | "vnđ" | "đ" => "vnd".to_owned(),
        "đô la" => "usd".to_owned(),
        "phần trăm" | "percent" => "%".to_owned(),
        _ => folded,
    }
}

/// Both unknown, or equal but for rounding.
pub(super) fn same_number(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b || (a - b).abs() <= (1e-9 * a.abs().max(b.abs())).max(1e-12),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// The text, unless it is empty.
pub(super) fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}
