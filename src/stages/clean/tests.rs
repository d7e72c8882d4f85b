//! Whole pages of the author's own making, in the layouts of portals, ministries and newspapers.

use proptest::prelude::*;

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

#[test]
fn a_newspaper_with_host_counter_and_address_of_the_source() {
    let document = check_page(
        "UBND tỉnh sơ kết công tác cải cách hành chính\n\n132\n\nbaohoabinh.com.vn\n\n15/06/2021 07:05\n\nHình ảnh.jpg",
        "UBND tỉnh sơ kết công tác cải cách hành chính",
        "Trần Nam\n\nNguồn bài viết:\nhttps://baohoabinh.com.vn/tin/1.html",
    );
    assert_eq!(document.site.as_deref(), Some("baohoabinh.com.vn"));
    assert_eq!(document.source_name.as_deref(), Some("baohoabinh.com.vn"));
    assert_eq!(document.area_id.as_deref(), Some("VN-17@2004"));
    assert_eq!(
        document.reprinted_from.as_deref(),
        Some("https://baohoabinh.com.vn/tin/1.html")
    );
}

#[test]
fn layouts_around_an_article() {
    for (head, title, tail) in [
        // Section, title, clock with weekday.
        (
            "Tin trong tỉnh\nSơ kết công tác 6 tháng đầu năm\nThứ Ba, 14/06/2022, 16:30 (GMT+7)",
            "Sơ kết công tác 6 tháng đầu năm",
            "",
        ),
        // Breadcrumb, share bar, reading aloud.
        (
            "Trang chủ » Tin tức » Cải cách hành chính\nSơ kết công tác 6 tháng đầu năm\nĐăng ngày: 14/06/2022\nNghe đọc bài\nChia sẻ: Facebook Zalo Twitter\nCỡ chữ: A- A A+",
            "Sơ kết công tác 6 tháng đầu năm",
            "In trang | Gửi bài viết | Quay lại\nBình luận\nGửi bình luận",
        ),
        // Written date, byline under the title.
        (
            "Sơ kết công tác 6 tháng đầu năm\nNgày 14 tháng 6 năm 2022\nTác giả: Lê Nam",
            "Sơ kết công tác 6 tháng đầu năm",
            "Tin liên quan:\nTỉnh trao giải báo chí\nHọp báo thường kỳ quý II\nKhai giảng lớp tập huấn",
        ),
        // Author and date on one line.
        (
            "Sơ kết công tác 6 tháng đầu năm\nHồng Vân - 14/06/2022 08:30",
            "Sơ kết công tác 6 tháng đầu năm",
            "Bài viết khác",
        ),
        // Content management systems' own lines.
        (
            "Sơ kết công tác 6 tháng đầu năm\nChi tiết\nĐược đăng: 14 Tháng 6 2022\nLượt xem: 12\nViết bởi Admin",
            "Sơ kết công tác 6 tháng đầu năm",
            "Tổng số điểm của bài viết là: 0 trong 0 đánh giá\nClick để đánh giá bài viết\nTweet\nNhững tin mới hơn\nHọp báo",
        ),
        (
            "Sơ kết công tác 6 tháng đầu năm\nThứ tư - 14/06/2022 14:30\n1.234 0\n| Xem với cỡ chữ |",
            "Sơ kết công tác 6 tháng đầu năm",
            "Tác giả bài viết: Hồng Vân\nNguồn tin: Báo Ninh Bình\nXếp hạng: 4.5 - 2 phiếu bầu\nTừ khóa: sơ kết, hành chính",
        ),
        (
            "Sơ kết công tác 6 tháng đầu năm\nPosted on 14/06/2022 by admin",
            "Sơ kết công tác 6 tháng đầu năm",
            "(Theo chinhphu.vn)",
        ),
        // Date with an office or a place.
        (
            "Sơ kết công tác 6 tháng đầu năm\nVăn phòng UBND tỉnh - 14/06/2022",
            "Sơ kết công tác 6 tháng đầu năm",
            "Sở Nội vụ",
        ),
        (
            "Sơ kết công tác 6 tháng đầu năm\nNinh Bình, ngày 14 tháng 6 năm 2022",
            "Sơ kết công tác 6 tháng đầu năm",
            "./.",
        ),
        (
            "Sơ kết công tác 6 tháng đầu năm\nNgày đăng: 14/06/2022 | Lượt xem: 1.234 | Tác giả: admin",
            "Sơ kết công tác 6 tháng đầu năm",
            "Bài, ảnh: Hồng Vân",
        ),
        // The newspaper beside the date; names in capitals that run on.
        (
            "Sơ kết công tác 6 tháng đầu năm\nBáo Ninh Bình | 14/06/2022 | 10:48",
            "Sơ kết công tác 6 tháng đầu năm",
            "TAGS: sơ kết\nĐọc thêm\nHọp báo",
        ),
        (
            "BÁO VÀ PHÁT THANH TRUYỀN HÌNH CẦN THƠ\nSơ kết công tác 6 tháng đầu năm\n14/06/2022 - 06:15",
            "Sơ kết công tác 6 tháng đầu năm",
            "HOÀI AN – X.MAI\nIn bài | Gửi bạn bè | Lượt đọc: 15.208",
        ),
        (
            "ĐẢNG BỘ HUYỆN KIM SƠN, TỈNH NINH BÌNH - TRANG THÔNG TIN ĐIỆN TỬ\nTổng số truy cập : 88.214 Đang online : 7\nSơ kết công tác 6 tháng đầu năm\nNgày đăng: 14-06-2022",
            "Sơ kết công tác 6 tháng đầu năm",
            "Lê Nam - Văn phòng UBND tỉnh",
        ),
        // Imprint.
        (
            "UBND huyện Kim Sơn\nSơ kết công tác 6 tháng đầu năm\nCập nhật lúc: 08:30 14/06/2022",
            "Sơ kết công tác 6 tháng đầu năm",
            "Theo Báo Ninh Bình\nLượt xem: 12\nĐịa chỉ: số 1 phố Đông\nĐiện thoại: 0229 111 222 - Email: a@b.gov.vn\nGiấy phép số 12/GP-TTĐT\n© 2022",
        ),
    ] {
        let document = check_page(head, title, tail);
        assert_eq!(
            document.published_at.map(|day| day.to_string()).as_deref(),
            Some("2022-06-14"),
            "{head}"
        );
    }
}

