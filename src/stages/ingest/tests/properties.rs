use proptest::prelude::*;

use super::*;

const NAMES: [&str; 9] = [
    "a.txt",
    "a.html",
    "a.jsonl",
    "a.ndjson",
    "a.csv",
    "a.parquet",
    "a.warc",
    "a.pdf",
    "a",
];

/// Bytes that come near to the formats, so that more than the first check is reached.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        prop::sample::select(vec![
            &b"{\"text\":\"a\",\"id\":1}\n"[..],
            b"{\"text\":",
            b"id,text\n1,a\n",
            b"\"",
            b"text;id\r\n",
            b"PAR1",
            b"WARC/1.0\r\n",
            b"WARC-Type: response\r\nContent-Type: application/http\r\n",
            b"Content-Length: 70\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x",
            b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            b"\r\n\r\n",
            b"\x1F\x8B\x08\0",
            b"\x28\xB5\x2F\xFD",
            b"\xFF\xFE",
            b"\xEF\xBB\xBF",
            "Cải cách hành chính ".as_bytes(),
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn check_any(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let config = IngestConfig {
        max_document_bytes: 200,
        max_decompressed_bytes: 600,
        ..config(&[])
    };
    let found = read_with(&config, name, bytes);
    prop_assert!(!found.is_empty());
    for result in found {
        match result {
            Ok(row) => {
                prop_assert_eq!(row.document_id.len(), 16);
                prop_assert_eq!(row.text.is_some(), row.html.is_none());
            }
            Err(reject) => {
                prop_assert!(reject.code != "panic", "{}", reject.message);
                prop_assert!(reject.message.len() > 10);
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_under_any_name_give_rows_or_rejects(index in 0..NAMES.len(), bytes in bytes()) {
        let name = NAMES[index];
        check_any(name, &bytes)?;
        check_any(&format!("{name}.gz"), &bytes)?;
        check_any(&format!("{name}.gz"), &gzip(&bytes))?;
        check_any(&format!("{name}.zst"), &zstd(&bytes))?;
    }
}
