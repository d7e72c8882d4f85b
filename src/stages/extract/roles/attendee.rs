//! Rule `role.attendee`.
//!
//! What: who is present: the list after `(tham) dự … có`, `cùng dự`, `với sự tham dự của`, and the subject of `dự`.
//! Why: rows of attendees tell which offices follow a topic.
//! Example: `Tới dự có các đồng chí: A, Bí thư Tỉnh ủy; B, Chủ tịch UBND tỉnh`.
//! Known misses: lists that go on in the next sentence.

use super::{Found, Role, Verb, subject};
use crate::lexicon::Class;
use crate::text::analysis::Analysis;
use crate::text::token::Kind;

pub(super) fn apply(analysis: &Analysis, verb: &Verb, found: &mut Found) {
    if is_other_word(analysis, verb) {
        return;
    }
    let opener = (verb.tokens.end..verb.sentence.end.min(verb.tokens.end + 26)).find(|&token| {
        matches!(analysis.word(token), "có" | "gồm" | ":")
            || analysis.word(token) == "của" && analysis.word(verb.tokens.start) == "sự"
    });
    if let Some(opener) = opener {
        let listed: Vec<_> = subject::listed(analysis, found, &verb.sentence, opener + 1, 30)
            .into_iter()
            .cloned()
            .collect();
        if !listed.is_empty() {
            for mention in &listed {
                found.add(Role::Attendee, mention, &verb.tokens, "role.attendee", 0.9);
            }
            return;
        }
    }
    let subject = subject::before(analysis, found, &verb.sentence, &verb.tokens);
    if let Some(mention) = subject.filter(|_| attends_gathering(analysis, verb)) {
        let group: Vec<_> = subject::coordinated(analysis, found, &verb.sentence, mention)
            .into_iter()
            .cloned()
            .collect();
        for mention in &group {
            found.add(Role::Attendee, mention, &verb.tokens, "role.attendee", 0.75);
        }
        return;
    }
    // "trước sự chứng kiến của A và B", "Cùng dự: A"
    let listed: Vec<_> = subject::listed(analysis, found, &verb.sentence, verb.tokens.end, 4)
        .into_iter()
        .cloned()
        .collect();
    for mention in &listed {
        found.add(Role::Attendee, mention, &verb.tokens, "role.attendee", 0.75);
    }
}

/// `Tại điểm cầu X có ông A`: present at a site, unless the sentence is about who chairs there.
pub(super) fn at_site(analysis: &Analysis, verb: &Verb, found: &mut Found) {
    let chaired = verb.sentence.clone().any(|token| {
        analysis
            .longest(token, Class::RoleVerb)
            .is_some_and(|(_, entry)| &*entry.tag == "chair")
    });
    let opener =
        (verb.tokens.end..verb.sentence.end.min(verb.tokens.end + 8)).find(|&token| analysis.word(token) == "có");
    let Some(opener) = opener.filter(|_| !chaired) else {
        return;
    };
    let listed: Vec<_> = subject::listed(analysis, found, &verb.sentence, opener + 1, 3)
        .into_iter()
        .cloned()
        .collect();
    for mention in &listed {
        found.add(Role::Attendee, mention, &verb.tokens, "role.attendee", 0.8);
    }
}

/// A gathering follows the verb, or nothing at all: not `tham gia cơ chế một cửa`.
fn attends_gathering(analysis: &Analysis, verb: &Verb) -> bool {
    let end = verb.sentence.end.min(verb.tokens.end + 7);
    verb.tokens.end >= verb.sentence.end
        || !matches!(analysis.kind(verb.tokens.end), Kind::Word)
        || (verb.tokens.end..end).any(|token| {
            analysis.longest(token, Class::MeetingNoun).is_some() || matches!(analysis.word(token), "họp" | "lễ")
        })
}

/// `dự án`, `dự thảo`, `dự kiến`, `dự toán`: no presence.
fn is_other_word(analysis: &Analysis, verb: &Verb) -> bool {
    let alone = verb.tokens.len() == 1 && analysis.word(verb.tokens.start) == "dự";
    let next = analysis.word(verb.tokens.end);
    alone
        && matches!(
            next,
            "án" | "thảo"
                | "kiến"
                | "toán"
                | "báo"
                | "phòng"
                | "trữ"
                | "khuyết"
                | "luật"
                | "định"
                | "bị"
                | "đoán"
                | "thi"
                | "ước"
        )
        || analysis.word(verb.tokens.start) == "tham" && matches!(next, "mưu" | "vào" | "bảo" | "thi" | "lao" | "giao")
}
