//! Posts: where they end, whose they are, and when two tellings are one.

use super::{check, with_people};

#[test]
fn lists_give_each_name_its_own_posts() {
    check(&[
        (
            "Tới dự có các đồng chí: Trần Văn An, Bí thư Tỉnh ủy; Lê Thị Bình, Chủ tịch UBND tỉnh; Nguyễn Hữu Cường, Giám đốc Sở Nội vụ.",
            &[
                "Trần Văn An: Bí thư Tỉnh ủy",
                "Lê Thị Bình: Chủ tịch UBND tỉnh",
                "Nguyễn Hữu Cường: Giám đốc Sở Nội vụ",
            ],
        ),
        (
            "Cùng dự có đồng chí Trần Văn An, Phó Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh và đồng chí Lê Thị Bình, Phó Chủ tịch UBND tỉnh.",
            &[
                "Trần Văn An: Phó Bí thư Tỉnh ủy | Chủ tịch HĐND tỉnh",
                "Lê Thị Bình: Phó Chủ tịch UBND tỉnh",
            ],
        ),
        (
            "Các Phó Chủ tịch UBND tỉnh: Trần Văn An, Lê Thị Bình, Nguyễn Hữu Cường cùng dự.",
            &[
                "Trần Văn An: Phó Chủ tịch UBND tỉnh",
                "Lê Thị Bình: Phó Chủ tịch UBND tỉnh",
                "Nguyễn Hữu Cường: Phó Chủ tịch UBND tỉnh",
            ],
        ),
        (
            "Các Phó Thủ tướng Trần Văn An và Lê Thị Bình dự phiên họp.",
            &["Trần Văn An: Phó Thủ tướng", "Lê Thị Bình: Phó Thủ tướng"],
        ),
        (
            "Hai Phó Chủ tịch UBND thành phố Trần Văn An, Lê Thị Bình cùng chủ trì.",
            &[
                "Trần Văn An: Phó Chủ tịch UBND thành phố",
                "Lê Thị Bình: Phó Chủ tịch UBND thành phố",
            ],
        ),
    ]);
}

#[test]
fn posts_are_abbreviated() {
    check(&[
        ("PCT UBND huyện Trần Văn An kiểm tra.", &["Trần Văn An: PCT UBND huyện"]),
        (
            "Đồng chí Lê Thị Bình, UVBCT, Phó Thủ tướng dự.",
            &["Lê Thị Bình: UVBCT | Phó Thủ tướng"],
        ),
        (
            "Đồng chí Lê Thị Bình - UVBTV, Trưởng BTC Tỉnh ủy.",
            &["Lê Thị Bình: UVBTV | Trưởng BTC Tỉnh ủy"],
        ),
        (
            "Ông Võ Văn Hòa, Chánh VP UBND TP.HCM, chủ trì.",
            &["Võ Văn Hòa: Chánh VP UBND TP.HCM"],
        ),
        ("Phó GĐ Sở Y tế Lê Thị Bình nói.", &["Lê Thị Bình: Phó GĐ Sở Y tế"]),
        ("PTT Nguyễn Hữu Cường nhấn mạnh.", &["Nguyễn Hữu Cường: PTT"]),
        (
            "Ông Phạm Quốc Dũng, Chủ tịch UBMTTQ tỉnh, cho biết.",
            &["Phạm Quốc Dũng: Chủ tịch UBMTTQ tỉnh"],
        ),
    ]);
}

