//! Facts of texts that Python holds.

use std::path::PathBuf;

use anstream::adapter::strip_str;
use arrow::error::ArrowError;
use parc_etl::eval::{Options, evaluate as evaluate_files};
use parc_etl::exec::{self, RunOptions};
use parc_etl::explain::{TextOptions, explain_text};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;
use pyo3_arrow::input::AnyRecordBatch;

use crate::errors::{other_error, run_error};
use crate::pipeline_alone;
use crate::run::interruptible;

/// Tables by name, in order, each with its description and its rows as a pyarrow.RecordBatch.
type Tables<'py> = Vec<(String, String, Bound<'py, PyAny>)>;

/// The tables of the documents in the rows of `data`.
#[pyfunction]
#[pyo3(signature = (data, *, file, jobs, on_topic_only))]
pub fn extract<'py>(
    py: Python<'py>,
    data: AnyRecordBatch,
    file: Option<PathBuf>,
    jobs: Option<usize>,
    on_topic_only: Option<bool>,
) -> PyResult<Tables<'py>> {
    let reader = data.into_reader()?;
    let batches = reader.collect::<Result<Vec<_>, ArrowError>>();
    let batches = batches.map_err(|error| other_error(&error))?;
    let mut pipeline = py.detach(|| pipeline_alone(file.as_deref()))?;
    if let Some(on_topic_only) = on_topic_only {
        pipeline.config.extract.on_topic_only = on_topic_only;
    }
    let options = RunOptions {
        jobs,
        ..RunOptions::default()
    };
    let watched = options.clone();
    let tables = interruptible(py, &watched.interrupted, None, &watched.tally, move || {
        exec::extract(&pipeline, &batches, &options)
    })?;
    let tables = tables.map_err(|error| run_error(&error))?;
    let table = |(table, rows)| -> PyResult<_> {
        let parc_etl::output::OutputTable { name, description, .. } = table;
        Ok((name, description, PyRecordBatch::new(rows).into_pyarrow(py)?))
    };
    tables.into_iter().map(table).collect()
}

/// A text with its facts marked: as HTML, as text and as JSON.
#[pyfunction]
#[pyo3(signature = (text, *, file, on_topic_only, width))]
pub fn explain(
    py: Python<'_>,
    text: String,
    file: Option<PathBuf>,
    on_topic_only: bool,
    width: usize,
) -> PyResult<(String, String, String)> {
    py.detach(|| {
        let mut pipeline = pipeline_alone(file.as_deref())?;
        pipeline.config.extract.on_topic_only = on_topic_only;
        // Whoever asks about a sentence wants to see what is in it.
        pipeline.config.clean.min_chars = 1;
        let explanation = explain_text(&pipeline, &text).map_err(|error| run_error(&error))?;
        let options = TextOptions { width, styled: false };
        Ok((
            explanation.to_html(),
            strip_str(&explanation.to_text(options)).to_string(),
            explanation.to_json().to_string(),
        ))
    })
}

/// Precision, recall and F1 of the tables in a folder against annotated documents, as JSON.
#[pyfunction]
pub fn evaluate(py: Python<'_>, gold: PathBuf, output: PathBuf) -> PyResult<String> {
    py.detach(|| {
        let evaluation = evaluate_files(&gold, &output, &Options::default()).map_err(|error| other_error(&error))?;
        Ok(evaluation.to_json(false).to_string())
    })
}
