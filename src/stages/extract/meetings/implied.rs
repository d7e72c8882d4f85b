//! Gatherings that only a verb tells.
//!
//! What: `làm việc với …`, `họp …`, `tiếp …`, `gặp gỡ …`, `trao quyết định …`, `tiếp xúc cử tri`, `thảo luận ở hội trường`
//! as verbs, and `kiểm tra` of a delegation.
//! Why: many reports never use a noun: "Sáng 12/7, đồng chí … làm việc với Cục Thi hành án dân sự".
//! Example: `làm việc với Bộ Giao thông vận tải về cơ chế một cửa` → buổi làm việc.
//! Known misses: visits (`thăm`) are no gatherings, nor are inspections without a delegation.

use super::VERB;
use super::mentions::{MeetingMention, name_end};
use crate::lexicon::{Class, ClosedClass};
use crate::stages::extract::people::People;
use crate::stages::extract::rule::Reason;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::date::DateIndex;

/// How many tokens before the verb its subject may begin.
const MAX_SUBJECT: usize = 14;

/// Finds every mention by a verb, in text order.
pub fn by_verb(analysis: &Analysis, people: &People, dates: &DateIndex) -> Vec<MeetingMention> {
    let mut found = Vec::new();
    for sentence in analysis.sentences {
        let dated = dates
            .dates_in(sentence)
            .iter()
            .any(|date| date.day.is_some() || date.part_of_day.is_some() || !date.is_known());
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((len, kind)) = verb(analysis, at) else {
                at += 1;
                continue;
            };
            let head = at..at + len;
            if let Err(why) = implies(analysis, &head, kind, dated, people) {
                VERB.failed(analysis, &head, why);
                at += 1;
                continue;
            }
            let planned = is_planned(analysis, at, sentence.start);
            let end = name_end(analysis, &head, people, dates);
            found.push(MeetingMention {
                tokens: at..end,
                head,
                kind: kind.to_owned(),
                implied: true,
                in_passing: planned,
                planned,
            });
            at = end.max(at + len);
        }
    }
    found
}

/// The verb that starts at `at`: its length, and the kind of gathering that it may imply.
fn verb(analysis: &Analysis, at: usize) -> Option<(usize, &'static str)> {
    if !analysis.is(at, ClosedClass::MeetingVerb) {
        return None;
    }
    match analysis.word(at) {
        "làm"
            if analysis.matches(at, &["làm", "việc", "với"])
                || analysis.matches(at, &["làm", "việc", "tại"]) && opens_visit(analysis, at) =>
        {
            Some((2, "buổi làm việc"))
        }
        "họp" => Some((1, "cuộc họp")),
        "tiếp" if analysis.matches(at, &["tiếp", "xúc", "cử", "tri"]) => Some((4, "tiếp xúc cử tri")),
        "tiếp" if analysis.matches(at, &["tiếp", "xúc", "với", "cử", "tri"]) => Some((5, "tiếp xúc cử tri")),
        "tiếp" if !matches!(analysis.word(at + 1), "tục" | "theo" | "cận" | "nhận" | "thu") => {
            Some((1, "buổi tiếp"))
        }
        "thảo"
            if analysis.matches(at, &["thảo", "luận"])
                && (assembly_before(analysis, at) || in_chamber(analysis, at + 2)) =>
        {
            Some((2, "phiên thảo luận"))
        }
        "kiểm" if analysis.matches(at, &["kiểm", "tra"]) && inspects(analysis, at) => Some((2, "buổi kiểm tra")),
        "gặp" if analysis.matches(at, &["gặp", "gỡ"]) => Some((2, "buổi gặp gỡ")),
        "hội" if analysis.matches(at, &["hội", "đàm", "với"]) => Some((2, "hội đàm")),
        "trao" if analysis.matches(at, &["trao", "quyết", "định"]) => Some((3, "lễ trao quyết định")),
        _ => None,
    }
}