#[test]
fn a_box_of_links_within_the_article_goes_and_the_article_goes_on() {
    let document = clean_text(&format!(
        "Sơ kết công tác 6 tháng đầu năm\n{LEAD}\nTin liên quan\nTỉnh trao giải báo chí\n{LEAD} {CLOSE}"
    ));
    assert_eq!(
        document.text,
        format!("Sơ kết công tác 6 tháng đầu năm\n{LEAD}\n{LEAD} {CLOSE}")
    );
}

#[test]
fn captions_tables_and_lists_of_the_article_stay() {
    let body = format!(
        "Sơ kết công tác 6 tháng đầu năm\n{LEAD}\nQuang cảnh hội nghị. Ảnh: LN\n- Hồ sơ đúng hạn: 98%\nHuyện Kim Sơn\n45\nHuyện Yên Mô\n52\n{CLOSE}\nÔng Lê Văn An, Chủ tịch UBND tỉnh, phát biểu tại hội nghị\nHuyện Gia Viễn\n61"
    );
    assert_eq!(clean_text(&body).text, body);
}

#[test]
fn dates_of_events_are_no_dates_of_publication() {
    let document = clean_text(&format!(
        "Sơ kết công tác 6 tháng đầu năm\n{LEAD}\n{CLOSE}\nNgày 1/7/2022\n{CLOSE}"
    ));
    assert_eq!(document.published_edtf, None);
    assert!(document.text.contains("Ngày 1/7/2022"));
}

