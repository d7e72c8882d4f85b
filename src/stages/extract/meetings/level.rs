//! The level of a gathering: national, ministry, province, district, commune or party.
//!
//! What: from `toàn quốc` in the name, from the host, else from the highest post among those who chair it.
//! Why: a province's own conference is another one than the national conference on the same topic on the same day.
//! Known misses: hosts without their area (`UBND` alone).

use crate::lexicon::Class;
use crate::stages::extract::people::Post;
use crate::text::analysis::{Analysis, TokenRange};

/// The level that name, host and chairs tell.
pub fn level<'p>(
    analysis: &Analysis,
    name: &TokenRange,
    host: Option<&TokenRange>,
    chairs: impl Iterator<Item = &'p Post>,
) -> Option<&'static str> {
    if name.clone().any(|token| analysis.matches(token, &["toàn", "quốc"])) {
        return Some("national");
    }
    host.and_then(|host| of_organization(analysis, host)).or_else(|| {
        chairs
            .filter_map(|post| of_post(analysis, post))
            .min_by_key(|level| rank(level))
    })
}

fn rank(level: &str) -> usize {
    ["national", "ministry", "province", "district", "commune", "party"]
        .iter()
        .position(|known| *known == level)
        .unwrap_or(usize::MAX)
}

fn of_organization(analysis: &Analysis, host: &TokenRange) -> Option<&'static str> {
    let (len, entry) = analysis.longest(host.start, Class::Organization)?;
    match &*entry.tag {
        "national" => Some("national"),
        "ministry" => Some("ministry"),
        "party" => Some("party"),
        "province" => Some("province"),
        _ => (host.start + len..host.end).find_map(|token| area_level(analysis, token)),
    }
}

fn of_post(analysis: &Analysis, post: &Post) -> Option<&'static str> {
    let title = &analysis.folded[analysis.bytes(&post.title)];
    match title {
        _ if title.contains("thủ tướng") || title.contains("chủ tịch nước") || title.contains("chủ tịch quốc hội") => {
            Some("national")
        }
        _ if title.contains("bộ trưởng") || title.contains("thứ trưởng") => Some("ministry"),
        _ => (post.title.end..post.tokens.end).find_map(|token| area_level(analysis, token)),
    }
}

fn area_level(analysis: &Analysis, token: usize) -> Option<&'static str> {
    match analysis.word(token) {
        "tỉnh" => Some("province"),
        "thành" if matches!(analysis.word(token + 1), "phố" | "ủy" | "uỷ") => Some("province"),
        "tp" => Some("province"),
        "huyện" | "quận" => Some("district"),
        "thị" if matches!(analysis.word(token + 1), "xã" | "ủy") => Some("district"),
        "xã" | "phường" | "đặc" => Some("commune"),
        "thị" if analysis.word(token + 1) == "trấn" => Some("commune"),
        "phủ" if analysis.word(token - 1) == "chính" => Some("national"),
        _ => None,
    }
}
