//! The decisions about one kind of things, arranged for lookup by id and document.
//!
//! Ids that are decided to be the same are one: everything here stands under the id that stands for them (the root).
//! What is kept apart are *nodes*: a root with all that goes under it, or a part that was split off from a root.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Action, Decision, Kind, Reference, Side};

/// Number of a node.
type Node = u32;

/// What was decided about things of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// For every id that is named and stands not for itself, the one that does.
    roots: FxHashMap<String, String>,
    /// By root: the decisions that concern it, by their places among the rows.
    concerning: FxHashMap<String, Vec<usize>>,
    renames: FxHashMap<String, usize>,
    drops: FxHashMap<String, Vec<usize>>,
    /// By root.
    nodes: FxHashMap<String, Node>,
    n_nodes: Node,
    /// By document: what decisions say that it tells of.
    parts: FxHashMap<String, Vec<Part>>,
    /// Pairs that are kept apart, the smaller number first.
    apart: FxHashSet<(Node, Node)>,
}

/// What one document tells of a thing.
#[derive(Clone, Debug)]
struct Part {
    root: String,
    node: Node,
    /// It is a node of its own.
    is_split: bool,
}

impl Index {
    /// Of the decisions in `rows` those about `kind`; ids that are keys of `aliases` mean those that stand for them.
    pub fn new(rows: &[Decision], kind: Kind, aliases: &BTreeMap<String, String>) -> Index {
        let rows: Vec<(usize, &Decision)> = rows.iter().enumerate().filter(|(_, row)| row.kind == kind).collect();
        let mut index = Index {
            roots: roots(&rows, aliases),
            ..Index::default()
        };
        for &(place, row) in &rows {
            index.note(place, row);
        }
        // Parts are split off before any pair is noted, so that each pair finds the parts it is about.
        let pairs = rows
            .iter()
            .filter(|(_, row)| row.action == Action::Different)
            .filter_map(|(_, row)| Some((&row.id, row.other.as_ref()?)));
        for (a, b) in pairs.clone() {
            index.split(a, b);
        }
        for (a, b) in pairs {
            let (a, b) = (index.node(a), index.node(b));
            if a != b {
                index.apart.insert((a.min(b), a.max(b)));
            }
        }
        index
    }

    pub fn root<'a>(&'a self, id: &'a str) -> &'a str {
        self.roots.get(id).map_or(id, String::as_str)
    }

    pub fn concerning(&self, id: &str) -> &[usize] {
        self.concerning.get(self.root(id)).map_or(&[], Vec::as_slice)
    }

    pub fn rename(&self, id: &str) -> Option<usize> {
        self.renames.get(self.root(id)).copied()
    }

    pub fn drops(&self, id: &str) -> &[usize] {
        self.drops.get(self.root(id)).map_or(&[], Vec::as_slice)
    }

    pub fn splits(&self, id: &str, document_id: &str) -> bool {
        let root = self.root(id);
        self.parts(document_id)
            .iter()
            .any(|part| part.is_split && part.root == root)
    }