#[test]
fn agency_tags_and_credits_name_the_source() {
    for (lead, source_name, area) in [
        ("(TTXVN) - ", Some("TTXVN"), None),
        ("Hà Nội (TTXVN) – ", Some("TTXVN"), None),
        ("(BNP) - ", Some("BNP"), Some("VN-27@2004")),
        ("(Chinhphu.vn) - ", Some("Chinhphu.vn"), None),
        ("TTO - ", Some("TTO"), None),
        ("", None, None),
    ] {
        let document = clean_text(&format!("Sơ kết công tác 6 tháng đầu năm\n{lead}{LEAD}\n{CLOSE}"));
        assert_eq!(document.source_name.as_deref(), source_name, "{lead}");
        assert_eq!(document.area_id.as_deref(), area, "{lead}");
    }
}

#[test]
fn a_known_title_stands_first_and_once() {
    for text in [format!("Báo Hà Nam\nHọp giao ban\n{LEAD}"), LEAD.to_owned()] {
        let raw = RawDocumentRow {
            title: Some(" Họp  giao ban ".into()),
            text: Some(text.clone()),
            published_at: Some("2022-06-14T20:00:00Z".into()),
            ..RawDocumentRow::default()
        };
        let document = stage().clean(raw).unwrap();
        assert!(document.text.starts_with("Họp giao ban\n"), "{}", document.text);
        assert_eq!(document.text.matches("Họp giao ban").count(), 1);
        assert_eq!(document.published_edtf.as_deref(), Some("2022-06-15T03:00"));
        assert_eq!(document.published_basis.as_deref(), Some("field"));
    }
}

const PAGE: &str = r#"<!doctype html><html><head><title>Sơ kết công tác cải cách hành chính - Cổng thông tin điện tử tỉnh Cà Mau</title>
<meta property="og:site_name" content="Cổng thông tin điện tử tỉnh Cà Mau">META<script>var x = "<p>không phải chữ</p>";</script></head>
<body><header><div class="clock">Thứ tư, 01/01/2025</div></header>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/t">Tin tức</a></li></ul></nav>
<div class="main"><h1>Sơ kết công tác cải cách hành chính</h1><div class="date">Thứ Ba, 14/06/2022 | 16:05</div>
<div class="detail-content"><p><strong>LEAD</strong></p>
<table class="image"><tr><td><img src="a.jpg" alt=""></td></tr><tr><td>Quang cảnh hội nghị. Ảnh: LN</td></tr></table>
<p>CLOSE</p><table><tr><th>Huyện</th><th>Hồ sơ</th></tr><tr><td>Cái Nước</td><td>1.250</td></tr></table>
<figure><img src="b.jpg"><figcaption>Ông Lê Văn An phát biểu kết luận hội nghị</figcaption></figure>
<p>CLOSE LEAD</p><p style="text-align:right">Hồng Vân</p></div>
<div class="share-box">Chia sẻ Facebook</div>
<div class="related"><h3>Tin khác</h3><ul><li><a href="/1">Tỉnh trao giải báo chí năm nay cho các tác giả</a></li><li><a href="/2">Họp báo thường kỳ quý II của tỉnh</a></li></ul></div></div>
<footer><p>Bản quyền thuộc về Cổng thông tin điện tử tỉnh Cà Mau. Địa chỉ: số 2 Hùng Vương</p></footer></body></html>"#;

fn page(meta: &str) -> String {
    PAGE.replace("LEAD", LEAD).replace("CLOSE", CLOSE).replace("META", meta)
}

