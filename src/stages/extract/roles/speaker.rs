//! Rules `role.speaker_…`.
//!
//! What: who speaks: a verb of speaking after the person (`Bộ trưởng … cho biết`), the person after an opening
//! (`Phát biểu tại hội nghị, A …`), the person after `theo` (`Theo ông A, …`) or after what is said (`ý kiến của A`).
//! Why: reports are made of what officials say.
//! Example: `Theo Thứ trưởng A, …`; `“…”, ông B nhấn mạnh`.
//! Known misses: quotations whose speaker another sentence names.

use super::{Found, Role, Verb, names_gathering, subject};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::people::Mention;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};

pub(super) const SUBJECT: &Rule = &Rule {
    id: "role.speaker_subject",
    finds: Table::Participations,
    confidence: 0.9,
    about: "The person before a verb of speaking.",
    example: "Tại hội nghị sáng 12/3, Bí thư Tỉnh ủy Trần Văn An nhấn mạnh vai trò của người đứng đầu.",
};
pub(super) const OPENING: &Rule = &Rule {
    id: "role.speaker_opening",
    finds: Table::Participations,
    confidence: 0.8,
    about: "The person who begins the clause behind an opening (Phát biểu tại hội nghị, …).",
    example: "Sáng 12/3, UBND tỉnh họp giao ban. Phát biểu tại hội nghị, đồng chí Trần Văn An, Bí thư Tỉnh ủy khen các sở.",
};
pub(super) const INVERTED: &Rule = &Rule {
    id: "role.speaker_inverted",
    finds: Table::Participations,
    confidence: 0.7,
    about: "The person right behind a verb of speaking that follows what is said.",
    example: "Sáng 12/3, UBND tỉnh họp giao ban. “Việc này phải xong trong quý I”, nhấn mạnh Bí thư Tỉnh ủy Trần Văn An.",
};
pub(super) const ACCORDING: &Rule = &Rule {
    id: "role.speaker_according",
    finds: Table::Participations,
    confidence: 0.82,
    about: "The person behind theo.",
    example: "Sáng 12/3, UBND tỉnh họp giao ban. Theo Bí thư Tỉnh ủy Trần Văn An, các sở còn chậm.",
};
pub(super) const OPINION: &Rule = &Rule {
    id: "role.speaker_opinion",
    finds: Table::Participations,
    confidence: 0.8,
    about: "The person whose opinion, demand or conclusion is told with của.",
    example: "Sáng 12/3, UBND tỉnh họp giao ban. Đây là ý kiến của Bí thư Tỉnh ủy Trần Văn An.",
};

pub(super) const TALK: &Rule = &Rule {
    id: "role.speaker_talk",
    finds: Table::Participations,
    confidence: 0.9,
    about: "The person at the start of a line of talk, before a colon.",
    example: "Sáng 12/3, UBND tỉnh họp giao ban. Bí thư Tỉnh ủy Trần Văn An: “Việc này phải xong trong quý I”.",
};

pub(super) fn apply(analysis: &Analysis, verb: &Verb, found: &mut Found) {
    let meets = subject::is_meeting(analysis, verb.tokens.start);
    if !meets && is_noun(analysis, verb) {
        SUBJECT.failed(analysis, &verb.tokens, "the word before makes it a noun or passive");
        return;
    }
    if verb.beside {
        SUBJECT.failed(analysis, &verb.tokens, "said beside the gathering, not in it");
        return;
    }
    if meets && !met(analysis, verb) {
        SUBJECT.failed(
            analysis,
            &verb.tokens,
            "a meeting that is planned, required or long ago",
        );
        return;
    }
    match subject::before(analysis, found, &verb.sentence, &verb.tokens).cloned() {
        Ok(mention) if !mention_is_subject(analysis, &mention.tokens) => {
            SUBJECT.failed(analysis, &verb.tokens, "the person is the object of what stands before");
        }
        Ok(mention) if is_written(analysis, mention.tokens.end..verb.tokens.start) => {
            SUBJECT.failed(analysis, &verb.tokens, "told in a letter, not at the gathering");
        }
        Ok(mention) if is_reported(analysis, verb, found, &mention) => {
            SUBJECT.failed(analysis, &verb.tokens, "said elsewhere than at the gathering");
        }
        Ok(mention) => {
            found.add(Role::Speaker, &mention, &verb.tokens, SUBJECT);
            return;
        }
        Err(why) => SUBJECT.failed(analysis, &verb.tokens, why),
    }
    // "Phát biểu tại hội nghị, đồng chí A …", "Kết luận buổi làm việc, B …": the person opens the next clause.
    let opens = verb.tokens.start <= verb.sentence.start + 1;
    if opens {
        let next = found
            .people
            .within(&(verb.tokens.end..verb.sentence.end.min(verb.tokens.end + 30)))
            .first()
            .cloned();
        match next.filter(|mention| follows_comma(analysis, verb, mention.tokens.start)) {
            Some(mention) => found.add(Role::Speaker, &mention, &verb.tokens, OPENING),
            None => OPENING.failed(
                analysis,
                &verb.tokens,
                "no official begins the clause behind the opening",
            ),
        }
    } else if matches!(analysis.surface(verb.tokens.start - 1), "”" | "\"" | "," | "-" | "–") {
        // “…”, nói ông A: inverted.
        let next = found
            .people
            .within(&(verb.tokens.end..verb.tokens.end + 2))
            .first()
            .cloned();
        match next {
            Some(mention) => found.add(Role::Speaker, &mention, &verb.tokens, INVERTED),
            None => INVERTED.failed(analysis, &verb.tokens, "no official stands right behind the verb"),
        }
    }
}

