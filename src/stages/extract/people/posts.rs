//! A person's posts: the same post told in several ways is one.
//!
//! What: labels as written, merged where one is a shorter telling of the other.
//! Example: `Thủ tướng` and `Thủ tướng Chính phủ` → `Thủ tướng Chính phủ`; `Chủ tịch UBND tỉnh` and `Chủ tịch Hội Nông
//! dân tỉnh` stay two.
//! Known misses: two posts of one kind in one organisation told once with and once without its name.

use super::positions::PositionSpan;
use crate::lexicon::Class;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::Kind;

/// One post of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The fullest telling.
    pub tokens: TokenRange,
    pub title: TokenRange,
    /// current, former or acting.
    pub status: &'static str,
}

/// A title that makes somebody an official: not `đại biểu` or `thành viên` without an organisation.
pub(super) fn is_a_post(analysis: &Analysis, position: &PositionSpan) -> bool {
    position.denotes_person
        || position.title.end < position.tokens.end && analysis.is_capitalized(position.title.end)
        || position.title.len() > 2
        || analysis
            .longest(position.title.start, Class::Title)
            .is_some_and(|(_, entry)| &*entry.tag == "abbreviation")
        || matches!(
            analysis.word(position.title.start),
            "tỉnh" | "thành" | "huyện" | "quận" | "thị" | "đảng" | "đbqh"
        )
}

/// Adds a telling of a post to `posts`.
pub(super) fn add(analysis: &Analysis, posts: &mut Vec<Post>, position: &PositionSpan) {
    if !is_a_post(analysis, position) {
        return;
    }
    if !complete(analysis, posts, position) {
        posts.push(post(analysis, position));
    }
}

/// Replaces the telling of a post in `posts` by a fuller one; false where no post is the same.
pub(super) fn complete(analysis: &Analysis, posts: &mut [Post], position: &PositionSpan) -> bool {
    let post = post(analysis, position);
    let Some(known) = posts.iter_mut().find(|known| same_post(analysis, known, &post)) else {
        return false;
    };
    if analysis.slice(&post.tokens).len() > analysis.slice(&known.tokens).len() {
        *known = post;
    }
    true
}

/// The post that a position tells.
pub(super) fn post(analysis: &Analysis, position: &PositionSpan) -> Post {
    Post {
        tokens: position.tokens.clone(),
        title: position.title.clone(),
        status: status(analysis, position),
    }
}

fn status(analysis: &Analysis, position: &PositionSpan) -> &'static str {
    let last = analysis.word(position.title.end.saturating_sub(1));
    match analysis.word(position.tokens.start) {
        "nguyên" | "cựu" => "former",
        "quyền" | "q" => "acting",
        _ if last == "trách" => "acting",
        _ => "current",
    }
}

/// Two tellings of one post.
pub(super) fn same_post(analysis: &Analysis, a: &Post, b: &Post) -> bool {
    if a.status != b.status || !same_title(analysis, &a.title, &b.title) {
        return false;
    }
    compatible(
        analysis,
        &(a.title.end..a.tokens.end),
        &(b.title.end..b.tokens.end),
        is_membership(analysis, &a.title),
    )
}

/// One title begins with the other: `phó chủ tịch` and `phó chủ tịch thường trực`.
pub(super) fn same_title(analysis: &Analysis, a: &TokenRange, b: &TokenRange) -> bool {
    let (a, b) = (words(analysis, a), words(analysis, b));
    a.starts_with(&b) || b.starts_with(&a)
}

fn is_membership(analysis: &Analysis, title: &TokenRange) -> bool {
    matches!(analysis.word(title.start), "ủy" | "thành" | "đại" | "thư" | "trưởng")
        || analysis.word(title.start) == "phó" && analysis.word(title.start + 1) == "trưởng"
}

/// Two organisations that can be one: one is missing, or a shortening of the other, or both are of one kind and name
/// no different places.
pub(super) fn compatible(analysis: &Analysis, a: &TokenRange, b: &TokenRange, strict: bool) -> bool {
    let (words_a, words_b) = (expanded(analysis, a), expanded(analysis, b));
    if words_a.is_empty() || words_b.is_empty() {
        return !strict || words_a.is_empty() && words_b.is_empty();
    }
    let contains = |long: &[&str], short: &[&str]| short.iter().all(|word| long.contains(word));
    if contains(&words_a, &words_b) || contains(&words_b, &words_a) {
        return true;
    }
    if strict || words_a[0] != words_b[0] {
        return false;
    }
    match (place(analysis, a), place(analysis, b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

fn place<'t>(analysis: &Analysis<'t>, range: &TokenRange) -> Option<&'t str> {
    range
        .clone()
        .rev()
        .find_map(|token| analysis.longest(token, Class::Place).map(|(_, entry)| &*entry.value))
}

fn words<'t>(analysis: &Analysis<'t>, range: &TokenRange) -> Vec<&'t str> {
    range
        .clone()
        .map(|token| analysis.word(token))
        .filter(|word| !matches!(*word, "nguyên" | "cựu" | "quyền" | "q"))
        .collect()
}

/// The folded words of an organisation with its abbreviations expanded, without link words.
fn expanded<'t>(analysis: &Analysis<'t>, range: &TokenRange) -> Vec<&'t str> {
    let mut words = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match analysis.longest(at, Class::Organization) {
            Some((len, entry)) if at + len <= range.end => {
                words.extend(entry.folded_value.split(' '));
                at += len;
            }
            _ => {
                let word = analysis.word(at);
                if analysis.kind(at) != Kind::Punct && !matches!(word, "của" | "và" | "thuộc") {
                    words.push(word);
                }
                at += 1;
            }
        }
    }
    words
}
