//! Areas of posts, sites and figures in small texts.

use chrono::NaiveDate;

use crate::lexicon::{Lexicon, areas};
use crate::schema::rows::ExtractionRow;
use crate::stages::extract::extract;
use crate::text::analysis::Scratch;

/// What a portal of the province `publisher` published on the day `published`.
fn read(text: &str, publisher: Option<&str>, published: &str) -> ExtractionRow {
    let day: NaiveDate = published.parse().expect("a day of the calendar");
    let publisher = publisher.map(|id| areas::by_id(id).expect("an area"));
    extract(
        text,
        Some(day),
        publisher,
        &Lexicon::embedded(),
        &mut Scratch::default(),
    )
}

fn posts(row: &ExtractionRow) -> Vec<&str> {
    let posts = row.officials.iter().flat_map(|official| &official.positions);
    posts.map(|post| post.area_id.as_deref().unwrap_or("-")).collect()
}

/// The areas of the posts in a text of 2018.
fn check_posts(text: &str, publisher: Option<&str>, expected: &[&str]) {
    assert_eq!(posts(&read(text, publisher, "2018-05-04")), expected, "{text}");
}

#[test]
fn a_post_is_in_the_place_that_it_names() {
    for (text, expected) in [
        ("Ông Trần Văn An, Chủ tịch UBND tỉnh Bắc Ninh nêu rõ.", "VN-27@2004"),
        ("Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ Hà Nội cho biết.", "VN-01@2004"),
        (
            "Ông Trần Văn An, Bí thư Huyện ủy Hữu Lũng phát biểu.",
            "VN-20@2004/huu-lung",
        ),
        (
            "Ông Trần Văn An, Chủ tịch UBND huyện Châu Thành, tỉnh Tiền Giang nói.",
            "VN-82@2004/chau-thanh",
        ),
        (
            "Ông Trần Văn An, Chủ tịch UBND xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La nói.",
            "VN-14@2004/moc-chau",
        ),
        (
            "Ông Trần Văn An, Chủ tịch UBND thành phố Bắc Giang cho biết.",
            "VN-24@2004/bac-giang",
        ),
        ("Ông Trần Văn An, Bí thư Thành ủy TP.HCM cho biết.", "VN-79@2004"),
        ("Ông Trần Văn An, Chủ tịch UBND quận 12 cho biết.", "VN-79@2004/quan-12"),
        (
            "Ông Trần Văn An, Chủ tịch UBND thị xã Kỳ Anh cho biết.",
            "VN-42@2004/thi-xa-ky-anh",
        ),
        (
            "Ông Trần Văn An, Chủ tịch UBND huyện Kỳ Anh cho biết.",
            "VN-42@2004/huyen-ky-anh",
        ),
    ] {
        check_posts(text, None, &[expected]);
    }
}

#[test]
fn a_name_of_several_districts_needs_its_province() {
    let text = "Ông Trần Văn An, Chủ tịch UBND huyện Châu Thành, nói rõ.";
    check_posts(text, None, &["-"]);
    check_posts(text, Some("VN-84@2004"), &["VN-84@2004/chau-thanh"]);
    check_posts(text, Some("VN-20@2004"), &["-"]);
    let text = "Tại Trà Vinh, ông Trần Văn An, Chủ tịch UBND huyện Châu Thành, nói rõ.";
    check_posts(text, None, &["VN-84@2004/chau-thanh"]);
    let text = "Tại Trà Vinh và Bến Tre, ông Trần Văn An, Chủ tịch UBND huyện Châu Thành, nói rõ.";
    check_posts(text, None, &["-"]);
    // A urban district of this name is in one province only.
    check_posts(
        "Ông Trần Văn An, Chủ tịch UBND quận Tân Phú, nói rõ.",
        None,
        &["VN-79@2004/tan-phu"],
    );
}

#[test]
fn a_body_without_a_place_is_that_of_the_document() {
    let text = "Ông Trần Văn An, Chủ tịch UBND tỉnh, nói rõ. Bà Lê Thị Hòa, Giám đốc Sở Nội vụ, báo cáo.";
    check_posts(text, Some("VN-20@2004"), &["VN-20@2004", "VN-20@2004"]);
    check_posts(text, None, &["-", "-"]);
    let of_text = format!("{text} Năm nay tỉnh Kon Tum trồng nhiều rừng.");
    check_posts(&of_text, None, &["VN-62@2004", "VN-62@2004"]);
    // The portal of Lạng Sơn tells of its own province although it names another one.
    let visited = format!("{text} Lạng Sơn mời Kon Tum, Kon Tum mời Lạng Sơn đến Kon Tum.");
    check_posts(&visited, Some("VN-20@2004"), &["VN-20@2004", "VN-20@2004"]);
    let text = "Huyện Mộc Châu sẽ họp. Ông Trần Văn An, Bí thư Huyện ủy, nói rõ.";
    check_posts(text, Some("VN-14@2004"), &["VN-14@2004/moc-chau"]);
}