/// `Theo ông A`, `ý kiến của A`, `Theo báo cáo của A`, and a line of talk: `- Bộ trưởng A: …`.
pub(super) fn by_source(analysis: &Analysis, sentence: &TokenRange, found: &mut Found) {
    let mentions = found.people.within(sentence).to_vec();
    for mention in mentions {
        if is_line_of_talk(analysis, sentence, &mention) {
            found.add(Role::Speaker, &mention, &mention.tokens, TALK);
            continue;
        }
        let Some(before) = mention
            .tokens
            .start
            .checked_sub(1)
            .filter(|&token| token >= sentence.start)
        else {
            continue;
        };
        let source = match analysis.word(before) {
            "theo" => Some(ACCORDING),
            "của" if before >= sentence.start + 2 => {
                let tells = match (analysis.word(before - 2), analysis.word(before - 1)) {
                    ("ý", "kiến") | ("chia", "sẻ") | ("phát", "biểu") | ("khẳng", "định") | ("nhận", "định") => {
                        (sentence.start..before).any(|token| matches!(analysis.word(token), "là" | "tại" | "theo"))
                    }
                    // "Theo báo cáo của A", "Báo cáo của A cho thấy"
                    ("báo", "cáo") | ("thông", "tin") | ("giải", "thích") | ("đánh", "giá") => {
                        let opens = before <= sentence.start + 3;
                        let shows = matches!(analysis.word(mention.tokens.end), "cho" | "nêu" | "khẳng" | ",");
                        opens && (shows || analysis.word(sentence.start) == "theo")
                    }
                    ("yêu", "cầu") | ("chỉ", "đạo") | ("đề", "nghị") | ("kết", "luận") => {
                        names_gathering(analysis, sentence)
                            && (sentence.start..before).any(|token| matches!(analysis.word(token), "là" | "tại"))
                    }
                    _ => false,
                };
                if !tells {
                    let why = "no word for an opinion before của, or nothing that shows the gathering";
                    OPINION.failed(analysis, &(before..before + 1), why);
                }
                tells.then_some(OPINION)
            }
            _ => None,
        };
        if let Some(rule) = source {
            found.add(Role::Speaker, &mention, &(before..before + 1), rule);
        }
    }
}

/// `- Bộ trưởng Trần Văn An: Việc này …`: a line of a debate.
fn is_line_of_talk(analysis: &Analysis, sentence: &TokenRange, mention: &Mention) -> bool {
    let end = mention.tokens.end;
    let opens = (sentence.start..mention.tokens.start).all(|token| matches!(analysis.surface(token), "-" | "–" | "+"));
    let talk = analysis.is_capitalized(end + 1) || matches!(analysis.surface(end + 1), "“" | "\"");
    opens && analysis.surface(end) == ":" && talk && end + 2 < sentence.end
}

