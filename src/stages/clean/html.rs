//! HTML to the lines of its article.
//!
//! A readability algorithm (`dom_smoothie`) tells where the article stands; it drops captions, tables and lists of names
//! on the way. So the page's lines are walked here, one per block, and those from the first to the last line that
//! readability kept are the article, less what stands in menus and in lists of links. Where readability finds nothing,
//! all lines are the article.

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use regex::Regex;
use rustc_hash::FxHashSet;

use super::furniture::Furniture;
use super::markup;
use super::normalize::normalize;
use super::page_meta::{self, PageMeta};
use crate::stage::Rejection;
use crate::text::fold::fold;

/// What an HTML page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Lines of the article; a title known from the page's metadata is not always among them.
    pub article: String,
    /// Every line that the page shows.
    pub all: String,
    pub meta: PageMeta,
}

/// Deepest nesting after parsing, which puts in what tables lack; readability recurses.
const MAX_PARSED_DEPTH: usize = 4 * markup::MAX_DEPTH;

/// Longest text of a node and longest value of an attribute, in bytes, that readability is given.
const MAX_PIECE_BYTES: usize = 8 << 10;

/// Longest row of a table, in bytes, that is kept on one line.
const MAX_ROW_BYTES: usize = 300;

/// Lines above the article among which its title is looked for.
const MAX_HEAD_LINES: usize = 6;

/// Reads a page.
///
/// # Errors
/// A rejection `too_deep` or `too_complex` for pages that take more than reasonable time and space to parse.
pub(super) fn read(html: &str, furniture: &Furniture) -> Result<Page, Rejection> {
    let longest_tag_bytes = markup::check(html)?;
    let document = Document::from(html);
    if depth(&document) > MAX_PARSED_DEPTH {
        return Err(markup::too_deep());
    }
    let meta = page_meta::read(&document, furniture);
    let lines = lines_of(&document.root());
    let all = join(lines.iter());
    cut_long_texts(&document);
    if longest_tag_bytes > MAX_PIECE_BYTES {
        drop_long_attributes(&document);
    }
    let article = match main_text(document) {
        Some(main) => join(select(&lines, &main, meta.title.is_none())),
        None => join(lines.iter().filter(|line| !line.aside)),
    };
    Ok(Page { article, all, meta })
}

/// The greatest depth of an element.
fn depth(document: &Document) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    let mut node = document.root();
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            deepest = deepest.max(depth);
            node = child;
            continue;
        }
        node = loop {
            if let Some(next) = node.next_sibling() {
                break next;
            }
            match node.parent() {
                Some(parent) if depth > 0 => {
                    depth -= 1;
                    node = parent;
                }
                _ => return deepest,
            }
        };
    }
}

/// Cuts long texts into pieces: readability writes its result as HTML, and the writer looks through the rest of a text at
/// each `&` in it.
fn cut_long_texts(document: &Document) {
    let root = document.root();
    let long: Vec<NodeRef> = root
        .descendants_it()
        .filter(|node| node.is_text() && node.text().len() > MAX_PIECE_BYTES)
        .collect();
    for node in long {
        let text = node.text();
        let mut rest: &str = &text;
        while !rest.is_empty() {
            let mut end = rest.len().min(MAX_PIECE_BYTES);
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            node.insert_before(&document.tree.new_text(&rest[..end]));
            rest = &rest[end..];
        }
        node.remove_from_parent();
    }
}

fn drop_long_attributes(document: &Document) {
    for node in document.root().descendants_it().filter(NodeRef::is_element) {
        for attribute in node.attrs() {
            if attribute.value.len() > MAX_PIECE_BYTES {
                node.remove_attr(&attribute.name.local);
            }
        }
    }
}

/// The article as readability sees it.
fn main_text(document: Document) -> Option<Document> {
    let config = Config {
        disable_json_ld: true,
        ..Config::default()
    };
    let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    Some(Document::from(article.content))
}

/// One line that a page shows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Line {
    text: String,
    /// Bytes of `text` that are links.
    linked: usize,
    /// Stands in a menu, a footer, a list of other articles.
    aside: bool,
    /// Stands in what the page calls the lead of the article.
    lead: bool,
}

impl Line {
    fn is_link(&self) -> bool {
        self.linked * 10 >= self.text.len() * 8
    }
}

/// The page's lines from the first to the last that readability kept, less menus and lists of links; with what stands
/// right above them if the title must be among it.
fn select<'l>(lines: &'l [Line], main: &Document, with_head: bool) -> impl Iterator<Item = &'l Line> {
    let kept: FxHashSet<String> = lines_of(&main.root()).iter().map(|line| fold(&line.text)).collect();
    let keeps = |line: &Line| line.text.len() > 20 && kept.contains(&fold(&line.text));
    let (first, last) = match (lines.iter().position(keeps), lines.iter().rposition(keeps)) {
        (Some(first), Some(last)) => (first, last + 1),
        _ => (0, lines.len()),
    };
    // Pages put the lead between the title and the article, where readability leaves it out.
    let above = &lines[first.saturating_sub(MAX_HEAD_LINES)..first];
    let lead = above.iter().filter(move |line| line.lead && !line.aside && !with_head);
    let head = lines[..first]
        .iter()
        .rev()
        .take(if with_head { MAX_HEAD_LINES } else { 0 });
    let head = head.take_while(|line| !line.aside && !line.is_link()).count();
    let article = lines[first - head..last]
        .iter()
        .filter(move |line| !(line.aside || line.is_link()) || kept.contains(&fold(&line.text)));
    lead.chain(article)
}

