//! From raw documents to documents: main text, page furniture, metadata, language, topic.
//!
//! `documents.text` is made here and never changed later: every offset in every table counts its code points. Whatever
//! else a page says of the article (title, time, site, authors, source) becomes a column and leaves the text, except
//! for the title, which is the text's first line.

mod byline;
mod furniture;
mod html;
mod language;
mod layout;
mod markup;
pub mod normalize;
mod page_meta;
mod portal;
mod programmes;
mod published;
#[cfg(test)]
mod tests;
mod topic;

use std::sync::Arc;

use arrow::array::RecordBatch;

use crate::config::CleanConfig;
use crate::lexicon::{Lexicon, LexiconError};
use crate::schema::Table;
use crate::schema::rows::{DocumentRow, RawDocumentRow};
use crate::stage::{Partitioning, Provenance, Rejection, Stage, StageError, StageOutput, map_rows};
use crate::text::fold::fold;
use furniture::Furniture;
use layout::Article;
use normalize::{normalize, normalize_line};
use page_meta::PageMeta;
use published::Published;
use topic::TopicScorer;

/// The clean stage.
#[derive(Debug)]
pub struct Clean {
    min_chars: usize,
    min_topic_score: f64,
    furniture: Furniture,
    topic: TopicScorer,
}

impl Clean {
    /// Prepares the stage; `extra_furniture` holds the contents of further furniture files.
    ///
    /// # Errors
    /// When a furniture file is not CSV with the columns `phrase,effect`, or a topic's weight is no number.
    pub fn new(config: &CleanConfig, lexicon: Arc<Lexicon>, extra_furniture: &[String]) -> Result<Clean, LexiconError> {
        Ok(Clean {
            min_chars: config.min_chars,
            min_topic_score: config.min_topic_score,
            furniture: Furniture::new(extra_furniture)?,
            topic: TopicScorer::new(&lexicon)?,
        })
    }

    /// Cleans one document.
    ///
    /// # Errors
    /// Rejections: `too_deep` and `too_complex` for HTML beyond reason, `no_text` if nothing is left, `too_short` if too little is.
    pub fn clean(&self, raw: RawDocumentRow) -> Result<DocumentRow, Rejection> {
        let (text, page) = match (&raw.text, &raw.html) {
            (Some(text), _) => (normalize(text), None),
            (None, Some(html)) => {
                let page = html::read(html, &self.furniture)?;
                (page.article.clone(), Some(page))
            }
            (None, None) => (String::new(), None),
        };
        let known_title = raw.title.as_deref().map(normalize_line);
        let known_title = known_title
            .filter(|title| !title.is_empty())
            .or_else(|| page.as_ref()?.meta.title.clone());
        let mut article = layout::arrange(&text, known_title.as_deref(), &self.furniture);
        let mut meta = PageMeta::default();
        if let Some(page) = page {
            layout::fill_from_page(&mut article, &page.all, &self.furniture);
            meta = page.meta;
        }
        let text = article.lines.join("\n");
        let n_chars = text.chars().count();
        self.check_length(&article, n_chars)?;
        Ok(self.describe(raw, article, meta, text, n_chars))
    }

    fn check_length(&self, article: &Article, n_chars: usize) -> Result<(), Rejection> {
        let only_title =
            article.title.is_some() && article.lines.len() <= 1 && article.lines.first() == article.title.as_ref();
        if n_chars == 0 || (only_title && n_chars < self.min_chars) {
            return Err(Rejection::new(
                "no_text",
                "nothing but page furniture is left of the document",
            ));
        }
        if n_chars < self.min_chars {
            let message = format!(
                "the text has {n_chars} characters; at least {} count as a document",
                self.min_chars
            );
            return Err(Rejection::new("too_short", message));
        }
        Ok(())
    }