#[test]
fn an_html_page() {
    let document = clean_html(&page(""), Some("https://www.camau.gov.vn/tin-1.html"));
    let expected = format!(
        "Sơ kết công tác cải cách hành chính\n\n{LEAD}\nQuang cảnh hội nghị. Ảnh: LN\n{CLOSE}\nHuyện | Hồ sơ\nCái Nước | 1.250\nÔng Lê Văn An phát biểu kết luận hội nghị\n{CLOSE} {LEAD}"
    );
    assert_eq!(document.text.replace("\n\n", "\n"), expected.replace("\n\n", "\n"));
    assert_eq!(document.title.as_deref(), Some("Sơ kết công tác cải cách hành chính"));
    assert_eq!(document.site.as_deref(), Some("camau.gov.vn"));
    assert_eq!(document.area_id.as_deref(), Some("VN-96@2004"));
    assert_eq!(document.authors, ["Hồng Vân"]);
    assert_eq!(document.published_edtf.as_deref(), Some("2022-06-14T16:05"));
    assert_eq!(document.published_basis.as_deref(), Some("text"));
}

#[test]
fn a_page_laid_out_in_tables() {
    let html = format!(
        "<title>Trang thông tin điện tử Sở Nội vụ Hà Nam</title><table><tr><td><table><tr><td><a href=1>Giới thiệu</a></td></tr>\
        <tr><td><a href=2>Tin tức</a></td></tr></table></td><td><table><tr><td><b>Hội nghị sơ kết cải cách hành chính</b></td></tr>\
        <tr><td>(Cập nhật: 14/06/2022 16:05)</td></tr><tr><td><span>Hà Nam</span>{LEAD}<br><br>{CLOSE}<br>{LEAD}<br><br>{CLOSE}<br>\
        <div align=right><b>Hồng Vân</b></div></td></tr><tr><td>Các tin khác<ul><li><a href=4>Sở họp giao ban tháng 5 (31/05)</a>\
        <li><a href=5>Công bố chỉ số năm 2021 (20/05)</a></ul></td></tr></table></td></tr><tr><td>Bản quyền thuộc Sở Nội vụ</td></tr></table>"
    );
    let document = clean_html(&html, None);
    let expected = format!("Hội nghị sơ kết cải cách hành chính\nHà Nam {LEAD}\n{CLOSE}\n{LEAD}\n{CLOSE}");
    assert_eq!(document.text.replace("\n\n", "\n"), expected);
    assert_eq!(document.published_edtf.as_deref(), Some("2022-06-14T16:05"));
    assert_eq!(document.authors, ["Hồng Vân"]);
    assert_eq!(
        document.source_name.as_deref(),
        Some("Trang thông tin điện tử Sở Nội vụ Hà Nam")
    );
    assert_eq!(document.area_id.as_deref(), Some("VN-35@2004"));
}

