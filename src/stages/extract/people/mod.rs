//! Officials: named persons with their posts, and every place where the text speaks of them.

mod assign;
mod coreference;
mod names;
mod positions;
mod posts;
mod telling;
#[cfg(test)]
mod tests;
mod unnamed;

pub use names::{NameSpan, names, starts_sentence};
pub(super) use positions::organization_end;
pub use positions::{PositionSpan, positions};
pub use posts::{Post, normal_organization, normal_title};

use rustc_hash::{FxHashMap, FxHashSet};
use unnamed::UnnamedPost;

use crate::lexicon::Class;
use crate::stages::extract::context::Context;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::fold::fold;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    telling::POST_FIRST,
    telling::NAME_FIRST,
    telling::NAME_IS,
    telling::BOTH_SIDES,
    telling::SHARED_POST,
    unnamed::WITHOUT_NAME,
];

/// A person with at least one post.
#[derive(Debug)]
pub struct Person {
    /// The full name as written at its first mention.
    pub name: String,
    pub honorific: Option<String>,
    pub posts: Vec<Post>,
    /// The mention that gives the most: its tokens, from the first to the last word about the person.
    pub best: TokenRange,
    /// How that mention, or else the first one with a post, tells the post.
    pub rule: &'static Rule,
    /// Shorter forms used for the person.
    pub other_names: Vec<String>,
}

/// One place where the text speaks of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub person: usize,
    pub tokens: TokenRange,
    /// By name, by a short form, or by title alone.
    pub kind: MentionKind,
}

/// How a mention names the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKind {
    /// The full name.
    Name,
    /// `ông Chung`, `Bí thư Nhân`.
    ShortName,
    /// `Thủ tướng`.
    Title,
}

/// All persons of a document and their mentions, in text order.
#[derive(Debug, Default)]
pub struct People {
    pub persons: Vec<Person>,
    pub mentions: Vec<Mention>,
    /// Posts that stand for somebody whom the document does not name.
    pub unnamed: Vec<UnnamedPost>,
}

impl People {
    /// The mentions that lie wholly inside `range`.
    pub fn within(&self, range: &TokenRange) -> &[Mention] {
        let from = self
            .mentions
            .partition_point(|mention| mention.tokens.start < range.start);
        let to = self
            .mentions
            .partition_point(|mention| mention.tokens.start < range.end);
        &self.mentions[from..to]
    }

    /// The last mention that begins before `token`.
    pub fn before(&self, token: usize) -> Option<&Mention> {
        let next = self.mentions.partition_point(|mention| mention.tokens.start < token);
        self.mentions[..next].last()
    }
}

