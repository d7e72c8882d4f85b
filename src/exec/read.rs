//! Reading: threads that take file after file and hand on batches of documents.
//!
//! Many small files are read in parallel; a single large file is read by one thread while others process what it has
//! given. The channel between them is bounded, so memory does not grow with the size of the files.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use super::copies::Place;
use super::inputs::Input;
use super::progress::Progress;
use super::report::Counts;
use super::state::State;
use crate::panics;
use crate::schema::rows::{RawDocumentRow, RejectRow};
use crate::stages::ingest::Ingest;

/// Text that a batch may hold before it is passed on, however few rows it has.
const MAX_BATCH_BYTES: usize = 16 << 20;

/// Gives the documents of a file one by one.
pub(super) trait Reader: Send + Sync {
    /// The documents and rejects of the file at `path`, which the tables call `source_path`.
    fn open<'a>(&'a self, source_path: &str, path: &Path) -> Documents<'a>;
}

impl Reader for Ingest {
    fn open<'a>(&'a self, source_path: &str, path: &Path) -> Documents<'a> {
        Ingest::open(self, source_path, path)
    }
}

/// The documents of a file, one by one.
pub(super) type Documents<'a> = Box<dyn Iterator<Item = Result<RawDocumentRow, RejectRow>> + Send + 'a>;

/// Documents on their way to the first stage, and what happened while they were read.
#[derive(Default)]
pub(super) struct ReadBatch {
    pub rows: Vec<RawDocumentRow>,
    /// Documents of which earlier runs have worked out what is to be known; they have no rows.
    pub known: usize,
    pub rejects: Vec<RejectRow>,
    pub counts: Counts,
    /// Time that reading took, without waiting.
    pub busy: Duration,
    bytes: usize,
}

/// What all reading threads share.
pub(super) struct Reading<'a> {
    pub reader: &'a dyn Reader,
    pub inputs: &'a [Input],
    pub batch_rows: usize,
    /// Whether the document with this id, at this file and record, is to go on: no copy of it has.
    pub is_new: &'a (dyn Fn(&str, Place) -> bool + Sync),
    pub state: Option<&'a State>,
    pub interrupted: &'a AtomicBool,
    pub progress: &'a Progress,
    /// Number of the next file that nobody has taken.
    pub next: AtomicUsize,
}

impl Reading<'_> {
    /// Reads file after file until none is left, the run is interrupted or nobody takes the batches any more.
    pub fn read_files(&self, batches: &SyncSender<ReadBatch>) {
        let mut batch = ReadBatch::default();
        loop {
            let file = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = self.inputs.get(file) else { break };
            if !self.read_file(file, input, &mut batch, batches) {
                return;
            }
            self.progress.file_read();
        }
        // Nobody to take the batch means that the run has failed elsewhere.
        let _ = batches.send(batch);
    }

    /// Reads one file; false when there is no point in going on.
    fn read_file(&self, file: usize, input: &Input, batch: &mut ReadBatch, batches: &SyncSender<ReadBatch>) -> bool {
        let mut documents = self.reader.open(&input.source_path, &input.path);
        loop {
            if self.interrupted.load(Ordering::Relaxed) {
                return false;
            }
            let started = Instant::now();
            let document = panics::catch(|| documents.next());
            batch.busy += started.elapsed();
            let document = match document {
                Ok(Some(document)) => document,
                Ok(None) => return true,
                Err(message) => {
                    batch.reject(reader_panic(input, &message));
                    return true;
                }
            };
            match document {
                Ok(row) if !(self.is_new)(&row.document_id, (file, row.source_record)) => batch.merge(),
                Ok(row) if self.state.is_some_and(|state| state.knows(&row.document_id)) => batch.know(),
                Ok(row) => batch.keep(row),
                Err(reject) => batch.reject(reject),
            }
            let is_full = batch.counts.rows_in >= self.batch_rows || batch.bytes >= MAX_BATCH_BYTES;
            if is_full && batches.send(std::mem::take(batch)).is_err() {
                return false;
            }
        }
    }
}

impl ReadBatch {
    fn keep(&mut self, row: RawDocumentRow) {
        self.bytes += [&row.text, &row.html]
            .into_iter()
            .flatten()
            .map(String::len)
            .sum::<usize>();
        self.rows.push(row);
        self.counts.rows_in += 1;
        self.counts.kept += 1;
    }

    fn know(&mut self) {
        self.known += 1;
        self.counts.rows_in += 1;
        self.counts.kept += 1;
    }

    fn merge(&mut self) {
        self.counts.rows_in += 1;
        self.counts.merged += 1;
    }

    fn reject(&mut self, reject: RejectRow) {
        self.rejects.push(reject);
        self.counts.rows_in += 1;
        self.counts.rejected += 1;
    }
}

fn reader_panic(input: &Input, message: &str) -> RejectRow {
    RejectRow {
        source_path: input.source_path.clone(),
        source_record: None,
        document_id: None,
        stage: "ingest".to_owned(),
        code: "panic".to_owned(),
        message: format!("the reader failed on this file, the rest of it was left out: {message}"),
    }
}
