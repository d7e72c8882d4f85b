//! A run's steps for an engine that distributes rows: what `parc_etl.spark` hands to Spark.
//!
//! Rows travel as [`Wire`] says. Every call gives a parcel: rows of the tables that are still needed, rejects and counts.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use parc_etl::exec::{Applied, Counts, Documents, Engine, SourceFile};
use parc_etl::schema::Table;
use parc_etl::stage::Step as PlanStep;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3_arrow::{PyRecordBatch, PySchema};

use crate::errors::{ParcEtlError, other_error, run_error};
use crate::pipeline;
use crate::stages::{partitioning, with_rejects};
use crate::wire::{Parcel, Wire};

/// Name under which counts travel; no table has it.
const COUNTS: &str = "counts";

/// Rows of one table that are packed together.
const PARCEL_ROWS: usize = 8192;

/// One step over whole tables.
#[pyclass(frozen, get_all, module = "parc_etl")]
pub struct Step {
    number: usize,
    /// Whether it is done already where documents are read.
    per_document: bool,
    /// Name of the stage; none for a fill.
    stage: Option<&'static str>,
    /// "map", "keyed" or "whole", for a stage.
    partitioning: Option<&'static str>,
    /// The table that is taken or, for a fill, filled.
    table: &'static str,
    /// The column by which a keyed stage takes rows; those by which rows are filled.
    key: Vec<&'static str>,
    outputs: Vec<&'static str>,
    /// For a fill: the table and key from which, and the columns that are filled, each with the one from which.
    from_table: Option<&'static str>,
    from_key: Vec<&'static str>,
    columns: Vec<(&'static str, &'static str)>,
}

/// The steps of a pipeline.
#[pyclass(frozen, module = "parc_etl")]
pub struct Plan {
    engine: Arc<Engine>,
    wires: BTreeMap<Table, Arc<Wire>>,
    counts: Arc<Wire>,
}

impl Plan {
    /// The columns of each table at which steps look.
    fn visible(engine: &Engine) -> BTreeMap<Table, BTreeSet<&'static str>> {
        let mut visible: BTreeMap<Table, BTreeSet<&'static str>> = BTreeMap::new();
        for step in engine.steps() {
            match step {
                PlanStep::Stage(stage) => {
                    let (_, key) = partitioning(stage.partitioning());
                    visible.entry(stage.input()).or_default().extend(key);
                }
                PlanStep::Fill(fill) => {
                    let filled = visible.entry(fill.table).or_default();
                    filled.extend(fill.key);
                    filled.extend(fill.columns.iter().map(|(column, _)| *column));
                    let from = visible.entry(fill.from).or_default();
                    from.extend(fill.from_key);
                    from.extend(fill.columns.iter().map(|(_, column)| *column));
                }
            }
        }
        visible
    }

    fn wire(&self, name: &str) -> PyResult<&Arc<Wire>> {
        let wire = self.wires.values().find(|wire| wire.name == name);
        wire.or_else(|| (name == COUNTS).then_some(&self.counts))
            .ok_or_else(|| ParcEtlError::new_err(format!("there is no table {name}")))
    }

    /// What a step gives, or without a number what reading gives.
    fn parcel(&self, step: Option<usize>) -> PyResult<Parcel> {
        let needed = self.engine.needed(step.map_or(0, |step| step + 1));
        let outputs: BTreeSet<Table> = match step {
            Some(number) => match &self.engine.steps()[number] {
                PlanStep::Stage(stage) => stage.outputs().iter().copied().collect(),
                PlanStep::Fill(_) => BTreeSet::new(),
            },
            None => {
                let steps = self.engine.per_document();
                let stages = steps.iter().filter_map(|&number| match &self.engine.steps()[number] {
                    PlanStep::Stage(stage) => Some(stage),
                    PlanStep::Fill(_) => None,
                });
                let stages = self.engine.map_stages().iter().chain(stages);
                stages.flat_map(|stage| stage.outputs()).copied().collect()
            }
        };
        let tables = outputs.intersection(&needed).chain([&Table::Rejects]);
        let mut wires: Vec<Arc<Wire>> = tables.map(|table| Arc::clone(&self.wires[table])).collect();
        wires.push(Arc::clone(&self.counts));
        Parcel::new(wires).map_err(|error| other_error(&error))
    }
}