    fn describe(
        &self,
        raw: RawDocumentRow,
        article: Article,
        meta: PageMeta,
        text: String,
        n_chars: usize,
    ) -> DocumentRow {
        let url = raw
            .url
            .clone()
            .or_else(|| meta.url.clone().filter(|url| url.contains("://")));
        let (published, basis) = when(&raw, &article, &meta, url.as_deref());
        let published_at = published.map(|published| published.date);
        let site = site(&raw, &article, url.as_deref());
        let source_name = meta
            .site_name
            .clone()
            .or_else(|| article.header.clone())
            .or_else(|| article.tag.clone())
            .or_else(|| article.byline.agency.clone())
            .or_else(|| raw.site.clone().filter(|site| portal::host(site).is_none()))
            .or_else(|| article.host.clone());
        let source = article.byline.source.clone();
        let province = province(&article, source_name.as_deref(), site.as_deref(), source.as_deref());
        let folded = fold(&text);
        let topic_score = self
            .topic
            .score(&fold(article.title.as_deref().unwrap_or_default()), &folded);
        let lead = article.lines.iter().filter(|line| !line.is_empty()).take(3);
        let programmes = programmes::find(lead.map(String::as_str));
        DocumentRow {
            url,
            site,
            source_name,
            authors: authors(&article, &meta),
            title: article.title,
            reprinted_from: source,
            published_at,
            published_edtf: published.map(|published| published.edtf()),
            published_basis: basis.map(str::to_owned),
            area_id: province.and_then(|province| portal::area_id(province, published_at)),
            language: language::language(&text).map(str::to_owned),
            programmes,
            content_hash: content_hash(&folded),
            n_chars: i32::try_from(n_chars).unwrap_or(i32::MAX),
            text,
            topic: (topic_score >= self.min_topic_score).then(|| topic::PUBLIC_ADMINISTRATION.to_owned()),
            topic_score,
            duplicate_of: None,
            duplicate_overlap: None,
            document_id: raw.document_id,
            source_path: raw.source_path,
            source_record: raw.source_record,
        }
    }
}

impl Stage for Clean {
    fn name(&self) -> &'static str {
        "clean"
    }

    fn input(&self) -> Table {
        Table::RawDocuments
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::Documents]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        map_rows(self, Table::Documents, batch, |raw| self.clean(raw))
    }
}

impl Provenance for RawDocumentRow {
    fn provenance(&self) -> (String, Option<i64>, Option<String>) {
        (
            self.source_path.clone(),
            self.source_record,
            Some(self.document_id.clone()),
        )
    }
}

/// The time of publication from the surest place, and which place that is.
fn when(
    raw: &RawDocumentRow,
    article: &Article,
    meta: &PageMeta,
    url: Option<&str>,
) -> (Option<Published>, Option<&'static str>) {
    let field = || Some((published::from_field(raw.published_at.as_deref()?)?, "field"));
    let text = || Some((article.published?, "text"));
    let address = || Some((published::from_url(url?)?, "url"));
    // A day alone in the page's metadata gives way to the same day with a time in its text.
    let finer = |(coarse, basis): (Published, &'static str)| match article.published {
        Some(fine) if coarse.time.is_none() && fine.time.is_some() && fine.date == coarse.date => (fine, "text"),
        _ => (coarse, basis),
    };
    let found = field().or(meta.published).map(finer).or_else(text).or_else(address);
    (found.map(|(published, _)| published), found.map(|(_, basis)| basis))
}

/// The host that publishes the page.
fn site(raw: &RawDocumentRow, article: &Article, url: Option<&str>) -> Option<String> {
    url.and_then(portal::host)
        .or_else(|| portal::host(raw.site.as_deref()?))
        .or_else(|| portal::host(article.host.as_deref()?))
}

/// The portal's province: by its own name, its host, its tag, at last by the portal that it credits.
fn province(
    article: &Article,
    source_name: Option<&str>,
    site: Option<&str>,
    source: Option<&str>,
) -> Option<&'static str> {
    article
        .header
        .as_deref()
        .and_then(portal::of_name)
        .or_else(|| portal::of_host(site?))
        .or_else(|| portal::of_tag(article.tag.as_deref()?))
        .or_else(|| portal::of_name(source_name?))
        .or_else(|| match portal::host(source?) {
            Some(host) => portal::of_host(&host),
            None => portal::of_name(source?),
        })
}

fn authors(article: &Article, meta: &PageMeta) -> Vec<String> {
    if !article.byline.authors.is_empty() {
        return article.byline.authors.clone();
    }
    meta.authors
        .iter()
        .filter(|name| byline::is_name(name))
        .cloned()
        .collect()
}

/// BLAKE3 of the folded, normalised text with line breaks as spaces, 16 hex digits.
fn content_hash(folded: &str) -> String {
    let mut collapsed = String::with_capacity(folded.len());
    for line in folded.split('\n').filter(|line| !line.is_empty()) {
        collapsed.push_str(line);
        collapsed.push(' ');
    }
    blake3::hash(collapsed.as_bytes()).to_hex()[..16].to_owned()
}
