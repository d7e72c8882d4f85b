//! Which figures get the code of a registered indicator, and which do not.

use super::tests::facts;
use crate::lexicon::Registry;

/// Value and code of every figure that has one, like `98.5 dossiers_on_time`.
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = facts(text)
        .into_iter()
        .filter_map(|fact| fact.indicator.map(|code| format!("{} {code}", fact.value)))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn every_definition_is_found_in_its_example() {
    let missed: Vec<String> = Registry::embedded()
        .definitions()
        .iter()
        .filter_map(|definition| {
            let found: Vec<Option<String>> = facts(&definition.example)
                .into_iter()
                .map(|fact| fact.indicator)
                .collect();
            let is_found = found.iter().any(|code| code.as_deref() == Some(&definition.code));
            (!is_found).then(|| format!("{}: {}: {found:?}", definition.code, definition.example))
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_count_in_brackets_is_that_of_the_share_before() {
    check(
        "Có 0,5% hồ sơ giải quyết trễ hạn (hơn 68.000 hồ sơ).",
        &["0.5 dossiers_overdue", "68000 dossiers_overdue"],
    );
}

#[test]
fn what_is_asked_for_has_the_code_of_what_is_measured() {
    check(
        "Tỷ lệ tinh giản biên chế còn thấp. So với yêu cầu là giảm 1,5% mỗi năm thì chưa đạt.",
        &["1.5 staff_cut"],
    );
}

#[test]
fn what_is_counted_must_be_what_the_indicator_counts() {
    check("Trung tâm Phục vụ hành chính công có 14 quầy.", &[]);
    check("Các sở đã gửi thư xin lỗi tại 4 sở.", &[]);
    check("Khách sạn giảm 120 phòng lưu trú.", &[]);
    check("Thành phố giảm 18 trưởng phòng.", &[]);
    check("Tỉnh bồi dưỡng 600 hộ nông dân.", &[]);
    check("Bộ phận một cửa của huyện có 12 công chức.", &[]);
}

#[test]
fn a_share_of_the_budget_is_not_the_budget() {
    check("Hộ kinh doanh đóng góp 3% thu ngân sách của thành phố.", &[]);
    check("Thu ngân sách đạt 52% dự toán.", &["52 budget_revenue"]);
    check("Bội chi ngân sách bằng 3,4% GDP.", &["3.4 budget_deficit"]);
    check("Tỉnh dành 1% chi ngân sách cho công nghệ thông tin.", &[]);
}

#[test]
fn what_was_there_before_a_cut_is_a_number_of_agencies() {
    check(
        "Số cơ quan chuyên môn giảm từ 21 sở xuống còn 16 sở.",
        &["21 agencies_total", "16 agencies_total"],
    );
    check("Tỉnh giảm 5 sở.", &["5 agencies_merged"]);
}

#[test]
fn an_index_that_was_named_before_is_known_from_its_ranking() {
    check(
        "Bộ Nội vụ công bố PAR INDEX của các tỉnh. Hải Phòng dẫn đầu bảng xếp hạng với 91,2%.",
        &["1 par_index_rank", "91.2 par_index_score"],
    );
    check(
        "Bộ Nội vụ công bố PAR INDEX và PAPI của các tỉnh. Hải Phòng dẫn đầu bảng xếp hạng với 91,2%.",
        &[],
    );
    check("Đội bóng dẫn đầu bảng xếp hạng với 31 điểm.", &[]);
}

#[test]
fn words_for_something_else_keep_a_figure_without_a_code() {
    check("Doanh nghiệp đã xử lý kỷ luật 3 học sinh.", &[]);
    check("Số vụ tai nạn giảm 12 vụ so với cùng kỳ.", &[]);
    check("Với điện năng, thời gian làm thủ tục còn 7 ngày.", &[]);
    check("Có 93% trẻ em được đăng ký khai sinh đúng hạn, hồ sơ đầy đủ.", &[]);
    check("Khách hàng hài lòng đạt 95% tại siêu thị.", &[]);
}
