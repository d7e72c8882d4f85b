//! The zones of a page: what stands above the article, the article, what stands below it.
//!
//! Above: portal and office, section, title, date line, counters, byline. Below: byline, source, other news, imprint.
//! What tells something of the article becomes metadata; the rest of both zones goes. Between them only lines that are
//! furniture from end to end go, so that no sentence is ever lost.

use super::byline::{self, Byline};
use super::furniture::{Effect, Furniture};
use super::published::Published;
use crate::lexicon::areas;
use crate::text::fold::fold;

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
        let byline = byline::parse(rest, self.furniture);
        byline.or_else(|| byline::is_author_label(rest, self.furniture).then(Byline::default))
    }

    fn drop_line(&mut self, at: usize) {
        self.lines[at] = None;
    }

    /// Reads down to the article's first paragraph; gives the line on which the article starts.
    fn read_head(&mut self, known_title: Option<&str>) -> usize {
        let mut title = known_title.and_then(|title| self.find(title));
        if let Some(title) = title {
            self.read_above(title);
        }
        // A known title that does not stand in the text is put in front of it afterwards.
        let mut titled = title.is_some() || known_title.is_some();
        let mut above = self.article.published.take();
        let mut after_date = false;
        let mut contents = 0;
        let mut paragraphs = 0;
        for at in title.map_or(0, |title| title + 1)..self.lines.len() {
            let Some(line) = self.lines[at].filter(|line| !line.is_empty()) else {
                continue;
            };
            if contents >= HEAD_LINES || paragraphs > 2 {
                break;
            }
            contents += 1;
            match self.classify(line) {
                Kind::Furniture => {
                    self.drop_line(at);
                    continue;
                }
                Kind::Number if paragraphs == 0 => {
                    self.drop_line(at);
                    continue;
                }
                Kind::Host(host) if paragraphs == 0 => {
                    self.article.host = self.article.host.take().or(Some(host.to_ascii_lowercase()));
                    self.drop_line(at);
                    continue;
                }
                // Below the first paragraph a day alone may be a heading.
                Kind::Date(..) if paragraphs > 0 && self.labelled_date(line).is_none() => {}
                Kind::Date(published, byline) => {
                    let known = if titled {
                        &mut self.article.published
                    } else {
                        &mut above
                    };
                    *known = known.or(Some(published));
                    self.article.byline.fill_from(byline);
                    self.drop_line(at);
                    after_date = true;
                    continue;
                }
                _ if is_paragraph(line) && (titled || line.len() > SHORT) => paragraphs += 1,
                _ if paragraphs > 0 => {}
                _ if !titled => {
                    if self.is_above_title(at, line) {
                        self.read_header(line);
                        self.drop_line(at);
                    } else {
                        title = Some(at);
                        titled = true;
                    }
                }
                _ => self.read_below_title(at, line, title, after_date),
            }
            after_date = false;
        }
        self.article.published = self.article.published.or(above);
        self.article.title = title.and_then(|at| self.lines[at]).map(str::to_owned);
        title.unwrap_or(0)
    }

    /// The line on which a known title stands, above all paragraphs.
    fn find(&self, title: &str) -> Option<usize> {
        let title = fold(title);
        let contents = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| Some((at, (*line)?)));
        contents
            .filter(|(_, line)| !line.is_empty())
            .take(HEAD_LINES)
            .take_while(|(_, line)| !is_paragraph(line) || line.len() == title.len())
            .find(|(_, line)| line.len() == title.len() && fold(line) == title)
            .map(|(at, _)| at)
    }

    /// Clears what stands above a known title.
    fn read_above(&mut self, title: usize) {
        for at in 0..title {
            let Some(line) = self.lines[at] else { continue };
            match self.classify(line) {
                Kind::Date(published, _) => self.article.published = self.article.published.or(Some(published)),
                Kind::Host(host) => self.article.host = Some(host.to_ascii_lowercase()),
                Kind::Text => self.read_header(line),
                Kind::Furniture | Kind::Number => {}
            }
            self.drop_line(at);
        }
    }

    fn read_header(&mut self, line: &str) {
        if self.article.header.is_none() && self.furniture.starts(&fold(line), Effect::Header).is_some() {
            self.article.header = Some(line.to_owned());
        }
    }

    /// A portal's, office's or section's name, with the title still to come.
    fn is_above_title(&self, at: usize, line: &str) -> bool {
        let folded = fold(line);
        let followed = self.lines[at + 1..]
            .iter()
            .flatten()
            .filter(|line| !line.is_empty() && matches!(self.classify(line), Kind::Text))
            .take(3)
            .any(|next| !is_paragraph(next) && next.split(' ').count() >= 4);
        if !followed {
            return false;
        }
        let words = line.split(' ').count();
        let name_of = |effect| self.furniture.starts(&folded, effect).is_some();
        let headline = || self.furniture.holds(&folded, Effect::Verb);
        self.furniture.is(&folded, Effect::Section)
            || (name_of(Effect::Header) && words <= 16 && !headline())
            || (name_of(Effect::Organization) && words <= 9 && !headline())
            || name_of(Effect::Footer)
    }

    /// A short line between title and article: byline, source, the title again; else it stays.
    fn read_below_title(&mut self, at: usize, line: &str, title: Option<usize>, after_date: bool) {
        let title = title.and_then(|title| self.lines[title]);
        if title.is_some_and(|title| fold(title) == fold(line)) {
            self.drop_line(at);
            return;
        }
        let Some(byline) = byline::parse(line, self.furniture) else {
            if byline::is_author_label(line, self.furniture) {
                self.drop_line(at);
            } else if title.is_none() && self.is_above_title(at, line) {
                self.read_header(line);
                self.drop_line(at);
            }
            return;
        };
        let before_date = || {
            let next = self.lines[at + 1..].iter().flatten().find(|line| !line.is_empty());
            next.is_some_and(|next| matches!(self.classify(next), Kind::Date(..)))
        };
        if line.contains(':') || after_date || before_date() || byline::is_author_label(line, self.furniture) {
            self.article.byline.fill_from(byline);
            self.drop_line(at);
        }
    }

    /// Drops furniture within the article, and the lists of other articles with all that follows them.
    fn cut_lists(&mut self, body: usize) {
        let mut at = body + 1;
        while at < self.lines.len() {
            let Some(line) = self.lines[at].filter(|line| !line.is_empty() && line.len() <= SHORT) else {
                at += 1;
                continue;
            };
            let folded = fold(line);
            let bare = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
            let starts_list = self
                .furniture
                .starts(bare, Effect::End)
                .is_some_and(|len| self.furniture.tile(&bare[len..]).uncovered.is_none());
            if starts_list {
                let end = self.end_of_list(at);
                self.lines[at..end].fill(None);
                at = end;
                continue;
            }
            if matches!(self.classify(line), Kind::Furniture) {
                self.drop_line(at);
            }
            at += 1;
        }
    }

    /// Where the list of other articles that starts at `at` ends: at the article's next paragraph if the list is a
    /// box within it, else at the page's end.
    fn end_of_list(&self, at: usize) -> usize {
        let signed = self.lines[..at]
            .iter()
            .rev()
            .flatten()
            .find(|line| !line.is_empty())
            .is_some_and(|line| line.len() <= SHORT && byline::parse(line, self.furniture).is_some());
        let mut entries = 0;
        for (offset, line) in self.lines[at + 1..].iter().enumerate() {
            let Some(line) = line.filter(|line| !line.is_empty()) else {
                continue;
            };
            if is_paragraph(line) && line.len() > SHORT {
                return if signed || entries > 3 {
                    self.lines.len()
                } else {
                    at + 1 + offset
                };
            }
            entries += 1;
        }
        self.lines.len()
    }

    /// Reads up from the page's end: imprint, source, byline.
    fn read_tail(&mut self, body: usize) {
        let mut at = self.lines.len();
        // Lines below a byline that name the author's office wait until the byline is found.
        let mut office = None;
        let mut names = 0;
        let mut cleared = false;
        while at > body + 1 {
            at -= 1;
            let Some(line) = self.lines[at].filter(|line| !line.is_empty()) else {
                continue;
            };
            if line.len() <= SHORT
                && let Some(published) = self.labelled_date(line)
            {
                self.article.published = self.article.published.or(Some(published));
                self.drop_line(at);
                continue;
            }
            let folded = fold(line);
            if self.is_source_label(&folded) || self.furniture.starts(&folded, Effect::Footer).is_some() {
                self.drop_line(at);
                cleared = true;
                continue;
            }
            match self.classify(line) {
                // A lone number is a table's last cell unless furniture stands around it.
                Kind::Number if !cleared && !self.is_furniture_above(at) => break,
                Kind::Furniture | Kind::Number => {
                    self.drop_line(at);
                    cleared = true;
                    continue;
                }
                Kind::Host(_) | Kind::Date(..) | Kind::Text => {}
            }
            cleared = true;
            if byline::is_address(line) {
                self.article.byline.source.get_or_insert_with(|| line.to_owned());
                self.drop_line(at);
            } else if names < 2
                && let Some(byline) = byline::parse(line, self.furniture)
            {
                names += usize::from(!byline.authors.is_empty());
                self.article.byline.fill_from(byline);
                self.drop_line(at);
                if let Some(office) = office.take() {
                    self.drop_line(office);
                }
            } else if office.is_none() && names == 0 && is_office(line, &folded, self.furniture) {
                office = Some(at);
            } else {
                // An office alone signs the article that ends above it.
                if let Some(office) = office
                    && is_paragraph(line)
                {
                    self.drop_line(office);
                }
                break;
            }
        }
    }

    fn is_furniture_above(&self, at: usize) -> bool {
        let above = self.lines[..at].iter().rev().flatten().find(|line| !line.is_empty());
        above.is_some_and(|above| matches!(self.classify(above), Kind::Furniture))
    }

    /// `Nguồn bài viết:` with the source on the next line.
    fn is_source_label(&self, folded: &str) -> bool {
        self.furniture
            .starts(folded, Effect::Source)
            .is_some_and(|len| folded[len..].chars().all(|c| !c.is_alphanumeric()))
    }

    /// A date line below the article counts only where it says what it is, or gives the time of day.
    fn labelled_date(&self, line: &str) -> Option<Published> {
        let tiling = self.furniture.tile(&fold(line));
        let published = tiling.published()?;
        (tiling.uncovered.is_none() && (tiling.date_label || tiling.time.is_some())).then_some(published)
    }

    /// Takes the byline from behind the last sentence and the agency's tag from before the first.
    fn read_last_line(&mut self, body: usize) {
        let first = self.article.title.as_ref().map_or(body, |_| body + 1);
        if let Some(first) = self.lines.iter().skip(first).flatten().find(|line| is_paragraph(line)) {
            self.article.tag = agency_tag(first, self.furniture).map(str::to_owned);
        }
        let last = self
            .lines
            .iter()
            .rposition(|line| line.is_some_and(|line| !line.is_empty()));
        let Some((last, line)) = last
            .filter(|&last| last > body)
            .and_then(|at| Some((at, self.lines[at]?)))
        else {
            return;
        };
        if let Some((at, byline)) = byline::at_end(line, self.furniture) {
            self.lines[last] = Some(line[..at].trim_end());
            self.article.byline.fill_from(byline);
        }
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

/// A line that runs on like a sentence.
fn is_paragraph(line: &str) -> bool {
    line.len() > SHORT || (line.len() > 90 && line.ends_with(['.', '!', '…', ';', ':']))
}

/// File names, paths and addresses of pictures: `172712Quang%20c%E1%BA%A3nh.jpg`, `(Nguồn: /upload/1/2.png)`.
fn is_asset(line: &str) -> bool {
    let bytes = line.as_bytes();
    let escapes = bytes
        .windows(3)
        .filter(|window| window[0] == b'%' && window[1..].iter().all(u8::is_ascii_hexdigit))
        .count();
    if escapes >= 2 && line.split(' ').count() <= 4 {
        return true;
    }
    let bare = line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' '));
    let value = bare.split_once(": ").map_or(bare, |(_, value)| value);
    if value.starts_with('/') && value.matches('/').count() >= 2 && !value.contains(' ') {
        return true;
    }
    let lower = value.to_ascii_lowercase();
    let file = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".mp4", ".mp3"];
    file.iter().any(|end| lower.ends_with(end)) && value.split(' ').count() <= 6
}

