//! Applying stages to rows: any batch for map stages, whole groups for keyed ones, in parallel and without losing a row.

use std::collections::BTreeMap;
use std::hash::Hasher;
use std::ops::Range;
use std::time::{Duration, Instant};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::{concat_batches, interleave_record_batch};
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;
use arrow::row::{RowConverter, Rows, SortField};
use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::RunError;
use super::report::Counts;
use crate::fill::Lookup;
use crate::output::sorted;
use crate::panics;
use crate::schema::Table;
use crate::schema::rows::RejectRow;
use crate::stage::{Partitioning, Stage, StageError, StageOutput};

/// Parts into which the rows of a keyed stage are split. Fixed, so that nothing depends on the number of threads.
const PARTITIONS: usize = 64;

/// What a stage made of some of its rows.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// One batch for each of the stage's outputs.
    pub tables: Vec<(Table, RecordBatch)>,
    pub rejects: Vec<RejectRow>,
    pub counts: Counts,
    /// Time that it took.
    pub busy: Duration,
}

impl Applied {
    fn since(self, started: Instant) -> Applied {
        Applied {
            busy: started.elapsed(),
            ..self
        }
    }
}

/// Applies a map stage to a batch.
///
/// # Errors
/// When the stage breaks its contract or does not account for every row. A panic makes rejects.
pub(super) fn run_map(stage: &dyn Stage, batch: &RecordBatch) -> Result<Applied, RunError> {
    let started = Instant::now();
    let rows: Vec<Range<usize>> = (0..batch.num_rows()).map(|row| row..row + 1).collect();
    let applied = apply(stage, batch, &rows)?;
    Ok(applied.since(started))
}

/// Applies a stage to all rows of its input, in parallel on the current thread pool.
///
/// Rows with one key come in one call, sorted by the key of the input table. No more rows than those of a partition per
/// thread are held beside the input and the output.
///
/// # Errors
/// As [`run_map`].
pub(super) fn run_table(stage: &dyn Stage, batches: &[RecordBatch]) -> Result<Vec<Applied>, RunError> {
    let column = match stage.partitioning() {
        Partitioning::Map => return batches.par_iter().map(|batch| run_map(stage, batch)).collect(),
        Partitioning::Keyed(column) => Some(column),
        Partitioning::Whole => None,
    };
    let partitions = partition(column, batches).map_err(arrow_error(stage))?;
    partitions
        .into_par_iter()
        .filter(|places| !places.is_empty())
        .map(|places| {
            let started = Instant::now();
            let partition = Partition::new(stage.input(), column, batches, &places).map_err(arrow_error(stage))?;
            drop(places);
            let applied = apply(stage, &partition.rows, &partition.groups)?;
            Ok(applied.since(started))
        })
        .collect()
}

/// Rows that are filled at once: columns that are filled in can be much larger than those that were there.
const FILLED_ROWS: usize = 4096;

/// Applies a map stage to all rows of its input, which `lookups` fill on the way to it.
///
/// # Errors
/// As [`run_map`], and when a column cannot be filled.
pub(super) fn run_filled(
    stage: &dyn Stage,
    lookups: &[Lookup],
    batches: &[RecordBatch],
) -> Result<Vec<Applied>, RunError> {
    let parts: Vec<RecordBatch> = batches
        .iter()
        .flat_map(|batch| {
            let starts = (0..batch.num_rows()).step_by(FILLED_ROWS);
            starts.map(|start| batch.slice(start, FILLED_ROWS.min(batch.num_rows() - start)))
        })
        .collect();
    let apply = |part: RecordBatch| {
        let started = Instant::now();
        let filled = lookups.iter().try_fold(part, |part, lookup| lookup.fill(&part))?;
        Ok(run_map(stage, &filled)?.since(started))
    };
    parts.into_par_iter().map(apply).collect()
}

/// A row: number of its batch and number within it.
type Place = (u32, u32);

/// The rows by the hash of their key; all together without a key.
fn partition(column: Option<&str>, batches: &[RecordBatch]) -> Result<Vec<Vec<Place>>, ArrowError> {
    let mut partitions: Vec<Vec<Place>> = vec![Vec::new(); PARTITIONS];
    for (number, batch) in (0..).zip(batches) {
        let rows = 0..batch.num_rows() as u32;
        let Some(column) = column else {
            partitions[0].extend(rows.map(|row| (number, row)));
            continue;
        };
        let keys = keys(batch, column)?;
        for (row, key) in rows.zip(&keys) {
            let mut hasher = FxHasher::default();
            hasher.write(key.as_ref());
            partitions[hasher.finish() as usize % PARTITIONS].push((number, row));
        }
    }
    Ok(partitions)
}

/// The values of a column as byte strings; nulls are equal.
fn keys(batch: &RecordBatch, column: &str) -> Result<Rows, ArrowError> {
    let column = batch.column(batch.schema_ref().index_of(column)?);
    RowConverter::new(vec![SortField::new(column.data_type().clone())])?.convert_columns(&[ArrayRef::clone(column)])
}

