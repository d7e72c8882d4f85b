//! Clusters of neighbouring days that are one meeting: reports that disagree by a day.

use arrow::array::RecordBatch;
use rustc_hash::FxHashSet;

use crate::schema::rows::{MeetingMoveRow, MeetingNeighborRow};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Stage, StageError, StageOutput};
use crate::stages::resolve::schema_error;

/// Joins clusters in pairs, the surest first: each with one of the day before or of the day after. The rows are links
/// alone, a few of every thousand reports, so one call takes them all.
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
        let mut rows: Vec<MeetingNeighborRow> =
            from_batch(batch).map_err(schema_error(self, Table::MeetingNeighbors))?;
        let count = rows.len();
        rows.sort_by(|a, b| {
            let key = |row: &MeetingNeighborRow| (row.cluster.clone(), row.other_cluster.clone());
            b.score.total_cmp(&a.score).then_with(|| key(a).cmp(&key(b)))
        });
        let mut taken: FxHashSet<String> = FxHashSet::default();
        let mut moves = Vec::new();
        for row in rows {
            let (Some(cluster), Some(other)) = (row.cluster, row.other_cluster) else {
                continue;
            };
            let (size, other_size) = (row.size.unwrap_or(1), row.other_size.unwrap_or(1));
            // Where many reports tell each day, there were two meetings.
            let is_slip = 2 * size.min(other_size) <= size.max(other_size) || size + other_size == 2;
            if is_slip && cluster != other && !taken.contains(&cluster) && !taken.contains(&other) {
                taken.extend([cluster.clone(), other.clone()]);
                moves.push(MeetingMoveRow {
                    cluster: other,
                    into: cluster,
                });
            }
        }
        let table = to_batch(Table::MeetingMoves, &moves).map_err(schema_error(self, Table::MeetingMoves))?;
        Ok(StageOutput {
            kept: moves.len(),
            merged: count - moves.len(),
            tables: vec![(Table::MeetingMoves, table)],
            rejects: Vec::new(),
        })
    }
}
