use super::*;

fn office(label: &str, portal: Option<&str>) -> Office {
    let title = label.split(" (").next().unwrap_or(label);
    Office::new(title, None, None, portal, NaiveDate::from_ymd_opt(2021, 3, 18))
}

const BAC_NINH: Option<&str> = Some("VN-27@2004");

#[test]
fn labels_of_one_post_have_one_key() {
    for (a, b) in [
        (
            "Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh",
            "Chủ tịch Ủy ban nhân dân tỉnh",
        ),
        ("Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh", "Chủ tịch tỉnh Bắc Ninh"),
        ("Bí thư Tỉnh ủy Bắc Ninh", "Bí thư Tỉnh ủy"),
        ("Giám đốc Sở Nội vụ tỉnh Bắc Ninh", "Giám đốc Sở Nội vụ"),
        ("Thủ tướng Chính phủ", "Thủ tướng"),
        ("Bộ trưởng Bộ Nội vụ", "Bộ trưởng Nội vụ"),
        ("Ủy viên Ban Chấp hành Trung ương Đảng", "Ủy viên Trung ương Đảng"),
    ] {
        assert_eq!(office(a, BAC_NINH).key(), office(b, BAC_NINH).key(), "{a}");
    }
    let ha_noi = Some("VN-01@2004");
    let city = office("Chủ tịch Ủy ban nhân dân thành phố Hà Nội", None);
    assert_eq!(city.key(), office("Chủ tịch Ủy ban nhân dân thành phố", ha_noi).key());
    assert_eq!(city.key(), office("Chủ tịch Ủy ban nhân dân Hà Nội", None).key());
}

#[test]
fn levels_standings_and_areas_are_those_of_the_body() {
    for (label, level, standing, area) in [
        ("Thủ tướng", Some("national"), Some(5), None),
        ("Chủ tịch Quốc hội", Some("national"), Some(5), None),
        ("Thứ trưởng Bộ Y tế", Some("ministry"), Some(4), None),
        ("Vụ trưởng Vụ Pháp chế", Some("ministry"), Some(3), None),
        ("Bí thư Tỉnh ủy", Some("party"), Some(4), BAC_NINH),
        ("Trưởng Ban Tổ chức Trung ương", Some("party"), Some(5), None),
        ("Phó Chủ tịch Ủy ban nhân dân tỉnh", Some("province"), Some(4), BAC_NINH),
        ("Giám đốc Sở Nội vụ", Some("province"), Some(3), BAC_NINH),
        (
            "Chủ tịch Ủy ban nhân dân huyện Gia Bình",
            Some("district"),
            Some(2),
            BAC_NINH,
        ),
        (
            "Chủ tịch Ủy ban nhân dân xã Đông Cứu",
            Some("commune"),
            Some(1),
            BAC_NINH,
        ),
        ("Giám đốc Công ty Sông Cầu", None, None, None),
    ] {
        let office = office(label, BAC_NINH);
        assert_eq!(
            (office.level, office.standing),
            (level, standing),
            "{label}: {office:?}"
        );
        assert_eq!(office.area.map(|area| area.id), area, "{label}");
    }
    let town = office("Chủ tịch Ủy ban nhân dân thành phố Bắc Ninh", BAC_NINH);
    assert_eq!((town.level, town.standing), (Some("district"), Some(2)));
}

#[test]
fn only_a_post_of_a_known_body_that_one_person_holds_is_sole() {
    for (label, portal, sole) in [
        ("Chủ tịch Ủy ban nhân dân tỉnh", BAC_NINH, true),
        ("Thủ tướng", None, true),
        ("Chủ tịch nước", None, true),
        ("Bộ trưởng Bộ Nội vụ", None, true),
        ("Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh", BAC_NINH, true),
        ("Chủ tịch Ủy ban nhân dân tỉnh", None, false),
        ("Phó Chủ tịch Ủy ban nhân dân tỉnh", BAC_NINH, false),
        ("Phó Thủ tướng", None, false),
        ("Thứ trưởng Bộ Nội vụ", None, false),
        ("Bộ trưởng", None, false),
        ("Giám đốc Sở", BAC_NINH, false),
        ("Chủ tịch Ủy ban nhân dân huyện", BAC_NINH, false),
        ("Chủ tịch Ủy ban nhân dân", BAC_NINH, false),
        ("Đại biểu Quốc hội", None, false),
        ("Trưởng Ban Chỉ đạo cải cách hành chính", None, false),
    ] {
        assert_eq!(
            office(label, portal).is_sole(),
            sole,
            "{label}: {:?}",
            office(label, portal)
        );
    }
}

#[test]
fn provinces_of_today_are_those_that_went_into_them() {
    let area = |id| areas::by_id(id).unwrap();
    assert!(same_area(area("VN-27@2004"), area("VN-24@2025")));
    assert!(!same_area(area("VN-27@2004"), area("VN-24@2004")));
}
