//! Posts that stand for holders whom the text does not name: rule `post.without_name`.
//!
//! What: `Chủ tịch UBND tỉnh Bắc Ninh chủ trì` where no chairman is named; all mentions of one post are one.
//! Why: who held the post then is told by other documents, so that the part in the meeting is not lost.
//! Example: `Thủ tướng yêu cầu các bộ báo cáo` gives `Thủ tướng`.
//! Known misses: posts of other states, posts of the past, and posts behind `của` (`Quyết định của Thủ tướng`), whose day is not that of the text.

use super::positions::PositionSpan;
use super::{Mention, MentionKind, People, Person, Post, posts};
use crate::lexicon::Class;
use crate::schema::Table;
use crate::stages::extract::context::Context;
use crate::stages::extract::rule::{Reason, Rule};
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::Kind;

use chrono::Datelike;

pub(super) const WITHOUT_NAME: &Rule = &Rule {
    id: "post.without_name",
    finds: Table::PostMentions,
    confidence: 0.9,
    about: "A post that stands for a person whom the text does not name.",
    example: "Chủ tịch UBND tỉnh Bắc Ninh yêu cầu các sở báo cáo kết quả.",
};

/// A post without a named holder.
#[derive(Debug)]
pub struct UnnamedPost {
    /// The fullest telling.
    pub post: Post,
    /// Every place where the text speaks of the holder.
    pub mentions: Vec<TokenRange>,
    pub rule: &'static Rule,
}

/// The posts among `alone`, indices of positions that stand for nobody named.
pub(super) fn find(context: &Context, positions: &[PositionSpan], alone: &[usize]) -> Vec<UnnamedPost> {
    let analysis = context.analysis;
    let mut found: Vec<UnnamedPost> = Vec::new();
    for position in alone.iter().map(|&index| cut(analysis, &positions[index])) {
        let position = &position;
        if let Err(why) = is_of_the_day(context, position) {
            WITHOUT_NAME.failed(analysis, &position.tokens, why);
            continue;
        }
        WITHOUT_NAME.matched(analysis, &position.tokens, || {
            analysis.slice(&position.tokens).to_owned()
        });
        let known = found.iter_mut().find_map(|known| {
            posts::complete(analysis, std::slice::from_mut(&mut known.post), position).then_some(known)
        });
        match known {
            Some(known) => known.mentions.push(position.tokens.clone()),
            None => found.push(UnnamedPost {
                post: posts::post(analysis, position),
                mentions: vec![position.tokens.clone()],
                rule: WITHOUT_NAME,
            }),
        }
    }
    found
}

/// The post without words of a clause that look like an organisation: `Thủ tướng` | `hội đàm`, `Bộ trưởng` | `ban hành`.
fn cut(analysis: &Analysis, position: &PositionSpan) -> PositionSpan {
    let at = position.title.end;
    let body = at < position.tokens.end && {
        let named = analysis.longest(at, Class::Organization).is_some_and(|(len, entry)| {
            let area = matches!(
                &*entry.tag,
                "province" | "district" | "commune" | "local" | "party" | "national"
            );
            len > 1 || area || analysis.is_capitalized(at + 1)
        });
        named || analysis.is_capitalized(at)
    };
    let mut position = position.clone();
    if !body {
        position.tokens.end = at;
    }
    let verb = |token: &usize| {
        let pair = (analysis.word(*token), analysis.word(token + 1));
        !analysis.is_capitalized(*token) && matches!(pair, ("ban", "hành") | ("hội", "đàm" | "kiến") | ("tổ", "chức"))
    };
    if let Some(verb) = (at..position.tokens.end).find(verb) {
        position.tokens.end = verb;
    }
    position
}

/// The text speaks of who holds the post when it is published.
fn is_of_the_day(context: &Context, position: &PositionSpan) -> Result<(), Reason> {
    let analysis = context.analysis;
    if posts::post(analysis, position).status == "former" {
        return Err("a former post: it may be anybody's");
    }
    let word = |back: usize| {
        position
            .tokens
            .start
            .checked_sub(back)
            .map_or("", |token| analysis.word(token))
    };
    if word(1) == "của" && !matches!(word(2), "trì" | "dự" | "mặt") {
        return Err("what belongs to a post may be older than the text");
    }
    if matches!(word(1), "bầu" | "chức" | "danh" | "vụ" | "nhiệm" | "trí" | "cử" | "ghế") {
        return Err("the post is given or taken");
    }
    let mut body = position.title.end..position.tokens.end;
    if analysis.longest(body.start, Class::HistoricalName).is_some() {
        return Err("a name of one of the dead follows: the post is part of how they are called");
    }
    if body.any(|token| is_foreign_state(analysis, token)) {
        return Err("a post of another state");
    }
    let sentence = analysis.sentence_at(position.tokens.start);
    match context.published {
        Some(published) if names_other_year(analysis, sentence, published.year()) => {
            Err("the sentence speaks of another year than that of publication")
        }
        _ => Ok(()),
    }
}

fn is_foreign_state(analysis: &Analysis, token: usize) -> bool {
    let place = analysis.longest(token, Class::Place);
    place.is_some_and(|(_, entry)| &*entry.tag == "country" && &*entry.folded_value != "việt nam")
}

