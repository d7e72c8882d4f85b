//! Short forms and titles that stand for a person named elsewhere in the document.
//!
//! What: `ông Chung`, `Bí thư Nhân` (given name after an honorific or title) and `Thủ tướng` (title alone).
//! Why: most speech in a report is given to short forms.
//! Example: after `Chủ tịch UBND TP Hà Nội Nguyễn Đức Chung`, both `ông Chung` and `Chủ tịch UBND thành phố` are him.
//! Known misses: pronouns, except before a post (`Ông từng làm Giám đốc Sở`); two persons with one given name are told
//! apart only by who was named last.

use rustc_hash::FxHashMap;

use super::assign::tells_post;
use super::names::{NameSpan, follows_title, honorific_before};
use super::positions::PositionSpan;
use super::telling::POST_FIRST;
use super::{Mention, MentionKind, People, Post, posts};
use crate::lexicon::Class;
use crate::text::analysis::Analysis;
use crate::text::fold::fold;
use crate::text::token::{Case, Kind};

/// Adds the mentions by short form and by title to `people`; gives those of the positions `alone` that stand for a person
/// whom the text does not name.
pub(super) fn resolve(
    analysis: &Analysis,
    names: &[NameSpan],
    positions: &[PositionSpan],
    alone: &[usize],
    people: &mut People,
) -> Vec<usize> {
    let mut found = Vec::new();
    let mut unheld = Vec::new();
    short_names(analysis, names, people, &mut found);
    let short_ends: FxHashMap<usize, usize> = found
        .iter()
        .map(|mention: &Mention| (mention.tokens.end, mention.person))
        .collect();
    let mut career: Option<(usize, usize)> = None;
    for &index in alone {
        let position = &positions[index];
        career = bearer(analysis, people, &short_ends, position)
            .or_else(|| goes_on(analysis, career, position))
            .map(|person| (person, position.tokens.end));
        if let Some((person, _)) = career {
            posts::add(analysis, &mut people.persons[person].posts, position);
            let why = "the post of a person whom a short form or a pronoun names";
            POST_FIRST.failed(analysis, &position.tokens, why);
            continue;
        }
        // "Bí thư Nhân" is a short name already.
        let end = position.tokens.end;
        if short_ends.contains_key(&end)
            || short_ends.contains_key(&(end + 1))
            || !position.denotes_person
            || is_generic(analysis, position)
        {
            POST_FIRST.failed(
                analysis,
                &position.tokens,
                "a post with a short name, or of nobody in particular",
            );
            continue;
        }
        let holder = by_title(analysis, people, position);
        let why = match holder {
            Some(_) => "no name behind the post: it stands for a person named elsewhere",
            None => "no name behind the post, and nobody named in the text holds it",
        };
        POST_FIRST.failed(analysis, &position.tokens, why);
        if holder.is_none() {
            unheld.push(index);
        }
        if let Some(person) = holder {
            if is_plain(analysis, position) {
                posts::complete(analysis, &mut people.persons[person].posts, position);
            }
            found.push(Mention {
                person,
                tokens: position.tokens.clone(),
                kind: MentionKind::Title,
            });
        }
    }
    people.mentions.append(&mut found);
    unheld
}

/// How far before a post the short form or the pronoun of its holder may stand.
const BEARER_REACH: usize = 12;

/// `ông Chung giữ chức` | `Phó Chủ tịch UBND tỉnh`, `Bà từng là` | `Giám đốc Sở Y tế`: the person of whom the text tells
/// that post, if the name ends at one of `short_ends` or is a pronoun.
fn bearer(
    analysis: &Analysis,
    people: &People,
    short_ends: &FxHashMap<usize, usize>,
    position: &PositionSpan,
) -> Option<usize> {
    let start = position.tokens.start;
    let from = analysis
        .sentence_at(start)
        .start
        .max(start.saturating_sub(BEARER_REACH));
    let (end, person) = (from..start).rev().find_map(|token| {
        let pronoun = matches!(analysis.word(token), "ông" | "bà")
            && analysis.kind(token + 1) == Kind::Word
            && !analysis.is_capitalized(token + 1);
        let named = short_ends.get(&(token + 1)).copied();
        let person = named.or_else(|| pronoun.then(|| antecedent(analysis, people, token)).flatten())?;
        Some((token + 1, person))
    })?;
    (end < start && tells_post(analysis, end, start)).then_some(person)
}

/// The person named last before the pronoun at `token`, unless the honorific tells another sex.
fn antecedent(analysis: &Analysis, people: &People, token: usize) -> Option<usize> {
    let person = people
        .mentions
        .iter()
        .rfind(|mention| mention.tokens.start < token)?
        .person;
    let honorific = people.persons[person].honorific.as_deref().map(fold);
    let other = match analysis.word(token) {
        "ông" => "bà",
        _ => "ông",
    };
    (honorific.as_deref() != Some(other)).then_some(person)
}

