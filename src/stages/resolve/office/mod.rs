//! A post as it is compared across documents: `Chủ tịch UBND tỉnh Bắc Ninh` is the office of chairman of a people's
//! committee, in an area.
//!
//! Portals leave out their own province, drop `Thường trực` or write `Bí thư Hà Nội`. An [`Office`] says the same for
//! all of these: title, body without its area, area, level, and how high it stands.

mod body;
#[cfg(test)]
mod tests;
mod words;

use chrono::NaiveDate;

use self::body::Body;
use self::words::{ABBREVIATIONS, BESIDE, HEADS, SHARED, SUFFIXES};
use crate::lexicon::areas::{self, Area};
use crate::text::fold::fold;

/// A post taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Office {
    /// Folded title: `phó chủ tịch`.
    pub title: String,
    /// Folded body in which the post is held, without its province: `ủy ban nhân dân`, `sở nội vụ`, `bộ công an`.
    pub body: String,
    /// Province of a local body.
    pub area: Option<&'static Area>,
    /// As in the tables: national, ministry, province, district, commune or party.
    pub level: Option<&'static str>,
    /// Height on the ladder of the state, for bodies that stand on it: 1 commune, 2 district, 3 offices of provinces and
    /// departments of ministries, 4 heads of provinces and deputy ministers, 5 ministers and above.
    pub standing: Option<u8>,
    /// Held beside another post: memberships, committees, seats in assemblies.
    pub beside: bool,
    /// The body has a name of its own: not `Sở` or `UBND huyện`.
    pub named: bool,
    /// Title, body and area leave no doubt which body it is.
    pub specific: bool,
    /// Several persons of one body hold it at a time, as far as the title tells.
    pub shared: bool,
}

impl Office {
    /// The office that `title` and `organization` (abbreviations expanded) tell, in `area_id` where the text says so, else,
    /// for a local body, in `portal_area`, that of the publishing portal; `on` is the day on which areas must be valid.
    pub fn new(
        title: &str,
        organization: Option<&str>,
        area_id: Option<&str>,
        portal_area: Option<&str>,
        on: Option<NaiveDate>,
    ) -> Office {
        let text = fold(&format!("{title} {}", organization.unwrap_or_default()));
        let words: Vec<&str> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !matches!(*word, "" | "của" | "và" | "thuộc"))
            .flat_map(written_out)
            .collect();
        let (title, rest, implied) = split_title(&words, title);
        let (rest, named) = split_area(rest, on);
        let text_area = area_id.and_then(province).or(named);
        let portal_area = portal_area.and_then(province);
        let body = Body::new(&title, rest, implied, text_area, portal_area);
        let shared = title.starts_with("phó") && !title.ends_with("thường trực")
            || SHARED.iter().any(|head| title.starts_with(head));
        let beside = ["ủy viên", "thành viên", "đại biểu"]
            .iter()
            .any(|head| title.starts_with(head))
            || title.ends_with("ủy viên")
            || BESIDE.iter().any(|name| body.name.starts_with(name));
        let standing = body.standing(&title);
        let specific = body.is_specific();
        Office {
            beside,
            standing,
            named: body.is_named(),
            specific,
            shared: shared || beside,
            title,
            body: body.name,
            area: body.area,
            level: body.level,
        }
    }

    /// Equal for all ways to write the post.
    pub fn key(&self) -> String {
        format!("{} | {}", self.title, self.body_key())
    }

    /// Equal for all posts of one body.
    pub fn body_key(&self) -> String {
        format!("{} | {}", self.body, self.area.map_or("", |area| area.id))
    }

    /// It is known which body it is of, and one person at a time holds it.
    pub fn is_sole(&self) -> bool {
        self.specific && !self.shared
    }

    /// Its holders move between provinces and the centre.
    pub fn rotates(&self) -> bool {
        self.standing.is_some_and(|standing| standing >= 4)
    }

    /// It is a post of a province or below.
    pub fn is_local(&self) -> bool {
        self.area.is_some()
    }
}

/// The words of an abbreviation that the lexicon leaves as it is.
fn written_out<'t>(word: &'t str) -> Box<dyn Iterator<Item = &'t str> + 't> {
    match ABBREVIATIONS.iter().find(|(short, _)| *short == word) {
        Some((_, long)) => Box::new(long.split(' ')),
        None => Box::new(std::iter::once(word)),
    }
}

/// The normal title, the words behind it, and the word with which the body begins where they leave it out.
fn split_title<'w, 't>(words: &'w [&'t str], title: &str) -> (String, &'w [&'t str], &'static str) {
    let deputy = usize::from(words.first() == Some(&"phó"));
    let head = HEADS.iter().find(|(head, _)| {
        let mut rest = words[deputy..].iter();
        head.split(' ').all(|word| rest.next() == Some(&word))
    });
    let (mut end, implied) = match head {
        Some((head, implied)) => (deputy + head.split(' ').count(), *implied),
        None => {
            let folded = fold(title);
            let own = folded.split(|letter: char| !letter.is_alphanumeric());
            (
                own.filter(|word| !matches!(*word, "" | "của" | "và" | "thuộc"))
                    .count()
                    .min(words.len()),
                "",
            )
        }
    };
    let suffix = SUFFIXES.iter().find(|suffix| {
        let mut rest = words[end..].iter();
        suffix.split(' ').all(|word| rest.next() == Some(&word))
    });
    end += usize::from(suffix.is_some()) * 2;
    // "phó trưởng ban thường trực ban chỉ đạo": the office behind the head, then the modifier.
    (words[..end].join(" "), &words[end..], implied)
}

/// The words of a body before the name of its province, and that province.
fn split_area<'w, 't>(words: &'w [&'t str], on: Option<NaiveDate>) -> (&'w [&'t str], Option<&'static Area>) {
    for len in (1..=4.min(words.len())).rev() {
        let at = words.len() - len;
        if matches!(words[at], "tỉnh" | "thành" | "tp") {
            continue;
        }
        let Some(area) = areas::by_name(&words[at..].join(" "), on) else {
            continue;
        };
        // "thành phố Lạng Sơn" is the town, not the province.
        let town = area.kind == "tỉnh" && at >= 2 && words[at - 2..at] == ["thành", "phố"];
        let lesser = at >= 1 && matches!(words[at - 1], "huyện" | "quận" | "phường" | "xã" | "trấn");
        return if town || lesser {
            (words, None)
        } else {
            (&words[..at], Some(area))
        };
    }
    (words, None)
}

/// The province of an area; none for the country.
fn province(area_id: &str) -> Option<&'static Area> {
    areas::by_id(areas::by_id(area_id)?.province_id()?)
}

/// The provinces are one, or one has become part of the other.
pub(super) fn same_area(a: &Area, b: &Area) -> bool {
    a.id == b.id || a.successor_ids.contains(&b.id) || b.successor_ids.contains(&a.id)
}
