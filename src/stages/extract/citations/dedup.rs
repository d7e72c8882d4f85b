//! One entry for each document, however often and in whatever form a text mentions it.
//!
//! `Nghị quyết 35` and `Nghị quyết số 35/NQ-CP` are one, `Nghị quyết 35/NQ-CP` and `Nghị quyết 35/NQ-HĐND` are two.
//! Names agree without case, punctuation and `(sửa đổi)`, or where one continues the other.

use rustc_hash::FxHashMap;

use super::Mention;
use crate::text::analysis::Analysis;
use crate::text::fold::fold;

/// Joins the mentions of one document; the first one stays, with the fuller number and the details of the others.
pub(super) fn merge(analysis: &Analysis, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut kept: Vec<(Mention, Identity)> = Vec::new();
    let mut by_first_word: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    for mention in mentions {
        let identity = Identity::of(&mention);
        let alike = by_first_word.entry(identity.first_word()).or_default();
        let mut compared = alike.iter().take(MAX_COMPARED).copied();
        match compared.find(|&index| kept[index].1.is_same(&identity)) {
            Some(index) => {
                let (first, known) = &mut kept[index];
                let why = "the document is cited before: one row for each";
                mention.rule.dropped(analysis, &mention.tokens, why);
                if identity.number_is_fuller_than(known) {
                    first.tokens = mention.tokens;
                    first.number = mention.number;
                    first.rule = mention.rule;
                    known.parts = identity.parts;
                }
                first.issuer = first.issuer.take().or(mention.issuer);
                // `Luật Du lịch` and `Luật Du lịch 2005` may be an old and a new one.
                if first.name.is_none() {
                    first.date_edtf = first.date_edtf.take().or(mention.date_edtf);
                }
            }
            None => {
                mention.rule.matched(analysis, &mention.tokens, || {
                    let what = mention.number.as_deref().or(mention.name.as_deref());
                    format!("{} {}", mention.kind, what.unwrap_or_default())
                });
                alike.push(kept.len());
                kept.push((mention, identity));
            }
        }
    }
    kept.into_iter().map(|(mention, _)| mention).collect()
}

/// With so many documents whose number or name begins alike is a new one compared; more than that is no prose.
const MAX_COMPARED: usize = 200;

/// What makes two mentions the same document.
struct Identity {
    kind: String,
    /// Parts of the number: `19`, `2017`, `nq`, `cp`; empty for named documents.
    parts: Vec<String>,
    /// Folded words of the name; empty for numbered documents.
    name: Vec<String>,
    /// Year of a named document, or that it is a draft or revision of one.
    version: Option<String>,
}

impl Identity {
    fn of(mention: &Mention) -> Identity {
        let words = |text: &str| -> Vec<String> {
            // "Nghị quyết TƯ 4" is "Nghị quyết Trung ương 4".
            let text = ["T.Ư", "T.W", "TƯ", "TW"]
                .iter()
                .fold(text.to_owned(), |text, short| text.replace(short, "Trung ương"));
            fold(&text)
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let named = mention.name.is_some();
        let name = if named { words(&mention.key) } else { Vec::new() };
        let folded_name = fold(mention.name.as_deref().unwrap_or_default());
        let version = if folded_name.starts_with("dự ") || folded_name.contains("sửa đổi") {
            Some("revision".to_owned())
        } else {
            mention
                .date_edtf
                .as_ref()
                .and_then(|date| date.get(..4))
                .map(str::to_owned)
        };
        Identity {
            kind: mention.kind.clone(),
            parts: mention
                .number
                .as_deref()
                .filter(|_| !named)
                .map(words)
                .unwrap_or_default(),
            name,
            version,
        }
    }

    /// Kind, and what the number or the name begins with: equal for all mentions of one document.
    fn first_word(&self) -> (String, String) {
        let first = self.parts.first().or(self.name.first());
        (self.kind.clone(), first.cloned().unwrap_or_default())
    }

    fn is_same(&self, other: &Identity) -> bool {
        if self.kind != other.kind || self.parts.is_empty() != other.parts.is_empty() {
            return false;
        }
        let versions_agree = self.version.is_none() || other.version.is_none() || self.version == other.version;
        if self.parts.is_empty() {
            // A law is its whole name; a resolution may be named more or less fully.
            let whole = self.kind.to_lowercase().contains("luật");
            let (short, long) = if self.name.len() <= other.name.len() {
                (self, other)
            } else {
                (other, self)
            };
            let same = if whole {
                short.name == long.name
            } else {
                long.name.starts_with(&short.name)
            };
            return same && versions_agree;
        }
        // `35` and `35/NQ-CP` lack what `35/2016/NQ-CP` has; two years or two issuers make two documents.
        let years_agree = match (self.number_year(), other.number_year()) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        years_agree
            && self
                .without_year()
                .zip(other.without_year())
                .all(|(mine, theirs)| mine == theirs)
    }

    /// The year in a number such as `35/2016/NQ-CP`; the number itself is none, however long.
    fn number_year(&self) -> Option<&str> {
        self.parts.iter().skip(1).map(String::as_str).find(|part| is_year(part))
    }

    fn without_year(&self) -> impl Iterator<Item = &str> {
        let parts = self.parts.iter().map(String::as_str).enumerate();
        parts
            .filter(|&(index, part)| index == 0 || !is_year(part))
            .map(|(_, part)| part)
    }

    fn number_is_fuller_than(&self, other: &Identity) -> bool {
        self.parts.len() > other.parts.len()
    }
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit())
}
