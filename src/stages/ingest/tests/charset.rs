use std::io::{BufReader, Cursor, Read};

use unicode_normalization::UnicodeNormalization;

use encoding_rs::UTF_8;

use super::super::charset::{declared_in_page, decode, encoding_of, split_ready};
use super::windows_1258;

const SENTENCE: &str = "Sáng nay, Uỷ ban nhân dân huyện Bình Lục họp bàn về nhiệm vụ cải cách thủ tục hành chính; \
                        đồng chí chủ tịch yêu cầu các xã, thị trấn giải quyết đúng hẹn hồ sơ của người dân.";

fn utf_16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn every_encoding_of_vietnamese_text_gives_the_same_letters() {
    let with_mark = format!("\u{FEFF}{SENTENCE}");
    let cases: [(&str, Vec<u8>); 7] = [
        ("UTF-8", SENTENCE.into()),
        ("UTF-8 with mark", with_mark.clone().into()),
        ("UTF-16LE with mark", utf_16_bytes(&with_mark, u16::to_le_bytes)),
        ("UTF-16BE with mark", utf_16_bytes(&with_mark, u16::to_be_bytes)),
        ("UTF-16LE", utf_16_bytes(SENTENCE, u16::to_le_bytes)),
        ("UTF-16BE", utf_16_bytes(SENTENCE, u16::to_be_bytes)),
        ("windows-1258", windows_1258(SENTENCE)),
    ];
    for (name, bytes) in cases {
        let decoded: String = decode(&bytes, None).nfc().collect();
        assert_eq!(decoded, SENTENCE, "{name}");
    }
}

#[test]
fn bytes_go_before_declarations_except_where_they_do_not_decide() {
    for declared in ["utf-8", "windows-1258", "iso-8859-1", "utf-16", "no such thing"] {
        assert_eq!(encoding_of(SENTENCE.as_bytes(), Some(declared)), UTF_8, "{declared}");
    }
    let bytes = windows_1258(SENTENCE);
    for declared in ["windows-1258", "iso-8859-1", "utf-8", "no such thing"] {
        assert_eq!(
            encoding_of(&bytes, Some(declared)),
            encoding_rs::WINDOWS_1258,
            "{declared}"
        );
    }
    assert_eq!(
        encoding_of(b"\x83\x65\x83\x58\x83\x67", Some("shift_jis")),
        encoding_rs::SHIFT_JIS
    );
}

#[test]
fn one_broken_byte_does_not_turn_utf_8_into_another_encoding() {
    let mut bytes = SENTENCE.as_bytes().to_vec();
    bytes.insert(0, 0xE1);
    assert_eq!(decode(&bytes, None), format!("\u{FFFD}{SENTENCE}"));
}

#[test]
fn zeros_here_and_there_are_not_utf_16() {
    for bytes in [&b"a\0b\0"[..], b"ab\0cdefgh\0ij", b"\0\0\0\0\0\0\0\0\0\0"] {
        assert_eq!(encoding_of(bytes, None), UTF_8, "{bytes:?}");
    }
}

#[test]
fn pages_declare_their_encoding_in_several_ways() {
    for (html, expected) in [
        (r#"<html><meta charset="windows-1258">"#, Some("windows-1258")),
        ("<META charset = utf-8 />", Some("utf-8")),
        (
            r#"<meta http-equiv="Content-Type" content="text/html; charset=Windows-1258">"#,
            Some("Windows-1258"),
        ),
        (r#"<?xml version="1.0" encoding='UTF-8'?>"#, Some("UTF-8")),
        ("<p>charset=utf-8", None),
        (r#"<meta name="a"><p charset="utf-8">"#, None),
        ("", None),
    ] {
        assert_eq!(declared_in_page(html.as_bytes()), expected, "{html}");
    }
}

#[test]
fn streams_are_decoded_across_the_borders_of_their_pieces() {
    let text = SENTENCE.repeat(9);
    for bytes in [
        utf_16_bytes(&format!("\u{FEFF}{text}"), u16::to_le_bytes),
        utf_16_bytes(&text, u16::to_be_bytes),
        format!("\u{FEFF}{text}").into_bytes(),
    ] {
        let reader = BufReader::with_capacity(401, Cursor::new(bytes));
        let mut decoded = String::new();
        split_ready(Box::new(reader))
            .unwrap()
            .read_to_string(&mut decoded)
            .unwrap();
        assert_eq!(decoded, text);
    }
}
