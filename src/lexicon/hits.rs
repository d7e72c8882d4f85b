//! Where the phrases of a lexicon stand in a text.
//!
//! Most questions of the rules are answered with no: no title starts here, no unit there. So each token knows the classes
//! of the phrases that start at it, and the phrases themselves are looked at only where there is one.

use super::Class;

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Tokens that it covers.
    pub len: u32,
    pub class: Class,
    /// Number of the entry, for [`super::Lexicon::entry`].
    pub entry: u32,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ClassSet(u32);

const _: () = assert!(Class::ALL.len() <= u32::BITS as usize, "a class is one bit");

impl ClassSet {
    fn contains(self, class: Class) -> bool {
        self.0 >> class as u32 & 1 == 1
    }

    pub fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u32;
    }

    pub fn extend(&mut self, other: ClassSet) {
        self.0 |= other.0;
    }
}

/// The phrases that start at one token.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    /// Number of the first one.
    first: u32,
    classes: ClassSet,
}

/// Every phrase found in a text, by start and then by length, longest first.
#[derive(Debug, Default)]
pub struct Hits {
    list: Vec<Hit>,
    /// One for each token.
    starts: Vec<Start>,
}

impl Hits {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.starts.clear();
    }

    /// Goes on to the next token.
    pub(super) fn open(&mut self) {
        self.starts.push(Start {
            first: self.list.len() as u32,
            classes: ClassSet::default(),
        });
    }

    /// Adds phrases of `len` tokens that start at the open token, with the classes of them all.
    pub(super) fn add(&mut self, len: usize, entries: impl Iterator<Item = (Class, u32)>, classes: ClassSet) {
        let hits = entries.map(|(class, entry)| Hit {
            len: len as u32,
            class,
            entry,
        });
        self.list.extend(hits);
        if let Some(start) = self.starts.last_mut() {
            start.classes.extend(classes);
        }
    }

    /// Puts the phrases of the open token, added from the shortest on, in order.
    pub(super) fn close(&mut self) {
        if let Some(start) = self.starts.last() {
            let added = &mut self.list[start.first as usize..];
            if added.len() > 1 {
                added.reverse();
            }
        }
    }

    /// A phrase of `class` starts at `token`; false past the end.
    #[inline]
    pub fn has(&self, token: usize, class: Class) -> bool {
        self.starts
            .get(token)
            .is_some_and(|start| start.classes.contains(class))
    }

    /// The phrases that start at `token`, longest first; none past the end.
    pub fn at(&self, token: usize) -> &[Hit] {
        match (self.starts.get(token), self.starts.get(token + 1)) {
            (Some(start), Some(next)) => &self.list[start.first as usize..next.first as usize],
            (Some(start), None) => &self.list[start.first as usize..],
            _ => &[],
        }
    }
}
