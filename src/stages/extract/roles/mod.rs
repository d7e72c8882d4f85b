//! Roles: what a person does in the gathering that the document reports on.

mod attendee;
mod award;
mod chair;
mod elsewhere;
mod speaker;
mod subject;
#[cfg(test)]
mod tests;

use crate::lexicon::Class;
use crate::stages::extract::meetings::Meeting;
use crate::stages::extract::people::{Mention, People};
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    chair::SUBJECT,
    chair::AGENT,
    chair::NOUN,
    chair::LISTED,
    speaker::SUBJECT,
    speaker::OPENING,
    speaker::INVERTED,
    speaker::ACCORDING,
    speaker::OPINION,
    speaker::TALK,
    attendee::LISTED,
    attendee::SUBJECT,
    attendee::FOLLOWING,
    attendee::OPENING,
    attendee::AT_SITE,
    award::GIVER,
    award::RECIPIENT,
    award::PASSIVE,
    award::RECEIVER,
];

/// A person's part in a gathering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Chair,
    Speaker,
    Attendee,
    Awarder,
    Awardee,
}

impl Role {
    /// The word for tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Chair => "chair",
            Role::Speaker => "speaker",
            Role::Attendee => "attendee",
            Role::Awarder => "awarder",
            Role::Awardee => "awardee",
        }
    }
}

/// One part of one person, with the words that tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct Participation {
    pub person: usize,
    /// Index of the meeting.
    pub meeting: usize,
    pub role: Role,
    /// From the person to the verb, or the other way round.
    pub tokens: TokenRange,
    /// The verb.
    pub told_by: TokenRange,
    pub rule: &'static Rule,
}

/// A verb that tells a part, with the sentence around it.
struct Verb<'s> {
    tokens: TokenRange,
    tag: &'s str,
    sentence: TokenRange,
    /// The sentence tells what happened beside the gathering.
    beside: bool,
}

/// Collects parts while the rules run.
struct Found<'a> {
    people: &'a People,
    list: Vec<Participation>,
}

impl Found<'_> {
    fn add(&mut self, role: Role, mention: &Mention, verb: &TokenRange, rule: &'static Rule) {
        let tokens = mention.tokens.start.min(verb.start)..mention.tokens.end.max(verb.end);
        self.list.push(Participation {
            person: mention.person,
            meeting: 0,
            role,
            tokens,
            told_by: verb.clone(),
            rule,
        });
    }
}

/// Finds the parts that persons take in the gatherings that the document reports on.
///
/// A part belongs to the gathering whose report has begun before it. In each of them a person has each role at most
/// once; the surest telling stays. Who chairs or speaks counts as attendee only
/// where a list of those present names them.
pub fn find(analysis: &Analysis, people: &People, meetings: &[Meeting]) -> Vec<Participation> {
    let reported = meetings.iter().take_while(|meeting| meeting.is_primary);
    let starts: Vec<usize> = reported.map(|meeting| meeting.anchor.start).collect();
    if starts.is_empty() {
        note_idle(analysis);
        return Vec::new();
    }
    let mut found = Found {
        people,
        list: Vec::new(),
    };
    let mut aside: Option<usize> = None;
    for sentence in analysis.sentences {
        aside = background(analysis, people, sentence, aside);
        if aside.is_some() {
            continue;
        }
        for verb in verbs(analysis, sentence) {
            match verb.tag {
                "chair" => chair::apply(analysis, &verb, &mut found),
                "speaker" => speaker::apply(analysis, &verb, &mut found),
                "attendee" => attendee::apply(analysis, &verb, &mut found),
                "site" => attendee::at_site(analysis, &verb, &mut found),
                "awarder" => award::gives(analysis, &verb, &mut found),
                "awardee" => award::receives(analysis, &verb, &mut found),
                _ => {}
            }
        }
        speaker::by_source(analysis, sentence, &mut found);
    }
    let mut list = found.list;
    elsewhere::drop_said_elsewhere(analysis, meetings, &mut list);
    for part in &mut list {
        let sentence = analysis.sentence_at(part.tokens.start);
        part.meeting = starts.iter().rposition(|&start| start < sentence.end).unwrap_or(0);
    }
    list.sort_by(|a, b| {
        (a.person, a.meeting, a.role)
            .cmp(&(b.person, b.meeting, b.role))
            .then(b.rule.confidence.total_cmp(&a.rule.confidence))
            .then(a.tokens.start.cmp(&b.tokens.start))
    });
    list.dedup_by(|other, surest| {
        let same = (other.person, other.meeting, other.role) == (surest.person, surest.meeting, surest.role);
        if same {
            let why = "the person has this role already, told at least as surely";
            other.rule.dropped(analysis, &other.told_by, why);
        }
        same
    });
    for part in &list {
        part.rule.matched(analysis, &part.told_by, || {
            format!("{} is {}", people.persons[part.person].name, part.role.as_str())
        });
    }
    list
}

