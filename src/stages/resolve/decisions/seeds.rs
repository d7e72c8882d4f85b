//! Rows that decisions put in front of the stages: pairs of documents to compare, and blocks of names to be read together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, Decision, Decisions, Kind};
use crate::schema::rows::{OfficialBlockRow, TextPairRow};
use crate::stages::resolve::officials::Name;

/// The pairs of documents that are decided to have one text: they are compared whatever bands they share.
pub fn decided_pairs(decisions: &Decisions) -> Vec<TextPairRow> {
    let rows = same(decisions, Kind::Document).filter_map(|row| {
        let other = row.other.as_ref()?.id.clone();
        Some(TextPairRow {
            document_id: row.id.id.clone().min(other.clone()),
            other_id: row.id.id.clone().max(other),
        })
    });
    rows.collect()
}

/// Blocks of names that must be read together, because persons in them are decided to be the same.
pub struct DecidedBlocks<'d> {
    /// None where no such thing is decided.
    decisions: Option<&'d Decisions>,
    keys: BTreeMap<String, BTreeSet<String>>,
}

impl<'d> DecidedBlocks<'d> {
    pub fn new(decisions: &'d Decisions) -> Self {
        DecidedBlocks {
            decisions: same(decisions, Kind::Official).next().map(|_| decisions),
            keys: BTreeMap::new(),
        }
    }

    /// Adds a mention of the run before.
    pub fn add(&mut self, official_id: &str, name: &str) {
        if let Some(decisions) = self.decisions {
            let root = decisions.root(Kind::Official, official_id);
            let key = Name::new(name).block_key();
            self.keys.entry(root.to_owned()).or_default().insert(key);
        }
    }

    /// Each block with the one that it becomes part of.
    pub fn rows(self) -> Vec<OfficialBlockRow> {
        let mut into: BTreeMap<String, String> = BTreeMap::new();
        for group in self.keys.into_values().filter(|group| group.len() > 1) {
            // A block that another decision has moved already takes the others with it.
            let moved = group.iter().find_map(|key| into.get(key));
            let Some(target) = moved.or(group.first()).cloned() else {
                continue;
            };
            for key in group {
                into.insert(key, target.clone());
            }
        }
        let rows = into.into_iter().filter(|(key, into)| key != into);
        rows.map(|(official_key, into)| OfficialBlockRow { official_key, into })
            .collect()
    }
}

fn same(decisions: &Decisions, kind: Kind) -> impl Iterator<Item = &Decision> {
    let rows = decisions.rows().iter();
    rows.filter(move |row| row.action == Action::Same && row.kind == kind)
}
