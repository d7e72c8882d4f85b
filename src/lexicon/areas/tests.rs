//! What the tables of areas hold, and how names find them.

use chrono::NaiveDate;

use super::*;

fn id(name: &str, on: Option<(i32, u32, u32)>) -> Option<&'static str> {
    let day = on.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
    by_name(name, day).map(|area| area.id)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn provinces() -> impl Iterator<Item = &'static Area> {
    all().iter().filter(|area| area.level == Level::Province)
}

#[test]
fn sixty_three_provinces_became_thirty_four() {
    let (older, newer): (Vec<&Area>, Vec<&Area>) = provinces().partition(|area| area.valid_to.is_some());
    assert_eq!((older.len(), newer.len()), (63, 34));
    for area in older {
        assert_eq!(area.successor_ids.len(), 1, "{}", area.id);
        let successor = by_id(area.successor_ids[0]).expect("successors are areas");
        assert_eq!(
            area.valid_to.and_then(|day| day.succ_opt()),
            successor.valid_from,
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
    }
    for area in provinces() {
        let year = area.valid_from.expect("provinces have a first day").format("%Y");
        assert_eq!(
            area.id,
            format!("VN-{}@{year}", area.code.expect("provinces have a code"))
        );
    }
    let mut reused: Vec<&str> = provinces()
        .filter(|area| {
            provinces().any(|other| {
                other.code == area.code
                    && other.valid_to.is_none()
                    && by_name(area.name, other.valid_from).is_none_or(|same| same.id != other.id)
            })
        })
        .filter_map(|area| area.code)
        .collect();
    reused.dedup();
    assert_eq!(reused, ["15", "24", "44", "52", "80", "82", "91"]);
}

#[test]
fn a_code_alone_finds_nothing() {
    for code in provinces().filter_map(|area| area.code) {
        let known = [
            by_id(code),
            by_id(&format!("VN-{code}")),
            by_name(code, None),
            by_host(code, None),
        ];
        assert_eq!(known, [None; 4], "{code}");
        assert_eq!(districts_named(code).next(), None, "{code}");
    }
    // Each of the seven reused codes stands for two provinces of different names and successors.
    for code in ["15", "24", "44", "52", "80", "82", "91"] {
        let of_code: Vec<&Area> = provinces().filter(|area| area.code == Some(code)).collect();
        let [older, newer] = of_code[..] else {
            panic!("{code}: two provinces");
        };
        assert_ne!(older.name, newer.name, "{code}");
        let day = older.valid_to.expect("the older one has ended");
        assert_eq!(by_name(older.name, Some(day)), Some(older));
        assert_eq!(by_name(newer.name, newer.valid_from), Some(newer));
    }
}

#[test]
fn districts_lie_in_provinces_of_their_time() {
    let districts = || all().iter().filter(|area| area.level == Level::District);
    for area in districts() {
        let province = area
            .parent_id()
            .and_then(by_id)
            .expect("the part of the id before the slash is a province");
        assert_eq!(
            (province.level, province.is_valid_on(day(2025, 6, 30))),
            (Level::Province, true),
            "{}",
            area.id
        );
        assert!(
            area.valid_to <= province.valid_to && area.valid_to.is_some(),
            "{}",
            area.id
        );
        assert!(
            area.valid_from.is_none() || area.valid_from < area.valid_to,
            "{}",
            area.id
        );
        assert!(
            ["huyện", "quận", "thị xã", "thành phố"].contains(&area.kind),
            "{}",
            area.id
        );
        let name = area.id.split_once('/').map_or("", |(_, name)| name);
        assert!(
            name.bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')),
            "{}",
            area.id
        );
        assert!(districts_named(area.name).any(|named| named == area), "{}", area.id);
    }
    let ids: Vec<&str> = districts().map(|area| area.id).collect();
    assert!(ids.is_sorted());
    // The number of districts on the last day of the district level.
    let last = districts().filter(|area| area.is_valid_on(day(2025, 6, 30))).count();
    assert_eq!(last, 696);
}

#[test]
fn every_district_of_the_word_list_has_a_row() {
    let lexicon = crate::lexicon::Lexicon::embedded();
    let named = lexicon.entries().iter().filter(|entry| {
        let local = matches!(&*entry.tag, "district" | "city");
        entry.class == crate::lexicon::Class::Place && local && entry.value == entry.phrase
    });
    for entry in named {
        assert!(districts_named(&entry.phrase).next().is_some(), "{}", entry.phrase);
    }
}

#[test]
fn one_name_may_be_that_of_many_districts() {
    let provinces = |name: &str| districts_named(name).filter_map(Area::parent_id).collect::<Vec<_>>();
    assert_eq!(provinces("Châu Thành").len(), 10);
    assert_eq!(provinces("Vĩnh Thạnh"), ["VN-52@2004", "VN-92@2004"]);
    assert_eq!(provinces("Cao Lãnh"), ["VN-87@2004", "VN-87@2004"]);
    assert_eq!(provinces("mộc châu"), ["VN-14@2004"]);
    assert_eq!(provinces("Cư M’gar"), ["VN-66@2004"]);
    assert_eq!(provinces("Hoàng Liên"), [""; 0]);
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
