//! The areas as the data files list them, with their indexes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Area, COUNTRY_ID, Level};
use crate::text::fold::fold;
use crate::text::letter::Letters;

/// All areas and where to find them; the indexes hold positions in `areas`.
pub(super) struct Register {
    pub areas: Vec<Area>,
    pub by_id: FxHashMap<&'static str, usize>,
    /// Keys of names and variants of provinces, oldest first.
    pub provinces: FxHashMap<String, Vec<usize>>,
    /// The same of districts, by id.
    pub districts: FxHashMap<String, Vec<usize>>,
    pub host_labels: FxHashMap<&'static str, Vec<usize>>,
}

impl Register {
    pub fn get() -> &'static Register {
        static REGISTER: LazyLock<Register> = LazyLock::new(Register::read);
        &REGISTER
    }

    fn read() -> Register {
        let provinces = include_str!("../data/areas.csv").lines().skip(1).map(province);
        let districts = include_str!("../data/districts.csv").lines().skip(1).map(district);
        let areas: Option<Vec<Area>> = provinces.chain(districts).collect();
        let mut register = Register {
            areas: vec![country()],
            by_id: FxHashMap::default(),
            provinces: FxHashMap::default(),
            districts: FxHashMap::default(),
            host_labels: FxHashMap::default(),
        };
        register.areas.extend(areas.expect("the embedded areas are tested"));
        for (index, area) in register.areas.iter().enumerate() {
            register.by_id.insert(area.id, index);
            let names = match area.level {
                Level::Country => continue,
                Level::Province => &mut register.provinces,
                Level::District => &mut register.districts,
            };
            for name in area.variants.iter().chain([&area.name]) {
                let indices = names.entry(name_key(name)).or_default();
                if indices.last() != Some(&index) {
                    indices.push(index);
                }
            }
            for label in &area.host_labels {
                register.host_labels.entry(label).or_default().push(index);
            }
        }
        register
    }
}

fn country() -> Area {
    Area {
        id: COUNTRY_ID,
        code: None,
        name: "Việt Nam",
        kind: "quốc gia",
        level: Level::Country,
        valid_from: None,
        valid_to: None,
        successor_ids: Vec::new(),
        variants: vec!["cả nước", "toàn quốc"],
        host_labels: Vec::new(),
        legal_basis: None,
    }
}

/// A line of `data/areas.csv`: no quotes, lists separated by `|`.
fn province(line: &'static str) -> Option<Area> {
    let fields: Vec<&'static str> = line.split(',').collect();
    let [
        id,
        code,
        name,
        kind,
        from,
        to,
        successors,
        variants,
        host_labels,
        legal_basis,
    ] = fields[..]
    else {
        return None;
    };
    Some(Area {
        id,
        code: Some(code),
        name,
        kind,
        level: Level::Province,
        valid_from: optional(from)?,
        valid_to: optional(to)?,
        successor_ids: list(successors),
        variants: list(variants),
        host_labels: list(host_labels),
        legal_basis: Some(legal_basis).filter(|basis| !basis.is_empty()),
    })
}

/// A line of `data/districts.csv`.
fn district(line: &'static str) -> Option<Area> {
    let fields: Vec<&'static str> = line.split(',').collect();
    let [id, name, kind, from, to, variants] = fields[..] else {
        return None;
    };
    Some(Area {
        id,
        code: None,
        name,
        kind,
        level: Level::District,
        valid_from: optional(from)?,
        valid_to: optional(to)?,
        successor_ids: Vec::new(),
        variants: list(variants),
        host_labels: Vec::new(),
        legal_basis: None,
    })
}

fn list(field: &'static str) -> Vec<&'static str> {
    field.split('|').filter(|item| !item.is_empty()).collect()
}

/// What an empty field does not tell; none where the field cannot be read.
fn optional<T: std::str::FromStr>(field: &str) -> Option<Option<T>> {
    match field {
        "" => Some(None),
        _ => field.parse().ok().map(Some),
    }
}

/// Folded, without `tỉnh` or `thành phố`, punctuation as single spaces.
pub(super) fn name_key(name: &str) -> String {
    let folded = fold(name);
    let letters = Letters::get();
    let mut key = String::with_capacity(folded.len());
    for word in folded
        .split(|c: char| !letters.of(c).is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    let noun = ["tỉnh ", "tp ", "thành phố "]
        .into_iter()
        .find(|noun| key.starts_with(noun));
    key.drain(..noun.map_or(0, str::len));
    key
}
