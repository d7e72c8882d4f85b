//! How the text tells that somebody has a post: rules `official.…`.
//!
//! What: the order of name and posts where the text says most of a person.
//! Why: a post right before the name is surer than one behind a comma, which may be a neighbour's.
//! Example: `Giám đốc Sở Nội vụ Trần Văn An` has the post first, `ông Trần Văn An, Giám đốc Sở Nội vụ` the name.

use super::names::NameSpan;
use super::positions::PositionSpan;
use super::posts;
use crate::schema::Table;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::Analysis;

pub(super) const POST_FIRST: &Rule = &Rule {
    id: "official.post_first",
    finds: Table::OfficialMentions,
    confidence: 0.96,
    about: "A name right behind its post or posts.",
    example: "Giám đốc Sở Nội vụ Trần Văn An báo cáo kết quả.",
};
pub(super) const NAME_FIRST: &Rule = &Rule {
    id: "official.name_first",
    finds: Table::OfficialMentions,
    confidence: 0.98,
    about: "A name with its posts behind a comma or a dash.",
    example: "Ông Trần Văn An, Tỉnh ủy viên, Giám đốc Sở Nội vụ, báo cáo kết quả.",
};
pub(super) const NAME_IS: &Rule = &Rule {
    id: "official.name_is",
    finds: Table::OfficialMentions,
    confidence: 0.95,
    about: "A name with its post behind là, làm, kiêm, a bracket or words of appointment.",
    example: "Ông Trần Văn An được bầu giữ chức Chủ tịch UBND tỉnh.",
};
pub(super) const BOTH_SIDES: &Rule = &Rule {
    id: "official.both_sides",
    finds: Table::OfficialMentions,
    confidence: 0.97,
    about: "A name between its posts.",
    example: "Bí thư Tỉnh ủy Trần Văn An, Chủ tịch HĐND tỉnh, báo cáo kết quả.",
};
pub(super) const SHARED_POST: &Rule = &Rule {
    id: "official.shared_post",
    finds: Table::OfficialMentions,
    confidence: 0.96,
    about: "A name in a list of persons who share the post before the list.",
    example: "Tham dự có các Phó Chủ tịch UBND tỉnh: Trần Văn An, Lê Thị Bình.",
};

/// The rule by which `posts`, which are not empty, belong to `name`.
pub(super) fn rule(analysis: &Analysis, name: &NameSpan, posts: &[usize], positions: &[PositionSpan]) -> &'static Rule {
    let posts = || posts.iter().map(|&post| &positions[post]);
    let is_before = |post: &PositionSpan| post.tokens.start < name.tokens.start;
    if posts().any(|post| post.plural && is_before(post)) {
        SHARED_POST
    } else if posts().all(is_before) {
        POST_FIRST
    } else if posts().any(is_before) {
        BOTH_SIDES
    } else if matches!(analysis.word(name.tokens.end), "," | "-" | "–" | "—") {
        NAME_FIRST
    } else {
        NAME_IS
    }
}

/// Notes for every name whether it has a post; `is_known` tells whether the name with this index has one anywhere.
pub(super) fn note(
    analysis: &Analysis,
    names: &[NameSpan],
    positions: &[PositionSpan],
    of_name: &[Vec<usize>],
    is_known: impl Fn(usize) -> bool,
) {
    if analysis.trace.is_none() {
        return;
    }
    for (index, (name, posts)) in names.iter().zip(of_name).enumerate() {
        if posts.iter().any(|&post| posts::is_a_post(analysis, &positions[post])) {
            rule(analysis, name, posts, positions).matched(analysis, &name.tokens, || {
                let labels: Vec<&str> = posts
                    .iter()
                    .map(|&post| analysis.slice(&positions[post].tokens))
                    .collect();
                labels.join("; ")
            });
        } else if !posts.is_empty() {
            let why = "a membership alone makes nobody an official";
            rule(analysis, name, posts, positions).failed(analysis, &name.tokens, why);
        } else if is_known(index) {
            let why = "no post beside the name here, but elsewhere: a further mention of an official";
            NAME_FIRST.failed(analysis, &name.tokens, why);
        } else {
            POST_FIRST.failed(analysis, &name.tokens, "no post ends right before the name");
            NAME_FIRST.failed(analysis, &name.tokens, "no post behind the name and a comma or dash");
        }
    }
}
