//! One person across documents: whose mentions are one, by name and posts.
//!
//! A block holds all spellings of the names that end alike ([`name`]). Within it mentions become persons ([`cluster`]),
//! by what their posts say ([`profile`]); each person gets an id and a timeline of posts ([`timeline`]).

mod cluster;
#[cfg(test)]
mod generated;
mod name;
mod profile;
#[cfg(test)]
mod tests;
mod timeline;

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::RecordBatch;
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) use name::Name;

use self::cluster::Mention;
use super::decisions::{Decisions, Kind, Side};
use super::ids::{self, Given};
use super::office::Office;
use crate::schema::Table;
use crate::schema::rows::{
    IdAliasRow, OfficialEvidenceRow, OfficialMentionRow, OfficialRow, ParticipationRow, PositionRow, PostEvidenceRow,
    RejectRow,
};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, rows_of, table_of};

/// Joins the mentions of one person and hands out their id.
pub struct Officials {
    decisions: Arc<Decisions>,
    run: i32,
}

impl Officials {
    /// `run` is the number of this run, which new ids get.
    pub fn new(decisions: Arc<Decisions>, run: i32) -> Self {
        Officials { decisions, run }
    }
}

const OUTPUTS: [Table; 6] = [
    Table::Officials,
    Table::OfficialMentions,
    Table::Positions,
    Table::Participations,
    Table::PostEvidence,
    Table::IdAliases,
];

impl Stage for Officials {
    fn name(&self) -> &'static str {
        "resolve.officials"
    }

    fn input(&self) -> Table {
        Table::OfficialEvidence
    }

    fn outputs(&self) -> &'static [Table] {
        &OUTPUTS
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("official_key")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let rows: Vec<OfficialEvidenceRow> = rows_of(self, batch)?;
        let count = rows.len();
        let mut blocks: BTreeMap<String, Vec<OfficialEvidenceRow>> = BTreeMap::new();
        for row in rows {
            blocks.entry(row.official_key.clone()).or_default().push(row);
        }
        let mut joined = Joined {
            run: self.run,
            decisions: Arc::clone(&self.decisions),
            ..Joined::default()
        };
        for block in blocks.into_values() {
            joined.add_block(block);
        }
        let tables = vec![
            table_of(self.name(), OUTPUTS[0], &joined.officials)?,
            table_of(self.name(), OUTPUTS[1], &joined.mentions)?,
            table_of(self.name(), OUTPUTS[2], &joined.positions)?,
            table_of(self.name(), OUTPUTS[3], &joined.participations)?,
            table_of(self.name(), OUTPUTS[4], &joined.posts)?,
            table_of(self.name(), OUTPUTS[5], &joined.aliases)?,
        ];
        Ok(StageOutput {
            kept: count - joined.rejects.len(),
            rejects: joined.rejects,
            tables,
            merged: 0,
        })
    }
}

/// Rows gathered from persons.
#[derive(Default)]
struct Joined {
    run: i32,
    decisions: Arc<Decisions>,
    rejects: Vec<RejectRow>,
    officials: Vec<OfficialRow>,
    mentions: Vec<OfficialMentionRow>,
    positions: Vec<PositionRow>,
    participations: Vec<ParticipationRow>,
    posts: Vec<PostEvidenceRow>,
    aliases: Vec<IdAliasRow>,
}

impl Joined {
    fn add_block(&mut self, rows: Vec<OfficialEvidenceRow>) {
        let (parts, mut rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.meeting_id.is_some());
        for row in rows.iter_mut().filter(|_| !self.decisions.is_empty()) {
            let is_split = |id: &String| self.decisions.splits(Kind::Official, id, &row.document_id);
            if row.given_id.as_ref().is_some_and(is_split) {
                (row.given_id, row.given_in_run) = (None, None);
            }
        }
        rows.sort_by_cached_key(|row| {
            let day = (row.published_at.is_none(), row.published_at);
            (day, row.document_id.clone(), row.person_key.clone())
        });
        let mut parts_of: FxHashMap<(&str, &str), Vec<&OfficialEvidenceRow>> = FxHashMap::default();
        for part in &parts {
            let mention = (part.document_id.as_str(), part.person_key.as_str());
            parts_of.entry(mention).or_default().push(part);
        }
        let mentions: Vec<Mention> = rows.iter().map(|row| self.mention(row)).collect();
        let persons = self.separate(cluster::persons(&mentions), &mentions);
        for (members, official_id) in persons.iter().zip(self.ids(&rows, &mentions, &persons)) {
            let rows: Vec<&OfficialEvidenceRow> = members.iter().map(|&index| &rows[index]).collect();
            let mentions: Vec<&Mention> = members.iter().map(|&index| &mentions[index]).collect();
            let keys = rows
                .iter()
                .map(|row| (row.document_id.as_str(), row.person_key.as_str()));
            let parts: Vec<_> = keys.flat_map(|key| parts_of.remove(&key).unwrap_or_default()).collect();
            self.add(official_id, &rows, &mentions, &parts);
        }
    }