/// `làm việc với …`: who meets others speaks to them, unless words before say that it has not taken place; as a noun only
/// where somebody has it (`có buổi làm việc với`).
fn met(analysis: &Analysis, verb: &Verb) -> bool {
    let from = verb.sentence.start.max(verb.tokens.start.saturating_sub(4));
    let open = (from..verb.tokens.start).any(|token| {
        matches!(
            analysis.word(token),
            "sẽ" | "cần" | "phải" | "từng" | "muốn" | "khi" | "nên" | "để" | "sau"
        )
    });
    let earlier = analysis.matches(verb.sentence.start, &["trước", "đó"]);
    let noun = verb.tokens.start > verb.sentence.start
        && matches!(
            analysis.word(verb.tokens.start - 1),
            "buổi" | "cuộc" | "phiên" | "trình"
        );
    let has = noun && verb.tokens.start >= verb.sentence.start + 2 && analysis.word(verb.tokens.start - 2) == "có";
    !open && !earlier && (!noun || has)
}

/// `chỉ đạo của`, `sự chỉ đạo`, `báo cáo của`, `các ý kiến`: the verb's word used as a noun.
fn is_noun(analysis: &Analysis, verb: &Verb) -> bool {
    let before = verb
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |token| analysis.word(token));
    matches!(
        before,
        "sự" | "các"
            | "những"
            | "một"
            | "lời"
            | "bài"
            | "bản"
            | "công"
            | "tác"
            | "nội"
            | "dung"
            | "được"
            | "theo"
            | "ban"
            | "cổng"
            | "nghe"
            | "xét"
            | "lễ"
            | "buổi"
    ) || analysis.word(verb.tokens.end) == "của"
        // "dự hội nghị công bố quyết định"
        || analysis.word(verb.tokens.start) == "công" && matches!(before, "nghị" | "họp" | "báo" | "đàm")
}

/// `A đã có công văn yêu cầu …`, `A ký văn bản đề nghị …`: a letter stands between the person and the verb.
fn is_written(analysis: &Analysis, mut gap: TokenRange) -> bool {
    gap.any(|token| {
        matches!(
            (analysis.word(token), analysis.word(token + 1)),
            ("văn", "bản") | ("công", "văn" | "điện")
        )
    })
}

/// The mention is not the object of something said before the verb (`đề nghị A chỉ đạo` has another speaker).
fn mention_is_subject(analysis: &Analysis, mention: &TokenRange) -> bool {
    let Some(before) = mention.start.checked_sub(1) else {
        return true;
    };
    let sentence = analysis.sentence_at(mention.start);
    if mention.start <= sentence.start {
        return true;
    }
    // "trước việc A chỉ đạo": what A did is what others speak of.
    let told_of = analysis.word(before) == "việc"
        && matches!(
            before.checked_sub(1).map_or("", |token| analysis.word(token)),
            "trước" | "về" | "với" | "đến"
        );
    // "các vi phạm của A, Ban Bí thư kết luận"
    let possessor = analysis.word(before) == "của" && matches!(analysis.word(mention.end), "," | "và");
    !possessor
        && !told_of
        && !matches!(
            analysis.word(before),
            "với"
                | "nghị"
                | "cầu"
                | "giao"
                | "trình"
                | "gửi"
                | "cho"
                | "ơn"
                | "mời"
                | "tặng"
                | "xin"
                | "gặp"
                | "nhiệm"
                | "tiếp"
                | "đón"
                | "thăm"
                | "luật"
                | "thay"
        )
}

/// `A cho biết, B đã chỉ đạo …`: what B did is told by A.
fn is_reported(analysis: &Analysis, verb: &Verb, found: &Found, mention: &Mention) -> bool {
    let told_by_other = |at: usize, len: usize| {
        let teller = subject::before(analysis, found, &verb.sentence, &(at..at + len));
        let opens = matches!(analysis.surface(at + len), "," | ":") || analysis.word(at + len) == "rằng";
        opens && teller.is_ok_and(|teller| teller.person != mention.person)
    };
    let separate = |from: usize| {
        (from..mention.tokens.start).any(|token| {
            matches!(analysis.surface(token), "”" | "\"" | "“" | ";") || matches!(analysis.word(token), "còn" | "khi")
        })
    };
    (verb.sentence.start..mention.tokens.start).any(|at| match analysis.longest(at, Class::RoleVerb) {
        Some((len, entry)) => &*entry.tag == "speaker" && told_by_other(at, len) && !separate(at + len),
        None => false,
    })
}

fn follows_comma(analysis: &Analysis, verb: &Verb, mention: usize) -> bool {
    (verb.tokens.end..mention).any(|token| matches!(analysis.surface(token), "," | ":"))
        || (verb.tokens.end..mention).any(|token| matches!(analysis.word(token), "có" | "nghị" | "họp" | "việc"))
}