/// Finds the officials of a document.
pub fn find(context: &Context) -> People {
    let analysis = context.analysis;
    let names = names(analysis);
    let positions = positions(analysis, &names);
    if positions.is_empty() && analysis.trace.is_none() {
        return People::default();
    }
    let assignment = assign::assign(analysis, &names, &positions);
    let mut people = People::default();
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    let keys = keys(analysis, &names);
    for ((name, key), posts) in names.iter().zip(&keys).zip(&assignment.of_name) {
        if posts.iter().any(|&post| posts::is_a_post(analysis, &positions[post])) {
            let next = people.persons.len();
            let person = *by_name.entry(key.clone()).or_insert(next);
            if person == next {
                people.persons.push(Person {
                    name: full_name(analysis, name),
                    honorific: None,
                    posts: Vec::new(),
                    best: name.tokens.clone(),
                    rule: telling::rule(analysis, name, posts, &positions),
                    other_names: Vec::new(),
                });
            }
        }
    }
    let mut used = FxHashSet::default();
    let sole = sole_posts(
        analysis,
        &names,
        &positions,
        &assignment.of_name,
        (&by_name, keys.as_slice()),
    );
    for ((name, key), posts) in names.iter().zip(&keys).zip(&assignment.of_name) {
        let Some(&index) = by_name.get(key) else {
            continue;
        };
        let person = &mut people.persons[index];
        let written = full_name(analysis, name);
        if written.len() > person.name.len() {
            person.name = written;
        } else if written.len() < person.name.len() && !person.other_names.contains(&written) {
            person.other_names.push(written);
        }
        let tokens = mention_tokens(name, posts, &positions, &mut used);
        if person.honorific.is_none() {
            person.honorific = name
                .honorific
                .as_ref()
                .map(|honorific| analysis.slice(honorific).to_owned());
        }
        for &post in posts {
            let touches = positions[post].tokens.end + 3 > name.tokens.start;
            // "Theo ý kiến của Bí thư Thành ủy, Phó Chủ tịch B": the first post is somebody else's.
            let others = !touches && {
                let post = posts::post(analysis, &positions[post]);
                sole.iter()
                    .any(|(holder, held)| *holder != index && posts::same_post(analysis, held, &post))
            };
            if !others {
                posts::add(analysis, &mut person.posts, &positions[post]);
            }
        }
        if tokens.len() > person.best.len() {
            person.best = tokens.clone();
            if !posts.is_empty() {
                person.rule = telling::rule(analysis, name, posts, &positions);
            }
        }
        people.mentions.push(Mention {
            person: index,
            tokens,
            kind: MentionKind::Name,
        });
    }
    // Who has no other post has the one that may be somebody else's.
    for (key, posts) in keys.iter().zip(&assignment.of_name) {
        if let Some(&index) = by_name.get(key)
            && people.persons[index].posts.is_empty()
        {
            let person = &mut people.persons[index];
            posts
                .iter()
                .for_each(|&post| posts::add(analysis, &mut person.posts, &positions[post]));
        }
    }
    telling::note(analysis, &names, &positions, &assignment.of_name, |index| {
        by_name.contains_key(&keys[index])
    });
    let unheld = coreference::resolve(analysis, &names, &positions, &assignment.alone, &mut people);
    people.unnamed = unnamed::find(context, &positions, &unheld);
    people.mentions.sort_by_key(|mention| mention.tokens.start);
    people
}

/// Posts that only one person can hold, with who holds them by a post that touches the name (`Bí thư Thành ủy A`).
fn sole_posts(
    analysis: &Analysis,
    names: &[NameSpan],
    positions: &[PositionSpan],
    of_name: &[Vec<usize>],
    (by_name, keys): (&FxHashMap<String, usize>, &[String]),
) -> Vec<(usize, Post)> {
    let mut sole = Vec::new();
    for ((name, key), posts) in names.iter().zip(keys).zip(of_name) {
        let Some(&person) = by_name.get(key) else {
            continue;
        };
        let touching = posts.iter().map(|&post| &positions[post]).filter(|position| {
            let deputy = analysis.word(position.title.start) == "phó";
            position.tokens.end == name.tokens.start && position.denotes_person && !deputy
        });
        sole.extend(touching.map(|position| (person, posts::post(analysis, position))));
    }
    sole
}

/// What tells persons apart: the folded name; for two syllables without a family name that end a longer name of the
/// document (`ông Đức Duy` beside `Đỗ Đức Duy`) that name.
fn keys(analysis: &Analysis, names: &[NameSpan]) -> Vec<String> {
    let folded: Vec<String> = names.iter().map(|name| fold(&full_name(analysis, name))).collect();
    let whole = |(name, key): (&NameSpan, &String)| {
        let surname = analysis.longest(name.tokens.start, Class::Surname);
        let short = name.tokens.len() == 2 && surname.is_none_or(|(_, entry)| !entry.tag.is_empty());
        let ending = format!(" {key}");
        let longer = folded.iter().find(|other| short && other.ends_with(&ending));
        longer.unwrap_or(key).clone()
    };
    names.iter().zip(&folded).map(whole).collect()
}

fn full_name(analysis: &Analysis, name: &NameSpan) -> String {
    let words: Vec<&str> = analysis.slice(&name.tokens).split_whitespace().collect();
    words.join(" ")
}

/// From the first to the last token about the person: posts before, honorific, name, posts after. A post that a list
/// of names shares (`các Phó Chủ tịch: A, B`) counts for the first of them alone: `used` are the posts taken before.
fn mention_tokens(
    name: &NameSpan,
    posts: &[usize],
    positions: &[PositionSpan],
    used: &mut FxHashSet<usize>,
) -> TokenRange {
    let mut range = name.start()..name.tokens.end;
    for &post in posts {
        if used.insert(post) {
            let tokens = &positions[post].tokens;
            range = range.start.min(tokens.start)..range.end.max(tokens.end);
        }
    }
    range
}
