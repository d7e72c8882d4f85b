//! The ids that earlier runs gave, read from the tables in the output folder.
//!
//! Whatever the tables of the run before call a meeting or a person keeps its id: reports and mentions reach the stages
//! of resolution with the id that they had. With the same program, options, lexicons and decisions, what was joined also
//! stays joined, so that a further document can only add to a meeting or join two. Otherwise the rules may tell meetings apart
//! that were one; the first report then keeps the id.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::RunError;
use super::copies::id_hash;
use super::rows::{Rows, Store};
use crate::config::OutputFormat;
use crate::output::{Manifest, file_name, read_table, visit_table};
use crate::schema::Table;
use crate::schema::rows::{GivenIdRow, IdAliasRow};
use crate::stage::batch_of;
use crate::stages::resolve::decisions::Decisions;
use crate::stages::resolve::{DecidedBlocks, decided_pairs};

/// What earlier runs gave.
#[derive(Default)]
pub(super) struct Given {
    /// Rows of the tables that resolution starts with.
    pub tables: Vec<(Table, Rows)>,
    /// The highest number of a run that gave new ids.
    pub last_run: i32,
    /// Ids that are no longer used, with those that stand for them.
    pub aliases: BTreeMap<String, String>,
}

/// The tables that ids are read from.
const READ: [Table; 5] = [
    Table::Meetings,
    Table::MeetingReports,
    Table::Officials,
    Table::OfficialMentions,
    Table::IdAliases,
];

/// By a hash of the id: the run that gave it.
type Since = FxHashMap<u128, i32>;

#[derive(Deserialize)]
struct Entity {
    #[serde(alias = "meeting_id", alias = "official_id")]
    id: String,
    since_run: i32,
}

#[derive(Deserialize)]
struct Report {
    document_id: String,
    meeting_id: String,
    start: i32,
}

#[derive(Deserialize)]
struct Mention {
    document_id: String,
    official_id: String,
    name: String,
    start: i32,
}

impl Given {
    /// What a run begins with that knows of no earlier one.
    pub fn none(decisions: &Decisions, store: &Store) -> Result<Given, RunError> {
        Ok(Given {
            tables: vec![(
                Table::TextPairs,
                rows(Table::TextPairs, &decided_pairs(decisions), store)?,
            )],
            ..Given::default()
        })
    }

    /// The ids in the tables in `folder`; none where no run has written Parquet tables there. `is_unchanged` tells whether
    /// a run with that manifest had the program, options, lexicons and decisions of this one.
    ///
    /// # Errors
    /// When there are tables that cannot be read: a run without their ids would give others.
    pub fn read(
        folder: &Path,
        decisions: &Decisions,
        store: &Store,
        is_unchanged: impl Fn(&Manifest) -> bool,
    ) -> Result<Given, RunError> {
        let has = |manifest: &Manifest, table: Table| {
            let name = file_name(table.name(), OutputFormat::Parquet);
            manifest.files.iter().any(|file| file.path == name)
        };
        let manifest = Manifest::read(folder).filter(|manifest| READ.iter().all(|&table| has(manifest, table)));
        let Some(manifest) = manifest else {
            return Given::none(decisions, store);
        };
        let keep_joined = is_unchanged(&manifest);
        let meetings = since(folder, Table::Meetings, "meeting_id")?;
        let officials = since(folder, Table::Officials, "official_id")?;
        let last_run = meetings.values().chain(officials.values()).max().copied();

        let mut given_meetings = GivenIds::new(Table::GivenMeetings, &meetings, keep_joined, store);
        let columns = ["document_id", "meeting_id", "start"];
        visit_table(folder, Table::MeetingReports, &columns, |reports: Vec<Report>| {
            given_meetings.add(
                reports
                    .into_iter()
                    .map(|row| (row.document_id, row.start, row.meeting_id)),
            )
        })?;
        let mut given_officials = GivenIds::new(Table::GivenOfficials, &officials, keep_joined, store);
        let mut blocks = DecidedBlocks::new(decisions);
        let columns = ["document_id", "official_id", "name", "start"];
        visit_table(folder, Table::OfficialMentions, &columns, |mentions: Vec<Mention>| {
            for mention in &mentions {
                blocks.add(&mention.official_id, &mention.name);
            }
            given_officials.add(
                mentions
                    .into_iter()
                    .map(|row| (row.document_id, row.start, row.official_id)),
            )
        })?;
        let aliases: Vec<IdAliasRow> = read_table(folder, Table::IdAliases)?;
        Ok(Given {
            tables: vec![
                (
                    Table::TextPairs,
                    rows(Table::TextPairs, &decided_pairs(decisions), store)?,
                ),
                (
                    Table::OfficialBlocks,
                    rows(Table::OfficialBlocks, &blocks.rows(), store)?,
                ),
                (Table::GivenMeetings, given_meetings.rows),
                (Table::GivenOfficials, given_officials.rows),
                (Table::IdAliases, rows(Table::IdAliases, &aliases, store)?),
            ],
            last_run: last_run.unwrap_or(0),
            aliases: aliases.into_iter().map(|row| (row.alias_id, row.id)).collect(),
        })
    }
}

fn since(folder: &Path, table: Table, id: &str) -> Result<Since, RunError> {
    let mut since = Since::default();
    visit_table(folder, table, &[id, "since_run"], |entities: Vec<Entity>| {
        since.extend(entities.iter().map(|row| (id_hash(&row.id), row.since_run)));
        Ok::<_, RunError>(())
    })?;
    Ok(since)
}

/// The ids that stand at the places of a table: one row for each place; unless all are kept, only the first of each id.
struct GivenIds<'a> {
    table: Table,
    since: &'a Since,
    keep_all: bool,
    places: FxHashSet<(u128, i32)>,
    ids: FxHashSet<u128>,
    rows: Rows,
}

impl<'a> GivenIds<'a> {
    fn new(table: Table, since: &'a Since, keep_all: bool, store: &Store) -> Self {
        GivenIds {
            table,
            since,
            keep_all,
            places: FxHashSet::default(),
            ids: FxHashSet::default(),
            rows: Rows::new(table.schema(), store),
        }
    }

    /// Adds the documents, places and ids of further rows.
    fn add(&mut self, found: impl Iterator<Item = (String, i32, String)>) -> Result<(), RunError> {
        let chosen = found.filter_map(|(document_id, start, given_id)| {
            let hash = id_hash(&given_id);
            let given_in_run = *self.since.get(&hash)?;
            let is_first =
                self.places.insert((id_hash(&document_id), start)) && (self.keep_all || self.ids.insert(hash));
            is_first.then_some(GivenIdRow {
                document_id,
                start,
                given_id,
                given_in_run,
            })
        });
        let chosen: Vec<GivenIdRow> = chosen.collect();
        self.rows.push(batch_of("resolve", self.table, &chosen)?)
    }
}

fn rows<T: Serialize>(table: Table, rows: &[T], store: &Store) -> Result<Rows, RunError> {
    let stored = Rows::new(table.schema(), store);
    stored.push(batch_of("resolve", table, rows)?)?;
    Ok(stored)
}