#[test]
fn posts_keep_their_modifiers() {
    check(&[
        (
            "Ông Trần Văn An, nguyên Bí thư Tỉnh ủy Bắc Ninh, chia sẻ.",
            &["Trần Văn An: nguyên Bí thư Tỉnh ủy Bắc Ninh"],
        ),
        (
            "Quyền Bộ trưởng Bộ Y tế Lê Thị Bình phát biểu.",
            &["Lê Thị Bình: Quyền Bộ trưởng Bộ Y tế"],
        ),
        (
            "Ông Nguyễn Hữu Cường, Phó Giám đốc phụ trách Sở Tư pháp, báo cáo.",
            &["Nguyễn Hữu Cường: Phó Giám đốc phụ trách Sở Tư pháp"],
        ),
        (
            "Đồng chí Trần Văn An, Bí thư kiêm Chủ tịch UBND xã, phát biểu.",
            &["Trần Văn An: Bí thư | Chủ tịch UBND xã"],
        ),
        (
            "Đồng chí Lê Thị Bình, Phó Bí thư Thường trực Tỉnh ủy dự.",
            &["Lê Thị Bình: Phó Bí thư Thường trực Tỉnh ủy"],
        ),
        (
            "Ông Vũ Đức Hải, Trưởng Ban Chỉ đạo CCHC của Chính phủ, kết luận.",
            &["Vũ Đức Hải: Trưởng Ban Chỉ đạo CCHC của Chính phủ"],
        ),
        (
            "Ông Vũ Đức Hải, Phó Trưởng ban Chỉ đạo cải cách hành chính tỉnh.",
            &["Vũ Đức Hải: Phó Trưởng ban Chỉ đạo cải cách hành chính tỉnh"],
        ),
        (
            "Đại biểu Quốc hội Lê Thị Bình (đoàn Hà Nam) chất vấn.",
            &["Lê Thị Bình: Đại biểu Quốc hội"],
        ),
        (
            "Ông Trần Văn An, Ủy viên Thường trực Ủy ban Pháp luật của Quốc hội, nêu.",
            &["Trần Văn An: Ủy viên Thường trực Ủy ban Pháp luật của Quốc hội"],
        ),
    ]);
}

#[test]
fn posts_end_where_a_clause_starts() {
    check(&[
        (
            "Đơn tố cáo ông Long Văn Sang, Chủ tịch UBND huyện Văn Quan bao che sai phạm.",
            &["Long Văn Sang: Chủ tịch UBND huyện Văn Quan"],
        ),
        (
            "Chánh Văn phòng UBND tỉnh Thái Bình Lại Văn Hòa dự.",
            &["Lại Văn Hòa: Chánh Văn phòng UBND tỉnh Thái Bình"],
        ),
        ("Trưởng ban Gia đình Hội LHPN VN đề nghị sửa luật.", &[]),
        (
            "Phó Thủ tướng Trương Hòa Bình Chất vấn Chính phủ, đại biểu nêu ba câu hỏi.",
            &["Trương Hòa Bình: Phó Thủ tướng"],
        ),
    ]);
}

#[test]
fn envoys_and_experts_keep_their_country_and_field() {
    check(&[
        (
            "Đại sứ Ireland tại Việt Nam John Walsh phát biểu.",
            &["John Walsh: Đại sứ Ireland tại Việt Nam"],
        ),
        (
            "Giám đốc quốc gia ADB tại VN Andrew Smith phát biểu.",
            &["Andrew Smith: Giám đốc quốc gia ADB tại VN"],
        ),
        (
            "Bà Mary Smith, chuyên gia của Ngân hàng Thế giới, trình bày.",
            &["Mary Smith: chuyên gia của Ngân hàng Thế giới"],
        ),
        (
            "Giám đốc Sở Tư pháp Trần Văn An, 45 tuổi, Tỉnh ủy viên, dự.",
            &["Trần Văn An: Giám đốc Sở Tư pháp | Tỉnh ủy viên"],
        ),
        (
            "Nguyên Chủ tịch UBND tỉnh Hà Tây (cũ) Trần Văn An dự.",
            &["Trần Văn An: Nguyên Chủ tịch UBND tỉnh Hà Tây (cũ)"],
        ),
    ]);
}

#[test]
fn who_receives_somebody_is_told_by_title() {
    check(&[(
        "Thủ tướng Trần Văn An nói. Tiếp bà Mary Smith, Phó Chủ tịch ADB, Thủ tướng đề nghị hỗ trợ.",
        &["Trần Văn An: Thủ tướng", "Mary Smith: Phó Chủ tịch ADB"],
    )]);
}