    /// The id of each person and the run that gave it. What earlier runs gave lasts; new ids are made from the name
    /// and the first post, and from the document too where another person of the name has that id.
    fn ids(
        &mut self,
        rows: &[OfficialEvidenceRow],
        mentions: &[Mention],
        persons: &[Vec<usize>],
    ) -> Vec<(String, i32)> {
        let run = self.run;
        let given: Vec<Vec<Given>> = persons
            .iter()
            .map(|members| {
                let given = members.iter().map(|&index| &rows[index]);
                given
                    .filter_map(|row| Given::of(row.given_id.as_ref(), row.given_in_run))
                    .collect()
            })
            .collect();
        let mut taken: FxHashSet<String> = given.iter().flatten().map(|given| given.id.clone()).collect();
        let mut ids = Vec::with_capacity(persons.len());
        for (members, given) in persons.iter().zip(&given) {
            let mint = || {
                let first = &mentions[members[0]];
                let post = first
                    .offices
                    .iter()
                    .map(|(office, _)| office)
                    .find(|office| office.specific);
                let post = post.map(Office::key).unwrap_or_default();
                let id = ids::id("p", &[&first.person_key, &post]);
                match taken.contains(&id) {
                    true => ids::id("p", &[&first.person_key, &post, &first.document]),
                    false => id,
                }
            };
            let chosen = ids::choose(Kind::Official, given, &self.decisions, mint);
            taken.insert(chosen.id.clone());
            self.aliases.extend(chosen.aliases);
            ids.push((chosen.id, chosen.since.unwrap_or(run)));
        }
        ids
    }

    /// Adds one person: the rows of their mentions, by day, what those say, and their parts in meetings.
    fn add(
        &mut self,
        (official_id, since_run): (String, i32),
        rows: &[&OfficialEvidenceRow],
        mentions: &[&Mention],
        parts: &[&OfficialEvidenceRow],
    ) {
        let official_id = official_id.as_str();
        let decisions = Arc::clone(&self.decisions);
        let drops = |row: &OfficialEvidenceRow| decisions.drops(Kind::Official, official_id, Some(&row.document_id));
        let dropped = rows.iter().chain(parts).filter_map(|row| Some((drops(row)?, row)));
        self.rejects
            .extend(dropped.map(|(decision, row)| decision.reject("resolve.officials", &row.document_id)));
        let left = |index: &usize| drops(rows[*index]).is_none();
        let (rows, mentions): (Vec<&OfficialEvidenceRow>, Vec<&Mention>) = (0..rows.len())
            .filter(left)
            .map(|index| (rows[index], mentions[index]))
            .unzip();
        let (rows, mentions) = (rows.as_slice(), mentions.as_slice());
        let parts: Vec<&OfficialEvidenceRow> = parts.iter().copied().filter(|row| drops(row).is_none()).collect();
        if rows.is_empty() {
            return;
        }
        let meetings: FxHashSet<&Option<String>> = parts.iter().map(|row| &row.meeting_id).collect();
        let own = self.mentions.len();
        for row in rows {
            self.add_mention(official_id, row, own);
        }
        let documents = self.mentions.len() - own;
        self.officials.push(OfficialRow {
            since_run,
            decision: decisions.remark(Kind::Official, official_id),
            ..official(official_id, rows, documents, meetings.len())
        });
        if let (Some(name), Some(row)) = (decisions.name(Kind::Official, official_id), self.officials.last_mut()) {
            row.other_names.push(std::mem::replace(&mut row.name, name.to_owned()));
            row.other_names.sort();
        }
        let timeline = timeline::timeline(official_id, rows, mentions);
        self.positions.extend(timeline.positions);
        self.posts.extend(timeline.evidence);
        let mut done = FxHashSet::default();
        for row in &parts {
            let part = (&row.document_id, &row.meeting_id, &row.role);
            if done.insert(part) {
                self.participations.push(ParticipationRow {
                    document_id: row.document_id.clone(),
                    meeting_id: row.meeting_id.clone().unwrap_or_default(),
                    official_id: official_id.to_owned(),
                    role: row.role.clone().unwrap_or_default(),
                    start: row.evidence.start,
                    end: row.evidence.end,
                    quote: row.evidence.quote.clone(),
                    rule: row.evidence.rule.clone(),
                    confidence: row.evidence.confidence,
                });
            }
        }
    }

