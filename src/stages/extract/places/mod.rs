//! Which area a place in a text is: the finest one with a row in the table `areas` that it is or lies in.
//!
//! # What
//! A unit (`huyện Kỳ Sơn`, `TP Vinh`, `phường 4`) with the units above it that follow: `xã A, huyện Kỳ Sơn, tỉnh Nghệ An`.
//! Communes have no rows, so they give their district or province. A district whose name several provinces have is that of
//! the province that follows, that the sentence names, or that the document is about.
//! # Why
//! Ten provinces have a Châu Thành, and `UBND tỉnh` means another body in each text.
//! # Example
//! `huyện Kỳ Sơn, tỉnh Nghệ An` is `VN-40@2004/ky-son`; `huyện Châu Thành` alone is nothing.
//! # Known misses
//! `thành phố` alone, in a text that speaks of two provinces' cities.

#[cfg(test)]
mod tests;
mod unit;

use std::cell::OnceCell;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::lexicon::Class;
use crate::lexicon::areas::{self, Area, Level};
use crate::text::analysis::{Analysis, TokenRange};
pub use unit::Noun;
use unit::{Unit, noun_at, unit_at};

/// A province as the text names it.
#[derive(Clone, Debug)]
pub struct ProvinceMention<'a> {
    pub tokens: TokenRange,
    /// Its usual name.
    pub name: &'a str,
}

/// Tells the areas of one document's places.
pub struct Locator<'a> {
    analysis: &'a Analysis<'a>,
    /// The province of the portal or newspaper.
    publisher: Option<&'static Area>,
    published: Option<NaiveDate>,
    provinces: Vec<ProvinceMention<'a>>,
    /// The name of the province of its own bodies.
    home: OnceCell<Option<&'a str>>,
    /// The districts that the text names, once each.
    districts: OnceCell<Vec<&'static Area>>,
}

impl<'a> Locator<'a> {
    /// Reads which provinces a text names that `publisher` published on `published`.
    pub fn new(analysis: &'a Analysis<'a>, publisher: Option<&'static Area>, published: Option<NaiveDate>) -> Self {
        Locator {
            analysis,
            publisher: publisher.filter(|area| area.level == Level::Province),
            published,
            provinces: provinces(analysis),
            home: OnceCell::new(),
            districts: OnceCell::new(),
        }
    }

