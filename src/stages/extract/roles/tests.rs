//! Parts that persons take, in texts of two or three sentences.

use proptest::prelude::*;

use super::*;
use crate::lexicon::Lexicon;
use crate::stages::extract::context::Context;
use crate::stages::extract::{meetings, people};
use crate::text::analysis::Scratch;
use crate::text::date::DateIndex;

fn with_parts<T>(text: &str, use_it: impl FnOnce(&Analysis, &People, &[Participation]) -> T) -> T {
    let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
    let analysis = Analysis::new(text, &lexicon, &mut scratch);
    let context = Context::new(&analysis, None);
    let dates = DateIndex::find(&analysis, None);
    let people = people::find(&context);
    let meetings = meetings::find(&context, &people, &dates);
    let parts = find(&analysis, &people, &meetings);
    use_it(&analysis, &people, &parts)
}

/// Behind `OPENING`, each text gives exactly these parts, as `name role`.
fn check(cases: &[(&str, &[&str])]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let text = format!("{OPENING} {text}");
        let mut found: Vec<String> = with_parts(&text, |_, people, parts| {
            parts
                .iter()
                .map(|part| format!("{} {}", people.persons[part.person].name, part.role.as_str()))
                .collect()
        });
        let mut expected: Vec<String> = expected.iter().map(|part| (*part).to_owned()).collect();
        found.sort();
        expected.sort();
        if found != expected {
            wrong += &format!("{text}\n  found    {found:?}\n  expected {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A gathering without anybody in it.
const OPENING: &str = "Sáng 12/3 diễn ra Hội nghị tổng kết công tác cải cách hành chính năm 2018.";

#[test]
fn a_list_of_those_present_ends_at_the_next_list() {
    check(&[
        (
            "Chủ trì họp báo có Giám đốc Sở Y tế Trần Văn An; cùng dự có bà Lê Thị Bình, Chánh Văn phòng Sở.",
            &["Trần Văn An chair", "Lê Thị Bình attendee"],
        ),
        (
            "Phó Chủ tịch UBND tỉnh Trần Văn An chủ trì, cùng các sở, ngành tham dự hội nghị.",
            &["Trần Văn An chair"],
        ),
        (
            "Giám đốc Sở Y tế Trần Văn An bày tỏ vinh dự và tự hào.",
            &["Trần Văn An speaker"],
        ),
    ]);
}

#[test]
fn decisions_are_handed_over_like_awards() {
    check(&[
        (
            "Bí thư Thị ủy Lê Thị Bình trao quyết định bổ nhiệm cho ông Trần Văn An, Chánh Văn phòng Thị ủy.",
            &["Lê Thị Bình awarder", "Trần Văn An awardee"],
        ),
        (
            "Bí thư Thị ủy Lê Thị Bình trao quyết định cho ông Trần Văn An, Chánh Thanh tra và bà Vũ Thị Hoa, Trưởng phòng Nội vụ.",
            &["Lê Thị Bình awarder", "Trần Văn An awardee", "Vũ Thị Hoa awardee"],
        ),
        (
            "Chủ tịch UBND huyện Trần Văn An báo cáo. Chủ tịch UBND tỉnh trao Bằng khen cho hai xã.",
            &["Trần Văn An speaker"],
        ),
    ]);
}

#[test]
fn who_runs_things_does_not_chair() {
    check(&[
        ("Thủ tướng Trần Văn An điều hành quyết liệt việc này.", &[]),
        (
            "Thủ tướng Trần Văn An khẳng định đã chủ trì kết luận các sai phạm.",
            &["Trần Văn An speaker"],
        ),
        (
            "Chủ tịch HĐND tỉnh Trần Văn An điều hành nội dung chất vấn.",
            &["Trần Văn An chair"],
        ),
    ]);
}

#[test]
fn reports_and_lines_of_talk_have_speakers() {
    check(&[
        (
            "Theo báo cáo của Giám đốc Sở Nội vụ Trần Văn An, tỉnh giảm 13 phòng.",
            &["Trần Văn An speaker"],
        ),
        (
            "Báo cáo của Thứ trưởng Lê Thị Bình cho thấy việc này chậm.",
            &["Lê Thị Bình speaker"],
        ),
        (
            "- Bộ trưởng Bộ Tài chính Trần Văn An: Nợ công giảm.",
            &["Trần Văn An speaker"],
        ),
        ("Các Phó Chủ tịch UBND tỉnh: Trần Văn An, Lê Thị Bình.", &[]),
        ("Thực hiện chỉ đạo của Thủ tướng Trần Văn An, các sở đã vào cuộc.", &[]),
    ]);
}

#[test]
fn what_was_said_elsewhere_is_no_part() {
    check(&[
        ("Mới đây, Bí thư Tỉnh ủy Trần Văn An đã thống nhất chủ trương này.", &[]),
        ("Bên lề hội nghị, Giám đốc Sở Y tế Trần Văn An chia sẻ thêm.", &[]),
        (
            "Thứ trưởng Lê Thị Bình cho biết, Thủ tướng Trần Văn An đã chỉ đạo làm rõ.",
            &["Lê Thị Bình speaker"],
        ),
        (
            "Thứ trưởng Lê Thị Bình cho biết, việc này chậm; còn Vụ trưởng Trần Văn An đề nghị chờ.",
            &["Lê Thị Bình speaker", "Trần Văn An speaker"],
        ),
    ]);
}

#[test]
fn presence_is_told_of_those_who_came() {
    check(&[
        (
            "Chủ tịch HĐND tỉnh Trần Văn An; Giám đốc Sở Nội vụ Lê Thị Bình; đại diện các huyện đã dự hội nghị.",
            &["Trần Văn An attendee", "Lê Thị Bình attendee"],
        ),
        (
            "Bí thư Huyện ủy Trần Văn An vắng. Dự hội nghị có Bí thư, Phó Bí thư 19 xã.",
            &[],
        ),
        ("Thủ tướng Trần Văn An nhận lời sẽ tham dự hội nghị năm sau.", &[]),
        (
            "Đứng về phía doanh nghiệp, Chủ tịch Hiệp hội Trần Văn An tỏ ra lo.",
            &[],
        ),
    ]);
}

#[test]
fn chairs_stand_before_or_after_the_verb() {
    check(&[
        ("Bí thư Tỉnh ủy Trần Văn An chủ trì hội nghị.", &["Trần Văn An chair"]),
        (
            "Đồng chí Trần Văn An, Bí thư Tỉnh ủy và đồng chí Lê Thị Bình, Chủ tịch UBND tỉnh đồng chủ trì hội nghị.",
            &["Trần Văn An chair", "Lê Thị Bình chair"],
        ),
        (
            "Hội nghị diễn ra dưới sự chủ trì của Bí thư Tỉnh ủy Trần Văn An và Chủ tịch UBND tỉnh Lê Thị Bình.",
            &["Trần Văn An chair", "Lê Thị Bình chair"],
        ),
        (
            "Hội nghị do đồng chí Trần Văn An, Phó Chủ tịch UBND tỉnh chủ trì.",
            &["Trần Văn An chair"],
        ),
        (
            "Chủ trì hội nghị có các đồng chí: Trần Văn An, Bí thư Tỉnh ủy; Lê Thị Bình, Chủ tịch UBND tỉnh.",
            &["Trần Văn An chair", "Lê Thị Bình chair"],
        ),
        (
            "Tại điểm cầu thị xã Cửa Lò do đồng chí Trần Văn An – Chủ tịch UBND thị xã chủ trì.",
            &["Trần Văn An chair"],
        ),
        (
            "Chủ tịch HĐND tỉnh Trần Văn An điều hành phiên thảo luận.",
            &["Trần Văn An chair"],
        ),
        (
            "Bộ trưởng Bộ Nội vụ Trần Văn An chủ trì. Cùng chủ trì có Thứ trưởng Lê Thị Bình.",
            &["Trần Văn An chair", "Lê Thị Bình chair"],
        ),
        (
            "Chánh Thanh tra tỉnh Trần Văn An điều hành điểm cầu Hà Tĩnh.",
            &["Trần Văn An chair"],
        ),
        (
            "Phó Chủ tịch Quốc hội Trần Văn An điều khiển thảo luận ở hội trường.",
            &["Trần Văn An chair"],
        ),
    ]);
}

#[test]
fn a_task_makes_no_chair() {
    check(&[
        (
            "Bí thư Tỉnh ủy Trần Văn An yêu cầu Sở Nội vụ chủ trì, phối hợp với các ngành rà soát.",
            &["Trần Văn An speaker"],
        ),
        (
            "Theo Giám đốc Sở Nội vụ Trần Văn An, Sở chủ trì xây dựng đề án.",
            &["Trần Văn An speaker"],
        ),
    ]);
}

#[test]
fn speakers_stand_on_either_side_of_what_they_say() {
    check(&[
        (
            "Chủ tịch UBND tỉnh Trần Văn An nhấn mạnh vai trò người đứng đầu.",
            &["Trần Văn An speaker"],
        ),
        (
            "Phát biểu tại hội nghị, đồng chí Trần Văn An, Bí thư Tỉnh ủy yêu cầu các sở rà soát.",
            &["Trần Văn An speaker"],
        ),
        (
            "Kết luận hội nghị, Chủ tịch UBND tỉnh Trần Văn An ghi nhận kết quả.",
            &["Trần Văn An speaker"],
        ),
        (
            "Theo Giám đốc Sở Nội vụ Trần Văn An, biên chế đã giảm.",
            &["Trần Văn An speaker"],
        ),
        (
            "“Chúng ta phải làm nhanh hơn”, Chủ tịch UBND tỉnh Trần Văn An nói.",
            &["Trần Văn An speaker"],
        ),
        (
            "“Chúng ta phải làm nhanh hơn”, nói ông Trần Văn An, Giám đốc Sở Nội vụ.",
            &["Trần Văn An speaker"],
        ),
        (
            "Ông Trần Văn An - Giám đốc Sở Nội vụ trình bày báo cáo tổng kết.",
            &["Trần Văn An speaker"],
        ),
        (
            "Giám đốc Sở Nội vụ Trần Văn An dự. Phát biểu kết luận, ông An đề nghị làm ngay.",
            &["Trần Văn An attendee", "Trần Văn An speaker"],
        ),
        (
            "Thủ tướng Trần Văn An chủ trì hội nghị. Thủ tướng yêu cầu các bộ cắt giảm thủ tục.",
            &["Trần Văn An chair", "Trần Văn An speaker"],
        ),
    ]);
}

#[test]
fn who_is_spoken_to_is_no_speaker() {
    check(&[
        (
            "Chủ tịch UBND tỉnh Trần Văn An đề nghị Giám đốc Sở Nội vụ Lê Thị Bình báo cáo rõ.",
            &["Trần Văn An speaker"],
        ),
        ("Cử tri cảm ơn Chủ tịch UBND tỉnh Trần Văn An.", &[]),
        (
            "Sau khi xem xét vi phạm của Giám đốc Sở Tài chính Trần Văn An, Ban Bí thư kết luận cần kỷ luật.",
            &[],
        ),
        (
            "Thực hiện chỉ đạo của Chủ tịch UBND tỉnh Trần Văn An, các sở đã rà soát.",
            &[],
        ),
    ]);
}

#[test]
fn attendees_are_listed_or_do_the_attending() {
    check(&[
        (
            "Tới dự có các đồng chí: Trần Văn An, Bí thư Tỉnh ủy; Lê Thị Bình, Chủ tịch UBND tỉnh.",
            &["Trần Văn An attendee", "Lê Thị Bình attendee"],
        ),
        (
            "Cùng dự có Phó Chủ tịch UBND tỉnh Trần Văn An và lãnh đạo các sở.",
            &["Trần Văn An attendee"],
        ),
        (
            "Hội nghị có sự tham dự của Thứ trưởng Bộ Nội vụ Trần Văn An.",
            &["Trần Văn An attendee"],
        ),
        (
            "Phó Chủ tịch UBND tỉnh Trần Văn An dự hội nghị.",
            &["Trần Văn An attendee"],
        ),
        (
            "Phó Chủ tịch UBND tỉnh Trần Văn An tham dự hội nghị.",
            &["Trần Văn An attendee"],
        ),
        (
            "Đồng chí Trần Văn An, Bí thư Tỉnh ủy đến dự và phát biểu chỉ đạo hội nghị.",
            &["Trần Văn An attendee", "Trần Văn An speaker"],
        ),
        (
            "Dự hội nghị có đồng chí Trần Văn An, Bí thư Tỉnh ủy.",
            &["Trần Văn An attendee"],
        ),
        (
            "Cùng tham dự có các đồng chí trong Ban Thường vụ Tỉnh ủy; đồng chí Trần Văn An, Chánh Văn phòng UBND tỉnh.",
            &["Trần Văn An attendee"],
        ),
    ]);
}

#[test]
fn projects_and_forecasts_make_no_attendees() {
    check(&[
        ("Chủ tịch UBND tỉnh Trần Văn An dự kiến thăm các xã.", &[]),
        ("Dự án do Giám đốc Sở Nội vụ Trần Văn An phụ trách.", &[]),
        ("Dự thảo của Giám đốc Sở Tư pháp Trần Văn An đã xong.", &[]),
    ]);
}

#[test]
fn awards_are_given_and_received() {
    check(&[
        (
            "Phó Chủ tịch UBND tỉnh Trần Văn An trao Bằng khen cho các tập thể.",
            &["Trần Văn An awarder"],
        ),
        (
            "Giám đốc Sở Nội vụ Lê Thị Bình được tặng Bằng khen.",
            &["Lê Thị Bình awardee"],
        ),
        (
            "Giám đốc Sở Nội vụ Lê Thị Bình vinh dự được nhận Huân chương Lao động hạng Ba.",
            &["Lê Thị Bình awardee"],
        ),
        (
            "Bí thư Tỉnh ủy Trần Văn An và Chủ tịch UBND tỉnh Lê Thị Bình trao Giấy khen cho 5 cá nhân.",
            &["Trần Văn An awarder", "Lê Thị Bình awarder"],
        ),
        (
            "Bí thư Huyện ủy Lê Thị Bình được Chủ tịch UBND tỉnh Trần Văn An tặng Bằng khen.",
            &["Lê Thị Bình awardee", "Trần Văn An awarder"],
        ),
        ("Chủ tịch UBND tỉnh Trần Văn An trao quyền cho cấp dưới.", &[]),
    ]);
}

#[test]
fn who_announces_or_meets_others_speaks() {
    check(&[
        (
            "Chánh Văn phòng Tỉnh ủy Trần Văn An công bố quyết định thành lập ban chỉ đạo.",
            &["Trần Văn An speaker"],
        ),
        (
            "Thứ trưởng Lê Thị Bình dẫn đầu đoàn công tác làm việc với lãnh đạo tỉnh.",
            &["Lê Thị Bình speaker"],
        ),
        (
            "Thứ trưởng Lê Thị Bình đã có buổi làm việc với UBND tỉnh.",
            &["Lê Thị Bình speaker"],
        ),
        (
            "Phó Thủ tướng Trần Văn An đã dự hội nghị công bố quyết định của Bộ Nội vụ.",
            &["Trần Văn An attendee"],
        ),
        ("Thứ trưởng Lê Thị Bình sẽ làm việc với UBND tỉnh trong tuần tới.", &[]),
        (
            "Cùng dự buổi làm việc với đoàn công tác có Giám đốc Sở Nội vụ Trần Văn An.",
            &["Trần Văn An attendee"],
        ),
        (
            "Lễ công bố có nhiều người tới xem, kể cả Trưởng phòng Trần Văn An.",
            &[],
        ),
    ]);
}

#[test]
fn words_that_tell_more_of_a_person_part_nobody_from_the_verb() {
    check(&[
        (
            "Ông Trần Văn An, Kế toán trưởng, người thay mặt lãnh đạo Công ty Sông Xanh cho biết, việc này đã xong.",
            &["Trần Văn An speaker"],
        ),
        (
            "Đồng chí Trần Văn An - Phó Chánh Thanh tra, phụ trách Thanh tra tỉnh nêu rõ kết quả.",
            &["Trần Văn An speaker"],
        ),
        (
            "Bí thư Tỉnh ủy Trần Văn An chủ trì để xem xét báo cáo, đề nghị kỷ luật.",
            &["Trần Văn An chair"],
        ),
        ("Bí thư Tỉnh ủy Trần Văn An nghe báo cáo của các sở.", &[]),
        ("Phó Thủ tướng Trần Văn An đã có văn bản yêu cầu tỉnh giải quyết.", &[]),
        (
            "Sau khi phân tích vi phạm của Vụ trưởng Trần Văn An và kết luận, Ban Bí thư cho thôi chức.",
            &[],
        ),
        (
            "Cử tri vui mừng trước việc Thủ tướng Trần Văn An chỉ đạo dừng dự án.",
            &[],
        ),
    ]);
}

#[test]
fn what_is_said_beside_the_gathering_is_no_part() {
    check(&[
        (
            "Giám đốc Sở Y tế Trần Văn An trao đổi với doanh nghiệp bên lề hội nghị.",
            &[],
        ),
        (
            "Bên hành lang, Vụ trưởng Trần Văn An kể lại chuyện cũ. “Phải làm lại”, ông An nói.",
            &[],
        ),
        ("Vụ trưởng Trần Văn An nói với Tuổi Trẻ rằng việc này khó.", &[]),
    ]);
}

#[test]
fn attendees_open_sentences_and_stand_in_lines() {
    check(&[
        (
            "Dự và phát biểu khai mạc tại hội nghị, Thứ trưởng Lê Thị Bình nhấn mạnh vai trò của địa phương.",
            &["Lê Thị Bình attendee", "Lê Thị Bình speaker"],
        ),
        (
            "Khách mời tham dự hội nghị:\n- Ông Trần Văn An, Giám đốc Sở Y tế\n- Bà Lê Thị Bình, Chánh Văn phòng",
            &["Trần Văn An attendee", "Lê Thị Bình attendee"],
        ),
        (
            "Đồng chí Trần Văn An, Phó Bí thư Tỉnh ủy dự và trao quyết định; cùng dự có đồng chí Lê Thị Bình, Trưởng ban.",
            &["Trần Văn An attendee", "Trần Văn An awarder", "Lê Thị Bình attendee"],
        ),
    ]);
}

#[test]
fn who_speaks_to_those_present_is_none_of_them() {
    check(&[(
        "Thủ tướng Trần Văn An đề nghị các đại biểu dự họp tập trung bàn giải pháp.",
        &["Trần Văn An speaker"],
    )]);
}

#[test]
fn an_award_of_an_office_has_no_giver() {
    check(&[(
        "Chủ tịch UBND tỉnh Trần Văn An phát biểu. Sáu doanh nghiệp được Chủ tịch UBND tỉnh tặng Bằng khen.",
        &["Trần Văn An speaker"],
    )]);
}

#[test]
fn without_a_gathering_nobody_takes_part() {
    with_parts(
        "Chủ tịch UBND tỉnh Trần Văn An nhấn mạnh vai trò người đứng đầu.",
        |_, people, parts| {
            assert_eq!(people.persons.len(), 1);
            assert!(parts.is_empty());
        },
    );
}

proptest! {
    /// Whatever the words, nobody has a role twice in one gathering, and each part is grounded.
    #[test]
    fn each_person_has_each_role_once_in_a_gathering(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        let text = format!("{OPENING} {}", words.join(" "));
        with_parts(&text, |analysis, people, parts| {
            let key = |part: &Participation| (part.person, part.meeting, part.role);
            let mut keys: Vec<(usize, usize, Role)> = parts.iter().map(key).collect();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), parts.len());
            for part in parts {
                assert!(part.person < people.persons.len());
                assert!(part.tokens.start < part.tokens.end && part.tokens.end <= analysis.len());
            }
        });
    }
}

const WORDS: &[&str] = &[
    "Bí thư Tỉnh ủy",
    "Trần Văn An",
    "Giám đốc Sở Nội vụ",
    "Lê Thị Bình",
    "Thủ tướng",
    "ông An",
    "chủ trì",
    "đồng chủ trì",
    "phát biểu",
    "nhấn mạnh",
    "dự",
    "tới dự có",
    "trao",
    "Bằng khen",
    "được tặng",
    "theo",
    "của",
    "sự",
    "và",
    ",",
    ";",
    ":",
    "“",
    "”",
    "(",
    ")",
    ".",
    "\n",
    "hội nghị",
    "tại",
    "các đồng chí",
    "do",
    "yêu cầu",
];
