//! Rows flowing through the stages of a plan, from files to tables.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::RecordBatch;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::RunError;
use super::apply::{Sums, run_table};
use super::copies::{Copies, Moved};
use super::decided::decided;
use super::map::{self, Course, Mapped, StageRows};
use super::plan::{Plan, Until};
use super::progress::Progress;
use super::report::StageReport;
use super::rows::{Filling, Rows, Store, TableRows};
use super::state::UnfinishedPart;
use crate::fill::Fill;
use crate::schema::rows::RejectRow;
use crate::schema::{Table, from_batch};
use crate::stage::{Stage, Step, batch_of};
use crate::stages::resolve::decisions::Decisions;

/// What flowed out of a plan.
pub(super) struct Flow {
    store: Store,
    /// Documents of which earlier runs had worked out everything.
    pub known: usize,
    pub tables: BTreeMap<Table, TableRows>,
    pub rejects: Vec<RejectRow>,
    pub stages: Vec<StageReport>,
}

/// What happens to whole tables.
pub(super) struct Resolution<'a> {
    /// The plan's steps for this run.
    pub steps: &'a [Step],
    /// Rows that are there before: what earlier runs gave, and what was decided.
    pub given: Vec<(Table, Rows)>,
}

/// Reads the inputs and passes their rows through the plan's stages, on the current thread pool.
pub(super) fn flow(plan: &Plan, resolution: Resolution<'_>, course: &Course<'_>) -> Result<Flow, RunError> {
    let copies = Copies::default();
    let mut mapped = map::run(plan, resolution.steps, course, &copies)?;
    let unfinished = std::mem::take(&mut mapped.unfinished);
    let flow = resolve(plan, resolution, course, mapped, copies);
    // What was worked out of documents holds whatever became of the rest.
    let recorded = unfinished.into_iter().try_for_each(UnfinishedPart::finish);
    let flow = flow?;
    recorded?;
    Ok(flow)
}

/// Passes what the documents gave through the steps over whole tables.
fn resolve(
    plan: &Plan,
    resolution: Resolution<'_>,
    course: &Course<'_>,
    mut mapped: Mapped,
    copies: Copies,
) -> Result<Flow, RunError> {
    let Course {
        until,
        inputs,
        store,
        interrupted,
        progress,
        ..
    } = *course;
    let mut flow = Flow {
        store: store.clone(),
        known: mapped.known,
        tables: BTreeMap::new(),
        rejects: Vec::new(),
        stages: Vec::new(),
    };
    for StageRows { stage, tables, sums } in mapped.stages {
        flow.add_outcome(stage, tables, sums)?;
    }
    stop_if(interrupted)?;
    flow.correct_places(&Arc::new(copies.moved(inputs)))?;
    if until >= Until::Resolve {
        for (table, rows) in resolution.given {
            flow.add_rows(table, rows)?;
        }
        for (number, step) in resolution.steps.iter().enumerate() {
            stop_if(interrupted)?;
            match (step, mapped.steps.remove(&number)) {
                (_, Some(StageRows { stage, tables, sums })) => flow.add_outcome(stage, tables, sums)?,
                (Step::Stage(stage), None) => flow.run_stage(stage.as_ref(), progress)?,
                (Step::Fill(fill), None) => flow.fill(fill)?,
            }
            flow.keep(until.tables(), &resolution.steps[number + 1..]);
        }
        for (table, batch) in &plan.reference_tables {
            flow.add(*table, batch.clone())?;
        }
    }
    flow.place_rejects()?;
    flow.keep(until.tables(), &[]);
    Ok(flow)
}

/// An error once the run has been asked to stop.
pub(super) fn stop_if(interrupted: &AtomicBool) -> Result<(), RunError> {
    if interrupted.load(Ordering::Relaxed) {
        Err(RunError::Interrupted)
    } else {
        Ok(())
    }
}

/// Where a document stands.
#[derive(Deserialize)]
struct Place {
    document_id: String,
    source_path: String,
    source_record: Option<i64>,
}

impl Flow {
    /// Adds rows to a table.
    pub fn add(&mut self, table: Table, batch: RecordBatch) -> Result<(), RunError> {
        let rows = Rows::new(table.schema(), &self.store);
        rows.push(batch)?;
        self.add_rows(table, rows)
    }

    /// Adds the tables that tell what became of the decisions and of what could not be processed.
    pub fn conclude(&mut self, decisions: &Decisions, until: Until) -> Result<(), RunError> {
        if until >= Until::Resolve {
            self.add(Table::Decisions, decided(decisions, self)?)?;
        }
        self.add(Table::Rejects, batch_of("run", Table::Rejects, &self.rejects)?)
    }

