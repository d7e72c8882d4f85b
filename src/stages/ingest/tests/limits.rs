use super::*;

fn limits(max_document_bytes: u64, max_decompressed_bytes: u64) -> IngestConfig {
    IngestConfig {
        max_document_bytes,
        max_decompressed_bytes,
        ..config(&[])
    }
}

#[test]
fn a_document_too_large_is_left_out_alone() {
    let config = limits(20, 1 << 20);
    let long = "x".repeat(300_000);
    check_with(
        &config,
        "a.txt",
        "x".repeat(20),
        &[&format!("-: text={}", "x".repeat(20))],
    );
    check_with(&config, "a.txt", "x".repeat(21), &["-: document_too_large"]);
    check_with(&config, "a.html.gz", gzip(&long), &["-: document_too_large"]);
    check_with(
        &config,
        "a.jsonl",
        format!("{{\"text\":\"a\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"b\"}}"),
        &["1: text=a", "2: document_too_large", "3: text=b"],
    );
    check_with(
        &config,
        "a.csv",
        format!("id,text\n1,a\n2,{long}\n3,\"{long}\"\n4,b"),
        &[
            "1: id=1 text=a",
            "2: document_too_large",
            "3: document_too_large",
            "4: id=4 text=b",
        ],
    );
    check_with(
        &config,
        "a.csv",
        format!("id,text\n1,a\n{}\n3,b", "1,".repeat(5000)),
        &["1: id=1 text=a", "2: document_too_large", "3: id=3 text=b"],
    );
}

#[test]
fn a_quote_never_closed_is_told_beyond_the_limit_too() {
    let text = format!("id,text\n1,a\n2,\"b\n{}", "3,c\n".repeat(1000));
    check_with(&limits(100, 1 << 20), "a.csv", text, &["1: id=1 text=a", "2: bad_csv"]);
}

#[test]
fn a_file_too_large_keeps_the_documents_before() {
    let config = limits(1000, 40);
    check_with(&config, "a.txt", "x".repeat(41), &["-: decompressed_too_large"]);
    let lines = "{\"text\":\"abc\"}\n".repeat(5);
    let expected = ["1: text=abc", "2: text=abc", "-: decompressed_too_large"];
    check_with(&config, "a.jsonl", &lines, &expected);
    check_with(&config, "a.jsonl.gz", gzip(&lines), &expected);
    check_with(&config, "a.jsonl.zst", zstd(&lines), &expected);
    check_with(
        &config,
        "a.csv",
        format!("text\n{}", "0123456789\n".repeat(9)),
        &[
            "1: text=0123456789",
            "2: text=0123456789",
            "3: text=0123456789",
            "-: decompressed_too_large",
        ],
    );
}

#[test]
fn a_bomb_is_left_at_the_limit() {
    let zeros = vec![b' '; 8 << 20];
    let config = limits(1 << 10, 1 << 20);
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(&zeros)),
        ("a.csv.zst", zstd(&zeros)),
        ("a.warc.gz", gzip(&zeros)),
        ("a.parquet.zst", zstd(&zeros)),
    ] {
        check_with(&config, name, bytes, &["-: decompressed_too_large"]);
    }
}
