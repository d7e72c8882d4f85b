//! The province of a publishing portal, or the country, from its name, its host, its tag or the source that it credits.
//!
//! `portals.csv` (columns `key,province`) lists what stands for a province in host names (`langson`, `hanoimoi`), in
//! agency tags (`bnp`) and, where it has a point or a space, in names (`tp.hcm`). The
//! central organs of the state and the Party have the country there; other national newspapers have no row.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::areas;
use crate::text::fold::fold;

const DATA: &str = include_str!("../../lexicon/data/portals.csv");

struct Portals {
    by_key: FxHashMap<&'static str, &'static str>,
    /// Folded names with the names, longest first.
    names: Vec<(String, &'static str)>,
}

static PORTALS: LazyLock<Portals> = LazyLock::new(|| {
    let rows: Vec<(&str, &str)> = DATA.lines().skip(1).filter_map(|row| row.split_once(',')).collect();
    // "Báo Nông nghiệp Việt Nam": many names hold the country's, whoever publishes.
    let of_province = |(_, province): &&(&str, &'static str)| *province != areas::country().name;
    let distinct: FxHashSet<&str> = rows.iter().filter(of_province).map(|(_, province)| *province).collect();
    let mut names: Vec<(String, &str)> = distinct.into_iter().map(|name| (fold(name), name)).collect();
    // No host label holds a point or a space: such keys are short names in texts.
    names.extend(
        rows.iter()
            .filter(of_province)
            .filter(|(key, _)| key.contains(['.', ' ']))
            .map(|(key, name)| (fold(key), *name)),
    );
    names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    Portals {
        by_key: rows.into_iter().collect(),
        names,
    }
});

/// Id of a province's area as valid on `on`; without a day, as valid until the merger of July 2025. Organs of the state
/// and the Party have the country.
pub(super) fn area_id(province: &str, on: Option<NaiveDate>) -> Option<String> {
    let country = areas::country();
    let area = if province == country.name {
        Some(country)
    } else {
        areas::by_name(province, on)
    };
    area.map(|area| area.id.to_owned())
}

/// Province that the name of a portal or newspaper holds: `Cổng thông tin điện tử tỉnh Lạng Sơn`.
pub(super) fn of_name(name: &str) -> Option<&'static str> {
    let folded = fold(name);
    let whole = |start: usize, len: usize| {
        !folded[..start].ends_with(char::is_alphanumeric) && !folded[start + len..].starts_with(char::is_alphanumeric)
    };
    let names = PORTALS.names.iter();
    names
        .filter(|(province, _)| {
            folded
                .match_indices(province.as_str())
                .any(|(start, _)| whole(start, province.len()))
        })
        .map(|(_, name)| *name)
        .next()
}

/// Province of a host: `langson.gov.vn`, `sonoivu.camau.gov.vn`, `baokontum.com.vn`, `laocaitv.vn`.
pub(super) fn of_host(host: &str) -> Option<&'static str> {
    let labels = || host.split(['.', '-']);
    let whole = labels().find_map(|label| {
        let bare = label.strip_prefix("bao").unwrap_or(label);
        PORTALS.by_key.get(label).or_else(|| PORTALS.by_key.get(bare))
    });
    // Within a longer label only keys that no other word contains.
    let inside = || {
        let keys = PORTALS.by_key.iter().filter(|(key, _)| key.len() >= 5);
        keys.filter(|(key, _)| labels().any(|label| label.contains(**key)))
            .max_by_key(|(key, _)| (key.len(), **key))
            .map(|(_, province)| province)
    };
    whole.or_else(inside).copied()
}

/// Province of an agency tag: `BNP`.
pub(super) fn of_tag(tag: &str) -> Option<&'static str> {
    PORTALS.by_key.get(fold(tag).as_str()).copied()
}

/// The host of an address or host name, in small letters without `www.`.
pub(super) fn host(address: &str) -> Option<String> {
    let address = address.trim();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?;
    let host = host.trim_start_matches("www.").to_ascii_lowercase();
    (host.contains('.') && !host.contains(' ')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_sorted_and_names_known_provinces() {
        let rows: Vec<&str> = DATA.lines().collect();
        assert_eq!(rows[0], "key,province");
        for pair in rows[1..].windows(2) {
            assert!(
                pair[0].split(',').next() < pair[1].split(',').next(),
                "`{}` stands before `{}`",
                pair[0],
                pair[1]
            );
        }
        for (_, name) in &PORTALS.names {
            assert!(area_id(name, None).is_some(), "{name}");
        }
    }

    #[test]
    fn names_tell_provinces() {
        for (name, expected) in [
            ("Cổng thông tin điện tử tỉnh Lạng Sơn", Some("Lạng Sơn")),
            ("Trang TTĐT huyện Vĩnh Linh - tỉnh Quảng Trị", Some("Quảng Trị")),
            ("BÁO HÀ TĨNH", Some("Hà Tĩnh")),
            ("Trang tin điện tử Đảng bộ TP.HCM", Some("Hồ Chí Minh")),
            ("Cổng thông tin điện tử Chính phủ", None),
            ("Báo Nhân Dân", None),
            ("Báo Nông nghiệp Việt Nam", None),
        ] {
            assert_eq!(of_name(name), expected, "{name}");
        }
    }

    #[test]
    fn hosts_tell_provinces() {
        for (host, expected) in [
            ("langson.gov.vn", Some("Lạng Sơn")),
            ("sonoivu.camau.gov.vn", Some("Cà Mau")),
            ("baokontum.com.vn", Some("Kon Tum")),
            ("hanoimoi.vn", Some("Hà Nội")),
            ("baoangiang.com.vn", Some("An Giang")),
            ("tiengiang.gov.vn", Some("Tiền Giang")),
            ("laocaitv.vn", Some("Lào Cai")),
            ("hue.gov.vn", Some("Thừa Thiên Huế")),
            ("chinhphu.vn", Some("Việt Nam")),
            ("xaydungchinhsach.chinhphu.vn", Some("Việt Nam")),
            ("hanoi.chinhphu.vn", Some("Hà Nội")),
            ("vietnamnet.vn", None),
            ("vnexpress.net", None),
            ("nhandan.vn", Some("Việt Nam")),
        ] {
            assert_eq!(of_host(host), expected, "{host}");
        }
    }

    #[test]
    fn hosts_are_read_from_addresses() {
        assert_eq!(
            host("https://www.Camau.gov.vn:443/tin?x=1").as_deref(),
            Some("camau.gov.vn")
        );
        assert_eq!(host("baokontum.com.vn").as_deref(), Some("baokontum.com.vn"));
        assert_eq!(host("Báo Cà Mau"), None);
        assert_eq!(host("localhost"), None);
    }
}
