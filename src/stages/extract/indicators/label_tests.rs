//! What the labels of single sentences say.

use super::tests::facts;

fn check_labels(text: &str, expected: &[&str]) {
    let found: Vec<String> = facts(text).into_iter().map(|fact| fact.label).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn labels_say_what_is_measured() {
    check_labels(
        "Thu ngân sách đạt gần 35 ngàn tỷ đồng, tăng 16,4%.",
        &["Thu ngân sách", "Thu ngân sách tăng"],
    );
    check_labels(
        "Có khoảng 81% thủ tục được cung cấp trực tuyến.",
        &["thủ tục được cung cấp trực tuyến"],
    );
    check_labels("Tỉnh đã giải thể 05 cơ quan.", &["giải thể cơ quan"]);
    check_labels("Số đầu mối giảm từ 36 xuống 15 sở.", &["Số đầu mối", "Số đầu mối"]);
    check_labels(
        "Chỉ số hài lòng đạt 83,6%, xếp thứ 38/63.",
        &["Chỉ số hài lòng", "Chỉ số hài lòng xếp"],
    );
    check_labels("Huyện giảm 270 biên chế.", &["Huyện giảm biên chế"]);
    check_labels(
        "Tốc độ tăng trưởng ngành công nghiệp đạt 5%, ngành dịch vụ 7%.",
        &[
            "Tốc độ tăng trưởng ngành công nghiệp",
            "Tốc độ tăng trưởng ngành dịch vụ",
        ],
    );
    check_labels(
        "Nhân dịp này, 20 tập thể và 25 cá nhân được tặng bằng khen.",
        &["tập thể được tặng bằng khen", "cá nhân được tặng bằng khen"],
    );
}

#[test]
fn labels_tell_what_is_done_with_what_is_counted() {
    check_labels(
        "Sở Xây dựng đã kiện toàn lại 20 cơ quan, đơn vị thuộc và trực thuộc UBND tỉnh.",
        &["kiện toàn lại cơ quan, đơn vị thuộc và trực thuộc UBND tỉnh"],
    );
    check_labels(
        "Huyện bố trí 3 tỷ đồng để mua sắm trang thiết bị cho các xã.",
        &["Huyện bố trí mua sắm trang thiết bị cho các xã"],
    );
    check_labels(
        "Xưởng đóng 22 tàu composite và 347 tàu vỏ gỗ.",
        &["Xưởng đóng tàu composite", "tàu vỏ gỗ"],
    );
    check_labels("Dân số là 4 triệu người.", &["Dân số"]);
    assert_eq!(facts("Có 6 bộ đạt dưới 85%.")[0].label, "bộ đạt dưới 85%");
}

#[test]
fn labels_are_cut_between_words() {
    check_labels("Hội đồng đã thông qua 12 nghị quyết.", &["thông qua nghị quyết"]);
    check_labels(
        "Bộ phận một cửa cấp huyện đã tiếp nhận và xử lý 2.296 đơn kiến nghị của công dân trong tỉnh.",
        &["tiếp nhận và xử lý đơn kiến nghị của công dân trong tỉnh"],
    );
    check_labels("Toàn tỉnh có 945 thí sinh tự do.", &["thí sinh tự do"]);
    check_labels(
        "Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) tăng 10 bậc.",
        &["Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) tăng"],
    );
}

#[test]
fn an_amount_is_told_with_what_it_belongs_to() {
    check_labels(
        "Huyện cần vốn cho 9 dự án; các bãi đậu xe với tổng kinh phí 71 tỷ đồng, các cầu đường với tổng kinh phí 39 tỷ đồng.",
        &[
            "Huyện cần vốn dự án",
            "tổng kinh phí bãi đậu xe",
            "tổng kinh phí cầu đường",
        ],
    );
    check_labels(
        "Khu nghỉ dưỡng Bãi Dài được UBND tỉnh chấp thuận chủ trương từ nhiều năm trước với diện tích 20 ha.",
        &["Khu nghỉ dưỡng Bãi Dài diện tích"],
    );
    check_labels(
        "Lượng rác trên địa bàn thành phố với bình quân mỗi ngày khoảng 7.000 tấn.",
        &["Lượng rác trên địa bàn thành phố bình quân mỗi"],
    );
    check_labels(
        "Tuyến cao tốc phía Bắc dài 144 km, kinh phí đầu tư 47.520 tỷ đồng.",
        &[
            "Tuyến cao tốc phía Bắc dài",
            "kinh phí đầu tư Tuyến cao tốc phía Bắc dài",
        ],
    );
}

#[test]
fn figures_in_a_row_share_their_verb_or_cause() {
    check_labels(
        "Thanh tra kiến nghị thu hồi 19.521 tỷ đồng, 4.676 ha đất.",
        &["Thanh tra kiến nghị thu hồi", "Thanh tra kiến nghị thu hồi đất"],
    );
    check_labels(
        "Huyện xảy ra 54 vụ tai nạn giao thông, làm chết 9 người.",
        &[
            "Huyện xảy ra vụ tai nạn giao thông",
            "làm chết vụ tai nạn giao thông người",
        ],
    );
    check_labels(
        "Công ty bán 12 m3 cát và đã xuất 3 hóa đơn.",
        &["Công ty bán cát", "xuất hóa đơn"],
    );
}

#[test]
fn a_short_label_is_completed() {
    check_labels(
        "Để hoàn chỉnh hạ tầng giao thông theo quy hoạch, thành phố cần 553 tỷ đồng kinh phí đầu tư.",
        &["thành phố kinh phí đầu tư hoàn chỉnh hạ tầng giao thông theo quy hoạch"],
    );
    check_labels(
        "Tỉnh có 8 dự án du lịch chậm triển khai. Huyện Xuyên Mộc có 2 dự án.",
        &["dự án du lịch chậm triển khai", "dự án du lịch chậm triển khai"],
    );
    check_labels(
        "Thu ngân sách đạt 32,7% dự toán cả năm (tăng 17,8%).",
        &["Thu ngân sách dự toán cả năm", "Thu ngân sách dự toán cả năm tăng"],
    );
    check_labels(
        "Cà Mau có kim ngạch 4 tỷ USD. Còn lại 6 tỷ USD thuộc các tỉnh khác.",
        &["Cà Mau có kim ngạch", "Còn lại Cà Mau có kim ngạch"],
    );
    check_labels(
        "Tôm xuất khẩu sang 90 thị trường, đạt kim ngạch 3 tỷ USD.",
        &["xuất khẩu sang thị trường", "đạt kim ngạch xuất khẩu sang thị trường"],
    );
    check_labels(
        "Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) của Hải Phòng những năm qua có tiến bộ nhưng vẫn thấp (đứng thứ 15/63).",
        &["Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) của Hải Phòng đứng"],
    );
    check_labels(
        "Kim ngạch tuyến Cái Mép – Thị Vải đạt 5 tỷ USD.",
        &["Kim ngạch tuyến Cái Mép – Thị Vải"],
    );
    check_labels(
        "Tổng số dự án tại khu công nghệ lên con số 80 dự án.",
        &["Tổng số dự án tại khu công nghệ"],
    );
}

#[test]
fn labels_do_not_say_which_office_did_it() {
    check_labels("UBND tỉnh đã ban hành 8 quyết định.", &["ban hành quyết định"]);
    check_labels(
        "Bộ Tài chính sẽ tiếp tục rà soát 40 thủ tục thuế.",
        &["rà soát thủ tục thuế"],
    );
    check_labels("Công ty Hòa Phú đã đóng 5 tàu cá.", &["Công ty Hòa Phú đã đóng tàu cá"]);
    check_labels("Xã đã được giao 12 chỉ tiêu.", &["Xã đã được giao chỉ tiêu"]);
    check_labels(
        "Lần đầu tiên Bộ Tài chính nêu tên 60 dự án có nguy cơ chậm giải ngân vốn.",
        &["nêu tên dự án có nguy cơ chậm giải ngân vốn"],
    );
}

#[test]
fn subjects_reach_over_the_commas_of_a_list() {
    check_labels(
        "Số xe công giảm do thu hồi, điều chuyển, thanh lý, bán là 2.085 chiếc.",
        &["Số xe công giảm do thu hồi, điều chuyển, thanh lý, bán"],
    );
    check_labels(
        "Sở rà soát 5 nhà máy, dự án thua lỗ.",
        &["Sở rà soát nhà máy, dự án thua lỗ"],
    );
    check_labels(
        "Có 100% phòng GD&ĐT dùng sổ điểm điện tử.",
        &["phòng GD&ĐT dùng sổ điểm điện tử"],
    );
}

#[test]
fn a_count_within_the_subject_does_not_cut_it() {
    check_labels(
        "Nhu cầu vốn đầu tư của 2 dự án trọng điểm là 29 tỷ đồng.",
        &[
            "Nhu cầu vốn đầu tư dự án trọng điểm",
            "Nhu cầu vốn đầu tư của 2 dự án trọng điểm",
        ],
    );
    check_labels(
        "Tỷ lệ hồ sơ nộp qua mạng của dịch vụ mức độ 3, 4 đạt 60%.",
        &["Tỷ lệ hồ sơ nộp qua mạng của dịch vụ mức độ 3, 4"],
    );
    check_labels(
        "Sở bảo đảm chỉ tiêu 50% thủ tục được cung cấp trực tuyến.",
        &["thủ tục được cung cấp trực tuyến"],
    );
}

#[test]
fn measures_are_no_part_of_a_label() {
    check_labels("Huyện thu hồi 302 ha đất.", &["Huyện thu hồi đất"]);
    check_labels(
        "Cả nước thả nuôi được 694 ha, trong đó tôm sú 600 ha.",
        &["thả nuôi", "tôm sú thả nuôi"],
    );
}

#[test]
fn of_two_tellings_the_fuller_stays() {
    check_labels(
        "Tin vắn.\nGiá trị còn lại là 7.400 tỷ đồng. Giá trị còn lại của xe công là 7.400 tỷ đồng.",
        &["Giá trị còn lại của xe công"],
    );
}

#[test]
fn a_change_may_be_told_before_what_changes() {
    check_labels(
        "So với cùng kỳ, tỉnh tăng 15% về số doanh nghiệp và tăng 2,2 lần về số vốn đăng ký.",
        &["số doanh nghiệp tăng", "số vốn đăng ký tăng"],
    );
}

#[test]
fn subjects_of_counts_are_told_whole() {
    check_labels(
        "Tổng số hồ sơ được các chi nhánh tiếp nhận, phê duyệt tại 9 quận từ ngày 1/1/2016 là 840 hồ sơ.",
        &[
            "chi nhánh tiếp nhận, phê duyệt quận",
            "Tổng số hồ sơ được các chi nhánh tiếp nhận, phê duyệt",
        ],
    );
    check_labels(
        "Số lượng hợp tác xã thành lập mới có đăng ký thuế đã tăng khá cao so với những năm trước với 88 hợp tác xã.",
        &["Số lượng hợp tác xã thành lập mới có đăng ký thuế"],
    );
}

#[test]
fn changes_go_on_in_lists_and_at_a_later_time() {
    check_labels(
        "Sau sắp xếp, toàn tỉnh giảm 5 phòng chuyên môn cấp huyện, 12 đơn vị sự nghiệp và 86 biên chế.",
        &[
            "giảm phòng chuyên môn cấp huyện",
            "giảm đơn vị sự nghiệp",
            "giảm biên chế",
        ],
    );
    check_labels(
        "Doanh thu của hợp tác xã từ 7 tỷ đồng vào năm 2008 tăng lên 12 tỷ đồng vào năm 2016.",
        &["Doanh thu của hợp tác xã", "Doanh thu của hợp tác xã tăng lên"],
    );
    check_labels(
        "Tỉnh thu hút 24 dự án, tăng 35% về số dự án và 80% về vốn so với cùng kỳ.",
        &["Tỉnh thu hút dự án", "số dự án tăng", "Tỉnh thu hút dự án vốn tăng"],
    );
    check_labels(
        "Số hồ sơ tăng gấp 3 lần, từ 200 lên 600 hồ sơ.",
        &["Số hồ sơ tăng gấp", "Số hồ sơ", "Số hồ sơ"],
    );
    check_labels("Sở Y tế tiêu hủy 20.000 viên thuốc.", &["tiêu hủy viên thuốc"]);
    check_labels(
        "Bộ Công Thương đã cắt giảm 675 điều kiện kinh doanh.",
        &["cắt giảm điều kiện kinh doanh"],
    );
    check_labels(
        "Mức độ hài lòng chung đạt 84%, cao nhất là lĩnh vực đất đai 87%.",
        &[
            "Mức độ hài lòng chung",
            "Mức độ hài lòng chung cao nhất là lĩnh vực đất đai",
        ],
    );
}
