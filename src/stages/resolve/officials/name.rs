//! Personal names as they are compared across documents.
//!
//! One person is written `Nguyễn Xuân Phúc`, `NGUYỄN XUÂN PHÚC`, `Nguyen Xuan Phuc`, `N.X. Phúc` and `Nguyễn Phúc`. All of
//! these share the given name, which comes last, and the first letter of the family name, so this pair is the blocking
//! key; what may stand for what is told by [`Name::form_of`].

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::fold::fold;
use crate::text::syllable::is_vietnamese;

/// A name taken apart.
#[derive(Clone, Debug)]
pub(in crate::stages::resolve) struct Name {
    parts: Vec<Part>,
    /// At least one letter bears a mark: `Lê`, not `Le`.
    marked: bool,
}

#[derive(Clone, Debug)]
struct Part {
    /// In lower case, with the tone at the end.
    folded: String,
    /// Without marks.
    plain: String,
    /// `X.`
    initial: bool,
}

/// How a form stands for a fuller name, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::stages::resolve) enum Form {
    /// `Nguyen Xuan Phuc`.
    Unmarked,
    /// `N.X. Phúc`.
    Initials,
    /// `Nguyễn Phúc`, `N. Phúc`.
    Shortened,
}

impl Name {
    /// Takes `name` (NFC) apart.
    pub fn new(name: &str) -> Name {
        let mut parts = Vec::new();
        for word in name.split_whitespace() {
            let mut pieces = word.split('.').filter(|piece| !piece.is_empty()).peekable();
            while let Some(piece) = pieces.next() {
                let dotted = pieces.peek().is_some() || word.ends_with('.');
                parts.push(Part::new(piece, dotted));
            }
        }
        let marked = parts.iter().any(|part| part.folded != part.plain);
        Name { parts, marked }
    }

    /// Equal for all spellings of one person: the given name without marks and the first letter of the family name.
    pub fn block_key(&self) -> String {
        let given = self.parts.last().map_or("", |part| &part.plain);
        let initial = self.parts.first().and_then(|part| part.plain.chars().next());
        let initial = initial.map(String::from).unwrap_or_default();
        format!("{given} {initial}")
    }

    /// Equal for equal names: capitals, the place of the tone (`hoà`) and `i` or `y` do not count.
    pub fn person_key(&self) -> String {
        let part = |part: &Part| match part.initial {
            true => format!("{}.", part.folded),
            false => part.folded.clone(),
        };
        self.parts.iter().map(part).collect::<Vec<_>>().join(" ")
    }

    /// How full it is: names that others may stand for come first.
    pub fn rank(&self) -> (bool, bool, std::cmp::Reverse<usize>) {
        (self.has_initials(), !self.marked, std::cmp::Reverse(self.parts.len()))
    }

    /// Each word could be a Vietnamese syllable.
    pub fn is_vietnamese(&self) -> bool {
        self.parts.iter().all(|part| is_vietnamese(&part.plain))
    }

    /// The family name is an initial.
    pub fn opens_with_initial(&self) -> bool {
        self.parts.first().is_some_and(|part| part.initial)
    }

    /// The two words, family name and given name, that a form without the words between has.
    pub fn ends(&self) -> (&str, &str) {
        match (self.parts.first(), self.parts.last()) {
            (Some(family), Some(given)) => (&family.plain, &given.plain),
            _ => ("", ""),
        }
    }

    /// How this may be a form of the name `full`, which is fuller; none where it is not.
    pub fn form_of(&self, full: &Name) -> Option<Form> {
        let (short, long) = (&self.parts, &full.parts);
        if short.len() < 2 || full.has_initials() {
            return None;
        }
        let same = |a: &Part, b: &Part| match (a.initial, self.marked && full.marked) {
            (true, _) => b.plain.starts_with(&a.plain),
            (_, true) => a.folded == b.folded,
            _ => a.plain == b.plain,
        };
        let last = short.last().zip(long.last());
        let given = last.is_some_and(|(a, b)| !a.initial && same(a, b));
        if !given || !same(&short[0], &long[0]) || short.len() > long.len() {
            return None;
        }
        if short.len() == long.len() {
            let form = match self.has_initials() {
                true => Form::Initials,
                false if !self.marked && full.marked => Form::Unmarked,
                false => return None,
            };
            return short.iter().zip(long).all(|(a, b)| same(a, b)).then_some(form);
        }
        let mut middle = long[1..long.len() - 1].iter();
        let contained = short[1..short.len() - 1].iter().all(|a| middle.any(|b| same(a, b)));
        contained.then_some(Form::Shortened)
    }

    /// Many people bear it: a frequent family name with `Văn`, `Thị` or nothing before the given name.
    pub fn is_common(&self) -> bool {
        let words: Vec<&str> = self.parts.iter().map(|part| part.plain.as_str()).collect();
        match words[..] {
            [family, _] | [family, "van" | "thi", _] => COMMON_FAMILIES.contains(&family),
            _ => false,
        }
    }

