//! The zones of a page: what stands above the article, the article, what stands below it.
//!
//! Above: portal and office, section, title, date line, counters, byline. Below: byline, source, other news, imprint.
//! What tells something of the article becomes metadata; the rest of both zones goes. Between them only lines that are
//! furniture from end to end go, so that no sentence is ever lost.

mod head;
mod line;
mod tail;

use super::byline::{self, Byline};
use super::furniture::{Effect, Furniture};
use super::published::Published;
use crate::lexicon::areas;
use crate::text::fold::fold;
use line::{is_asset, is_breadcrumb, is_office};

/// An article and what its page says of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Article {
    pub title: Option<String>,
    /// Lines of the article, the title first; empty ones separate paragraphs.
    pub lines: Vec<String>,
    pub published: Option<Published>,
    /// Host name that stood alone on a line.
    pub host: Option<String>,
    /// The portal's name for itself.
    pub header: Option<String>,
    /// Agency tag before the first sentence: `(TTXVN) -`.
    pub tag: Option<String>,
    pub byline: Byline,
}

/// Lines longer than this many bytes are paragraphs; nothing else is asked of them.
const SHORT: usize = 200;
/// Content lines among which the title and the date line are looked for.
const HEAD_LINES: usize = 25;

/// Arranges a normalised text; `title` is known from elsewhere, such as a field of the source.
pub(super) fn arrange(text: &str, title: Option<&str>, furniture: &Furniture) -> Article {
    let mut page = Page {
        lines: text.split('\n').map(Some).collect(),
        article: Article::default(),
        furniture,
    };
    let body = page.read_head(title);
    page.cut_lists(body);
    page.read_tail(body);
    page.read_last_line(body);
    page.finish(title)
}

/// What a single line says.
enum Kind<'t> {
    Text,
    Furniture,
    /// Numbers and nothing else: a counter or a page number where the zones are, a table's cell within the article.
    Number,
    Date(Published, Byline),
    Host(&'t str),
}

struct Page<'t, 'f> {
    /// Lines of the page; none for those that went.
    lines: Vec<Option<&'t str>>,
    article: Article,
    furniture: &'f Furniture,
}

impl<'t> Page<'t, '_> {
    fn classify(&self, line: &'t str) -> Kind<'t> {
        if line.len() > SHORT {
            return Kind::Text;
        }
        if is_asset(line) {
            return Kind::Furniture;
        }
        if byline::is_host(line) {
            return Kind::Host(line);
        }
        let folded = fold(line);
        let tiling = self.furniture.tile(&folded);
        match (tiling.uncovered, tiling.published()) {
            (None, Some(published)) => Kind::Date(published, Byline::default()),
            (None, None) if tiling.numbers > 0 && tiling.phrases == 0 => Kind::Number,
            (None, None) => Kind::Furniture,
            (Some((start, end)), Some(published)) => {
                let rest = line.get(start..end).unwrap_or(line);
                match self.beside_date(rest) {
                    Some(byline) => Kind::Date(published, byline),
                    None => Kind::Text,
                }
            }
            _ if is_breadcrumb(&folded) => Kind::Furniture,
            _ => Kind::Text,
        }
    }

    /// A name, host, place, office or section that shares the date's line.
    fn beside_date(&self, rest: &str) -> Option<Byline> {
        let rest = rest.trim_end_matches(['-', '–', '|', ',', '/', ' ']);
        let folded = fold(rest);
        let known = self.furniture.is(&folded, Effect::Section)
            || byline::is_host(rest)
            || areas::by_name(rest, None).is_some()
            || is_office(rest, &folded, self.furniture);
        if known {
            return Some(Byline::default());
        }
        if self.furniture.starts(&folded, Effect::Header).is_some() && !self.furniture.holds(&folded, Effect::Verb) {
            return Some(Byline {
                agency: Some(rest.to_owned()),
                ..Byline::default()
            });
        }
        let byline = byline::parse(rest, self.furniture);
        byline.or_else(|| byline::is_author_label(rest, self.furniture).then(Byline::default))
    }

    fn drop_line(&mut self, at: usize) {
        self.lines[at] = None;
    }

    fn finish(mut self, known_title: Option<&str>) -> Article {
        let mut lines: Vec<String> = Vec::new();
        if self.article.title.is_none()
            && let Some(title) = known_title
        {
            self.article.title = Some(title.to_owned());
            lines.extend([title.to_owned(), String::new()]);
        }
        for line in self.lines.iter().flatten() {
            if !(line.is_empty() && lines.last().is_none_or(String::is_empty)) {
                lines.push((*line).to_owned());
            }
        }
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        self.article.lines = lines;
        self.article
    }
}

/// Fills in what an HTML page shows beside its main text: the date line around the title, the byline and the source
/// after the article's last line. `page` holds every line that the page shows.
pub(super) fn fill_from_page(article: &mut Article, page: &str, furniture: &Furniture) {
    let lines: Vec<&str> = page.split('\n').filter(|line| !line.is_empty()).collect();
    let reader = Page {
        lines: Vec::new(),
        article: Article::default(),
        furniture,
    };
    let dated = |line: &str| match reader.classify(line) {
        Kind::Date(published, byline) => Some((published, byline)),
        _ => None,
    };
    let title = article.title.as_deref().map(fold);
    let title = title.and_then(|title| {
        lines
            .iter()
            .rposition(|line| line.len() == title.len() && fold(line) == title)
    });
    if let Some(title) = title
        && article.published.is_none()
    {
        let below = lines[title + 1..].iter().take(10);
        let above = lines[..title].iter().rev().take(4);
        if let Some((published, byline)) = below.chain(above).find_map(|line| dated(line)) {
            article.published = Some(published);
            article.byline.fill_from(byline);
        }
    }
    let Some(last) = article.lines.last() else { return };
    let Some(end) = lines.iter().rposition(|line| line == last) else {
        return;
    };
    for line in lines[end + 1..].iter().take(6) {
        let folded = fold(line);
        if furniture.starts(&folded, Effect::End).is_some() {
            break;
        }
        let labelled = line.contains(':') || (article.byline.authors.is_empty() && article.byline.source.is_none());
        if labelled && let Some(byline) = byline::parse(line, furniture) {
            article.byline.fill_from(byline);
        }
    }
}
