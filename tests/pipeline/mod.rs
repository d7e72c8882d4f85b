//! Whole runs of the default pipeline: what must hold of the tables whatever the documents are, and how much of what
//! people marked in the sample pages is found.

mod generated;
mod gold;
mod hostile;
mod lasting_ids;
mod reprints;
mod samples;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use parc_etl::config::{Overrides, Pipeline, load_with};
use parc_etl::exec::{self, RunOptions, RunReport};
use parc_etl::schema::{Table, from_batch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The folder of the repository.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The default pipeline with other places to read and write; all paths absolute.
fn default_pipeline(inputs: Vec<String>, output_dir: &Path) -> Pipeline {
    let overrides = Overrides {
        inputs: Some(inputs),
        output_dir: Some(output_dir.to_owned()),
    };
    let (pipeline, _) = load_with(&repository().join("pipelines/default.toml"), overrides).unwrap();
    pipeline
}

fn run(pipeline: &Pipeline, jobs: usize) -> RunReport {
    let options = RunOptions {
        jobs: Some(jobs),
        force: true,
        ..RunOptions::default()
    };
    exec::run(pipeline, &options).unwrap()
}

/// The rows of a Parquet table that a run wrote to `folder`, with the columns that `T` names.
fn rows<T: DeserializeOwned>(folder: &Path, table: Table) -> Vec<T> {
    let path = folder.join(table.name()).with_extension("parquet");
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let batches = reader.build().unwrap();
    batches.flat_map(|batch| from_batch(&batch.unwrap()).unwrap()).collect()
}

/// Name and content of each file in a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().into(), fs::read(&path).unwrap()))
        .collect()
}

/// A stretch of a document, as every table of facts has it.
#[derive(Debug, Deserialize)]
struct Span {
    document_id: String,
    start: i32,
    end: i32,
    quote: String,
}

#[derive(Deserialize)]
struct Text {
    document_id: String,
    text: String,
}

/// Checks that `text[start:end] == quote`, counted in code points, in every row of every table with spans that a run
/// wrote to `folder`; the number of rows by table.
fn check_quotes(folder: &Path) -> BTreeMap<&'static str, usize> {
    let texts: BTreeMap<String, Vec<char>> = rows::<Text>(folder, Table::Documents)
        .into_iter()
        .map(|row| (row.document_id, row.text.chars().collect()))
        .collect();
    let has_spans = |table: &Table| table.schema().field_with_name("quote").is_ok();
    let mut counts = BTreeMap::new();
    for table in Table::PUBLISHED.into_iter().filter(has_spans) {
        let spans: Vec<Span> = rows(folder, table);
        for span in &spans {
            let text = &texts[&span.document_id];
            let stretch: String = text[span.start as usize..span.end as usize].iter().collect();
            assert_eq!(stretch, span.quote, "{}: {span:?}", table.name());
            assert!(!span.quote.is_empty(), "{}: {span:?}", table.name());
        }
        counts.insert(table.name(), spans.len());
    }
    counts
}
