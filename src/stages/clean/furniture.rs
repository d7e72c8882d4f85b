//! Page furniture: the words of menus, counters, share bars and footers, and lines that consist of nothing else.
//!
//! The words are data (`src/lexicon/data/furniture.csv`, columns `phrase,effect`); a pipeline may add files. A line is
//! furniture if phrases with the effect `item`, dates, numbers and separators cover it from end to end, so
//! `A- A A+ | Tăng tương phản` and `21/10/2020 18:20 Số lượt xem: 7` go, and a sentence never does.

use rustc_hash::FxHashMap;

use super::published::{Published, Stamp, stamp_at};
use crate::lexicon::LexiconError;
use crate::text::fold::fold;

/// What a phrase says of the line in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Part of a line that is furniture if nothing else stands in it.
    Item,
    /// As `Item`, and introduces the time of publication.
    Date,
    /// Starts a list of other articles or comments: the line goes, and the list with it.
    End,
    /// Starts the name of a portal or newspaper above the article.
    Header,
    /// Starts the name of an office above the article.
    Organization,
    /// Whole name of a section above the article.
    Section,
    /// Starts a line of the page's imprint, below the article.
    Footer,
    /// Introduces names of authors and photographers.
    Author,
    /// Introduces the source of the article.
    Source,
    /// Whole name of a news agency, as it stands beside an author's name.
    Agency,
    /// Tells a headline from the name of an office or portal.
    Verb,
    /// No furniture, though it starts with the words of a shorter phrase that is.
    Text,
}

impl Effect {
    fn parse(name: &str) -> Option<Effect> {
        Some(match name {
            "item" => Effect::Item,
            "date" => Effect::Date,
            "end" => Effect::End,
            "header" => Effect::Header,
            "organization" => Effect::Organization,
            "section" => Effect::Section,
            "footer" => Effect::Footer,
            "author" => Effect::Author,
            "source" => Effect::Source,
            "agency" => Effect::Agency,
            "verb" => Effect::Verb,
            "text" => Effect::Text,
            _ => return None,
        })
    }
}

/// The furniture lexicon.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// Folded phrases by their first word, longest first.
    phrases: FxHashMap<Box<str>, Vec<(Box<str>, Effect)>>,
}

/// What covers a line, and what does not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tiling {
    /// Bytes from the first to the last character that nothing covers.
    pub uncovered: Option<(usize, usize)>,
    pub phrases: usize,
    pub numbers: usize,
    /// A phrase with the effect `date` stands in the line.
    pub date_label: bool,
    pub date: Option<chrono::NaiveDate>,
    pub time: Option<chrono::NaiveTime>,
}

impl Tiling {
    /// The time of publication that the line tells.
    pub fn published(&self) -> Option<Published> {
        self.date.map(|date| Published { date, time: self.time })
    }
}

const EMBEDDED: &str = include_str!("../../lexicon/data/furniture.csv");

impl Furniture {
    /// The built-in phrases and those of further CSV texts.
    ///
    /// # Errors
    /// When a text is not CSV with the columns `phrase,effect`, a phrase is empty or an effect unknown.
    pub fn new(extra: &[String]) -> Result<Furniture, LexiconError> {
        let mut furniture = Furniture::default();
        furniture.add("furniture", EMBEDDED)?;
        for (index, text) in extra.iter().enumerate() {
            furniture.add(&format!("furniture file {}", index + 1), text)?;
        }
        for list in furniture.phrases.values_mut() {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        Ok(furniture)
    }

    fn add(&mut self, file: &str, csv_text: &str) -> Result<(), LexiconError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(csv_text.trim_start_matches('\u{feff}').as_bytes());
        for (index, record) in reader.records().enumerate() {
            let (file, line) = (file.to_owned(), index as u64 + 2);
            let record = record.map_err(|source| LexiconError::Csv {
                file: file.clone(),
                source,
            })?;
            let phrase = fold(record.get(0).unwrap_or_default());
            if phrase.is_empty() {
                return Err(LexiconError::EmptyPhrase { file, line });
            }
            let name = record.get(1).unwrap_or_default();
            let Some(effect) = Effect::parse(name) else {
                return Err(LexiconError::UnknownValue {
                    file,
                    line,
                    value: name.to_owned(),
                });
            };
            self.phrases
                .entry(first_word(&phrase).into())
                .or_default()
                .push((phrase.into(), effect));
        }
        Ok(())
    }

    /// Length and effect of the longest phrase with which `folded` starts; it ends at the end of a word.
    fn longest(&self, folded: &str) -> Option<(usize, Effect)> {
        self.phrases
            .get(first_word(folded))?
            .iter()
            .find(|(phrase, _)| folded.starts_with(&**phrase) && ends_word(phrase, &folded[phrase.len()..]))
            .map(|(phrase, effect)| (phrase.len(), *effect))
    }

    /// Length of the phrase of `effect` with which `folded` starts, unless a longer phrase stands there.
    pub fn starts(&self, folded: &str, effect: Effect) -> Option<usize> {
        self.longest(folded)
            .filter(|(_, found)| *found == effect)
            .map(|(len, _)| len)
    }

