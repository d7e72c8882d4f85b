//! The steps of a run for another engine, which distributes rows, joins and writes by itself.
//!
//! Whoever has an [`Engine`] does what `flow` does here: reads the files, passes what they hold through the map stages,
//! then takes one step after the other. Each call is a pure function of its rows, so that an engine may make it again after
//! a failure, anywhere.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::mpsc::sync_channel;
use std::thread;

use arrow::array::RecordBatch;
use rustc_hash::FxHashSet;

use super::apply::{Applied, pass_through, run_groups, run_map};
use super::identity::{SOURCES, VERSION, config_hash, short_hash};
use super::inputs::Input;
use super::plan::{Plan, per_document, read_later};
use super::progress::Progress;
use super::read::Reading;
use super::{Counts, RunError, decided, inputs};
use crate::config::Pipeline;
use crate::schema::Table;
use crate::schema::rows::{RawDocumentRow, RejectRow};
use crate::stage::{Partitioning, Stage, Step, batch_of};
use crate::stages::ingest::Ingest;
use crate::stages::resolve::decided_pairs;
use crate::stages::resolve::decisions::Decisions;

/// An input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub path: PathBuf,
    /// Its name in the tables.
    pub source_path: String,
    /// Zero where it cannot be told.
    pub bytes: u64,
}

/// Documents that were read together.
#[derive(Debug, Default)]
pub struct Documents {
    pub rows: Vec<RawDocumentRow>,
    pub rejects: Vec<RejectRow>,
    /// What was read: rows and rejects, and documents that are copies as merged.
    pub counts: Counts,
}

/// The steps of a pipeline, for a run that knows of no earlier one.
pub struct Engine {
    plan: Plan,
    ingest: Ingest,
    steps: Vec<Step>,
    given: Vec<(Table, RecordBatch)>,
    decisions: Arc<Decisions>,
    pipeline: Pipeline,
}

impl Engine {
    /// The steps that the pipeline asks for.
    ///
    /// # Errors
    /// When a file that it names cannot be read or used.
    pub fn new(pipeline: &Pipeline) -> Result<Self, RunError> {
        let plan = Plan::new(pipeline)?;
        let pairs = batch_of("resolve", Table::TextPairs, &decided_pairs(&plan.decisions))?;
        let decisions = Arc::new(plan.decisions.clone());
        Ok(Engine {
            ingest: Ingest::new(&pipeline.config.ingest),
            steps: (plan.table_steps)(&decisions, 1),
            given: vec![(Table::TextPairs, pairs)],
            decisions,
            pipeline: pipeline.clone(),
            plan,
        })
    }

    /// Hash of all that decides the tables but the inputs: program, options, word lists, decisions. Rows may pass between
    /// two engines only where it is equal.
    pub fn id(&self) -> String {
        let identity = serde_json::json!([
            VERSION,
            SOURCES,
            config_hash(&self.pipeline.config),
            self.plan.lexicon_hash,
            self.decisions.hash()
        ]);
        short_hash(identity.to_string().as_bytes())
    }