/// `Trang chủ » Tin tức » Cải cách hành chính`
fn is_breadcrumb(folded: &str) -> bool {
    let marks = [" > ", " » ", " / ", " >> ", " › ", " | ", "→", " - "];
    let home = [
        "trang chủ",
        "trang nhất",
        "home",
        "bạn đang ở",
        "bạn đang xem",
        "vị trí hiện tại",
    ];
    home.iter().any(|start| folded.starts_with(start)) && marks.iter().any(|mark| folded.contains(mark))
        || folded.matches(" » ").count() + folded.matches(" › ").count() >= 2
}

/// The office that stands below an author's name: `PHÒNG TCBC&CCHC`, `Văn phòng UBND huyện`.
fn is_office(line: &str, folded: &str, furniture: &Furniture) -> bool {
    let short = line.split(' ').count() <= 8 && !line.ends_with(['.', '!', '?', ':', ';', '…']);
    let capitals = !line.chars().any(char::is_lowercase);
    short
        && (capitals
            || (furniture.starts(folded, Effect::Organization).is_some() && !furniture.holds(folded, Effect::Verb)))
}

/// The agency's tag with which a first paragraph starts: `(BNP) - Chiều…`, `Hà Nội (TTXVN) –…`, `TTO - …`.
fn agency_tag<'t>(paragraph: &'t str, furniture: &Furniture) -> Option<&'t str> {
    let dash = |rest: &str| rest.trim_start().starts_with(['-', '–', '—', ':']);
    if let Some(open) = paragraph.find('(').filter(|&open| open <= 30) {
        let close = open + paragraph[open..].find(')')?;
        let tag = &paragraph[open + 1..close];
        let before = paragraph[..open].trim_end();
        let capitals = (2..=12).contains(&tag.len())
            && tag
                .chars()
                .all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '/') || c.is_ascii_digit());
        let fits = before.is_empty() || byline::is_name(before);
        let known = capitals || byline::is_host(tag) || furniture.is(&fold(tag), Effect::Agency);
        return (fits && known && dash(&paragraph[close + 1..])).then_some(tag);
    }
    let end = paragraph.find([' ', '-', '–']).filter(|&end| end <= 16)?;
    let tag = &paragraph[..end];
    let capitals = tag.chars().all(|c| c.is_uppercase() || c == '.');
    (capitals && furniture.is(&fold(tag), Effect::Agency) && dash(&paragraph[end..])).then_some(tag)
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
