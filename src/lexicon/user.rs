//! Further entries that a pipeline brings, merged with the built-in ones.
//!
//! An entry whose phrase is built in overrides the built-in one: whoever writes it knows their pages. What cannot be
//! meant is an error (a tag that no rule asks for, two entries of one's own that contradict each other); what is clear but
//! useless or surprising is a warning (an entry that repeats or overrides another, one that can never match).

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::registry::{self, Registry};
use super::{Class, Hits, Lexicon, LexiconError, Vocabulary, WordId};
use crate::text::fold::fold;
use crate::text::token::tokenize;
use crate::user_csv::{Remark, Row, known_words, quoted, rows};

/// A CSV file of further entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFile {
    /// The class of its entries; none for definitions of indicators.
    pub class: Option<Class>,
    /// How messages call it.
    pub name: String,
    /// Without a byte order mark.
    pub text: String,
}

impl ListFile {
    /// Its columns, and how many of them must be there: those of an entry may end after the first or second.
    fn columns(&self) -> (&'static [&'static str], usize) {
        match self.class {
            Some(_) => (&["phrase", "value", "tag"], 1),
            None => (&registry::COLUMNS, registry::REQUIRED_COLUMNS),
        }
    }
}

/// Columns of an entry.
const PHRASE: usize = 0;
const VALUE: usize = 1;
const TAG: usize = 2;

/// Classes whose values are a closed set of words that the rules know.
const CLOSED_VALUES: [Class; 3] = [Class::Qualifier, Class::TargetCue, Class::MeasureVerb];

impl Lexicon {
    /// The built-in lexicon with the entries and definitions of further files.
    ///
    /// # Errors
    /// At the first row that [`check`] calls an error.
    pub fn extended(files: &[ListFile]) -> Result<Arc<Lexicon>, LexiconError> {
        if files.is_empty() {
            return Ok(Lexicon::embedded());
        }
        let (lexicon, _, remarks) = build(files);
        match remarks.into_iter().find(|remark| remark.is_error) {
            Some(remark) => Err(LexiconError::Row {
                file: files[remark.file].name.clone(),
                line: remark.line,
                message: remark.message,
            }),
            None => Ok(Arc::new(lexicon)),
        }
    }
}

/// Everything that is to be said about files of further entries, by file and place.
///
/// `as_read` turns a text into what the rules read of it.
pub fn check(files: &[ListFile], as_read: impl Fn(&str) -> String) -> Vec<Remark> {
    let (lexicon, added, mut remarks) = build(files);
    for (class, row) in &added {
        let phrase = &row.fields[PHRASE];
        if !is_found(&lexicon, *class, phrase, &as_read) {
            let message = format!(
                "{} can never match: no text reads like this once it is cleaned",
                quoted(phrase)
            );
            let read = as_read(phrase);
            let hint = (read != *phrase).then(|| format!("it then reads {}", quoted(&read)));
            remarks.push(row.warning(PHRASE, message).with_hint(hint));
        }
    }
    remarks.sort_by_key(|remark| (remark.file, remark.span.start));
    remarks
}

/// The phrase is found in a text that is made of it.
fn is_found(lexicon: &Lexicon, class: Class, phrase: &str, as_read: impl Fn(&str) -> String) -> bool {
    let text = as_read(&format!("và {phrase} và"));
    let (mut folded, mut tokens, mut hits) = (String::new(), Vec::new(), Hits::default());
    tokenize(&text, lexicon.vocabulary(), &mut folded, &mut tokens);
    lexicon.find(&tokens, &mut hits);
    let key = fold(phrase);
    (0..tokens.len()).any(|token| {
        hits.at(token).iter().any(|hit| {
            let entry = lexicon.entry(*hit);
            entry.class == class && fold(&entry.phrase) == key
        })
    })
}

/// An entry that is known already.
struct Known {
    /// File and line; none for what is built in.
    place: Option<(usize, u64)>,
    phrase: Box<str>,
    value: String,
    tag: String,
}

