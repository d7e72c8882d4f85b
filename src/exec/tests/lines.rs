//! A small plan: documents are the lines `id|text` of text files, `text` decides what becomes of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use arrow::array::RecordBatch;

use crate::exec::Plan;
use crate::exec::read::{Documents, Reader};
use crate::fill::Fill;
use crate::schema::rows::{DocumentRow, ExtractionRow, MeetingRow, RawDocumentRow, RejectRow};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Provenance, Rejection, Stage, StageError, StageOutput, Step, map_rows};
use crate::stages::resolve::decisions::Decisions;

struct Lines;

impl Reader for Lines {
    #[expect(clippy::result_large_err, reason = "what readers give is rows, and a reject is one")]
    fn open<'a>(&'a self, source_path: &str, path: &Path) -> Documents<'a> {
        let source_path = source_path.to_owned();
        let text = fs::read_to_string(path).unwrap();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        Box::new(lines.into_iter().zip(1..).map(move |(line, number)| {
            let (id, text) = line.split_once('|').ok_or(RejectRow {
                source_path: source_path.clone(),
                source_record: Some(number),
                stage: "ingest".to_owned(),
                code: "bad_line".to_owned(),
                ..Default::default()
            })?;
            assert!(text != "reader panic", "cannot read on");
            Ok(RawDocumentRow {
                document_id: id.to_owned(),
                source_path: source_path.clone(),
                source_record: Some(number),
                text: Some(text.to_owned()),
                ..Default::default()
            })
        }))
    }
}

/// Rejects `drop`, panics on `row panic`, and panics over the whole batch on `batch panic`.
struct CleanLines;

impl Stage for CleanLines {
    fn name(&self) -> &'static str {
        "clean"
    }
    fn input(&self) -> Table {
        Table::RawDocuments
    }
    fn outputs(&self) -> &'static [Table] {
        &[Table::Documents]
    }
    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }
    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let rows: Vec<RawDocumentRow> = from_batch(batch).unwrap();
        assert!(
            rows.iter().all(|row| row.text.as_deref() != Some("batch panic")),
            "whole batch"
        );
        map_rows(self, Table::Documents, batch, |row: RawDocumentRow| {
            let text = row.text.unwrap_or_default();
            match text.as_str() {
                "drop" => Err(Rejection::new("dropped", "told so")),
                "row panic" => panic!("one row"),
                _ => Ok(DocumentRow {
                    document_id: row.document_id,
                    source_path: row.source_path,
                    source_record: row.source_record,
                    content_hash: text.clone(),
                    n_chars: text.chars().count() as i32,
                    text,
                    ..Default::default()
                }),
            }
        })
    }
}

/// One empty extraction per document.
struct ExtractLines;

impl Stage for ExtractLines {
    fn name(&self) -> &'static str {
        "extract"
    }
    fn input(&self) -> Table {
        Table::Documents
    }
    fn outputs(&self) -> &'static [Table] {
        &[Table::Extractions]
    }
    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }
    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        map_rows(self, Table::Extractions, batch, |row: DocumentRow| {
            Ok(ExtractionRow {
                document_id: row.document_id,
                content_hash: row.content_hash,
                ..Default::default()
            })
        })
    }
}

impl Provenance for DocumentRow {
    fn provenance(&self) -> (String, Option<i64>, Option<String>) {
        (
            self.source_path.clone(),
            self.source_record,
            Some(self.document_id.clone()),
        )
    }
}

/// One meeting per content hash, named after the first document; panics on the hash `group panic`, and loses a row
/// of the hash `lost`.
struct ResolveLines;

impl Stage for ResolveLines {
    fn name(&self) -> &'static str {
        "resolve"
    }
    fn input(&self) -> Table {
        Table::Extractions
    }
    fn outputs(&self) -> &'static [Table] {
        &[Table::Meetings]
    }
    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("content_hash")
    }
    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in from_batch::<ExtractionRow>(batch).unwrap() {
            assert!(row.content_hash != "group panic", "a group");
            groups.entry(row.content_hash).or_default().push(row.document_id);
        }
        let lost = groups.contains_key("lost") as usize;
        let meetings: Vec<MeetingRow> = groups
            .iter()
            .map(|(hash, ids)| MeetingRow {
                meeting_id: hash.clone(),
                name: ids[0].clone(),
                n_documents: ids.len() as i32,
                ..Default::default()
            })
            .collect();
        Ok(StageOutput {
            tables: vec![(Table::Meetings, to_batch(Table::Meetings, &meetings).unwrap())],
            rejects: Vec::new(),
            kept: meetings.len(),
            merged: batch.num_rows() - meetings.len() - lost,
        })
    }
}

/// The first document of each meeting goes into the rows of all its documents.
const FIRST_DOCUMENTS: Fill = Fill {
    table: Table::Documents,
    key: &["content_hash"],
    from: Table::Meetings,
    from_key: &["meeting_id"],
    columns: &[("duplicate_of", "name")],
};

/// A plan of those stages, which ends with a fill.
pub fn plan() -> Plan {
    Plan {
        reader: Box::new(Lines),
        map_stages: vec![Box::new(CleanLines), Box::new(ExtractLines)],
        table_steps: Box::new(|_, _| vec![Step::stage(ResolveLines), Step::Fill(FIRST_DOCUMENTS)]),
        reference_tables: Vec::new(),
        lexicon_hash: "lexicon".to_owned(),
        decisions: Decisions::default(),
    }
}
