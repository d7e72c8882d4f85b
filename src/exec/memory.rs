//! Documents in memory through all stages: nothing is read from files and nothing written.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;

use super::flow::{Flow, Resolution, flow};
use super::given::Given;
use super::inputs::Input;
use super::map::Course;
use super::plan::{Plan, Until};
use super::progress::Progress;
use super::read::{Documents, Reader};
use super::rows::Store;
use super::{RunError, RunOptions};
use crate::config::Pipeline;
use crate::output::{OutputTable, TableReadError, sorted};
use crate::schema::Table;
use crate::schema::rows::{RawDocumentRow, RejectRow};
use crate::stages::aggregate;
use crate::stages::ingest::Ingest;

/// What the tables call the place of documents that came from no file.
pub const IN_MEMORY: &str = "memory";

/// Passes the documents in the rows of `batches` through a pipeline and gives the tables of the contract, sorted by their
/// keys, then the summary tables of the pipeline.
///
/// Columns are found by the names in `[ingest.fields]`: `text` or `html`, and where they are there `id`, `url`, `title`,
/// `published_at`, `site`. `source_record` of a document is its row, counted from 1. `ingest.inputs` and `output` of the
/// pipeline are not looked at, nor `until`, `force` and `progress` of the options.
///
/// # Errors
/// When a batch has neither a text nor an HTML column, a file that the pipeline names cannot be used, or the run was
/// interrupted. Documents that cannot be processed are no errors, they are listed in the table `rejects`.
pub fn extract(
    pipeline: &Pipeline,
    batches: &[RecordBatch],
    options: &RunOptions,
) -> Result<Vec<(OutputTable, RecordBatch)>, RunError> {
    let config = &pipeline.config;
    let ingest = Ingest::new(&config.ingest);
    let documents = ingest
        .open_batches(IN_MEMORY, batches)
        .map_err(|rejection| RunError::NoText {
            message: rejection.message,
        })?;
    let plan = Plan {
        reader: Box::new(InMemory(Mutex::new(documents.collect()))),
        ..Plan::new(pipeline)?
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.unwrap_or(0))
        .build()?;
    let decisions = Arc::new(plan.decisions.clone());
    let store = Store::new(
        &std::env::temp_dir(),
        config.pipeline.memory_mib.saturating_mul(1 << 20),
    );
    let given = Given::none(&plan.decisions, &store)?;
    let steps = (plan.table_steps)(&decisions, given.last_run + 1);
    let inputs = [Input {
        path: PathBuf::new(),
        source_path: IN_MEMORY.to_owned(),
    }];
    let stages = plan.stage_names(Until::Aggregate, &steps);
    pool.install(|| {
        let course = Course {
            until: Until::Aggregate,
            inputs: &inputs,
            state: None,
            batch_rows: config.pipeline.batch_rows,
            store: &store,
            interrupted: &options.interrupted,
            progress: &Progress::new(false, inputs.len(), &stages, &options.tally),
        };
        let resolution = Resolution {
            steps: &steps,
            given: given.tables,
        };
        let mut flow = flow(&plan, resolution, &course)?;
        flow.conclude(&decisions, Until::Aggregate)?;
        let tables = tables(&mut flow)?;
        let source: Arc<dyn aggregate::Source> = Arc::new(Tables(tables.clone()));
        let summaries = aggregate::run(&config.aggregate, &source)?;
        let summaries = config.aggregate.iter().zip(summaries).map(|(block, (name, rows))| {
            let table = OutputTable::summary(name, block.description.clone(), rows.schema());
            (table, rows)
        });
        let tables = tables.into_iter().map(|(table, rows)| (OutputTable::new(table), rows));
        Ok(tables.chain(summaries).collect())
    })
}

/// The tables of the contract, sorted.
fn tables(flow: &mut Flow) -> Result<Vec<(Table, RecordBatch)>, RunError> {
    let collected = flow.tables_of(&Table::PUBLISHED).into_iter().map(|(table, rows)| {
        let mut batches = rows.collect()?;
        batches.push(RecordBatch::new_empty(table.schema()));
        Ok((table, sorted(table.key(), &batches)?))
    });
    collected.collect()
}

