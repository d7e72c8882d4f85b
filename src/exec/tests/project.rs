//! A project folder to run the small plan in.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::lines::plan;
use crate::exec::*;

/// A project folder with input files; dropped with everything in it.
pub struct Project {
    pub folder: tempfile::TempDir,
    pub pipeline: Pipeline,
}

impl Project {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let config = serde_json::json!({
            "pipeline": { "name": "test", "max_reject_share": 0.5 },
            "ingest": { "inputs": ["raw/**/*.txt"] },
        });
        let pipeline = Pipeline {
            config: serde_json::from_value(config).unwrap(),
            path: folder.path().join("pipeline.toml"),
            root: folder.path().to_owned(),
        };
        Project { folder, pipeline }
    }

    pub fn run(&self, options: &RunOptions) -> Result<RunReport, RunError> {
        let until = Until::parse(options.until.as_deref())?;
        run_plan(&plan(), &self.pipeline, options, until)
    }

    pub fn output(&self) -> PathBuf {
        self.folder.path().join("output")
    }

    /// Name and content of every file in the output folder.
    pub fn output_files(&self) -> BTreeMap<String, Vec<u8>> {
        let Ok(entries) = fs::read_dir(self.output()) else {
            return BTreeMap::new();
        };
        entries
            .map(|entry| entry.unwrap())
            .map(|entry| {
                (
                    entry.file_name().into_string().unwrap(),
                    fs::read(entry.path()).unwrap(),
                )
            })
            .collect()
    }

    /// Selected columns of a CSV table, joined by `|`.
    pub fn rows(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let mut reader = csv::Reader::from_path(self.output().join(format!("{table}.csv"))).unwrap();
        let header = reader.headers().unwrap().clone();
        let name_of = |column: &str| column.trim_start_matches('\u{feff}').to_owned();
        let index = |name: &&str| header.iter().position(|column| name_of(column) == *name).unwrap();
        let columns: Vec<usize> = columns.iter().map(index).collect();
        reader
            .records()
            .map(|record| record.unwrap())
            .map(|record| {
                columns
                    .iter()
                    .map(|&column| &record[column])
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect()
    }
}
