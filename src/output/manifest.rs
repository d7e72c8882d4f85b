//! `manifest.json`: where the tables came from and what they are, without clock or machine, so that equal runs give
//! equal bytes.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{DATA_PACKAGE_FILE, MANIFEST_FILE, TableFile};

/// The content of `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program.
    pub parc_etl: String,
    /// Hash of the program's source files, which hold the rules.
    #[serde(default)]
    pub sources_hash: String,
    /// Hash of everything that decides the tables: program, options, lexicons, decisions and inputs.
    pub run_id: String,
    /// Name of the pipeline.
    pub pipeline: String,
    /// Last stage, where the run stopped before the end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<String>,
    /// Hash of the options that bear on the tables.
    pub config_hash: String,
    /// Hash of all lexicon entries and furniture lines.
    pub lexicon_hash: String,
    /// Hash of the analyst's decisions; none where there are none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decisions_hash: Option<String>,
    /// By path.
    pub inputs: Vec<InputFile>,
    /// In the order in which rows flow.
    pub stages: Vec<StageCounts>,
    /// The tables' files, in the order of the contract.
    pub files: Vec<TableFile>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// As in the tables' `source_path`.
    pub path: String,
    pub bytes: u64,
    /// None where it could not be read.
    pub blake3: Option<String>,
}

/// What became of the rows that a stage took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageCounts {
    pub stage: String,
    pub rows_in: usize,
    pub kept: usize,
    pub rejected: usize,
    pub merged: usize,
}

impl Manifest {
    /// The manifest in a folder; none where there is none or it is not one of ours.
    pub fn read(folder: &Path) -> Option<Manifest> {
        let json = std::fs::read(folder.join(MANIFEST_FILE)).ok()?;
        serde_json::from_slice(&json).ok()
    }

    /// Names of all files that were written with it, itself included.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        let tables = self.files.iter().map(|file| file.path.as_str());
        tables.chain([DATA_PACKAGE_FILE, MANIFEST_FILE])
    }
}