fn names_other_year(analysis: &Analysis, mut sentence: TokenRange, year: i32) -> bool {
    sentence.any(|token| {
        let number = (analysis.kind(token) == Kind::Number).then(|| analysis.word(token));
        let told = number
            .filter(|digits| digits.len() == 4)
            .and_then(|digits| digits.parse::<i32>().ok());
        told.is_some_and(|told| (1900..2100).contains(&told) && told != year)
    })
}

impl People {
    /// The same people with the holders of unnamed posts as persons behind the named ones, so that rules on parts in
    /// meetings see both.
    pub fn with_unnamed(mut self, analysis: &Analysis) -> People {
        for unnamed in std::mem::take(&mut self.unnamed) {
            let person = self.persons.len();
            self.mentions.extend(unnamed.mentions.iter().map(|tokens| Mention {
                person,
                tokens: tokens.clone(),
                kind: MentionKind::Title,
            }));
            self.persons.push(Person {
                name: analysis.slice(&unnamed.post.tokens).to_owned(),
                honorific: None,
                best: unnamed.post.tokens.clone(),
                posts: vec![unnamed.post],
                rule: unnamed.rule,
                other_names: Vec::new(),
            });
        }
        self.mentions.sort_by_key(|mention| mention.tokens.start);
        self
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::lexicon::Lexicon;
    use crate::stages::extract::extract;
    use crate::text::analysis::Scratch;

    /// Label, title, organisation and roles of each post without a name, and the number of named officials.
    fn check(text: &str, expected: &[&str], officials: usize) {
        let published = NaiveDate::from_ymd_opt(2021, 3, 19);
        let row = extract(text, published, None, &Lexicon::embedded(), &mut Scratch::default());
        let posts = row.posts_mentioned.iter().map(|post| {
            let roles: Vec<String> = post
                .roles
                .iter()
                .map(|role| format!("{}{}", role.role, role.meeting))
                .collect();
            let organization = post.organization.as_deref().unwrap_or("-");
            format!("{}; {}; {organization}; {}", post.label, post.title, roles.join(" "))
                .trim_end()
                .to_owned()
        });
        assert_eq!(posts.collect::<Vec<_>>(), expected, "{text}");
        assert_eq!(row.officials.len(), officials, "{text}");
    }

    #[test]
    fn a_post_stands_for_whom_the_text_does_not_name_with_the_part_in_the_meeting() {
        check(
            "Sáng 18/3, UBND tỉnh tổ chức hội nghị cải cách hành chính. Chủ tịch UBND tỉnh chủ trì hội nghị. \
             Phát biểu kết luận, Chủ tịch UBND tỉnh Lạng Sơn yêu cầu các sở báo cáo trước 30/3.",
            &["Chủ tịch UBND tỉnh Lạng Sơn; Chủ tịch; Ủy ban nhân dân tỉnh Lạng Sơn; chair0 speaker0"],
            0,
        );
        check(
            "Sáng 18/3, ông Trần Văn An, Giám đốc Sở Nội vụ tỉnh Lạng Sơn dự hội nghị. Phó Chủ tịch Thường trực UBND TP. Vinh phát biểu.",
            &[
                "Phó Chủ tịch Thường trực UBND TP. Vinh; Phó Chủ tịch Thường trực; Ủy ban nhân dân thành phố Vinh; speaker0",
            ],
            1,
        );
    }

    #[test]
    fn a_verb_behind_a_title_is_no_organisation() {
        check(
            "Thủ tướng hội đàm với đoàn khách.",
            &["Thủ tướng; Thủ tướng; -; speaker0"],
            0,
        );
        check(
            "Thủ tướng đồng ý với đề nghị của tỉnh.",
            &["Thủ tướng; Thủ tướng; -;"],
            0,
        );
        check(
            "Bộ trưởng Bộ Nội vụ ban hành văn bản.",
            &["Bộ trưởng Bộ Nội vụ; Bộ trưởng; Bộ Nội vụ;"],
            0,
        );
    }

    #[test]
    fn posts_of_the_named_of_the_past_and_of_nobody_in_particular_are_left_out() {
        for (text, officials) in [
            (
                "Thủ tướng Phạm Văn Chung chủ trì phiên họp. Thủ tướng yêu cầu các bộ báo cáo.",
                1,
            ),
            ("Dự lễ có nguyên Chủ tịch UBND tỉnh Lạng Sơn.", 0),
            (
                "Theo Quyết định của Chủ tịch UBND tỉnh Lạng Sơn, các xã phải báo cáo.",
                0,
            ),
            ("Năm 2015, Chủ tịch UBND tỉnh Lạng Sơn đã yêu cầu các sở báo cáo.", 0),
            ("Hội đồng bầu Chủ tịch UBND tỉnh Lạng Sơn vào ngày mai.", 0),
            ("Các Bộ trưởng Bộ Nội vụ đều dự họp.", 0),
            ("Ngày sinh Chủ tịch Hồ Chí Minh được tổ chức trọng thể.", 0),
            ("Thủ tướng Nhật Bản thăm Việt Nam.", 0),
        ] {
            check(text, &[], officials);
        }
    }
}