/// The verb implies a gathering.
fn implies(analysis: &Analysis, verb: &TokenRange, kind: &str, dated: bool, people: &People) -> Result<(), Reason> {
    let at = verb.start;
    if kind == "phiên thảo luận" {
        return if dated { Ok(()) } else { Err("no day in the sentence") };
    }
    let before = at.checked_sub(1).map_or("", |token| analysis.word(token));
    // "buổi làm việc", "cuộc họp", "trụ sở làm việc"; but "Quốc hội thảo luận"
    let noun = matches!(
        before,
        "buổi"
            | "cuộc"
            | "phiên"
            | "kỳ"
            | "hội"
            | "sở"
            | "năm"
            | "ngày"
            | "giờ"
            | "phòng"
            | "lịch"
            | "cách"
            | "chương"
    );
    if noun && kind != "phiên thảo luận" {
        return Err("a noun before it makes it no verb");
    }
    let person_near = || {
        let before = people.within(&(analysis.sentence_at(at).start..at)).last();
        before.is_some_and(|mention| mention.tokens.end + 8 > at)
    };
    match kind {
        "buổi làm việc" if analysis.word(verb.end) == "tại" && !dated => Err("no day in the sentence"),
        "buổi làm việc" if !dated && !person_near() => Err("neither a day in the sentence nor a person before it"),
        "cuộc họp" if starts_noun(analysis, at) => Err("part of a noun"),
        "buổi làm việc" => Ok(()),
        "buổi gặp gỡ" if !person_near() && !body_before(analysis, at) => {
            Err("neither a person nor a body before it")
        }
        _ if !dated => Err("no day in the sentence"),
        "lễ trao quyết định" if !person_near() => Err("no person before it"),
        "buổi tiếp" if !person_near() => Err("no person before it"),
        "buổi tiếp" if !receives_person(analysis, at, people) => Err("no person or post behind it"),
        _ => Ok(()),
    }
}

/// `Quốc hội (đã, tiếp tục) thảo luận`: an assembly in session.
fn assembly_before(analysis: &Analysis, at: usize) -> bool {
    let auxiliaries = (1..=3.min(at))
        .take_while(|&back| matches!(analysis.word(at - back), "đã" | "sẽ" | "tiếp" | "tục" | "tiến" | "hành"))
        .count();
    at > auxiliaries + 1 && analysis.matches(at - auxiliaries - 2, &["quốc", "hội"])
}

/// `Tổ công tác của Thủ tướng (đã) kiểm tra Tập đoàn …`: a delegation comes to a body.
fn inspects(analysis: &Analysis, at: usize) -> bool {
    let from = analysis.sentence_at(at).start.max(at.saturating_sub(2 * MAX_SUBJECT));
    let delegation = |token: usize| {
        analysis.matches(token, &["tổ", "công", "tác"])
            || analysis.word(token) == "đoàn" && matches!(analysis.word(token + 1), "công" | "giám" | "kiểm" | "liên")
    };
    let visited = analysis.longest(at + 2, Class::Organization).is_some() || analysis.is_capitalized(at + 2);
    visited && (from..at).any(delegation)
}

/// `Làm việc tại Quận 2 sáng 7/2, Bí thư …`: the sentence opens with the unit that somebody came to.
fn opens_visit(analysis: &Analysis, at: usize) -> bool {
    let unit = at + 3;
    let named = analysis.is(unit, ClosedClass::UnitNoun) || analysis.longest(unit, Class::Place).is_some();
    analysis.sentence_at(at).start == at && named
}

/// `thảo luận` | `ở hội trường`, `tại tổ`: an assembly in session, also where it is not named.
fn in_chamber(analysis: &Analysis, at: usize) -> bool {
    matches!(analysis.word(at), "ở" | "tại")
        && (analysis.matches(at + 1, &["hội", "trường"]) || analysis.word(at + 1) == "tổ")
}

/// `lãnh đạo Thành ủy và UBND thành phố gặp gỡ …`: a body is the subject.
fn body_before(analysis: &Analysis, at: usize) -> bool {
    let from = analysis.sentence_at(at).start.max(at.saturating_sub(MAX_SUBJECT));
    (from..at).any(|token| analysis.is_capitalized(token) && analysis.longest(token, Class::Organization).is_some())
}

/// `họp báo`, `họp mặt` and the like are nouns of their own.
fn starts_noun(analysis: &Analysis, at: usize) -> bool {
    let reports = analysis.matches(at, &["họp", "báo", "cáo"]);
    !reports
        && (analysis.longest(at, Class::MeetingNoun).is_some()
            || matches!(
                analysis.word(at + 1),
                "báo" | "mặt" | "lý" | "pháp" | "hành" | "thường" | "quốc"
            ))
}

/// `tiếp Đại sứ …`, `tiếp ông …`, `tiếp Đoàn đại biểu …`: a person, a post or a delegation follows.
fn receives_person(analysis: &Analysis, at: usize, people: &People) -> bool {
    analysis.matches(at + 1, &["đoàn", "đại", "biểu"])
        || analysis.matches(at + 1, &["đoàn", "công", "tác"])
        || !people.within(&(at + 1..at + 3)).is_empty()
        || (at + 1..at + 3).any(|token| {
            analysis.is_capitalized(token) && analysis.longest(token, Class::Title).is_some()
                || analysis.longest(token, Class::Honorific).is_some()
        })
}

fn is_planned(analysis: &Analysis, at: usize, sentence_start: usize) -> bool {
    (sentence_start.max(at.saturating_sub(5))..at)
        .any(|token| matches!(analysis.word(token), "sẽ" | "cần" | "phải" | "nên"))
}
