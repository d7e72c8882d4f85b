//! What goes wrong, as Python exceptions with the library's messages.

use std::error::Error;

use parc_etl::config::{Problems, Severity};
use pyo3::exceptions::{PyException, PyKeyboardInterrupt};
use pyo3::prelude::*;

pyo3::create_exception!(
    parc_etl,
    ParcEtlError,
    PyException,
    "Whatever parc_etl could not do; the base of its exceptions."
);
pyo3::create_exception!(
    parc_etl,
    ConfigError,
    ParcEtlError,
    "A pipeline file that cannot run. `problems` has every mistake in it, as a list of Problem."
);
pyo3::create_exception!(
    parc_etl,
    RunError,
    ParcEtlError,
    "A run that could not be done; what was in the output folder is unchanged."
);

/// A mistake in a pipeline file, or in a file that it names.
#[pyclass(frozen, get_all, module = "parc_etl")]
pub struct Problem {
    /// "error" or "warning".
    severity: &'static str,
    /// What is wrong, as a sentence without a full stop.
    message: String,
    /// What to do about it.
    hint: Option<String>,
    /// The file that it is about.
    path: String,
    /// From 1; none where the file cannot be read.
    line: Option<usize>,
    /// From 1, in characters.
    column: Option<usize>,
}

#[pymethods]
impl Problem {
    fn __repr__(&self) -> String {
        let place = match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.path),
            _ => self.path.clone(),
        };
        format!("<{}: {place}: {}>", self.severity, self.message)
    }
}

/// All mistakes in a pipeline file, each shown at its place.
pub fn config_error(problems: &Problems) -> PyErr {
    let list: Vec<Problem> = problems
        .iter()
        .map(|problem| {
            let place = problems.position(problem);
            Problem {
                severity: match problem.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                },
                message: problem.message.clone(),
                hint: problem.hint.clone(),
                path: problems.file_of(problem).0.display().to_string(),
                line: place.map(|(line, _)| line),
                column: place.map(|(_, column)| column),
            }
        })
        .collect();
    let error = ConfigError::new_err(problems.render(false));
    Python::attach(|py| match error.value(py).setattr("problems", list) {
        Ok(()) => error,
        Err(error) => error,
    })
}

/// A run that could not be done; one that was interrupted is a `KeyboardInterrupt`.
pub fn run_error(error: &parc_etl::exec::RunError) -> PyErr {
    match error {
        parc_etl::exec::RunError::Interrupted => PyKeyboardInterrupt::new_err(error.to_string()),
        _ => RunError::new_err(with_causes(error)),
    }
}

/// Anything else.
pub fn other_error(error: &dyn Error) -> PyErr {
    ParcEtlError::new_err(with_causes(error))
}

/// The message of an error and of what led to it, without what was said already.
fn with_causes(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !message.contains(&text) {
            message = format!("{message}: {text}");
        }
        cause = error.source();
    }
    message
}
