use super::*;

/// A WARC record with a right Content-Length.
fn record(headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("WARC/1.0\r\n{headers}\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn response(http_headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{http_headers}\r\n\r\n");
    record(
        "WARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nWARC-Target-URI: http://a.vn/",
        [head.as_bytes(), body.as_ref()].concat(),
    )
}

fn page(body: &str) -> Vec<u8> {
    response("Content-Type: text/html; charset=utf-8", body)
}

#[test]
fn successful_responses_with_text_are_documents_and_nothing_else_is() {
    let http = "WARC-Type: response\r\nContent-Type: application/http";
    let file = [
        record(
            "WARC-Type: warcinfo\r\nContent-Type: application/warc-fields",
            "software: x\r\n",
        ),
        record(
            "WARC-Type: request\r\nContent-Type: application/http",
            "GET / HTTP/1.1\r\n\r\n",
        ),
        response("Content-Type: text/html", "<p>Một"),
        response("Content-Type: text/plain", "Hai"),
        response("Content-Type: image/png", b"\x89PNG\0\0"),
        response("Content-Type: text/css", "p {}"),
        record(
            http,
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Không thấy",
        ),
        record(
            http,
            "HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>Đã chuyển",
        ),
        record(
            "WARC-Type: response\r\nContent-Type: text/dns",
            "20210318\r\na.vn 1.2.3.4",
        ),
        record(
            "WARC-Type: Response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: <http://b.vn/>",
            "HTTP/1.0 200\r\nContent-Type: TEXT/HTML;\r\n  Charset=\"UTF-8\"\r\n\r\n<p>Ba",
        ),
    ]
    .concat();
    let expected = [
        "3: url=http://a.vn/ html=<p>Một",
        "4: url=http://a.vn/ text=Hai",
        "10: id=urn:uuid:1 url=http://b.vn/ html=<p>Ba",
    ];
    check("a.warc", &file, &expected);
    check("a.warc.gz", gzip(&file), &expected);
    check("a.warc.zst", zstd(&file), &expected);
}

#[test]
fn each_record_may_be_a_gzip_member() {
    let file = [gzip(page("<p>1")), gzip(page("<p>2"))].concat();
    check(
        "a.warc.gz",
        file,
        &["1: url=http://a.vn/ html=<p>1", "2: url=http://a.vn/ html=<p>2"],
    );
}

#[test]
fn bodies_are_unwrapped_as_far_as_they_are_wrapped() {
    let html = "<p>Cải cách";
    let chunked = "4\r\n<p>C\r\na;ext=1\r\nải cách\r\n0\r\n\r\n";
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(html.as_bytes()).unwrap();
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(html.as_bytes()).unwrap();
    let zipped = gzip(html);
    let chunked_gzip = [format!("{:X}\r\n", zipped.len()).as_bytes(), &zipped, b"\r\n0\r\n\r\n"].concat();
    for (headers, body) in [
        ("Transfer-Encoding: chunked", chunked.as_bytes().to_vec()),
        ("Transfer-Encoding: chunked", html.into()),
        ("Transfer-Encoding: chunked", "e\r\n<p>Cải cách".into()),
        ("Content-Encoding: gzip", zipped.clone()),
        ("Content-Encoding: gzip", html.into()),
        ("Content-Encoding: deflate", zlib.finish().unwrap()),
        ("Content-Encoding: deflate", deflate.finish().unwrap()),
        ("Content-Encoding: zstd", zstd(html)),
        ("Content-Encoding: identity", html.into()),
        ("Transfer-Encoding: Chunked\r\nContent-Encoding: GZIP", chunked_gzip),
    ] {
        let headers = format!("Content-Type: text/html; charset=utf-8\r\n{headers}");
        check(
            "a.warc",
            response(&headers, body),
            &[&format!("1: url=http://a.vn/ html={html}")],
        );
    }
}

#[test]
fn damaged_bodies_are_rejected_alone() {
    let html = "Content-Type: text/html\r\n";
    let zipped = gzip("<p>Cải cách".repeat(99));
    let file = [
        response(&format!("{html}Content-Encoding: gzip"), &zipped[..zipped.len() - 12]),
        response(&format!("{html}Content-Encoding: br"), "x"),
        response(&format!("{html}Transfer-Encoding: chunked"), "3\r\n<p>\r\nxyz\r\n"),
        page(""),
        page("<p>x"),
    ]
    .concat();
    check(
        "a.warc",
        file,
        &[
            "1: bad_compression",
            "2: bad_compression",
            "3: bad_warc",
            "4: empty",
            "5: url=http://a.vn/ html=<p>x",
        ],
    );
}

