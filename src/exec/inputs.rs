//! The input files of a run: which they are, what they are called in the tables, and what is in them.

use std::fs::File;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::RunError;
use crate::config::{Pipeline, matching_files};
use crate::output::InputFile;

/// An input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    pub path: PathBuf,
    /// Its name in the tables: relative to the pipeline's root where it lies below it, with `/` between folders.
    pub source_path: String,
}

/// The files that the pipeline's patterns match outside the output folder and the state folder, each once, sorted by `source_path`.
pub(super) fn find(pipeline: &Pipeline) -> Result<Vec<Input>, RunError> {
    let patterns = &pipeline.config.ingest.inputs;
    let root = absolute(&pipeline.root)?;
    let output_dir = absolute(&pipeline.root.join(&pipeline.config.output.dir))?;
    if root.starts_with(&output_dir) {
        return Err(RunError::OutputHoldsProject { output_dir });
    }
    let state = pipeline.config.state.as_ref();
    let state_dir = state.map(|state| absolute(&root.join(&state.dir))).transpose()?;
    let is_own = |path: &Path| {
        let own = [Some(&output_dir), state_dir.as_ref()];
        own.into_iter().flatten().any(|dir| path.starts_with(dir))
    };
    let mut inputs = Vec::new();
    for pattern in patterns {
        for path in matching_files(&root, pattern)? {
            let path = absolute(&path)?;
            if !is_own(&path) {
                let source_path = source_path(&root, &path);
                inputs.push(Input { path, source_path });
            }
        }
    }
    inputs.sort_by(|a, b| a.source_path.cmp(&b.source_path));
    inputs.dedup_by(|a, b| a.source_path == b.source_path);
    if inputs.is_empty() {
        return Err(RunError::NoInput {
            root,
            patterns: patterns.clone(),
        });
    }
    Ok(inputs)
}

/// Size and hash of each file.
pub(super) fn fingerprints(inputs: &[Input]) -> Vec<InputFile> {
    let fingerprint = |input: &Input| {
        let hash = || -> std::io::Result<String> {
            let mut hasher = blake3::Hasher::new();
            hasher.update_reader(File::open(&input.path)?)?;
            Ok(hasher.finalize().to_hex().to_string())
        };
        InputFile {
            path: input.source_path.clone(),
            bytes: input.path.metadata().map_or(0, |metadata| metadata.len()),
            blake3: hash().ok(),
        }
    };
    inputs.par_iter().map(fingerprint).collect()
}

fn source_path(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let path = path.to_string_lossy();
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into_owned()
    }
}

/// The path from the file system's root, without `.` and `..`. Links are not followed: a folder that is linked into the
/// project counts as part of it.
fn absolute(path: &Path) -> Result<PathBuf, RunError> {
    let path = std::path::absolute(path).map_err(RunError::io("find", path))?;
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    Ok(normal)
}
