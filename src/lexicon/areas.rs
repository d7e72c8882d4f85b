//! The provinces of Viet Nam: the 63 until 30 June 2025 and the 34 since 1 July 2025 (Resolution 202/2025/QH15).
//!
//! Codes are those of the General Statistics Office. Seven of them went to a province of another name at the merger,
//! so an area is known by its code and the year since which the code means it: `VN-24@2004` is Bắc Giang,
//! `VN-24@2025` is Bắc Ninh. The older set counts from 1 January 2004, when the last provinces were divided; Hà Tây,
//! part of Hà Nội since 2008, is left out.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::schema::rows::AreaRow;
use crate::text::fold::fold;

/// A province during the time for which its code and borders held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// `VN-24@2004`: code and first year.
    pub id: &'static str,
    /// Two digits; not a key on its own.
    pub code: &'static str,
    /// Name without `tỉnh`; `Thành phố Hồ Chí Minh` with its kind.
    pub name: &'static str,
    /// `tỉnh` or `thành phố trực thuộc trung ương`.
    pub kind: &'static str,
    pub valid_from: NaiveDate,
    /// Last day; none for the areas of today.
    pub valid_to: Option<NaiveDate>,
    /// The areas that it became part of.
    pub successor_ids: Vec<&'static str>,
    /// Other spellings and short forms.
    pub variants: Vec<&'static str>,
    /// Its names in hosts: `langson` in `langson.gov.vn`.
    pub host_labels: Vec<&'static str>,
}

impl Area {
    /// The area stood on that day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// All areas, older set first, by code.
pub fn all() -> &'static [Area] {
    &REGISTER.areas
}

/// The area called `name` on a day, with or without `tỉnh`, `thành phố` or `TP.`; case and tone placement do not count.
///
/// A name that no area bore on that day gives the area that bore it at another time (`Bắc Giang` in a text of August
/// 2025). Without a day the 63 provinces come first.
pub fn by_name(name: &str, on: Option<NaiveDate>) -> Option<&'static Area> {
    let key = name_key(name);
    pick(REGISTER.by_name.get(key.as_str())?, on)
}

/// The area whose portal or newspaper has this host: `langson.gov.vn`, `sonoivu.hanoi.gov.vn`, `baonghean.vn`.
pub fn by_host(host: &str, on: Option<NaiveDate>) -> Option<&'static Area> {
    host.split('.').find_map(|label| {
        let label = label.to_ascii_lowercase();
        let areas = REGISTER.by_host_label.get(label.as_str());
        let newspaper = || REGISTER.by_host_label.get(label.strip_prefix("bao")?);
        pick(areas.or_else(newspaper)?, on)
    })
}

/// The area with this id.
pub fn by_id(id: &str) -> Option<&'static Area> {
    all().iter().find(|area| area.id == id)
}

/// The rows of the table `areas`.
pub fn rows() -> Vec<AreaRow> {
    all()
        .iter()
        .map(|area| AreaRow {
            area_id: area.id.to_owned(),
            code: area.code.to_owned(),
            name: area.name.to_owned(),
            kind: area.kind.to_owned(),
            valid_from: Some(area.valid_from),
            valid_to: area.valid_to,
            successor_ids: area.successor_ids.iter().map(|id| (*id).to_owned()).collect(),
        })
        .collect()
}

struct Register {
    areas: Vec<Area>,
    /// Folded names and variants to indices of areas, oldest first.
    by_name: FxHashMap<String, Vec<usize>>,
    by_host_label: FxHashMap<&'static str, Vec<usize>>,
}

static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    let areas = parse(include_str!("data/areas.csv"));
    let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut by_host_label: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
    for (index, area) in areas.iter().enumerate() {
        for name in area.variants.iter().chain([&area.name]) {
            let indices = by_name.entry(name_key(name)).or_default();
            if indices.last() != Some(&index) {
                indices.push(index);
            }
        }
        for label in &area.host_labels {
            by_host_label.entry(label).or_default().push(index);
        }
    }
    Register {
        areas,
        by_name,
        by_host_label,
    }
});

/// The lines of `data/areas.csv`: no quotes, lists separated by `|`.
fn parse(csv_text: &'static str) -> Vec<Area> {
    csv_text
        .lines()
        .skip(1)
        .map(|line| area(line).expect("the embedded areas are tested"))
        .collect()
}

fn area(line: &'static str) -> Option<Area> {
    let list = |field: &'static str| field.split('|').filter(|item| !item.is_empty()).collect();
    let fields: Vec<&'static str> = line.split(',').collect();
    let [id, code, name, kind, from, to, successors, variants, host_labels] = fields[..] else {
        return None;
    };
    let valid_to = if to.is_empty() { None } else { Some(to.parse().ok()?) };
    Some(Area {
        id,
        code,
        name,
        kind,
        valid_from: from.parse().ok()?,
        valid_to,
        successor_ids: list(successors),
        variants: list(variants),
        host_labels: list(host_labels),
    })
}

/// Folded, without `tỉnh` or `thành phố`, punctuation as single spaces.
fn name_key(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let rest = match words[..] {
        ["tỉnh" | "tp", ..] if words.len() > 1 => &words[1..],
        ["thành", "phố", ..] if words.len() > 2 => &words[2..],
        _ => &words[..],
    };
    rest.join(" ")
}