#[test]
fn appointments_tell_posts() {
    check(&[
        (
            "Ông Trần Văn An được bầu giữ chức Phó Chủ tịch UBND tỉnh.",
            &["Trần Văn An: Phó Chủ tịch UBND tỉnh"],
        ),
        (
            "Trao quyết định cho ông Trần Văn An nhận nhiệm vụ Bí thư Quận ủy.",
            &["Trần Văn An: Bí thư Quận ủy"],
        ),
        (
            "Bà Lê Thị Bình, Giám đốc Sở Tài chính, được bổ nhiệm làm Chánh Văn phòng UBND tỉnh.",
            &["Lê Thị Bình: Giám đốc Sở Tài chính | Chánh Văn phòng UBND tỉnh"],
        ),
        ("Ông Trần Văn An thôi giữ chức Phó Chủ tịch UBND tỉnh.", &[]),
        (
            "Bà Lê Thị Bình được bầu giữ chức Bí thư Huyện ủy nhiệm kỳ 2015-2020, kiêm giữ chức Chủ tịch UBND huyện Mê Linh.",
            &["Lê Thị Bình: Bí thư Huyện ủy | Chủ tịch UBND huyện Mê Linh"],
        ),
        (
            "Ban Bí thư chỉ định chức danh ủy viên Ban Thường vụ, Phó Bí thư Tỉnh ủy đối với ông Trần Văn An.",
            &["Trần Văn An: ủy viên Ban Thường vụ | Phó Bí thư Tỉnh ủy"],
        ),
        (
            "Ông Trần Văn An, sinh ngày 4/8/1970, được điều động, bổ nhiệm giữ chức vụ Giám đốc Sở Y tế.",
            &["Trần Văn An: Giám đốc Sở Y tế"],
        ),
        (
            "Ông Trần Văn An từng giữ các chức vụ: Vụ trưởng Vụ Pháp chế, Chánh Văn phòng Bộ Tư pháp.",
            &["Trần Văn An: Vụ trưởng Vụ Pháp chế | Chánh Văn phòng Bộ Tư pháp"],
        ),
        ("Thư của Bí thư Tỉnh ủy đối với ông Trần Văn An là lời động viên.", &[]),
    ]);
}

