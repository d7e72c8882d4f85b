//! How fast each stage is on one core, beside a floor: the least that any extractor must do with the same text.
//!
//! Every row counts the bytes of the documents' cleaned text, so that rows compare and times add up. Machines differ and
//! so do days; ratios within one run tell. `README.md` beside this folder shows a run and how to read it.

mod corpus;
mod floor;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use parc_etl::exec::{self, RunOptions};
use parc_etl::output::TableReadError;
use parc_etl::schema::Table;
use parc_etl::stage::Stage;
use parc_etl::stages::aggregate::{self, Batches, Source};

use corpus::{Corpus, Data};
use floor::Floor;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A benchmark whose figures count the documents of `data` and the bytes of their text.
fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, data: &Data) -> Bencher<'a, 'b> {
    bencher
        .counter(BytesCount::new(data.text_bytes))
        .counter(ItemsCount::new(data.n_documents))
}

/// The tables of a run, in memory.
struct Held(&'static BTreeMap<Table, RecordBatch>);

impl Held {
    fn rows(&self, table: &str) -> RecordBatch {
        let table = Table::by_name(table).expect("a table of the contract");
        let rows = self.0.get(&table).cloned();
        rows.unwrap_or_else(|| RecordBatch::new_empty(table.schema()))
    }
}

impl Source for Held {
    fn schema(&self, table: &str) -> Option<SchemaRef> {
        Some(Table::by_name(table)?.schema())
    }

    fn num_rows(&self, table: &str) -> usize {
        self.rows(table).num_rows()
    }

    fn batches(&self, table: &str, columns: &[usize]) -> Result<Batches<'_>, TableReadError> {
        let rows = self.rows(table).project(columns).expect("columns of the table");
        Ok(Box::new(std::iter::once(Ok(rows))))
    }
}

/// A stage over batches, one after the other.
fn apply(stage: &dyn Stage, batches: &[RecordBatch]) -> usize {
    batches
        .iter()
        .map(|batch| stage.apply(batch).expect("the batches fit the stage").kept)
        .sum()
}

#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod floor_of_the_text {
    use super::*;

    /// The automaton over all lexicon phrases.
    #[divan::bench(args = Corpus::available())]
    fn a_phrases(bencher: Bencher, corpus: Corpus) {
        let (data, floor) = (corpus.data(), Floor::get());
        counted(bencher, data).bench_local(|| data.folded.iter().map(|text| floor.phrases(text)).sum::<usize>());
    }

    /// The patterns of numbers, dates and runs of capitals.
    #[divan::bench(args = Corpus::available())]
    fn b_patterns(bencher: Bencher, corpus: Corpus) {
        let (data, floor) = (corpus.data(), Floor::get());
        counted(bencher, data).bench_local(|| data.texts.iter().map(|text| floor.patterns(text)).sum::<usize>());
    }

    /// Both: the floor.
    #[divan::bench(args = Corpus::available())]
    fn c_both(bencher: Bencher, corpus: Corpus) {
        let (data, floor) = (corpus.data(), Floor::get());
        counted(bencher, data).bench_local(|| {
            let phrases: usize = data.folded.iter().map(|text| floor.phrases(text)).sum();
            let patterns: usize = data.texts.iter().map(|text| floor.patterns(text)).sum();
            phrases + patterns
        });
    }
}

#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod stage {
    use super::*;

    #[divan::bench(args = Corpus::available())]
    fn a_ingest(bencher: Bencher, corpus: Corpus) {
        let data = corpus.data();
        counted(bencher, data).bench_local(|| apply(&data.stages.ingest, &data.sources));
    }

    #[divan::bench(args = Corpus::available())]
    fn b_clean(bencher: Bencher, corpus: Corpus) {
        let data = corpus.data();
        counted(bencher, data).bench_local(|| apply(&data.stages.clean, &data.raw));
    }

    /// Over every text, on the topic or not.
    #[divan::bench(args = Corpus::available())]
    fn c_extract(bencher: Bencher, corpus: Corpus) {
        let data = corpus.data();
        counted(bencher, data).bench_local(|| apply(&data.stages.extract, &data.documents));
    }

    #[divan::bench(args = Corpus::available())]
    fn d_resolve(bencher: Bencher, corpus: Corpus) {
        let data = corpus.data();
        counted(bencher, data).bench_local(|| corpus::resolve(data.documents.clone(), data.extractions.clone()));
    }

    #[divan::bench(args = Corpus::available())]
    fn e_aggregate(bencher: Bencher, corpus: Corpus) {
        let data = corpus.data();
        let tables: Arc<dyn Source> = Arc::new(Held(&data.tables));
        let blocks = &data.pipeline.config.aggregate;
        counted(bencher, data).bench_local(|| aggregate::run(blocks, &tables).expect("the default pipeline's SQL"));
    }
}

/// From the file to the published tables, Parquet and CSV, with the default pipeline.
#[divan::bench_group(sample_count = 3, sample_size = 1)]
mod whole_run {
    use super::*;

    #[divan::bench(args = Corpus::available())]
    fn a_one_thread(bencher: Bencher, corpus: Corpus) {
        run(bencher, corpus, Some(1));
    }

    #[divan::bench(args = Corpus::available())]
    fn b_all_cores(bencher: Bencher, corpus: Corpus) {
        run(bencher, corpus, None);
    }

    fn run(bencher: Bencher, corpus: Corpus, jobs: Option<usize>) {
        let data = corpus.data();
        let options = RunOptions {
            jobs,
            force: true,
            interrupted: AtomicBool::new(false).into(),
            ..RunOptions::default()
        };
        counted(bencher, data).bench_local(|| exec::run(&data.pipeline, &options).expect("the run succeeds"));
    }
}
