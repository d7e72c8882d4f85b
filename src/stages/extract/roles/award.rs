//! Rules `role.awarder_…` and `role.awardee_…`.
//!
//! What: who hands over an award (`A trao Bằng khen cho …`) and which named person gets one (`B được tặng Bằng khen`).
//! Why: awards are part of nearly every closing conference.
//! Example: `Phó Chủ tịch UBND tỉnh A trao Bằng khen cho các tập thể`.
//! Known misses: awardees in lists without a verb.

use super::{Found, Role, Verb, subject};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::people::MentionKind;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::Analysis;

pub(super) const GIVER: &Rule = &Rule {
    id: "role.awarder_subject",
    finds: Table::Participations,
    confidence: 0.85,
    about: "The person before a verb of awarding, with those joined to them.",
    example: "Tại hội nghị tổng kết sáng 12/3, Phó Chủ tịch UBND tỉnh Lê Thị Bình trao Bằng khen cho các tập thể.",
};
pub(super) const RECIPIENT: &Rule = &Rule {
    id: "role.awardee_recipient",
    finds: Table::Participations,
    confidence: 0.93,
    about: "The person behind cho or tặng, to whom an award is handed.",
    example: "Tại lễ tổng kết sáng 12/3, Bí thư Tỉnh ủy Lê Thị Bình trao Huy hiệu Đảng cho ông Trần Văn An, Giám đốc Sở Y tế.",
};
pub(super) const PASSIVE: &Rule = &Rule {
    id: "role.awardee_passive",
    finds: Table::Participations,
    confidence: 0.85,
    about: "The person before được and a verb of awarding, with the giver between or nobody.",
    example: "Tại hội nghị tổng kết sáng 12/3, Giám đốc Sở Y tế Trần Văn An được Thủ tướng tặng Bằng khen.",
};
pub(super) const RECEIVER: &Rule = &Rule {
    id: "role.awardee_subject",
    finds: Table::Participations,
    confidence: 0.85,
    about: "The person before a verb of receiving with an award behind it.",
    example: "Tại hội nghị tổng kết sáng 12/3, Giám đốc Sở Y tế Trần Văn An vinh dự đón nhận Bằng khen.",
};

const AWARDS: &[&str] = &[
    "bằng",
    "huân",
    "huy",
    "giấy",
    "cờ",
    "danh",
    "kỷ",
    "giải",
    "quà",
    "quyết",
    "chứng",
    "phần",
    "hoa",
    "thưởng",
];

/// The subject hands over an award; in `B được Bộ trưởng A tặng bằng khen` B gets it.
pub(super) fn gives(analysis: &Analysis, verb: &Verb, found: &mut Found) {
    let passive = verb.tokens.start > 0 && matches!(analysis.word(verb.tokens.start - 1), "được" | "lễ");
    if let Some(marker) = passive_marker(analysis, verb) {
        let marker = marker..marker + 1;
        match subject::before(analysis, found, &verb.sentence, &marker).cloned() {
            // "ông A bày tỏ mong muốn các nhà đầu tư được trao"
            Ok(mention)
                if (mention.tokens.end..marker.start).any(|at| analysis.longest(at, Class::RoleVerb).is_some()) =>
            {
                PASSIVE.failed(analysis, &verb.tokens, "a verb of the person's own stands before được");
            }
            Ok(mention) => found.add(Role::Awardee, &mention, &verb.tokens, PASSIVE),
            Err(why) => PASSIVE.failed(analysis, &verb.tokens, why),
        }
    }
    let award = verb.tokens.len() > 2
        || (verb.tokens.end..verb.tokens.end + 4)
            .any(|token| AWARDS[..9].contains(&analysis.word(token)) || analysis.matches(token, &["quyết", "định"]));
    if !award {
        GIVER.failed(analysis, &verb.tokens, "no word for an award within four words");
        return;
    }
    given_to(analysis, verb, found);
    if passive {
        GIVER.failed(analysis, &verb.tokens, "passive, or the name of a ceremony");
        return;
    }
    let group: Vec<_> = match subject::before(analysis, found, &verb.sentence, &verb.tokens) {
        Ok(mention) => subject::coordinated(analysis, found, &verb.sentence, mention)
            .into_iter()
            .cloned()
            .collect(),
        Err(why) => {
            GIVER.failed(analysis, &verb.tokens, why);
            Vec::new()
        }
    };
    // "6 doanh nghiệp được Chủ tịch UBND tỉnh tặng bằng khen": whose award it is, not who hands it over.
    let told = passive_marker(analysis, verb).is_some();
    for mention in group
        .iter()
        .filter(|mention| !told || mention.kind != MentionKind::Title)
    {
        found.add(Role::Awarder, mention, &verb.tokens, GIVER);
    }
}

/// The persons to whom it is given: `trao Huân chương … tặng ông B`, `cho bà C`, and after a passive `trong đó có bà D`.
fn given_to(analysis: &Analysis, verb: &Verb, found: &mut Found) {
    let mentions = found.people.within(&(verb.tokens.end..verb.sentence.end)).to_vec();
    let mut last_end = None;
    for mention in mentions {
        let before = mention.tokens.start.saturating_sub(1);
        // "tặng hoa chúc mừng các đồng chí A, B và C"
        let joined = last_end.is_some_and(|end| {
            (end..mention.tokens.start).all(|token| {
                matches!(analysis.word(token), "," | "và") || analysis.longest(token, Class::Honorific).is_some()
            })
        });
        let receives = joined
            || matches!(analysis.word(before), "tặng" | "cho")
            || analysis.matches(before.saturating_sub(1), &["chúc", "mừng"])
            || analysis.matches(before.saturating_sub(2), &["trong", "đó", "có"]);
        if receives {
            last_end = Some(mention.tokens.end);
            found.add(Role::Awardee, &mention, &verb.tokens, RECIPIENT);
        } else {
            RECIPIENT.failed(analysis, &mention.tokens, "neither cho nor tặng before the person");
        }
    }
}

/// `được` shortly before the verb, with only the giver between.
fn passive_marker(analysis: &Analysis, verb: &Verb) -> Option<usize> {
    let from = verb.sentence.start.max(verb.tokens.start.saturating_sub(12));
    let marker = (from..verb.tokens.start)
        .rev()
        .find(|&token| analysis.word(token) == "được")?;
    let giver = (marker + 1..verb.tokens.start).all(|token| analysis.surface(token) != ",");
    giver.then_some(marker)
}

/// The subject gets an award; a person after the verb gives it (`được Bộ trưởng … tặng` names the giver).
pub(super) fn receives(analysis: &Analysis, verb: &Verb, found: &mut Found) {
    let award = (verb.tokens.end..verb.tokens.end + 8).any(|token| AWARDS.contains(&analysis.word(token)));
    if !award {
        RECEIVER.failed(analysis, &verb.tokens, "no word for an award within eight words");
        return;
    }
    match subject::before(analysis, found, &verb.sentence, &verb.tokens).cloned() {
        Ok(mention) => found.add(Role::Awardee, &mention, &verb.tokens, RECEIVER),
        Err(why) => RECEIVER.failed(analysis, &verb.tokens, why),
    }
}