/// Entries while they are merged.
struct Merge<'f> {
    files: &'f [ListFile],
    remarks: Vec<Remark>,
    /// Gives equal phrases equal words, however they are spelled.
    vocabulary: Vocabulary,
    known: FxHashMap<(Class, Vec<WordId>), Known>,
    overridden: FxHashSet<(Class, Box<str>)>,
    added: Vec<(Class, Row)>,
}

/// The lexicon with the further entries, those entries, and what is to be said about the files.
fn build(files: &[ListFile]) -> (Lexicon, Vec<(Class, Row)>, Vec<Remark>) {
    let mut merge = Merge {
        files,
        remarks: Vec::new(),
        vocabulary: Vocabulary::default(),
        known: FxHashMap::default(),
        overridden: FxHashSet::default(),
        added: Vec::new(),
    };
    merge.know_built_in();
    let mut definitions = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let (columns, at_least) = file.columns();
        let (rows, mut errors) = rows(index, &file.text, columns, at_least);
        merge.remarks.append(&mut errors);
        match file.class {
            Some(class) => rows.into_iter().for_each(|row| merge.add(class, row)),
            None => definitions.extend(rows),
        }
    }
    let (registry, mut remarks) = Registry::extended(&definitions, files);
    merge.remarks.append(&mut remarks);
    let mut lexicon = Lexicon {
        registry: Arc::new(registry),
        ..Lexicon::default()
    };
    for &class in Class::ALL {
        for entry in Lexicon::embedded()
            .entries()
            .iter()
            .filter(|entry| entry.class == class)
        {
            if !merge.overridden.contains(&(class, entry.phrase.clone())) {
                lexicon.insert(class, &entry.phrase, &entry.value, &entry.tag);
            }
        }
        for (_, row) in merge.added.iter().filter(|(of, _)| *of == class) {
            let [phrase, value, tag] = [PHRASE, VALUE, TAG].map(|field| row.fields[field].as_str());
            lexicon.insert(class, phrase, value, tag);
        }
    }
    lexicon.add_compounds();
    (lexicon, merge.added, merge.remarks)
}

impl Merge<'_> {
    fn know_built_in(&mut self) {
        for entry in Lexicon::embedded().entries() {
            let words = self.words(&entry.phrase);
            let known = Known {
                place: None,
                phrase: entry.phrase.clone(),
                value: entry.folded_value.to_string(),
                tag: entry.tag.to_string(),
            };
            self.known.insert((entry.class, words), known);
        }
    }

    fn words(&mut self, phrase: &str) -> Vec<WordId> {
        let (mut folded, mut tokens) = (String::new(), Vec::new());
        tokenize(phrase, &self.vocabulary, &mut folded, &mut tokens);
        tokens
            .iter()
            .map(|token| self.vocabulary.intern(&folded[token.range()]))
            .collect()
    }

    /// Takes a row that makes sense and is not there yet.
    fn add(&mut self, class: Class, row: Row) {
        let phrase = &row.fields[PHRASE];
        let words = self.words(phrase);
        if words.is_empty() {
            let remark = row.error(PHRASE, "the phrase is empty".to_owned());
            self.remarks.push(remark);
            return;
        }
        if let Err(remark) = check_words(class, &row) {
            self.remarks.push(remark);
            return;
        }
        let value = match row.fields[VALUE].as_str() {
            "" => fold(phrase),
            value => fold(value),
        };
        let known = Known {
            place: Some((row.file, row.line)),
            phrase: phrase.as_str().into(),
            value,
            tag: row.fields[TAG].clone(),
        };
        if let Some(other) = self.known.get(&(class, words.clone())) {
            let same = other.value == known.value && other.tag == known.tag;
            let phrase = quoted(phrase);
            let remark = match other.place {
                None if same => row
                    .warning(PHRASE, format!("{phrase} is built in already, with the same meaning"))
                    .with_hint("leave the row out".to_owned()),
                None => row.warning(
                    PHRASE,
                    format!("{phrase} overrides the built-in entry, which has {}", meaning(other)),
                ),
                Some((file, line)) => {
                    let place = format!("{}:{line}", self.files[file].name);
                    let message = match same {
                        true => format!("{phrase} stands in {place} already, with the same meaning"),
                        false => format!("{phrase} contradicts {place}, which has {}", meaning(other)),
                    };
                    let remark = match same {
                        true => row.warning(PHRASE, message),
                        false => row.error(PHRASE, message),
                    };
                    remark.with_hint("keep one of the rows".to_owned())
                }
            };
            let is_override = other.place.is_none() && !same;
            let built_in = other.phrase.clone();
            self.remarks.push(remark);
            if !is_override {
                return;
            }
            self.overridden.insert((class, built_in));
        }
        self.known.insert((class, words), known);
        self.added.push((class, row));
    }
}

