//! Bytes that are not what their name says, or too many of them.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;

use super::*;

/// Sixteen times what may be decompressed.
fn zeros() -> Vec<u8> {
    vec![b' '; 64 << 20]
}

/// A WARC record with a response of that body, `declared` being its Content-Length where it is not the true one.
fn response(headers: &str, body: &[u8], declared: Option<&str>) -> Vec<u8> {
    let mut http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n").into_bytes();
    http.extend_from_slice(body);
    let length = declared.map_or(http.len().to_string(), str::to_owned);
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n"
    );
    let mut record = head.into_bytes();
    record.extend_from_slice(&http);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn page(number: usize) -> Vec<u8> {
    response("", format!("<p>{ARTICLE} Bài {number}.</p>").as_bytes(), None)
}

fn parquet(n_rows: usize) -> Vec<u8> {
    let texts = (0..n_rows).map(|number| format!("{ARTICLE} Bài {number}."));
    let column: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
    let batch = RecordBatch::try_from_iter([("text", column)]).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn bombs_are_left_at_the_limit() {
    for name in ["a.txt.gz", "a.html.gz"] {
        check(name, gzip(zeros()), &[], &["- ingest document_too_large"]);
    }
    for name in ["a.jsonl.gz", "a.csv.gz", "a.warc.gz", "a.parquet.gz"] {
        check(name, gzip(zeros()), &[], &["- ingest decompressed_too_large"]);
    }
    for name in ["a.jsonl.zst", "a.csv.zst", "a.warc.zst", "a.parquet.zst"] {
        let bomb = zstd::encode_all(&*zeros(), 1).unwrap();
        check(name, bomb, &[], &["- ingest decompressed_too_large"]);
    }
    // A bomb within a bomb is a text that is none.
    check("a.txt.gz", gzip(gzip(zeros())), &[], &["- ingest not_text"]);
}

#[test]
fn a_bomb_in_a_response_leaves_out_its_record() {
    let bomb = response("Content-Encoding: gzip\r\n", &gzip(zeros()), None);
    let warc = [page(1), bomb, page(2)].concat();
    check("a.warc", warc, &["1", "3"], &["2 ingest document_too_large"]);
}

#[test]
fn records_with_wrong_lengths_are_left_out_alone() {
    for (length, rejects) in [
        ("1", &["2 ingest bad_warc"][..]),
        ("-1", &["2 ingest bad_warc"]),
        ("", &["2 ingest bad_warc"]),
        ("99999999999999999999999", &["2 ingest bad_warc"]),
    ] {
        let warc = [page(1), response("", b"<p>a</p>", Some(length)), page(3)].concat();
        check("a.warc", warc, &["1", "3"], rejects);
    }
    // What is announced as larger than the file takes all the rest with it.
    for length in ["18446744073709551615", "9223372036854775807", "1000000"] {
        let warc = [page(1), response("", b"<p>a</p>", Some(length)), page(3)].concat();
        check("a.warc", warc, &["1"], &["2 ingest bad_warc"]);
    }
}

#[test]
fn damaged_gzip_members_keep_the_records_before() {
    let members: Vec<Vec<u8>> = (1..=3).map(|number| gzip(page(number))).collect();
    check("a.warc.gz", members.concat(), &["1", "2", "3"], &[]);
    // A wrong length at the end of the second member, whose record has been read by then.
    let mut lying = members.clone();
    let end = lying[1].len();
    lying[1][end - 1] ^= 0x40;
    check("a.warc.gz", lying.concat(), &["1", "2"], &["- ingest bad_compression"]);
    // The second member is cut off.
    let cut = [&members[0][..], &members[1][..members[1].len() / 2], &members[2][..]].concat();
    check("a.warc.gz", cut, &["1"], &["- ingest bad_compression"]);
    // No gzip after the first member.
    let junk = [&members[0][..], b"WARC/1.0\r\n"].concat();
    check("a.warc.gz", junk, &["1"], &["- ingest bad_compression"]);
}

#[test]
fn one_long_line_is_left_out_alone() {
    let long = "Ông Nguyễn Văn An phát biểu ngày 14/6/2022. ".repeat(60_000);
    let lines = [json_line(&long), json_line(ARTICLE)].concat();
    check("a.jsonl", lines, &["2"], &["1 ingest document_too_large"]);
    check(
        "a.csv",
        format!("text\n\"{long}\"\n\"{ARTICLE}\"\n"),
        &["2"],
        &["1 ingest document_too_large"],
    );
    check("a.txt", &long, &[], &["- ingest document_too_large"]);
}

#[test]
fn the_largest_documents_go_through() {
    let fill = |unit: &str| {
        let n_times = (MAX_DOCUMENT_BYTES as usize - ARTICLE.len() - 1) / unit.len();
        format!("{ARTICLE}\n{}", unit.repeat(n_times))
    };
    for unit in [
        "ngày 14/6/2022 ",
        "Nguyễn Văn An, ",
        "98,5% hồ sơ; ",
        "(“",
        "ông ",
        "Phó Chủ tịch UBND tỉnh ",
        "a",
    ] {
        check("a.txt", fill(unit), &["-"], &[]);
    }
}

#[test]
fn odd_characters_are_dropped_or_make_a_reject() {
    let run_text = |content: &[u8]| {
        let mut outcome = Project::with("a.txt", content).run();
        outcome.documents.pop().map(|document| document.text)
    };
    let text = |content: String| run_text(content.as_bytes()).unwrap();
    assert_eq!(text(format!("{ARTICLE}\0")), ARTICLE);
    assert_eq!(
        text(format!("\u{feff}\u{202e}\u{2066}{ARTICLE}\u{2069}\u{feff}")),
        ARTICLE
    );
    assert_eq!(text(ARTICLE.replace(' ', "\u{200b} \u{ad}")), ARTICLE);
    assert!(text(format!("{ARTICLE} \u{10ffff}\u{fdd0}")).starts_with(ARTICLE));
    check("a.txt", "\0".repeat(1000), &[], &["- ingest not_text"]);
    // A lone surrogate in UTF-8, in UTF-16, and as an escape.
    assert!(
        run_text(&[ARTICLE.as_bytes(), b"\xED\xA0\x80"].concat())
            .unwrap()
            .starts_with(ARTICLE)
    );
    let mut utf_16: Vec<u16> = format!("\u{feff}{ARTICLE}").encode_utf16().collect();
    utf_16.push(0xD800);
    let bytes: Vec<u8> = utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    assert!(run_text(&bytes).unwrap().starts_with(ARTICLE));
}

#[test]
fn json_that_is_nearly_right_is_rejected_line_by_line() {
    let good = json_line(ARTICLE);
    let depth = "[".repeat(100_000);
    for bad in [
        format!("{{\"text\": \"{ARTICLE} \\ud800\"}}\n"),
        format!("{{\"text\": \"{ARTICLE} \\udc00\\ud800\"}}\n"),
        format!("{{\"text\": {depth}\n"),
        format!("{{\"x\": {depth}, \"text\": \"a\"}}\n"),
        format!("{{\"text\": \"{ARTICLE}\0\"}}\n"),
        "\u{feff}{\n".to_owned(),
        "NaN\n".to_owned(),
        "[{}]\n".to_owned(),
    ] {
        let lines = [&*good, &*bad, &*json_line(&format!("{ARTICLE} Hết."))].concat();
        let outcome = Project::with("a.jsonl", &lines).run();
        assert_eq!(
            outcome.names(),
            ["a.jsonl 1", "a.jsonl 3"],
            "{bad:.60}: {:?}",
            outcome.rejects
        );
        assert_eq!(outcome.rejects.len(), 1, "{bad:.60}");
    }
}

#[test]
fn files_cut_short_keep_what_can_be_read() {
    let whole = parquet(3);
    check("a.parquet", &whole, &["1", "2", "3"], &[]);
    for length in [0, 3, 4, 8, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        let outcome = Project::with("a.parquet", &whole[..length]).run();
        let codes = outcome.codes();
        assert_eq!(outcome.names(), [""; 0], "{length}");
        assert!(
            ["a.parquet - ingest bad_parquet", "a.parquet - ingest empty"].contains(&&*codes[0]),
            "{codes:?}"
        );
    }
    let lines = [json_line(ARTICLE), json_line(&ARTICLE.replace("An", "Bình"))].concat();
    let whole = gzip(&lines);
    for length in [1, 10, whole.len() / 2, whole.len() - 8, whole.len() - 1] {
        let outcome = Project::with("a.jsonl.gz", &whole[..length]).run();
        assert_eq!(outcome.codes(), ["a.jsonl.gz - ingest bad_compression"], "{length}");
    }
}

#[test]
fn one_value_for_many_rows_counts_as_often_as_it_is_given() {
    // A dictionary holds the text once: the file is small, by its footer too.
    let text = format!("{ARTICLE}{}", " Hết.".repeat(20_000));
    let column: ArrayRef = Arc::new(StringArray::from_iter_values((0..1_000).map(|_| &text)));
    let ids: ArrayRef = Arc::new(StringArray::from_iter_values(
        (0..1_000).map(|number| number.to_string()),
    ));
    let batch = RecordBatch::try_from_iter([("id", ids), ("text", column)]).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    let outcome = Project::with("a.parquet", writer.into_inner().unwrap()).run();
    assert_eq!(outcome.codes(), ["a.parquet - ingest decompressed_too_large"]);
    assert!(outcome.documents.len() as u64 * text.len() as u64 <= MAX_DECOMPRESSED_BYTES);
}

#[test]
fn damaged_parquet_gives_rows_or_a_reject() {
    let whole = parquet(40);
    for step in 0..60 {
        let mut damaged = whole.clone();
        let at = step * damaged.len() / 60;
        damaged[at] ^= 0xFF;
        let outcome = Project::with("a.parquet", &damaged).run();
        assert!(!outcome.names().is_empty() || !outcome.rejects.is_empty(), "{at}");
    }
}