#[test]
fn central_posts_are_in_the_country_and_foreign_ones_nowhere() {
    check_posts("Bộ trưởng Bộ Nội vụ Trần Văn An phát biểu.", None, &["VN"]);
    check_posts(
        "Thủ tướng Chính phủ Trần Văn An phát biểu.",
        Some("VN-20@2004"),
        &["VN"],
    );
    check_posts("Thủ tướng Lào Thongloun Sisoulith phát biểu.", None, &["-"]);
    check_posts("Ông Trần Văn An, Ủy viên Ban Thường vụ, nói rõ.", None, &["-"]);
    check_posts(
        "Ông Trần Văn An, Giám đốc Công ty Xi măng Hà Tiên, nói rõ.",
        None,
        &["-"],
    );
}

#[test]
fn the_day_tells_which_of_two_areas_a_name_means() {
    let text = "Ông Trần Văn An, Chủ tịch UBND tỉnh Bắc Ninh, nêu rõ.";
    assert_eq!(posts(&read(text, None, "2025-06-30")), ["VN-27@2004"]);
    assert_eq!(posts(&read(text, None, "2025-07-01")), ["VN-24@2025"]);
    let text = "Ông Trần Văn An, Chủ tịch UBND xã Mộc Châu, tỉnh Sơn La, nêu rõ.";
    assert_eq!(posts(&read(text, None, "2026-02-01")), ["VN-14@2025"]);
    let text = "Ông Trần Văn An, Chủ tịch UBND thành phố Huế, nêu rõ.";
    assert_eq!(posts(&read(text, None, "2024-12-31")), ["VN-46@2004/hue"]);
    assert_eq!(posts(&read(text, None, "2025-08-01")), ["VN-46@2025"]);
}

/// The areas of the first meeting's places, in a text of 2018.
fn check_sites(text: &str, expected: &[(&str, Option<&str>)]) {
    let row = read(text, None, "2018-05-04");
    let meeting = row.meetings.first().expect("a meeting");
    let areas = meeting.place_area_ids.iter().map(Option::as_deref);
    let found: Vec<(&str, Option<&str>)> = meeting.places.iter().map(String::as_str).zip(areas).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn sites_have_areas_beside_them() {
    check_sites(
        "Sáng 4/5, tại thị xã Cửa Lò, tỉnh Nghệ An, Bộ Nội vụ tổ chức Hội nghị cải cách hành chính.",
        &[("Cửa Lò", Some("VN-40@2004/cua-lo")), ("Nghệ An", Some("VN-40@2004"))],
    );
    check_sites(
        "Sáng 4/5, Bộ Nội vụ tổ chức Hội nghị trực tuyến về cải cách hành chính. Tại điểm cầu huyện Châu Thành có bà Lê Thị Hòa.",
        &[("Châu Thành", None)],
    );
    check_sites(
        "Sáng 4/5, tại phường An Hòa, tỉnh Phúc Kiến, Bộ Nội vụ tổ chức Hội nghị cải cách hành chính ở tỉnh Kon Tum.",
        &[("An Hòa", None), ("Phúc Kiến", None)],
    );
}

/// The areas of the figures of a text.
fn check_figures(text: &str, published: &str, expected: &[&str]) {
    let row = read(text, None, published);
    let found: Vec<&str> = row
        .indicators
        .iter()
        .map(|fact| fact.area_id.as_deref().unwrap_or("-"))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn figures_hold_for_the_area_of_their_period() {
    let text = "Năm 2024, tỉnh Bắc Ninh tiếp nhận 1.250 hồ sơ.";
    check_figures(text, "2024-12-20", &["VN-27@2004"]);
    check_figures(text, "2026-01-20", &["VN-27@2004"]);
    check_figures("Tỉnh Bắc Ninh tiếp nhận 1.250 hồ sơ.", "2026-01-20", &["VN-24@2025"]);
    check_figures(
        "Đến năm 2030, tỉnh Bắc Ninh phấn đấu có 50 mô hình.",
        "2021-01-20",
        &["VN-27@2004"],
    );
    check_figures("Cả nước có 215 mô hình.", "2024-12-20", &["VN"]);
    check_figures("Huyện Mộc Châu có 15 mô hình.", "2020-12-20", &["VN-14@2004/moc-chau"]);
    check_figures("Các tỉnh có 15 mô hình.", "2020-12-20", &["-"]);
}
