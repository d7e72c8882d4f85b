//! A person's posts: the same post told in several ways is one.
//!
//! What: labels as written, merged where one is a shorter telling of the other.
//! Example: `Thủ tướng` and `Thủ tướng Chính phủ` → `Thủ tướng Chính phủ`; `Chủ tịch UBND tỉnh` and `Chủ tịch Hội Nông
//! dân tỉnh` stay two.
//! Known misses: two posts of one kind in one organisation told once with and once without its name.

use super::positions::PositionSpan;
use crate::lexicon::Class;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::{Case, Kind};

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
        || position.deputy
        || names_body(analysis, position)
        || position.title.len() > 2
        || analysis
            .longest(position.title.start, Class::Title)
            .is_some_and(|(_, entry)| &*entry.tag == "abbreviation" && &*entry.folded_value != "đại biểu")
        || matches!(
            analysis.word(position.title.start),
            "tỉnh" | "thành" | "huyện" | "quận" | "thị" | "đảng" | "đbqh"
        )
}

/// A name in capitals follows the title, perhaps behind `của`: `chuyên gia của Ngân hàng Thế giới`.
fn names_body(analysis: &Analysis, position: &PositionSpan) -> bool {
    let end = position.title.end;
    let body = end + usize::from(analysis.word(end) == "của");
    body < position.tokens.end && analysis.is_capitalized(body)
}

/// Adds a telling of a post to `posts`.
pub(super) fn add(analysis: &Analysis, posts: &mut Vec<Post>, position: &PositionSpan) {
    if !is_a_post(analysis, position) || position.deputy && !posts.is_empty() {
        return;
    }
    // `đại biểu` says no more than the post that is told after it.
    let vague = posts.len() == 1 && is_deputy(analysis, &posts[0]);
    if vague && !position.deputy {
        posts.clear();
    }
    if !complete(analysis, posts, position) {
        posts.push(post(analysis, position));
    }
}

fn is_deputy(analysis: &Analysis, post: &Post) -> bool {
    post.tokens == post.title && matches!(words(analysis, &post.title)[..], ["đại", "biểu"])
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
    let strict = is_membership(analysis, &a.title);
    let longer = if a.title.len() > b.title.len() {
        &a.title
    } else {
        &b.title
    };
    let (rest_a, rest_b) = if matches!(analysis.word(longer.end - 1), "trực" | "trách" | "nhất" | "hai" | "ba") {
        (a.title.end..a.tokens.end, b.title.end..b.tokens.end)
    } else {
        behind_title(analysis, (&a.title, a.tokens.end), (&b.title, b.tokens.end))
    };
    compatible(analysis, &rest_a, &rest_b, strict)
}

/// `Phó Thủ tướng` and `Thủ tướng`, `Thứ trưởng` and `Bộ trưởng`, `Phó Chủ tịch` and `Chủ tịch` of one body.
pub(super) fn is_deputy_of(analysis: &Analysis, deputy: &PositionSpan, superior: &PositionSpan) -> bool {
    let (low, high) = (words(analysis, &deputy.title), words(analysis, &superior.title));
    if matches!((&low[..], &high[..]), (["thứ", "trưởng", ..], ["bộ", "trưởng", ..])) {
        return true;
    }
    let head = high.len().min(2);
    if high.is_empty() || low.first() != Some(&"phó") || !low[1..].starts_with(&high[..head]) {
        return false;
    }
    let body_of = |position: &PositionSpan| position.title.end..position.tokens.end;
    let (a, b) = (body_of(deputy), body_of(superior));
    high.first() == Some(&"thủ") || !a.is_empty() && !b.is_empty() && compatible(analysis, &a, &b, false)
}

/// What follows the words that two titles share, up to the ends of the posts: `Chủ tịch` | `Quốc hội` and `Chủ tịch` |
/// `UBND tỉnh`, although `Chủ tịch Quốc hội` is a title of its own.
pub(super) fn behind_title(
    analysis: &Analysis,
    a: (&TokenRange, usize),
    b: (&TokenRange, usize),
) -> (TokenRange, TokenRange) {
    let (words_a, words_b) = (words(analysis, a.0).len(), words(analysis, b.0).len());
    let shared = words_a.min(words_b);
    let behind = |(title, end): (&TokenRange, usize), words: usize| {
        (title.end + shared).saturating_sub(words).max(title.start)..end
    };
    (behind(a, words_a), behind(b, words_b))
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

/// Two organisations that can be one: one is missing, or a shortening of the other, or both are a body that every area
/// has (`UBND`, `Tỉnh ủy`) and name no different places. Two `Sở` are two.
pub(super) fn compatible(analysis: &Analysis, a: &TokenRange, b: &TokenRange, strict: bool) -> bool {
    let (words_a, words_b) = (expanded(analysis, a), expanded(analysis, b));
    if words_a.is_empty() || words_b.is_empty() {
        return !strict || words_a.is_empty() && words_b.is_empty();
    }
    let contains = |long: &[&str], short: &[&str]| short.iter().all(|word| long.contains(word));
    if contains(&words_a, &words_b) || contains(&words_b, &words_a) {
        return true;
    }
    if words_a[0] == words_b[0]
        && (abbreviates(&words_a[1..], &words_b[1..]) || abbreviates(&words_b[1..], &words_a[1..]))
    {
        return true;
    }
    // "UBND tỉnh" and "UBND huyện"
    let levels = (level(&words_a), level(&words_b));
    if matches!(levels, (Some(a), Some(b)) if a != b) {
        return false;
    }
    if strict || body_of_area(analysis, a).is_none() || body_of_area(analysis, a) != body_of_area(analysis, b) {
        return false;
    }
    match (place(analysis, a), place(analysis, b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// The word for the level of an area: `tỉnh`, `huyện`.
fn level<'t>(words: &[&'t str]) -> Option<&'t str> {
    words.iter().copied().find(|word| {
        matches!(
            *word,
            "tỉnh" | "thành" | "huyện" | "quận" | "thị" | "xã" | "phường" | "phố"
        )
    })
}

/// `TT&TT` has the first letters of `Thông tin và Truyền thông`.
fn abbreviates(short: &[&str], long: &[&str]) -> bool {
    let letters = short
        .iter()
        .flat_map(|word| word.chars())
        .filter(|letter| letter.is_alphabetic());
    let initials = long.iter().filter_map(|word| word.chars().next());
    short.len() < long.len() && letters.eq(initials.filter(|letter| letter.is_alphabetic()))
}

/// The body at the start of an organisation's name, where every area has one of its kind.
fn body_of_area<'t>(analysis: &Analysis<'t>, organization: &TokenRange) -> Option<&'t str> {
    let (_, entry) = analysis.longest(organization.start, Class::Organization)?;
    matches!(&*entry.tag, "local" | "party").then_some(&*entry.folded_value)
}

