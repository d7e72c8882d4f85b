//! Knowledge as data: phrases by class, looked up over tokens.
//!
//! Each [`Class`] is one CSV file under `data/`, sorted, one row per entry: `phrase,value,tag`. `value` is what the
//! phrase stands for (an expansion, a code), `tag` a subclass that grammar rules ask for; what the two mean for each
//! class stands in `data/README.md`. The files are embedded in the binary; a pipeline may
//! add further ones ([`Lexicon::extended`]).

pub mod areas;
mod closed;
mod hits;
mod phrases;
mod registry;
#[cfg(test)]
mod tests;
mod user;
mod vocabulary;

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;

use crate::text::fold::fold;
use crate::text::token::{Token, tokenize};
pub use closed::ClosedClass;
pub use hits::{Hit, Hits};
use phrases::PhraseTrie;
pub use registry::{Definition, Measured, Registry, Surrounding};
pub use user::{ListFile, check};
pub use vocabulary::{Vocabulary, WordId};

/// Frequent words of two syllables.
const COMPOUNDS: &str = include_str!("data/compounds.csv");

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident => $file:literal,)*) => {
        /// A kind of lexicon entry, and the data file that holds it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $($(#[$doc])* $variant,)* }

        impl Class {
            /// Every class, in the order of their declaration.
            pub const ALL: &'static [Class] = &[$(Class::$variant,)*];

            /// File stem of the class's data file.
            pub fn name(self) -> &'static str {
                match self { $(Class::$variant => $file,)* }
            }

            fn embedded(self) -> &'static str {
                match self { $(Class::$variant => include_str!(concat!("data/", $file, ".csv")),)* }
            }
        }
    };
}

classes! {
    /// Family names.
    Surname => "surnames",
    /// The dead of history, after whom much is named.
    HistoricalName => "historical_names",
    /// ông, bà, đồng chí and ranks before a name.
    Honorific => "honorifics",
    /// Heads of posts: chủ tịch, phó giám đốc, bí thư, …
    Title => "titles",
    /// What an organisation's name starts with: UBND, Sở, Bộ, Ban, …
    Organization => "organizations",
    /// Provinces and cities with their variants.
    Place => "places",
    /// Nouns for gatherings: hội nghị, phiên họp, …
    MeetingNoun => "meeting_nouns",
    /// Words that tell a part in a gathering: chủ trì, phát biểu, dự, trao, …
    RoleVerb => "role_verbs",
    /// Kinds of legal and policy documents.
    LegalKind => "legal_kinds",
    /// Counted nouns, currencies, measures.
    Unit => "units",
    /// khoảng, gần, trên, không quá, …
    Qualifier => "qualifiers",
    /// Number words: triệu, nghìn tỷ, hai, một nửa.
    NumberWord => "number_words",
    /// Words that make a figure a target: phấn đấu, mục tiêu, …
    TargetCue => "target_cues",
    /// Verbs between what is measured and its figure: đạt, chiếm, tăng, giảm.
    MeasureVerb => "measure_verbs",
    /// Heads of what is measured: tỷ lệ, tổng số, kim ngạch.
    MeasureNoun => "measure_nouns",
    /// Words whose number names them: khóa, quận, mức độ.
    NumberedNoun => "numbered_nouns",
    /// Words by which a text shows its topic.
    Topic => "topics",
}

/// One lexicon entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub class: Class,
    pub phrase: Box<str>,
    /// What the phrase stands for; the phrase itself where the file leaves it empty.
    pub value: Box<str>,
    /// `value`, folded.
    pub folded_value: Box<str>,
    /// Subclass, possibly empty.
    pub tag: Box<str>,
}

/// A lexicon file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The file is not CSV with the columns `phrase,value,tag`.
    #[error("{file}: {source}")]
    Csv {
        file: String,
        #[source]
        source: csv::Error,
    },
    /// A row has no phrase.
    #[error("{file}:{line}: the phrase is empty")]
    EmptyPhrase { file: String, line: u64 },
    /// A row of a further file cannot be used.
    #[error("{file}:{line}: {message}")]
    Row { file: String, line: u64, message: String },
    /// A column holds a word or number that means nothing there.
    #[error("{file}:{line}: `{value}` is not a known value")]
    UnknownValue { file: String, line: u64, value: String },
}