    fn has_initials(&self) -> bool {
        self.parts.iter().any(|part| part.initial)
    }
}

/// Family names that half of the Vietnamese and more bear.
const COMMON_FAMILIES: [&str; 12] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do",
];

impl Part {
    fn new(word: &str, dotted: bool) -> Part {
        let folded = spelled_once(&fold(word));
        let plain: String = without_marks(&folded)
            .chars()
            .filter(|letter| !letter.is_ascii_digit())
            .collect();
        let letters = plain.chars().count();
        // "Y", "A" and "H" open names of the highlands, with and without a dot no initial of others.
        let consonant = plain.chars().all(|letter| !"aeiouy".contains(letter));
        let initial = dotted && letters <= 2 || letters == 1 && consonant && plain != "h";
        Part { folded, plain, initial }
    }
}

/// `text` (folded) without the marks of its letters: `nguyen`.
pub(in crate::stages::resolve) fn without_marks(text: &str) -> String {
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    letters.map(|letter| if letter == 'đ' { 'd' } else { letter }).collect()
}

/// `word` (folded) with its tone as a digit at the end, wherever it was placed (`hoà`, `hòa`, by mistake `qúy`), and `i` for
/// a `y` behind a consonant: `sỹ` and `sĩ` are one name.
fn spelled_once(word: &str) -> String {
    // Grave, acute, hook, tilde and dot, with the digits by which they are typed.
    const TONES: [(char, char); 5] = [
        ('\u{300}', '2'),
        ('\u{301}', '1'),
        ('\u{309}', '3'),
        ('\u{303}', '4'),
        ('\u{323}', '5'),
    ];
    let tone_of = |letter: char| TONES.iter().find(|(mark, _)| *mark == letter).map(|(_, digit)| *digit);
    let mut out: String = word.nfd().filter(|letter| tone_of(*letter).is_none()).nfc().collect();
    if let Some(onset) = out.strip_suffix('y') {
        let vowel = onset.ends_with(['a', 'â', 'e', 'i', 'o', 'u', 'y']);
        if !onset.is_empty() && (!vowel || onset == "qu") {
            out.pop();
            out.push('i');
        }
    }
    out.extend(word.nfd().filter_map(tone_of));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (a, b) in [
            ("Trần Thị Hoà", "TRẦN THỊ HÒA"),
            ("Lê Quí Sỹ", "Lê Quý Sĩ"),
            ("Nguyễn  Văn An", "nguyễn văn an"),
            ("Hòang Thị Hòai", "Hoàng Thị Hoài"),
        ] {
            assert_eq!(Name::new(a).person_key(), Name::new(b).person_key(), "{a}, {b}");
        }
        for (a, b) in [
            ("Lê Thị Thúy", "Lê Thị Thúi"),
            ("Trần Văn Hai", "Trần Văn Hay"),
            ("Lê Văn Y", "Lê Văn I"),
        ] {
            assert_ne!(Name::new(a).person_key(), Name::new(b).person_key(), "{a}, {b}");
        }
    }

    #[test]
    fn a_form_falls_into_the_block_of_the_name_and_is_told_as_its_form() {
        for (form, full, expected) in [
            ("Nguyen Xuan Phuc", "Nguyễn Xuân Phúc", Some(Form::Unmarked)),
            ("N.X. Phúc", "Nguyễn Xuân Phúc", Some(Form::Initials)),
            ("N. X. Phúc", "Nguyễn Xuân Phúc", Some(Form::Initials)),
            ("Nguyễn X. Phúc", "Nguyễn Xuân Phúc", Some(Form::Initials)),
            ("N. Phúc", "Nguyễn Xuân Phúc", Some(Form::Shortened)),
            ("Nguyễn Phúc", "Nguyễn Xuân Phúc", Some(Form::Shortened)),
            ("Phạm Thanh Trà", "Phạm Thị Thanh Trà", Some(Form::Shortened)),
            ("Đỗ Hoà", "Đỗ Thị Hòa", Some(Form::Shortened)),
            ("N.V. Phúc", "Nguyễn Xuân Phúc", None),
            ("Ngô Phúc", "Nguyễn Xuân Phúc", None),
            ("Nguyễn Phục", "Nguyễn Xuân Phúc", None),
            ("Nguyễn Xuân Phúc", "Nguyễn Xuân Phúc", None),
            ("Nguyễn Xuân Phúc", "Nguyễn Phúc", None),
        ] {
            let (form, full) = (Name::new(form), Name::new(full));
            assert_eq!(form.form_of(&full), expected, "{form:?}");
            if expected.is_some() {
                assert_eq!(form.block_key(), full.block_key());
            }
        }
    }

    #[test]
    fn names_of_the_highlands_have_no_initials() {
        assert_eq!(Name::new("Y Thanh Hà Niê Kđăm").person_key(), "y thanh ha2 niê kđăm");
        assert_eq!(Name::new("Lê V. An").person_key(), "lê v. an");
    }
}
