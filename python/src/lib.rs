//! The native module of the Python package: the library's functions over Arrow data that are handed over without a copy.
//!
//! The package's own Python files say what users see; this is what they stand on. Whatever takes long runs without the
//! interpreter's lock and can be interrupted.

mod errors;
mod facts;
mod plan;
mod run;
mod stages;
mod tables;
mod wire;

use std::path::{Path, PathBuf};

use parc_etl::config::{Overrides, Pipeline, load_with};
use pyo3::prelude::*;

use errors::config_error;

/// Gives memory back that tables have left, and is faster than the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
fn _parc_etl(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("STAGES", parc_etl::exec::STAGES)?;
    module.add("ParcEtlError", py.get_type::<errors::ParcEtlError>())?;
    module.add("ConfigError", py.get_type::<errors::ConfigError>())?;
    module.add("RunError", py.get_type::<errors::RunError>())?;
    module.add_class::<errors::Problem>()?;
    module.add_class::<stages::Stage>()?;
    module.add_class::<plan::Plan>()?;
    module.add_class::<plan::Step>()?;
    module.add_class::<plan::Reading>()?;
    module.add_function(wrap_pyfunction!(run::run, module)?)?;
    module.add_function(wrap_pyfunction!(facts::extract, module)?)?;
    module.add_function(wrap_pyfunction!(facts::explain, module)?)?;
    module.add_function(wrap_pyfunction!(facts::evaluate, module)?)?;
    module.add_function(wrap_pyfunction!(stages::stages, module)?)?;
    module.add_function(wrap_pyfunction!(tables::describe, module)?)?;
    Ok(())
}

/// The pipeline in a file, or the one that is part of the program; `input` and `output` in place of the file's.
fn pipeline(file: Option<&Path>, input: Option<Vec<String>>, output: Option<PathBuf>) -> PyResult<Pipeline> {
    let Some(file) = file else {
        return Ok(Pipeline::built_in(&std::env::current_dir()?));
    };
    let overrides = Overrides {
        inputs: input,
        output_dir: output,
    };
    let (pipeline, _) = load_with(file, overrides).map_err(|problems| config_error(&problems))?;
    Ok(pipeline)
}

/// As [`pipeline`], where what the pipeline reads and writes plays no part and need not be there.
fn pipeline_alone(file: Option<&Path>) -> PyResult<Pipeline> {
    pipeline(file, Some(vec!["*".to_owned()]), Some(PathBuf::from("/nowhere")))
}
