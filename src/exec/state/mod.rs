//! What earlier runs worked out of documents, so that none is cleaned and extracted twice.
//!
//! A document is known by its id, which is a hash of its content; what was worked out of it also depends on the rules: the
//! program, the options of `clean` and `extract`, and the word lists. So the folder holds
//!
//! ```text
//! state/
//!   rules-HASH/              what these rules made of documents
//!     rules.json             which they are
//!     00001/                 the documents that were new to one run
//!       documents.parquet
//!       extractions.parquet
//!   documents/               with keep_missing: documents as they were read
//!     00001/
//!       raw_documents.parquet
//!   lock
//! ```
//!
//! A part is written under a name that begins with a dot and renamed when it is on disk. Rejected documents are not in it:
//! they are tried again by every run.

mod maintain;
mod part;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;

use arrow::array::RecordBatch;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::RunError;
use super::apply::Applied;
use super::copies::{Copies, id_hash};
use super::identity::{SOURCES, VERSION, short_hash};
use super::inputs::Input;
use super::lock::Lock;
use super::publish::sync_folder;
use crate::config::{Config, Pipeline};
use crate::schema::Table;
#[cfg(test)]
pub(super) use maintain::prune_but;
pub use maintain::{Pruned, RulesState, StateReport, prune, show};
pub(super) use part::UnfinishedPart;
use part::{PartWriter, ids, parts, rows_where};

/// Folder of the documents as they were read.
const DOCUMENTS: &str = "documents";

/// What decides the rows that the map stages make of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Version of the program.
    pub parc_etl: String,
    /// Hash of the program's source files.
    pub sources_hash: String,
    /// Hash of the options of `clean` and `extract`.
    pub options_hash: String,
    /// Hash of all lexicon entries and furniture lines.
    pub lexicon_hash: String,
}

impl Rules {
    const FILE: &str = "rules.json";
    const FOLDER_PREFIX: &str = "rules-";

    /// The rules of a run.
    pub(super) fn new(config: &Config, lexicon_hash: &str) -> Self {
        let options = serde_json::json!([config.clean, config.extract]);
        Rules {
            parc_etl: VERSION.to_owned(),
            sources_hash: SOURCES.to_owned(),
            options_hash: short_hash(options.to_string().as_bytes()),
            lexicon_hash: lexicon_hash.to_owned(),
        }
    }

    fn folder_name(&self) -> String {
        let identity = serde_json::json!(self).to_string();
        format!("{}{}", Self::FOLDER_PREFIX, &short_hash(identity.as_bytes())[..16])
    }
}

/// The state folder, held for one run.
pub(super) struct State {
    /// Where what the run's rules make of documents is.
    rules_dir: PathBuf,
    parts: Vec<PathBuf>,
    /// By a hash of the id: the last part that has the document.
    known: FxHashMap<u128, usize>,
    kept: Option<Kept>,
    _lock: Lock,
}

/// Documents that stay when their inputs are gone.
struct Kept {
    dir: PathBuf,
    parts: Vec<PathBuf>,
    ids: FxHashSet<u128>,
}

impl State {
    /// As [`State::open`], but none while another run holds the folder, unless documents stay that are only there.
    pub fn open_or_do_without(pipeline: &Pipeline, rules: &Rules, fresh: bool) -> Result<Option<State>, RunError> {
        let keeps_missing = pipeline.config.state.as_ref().is_some_and(|state| state.keep_missing);
        match Self::open(pipeline, rules, fresh) {
            Err(error @ RunError::Busy { .. }) if !keeps_missing => {
                tracing::warn!("{error}; this run works out everything anew and keeps nothing");
                Ok(None)
            }
            opened => opened,
        }
    }

    /// Takes the pipeline's state folder, if it has one. A `fresh` one knows nothing.
    ///
    /// # Errors
    /// When another run holds the folder, or it cannot be read or written.
    fn open(pipeline: &Pipeline, rules: &Rules, fresh: bool) -> Result<Option<State>, RunError> {
        let Some(config) = &pipeline.config.state else {
            return Ok(None);
        };
        let dir = pipeline.root.join(&config.dir);
        fs::create_dir_all(&dir).map_err(RunError::io("create the state folder", &dir))?;
        let lock = Lock::take(&dir.join("lock"), &dir)?;
        let rules_dir = dir.join(rules.folder_name());
        fs::create_dir_all(&rules_dir).map_err(RunError::io("create", &rules_dir))?;
        let description = serde_json::to_vec_pretty(rules).expect("rules are texts");
        let path = rules_dir.join(Rules::FILE);
        fs::write(&path, description).map_err(RunError::io("write", &path))?;

        let rules_parts = parts(&rules_dir)?;
        let mut known = FxHashMap::default();
        if !fresh {
            let indexes = rules_parts.par_iter().map(|part| ids(part, Table::Extractions));
            let indexes = indexes.collect::<Result<Vec<_>, _>>()?;
            for (part, ids) in indexes.into_iter().enumerate() {
                known.extend(ids.into_iter().map(|id| (id, part)));
            }
        }
        let kept = config.keep_missing.then(|| Kept::open(&dir)).transpose()?;
        if let Some(kept) = &kept {
            known.retain(|id, _| kept.ids.contains(id));
        }
        Ok(Some(State {
            rules_dir,
            parts: rules_parts,
            known,
            kept,
            _lock: lock,
        }))
    }

