//! Hostile input: whatever lies in the input folder, a run ends, gives each file a row or a reject with its reason, and
//! writes nowhere but into its output folder.

mod content;
mod files;
mod formulas;
mod markup;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use parc_etl::config::Pipeline;
use parc_etl::schema::Table;
use serde::Deserialize;

use super::{check_quotes, default_pipeline, rows, run};

/// An article that is long enough to count, and on the topic.
const ARTICLE: &str = "Sáng 14/6/2022, UBND tỉnh Cao Bằng tổ chức hội nghị trực tuyến về cải cách hành chính. Ông Nguyễn Văn \
                       An, Chủ tịch UBND tỉnh, chủ trì hội nghị. Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,5%.";

/// Limits low enough that tests go beyond them quickly.
const MAX_DOCUMENT_BYTES: u64 = 1 << 20;
const MAX_DECOMPRESSED_BYTES: u64 = 4 << 20;

/// A folder of inputs, `raw/`, beside which a run writes `output/`.
struct Project {
    folder: tempfile::TempDir,
}

#[derive(Debug, Deserialize)]
struct Reject {
    source_path: String,
    source_record: Option<i64>,
    stage: String,
    code: String,
    message: String,
}

#[derive(Debug, Deserialize)]
struct Document {
    source_path: String,
    source_record: Option<i64>,
    title: Option<String>,
    text: String,
}

/// What a run made of the inputs.
struct Outcome {
    documents: Vec<Document>,
    rejects: Vec<Reject>,
}

impl Project {
    fn new() -> Project {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("raw")).unwrap();
        Project { folder }
    }

    /// A project with one input.
    fn with(name: &str, content: impl AsRef<[u8]>) -> Project {
        let project = Project::new();
        project.write(name, content);
        project
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn raw(&self, name: &str) -> PathBuf {
        self.root().join("raw").join(name)
    }

    fn output(&self) -> PathBuf {
        self.root().join("output")
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.raw(name), content).unwrap();
    }

    fn pipeline(&self) -> Pipeline {
        let inputs = vec![format!("{}/raw/**/*", self.root().display())];
        let mut pipeline = default_pipeline(inputs, &self.output());
        pipeline.config.ingest.max_document_bytes = MAX_DOCUMENT_BYTES;
        pipeline.config.ingest.max_decompressed_bytes = MAX_DECOMPRESSED_BYTES;
        pipeline.config.extract.on_topic_only = false;
        pipeline
    }

    /// Runs the default pipeline, and checks what must hold whatever the inputs are.
    fn run(&self) -> Outcome {
        let before = paths(self.root());
        run(&self.pipeline(), 2);
        let rejects: Vec<Reject> = rows(&self.output(), Table::Rejects);
        for reject in &rejects {
            assert_ne!(reject.code, "panic", "{reject:?}");
            assert!(!reject.stage.is_empty() && reject.message.len() > 10, "{reject:?}");
        }
        check_quotes(&self.output());
        let mut after = paths(self.root());
        after.retain(|path, _| !path.starts_with(self.output()));
        assert_eq!(before, after, "a run writes into its output folder alone");
        Outcome {
            documents: rows(&self.output(), Table::Documents),
            rejects,
        }
    }
}

impl Outcome {
    /// The rejects, as `name record stage code`, sorted.
    fn codes(&self) -> Vec<String> {
        let render = |reject: &Reject| {
            let name = reject.source_path.rsplit('/').next().unwrap_or_default();
            let record = reject.source_record.map_or("-".to_owned(), |record| record.to_string());
            format!("{name} {record} {} {}", reject.stage, reject.code)
        };
        let mut codes: Vec<String> = self.rejects.iter().map(render).collect();
        codes.sort();
        codes
    }

    /// The documents, as `name record`, sorted.
    fn names(&self) -> Vec<String> {
        let render = |document: &Document| {
            let name = document.source_path.rsplit('/').next().unwrap_or_default();
            let record = document
                .source_record
                .map_or("-".to_owned(), |record| record.to_string());
            format!("{name} {record}")
        };
        let mut names: Vec<String> = self.documents.iter().map(render).collect();
        names.sort();
        names
    }
}

/// What a run makes of one file: its documents, as record numbers, and its rejects.
#[track_caller]
fn check(name: &str, content: impl AsRef<[u8]>, documents: &[&str], rejects: &[&str]) {
    let outcome = Project::with(name, content).run();
    let expected = |list: &[&str]| list.iter().map(|item| format!("{name} {item}")).collect::<Vec<_>>();
    let found = (outcome.names(), outcome.codes());
    assert_eq!(found, (expected(documents), expected(rejects)), "{:?}", outcome.rejects);
}

/// Each path below `folder`, and its content where it is a file; links are not followed.
fn paths(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            }
            let content = kind.is_file().then(|| fs::read(entry.path()).unwrap());
            found.insert(entry.path(), content);
        }
    }
    found
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

fn json_line(text: &str) -> String {
    format!("{}\n", serde_json::json!({ "text": text }))
}
