//! Documents read and passed through the map stages, batch by batch, and through the steps that need one document at a time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use arrow::array::RecordBatch;
use rayon::prelude::*;

use super::RunError;
use super::apply::{Applied, Outcome, Sums, pass_through};
use super::copies::Copies;
use super::flow::stop_if;
use super::inputs::Input;
use super::plan::{Plan, Until, per_document, read_later};
use super::progress::Progress;
use super::read::{ReadBatch, Reading};
use super::report::Counts;
use super::rows::{Rows, Store};
use super::state::{Recorder, State, UnfinishedPart};
use crate::schema::Table;
use crate::schema::rows::RejectRow;
use crate::stage::{Stage, Step, batch_of};

/// Name of the reading stage in reports.
const INGEST: &str = "ingest";

/// What reading and passing on the documents needs to know.
pub(super) struct Course<'a> {
    pub until: Until,
    pub inputs: &'a [Input],
    /// What earlier runs worked out.
    pub state: Option<&'a State>,
    pub batch_rows: usize,
    pub store: &'a Store,
    pub interrupted: &'a AtomicBool,
    pub progress: &'a Progress,
}

/// What the reading stage and the map stages made of all documents.
pub(super) struct Mapped {
    /// Reading and the map stages.
    pub stages: Vec<StageRows>,
    /// The steps that were done per document, by their numbers.
    pub steps: BTreeMap<usize, StageRows>,
    /// Documents of which earlier runs had worked out everything.
    pub known: usize,
    /// What was worked out, still being written.
    pub unfinished: Vec<UnfinishedPart>,
}

/// What a stage made of all documents.
pub(super) struct StageRows {
    pub stage: &'static str,
    pub tables: Vec<(Table, Rows)>,
    pub sums: Sums,
}

/// What the stages have made of the documents so far.
struct MapRun<'a> {
    /// The map stages, then the steps that are done per document.
    stages: Vec<&'a dyn Stage>,
    /// How many map stages there are.
    map_stages: usize,
    course: &'a Course<'a>,
    /// Takes what is worked out for later runs.
    recorder: Option<Recorder<'a>>,
    keeps_raw: bool,
    raw: Rows,
    reading: Mutex<Sums>,
    /// Documents that were read and need no working out.
    known: AtomicUsize,
    /// One for each stage.
    outcomes: Vec<Outcome>,
}

/// Reads the inputs and passes their documents through the plan's map stages and those of `steps` that can be done per
/// document, on the current thread pool.
pub(super) fn run(plan: &Plan, steps: &[Step], course: &Course<'_>, copies: &Copies) -> Result<Mapped, RunError> {
    let Course {
        until, state, store, ..
    } = *course;
    let map_stages = plan.map_stages(until);
    let steps = if until >= Until::Resolve { steps } else { &[] };
    let numbers = per_document(map_stages, steps);
    let needed = read_later(steps, &numbers, 0);
    let is_needed = |table: &Table| until.tables().contains(table) || needed.contains(table);
    let in_steps = numbers.iter().filter_map(|&number| steps[number].as_stage());
    let stages: Vec<&dyn Stage> = map_stages.iter().map(AsRef::as_ref).chain(in_steps).collect();
    let outcome = |stage: &&dyn Stage| {
        let tables = stage.outputs().iter().copied();
        Outcome::with_tables(tables.filter(is_needed), store)
    };
    let mut run = MapRun {
        outcomes: stages.iter().map(outcome).collect(),
        stages,
        map_stages: map_stages.len(),
        course,
        recorder: state.map(State::record),
        keeps_raw: until.tables().contains(&Table::RawDocuments),
        raw: Rows::new(Table::RawDocuments.schema(), store),
        reading: Mutex::default(),
        known: AtomicUsize::new(0),
    };
    run.read(&Reading {
        reader: plan.reader.as_ref(),
        inputs: course.inputs,
        batch_rows: course.batch_rows,
        is_new: &|document_id, place| copies.is_new(document_id, place),
        state,
        interrupted: course.interrupted,
        progress: course.progress,
        next: AtomicUsize::new(0),
    })?;
    let mut known = 0;
    if let Some(state) = state {
        state.unread(copies, |raw| run.process_unread(raw))?;
    }
    let unfinished = run.recorder.take().map(Recorder::close).unwrap_or_default();
    if let Some(state) = state {
        known = run.load(state, copies)?;
    }
    let mut stages = run.finish()?;
    let steps = stages.split_off(1 + map_stages.len());
    Ok(Mapped {
        stages,
        steps: numbers.into_iter().zip(steps).collect(),
        known,
        unfinished,
    })
}

fn all_kept(rows: usize) -> Counts {
    Counts {
        rows_in: rows,
        kept: rows,
        ..Counts::default()
    }
}

