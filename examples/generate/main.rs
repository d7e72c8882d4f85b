//! Makes a corpus of any size with known truth: reports on meetings of administrations, reprints of them, and other news.
//!
//! ```sh
//! cargo run --release --example generate -- --documents 10000 --output /tmp/generated
//! parc-etl run pipelines/default.toml --input '/tmp/generated/*.jsonl.gz' --output /tmp/tables
//! ```
//!
//! The folder holds JSON Lines of 10,000 documents each, and `truth.csv`: for each document by its URL the meeting it
//! reports on and the document it reprints. The same options give the same bytes. A larger corpus covers more days, not
//! more meetings a day, as a longer crawl would.

mod article;
mod world;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;
use fastrand::Rng;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use article::Article;
use world::World;

/// Makes a corpus with known truth.
#[derive(Parser)]
struct Options {
    /// Number of documents
    #[arg(long, default_value_t = 10_000)]
    documents: usize,
    /// Folder to write to, made if need be
    #[arg(long)]
    output: PathBuf,
    /// Another number, another corpus
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Meetings on one day
    #[arg(long, default_value_t = 40)]
    per_day: usize,
}

/// Documents in one file.
const FILE: usize = 10_000;
/// Most reports on one meeting.
const MOST_REPORTS: usize = 30;
/// Of so many reports one is a reprint of another.
const REPRINTS: usize = 12;
/// Of so many documents one is about something else.
const OTHERS: usize = 8;

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    fs::create_dir_all(&options.output).with_context(|| options.output.display().to_string())?;
    let mut corpus = Corpus::new(&options.output)?;
    let mut rng = Rng::with_seed(options.seed);
    let world = World::new(options.seed);
    let mut meeting = 0;
    while corpus.written < options.documents {
        let left = options.documents - corpus.written;
        let gathering = world.gathering(&mut rng, meeting, meeting / options.per_day.max(1));
        let mut originals: Vec<Article> = Vec::new();
        for _ in 0..n_reports(&mut rng).min(left) {
            if rng.usize(..OTHERS) == 0 {
                corpus.add(&article::other(&mut rng, &world, &gathering), None, None)?;
                continue;
            }
            let original = rng.choice(&originals).filter(|_| rng.usize(..REPRINTS) == 0);
            match original {
                Some(original) => {
                    let reprint = article::reprint(&mut rng, &world, &gathering, original);
                    corpus.add(&reprint, Some(meeting), Some(&original.url))?;
                }
                None => {
                    let article = article::report(&mut rng, &world, &gathering);
                    corpus.add(&article, Some(meeting), None)?;
                    originals.push(article);
                }
            }
        }
        meeting += 1;
    }
    corpus.finish()
}

/// Many meetings have few reports, few have many.
fn n_reports(rng: &mut Rng) -> usize {
    let share = rng.f64();
    1 + (share * share * share * MOST_REPORTS as f64) as usize
}

/// The files being written.
struct Corpus {
    folder: PathBuf,
    documents: Option<GzEncoder<BufWriter<File>>>,
    truth: csv::Writer<File>,
    written: usize,
}

impl Corpus {
    fn new(folder: &Path) -> anyhow::Result<Corpus> {
        let mut truth = csv::Writer::from_path(folder.join("truth.csv"))?;
        truth.write_record(["url", "meeting", "reprint_of"])?;
        Ok(Corpus {
            folder: folder.to_owned(),
            documents: None,
            truth,
            written: 0,
        })
    }

    fn add(&mut self, article: &Article, meeting: Option<usize>, reprint_of: Option<&str>) -> anyhow::Result<()> {
        if self.written.is_multiple_of(FILE) {
            self.close_file()?;
            let path = self.folder.join(format!("{:05}.jsonl.gz", self.written / FILE));
            let file = BufWriter::new(File::create(path)?);
            self.documents = Some(GzEncoder::new(file, Compression::fast()));
        }
        let record = json!({
            "url": article.url,
            "title": article.title,
            "text": article.text,
            "published_at": article.published.to_string(),
        });
        if let Some(file) = &mut self.documents {
            writeln!(file, "{record}")?;
        }
        let meeting = meeting.map(|meeting| meeting.to_string()).unwrap_or_default();
        self.truth
            .write_record([&article.url, &meeting, reprint_of.unwrap_or_default()])?;
        self.written += 1;
        Ok(())
    }

    fn close_file(&mut self) -> anyhow::Result<()> {
        if let Some(file) = self.documents.take() {
            file.finish()?.flush()?;
        }
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<()> {
        self.close_file()?;
        Ok(self.truth.flush()?)
    }
}