#[test]
fn charsets_come_from_the_header_then_from_the_page() {
    let body = windows_1258("<p>Đô thị và nông thôn");
    for (header, page) in [
        ("text/html; charset=windows-1258", body.clone()),
        ("text/html", [b"<meta charset=windows-1258>", &body[..]].concat()),
    ] {
        let found = read("a.warc", &response(&format!("Content-Type: {header}"), page));
        let html: String = found[0].clone().unwrap().html.unwrap().nfc().collect();
        assert!(html.ends_with("<p>Đô thị và nông thôn"), "{html}");
    }
}

#[test]
fn undeclared_bodies_are_pages_where_they_look_like_one() {
    let file = [response("Server: x", " \n<html>"), response("Server: x", "{}")].concat();
    check("a.warc", file, &["1: url=http://a.vn/ html= \n<html>"]);
}

#[test]
fn lying_lengths_cost_their_record_and_those_they_swallow() {
    let lie = |length: usize| {
        let text = String::from_utf8(page("<p>lie")).unwrap();
        let (before, after) = text.split_once("Content-Length: ").unwrap();
        let (_, after) = after.split_once("\r\n").unwrap();
        format!("{before}Content-Length: {length}\r\n{after}").into_bytes()
    };
    let good = page("<p>x");
    let good_length = good.len();
    check(
        "a.warc",
        [lie(10), good.clone()].concat(),
        &["1: bad_warc", "2: url=http://a.vn/ html=<p>x"],
    );
    check(
        "a.warc",
        [lie(100), good.clone(), good.clone()].concat(),
        &["1: bad_warc", "2: url=http://a.vn/ html=<p>x"],
    );
    check(
        "a.warc",
        [lie(good_length * 9), good.clone()].concat(),
        &["1: bad_warc"],
    );
    check("a.warc", [lie(usize::MAX), good].concat(), &["1: bad_warc"]);
}

#[test]
fn headers_must_be_there_and_end() {
    let good = page("<p>x");
    check(
        "a.warc",
        [b"WARC/1.0\r\nWARC-Type: response\r\n\r\nbody\r\n\r\n", &good[..]].concat(),
        &["1: bad_warc", "2: url=http://a.vn/ html=<p>x"],
    );
    check("a.warc", "WARC/1.0\r\nWARC-Type: response\r\n", &["1: bad_warc"]);
    check(
        "a.warc",
        format!("WARC/1.0\r\n{}", "a: b\r\n".repeat(20_000)),
        &["1: bad_warc"],
    );
    check(
        "a.warc",
        [b"WARC is not this\r\n\r\n", &good[..]].concat(),
        &["-: bad_warc", "1: url=http://a.vn/ html=<p>x"],
    );
    let no_http_end = record(
        "WARC-Type: response\r\nContent-Type: application/http",
        "HTTP/1.1 200 OK\r\n",
    );
    check("a.warc", no_http_end, &["1: bad_warc"]);
}

#[test]
fn files_without_documents_are_told() {
    check("a.warc", "", &["-: empty"]);
    check("a.warc", "no archive", &["-: bad_warc"]);
    check("a.warc", record("WARC-Type: warcinfo", "x"), &["-: empty"]);
}

#[test]
fn responses_too_large_are_left_out_alone() {
    let config = IngestConfig {
        max_document_bytes: 300,
        ..config(&[])
    };
    let file = [
        page(&"x".repeat(301)),
        response(
            "Content-Type: text/html\r\nContent-Encoding: gzip",
            gzip("x".repeat(9999)),
        ),
        response("Content-Type: image/png", "x".repeat(301)),
        page("<p>x"),
    ]
    .concat();
    check_with(
        &config,
        "a.warc",
        file,
        &[
            "1: document_too_large",
            "2: document_too_large",
            "4: url=http://a.vn/ html=<p>x",
        ],
    );
}

#[test]
fn a_file_cut_off_within_a_record_keeps_the_records_before() {
    let file = [page("<p>1"), page("<p>2")].concat();
    check(
        "a.warc",
        &file[..file.len() - 8],
        &["1: url=http://a.vn/ html=<p>1", "2: bad_warc"],
    );
    let zipped = gzip(&file);
    let found = read("a.warc.gz", &zipped[..zipped.len() - 12]);
    assert_eq!(render(found.last().unwrap()), "-: bad_compression");
}
