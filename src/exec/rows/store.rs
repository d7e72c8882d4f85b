//! Rows in memory while there is room for them, then in temporary files.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow::array::{Array, RecordBatch};
use arrow::buffer::Buffer;
use arrow::compute::concat_batches;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use arrow::ipc::reader::StreamDecoder;
use arrow::ipc::writer::StreamWriter;

use crate::exec::RunError;

/// Where the rows of a run are kept.
#[derive(Clone, Debug)]
pub(in crate::exec) struct Store(Arc<Room>);

#[derive(Debug)]
struct Room {
    folder: PathBuf,
    /// Bytes of memory that are left.
    free: AtomicI64,
}

impl Store {
    /// Keeps `memory` bytes of rows in memory and what goes beyond in files without a name in `folder`, which vanish with
    /// the program however it ends.
    pub fn new(folder: &Path, memory: u64) -> Self {
        Store(Arc::new(Room {
            folder: folder.to_owned(),
            free: AtomicI64::new(i64::try_from(memory).unwrap_or(i64::MAX)),
        }))
    }

    /// Takes room for `bytes`, if there is that much.
    fn reserve(&self, bytes: usize) -> Option<Reservation> {
        let bytes = i64::try_from(bytes).ok()?;
        let taken = self.0.free.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |free| {
            (free >= bytes).then(|| free - bytes)
        });
        taken.ok().map(|_| Reservation {
            store: self.clone(),
            bytes,
        })
    }
}

#[cfg(test)]
impl Store {
    /// Bytes of memory that are left.
    pub fn free(&self) -> i64 {
        self.0.free.load(Ordering::Relaxed)
    }
}

/// Room in memory, given back when it is dropped.
#[derive(Debug)]
struct Reservation {
    store: Store,
    bytes: i64,
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.store.0.free.fetch_add(self.bytes, Ordering::Relaxed);
    }
}

/// Rows of one schema, in an order that means nothing. Any thread may add some at any time.
#[derive(Debug)]
pub(in crate::exec) struct Rows {
    schema: SchemaRef,
    store: Store,
    file: Arc<TemporaryFile>,
    /// Smaller batches are put together until they have so many bytes.
    chunk_bytes: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    chunks: Vec<Arc<Chunk>>,
    tail: Vec<RecordBatch>,
    tail_bytes: usize,
    rows: usize,
    bytes: usize,
}

/// A batch of some size.
#[derive(Debug)]
enum Chunk {
    Memory(
        RecordBatch,
        #[expect(dead_code, reason = "dropped with the batch")] Reservation,
    ),
    File(Arc<TemporaryFile>, Extent),
}

impl Rows {
    const CHUNK_BYTES: usize = 1 << 20;

    pub fn new(schema: SchemaRef, store: &Store) -> Self {
        let file = Arc::new(TemporaryFile::default());
        Self::in_file(schema, store, file, Self::CHUNK_BYTES)
    }

    /// `count` of them that share a file, each with chunks of at least `chunk_bytes`.
    pub fn several(schema: &SchemaRef, store: &Store, count: usize, chunk_bytes: usize) -> Vec<Self> {
        let file = Arc::new(TemporaryFile::default());
        (0..count)
            .map(|_| Self::in_file(schema.clone(), store, Arc::clone(&file), chunk_bytes))
            .collect()
    }

    fn in_file(schema: SchemaRef, store: &Store, file: Arc<TemporaryFile>, chunk_bytes: usize) -> Self {
        Rows {
            schema,
            store: store.clone(),
            file,
            chunk_bytes,
            state: Mutex::default(),
        }
    }

    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    pub fn num_rows(&self) -> usize {
        self.state().rows
    }

    /// Size of all rows as Arrow arrays.
    pub fn bytes(&self) -> usize {
        self.state().bytes
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds the rows of a batch.
    ///
    /// # Errors
    /// When they cannot be written to the temporary file.
    pub fn push(&self, batch: RecordBatch) -> Result<(), RunError> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        let bytes = bytes_of(&batch);
        let (tail, bytes) = {
            let mut state = self.state();
            state.rows += batch.num_rows();
            state.bytes += bytes;
            state.tail.push(batch);
            state.tail_bytes += bytes;
            if state.tail_bytes < self.chunk_bytes {
                return Ok(());
            }
            (std::mem::take(&mut state.tail), std::mem::take(&mut state.tail_bytes))
        };
        let chunk = self.chunk(tail, bytes)?;
        self.state().chunks.push(Arc::new(chunk));
        Ok(())
    }

