//! Copies of one document: files with equal content have equal ids, and only one of them goes on.
//!
//! The copy that is read first is processed; the tables name the one that comes first by path and record. A stage must
//! therefore make nothing of a document's source path but pass it on.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::Int64Type;
use rustc_hash::FxHashMap;

use super::inputs::Input;
use crate::schema::rows::RejectRow;

/// Where a copy stands: number of the file, record within it.
pub(super) type Place = (usize, Option<i64>);

/// The places of all documents that have been read.
#[derive(Default)]
pub(super) struct Copies(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    /// By a hash of the id, where the copy that is processed stands.
    processed: FxHashMap<u128, Place>,
    /// Documents of which another copy comes first.
    moved: FxHashMap<String, Place>,
}

impl Copies {
    /// Notes a document; true if no copy of it came before.
    pub fn is_new(&self, document_id: &str, place: Place) -> bool {
        let mut seen = self.seen();
        let Seen { processed, moved } = &mut *seen;
        match processed.entry(id_hash(document_id)) {
            Entry::Vacant(entry) => {
                entry.insert(place);
                true
            }
            Entry::Occupied(processed) => {
                let first = moved.get(document_id).unwrap_or(processed.get());
                if place < *first {
                    moved.insert(document_id.to_owned(), place);
                }
                false
            }
        }
    }

    /// A copy of the document has been read.
    pub fn has(&self, document_id: &str) -> bool {
        self.seen().processed.contains_key(&id_hash(document_id))
    }

    /// As [`Copies::has`], for rows that an earlier run placed at this path and record: if the document stands elsewhere now, the
    /// tables must place it there.
    pub fn stands(&self, document_id: &str, path: &str, record: Option<i64>, inputs: &[Input]) -> bool {
        let mut seen = self.seen();
        let Seen { processed, moved } = &mut *seen;
        let Some(read) = processed.get(&id_hash(document_id)) else {
            return false;
        };
        let place = moved.get(document_id).unwrap_or(read);
        if (inputs[place.0].source_path.as_str(), place.1) != (path, record) {
            moved.insert(document_id.to_owned(), *place);
        }
        true
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The documents that the tables must place elsewhere than where they were read.
    pub fn moved(self, inputs: &[Input]) -> Moved {
        let seen = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let moved = seen.moved.into_iter();
        Moved(
            moved
                .map(|(id, (file, record))| (id, (inputs[file].source_path.clone(), record)))
                .collect(),
        )
    }
}

/// A hash of a document's id, by which it is told from millions of others.
pub(super) fn id_hash(document_id: &str) -> u128 {
    let hash = blake3::hash(document_id.as_bytes());
    u128::from_le_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
}

/// Source path and record by document id.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Moved(BTreeMap<String, (String, Option<i64>)>);

impl Moved {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Corrects the rejects' places.
    pub fn correct_rejects(&self, rejects: &mut [RejectRow]) {
        for reject in rejects {
            let place = reject.document_id.as_ref().and_then(|id| self.0.get(id));
            if let Some((path, record)) = place {
                reject.source_path.clone_from(path);
                reject.source_record = *record;
            }
        }
    }

    /// Corrects the columns `source_path` and `source_record` of a batch that has them and `document_id`.
    pub fn correct_batch(&self, batch: RecordBatch) -> RecordBatch {
        let schema = batch.schema();
        let columns = ["document_id", "source_path", "source_record"].map(|name| schema.index_of(name));
        let [Ok(id), Ok(path), Ok(record)] = columns else {
            return batch;
        };
        let ids = batch.column(id).as_string::<i32>();
        if self.0.is_empty() || !ids.iter().flatten().any(|id| self.0.contains_key(id)) {
            return batch;
        }
        let old_paths = batch.column(path).as_string::<i32>();
        let old_records = batch.column(record).as_primitive::<Int64Type>();
        let place = |row: usize| self.0.get(ids.value(row));
        let paths: StringArray = (0..batch.num_rows())
            .map(|row| Some(place(row).map_or(old_paths.value(row), |(path, _)| path)))
            .collect();
        let records: Int64Array = (0..batch.num_rows())
            .map(|row| match place(row) {
                Some((_, record)) => *record,
                None => old_records.is_valid(row).then(|| old_records.value(row)),
            })
            .collect();
        let mut arrays: Vec<ArrayRef> = batch.columns().to_vec();
        arrays[path] = Arc::new(paths);
        arrays[record] = Arc::new(records);
        RecordBatch::try_new(schema, arrays).expect("the columns keep their types and lengths")
    }
}
