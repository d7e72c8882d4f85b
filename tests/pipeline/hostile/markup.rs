//! Pages made to keep a parser busy.

use super::*;

#[test]
fn pages_that_no_parser_should_see_are_rejected() {
    let article = format!("<p>{ARTICLE}</p>");
    let attributes: String = (0..10_000).map(|number| format!(" a{number}=1")).collect();
    for (page, code) in [
        ("<div>".repeat(10_000), "too_deep"),
        // End tags that end nothing.
        ("<div></span>".repeat(30_000), "too_deep"),
        ("<span><div></span></div>".repeat(30_000), "too_deep"),
        ("<rt>".repeat(100_000), "too_deep"),
        (format!("<svg>{}", "<tr>".repeat(100_000)), "too_deep"),
        (format!("<p{attributes}>"), "too_complex"),
    ] {
        let content = format!("<html><body>{page}{article}");
        check("a.html", content, &[], &[&format!("- clean {code}")]);
    }
}

#[test]
fn pages_that_only_look_like_it_are_read() {
    let article = format!("<p>{ARTICLE}</p>");
    for page in [
        format!("<svg>{}</svg>", "<path d='M0'/>".repeat(5_000)),
        format!("<script>{}</script>", "'<div>'".repeat(5_000)),
        "<!-- <div> -->".repeat(5_000),
        "<p><b>a".repeat(5_000),
        "<table><tr><td>".repeat(120),
        "<".repeat(100_000),
        "&#x202e;&#0;&#xD800;".repeat(5_000),
    ] {
        check("a.html", format!("<html><body>{article}{page}"), &["-"], &[]);
    }
}

#[test]
fn markup_in_fields_stays_text() {
    let title = "<script>alert(1)</script> Hội nghị </title><img src=x onerror=alert(1)>";
    let line = serde_json::json!({ "title": title, "text": ARTICLE, "url": "javascript:alert(1)" });
    let outcome = Project::with("a.jsonl", format!("{line}\n")).run();
    assert_eq!(outcome.documents[0].title.as_deref(), Some(title));
    let page = format!("<html><head><title>&lt;b&gt;Hội nghị&lt;/b&gt;</title><body><p>{ARTICLE}<script>x</script>");
    let outcome = Project::with("a.html", page).run();
    assert!(!outcome.documents[0].text.contains("script"), "{:?}", outcome.documents);
}