/// Rows with equal keys together.
struct Partition {
    rows: RecordBatch,
    /// The rows of each key; nulls are one key.
    groups: Vec<Range<usize>>,
}

impl Partition {
    /// The rows at `places`, sorted by the column first, within a group by the key of `table`.
    fn new(table: Table, column: Option<&str>, batches: &[RecordBatch], places: &[Place]) -> Result<Self, ArrowError> {
        let batches: Vec<&RecordBatch> = batches.iter().collect();
        let places: Vec<(usize, usize)> = places
            .iter()
            .map(|&(batch, row)| (batch as usize, row as usize))
            .collect();
        let rows = interleave_record_batch(&batches, &places)?;
        let mut key = table.key().to_vec();
        if let Some(column) = column {
            key.retain(|name| *name != column);
            key.insert(0, column);
        }
        let rows = sorted(&key, &rows)?;
        let mut groups = Vec::new();
        match column {
            Some(column) => {
                let keys = keys(&rows, column)?;
                let mut start = 0;
                for row in 1..=rows.num_rows() {
                    if row == rows.num_rows() || keys.row(row) != keys.row(start) {
                        groups.push(start..row);
                        start = row;
                    }
                }
            }
            None => groups.push(0..rows.num_rows()),
        }
        Ok(Partition { rows, groups })
    }
}

/// Applies `stage` to `batch`, whose rows may be separated between `units` but not within.
fn apply(stage: &dyn Stage, batch: &RecordBatch, units: &[Range<usize>]) -> Result<Applied, RunError> {
    let mut outputs = Vec::new();
    apply_units(stage, batch, units, &mut outputs)?;
    let mut applied = Applied::default();
    applied.counts.rows_in = batch.num_rows();
    let mut tables: BTreeMap<Table, Vec<RecordBatch>> = BTreeMap::new();
    for mut output in outputs {
        applied.counts.kept += output.kept;
        applied.counts.rejected += output.rejects.len();
        applied.counts.merged += output.merged;
        applied.rejects.append(&mut output.rejects);
        for (table, rows) in output.tables {
            tables.entry(table).or_default().push(rows);
        }
    }
    for &table in stage.outputs() {
        let parts = tables.remove(&table).unwrap_or_default();
        let rows = joined(table, parts).map_err(arrow_error(stage))?;
        applied.tables.push((table, rows));
    }
    applied.counts.check(stage.name())?;
    Ok(applied)
}

/// The rows of all parts, in buffers without the room that they had to grow.
fn joined(table: Table, parts: Vec<RecordBatch>) -> Result<RecordBatch, ArrowError> {
    let rows = concat_batches(&table.schema(), &parts)?;
    drop(parts);
    let (schema, mut columns, _) = rows.into_parts();
    columns.iter_mut().for_each(Array::shrink_to_fit);
    RecordBatch::try_new(schema, columns)
}

fn arrow_error(stage: &dyn Stage) -> impl FnOnce(ArrowError) -> StageError {
    let stage = stage.name();
    move |source| StageError::Arrow { stage, source }
}

/// Halves the units until those are found on which the stage panics; their rows become rejects.
fn apply_units(
    stage: &dyn Stage,
    batch: &RecordBatch,
    units: &[Range<usize>],
    outputs: &mut Vec<StageOutput>,
) -> Result<(), RunError> {
    let (Some(first), Some(last)) = (units.first(), units.last()) else {
        return Ok(());
    };
    let rows = batch.slice(first.start, last.end - first.start);
    match panics::catch(|| stage.apply(&rows)) {
        Ok(output) => outputs.push(output?),
        Err(message) if units.len() == 1 => outputs.push(StageOutput {
            rejects: panic_rejects(stage, &rows, &message),
            ..StageOutput::default()
        }),
        Err(_) => {
            let (left, right) = units.split_at(units.len() / 2);
            apply_units(stage, batch, left, outputs)?;
            apply_units(stage, batch, right, outputs)?;
        }
    }
    Ok(())
}

fn panic_rejects(stage: &dyn Stage, rows: &RecordBatch, message: &str) -> Vec<RejectRow> {
    let text = |name: &str, row: usize| {
        let column = rows.column_by_name(name)?.as_string_opt::<i32>()?;
        column.is_valid(row).then(|| column.value(row).to_owned())
    };
    let record = |row: usize| {
        let column = rows.column_by_name("source_record")?.as_primitive_opt::<Int64Type>()?;
        column.is_valid(row).then(|| column.value(row))
    };
    (0..rows.num_rows())
        .map(|row| RejectRow {
            source_path: text("source_path", row).unwrap_or_default(),
            source_record: record(row),
            document_id: text("document_id", row),
            stage: stage.name().to_owned(),
            code: "panic".to_owned(),
            message: format!("the {} stage failed on this row: {message}", stage.name()),
        })
        .collect()
}
