//! The stages as Python sees them: pure functions over record batches.

use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::{cast, concat_batches};
use arrow::error::ArrowError;
use parc_etl::exec::{Applied, Engine};
use parc_etl::schema::{Table, to_batch};
use parc_etl::stage::Partitioning;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatch, PySchema};

use crate::errors::{other_error, run_error};
use crate::pipeline_alone;

/// One step of the pipeline: a pure function over record batches.
#[pyclass(frozen, module = "parc_etl")]
pub struct Stage {
    engine: Arc<Engine>,
    number: usize,
}

/// The stages of a pipeline, in the order in which rows flow.
#[pyfunction]
#[pyo3(signature = (file))]
pub fn stages(py: Python<'_>, file: Option<PathBuf>) -> PyResult<Vec<Stage>> {
    let engine = py.detach(|| {
        let pipeline = pipeline_alone(file.as_deref())?;
        Engine::new(&pipeline).map_err(|error| run_error(&error))
    })?;
    let engine = Arc::new(engine);
    let numbers = 0..engine.stages().len();
    Ok(numbers
        .map(|number| Stage {
            engine: Arc::clone(&engine),
            number,
        })
        .collect())
}

impl Stage {
    fn stage(&self) -> &dyn parc_etl::stage::Stage {
        self.engine.stages()[self.number]
    }
}

#[pymethods]
impl Stage {
    /// Name in logs and rejects, such as `extract` or `resolve.match`.
    #[getter]
    fn name(&self) -> &'static str {
        self.stage().name()
    }

    /// Name of the table whose rows it takes.
    #[getter]
    fn input(&self) -> &'static str {
        self.stage().input().name()
    }

    /// Names of the tables whose rows it gives.
    #[getter]
    fn outputs(&self) -> Vec<&'static str> {
        self.stage().outputs().iter().map(|table| table.name()).collect()
    }

    /// "map" (rows may be split in any way), "keyed" (all rows with one value of `key` in one call) or "whole" (all rows in
    /// one call).
    #[getter]
    fn partitioning(&self) -> &'static str {
        partitioning(self.stage().partitioning()).0
    }

    /// The column by which rows belong together, for a keyed stage.
    #[getter]
    fn key(&self) -> Option<&'static str> {
        partitioning(self.stage().partitioning()).1
    }

    /// Columns of the rows that it takes: a pyarrow.Schema.
    #[getter]
    fn input_schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PySchema::new(self.stage().input().schema()).into_pyarrow(py)
    }

    /// Columns of the rows that it gives: a pyarrow.Schema for each of `outputs`.
    #[getter]
    fn output_schemas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let schemas = PyDict::new(py);
        for table in self.stage().outputs() {
            schemas.set_item(table.name(), PySchema::new(table.schema()).into_pyarrow(py)?)?;
        }
        Ok(schemas)
    }

    /// Applies the stage to rows: tables by name, `rejects` among them.
    fn apply<'py>(&self, py: Python<'py>, batch: AnyRecordBatch) -> PyResult<Bound<'py, PyDict>> {
        let rows = table_rows(batch, self.stage().input())?;
        let stage = self.stage();
        let applied = py.detach(|| self.engine.apply(stage, &rows));
        let (tables, rejects) = with_rejects(applied.map_err(|error| run_error(&error))?)?;
        let result = PyDict::new(py);
        for (table, rows) in tables {
            result.set_item(table.name(), PyRecordBatch::new(rows).into_pyarrow(py)?)?;
        }
        result.set_item(Table::Rejects.name(), PyRecordBatch::new(rejects).into_pyarrow(py)?)?;
        Ok(result)
    }

    fn __repr__(&self) -> String {
        let outputs = self.outputs().join(", ");
        let key = self.key().map_or_else(String::new, |key| format!(" by {key}"));
        format!(
            "<Stage {}: {} → {outputs}, {}{key}>",
            self.name(),
            self.input(),
            self.partitioning()
        )
    }
}

/// The word for a partitioning, and its column.
pub fn partitioning(partitioning: Partitioning) -> (&'static str, Option<&'static str>) {
    match partitioning {
        Partitioning::Map => ("map", None),
        Partitioning::Keyed(column) => ("keyed", Some(column)),
        Partitioning::Whole => ("whole", None),
    }
}

/// What a stage gave, its rejects as a batch.
pub fn with_rejects(applied: Applied) -> PyResult<(Vec<(Table, RecordBatch)>, RecordBatch)> {
    let rejects = to_batch(Table::Rejects, &applied.rejects).map_err(|error| other_error(&error))?;
    Ok((applied.tables, rejects))
}

/// Rows as one batch with the columns of `table`: found by name, and cast where Python has them in another form, such as
/// texts with long offsets.
fn table_rows(data: AnyRecordBatch, table: Table) -> PyResult<RecordBatch> {
    let reader = data.into_reader()?;
    let schema = reader.schema();
    let batches = reader.collect::<Result<Vec<_>, ArrowError>>();
    let rows = batches
        .and_then(|batches| concat_batches(&schema, &batches))
        .and_then(|rows| {
            let columns = table
                .schema()
                .fields()
                .iter()
                .map(|field| {
                    let missing =
                        || ArrowError::SchemaError(format!("{} has no column {}", table.name(), field.name()));
                    let column = rows.column_by_name(field.name()).ok_or_else(missing)?;
                    cast(column, field.data_type())
                })
                .collect::<Result<Vec<_>, _>>()?;
            RecordBatch::try_new(table.schema(), columns)
        });
    rows.map_err(|error| other_error(&error))
}