/// Documents that have been read: the one file of the run.
struct InMemory(Mutex<Vec<Result<RawDocumentRow, RejectRow>>>);

impl Reader for InMemory {
    fn open<'a>(&'a self, _source_path: &str, _path: &Path) -> Documents<'a> {
        let documents = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        Box::new(documents.into_iter())
    }
}

/// Tables in memory as queries read them.
struct Tables(Vec<(Table, RecordBatch)>);

impl Tables {
    fn table(&self, name: &str) -> Option<&RecordBatch> {
        let (_, rows) = self.0.iter().find(|(table, _)| table.name() == name)?;
        Some(rows)
    }
}

impl aggregate::Source for Tables {
    fn schema(&self, table: &str) -> Option<SchemaRef> {
        self.table(table).map(RecordBatch::schema)
    }

    fn num_rows(&self, table: &str) -> usize {
        self.table(table).map_or(0, RecordBatch::num_rows)
    }

    fn batches(&self, table: &str, columns: &[usize]) -> Result<aggregate::Batches<'_>, TableReadError> {
        let rows = self.table(table);
        let rows = rows.map(|rows| {
            Ok(rows
                .project(columns)
                .expect("the engine asks for columns of the schema"))
        });
        Ok(Box::new(rows.into_iter()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{AsArray, StringArray};

    const TEXTS: [&str; 3] = [
        "Sáng 12/5/2020, UBND tỉnh Lạng Sơn tổ chức hội nghị trực tuyến về cải cách hành chính do ông Lê Văn An, Chủ tịch \
         UBND tỉnh, chủ trì.",
        "Tin ngắn\nChưa có gì.",
        "Sáng 12/5/2020, UBND tỉnh Lạng Sơn tổ chức hội nghị trực tuyến về cải cách hành chính do ông Lê Văn An, Chủ tịch \
         UBND tỉnh, chủ trì.",
    ];

    fn batch(column: &str, texts: &[&str]) -> RecordBatch {
        let texts = StringArray::from_iter_values(texts);
        RecordBatch::try_from_iter([(column, Arc::new(texts) as _)]).unwrap()
    }

    fn text<'t>(tables: &'t [(OutputTable, RecordBatch)], table: &str, column: &str) -> Vec<&'t str> {
        let (_, rows) = tables.iter().find(|(found, _)| found.name == table).unwrap();
        let values = rows.column_by_name(column).unwrap().as_string::<i32>();
        values.iter().map(Option::unwrap).collect()
    }

    #[test]
    fn rows_in_memory_become_tables_and_copies_count_once() {
        let mut pipeline = Pipeline::with_defaults(Path::new("/"), Vec::new());
        pipeline.config.aggregate = vec![crate::config::AggregateConfig {
            name: "months".to_owned(),
            description: String::new(),
            sql: "SELECT kind, COUNT(*) AS n FROM meetings GROUP BY kind".to_owned(),
        }];
        let batches = [batch("text", &TEXTS[..1]), batch("text", &TEXTS[1..])];
        let tables = extract(&pipeline, &batches, &RunOptions::default()).unwrap();
        assert_eq!(tables.len(), Table::PUBLISHED.len() + 1);
        assert_eq!(text(&tables, "meetings", "kind"), ["hội nghị"]);
        assert_eq!(text(&tables, "officials", "name"), ["Lê Văn An"]);
        assert_eq!(text(&tables, "months", "kind"), ["hội nghị"]);
        assert_eq!(text(&tables, "rejects", "code"), ["too_short"]);
        assert_eq!(text(&tables, "documents", "source_path"), [IN_MEMORY]);
    }

    #[test]
    fn data_without_text_are_an_error_and_no_rows_give_empty_tables() {
        let pipeline = Pipeline::with_defaults(Path::new("/"), Vec::new());
        let error = extract(&pipeline, &[batch("body", &TEXTS)], &RunOptions::default()).unwrap_err();
        assert!(
            error.to_string().starts_with("the data has neither `text` nor `html`"),
            "{error}"
        );
        let tables = extract(&pipeline, &[batch("text", &[])], &RunOptions::default()).unwrap();
        assert_eq!(text(&tables, "documents", "text"), [""; 0]);
        assert!(!text(&tables, "areas", "area_id").is_empty());
    }
}