    /// The area of the place whose name, or the noun before it, stands at token `at`, as of the day `on`.
    pub fn at(&self, at: usize, on: Option<NaiveDate>) -> Option<&'static Area> {
        self.resolve(&unit_at(self.analysis, at)?, on)
    }

    /// The area of the unit that `noun` alone denotes: `UBND tỉnh`, `toàn huyện`.
    pub fn alone(&self, noun: Noun, on: Option<NaiveDate>) -> Option<&'static Area> {
        let home = self.home(on);
        let kind: &[&str] = match noun {
            Noun::Province | Noun::Commune => return home,
            Noun::City if home.is_none_or(Area::is_central_city) => return home,
            Noun::City => &["thành phố"],
            Noun::Town => &["thị xã", "thành phố"],
            Noun::Urban => &["quận"],
            Noun::Rural => &["huyện", "thị xã"],
        };
        let mut named = self.named_districts().iter().filter(|area| kind.contains(&area.kind));
        match (named.next(), named.next()) {
            (Some(only), None) if home.is_none_or(|home| lies_in(only, home)) => Some(only),
            _ => home,
        }
    }

    /// The province in which the document's own bodies are: that of the publisher, unless the text is about another one and
    /// never names it.
    pub fn home(&self, on: Option<NaiveDate>) -> Option<&'static Area> {
        let name = self.home.get_or_init(|| {
            let most = self.most_named().map(|(_, mention)| mention.name);
            let publisher = self.publisher.map(|area| area.name).filter(|name| {
                let own = areas::by_name(name, None);
                let mut named = self.provinces.iter();
                most.is_none() || named.any(|mention| areas::by_name(mention.name, None) == own)
            });
            publisher.or(most)
        });
        areas::by_name((*name)?, on)
    }

    /// The province that the text names more often than all others together: how often, and where first.
    pub fn most_named(&self) -> Option<(usize, &ProvinceMention<'a>)> {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for mention in &self.provinces {
            *counts.entry(mention.name).or_default() += 1;
        }
        let first = self
            .provinces
            .iter()
            .find(|mention| 2 * counts[mention.name] > self.provinces.len())?;
        Some((counts[first.name], first))
    }

    /// The area of the body in which a post is held, as of the day of publication. Of a body of the state or the Party
    /// without a place it is the document's province, or the country where `is_vietnamese`.
    pub fn of_post(&self, post: &TokenRange, is_vietnamese: bool) -> Option<&'static Area> {
        let analysis = self.analysis;
        let on = self.published;
        let company = tags(analysis, post).any(|tag| tag == "company");
        let mut alone = None;
        let mut at = post.start;
        while at < post.end {
            if let Some((noun, len)) = noun_at(self.analysis, at) {
                match unit_at(self.analysis, at).filter(|unit| unit.end <= post.end) {
                    Some(unit) => return self.resolve(&unit, on),
                    None => alone = alone.or(Some(noun)),
                }
                at += len;
                continue;
            }
            if let Some((len, entry)) = analysis
                .longest(at, Class::Place)
                .filter(|_| analysis.is_capitalized(at))
            {
                match &*entry.tag {
                    "province" | "city" if !company && at + len <= post.end => return self.at(at, on),
                    "country" if &*entry.folded_value != "việt nam" => return None,
                    _ => {}
                }
                at += len;
                continue;
            }
            at += 1;
        }
        match alone {
            Some(noun) => self.alone(noun, on),
            None if tags(analysis, post).any(|tag| tag == "province") => self.home(on),
            None if is_vietnamese && !company && is_national(analysis, post) => Some(areas::country()),
            None => None,
        }
    }

    fn resolve(&self, unit: &Unit, on: Option<NaiveDate>) -> Option<&'static Area> {
        let province = areas::by_name(&unit.name, on);
        match unit.noun {
            Some(Noun::Province) => return province,
            None if province.is_some() => return province,
            Some(Noun::City) if province.is_some_and(Area::is_central_city) => return province,
            Some(Noun::Commune) => return self.above(unit, &[], on).unwrap_or_else(|| self.home(on)),
            _ => {}
        }
        let candidates = of_kind(areas::districts_named(&unit.name).collect(), unit.noun);
        let above = self.above(unit, &candidates, on).flatten();
        if let Some(province) = above {
            let within: Vec<&Area> = candidates.into_iter().filter(|area| lies_in(area, province)).collect();
            return settle(&within, unit.noun, on).or(above);
        }
        let in_sentence = self.sentence_provinces(unit.end);
        let nearby = |area: &&&'static Area| in_sentence.iter().any(|province| lies_in(area, province));
        let home = self.home(on);
        let at_home = |area: &&&'static Area| home.is_some_and(|home| lies_in(area, home));
        one_province(candidates.iter())
            .or_else(|| one_province(candidates.iter().filter(nearby)))
            .or_else(|| one_province(candidates.iter().filter(at_home)))
            .and_then(|within| settle(&within, unit.noun, on))
    }

    /// The area of the unit named behind `unit`, where one stands above it: `huyện A, tỉnh B`, `TP A (B)`. It is none inside
    /// where that unit is not known: `huyện A, tỉnh Phúc Kiến`.
    fn above(&self, unit: &Unit, candidates: &[&'static Area], on: Option<NaiveDate>) -> Option<Option<&'static Area>> {
        let analysis = self.analysis;
        let link = analysis.surface(unit.end);
        let at = unit.end + usize::from(matches!(link, "," | "-" | "–" | "(" | "thuộc" | "của" | "ở"));
        let is_commune = unit.noun == Some(Noun::Commune);
        let next = unit_at(analysis, at)?;
        match next.noun {
            Some(Noun::Commune) => return None,
            Some(Noun::Province | Noun::City) => {}
            Some(_) if !is_commune => return None,
            None if at == unit.end || analysis.is_capitalized(next.end) => return None,
            _ => {}
        }
        let Some(area) = self.resolve(&next, on) else {
            return next.noun.map(|_| None);
        };
        // Without a noun it may be the next of a list: `Đồng Hới, Hà Nội`.
        let fits = next.noun.is_some() || is_commune || candidates.iter().any(|own| lies_in(own, area));
        (fits && (is_commune || area.level == Level::Province)).then_some(Some(area))
    }

    /// The provinces named in the sentence of token `at`.
    fn sentence_provinces(&self, at: usize) -> Vec<&'static Area> {
        let sentence = self.analysis.sentence_at(at.saturating_sub(1));
        let within = self
            .provinces
            .iter()
            .filter(|mention| sentence.contains(&mention.tokens.start));
        within
            .filter_map(|mention| areas::by_name(mention.name, None))
            .collect()
    }

    fn named_districts(&self) -> &[&'static Area] {
        self.districts.get_or_init(|| {
            let nouns = (0..self.analysis.len()).filter(|&at| {
                let noun = noun_at(self.analysis, at).map(|(noun, _)| noun);
                noun.is_some_and(|noun| !matches!(noun, Noun::Province | Noun::Commune))
            });
            let mut named: Vec<&'static Area> = nouns.filter_map(|at| self.at(at, self.published)).collect();
            named.retain(|area| area.level == Level::District);
            named.sort_by_key(|area| area.id);
            named.dedup();
            named
        })
    }
}

