//! What a run does, in order: the reader, the stages, and the tables that come with the program.

use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::RecordBatch;

use super::read::Reader;
use super::{RunError, STAGES};
use crate::config::{Pipeline, decision_files, lexicon_files};
use crate::lexicon::{Lexicon, areas};
use crate::schema::Table;
use crate::stage::{Partitioning, Stage, Step, table_of};
use crate::stages::clean::Clean;
use crate::stages::extract::Extract;
use crate::stages::ingest::Ingest;
use crate::stages::resolve;
use crate::stages::resolve::decisions::Decisions;

/// Gives the steps over whole tables, for the decisions and the number of a run.
pub(super) type TableSteps = Box<dyn Fn(&Arc<Decisions>, i32) -> Vec<Step> + Send + Sync>;

/// The steps of a run.
pub(super) struct Plan {
    pub reader: Box<dyn Reader>,
    /// Each takes what the one before gives, batch by batch.
    pub map_stages: Vec<Box<dyn Stage>>,
    /// The steps that each take all rows of their tables, for these decisions and a run of that number.
    pub table_steps: TableSteps,
    /// Rows that no document gives.
    pub reference_tables: Vec<(Table, RecordBatch)>,
    /// Hash of all lexicon entries.
    pub lexicon_hash: String,
    /// What the analyst decided.
    pub decisions: Decisions,
}

impl Plan {
    /// The steps that the pipeline file asks for.
    ///
    /// # Errors
    /// When a file that it names cannot be read or used.
    pub fn new(pipeline: &Pipeline) -> Result<Self, RunError> {
        let config = &pipeline.config;
        let lexicon = lexicon(pipeline)?;
        let furniture = config
            .clean
            .furniture
            .iter()
            .map(|path| {
                let path = pipeline.root.join(path);
                std::fs::read_to_string(&path).map_err(RunError::io("read", &path))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let clean = Clean::new(&config.clean, lexicon.clone(), &furniture)?;
        let reference_tables = vec![
            table_of("resolve", Table::Areas, &areas::rows())?,
            table_of("resolve", Table::IndicatorDefinitions, &lexicon.registry().rows())?,
        ];
        let mut hasher = blake3::Hasher::new();
        hasher.update(lexicon.hash().as_bytes());
        for text in &furniture {
            hasher.update(blake3::hash(text.as_bytes()).as_bytes());
        }
        Ok(Plan {
            reader: Box::new(Ingest::new(&config.ingest)),
            map_stages: vec![Box::new(clean), Box::new(Extract::new(&config.extract, lexicon))],
            table_steps: Box::new({
                let config = config.resolve.clone();
                move |decisions, run| resolve::steps(&config, decisions, run)
            }),
            reference_tables,
            lexicon_hash: hasher.finalize().to_hex()[..32].to_owned(),
            decisions: decisions(pipeline)?,
        })
    }

    /// Names of the stages that run, for progress and logs.
    pub fn stage_names(&self, until: Until, table_steps: &[Step]) -> Vec<&'static str> {
        let of_tables = table_steps.iter().filter(|_| until >= Until::Resolve);
        let map = self.map_stages(until).iter().map(AsRef::as_ref);
        let stages = map.chain(of_tables.filter_map(Step::as_stage)).map(Stage::name);
        ["ingest"].into_iter().chain(stages).collect()
    }

    /// The stages that take documents batch by batch, as far as a run goes.
    pub fn map_stages(&self, until: Until) -> &[Box<dyn Stage>] {
        let count = match until {
            Until::Ingest => 0,
            Until::Clean => 1,
            Until::Extract | Until::Resolve | Until::Aggregate => self.map_stages.len(),
        };
        &self.map_stages[..count.min(self.map_stages.len())]
    }
}

/// Numbers of the steps that take what the map stages give one document at a time, so that they can be done together.
pub(super) fn per_document(map_stages: &[Box<dyn Stage>], steps: &[Step]) -> Vec<usize> {
    let outputs = map_stages.iter().flat_map(|stage| stage.outputs());
    let mut unchanged: Vec<Table> = outputs.copied().collect();
    let mut numbers = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        match step {
            Step::Stage(stage) if stage.partitioning() == Partitioning::Map && unchanged.contains(&stage.input()) => {
                numbers.push(number);
            }
            Step::Stage(stage) => unchanged.retain(|table| !stage.outputs().contains(table)),
            Step::Fill(fill) => unchanged.retain(|table| *table != fill.table),
        }
    }
    numbers
}

/// The tables that steps from `first` on read, but for those that are done per document.
pub(super) fn read_later(steps: &[Step], per_document: &[usize], first: usize) -> Vec<Table> {
    let later = steps.iter().enumerate().skip(first);
    later
        .filter(|(number, _)| !per_document.contains(number))
        .flat_map(|(_, step)| step.reads())
        .collect()
}

/// The built-in lexicon with what the pipeline adds.
///
/// # Errors
/// When a file that it names cannot be read or used.
pub(crate) fn lexicon(pipeline: &Pipeline) -> Result<Arc<Lexicon>, RunError> {
    let files = lexicon_files(&pipeline.config, &pipeline.root).map_err(cannot_read)?;
    Ok(Lexicon::extended(&files)?)
}

/// The decisions of all files that the pipeline names.
fn decisions(pipeline: &Pipeline) -> Result<Decisions, RunError> {
    let files = decision_files(&pipeline.config, &pipeline.root).map_err(cannot_read)?;
    Ok(Decisions::read(&files)?)
}

fn cannot_read((path, source): (PathBuf, std::io::Error)) -> RunError {
    RunError::io("read", &path)(source)
}

/// How far a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Until {
    Ingest,
    Clean,
    Extract,
    Resolve,
    Aggregate,
}

impl Until {
    /// The stage of that name; the last without a name.
    pub fn parse(name: Option<&str>) -> Result<Self, RunError> {
        match name {
            Some("ingest") => Ok(Until::Ingest),
            Some("clean") => Ok(Until::Clean),
            Some("extract") => Ok(Until::Extract),
            Some("resolve") => Ok(Until::Resolve),
            Some("aggregate") | None => Ok(Until::Aggregate),
            Some(name) => Err(RunError::UnknownStage {
                name: name.to_owned(),
                stages: STAGES.to_vec(),
            }),
        }
    }

    /// The tables that exist after it and are written.
    pub fn tables(self) -> &'static [Table] {
        match self {
            Until::Ingest => &[Table::RawDocuments, Table::Rejects],
            Until::Clean => &[Table::Documents, Table::Rejects],
            Until::Extract => &[Table::Documents, Table::Extractions, Table::Rejects],
            Until::Resolve | Until::Aggregate => &Table::PUBLISHED,
        }
    }
}
