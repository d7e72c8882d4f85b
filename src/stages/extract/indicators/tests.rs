//! What the rules find together in single sentences.

use super::find;
use crate::lexicon::Lexicon;
use crate::schema::rows::IndicatorFact;
use crate::stages::extract::citations;
use crate::stages::extract::context::Context;
use crate::stages::extract::people;
use crate::stages::extract::places::Locator;
use crate::text::analysis::{Analysis, Scratch};
use crate::text::date::DateIndex;
use proptest::prelude::*;

pub(super) fn facts(text: &str) -> Vec<IndicatorFact> {
    let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
    let analysis = Analysis::new(text, &lexicon, &mut scratch);
    let dates = DateIndex::find(&analysis, None);
    let context = Context::new(&analysis, None);
    find(
        &context,
        &dates,
        &citations::find(&context, &dates),
        &people::find(&context),
        &Locator::new(&analysis, None, None),
    )
}

/// Value, upper value, whole and unit of every figure, like `7..9 %`, `16/16 mục tiêu`.
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = facts(text)
        .iter()
        .map(|fact| {
            let max = fact.value_max.map(|max| format!("..{max}")).unwrap_or_default();
            let whole = fact.denominator.map(|whole| format!("/{whole}")).unwrap_or_default();
            format!("{}{max}{whole} {}", fact.value, fact.unit)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn values_are_scaled_and_units_normal() {
    check("Thu ngân sách đạt gần 35 ngàn tỷ đồng.", &["35000000000000 VND"]);
    check("Vốn thực hiện đạt 7,7 tỷ USD.", &["7700000000 USD"]);
    check("Đã tập huấn hơn 5,4 triệu lượt cán bộ.", &["5400000 lượt cán bộ"]);
    check("Lạm phát ở mức 3-4%.", &["3..4 %"]);
    check("Mức hỗ trợ 300 triệu đồng/ha.", &["300000000 VND"]);
    check("Mức chi 4,4 triệu đồng/người/ tháng.", &["4400000 VND"]);
    check("Lợi nhuận âm 12 tỷ đồng.", &["-12000000000 VND"]);
    check("Điểm trung bình đạt 85,3 điểm.", &["85.3 điểm"]);
    check(
        "Giá trị đạt 1,2 nghìn tỷ đồng và 5 phần trăm.",
        &["1200000000000 VND", "5 %"],
    );
}

#[test]
fn counted_nouns_are_units_with_their_lists() {
    check(
        "Đoàn phạt 2 tổ chức, ban hành 3 quyết định.",
        &["2 tổ chức", "3 quyết định"],
    );
    check(
        "Tỉnh có 126/126 xã, phường, thị trấn nối mạng.",
        &["126/126 xã, phường, thị trấn"],
    );
    check("Khen thưởng 20 tập thể và 25 cá nhân.", &["20 tập thể", "25 cá nhân"]);
    check("Cắt giảm 71 cơ quan, đơn vị.", &["71 cơ quan, đơn vị"]);
    check("Huyện tặng 150 mũ bảo hiểm.", &["150 mũ bảo hiểm"]);
    check("Có 25 tỉnh/ thành phố báo cáo.", &["25 tỉnh/ thành phố"]);
    check("Có 28 điểm du lịch mới.", &["28 điểm du lịch"]);
    check("Trồng mới 1.200 chậu hoa.", &["1200 chậu hoa"]);
}

#[test]
fn numbers_that_name_are_no_figures() {
    check("Số giường bệnh trên 10.000 dân đạt 42 giường.", &["42 giường"]);
    for text in [
        "Kỳ họp thứ 4, HĐND tỉnh khóa 17 khai mạc.",
        "Dịch vụ công mức độ 3, 4 được mở rộng.",
        "Thực hiện phương châm “4 tại chỗ”.",
        "Nhà ở số 12, quận 3, phường 5.",
        "Họp lúc 8 giờ 30 tại phòng 302.",
        "Gọi 0912.345.678 hoặc 84-24-3825.",
        "1. Tiếp tục cải cách.",
        "Ông A, 54 tuổi, sinh năm 1963.",
        "Sau 10 năm thực hiện, kết quả rõ rệt.",
        "Hàng trăm hồ sơ, vài chục người chờ.",
        "Tệp 172%20c%E1 bị lỗi.",
        "Một trong 12 tỉnh được chọn.",
        "Tỷ số là 2-1 sau hiệp phụ.",
        "Vùng 2 đảm nhiệm phía Bắc.",
        "Lãnh đạo Q.9 báo cáo nhanh.",
        "Người dân P.12 góp ý.",
        "Vụ việc xảy ra tại tổ 44 phường Yên Ninh.",
        "Hai Thủ tướng trả lời báo chí.",
        "Nghị định 116/2017 quy định điều kiện mới.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn units_may_stand_elsewhere() {
    check(
        "Tổng số thủ tục là 1.956, gồm cấp tỉnh 1.510, cấp huyện 312, cấp xã 134 thủ tục.",
        &["1956 thủ tục", "1510 thủ tục", "312 thủ tục", "134 thủ tục"],
    );
    check(
        "Tinh giản 1.102 biên chế, trong đó khối hành chính 93, khối sự nghiệp 1.009.",
        &["1102 biên chế", "93 biên chế", "1009 biên chế"],
    );
    check(
        "Số đầu mối giảm từ 401 xuống còn 208 đơn vị.",
        &["401 đơn vị", "208 đơn vị"],
    );
    check("Tổng số hồ sơ tiếp nhận là 14 triệu.", &["14000000 hồ sơ"]);
    check("Có 78% (77.609) ý kiến tán thành.", &["78 %", "77609 ý kiến"]);
    check("Dự án cần vốn 20 tỷ.", &["20000000000 VND"]);
    check("Bãi đỗ từ 5 giờ đến 21 giờ thu 20.000 đồng.", &["20000 VND"]);
}

#[test]
fn parts_know_their_whole() {
    check(
        "Đã thi hành 17.586 vụ việc trên tổng số 28.843 vụ việc.",
        &["17586/28843 vụ việc", "28843 vụ việc"],
    );
    check(
        "Trong số 680 hồ sơ trễ hạn, 610 hồ sơ đã được xin lỗi.",
        &["680 hồ sơ", "610/680 hồ sơ"],
    );
    check("Có 10/30 bộ, ngành báo cáo.", &["10/30 bộ, ngành"]);
    check(
        "Còn 5 trên tổng số 15 địa phương chậm.",
        &["5/15 địa phương", "15 địa phương"],
    );
}

#[test]
fn ranks_are_told_from_ordinals() {
    check("Chỉ số của tỉnh được tăng hạng từ 41 lên 32.", &["41 hạng", "32 hạng"]);
    check("Tỉnh tụt từ hạng sáu xuống hạng 18.", &["6 hạng", "18 hạng"]);
    check("Các bệnh viện từ hạng 2 trở lên tự chủ.", &[]);
    check("Tỉnh đứng thứ 3 cả nước về chỉ số này.", &["3 hạng"]);
    check("Chỉ số PCI xếp thứ 15/63 tỉnh, thành phố.", &["15/63 hạng"]);
    check("Việt Nam tăng 12 bậc.", &["12 bậc"]);
    check("Đại hội lần thứ 13 thành công.", &[]);
    check("Tỉnh dẫn đầu cả nước về chỉ số này.", &["1 hạng"]);
    check("Huyện A xếp thứ nhì toàn tỉnh.", &["2 hạng"]);
    check("Người đứng đầu phải làm gương.", &[]);
    check("Thương binh hạng 3/4 được tặng quà.", &[]);
}

#[test]
fn durations_count_as_results_only() {
    check("Thời gian giải quyết giảm còn 5 ngày.", &["5 ngày"]);
    check("Rút ngắn từ 15 ngày xuống còn 7 ngày.", &["15 ngày", "7 ngày"]);
    check("Trong 3 ngày làm việc, đoàn đã đi thăm xã.", &[]);
    check("Cuộc thi kéo dài 2 tháng.", &["2 tháng"]);
}

#[test]
fn multiples_are_told_with_and_without_a_number() {
    check("Thu ngân sách tăng gấp đôi so với năm 2015.", &["2 lần"]);
    check("Chi phí cao gần gấp rưỡi mức trung bình.", &["1.5 lần"]);
    check(
        "Giá trị gấp 2,1 lần về lượng và 3,4 lần về giá.",
        &["2.1 lần", "3.4 lần"],
    );
    check("Người dân vui gấp đôi khi có đường mới.", &[]);
    let [multiple] = &facts("Vốn đăng ký tăng 1,5 lần so với cùng kỳ.")[..] else {
        panic!("one figure");
    };
    assert_eq!(
        (&*multiple.unit, &*multiple.label),
        ("lần", "Vốn đăng ký tăng so với cùng kỳ")
    );
}

#[test]
fn number_words_count_behind_verbs_and_limits() {
    check("Nghề này nuôi hai triệu hộ sản xuất.", &["2000000 hộ"]);
    check("Mỗi luật có hai nghị định.", &["2 nghị định"]);
    check("Ban hành không quá một thông tư.", &["1 thông tư"]);
    check("Hai bên trao đổi về một dự án.", &[]);
    check("Ba xã này đã xong.", &[]);
}

#[test]
fn qualifiers_before_and_behind() {
    let qualifier = |text: &str| facts(text)[0].qualifier.clone();
    for (text, expected) in [
        ("Đạt khoảng 81%.", Some("approx")),
        ("Đạt gần 50%.", Some("nearly")),
        ("Đạt trên 39%.", Some("more_than")),
        ("Đạt chưa tới 1%.", Some("less_than")),
        ("Giảm tối thiểu 15% chi phí.", Some("at_least")),
        ("Hỗ trợ tối đa không quá 10 tỷ đồng.", Some("at_most")),
        ("Xã có 50% hộ trở lên tham gia.", Some("at_least")),
        ("Thấp nhất là 20,77%.", None),
        ("Đạt 12%.", None),
    ] {
        assert_eq!(qualifier(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn aims_are_told_from_facts() {
    let targets = |text: &str| facts(text).iter().map(|fact| fact.is_target).collect::<Vec<_>>();
    for (text, expected) in [
        ("Phấn đấu đạt 90% hồ sơ trực tuyến.", vec![true]),
        ("Đến nay đã đạt 90% hồ sơ trực tuyến.", vec![false]),
        ("Bí thư đề nghị 100% sở ghi nhận ý kiến.", vec![true]),
        ("Đã đạt 5%, nhưng cả năm phải đạt 7%.", vec![false, true]),
        ("Tổng số việc phải giải quyết là 194 việc.", vec![false]),
        ("Kinh phí hỗ trợ không quá 5 tỷ đồng.", vec![true]),
        ("Còn lại 5 thủ tục sẽ hoàn thành sớm.", vec![true]),
        ("Giải ngân bằng 40,8% kế hoạch.", vec![false]),
        ("Chủ tịch giao Sở Nội vụ kiểm tra 6 đơn vị.", vec![true]),
        ("Phấn đấu thực hiện số hóa 80% hồ sơ.", vec![true]),
        (
            "Hai bên đặt mục tiêu nâng kim ngạch thương mại song phương lên 60 tỷ USD.",
            vec![true],
        ),
        ("Tổng số vốn ODA cam kết là 30 tỷ USD.", vec![false]),
        (
            "Nâng tỷ lệ lên 80% vào năm 2020 và 100% vào năm 2025.",
            vec![true, true],
        ),
        ("Giảm nợ công, đến năm 2025 xuống dưới 60% GDP.", vec![true]),
        ("Đã có 45 địa phương ban hành kế hoạch, đạt 87%.", vec![false, false]),
        ("Dân không phải nộp 3 loại giấy tờ.", vec![false]),
        (
            "Phấn đấu giảm thời gian cấp phép từ 35 ngày xuống còn 10 ngày.",
            vec![false, true],
        ),
        (
            "Năm qua, thu ngân sách không đạt mục tiêu do hụt thu 2.800 tỷ đồng.",
            vec![false],
        ),
        ("Kết quả thu hồi tài sản không đạt chỉ tiêu 60%.", vec![true]),
        ("Thanh tra kiến nghị thu hồi 19.521 tỷ đồng.", vec![false]),
        ("Tỷ lệ đã đạt 79% và sẽ phấn đấu đạt 90%.", vec![false, true]),
        ("Giá xử lý tại bãi rác tập trung là 400.000 đồng.", vec![false]),
        ("Rà soát các quy định; có 40.000 hồ sơ mới.", vec![false]),
        ("Nghị định quy định mức phạt 5 triệu đồng.", vec![true]),
        ("Thanh tra đề nghị xử lý 12 cán bộ.", vec![false]),
        ("Ban chỉ đạo bổ sung thêm 7 nhà máy.", vec![false]),
        (
            "Quốc hội thông qua dự thảo Luật với 88,19% đại biểu tán thành.",
            vec![false],
        ),
    ] {
        assert_eq!(targets(text), expected, "{text}");
    }
}

#[test]
fn aims_are_announced_by_the_sentence_before() {
    let told = |text: &str| -> Vec<(bool, Option<String>)> {
        let facts = facts(text).into_iter();
        facts.map(|fact| (fact.is_target, fact.period)).collect()
    };
    let (aim, fact) = (
        |period: &str| (true, Some(period.to_owned())),
        |period: &str| (false, Some(period.to_owned())),
    );
    for (text, expected) in [
        (
            "Tỉnh đặt mục tiêu đến năm 2030 đứng đầu vùng. Cụ thể là giảm 12 phòng.",
            vec![aim("đến năm 2030")],
        ),
        (
            "Mục tiêu trong năm 2030:\n- Giảm 12 phòng.\n- Số hóa 80% hồ sơ.",
            vec![aim("năm 2030"), aim("năm 2030")],
        ),
        (
            "Kết quả năm 2020:\n- Giảm 12 phòng.\n- Số hóa 80% hồ sơ.",
            vec![fact("năm 2020"), fact("năm 2020")],
        ),
        (
            "Vốn cho mục tiêu đào tạo năm 2020 còn ít. Cụ thể, tỉnh hỗ trợ 12 lớp.",
            vec![fact("năm 2020")],
        ),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn halves_of_words_are_no_qualifiers() {
    check("Ban đã giám sát 837 tổ chức đảng.", &["837 tổ chức đảng"]);
    assert_eq!(facts("Ban đã giám sát 837 tổ chức đảng.")[0].qualifier, None);
}

#[test]
fn squares_set_apart_are_units() {
    check("Mỗi căn rộng 30 m 2 tại khu mới.", &["30 m 2"]);
    check("Mỗi căn rộng 30 m2 tại khu mới.", &["30 m2"]);
}

#[test]
fn places_of_deputies_and_bodies_are_none_of_figures() {
    let place = |text: &str| facts(text)[0].place.clone();
    for (text, expected) in [
        (
            "Đại biểu Quốc hội Trần Văn An (Sóc Trăng) cho biết nợ công đạt 62%.",
            None,
        ),
        ("Hội Nghề cá Việt Nam tiếp nhận 5.000 hồ sơ.", None),
        ("Cục Chăn nuôi đã cắt giảm 12 thủ tục.", Some("Cục Chăn nuôi")),
        ("Theo báo cáo, biên chế của tỉnh giảm 86 người.", Some("tỉnh")),
        ("Tỷ lệ hộ nghèo ở cấp tỉnh đạt 12%.", None),
    ] {
        assert_eq!(place(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn directions_of_changes() {
    let directions = |text: &str| {
        facts(text)
            .iter()
            .map(|fact| fact.direction.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(directions("Xuất khẩu tăng 17,4%."), [Some("up".to_owned())]);
    assert_eq!(directions("Khai khoáng giảm đến 8,2%."), [Some("down".to_owned())]);
    assert_eq!(directions("Tỷ lệ đúng hạn đạt 99%."), [None]);
}

#[test]
fn period_and_place_are_inherited() {
    let facts = facts(
        "Năm 2023, tỉnh Bắc Ninh có nhiều chuyển biến. Bắc Ninh tiếp nhận 5.000 hồ sơ. Cả nước có 13 sở được sắp xếp.",
    );
    assert_eq!(facts[0].period.as_deref(), Some("Năm 2023"));
    assert_eq!(
        facts[0].period_start.map(|day| day.to_string()).as_deref(),
        Some("2023-01-01")
    );
    assert_eq!(facts[0].place.as_deref(), Some("Bắc Ninh"));
    assert_eq!(facts[0].area_id.as_deref(), Some("VN-27@2004"));
    assert_eq!(facts[1].period.as_deref(), Some("Năm 2023"));
    assert_eq!(facts[1].place.as_deref(), Some("Cả nước"));
}

#[test]
fn bodies_are_places_where_no_area_is_named() {
    let places = |text: &str| -> Vec<Option<String>> { facts(text).into_iter().map(|fact| fact.place).collect() };
    let body = |name: &str| Some(name.to_owned());
    assert_eq!(
        places("Có 5 thủ tục thuộc nhóm “Đăng ký thuốc” tại Cục Bảo vệ thực vật; 3 thủ tục tại Cục Chăn nuôi."),
        [body("Cục Bảo vệ thực vật"), body("Cục Chăn nuôi")]
    );
    assert_eq!(
        places("Đến nay, Khu công nghệ cao Hòa Lạc đã thu hút 80 dự án."),
        [body("Khu công nghệ cao Hòa Lạc")]
    );
    assert_eq!(
        places("Sáu tháng qua, toàn ngành đã triển khai 38 cuộc thanh tra. Qua đó kiến nghị thu hồi 19 tỷ đồng."),
        [body("toàn ngành"), body("toàn ngành")]
    );
}

#[test]
fn what_is_compared_with_is_neither_period_nor_place() {
    let told = |text: &str| {
        let facts = facts(text).into_iter();
        facts.map(|fact| (fact.period, fact.place)).collect::<Vec<_>>()
    };
    for (text, expected) in [
        (
            "Năm 2016, Hải Phòng thu ngân sách tăng 21%, cao nhất cả nước.",
            vec![(Some("Năm 2016"), Some("Hải Phòng"))],
        ),
        (
            "Chi phí của Lào Cai cao gấp 3 lần cả nước.",
            vec![(None, Some("Lào Cai"))],
        ),
        (
            "GDP quý I/2017 đạt 5,1%, thấp hơn cùng kỳ năm 2016 (5,48%).",
            vec![(Some("quý I/2017"), None), (Some("cùng kỳ năm 2016"), None)],
        ),
        (
            "Năm 2015 chỉ giảm 4 viên chức, năm 2016 giảm 3 viên chức.",
            vec![(Some("Năm 2015"), None), (Some("năm 2016"), None)],
        ),
        (
            "Năm 2016, quy mô kinh tế gấp 1,8 lần năm 2010.",
            vec![(Some("Năm 2016"), None)],
        ),
        ("Xa lộ Hà Nội có 5 điểm đen giao thông.", vec![(None, None)]),
        (
            "Tại Hà Tĩnh, 6 tháng qua, ngành Thanh tra kiểm tra 53 đơn vị. Đoàn đã tiếp 278 lượt người.",
            vec![
                (Some("6 tháng qua"), Some("Hà Tĩnh")),
                (Some("6 tháng qua"), Some("Hà Tĩnh")),
            ],
        ),
        ("Thu ngân sách đạt 32,7% dự toán cả năm.", vec![(None, None)]),
        ("Tội phạm ở Q.9 giảm 36 vụ.", vec![(None, Some("Q.9"))]),
        ("Theo F.E Hệ, tội phạm giảm 36 vụ.", vec![(None, None)]),
        (
            "Toàn ngành triển khai 47 cuộc thanh tra.",
            vec![(None, Some("Toàn ngành"))],
        ),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(period, place)| (period.map(str::to_owned), place.map(str::to_owned)))
            .collect();
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn money_is_counted_in_billions() {
    check("Huyện chi 12 tỷ sắm mới trang thiết bị.", &["12000000000 VND"]);
    check("Kho bạc huy động 131 nghìn tỷ trái phiếu.", &["131000000000000 VND"]);
    check("Thế giới có hơn 7 tỷ người.", &["7000000000 người"]);
    check("Chiếm 2/3 tổng số hồ sơ.", &["2/3 hồ sơ"]);
}

#[test]
fn a_fact_told_twice_is_one_row() {
    check(
        "Tiếp nhận 4.424 hồ sơ trực tuyến.\nTheo báo cáo, toàn tỉnh tiếp nhận 4.424 hồ sơ trực tuyến.",
        &["4424 hồ sơ"],
    );
    check("Tặng 20 tập thể, 20 cá nhân.", &["20 tập thể", "20 cá nhân"]);
    check(
        "Tỉnh có 2 dự án lớn. Vốn của 2 dự án nêu trên là 5 tỷ đồng.",
        &["2 dự án", "5000000000 VND"],
    );
    check("Tỉnh có 33 CCN.", &["33 CCN"]);
}

proptest! {
    #[test]
    fn quotes_are_slices_of_the_text(text in "[0-9.,/%() \\-a-zđáàảêúụ\n]{0,120}") {
        let chars: Vec<char> = text.chars().collect();
        for fact in facts(&text) {
            let slice: String = chars[fact.evidence.start as usize..fact.evidence.end as usize].iter().collect();
            prop_assert_eq!(slice, fact.evidence.quote);
            prop_assert!(!fact.label.is_empty() && !fact.unit.is_empty());
        }
    }
}