    /// `folded` is a phrase of `effect`, but for punctuation around it.
    pub fn is(&self, folded: &str, effect: Effect) -> bool {
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        self.starts(bare, effect) == Some(bare.len()) && !bare.is_empty()
    }

    /// A phrase of `effect` stands somewhere in `folded`.
    pub fn holds(&self, folded: &str, effect: Effect) -> bool {
        let starts = std::iter::once(0).chain(folded.match_indices(' ').map(|(at, _)| at + 1));
        starts
            .into_iter()
            .any(|at| self.starts(&folded[at..], effect).is_some())
    }

    /// Covers a folded line with phrases, dates, numbers and separators, from left to right.
    pub fn tile(&self, folded: &str) -> Tiling {
        let mut tiling = Tiling::default();
        let mut at = 0;
        while let Some(next) = folded[at..].chars().next() {
            let rest = &folded[at..];
            // A date first: `thứ sáu` is a phrase, `12 tháng sáu 2023` is none.
            let item = self
                .longest(rest)
                .filter(|(_, effect)| matches!(effect, Effect::Item | Effect::Date));
            if let Some((stamp, len)) = stamp_at(rest) {
                match stamp {
                    Stamp::Date(date) => tiling.date = tiling.date.or(Some(date)),
                    Stamp::Time(time) => tiling.time = tiling.time.or(Some(time)),
                }
                at += len;
            } else if let Some((len, effect)) = item {
                tiling.phrases += 1;
                tiling.date_label |= effect == Effect::Date;
                at += len;
            } else if next.is_ascii_digit() {
                tiling.numbers += 1;
                at += rest
                    .bytes()
                    .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
                    .count();
            } else if !next.is_alphanumeric() {
                at += next.len_utf8();
            } else {
                let len = first_word(rest).len().max(next.len_utf8());
                let start = tiling.uncovered.map_or(at, |(start, _)| start);
                tiling.uncovered = Some((start, at + len));
                at += len;
            }
        }
        tiling
    }
}

/// The letters and digits with which `folded` starts; empty before a separator.
fn first_word(folded: &str) -> &str {
    let end = folded.find(|c: char| !c.is_alphanumeric()).unwrap_or(folded.len());
    &folded[..end]
}

/// A phrase that ends in a letter must not end within a word.
fn ends_word(phrase: &str, rest: &str) -> bool {
    !(phrase.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_sorted_and_free_of_duplicates() {
        let mut lines = EMBEDDED.lines();
        assert_eq!(lines.next(), Some("phrase,effect"));
        let rows: Vec<&str> = lines.collect();
        for pair in rows.windows(2) {
            assert!(pair[0] < pair[1], "`{}` stands before `{}`", pair[0], pair[1]);
            assert_ne!(fold(pair[0]), fold(pair[1]), "twice");
        }
        Furniture::new(&[]).unwrap();
    }

    fn tile(line: &str) -> Tiling {
        Furniture::new(&[]).unwrap().tile(&fold(line))
    }

    #[test]
    fn lines_of_furniture_are_covered() {
        for line in [
            "A- A A+ | Tăng tương phản Giảm tương phản",
            "Số lượt xem: 1.113",
            "In trang | Gửi bài viết | Quay lại",
            "Chia sẻ: Facebook Twitter Zalo",
            "Cỡ chữ  A  A",
            "<< < 1 2 3 > >>",
            "Thứ Sáu, 12/05/2023, 14:30 (GMT+7)",
            "Responsive image",
            "Lượt xem: 24 Bình luận: 0",
        ] {
            assert_eq!(tile(line).uncovered, None, "{line}");
        }
    }

    #[test]
    fn sentences_are_not_covered() {
        for line in [
            "Chia sẻ tại hội nghị, ông Nam cho biết",
            "Ngày 5/6/2021, UBND tỉnh họp",
            "In trang trí cho hội nghị",
        ] {
            assert!(tile(line).uncovered.is_some(), "{line}");
        }
    }

    #[test]
    fn a_date_line_tells_the_time() {
        let tiling = tile("Cập nhật lúc: 08:30 - 02/03/2020 | Lượt xem: 12");
        assert_eq!(
            tiling.published().map(|found| found.edtf()).as_deref(),
            Some("2020-03-02T08:30")
        );
        assert!(tiling.date_label);
    }

    #[test]
    fn further_files_are_read_and_checked() {
        let furniture = Furniture::new(&["phrase,effect\nXin chào bạn đọc,item\n".to_owned()]).unwrap();
        assert_eq!(furniture.tile("xin chào bạn đọc").uncovered, None);
        let error = Furniture::new(&["phrase,effect\nxin chào,itm\n".to_owned()]).unwrap_err();
        assert_eq!(error.to_string(), "furniture file 1:2: `itm` is not a known value");
        assert!(Furniture::new(&["phrase,effect\n,item\n".to_owned()]).is_err());
    }
}