#[pymethods]
impl Plan {
    #[new]
    #[pyo3(signature = (file, *, input, output))]
    fn new(py: Python<'_>, file: PathBuf, input: Option<Vec<String>>, output: Option<PathBuf>) -> PyResult<Plan> {
        let engine = py.detach(|| {
            let pipeline = pipeline(Some(&file), input, output)?;
            Engine::new(&pipeline).map_err(|error| run_error(&error))
        })?;
        let visible = Plan::visible(&engine);
        let nothing = BTreeSet::new();
        let tables = visible.keys().chain(&Table::PUBLISHED).copied();
        let tables: BTreeSet<Table> = tables.chain(engine.steps().iter().flat_map(PlanStep::reads)).collect();
        let wires = tables.into_iter().map(|table| {
            let columns: Vec<&str> = visible.get(&table).unwrap_or(&nothing).iter().copied().collect();
            (table, Arc::new(Wire::new(table.name(), table.schema(), &columns)))
        });
        Ok(Plan {
            wires: wires.collect(),
            counts: Arc::new(Wire::new(COUNTS, counts_schema(), &[])),
            engine: Arc::new(engine),
        })
    }

    /// Hash of all that decides the tables but the inputs.
    #[getter]
    fn id(&self) -> String {
        self.engine.id()
    }

    /// Name of the pipeline.
    #[getter]
    fn name(&self) -> &str {
        &self.engine.pipeline().config.pipeline.name
    }

    /// The folder of the tables, as the pipeline says.
    #[getter]
    fn output(&self) -> PathBuf {
        let pipeline = self.engine.pipeline();
        pipeline.root.join(&pipeline.config.output.dir)
    }

    /// The summary tables: name, description and SQL.
    #[getter]
    fn summaries(&self) -> Vec<(String, String, String)> {
        let blocks = self.engine.pipeline().config.aggregate.iter();
        blocks
            .map(|block| (block.name.clone(), block.description.clone(), block.sql.clone()))
            .collect()
    }

    /// The steps over whole tables, in order.
    #[getter]
    fn steps(&self) -> Vec<Step> {
        let per_document = self.engine.per_document();
        let steps = self.engine.steps().iter().enumerate();
        let step = |(number, step): (usize, &PlanStep)| match step {
            PlanStep::Stage(stage) => {
                let (partitioning, key) = partitioning(stage.partitioning());
                Step {
                    number,
                    per_document: per_document.contains(&number),
                    stage: Some(stage.name()),
                    partitioning: Some(partitioning),
                    table: stage.input().name(),
                    key: key.into_iter().collect(),
                    outputs: stage.outputs().iter().map(|table| table.name()).collect(),
                    from_table: None,
                    from_key: Vec::new(),
                    columns: Vec::new(),
                }
            }
            PlanStep::Fill(fill) => Step {
                number,
                per_document: false,
                stage: None,
                partitioning: None,
                table: fill.table.name(),
                key: fill.key.to_vec(),
                outputs: Vec::new(),
                from_table: Some(fill.from.name()),
                from_key: fill.from_key.to_vec(),
                columns: fill.columns.to_vec(),
            },
        };
        steps.map(step).collect()
    }

    /// The input files, sorted: path, name in the tables, bytes.
    fn inputs(&self, py: Python<'_>) -> PyResult<Vec<(PathBuf, String, u64)>> {
        let files = py.detach(|| self.engine.inputs()).map_err(|error| run_error(&error))?;
        Ok(files
            .into_iter()
            .map(|file| (file.path, file.source_path, file.bytes))
            .collect())
    }