fn place<'t>(analysis: &Analysis<'t>, range: &TokenRange) -> Option<&'t str> {
    range
        .clone()
        .rev()
        .find_map(|token| analysis.longest(token, Class::Place).map(|(_, entry)| &*entry.value))
}

/// The title of a post as tables write it: abbreviations expanded, without `nguyên` and `quyền`, which are its status.
pub fn normal_title(analysis: &Analysis, post: &Post) -> String {
    let mut range = post.title.clone();
    while matches!(analysis.word(range.start), "nguyên" | "cựu" | "quyền" | "q" | ".") && range.len() > 1
        || analysis.word(range.start) == "là" && range.start > post.title.start
    {
        range.start += 1;
    }
    written_out(analysis, &range, Class::Title)
}

/// The organisation of a post as tables write it: abbreviations expanded; none where the text names none.
pub fn normal_organization(analysis: &Analysis, post: &Post) -> Option<String> {
    let range = post.title.end..post.tokens.end;
    (!range.is_empty()).then(|| written_out(analysis, &range, Class::Organization))
}

/// The text of `range`, which is not empty, with each abbreviation of `class` in its long form.
fn written_out(analysis: &Analysis, range: &TokenRange, class: Class) -> String {
    let mut text = String::new();
    let mut at = range.start;
    while at < range.end {
        if at > range.start && (analysis.tokens[at].spaced || text.ends_with('.')) && !text.ends_with(' ') {
            text.push(' ');
        }
        let long = analysis.longest(at, class).filter(|(len, entry)| {
            // "TT-Huế" is no town.
            let joined = matches!(analysis.surface(at + len), "-" | "–") && !analysis.tokens[at + len].spaced;
            at + len <= range.end
                && *entry.value != *entry.phrase
                && !joined
                && !is_half(analysis, at)
                && !beside_ampersand(analysis, at, *len)
        });
        match long {
            Some((len, entry)) if analysis.case(at) == Case::Upper || class == Class::Organization => {
                text.push_str(&entry.value);
                at += len;
                // "TP. HCM"
                at += usize::from(analysis.surface(at) == "." && at < range.end);
                text.push(' ');
            }
            _ => {
                text.push_str(analysis.surface(at));
                at += 1;
            }
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// The folded words of a title without `nguyên` and the like, abbreviations expanded; `Thường trực` at the end of a
/// deputy's title does not count, as texts drop it.
fn words<'t>(analysis: &Analysis<'t>, range: &TokenRange) -> Vec<&'t str> {
    let mut words: Vec<&str> = Vec::with_capacity(range.len());
    for token in range.clone() {
        let long = analysis.longest(token, Class::Title);
        match long.filter(|(len, entry)| *len == 1 && &*entry.tag == "abbreviation") {
            Some((_, entry)) if analysis.case(token) == Case::Upper => words.extend(entry.folded_value.split(' ')),
            _ => words.push(analysis.word(token)),
        }
    }
    words.retain(|word| !matches!(*word, "nguyên" | "cựu" | "quyền" | "q"));
    if words.first() == Some(&"phó") && words.ends_with(&["thường", "trực"]) {
        words.truncate(words.len() - 2);
    }
    words
}

/// `tư` | `pháp` has nothing of `TƯ`.
fn is_half(analysis: &Analysis, at: usize) -> bool {
    analysis.word(at) == "tư" && analysis.continues_word(at + 1)
}

fn beside_ampersand(analysis: &Analysis, at: usize, len: usize) -> bool {
    analysis.surface(at + len) == "&" || at > 0 && analysis.surface(at - 1) == "&"
}

/// The folded words of an organisation with its abbreviations expanded, without link words.
fn expanded<'t>(analysis: &Analysis<'t>, range: &TokenRange) -> Vec<&'t str> {
    let mut words = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match analysis.longest(at, Class::Organization) {
            // "TT" is a town, but not in "TT&TT".
            Some((len, entry))
                if at + len <= range.end && !beside_ampersand(analysis, at, len) && !is_half(analysis, at) =>
            {
                let long = entry.folded_value.split([' ', ',']);
                words.extend(long.filter(|word| !matches!(*word, "" | "của" | "và" | "thuộc")));
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
