//! Rows flowing through the stages of a plan, from files to tables.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use arrow::array::RecordBatch;
use rayon::prelude::*;

use super::RunError;
use super::apply::{Applied, run_filled, run_map, run_table};
use super::copies::Copies;
use super::inputs::Input;
use super::plan::{Plan, Until};
use super::progress::Progress;
use super::read::{ReadBatch, Reading};
use super::report::{Counts, StageReport};
use crate::fill::Fill;
use crate::schema::rows::{DocumentRow, RejectRow};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Stage, StageError, Step};

/// Name of the reading stage in reports.
const INGEST: &str = "ingest";

/// What flowed out of a plan.
#[derive(Default)]
pub(super) struct Flow {
    pub tables: BTreeMap<Table, Vec<RecordBatch>>,
    pub rejects: Vec<RejectRow>,
    pub stages: Vec<StageReport>,
    /// Share (0 to 1) of the documents read that reading or a map stage rejected.
    pub reject_share: f64,
}

/// What happens to whole tables.
pub(super) struct Resolution<'a> {
    /// The plan's steps for this run.
    pub steps: &'a [Step],
    /// Rows that are there before: what earlier runs gave, and what was decided.
    pub given: Vec<(Table, RecordBatch)>,
}

/// Reads `inputs` and passes their rows through the plan's stages up to `until`, on the current thread pool.
pub(super) fn flow(
    plan: &Plan,
    resolution: Resolution<'_>,
    until: Until,
    inputs: &[Input],
    batch_rows: usize,
    interrupted: &AtomicBool,
    progress: &Progress,
) -> Result<Flow, RunError> {
    let map_stages = &plan.map_stages[..until.map_stages().min(plan.map_stages.len())];
    let mut flow = Flow::default();
    let copies = Copies::default();
    let steps = Steps {
        map_stages,
        interrupted,
        progress,
    };
    let reading = Reading {
        reader: plan.reader.as_ref(),
        inputs,
        batch_rows,
        copies: &copies,
        interrupted,
        progress,
        next: AtomicUsize::new(0),
    };
    let parts = steps.run(&reading)?;
    stop_if(interrupted)?;
    let moved = copies.moved(inputs);
    flow.collect_map(map_stages, parts)?;
    moved.correct_rejects(&mut flow.rejects);
    for batch in flow.tables.values_mut().flatten() {
        *batch = moved.correct_batch(batch.clone());
    }
    if until >= Until::Resolve {
        for (table, batch) in resolution.given {
            flow.tables.entry(table).or_default().push(batch);
        }
        let mut steps = resolution.steps;
        while !steps.is_empty() {
            stop_if(interrupted)?;
            let fills = fills_on_the_way(steps, until.tables());
            match &steps[fills.len()] {
                Step::Stage(stage) => flow.run_table_stage(stage.as_ref(), &fills, progress)?,
                Step::Fill(fill) => flow.fill(fill)?,
            }
            steps = &steps[fills.len() + 1..];
            flow.keep(until.tables(), steps);
        }
        for (table, batch) in &plan.reference_tables {
            flow.tables.entry(*table).or_default().push(batch.clone());
        }
    }
    flow.place_rejects();
    flow.tables.retain(|table, _| until.tables().contains(table));
    Ok(flow)
}

/// The fills at the head of `steps` that need not be held: those of a table that the map stage behind them is the last
/// to read. They are applied to the stage's input part by part.
fn fills_on_the_way<'p>(steps: &'p [Step], written: &[Table]) -> Vec<&'p Fill> {
    let fills: Vec<&Fill> = steps
        .iter()
        .map_while(|step| match step {
            Step::Fill(fill) => Some(fill),
            Step::Stage(_) => None,
        })
        .collect();
    let Some((Step::Stage(stage), to_come)) = steps[fills.len()..].split_first() else {
        return Vec::new();
    };
    let table = stage.input();
    let is_last_use = !written.contains(&table) && !to_come.iter().any(|step| step.reads().contains(&table));
    let is_on_the_way = stage.partitioning() == Partitioning::Map && fills.iter().all(|fill| fill.table == table);
    if is_last_use && is_on_the_way {
        fills
    } else {
        Vec::new()
    }
}

/// An error once the run has been asked to stop.
pub(super) fn stop_if(interrupted: &AtomicBool) -> Result<(), RunError> {
    if interrupted.load(Ordering::Relaxed) {
        Err(RunError::Interrupted)
    } else {
        Ok(())
    }
}

/// The map stages, one after the other for each batch.
struct Steps<'a> {
    map_stages: &'a [Box<dyn Stage>],
    interrupted: &'a AtomicBool,
    progress: &'a Progress,
}

/// What became of one batch: the counts of reading, then what each map stage gave.
struct Part {
    read: Counts,
    reading: Duration,
    read_rejects: Vec<RejectRow>,
    /// The documents as read, kept only where no stage follows.
    raw: Option<RecordBatch>,
    applied: Vec<Applied>,
}