    /// The pipeline that it was made of.
    pub fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }

    /// The input files, sorted by `source_path`.
    ///
    /// # Errors
    /// When the patterns match nothing.
    pub fn inputs(&self) -> Result<Vec<SourceFile>, RunError> {
        let found = inputs::find(&self.pipeline)?.into_iter();
        let files = found.map(|input| SourceFile {
            bytes: input.path.metadata().map_or(0, |metadata| metadata.len()),
            path: input.path,
            source_path: input.source_path,
        });
        Ok(files.collect())
    }

    /// Reads files in their order, in a thread of its own, and calls `each` with batch after batch of what they hold, until
    /// it answers false.
    ///
    /// Of documents with one id, in one file or in several, only the first by file and record may go on: those for which
    /// `is_copy` is true, by the number of the file in `files` and the record in it, are counted as merged.
    pub fn read(
        &self,
        files: &[SourceFile],
        is_copy: impl Fn(usize, Option<i64>) -> bool + Sync,
        mut each: impl FnMut(Documents) -> bool,
    ) {
        let inputs: Vec<Input> = files
            .iter()
            .map(|file| Input {
                path: file.path.clone(),
                source_path: file.source_path.clone(),
            })
            .collect();
        let reading = Reading {
            reader: self.plan.reader.as_ref(),
            inputs: &inputs,
            batch_rows: self.pipeline.config.pipeline.batch_rows,
            is_new: &|_, (file, record)| !is_copy(file, record),
            state: None,
            interrupted: &AtomicBool::new(false),
            progress: &Progress::new(false, inputs.len(), &[], &Arc::default()),
            next: AtomicUsize::new(0),
        };
        let (sender, receiver) = sync_channel(2);
        thread::scope(|scope| {
            scope.spawn(|| {
                let sender = sender;
                reading.read_files(&sender);
            });
            for batch in receiver {
                let documents = Documents {
                    rows: batch.rows,
                    rejects: batch.rejects,
                    counts: batch.counts,
                };
                if !each(documents) {
                    break;
                }
            }
        });
    }

    /// Passes documents that were read through the map stages and the steps of [`Engine::per_document`]: the name of each
    /// stage, reading first, with what it made of them.
    ///
    /// # Errors
    /// As for [`Engine::apply`].
    pub fn process(&self, documents: Documents) -> Result<Vec<(&'static str, Applied)>, RunError> {
        let raw = batch_of(self.ingest.name(), Table::RawDocuments, &documents.rows)?;
        let mut results = vec![(
            self.ingest.name(),
            Applied {
                tables: vec![(Table::RawDocuments, raw.clone())],
                rejects: documents.rejects,
                counts: documents.counts,
                ..Applied::default()
            },
        )];
        let steps = self.per_document();
        let steps = steps.iter().filter_map(|&number| self.steps[number].as_stage());
        let stages: Vec<&dyn Stage> = self.map_stages().iter().map(AsRef::as_ref).chain(steps).collect();
        let applied = pass_through(&stages, Table::RawDocuments, raw)?;
        results.extend(stages.iter().map(|stage| stage.name()).zip(applied));
        Ok(results)
    }

    /// Numbers of the steps that take what the map stages give one document at a time, so that they can be done together.
    pub fn per_document(&self) -> Vec<usize> {
        per_document(self.map_stages(), &self.steps)
    }

    /// The tables that are published or read by a step from `first` on that is not done per document.
    pub fn needed(&self, first: usize) -> BTreeSet<Table> {
        let read = read_later(&self.steps, &self.per_document(), first);
        Table::PUBLISHED.into_iter().chain(read).collect()
    }

    /// All stages, in the order in which rows flow.
    pub fn stages(&self) -> Vec<&dyn Stage> {
        let of_tables = self.steps.iter().filter_map(Step::as_stage);
        let ingest: &dyn Stage = &self.ingest;
        let map = self.plan.map_stages.iter().map(AsRef::as_ref);
        [ingest].into_iter().chain(map).chain(of_tables).collect()
    }

    /// The stages that take documents batch by batch, each what the one before gives.
    pub fn map_stages(&self) -> &[Box<dyn Stage>] {
        &self.plan.map_stages
    }

    /// The steps over whole tables, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Rows with which the steps over whole tables begin.
    pub fn given(&self) -> &[(Table, RecordBatch)] {
        &self.given
    }

    /// Rows that no document gives.
    pub fn reference_tables(&self) -> &[(Table, RecordBatch)] {
        &self.plan.reference_tables
    }

    /// Applies a stage to rows of which each group that its partitioning asks for is whole, in any order.
    ///
    /// # Errors
    /// When the rows do not fit the stage's input, or it does not account for every row. Bad data and panics give rejects.
    pub fn apply(&self, stage: &dyn Stage, rows: &RecordBatch) -> Result<Applied, RunError> {
        match stage.partitioning() {
            Partitioning::Map => run_map(stage, rows),
            Partitioning::Keyed(column) => run_groups(stage, Some(column), std::slice::from_ref(rows)),
            Partitioning::Whole => run_groups(stage, None, std::slice::from_ref(rows)),
        }
    }

    /// Ids, in the tables, on which the analyst's decisions turn: table, column and the ids to look for.
    pub fn decided_ids(&self) -> Vec<(Table, &'static str, Vec<String>)> {
        let mut ids: Vec<String> = Vec::new();
        for decision in self.decisions.rows() {
            for reference in [Some(&decision.id), decision.other.as_ref()].into_iter().flatten() {
                ids.push(reference.id.clone());
                ids.extend(reference.document_id.clone());
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let places = decided::IDS.iter().filter(|_| !ids.is_empty());
        places.map(|&(table, column)| (table, column, ids.clone())).collect()
    }

    /// The table `decisions`, where the tables hold the ids `known` of those to look for, and these are the `rejects`.
    ///
    /// # Errors
    /// None that data could cause.
    pub fn decided(&self, known: FxHashSet<String>, rejects: &[RejectRow]) -> Result<RecordBatch, RunError> {
        decided::rows(&self.decisions, &known, rejects)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn engine(root: &Path) -> Engine {
        Engine::new(&Pipeline::with_defaults(root, vec!["*.txt".to_owned()])).unwrap()
    }

    #[test]
    fn what_the_map_stages_give_is_taken_per_document_and_the_rest_by_key() {
        let engine = engine(Path::new("/"));
        let names = |numbers: &[usize]| -> Vec<&str> {
            let steps = numbers.iter().map(|&number| &engine.steps[number]);
            steps
                .map(|step| match step {
                    Step::Stage(stage) => stage.name(),
                    Step::Fill(fill) => fill.columns[0].0,
                })
                .collect()
        };
        assert_eq!(names(&engine.per_document()), ["resolve.shingles", "resolve.reports"]);
        let needed = engine.needed(0);
        assert!(needed.contains(&Table::TextBands) && needed.contains(&Table::MeetingCandidates));
        assert!(!needed.contains(&Table::RawDocuments) && !needed.contains(&Table::Extractions));
        assert_eq!(
            engine.needed(engine.steps.len()),
            Table::PUBLISHED.into_iter().collect()
        );
    }

    #[test]
    fn copies_are_counted_and_documents_reach_the_steps() {
        let folder = tempfile::tempdir().unwrap();
        let text = "Sáng 12/5/2020, UBND tỉnh Lạng Sơn tổ chức hội nghị trực tuyến về cải cách hành chính do ông Lê Văn An, \
                    Chủ tịch UBND tỉnh, chủ trì.";
        for name in ["a.txt", "b.txt"] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let engine = engine(folder.path());
        let files = engine.inputs().unwrap();
        assert_eq!(files[1].source_path, "b.txt");
        let mut found = Vec::new();
        engine.read(
            &files,
            |file, _| file == 1,
            |documents| {
                let counts = documents.counts;
                assert_eq!((counts.rows_in, counts.kept, counts.merged), (2, 1, 1));
                for (stage, applied) in engine.process(documents).unwrap() {
                    found.push((stage, applied.counts.rows_in));
                }
                true
            },
        );
        let one = |stage| (stage, 1);
        let expected = ["clean", "extract", "resolve.shingles", "resolve.reports"].map(one);
        assert_eq!(found, [&[("ingest", 2)], &expected[..]].concat());
    }
}