    /// The state has what is to be made of the document.
    pub fn knows(&self, document_id: &str) -> bool {
        self.known.contains_key(&id_hash(document_id))
    }

    /// Calls `each` with the documents that the run has not read and of which nothing is known by its rules.
    ///
    /// # Errors
    /// Those of `each`, and when a part cannot be read.
    pub fn unread(
        &self,
        copies: &Copies,
        each: impl Fn(RecordBatch) -> Result<(), RunError> + Sync,
    ) -> Result<(), RunError> {
        let Some(kept) = &self.kept else {
            return Ok(());
        };
        let given = Mutex::new(FxHashSet::default());
        kept.parts.par_iter().try_for_each(|part| {
            part::batches(part, Table::RawDocuments)?
                .par_bridge()
                .try_for_each(|batch| {
                    let batch = batch?;
                    let rows = rows_where(&batch, |id, _| {
                        let hash = id_hash(id);
                        let is_new = !self.known.contains_key(&hash) && !copies.has(id);
                        is_new && given.lock().unwrap_or_else(PoisonError::into_inner).insert(hash)
                    })?;
                    each(rows)
                })
        })
    }

    /// Calls `each` with all rows that the run takes from the state: of the documents that it has read and, where those stay,
    /// of those that are missing. Tells `copies` where the documents stand now.
    ///
    /// # Errors
    /// Those of `each`, and when a part cannot be read.
    pub fn load(
        &self,
        copies: &Copies,
        inputs: &[Input],
        each: impl Fn(Table, RecordBatch) -> Result<(), RunError> + Sync,
    ) -> Result<(), RunError> {
        let keeps_missing = self.kept.is_some();
        self.parts.par_iter().enumerate().try_for_each(|(number, part)| {
            let is_here = |id: &str| self.known.get(&id_hash(id)) == Some(&number);
            let documents = || {
                part::batches(part, Table::Documents)?
                    .par_bridge()
                    .try_for_each(|batch| {
                        let batch = batch?;
                        let places = part::Places::of(&batch)?;
                        let rows = rows_where(&batch, |id, row| {
                            let (path, record) = places.at(row);
                            is_here(id) && (copies.stands(id, path, record, inputs) || keeps_missing)
                        })?;
                        each(Table::Documents, rows)
                    })
            };
            let extractions = || {
                part::batches(part, Table::Extractions)?
                    .par_bridge()
                    .try_for_each(|batch| {
                        let batch = batch?;
                        let rows = rows_where(&batch, |id, _| is_here(id) && (keeps_missing || copies.has(id)))?;
                        each(Table::Extractions, rows)
                    })
            };
            let (documents, extractions) = rayon::join(documents, extractions);
            documents.and(extractions)
        })
    }

    /// Keeps what the run works out of documents that are new to it, for later ones.
    pub fn record(&self) -> Recorder<'_> {
        let raw = self
            .kept
            .as_ref()
            .map(|kept| (kept, PartWriter::new(&kept.dir, &kept.parts, &[Table::RawDocuments])));
        Recorder {
            raw,
            rows: PartWriter::new(&self.rules_dir, &self.parts, &RECORDED),
        }
    }
}

/// The tables of which a document's rows are kept.
const RECORDED: [Table; 2] = [Table::Documents, Table::Extractions];

/// Takes what a run works out.
pub(super) struct Recorder<'a> {
    /// Where documents stay that are missing.
    raw: Option<(&'a Kept, PartWriter)>,
    rows: PartWriter,
}

impl Recorder<'_> {
    /// Adds raw documents, of which those are kept that are to be and are not yet.
    ///
    /// # Errors
    /// When they are no raw documents.
    pub fn add_raw(&self, raw: &RecordBatch) -> Result<(), RunError> {
        if let Some((kept, writer)) = &self.raw {
            writer.add(vec![rows_where(raw, |id, _| !kept.ids.contains(&id_hash(id)))?]);
        }
        Ok(())
    }

    /// Adds what the stages made of some documents.
    pub fn add(&self, made: &[Applied]) {
        let of = |table: &Table| {
            let mut tables = made.iter().flat_map(|applied| &applied.tables);
            let found = tables.find(|(given, _)| given == table);
            found.map_or_else(|| RecordBatch::new_empty(table.schema()), |(_, batch)| batch.clone())
        };
        self.rows.add(RECORDED.iter().map(of).collect());
    }

    /// No more documents come.
    pub fn close(self) -> Vec<UnfinishedPart> {
        let raw = self.raw.map(|(_, writer)| writer);
        raw.into_iter().chain([self.rows]).map(PartWriter::close).collect()
    }
}

impl Kept {
    fn open(dir: &Path) -> Result<Kept, RunError> {
        let dir = dir.join(DOCUMENTS);
        fs::create_dir_all(&dir).map_err(RunError::io("create", &dir))?;
        let parts = parts(&dir)?;
        let ids = parts.par_iter().map(|part| ids(part, Table::RawDocuments));
        let ids = ids.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        Ok(Kept { dir, parts, ids })
    }
}
