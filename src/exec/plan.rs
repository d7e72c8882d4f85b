//! What a run does, in order: the reader, the stages, and the tables that come with the program.

use arrow::array::RecordBatch;

use super::read::Reader;
use super::{RunError, STAGES};
use crate::schema::Table;
use crate::stage::Stage;

/// The steps of a run.
pub(super) struct Plan {
    pub reader: Box<dyn Reader>,
    /// Each takes what the one before gives, batch by batch.
    pub map_stages: Vec<Box<dyn Stage>>,
    /// Each takes all rows of its input table.
    pub keyed_stages: Vec<Box<dyn Stage>>,
    /// Rows that no document gives.
    pub reference_tables: Vec<(Table, RecordBatch)>,
    /// Hash of all lexicon entries.
    pub lexicon_hash: String,
}

impl Plan {
    /// Names of the stages that run, for progress and logs.
    pub fn stage_names(&self, until: Until) -> Vec<&'static str> {
        let keyed = self.keyed_stages.iter().filter(|_| until >= Until::Resolve);
        let map = self.map_stages.iter().take(until.map_stages());
        let stages = map.chain(keyed).map(|stage| stage.name());
        ["ingest"].into_iter().chain(stages).collect()
    }
}

/// How far a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Until {
    Ingest,
    Clean,
    Extract,
    Resolve,
    Aggregate,
}

impl Until {
    /// The stage of that name; the last without a name.
    pub fn parse(name: Option<&str>) -> Result<Self, RunError> {
        match name {
            Some("ingest") => Ok(Until::Ingest),
            Some("clean") => Ok(Until::Clean),
            Some("extract") => Ok(Until::Extract),
            Some("resolve") => Ok(Until::Resolve),
            Some("aggregate") | None => Ok(Until::Aggregate),
            Some(name) => Err(RunError::UnknownStage {
                name: name.to_owned(),
                stages: STAGES.to_vec(),
            }),
        }
    }

    /// The tables that exist after it and are written.
    pub fn tables(self) -> &'static [Table] {
        match self {
            Until::Ingest => &[Table::RawDocuments, Table::Rejects],
            Until::Clean => &[Table::Documents, Table::Rejects],
            Until::Extract => &[Table::Documents, Table::Extractions, Table::Rejects],
            Until::Resolve | Until::Aggregate => &Table::PUBLISHED,
        }
    }

    /// How many of the map stages run.
    pub fn map_stages(self) -> usize {
        match self {
            Until::Ingest => 0,
            Until::Clean => 1,
            _ => usize::MAX,
        }
    }
}

impl Plan {
    /// TEMPORARY
    pub fn new(_pipeline: &crate::config::Pipeline) -> Result<Self, RunError> {
        Err(RunError::Interrupted)
    }
}
