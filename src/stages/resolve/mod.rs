//! From reports to facts: which texts are one text, which reports one meeting, which mentions one person.
//!
//! The stages of [`duplicates`] find the documents with one text, [`Reports`] spreads each extraction over rows, those of
//! [`meetings`] join the reports of one meeting, [`Observations`] holds figures against each other, [`Officials`] joins the
//! mentions of one person, [`Posts`] finds who held a post that stands without a name. Each row carries what the later
//! stages need, so that any partitioning by the stage's key gives the same tables; what one stage found reaches the rows
//! of another by a fill.

pub mod decisions;
mod duplicates;
mod ids;
mod meetings;
mod observations;
mod office;
mod officials;
mod posts;
mod reports;
#[cfg(test)]
mod tests;

pub use decisions::{DecidedBlocks, decided_pairs};
pub use duplicates::{Compare, Distinct, Duplicates, Near, Shingles};
pub use meetings::{Adjoin, Join, Match};
pub use observations::{Dropped, Observations};
pub use officials::Officials;
pub use posts::Posts;
pub use reports::Reports;

use std::sync::Arc;

use self::decisions::Decisions;
use crate::config::ResolveConfig;
use crate::fill::Fill;
use crate::schema::Table;
use crate::stage::Step;

/// The steps of resolution, in order. `run` is the number of this run, which new ids get.
pub fn steps(config: &ResolveConfig, decisions: &Arc<Decisions>, run: i32) -> Vec<Step> {
    let mut steps = vec![
        Step::stage(Shingles::new(&config.duplicates)),
        Step::stage(Near::new(&config.duplicates)),
        Step::stage(Distinct),
        Step::Fill(duplicates::SKETCH),
        Step::Fill(duplicates::OTHER_SKETCH),
        Step::stage(Compare::new(&config.duplicates, Arc::clone(decisions))),
        Step::stage(Duplicates),
        Step::Fill(duplicates::DUPLICATE_OF),
        Step::stage(Reports),
    ];
    steps.extend(duplicates::ORIGINALS.map(Step::Fill));
    steps.push(given(Table::MeetingProfiles, Table::GivenMeetings));
    steps.extend(meeting_steps(config, decisions, run));
    if decisions
        .rows()
        .iter()
        .any(|row| row.kind == decisions::Kind::Observation)
    {
        steps.push(Step::stage(Dropped::new(Arc::clone(decisions))));
    }
    steps.push(Step::stage(Observations::new(Arc::clone(decisions))));
    steps.push(given(Table::OfficialEvidence, Table::GivenOfficials));
    steps.push(Step::Fill(OFFICIAL_BLOCKS));
    steps.push(Step::stage(Officials::new(Arc::clone(decisions), run)));
    steps.push(Step::Fill(ALIASES));
    steps.push(Step::stage(Posts::new(config)));
    steps
}

/// From reports to meetings.
fn meeting_steps(config: &ResolveConfig, decisions: &Arc<Decisions>, run: i32) -> Vec<Step> {
    let mut steps = vec![Step::stage(Match::new(config, Arc::clone(decisions)))];
    steps.extend(NEIGHBOR_CLUSTERS.map(Step::Fill));
    steps.extend([
        Step::stage(Adjoin),
        Step::Fill(MOVES),
        Step::Fill(CLUSTERS),
        Step::stage(Join::new(Arc::clone(decisions), run)),
    ]);
    steps
}

/// What an earlier run gave the reports or mentions in `table`.
fn given(table: Table, from: Table) -> Step {
    Step::Fill(Fill {
        table,
        key: &["document_id", "start"],
        from,
        from_key: &["document_id", "start"],
        columns: &[("given_id", "given_id"), ("given_in_run", "given_in_run")],
    })
}

/// The clusters of two reports that may tell of one meeting, and how many reports they have.
const NEIGHBOR_CLUSTERS: [Fill; 2] = [
    neighbor_cluster(
        &["document_id", "index"],
        &[("cluster", "cluster"), ("size", "cluster_size")],
    ),
    neighbor_cluster(
        &["other_document_id", "other_index"],
        &[("other_cluster", "cluster"), ("other_size", "cluster_size")],
    ),
];

const fn neighbor_cluster(key: &'static [&'static str], columns: &'static [(&'static str, &'static str)]) -> Fill {
    Fill {
        table: Table::MeetingNeighbors,
        key,
        from: Table::MeetingClusters,
        from_key: &["document_id", "index"],
        columns,
    }
}

/// Reports follow their cluster into the one that it becomes part of.
const MOVES: Fill = Fill {
    table: Table::MeetingClusters,
    key: &["cluster"],
    from: Table::MeetingMoves,
    from_key: &["cluster"],
    columns: &[("cluster", "into")],
};

/// The cluster of each report, and why it is there.
const CLUSTERS: Fill = Fill {
    table: Table::MeetingCandidates,
    key: &["document_id", "index"],
    from: Table::MeetingClusters,
    from_key: &["document_id", "index"],
    columns: &[("cluster", "cluster"), ("link", "link")],
};

/// Mentions of persons that are decided to be the same are read together.
const OFFICIAL_BLOCKS: Fill = Fill {
    table: Table::OfficialEvidence,
    key: &["official_key"],
    from: Table::OfficialBlocks,
    from_key: &["official_key"],
    columns: &[("official_key", "into")],
};

/// An alias of an id that has become an alias itself stands for what that one stands for.
const ALIASES: Fill = Fill {
    table: Table::IdAliases,
    key: &["id"],
    from: Table::IdAliases,
    from_key: &["alias_id"],
    columns: &[("id", "id")],
};
