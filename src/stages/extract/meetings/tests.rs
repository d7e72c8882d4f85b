//! Gatherings and what the text says of them, in single sentences.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::lexicon::Lexicon;
use crate::stages::extract::people;
use crate::text::analysis::Scratch;

fn with_meetings<T>(text: &str, published: Option<&str>, use_it: impl FnOnce(&Analysis, &[Meeting]) -> T) -> T {
    let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
    let analysis = Analysis::new(text, &lexicon, &mut scratch);
    let published = published.map(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").expect("ISO date"));
    let context = Context::new(&analysis, published);
    let dates = DateIndex::find(&analysis, published);
    let people = people::find(&context);
    let meetings = find(&context, &people, &dates);
    use_it(&analysis, &meetings)
}

/// Compares what `tell` says of each text with the expectation, and names all that differ.
fn check_each<'t>(cases: &[(&'t str, &str)], tell: impl Fn(&'t str) -> String) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let found = tell(text);
        if found != *expected {
            wrong += &format!("{text}\n  found    {found}\n  expected {expected}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// `kind: name` of each gathering, joined by ` / `; in brackets where it is only mentioned.
pub(super) fn check(cases: &[(&str, &str)]) {
    check_each(cases, |text| {
        with_meetings(text, None, |_, meetings| {
            let tell = |meeting: &Meeting| match meeting.is_primary {
                true => format!("{}: {}", meeting.kind, meeting.name),
                false => format!("({}: {})", meeting.kind, meeting.name),
            };
            meetings.iter().map(tell).collect::<Vec<_>>().join(" / ")
        })
    });
}

/// EDTF date and part of the day of the first gathering of texts published on 15 May 2019.
pub(super) fn check_dates(cases: &[(&str, &str)]) {
    check_each(cases, |text| {
        with_meetings(text, Some("2019-05-15"), |_, meetings| {
            let Some(date) = meetings.first().and_then(|meeting| meeting.date.as_ref()) else {
                return "-".to_owned();
            };
            let part = date.part_of_day.map_or("", |part| part.as_str());
            format!("{} {part}", date.edtf()).trim_end().to_owned()
        })
    });
}

#[test]
fn a_text_may_report_on_gatherings_of_one_day() {
    check(&[(
        "Sáng 5/4/2019, UBND tỉnh tổ chức Lễ trao quyết định về công tác cán bộ. Bí thư Tỉnh ủy Trần Văn An phát biểu. \
             Chiều cùng ngày, Bí thư Tỉnh ủy Trần Văn An chủ trì hội nghị giao ban công tác cải cách hành chính quý I.",
        "lễ trao: Lễ trao quyết định về công tác cán bộ / \
             hội nghị: hội nghị giao ban công tác cải cách hành chính quý I",
    )]);
}

#[test]
fn the_first_of_several_days_is_the_day() {
    check_dates(&[("Từ ngày 6 đến 8/5/2019, HĐND tỉnh tổ chức kỳ họp thứ 9.", "2019-05-06")]);
}

#[test]
fn a_limit_or_another_event_gives_no_day() {
    check_dates(&[
        ("Tại cuộc họp, Sở yêu cầu các huyện báo cáo trước ngày 10/2/2019.", "-"),
        ("Tại hội nghị, Sở cho biết tính đến ngày 10/4 đã xong 90 % hồ sơ.", "-"),
        (
            "Phải báo cáo trước ngày 10/6. Ngày 20/5, Sở họp báo. Chiều cùng ngày, Tổ kiểm tra đi Thanh Oai.",
            "2019-05-20",
        ),
    ]);
}

pub(super) fn check_first(cases: &[(&str, &str)], tell: impl Fn(&Analysis, &Meeting) -> String) {
    check_each(cases, |text| {
        with_meetings(text, None, |analysis, meetings| {
            meetings
                .first()
                .map_or_else(|| "no gathering".to_owned(), |meeting| tell(analysis, meeting))
        })
    });
}

#[test]
fn bodies_with_verbs_in_their_name_are_whole() {
    check(&[
        (
            "Chiều 5/6 diễn ra cuộc họp của Ban chỉ đạo chuyển đổi số tỉnh về hạ tầng số.",
            "cuộc họp: cuộc họp của Ban chỉ đạo chuyển đổi số tỉnh về hạ tầng số",
        ),
        (
            "Sáng 5/6, Tỉnh ủy tổ chức Hội nghị triển khai quyết định của Ban Bí thư về công tác cán bộ.",
            "hội nghị: Hội nghị triển khai quyết định của Ban Bí thư về công tác cán bộ",
        ),
        (
            "Sáng 5/6, tại lễ công bố quyết định nghỉ hưu, ông nói lời chia tay.",
            "lễ công bố: lễ công bố quyết định nghỉ hưu",
        ),
    ]);
}

#[test]
fn names_end_where_the_next_sentence_runs_in() {
    check(&[
        (
            "Sáng 5/6, Sở Nội vụ tổ chức hội nghị về tinh giản biên chế Theo báo cáo của Sở, việc này chậm.",
            "hội nghị: hội nghị về tinh giản biên chế",
        ),
        (
            "Trong phiên họp buổi sáng 5/6, các đại biểu tán thành.",
            "phiên họp: phiên họp",
        ),
        (
            "Sáng 5/6 diễn ra Lễ kỷ niệm 60 năm Ngày truyền thống ngành Nội vụ.",
            "lễ kỷ niệm: Lễ kỷ niệm 60 năm Ngày truyền thống ngành Nội vụ",
        ),
    ]);
}

#[test]
fn what_follows_may_be_no_topic() {
    check(&[
        (
            "Sáng 5/6, Sở Nội vụ họp giao ban quý II. Tại hội nghị thay mặt Sở Tài chính, ông nêu khó khăn.",
            "giao ban: giao ban quý II",
        ),
        (
            "Sáng 5/6 diễn ra Phiên họp thứ bảy với hình thức trực tuyến.",
            "phiên họp: Phiên họp thứ bảy",
        ),
        (
            "Sáng 5/6, Sở Nội vụ tổ chức hội nghị với các huyện nhằm rà soát thủ tục hành chính.",
            "hội nghị: hội nghị với các huyện nhằm rà soát thủ tục hành chính",
        ),
        (
            "Sáng 5/6, UBND tỉnh họp báo về sự cố xảy ra đêm 3/6.",
            "họp báo: họp báo về sự cố",
        ),
    ]);
}

#[test]
fn a_late_gathering_that_opens_its_sentence_is_reported() {
    let filler = "Người dân chờ đường mới. ".repeat(14);
    let late = format!(
        "{filler}Tại Hội nghị triển khai nhiệm vụ năm 2017 của Cục Hải quan (cuối tháng 1/2017), ông Trần Văn An phát biểu."
    );
    check_dates(&[(&late, "2017-01-XX")]);
    let passing = format!("{filler}Ông Trần Văn An nhớ hội nghị triển khai nhiệm vụ của Cục Hải quan.");
    check(&[(&passing, "")]);
}

#[test]
fn what_is_planned_is_not_reported() {
    check(&[
        ("Sở sẽ báo cáo HĐND tỉnh tại kỳ họp thứ ba khóa X.", ""),
        ("Kỳ họp thứ ba HĐND tỉnh sẽ khai mạc vào tháng 7.", ""),
        (
            "Nội dung được chuẩn bị cho kỳ họp thứ ba HĐND tỉnh (dự kiến họp từ 5/7).",
            "",
        ),
        ("Hai bên dự hội nghị thường niên về đất đai vào ngày 8/7 tới.", ""),
    ]);
}

#[test]
fn gatherings_of_other_kinds_and_times_are_others() {
    check(&[
        (
            "Chiều 27/6, tại buổi họp báo, Sở Nội vụ trả lời. Tuần rồi có buổi tiếp xúc cử tri năm quận nội thành.",
            "họp báo: buổi họp báo / (tiếp xúc cử tri: buổi tiếp xúc cử tri năm quận nội thành)",
        ),
        (
            "Ngày 20/6, UBND tỉnh họp về đê điều. Trước đó, ngày 3/2, Bí thư Tỉnh ủy Trần Văn An dự Hội nghị bàn về thủy lợi.",
            "cuộc họp: Cuộc họp về đê điều / (hội nghị: Hội nghị bàn về thủy lợi)",
        ),
        (
            "Chiều 7/6, Quốc hội thảo luận về dự án Luật Thủy sản.",
            "phiên thảo luận: Phiên thảo luận về dự án Luật Thủy sản",
        ),
    ]);
}

#[test]
fn a_visitor_is_received_by_a_person_with_many_posts() {
    check(&[(
        "Chiều 21/6, Ủy viên Bộ Chính trị, Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao Trần Văn An tiếp Đại sứ Nhật Bản Ken Ito.",
        "buổi tiếp: Buổi tiếp Đại sứ Nhật Bản Ken Ito",
    )]);
}

#[test]
fn nouns_name_gatherings_with_their_topic() {
    check(&[
        (
            "Sáng 12/3, UBND tỉnh tổ chức Hội nghị tổng kết công tác cải cách hành chính năm 2018.",
            "hội nghị: Hội nghị tổng kết công tác cải cách hành chính năm 2018",
        ),
        (
            "Chiều 4/6, Phiên họp thứ ba Ban Chỉ đạo cải cách hành chính tỉnh diễn ra tại hội trường lớn.",
            "phiên họp: Phiên họp thứ ba Ban Chỉ đạo cải cách hành chính tỉnh",
        ),
        (
            "Ngày 5/7, kỳ họp thứ 8 HĐND tỉnh khóa XV đã khai mạc.",
            "kỳ họp: kỳ họp thứ 8 HĐND tỉnh khóa XV",
        ),
        ("Sáng nay, Bộ Nội vụ tổ chức họp báo quý II.", "họp báo: họp báo quý II"),
        (
            "Sáng 20/6, Tổ công tác của Thủ tướng đã kiểm tra Tập đoàn Dầu khí về việc thực hiện nhiệm vụ.",
            "buổi kiểm tra: Buổi kiểm tra Tập đoàn Dầu khí về việc thực hiện nhiệm vụ",
        ),
        (
            "Ngày 9/9, Sở Tư pháp tổ chức tọa đàm về kiểm soát thủ tục hành chính.",
            "tọa đàm: tọa đàm về kiểm soát thủ tục hành chính",
        ),
        (
            "Chiều 2/2 đã diễn ra lễ công bố Chỉ số cải cách hành chính cấp tỉnh.",
            "lễ công bố: lễ công bố Chỉ số cải cách hành chính cấp tỉnh",
        ),
        (
            "Ngày 20/10, tại huyện diễn ra buổi đối thoại giữa Chủ tịch UBND huyện với nông dân.",
            "đối thoại: buổi đối thoại giữa Chủ tịch UBND huyện với nông dân",
        ),
        (
            "Sáng 1/8, hội thảo “Chính quyền số vì người dân” được tổ chức.",
            "hội thảo: hội thảo “Chính quyền số vì người dân”",
        ),
        (
            "Sáng 12/3 diễn ra Hội nghị sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm.",
            "hội nghị: Hội nghị sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm",
        ),
    ]);
}

#[test]
fn generic_kinds_and_other_meanings_are_no_gatherings() {
    check(&[
        ("Các cuộc họp phải được rút ngắn.", ""),
        ("Sáng 20/6, lực lượng chức năng kiểm tra Công ty Hoa Mai.", ""),
        ("Cán bộ dự nhiều hội nghị trong năm.", ""),
        ("Giao ban hằng tuần được duy trì.", ""),
        ("Lễ hội mùa xuân thu hút du khách.", ""),
        ("Nâng cấp phòng họp của cơ quan.", ""),
        ("Hội đồng nhân dân tỉnh ban hành nghị quyết.", ""),
        ("Sở làm việc với tinh thần trách nhiệm cao.", ""),
        ("Bộ phận một cửa tiếp nhận hồ sơ trong ngày 3/5.", ""),
        ("Hội thi cán bộ một cửa giỏi vừa kết thúc.", ""),
        ("Tòa án mở phiên tòa sáng 7/7.", ""),
        ("Sáng 7/7, đoàn đến thăm Trung tâm Hội nghị tỉnh Bình Dương.", ""),
    ]);
}

#[test]
fn the_same_gathering_named_in_several_ways_is_one() {
    check(&[
        (
            "Sáng 12/3, UBND tỉnh tổ chức Hội nghị tổng kết cải cách hành chính. Phát biểu tại hội nghị, ông An nêu rõ. \
             Hội nghị cũng trao thưởng.",
            "hội nghị: Hội nghị tổng kết cải cách hành chính",
        ),
        (
            "Phiên họp thứ bảy Ban Chỉ đạo\nChiều 2/2, Ban Chỉ đạo tổ chức phiên họp thứ 7 trực tuyến.",
            "phiên họp: Phiên họp thứ bảy Ban Chỉ đạo",
        ),
        (
            "Ngày 7/8, UBND huyện làm việc với các xã về tinh giản biên chế. Tại buổi làm việc, các xã báo cáo.",
            "buổi làm việc: Buổi làm việc với các xã về tinh giản biên chế",
        ),
    ]);
}

#[test]
fn what_is_only_mentioned_is_not_primary() {
    check(&[
        (
            "Sáng 12/3, UBND tỉnh họp báo công bố Chỉ số hài lòng. Nội dung này sẽ được trình kỳ họp thứ 9 HĐND tỉnh.",
            "họp báo: họp báo công bố Chỉ số hài lòng / (kỳ họp: kỳ họp thứ 9 HĐND tỉnh)",
        ),
        ("Sở đang chuẩn bị cho hội nghị tổng kết năm.", ""),
        (
            "Sáng 8/6, tỉnh tổ chức hội nghị triển khai Luật Quy hoạch. Hội nghị tán thành các giải pháp. Việc này theo \
             Nghị quyết Hội nghị Trung ương 5 khóa XII.",
            "hội nghị: hội nghị triển khai Luật Quy hoạch / (hội nghị: Hội nghị Trung ương 5 khóa XII)",
        ),
        (
            "Sáng 8/6, tại hội nghị, hầu hết các sở đều báo cáo.",
            "hội nghị: hội nghị",
        ),
        (
            "Sáng 12/7, Bộ Nội vụ họp báo công bố sáu luật được thông qua tại kỳ họp thứ 3 vừa qua.",
            "họp báo: họp báo công bố sáu luật / (kỳ họp: kỳ họp thứ 3)",
        ),
        ("Sở sẽ trình kỳ họp gần nhất. Đối thoại và hòa giải là chính.", ""),
        (
            "Sáng 8/6, Đảng ủy họp báo cáo kết quả. Đây là bước chuẩn bị Hội nghị Trung ương 6 sắp tới.",
            "cuộc họp: Cuộc họp báo cáo kết quả / (hội nghị: Hội nghị Trung ương 6)",
        ),
    ]);
}

#[test]
fn days_come_from_the_sentence_and_the_day_of_publication() {
    check_dates(&[
        (
            "Sáng 12/3, UBND tỉnh tổ chức hội nghị tổng kết năm.",
            "2019-03-12 morning",
        ),
        (
            "Ngày 21 tháng 10 năm 2018, Sở Nội vụ tổ chức hội thảo về biên chế.",
            "2018-10-21",
        ),
        ("Chiều nay, Bộ Nội vụ tổ chức họp báo.", "2019-05-15 afternoon"),
        ("Hôm qua, UBND huyện tổ chức hội nghị giao ban.", "2019-05-14"),
        ("Tối 14-5, lễ khai mạc diễn ra tại quảng trường.", "2019-05-14 evening"),
        (
            "Trong hai ngày 9 và 10/5, Huyện ủy tổ chức hội nghị tập huấn.",
            "2019-05-09",
        ),
        ("Từ ngày 9 đến 11/5, kỳ họp thứ 8 HĐND tỉnh diễn ra.", "2019-05-09"),
        (
            "UBND tỉnh tổ chức hội nghị sơ kết một cửa. Hội nghị diễn ra chiều 13/5.",
            "2019-05-13 afternoon",
        ),
        // Days of something else, and numbers that are no days.
        (
            "Sáng 12/3, tại hội nghị, Sở báo cáo kết quả thực hiện Quyết định ban hành ngày 2/1.",
            "2019-03-12 morning",
        ),
        ("Tại hội nghị, Sở báo cáo 16/16 mục tiêu đã đạt.", "-"),
        ("Hội nghị triển khai Nghị định 12/5/NĐ-CP thu hút đông đại biểu.", "-"),
    ]);
}

#[test]
fn a_day_without_any_year_stays_open() {
    with_meetings(
        "Sáng 12/3, UBND tỉnh tổ chức hội nghị tổng kết năm.",
        None,
        |_, meetings| {
            let date = meetings[0].date.as_ref().map(|date| date.edtf());
            assert_eq!(date.as_deref(), Some("XXXX-03-12"));
        },
    );
}

#[test]
fn formats_are_told_of_the_gathering_alone() {
    check_first(
        &[
            (
                "Sáng 12/3, Chính phủ tổ chức Hội nghị trực tuyến toàn quốc về đầu tư công.",
                "online",
            ),
            (
                "Sáng 12/3, hội nghị được kết nối tới các điểm cầu của 63 tỉnh.",
                "online",
            ),
            (
                "Sáng 12/3, hội nghị tổ chức theo hình thức trực tiếp kết hợp trực tuyến.",
                "hybrid",
            ),
            (
                "Sáng 12/3, phiên họp được tổ chức theo hình thức trực tiếp.",
                "in_person",
            ),
            (
                "Sáng 12/3 đã diễn ra cuộc họp báo, theo tạp chí Tri thức trực tuyến.",
                "-",
            ),
            ("Sáng 12/3, hội nghị bàn về dịch vụ công trực tuyến mức độ 4.", "-"),
            ("Sáng 12/3, tại hội nghị, ông An trực tiếp trả lời cử tri.", "-"),
        ],
        |_, meeting| meeting.format.unwrap_or("-").to_owned(),
    );
}

#[test]
fn hosts_are_organisations() {
    check_first(
        &[
            (
                "Sáng 12/3, UBND tỉnh Hà Nam tổ chức hội nghị tổng kết năm.",
                "UBND tỉnh Hà Nam",
            ),
            (
                "Ngày 5/5, hội thảo do Sở Thông tin và Truyền thông tổ chức đã khép lại.",
                "Sở Thông tin và Truyền thông",
            ),
            ("Sáng 3/6, phiên họp Chính phủ thường kỳ tháng 5 diễn ra.", "Chính phủ"),
            (
                "Ngày 6/5, Ban Thường vụ Huyện ủy họp cho ý kiến về sắp xếp thôn.",
                "Ban Thường vụ Huyện ủy",
            ),
            ("Sáng 12/3, hội nghị tổng kết năm diễn ra tại hội trường lớn.", "-"),
            (
                "Sáng 12/3, Sở Y tế tỉnh Hà Nam họp báo về vắc-xin.",
                "Sở Y tế tỉnh Hà Nam",
            ),
            (
                "Sáng 12/3, Chủ tịch UBND tỉnh Trần Văn An chủ trì tổ chức hội nghị.",
                "-",
            ),
            (
                "Sáng 12/3, Văn phòng Chủ tịch nước chủ trì tổ chức cuộc gặp mặt báo chí.",
                "Văn phòng Chủ tịch nước",
            ),
            ("Sáng 12/3 diễn ra Hội nghị Bộ trưởng Tài chính các nước.", "-"),
            ("Sáng 12/3 diễn ra buổi tiếp xúc cử tri TP Hải Phòng.", "-"),
            (
                "Sáng 12/3, tại phiên họp của Ủy ban Thường vụ Quốc hội, ông An trình bày.",
                "Ủy ban Thường vụ Quốc hội",
            ),
            (
                "Sáng 12/3, hội nghị triển khai Nghị định 67 của Chính phủ diễn ra.",
                "-",
            ),
            ("Sáng 12/3, ông An chủ trì cuộc họp với các Sở, ngành về đầu tư.", "-"),
            (
                "Sáng 12/3, tại cuộc họp báo của Bộ Công an, trung tướng Lê Bảo trả lời.",
                "Bộ Công an",
            ),
            (
                "Sáng 12/3, Bộ Nội vụ phối hợp với UBND tỉnh tổ chức hội thảo về biên chế.",
                "Bộ Nội vụ",
            ),
        ],
        |analysis, meeting| {
            meeting
                .host
                .as_ref()
                .map_or("-", |host| analysis.slice(host))
                .to_owned()
        },
    );
}

#[test]
fn places_are_where_it_is_held_or_followed() {
    check_first(
        &[
            (
                "Sáng 12/3, tại Hà Nội, Bộ Nội vụ tổ chức hội nghị tổng kết năm.",
                "Hà Nội",
            ),
            ("Sáng 12/3, tại TP.HCM, Bộ Nội vụ tổ chức hội thảo.", "TP HCM"),
            (
                "Sáng 12/3, tại khách sạn Hương Lúa - đường Lê Lợi, thành phố Quy Nhơn (Bình Định), khai mạc hội thảo về biển.",
                "Quy Nhơn; Bình Định",
            ),
            (
                "Sáng 12/3, Chính phủ họp trực tuyến toàn quốc. Tại điểm cầu Lạng Sơn có lãnh đạo các sở. Tại điểm cầu \
                 tỉnh Kon Tum, các ngành cùng dự.",
                "Lạng Sơn; Kon Tum",
            ),
            ("Sáng 12/3, hội nghị bàn về tình hình ở Hà Nội.", ""),
            ("Sáng 12/3, tại thị xã Cửa Lò diễn ra hội nghị giao ban.", "Cửa Lò"),
            ("Sáng 12/3, UBND tỉnh Hà Nam tổ chức hội nghị tổng kết năm.", ""),
        ],
        |_, meeting| {
            let names: Vec<&str> = meeting.places.iter().map(|site| site.name.as_str()).collect();
            names.join("; ")
        },
    );
}

#[test]
fn session_numbers_are_digits_words_or_roman() {
    check_first(
        &[
            ("Sáng 5/7, kỳ họp thứ 8 HĐND tỉnh khai mạc.", "8"),
            ("Sáng 5/7, phiên họp thứ bảy Ban Chỉ đạo diễn ra.", "7"),
            ("Sáng 5/7, kỳ họp thứ mười một HĐND tỉnh khai mạc.", "11"),
            ("Sáng 5/7, kỳ họp thứ hai mươi HĐND tỉnh khai mạc.", "20"),
            ("Sáng 5/7, kỳ họp thứ hai mươi ba HĐND tỉnh khai mạc.", "23"),
            (
                "Sáng 5/7, Hội nghị lần thứ XIV Ban Chấp hành Đảng bộ tỉnh khai mạc.",
                "14",
            ),
            ("Sáng 5/7, kỳ họp thứ nhất HĐND tỉnh khóa XV khai mạc.", "1"),
            ("Sáng 5/7, kỳ họp bất thường HĐND tỉnh khai mạc.", "-"),
        ],
        |_, meeting| {
            meeting
                .session_number
                .map_or("-".to_owned(), |number| number.to_string())
        },
    );
}

#[test]
fn levels_come_from_the_name_the_host_and_the_chairs() {
    check_first(
        &[
            (
                "Sáng 5/7, Chính phủ tổ chức hội nghị trực tuyến toàn quốc về đầu tư.",
                "national",
            ),
            ("Sáng 5/7, UBND tỉnh Hà Nam tổ chức hội nghị giao ban quý.", "province"),
            (
                "Sáng 5/7, UBND huyện Văn Quan tổ chức hội nghị giao ban quý.",
                "district",
            ),
            ("Sáng 5/7, UBND xã Bằng Lang tổ chức hội nghị giao ban quý.", "commune"),
            ("Sáng 5/7, Bộ Nội vụ tổ chức hội nghị giao ban quý.", "ministry"),
            ("Sáng 5/7, Tỉnh ủy tổ chức hội nghị giao ban quý.", "party"),
            ("Sáng 5/7, hội nghị giao ban quý diễn ra.", "-"),
        ],
        |analysis, meeting| {
            let level = level(analysis, &meeting.quote, meeting.host.as_ref(), std::iter::empty());
            level.unwrap_or("-").to_owned()
        },
    );
}

proptest! {
    /// Whatever the words, the gatherings that a text reports on come first, in text order, and quotes are grounded.
    #[test]
    fn reported_gatherings_come_first_and_quotes_are_grounded(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        let text = words.join(" ");
        with_meetings(&text, None, |analysis, meetings| {
            assert!(meetings.first().is_none_or(|meeting| meeting.is_primary));
            assert!(meetings.is_sorted_by_key(|meeting| !meeting.is_primary));
            let reported = meetings.iter().filter(|meeting| meeting.is_primary);
            assert!(reported.map(|meeting| meeting.anchor.start).is_sorted());
            let grounded = |range: &TokenRange| range.start < range.end && range.end <= analysis.len();
            for meeting in meetings {
                assert!(!meeting.name.is_empty() && !meeting.kind.is_empty());
                assert!(grounded(&meeting.quote) && grounded(&meeting.anchor));
                assert!(meeting.host.as_ref().is_none_or(grounded));
            }
        });
    }
}

const WORDS: &[&str] = &[
    "hội nghị",
    "Hội nghị",
    "phiên họp",
    "kỳ họp",
    "họp",
    "làm việc với",
    "tiếp",
    "tổng kết",
    "trực tuyến",
    "thứ",
    "bảy",
    "8",
    "sáng",
    "12/3",
    "ngày",
    "UBND",
    "tỉnh",
    "Hà Nam",
    "tổ chức",
    "tại",
    "điểm cầu",
    "do",
    ",",
    ".",
    ";",
    "“",
    "”",
    "(",
    ")",
    "\n",
    "Thủ tướng",
    "Trần Văn An",
    "chủ trì",
    "sẽ",
    "các",
    "của",
    "giữa",
    "và",
];
