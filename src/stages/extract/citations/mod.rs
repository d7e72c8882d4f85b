//! Legal and policy documents that a text cites.
//!
//! By number (`Nghị định 210`, `Quyết định số 225/QĐ-TTg ngày 4/2/2016`, `Nghị quyết 01, 02`), by name (`Luật Báo chí`,
//! `các Luật Đầu tư, đất đai`, `dự thảo Nghị định về …`) or by the congress that passed them (`Nghị quyết Trung ương 4
//! (khóa XII)`). One fact for each document, where it is first mentioned; what is only called by its kind (`Nghị định
//! này`, `các nghị quyết của Đảng`) is none.

mod dedup;
mod law;
mod numbered;
mod resolution;
mod symbol;
#[cfg(test)]
mod tests;

use crate::lexicon::Class;
use crate::schema::rows::CitationFact;
use crate::stages::extract::context::Context;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::date::DateIndex;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    numbered::SYMBOL,
    numbered::NUMBER,
    numbered::LISTED_NUMBER,
    law::KNOWN,
    law::CAPITALS,
    law::NUMBERED,
    law::AMENDMENT,
    law::CODE,
    law::CONSTITUTION,
    resolution::PARTY,
    resolution::SUBJECT,
    resolution::DRAFT,
];

/// The citations of one text.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    /// One for each cited document, by first mention.
    pub facts: Vec<CitationFact>,
    covered: Vec<bool>,
}

impl Citations {
    /// The token belongs to a citation or a document's symbol, so its digits count nothing; false past the end.
    pub fn is_citation_token(&self, token: usize) -> bool {
        self.covered.get(token).copied().unwrap_or(false)
    }
}

/// One mention of a document.
#[derive(Clone, Debug)]
struct Mention {
    /// What is quoted.
    tokens: TokenRange,
    /// Kind as tables write it: `Nghị quyết`.
    kind: String,
    number: Option<String>,
    name: Option<String>,
    /// What tells two names apart; see [`dedup`].
    key: String,
    issuer: Option<String>,
    date_edtf: Option<String>,
    rule: &'static Rule,
}

/// A kind of document at a place of the text.
#[derive(Clone, Copy, Debug)]
struct KindAt<'t> {
    start: usize,
    /// The token after it.
    end: usize,
    /// The kind as tables write it.
    name: &'t str,
    group: Group,
    capitalized: bool,
}

/// What a kind needs in order to be a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// Luật, Bộ luật, Pháp lệnh: a name.
    Law,
    /// BLHS: nothing.
    Code,
    /// Hiến pháp: nothing.
    Constitution,
    /// Nghị định, Nghị quyết: a number or what it is about.
    Act,
    /// Quyết định, Kết luận, which are verbs too.
    Verb,
    /// Công văn, Kế hoạch: a number with `số` or a symbol.
    Paper,
    /// NĐ, QĐ: a number.
    Short,
}

/// Finds the documents that the text cites.
pub fn find(context: &Context, dates: &DateIndex) -> Citations {
    let analysis = context.analysis;
    let mut covered = vec![false; analysis.len()];
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < analysis.len() {
        let from = mentions.len();
        let end = match kind_at(analysis, at) {
            Some(kind) => mentions_of(analysis, dates, &kind, &mut mentions),
            None => symbol::read(analysis, at)
                .filter(|symbol| symbol.has_letters)
                .map(|symbol| symbol.tokens.end),
        };
        match end {
            Some(end) => {
                let start = mentions[from..].iter().map(|mention| mention.tokens.start).min();
                covered[start.unwrap_or(at).min(at)..end].fill(true);
                at = end;
            }
            None => at += 1,
        }
    }
    let facts = dedup::merge(analysis, mentions)
        .into_iter()
        .map(|mention| CitationFact {
            evidence: context.evidence(&mention.tokens, mention.rule),
            kind: mention.kind,
            number: mention.number,
            name: mention.name,
            issuer: mention.issuer,
            date_edtf: mention.date_edtf,
        })
        .collect();
    Citations { facts, covered }
}

/// Adds the mentions that start with `kind`; the token after the last one, if there is any.
fn mentions_of(analysis: &Analysis, dates: &DateIndex, kind: &KindAt, out: &mut Vec<Mention>) -> Option<usize> {
    match kind.group {
        Group::Law => law::find(analysis, kind, out),
        Group::Code => law::code(analysis, kind, out),
        Group::Constitution => law::constitution(analysis, kind, out),
        Group::Act => numbered::find(analysis, dates, kind, out).or_else(|| resolution::find(analysis, kind, out)),
        Group::Verb => numbered::find(analysis, dates, kind, out).or_else(|| {
            draft_start(analysis, kind).filter(|_| kind.capitalized)?;
            resolution::find(analysis, kind, out)
        }),
        Group::Paper | Group::Short => numbered::find(analysis, dates, kind, out),
    }
}

/// The longest kind of document that starts at `at`.
fn kind_at<'t>(analysis: &Analysis<'t>, at: usize) -> Option<KindAt<'t>> {
    analysis.phrases(at, Class::LegalKind).find_map(|(len, entry)| {
        let group = match &*entry.tag {
            "law" => Group::Law,
            "code" => Group::Code,
            "constitution" => Group::Constitution,
            "act" => Group::Act,
            "verb" => Group::Verb,
            "paper" => Group::Paper,
            "short" => Group::Short,
            _ => return None,
        };
        Some(KindAt {
            start: at,
            end: at + len,
            name: &entry.value,
            group,
            capitalized: analysis.is_capitalized(at),
        })
    })
}

/// Where `dự thảo` or `dự án` before the kind starts.
fn draft_start(analysis: &Analysis, kind: &KindAt) -> Option<usize> {
    let start = kind.start.checked_sub(2)?;
    (analysis.word(start) == "dự" && matches!(analysis.word(start + 1), "thảo" | "án")).then_some(start)
}

/// `khóa XII`, `lần thứ XIII`: a Roman numeral in capitals.
fn is_roman(analysis: &Analysis, at: usize) -> bool {
    let word = analysis.surface(at);
    !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'))
}