#[test]
fn metadata_of_a_page_beats_its_text_unless_the_text_is_finer() {
    let meta = |day: &str| page(&format!(r#"<meta property="article:published_time" content="{day}">"#));
    let document = clean_html(&meta("2022-06-15T01:00:00+07:00"), None);
    assert_eq!(document.published_edtf.as_deref(), Some("2022-06-15T01:00"));
    assert_eq!(document.published_basis.as_deref(), Some("meta"));
    let document = clean_html(&meta("2022-06-14"), None);
    assert_eq!(document.published_edtf.as_deref(), Some("2022-06-14T16:05"));
}

#[test]
fn a_page_without_an_article_gives_all_its_lines() {
    let document = clean_html(&format!("<h2>Thông báo</h2><ul><li>{CLOSE}</li></ul>"), None);
    assert!(document.text.contains(CLOSE));
}

#[test]
fn a_title_stands_on_one_line_whatever_is_in_it() {
    let raw = RawDocumentRow {
        title: Some("Họp\r\n\r\ngiao  ban\u{2028}tháng 6".into()),
        text: Some(LEAD.into()),
        ..RawDocumentRow::default()
    };
    let document = stage().clean(raw).unwrap();
    assert_eq!(document.title.as_deref(), Some("Họp giao ban tháng 6"));
    assert_eq!(normalize::normalize(&document.text), document.text);
    let page = format!("<title>Họp\n\n<!-- -->\ngiao ban</title><p>{LEAD}</p><p>{CLOSE}</p>");
    let document = clean_html(&page, None);
    assert_eq!(normalize::normalize(&document.text), document.text);
}

#[test]
fn what_cannot_be_a_document_is_rejected_with_a_reason() {
    let code = |raw: RawDocumentRow| stage().clean(raw).unwrap_err().code;
    let text = |text: &str| RawDocumentRow {
        text: Some(text.into()),
        ..RawDocumentRow::default()
    };
    let html = |html: String| RawDocumentRow {
        html: Some(html),
        ..RawDocumentRow::default()
    };
    assert_eq!(code(text("")), "no_text");
    assert_eq!(code(text("A- A A+\n\nSố lượt xem: 15")), "no_text");
    assert_eq!(code(text("Họp giao ban\nHôm qua họp.")), "too_short");
    assert_eq!(code(html("<p></p>".into())), "no_text");
    assert_eq!(code(html("<div>".repeat(10_000) + LEAD)), "too_deep");
    assert_eq!(code(html("<b>".repeat(3_000_000))), "too_deep");
}

#[test]
fn pages_nested_just_below_the_limit_are_read() {
    for tag in ["div", "span", "b", "table", "ul", "blockquote"] {
        let html = format!(
            "{}<p>{LEAD}</p>{}",
            format!("<{tag}>").repeat(500),
            format!("</{tag}>").repeat(500)
        );
        assert!(clean_html(&html, None).text.contains("UBND tỉnh tổ chức"), "{tag}");
    }
}

#[test]
fn equal_texts_have_equal_hashes() {
    let hash = |text: &str| clean_text(text).content_hash;
    let text = format!("Sơ kết công tác 6 tháng đầu năm\n{LEAD}");
    assert_eq!(hash(&text).len(), 16);
    assert_eq!(hash(&text), hash(&text.to_uppercase().replace('\n', " \n\n ")));
    assert_ne!(hash(&text), hash(&text.replace("14/6", "15/6")));
}

#[test]
fn the_stage_keeps_or_rejects_every_row() {
    let row = |id: &str, text: &str| RawDocumentRow {
        document_id: id.into(),
        source_path: format!("{id}.txt"),
        text: Some(text.into()),
        ..RawDocumentRow::default()
    };
    let rows = [row("a", &format!("Họp giao ban\n{LEAD}")), row("b", ""), row("c", LEAD)];
    let batch = crate::schema::to_batch(Table::RawDocuments, &rows).unwrap();
    let output = stage().apply(&batch).unwrap();
    assert_eq!(output.tables[0].1.num_rows(), 2);
    assert_eq!(output.rejects.len(), 1);
    assert_eq!(
        (&*output.rejects[0].source_path, &*output.rejects[0].code),
        ("b.txt", "no_text")
    );
}

proptest! {
    #[test]
    fn any_text_gives_a_normalised_document_or_a_reject(lines in prop::collection::vec("(?s).{0,40}|[ -~à-ỹ]{0,120}|Nguồn: .{0,20}|[0-9/: ]{1,18}|(Tin khác|Theo|Ảnh:|Tác giả:) ?[A-Zà-ỹ. ]{0,30}", 0..12)) {
        let text = lines.join("\n");
        for raw in [
            RawDocumentRow { text: Some(text.clone()), ..RawDocumentRow::default() },
            RawDocumentRow { html: Some(format!("<p>{}</p>", lines.join("</p><p>"))), ..RawDocumentRow::default() },
        ] {
            if let Ok(document) = stage().clean(raw) {
                prop_assert_eq!(document.text.chars().count() as i32, document.n_chars);
                prop_assert_eq!(&normalize(&document.text), &document.text);
                prop_assert!((0.0..=1.0).contains(&document.topic_score));
            }
        }
    }
}
