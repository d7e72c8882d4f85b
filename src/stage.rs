//! The stage: a pure function over Arrow record batches.
//!
//! A stage does no I/O, reads no clock, uses no randomness and knows no threads. What it needs (lexicons, options) is
//! built from the pipeline file beforehand. So the same stages run under rayon here and under a distributed engine,
//! with equal results.

use arrow::array::RecordBatch;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fill::Fill;
use crate::panics;
use crate::schema::rows::RejectRow;
use crate::schema::{Table, from_batch, to_batch};

/// How input rows may be split between calls of [`Stage::apply`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partitioning {
    /// Any split: each row is processed by itself.
    Map,
    /// All rows with one value of this column must come in one call.
    Keyed(&'static str),
    /// None: all rows must come in one call.
    Whole,
}

/// One step of the pipeline.
pub trait Stage: Send + Sync {
    /// Name in logs, rejects and `--until`.
    fn name(&self) -> &'static str;

    /// The table whose rows it takes.
    fn input(&self) -> Table;

    /// The tables whose rows it gives.
    fn outputs(&self) -> &'static [Table];

    /// How its input may be split.
    fn partitioning(&self) -> Partitioning;

    /// Processes one batch with the schema of [`Stage::input`].
    ///
    /// # Errors
    /// Only for a batch that breaks the contract (a column missing or of another type). Bad data gives rejects.
    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError>;
}

/// What the executor does with whole tables, one step after the other.
pub enum Step {
    /// Applies a stage to all rows of its input.
    Stage(Box<dyn Stage>),
    /// Puts a column of one table into another.
    Fill(Fill),
}

impl Step {
    /// A step that applies `stage`.
    pub fn stage(stage: impl Stage + 'static) -> Self {
        Step::Stage(Box::new(stage))
    }

    /// The stage, for a step that applies one.
    pub fn as_stage(&self) -> Option<&dyn Stage> {
        match self {
            Step::Stage(stage) => Some(stage.as_ref()),
            Step::Fill(_) => None,
        }
    }

    /// The tables that it reads.
    pub fn reads(&self) -> Vec<Table> {
        match self {
            Step::Stage(stage) => vec![stage.input()],
            Step::Fill(fill) => vec![fill.table, fill.from],
        }
    }
}

/// What one call of [`Stage::apply`] gave.
#[derive(Debug, Default)]
pub struct StageOutput {
    /// One batch for each of [`Stage::outputs`].
    pub tables: Vec<(Table, RecordBatch)>,
    /// Input rows that live on, each as one row of the output or spread over several.
    pub kept: usize,
    /// Input rows that could not be processed, with reasons.
    pub rejects: Vec<RejectRow>,
    /// Input rows that are contained in other rows of the output.
    pub merged: usize,
}

impl StageOutput {
    /// The output of a stage that kept all its `rows`.
    pub fn kept(rows: usize, tables: Vec<(Table, RecordBatch)>) -> Self {
        StageOutput {
            tables,
            kept: rows,
            ..StageOutput::default()
        }
    }
}

/// A broken contract between stages: an error of the program, never of the data.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The batch does not have the schema that the stage declares.
    #[error("stage {stage}: the batch does not fit the table {table}: {source}")]
    Schema {
        stage: &'static str,
        table: &'static str,
        #[source]
        source: serde_arrow::Error,
    },
    /// Arrow refused an operation on the batch.
    #[error("stage {stage}: {source}")]
    Arrow {
        stage: &'static str,
        #[source]
        source: arrow::error::ArrowError,
    },
}

/// The rows of a batch of the table that `stage` takes.
///
/// # Errors
/// When a column is missing or of another type.
pub(crate) fn rows_of<T: DeserializeOwned>(stage: &dyn Stage, batch: &RecordBatch) -> Result<Vec<T>, StageError> {
    from_batch(batch).map_err(|source| StageError::Schema {
        stage: stage.name(),
        table: stage.input().name(),
        source,
    })
}

/// The batch of `table` that has these rows, which the stage of that name gives.
///
/// # Errors
/// When the rows do not fit the table.
pub(crate) fn batch_of<T: Serialize>(stage: &'static str, table: Table, rows: &[T]) -> Result<RecordBatch, StageError> {
    to_batch(table, rows).map_err(|source| StageError::Schema {
        stage,
        table: table.name(),
        source,
    })
}

/// As [`batch_of`], with the table.
///
/// # Errors
/// When the rows do not fit the table.
pub(crate) fn table_of<T: Serialize>(
    stage: &'static str,
    table: Table,
    rows: &[T],
) -> Result<(Table, RecordBatch), StageError> {
    Ok((table, batch_of(stage, table, rows)?))
}

/// What a row is rejected with: the stage's code for it and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Fixed word for the kind of trouble, such as `no_text`.
    pub code: &'static str,
    /// What happened, in a sentence.
    pub message: String,
}

impl Rejection {
    /// A rejection with a code and a sentence.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Rejection {
            code,
            message: message.into(),
        }
    }
}

/// Where a row came from, for its reject.
pub trait Provenance {
    /// Source path, record number and document id, as far as the row knows them.
    fn provenance(&self) -> (String, Option<i64>, Option<String>);
}

/// Runs a one-row-in, one-row-out stage over a batch: the body of most [`Partitioning::Map`] stages.
///
/// A panic inside `each` becomes a reject of that row with code `panic`.
///
/// # Errors
/// When the batch does not fit `stage`'s input table.
pub fn map_rows<I, O>(
    stage: &dyn Stage,
    output: Table,
    batch: &RecordBatch,
    each: impl Fn(I) -> Result<O, Rejection>,
) -> Result<StageOutput, StageError>
where
    I: DeserializeOwned + Provenance,
    O: Serialize,
{
    let rows = rows_of::<I>(stage, batch)?;
    map_each(stage, output, rows, each)
}

/// As [`map_rows`], over rows that the stage has read from its batch itself.
///
/// # Errors
/// When an output row does not fit the table `output`.
pub fn map_each<I, O>(
    stage: &dyn Stage,
    output: Table,
    rows: Vec<I>,
    each: impl Fn(I) -> Result<O, Rejection>,
) -> Result<StageOutput, StageError>
where
    I: Provenance,
    O: Serialize,
{
    let mut kept = Vec::with_capacity(rows.len());
    let mut rejects = Vec::new();
    for row in rows {
        let (source_path, source_record, document_id) = row.provenance();
        let result = panics::catch(|| each(row)).unwrap_or_else(|message| {
            Err(Rejection::new(
                "panic",
                format!("the {} stage failed on this document: {message}", stage.name()),
            ))
        });
        match result {
            Ok(output) => kept.push(output),
            Err(Rejection { code, message }) => rejects.push(RejectRow {
                source_path,
                source_record,
                document_id,
                stage: stage.name().to_owned(),
                code: code.to_owned(),
                message,
            }),
        }
    }
    let batch = batch_of(stage.name(), output, &kept)?;
    Ok(StageOutput {
        kept: kept.len(),
        tables: vec![(output, batch)],
        rejects,
        merged: 0,
    })
}
