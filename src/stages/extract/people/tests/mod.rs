//! Names, posts and short forms in single sentences.

mod posts;

use proptest::prelude::*;

use super::*;
use crate::lexicon::Lexicon;
use crate::text::analysis::Scratch;

fn with_people<T>(text: &str, use_it: impl FnOnce(&Analysis, &People) -> T) -> T {
    let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
    let analysis = Analysis::new(text, &lexicon, &mut scratch);
    let people = find(&Context::new(&analysis, None));
    use_it(&analysis, &people)
}

/// Each text has exactly these officials, as `name: post | post`.
fn check(cases: &[(&str, &[&str])]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let found: Vec<String> = with_people(text, |analysis, people| {
            let posts = |person: &Person| {
                let labels: Vec<&str> = person.posts.iter().map(|post| analysis.slice(&post.tokens)).collect();
                labels.join(" | ")
            };
            people
                .persons
                .iter()
                .map(|person| format!("{}: {}", person.name, posts(person)))
                .collect()
        });
        if found != *expected {
            wrong += &format!("{text}\n  found    {found:?}\n  expected {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Each text speaks of these persons in this order, as `name = words of the mention`.
fn check_mentions(cases: &[(&str, &[&str])]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let found: Vec<String> = with_people(text, |analysis, people| {
            people
                .mentions
                .iter()
                .map(|mention| {
                    format!(
                        "{} = {}",
                        people.persons[mention.person].name,
                        analysis.slice(&mention.tokens)
                    )
                })
                .collect()
        });
        if found != *expected {
            wrong += &format!("{text}\n  found    {found:?}\n  expected {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_title_stands_before_its_name() {
    check(&[
        (
            "Thủ tướng Chính phủ Trần Văn An chủ trì phiên họp.",
            &["Trần Văn An: Thủ tướng Chính phủ"],
        ),
        (
            "Theo Bộ trưởng Bộ Nội vụ Lê Thị Bình, việc này đã xong.",
            &["Lê Thị Bình: Bộ trưởng Bộ Nội vụ"],
        ),
        (
            "Phó Chủ tịch Thường trực UBND tỉnh Nghệ An Lê Hồng Quân yêu cầu rà soát.",
            &["Lê Hồng Quân: Phó Chủ tịch Thường trực UBND tỉnh Nghệ An"],
        ),
        (
            "Giám đốc Sở Thông tin và Truyền thông Đỗ Ngọc Mai báo cáo.",
            &["Đỗ Ngọc Mai: Giám đốc Sở Thông tin và Truyền thông"],
        ),
        (
            "Ủy viên Bộ Chính trị, Bí thư Thành ủy Vũ Đức Hải dự.",
            &["Vũ Đức Hải: Ủy viên Bộ Chính trị | Bí thư Thành ủy"],
        ),
        (
            "Vụ trưởng Vụ Cải cách hành chính (Bộ Nội vụ) Phạm Minh Tuấn trình bày báo cáo.",
            &["Phạm Minh Tuấn: Vụ trưởng Vụ Cải cách hành chính (Bộ Nội vụ)"],
        ),
    ]);
}

#[test]
fn a_name_stands_before_its_posts() {
    check(&[
        (
            "Đồng chí Trần Văn An, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy phát biểu.",
            &["Trần Văn An: Ủy viên Trung ương Đảng | Bí thư Tỉnh ủy"],
        ),
        (
            "Ông Lê Quốc Bảo - Giám đốc Sở Nội vụ báo cáo kết quả.",
            &["Lê Quốc Bảo: Giám đốc Sở Nội vụ"],
        ),
        (
            "Đồng chí Nguyễn Hữu Cường- Phó Chủ tịch UBND huyện điều hành.",
            &["Nguyễn Hữu Cường: Phó Chủ tịch UBND huyện"],
        ),
        (
            "Đồng chí Nguyễn Hữu Cường – Tỉnh ủy viên – Chủ tịch UBND thị xã nêu rõ.",
            &["Nguyễn Hữu Cường: Tỉnh ủy viên | Chủ tịch UBND thị xã"],
        ),
        (
            "Bà Đỗ Ngọc Mai (Chánh Văn phòng UBND tỉnh) cho hay.",
            &["Đỗ Ngọc Mai: Chánh Văn phòng UBND tỉnh"],
        ),
        (
            "Ông Bùi Thanh Lâm là Chủ tịch UBND xã từ năm ngoái.",
            &["Bùi Thanh Lâm: Chủ tịch UBND xã"],
        ),
        (
            "Ông Phạm Quốc Dũng, Giám đốc Trung tâm Phục vụ hành chính công tỉnh Hà Nam, nói.",
            &["Phạm Quốc Dũng: Giám đốc Trung tâm Phục vụ hành chính công tỉnh Hà Nam"],
        ),
    ]);
}

#[test]
fn honorifics_ranks_and_degrees_are_no_part_of_a_name() {
    check(&[
        (
            "Đ/c Trần Văn An, Bí thư Đảng ủy xã dự.",
            &["Trần Văn An: Bí thư Đảng ủy xã"],
        ),
        (
            "PGS.TS. Lê Thị Bình, Viện trưởng Viện Khoa học tổ chức nhà nước tham luận.",
            &["Lê Thị Bình: Viện trưởng Viện Khoa học tổ chức nhà nước"],
        ),
        (
            "TS. Nguyễn Hữu Cường, Phó Giám đốc Học viện Hành chính Quốc gia trao đổi.",
            &["Nguyễn Hữu Cường: Phó Giám đốc Học viện Hành chính Quốc gia"],
        ),
        (
            "Đại tướng Phạm Quốc Dũng, Bộ trưởng Bộ Quốc phòng phát biểu.",
            &["Phạm Quốc Dũng: Bộ trưởng Bộ Quốc phòng"],
        ),
        (
            "Thiếu tướng, TS Vũ Đức Hải, Giám đốc Công an tỉnh báo cáo.",
            &["Vũ Đức Hải: Giám đốc Công an tỉnh"],
        ),
    ]);
}

#[test]
fn names_come_in_many_shapes() {
    check(&[
        // Capitals.
        (
            "Đồng chí TRẦN VĂN AN, Bí thư Tỉnh ủy phát biểu.",
            &["TRẦN VĂN AN: Bí thư Tỉnh ủy"],
        ),
        // Two syllables, four, five.
        ("Bộ trưởng Lê Bình cho biết.", &["Lê Bình: Bộ trưởng"]),
        (
            "Chủ tịch Quốc hội Nguyễn Thị Kim Ngọc điều hành.",
            &["Nguyễn Thị Kim Ngọc: Chủ tịch Quốc hội"],
        ),
        (
            "Bà Tôn Nữ Thị Hạnh, Phó Giám đốc Sở Du lịch.",
            &["Tôn Nữ Thị Hạnh: Phó Giám đốc Sở Du lịch"],
        ),
        // Names of ethnic minorities.
        (
            "Phó Chủ tịch HĐND tỉnh Lò Văn Piêng dự.",
            &["Lò Văn Piêng: Phó Chủ tịch HĐND tỉnh"],
        ),
        ("Bà Y Thông, Bí thư Huyện ủy, tiếp dân.", &["Y Thông: Bí thư Huyện ủy"]),
        (
            "Ông Giàng A Sử, Chủ tịch UBND xã, cho biết.",
            &["Giàng A Sử: Chủ tịch UBND xã"],
        ),
        // Foreign names.
        (
            "Tổng thống Pháp Jean Martin thăm Việt Nam.",
            &["Jean Martin: Tổng thống Pháp"],
        ),
        (
            "Ông Kenji Tanaka, Trưởng đại diện JICA, trao đổi.",
            &["Kenji Tanaka: Trưởng đại diện JICA"],
        ),
        (
            "Cùng đi có: Somphone Keovilay, Bộ trưởng Bộ Tài chính; Bounmy Phetsavanh, Thứ trưởng.",
            &[
                "Somphone Keovilay: Bộ trưởng Bộ Tài chính",
                "Bounmy Phetsavanh: Thứ trưởng",
            ],
        ),
        // A name right behind the place of the post.
        (
            "Chủ tịch UBND tỉnh Bắc Ninh Trần Văn An dự.",
            &["Trần Văn An: Chủ tịch UBND tỉnh Bắc Ninh"],
        ),
        (
            "Bí thư Thành ủy TP. Hồ Chí Minh Trần Văn An dự.",
            &["Trần Văn An: Bí thư Thành ủy TP. Hồ Chí Minh"],
        ),
    ]);
}

#[test]
fn highland_and_foreign_names_are_whole() {
    check(&[
        (
            "Phó Chủ tịch UBND tỉnh Rơ Châm H'Liên dự.",
            &["Rơ Châm H'Liên: Phó Chủ tịch UBND tỉnh"],
        ),
        (
            "Ông Lê Văn Bình, Bí thư Huyện ủy Chư Prông, dự.",
            &["Lê Văn Bình: Bí thư Huyện ủy Chư Prông"],
        ),
        (
            "Bà Pi Năng Thị Mỹ Lệ, Phó Bí thư Huyện ủy, dự.",
            &["Pi Năng Thị Mỹ Lệ: Phó Bí thư Huyện ủy"],
        ),
        (
            "Trưởng Ban Dân tộc HĐND tỉnh A Blôi hỏi.",
            &["A Blôi: Trưởng Ban Dân tộc HĐND tỉnh"],
        ),
        (
            "Dự có bà Lò Thị Và, Chủ tịch Hội Nông dân huyện.",
            &["Lò Thị Và: Chủ tịch Hội Nông dân huyện"],
        ),
        (
            "Bà Hanna van den Berg, Giám đốc Quỹ, phát biểu.",
            &["Hanna van den Berg: Giám đốc Quỹ"],
        ),
        (
            "Ông Pierre-Yves Lambert, cố vấn cao cấp về đô thị, nói.",
            &["Pierre-Yves Lambert: cố vấn cao cấp về đô thị"],
        ),
        (
            "Cùng dự có: Lee Hyun-woo, Giám đốc quốc gia KOICA; Trần Văn An, Phó Giám đốc Sở.",
            &["Lee Hyun-woo: Giám đốc quốc gia KOICA", "Trần Văn An: Phó Giám đốc Sở"],
        ),
        (
            "Giám đốc Sở Tài nguyên và Môi trường Lê Văn Bình nói.",
            &["Lê Văn Bình: Giám đốc Sở Tài nguyên và Môi trường"],
        ),
    ]);
}

#[test]
fn two_words_behind_a_commune_are_its_name() {
    check(&[
        (
            "Ông Trần Văn An, Chủ tịch UBND xã Hồ Thầu, cho biết.",
            &["Trần Văn An: Chủ tịch UBND xã Hồ Thầu"],
        ),
        (
            "Chủ tịch UBND xã Hồ Thầu Trần Văn An cho biết.",
            &["Trần Văn An: Chủ tịch UBND xã Hồ Thầu"],
        ),
        ("Giám đốc Bệnh viện A Thái Nguyên cho biết.", &[]),
    ]);
}

#[test]
fn a_district_behind_its_noun_is_no_person() {
    check(&[
        ("Phó Chủ tịch UBND huyện Ninh Hải, tỉnh Ninh Thuận dự.", &[]),
        ("Chánh Văn phòng UBND huyện Mang Yang, tỉnh Gia Lai dự.", &[]),
        (
            "Phó Chủ tịch UBND huyện Ninh Hải Trần Văn An dự.",
            &["Trần Văn An: Phó Chủ tịch UBND huyện Ninh Hải"],
        ),
    ]);
}

#[test]
fn who_has_no_post_is_no_official() {
    check(&[
        ("Ông Trần Văn An, 54 tuổi, trú tại thôn Đông, đến nộp hồ sơ.", &[]),
        ("Anh Lê Quốc Bảo cho biết thủ tục nhanh hơn trước.", &[]),
        ("Ảnh: Nguyễn Hữu Cường", &[]),
        ("Bài và ảnh: Trần An", &[]),
        ("Trường THPT Nguyễn Huệ tổ chức lễ khai giảng.", &[]),
        ("Trụ sở ở số 12 đường Lê Lợi, phường Trần Hưng Đạo.", &[]),
        ("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.", &[]),
        ("Giải thưởng Tôn Đức Thắng được trao hằng năm.", &[]),
        ("Chủ tịch Hồ Chí Minh từng nói về việc này.", &[]),
        ("Giám đốc Học viện Chính trị quốc gia Hồ Chí Minh dự.", &[]),
        ("Bí thư Thành ủy Hồ Chí Minh và các quận dự.", &[]),
        ("Phó Thủ tướng và các bộ trưởng làm việc với Hà Nội.", &[]),
    ]);
}

#[test]
fn a_caption_or_headline_may_run_into_a_name() {
    check(&[
        (
            "Phó Thủ tướng Trần Văn An Quang cảnh hội nghị Chủ tịch UBND tỉnh Lê Thị Bình Theo báo cáo của Sở Nội vụ.",
            &["Trần Văn An: Phó Thủ tướng", "Lê Thị Bình: Chủ tịch UBND tỉnh"],
        ),
        (
            "Thứ trưởng Lê Thị Kim Hoa Liên quan vụ việc này, Bộ đã báo cáo.",
            &["Lê Thị Kim Hoa: Thứ trưởng"],
        ),
        ("Thứ trưởng Lê Thị Kim Liên báo cáo.", &["Lê Thị Kim Liên: Thứ trưởng"]),
        ("Tổng thống Donald Grump ở Nhà Trắng.", &["Donald Grump: Tổng thống"]),
    ]);
}

#[test]
fn offices_and_countries_before_a_name_are_no_part_of_it() {
    check(&[
        (
            "Bộ trưởng Bộ Công Thương Trần Văn An và Bộ trưởng Bộ Công an Tô Bình dự.",
            &["Trần Văn An: Bộ trưởng Bộ Công Thương", "Tô Bình: Bộ trưởng Bộ Công an"],
        ),
        (
            "Phó Chủ tịch Liên đoàn Luật sư Việt Nam Nguyễn Văn Chiến hỏi.",
            &["Nguyễn Văn Chiến: Phó Chủ tịch Liên đoàn Luật sư Việt Nam"],
        ),
        ("Thủ tướng Anh Teresa Grey phát biểu.", &["Teresa Grey: Thủ tướng Anh"]),
        (
            "Chủ tịch Ngân hàng Thế giới Jim Kirk dự.",
            &["Jim Kirk: Chủ tịch Ngân hàng Thế giới"],
        ),
        (
            "Tổng thống Nga Boris Grotov đến. Tổng thống Nga B. Grotov phát biểu.",
            &["Boris Grotov: Tổng thống Nga"],
        ),
    ]);
}

#[test]
fn names_of_places_and_bodies_are_no_persons() {
    check(&[
        (
            "Bí thư Thành ủy thành phố Hồ Chí Minh Lê Thị Bình dự.",
            &["Lê Thị Bình: Bí thư Thành ủy thành phố Hồ Chí Minh"],
        ),
        (
            "Ông Trần Văn An, Ủy viên Trung ương Đảng, Bộ trưởng Công Thương, dự.",
            &["Trần Văn An: Ủy viên Trung ương Đảng | Bộ trưởng Công Thương"],
        ),
        (
            "Phó Chủ tịch UBND xã Thạch Xuân Nguyễn Văn Bảy cho biết.",
            &["Nguyễn Văn Bảy: Phó Chủ tịch UBND xã Thạch Xuân"],
        ),
        (
            "Đồng chí Lê Thị Bình - Ủy viên Đoàn Chủ tịch, Trưởng ban Nữ công dự.",
            &["Lê Thị Bình: Ủy viên Đoàn Chủ tịch | Trưởng ban Nữ công"],
        ),
        ("Chủ tịch Ủy ban Đoàn kết Công Giáo huyện dự.", &[]),
        (
            "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh Siu Trung dự.",
            &["Siu Trung: Chủ tịch Ủy ban MTTQ Việt Nam tỉnh"],
        ),
        (
            "Ông Trần Văn An, Giám đốc Sở Nội vụ, Phó Trưởng ban Dân tộc, dự.",
            &["Trần Văn An: Giám đốc Sở Nội vụ | Phó Trưởng ban Dân tộc"],
        ),
        (
            "Chủ tịch IPU Sander Chowdhury phát biểu.",
            &["Sander Chowdhury: Chủ tịch IPU"],
        ),
    ]);
}

#[test]
fn short_names_and_titles_stand_for_the_person() {
    check_mentions(&[
        (
            "Chủ tịch UBND tỉnh Trần Văn An dự. Ông An yêu cầu rà soát.",
            &["Trần Văn An = Chủ tịch UBND tỉnh Trần Văn An", "Trần Văn An = Ông An"],
        ),
        (
            "Bí thư Thành ủy Lê Hữu Nhân dự. Bí thư Nhân yêu cầu rà soát.",
            &["Lê Hữu Nhân = Bí thư Thành ủy Lê Hữu Nhân", "Lê Hữu Nhân = Nhân"],
        ),
        (
            "Thủ tướng Chính phủ Trần Văn An chủ trì. Thủ tướng yêu cầu các bộ rà soát.",
            &[
                "Trần Văn An = Thủ tướng Chính phủ Trần Văn An",
                "Trần Văn An = Thủ tướng",
            ],
        ),
        (
            "Bí thư Tỉnh ủy Trần Văn An và Chủ tịch UBND tỉnh Lê Thị Bình dự. Chủ tịch UBND tỉnh kết luận.",
            &[
                "Trần Văn An = Bí thư Tỉnh ủy Trần Văn An",
                "Lê Thị Bình = Chủ tịch UBND tỉnh Lê Thị Bình",
                "Lê Thị Bình = Chủ tịch UBND tỉnh",
            ],
        ),
        (
            "Thứ trưởng Bộ Xây dựng Đỗ Đức Dũng dự. Ông Đức Dũng là Phó Bí thư Tỉnh ủy.",
            &[
                "Đỗ Đức Dũng = Thứ trưởng Bộ Xây dựng Đỗ Đức Dũng",
                "Đỗ Đức Dũng = Ông Đức Dũng là Phó Bí thư Tỉnh ủy",
            ],
        ),
        (
            "Thủ tướng Trần Văn An dự. Theo Thủ tướng vụ việc này phải làm rõ.",
            &["Trần Văn An = Thủ tướng Trần Văn An", "Trần Văn An = Thủ tướng"],
        ),
        // A post of another organisation, a plural, and somebody nobody has named.
        (
            "Giám đốc Sở Y tế Trần Văn An dự. Giám đốc Sở Tài chính báo cáo.",
            &["Trần Văn An = Giám đốc Sở Y tế Trần Văn An"],
        ),
        (
            "Bộ trưởng Bộ Nội vụ Trần Văn An dự. Các Bộ trưởng thảo luận.",
            &["Trần Văn An = Bộ trưởng Bộ Nội vụ Trần Văn An"],
        ),
        (
            "Chủ tịch Quốc hội Lê Thị Bình dự. Chủ tịch UBND tỉnh báo cáo.",
            &["Lê Thị Bình = Chủ tịch Quốc hội Lê Thị Bình"],
        ),
        (
            "Phó Thủ tướng Trần Văn An dự. Thủ tướng kết luận.",
            &["Trần Văn An = Phó Thủ tướng Trần Văn An"],
        ),
    ]);
}

#[test]
fn persons_keep_their_honorific_and_other_names() {
    with_people(
        "Bà Lê Thị Bình, Giám đốc Sở Tư pháp, dự. Bà Bình nêu ý kiến.",
        |_, people| {
            assert_eq!(people.persons[0].honorific.as_deref(), Some("Bà"));
            assert_eq!(people.persons[0].other_names, ["Bình"]);
        },
    );
    with_people("Thủ tướng Trần Văn An dự.", |_, people| {
        assert_eq!(people.persons[0].honorific, None);
        assert!(people.persons[0].other_names.is_empty());
    });
}

proptest! {
    /// Whatever the words, mentions are in order, lie inside the text and speak of known persons, and posts are not empty.
    #[test]
    fn mentions_are_ordered_and_grounded(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        let text = words.join(" ");
        with_people(&text, |analysis, people| {
            let starts: Vec<usize> = people.mentions.iter().map(|mention| mention.tokens.start).collect();
            assert!(starts.is_sorted());
            for mention in &people.mentions {
                assert!(mention.tokens.start < mention.tokens.end && mention.tokens.end <= analysis.len());
                assert!(mention.person < people.persons.len());
            }
            for person in &people.persons {
                assert!(!person.posts.is_empty(), "{}", person.name);
                assert!(person.posts.iter().all(|post| post.title.end <= post.tokens.end));
            }
        });
    }
}

const WORDS: &[&str] = &[
    "ông",
    "Bà",
    "đồng chí",
    "Trần",
    "Văn",
    "An",
    "Lê Thị Bình",
    "NGUYỄN",
    "Chủ tịch",
    "Phó Chủ tịch",
    "UBND",
    "tỉnh",
    "Hà Nam",
    "Bộ trưởng",
    "nguyên",
    "quyền",
    "các",
    "Thủ tướng",
    ",",
    ";",
    ":",
    "-",
    "–",
    "(",
    ")",
    "và",
    "kiêm",
    "là",
    "John",
    "Smith",
    "PGS.TS.",
    "\n",
    ".",
    "7",
    "“",
    "”",
    "chủ trì",
    "phát biểu",
];
