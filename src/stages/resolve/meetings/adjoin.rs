//! Clusters of neighbouring days that are one meeting: reports that disagree by a day.

use std::collections::BTreeMap;

use arrow::array::RecordBatch;
use rustc_hash::FxHashSet;

use crate::schema::Table;
use crate::schema::rows::{MeetingMoveRow, MeetingNeighborRow};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, rows_of, table_of};

/// Joins clusters in pairs, the surest first: each with one of the day before or of the day after. Clusters in which one
/// id stands that was given before are one. The rows are links alone, a few of every thousand reports, so one call takes
/// them all.
pub struct Adjoin;

impl Stage for Adjoin {
    fn name(&self) -> &'static str {
        "resolve.adjoin"
    }

    fn input(&self) -> Table {
        Table::MeetingNeighbors
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::MeetingMoves]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Whole
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut rows: Vec<MeetingNeighborRow> = rows_of(self, batch)?;
        rows.sort_by(|a, b| {
            let order = |row: &MeetingNeighborRow| (row.document_id.clone(), row.index, row.other_document_id.clone());
            let surest = b.is_certain.cmp(&a.is_certain).then(b.score.total_cmp(&a.score));
            surest.then_with(|| order(a).cmp(&order(b)))
        });
        let mut joined = Joined::default();
        let mut taken: FxHashSet<String> = FxHashSet::default();
        for row in &rows {
            let (Some(cluster), Some(other)) = (&row.cluster, &row.other_cluster) else {
                continue;
            };
            let (a, b) = (joined.root(cluster), joined.root(other));
            let (size, other_size) = (row.size.unwrap_or(1), row.other_size.unwrap_or(1));
            // Where many reports tell each day, there were two meetings.
            let is_slip = 2 * size.min(other_size) <= size.max(other_size) || size + other_size == 2;
            if row.is_certain {
                joined.join(a, b);
            } else if a == b || is_slip && !taken.contains(&a) && !taken.contains(&b) {
                taken.extend([a.clone(), b.clone()]);
                joined.join(a, b);
            }
        }
        let moves = joined.moves();
        let table = table_of(self.name(), Table::MeetingMoves, &moves)?;
        Ok(StageOutput {
            kept: moves.len(),
            merged: rows.len() - moves.len(),
            tables: vec![table],
            rejects: Vec::new(),
        })
    }
}

/// Which clusters have become one.
#[derive(Default)]
struct Joined(BTreeMap<String, String>);

impl Joined {
    /// The cluster that `cluster` has become part of, or itself.
    fn root(&self, cluster: &str) -> String {
        let mut root = cluster;
        while let Some(into) = self.0.get(root) {
            root = into;
        }
        root.to_owned()
    }

    /// Makes two roots one: the smaller stays.
    fn join(&mut self, a: String, b: String) {
        if a != b {
            let (into, moved) = if a < b { (a, b) } else { (b, a) };
            self.0.insert(moved, into);
        }
    }

    fn moves(&self) -> Vec<MeetingMoveRow> {
        let moves = self.0.keys().map(|cluster| MeetingMoveRow {
            cluster: cluster.clone(),
            into: self.root(cluster),
        });
        moves.collect()
    }
}