    /// Columns of a table: as published or, travelling, as steps take and give it.
    #[pyo3(signature = (table, *, travelling))]
    fn schema<'py>(&self, py: Python<'py>, table: &str, travelling: bool) -> PyResult<Bound<'py, PyAny>> {
        let wire = self.wire(table)?;
        let schema = if travelling {
            Arc::new(Schema::new(wire.fields()))
        } else {
            wire.schema.clone()
        };
        PySchema::new(schema).into_pyarrow(py)
    }

    /// What a step gives, or without a number what reading gives: the names of the tables, whose places the column `table`
    /// has, and a pyarrow.Schema.
    fn gives<'py>(&self, py: Python<'py>, step: Option<usize>) -> PyResult<(Vec<String>, Bound<'py, PyAny>)> {
        let parcel = self.parcel(step)?;
        let names = parcel.tables.iter().map(|table| table.name.clone()).collect();
        Ok((names, PySchema::new(parcel.schema).into_pyarrow(py)?))
    }

    /// Rows of a table as it is published, of those that travelled.
    fn unpack<'py>(&self, py: Python<'py>, table: &str, rows: PyRecordBatch) -> PyResult<Bound<'py, PyAny>> {
        let wire = self.wire(table)?;
        let rows = rows.into_inner();
        let rows = py.detach(|| wire.unpack(&rows)).map_err(|error| other_error(&error))?;
        PyRecordBatch::new(rows).into_pyarrow(py)
    }

    /// Applies a step's stage to rows of its table, as they travel, of which each group is whole.
    fn apply<'py>(&self, py: Python<'py>, step: usize, rows: Vec<PyRecordBatch>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let PlanStep::Stage(stage) = &self.engine.steps()[step] else {
            return Err(ParcEtlError::new_err(format!("step {step} is no stage")));
        };
        let parcel = self.parcel(Some(step))?;
        let wire = &self.wires[&stage.input()];
        let rows: Vec<RecordBatch> = rows.into_iter().map(PyRecordBatch::into_inner).collect();
        let parcels = py.detach(|| {
            let rows: Vec<RecordBatch> = rows
                .iter()
                .map(|rows| wire.unpack(rows))
                .collect::<Result<_, _>>()
                .map_err(arrow_error)?;
            let rows = concat_batches(&wire.schema, &rows).map_err(arrow_error)?;
            let applied = self.engine.apply(stage.as_ref(), &rows);
            drop(rows);
            let applied = applied.map_err(|error| run_error(&error))?;
            packed(&parcel, vec![(stage.name(), applied)])
        })?;
        parcels
            .into_iter()
            .map(|rows| PyRecordBatch::new(rows).into_pyarrow(py))
            .collect()
    }

    /// Reads files and passes their documents through all that is done per document; gives parcels. `copies` are the
    /// records of each file that are copies of others (0 where the file is one document).
    fn read(&self, files: Vec<(PathBuf, String)>, copies: Vec<HashSet<i64>>) -> PyResult<Reading> {
        let parcel = self.parcel(None)?;
        let engine = Arc::clone(&self.engine);
        Ok(Reading::start(move |sender| {
            let files = source_files(files);
            let is_copy = |file: usize, record: Option<i64>| {
                copies
                    .get(file)
                    .is_some_and(|copies| copies.contains(&record.unwrap_or(0)))
            };
            engine.read(&files, is_copy, |documents| {
                let results = engine.process(documents).map_err(|error| run_error(&error));
                match results.and_then(|results| packed(&parcel, results)) {
                    Ok(parcels) => parcels.into_iter().all(|rows| sender.send(Ok(rows)).is_ok()),
                    Err(error) => {
                        // Nobody to take the error means that nobody wants the rest.
                        let _ = sender.send(Err(error));
                        false
                    }
                }
            });
        }))
    }

    /// Reads files for the ids of their documents: batches of `document_id`, `file` (the place in `numbers`) and `record`.
    fn identify(&self, files: Vec<(PathBuf, String)>, numbers: Vec<i64>) -> PyResult<Reading> {
        let engine = Arc::clone(&self.engine);
        Ok(Reading::start(move |sender| {
            for (file, number) in source_files(files).into_iter().zip(numbers) {
                let mut is_wanted = true;
                engine.read(
                    &[file],
                    |_, _| false,
                    |documents| {
                        is_wanted = sender.send(identities(&documents, number)).is_ok();
                        is_wanted
                    },
                );
                if !is_wanted {
                    return;
                }
            }
        }))
    }

    /// Rows with which the steps begin, as they travel, by table.
    fn given<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let given = PyDict::new(py);
        for (table, rows) in self.engine.given() {
            let rows = self.wires[table].pack(rows).map_err(|error| other_error(&error))?;
            given.set_item(table.name(), PyRecordBatch::new(rows).into_pyarrow(py)?)?;
        }
        Ok(given)
    }

    /// Rows that no document gives, by table.
    fn reference_tables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let tables = PyDict::new(py);
        for (table, rows) in self.engine.reference_tables() {
            tables.set_item(table.name(), PyRecordBatch::new(rows.clone()).into_pyarrow(py)?)?;
        }
        Ok(tables)
    }

    /// Ids on which the analyst's decisions turn: table, column and the ids to look for.
    fn decided_ids(&self) -> Vec<(&'static str, &'static str, Vec<String>)> {
        let ids = self.engine.decided_ids().into_iter();
        ids.map(|(table, column, ids)| (table.name(), column, ids)).collect()
    }

    /// The table of decisions, where the tables hold the ids `known` of those, and these are the rejects.
    fn decided<'py>(&self, py: Python<'py>, known: Vec<String>, rejects: PyRecordBatch) -> PyResult<Bound<'py, PyAny>> {
        let rejects = parc_etl::schema::from_batch(rejects.as_ref()).map_err(|error| other_error(&error))?;
        let rows = self.engine.decided(known.into_iter().collect(), &rejects);
        PyRecordBatch::new(rows.map_err(|error| run_error(&error))?).into_pyarrow(py)
    }
}