/// The provinces that the text names, in text order.
fn provinces<'a>(analysis: &'a Analysis<'a>) -> Vec<ProvinceMention<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < analysis.len() {
        let place = analysis
            .longest(at, Class::Place)
            .filter(|_| analysis.is_capitalized(at));
        match place.filter(|(_, entry)| &*entry.tag == "province") {
            Some((len, entry)) => {
                found.push(ProvinceMention {
                    tokens: at..at + len,
                    name: &entry.value,
                });
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

/// The candidates that `noun` can denote. A `huyện` may have become a town since, never the reverse.
fn of_kind(candidates: Vec<&'static Area>, noun: Option<Noun>) -> Vec<&'static Area> {
    let fits = |area: &&'static Area| match noun {
        Some(Noun::Urban) => area.kind == "quận",
        Some(Noun::Town | Noun::City) => matches!(area.kind, "thị xã" | "thành phố"),
        Some(Noun::Rural) => area.kind != "quận",
        _ => true,
    };
    let fitting: Vec<&Area> = candidates.iter().copied().filter(|area| fits(area)).collect();
    if fitting.is_empty() { candidates } else { fitting }
}

/// The areas, if all of them lie in one province.
fn one_province<'c>(areas: impl Iterator<Item = &'c &'static Area>) -> Option<Vec<&'static Area>> {
    let areas: Vec<&'static Area> = areas.copied().collect();
    let first = areas.first()?.province_id();
    areas.iter().all(|area| area.province_id() == first).then_some(areas)
}

/// Of areas in one province with one name the one that `on` and `noun` tell; else that province.
fn settle(areas: &[&'static Area], noun: Option<Noun>, on: Option<NaiveDate>) -> Option<&'static Area> {
    let valid = |area: &&&'static Area| on.is_none_or(|day| area.is_valid_on(day));
    let of_noun = |area: &&&'static Area| match noun {
        Some(Noun::Rural) => area.kind == "huyện",
        Some(Noun::Urban) => area.kind == "quận",
        Some(Noun::Town | Noun::City) => matches!(area.kind, "thị xã" | "thành phố"),
        _ => true,
    };
    let only = |found: Vec<&&'static Area>| if let [only] = found[..] { Some(*only) } else { None };
    only(areas.iter().collect())
        .or_else(|| only(areas.iter().filter(valid).collect()))
        .or_else(|| only(areas.iter().filter(valid).filter(of_noun).collect()))
        .or_else(|| areas.first()?.parent_id().and_then(areas::by_id))
}

/// `area` is `whole` or part of it, at this time or after a merger.
fn lies_in(area: &Area, whole: &Area) -> bool {
    let Some(province) = area.province_id() else {
        return false;
    };
    let became = areas::by_id(province).is_some_and(|province| province.successor_ids.contains(&whole.id));
    area.id == whole.id || province == whole.id || became
}

/// The tags of the bodies named in a post.
fn tags<'a>(analysis: &'a Analysis<'a>, post: &TokenRange) -> impl Iterator<Item = &'a str> {
    let bodies = post.clone().filter_map(|at| analysis.longest(at, Class::Organization));
    bodies.map(|(_, entry)| &*entry.tag)
}

/// A body of the whole country, or a post that only those have.
fn is_national(analysis: &Analysis, post: &TokenRange) -> bool {
    const WORDS: [&[&str]; 6] = [
        &["thủ", "tướng"],
        &["bộ", "trưởng"],
        &["thứ", "trưởng"],
        &["vụ", "trưởng"],
        &["bộ", "chính", "trị"],
        &["tổng", "bí", "thư"],
    ];
    post.clone().any(|at| {
        // "dịch vụ", "thường vụ": no department.
        let half = analysis.word(at) == "vụ" && at > 0 && matches!(analysis.word(at - 1), "dịch" | "nghiệp" | "thường");
        let body = !half
            && analysis.longest(at, Class::Organization).is_some_and(|(_, entry)| {
                matches!(&*entry.tag, "national" | "ministry") || entry.folded_value.contains("trung ương")
            });
        let title = || {
            analysis
                .longest(at, Class::Title)
                .map(|(_, entry)| &*entry.folded_value)
        };
        body || WORDS.iter().any(|words| analysis.matches(at, words))
            || title().is_some_and(|title| title.contains("quốc hội"))
    })
}