/// The rule that is tried first at a verb.
fn first_rule(tag: &str) -> Option<&'static Rule> {
    match tag {
        "chair" => Some(chair::SUBJECT),
        "speaker" => Some(speaker::SUBJECT),
        "attendee" => Some(attendee::SUBJECT),
        "site" => Some(attendee::AT_SITE),
        "awarder" => Some(award::GIVER),
        "awardee" => Some(award::RECEIVER),
        _ => None,
    }
}

/// Notes the verbs of a text without a gathering in which anybody could take part.
fn note_idle(analysis: &Analysis) {
    if analysis.trace.is_none() {
        return;
    }
    for sentence in analysis.sentences {
        for verb in verbs(analysis, sentence) {
            if let Some(rule) = first_rule(verb.tag) {
                rule.failed(analysis, &verb.tokens, "the text reports on no meeting");
            }
        }
    }
}

/// The sentence tells what was said elsewhere, or goes on with what the person `aside` said there: that person, or a number
/// that none has where nobody is named.
fn background(analysis: &Analysis, people: &People, sentence: &TokenRange, aside: Option<usize>) -> Option<usize> {
    let mentions = people.within(sentence);
    if tells_background(analysis, sentence) {
        return Some(mentions.first().map_or(usize::MAX, |mention| mention.person));
    }
    let same = aside.filter(|&person| mentions.iter().all(|mention| mention.person == person));
    same.filter(|_| !names_gathering(analysis, sentence))
}

/// `bên lề`, `bên hành lang` at the token.
fn names_aside(analysis: &Analysis, token: usize) -> bool {
    analysis.matches(token, &["bên", "lề"]) || analysis.matches(token, &["bên", "hành", "lang"])
}

/// `Mới đây, Chủ tịch UBND tỉnh đã thống nhất …`, `Bên lề hội nghị, …`: what was said elsewhere or earlier.
fn tells_background(analysis: &Analysis, sentence: &TokenRange) -> bool {
    let at = sentence.start;
    let aside = (at..sentence.end.min(at + 4)).any(|token| names_aside(analysis, token));
    let earlier = matches!(
        (analysis.word(at), analysis.word(at + 1)),
        ("mới", "đây") | ("trước", "đó") | ("trước", "đây")
    );
    aside || earlier && !names_gathering(analysis, sentence)
}

/// The sentence names a gathering: `tại hội nghị`.
fn names_gathering(analysis: &Analysis, sentence: &TokenRange) -> bool {
    sentence.clone().any(|at| {
        analysis
            .longest(at, Class::MeetingNoun)
            .is_some_and(|(_, entry)| &*entry.tag != "none")
    })
}

/// The role verbs of a sentence, longest first where they overlap.
fn verbs<'t>(analysis: &Analysis<'t>, sentence: &TokenRange) -> Vec<Verb<'t>> {
    let mut verbs = Vec::new();
    let mut beside = false;
    let mut at = sentence.start;
    while at < sentence.end {
        beside |= names_aside(analysis, at);
        // "Hội đồng chủ trì" holds no "đồng chủ trì".
        let organization = analysis.longest(at, Class::Organization).map_or(0, |(len, _)| len);
        if organization > 1 && analysis.is_capitalized(at) {
            at += organization;
            continue;
        }
        // Inside a name or a post ("Ban Chỉ đạo") capitals show that a word is no verb, except at the start.
        let capital = analysis.is_capitalized(at) && at > sentence.start && analysis.surface(at - 1) != "“";
        match analysis.longest(at, Class::RoleVerb) {
            Some((len, entry)) if !capital => {
                verbs.push(Verb {
                    tokens: at..at + len,
                    tag: &entry.tag,
                    sentence: sentence.clone(),
                    beside: false,
                });
                at += len;
            }
            Some((len, entry)) => {
                if let Some(rule) = first_rule(&entry.tag) {
                    rule.failed(analysis, &(at..at + len), "the words are part of a name: a capital");
                }
                at += 1;
            }
            None => at += 1,
        }
    }
    if beside {
        verbs.iter_mut().for_each(|verb| verb.beside = true);
    }
    verbs
}
