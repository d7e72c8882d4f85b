//! Rules `role.chair_…`.
//!
//! What: who chairs the gathering: `A chủ trì`, `dưới sự chủ trì của A và B`, `do A chủ trì`, also at a local điểm cầu.
//! Why: chairs are the first thing that analysts count.
//! Example: `Tại điểm cầu thị xã do đồng chí A – Chủ tịch UBND thị xã chủ trì`.
//! Known misses: `Bộ X chủ trì, phối hợp` is a task, not a chair, and is left out with all organisations.

use super::{Found, Role, Verb, subject};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::Analysis;
use crate::text::token::Kind;

pub(super) const SUBJECT: &Rule = &Rule {
    id: "role.chair_subject",
    finds: Table::Participations,
    confidence: 0.96,
    about: "The person before a verb of chairing, with those joined to them.",
    example: "Sáng 12/3, Bí thư Tỉnh ủy Trần Văn An chủ trì hội nghị về cải cách hành chính.",
};
pub(super) const AGENT: &Rule = &Rule {
    id: "role.chair_agent",
    finds: Table::Participations,
    confidence: 0.96,
    about: "The person behind do and before a verb of chairing.",
    example: "Hội nghị giao ban sáng 12/3 do đồng chí Trần Văn An, Bí thư Tỉnh ủy chủ trì.",
};
pub(super) const NOUN: &Rule = &Rule {
    id: "role.chair_noun",
    finds: Table::Participations,
    confidence: 0.96,
    about: "The persons behind sự chủ trì của.",
    example: "Sáng 12/3, hội nghị giao ban diễn ra dưới sự chủ trì của Bí thư Tỉnh ủy Trần Văn An.",
};
pub(super) const LISTED: &Rule = &Rule {
    id: "role.chair_listed",
    finds: Table::Participations,
    confidence: 0.75,
    about: "The persons listed behind a verb of chairing and a colon, có or là.",
    example: "Sáng 12/3, Sở Nội vụ họp giao ban. Chủ trì hội nghị: đồng chí Trần Văn An, Giám đốc Sở.",
};

pub(super) fn apply(analysis: &Analysis, verb: &Verb, found: &mut Found) {
    let at = verb.tokens.start;
    if is_task(analysis, verb.tokens.end) || is_management(analysis, verb) {
        SUBJECT.failed(analysis, &verb.tokens, "a task follows: an organisation leads work");
        return;
    }
    let nominal = at > 0 && analysis.word(at - 1) == "sự" || analysis.word(verb.tokens.end) == "của";
    let (rule, group): (_, Vec<_>) = if nominal {
        let from = verb.tokens.end + usize::from(analysis.word(verb.tokens.end) == "của");
        let listed = subject::listed(analysis, found, &verb.sentence, from, 3);
        let mut end = from;
        let joined = listed
            .into_iter()
            .take_while(|mention| {
                let joined = (end..mention.tokens.start).all(|token| {
                    matches!(
                        analysis.word(token),
                        "và" | "," | ":" | "các" | "đồng" | "chí" | "ông" | "bà"
                    )
                });
                end = mention.tokens.end;
                joined
            })
            .cloned();
        (NOUN, joined.collect())
    } else {
        match subject::before(analysis, found, &verb.sentence, &verb.tokens) {
            Ok(mention) => {
                let group = subject::coordinated(analysis, found, &verb.sentence, mention);
                let first = group.iter().map(|mention| mention.tokens.start).min();
                let agent = first.is_some_and(|first| first > 0 && analysis.word(first - 1) == "do");
                (
                    if agent { AGENT } else { SUBJECT },
                    group.into_iter().cloned().collect(),
                )
            }
            Err(why) => {
                SUBJECT.failed(analysis, &verb.tokens, why);
                (LISTED, after_colon(analysis, verb, found))
            }
        }
    };
    if group.is_empty() {
        let why = match rule == NOUN {
            true => "no official stands right behind it",
            false => "no official is listed behind it and a colon, có or là",
        };
        rule.failed(analysis, &verb.tokens, why);
    }
    for mention in &group {
        found.add(Role::Chair, mention, &verb.tokens, rule);
    }
}

/// `Chủ trì hội nghị: A`, `Chủ trì hội nghị có đồng chí A`, `chủ trì là ông A`.
fn after_colon(analysis: &Analysis, verb: &Verb, found: &Found) -> Vec<crate::stages::extract::people::Mention> {
    let opener = (verb.tokens.end..verb.sentence.end.min(verb.tokens.end + 8)).find(|&token| {
        matches!(analysis.word(token), ":" | "có" | "là") || analysis.matches(token, &["các", "đồng", "chí"])
    });
    match opener {
        Some(opener) => subject::listed(analysis, found, &verb.sentence, opener + 1, 4)
            .into_iter()
            .cloned()
            .collect(),
        None => Vec::new(),
    }
}

/// `điều hành chính sách tiền tệ`: who runs other things chairs nothing.
fn is_management(analysis: &Analysis, verb: &Verb) -> bool {
    let end = verb.tokens.end;
    let listed = analysis.surface(verb.tokens.start.saturating_sub(1)) == ",";
    let before = verb
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |token| analysis.word(token));
    analysis.word(verb.tokens.start) == "điều"
        && before != "sự"
        && (listed || analysis.kind(end) == Kind::Word && analysis.word(end) != "và")
        && !(end..end + 3).any(|token| {
            analysis.longest(token, Class::MeetingNoun).is_some()
                || matches!(analysis.word(token), "phần" | "nội" | "cầu" | "thảo")
        })
}

/// `chủ trì, phối hợp với các bộ`, `chủ trì soạn thảo`: a task given to an organisation.
fn is_task(analysis: &Analysis, end: usize) -> bool {
    let next = if analysis.word(end) == "," { end + 1 } else { end };
    matches!(
        analysis.word(next),
        "phối" | "soạn" | "tham" | "xây" | "nghiên" | "giải" | "thẩm" | "rà"
    ) || analysis.matches(next, &["kết", "luận"])
        || analysis.matches(next, &["thực", "hiện"])
}