fn meaning(known: &Known) -> String {
    let tag = match known.tag.as_str() {
        "" => "no tag".to_owned(),
        tag => format!("tag `{tag}`"),
    };
    format!("value `{}` and {tag}", known.value)
}

/// Value and tag are of those that the rules know, which are those of the built-in entries.
fn check_words(class: Class, row: &Row) -> Result<(), Remark> {
    let embedded = Lexicon::embedded();
    let entries = || embedded.entries().iter().filter(|entry| entry.class == class);
    let (value, tag) = (row.fields[VALUE].as_str(), row.fields[TAG].as_str());
    if CLOSED_VALUES.contains(&class) {
        let values: BTreeSet<&str> = entries().map(|entry| &*entry.value).collect();
        if !values.contains(value) {
            let known: Vec<&str> = values.into_iter().collect();
            let message = format!("{} knows no value `{value}`", class.name());
            return Err(row.error(VALUE, message).with_hint(known_words(value, &known)));
        }
    }
    if class == Class::Topic && !value.parse::<f64>().is_ok_and(f64::is_finite) {
        let message = format!("the weight of a topic must be a number, not `{value}`");
        return Err(row.error(VALUE, message));
    }
    let tags: BTreeSet<&str> = entries().map(|entry| &*entry.tag).collect();
    if !tags.contains(tag) {
        let known: Vec<&str> = tags.into_iter().collect();
        let message = match tag {
            "" => format!("an entry of {} needs a tag", class.name()),
            tag => format!("{} knows no tag `{tag}`", class.name()),
        };
        return Err(row.error(TAG, message).with_hint(known_words(tag, &known)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::clean::normalize::normalize;
    use crate::text::analysis::{Analysis, Scratch};

    fn file(class: Option<Class>, name: &str, text: &str) -> ListFile {
        ListFile {
            class,
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }

    /// What is said about files of one class, as `file:line words: message (hint)`.
    fn said(class: Option<Class>, texts: &[&str]) -> Vec<String> {
        let names = ["a.csv", "b.csv"];
        let files: Vec<ListFile> = texts
            .iter()
            .zip(names)
            .map(|(text, name)| file(class, name, text))
            .collect();
        check(&files, normalize)
            .into_iter()
            .map(|remark| {
                let words = &files[remark.file].text[remark.span.clone()];
                let kind = if remark.is_error { "error" } else { "warning" };
                let hint = remark.hint.map_or(String::new(), |hint| format!(" ({hint})"));
                let name = &files[remark.file].name;
                format!("{name}:{} {words}: {kind}: {}{hint}", remark.line, remark.message)
            })
            .collect()
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let titles = "phrase,value,tag\ntổng điều phối,,sollo\n,,solo\n\"a, b\",c,solo,d\n";
        assert_eq!(
            said(Some(Class::Title), &[titles]),
            [
                "a.csv:2 sollo: error: titles knows no tag `sollo` (did you mean `solo`?)",
                "a.csv:3 ,,solo: error: the phrase is empty",
                "a.csv:4 \"a, b\",c,solo,d: error: 4 columns instead of phrase,value,tag (a field with a comma stands in \
                 double quotes)",
            ]
        );
        assert_eq!(
            said(Some(Class::Title), &["tổng điều phối,,solo\n", ""]),
            [
                "a.csv:1 tổng điều phối,,solo: error: the first line must name the columns: phrase,value,tag",
                "b.csv:1 : error: the first line must name the columns: phrase,value,tag",
            ]
        );
        assert_eq!(
            said(Some(Class::Topic), &["phrase,value\nđô thị thông minh,nhiều\n"]),
            ["a.csv:2 nhiều: error: the weight of a topic must be a number, not `nhiều`"]
        );
        assert_eq!(
            said(Some(Class::Qualifier), &["phrase,value,tag\náng chừng,aprox,before\n"]),
            ["a.csv:2 aprox: error: qualifiers knows no value `aprox` (did you mean `approx`?)"]
        );
    }

    #[test]
    fn entries_that_are_there_already_are_told_with_what_they_mean() {
        let nouns = "phrase,value,tag\nHội nghị,,\nlễ hội,,\nhội quân,,\n";
        assert_eq!(
            said(Some(Class::MeetingNoun), &[nouns, "phrase,tag\n"]),
            [
                "a.csv:2 Hội nghị: warning: “Hội nghị” is built in already, with the same meaning (leave the row out)",
                "a.csv:3 lễ hội: warning: “lễ hội” overrides the built-in entry, which has value `lễ hội` and tag `none`",
                "b.csv:1 phrase,tag: error: the first line must name the columns: phrase,value,tag",
            ]
        );
        assert_eq!(
            said(
                Some(Class::MeetingNoun),
                &[
                    "phrase,value,tag\nhội quân,,\n",
                    "phrase,value,tag\nHỘI QUÂN,,\nHội quân,,weak\n"
                ]
            ),
            [
                "b.csv:2 HỘI QUÂN: warning: “HỘI QUÂN” stands in a.csv:2 already, with the same meaning (keep one of the \
                 rows)",
                "b.csv:3 Hội quân: error: “Hội quân” contradicts a.csv:2, which has value `hội quân` and no tag (keep one \
                 of the rows)",
            ]
        );
    }

    #[test]
    fn entries_that_no_text_can_hold_are_told() {
        let units = "phrase,value,tag\n\"gói\nthầu\",,count\nhồ\u{ad}sơ mạng,,count\nlượt khách mời,,count\n";
        let said = said(Some(Class::Unit), &[units]);
        assert_eq!(said.len(), 2, "{said:#?}");
        assert!(
            said[0].contains("can never match") && said[1].contains("can never match"),
            "{said:#?}"
        );
    }

    #[test]
    fn an_extended_lexicon_finds_further_entries_and_new_meanings() {
        let files = [
            file(Some(Class::Title), "t.csv", "phrase,value,tag\ntổng điều phối,,solo\n"),
            file(Some(Class::MeetingNoun), "m.csv", "phrase,value,tag\nlễ hội,,\n"),
        ];
        let lexicon = Lexicon::extended(&files).unwrap();
        let mut scratch = Scratch::default();
        let analysis = Analysis::new("Tổng Điều phối dự lễ hội. Chủ tịch tỉnh", &lexicon, &mut scratch);
        let tag = |token, class| analysis.longest(token, class).map(|(len, entry)| (len, &*entry.tag));
        assert_eq!(tag(0, Class::Title), Some((3, "solo")));
        assert_eq!(tag(4, Class::MeetingNoun), Some((2, "")));
        assert_eq!(tag(7, Class::Title), Some((2, "solo")));
        assert_ne!(lexicon.hash(), Lexicon::embedded().hash());
        assert_eq!(Lexicon::extended(&[]).unwrap().hash(), Lexicon::embedded().hash());
        let error = Lexicon::extended(&[file(Some(Class::Title), "t.csv", "phrase,value,tag\nx,,y\n")]).unwrap_err();
        assert_eq!(error.to_string(), "t.csv:2: titles knows no tag `y`");
    }
}