impl Steps<'_> {
    /// Reads and processes everything.
    fn run(&self, reading: &Reading<'_>) -> Result<Vec<Part>, RunError> {
        let threads = rayon::current_num_threads();
        let (sender, receiver) = sync_channel(2 * threads);
        thread::scope(|scope| {
            for _ in 0..threads.min(reading.inputs.len()) {
                let sender = sender.clone();
                scope.spawn(move || reading.read_files(&sender));
            }
            drop(sender);
            let batches = receiver.into_iter().par_bridge();
            batches.map(|batch| self.process(batch)).collect()
        })
    }

    fn process(&self, batch: ReadBatch) -> Result<Part, RunError> {
        stop_if(self.interrupted)?;
        batch.counts.check(INGEST)?;
        self.progress.rows_done(INGEST, batch.counts);
        let raw = to_batch(Table::RawDocuments, &batch.rows).map_err(|source| StageError::Schema {
            stage: INGEST,
            table: Table::RawDocuments.name(),
            source,
        })?;
        drop(batch.rows);
        let mut applied: Vec<Applied> = Vec::new();
        for stage in self.map_stages {
            let input = applied.last().and_then(|last| last.tables.first());
            let step = run_map(stage.as_ref(), input.map_or(&raw, |(_, rows)| rows))?;
            self.progress.rows_done(stage.name(), step.counts);
            applied.push(step);
        }
        Ok(Part {
            read: batch.counts,
            reading: batch.busy,
            read_rejects: batch.rejects,
            raw: self.map_stages.is_empty().then_some(raw),
            applied,
        })
    }
}

impl Flow {
    /// Adds up what the map stages gave.
    fn collect_map(&mut self, map_stages: &[Box<dyn Stage>], parts: Vec<Part>) -> Result<(), RunError> {
        let mut sums = vec![(Counts::default(), Duration::ZERO); map_stages.len() + 1];
        for mut part in parts {
            sums[0].0.add(part.read);
            sums[0].1 += part.reading;
            self.rejects.append(&mut part.read_rejects);
            if let Some(raw) = part.raw {
                self.tables.entry(Table::RawDocuments).or_default().push(raw);
            }
            for (index, applied) in part.applied.into_iter().enumerate() {
                sums[index + 1].0.add(applied.counts);
                sums[index + 1].1 += applied.busy;
                self.add_rows(applied);
            }
        }
        let names = [INGEST].into_iter().chain(map_stages.iter().map(|stage| stage.name()));
        self.stages = names
            .zip(sums)
            .map(|(stage, (counts, busy))| StageReport {
                stage,
                counts,
                busy_seconds: busy.as_secs_f64(),
            })
            .collect();
        let read = self.stages[0].counts.rows_in;
        let rejected: usize = self.stages.iter().map(|report| report.counts.rejected).sum();
        self.reject_share = rejected as f64 / read.max(1) as f64;
        for pair in self.stages.windows(2) {
            // What one stage kept the next has taken.
            let mut between = pair[0].counts;
            between.kept = pair[1].counts.rows_in;
            between.check(pair[0].stage)?;
        }
        Ok(())
    }

    /// Runs a stage over all rows of its input, filled by `fills`. An output that is also the input replaces it.
    fn run_table_stage(&mut self, stage: &dyn Stage, fills: &[&Fill], progress: &Progress) -> Result<(), RunError> {
        let rows = |table: Table| self.tables.get(&table).map_or(&[][..], Vec::as_slice);
        let applied = if fills.is_empty() {
            run_table(stage, rows(stage.input()))?
        } else {
            let lookups = fills.iter().map(|fill| fill.lookup(rows(fill.from)));
            run_filled(stage, &lookups.collect::<Result<Vec<_>, _>>()?, rows(stage.input()))?
        };
        if stage.outputs().contains(&stage.input()) {
            self.tables.remove(&stage.input());
        }
        let (mut counts, mut busy) = (Counts::default(), Duration::ZERO);
        for part in applied {
            counts.add(part.counts);
            busy += part.busy;
            self.add_rows(part);
        }
        progress.rows_done(stage.name(), counts);
        self.stages.push(StageReport {
            stage: stage.name(),
            counts,
            busy_seconds: busy.as_secs_f64(),
        });
        Ok(())
    }

    /// Puts a column of one table into another, where both have rows.
    fn fill(&mut self, fill: &Fill) -> Result<(), RunError> {
        let from = self.tables.get(&fill.from).map_or(&[][..], Vec::as_slice);
        let Some(batches) = self.tables.get(&fill.table) else {
            return Ok(());
        };
        let filled = fill.apply(batches, from)?;
        self.tables.insert(fill.table, filled);
        Ok(())
    }

    /// Frees the tables that are neither among `written` nor read by the steps to come.
    fn keep(&mut self, written: &[Table], to_come: &[Step]) {
        self.tables
            .retain(|table, _| written.contains(table) || to_come.iter().any(|step| step.reads().contains(table)));
    }

    fn add_rows(&mut self, mut applied: Applied) {
        self.rejects.append(&mut applied.rejects);
        for (table, rows) in applied.tables {
            self.tables.entry(table).or_default().push(rows);
        }
    }

    /// Gives rejects of documents that know only their id their source.
    fn place_rejects(&mut self) {
        if self.rejects.iter().all(|reject| !reject.source_path.is_empty()) {
            return;
        }
        let documents = self.tables.get(&Table::Documents).into_iter().flatten();
        let places: BTreeMap<String, (String, Option<i64>)> = documents
            .flat_map(|batch| from_batch::<DocumentRow>(batch).unwrap_or_default())
            .map(|row| (row.document_id, (row.source_path, row.source_record)))
            .collect();
        for reject in self.rejects.iter_mut().filter(|reject| reject.source_path.is_empty()) {
            if let Some(place) = reject.document_id.as_ref().and_then(|id| places.get(id)) {
                (reject.source_path, reject.source_record) = place.clone();
            }
        }
    }
}
