//! Running a pipeline while Python looks on.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use parc_etl::exec::{self, RunOptions, Tally};
use pyo3::prelude::*;

use crate::errors::{other_error, run_error};
use crate::pipeline;

/// How often Python is asked whether to go on, and told how far it is.
const LOOK: Duration = Duration::from_millis(100);

/// Runs the pipeline in a file; the report as JSON.
#[pyfunction]
#[expect(
    clippy::too_many_arguments,
    reason = "the options of a run, which Python gives by name"
)]
#[pyo3(signature = (file, *, input, output, jobs, until, force, bars, progress))]
pub fn run(
    py: Python<'_>,
    file: PathBuf,
    input: Option<Vec<String>>,
    output: Option<PathBuf>,
    jobs: Option<usize>,
    until: Option<String>,
    force: bool,
    bars: bool,
    progress: Option<Py<PyAny>>,
) -> PyResult<String> {
    let pipeline = py.detach(|| pipeline(Some(&file), input, output))?;
    let options = RunOptions {
        jobs,
        until,
        force,
        progress: bars,
        ..RunOptions::default()
    };
    let watched = options.clone();
    let report = interruptible(py, &watched.interrupted, progress.as_ref(), &watched.tally, move || {
        exec::run(&pipeline, &options)
    })?;
    let report = report.map_err(|error| run_error(&error))?;
    serde_json::to_string(&report).map_err(|error| other_error(&error))
}

/// The result of `work`, done in a thread of its own, while Ctrl-C and other signals reach Python here.
///
/// `progress` is called with `(files, files_read, [(stage, rows), …])` now and then. An exception in it, or in a handler of
/// a signal, stops the work.
pub fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    interrupted: &Arc<AtomicBool>,
    progress: Option<&Py<PyAny>>,
    tally: &Tally,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, mut receiver) = channel();
    let worker = thread::spawn(move || {
        // Nobody to take the result means that the interpreter is gone.
        let _ = sender.send(work());
    });
    loop {
        if let Some(result) = py.detach(|| next(&mut receiver))? {
            tell(py, progress, tally)?;
            return Ok(result);
        }
        if let Err(error) = py.check_signals().and_then(|()| tell(py, progress, tally)) {
            interrupted.store(true, Ordering::Relaxed);
            // A panic of the worker matters no more than its result does.
            let _ = py.detach(|| worker.join());
            return Err(error);
        }
    }
}

fn next<T>(receiver: &mut Receiver<T>) -> PyResult<Option<T>> {
    match receiver.recv_timeout(LOOK) {
        Ok(result) => Ok(Some(result)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(crate::errors::ParcEtlError::new_err(
            "the run failed inside the program; please report this",
        )),
    }
}

fn tell(py: Python<'_>, progress: Option<&Py<PyAny>>, tally: &Tally) -> PyResult<()> {
    if let Some(progress) = progress {
        progress.call1(py, (tally.files(), tally.files_read(), tally.stages()))?;
    }
    Ok(())
}