    fn chunk(&self, batches: Vec<RecordBatch>, bytes: usize) -> Result<Chunk, RunError> {
        if let Some(reservation) = self.store.reserve(bytes) {
            let batch = compact(&self.schema, &batches).map_err(io::Error::other);
            return batch
                .map(|batch| Chunk::Memory(batch, reservation))
                .map_err(self.error("keep rows in"));
        }
        encode(&self.schema, &batches)
            .and_then(|bytes| self.file.append(&self.store.0.folder, &bytes))
            .map(|extent| Chunk::File(Arc::clone(&self.file), extent))
            .map_err(self.error("write rows to a temporary file in"))
    }

    fn error(&self, action: &'static str) -> impl FnOnce(io::Error) -> RunError {
        RunError::io(action, &self.store.0.folder)
    }

    /// The rows that are there now, each part to be read by itself.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let state = self.state();
        let chunks = state.chunks.iter().map(|chunk| Source::Chunk(Arc::clone(chunk)));
        let tail = (!state.tail.is_empty()).then(|| Source::Tail(state.tail.clone()));
        chunks.chain(tail).map(|source| Part { rows: self, source }).collect()
    }

    /// All rows.
    ///
    /// # Errors
    /// When they cannot be read back.
    pub fn read(&self) -> Result<Vec<RecordBatch>, RunError> {
        self.parts().iter().map(Part::read).collect()
    }

    /// Adds the rows of `others`, where they are.
    pub fn append(&self, others: Rows) {
        let others = others.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut state = self.state();
        state.chunks.extend(others.chunks);
        state.tail.extend(others.tail);
        state.tail_bytes += others.tail_bytes;
        state.rows += others.rows;
        state.bytes += others.bytes;
    }
}

/// Some of the rows.
pub(in crate::exec) struct Part<'r> {
    rows: &'r Rows,
    source: Source,
}

enum Source {
    Chunk(Arc<Chunk>),
    Tail(Vec<RecordBatch>),
}

impl Part<'_> {
    /// The rows as one batch.
    ///
    /// # Errors
    /// When they cannot be read back.
    pub fn read(&self) -> Result<RecordBatch, RunError> {
        let batch = match &self.source {
            Source::Tail(batches) => concat_batches(&self.rows.schema, batches).map_err(io::Error::other),
            Source::Chunk(chunk) => match chunk.as_ref() {
                Chunk::Memory(batch, _) => Ok(batch.clone()),
                Chunk::File(file, extent) => file
                    .read(*extent)
                    .and_then(|bytes| decode(&self.rows.schema, bytes).map_err(io::Error::other)),
            },
        };
        batch.map_err(self.rows.error("read rows from a temporary file in"))
    }
}

/// Size of the rows of a batch, which may be a part of larger arrays.
fn bytes_of(batch: &RecordBatch) -> usize {
    let columns = batch.columns().iter();
    columns
        .map(|column| column.to_data().get_slice_memory_size().unwrap_or(0))
        .sum()
}

/// One batch of arrays without the room that they had to grow.
fn compact(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<RecordBatch, ArrowError> {
    let (schema, mut columns, _) = concat_batches(schema, batches)?.into_parts();
    columns.iter_mut().for_each(Array::shrink_to_fit);
    RecordBatch::try_new(schema, columns)
}

/// The batches as a stream of Arrow IPC.
fn encode(schema: &SchemaRef, batches: &[RecordBatch]) -> io::Result<Vec<u8>> {
    let write = || -> Result<Vec<u8>, ArrowError> {
        let mut writer = StreamWriter::try_new(Vec::new(), schema)?;
        batches.iter().try_for_each(|batch| writer.write(batch))?;
        writer.into_inner()
    };
    write().map_err(io::Error::other)
}

fn decode(schema: &SchemaRef, bytes: Vec<u8>) -> Result<RecordBatch, ArrowError> {
    let mut buffer = Buffer::from_vec(bytes);
    let mut decoder = StreamDecoder::new();
    let mut batches = Vec::new();
    while let Some(batch) = decoder.decode(&mut buffer)? {
        batches.push(batch);
    }
    concat_batches(schema, &batches)
}

/// Place of a stream in a file.
#[derive(Clone, Copy, Debug)]
struct Extent {
    start: u64,
    bytes: usize,
}

/// A file without a name, made when it is first written to.
#[derive(Debug, Default)]
struct TemporaryFile(Mutex<Option<File>>);

impl TemporaryFile {
    fn append(&self, folder: &Path, bytes: &[u8]) -> io::Result<Extent> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if file.is_none() {
            *file = Some(tempfile::tempfile_in(folder)?);
        }
        let Some(file) = file.as_mut() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let start = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(Extent {
            start,
            bytes: bytes.len(),
        })
    }

    fn read(&self, extent: Extent) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; extent.bytes];
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = file.as_mut() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        file.seek(SeekFrom::Start(extent.start))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
