//! Where names of gatherings end, which mentions are one gathering, and what of a sentence is told of it.

use super::tests::{check, check_dates, check_first};

#[test]
fn names_go_on_behind_brackets_and_short_forms() {
    check(&[
        (
            "Ngày 28/6, tại Cần Thơ, Ban Chỉ đạo tổ chức hội nghị tổng kết 5 năm (2012 - 2016) thực hiện đề án tín dụng.",
            "hội nghị: hội nghị tổng kết 5 năm (2012 - 2016) thực hiện đề án tín dụng",
        ),
        (
            "Chiều 7/2, Bí thư Thành ủy Trần Văn An làm việc với Quận ủy Q.9.",
            "buổi làm việc: Buổi làm việc với Quận ủy Q.9",
        ),
        (
            "Ngày 17/5, tỉnh tổ chức hội nghị đánh giá kết quả hợp tác trong thời gian qua.",
            "hội nghị: hội nghị đánh giá kết quả hợp tác",
        ),
    ]);
}

#[test]
fn several_gatherings_are_none_in_particular() {
    check(&[(
        "Từ đầu nhiệm kỳ đến nay đã qua năm kỳ họp nhưng vẫn khuyết nhân sự.",
        "",
    )]);
}

#[test]
fn a_plan_for_the_gathering_reported_on_is_no_other_one() {
    check(&[(
        "Sáng 6/7/2017, Bộ tổ chức Hội nghị tập huấn nghiệp vụ thanh tra. Trong 3 ngày, Hội nghị tập huấn nghiệp vụ thanh \
         tra sẽ thảo luận các chuyên đề.",
        "hội nghị: Hội nghị tập huấn nghiệp vụ thanh tra",
    )]);
}

#[test]
fn the_day_that_opens_the_sentence_is_that_of_the_gathering() {
    check_dates(&[(
        "Tối 13/6, đoàn công tác làm việc với UBND tỉnh về cứu hộ tàu bị mắc cạn gần đảo hôm 10/6.",
        "2019-06-13 evening",
    )]);
}

#[test]
fn seats_of_others_are_no_venues() {
    check_first(
        &[(
            "Chiều 5/7, UBND thành phố họp với Công ty Đại Dương (có trụ sở đóng tại tỉnh Thái Bình) về hỗ trợ ngư dân.",
            "",
        )],
        |_, meeting| meeting.places.iter().map(|site| site.name.as_str()).collect(),
    );
}

#[test]
fn verbs_imply_gatherings() {
    check(&[
        (
            "Sáng 12/7, Bí thư Tỉnh ủy Trần Văn An làm việc với Sở Giao thông vận tải về cơ chế một cửa.",
            "buổi làm việc: Buổi làm việc với Sở Giao thông vận tải về cơ chế một cửa",
        ),
        (
            "Chiều 3/4, Chủ tịch UBND tỉnh Trần Văn An tiếp Đại sứ Nhật Bản.",
            "buổi tiếp: Buổi tiếp Đại sứ Nhật Bản",
        ),
        (
            "Ngày 6/5, Ban Thường vụ Huyện ủy họp cho ý kiến về sắp xếp thôn.",
            "cuộc họp: Cuộc họp cho ý kiến về sắp xếp thôn",
        ),
        (
            "Ngày 6/5, các đại biểu Quốc hội tiếp xúc cử tri huyện Văn Quan.",
            "tiếp xúc cử tri: tiếp xúc cử tri huyện Văn Quan",
        ),
        (
            "Sáng 3/6, lãnh đạo Thành ủy gặp gỡ các doanh nghiệp vận tải.",
            "buổi gặp gỡ: Buổi gặp gỡ các doanh nghiệp vận tải",
        ),
        (
            "Chiều 31/5, các đại biểu thảo luận ở hội trường về dự án Luật Quy hoạch.",
            "phiên thảo luận: Phiên thảo luận ở hội trường về dự án Luật Quy hoạch",
        ),
        (
            "Làm việc tại quận Hà Đông sáng 7/2, Bí thư Thành ủy Trần Văn An yêu cầu giảm giấy tờ.",
            "buổi làm việc: Buổi làm việc",
        ),
        (
            "Ngày 10/5, Chủ tịch Quốc hội Trần Văn An đã trao quyết định phân công cán bộ chủ chốt.",
            "lễ trao quyết định: Lễ trao quyết định phân công cán bộ chủ chốt",
        ),
    ]);
}
