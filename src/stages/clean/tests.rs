//! Whole pages of the author's own making, in the layouts of portals, ministries and newspapers.

use super::*;

fn stage() -> Clean {
    Clean::new(&CleanConfig::default(), Lexicon::embedded(), &[]).unwrap()
}

fn clean_text(text: &str) -> DocumentRow {
    let raw = RawDocumentRow {
        document_id: "d1".into(),
        text: Some(text.into()),
        ..RawDocumentRow::default()
    };
    stage().clean(raw).unwrap()
}

fn clean_html(html: &str, url: Option<&str>) -> DocumentRow {
    let raw = RawDocumentRow {
        document_id: "d1".into(),
        html: Some(html.into()),
        url: url.map(str::to_owned),
        ..RawDocumentRow::default()
    };
    stage().clean(raw).unwrap()
}

const LEAD: &str = "Sáng 14/6, tại Trung tâm Hội nghị tỉnh, UBND tỉnh tổ chức hội nghị sơ kết công tác cải cách hành chính 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm.";
const CLOSE: &str = "Kết luận hội nghị, Phó Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành công khai kết quả giải quyết hồ sơ từng tuần.";

/// `head`, two paragraphs and `tail`: the text must be the title and the paragraphs alone.
fn check_page(head: &str, title: &str, tail: &str) -> DocumentRow {
    let document = clean_text(&format!("{head}\n\n{LEAD}\n\n{CLOSE}\n\n{tail}"));
    assert_eq!(
        document.text,
        format!("{title}\n\n{LEAD}\n\n{CLOSE}"),
        "{head} … {tail}"
    );
    assert_eq!(document.title.as_deref(), Some(title));
    document
}

#[test]
fn a_provincial_portal() {
    let document = check_page(
        "Cổng thông tin điện tử tỉnh Hà Nam\nSở Nội vụ\nA- A A+ | Tăng tương phản Giảm tương phản\nSơ kết công tác cải cách hành chính\n14/06/2022 16:05 Số lượt xem: 215",
        "Sơ kết công tác cải cách hành chính",
        "Lê Thị Hoa\nPHÒNG CCHC\n\nCác tin khác\n• Tỉnh họp báo quý II (10/06/2022)\n<< < 1 2 3 > >>\nBản quyền thuộc về Sở Nội vụ",
    );
    assert_eq!(
        document.source_name.as_deref(),
        Some("Cổng thông tin điện tử tỉnh Hà Nam")
    );
    assert_eq!(document.published_edtf.as_deref(), Some("2022-06-14T16:05"));
    assert_eq!(document.published_basis.as_deref(), Some("text"));
    assert_eq!(document.authors, ["Lê Thị Hoa"]);
    assert_eq!(document.topic.as_deref(), Some("public_administration"));
    assert_eq!(document.language.as_deref(), Some("vi"));
}
