//! Documents read and passed through the map stages, batch by batch.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use arrow::array::RecordBatch;
use rayon::prelude::*;

use super::RunError;
use super::apply::{Outcome, Sums, run_map};
use super::copies::Copies;
use super::flow::stop_if;
use super::inputs::Input;
use super::plan::{Plan, Until};
use super::progress::Progress;
use super::read::{ReadBatch, Reading};
use super::report::Counts;
use super::rows::{Rows, Store};
use super::state::{Recorder, State};
use crate::schema::Table;
use crate::schema::rows::RejectRow;
use crate::stage::{Stage, batch_of};

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
    pub stages: Vec<StageRows>,
    /// Documents of which earlier runs had worked out everything.
    pub known: usize,
}

/// What a stage made of all documents.
pub(super) struct StageRows {
    pub stage: &'static str,
    pub tables: Vec<(Table, Rows)>,
    pub sums: Sums,
}

/// What the stages have made of the documents so far.
struct MapRun<'a> {
    stages: &'a [Box<dyn Stage>],
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

/// Reads the inputs and passes their documents through the plan's map stages, on the current thread pool.
pub(super) fn run(plan: &Plan, course: &Course<'_>, copies: &Copies) -> Result<Mapped, RunError> {
    let Course {
        until, state, store, ..
    } = *course;
    let stages = &plan.map_stages[..until.map_stages().min(plan.map_stages.len())];
    let mut run = MapRun {
        stages,
        course,
        recorder: state.map(State::record),
        keeps_raw: until.tables().contains(&Table::RawDocuments),
        raw: Rows::new(Table::RawDocuments.schema(), store),
        reading: Mutex::default(),
        known: AtomicUsize::new(0),
        outcomes: stages.iter().map(|stage| Outcome::new(stage.as_ref(), store)).collect(),
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
        run.recorder.take().map_or(Ok(()), Recorder::finish)?;
        known = run.load(state, copies)?;
    }
    let stages = run.finish()?;
    Ok(Mapped { stages, known })
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
        let mut made = Vec::new();
        let mut input = raw;
        for (stage, outcome) in self.stages.iter().zip(&self.outcomes) {
            let applied = run_map(stage.as_ref(), &input)?;
            self.course.progress.rows_done(stage.name(), applied.counts);
            if let Some((_, rows)) = applied.tables.first() {
                input = rows.clone();
            }
            if self.recorder.is_some() {
                made.extend(applied.tables.iter().cloned());
            }
            outcome.add(applied)?;
        }
        if let Some(recorder) = &self.recorder {
            recorder.add(&made);
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
            let rows = outputs.find(|(output, _)| *output == table);
            rows.map_or(Ok(()), |(_, rows)| rows.push(batch))
        })?;
        let loaded = loaded.into_inner();
        // Those that were read are counted as read; one of them that is not in the state would not be accounted for.
        let missing = loaded.saturating_sub(self.known.load(Ordering::Relaxed));
        self.count_read(Vec::new(), all_kept(missing), Duration::ZERO);
        for (stage, outcome) in self.stages.iter().zip(&self.outcomes) {
            self.course.progress.rows_done(stage.name(), all_kept(loaded));
            outcome.count(all_kept(loaded));
        }
        Ok(loaded)
    }

    /// What each stage made, the reading stage first.
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
        for pair in mapped.windows(2) {
            // What one stage kept the next has taken.
            let mut between = pair[0].sums.counts;
            between.kept = pair[1].sums.counts.rows_in;
            between.check(pair[0].stage)?;
        }
        Ok(mapped)
    }
}