/// Batches that a thread makes while Python takes them.
#[pyclass(frozen, module = "parc_etl")]
pub struct Reading(Mutex<Receiver<PyResult<RecordBatch>>>);

impl Reading {
    fn start(work: impl FnOnce(SyncSender<PyResult<RecordBatch>>) + Send + 'static) -> Reading {
        let (sender, receiver) = sync_channel(2);
        thread::spawn(move || work(sender));
        Reading(Mutex::new(receiver))
    }
}

#[pymethods]
impl Reading {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let next = py.detach(|| self.0.lock().unwrap_or_else(PoisonError::into_inner).recv().ok());
        next.map(|rows| PyRecordBatch::new(rows?).into_pyarrow(py)).transpose()
    }
}

fn source_files(files: Vec<(PathBuf, String)>) -> Vec<SourceFile> {
    let file = |(path, source_path)| SourceFile {
        path,
        source_path,
        bytes: 0,
    };
    files.into_iter().map(file).collect()
}

fn identities(documents: &Documents, file: i64) -> PyResult<RecordBatch> {
    let ids = documents.rows.iter().map(|row| row.document_id.as_str());
    let records = documents.rows.iter().map(|row| row.source_record.unwrap_or(0));
    let columns: [(&str, ArrayRef); 3] = [
        ("document_id", Arc::new(StringArray::from_iter_values(ids))),
        ("file", Arc::new(Int64Array::from(vec![file; documents.rows.len()]))),
        ("record", Arc::new(Int64Array::from_iter_values(records))),
    ];
    RecordBatch::try_from_iter(columns).map_err(arrow_error)
}

fn counts_schema() -> SchemaRef {
    let number = |name: &str| Field::new(name, DataType::Int64, false);
    let mut fields = vec![Field::new("stage", DataType::Utf8, false)];
    fields.extend(["rows_in", "kept", "rejected", "merged"].map(number));
    Arc::new(Schema::new(fields))
}

fn counts(counts: &[(&'static str, Counts)]) -> Result<RecordBatch, ArrowError> {
    let number = |of: fn(&Counts) -> usize| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(
            counts.iter().map(|(_, counts)| of(counts) as i64),
        ))
    };
    let stages = StringArray::from_iter_values(counts.iter().map(|(stage, _)| stage));
    let columns = vec![
        Arc::new(stages) as ArrayRef,
        number(|counts| counts.rows_in),
        number(|counts| counts.kept),
        number(|counts| counts.rejected),
        number(|counts| counts.merged),
    ];
    RecordBatch::try_new(counts_schema(), columns)
}

/// What stages gave, as it travels.
fn packed(parcel: &Parcel, results: Vec<(&'static str, Applied)>) -> PyResult<Vec<RecordBatch>> {
    let summed: Vec<(&'static str, Counts)> = results
        .iter()
        .map(|(stage, applied)| (*stage, applied.counts))
        .collect();
    let mut parts = vec![(COUNTS, counts(&summed).map_err(arrow_error)?)];
    for (_, applied) in results {
        let (tables, rejects) = with_rejects(applied)?;
        parts.extend(tables.into_iter().map(|(table, rows)| (table.name(), rows)));
        parts.push((Table::Rejects.name(), rejects));
    }
    if parts.iter().all(|(_, rows)| rows.num_rows() <= PARCEL_ROWS) {
        let parts = parts.iter().map(|(name, rows)| (*name, rows));
        return Ok(vec![parcel.pack(parts).map_err(arrow_error)?]);
    }
    let mut parcels = Vec::new();
    for (name, rows) in &parts {
        for start in (0..rows.num_rows()).step_by(PARCEL_ROWS) {
            let rows = rows.slice(start, PARCEL_ROWS.min(rows.num_rows() - start));
            parcels.push(parcel.pack([(*name, &rows)]).map_err(arrow_error)?);
        }
    }
    Ok(parcels)
}

fn arrow_error(error: ArrowError) -> PyErr {
    other_error(&error)
}