/// The post goes on with what was told of the person of the post before.
fn goes_on(analysis: &Analysis, career: Option<(usize, usize)>, position: &PositionSpan) -> Option<usize> {
    let (person, end) = career?;
    let start = position.tokens.start;
    let near = end < start && start - end <= 2;
    let linked = near && (end..start).all(|token| matches!(analysis.word(token), "," | ";" | "rồi" | "và" | "kiêm"));
    linked.then_some(person)
}

fn short_names(analysis: &Analysis, names: &[NameSpan], people: &mut People, found: &mut Vec<Mention>) {
    let given_names: Vec<String> = people
        .persons
        .iter()
        .map(|person| fold(person.name.rsplit(' ').next().unwrap_or_default()))
        .collect();
    if given_names.is_empty() {
        return;
    }
    for at in 1..analysis.len() {
        if analysis.kind(at) != Kind::Word || analysis.case(at) != Case::Title {
            continue;
        }
        let given = analysis.word(at);
        if !given_names.iter().any(|name| name == given) || is_in_name(names, at) {
            continue;
        }
        let titled = analysis.tokens[at].spaced && follows_title(analysis, at);
        let start = match honorific_before(analysis, at) {
            Some(honorific) => honorific.start,
            None if titled => at,
            None => continue,
        };
        let is_theirs = |mention: &&Mention| given_names[mention.person] == given;
        // The last one named before; a headline stands before all full names.
        let candidates = || people.mentions.iter().filter(is_theirs);
        let before = candidates().rfind(|mention| mention.tokens.start < at);
        if let Some(person) = before.or_else(|| candidates().next()).map(|mention| mention.person) {
            let surface = analysis.surface(at).to_owned();
            if !people.persons[person].other_names.contains(&surface) {
                people.persons[person].other_names.push(surface);
            }
            found.push(Mention {
                person,
                tokens: start..at + 1,
                kind: MentionKind::ShortName,
            });
        }
    }
}

/// The token belongs to one of `names`, which are in text order.
fn is_in_name(names: &[NameSpan], token: usize) -> bool {
    let next = names.partition_point(|name| name.tokens.end <= token);
    names.get(next).is_some_and(|name| name.tokens.start <= token)
}

/// `các Bộ trưởng`, `mỗi giám đốc`, `một phó chủ tịch`: nobody in particular.
fn is_generic(analysis: &Analysis, position: &PositionSpan) -> bool {
    let before = position
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |token| analysis.word(token));
    position.plural
        || matches!(
            before,
            "một" | "mỗi" | "từng" | "những" | "nhiều" | "chức" | "làm" | "là" | "vị"
        )
}

/// Nothing but names of organisations and places follows the title, so that no clause has slipped into the post.
fn is_plain(analysis: &Analysis, position: &PositionSpan) -> bool {
    let mut at = position.title.end;
    while at < position.tokens.end {
        let organization = analysis.longest(at, Class::Organization).map_or(0, |(len, _)| len);
        let place = analysis.longest(at, Class::Place).map_or(0, |(len, _)| len);
        match organization.max(place) {
            0 if analysis.is_capitalized(at) || analysis.kind(at) != Kind::Word => at += 1,
            0 => return false,
            len => at += len,
        }
    }
    true
}

/// The person who holds the post: the last one named before it, else the first named after it.
fn by_title(analysis: &Analysis, people: &People, position: &PositionSpan) -> Option<usize> {
    let is_held = |post: &Post| {
        posts::same_title(analysis, &post.title, &position.title) && {
            let (known, told) = posts::behind_title(
                analysis,
                (&post.title, post.tokens.end),
                (&position.title, position.tokens.end),
            );
            posts::compatible(analysis, &known, &told, false)
        }
    };
    let mut holds: Vec<bool> = people
        .persons
        .iter()
        .map(|person| person.posts.iter().any(is_held))
        .collect();
    // "Chủ tịch Quốc hội Lào" is who has just that post, rather than any Chủ tịch Quốc hội.
    let words = || position.tokens.clone().map(|token| analysis.word(token));
    let is_same = |post: &Post| {
        post.tokens.len() == position.tokens.len() && post.tokens.clone().map(|token| analysis.word(token)).eq(words())
    };
    let exact: Vec<bool> = people
        .persons
        .iter()
        .map(|person| person.posts.iter().any(is_same))
        .collect();
    if exact.contains(&true) {
        holds = exact;
    }
    let mut of_holders = people.mentions.iter().filter(|mention| holds[mention.person]);
    let mut before = of_holders.clone();
    before
        .rfind(|mention| mention.tokens.start < position.tokens.start)
        .or_else(|| of_holders.next())
        .map(|mention| mention.person)
}
