//! Equal texts: every document points at the earliest with the same text.

use arrow::array::RecordBatch;

use super::schema_error;
use crate::schema::rows::DocumentRow;
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Stage, StageError, StageOutput};

/// Sets `duplicate_of` where another document with the same content hash came earlier: by day of publication (unknown
/// last), then by id.
pub struct Duplicates;

impl Stage for Duplicates {
    fn name(&self) -> &'static str {
        "resolve.duplicates"
    }

    fn input(&self) -> Table {
        Table::Documents
    }

    fn outputs(&self) -> &'static [Table] {
        &[Table::Documents]
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("content_hash")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let error = schema_error(self, Table::Documents);
        let mut rows: Vec<DocumentRow> = from_batch(batch).map_err(&error)?;
        let age = |row: &DocumentRow| {
            (
                row.published_at.is_none(),
                row.published_edtf.clone(),
                row.document_id.clone(),
            )
        };
        rows.sort_by(|a, b| (&a.content_hash, age(a)).cmp(&(&b.content_hash, age(b))));
        for group in rows.chunk_by_mut(|a, b| a.content_hash == b.content_hash) {
            if let Some((first, rest)) = group.split_first_mut() {
                for row in rest {
                    row.duplicate_of = Some(first.document_id.clone());
                }
            }
        }
        let documents = to_batch(Table::Documents, &rows).map_err(&error)?;
        Ok(StageOutput::kept(rows.len(), vec![(Table::Documents, documents)]))
    }
}
