//! Fills: a column of one table put into another between two stages.
//!
//! A stage sees nothing but the rows it is given. What a keyed stage found out about a document (that it is a reprint,
//! say) reaches the rows of another table by a fill: a left join on a key that is unique in the table it is taken from.
//! A fill is data, a list of names; here it is a hash join, in a distributed engine that engine's own join, with equal
//! results.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch};
use arrow::compute::interleave;
use arrow::error::ArrowError;
use arrow::row::{RowConverter, Rows, SortField};
use rustc_hash::FxHashMap;

use crate::schema::Table;

/// Column `from.from_column` put into `table.column` of the rows whose `key` equals `from_key`.
///
/// A row without a partner keeps the value it had, and so does one whose key holds a null. The columns of both keys
/// have the same types in the same order, and so have the two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The table that is filled.
    pub table: Table,
    pub key: &'static [&'static str],
    pub column: &'static str,
    /// The table that the values are taken from: a small one, held in memory whole.
    pub from: Table,
    pub from_key: &'static [&'static str],
    pub from_column: &'static str,
}

/// A fill that cannot be done: an error of the program, never of the data.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// Arrow refused an operation: a column is missing or of another type.
    #[error("cannot fill {table}.{column} from {from}: {source}")]
    Arrow {
        table: &'static str,
        column: &'static str,
        from: &'static str,
        #[source]
        source: ArrowError,
    },
    /// Which of two rows to take would be chance.
    #[error("cannot fill {table}.{column} from {from}: two of its rows have the same {}", key.join(", "))]
    NotUnique {
        table: &'static str,
        column: &'static str,
        from: &'static str,
        key: &'static [&'static str],
    },
}

impl Fill {
    /// `batches` of the filled table with the values that `from`, all rows of the other, has for them; rows keep their
    /// order.
    ///
    /// # Errors
    /// When a column is missing or of another type, or `from_key` is not unique.
    pub fn apply(&self, batches: &[RecordBatch], from: &[RecordBatch]) -> Result<Vec<RecordBatch>, FillError> {
        let lookup = self.lookup(from)?;
        batches.iter().map(|batch| lookup.fill(batch)).collect()
    }

    /// What `from`, all rows of the other table, has for each key.
    ///
    /// # Errors
    /// When a column is missing or of another type, or `from_key` is not unique.
    pub fn lookup(&self, from: &[RecordBatch]) -> Result<Lookup, FillError> {
        let mut lookup = Lookup {
            fill: *self,
            values: Vec::with_capacity(from.len()),
            places: FxHashMap::default(),
        };
        for (number, batch) in from.iter().enumerate() {
            let (values, keys) = column(batch, self.from_column)
                .and_then(|values| Ok((values, Keys::new(batch, self.from_key)?)))
                .map_err(|source| self.arrow_error(source))?;
            lookup.values.push(ArrayRef::clone(values));
            for (row, key) in keys.iter().enumerate() {
                // The filled column itself is array 0.
                if key.is_some_and(|key| lookup.places.insert(key.into(), (number + 1, row)).is_some()) {
                    return Err(FillError::NotUnique {
                        table: self.table.name(),
                        column: self.column,
                        from: self.from.name(),
                        key: self.from_key,
                    });
                }
            }
        }
        Ok(lookup)
    }

    fn arrow_error(&self, source: ArrowError) -> FillError {
        FillError::Arrow {
            table: self.table.name(),
            column: self.column,
            from: self.from.name(),
            source,
        }
    }
}

/// The values of a fill by key, for batches that come one after the other.
pub struct Lookup {
    fill: Fill,
    values: Vec<ArrayRef>,
    /// Array (1 for the first of `values`) and row.
    places: FxHashMap<Box<[u8]>, (usize, usize)>,
}

impl Lookup {
    /// A batch of the filled table with its values.
    ///
    /// # Errors
    /// When a column is missing or of another type.
    pub fn fill(&self, batch: &RecordBatch) -> Result<RecordBatch, FillError> {
        self.filled(batch).map_err(|source| self.fill.arrow_error(source))
    }

    fn filled(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let keys = Keys::new(batch, self.fill.key)?;
        let partner = |key: Option<&[u8]>| self.places.get(key?).copied();
        let taken: Vec<(usize, usize)> = keys
            .iter()
            .enumerate()
            .map(|(row, key)| partner(key).unwrap_or((0, row)))
            .collect();
        if taken.iter().all(|&(array, _)| array == 0) {
            return Ok(batch.clone());
        }
        let index = batch.schema_ref().index_of(self.fill.column)?;
        let mut columns = batch.columns().to_vec();
        let arrays: Vec<&dyn Array> = [&columns[index]]
            .into_iter()
            .chain(&self.values)
            .map(Arc::as_ref)
            .collect();
        columns[index] = interleave(&arrays, &taken)?;
        RecordBatch::try_new(batch.schema(), columns)
    }
}

/// The keys of a batch as byte strings.
struct Keys {
    rows: Rows,
    /// The columns of the key: a null in one of them, and the row has no partner.
    columns: Vec<ArrayRef>,
}

impl Keys {
    fn new(batch: &RecordBatch, key: &[&str]) -> Result<Self, ArrowError> {
        let columns: Vec<ArrayRef> = key
            .iter()
            .map(|name| column(batch, name).cloned())
            .collect::<Result<_, _>>()?;
        let fields = columns.iter().map(|column| SortField::new(column.data_type().clone()));
        let rows = RowConverter::new(fields.collect())?.convert_columns(&columns)?;
        Ok(Keys { rows, columns })
    }

