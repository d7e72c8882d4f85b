//! What an HTML page tells of itself: meta elements, JSON-LD, time elements, headings.

use std::sync::LazyLock;

use dom_query::{Document, Matcher};
use serde_json::Value;

use super::normalize::normalize;
use super::published::{Published, from_field};

/// Metadata of a page, each as found first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageMeta {
    pub title: Option<String>,
    pub site_name: Option<String>,
    /// Address that the page gives for itself.
    pub url: Option<String>,
    pub authors: Vec<String>,
    /// With the basis: `meta`, `json_ld` or `time_element`.
    pub published: Option<(Published, &'static str)>,
}

/// Meta elements that hold the time of publication, the surest first; names without case, `.` as `:`.
const PUBLISHED: [&str; 16] = [
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date_published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc:date:issued",
    "dcterms:issued",
    "dcterms:created",
    "dc:date:created",
    "dc:date",
    "date",
];

const TITLES: [&str; 4] = ["og:title", "twitter:title", "dc:title", "title"];
const AUTHORS: [&str; 4] = ["author", "article:author", "dc:creator", "dcterms:creator"];
const SITE_NAMES: [&str; 3] = ["og:site_name", "application-name", "dc:publisher"];

macro_rules! matcher {
    ($name:ident, $selector:literal) => {
        static $name: LazyLock<Matcher> = LazyLock::new(|| Matcher::new($selector).expect("a constant selector"));
    };
}

matcher!(META, "meta[content]");
matcher!(JSON_LD, "script[type='application/ld+json']");
matcher!(TIME, "time[datetime], [itemprop='datePublished'][content]");
matcher!(CANONICAL, "link[rel='canonical'][href]");
matcher!(HEADING, "h1");
matcher!(TITLE, "title");

/// Reads a page's metadata.
pub(super) fn read(document: &Document) -> PageMeta {
    let mut named: Vec<(String, String)> = Vec::new();
    for node in document.select_matcher(&META).nodes() {
        let name = node
            .attr("property")
            .or_else(|| node.attr("name"))
            .or_else(|| node.attr("itemprop"));
        if let (Some(name), Some(content)) = (name, node.attr("content")) {
            let content = normalize(&content);
            if !content.is_empty() {
                named.push((name.trim().to_ascii_lowercase().replace('.', ":"), content));
            }
        }
    }
    let meta = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| named.iter().find(|(found, _)| found == name))
            .map(|(_, content)| content.clone())
    };
    let mut page = PageMeta {
        site_name: meta(&SITE_NAMES),
        url: meta(&["og:url"]).or_else(|| Some(document.select_matcher(&CANONICAL).attr("href")?.to_string())),
        authors: meta(&AUTHORS)
            .filter(|author| !author.contains("://"))
            .into_iter()
            .collect(),
        ..PageMeta::default()
    };
    page.published = PUBLISHED
        .iter()
        .flat_map(|name| named.iter().filter(move |(found, _)| found == name))
        .find_map(|(_, content)| from_field(content))
        .map(|published| (published, "meta"));
    for script in document.select_matcher(&JSON_LD).nodes() {
        if let Ok(value) = serde_json::from_str::<Value>(script.text().trim()) {
            read_json_ld(&value, &mut page);
        }
    }
    if page.published.is_none() {
        page.published = document
            .select_matcher(&TIME)
            .nodes()
            .iter()
            .filter_map(|node| node.attr("datetime").or_else(|| node.attr("content")))
            .find_map(|value| from_field(&value))
            .map(|published| (published, "time_element"));
    }
    page.title = title(document, meta(&TITLES), page.site_name.as_deref());
    page
}

/// Takes what an article's JSON-LD says, also within lists and `@graph`.
fn read_json_ld(value: &Value, page: &mut PageMeta) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| read_json_ld(item, page)),
        Value::Object(object) => {
            if let Some(graph) = object.get("@graph") {
                read_json_ld(graph, page);
            }
            if page.published.is_none()
                && let Some(published) = object.get("datePublished").and_then(Value::as_str).and_then(from_field)
            {
                page.published = Some((published, "json_ld"));
            }
            if page.authors.is_empty() && object.contains_key("datePublished") {
                page.authors = names(object.get("author"));
            }
        }
        _ => {}
    }
}

/// `"A"`, `{"name": "A"}` or a list of them.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(name)) => vec![normalize(name)],
        Some(Value::Object(object)) => names(object.get("name")),
        Some(Value::Array(items)) => items.iter().flat_map(|item| names(Some(item))).collect(),
        _ => Vec::new(),
    }
}

