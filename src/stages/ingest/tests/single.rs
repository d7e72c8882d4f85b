use super::*;

#[test]
fn text_and_pages_are_one_document_each() {
    check(
        "a.txt",
        "Chiều 18/3\r\nUBND thị xã họp.",
        &["-: text=Chiều 18/3\r\nUBND thị xã họp."],
    );
    check("a.html", "<p>Chào", &["-: html=<p>Chào"]);
    check("dir/A.HTM", "<p>Chào", &["-: html=<p>Chào"]);
}

#[test]
fn compressed_files_give_what_is_in_them() {
    let members = [gzip("Sáng "), gzip("nay")].concat();
    check("a.txt.gz", members, &["-: text=Sáng nay"]);
    let frames = [zstd("Sáng "), zstd("nay")].concat();
    check("a.txt.zst", frames, &["-: text=Sáng nay"]);
    check("a.html.gz", gzip("<p>x"), &["-: html=<p>x"]);
}

#[test]
fn damaged_compression_is_rejected() {
    let whole = gzip("Quyết định số 12".repeat(99));
    check("a.txt.gz", &whole[..whole.len() - 9], &["-: bad_compression"]);
    check("a.txt.gz", "no gzip at all", &["-: bad_compression"]);
    let whole = zstd("Quyết định số 12".repeat(99));
    check("a.txt.zst", &whole[..whole.len() - 3], &["-: bad_compression"]);
    check("a.txt.zst", "no zstd at all", &["-: bad_compression"]);
    assert!(message("a.txt.gz", "no gzip at all").contains("gzip data are cut off or damaged"));
}

#[test]
fn files_without_text_are_rejected() {
    check("a.txt", "", &["-: empty"]);
    check("a.html", " \r\n\u{A0}", &["-: empty"]);
    check("a.txt.gz", gzip(""), &["-: empty"]);
    check("a.txt", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x02\0", &["-: not_text"]);
    check("a.txt", "a\0b\0\0", &["-: not_text"]);
    check("a.docx", "PK", &["-: unknown_format"]);
}

#[test]
fn pages_are_decoded_as_they_declare() {
    let sentence = "Hôm nay, chủ tịch xã đã gặp mặt các hộ dân";
    for declaration in ["<meta charset=windows-1258>", "<?xml encoding='windows-1258'?>", ""] {
        let page = [declaration.as_bytes(), &windows_1258(sentence)].concat();
        let html = read("a.html", &page)[0].clone().unwrap().html.unwrap();
        assert_eq!(html.nfc().collect::<String>(), format!("{declaration}{sentence}"));
    }
}

#[test]
fn a_document_keeps_its_id_when_its_file_is_moved_or_recompressed() {
    let id = |name: &str, bytes: &[u8]| read(name, bytes)[0].clone().unwrap().document_id;
    let plain = id("raw/2021/hop.txt", "Chào".as_bytes());
    assert_eq!(id("hop.txt", "Chào".as_bytes()), plain);
    assert_eq!(id("x/hop.TXT.gz", &gzip("Chào")), plain);
    assert_eq!(id("x/hop.txt.zst", &zstd("\u{FEFF}Chào")), plain);
    assert_ne!(id("khac.txt", "Chào".as_bytes()), plain);
    assert_ne!(id("hop.txt", "Chào!".as_bytes()), plain);
}