    pub fn apart(&self, a: Side<'_>, b: Side<'_>) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let is_one = self.own_node(a).is_some_and(|node| self.own_node(b) == Some(node));
        let is_apart = |a: Node, b: Node| self.apart.contains(&(a.min(b), a.max(b)));
        !is_one && self.nodes(a).any(|a| self.nodes(b).any(|b| is_apart(a, b)))
    }

    /// The node that a report or mention belongs to by its id.
    fn own_node(&self, side: Side<'_>) -> Option<Node> {
        let root = self.root(side.id?);
        let parts = self.parts(side.document_id);
        let split = parts.iter().find(|part| part.is_split && part.root == root);
        split.map(|part| part.node).or(self.nodes.get(root).copied())
    }

    /// The nodes that a report or mention can belong to: that of its id and, unless that is a part that was split off, the
    /// parts of its document. Under a new id it may be one that was split off, without an id any.
    fn nodes<'a>(&'a self, side: Side<'a>) -> impl Iterator<Item = Node> + 'a {
        let is_split = side.id.is_some_and(|id| self.splits(id, side.document_id));
        let parts = self.parts(side.document_id).iter();
        let others = parts.filter(move |part| !is_split && (part.is_split || side.id.is_none()));
        self.own_node(side).into_iter().chain(others.map(|part| part.node))
    }

    fn parts(&self, document_id: &str) -> &[Part] {
        self.parts.get(document_id).map_or(&[], Vec::as_slice)
    }

    /// Notes under its roots what a row decides.
    fn note(&mut self, place: usize, row: &Decision) {
        let root = self.root(&row.id.id).to_owned();
        let other = row.other.as_ref().map(|other| self.root(&other.id).to_owned());
        for root in [Some(&root), other.as_ref().filter(|other| **other != root)]
            .into_iter()
            .flatten()
        {
            self.concerning.entry(root.clone()).or_default().push(place);
        }
        match row.action {
            Action::Same | Action::Different => {}
            Action::Rename => {
                self.renames.entry(root).or_insert(place);
            }
            Action::Drop => self.drops.entry(root).or_default().push(place),
        }
    }

    /// Splits off the second of two parts of one thing, unless one of them is split off already.
    fn split(&mut self, a: &Reference, b: &Reference) {
        let root = self.root(&a.id).to_owned();
        let (Some(first), Some(second)) = (&a.document_id, &b.document_id) else {
            return;
        };
        let is_one_thing = root == self.root(&b.id) && first != second;
        if is_one_thing && !self.splits(&root, first) && !self.splits(&root, second) {
            let node = self.n_nodes;
            self.n_nodes += 1;
            self.parts.entry(second.clone()).or_default().push(Part {
                root,
                node,
                is_split: true,
            });
        }
    }

    /// The node of a reference, which can then be found by its id and its document.
    fn node(&mut self, reference: &Reference) -> Node {
        let root = self.root(&reference.id).to_owned();
        let document_id = reference.document_id.as_deref();
        let known = document_id.and_then(|document_id| self.parts(document_id).iter().find(|part| part.root == root));
        if let Some(part) = known {
            return part.node;
        }
        let node = *self.nodes.entry(root.clone()).or_insert(self.n_nodes);
        self.n_nodes = self.n_nodes.max(node + 1);
        if let Some(document_id) = document_id {
            self.parts.entry(document_id.to_owned()).or_default().push(Part {
                root,
                node,
                is_split: false,
            });
        }
        node
    }
}

/// For every id that `rows` name, if it stands not for itself, the one that does: of those joined by `same` the one that
/// is named first in such a row.
fn roots(rows: &[(usize, &Decision)], aliases: &BTreeMap<String, String>) -> FxHashMap<String, String> {
    let mut ids: Vec<&str> = Vec::new();
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    // Each id points at one that is named earlier and is the same, or at itself.
    let mut earlier: Vec<usize> = Vec::new();
    let mut number = |id, earlier: &mut Vec<usize>| {
        *numbers.entry(id).or_insert_with(|| {
            ids.push(id);
            earlier.push(earlier.len());
            earlier.len() - 1
        })
    };
    let (same, others): (Vec<_>, Vec<_>) = rows.iter().partition(|(_, row)| row.action == Action::Same);
    for (_, row) in same.into_iter().chain(others) {
        let written = [Some(&row.id), row.other.as_ref()].into_iter().flatten();
        let mut first = None;
        for reference in written {
            let id = number(standing_for(&reference.id, aliases), &mut earlier);
            match first {
                Some(first) if row.action == Action::Same => join(&mut earlier, first, id),
                _ => first = Some(id),
            }
            let alias = number(&reference.id, &mut earlier);
            join(&mut earlier, id, alias);
        }
    }
    let root = |id: usize| {
        let root = first_of(&mut earlier, id);
        (root != id).then(|| (ids[id].to_owned(), ids[root].to_owned()))
    };
    (0..ids.len()).filter_map(root).collect()
}

fn join(earlier: &mut [usize], a: usize, b: usize) {
    let (a, b) = (first_of(earlier, a), first_of(earlier, b));
    earlier[a.max(b)] = a.min(b);
}

/// The first-named of all that are the same as `id`; later searches from there are short.
fn first_of(earlier: &mut [usize], mut id: usize) -> usize {
    while earlier[id] != id {
        earlier[id] = earlier[earlier[id]];
        id = earlier[id];
    }
    id
}

/// What stands for an id at the end of its aliases. A circle, which no run writes, ends where it began.
fn standing_for<'a>(id: &'a str, aliases: &'a BTreeMap<String, String>) -> &'a str {
    let mut current = id;
    for _ in 0..aliases.len() {
        match aliases.get(current) {
            Some(next) => current = next,
            None => break,
        }
    }
    current
}
