//! Rules `role.attendee_…`.
//!
//! What: who is present: the list after `(tham) dự … có`, `cùng dự`, `với sự tham dự của`, and the subject of `dự`.
//! Why: rows of attendees tell which offices follow a topic.
//! Example: `Tới dự có các đồng chí: A, Bí thư Tỉnh ủy; B, Chủ tịch UBND tỉnh`.
//! Known misses: lists that go on in the next sentence, unless each name has a line of its own.

use super::{Found, Role, Verb, subject};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::people::{Mention, MentionKind};
use crate::stages::extract::rule::Rule;
use crate::text::analysis::Analysis;
use crate::text::token::Kind;

pub(super) const LISTED: &Rule = &Rule {
    id: "role.attendee_listed",
    finds: Table::Participations,
    confidence: 0.97,
    about: "The persons listed behind a verb of attending and có, gồm, a colon or của.",
    example: "Sáng 12/3, UBND tỉnh họp giao ban. Tham dự có đồng chí Trần Văn An, Bí thư Tỉnh ủy.",
};
pub(super) const SUBJECT: &Rule = &Rule {
    id: "role.attendee_subject",
    finds: Table::Participations,
    confidence: 0.72,
    about: "The person before a verb of attending, with those joined to them.",
    example: "Sáng 12/3, Bí thư Tỉnh ủy Trần Văn An dự hội nghị giao ban của tỉnh.",
};
pub(super) const FOLLOWING: &Rule = &Rule {
    id: "role.attendee_following",
    finds: Table::Participations,
    confidence: 0.6,
    about: "The persons right behind a verb of attending that has no subject.",
    example: "Sáng 12/3, UBND tỉnh họp giao ban. Cùng dự với Bí thư Tỉnh ủy Trần Văn An, Chủ tịch UBND tỉnh Lê Thị Bình.",
};
pub(super) const OPENING: &Rule = &Rule {
    id: "role.attendee_opening",
    finds: Table::Participations,
    confidence: 0.9,
    about: "The person who begins the clause behind an opening (Dự và phát biểu, …).",
    example: "Sáng 12/3, UBND tỉnh họp giao ban. Dự và phát biểu chỉ đạo, đồng chí Trần Văn An, Bí thư Tỉnh ủy khen các sở.",
};
pub(super) const AT_SITE: &Rule = &Rule {
    id: "role.attendee_site",
    finds: Table::Participations,
    confidence: 0.85,
    about: "The persons whom a sentence names as present at a site of an online meeting.",
    example: "Sáng 12/3, UBND tỉnh họp trực tuyến. Tại điểm cầu tỉnh có đồng chí Trần Văn An, Bí thư Tỉnh ủy.",
};

