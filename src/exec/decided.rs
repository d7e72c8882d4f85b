//! The table `decisions`: what an analyst decided, and whether the tables hold what it is about.

use std::sync::{Mutex, PoisonError};

use arrow::array::{AsArray, RecordBatch};
use rustc_hash::FxHashSet;

use super::RunError;
use super::flow::Flow;
use crate::schema::Table;
use crate::schema::rows::{DecisionRow, RejectRow};
use crate::stage::batch_of;
use crate::stages::resolve::decisions::{Action, DROPPED, Decision, Decisions};

/// Where ids stand.
pub(super) const IDS: [(Table, &str); 5] = [
    (Table::Documents, "document_id"),
    (Table::Meetings, "meeting_id"),
    (Table::Officials, "official_id"),
    (Table::Indicators, "observation_id"),
    (Table::IdAliases, "alias_id"),
];

/// One row for each decision.
pub(super) fn decided(decisions: &Decisions, flow: &Flow) -> Result<RecordBatch, RunError> {
    let known = if decisions.rows().is_empty() {
        FxHashSet::default()
    } else {
        ids(flow)?
    };
    rows(decisions, &known, &flow.rejects)
}

/// One row for each decision, where the tables hold the ids `known`.
pub(super) fn rows(
    decisions: &Decisions,
    known: &FxHashSet<String>,
    rejects: &[RejectRow],
) -> Result<RecordBatch, RunError> {
    let rows: Vec<DecisionRow> = decisions
        .rows()
        .iter()
        .map(|decision| DecisionRow {
            action: decision.action.name().to_owned(),
            kind: decision.kind.name().to_owned(),
            id: decision.id.to_string(),
            other: decision.other.as_ref().map(ToString::to_string),
            value: decision.value.clone(),
            reason: decision.reason.clone(),
            author: decision.author.clone(),
            source: decision.source.clone(),
            source_record: decision.source_record,
            applied: is_applied(decision, known, rejects),
        })
        .collect();
    Ok(batch_of("resolve", Table::Decisions, &rows)?)
}

fn ids(flow: &Flow) -> Result<FxHashSet<String>, RunError> {
    let ids = Mutex::new(FxHashSet::default());
    for (table, column) in IDS {
        let Some(rows) = flow.tables.get(&table) else { continue };
        rows.visit(|batch| {
            let column = batch.column_by_name(column);
            let values = column.and_then(|column| column.as_string_opt::<i32>());
            let mut ids = ids.lock().unwrap_or_else(PoisonError::into_inner);
            ids.extend(values.into_iter().flatten().flatten().map(str::to_owned));
            Ok(())
        })?;
    }
    Ok(ids.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Everything that the decision names is in the tables or, where it was to be left out, among the rejects.
fn is_applied(decision: &Decision, known: &FxHashSet<String>, rejects: &[RejectRow]) -> bool {
    if decision.action == Action::Drop {
        let reference = decision.id.to_string();
        let tells = |reject: &RejectRow| {
            reject
                .message
                .strip_prefix(&reference)
                .is_some_and(|rest| rest.starts_with(' '))
        };
        return rejects.iter().any(|reject| reject.code == DROPPED && tells(reject));
    }
    [Some(&decision.id), decision.other.as_ref()]
        .into_iter()
        .flatten()
        .all(|reference| {
            let document = reference.document_id.as_deref();
            known.contains(reference.id.as_str()) && document.is_none_or(|document| known.contains(document))
        })
}
