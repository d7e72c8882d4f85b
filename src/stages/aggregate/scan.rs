//! A table that the engine reads when a query needs it, with the columns and rows that the query needs.

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::filter_record_batch;
use arrow::datatypes::{Schema, SchemaRef as ArrowSchema};
use arrow::error::ArrowError;
use polars::frame::DataFrame;
use polars::prelude::{
    AnonymousScan, AnonymousScanArgs, Expr, IntoLazy, LazyFrame, PlSmallStr, PolarsError, PolarsResult,
    ScanArgsAnonymous, SchemaRef, col,
};

use super::{Source, convert};
use crate::keys::KeyColumns;

/// A table of a [`Source`].
pub(super) struct SourceTable {
    name: String,
    source: Arc<dyn Source>,
    columns: ArrowSchema,
    schema: SchemaRef,
}

impl SourceTable {
    /// The table of that name; none where the source has none.
    pub fn new(name: &str, source: &Arc<dyn Source>) -> Option<PolarsResult<Self>> {
        let columns = source.schema(name)?;
        let empty = convert::to_frame(&RecordBatch::new_empty(columns.clone()));
        Some(empty.map(|empty| SourceTable {
            name: name.to_owned(),
            source: Arc::clone(source),
            columns,
            schema: empty.schema().clone(),
        }))
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn column_names(&self) -> BTreeSet<String> {
        self.columns.fields().iter().map(|field| field.name().clone()).collect()
    }

    pub fn num_rows(&self) -> usize {
        self.source.num_rows(&self.name)
    }
}

/// Some rows of a table: those whose keys have hashes that fall into the part.
pub(super) struct Part<'a> {
    pub keys: &'a [String],
    pub number: usize,
    pub parts: usize,
}

/// A table, or a part of it, as the engine reads it.
pub(super) struct Scan {
    table: Arc<SourceTable>,
    part: Option<(Vec<String>, usize, usize)>,
}

impl Scan {
    /// The table as the engine takes it.
    pub fn of(table: &Arc<SourceTable>, part: Option<Part<'_>>) -> PolarsResult<LazyFrame> {
        let arguments = ScanArgsAnonymous {
            schema: Some(table.schema.clone()),
            ..ScanArgsAnonymous::default()
        };
        let scan = Scan {
            table: Arc::clone(table),
            part: part.map(|part| (part.keys.to_vec(), part.number, part.parts)),
        };
        LazyFrame::anonymous_scan(Arc::new(scan), arguments)
    }

    /// Rows are chosen batch by batch, so that no more are held than the query needs.
    fn read(&self, wanted: &[PlSmallStr], predicate: Option<&Expr>, max_rows: usize) -> PolarsResult<DataFrame> {
        let SourceTable {
            name, source, columns, ..
        } = self.table.as_ref();
        let mut names: BTreeSet<&str> = wanted.iter().map(PlSmallStr::as_str).collect();
        let of_predicate = predicate.map(columns_of).unwrap_or_default();
        names.extend(of_predicate.iter().map(PlSmallStr::as_str));
        names.extend(self.part.iter().flat_map(|(keys, ..)| keys).map(String::as_str));
        // A frame without columns would have no rows.
        let fields = columns.fields().iter().enumerate();
        let numbers: Vec<usize> = fields
            .filter(|(number, field)| names.contains(field.name().as_str()) || (names.is_empty() && *number == 0))
            .map(|(number, _)| number)
            .collect();
        let columns: ArrowSchema = Arc::new(columns.project(&numbers).map_err(failed)?);
        let in_part = self.in_part(&columns).map_err(failed)?;
        let output: Vec<Expr> = wanted.iter().map(|name| col(name.clone())).collect();
        let choose = |batch: &RecordBatch| -> PolarsResult<DataFrame> {
            let mut frame = convert::to_frame(&in_part(batch).map_err(failed)?)?.lazy();
            if let Some(predicate) = predicate {
                frame = frame.filter(predicate.clone());
            }
            if !output.is_empty() {
                frame = frame.select(output.clone());
            }
            frame.collect()
        };
        let mut rows = choose(&RecordBatch::new_empty(columns.clone()))?;
        for batch in source.batches(name, &numbers).map_err(failed)? {
            if rows.height() >= max_rows {
                break;
            }
            rows.vstack_mut_owned(choose(&batch.map_err(failed)?)?)?;
        }
        Ok(rows.head(Some(max_rows)))
    }

    /// What keeps of a batch the rows of the part.
    fn in_part(
        &self,
        columns: &Schema,
    ) -> Result<impl Fn(&RecordBatch) -> Result<RecordBatch, ArrowError>, ArrowError> {
        let part = match &self.part {
            Some((keys, number, parts)) => {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                Some((KeyColumns::new(columns, &keys)?, *number as u32, *parts))
            }
            None => None,
        };
        Ok(move |batch: &RecordBatch| match &part {
            Some((keys, number, parts)) => {
                let is_in: Vec<bool> = keys.hashed(batch, *parts)?.iter().map(|part| part == number).collect();
                filter_record_batch(batch, &is_in.into())
            }
            None => Ok(batch.clone()),
        })
    }
}

impl AnonymousScan for Scan {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn scan(&self, arguments: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let all = || self.table.schema.iter_names_cloned().collect::<Vec<_>>();
        let wanted = arguments.with_columns.map_or_else(all, |columns| columns.to_vec());
        let max_rows = arguments.n_rows.unwrap_or(usize::MAX);
        self.read(&wanted, arguments.predicate.as_ref(), max_rows)
    }

    fn allows_predicate_pushdown(&self) -> bool {
        true
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }
}

/// The columns that an expression reads.
fn columns_of(expression: &Expr) -> Vec<PlSmallStr> {
    let columns = expression.into_iter().filter_map(|part| match part {
        Expr::Column(name) => Some(name.clone()),
        _ => None,
    });
    columns.collect()
}

fn failed(error: impl std::error::Error) -> PolarsError {
    PolarsError::ComputeError(error.to_string().into())
}