pub(super) fn apply(analysis: &Analysis, verb: &Verb, found: &mut Found) {
    if is_other_word(analysis, verb) || is_intended(analysis, verb) {
        SUBJECT.failed(
            analysis,
            &verb.tokens,
            "part of another word, such as dự án or tham mưu, or only intended",
        );
        return;
    }
    let opener = (verb.tokens.end..verb.sentence.end.min(verb.tokens.end + 26))
        .take_while(|&token| analysis.surface(token) != ";")
        .find(|&token| {
            matches!(analysis.word(token), "có" | "gồm" | ":")
                || analysis.word(token) == "của" && analysis.word(verb.tokens.start) == "sự"
        });
    if let Some(opener) = opener {
        let listed: Vec<_> = subject::listed(analysis, found, &verb.sentence, opener + 1, 30)
            .into_iter()
            .cloned()
            .collect();
        if !listed.is_empty() {
            // "Bí thư, Phó Bí thư 19 xã": a title alone in a list stands for many.
            for mention in listed.iter().filter(|mention| mention.kind != MentionKind::Title) {
                found.add(Role::Attendee, mention, &verb.tokens, LISTED);
            }
            return;
        }
        let lines: Vec<_> = subject::listed_in_lines(analysis, found, &verb.sentence)
            .cloned()
            .collect();
        if !lines.is_empty() {
            for mention in &lines {
                found.add(Role::Attendee, mention, &verb.tokens, LISTED);
            }
            return;
        }
        LISTED.failed(analysis, &verb.tokens, "no official follows có, gồm, the colon or của");
    }
    // "Đứng về phía doanh nghiệp, ông A …"
    if analysis.matches(verb.tokens.start, &["về", "phía"]) {
        return;
    }
    let subject = subject::before(analysis, found, &verb.sentence, &verb.tokens)
        .or_else(|why| before_others(analysis, verb, found).ok_or(why))
        .and_then(|mention| {
            let attends = attends_gathering(analysis, verb);
            if others_attend(analysis, mention, verb) {
                Err("others attend, with whom the person chairs or to whom they speak")
            } else if attends {
                Ok(mention)
            } else {
                Err("no gathering follows")
            }
        });
    if let Err(why) = subject {
        SUBJECT.failed(analysis, &verb.tokens, why);
    }
    if let Ok(mention) = subject {
        let group: Vec<_> = subject::coordinated(analysis, found, &verb.sentence, mention)
            .into_iter()
            .cloned()
            .collect();
        for mention in &group {
            found.add(Role::Attendee, mention, &verb.tokens, SUBJECT);
        }
        return;
    }
    if let Some(mention) = opened(analysis, verb, found) {
        found.add(Role::Attendee, &mention, &verb.tokens, OPENING);
        return;
    }
    // "dự chiêu đãi của A"
    if analysis.word(verb.tokens.start) == "dự" && !attends_gathering(analysis, verb) {
        return;
    }
    // "trước sự chứng kiến của A và B", "Cùng dự: A"
    let listed: Vec<_> = subject::listed(analysis, found, &verb.sentence, verb.tokens.end, 4)
        .into_iter()
        .cloned()
        .collect();
    if listed.is_empty() {
        FOLLOWING.failed(analysis, &verb.tokens, "no official within four words behind the verb");
    }
    for mention in &listed {
        found.add(Role::Attendee, mention, &verb.tokens, FOLLOWING);
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
        let why = match chaired {
            true => "the sentence tells who chairs",
            false => "no có within eight words behind it",
        };
        AT_SITE.failed(analysis, &verb.tokens, why);
        return;
    };
    let listed: Vec<_> = subject::listed(analysis, found, &verb.sentence, opener + 1, 3)
        .into_iter()
        .cloned()
        .collect();
    if listed.is_empty() {
        AT_SITE.failed(analysis, &verb.tokens, "no official right behind có");
    }
    for mention in &listed {
        found.add(Role::Attendee, mention, &verb.tokens, AT_SITE);
    }
}

/// `Dự và phát biểu tại hội nghị, đồng chí A …`: the person who begins the next clause.
fn opened(analysis: &Analysis, verb: &Verb, found: &Found) -> Option<Mention> {
    let opens = verb.tokens.start <= verb.sentence.start + 1;
    if !opens || !attends_gathering(analysis, verb) {
        OPENING.failed(
            analysis,
            &verb.tokens,
            "the verb opens no sentence, or no gathering follows",
        );
        return None;
    }
    let reach = verb.tokens.end..verb.sentence.end.min(verb.tokens.end + 30);
    let next = found.people.within(&reach).first();
    let begins = |mention: &&Mention| {
        analysis.surface(mention.tokens.start - 1) == ","
            && (reach.start..mention.tokens.start - 1).all(|token| !matches!(analysis.surface(token), "," | ";" | ":"))
    };
    let found = next.filter(begins).cloned();
    if found.is_none() {
        OPENING.failed(
            analysis,
            &verb.tokens,
            "no official begins the clause behind the opening",
        );
    }
    found
}

