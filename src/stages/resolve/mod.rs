//! From reports to facts: which texts are one text, which reports one meeting, which mentions one person.
//!
//! Four stages: [`Duplicates`] marks equal texts, [`Reports`] spreads each extraction over rows, [`Meetings`] joins the
//! reports of one meeting block by block, [`Officials`] the mentions of one person. Each row carries what the later
//! stages need, so that any partitioning by the stage's key gives the same tables.

mod duplicates;
mod ids;
mod meetings;
mod officials;
mod reports;
mod similarity;
#[cfg(test)]
mod tests;

pub use duplicates::Duplicates;
pub use meetings::Meetings;
pub use officials::Officials;
pub use reports::Reports;

use arrow::array::RecordBatch;

use crate::config::ResolveConfig;
use crate::schema::Table;
use crate::stage::{Stage, StageError, StageOutput, Step};

/// The steps of resolution, in order.
pub fn steps(config: &ResolveConfig) -> Vec<Step> {
    vec![
        Step::stage(Duplicates),
        Step::stage(Reports),
        Step::stage(Meetings::new(config)),
        Step::stage(Officials),
    ]
}

/// The error for a batch that does not fit a table.
fn schema_error(stage: &dyn Stage, table: Table) -> impl Fn(serde_arrow::Error) -> StageError {
    let stage = stage.name();
    move |source| StageError::Schema {
        stage,
        table: table.name(),
        source,
    }
}

/// The output of a stage that kept all its `rows`.
fn kept(
    stage: &dyn Stage,
    rows: usize,
    tables: Vec<(Table, Result<RecordBatch, serde_arrow::Error>)>,
) -> Result<StageOutput, StageError> {
    let tables = tables
        .into_iter()
        .map(|(table, batch)| Ok((table, batch.map_err(schema_error(stage, table))?)))
        .collect::<Result<_, StageError>>()?;
    Ok(StageOutput::kept(rows, tables))
}
