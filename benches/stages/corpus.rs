//! What is measured on: the sample pages many times over and, where it lies beside the checkout, a folder of news.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use arrow::array::{BinaryArray, RecordBatch, StringArray};
use arrow::compute::concat_batches;
use flate2::bufread::GzDecoder;
use parc_etl::config::{ExtractConfig, Overrides, Pipeline, ResolveConfig, load_with};
use parc_etl::lexicon::Lexicon;
use parc_etl::schema::rows::{DocumentRow, RawDocumentRow};
use parc_etl::schema::{Table, from_batch};
use parc_etl::stage::{Stage, StageOutput, Step};
use parc_etl::stages::clean::Clean;
use parc_etl::stages::extract::Extract;
use parc_etl::stages::ingest::Ingest;
use parc_etl::stages::resolve;
use parc_etl::text::fold::fold;
use tempfile::TempDir;

/// How often the sample pages are repeated: about 3 MB of text.
const COPIES: usize = 32;
/// How many articles of the news are taken: about 8 MB of text.
const NEWS_ARTICLES: usize = 2_000;
/// Rows per batch, as the default pipeline has it.
const BATCH_ROWS: usize = 256;

/// A text collection to measure on.
#[derive(Clone, Copy, Debug)]
pub enum Corpus {
    SamplePages,
    News,
}

impl Corpus {
    /// Those that are there.
    pub fn available() -> Vec<Corpus> {
        let mut corpora = vec![Corpus::SamplePages];
        if news_path().exists() {
            corpora.push(Corpus::News);
        }
        corpora
    }

    /// Its documents, prepared once.
    pub fn data(self) -> &'static Data {
        static SAMPLE_PAGES: LazyLock<Data> = LazyLock::new(|| Data::new(&sample_pages()));
        static NEWS: LazyLock<Data> = LazyLock::new(|| Data::new(&news()));
        match self {
            Corpus::SamplePages => &SAMPLE_PAGES,
            Corpus::News => &NEWS,
        }
    }
}

/// The stages that take a batch at a time.
pub struct Stages {
    pub ingest: Ingest,
    pub clean: Clean,
    pub extract: Extract,
}

/// A collection at every point of its way.
pub struct Data {
    pub stages: Stages,
    /// The default pipeline, reading the collection's file.
    pub pipeline: Pipeline,
    pub sources: Vec<RecordBatch>,
    pub raw: Vec<RecordBatch>,
    pub documents: Vec<RecordBatch>,
    pub extractions: Vec<RecordBatch>,
    pub tables: BTreeMap<Table, RecordBatch>,
    pub texts: Vec<String>,
    pub folded: Vec<String>,
    pub text_bytes: usize,
    pub n_documents: usize,
    _folder: TempDir,
}

impl Data {
    /// Prepares a collection, given as JSON Lines.
    fn new(json_lines: &[u8]) -> Data {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("documents.jsonl");
        fs::write(&path, json_lines).expect("the temporary folder can be written");
        let pipeline = default_pipeline(Overrides {
            inputs: Some(vec![path.to_string_lossy().into_owned()]),
            output_dir: Some(folder.path().join("output")),
        });
        let (config, lexicon) = (&pipeline.config, Lexicon::embedded());
        let every_text = ExtractConfig {
            on_topic_only: false,
            ..config.extract.clone()
        };
        let stages = Stages {
            ingest: Ingest::new(&config.ingest),
            clean: Clean::new(&config.clean, lexicon.clone(), &[]).expect("the embedded lexicon is right"),
            extract: Extract::new(&every_text, lexicon),
        };
        let sources = vec![source("documents.jsonl", json_lines)];
        let raw = split(&output(&stages.ingest, &sources));
        let documents = split(&output(&stages.clean, &raw));
        let extractions = split(&output(&stages.extract, &documents));
        let texts: Vec<String> = documents
            .iter()
            .flat_map(|batch| from_batch::<DocumentRow>(batch).expect("the stage's own table"))
            .map(|document| document.text)
            .collect();
        Data {
            stages,
            pipeline,
            sources,
            tables: resolve(documents.clone(), extractions.clone()),
            raw,
            documents,
            extractions,
            folded: texts.iter().map(|text| fold(text)).collect(),
            text_bytes: texts.iter().map(String::len).sum(),
            n_documents: texts.len(),
            texts,
            _folder: folder,
        }
    }
}

