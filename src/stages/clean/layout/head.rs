//! Above the article: portal and office, section, title, date line, counters, byline.

use super::line::is_paragraph;
use super::{HEAD_LINES, Kind, Page, SHORT};
use crate::stages::clean::byline;
use crate::stages::clean::furniture::Effect;
use crate::text::fold::fold;

impl Page<'_, '_> {
    /// Reads down to the article's first paragraph; gives the line on which the article starts.
    pub(super) fn read_head(&mut self, known_title: Option<&str>) -> usize {
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

    pub(super) fn read_header(&mut self, line: &str) {
        if self.article.header.is_none() && self.furniture.holds(&fold(line), Effect::Header) {
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
            || (name_of(Effect::Organization)
                && (words <= 9 || (words <= 18 && self.furniture.holds(&folded, Effect::Header)))
                && !headline())
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
}
