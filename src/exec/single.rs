//! One document through the stages up to extract, to look at: nothing is written.

use std::path::Path;

use super::RunError;
use super::apply::run_map;
use super::memory::IN_MEMORY;
use super::plan::Plan;
use crate::config::Pipeline;
use crate::schema::rows::{DocumentRow, ExtractionRow, RawDocumentRow, RejectRow};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::StageError;
use crate::stages::ingest::Ingest;

/// What became of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProcessedDocument {
    /// The file, as named.
    pub source_path: String,
    /// 1-based record number within the file; none for single-document files.
    pub source_record: Option<i64>,
    /// The document, unless it was rejected before it was clean.
    pub document: Option<DocumentRow>,
    /// What was found in it, unless it was rejected.
    pub extraction: Option<ExtractionRow>,
    /// Why it was rejected.
    pub reject: Option<RejectRow>,
}

/// Reads a document from the file at `path` and passes it through the stages of a pipeline up to extract.
///
/// From a file of many documents it takes the one with the 1-based number `record`, without a number the first.
/// `ingest.inputs` of the pipeline is not looked at.
///
/// # Errors
/// When there is no such file or record, or a file that the pipeline names cannot be used. A document that a run would
/// reject is no error.
pub fn process_document(pipeline: &Pipeline, path: &Path, record: Option<i64>) -> Result<ProcessedDocument, RunError> {
    std::fs::metadata(path).map_err(RunError::io("read", path))?;
    let plan = Plan::new(pipeline)?;
    let mut processed = ProcessedDocument {
        source_path: path.to_string_lossy().into_owned(),
        ..ProcessedDocument::default()
    };
    match read(&plan, path, &processed.source_path, record)? {
        Ok(raw) => {
            processed.source_record = raw.source_record;
            apply_stages(&plan, &raw, &mut processed)?;
        }
        Err(reject) => {
            processed.source_record = reject.source_record;
            processed.reject = Some(reject);
        }
    }
    Ok(processed)
}

/// Passes a text through the stages of a pipeline up to extract.
///
/// # Errors
/// When a file that the pipeline names cannot be used. A text that a run would reject is no error.
pub fn process_text(pipeline: &Pipeline, text: &str) -> Result<ProcessedDocument, RunError> {
    let plan = Plan::new(pipeline)?;
    let ingest = Ingest::new(&pipeline.config.ingest);
    let mut processed = ProcessedDocument {
        source_path: IN_MEMORY.to_owned(),
        ..ProcessedDocument::default()
    };
    match ingest.open_text(IN_MEMORY, text) {
        Ok(raw) => apply_stages(&plan, &raw, &mut processed)?,
        Err(reject) => processed.reject = Some(*reject),
    }
    Ok(processed)
}

fn read(
    plan: &Plan,
    path: &Path,
    source_path: &str,
    record: Option<i64>,
) -> Result<Result<RawDocumentRow, RejectRow>, RunError> {
    let mut last_record = None;
    for result in plan.reader.open(source_path, path) {
        let number = match &result {
            Ok(row) => row.source_record,
            Err(reject) => reject.source_record,
        };
        // A reject without a number is about the file: there is nothing after it.
        let is_about_the_file = result.is_err() && number.is_none();
        if is_about_the_file || record.is_none_or(|record| record == number.unwrap_or(1)) {
            return Ok(result);
        }
        last_record = number;
    }
    Err(RunError::NoRecord {
        path: path.to_owned(),
        record: record.unwrap_or(1),
        last_record,
    })
}

fn apply_stages(plan: &Plan, raw: &RawDocumentRow, processed: &mut ProcessedDocument) -> Result<(), RunError> {
    let mut batch = rows_of(
        Table::RawDocuments,
        to_batch(Table::RawDocuments, std::slice::from_ref(raw)),
    )?;
    for stage in &plan.map_stages {
        let applied = run_map(stage.as_ref(), &batch)?;
        processed.reject = applied.rejects.into_iter().next();
        let Some((table, rows)) = applied.tables.into_iter().next() else {
            return Ok(());
        };
        match table {
            Table::Documents => processed.document = rows_of(table, from_batch(&rows))?.pop(),
            Table::Extractions => processed.extraction = rows_of(table, from_batch(&rows))?.pop(),
            _ => {}
        }
        if processed.reject.is_some() {
            return Ok(());
        }
        batch = rows;
    }
    Ok(())
}

fn rows_of<T>(table: Table, result: Result<T, serde_arrow::Error>) -> Result<T, RunError> {
    let error = |source| StageError::Schema {
        stage: "explain",
        table: table.name(),
        source,
    };
    Ok(result.map_err(error)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Sáng 12/5/2020, UBND tỉnh Lạng Sơn tổ chức hội nghị trực tuyến về cải cách hành chính do ông \
                        Lê Văn An, Chủ tịch UBND tỉnh, chủ trì.";

    /// What becomes of one record of a file with this name and content.
    fn process(name: &str, content: &str, record: Option<i64>) -> Result<ProcessedDocument, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let pipeline = Pipeline::with_defaults(folder.path(), Vec::new());
        let folder = format!("{}/", folder.path().display());
        process_document(&pipeline, &path, record).map_err(|error| error.to_string().replace(&folder, ""))
    }

    #[test]
    fn a_record_is_chosen_by_its_number() {
        let lines = format!(
            "{{\"text\": \"{PAGE}\"}}\nno json\n{{\"text\": \"UBND tỉnh họp\\nBàn về cải cách hành chính.\"}}\n"
        );
        let check = |record: Option<i64>, number: Option<i64>, has_document: bool, reject: Option<&str>| {
            let processed = process("tin.jsonl", &lines, record).unwrap();
            assert_eq!(processed.source_record, number, "{record:?}");
            assert_eq!(processed.document.is_some(), has_document, "{record:?}");
            assert_eq!(processed.extraction.is_some(), has_document, "{record:?}");
            assert_eq!(
                processed.reject.map(|reject| reject.code).as_deref(),
                reject,
                "{record:?}"
            );
        };
        check(None, Some(1), true, None);
        check(Some(1), Some(1), true, None);
        check(Some(2), Some(2), false, Some("bad_json"));
        check(Some(3), Some(3), false, Some("too_short"));
        assert_eq!(
            process("tin.jsonl", &lines, Some(4)),
            Err("tin.jsonl has no record 4: its last is 3".to_owned())
        );
    }

    #[test]
    fn a_file_that_is_one_document_has_one_record() {
        let facts = process("tin.txt", PAGE, Some(1)).unwrap().extraction.unwrap();
        assert_eq!(facts, process("tin.txt", PAGE, None).unwrap().extraction.unwrap());
        assert_eq!((facts.meetings.len(), facts.officials.len()), (1, 1));
        assert_eq!(
            process("tin.txt", PAGE, Some(2)),
            Err("tin.txt has no record 2: the whole file is one document".to_owned())
        );
    }

    #[test]
    fn a_file_of_an_unknown_format_is_a_reject_and_a_missing_one_an_error() {
        let reject = process("tin.docx", PAGE, None).unwrap().reject.unwrap();
        assert_eq!(
            (reject.stage.as_str(), reject.code.as_str()),
            ("ingest", "unknown_format")
        );
        let pipeline = Pipeline::with_defaults(Path::new("/"), Vec::new());
        let missing = tempfile::tempdir().unwrap().path().join("tin.txt");
        let error = process_document(&pipeline, &missing, None).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot read {}", missing.display()));
    }
}