/// All entries with the automaton that finds them.
#[derive(Debug, Default)]
pub struct Lexicon {
    vocabulary: Vocabulary,
    entries: Vec<Entry>,
    phrases: PhraseTrie,
    /// Pairs of syllables that are one word.
    compounds: FxHashSet<(WordId, WordId)>,
    registry: Arc<Registry>,
}

impl Lexicon {
    /// The lexicon that is built into the program.
    pub fn embedded() -> Arc<Lexicon> {
        static EMBEDDED: LazyLock<Arc<Lexicon>> = LazyLock::new(|| {
            let mut lexicon = Lexicon {
                registry: Registry::embedded(),
                ..Lexicon::default()
            };
            for &class in Class::ALL {
                lexicon
                    .add(class, class.name(), class.embedded())
                    .expect("embedded lexicons are tested");
            }
            lexicon.add_compounds();
            Arc::new(lexicon)
        });
        EMBEDDED.clone()
    }

    /// Adds the entries of a CSV text; `file` names it in errors.
    ///
    /// # Errors
    /// When it is not CSV with a header and the columns `phrase,value,tag`, or a phrase is empty.
    pub fn add(&mut self, class: Class, file: &str, csv_text: &str) -> Result<(), LexiconError> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(csv_text.as_bytes());
        for (index, record) in reader.records().enumerate() {
            let record = record.map_err(|source| LexiconError::Csv {
                file: file.to_owned(),
                source,
            })?;
            let phrase = record.get(0).unwrap_or_default();
            if phrase.is_empty() {
                return Err(LexiconError::EmptyPhrase {
                    file: file.to_owned(),
                    line: index as u64 + 2,
                });
            }
            let (value, tag) = (record.get(1).unwrap_or_default(), record.get(2).unwrap_or_default());
            self.insert(class, phrase, value, tag);
        }
        Ok(())
    }

    /// Adds an entry of at least one word; an empty `value` is the phrase itself.
    fn insert(&mut self, class: Class, phrase: &str, value: &str, tag: &str) {
        let value = if value.is_empty() { phrase } else { value };
        let (mut folded, mut tokens) = (String::new(), Vec::new());
        tokenize(phrase, &self.vocabulary, &mut folded, &mut tokens);
        let words: Vec<WordId> = tokens
            .iter()
            .map(|token| self.vocabulary.intern(&folded[token.range()]))
            .collect();
        self.phrases.insert(&words, class, self.entries.len() as u32);
        self.entries.push(Entry {
            class,
            phrase: phrase.into(),
            value: value.into(),
            folded_value: fold(value).into(),
            tag: tag.into(),
        });
    }

    /// Adds the built-in words of two syllables.
    fn add_compounds(&mut self) {
        for (first, second) in COMPOUNDS.lines().filter_map(|word| word.split_once(' ')) {
            let pair = [first, second].map(|syllable| self.vocabulary.intern(&fold(syllable)));
            self.compounds.insert((pair[0], pair[1]));
        }
    }

    /// The two syllables are one word: `xây dựng`, `còn lại`.
    pub fn is_compound(&self, first: WordId, second: WordId) -> bool {
        self.compounds.contains(&(first, second))
    }

    /// The indicators that figures are compared with.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Hash of all entries and definitions: equal for lexicons that find the same.
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for entry in &self.entries {
            for part in [entry.class.name(), &entry.phrase, &entry.value, &entry.tag] {
                hasher.update(part.as_bytes());
                hasher.update(&[0]);
            }
        }
        for definition in self.registry.definitions() {
            for part in definition.parts() {
                hasher.update(part.as_bytes());
                hasher.update(&[0]);
            }
        }
        hasher.finalize().to_hex()[..32].to_owned()
    }

    /// The words that the lexicon knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The entry of a hit.
    pub fn entry(&self, hit: Hit) -> &Entry {
        &self.entries[hit.entry as usize]
    }

    /// Every entry, in the order of the files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Finds every phrase in `tokens`, overlapping ones too.
    pub fn find(&self, tokens: &[Token], hits: &mut Hits) {
        self.phrases.find(tokens, hits);
    }
}
