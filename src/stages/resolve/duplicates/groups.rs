//! The stage that joins: documents that links connect have one text, and the earliest is its original.

use std::collections::BTreeMap;

use arrow::array::RecordBatch;

use crate::schema::Table;
use crate::schema::rows::{DuplicateRow, TextLinkRow};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, rows_of, table_of};

/// Names the original of each document that has one: the earliest by time of publication (unknown last), then by id.
pub struct Duplicates;

impl Stage for Duplicates {
    fn name(&self) -> &'static str {
        "resolve.duplicates"
    }

    fn input(&self) -> Table {
        Table::TextLinks
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::Duplicates]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Whole
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let links: Vec<TextLinkRow> = rows_of(self, batch)?;
        let duplicates = table_of(self.name(), Table::Duplicates, &duplicates(&links))?;
        Ok(StageOutput::kept(links.len(), vec![duplicates]))
    }
}

/// A document while its group is sought.
struct Member<'l> {
    /// Unknown last, then by time, then by id: the smallest of a group is the original.
    age: (bool, Option<&'l str>, &'l str),
    /// The largest overlap with any other document.
    overlap: f64,
    /// Number of an older member of the group, or its own.
    parent: usize,
}

/// The documents that are not the original of their group, by id.
fn duplicates(links: &[TextLinkRow]) -> Vec<DuplicateRow> {
    let mut ids: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for link in links {
        ids.insert(&link.document_id, link.published.as_deref());
        ids.insert(&link.other_id, link.other_published.as_deref());
    }
    let mut members: Vec<Member<'_>> = ids
        .into_iter()
        .map(|(id, published)| Member {
            age: (published.is_none(), published, id),
            overlap: 0.0,
            parent: 0,
        })
        .collect();
    members.sort_unstable_by_key(|member| member.age);
    let numbers: BTreeMap<&str, usize> = members
        .iter()
        .enumerate()
        .map(|(number, member)| (member.age.2, number))
        .collect();
    for (number, member) in members.iter_mut().enumerate() {
        member.parent = number;
    }
    for link in links {
        let (a, b) = (numbers[link.document_id.as_str()], numbers[link.other_id.as_str()]);
        for member in [a, b] {
            members[member].overlap = members[member].overlap.max(link.overlap);
        }
        let (a, b) = (root(&mut members, a), root(&mut members, b));
        // Numbers are in the order of age.
        members[a.max(b)].parent = a.min(b);
    }
    let mut duplicates = Vec::new();
    for number in 0..members.len() {
        let original = root(&mut members, number);
        if original != number {
            duplicates.push(DuplicateRow {
                document_id: members[number].age.2.to_owned(),
                duplicate_of: members[original].age.2.to_owned(),
                overlap: members[number].overlap,
            });
        }
    }
    duplicates.sort_unstable_by(|a, b| a.document_id.cmp(&b.document_id));
    duplicates
}

/// The oldest member known of a group; shortens the way to it.
fn root(members: &mut [Member<'_>], mut number: usize) -> usize {
    while members[number].parent != number {
        let parent = members[number].parent;
        members[number].parent = members[parent].parent;
        number = parent;
    }
    number
}
