//! Rows that decisions put in front of the stages: pairs of documents to compare, and blocks of names to be read together.

use std::collections::BTreeMap;

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

/// Blocks of names that must be read together, because persons in them are decided to be the same: each with the one that
/// it becomes part of. `names` are the ids and names of all mentions of the run before.
pub fn decided_blocks<'n>(
    decisions: &Decisions,
    names: impl Iterator<Item = (&'n str, &'n str)>,
) -> Vec<OfficialBlockRow> {
    let mut keys: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    if same(decisions, Kind::Official).next().is_some() {
        for (id, name) in names {
            keys.entry(decisions.root(Kind::Official, id))
                .or_default()
                .push(Name::new(name).block_key());
        }
    }
    let mut into: BTreeMap<String, String> = BTreeMap::new();
    for group in keys.into_values().filter(|group| group.len() > 1) {
        // A block that another decision has moved already takes the others with it.
        let target = group.iter().find_map(|key| into.get(key)).unwrap_or(&group[0]).clone();
        for key in group {
            into.insert(key, target.clone());
        }
    }
    let rows = into.into_iter().filter(|(key, into)| key != into);
    rows.map(|(official_key, into)| OfficialBlockRow { official_key, into })
        .collect()
}

fn same(decisions: &Decisions, kind: Kind) -> impl Iterator<Item = &Decision> {
    let rows = decisions.rows().iter();
    rows.filter(move |row| row.action == Action::Same && row.kind == kind)
}
