//! The phrases of a lexicon as a trie over words.

use std::iter;

use rustc_hash::FxHashMap;

use super::hits::ClassSet;
use super::{Class, Hits, WordId};
use crate::text::token::Token;

/// The node from which all phrases start. No edge leads to it, so among edges it stands for none.
const ROOT: u32 = 0;

/// Nodes are small, so that those of the common words stay in the processor's cache.
#[derive(Debug, Default)]
struct Node {
    /// Words with which longer phrases go on from here: most words that do not are told without a look at the edges.
    next: WordFilter,
    /// Classes of the entries whose phrase ends here.
    classes: ClassSet,
    /// The first of these entries in [`PhraseTrie::ends`], which know the others.
    first_end: Option<u32>,
}

/// An entry whose phrase ends at a node.
#[derive(Debug)]
struct End {
    class: Class,
    entry: u32,
    /// The next entry with the same phrase.
    next: Option<u32>,
}

/// A set of words that may seem to hold others too: a word is the last bits of its number.
#[derive(Clone, Copy, Debug, Default)]
struct WordFilter(u64);

impl WordFilter {
    fn insert(&mut self, word: WordId) {
        self.0 |= 1 << (word.index() % 64);
    }

    fn may_contain(self, word: WordId) -> bool {
        self.0 >> (word.index() % 64) & 1 == 1
    }
}

/// Phrases as sequences of words, with the entries that they stand for.
#[derive(Debug)]
pub(super) struct PhraseTrie {
    nodes: Vec<Node>,
    ends: Vec<End>,
    /// The edges of the root by the number of the word: every token asks here, few of them further.
    roots: Vec<u32>,
    /// The other edges: (node, word) to node.
    edges: FxHashMap<(u32, WordId), u32>,
}

impl Default for PhraseTrie {
    fn default() -> Self {
        PhraseTrie {
            nodes: vec![Node::default()],
            ends: Vec::new(),
            roots: Vec::new(),
            edges: FxHashMap::default(),
        }
    }
}

impl PhraseTrie {
    /// Adds a phrase of at least one word.
    pub fn insert(&mut self, words: &[WordId], class: Class, entry: u32) {
        let mut at = ROOT;
        for &word in words {
            let next = self.nodes.len() as u32;
            let node = if at == ROOT {
                if self.roots.len() <= word.index() {
                    self.roots.resize(word.index() + 1, ROOT);
                }
                let edge = &mut self.roots[word.index()];
                if *edge == ROOT {
                    *edge = next;
                }
                *edge
            } else {
                *self.edges.entry((at, word)).or_insert(next)
            };
            if node == next {
                self.nodes.push(Node::default());
                self.nodes[at as usize].next.insert(word);
            }
            at = node;
        }
        let node = &mut self.nodes[at as usize];
        node.classes.insert(class);
        let new = Some(self.ends.len() as u32);
        let mut last = &mut node.first_end;
        while let Some(end) = *last {
            last = &mut self.ends[end as usize].next;
        }
        *last = new;
        self.ends.push(End {
            class,
            entry,
            next: None,
        });
    }

    /// Finds every phrase in `tokens`.
    pub fn find(&self, tokens: &[Token], hits: &mut Hits) {
        hits.clear();
        for (start, token) in tokens.iter().enumerate() {
            hits.open();
            let mut at = self.roots.get(token.word.index()).copied().unwrap_or(ROOT);
            let mut end = start;
            while at != ROOT {
                end += 1;
                let node = &self.nodes[at as usize];
                if node.first_end.is_some() {
                    hits.add(end - start, self.entries(node), node.classes);
                }
                at = match tokens.get(end) {
                    Some(next) if node.next.may_contain(next.word) => {
                        self.edges.get(&(at, next.word)).copied().unwrap_or(ROOT)
                    }
                    _ => ROOT,
                };
            }
            hits.close();
        }
    }

    /// Class and number of the entries whose phrase ends at `node`.
    fn entries(&self, node: &Node) -> impl Iterator<Item = (Class, u32)> {
        let first = node.first_end.map(|end| &self.ends[end as usize]);
        let ends = iter::successors(first, |end| end.next.map(|next| &self.ends[next as usize]));
        ends.map(|end| (end.class, end.entry))
    }
}
