//! Whose verb it is.

use super::Found;
use crate::lexicon::Class;
use crate::stages::extract::people::{Mention, MentionKind};
use crate::stages::extract::rule::Reason;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::Kind;

/// Most tokens between a subject and its verb.
const MAX_GAP: usize = 10;

/// Words that may stand between a subject and its verb.
const AUXILIARIES: &[&str] = &[
    "đã", "đang", "sẽ", "vừa", "cũng", "tiếp", "tục", "cùng", "đồng", "thời", "và", "trực", "tiếp", "thẳng", "thắn",
    "đặc", "biệt", "rất", "luôn", "còn", "vẫn", "mới", "đến", "có", "được", "cũng", "thay", "mặt", "lãnh", "đạo",
    "tỉnh", "xúc", "động", "vui", "mừng", "nhiệt", "liệt", "một", "lần", "nữa", "ghi", "nhận", "thêm", "chân",
];

/// The person who does the verb at `verb`: the last one named before it in the sentence, with nothing between that
/// could be another subject.
pub(super) fn before<'f>(
    analysis: &Analysis,
    found: &'f Found,
    sentence: &TokenRange,
    verb: &TokenRange,
) -> Result<&'f Mention, Reason> {
    let before = found.people.within(&(sentence.start..verb.start));
    let mention = before.last().ok_or("no official before the verb in its sentence")?;
    reaches(analysis, mention.tokens.end, verb.start)?;
    Ok(mention)
}

/// Nothing between `from` and `to` starts another clause or names another subject.
fn reaches(analysis: &Analysis, from: usize, to: usize) -> Result<(), Reason> {
    if from > to {
        return Err("the verb is part of the words about the person");
    }
    let mut at = from;
    let mut plain = 0;
    while at < to {
        if analysis.surface(at) == "(" {
            match (at..to).find(|&token| analysis.surface(token) == ")") {
                Some(close) => at = close + 1,
                None => return Err("a bracket opens between the person and the verb"),
            }
            continue;
        }
        if let Some((len, entry)) = analysis.longest(at, Class::RoleVerb)
            && matches!(&*entry.tag, "speaker" | "chair" | "attendee" | "awarder")
            && at + len <= to
        {
            // A chain of verbs of one subject: "dự và phát biểu chỉ đạo", "nói và yêu cầu".
            at += len;
            plain = 0;
            continue;
        }
        let word = analysis.word(at);
        match analysis.kind(at) {
            Kind::Break => return Err("a line ends between the person and the verb"),
            Kind::Word if word == "để" => return Err("a purpose stands between the person and the verb"),
            Kind::Punct if matches!(word, ";" | ":" | "”" | "\"" | "“") => {
                return Err("a clause or quotation ends between the person and the verb");
            }
            Kind::Word
                if analysis.is_capitalized(at)
                    && analysis.longest(at, Class::Organization).is_some()
                    && at > from + 1
                    && !is_governed(analysis, at) =>
            {
                return Err("an organisation between the person and the verb may be the subject");
            }
            _ => {}
        }
        if !AUXILIARIES.contains(&word) {
            plain += 1;
        }
        if plain > MAX_GAP {
            return Err("too many words between the person and the verb");
        }
        at += 1;
    }
    Ok(())
}

/// `người thay mặt lãnh đạo` | `Công ty A`, `phụ trách` | `Thanh tra tỉnh`: the organisation tells more of the person.
fn is_governed(analysis: &Analysis, organization: usize) -> bool {
    let before = |back: usize| organization.checked_sub(back).map_or("", |token| analysis.word(token));
    matches!(
        (before(2), before(1)),
        ("lãnh", "đạo") | ("đại", "diện") | ("phụ", "trách") | ("thay", "mặt") | ("công", "tác" | "tại")
    ) || matches!(before(1), "của" | "thuộc" | "tại" | "ở" | "với" | "từ")
}

/// Persons joined to `mention` before it by `và`, `cùng` or a comma, with it last: `A và B`.
pub(super) fn coordinated<'f>(
    analysis: &Analysis,
    found: &'f Found,
    sentence: &TokenRange,
    mention: &'f Mention,
) -> Vec<&'f Mention> {
    let mut group = vec![mention];
    let mut first = mention;
    for earlier in found
        .people
        .within(&(sentence.start..mention.tokens.start))
        .iter()
        .rev()
    {
        let joined = (earlier.tokens.end..first.tokens.start).all(|token| {
            matches!(analysis.word(token), "và" | "," | "cùng" | ";" | "với")
                || analysis.longest(token, Class::Honorific).is_some()
        });
        if !joined || earlier.tokens.end > first.tokens.start {
            break;
        }
        group.push(earlier);
        first = earlier;
    }
    group
}

/// `làm việc với`, `hội đàm với`: a verb of meeting, which is half of a noun too.
pub(super) fn is_meeting(analysis: &Analysis, verb: usize) -> bool {
    matches!(analysis.word(verb), "làm" | "hội")
}

/// Persons listed line by line behind a colon that ends `sentence`: `- Ông A, Giám đốc Sở X`.
pub(super) fn listed_in_lines<'f>(
    analysis: &Analysis,
    found: &'f Found,
    sentence: &TokenRange,
) -> impl Iterator<Item = &'f Mention> {
    let colon = sentence
        .clone()
        .next_back()
        .is_some_and(|token| analysis.surface(token) == ":");
    let next = analysis.sentences.partition_point(|other| other.start < sentence.end);
    let lines = if colon { &analysis.sentences[next..] } else { &[] };
    lines.iter().map_while(|line| {
        let first = found.people.within(line).first()?;
        let opens = (line.start..first.tokens.start).all(|token| analysis.kind(token) == Kind::Punct);
        let item = matches!(analysis.surface(line.start), "-" | "–" | "+" | "•" | "*");
        (opens && item && first.kind == MentionKind::Name).then_some(first)
    })
}

/// Persons listed from `from` on: each separated from the next by nothing but separators and words of a list.
pub(super) fn listed<'f>(
    analysis: &Analysis,
    found: &'f Found,
    sentence: &TokenRange,
    from: usize,
    max_gap: usize,
) -> Vec<&'f Mention> {
    let mut list = Vec::new();
    let mut end = from;
    for mention in found.people.within(&(from..sentence.end)) {
        // "A, Trưởng phòng B (Công an tỉnh); thượng tá C": behind the mark that ends the item before.
        let item = (end..mention.tokens.start)
            .rev()
            .find(|&token| !list.is_empty() && analysis.surface(token) == ";")
            .unwrap_or(end);
        let gap = mention.tokens.start.saturating_sub(item);
        let limit = if list.is_empty() { max_gap } else { 14 };
        let verb_between = (end..mention.tokens.start).any(|token| {
            analysis
                .longest(token, Class::RoleVerb)
                .is_some_and(|(len, entry)| match &*entry.tag {
                    // "Cùng dự buổi làm việc với Bộ trưởng có A"
                    "speaker" => !is_meeting(analysis, token),
                    // "Chủ trì họp báo có A; cùng dự có B": another list.
                    "attendee" => len > 1,
                    _ => false,
                })
        });
        if gap > limit || verb_between {
            break;
        }
        list.push(mention);
        end = mention.tokens.end;
    }
    list
}