/// Runs the steps of resolution one after the other, each over all its rows at once.
pub fn resolve(documents: Vec<RecordBatch>, extractions: Vec<RecordBatch>) -> BTreeMap<Table, RecordBatch> {
    let mut tables = BTreeMap::from([(Table::Documents, documents), (Table::Extractions, extractions)]);
    for step in resolve::steps(&ResolveConfig::default(), &Default::default(), 1) {
        let stage = match step {
            Step::Stage(stage) => stage,
            Step::Fill(fill) => {
                let batches = |table| tables.get(table).map_or(&[][..], Vec::as_slice);
                let filled = fill
                    .apply(batches(&fill.table), batches(&fill.from))
                    .expect("the columns fit");
                tables.insert(fill.table, filled);
                continue;
            }
        };
        let input = joined(stage.input(), tables.get(&stage.input()).map_or(&[][..], Vec::as_slice));
        let StageOutput { tables: rows, .. } = stage.apply(&input).expect("the batches fit the stage");
        if stage.outputs().contains(&stage.input()) {
            tables.remove(&stage.input());
        }
        for (table, batch) in rows {
            tables.entry(table).or_default().push(batch);
        }
    }
    tables
        .into_iter()
        .map(|(table, batches)| (table, joined(table, &batches)))
        .collect()
}

fn joined(table: Table, batches: &[RecordBatch]) -> RecordBatch {
    concat_batches(&table.schema(), batches).expect("batches of one table")
}

/// All rows that a stage gives.
fn output(stage: &dyn Stage, batches: &[RecordBatch]) -> RecordBatch {
    let table = stage.outputs()[0];
    let outputs: Vec<RecordBatch> = batches
        .iter()
        .flat_map(|batch| stage.apply(batch).expect("the batches fit the stage").tables)
        .map(|(_, rows)| rows)
        .collect();
    joined(table, &outputs)
}

fn split(batch: &RecordBatch) -> Vec<RecordBatch> {
    (0..batch.num_rows())
        .step_by(BATCH_ROWS)
        .map(|start| batch.slice(start, BATCH_ROWS.min(batch.num_rows() - start)))
        .collect()
}

/// A source file as the ingest stage takes it.
fn source(path: &str, content: &[u8]) -> RecordBatch {
    let paths = Arc::new(StringArray::from(vec![path]));
    let contents = Arc::new(BinaryArray::from(vec![content]));
    RecordBatch::try_new(Table::Sources.schema(), vec![paths, contents]).expect("the columns of the table")
}

fn default_pipeline(overrides: Overrides) -> Pipeline {
    let path = repository().join("pipelines/default.toml");
    load_with(&path, overrides).expect("the default pipeline is right").0
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn news_path() -> PathBuf {
    repository().join("../shared/corpus/news-2017.jsonl.gz")
}

/// The first articles of the news.
fn news() -> Vec<u8> {
    let file = File::open(news_path()).expect("it was there a moment ago");
    let mut lines = BufReader::new(GzDecoder::new(BufReader::new(file)));
    let mut taken = Vec::new();
    for _ in 0..NEWS_ARTICLES {
        lines.read_until(b'\n', &mut taken).expect("gzip of JSON Lines");
    }
    taken
}

/// The pages of `raw/`, each [`COPIES`] times as a document of its own.
fn sample_pages() -> Vec<u8> {
    let ingest = Ingest::new(&default_pipeline(Overrides::default()).config.ingest);
    let mut paths: Vec<PathBuf> = fs::read_dir(repository().join("raw"))
        .expect("the sample pages")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let mut pages: Vec<RawDocumentRow> = paths.iter().flat_map(|path| pages(&ingest, path)).collect();
    // A run takes a page that is there twice once.
    pages.sort_by(|a, b| a.document_id.cmp(&b.document_id));
    pages.dedup_by(|a, b| a.document_id == b.document_id);
    let mut json_lines = Vec::new();
    for copy in 0..COPIES {
        for page in &pages {
            let record = serde_json::json!({
                "id": format!("{copy}/{}", page.document_id),
                "url": page.url,
                "title": page.title,
                "text": page.text,
                "html": page.html,
                "published_at": page.published_at,
                "site": page.site,
            });
            writeln!(json_lines, "{record}").expect("memory can be written");
        }
    }
    json_lines
}

fn pages(ingest: &Ingest, path: &Path) -> Vec<RawDocumentRow> {
    let name = path.to_string_lossy();
    ingest.open(&name, path).filter_map(Result::ok).collect()
}
