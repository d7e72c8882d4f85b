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