/// The article's title: a heading that agrees with the page's title, else that title without the site's name.
fn title(document: &Document, meta: Option<String>, site_name: Option<&str>) -> Option<String> {
    let page_title = || Some(normalize(&document.select_matcher(&TITLE).nodes().first()?.text()));
    let full = meta.or_else(page_title).filter(|title| !title.is_empty());
    let headings: Vec<String> = document
        .select_matcher(&HEADING)
        .nodes()
        .iter()
        .map(|heading| normalize(&heading.text().replace('\n', " ")))
        .filter(|heading| !heading.is_empty())
        .collect();
    let Some(full) = full else {
        return (headings.len() == 1).then(|| headings[0].clone());
    };
    let agreeing = headings
        .iter()
        .find(|heading| heading.len() > 15 && full.contains(heading.as_str()));
    Some(
        agreeing
            .cloned()
            .unwrap_or_else(|| without_site(&full, site_name).to_owned()),
    )
}

/// `Title - Portal` and `Title | Newspaper` without what follows the last separator, if that is short or the site's name.
fn without_site<'t>(title: &'t str, site_name: Option<&str>) -> &'t str {
    let Some((at, mark)) = [" | ", " - ", " – ", " — ", " :: "]
        .into_iter()
        .filter_map(|mark| Some((title.rfind(mark)?, mark)))
        .max()
    else {
        return title;
    };
    let (head, tail) = (&title[..at], &title[at + mark.len()..]);
    let is_site = site_name.is_some_and(|name| name.eq_ignore_ascii_case(tail)) || mark == " | " || mark == " :: ";
    let folded = crate::text::fold::fold(tail);
    let names_site = [
        "báo ",
        "cổng ",
        "trang ",
        "tạp chí",
        "đài ",
        "sở ",
        "ubnd",
        "website",
        "ủy ban",
    ]
    .iter()
    .any(|start| folded.starts_with(start))
        || super::byline::is_host(tail);
    let title_left = head.split(' ').count() >= 4;
    if title_left && (is_site || names_site) {
        head
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> PageMeta {
        read(&Document::from(html))
    }

    fn published(html: &str) -> Option<(String, &'static str)> {
        page(html).published.map(|(published, basis)| (published.edtf(), basis))
    }

    #[test]
    fn reads_the_time_of_publication_from_the_surest_place() {
        let meta = r#"<meta property="article:published_time" content="2021-03-18T08:45:00+07:00">"#;
        let json = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2021-03-19"}]}</script>"#;
        let time = r#"<time datetime="2021-03-20">hôm nay</time>"#;
        assert_eq!(
            published(&format!("{time}{json}{meta}")),
            Some(("2021-03-18T08:45".into(), "meta"))
        );
        assert_eq!(
            published(&format!("{time}{json}")),
            Some(("2021-03-19".into(), "json_ld"))
        );
        assert_eq!(published(time), Some(("2021-03-20".into(), "time_element")));
        assert_eq!(
            published(r#"<meta name="DC.date.issued" content="20/03/2021">"#),
            Some(("2021-03-20".into(), "meta"))
        );
        assert_eq!(
            published(r#"<script type="application/ld+json">{"datePublished":</script>"#),
            None
        );
    }

    #[test]
    fn the_title_comes_without_the_site() {
        for (html, expected) in [
            (
                "<title>Giao ban công tác tháng 5 - Cổng thông tin điện tử tỉnh X</title>",
                "Giao ban công tác tháng 5",
            ),
            (
                "<title>Giao ban công tác tháng 5 | Tin X</title>",
                "Giao ban công tác tháng 5",
            ),
            (
                "<title>Tổng kết năm 2020 - nhiệm vụ năm 2021</title>",
                "Tổng kết năm 2020 - nhiệm vụ năm 2021",
            ),
            (
                "<title>Trang chủ</title><h1>Họp</h1><meta property='og:title' content='Họp Ban Chỉ đạo tỉnh'>",
                "Họp Ban Chỉ đạo tỉnh",
            ),
            (
                "<title>Tỉnh X họp giao ban tháng 5 : Tin</title><h1>Tỉnh X họp giao ban tháng 5</h1>",
                "Tỉnh X họp giao ban tháng 5",
            ),
            ("<h1>Họp giao ban</h1>", "Họp giao ban"),
        ] {
            assert_eq!(page(html).title.as_deref(), Some(expected), "{html}");
        }
    }

    #[test]
    fn reads_site_address_and_authors() {
        let page = page(
            r#"<link rel="canonical" href="https://x.gov.vn/a"><meta property="og:site_name" content="Báo X">
            <script type="application/ld+json">[{"datePublished":"2021-01-02","author":[{"name":"Lan Anh"},"Minh"]}]</script>"#,
        );
        assert_eq!(page.url.as_deref(), Some("https://x.gov.vn/a"));
        assert_eq!(page.site_name.as_deref(), Some("Báo X"));
        assert_eq!(page.authors, ["Lan Anh", "Minh"]);
    }
}
