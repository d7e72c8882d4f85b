//! What an HTML page tells of itself: meta elements, JSON-LD, time elements, headings.

use std::sync::LazyLock;

use dom_query::{Document, Matcher};
use serde_json::Value;

use super::byline;
use super::furniture::{Effect, Furniture};
use super::normalize::{normalize, normalize_line};
use super::published::{Published, from_field};
use crate::text::fold::fold;

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
pub(super) fn read(document: &Document, furniture: &Furniture) -> PageMeta {
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
    read_title(document, meta(&TITLES), &mut page, furniture);
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
///
/// A title that is nothing but the site's name becomes that.
fn read_title(document: &Document, meta: Option<String>, page: &mut PageMeta, furniture: &Furniture) {
    let page_title = || Some(normalize_line(&document.select_matcher(&TITLE).nodes().first()?.text()));
    let full = meta.or_else(page_title).filter(|title| !title.is_empty());
    let headings: Vec<String> = document
        .select_matcher(&HEADING)
        .nodes()
        .iter()
        .map(|heading| normalize_line(&heading.text()))
        .filter(|heading| !heading.is_empty())
        .collect();
    let Some(full) = full else {
        page.title = (headings.len() == 1).then(|| headings[0].clone());
        return;
    };
    let (title, site) = split_site(&full, page.site_name.as_deref(), furniture);
    if let Some(site) = site.filter(|site| is_site_name(site, furniture)) {
        page.site_name.get_or_insert_with(|| site.to_owned());
    }
    let agreeing = headings
        .into_iter()
        .find(|heading| heading.len() > 15 && full.contains(heading.as_str()));
    page.title = agreeing.or_else(|| Some(title?.to_owned()));
}

/// `Title - Portal` and `Title | Newspaper` into the two; the portal is what follows the last separator, if that is
/// the site's name or looks like one.
fn split_site<'t>(full: &'t str, site_name: Option<&str>, furniture: &Furniture) -> (Option<&'t str>, Option<&'t str>) {
    let is_site = |name: &str| is_site_name(name, furniture) || site_name.is_some_and(|site| fold(site) == fold(name));
    if is_site(full) || furniture.tile(&fold(full)).uncovered.is_none() {
        return (None, Some(full));
    }
    let last = [" | ", " - ", " – ", " — ", " :: "]
        .into_iter()
        .filter_map(|mark| Some((full.rfind(mark)?, mark)))
        .max();
    let Some((at, mark)) = last else {
        return (Some(full), None);
    };
    let (head, tail) = (&full[..at], &full[at + mark.len()..]);
    let splits = is_site(tail) || byline::is_host(tail) || matches!(mark, " | " | " :: ");
    if splits && head.split(' ').count() >= 4 {
        (Some(head), Some(tail))
    } else {
        (Some(full), None)
    }
}

/// `Cổng thông tin điện tử tỉnh Hà Nam`, `Sở Nội vụ Hà Nam`, no headline about them.
fn is_site_name(name: &str, furniture: &Furniture) -> bool {
    let folded = fold(name);
    let starts = |effect| furniture.starts(&folded, effect).is_some();
    (starts(Effect::Header) || starts(Effect::Organization)) && !furniture.holds(&folded, Effect::Verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> PageMeta {
        read(&Document::from(html), &Furniture::new(&[]).unwrap())
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
    fn a_title_that_names_the_site_is_none() {
        let page = page("<title>Trang thông tin điện tử Sở Nội vụ Hà Nam</title>");
        assert_eq!(page.title, None);
        assert_eq!(
            page.site_name.as_deref(),
            Some("Trang thông tin điện tử Sở Nội vụ Hà Nam")
        );
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