/// The area that is valid on the day; without a day, or if none is, the first.
fn pick(indices: &[usize], on: Option<NaiveDate>) -> Option<&'static Area> {
    let areas = indices.iter().map(|&index| &REGISTER.areas[index]);
    let valid = on.and_then(|day| areas.clone().find(|area| area.is_valid_on(day)));
    valid.or_else(|| areas.clone().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str, on: Option<(i32, u32, u32)>) -> Option<&'static str> {
        let day = on.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        by_name(name, day).map(|area| area.id)
    }

    #[test]
    fn sixty_three_provinces_became_thirty_four() {
        let (older, newer): (Vec<&Area>, Vec<&Area>) = all().iter().partition(|area| area.valid_to.is_some());
        assert_eq!((older.len(), newer.len()), (63, 34));
        for area in older {
            assert_eq!(area.successor_ids.len(), 1, "{}", area.id);
            let successor = by_id(area.successor_ids[0]).expect("successors are areas");
            assert_eq!(
                area.valid_to.and_then(|day| day.succ_opt()),
                Some(successor.valid_from),
                "{}",
                area.id
            );
        }
        for area in newer {
            assert!(area.successor_ids.is_empty(), "{}", area.id);
            assert!(
                all().iter().any(|older| older.successor_ids.contains(&area.id)),
                "{}",
                area.id
            );
        }
    }

    #[test]
    fn ids_are_keys_and_codes_are_not() {
        for (index, area) in all().iter().enumerate() {
            assert!(all()[..index].iter().all(|before| before.id != area.id), "{}", area.id);
            let year = area.valid_from.format("%Y");
            assert_eq!(area.id, format!("VN-{}@{year}", area.code));
        }
        let mut reused: Vec<&str> = all()
            .iter()
            .filter(|area| {
                all().iter().any(|other| {
                    other.code == area.code
                        && other.valid_to.is_none()
                        && by_name(area.name, Some(other.valid_from)).is_none_or(|same| same.id != other.id)
                })
            })
            .map(|area| area.code)
            .collect();
        reused.dedup();
        assert_eq!(reused, ["15", "24", "44", "52", "80", "82", "91"]);
    }

    #[test]
    fn names_are_found_as_texts_write_them() {
        for name in ["Lạng Sơn", "tỉnh Lạng Sơn", "LẠNG SƠN", "Tỉnh Lạng Sơn"] {
            assert_eq!(id(name, None), Some("VN-20@2004"), "{name}");
        }
        for name in [
            "TP.HCM",
            "TP. HCM",
            "TP HCM",
            "TPHCM",
            "thành phố Hồ Chí Minh",
            "TP. Hồ Chí Minh",
            "Sài Gòn",
        ] {
            assert_eq!(id(name, None), Some("VN-79@2004"), "{name}");
        }
        for name in [
            "Thừa Thiên Huế",
            "Thừa Thiên - Huế",
            "Thừa Thiên-Huế",
            "Huế",
            "thành phố Huế",
        ] {
            assert_eq!(id(name, None), Some("VN-46@2004"), "{name}");
        }
        for name in ["Đắk Lắk", "Đăk Lăk", "Đắc Lắc"] {
            assert_eq!(id(name, None), Some("VN-66@2004"), "{name}");
        }
        assert_eq!(id("Bà Rịa – Vũng Tàu", None), Some("VN-77@2004"));
        assert_eq!(id("Hoà Bình", None), Some("VN-17@2004"));
        assert_eq!(id("Cửa Lò", None), None);
        assert_eq!(id("", None), None);
        assert_eq!(id("tỉnh", None), None);
    }

    #[test]
    fn the_day_tells_which_area_a_name_means() {
        assert_eq!(id("Bắc Ninh", Some((2025, 6, 30))), Some("VN-27@2004"));
        assert_eq!(id("Bắc Ninh", Some((2025, 7, 1))), Some("VN-24@2025"));
        assert_eq!(id("Bắc Giang", Some((2020, 1, 1))), Some("VN-24@2004"));
        assert_eq!(id("Bắc Giang", Some((2025, 8, 1))), Some("VN-24@2004"));
        assert_eq!(id("Huế", Some((2026, 1, 1))), Some("VN-46@2025"));
    }

    #[test]
    fn hosts_of_portals_and_newspapers() {
        let host = |host: &str| by_host(host, None).map(|area| area.id);
        assert_eq!(host("langson.gov.vn"), Some("VN-20@2004"));
        assert_eq!(host("sonoivu.hanoi.gov.vn"), Some("VN-01@2004"));
        assert_eq!(host("baonghean.vn"), Some("VN-40@2004"));
        assert_eq!(host("www.baclieu.gov.vn"), Some("VN-95@2004"));
        assert_eq!(host("chinhphu.vn"), None);
    }

    #[test]
    fn the_table_has_a_row_for_each_area() {
        let rows = rows();
        assert_eq!(rows.len(), all().len());
        assert!(
            rows.iter()
                .zip(all())
                .all(|(row, area)| row.area_id == area.id && row.successor_ids == area.successor_ids)
        );
    }
}
