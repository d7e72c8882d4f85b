use super::*;

#[test]
fn each_line_is_a_document() {
    check(
        "a.jsonl",
        r#"{"id":"n1","url":"https://a.vn/1","title":"Họp","text":"Sáng nay","published_at":"18/3/2021","site":"a.vn"}
{"html":"<p>x","more":[{"deep":{}}],"id":12,"title":null}
{"text":"\u1ea1\n\"b\"","id":-1.5}"#,
        &[
            "1: id=n1 url=https://a.vn/1 title=Họp text=Sáng nay at=18/3/2021 site=a.vn",
            "2: id=12 html=<p>x",
            "3: id=-1.5 text=ạ\n\"b\"",
        ],
    );
}

#[test]
fn line_numbers_count_blank_lines_too() {
    check(
        "a.ndjson",
        "\u{FEFF}{\"text\":\"a\"}\r\n\r\n  \n{\"text\":\"b\"}\r\n",
        &["1: text=a", "4: text=b"],
    );
}

#[test]
fn a_bad_line_does_not_stop_the_next() {
    check(
        "a.jsonl",
        "{\"text\":\"a\"\n[1]\n\"x\"\n{\"text\":\"b\"} {}\n{\"text\":\"c\"}\nnull\n",
        &[
            "1: bad_json",
            "2: bad_json",
            "3: bad_json",
            "4: bad_json",
            "5: text=c",
            "6: bad_json",
        ],
    );
    assert_eq!(message("a.jsonl", "\n{\"text\" 1}"), "line 2, column 9: expected `:`");
    assert_eq!(
        message("a.jsonl", "[{\"text\":1}]"),
        "line 1: an object in braces is expected"
    );
}

#[test]
fn objects_nested_beyond_reason_are_bad_json_unless_they_are_passed_over() {
    let deep = "[".repeat(100_000);
    check("a.jsonl", format!("{{\"text\":{deep}"), &["1: bad_json"]);
    let closed = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    check("a.jsonl", format!("{{\"x\":{closed},\"text\":\"a\"}}"), &["1: text=a"]);
}

#[test]
fn missing_text_is_told_from_empty_text() {
    check(
        "a.jsonl",
        r#"{"title":"t"}
{"text":null}
{"text":" ","html":""}
{"text":["a"]}
{"text":{"vi":"a"}}
{}"#,
        &[
            "1: no_text_field",
            "2: empty",
            "3: empty",
            "4: no_text_field",
            "5: no_text_field",
            "6: no_text_field",
        ],
    );
    let told = message("a.jsonl", r#"{"tieu_de":"t","noi_dung":"n"}"#);
    assert_eq!(
        told,
        "line 1 has neither `text` nor `html`; its names: noi_dung, tieu_de. Say which holds the text in the pipeline \
         file: [ingest.fields] text = \"…\""
    );
}

#[test]
fn fields_are_found_under_the_names_of_the_pipeline_file() {
    use DocumentField::{Id, Site, Text, Title, Url};
    let config = config(&[
        (Text, "noi_dung"),
        (Title, "meta.title"),
        (Id, "link"),
        (Url, "link"),
        (Site, "meta.source.name"),
    ]);
    check_with(
        &config,
        "a.jsonl",
        r#"{"noi_dung":"n","text":"no","title":"no","link":"l","meta":{"title":"t","source":{"name":"s"},"x":1}}
{"meta.title":"flat","noi_dung":"n","meta":[{"title":"in a list"}]}
{"meta":"no object","html":"h"}
{"text":"n"}"#,
        &[
            "1: id=l url=l title=t text=n site=s",
            "2: title=flat text=n",
            "3: html=h",
            "4: no_text_field",
        ],
    );
}

#[test]
fn lines_in_other_encodings_are_decoded() {
    let line = "{\"text\":\"Hôm nay họp bàn nhiệm vụ\"}\n";
    let utf_16: Vec<u8> = line.repeat(2).encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(
        "a.jsonl",
        utf_16,
        &["1: text=Hôm nay họp bàn nhiệm vụ", "2: text=Hôm nay họp bàn nhiệm vụ"],
    );
    let mixed = [line.as_bytes(), &windows_1258(line), line.as_bytes()].concat();
    for found in read("a.jsonl", &mixed) {
        let text: String = found.unwrap().text.unwrap().nfc().collect();
        assert_eq!(text, "Hôm nay họp bàn nhiệm vụ");
    }
}

#[test]
fn a_cut_off_stream_keeps_the_lines_before() {
    let text = (0..20_000_u64)
        .map(|n| format!("{{\"id\":{n},\"text\":\"a{}\"}}\n", n * n))
        .collect::<String>();
    for (name, bytes) in [("a.jsonl.gz", gzip(&text)), ("a.jsonl.zst", zstd(&text))] {
        let found = read(name, &bytes[..bytes.len() - 20]);
        let (last, kept) = found.split_last().unwrap();
        let reject = last.as_ref().unwrap_err();
        assert_eq!((reject.code.as_str(), reject.source_record), ("bad_compression", None));
        assert!(
            reject
                .message
                .ends_with(&format!("what comes after line {} is left out", kept.len())),
            "{reject:?}"
        );
        assert!(kept.iter().all(Result::is_ok), "{name}");
    }
    let found = read("a.jsonl.gz", &[gzip(&text), b"trailing".to_vec()].concat());
    assert_eq!(found.len(), 20_001);
    assert_eq!(render(&found[20_000]), "-: bad_compression");
}

#[test]
fn files_without_lines_are_told() {
    check("a.jsonl", "", &["-: empty"]);
    check("a.jsonl", "\n\r\n \n", &["-: empty"]);
    check("a.jsonl.gz", "", &["-: bad_compression"]);
}

#[test]
fn a_record_keeps_its_id_when_the_lines_are_sorted_anew() {
    let ids = |text: &str| {
        let mut ids: Vec<String> = read("a.jsonl", text.as_bytes())
            .into_iter()
            .map(|row| row.unwrap().document_id)
            .collect();
        ids.sort();
        ids
    };
    let (first, second) = (r#"{"text":"a","id":1}"#, r#"{"id":"2","text":"b"}"#);
    assert_eq!(ids(&format!("{first}\n{second}")), ids(&format!("{second}\n\n{first}")));
}