    fn add_rows(&mut self, table: Table, rows: Rows) -> Result<(), RunError> {
        match self.tables.get_mut(&table) {
            Some(before) => before.append(rows),
            None => {
                self.tables.insert(table, TableRows::of(rows, &self.store));
                Ok(())
            }
        }
    }

    fn add_outcome(&mut self, stage: &'static str, tables: Vec<(Table, Rows)>, sums: Sums) -> Result<(), RunError> {
        self.rejects.extend(sums.rejects);
        self.stages.push(StageReport {
            stage: stage.to_owned(),
            counts: sums.counts,
            busy_seconds: sums.busy.as_secs_f64(),
        });
        tables
            .into_iter()
            .try_for_each(|(table, rows)| self.add_rows(table, rows))
    }

    /// Names the first of several copies of a document in its rows.
    fn correct_places(&mut self, moved: &Arc<Moved>) -> Result<(), RunError> {
        moved.correct_rejects(&mut self.rejects);
        for table in [Table::RawDocuments, Table::Documents] {
            if let Some(rows) = self.tables.get_mut(&table)
                && !moved.is_empty()
            {
                rows.fill(Filling::Moved(Arc::clone(moved)))?;
            }
        }
        Ok(())
    }

    /// Runs a stage over all rows of its input. An output that is also the input replaces it.
    fn run_stage(&mut self, stage: &dyn Stage, progress: &Progress) -> Result<(), RunError> {
        let store = self.store.clone();
        let input = self.rows_of(stage.input());
        let outcome = run_table(stage, input, &store)?;
        if stage.outputs().contains(&stage.input()) {
            self.tables.remove(&stage.input());
        }
        let (tables, sums) = outcome.into_parts();
        progress.rows_done(stage.name(), sums.counts);
        self.add_outcome(stage.name(), tables, sums)
    }

    /// Puts a column of one table into another.
    fn fill(&mut self, fill: &Fill) -> Result<(), RunError> {
        let store = self.store.clone();
        let filling = Filling::new(fill, self.rows_of(fill.from), &store)?;
        self.rows_of(fill.table).fill(filling)
    }

    /// The rows of a table, which may have none yet.
    fn rows_of(&mut self, table: Table) -> &mut TableRows {
        let store = &self.store;
        self.tables.entry(table).or_insert_with(|| TableRows::new(table, store))
    }

    /// Takes tables out, in this order; those without rows are empty.
    pub fn tables_of(&mut self, tables: &[Table]) -> Vec<(Table, TableRows)> {
        let take = |&table: &Table| {
            let rows = self.tables.remove(&table);
            (table, rows.unwrap_or_else(|| TableRows::new(table, &self.store)))
        };
        tables.iter().map(take).collect()
    }

    /// Frees the tables that are neither among `written` nor read by the steps to come.
    fn keep(&mut self, written: &[Table], to_come: &[Step]) {
        self.tables
            .retain(|table, _| written.contains(table) || to_come.iter().any(|step| step.reads().contains(table)));
    }

    /// Gives rejects of documents that know only their id their source.
    fn place_rejects(&mut self) -> Result<(), RunError> {
        let nowhere = |reject: &&mut RejectRow| reject.source_path.is_empty();
        let ids = self
            .rejects
            .iter_mut()
            .filter(nowhere)
            .filter_map(|reject| reject.document_id.clone());
        let wanted: FxHashSet<String> = ids.collect();
        let Some(documents) = self.tables.get(&Table::Documents).filter(|_| !wanted.is_empty()) else {
            return Ok(());
        };
        let places = Mutex::new(FxHashMap::default());
        documents.visit(|batch| {
            let rows: Vec<Place> = from_batch(&batch).unwrap_or_default();
            let rows = rows.into_iter().filter(|row| wanted.contains(&row.document_id));
            let mut places = places.lock().unwrap_or_else(PoisonError::into_inner);
            places.extend(rows.map(|row| (row.document_id, (row.source_path, row.source_record))));
            Ok(())
        })?;
        let places = places.into_inner().unwrap_or_else(PoisonError::into_inner);
        for reject in self.rejects.iter_mut().filter(nowhere) {
            if let Some(place) = reject.document_id.as_ref().and_then(|id| places.get(id)) {
                (reject.source_path, reject.source_record) = place.clone();
            }
        }
        Ok(())
    }
}
