//! What an analyst decided against the resolver: that two ids are one thing or two, what it is called, that it is none.
//!
//! The stages of resolution take the [`Decisions`] of a run as a small list that every worker holds, and ask it by id and
//! document; every answer is a lookup. `file` reads and checks the CSV files that they come from.

mod file;
mod index;
mod seeds;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

pub use file::{DecisionFile, DecisionsError, check};
use index::Index;

use crate::schema::rows::RejectRow;
pub use seeds::{DecidedBlocks, decided_pairs};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Two ids are one thing.
    Same,
    /// Two references are two things.
    Different,
    /// The thing has another name.
    Rename,
    /// There is no such thing.
    Drop,
}

impl Action {
    /// Every action, in the order of the documentation.
    pub const ALL: [Action; 4] = [Action::Same, Action::Different, Action::Rename, Action::Drop];

    /// The word in the column `action`.
    pub fn name(self) -> &'static str {
        match self {
            Action::Same => "same",
            Action::Different => "different",
            Action::Rename => "rename",
            Action::Drop => "drop",
        }
    }
}

/// A kind of thing that can be decided about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `m-…`, as in meetings.
    Meeting,
    /// `p-…`, as in officials.
    Official,
    /// 16 hexadecimal digits, as in documents.
    Document,
    /// `o-…`, as in indicators.
    Observation,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Kind; 4] = [Kind::Meeting, Kind::Official, Kind::Document, Kind::Observation];

    /// The word in the column `kind`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Meeting => "meeting",
            Kind::Official => "official",
            Kind::Document => "document",
            Kind::Observation => "observation",
        }
    }
}

/// A thing by its id, or (meetings and officials) what one document tells of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    pub id: String,
    pub document_id: Option<String>,
}

impl fmt::Display for Reference {
    /// `m-1f2a3b4c5d6e7f80` or `m-1f2a3b4c5d6e7f80@0064f897bdf8ce46`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.id)?;
        match &self.document_id {
            Some(document_id) => write!(formatter, "@{document_id}"),
            None => Ok(()),
        }
    }
}

/// One row of a file of decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub action: Action,
    pub kind: Kind,
    pub id: Reference,
    /// The second thing of `same` and `different`.
    pub other: Option<Reference>,
    /// The name of `rename`.
    pub value: Option<String>,
    pub reason: String,
    pub author: String,
    /// Name of the file, without its folder.
    pub source: String,
    /// Number of the row in the file, from 1, the header not counted.
    pub source_record: i64,
}

impl Decision {
    /// The reject of what the decision leaves out, in that document.
    pub(crate) fn reject(&self, stage: &str, document_id: &str) -> RejectRow {
        RejectRow {
            document_id: Some(document_id.to_owned()),
            stage: stage.to_owned(),
            code: DROPPED.to_owned(),
            message: format!("{} was left out: {} ({})", self.id, self.reason, self.author),
            ..RejectRow::default()
        }
    }
}

/// Code of rejects that an analyst decided.
pub(crate) const DROPPED: &str = "decision";

/// A report or mention that a decision may concern.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The id that it has so far, if it has one.
    pub id: Option<&'a str>,
    pub document_id: &'a str,
}

/// All decisions of a run. Where decisions contradict each other, which [`check`] reports, the first one holds.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    rows: Vec<Decision>,
    /// By kind, in the order of [`Kind::ALL`].
    indexes: [Index; Kind::ALL.len()],
}

impl Decisions {
    /// The decisions of these rows.
    pub fn new(rows: Vec<Decision>) -> Decisions {
        let indexes = Kind::ALL.map(|kind| Index::new(&rows, kind, &BTreeMap::new()));
        Decisions { rows, indexes }
    }

    /// The same decisions where ids of earlier runs, the keys of `aliases`, have become others. The rows stay as they were
    /// written.
    ///
    /// A `different` without documents whose two ids have become one can no longer be followed.
    pub fn with_aliases(self, aliases: &BTreeMap<String, String>) -> Decisions {
        let indexes = Kind::ALL.map(|kind| Index::new(&self.rows, kind, aliases));
        Decisions { indexes, ..self }
    }

