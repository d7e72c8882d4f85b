//! Gatherings that only a verb tells.
//!
//! What: `làm việc với …`, `họp …`, `tiếp …`, `tiếp xúc cử tri` as verbs.
//! Why: many reports never use a noun: "Sáng 12/7, đồng chí … làm việc với Cục Thi hành án dân sự".
//! Example: `làm việc với Bộ Giao thông vận tải về cơ chế một cửa` → buổi làm việc.
//! Known misses: visits (`thăm`, `kiểm tra`) are no gatherings.

use super::mentions::{MeetingMention, name_end};
use crate::lexicon::Class;
use crate::stages::extract::people::People;
use crate::text::analysis::Analysis;
use crate::text::date::DateIndex;

/// Finds every mention by a verb, in text order.
pub fn by_verb(analysis: &Analysis, people: &People, dates: &DateIndex) -> Vec<MeetingMention> {
    let mut found = Vec::new();
    for sentence in analysis.sentences {
        let dated = dates
            .dates_in(sentence)
            .iter()
            .any(|date| date.day.is_some() || date.part_of_day.is_some());
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((len, kind)) = verb(analysis, at, dated, people) else {
                at += 1;
                continue;
            };
            let head = at..at + len;
            let end = name_end(analysis, &head, people, dates);
            found.push(MeetingMention {
                tokens: at..end,
                head,
                kind: kind.to_owned(),
                implied: true,
                in_passing: is_planned(analysis, at, sentence.start),
            });
            at = end.max(at + len);
        }
    }
    found
}

fn verb(analysis: &Analysis, at: usize, dated: bool, people: &People) -> Option<(usize, &'static str)> {
    let before = at.checked_sub(1).map_or("", |token| analysis.word(token));
    // A noun before it ("buổi làm việc", "cuộc họp", "trụ sở làm việc") makes it no verb.
    if matches!(
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
    ) {
        return None;
    }
    let person_near = || {
        let from = at.saturating_sub(12);
        people
            .within(&(from..at))
            .iter()
            .any(|mention| mention.tokens.end + 8 > at)
    };
    match analysis.word(at) {
        "làm" if analysis.matches(at, &["làm", "việc", "với"]) && (dated || person_near()) => {
            Some((2, "buổi làm việc"))
        }
        "họp" if !starts_noun(analysis, at) && dated => Some((1, "cuộc họp")),
        "tiếp" if analysis.matches(at, &["tiếp", "xúc", "cử", "tri"]) && dated => Some((4, "tiếp xúc cử tri")),
        "tiếp" if dated && person_near() && receives_person(analysis, at, people) => Some((1, "buổi tiếp")),
        "hội" if analysis.matches(at, &["hội", "đàm", "với"]) && dated => Some((2, "hội đàm")),
        _ => None,
    }
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

/// `tiếp Đại sứ …`, `tiếp ông …`: a person or a post follows.
fn receives_person(analysis: &Analysis, at: usize, people: &People) -> bool {
    !people.within(&(at + 1..at + 3)).is_empty()
        || (at + 1..at + 3).any(|token| {
            analysis.is_capitalized(token) && analysis.longest(token, Class::Title).is_some()
                || analysis.longest(token, Class::Honorific).is_some()
        })
}

fn is_planned(analysis: &Analysis, at: usize, sentence_start: usize) -> bool {
    (sentence_start.max(at.saturating_sub(5))..at)
        .any(|token| matches!(analysis.word(token), "sẽ" | "cần" | "phải" | "nên"))
}
