use super::*;

#[test]
fn each_row_below_the_header_is_a_document() {
    check(
        "a.csv",
        "id,title,text\r\n1,Họp,\"Sáng nay, họp\"\r\n\r\n2,,\"dòng \"\"một\"\"\nhai\"\r\n3,t,",
        &[
            "1: id=1 title=Họp text=Sáng nay, họp",
            "2: id=2 text=dòng \"một\"\nhai",
            "3: empty",
        ],
    );
    check("a.csv.gz", gzip("text\nx\ny"), &["1: text=x", "2: text=y"]);
}

#[test]
fn spreadsheets_write_other_separators_and_marks() {
    check("a.csv", "\u{FEFF}text;id\na, b;1\n", &["1: id=1 text=a, b"]);
    check("a.csv", "\"id, or so\";\"x, y, z\"; text \n1;2;a\n", &["1: text=a"]);
    check("a.csv", "id\ttext\n1\ta; b\n", &["1: id=1 text=a; b"]);
    let text = "\u{FEFF}id\ttext\r\n1\tĐồng chí\r\n";
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("a.csv", utf_16, &["1: id=1 text=Đồng chí"]);
}

#[test]
fn rows_in_windows_1258_are_decoded_as_a_whole() {
    let file = windows_1258("text,title\nNhiệm vụ cải cách hành chính ở đô thị,Họp\n");
    let row = read("a.csv", &file)[0].clone().unwrap();
    assert_eq!(row.title.unwrap().nfc().collect::<String>(), "Họp");
    assert_eq!(
        row.text.unwrap().nfc().collect::<String>(),
        "Nhiệm vụ cải cách hành chính ở đô thị"
    );
}

#[test]
fn a_row_of_another_width_is_rejected_alone() {
    check(
        "a.csv",
        "id,text\n1\n2,b,c\n3,d\n",
        &["1: bad_csv", "2: bad_csv", "3: id=3 text=d"],
    );
    assert_eq!(
        message("a.csv", "id,text\n1,a,b\n"),
        "row 1 has 3 fields and the header 2; a quote may be missing"
    );
}

#[test]
fn a_quote_never_closed_does_not_make_the_rest_a_document() {
    check(
        "a.csv",
        "id,text\n1,a\n2,\"b\n3,c\n4,d",
        &["1: id=1 text=a", "2: bad_csv"],
    );
    check("a.csv", "id,text\n1,\"a\"", &["1: id=1 text=a"]);
    check("a.csv", "id,text\n1,\"a\n\"\n", &["1: id=1 text=a\n"]);
    check("a.csv", "id,\"text\n1,a", &["-: bad_csv"]);
}

#[test]
fn a_header_without_text_is_told_once_with_the_names_that_are_there() {
    check("a.csv", "id,noi dung\n1,a\n2,b\n", &["-: no_text_field"]);
    assert!(message("a.csv", "id,noi dung\n1,a\n").contains("its names: id, noi dung. Say which"));
    check_with(
        &config(&[(DocumentField::Text, "noi dung"), (DocumentField::Title, "tieu_de")]),
        "a.csv",
        "id,noi dung\n1,a\n",
        &["1: id=1 text=a"],
    );
    check("a.csv", "", &["-: empty"]);
    check("a.csv", "text,id\n", &["-: empty"]);
}

#[test]
fn a_cut_off_stream_keeps_the_rows_before() {
    let text = (0..2000).map(|n| format!("{n},\"a{}\"\n", n * n)).collect::<String>();
    let bytes = gzip(format!("id,text\n{text}"));
    let found = read("a.csv.gz", &bytes[..bytes.len() - 20]);
    let (last, kept) = found.split_last().unwrap();
    assert_eq!(render(last), "-: bad_compression");
    assert!(kept.iter().all(Result::is_ok));
}
