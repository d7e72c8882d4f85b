//! Within and below the article: boxes and lists of other articles, imprint, source, byline.

use super::line::{agency_tag, is_office, is_paragraph};
use super::{Kind, Page, SHORT};
use crate::stages::clean::byline;
use crate::stages::clean::furniture::Effect;
use crate::stages::clean::published::Published;
use crate::text::fold::fold;

impl Page<'_, '_> {
    /// Drops furniture within the article, and the lists of other articles with all that follows them.
    pub(super) fn cut_lists(&mut self, body: usize) {
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
    pub(super) fn read_tail(&mut self, body: usize) {
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
    pub(super) fn labelled_date(&self, line: &str) -> Option<Published> {
        let tiling = self.furniture.tile(&fold(line));
        let published = tiling.published()?;
        (tiling.uncovered.is_none() && (tiling.date_label || tiling.time.is_some())).then_some(published)
    }

    /// Takes the byline from behind the last sentence and the agency's tag from before the first.
    pub(super) fn read_last_line(&mut self, body: usize) {
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
}
