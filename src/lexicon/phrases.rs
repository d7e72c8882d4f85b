//! The phrases of a lexicon as a trie over words.

use rustc_hash::FxHashMap;

use super::hits::ClassSet;
use super::{Class, Hits, WordId};
use crate::text::token::Token;

/// The node from which all phrases start. No edge leads to it, so among edges it stands for none.
const ROOT: u32 = 0;

#[derive(Debug, Default)]
struct Node {
    /// Class and number of the entries whose phrase ends here.
    ends: Vec<(Class, u32)>,
    classes: ClassSet,
    /// A longer phrase goes on from here.
    is_inner: bool,
}

/// Phrases as sequences of words, with the entries that they stand for.
#[derive(Debug)]
pub(super) struct PhraseTrie {
    nodes: Vec<Node>,
    /// The edges of the root by the number of the word: every token asks here, few of them further.
    roots: Vec<u32>,
    /// The other edges: (node, word) to node.
    edges: FxHashMap<(u32, WordId), u32>,
}

impl Default for PhraseTrie {
    fn default() -> Self {
        PhraseTrie {
            nodes: vec![Node::default()],
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
                self.nodes[at as usize].is_inner = true;
            }
            at = node;
        }
        let node = &mut self.nodes[at as usize];
        node.ends.push((class, entry));
        node.classes.insert(class);
    }

    /// Finds every phrase in `tokens`.
    pub fn find(&self, tokens: &[Token], hits: &mut Hits) {
        hits.clear();
        for (start, token) in tokens.iter().enumerate() {
            hits.open();
            let mut node = self.roots.get(token.word.index()).copied().unwrap_or(ROOT);
            let mut end = start;
            while node != ROOT {
                end += 1;
                let Node {
                    ends,
                    classes,
                    is_inner,
                } = &self.nodes[node as usize];
                hits.add(end - start, ends, *classes);
                node = match tokens.get(end) {
                    Some(next) if *is_inner => self.edges.get(&(node, next.word)).copied().unwrap_or(ROOT),
                    _ => ROOT,
                };
            }
            hits.close();
        }
    }
}