impl MapRun<'_> {
    fn read(&self, reading: &Reading<'_>) -> Result<(), RunError> {
        let threads = rayon::current_num_threads();
        let (sender, receiver) = sync_channel(2 * threads);
        thread::scope(|scope| {
            for _ in 0..threads.min(reading.inputs.len()) {
                let sender = sender.clone();
                scope.spawn(move || reading.read_files(&sender));
            }
            drop(sender);
            let batches = receiver.into_iter().par_bridge();
            batches.try_for_each(|batch| self.process(batch))
        })
    }

    fn process(&self, batch: ReadBatch) -> Result<(), RunError> {
        batch.counts.check(INGEST)?;
        let raw = batch_of(INGEST, Table::RawDocuments, &batch.rows)?;
        drop(batch.rows);
        self.known.fetch_add(batch.known, Ordering::Relaxed);
        self.count_read(batch.rejects, batch.counts, batch.busy);
        self.pass_on(raw)
    }

    /// Processes documents whose inputs are gone.
    fn process_unread(&self, raw: RecordBatch) -> Result<(), RunError> {
        self.count_read(Vec::new(), all_kept(raw.num_rows()), Duration::ZERO);
        self.pass_on(raw)
    }

    fn count_read(&self, rejects: Vec<RejectRow>, counts: Counts, busy: Duration) {
        self.course.progress.rows_done(INGEST, counts);
        let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        reading.add(rejects, counts, busy);
    }

    /// Passes documents through the stages.
    fn pass_on(&self, raw: RecordBatch) -> Result<(), RunError> {
        stop_if(self.course.interrupted)?;
        if self.keeps_raw {
            self.raw.push(raw.clone())?;
        }
        if let Some(recorder) = &self.recorder {
            recorder.add_raw(&raw)?;
        }
        let made = pass_through(&self.stages, Table::RawDocuments, raw)?;
        if let Some(recorder) = &self.recorder {
            recorder.add(&made[..self.map_stages]);
        }
        self.add(0, made)
    }

    /// Adds what stages made, `first` and those behind it.
    fn add(&self, first: usize, made: Vec<Applied>) -> Result<(), RunError> {
        let stages = self.stages.iter().zip(&self.outcomes).skip(first);
        for ((stage, outcome), applied) in stages.zip(made) {
            self.course.progress.rows_done(stage.name(), applied.counts);
            outcome.add(applied)?;
        }
        Ok(())
    }

    /// Adds the rows of documents that earlier runs worked out; gives the number of documents.
    fn load(&self, state: &State, copies: &Copies) -> Result<usize, RunError> {
        let loaded = AtomicUsize::new(0);
        state.load(copies, self.course.inputs, |table, batch| {
            stop_if(self.course.interrupted)?;
            if table == Table::Documents {
                loaded.fetch_add(batch.num_rows(), Ordering::Relaxed);
            }
            let mut outputs = self.outcomes.iter().flat_map(|outcome| &outcome.tables);
            if let Some((_, rows)) = outputs.find(|(output, _)| *output == table) {
                rows.push(batch.clone())?;
            }
            let steps = &self.stages[self.map_stages..];
            self.add(self.map_stages, pass_through(steps, table, batch)?)
        })?;
        let loaded = loaded.into_inner();
        // Those that were read are counted as read; one of them that is not in the state would not be accounted for.
        let missing = loaded.saturating_sub(self.known.load(Ordering::Relaxed));
        self.count_read(Vec::new(), all_kept(missing), Duration::ZERO);
        for (stage, outcome) in self.stages.iter().zip(&self.outcomes).take(self.map_stages) {
            self.course.progress.rows_done(stage.name(), all_kept(loaded));
            outcome.count(all_kept(loaded));
        }
        Ok(loaded)
    }

    /// What each stage made, the reading stage first, those of steps last.
    fn finish(self) -> Result<Vec<StageRows>, RunError> {
        let mut mapped = vec![StageRows {
            stage: INGEST,
            tables: vec![(Table::RawDocuments, self.raw)],
            sums: self.reading.into_inner().unwrap_or_else(PoisonError::into_inner),
        }];
        for (stage, outcome) in self.stages.iter().zip(self.outcomes) {
            let (tables, sums) = outcome.into_parts();
            mapped.push(StageRows {
                stage: stage.name(),
                tables,
                sums,
            });
        }
        for pair in mapped[..=self.map_stages].windows(2) {
            // What one stage kept the next has taken.
            let mut between = pair[0].sums.counts;
            between.kept = pair[1].sums.counts.rows_in;
            between.check(pair[0].stage)?;
        }
        Ok(mapped)
    }
}
