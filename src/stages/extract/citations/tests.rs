use proptest::prelude::*;

use super::*;
use crate::lexicon::Lexicon;
use crate::text::analysis::Scratch;

fn with_citations<T>(text: &str, use_it: impl FnOnce(&Analysis, &Citations) -> T) -> T {
    let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
    let analysis = Analysis::new(text, &lexicon, &mut scratch);
    let dates = DateIndex::find(&analysis, None);
    let citations = find(&Context::new(&analysis, None), &dates);
    use_it(&analysis, &citations)
}

/// `text` cites exactly these, as `kind | number or name`.
fn check(text: &str, expected: &[&str]) {
    with_citations(text, |_, citations| {
        let found: Vec<String> = citations
            .facts
            .iter()
            .map(|fact| {
                let what = fact.number.as_deref().or(fact.name.as_deref()).unwrap_or("?");
                format!("{} | {what}", fact.kind)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    });
}

/// The first citation of `text` has this issuer and date.
fn check_details(text: &str, issuer: Option<&str>, date: Option<&str>) {
    with_citations(text, |_, citations| {
        let fact = citations.facts.first().expect(text);
        assert_eq!(
            (fact.issuer.as_deref(), fact.date_edtf.as_deref()),
            (issuer, date),
            "{text}"
        );
    });
}

#[test]
fn kinds_with_a_number_or_symbol() {
    check("theo Nghị quyết số 19-2017/NQ-CP.", &["Nghị quyết | 19-2017/NQ-CP"]);
    check("thực hiện Nghị định 210 của Chính phủ", &["Nghị định | 210"]);
    check("sửa nghị định 116/2017 về ô tô", &["Nghị định | 116/2017"]);
    check("Nghị quyết 30c/NQ-CP", &["Nghị quyết | 30c/NQ-CP"]);
    check("Kết luận 72 của Bộ Chính trị", &["Kết luận | 72"]);
    check("kết luận số 270 ngày 13/2/2018", &["Kết luận | 270"]);
    check(
        "NĐ 67 và QĐ số 12/QĐ-UBND",
        &["Nghị định | 67", "Quyết định | 12/QĐ-UBND"],
    );
    check("Nghị định (NĐ) 67", &["Nghị định | 67"]);
    check("văn bản số 491/BGTVT-QLDN gửi tỉnh", &["Văn bản | 491/BGTVT-QLDN"]);
    check("ban hành Kế hoạch số 88/KH-UBND", &["Kế hoạch | 88/KH-UBND"]);
    check("Công điện hỏa tốc số 320/CĐ-TTg", &["Công điện | 320/CĐ-TTg"]);
    check(
        "Quyết định của Thủ tướng Chính phủ số 225/QĐ-TTg",
        &["Quyết định | 225/QĐ-TTg"],
    );
    check("Nghị định 67/2014 NĐ-CP", &["Nghị định | 67/2014 NĐ-CP"]);
    check("Luật số 12/2017/QH14", &["Luật | 12/2017/QH14"]);
}

#[test]
fn lists_share_their_kind() {
    check(
        "các Nghị quyết 01, 02 của Chính phủ",
        &["Nghị quyết | 01", "Nghị quyết | 02"],
    );
    check(
        "Quyết định số 5/QĐ-UBND ngày 7/1/2016 và số 9/QĐ-UBND ngày 8/1/2016 của UBND tỉnh",
        &["Quyết định | 5/QĐ-UBND", "Quyết định | 9/QĐ-UBND"],
    );
    check("Nghị quyết 01, 5 bộ đã làm", &["Nghị quyết | 01"]);
    check("Nghị quyết 35, 100 doanh nghiệp", &["Nghị quyết | 35"]);
}

#[test]
fn laws_by_name() {
    check(
        "theo Luật Báo chí và Luật đất đai",
        &["Luật | Luật Báo chí", "Luật | Luật đất đai"],
    );
    check("Luật về Chữ ký số năm 2000", &["Luật | Luật về Chữ ký số"]);
    check("Bộ luật Hình sự (sửa đổi)", &["Bộ luật | Bộ luật Hình sự (sửa đổi)"]);
    check("dự thảo Luật Quy hoạch", &["Luật | dự thảo Luật Quy hoạch"]);
    check(
        "vi phạm Điều 19 BLHS 2015, khoản 3 Điều 73 BLTTHS",
        &["Bộ luật | BLHS 2015", "Bộ luật | BLTTHS"],
    );
    check("theo Luật Công chức, viên chức", &["Luật | Luật Công chức, viên chức"]);
    check("làm theo luật đất đai; luật đất đai chưa rõ", &["Luật | luật đất đai"]);
    check(
        "Luật Phòng, chống tham nhũng quy định",
        &["Luật | Luật Phòng, chống tham nhũng"],
    );
    check("Luật Công dân số được thông qua", &["Luật | Luật Công dân số"]);
    check("Hiến pháp 2013", &["Hiến pháp | Hiến pháp 2013"]);
    check(
        "các Luật Đầu tư, đất đai, hỗ trợ doanh nghiệp nhỏ và vừa",
        &[
            "Luật | Luật Đầu tư",
            "Luật | Luật đất đai",
            "Luật | Luật hỗ trợ doanh nghiệp nhỏ và vừa",
        ],
    );
    check(
        "Luật sửa đổi, bổ sung một số điều của Bộ luật Hình sự",
        &["Luật | Luật sửa đổi, bổ sung một số điều của Bộ luật Hình sự"],
    );
    check(
        "Luật Đất đai 2003 và Luật Đất đai 2013",
        &["Luật | Luật Đất đai", "Luật | Luật Đất đai"],
    );
    check("Luật Đất đai số 45/2013/QH13", &["Luật | 45/2013/QH13"]);
}

#[test]
fn resolutions_by_congress_or_subject_and_drafts_by_title() {
    check(
        "Nghị quyết Trung ương 4 (khóa XII) về xây dựng Đảng",
        &["Nghị quyết | Nghị quyết Trung ương 4 (khóa XII)"],
    );
    check(
        "Nghị quyết T.Ư 4, khóa XI đã nêu",
        &["Nghị quyết | Nghị quyết T.Ư 4, khóa XI"],
    );
    check(
        "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa X",
        &["Nghị quyết | Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa X"],
    );
    check(
        "đưa Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng vào cuộc sống",
        &["Nghị quyết | Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"],
    );
    check(
        "Nghị quyết Đại hội XVI Đảng bộ thành phố, trong đó",
        &["Nghị quyết | Nghị quyết Đại hội XVI Đảng bộ thành phố"],
    );
    check(
        "Nghị quyết của Quốc hội về thí điểm xử lý nợ xấu.",
        &["Nghị quyết | Nghị quyết của Quốc hội về thí điểm xử lý nợ xấu"],
    );
    check(
        "góp ý dự thảo Nghị định về phí bảo vệ môi trường.",
        &["Nghị định | dự thảo Nghị định về phí bảo vệ môi trường"],
    );
    check(
        "dự thảo Nghị định sửa đổi Nghị định 67 của Chính phủ",
        &[
            "Nghị định | dự thảo Nghị định sửa đổi Nghị định 67 của Chính phủ",
            "Nghị định | 67",
        ],
    );
}

#[test]
fn mentions_without_a_document_are_none() {
    for text in [
        "Nghị định này có hiệu lực",
        "các nghị quyết của Đảng",
        "các Nghị quyết về nông nghiệp, nông thôn",
        "Đoàn Luật sư tỉnh",
        "Luật sư Nguyễn Văn A",
        "kỷ luật Đảng",
        "báo Pháp luật Việt Nam",
        "Công ty Luật Hà Thanh",
        "Trường Đại học Luật Hà Nội",
        "luật lệ",
        "Luật quy định rõ",
        "Kết luận hội nghị, ông nói",
        "kế hoạch 5 năm",
        "quyết định 500 tỷ đồng",
        "quy định 18 nhóm",
        "thông báo 3 lần",
        "dự thảo Nghị định này",
        "Công ước về Luật Biển 1982",
        "Tòa án Hiến pháp",
        "Nghị quyết 5 điểm",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_document_is_listed_once_with_its_fullest_number() {
    check(
        "Nghị quyết 35 ra đời. Nghị quyết số 35/NQ-CP nêu. Nghị quyết 35/2016/NQ-CP",
        &["Nghị quyết | 35/2016/NQ-CP"],
    );
    check(
        "Nghị quyết 35/NQ-CP và Nghị quyết 35/NQ-HĐND",
        &["Nghị quyết | 35/NQ-CP", "Nghị quyết | 35/NQ-HĐND"],
    );
    check(
        "Luật Ngân sách, rồi Luật Ngân sách Nhà nước",
        &["Luật | Luật Ngân sách"],
    );
    check(
        "Luật Đầu tư và Luật Đầu tư công",
        &["Luật | Luật Đầu tư", "Luật | Luật Đầu tư công"],
    );
    check(
        "Nghị quyết Trung ương 4 (khóa XII); Nghị quyết Trung ương 4 đã nêu",
        &["Nghị quyết | Nghị quyết Trung ương 4 (khóa XII)"],
    );
}

#[test]
fn issuer_and_date_come_from_the_text_or_the_symbol() {
    check_details(
        "Quyết định số 225/QĐ-TTg ngày 4/2/2016 của Thủ tướng Chính phủ phê duyệt",
        Some("Thủ tướng Chính phủ"),
        Some("2016-02-04"),
    );
    check_details("Nghị quyết 19-2017/NQ-CP", Some("Chính phủ"), None);
    check_details("Nghị quyết số 41/2017/QH14", Some("Quốc hội"), None);
    check_details(
        "Nghị định 210 của Chính phủ năm 2013",
        Some("Chính phủ"),
        Some("2013-XX-XX"),
    );
    check_details("Chỉ thị 24 vừa ban hành ngày 2/6", None, Some("XXXX-06-02"));
    check_details("Quyết định 7/2016/QĐ-UBND ngày 18/1", None, Some("2016-01-18"));
    check_details("Nghị định 49 sáng 22/6 tại Cục", None, None);
    check_details(
        "Quyết định số 9/QĐ-UBND của UBND tỉnh Bắc Giang về việc",
        Some("UBND tỉnh Bắc Giang"),
        None,
    );
    check_details("Luật Doanh nghiệp năm 2014", None, Some("2014-XX-XX"));
}

#[test]
fn digits_of_citations_are_marked() {
    with_citations(
        "Nghị quyết 35/NQ-CP giúp 20 xã; số 11-NQ/TW",
        |analysis, citations| {
            let free: Vec<&str> = (0..analysis.len())
                .filter(|&token| analysis.kind(token) == crate::text::token::Kind::Number)
                .filter(|&token| !citations.is_citation_token(token))
                .map(|token| analysis.surface(token))
                .collect();
            assert_eq!(free, ["20"]);
        },
    );
}

proptest! {
    #[test]
    fn quotes_are_grounded_in_any_text(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "Luật", "luật", "Đầu tư", "đất đai", "Nghị quyết", "nghị định", "dự thảo", "số", "của", "Quốc hội", "về",
                "việc xử lý", "12", "2017", "/", "-", "NQ", "CP", "QH14", ",", "và", "(", ")", "khóa", "XII", "Trung ương",
                "Đại hội", "lần thứ", "các", "sửa đổi", "bổ sung", "một số điều", "ngày", "5/6/2017", "năm", ".", "\n", "Hiến pháp",
            ]),
            0..30,
        ),
        glue in prop::sample::select(vec!["", " "]),
    ) {
        let text = pieces.join(glue);
        with_citations(&text, |_, citations| {
            for fact in &citations.facts {
                let evidence = &fact.evidence;
                let quote: String = text
                    .chars()
                    .skip(evidence.start as usize)
                    .take((evidence.end - evidence.start) as usize)
                    .collect();
                assert_eq!(quote, evidence.quote);
                assert!(fact.number.is_some() || fact.name.is_some());
            }
        });
    }
}
