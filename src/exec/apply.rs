//! Applying stages to rows: any batch for map stages, whole groups for keyed ones, in parallel and without losing a row.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;
use rayon::prelude::*;

use super::RunError;
use super::report::Counts;
use super::rows::{Rows, Split, Store, TableRows};
use crate::keys::KeyColumns;
use crate::output::sorted;
use crate::panics;
use crate::schema::Table;
use crate::schema::rows::RejectRow;
use crate::stage::{Partitioning, Stage, StageOutput};

/// Parts into which the rows of a keyed stage are split at least; nothing depends on how many there are.
const MIN_PARTS: usize = 64;

/// Size of the rows of a part, where there are more than [`MIN_PARTS`].
const PART_BYTES: usize = 4 << 20;

/// What a stage made of some of its rows.
#[derive(Debug, Default)]
pub struct Applied {
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

/// Passes rows of `table` through map stages, each of which takes those or what one before it gave: what each made.
///
/// # Errors
/// As [`run_map`].
pub(super) fn pass_through(stages: &[&dyn Stage], table: Table, rows: RecordBatch) -> Result<Vec<Applied>, RunError> {
    let mut given = vec![(table, rows)];
    let mut made = Vec::with_capacity(stages.len());
    for &stage in stages {
        let input = given.iter().find(|(table, _)| *table == stage.input());
        let applied = match input {
            Some((_, rows)) => run_map(stage, rows)?,
            None => Applied::default(),
        };
        given.extend(applied.tables.iter().cloned());
        made.push(applied);
    }
    Ok(made)
}

/// What a stage made of all rows so far, added up by any number of threads.
pub(super) struct Outcome {
    /// The rows of each of the stage's outputs.
    pub tables: Vec<(Table, Rows)>,
    sums: Mutex<Sums>,
}

#[derive(Debug, Default)]
pub(super) struct Sums {
    pub rejects: Vec<RejectRow>,
    pub counts: Counts,
    pub busy: Duration,
}

impl Sums {
    pub fn add(&mut self, rejects: Vec<RejectRow>, counts: Counts, busy: Duration) {
        self.rejects.extend(rejects);
        self.counts.add(counts);
        self.busy += busy;
    }
}

impl Outcome {
    pub fn new(stage: &dyn Stage, store: &Store) -> Self {
        Self::with_tables(stage.outputs().iter().copied(), store)
    }

    /// Keeps the rows of these tables alone.
    pub fn with_tables(tables: impl Iterator<Item = Table>, store: &Store) -> Self {
        Outcome {
            tables: tables.map(|table| (table, Rows::new(table.schema(), store))).collect(),
            sums: Mutex::default(),
        }
    }

    /// Adds what the stage made of some rows.
    ///
    /// # Errors
    /// When rows cannot be written to a temporary file.
    pub fn add(&self, applied: Applied) -> Result<(), RunError> {
        for (table, batch) in applied.tables {
            if let Some((_, rows)) = self.tables.iter().find(|(output, _)| *output == table) {
                rows.push(batch)?;
            }
        }
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        sums.add(applied.rejects, applied.counts, applied.busy);
        Ok(())
    }

    /// Counts rows that are in the outputs without the stage having made them now.
    pub fn count(&self, counts: Counts) {
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        sums.counts.add(counts);
    }

    pub fn into_parts(self) -> (Vec<(Table, Rows)>, Sums) {
        (
            self.tables,
            self.sums.into_inner().unwrap_or_else(PoisonError::into_inner),
        )
    }
}

/// Applies a stage to all rows of its input, in parallel on the current thread pool.
///
/// Rows with one key come in one call, sorted by the key of the input table. Each thread holds the rows of one part.
///
/// # Errors
/// As [`run_map`], and when rows cannot be written to a temporary file or read back.
pub(super) fn run_table(stage: &dyn Stage, input: &TableRows, store: &Store) -> Result<Outcome, RunError> {
    let outcome = Outcome::new(stage, store);
    match stage.partitioning() {
        Partitioning::Map => input.visit(|batch| outcome.add(run_map(stage, &batch)?))?,
        Partitioning::Keyed(column) => {
            let count = (input.bytes() / PART_BYTES).max(MIN_PARTS);
            let keys = KeyColumns::new(input.schema(), &[column])?;
            let split = Split::new(input.schema(), store, count);
            input.visit(|batch| {
                let numbers = keys.hashed(&batch, count)?;
                split.push(batch, numbers)
            })?;
            split.into_parts()?.into_par_iter().try_for_each(|part| {
                let batches = part.read()?;
                drop(part);
                outcome.add(run_groups(stage, Some(column), &batches)?)
            })?;
        }
        Partitioning::Whole => {
            outcome.add(run_groups(stage, None, &input.collect()?)?)?;
        }
    }
    Ok(outcome)
}

/// Applies a stage to rows of which each group, those with one value of `column` or all of them, is whole.
///
/// # Errors
/// As [`run_map`].
pub(super) fn run_groups(
    stage: &dyn Stage,
    column: Option<&str>,
    batches: &[RecordBatch],
) -> Result<Applied, RunError> {
    let started = Instant::now();
    if batches.is_empty() {
        return Ok(Applied::default());
    }
    let mut key = stage.input().key().to_vec();
    if let Some(column) = column {
        key.retain(|name| *name != column);
        key.insert(0, column);
    }
    let rows = sorted(&key, batches)?;
    let groups = groups(column, &rows)?;
    Ok(apply(stage, &rows, &groups)?.since(started))
}

/// The rows of each value of a column by which they are sorted; nulls are one value.
fn groups(column: Option<&str>, rows: &RecordBatch) -> Result<Vec<Range<usize>>, ArrowError> {
    let mut groups = Vec::new();
    let Some(column) = column else {
        groups.push(0..rows.num_rows());
        return Ok(groups);
    };
    let keys = KeyColumns::new(rows.schema_ref(), &[column])?.of(rows)?;
    let mut start = 0;
    for row in 1..=rows.num_rows() {
        if row == rows.num_rows() || keys.row(row) != keys.row(start) {
            groups.push(start..row);
            start = row;
        }
    }
    Ok(groups)
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
        applied.tables.push((table, concat_batches(&table.schema(), &parts)?));
    }
    applied.counts.check(stage.name())?;
    Ok(applied)
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