    fn iter(&self) -> impl Iterator<Item = Option<&[u8]>> {
        (0..self.rows.num_rows()).map(|row| {
            let is_known = self.columns.iter().all(|column| column.is_valid(row));
            is_known.then(|| self.rows.row(row).data())
        })
    }
}

fn column<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b ArrayRef, ArrowError> {
    let index = batch.schema_ref().index_of(name)?;
    Ok(batch.column(index))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::schema::rows::{MeetingReportRow, ParticipationRow};
    use crate::schema::{from_batch, to_batch};

    /// The official of each participation by document and meeting goes into the reports' `host`.
    const HOSTS: Fill = Fill {
        table: Table::MeetingReports,
        key: &["document_id", "meeting_id"],
        column: "host",
        from: Table::Participations,
        from_key: &["document_id", "meeting_id"],
        from_column: "official_id",
    };

    fn reports(rows: &[(&str, &str, Option<&str>)]) -> RecordBatch {
        let row = |&(document, meeting, host): &(&str, &str, Option<&str>)| MeetingReportRow {
            document_id: document.to_owned(),
            meeting_id: meeting.to_owned(),
            host: host.map(str::to_owned),
            ..Default::default()
        };
        to_batch(Table::MeetingReports, &rows.iter().map(row).collect::<Vec<_>>()).unwrap()
    }

    fn parts(rows: &[(&str, &str, &str)]) -> RecordBatch {
        let row = |&(document, meeting, official): &(&str, &str, &str)| ParticipationRow {
            document_id: document.to_owned(),
            meeting_id: meeting.to_owned(),
            official_id: official.to_owned(),
            ..Default::default()
        };
        to_batch(Table::Participations, &rows.iter().map(row).collect::<Vec<_>>()).unwrap()
    }

    fn hosts(batches: &[RecordBatch]) -> Vec<Option<String>> {
        let rows = batches
            .iter()
            .flat_map(|batch| from_batch::<MeetingReportRow>(batch).unwrap());
        rows.map(|row| row.host).collect()
    }

    #[test]
    fn a_row_takes_its_partners_value_and_keeps_its_own_without_one() {
        let left = reports(&[
            ("a", "1", None),
            ("a", "2", Some("own")),
            ("b", "1", Some("own")),
            ("ab", "", None),
        ]);
        let right = [
            parts(&[("b", "1", "p")]),
            parts(&[]),
            parts(&[("a", "1", "q"), ("", "ab", "r")]),
        ];
        let filled = HOSTS.apply(&[left], &right).unwrap();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(hosts(&filled), [some("q"), some("own"), some("p"), None]);
        assert_eq!(filled[0].schema(), Table::MeetingReports.schema());
    }

    #[test]
    fn unknown_keys_have_no_partner_and_may_repeat() {
        let by_host = Fill {
            key: &["host"],
            column: "kind",
            from: Table::MeetingReports,
            from_key: &["host"],
            from_column: "meeting_id",
            ..HOSTS
        };
        let right = [reports(&[("", "1", None), ("", "2", None), ("", "3", Some("x"))])];
        let filled = by_host
            .apply(&[reports(&[("a", "", None), ("b", "", Some("x"))])], &right)
            .unwrap();
        let rows: Vec<MeetingReportRow> = from_batch(&filled[0]).unwrap();
        assert_eq!([&*rows[0].kind, &*rows[1].kind], ["", "3"]);
    }

    #[test]
    fn two_partners_or_a_column_that_does_not_fit_are_errors() {
        let left = [reports(&[("a", "1", None)])];
        let twice = [parts(&[("a", "1", "p")]), parts(&[("a", "1", "p")])];
        assert_eq!(
            HOSTS.apply(&left, &twice).unwrap_err().to_string(),
            "cannot fill meeting_reports.host from participations: two of its rows have the same document_id, meeting_id"
        );
        let other_type = Fill {
            column: "session_number",
            ..HOSTS
        };
        let error = other_type.apply(&left, &twice[..1]).unwrap_err();
        assert!(matches!(error, FillError::Arrow { .. }), "{error}");
    }

    #[test]
    fn without_rows_on_either_side_nothing_happens() {
        assert_eq!(HOSTS.apply(&[], &[parts(&[("a", "1", "p")])]).unwrap(), []);
        let left = [reports(&[("a", "1", Some("own"))])];
        assert_eq!(HOSTS.apply(&left, &[]).unwrap(), left);
    }

    proptest! {
        #[test]
        fn the_split_of_either_side_does_not_matter(
            left in prop::collection::vec((0..9u8, 0..3u8), 0..30),
            right in prop::collection::btree_set((0..9u8, 0..3u8), 0..20),
            cuts in (1..7usize, 1..7usize),
        ) {
            let names: Vec<String> = (0..9).map(|number: u8| number.to_string()).collect();
            let name = |number: u8| names[usize::from(number)].as_str();
            let left: Vec<_> = left.into_iter().map(|(a, b)| (name(a), name(b), None)).collect();
            let right: Vec<_> = right.into_iter().map(|(a, b)| (name(a), name(b), name(a))).collect();
            let whole = HOSTS.apply(&[reports(&left)], &[parts(&right)]).unwrap();
            let lefts: Vec<RecordBatch> = left.chunks(cuts.0).map(reports).collect();
            let rights: Vec<RecordBatch> = right.rchunks(cuts.1).map(parts).collect();
            let split = HOSTS.apply(&lefts, &rights).unwrap();
            prop_assert_eq!(hosts(&whole), hosts(&split));
        }
    }
}