fn join<'l>(lines: impl Iterator<Item = &'l Line>) -> String {
    let mut out = String::new();
    for line in lines {
        out.push_str(&line.text);
        out.push('\n');
    }
    normalize(&out)
}

/// Walks a tree without recursion and gives one line per block.
fn lines_of(root: &NodeRef) -> Vec<Line> {
    let mut writer = Writer::default();
    let mut node = root.first_child();
    let mut depth = 0usize;
    while let Some(current) = node {
        let enters = writer.open(&current);
        if enters && let Some(child) = current.first_child() {
            depth += 1;
            node = Some(child);
            continue;
        }
        writer.close(&current, enters);
        let mut at = current;
        node = loop {
            if let Some(next) = at.next_sibling() {
                break Some(next);
            }
            if depth == 0 {
                break None;
            }
            let Some(parent) = at.parent() else { break None };
            depth -= 1;
            writer.close(&parent, true);
            at = parent;
        };
    }
    writer.flush();
    writer.lines
}

/// Collects text into lines.
#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    line: Line,
    links: usize,
    asides: usize,
    leads: usize,
}

impl Writer {
    /// Starts a node; false if nothing below it is to be read.
    fn open(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            self.push(&node.text());
            return false;
        }
        let Some(name) = node.node_name() else {
            return true;
        };
        match &*name {
            "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "object" | "select" | "textarea"
            | "button" | "head" | "title" | "input" => return false,
            "br" | "hr" => self.flush(),
            "a" => self.links += 1,
            "tr" => {
                self.flush();
                if let Some(row) = short_row(node) {
                    self.push(&row);
                    return false;
                }
            }
            "td" | "th" => self.flush(),
            name if is_block(name) => self.flush(),
            _ => {}
        }
        if is_hidden(node) {
            return false;
        }
        self.asides += usize::from(is_aside(node, &name));
        self.leads += usize::from(is_lead(node, &name));
        true
    }

    /// Ends a node; `entered` is what [`Writer::open`] gave.
    fn close(&mut self, node: &NodeRef, entered: bool) {
        let Some(name) = node.node_name() else { return };
        if &*name == "a" {
            self.links = self.links.saturating_sub(1);
        }
        if matches!(&*name, "tr" | "td" | "th") || is_block(&name) {
            self.flush();
        }
        if entered && is_aside(node, &name) {
            self.asides = self.asides.saturating_sub(1);
        }
        if entered && is_lead(node, &name) {
            self.leads = self.leads.saturating_sub(1);
        }
    }

    fn push(&mut self, text: &str) {
        // Styles keep inline elements apart: `<span>Hà Nam</span>Sáng 14/6`.
        if self.line.text.ends_with(char::is_lowercase) && text.starts_with(char::is_uppercase) {
            self.line.text.push(' ');
        }
        self.line.text.push_str(text);
        if self.links > 0 {
            self.line.linked += text.trim().len();
        }
    }

    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        // Line breaks within a block are spaces.
        line.text = normalize(&line.text.replace(['\n', '\r'], " "));
        if !line.text.is_empty() {
            line.aside = self.asides > 0;
            line.lead = self.leads > 0;
            self.lines.push(line);
        }
    }
}

/// A row of a data table on one line, its cells separated by ` | `; nothing for rows that lay out the page.
fn short_row(row: &NodeRef) -> Option<String> {
    // First, since a table within a table would have its text read once for each of them.
    if row.descendants_it().any(|node| node.has_name("table")) {
        return None;
    }
    let cells: Vec<String> = row
        .children_it(false)
        .filter(|node| node.has_name("td") || node.has_name("th"))
        .map(|cell| normalize(&cell.text().replace(['\n', '\r'], " ")))
        .filter(|cell| !cell.is_empty())
        .collect();
    let len: usize = cells.iter().map(String::len).sum();
    (cells.len() >= 2 && len <= MAX_ROW_BYTES).then(|| cells.join(" | "))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "ul"
    )
}

fn is_hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden")
        || node
            .attr("style")
            .is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"))
}

/// Menus, footers, comments, lists of other articles, by element or by the names that authors give to them.
fn is_aside(node: &NodeRef, name: &str) -> bool {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\b(?:nav(?:bar)?|menu|breadcrumbs?|share|sharing|social|related|relate|comments?|sidebar|footer|pagination|pager|banner|toolbar|tin-?khac|tin-?lien-?quan|lien-?quan|bai-?khac|other-?news|hot-?news|most-?view|tags?)\b",
        )
        .expect("a constant pattern")
    });
    if matches!(name, "nav" | "footer" | "aside" | "menu") {
        return true;
    }
    if matches!(name, "html" | "body" | "main" | "article" | "p" | "h1" | "a" | "span") {
        return false;
    }
    is_called(node, &NAMES)
}

/// The lead of an article, by the names that authors give to it.
fn is_lead(node: &NodeRef, name: &str) -> bool {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:sapo|lead|chapeau|summary|abstract|description|tom-?tat|trich-?dan|intro)\b")
            .expect("a constant pattern")
    });
    matches!(name, "h2" | "h3" | "p" | "div" | "strong" | "section") && is_called(node, &NAMES)
}

/// The class or the id of a node matches `names`.
fn is_called(node: &NodeRef, names: &Regex) -> bool {
    [node.class(), node.id_attr()]
        .iter()
        .flatten()
        .any(|value| names.is_match(&value.replace('_', "-")))
}
