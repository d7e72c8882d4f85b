//! The ids that earlier runs gave, read from the tables in the output folder.
//!
//! Whatever the tables of the run before call a meeting or a person keeps its id: reports and mentions reach the stages
//! of resolution with the id that they had. With the same program, options, lexicons and decisions, what was joined also
//! stays joined, so that a further document can only add to a meeting or join two. Otherwise the rules may tell meetings apart
//! that were one; the first report then keeps the id.

use std::collections::BTreeMap;
use std::path::Path;

use arrow::array::RecordBatch;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::RunError;
use crate::output::{Manifest, read_table};
use crate::schema::rows::{GivenIdRow, IdAliasRow};
use crate::schema::{Table, to_batch};
use crate::stage::StageError;
use crate::stages::resolve::decisions::Decisions;
use crate::stages::resolve::{decided_blocks, decided_pairs};

/// What earlier runs gave.
#[derive(Default)]
pub(super) struct Given {
    /// Rows of the tables that resolution starts with.
    pub tables: Vec<(Table, RecordBatch)>,
    /// The highest number of a run that gave new ids.
    pub last_run: i32,
    /// Ids that are no longer used, with those that stand for them.
    pub aliases: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Meeting {
    meeting_id: String,
    since_run: i32,
}

#[derive(Deserialize)]
struct Report {
    document_id: String,
    meeting_id: String,
    start: i32,
}

#[derive(Deserialize)]
struct Official {
    official_id: String,
    since_run: i32,
}

#[derive(Deserialize)]
struct Mention {
    document_id: String,
    official_id: String,
    name: String,
    start: i32,
}

impl Given {
    /// The ids in the tables in `folder`; none where no run has written Parquet tables there. `is_unchanged` tells whether
    /// a run with that manifest had the program, options, lexicons and decisions of this one.
    ///
    /// # Errors
    /// When there are tables that cannot be read: a run without their ids would give others.
    pub fn read(
        folder: &Path,
        decisions: &Decisions,
        is_unchanged: impl Fn(&Manifest) -> bool,
    ) -> Result<Given, RunError> {
        let pairs = (Table::TextPairs, batch(Table::TextPairs, &decided_pairs(decisions))?);
        let nothing = Given {
            tables: vec![pairs.clone()],
            ..Given::default()
        };
        let Some(manifest) = Manifest::read(folder) else {
            return Ok(nothing);
        };
        let has = |table: Table| {
            manifest
                .files
                .iter()
                .any(|file| file.path == format!("{}.parquet", table.name()))
        };
        if ![
            Table::Meetings,
            Table::MeetingReports,
            Table::Officials,
            Table::OfficialMentions,
            Table::IdAliases,
        ]
        .into_iter()
        .all(has)
        {
            return Ok(nothing);
        }
        let keep_joined = is_unchanged(&manifest);
        let meetings: Vec<Meeting> = read_table(folder, Table::Meetings)?;
        let officials: Vec<Official> = read_table(folder, Table::Officials)?;
        let runs = meetings
            .iter()
            .map(|row| row.since_run)
            .chain(officials.iter().map(|row| row.since_run));
        let last_run = runs.max().unwrap_or(0);

        let meeting_since: FxHashMap<&str, i32> = meetings
            .iter()
            .map(|row| (row.meeting_id.as_str(), row.since_run))
            .collect();
        let reports: Vec<Report> = read_table(folder, Table::MeetingReports)?;
        let report_ids = reports.into_iter().filter_map(|row| {
            Some(GivenIdRow {
                given_in_run: *meeting_since.get(row.meeting_id.as_str())?,
                document_id: row.document_id,
                start: row.start,
                given_id: row.meeting_id,
            })
        });
        let since: FxHashMap<&str, i32> = officials
            .iter()
            .map(|row| (row.official_id.as_str(), row.since_run))
            .collect();
        let mentions: Vec<Mention> = read_table(folder, Table::OfficialMentions)?;
        let names = mentions.iter().map(|row| (row.official_id.as_str(), row.name.as_str()));
        let blocks = batch(Table::OfficialBlocks, &decided_blocks(decisions, names))?;
        let mention_ids = mentions.into_iter().filter_map(|row| {
            Some(GivenIdRow {
                given_in_run: *since.get(row.official_id.as_str())?,
                document_id: row.document_id,
                start: row.start,
                given_id: row.official_id,
            })
        });
        let aliases: Vec<IdAliasRow> = read_table(folder, Table::IdAliases)?;
        Ok(Given {
            tables: vec![
                pairs,
                (Table::OfficialBlocks, blocks),
                (
                    Table::GivenMeetings,
                    batch(Table::GivenMeetings, &chosen(report_ids, keep_joined))?,
                ),
                (
                    Table::GivenOfficials,
                    batch(Table::GivenOfficials, &chosen(mention_ids, keep_joined))?,
                ),
                (Table::IdAliases, batch(Table::IdAliases, &aliases)?),
            ],
            last_run,
            aliases: aliases.into_iter().map(|row| (row.alias_id, row.id)).collect(),
        })
    }
}

/// One row for each place; unless all are kept, only the first of each id.
fn chosen(rows: impl Iterator<Item = GivenIdRow>, keep_all: bool) -> Vec<GivenIdRow> {
    let (mut places, mut ids) = (FxHashSet::default(), FxHashSet::default());
    rows.filter(|row| {
        places.insert((row.document_id.clone(), row.start)) && (keep_all || ids.insert(row.given_id.clone()))
    })
    .collect()
}

fn batch<T: serde::Serialize>(table: Table, rows: &[T]) -> Result<RecordBatch, RunError> {
    let error = |source| StageError::Schema {
        stage: "resolve",
        table: table.name(),
        source,
    };
    Ok(to_batch(table, rows).map_err(error)?)
}