    /// Adds a mention; one that spells the person in another way in the same document goes into the first, which is
    /// among the rows from `own` on.
    fn add_mention(&mut self, official_id: &str, row: &OfficialEvidenceRow, own: usize) {
        let labels = row.positions.iter().map(|position| position.label.clone());
        let known = self.mentions[own..]
            .iter_mut()
            .rev()
            .take_while(|known| known.document_id == row.document_id);
        if let Some(known) = known.last() {
            let new: Vec<String> = labels.filter(|label| !known.positions.contains(label)).collect();
            known.positions.extend(new);
            return;
        }
        self.mentions.push(OfficialMentionRow {
            document_id: row.document_id.clone(),
            official_id: official_id.to_owned(),
            name: row.name.clone(),
            positions: labels.collect(),
            start: row.evidence.start,
            end: row.evidence.end,
            quote: row.evidence.quote.clone(),
            rule: row.evidence.rule.clone(),
            confidence: row.evidence.confidence,
        });
    }
}

impl Joined {
    /// What a row says of a person.
    fn mention(&self, row: &OfficialEvidenceRow) -> Mention {
        let given_id = row.given_id.as_ref();
        Mention {
            given_id: given_id.map(|id| self.decisions.root(Kind::Official, id).to_owned()),
            ..mention(row)
        }
    }

    /// The persons, without the mentions that were decided to be of others: each of those is a person apart.
    fn separate(&self, persons: Vec<Vec<usize>>, mentions: &[Mention]) -> Vec<Vec<usize>> {
        if self.decisions.is_empty() {
            return persons;
        }
        let side = |&index: &usize| Side {
            id: mentions[index].given_id.as_deref(),
            document_id: &mentions[index].document,
        };
        let mut separated: Vec<Vec<usize>> = Vec::new();
        for person in persons {
            let first = separated.len();
            for index in person {
                let fits = |members: &&mut Vec<usize>| {
                    !members
                        .iter()
                        .any(|other| self.decisions.apart(Kind::Official, side(other), side(&index)))
                };
                match separated[first..].iter_mut().find(fits) {
                    Some(members) => members.push(index),
                    None => separated.push(vec![index]),
                }
            }
        }
        separated
    }
}

/// What a row says of a person, but for the id.
fn mention(row: &OfficialEvidenceRow) -> Mention {
    let offices = row.positions.iter().map(|position| {
        let office = Office::new(
            &position.title,
            position.organization.as_deref(),
            position.area_id.as_deref(),
            row.area_id.as_deref(),
            row.published_at,
        );
        (office, position.status == "former")
    });
    Mention {
        name: Name::new(&row.name),
        person_key: row.person_key.clone(),
        document: row.document_id.clone(),
        day: row.published_at,
        offices: offices.collect(),
        given_id: None,
    }
}

/// The person of `rows`, under the fullest name that the first documents give.
fn official(official_id: &str, rows: &[&OfficialEvidenceRow], n_documents: usize, n_meetings: usize) -> OfficialRow {
    let fullest = rows.iter().min_by_key(|row| Name::new(&row.name).rank());
    let name = fullest.map(|row| row.name.clone()).unwrap_or_default();
    let spellings = rows.iter().flat_map(|row| row.other_names.iter().chain([&row.name]));
    let mut other_names: Vec<String> = spellings.filter(|other| **other != name).cloned().collect();
    other_names.sort();
    other_names.dedup();
    let days = || rows.iter().filter_map(|row| row.published_at);
    OfficialRow {
        official_id: official_id.to_owned(),
        name,
        other_names,
        honorific: rows.iter().find_map(|row| row.honorific.clone()),
        n_documents: n_documents as i32,
        n_meetings: n_meetings as i32,
        first_seen: days().min(),
        last_seen: days().max(),
        ..OfficialRow::default()
    }
}
