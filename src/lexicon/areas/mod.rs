//! The provinces and districts of Viet Nam: the 63 provinces until 30 June 2025 with their districts, and the 34 provinces
//! since 1 July 2025 (Resolution 202/2025/QH15), which have none.
//!
//! Codes are those of the General Statistics Office. Seven of them went to a province of another name at the merger,
//! so a province is known by its code and the year since which the code means it: `VN-24@2004` is Bắc Giang,
//! `VN-24@2025` is Bắc Ninh. A district's id is that of its province with its name: `VN-14@2004/moc-chau`. The older set
//! counts from 1 January 2004, when the last provinces were divided; Hà Tây, part of Hà Nội since 2008, is left out, as are
//! districts that ended on a day that is not certain. `VN` is the whole country.

mod register;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::schema::rows::AreaRow;
use register::{Register, name_key};

/// The id of the whole country.
pub const COUNTRY_ID: &str = "VN";

/// An area during the time for which its code and borders held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// `VN-24@2004`: code and first year; of a district with its name behind a slash.
    pub id: &'static str,
    /// Two digits; not a key on its own. Only provinces have one here.
    pub code: Option<&'static str>,
    /// Name without `tỉnh` or `huyện`; `Thành phố Hồ Chí Minh` with its kind.
    pub name: &'static str,
    /// `tỉnh`, `thành phố trực thuộc trung ương`, `huyện`, `quận`, `thị xã` or `thành phố`: the last that it was.
    pub kind: &'static str,
    pub level: Level,
    /// First day; none where it is not recorded.
    pub valid_from: Option<NaiveDate>,
    /// Last day; none for the areas of today.
    pub valid_to: Option<NaiveDate>,
    /// The areas that it became part of; of provinces only.
    pub successor_ids: Vec<&'static str>,
    /// Other spellings and short forms.
    pub variants: Vec<&'static str>,
    /// Its names in hosts: `langson` in `langson.gov.vn`.
    pub host_labels: Vec<&'static str>,
    /// The act by which it has the borders or rank that it has, where that is recorded.
    pub legal_basis: Option<&'static str>,
}

/// How high an area stands. Texts name communes too, but no table lists those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Country,
    Province,
    District,
}

impl Level {
    /// As tables write it; the words are those of `meetings.level`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Country => "national",
            Level::Province => "province",
            Level::District => "district",
        }
    }
}

impl Area {
    /// The area stood on that day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|first| first <= day) && self.valid_to.is_none_or(|last| day <= last)
    }

    /// The id of the area that it is part of: a district's province, a province's country.
    pub fn parent_id(&self) -> Option<&'static str> {
        match self.level {
            Level::Country => None,
            Level::Province => Some(COUNTRY_ID),
            Level::District => self.id.split_once('/').map(|(province, _)| province),
        }
    }

    /// The id of the province: its own, or that of a district's province.
    pub fn province_id(&self) -> Option<&'static str> {
        match self.level {
            Level::Province => Some(self.id),
            _ => self.parent_id(),
        }
    }

    /// A city directly under the central government: both `thành phố` and a province.
    pub fn is_central_city(&self) -> bool {
        self.level == Level::Province && self.kind != "tỉnh"
    }
}

/// All areas: the country, the older provinces and the newer by code, the districts by id.
pub fn all() -> &'static [Area] {
    &Register::get().areas
}

/// The whole country.
pub fn country() -> &'static Area {
    &all()[0]
}

/// The province called `name` on a day, with or without `tỉnh`, `thành phố` or `TP.`; case and tone placement do not count.
///
/// A name that no province bore on that day gives the one that bore it at another time (`Bắc Giang` in a text of August
/// 2025). Without a day the 63 provinces come first.
pub fn by_name(name: &str, on: Option<NaiveDate>) -> Option<&'static Area> {
    let register = Register::get();
    let key = name_key(name);
    pick(register.provinces.get(key.as_str())?, on)
}

/// The province whose portal or newspaper has this host: `langson.gov.vn`, `sonoivu.hanoi.gov.vn`, `baonghean.vn`.
pub fn by_host(host: &str, on: Option<NaiveDate>) -> Option<&'static Area> {
    let register = Register::get();
    host.split('.').find_map(|label| {
        let label = label.to_ascii_lowercase();
        let areas = register.host_labels.get(label.as_str());
        let newspaper = || register.host_labels.get(label.strip_prefix("bao")?);
        pick(areas.or_else(newspaper)?, on)
    })
}

/// The area with this id.
pub fn by_id(id: &str) -> Option<&'static Area> {
    let register = Register::get();
    register.by_id.get(id).map(|&index| &register.areas[index])
}

/// Every district of this name, whatever its kind and time, by id: ten are called `Châu Thành`. Case, tone placement and
/// punctuation do not count; `Quận 1` is a name.
pub fn districts_named(name: &str) -> impl Iterator<Item = &'static Area> {
    let register = Register::get();
    let indices = register.districts.get(name_key(name).as_str());
    indices.into_iter().flatten().map(|&index| &register.areas[index])
}

/// A province or a district bears this name, at any time.
pub fn is_name(name: &str) -> bool {
    let register = Register::get();
    let key = name_key(name);
    register.provinces.contains_key(&key) || register.districts.contains_key(&key)
}

/// The rows of the table `areas`.
pub fn rows() -> Vec<AreaRow> {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    all()
        .iter()
        .map(|area| AreaRow {
            area_id: area.id.to_owned(),
            code: area.code.map(str::to_owned),
            name: area.name.to_owned(),
            kind: area.kind.to_owned(),
            level: area.level.as_str().to_owned(),
            parent_id: area.parent_id().map(str::to_owned),
            valid_from: area.valid_from,
            valid_to: area.valid_to,
            successor_ids: texts(&area.successor_ids),
            other_names: texts(&area.variants),
            legal_basis: area.legal_basis.map(str::to_owned),
        })
        .collect()
}

/// The area that is valid on the day; without a day, or if none is, the first.
fn pick(indices: &[usize], on: Option<NaiveDate>) -> Option<&'static Area> {
    let areas = indices.iter().map(|&index| &Register::get().areas[index]);
    let valid = on.and_then(|day| areas.clone().find(|area| area.is_valid_on(day)));
    valid.or_else(|| areas.clone().next())
}