/// `A chủ trì, cùng các sở, ngành tham dự`, `A đề nghị các đại biểu dự họp`: the verb is that of the others.
fn others_attend(analysis: &Analysis, mention: &Mention, verb: &Verb) -> bool {
    let between = mention.tokens.end..verb.tokens.start.max(mention.tokens.end);
    if !between.is_empty() && matches!(analysis.word(verb.tokens.start - 1), "biểu" | "khách" | "viên") {
        return true;
    }
    let chair = between.clone().find(|&token| {
        analysis
            .longest(token, Class::RoleVerb)
            .is_some_and(|(_, entry)| &*entry.tag == "chair")
    });
    chair.is_some_and(|chair| {
        (chair..between.end).any(|token| analysis.surface(token) == "," && analysis.word(token + 1) == "cùng")
    })
}

/// `khẳng định sẽ tham dự`: not there yet.
fn is_intended(analysis: &Analysis, verb: &Verb) -> bool {
    let start = verb.tokens.start;
    start > verb.sentence.start
        && match analysis.word(start - 1) {
            "sẽ" => true,
            // "Khách mời tham dự" are there.
            "mời" => analysis.word(start.saturating_sub(2)) != "khách",
            _ => false,
        }
}

/// `A; B; đại diện các cơ quan đã dự …`: the last person before others without a name.
fn before_others<'f>(analysis: &Analysis, verb: &Verb, found: &'f Found) -> Option<&'f Mention> {
    let before = verb.sentence.start..verb.tokens.start;
    let mention = found.people.within(&before).last()?;
    let from = mention.tokens.end;
    let others = matches!(analysis.surface(from), "," | ";") || matches!(analysis.word(from), "và" | "cùng");
    let kind = if analysis.word(from + 1) == "cùng" {
        from + 2
    } else {
        from + 1
    };
    let unnamed = analysis.word(from) == "cùng"
        || matches!(
            analysis.word(kind),
            "đại" | "lãnh" | "các" | "nhiều" | "đông" | "một" | "hơn" | "gần" | "trên"
        );
    let clause = (from..verb.tokens.start).any(|token| {
        matches!(analysis.surface(token), ":" | "“" | "”" | "\"")
            || analysis
                .longest(token, Class::RoleVerb)
                .is_some_and(|(_, entry)| matches!(&*entry.tag, "speaker" | "chair"))
    });
    (others && unnamed && !clause).then_some(mention)
}

/// A gathering follows the verb, or nothing at all: not `tham gia cơ chế một cửa`.
fn attends_gathering(analysis: &Analysis, verb: &Verb) -> bool {
    let end = verb.sentence.end.min(verb.tokens.end + 7);
    // "dự và trao các quyết định"
    let together = analysis.word(verb.tokens.end - 1) == "và";
    // "tiếp và làm việc với đoàn JICA"
    let receives = analysis.word(verb.tokens.start) == "tiếp" && verb.tokens.len() > 2;
    // "dự hội nghị công bố quyết định": the verb names the gathering.
    let named = matches!(analysis.word(verb.tokens.end - 1), "nghị" | "họp");
    together
        || receives
        || named
        || verb.tokens.end >= verb.sentence.end
        || !matches!(analysis.kind(verb.tokens.end), Kind::Word)
        || (verb.tokens.end..end).any(|token| {
            analysis.longest(token, Class::MeetingNoun).is_some() || matches!(analysis.word(token), "họp" | "lễ")
        })
}

/// `dự án`, `dự thảo`, `dự kiến`, `vinh dự`: no presence.
fn is_other_word(analysis: &Analysis, verb: &Verb) -> bool {
    let alone = analysis.word(verb.tokens.end - 1) == "dự";
    let next = analysis.word(verb.tokens.end);
    // "bày tỏ vinh dự và tự hào", "khách mời danh dự và bà B"
    let honour = verb.tokens.start > verb.sentence.start
        && analysis.word(verb.tokens.start) == "dự"
        && matches!(analysis.word(verb.tokens.start - 1), "vinh" | "danh");
    honour
        || alone
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
