//! Fills: columns of one table put into another between two stages.
//!
//! A stage sees nothing but the rows it is given. What a keyed stage found out about a document (that it is a reprint,
//! say) reaches the rows of another table by a fill: a left join on a key that is unique in the table it is taken from.
//! A fill is data, a list of names; here it is a hash join, in a distributed engine that engine's own join, with equal
//! results.

use std::hash::Hasher;

use arrow::array::{Array, ArrayRef, RecordBatch};
use arrow::compute::{concat_batches, interleave};
use arrow::error::ArrowError;
use arrow::row::{RowConverter, Rows, SortField};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxHasher;

use crate::schema::Table;

/// Columns of `from` put into `table`, in the rows whose `key` equals `from_key`.
///
/// A row without a partner keeps the values it had, and so does one whose key holds a null. The columns of both keys
/// have the same types in the same order, and so have both columns of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The table that is filled.
    pub table: Table,
    pub key: &'static [&'static str],
    /// The table that the values are taken from.
    pub from: Table,
    pub from_key: &'static [&'static str],
    /// The columns that are filled, each with the one that its values are taken from.
    pub columns: &'static [(&'static str, &'static str)],
}

impl Fill {
    /// What is filled, as `table.column, other column`.
    fn target(&self) -> String {
        let columns: Vec<&str> = self.columns.iter().map(|(column, _)| *column).collect();
        format!("{}.{}", self.table.name(), columns.join(", "))
    }
}

/// A fill that cannot be done: an error of the program, never of the data.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// Arrow refused an operation: a column is missing or of another type.
    #[error("cannot fill {} from {}: {source}", fill.target(), fill.from.name())]
    Arrow {
        fill: Fill,
        #[source]
        source: ArrowError,
    },
    /// Which of two rows to take would be chance.
    #[error(
        "cannot fill {} from {}: two of its rows have the same {}",
        fill.target(), fill.from.name(), fill.from_key.join(", ")
    )]
    NotUnique { fill: Fill },
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
        let error = |source| FillError::Arrow { fill: *self, source };
        let Some(first) = from.first() else {
            return Ok(Lookup {
                fill: *self,
                values: None,
                places: HashTable::new(),
            });
        };
        // In one array, so that rows are put together from two.
        let from = concat_batches(first.schema_ref(), from).map_err(error)?;
        let values = self.columns.iter().map(|(_, name)| column(&from, name).cloned());
        let values: Vec<ArrayRef> = values.collect::<Result<_, _>>().map_err(error)?;
        let keys = Keys::new(&from, self.from_key).map_err(error)?;
        let mut places: HashTable<usize> = HashTable::with_capacity(from.num_rows());
        for row in 0..from.num_rows() {
            let Some(key) = keys.get(row) else { continue };
            match places.entry(hash(key), |&row| keys.is(row, key), |&row| hash(keys.bytes(row))) {
                Entry::Vacant(entry) => entry.insert(row),
                Entry::Occupied(_) => return Err(FillError::NotUnique { fill: *self }),
            };
        }
        Ok(Lookup {
            fill: *self,
            values: Some((values, keys)),
            places,
        })
    }
}

/// The values of a fill by key, for batches that come one after the other.
pub struct Lookup {
    fill: Fill,
    /// The columns of values, and the keys of their rows.
    values: Option<(Vec<ArrayRef>, Keys)>,
    /// The row of each key.
    places: HashTable<usize>,
}

impl Lookup {
    /// A batch of the filled table with its values.
    ///
    /// # Errors
    /// When a column is missing or of another type.
    pub fn fill(&self, batch: &RecordBatch) -> Result<RecordBatch, FillError> {
        self.filled(batch).map_err(|source| FillError::Arrow {
            fill: self.fill,
            source,
        })
    }

    fn filled(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let Some((values, keys)) = &self.values else {
            return Ok(batch.clone());
        };
        let own_keys = Keys::new(batch, self.fill.key)?;
        let find = |key: &[u8]| self.places.find(hash(key), |&row| keys.is(row, key));
        // Array 0 is the filled column itself, array 1 has the values.
        let taken: Vec<(usize, usize)> = (0..batch.num_rows())
            .map(|row| own_keys.get(row).and_then(find).map_or((0, row), |&place| (1, place)))
            .collect();
        if taken.iter().all(|&(array, _)| array == 0) {
            return Ok(batch.clone());
        }
        let mut columns = batch.columns().to_vec();
        for ((name, _), values) in self.fill.columns.iter().zip(values) {
            let index = batch.schema_ref().index_of(name)?;
            columns[index] = interleave(&[columns[index].as_ref(), values.as_ref()], &taken)?;
        }
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

    fn get(&self, row: usize) -> Option<&[u8]> {
        let is_known = self.columns.iter().all(|column| column.is_valid(row));
        is_known.then(|| self.bytes(row))
    }

    fn bytes(&self, row: usize) -> &[u8] {
        self.rows.row(row).data()
    }

    fn is(&self, row: usize, key: &[u8]) -> bool {
        self.bytes(row) == key
    }
}

fn hash(key: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(key);
    hasher.finish()
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
        from: Table::Participations,
        from_key: &["document_id", "meeting_id"],
        columns: &[("host", "official_id")],
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
            from: Table::MeetingReports,
            from_key: &["host"],
            columns: &[("kind", "meeting_id")],
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
            columns: &[("host", "official_id"), ("session_number", "official_id")],
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