#[test]
fn status_tells_former_and_acting_posts() {
    let statuses = |text: &str| {
        with_people(text, |_, people| {
            people.persons[0]
                .posts
                .iter()
                .map(|post| post.status)
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(statuses("Ông Trần Văn An, nguyên Bí thư Tỉnh ủy, dự."), ["former"]);
    assert_eq!(statuses("Cựu Thủ tướng Anh Jane Brown dự."), ["former"]);
    assert_eq!(statuses("Quyền Giám đốc Sở Y tế Lê Thị Bình dự."), ["acting"]);
    assert_eq!(
        statuses("Ông Trần Văn An, Phó Cục trưởng phụ trách Cục Thuế, dự."),
        ["acting"]
    );
    assert_eq!(statuses("Bí thư Tỉnh ủy Trần Văn An dự."), ["current"]);
}

#[test]
fn one_post_told_twice_is_one() {
    check(&[
        (
            "Thủ tướng Trần Văn An chủ trì họp. Thủ tướng Chính phủ Trần Văn An kết luận.",
            &["Trần Văn An: Thủ tướng Chính phủ"],
        ),
        (
            "Chủ tịch UBND tỉnh Trần Văn An dự. Chủ tịch Ủy ban nhân dân tỉnh Hà Nam Trần Văn An nói.",
            &["Trần Văn An: Chủ tịch Ủy ban nhân dân tỉnh Hà Nam"],
        ),
        (
            "Bộ trưởng Bộ TT&TT Trần Văn An dự. Bộ trưởng Bộ Thông tin và Truyền thông Trần Văn An nói.",
            &["Trần Văn An: Bộ trưởng Bộ Thông tin và Truyền thông"],
        ),
        (
            "Chủ tịch UBND tỉnh Trần Văn An dự. Chủ tịch Hội Nông dân tỉnh Trần Văn An nói.",
            &["Trần Văn An: Chủ tịch UBND tỉnh | Chủ tịch Hội Nông dân tỉnh"],
        ),
        (
            "Ông Trần Văn An, nguyên Chủ tịch UBND tỉnh, Chủ tịch Hội Khuyến học tỉnh, dự.",
            &["Trần Văn An: nguyên Chủ tịch UBND tỉnh | Chủ tịch Hội Khuyến học tỉnh"],
        ),
    ]);
}

#[test]
fn a_post_belongs_to_nobody_across_a_clause() {
    check(&[
        (
            "Thừa ủy quyền của Chủ tịch nước, đồng chí Trần Văn An, Bí thư Tỉnh ủy trao Huân chương.",
            &["Trần Văn An: Bí thư Tỉnh ủy"],
        ),
        ("Ông Trần Văn An đề nghị Giám đốc Sở Nội vụ trả lời.", &[]),
        ("Giám đốc Sở Nội vụ đã trả lời ông Trần Văn An.", &[]),
    ]);
}

#[test]
fn nobody_is_deputy_to_himself() {
    check(&[
        (
            "Thừa ủy quyền của Thủ tướng Chính phủ, Phó Thủ tướng Trần Văn An đọc tờ trình.",
            &["Trần Văn An: Phó Thủ tướng"],
        ),
        (
            "Thay mặt Bộ trưởng Bộ Y tế, Thứ trưởng Lê Thị Bình trả lời.",
            &["Lê Thị Bình: Thứ trưởng"],
        ),
        (
            "Chủ tịch Ủy ban MTTQ tỉnh, Phó Chủ tịch HĐND tỉnh Trần Văn An dự.",
            &["Trần Văn An: Chủ tịch Ủy ban MTTQ tỉnh | Phó Chủ tịch HĐND tỉnh"],
        ),
    ]);
}

#[test]
fn members_of_an_assembly_are_officials_where_the_text_is_about_it() {
    check(&[
        (
            "Các đại biểu Quốc hội thảo luận. Đại biểu Trần Văn An (Hà Nam) hỏi, ĐB Lê Thị Bình nói thêm.",
            &["Trần Văn An: Đại biểu", "Lê Thị Bình: ĐB"],
        ),
        (
            "Các đại biểu Quốc hội chất vấn. Đại biểu Lê Thị Bình, Chủ tịch HĐND tỉnh, nêu câu hỏi.",
            &["Lê Thị Bình: Chủ tịch HĐND tỉnh"],
        ),
        (
            "Tại kỳ họp HĐND tỉnh, đại biểu Trần Văn An hỏi về đất đai.",
            &["Trần Văn An: đại biểu"],
        ),
        ("Đại biểu Trần Văn An, nông dân xã Mỹ Lộc, kể chuyện trồng cam.", &[]),
    ]);
}

#[test]
fn posts_end_before_a_given_name_or_the_next_sentence() {
    check(&[
        (
            "Bộ trưởng Bộ Y tế Lê Thị Bình đăng đàn. Đại tá Trần Văn An hỏi. Bộ trưởng Bình đáp, bộ trưởng An ghi.",
            &["Lê Thị Bình: Bộ trưởng Bộ Y tế"],
        ),
        (
            "Ông Trần Văn An nhận nhiệm vụ Trưởng ban Dân vận Tỉnh ủy Theo phân công của Ban Bí thư.",
            &["Trần Văn An: Trưởng ban Dân vận Tỉnh ủy"],
        ),
        (
            "Giám đốc Sở Thông tin và Truyền thông Trần Văn An báo cáo.",
            &["Trần Văn An: Giám đốc Sở Thông tin và Truyền thông"],
        ),
        (
            "Ông Trần Văn An, Trưởng phòng Quản lý y dược tư nhân, cho hay.",
            &["Trần Văn An: Trưởng phòng Quản lý y dược tư nhân"],
        ),
        (
            "Sở kỷ luật ông Trần Văn An, Phó phòng Kế hoạch và nghiêm khắc phê bình cả phòng.",
            &["Trần Văn An: Phó phòng Kế hoạch"],
        ),
        (
            "Trưởng ban Dân vận Thành ủy Lê Thị Bình và Giám đốc Sở Giáo dục và Đào Tạo Trần Văn An dự.",
            &[
                "Lê Thị Bình: Trưởng ban Dân vận Thành ủy",
                "Trần Văn An: Giám đốc Sở Giáo dục và Đào Tạo",
            ],
        ),
        (
            "Bà Lê Thị Bình, Trưởng ban Dân vận Thành ủy triển khai quy chế.",
            &["Lê Thị Bình: Trưởng ban Dân vận Thành ủy"],
        ),
        (
            "Ông Trần Văn An giữ chức vụ Phó Chủ tịch UBND tỉnh.",
            &["Trần Văn An: Phó Chủ tịch UBND tỉnh"],
        ),
        (
            "Ban Bí thư Trung ương Đảng họp; Bí thư Tỉnh ủy Hà Nam Trần Văn An dự.",
            &["Trần Văn An: Bí thư Tỉnh ủy Hà Nam"],
        ),
        (
            "Ông Trần Văn An, Trưởng ban Chỉ đạo chống buôn lậu, gian lận thương mại và hàng giả tỉnh, dự.",
            &["Trần Văn An: Trưởng ban Chỉ đạo chống buôn lậu, gian lận thương mại và hàng giả tỉnh"],
        ),
    ]);
}

#[test]
fn short_names_and_pronouns_take_posts() {
    check(&[
        (
            "Bí thư Tỉnh ủy Trần Văn An phát biểu. Ông từng làm Giám đốc Sở Y tế, Chủ tịch UBND huyện Hòa Vang.",
            &["Trần Văn An: Bí thư Tỉnh ủy | Giám đốc Sở Y tế | Chủ tịch UBND huyện Hòa Vang"],
        ),
        (
            "Thứ trưởng Lê Thị Bình phát biểu. Bà Bình đã giữ chức Vụ trưởng Vụ Pháp chế.",
            &["Lê Thị Bình: Thứ trưởng | Vụ trưởng Vụ Pháp chế"],
        ),
        (
            "Thứ trưởng Lê Thị Bình phát biểu. Bà mong Vụ trưởng Vụ Pháp chế sớm trả lời.",
            &["Lê Thị Bình: Thứ trưởng"],
        ),
        (
            "Ông Trần Văn An từ chức Chủ tịch Hội Nhà văn Hà Nội.",
            &["Trần Văn An: Chủ tịch Hội Nhà văn Hà Nội"],
        ),
    ]);
}

#[test]
fn a_body_in_brackets_belongs_to_the_post() {
    check(&[
        (
            "Ông Trần Văn An, Vụ trưởng Vụ Pháp chế (Bộ Tài chính), phát biểu.",
            &["Trần Văn An: Vụ trưởng Vụ Pháp chế (Bộ Tài chính)"],
        ),
        (
            "Ông Trần Văn An, Giám đốc Sở Y tế (ngoài cùng bên phải), phát biểu.",
            &["Trần Văn An: Giám đốc Sở Y tế"],
        ),
        (
            "Ông Trần Văn An, Chủ tịch UBND quận Nam Từ Liêm cho biết.",
            &["Trần Văn An: Chủ tịch UBND quận Nam Từ Liêm"],
        ),
        (
            "Đại biểu Quốc hội Trần Văn An Không ban hành chính sách mới.",
            &["Trần Văn An: Đại biểu Quốc hội"],
        ),
    ]);
}

#[test]
fn a_title_means_who_has_just_that_post() {
    check(&[(
        "Chủ tịch Quốc hội Lào Khamphan Vongsa hội đàm với Chủ tịch Quốc hội Trần Thị An. Chủ tịch Quốc hội Lào cảm ơn.",
        &[
            "Khamphan Vongsa: Chủ tịch Quốc hội Lào",
            "Trần Thị An: Chủ tịch Quốc hội",
        ],
    )]);
}
