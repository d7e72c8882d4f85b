use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::lexicon::Lexicon;
use crate::text::analysis::Scratch;

fn with_index<T>(text: &str, published: Option<NaiveDate>, use_it: impl FnOnce(&Analysis, &DateIndex) -> T) -> T {
    let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
    let analysis = Analysis::new(text, &lexicon, &mut scratch);
    let index = DateIndex::find(&analysis, published);
    use_it(&analysis, &index)
}

fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// `text` has exactly these dates, as (words, EDTF, part of the day).
fn check_published(text: &str, published: Option<NaiveDate>, expected: &[(&str, &str, &str)]) {
    with_index(text, published, |analysis, index| {
        let found: Vec<(&str, String, &str)> = index
            .dates
            .iter()
            .map(|date| {
                (
                    analysis.slice(&date.tokens),
                    date.edtf(),
                    date.part_of_day.map_or("", PartOfDay::as_str),
                )
            })
            .collect();
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|(words, edtf, part)| (*words, edtf.as_str(), *part))
            .collect();
        assert_eq!(found, expected, "{text}");
    });
}

fn check(text: &str, expected: &[(&str, &str, &str)]) {
    check_published(text, None, expected);
}

/// `text` has exactly these periods, as (words, first day, last day), `-` for unknown.
fn check_periods(text: &str, expected: &[(&str, &str, &str)]) {
    with_index(text, ymd(2017, 7, 3), |analysis, index| {
        let show = |date: Option<NaiveDate>| date.map_or("-".to_owned(), |date| date.to_string());
        let found: Vec<(&str, String, String)> = index
            .periods
            .iter()
            .map(|period| (analysis.slice(&period.tokens), show(period.start), show(period.end)))
            .collect();
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|(words, from, to)| (*words, from.as_str(), to.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    });
}

#[test]
fn counted_days_may_stand_behind_a_bracket_or_a_comma() {
    check("Trong 2 ngày (5 và 6/6), họp", &[("ngày (5 và 6/6)", "XXXX-06-05", "")]);
    check(
        "diễn ra trong ba ngày, từ 5 đến 7-6, tại huyện",
        &[("ngày, từ 5 đến 7-6", "XXXX-06-05", "")],
    );
    check("Trong 2 ngày (5 người) vắng", &[]);
}

#[test]
fn the_same_day_is_that_of_an_event() {
    check(
        "Sáng 5/6 họp, nộp trước ngày 10/6. Chiều cùng ngày đi",
        &[
            ("Sáng 5/6", "XXXX-06-05", "morning"),
            ("ngày 10/6", "XXXX-06-10", ""),
            ("Chiều cùng ngày", "XXXX-06-05", "afternoon"),
        ],
    );
    check(
        "Sáng 5/6 công bố Quyết định số 12/QĐ-UBND ngày 1/6. Chiều cùng ngày đi",
        &[
            ("Sáng 5/6", "XXXX-06-05", "morning"),
            ("ngày 1/6", "XXXX-06-01", ""),
            ("Chiều cùng ngày", "XXXX-06-05", "afternoon"),
        ],
    );
}

#[test]
fn full_dates_need_no_context() {
    check("Ngày 18/3/2021, UBND tỉnh họp", &[("Ngày 18/3/2021", "2021-03-18", "")]);
    check("Lạng Sơn, 18-03-2021", &[("18-03-2021", "2021-03-18", "")]);
    check("họp 3.4.2019.", &[("3.4.2019", "2019-04-03", "")]);
    check("02/02/2024 17:38", &[("02/02/2024", "2024-02-02", "")]);
    check("cập nhật 2021-03-18", &[("2021-03-18", "2021-03-18", "")]);
    check(
        "ngày 21 tháng 10 năm 2020",
        &[("ngày 21 tháng 10 năm 2020", "2020-10-21", "")],
    );
    check("ngày 5/6/17", &[("ngày 5/6/17", "2017-06-05", "")]);
    check("ngày 2/6 năm 2017", &[("ngày 2/6 năm 2017", "2017-06-02", "")]);
}

#[test]
fn two_numbers_are_a_date_after_a_word_for_the_day() {
    check("ngày 2/6", &[("ngày 2/6", "XXXX-06-02", "")]);
    check("Chiều 23/6, đoàn", &[("Chiều 23/6", "XXXX-06-23", "afternoon")]);
    check("vào sáng ngày 15/9", &[("sáng ngày 15/9", "XXXX-09-15", "morning")]);
    check("đến trưa 6-2, có", &[("trưa 6-2", "XXXX-02-06", "noon")]);
    check("tối 18-3 tại", &[("tối 18-3", "XXXX-03-18", "evening")]);
    check("đầu giờ chiều 5/6", &[("đầu giờ chiều 5/6", "XXXX-06-05", "afternoon")]);
    check("sáng 3.4", &[("sáng 3.4", "XXXX-04-03", "morning")]);
    check("ngày mùng 3 tháng 2", &[("ngày mùng 3 tháng 2", "XXXX-02-03", "")]);
    check("Chiều 31- 5, tại", &[("Chiều 31- 5", "XXXX-05-31", "afternoon")]);
    check("hôm 6/2", &[("hôm 6/2", "XXXX-02-06", "")]);
    check("Thứ Sáu, ngày 3/7", &[("Thứ Sáu, ngày 3/7", "XXXX-07-03", "")]);
    check("trước 30/6.", &[("30/6", "XXXX-06-30", "")]);
}

#[test]
fn several_days_are_one_mention_that_starts_on_the_first() {
    check("ngày 12 và 13/5", &[("ngày 12 và 13/5", "XXXX-05-12", "")]);
    check("từ ngày 1 đến 3/5", &[("ngày 1 đến 3/5", "XXXX-05-01", "")]);
    check(
        "từ ngày 1 đến ngày 3/5/2018",
        &[("ngày 1 đến ngày 3/5/2018", "2018-05-01", "")],
    );
    check("trong hai ngày 5-6/7, tỉnh", &[("ngày 5-6/7", "XXXX-07-05", "")]);
    check("các ngày 3, 4, 5/6", &[("ngày 3, 4, 5/6", "XXXX-06-03", "")]);
    check("ngày 30 và 1/7", &[("ngày 30 và 1/7", "XXXX-06-30", "")]);
    check(
        "từ ngày 1/10 đến 30/11/2016",
        &[("ngày 1/10 đến 30/11/2016", "2016-10-01", "")],
    );
    check(
        "từ ngày 1/10/2016 đến 30/6/2017",
        &[("ngày 1/10/2016 đến 30/6/2017", "2016-10-01", "")],
    );
}

#[test]
fn months_and_brackets() {
    check("trong tháng 5/2017", &[("tháng 5/2017", "2017-05-XX", "")]);
    check("tháng 6 năm 2017", &[("tháng 6 năm 2017", "2017-06-XX", "")]);
    check("tháng 9.2016", &[("tháng 9.2016", "2016-09-XX", "")]);
    check("Sáng nay (3/7), tại", &[("Sáng nay (3/7)", "XXXX-07-03", "morning")]);
    check("hôm nay (3/6), chúng ta", &[("hôm nay (3/6)", "XXXX-06-03", "")]);
    check("chiều qua, 5/6,", &[("chiều qua, 5/6", "XXXX-06-05", "afternoon")]);
}

#[test]
fn days_without_numbers_count_from_publication() {
    let friday = ymd(2021, 3, 19);
    check_published("Sáng nay, bộ họp", friday, &[("Sáng nay", "2021-03-19", "morning")]);
    check_published("hôm qua", friday, &[("hôm qua", "2021-03-18", "")]);
    check_published("tối qua", friday, &[("tối qua", "2021-03-18", "evening")]);
    check_published("ngày mai", friday, &[("ngày mai", "2021-03-20", "")]);
    check_published(
        "thứ Sáu tuần trước",
        friday,
        &[("thứ Sáu tuần trước", "2021-03-12", "")],
    );
    check_published(
        "chiều thứ Tư, ông",
        friday,
        &[("chiều thứ Tư", "2021-03-17", "afternoon")],
    );
    check("sáng nay họp", &[("sáng nay", "XXXX-XX-XX", "morning")]);
    check(
        "Sáng 5/6/2018 đoàn đi; chiều cùng ngày, đoàn họp",
        &[
            ("Sáng 5/6/2018", "2018-06-05", "morning"),
            ("chiều cùng ngày", "2018-06-05", "afternoon"),
        ],
    );
}

#[test]
fn years_come_from_publication_or_from_the_same_day_in_full() {
    check_published("ngày 28/12", ymd(2021, 1, 10), &[("ngày 28/12", "2020-12-28", "")]);
    check_published("ngày 30/6", ymd(2021, 3, 18), &[("ngày 30/6", "2021-06-30", "")]);
    check_published("ngày 2/1", ymd(2020, 12, 30), &[("ngày 2/1", "2021-01-02", "")]);
    check_published("ngày 29/2", ymd(2022, 3, 1), &[("ngày 29/2", "2020-02-29", "")]);
    check_published("ngày 29/2", None, &[("ngày 29/2", "XXXX-02-29", "")]);
    check(
        "Ngày 8/2, bộ họp. Ảnh chụp ngày 8/2/2017.",
        &[("Ngày 8/2", "2017-02-08", ""), ("ngày 8/2/2017", "2017-02-08", "")],
    );
    check_published(
        "ngày 2/9 kỷ niệm ngày 2/9/1945",
        ymd(2018, 9, 1),
        &[("ngày 2/9", "2018-09-02", ""), ("ngày 2/9/1945", "1945-09-02", "")],
    );
    with_index("họp ngày 2/6. Sáng nay", ymd(2019, 6, 3), |_, index| {
        let bases: Vec<&str> = index.dates.iter().map(|date| date.basis.as_str()).collect();
        assert_eq!(bases, ["published", "relative"]);
    });
}

#[test]
fn numbers_that_only_look_like_dates() {
    for text in [
        "hoàn thành 16/16 mục tiêu",
        "tăng 7-9 %",
        "sáng 7-9% cửa hàng",
        "phục vụ 24/7",
        "đã có 10/30 bộ ngành",
        "1/3 số xã",
        "từ 1/3 đến 2/3 số hộ",
        "Nghị định 64/2007/NĐ-CP",
        "Quyết định số 01/2017",
        "điện thoại 024.3825.1234",
        "gọi 0912.345.678",
        "mức độ 3, 4",
        "ngày 31/2",
        "ngày 45/6",
        "ngày 31/4/2018",
        "thắng 2-1",
        "mỗi ngày 5-7 lần",
        "một ngày 2/3 số giờ",
        "sáng 5-6 giờ",
        "phiên họp thứ hai",
        "ngày nay",
        "địa chỉ số 12/3/2017",
        "QĐ-18/3/2017",
        "5-6-7-8",
        "từ tháng 4-12/2016",
        "rằm tháng Giêng",
    ] {
        check(text, &[]);
    }
}

#[test]
fn periods_as_figures_need_them() {
    check_periods("năm 2023 đạt", &[("năm 2023", "2023-01-01", "2023-12-31")]);
    check_periods("6 tháng đầu năm", &[("6 tháng đầu năm", "2017-01-01", "2017-06-30")]);
    check_periods(
        "Sáu tháng đầu năm 2016,",
        &[("Sáu tháng đầu năm 2016", "2016-01-01", "2016-06-30")],
    );
    check_periods(
        "3 tháng cuối năm 2018",
        &[("3 tháng cuối năm 2018", "2018-10-01", "2018-12-31")],
    );
    check_periods("hai quý đầu năm", &[("hai quý đầu năm", "2017-01-01", "2017-06-30")]);
    check_periods("nửa đầu năm", &[("nửa đầu năm", "2017-01-01", "2017-06-30")]);
    check_periods(
        "nửa cuối năm 2016",
        &[("nửa cuối năm 2016", "2016-07-01", "2016-12-31")],
    );
    check_periods("Quý II tăng", &[("Quý II", "2017-04-01", "2017-06-30")]);
    check_periods("quý I/2016", &[("quý I/2016", "2016-01-01", "2016-03-31")]);
    check_periods("quý 3 năm 2016", &[("quý 3 năm 2016", "2016-07-01", "2016-09-30")]);
    check_periods(
        "giai đoạn 2011 - 2020",
        &[("giai đoạn 2011 - 2020", "2011-01-01", "2020-12-31")],
    );
    check_periods(
        "nhiệm kỳ 2015-2020",
        &[("nhiệm kỳ 2015-2020", "2015-01-01", "2020-12-31")],
    );
    check_periods("tháng 6 giảm", &[("tháng 6", "2017-06-01", "2017-06-30")]);
    check_periods("cả năm 2017", &[("cả năm 2017", "2017-01-01", "2017-12-31")]);
    check_periods("cả năm tăng", &[("cả năm", "2017-01-01", "2017-12-31")]);
    check_periods("năm nay", &[("năm nay", "2017-01-01", "2017-12-31")]);
    check_periods("năm ngoái", &[("năm ngoái", "2016-01-01", "2016-12-31")]);
    check_periods("mỗi năm", &[("mỗi năm", "-", "-")]);
    check_periods("hằng năm", &[("hằng năm", "-", "-")]);
}

#[test]
fn periods_with_a_start_or_an_end() {
    check_periods(
        "Từ năm 2011 đến 2016 đã giảm 20 đơn vị",
        &[("Từ năm 2011 đến 2016", "2011-01-01", "2016-12-31")],
    );
    check_periods(
        "Từ 1/1 đến 30/6, một cửa nhận 15 hồ sơ",
        &[("Từ 1/1 đến 30/6", "2017-01-01", "2017-06-30")],
    );
    check_periods(
        "đến 2021 dự kiến giảm 3 sở; đến 2021 đồng",
        &[("đến 2021", "-", "2021-12-31")],
    );
    check_periods(
        "10 tháng năm 2016 giảm 3 sở",
        &[("10 tháng năm 2016", "2016-01-01", "2016-10-31")],
    );
    check_periods(
        "từ năm 2015 đến nay",
        &[("từ năm 2015 đến nay", "2015-01-01", "2017-07-03")],
    );
    check_periods(
        "Từ 2011 đến tháng 3/2020",
        &[("Từ 2011 đến tháng 3/2020", "2011-01-01", "2020-03-31")],
    );
    check_periods(
        "từ đầu năm đến nay",
        &[("từ đầu năm đến nay", "2017-01-01", "2017-07-03")],
    );
    check_periods(
        "từ đầu năm 2015 tới nay",
        &[("từ đầu năm 2015 tới nay", "2015-01-01", "2017-07-03")],
    );
    check_periods("kể từ tháng 3/2008", &[("kể từ tháng 3/2008", "2008-03-01", "-")]);
    check_periods(
        "tính đến hết tháng 9/2016",
        &[("tính đến hết tháng 9/2016", "-", "2016-09-30")],
    );
    check_periods("tính đến tháng 9/2016", &[("tính đến tháng 9/2016", "-", "2016-09-30")]);
    check_periods(
        "tính đến thời điểm 9/2016",
        &[("tính đến thời điểm 9/2016", "-", "2016-09-30")],
    );
    check_periods(
        "Tính đến ngày 10/5/2017,",
        &[("Tính đến ngày 10/5/2017", "-", "2017-05-10")],
    );
    check_periods("Tính đến quý I/2017", &[("Tính đến quý I/2017", "-", "2017-03-31")]);
    check_periods("Đến đầu tháng 3/2017", &[("Đến đầu tháng 3/2017", "-", "-")]);
    check_periods("Đến nay, đã", &[("Đến nay", "-", "2017-07-03")]);
    check_periods("Hiện nay có", &[("Hiện nay", "-", "2017-07-03")]);
    check_periods("Hiện có 5 sở", &[("Hiện", "-", "2017-07-03")]);
    check_periods("đến năm 2025", &[("đến năm 2025", "-", "2025-12-31")]);
    check_periods(
        "từ ngày 1/10/2016 đến 30/6/2017",
        &[("từ ngày 1/10/2016 đến 30/6/2017", "2016-10-01", "2017-06-30")],
    );
    check_periods("trong 10 năm qua", &[("trong 10 năm qua", "-", "-")]);
    check_periods("sau 3 năm thực hiện", &[("sau 3 năm thực hiện", "-", "-")]);
    check_periods(
        "trong 3 năm liên tiếp 2016-2018",
        &[("trong 3 năm liên tiếp 2016-2018", "2016-01-01", "2018-12-31")],
    );
}

#[test]
fn what_figures_are_compared_with_is_told_apart() {
    with_index(
        "tăng 5% so với cùng kỳ năm 2016, so với năm 2015; quý II tăng",
        None,
        |analysis, index| {
            let found: Vec<(&str, bool)> = index
                .periods
                .iter()
                .map(|period| (analysis.slice(&period.tokens), period.is_comparison))
                .collect();
            assert_eq!(
                found,
                [("cùng kỳ năm 2016", true), ("năm 2015", true), ("quý II", false)]
            );
        },
    );
}

#[test]
fn words_that_only_look_like_periods() {
    for text in [
        "thực hiện có hiệu quả",
        "hiện đại hóa",
        "xuất hiện các điểm nghẽn",
        "đá quý",
        "quý vị",
        "từ 2000 đồng",
        "đến 5 sở",
        "Nghị quyết 19-2017/NQ-CP",
        "giai đoạn 1",
        "năm sở",
    ] {
        check_periods(text, &[]);
    }
}

#[test]
fn the_year_of_a_text_stands_in_what_it_is_about() {
    for (text, year, in_march, in_december) in [
        ("sơ kết 6 tháng đầu năm 2017", Some(2017), None, Some(2017)),
        (
            "6 tháng đầu năm 2017 tăng so với cùng kỳ 6 tháng đầu năm 2016",
            Some(2017),
            None,
            Some(2017),
        ),
        ("những tháng còn lại của năm 2016", Some(2016), Some(2016), Some(2016)),
        ("phiên họp thường kỳ tháng 5/2017", Some(2017), Some(2017), Some(2017)),
        ("8 tháng đầu năm 2016", Some(2016), None, Some(2016)),
        ("ba tháng cuối năm 2016", Some(2016), None, Some(2016)),
        ("năm 2016 là năm khó khăn", None, None, None),
        ("cầu thủ sinh năm 1995 này", None, None, None),
        ("phiên họp quý II/2017", Some(2017), Some(2017), Some(2017)),
        ("từ nay đến cuối năm 2017", Some(2017), Some(2017), None),
        (
            "tổng kết năm 2018, triển khai nhiệm vụ năm 2019",
            Some(2019),
            Some(2019),
            None,
        ),
        ("tổng kết công tác năm 2018", None, None, None),
        ("tính đến tháng 9/2016, ngân sách năm 2015", None, None, None),
        ("Nghị định 116/2017", None, None, None),
    ] {
        with_index(text, None, |_, index| {
            assert_eq!(index.document_year(), year, "{text}");
            for (month, expected) in [(3, in_march), (12, in_december)] {
                let mention = DateMention {
                    tokens: 0..1,
                    year: None,
                    month: Some(month),
                    day: Some(5),
                    basis: Basis::Explicit,
                    part_of_day: None,
                    last: None,
                };
                assert_eq!(index.in_document_year(&mention).year, expected, "{text}, month {month}");
            }
        });
    }
}

#[test]
fn tokens_of_dates_are_marked() {
    with_index("ngày 5/6 có 7 sở", None, |analysis, index| {
        let marked: Vec<&str> = (0..analysis.len() + 3)
            .filter(|&token| index.is_date_token(token))
            .map(|token| analysis.surface(token))
            .collect();
        assert_eq!(marked, ["ngày", "5", "/", "6"]);
    });
}

proptest! {
    #[test]
    fn dates_exist_and_spans_are_ordered(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "ngày", "sáng", "chiều", "nay", "(", ")", "/", "-", ".", ",", " ", " ", "31", "30", "29", "2", "12", "0",
                "99", "2017", "1900", "tháng", "năm", "quý", "II", "đến", "từ", "tính", "hết", "đầu", "cuối", "nửa",
                "giai đoạn", "và", "thứ", "sáu", "tuần", "trước", "hôm", "qua", "cùng", "ngày", "kỳ", "trong", "\n", "%",
            ]),
            0..40,
        ),
        days in 0u64..60_000,
    ) {
        let published = ymd(1900, 1, 1).and_then(|day| day.checked_add_days(chrono::Days::new(days)));
        let text = pieces.join(if days % 2 == 0 { "" } else { " " });
        with_index(&text, published, |analysis, index| {
            let mut end = 0;
            for date in &index.dates {
                assert!(end <= date.tokens.start && date.tokens.start < date.tokens.end);
                end = date.tokens.end;
                assert!(end <= analysis.len());
                if let (Some(_), Some(_), Some(_)) = (date.year, date.month, date.day) {
                    assert!(date.day_date().is_some(), "{date:?}");
                    assert!(date.last_date().is_none_or(|last| Some(last) >= date.day_date()), "{date:?}");
                }
            }
            let mut end = 0;
            for period in &index.periods {
                assert!(end <= period.tokens.start && period.tokens.start < period.tokens.end);
                end = period.tokens.end;
                assert!(end <= analysis.len());
            }
        });
    }
}