    /// Nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, in the order of the files, as they were written.
    pub fn rows(&self) -> &[Decision] {
        &self.rows
    }

    /// The id that stands for all that are decided to be the same as `id`: of these the one that is named first.
    /// An id of which nothing was decided stands for itself.
    pub fn root<'a>(&'a self, kind: Kind, id: &'a str) -> &'a str {
        self.of(kind).root(id)
    }

    /// A decision `different` keeps the two apart.
    ///
    /// A side is known by its id; where it has none, by its document, if the decision names that. A part that was split off
    /// ([`Decisions::splits`]) is known by its document alone, whatever id it has by now.
    pub fn apart(&self, kind: Kind, a: Side<'_>, b: Side<'_>) -> bool {
        self.of(kind).apart(side_of(kind, a), side_of(kind, b))
    }

    /// What the document tells of the thing does not belong to it: the part is the second side of a `different` within
    /// one id, and loses the id that it was given. (A first side that has lost the id already leaves the second in place.)
    pub fn splits(&self, kind: Kind, id: &str, document_id: &str) -> bool {
        self.of(kind).splits(id, document_id)
    }

    /// The name that was decided for the thing.
    pub fn name(&self, kind: Kind, id: &str) -> Option<&str> {
        let row = self.of(kind).rename(id)?;
        self.rows[row].value.as_deref()
    }

    /// The decision that there is no such thing or, where a document is given, that this document does not tell of it.
    /// A part that was split off is not dropped with the thing.
    pub fn drops(&self, kind: Kind, id: &str, document_id: Option<&str>) -> Option<&Decision> {
        let rows = self.of(kind).drops(id).iter().map(|&row| &self.rows[row]);
        let concerns = |decision: &&Decision| match &decision.id.document_id {
            None => !document_id.is_some_and(|document_id| self.splits(kind, id, document_id)),
            dropped => dropped.as_deref() == document_id,
        };
        rows.into_iter().find(concerns)
    }

    /// What was decided of the thing, for the column `decision`: `same: reason (author)`, several joined by `; `.
    pub fn remark(&self, kind: Kind, id: &str) -> Option<String> {
        let rows = self.of(kind).concerning(id);
        let remarks: Vec<String> = rows.iter().map(|&row| self.rows[row].remark()).collect();
        (!remarks.is_empty()).then(|| remarks.join("; "))
    }

    /// Hash of all rows, and of the names of their files, in their order; none where nothing was decided.
    pub fn hash(&self) -> Option<String> {
        let mut hasher = blake3::Hasher::new();
        for row in &self.rows {
            let other = row.other.as_ref().map(ToString::to_string).unwrap_or_default();
            let (id, record) = (row.id.to_string(), row.source_record.to_string());
            let value = row.value.as_deref().unwrap_or_default();
            let (action, kind) = (row.action.name(), row.kind.name());
            for field in [
                action,
                kind,
                &id,
                &other,
                value,
                &row.reason,
                &row.author,
                &row.source,
                &record,
            ] {
                hasher.update(&(field.len() as u64).to_le_bytes());
                hasher.update(field.as_bytes());
            }
        }
        (!self.is_empty()).then(|| hasher.finalize().to_hex()[..32].to_owned())
    }

    fn of(&self, kind: Kind) -> &Index {
        &self.indexes[kind as usize]
    }
}

impl Decision {
    fn remark(&self) -> String {
        format!("{}: {} ({})", self.action.name(), self.reason, self.author)
    }
}

/// A document is its own id.
fn side_of(kind: Kind, side: Side<'_>) -> Side<'_> {
    match kind {
        Kind::Document => Side {
            id: side.id.or(Some(side.document_id)),
            ..side
        },
        _ => side,
    }
}
