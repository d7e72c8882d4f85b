//! Rows in memory while there is room for them, then in temporary files.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow::array::{Array, AsArray, RecordBatch, new_null_array};
use arrow::buffer::Buffer;
use arrow::compute::concat_batches;
use arrow::datatypes::{FieldRef, SchemaRef};
use arrow::error::ArrowError;
use arrow::ipc::reader::FileDecoder;
use arrow::ipc::writer::{DictionaryTracker, IpcDataGenerator, IpcWriteContext, IpcWriteOptions, write_message};
use arrow::ipc::{Block, MetadataVersion};

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
    File {
        file: Arc<TemporaryFile>,
        block: Block,
        /// The columns that are there: those without any value are not written.
        columns: Vec<usize>,
    },
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
        let is_full = {
            let mut state = self.state();
            state.rows += batch.num_rows();
            state.bytes += bytes;
            state.tail.push(batch);
            state.tail_bytes += bytes;
            state.tail_bytes >= self.chunk_bytes
        };
        if is_full { self.flush() } else { Ok(()) }
    }

    /// Puts away rows that wait for more to be put away together with.
    ///
    /// # Errors
    /// When they cannot be written to the temporary file.
    pub fn flush(&self) -> Result<(), RunError> {
        let (tail, bytes) = {
            let mut state = self.state();
            (std::mem::take(&mut state.tail), std::mem::take(&mut state.tail_bytes))
        };
        if !tail.is_empty() {
            let chunk = self.chunk(tail, bytes)?;
            self.state().chunks.push(Arc::new(chunk));
        }
        Ok(())
    }

    fn chunk(&self, batches: Vec<RecordBatch>, bytes: usize) -> Result<Chunk, RunError> {
        if let Some(reservation) = self.store.reserve(bytes) {
            let batch = compact(&self.schema, &batches).map_err(io::Error::other);
            return batch
                .map(|batch| Chunk::Memory(batch, reservation))
                .map_err(self.error("keep rows in"));
        }
        let has_values = |&column: &usize| {
            let mut arrays = batches.iter().map(|batch| batch.column(column));
            arrays.any(|array| array.null_count() < array.len())
        };
        let columns: Vec<usize> = (0..self.schema.fields().len()).filter(has_values).collect();
        encode(&self.schema, &columns, &batches)
            .map_err(io::Error::other)
            .and_then(|(bytes, block)| self.file.append(&self.store.0.folder, &bytes, block))
            .map(|block| Chunk::File {
                file: Arc::clone(&self.file),
                block,
                columns,
            })
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
                Chunk::File { file, block, columns } => file
                    .read(*block)
                    .and_then(|bytes| decode(&self.rows.schema, columns, *block, bytes).map_err(io::Error::other)),
            },
        };
        batch.map_err(self.rows.error("read rows from a temporary file in"))
    }
}

/// Size of the rows of a batch, which may be a part of larger arrays.
pub(super) fn bytes_of(batch: &RecordBatch) -> usize {
    batch.columns().iter().map(|column| bytes_of_array(column)).sum()
}

fn bytes_of_array(array: &dyn Array) -> usize {
    let nulls = array.nulls().map_or(0, |nulls| nulls.len().div_ceil(8));
    // A part of a list array still has the values of all lists.
    if let Some(lists) = array.as_list_opt::<i32>() {
        let offsets = lists.offsets();
        let (start, end) = (offsets[0] as usize, offsets[lists.len()] as usize);
        let values = lists.values().slice(start, end - start);
        return nulls + size_of_val::<[i32]>(offsets) + bytes_of_array(&values);
    }
    if let Some(structs) = array.as_struct_opt() {
        let columns = structs.columns().iter();
        return nulls + columns.map(|column| bytes_of_array(column)).sum::<usize>();
    }
    array.to_data().get_slice_memory_size().unwrap_or(0)
}

/// One batch of arrays without the room that they had to grow.
fn compact(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<RecordBatch, ArrowError> {
    let (schema, mut columns, _) = concat_batches(schema, batches)?.into_parts();
    columns.iter_mut().for_each(Array::shrink_to_fit);
    RecordBatch::try_new(schema, columns)
}

/// Some columns of the batches as one Arrow IPC message, and where its parts are in it. What the columns are called is not
/// written.
fn encode(schema: &SchemaRef, columns: &[usize], batches: &[RecordBatch]) -> Result<(Vec<u8>, Block), ArrowError> {
    let batches: Vec<RecordBatch> = batches
        .iter()
        .map(|batch| batch.project(columns))
        .collect::<Result<_, _>>()?;
    let batch = concat_batches(&Arc::new(schema.project(columns)?), &batches)?;
    let options = IpcWriteOptions::default();
    let mut dictionaries = DictionaryTracker::new(false);
    let mut context = IpcWriteContext::default();
    let (_, message) = IpcDataGenerator::default().encode(&batch, &mut dictionaries, &options, &mut context)?;
    let mut bytes = Vec::new();
    let (metadata, body) = write_message(&mut bytes, message, &options)?;
    Ok((bytes, Block::new(0, metadata as i32, body as i64)))
}

/// The rows of such a message, with nulls in the columns that are not there.
fn decode(schema: &SchemaRef, columns: &[usize], block: Block, bytes: Vec<u8>) -> Result<RecordBatch, ArrowError> {
    let decoder = FileDecoder::new(Arc::new(schema.project(columns)?), MetadataVersion::V5);
    let rows = decoder.read_record_batch(&block, &Buffer::from_vec(bytes))?;
    let rows = rows.ok_or_else(|| ArrowError::IpcError("no rows".to_owned()))?;
    if columns.len() == schema.fields().len() {
        return rows.with_schema(Arc::clone(schema));
    }
    let column = |(index, field): (usize, &FieldRef)| match columns.binary_search(&index) {
        Ok(place) => Arc::clone(rows.column(place)),
        Err(_) => new_null_array(field.data_type(), rows.num_rows()),
    };
    let arrays = schema.fields().iter().enumerate().map(column).collect();
    RecordBatch::try_new(Arc::clone(schema), arrays)
}

/// A file without a name, made when it is first written to.
#[derive(Debug, Default)]
struct TemporaryFile(Mutex<Option<File>>);

impl TemporaryFile {
    /// Writes `block`, which stands alone in `bytes`, behind what is there, and gives its place.
    fn append(&self, folder: &Path, bytes: &[u8], block: Block) -> io::Result<Block> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if file.is_none() {
            *file = Some(tempfile::tempfile_in(folder)?);
        }
        let Some(file) = file.as_mut() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let start = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(Block::new(start as i64, block.metaDataLength(), block.bodyLength()))
    }

    fn read(&self, block: Block) -> io::Result<Vec<u8>> {
        let length = block.metaDataLength() as usize + block.bodyLength() as usize;
        let mut bytes = Vec::with_capacity(length);
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = file.as_mut() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        file.seek(SeekFrom::Start(block.offset() as u64))?;
        file.take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(bytes)
    }
}
