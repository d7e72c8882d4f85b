//! Marks that join words instead of parting clauses.

use super::Reading;
use crate::lexicon::Class;
use crate::text::token::Kind;

/// The comma or dash joins two nouns of one sort: `các bộ, ngành`, `cán bộ, công chức`, `cấp huyện, cấp xã`.
pub fn joins_nouns(reading: Reading, mark: usize) -> bool {
    let analysis = reading.analysis;
    let parallel = mark >= 2 && reading.word(mark - 2) == reading.word(mark + 1) && reading.word(mark + 1) == "cấp";
    let Some((len, behind)) = analysis.longest(mark + 1, Class::Unit) else {
        return parallel;
    };
    // `tại 2 tổ chức,` | `ban hành 2 quyết định`
    let noun = !analysis.continues_word(mark + 1 + len);
    let joined = noun
        && &*behind.tag != "count"
        && (1..=4.min(mark)).any(|len| {
            let mut before = analysis.phrases(mark - len, Class::Unit);
            before.any(|(found, entry)| found == len && entry.tag == behind.tag)
        });
    joined || parallel
}

/// `dịch vụ công trực tuyến mức độ 3, 4`: the comma between two numbers that name.
pub fn joins_levels(reading: Reading, mark: usize) -> bool {
    let number = |at: usize| reading.analysis.kind(at) == Kind::Number && !reading.dates.is_date_token(at);
    mark > 1
        && number(mark - 1)
        && number(mark + 1)
        && matches!(reading.word(mark - 2), "độ" | "mức" | "cấp" | "đợt" | "hạng" | "loại")
}

/// `Phong Nha – Kẻ Bàng`: the dash between two names, neither of which is a person's or a post.
pub fn joins_names(reading: Reading, mark: usize) -> bool {
    let analysis = reading.analysis;
    let name = |at: usize| analysis.kind(at) == Kind::Word && analysis.is_capitalized(at);
    mark > 0
        && name(mark - 1)
        && name(mark + 1)
        && analysis.tokens[mark].spaced == analysis.tokens[mark + 1].spaced
        && !matches!(reading.word(mark + 1), "ttxvn" | "vov" | "ảnh")
        && analysis.longest(mark + 1, Class::Title).is_none()
        && analysis.longest(mark + 1, Class::Honorific).is_none()
        && reading.people.within(&(mark - 1..mark + 2)).is_empty()
}
