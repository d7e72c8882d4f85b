//! Reports of one block compared and joined into clusters.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::RecordBatch;
use rustc_hash::{FxHashMap, FxHashSet};

use super::pairs::pairs;
use super::profile::Profile;
use super::score::{Link, link};
use crate::config::ResolveConfig;
use crate::schema::Table;
use crate::schema::rows::{MeetingClusterRow, MeetingLink, MeetingNeighborRow, MeetingProfileRow};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, rows_of, table_of};
use crate::stages::resolve::decisions::{Decisions, Kind, Side};
use crate::stages::resolve::ids;

/// Share of `min_link_score` that two clusters must reach on average over their pairs to become one: a chain of links is
/// not enough.
const MIN_MEAN_SHARE: f64 = 0.7;
/// Of larger clusters so many reports are compared.
const SAMPLE: usize = 8;
/// How much more must speak for one meeting where the day differs.
const NEIGHBOR_MARGIN: f64 = 0.1;

/// Joins the reports of one block. Reports whose evidence reaches `min_link_score` are one meeting, and so is whatever
/// they link to, as long as it fits; what an earlier run joined stays joined.
pub struct Match {
    min_link_score: f64,
    decisions: Arc<Decisions>,
}

impl Match {
    /// Joins by the evidence that `config` asks for, and as it was decided.
    pub fn new(config: &ResolveConfig, decisions: Arc<Decisions>) -> Self {
        Match {
            min_link_score: config.min_link_score,
            decisions,
        }
    }
}

const OUTPUTS: [Table; 2] = [Table::MeetingClusters, Table::MeetingNeighbors];

impl Stage for Match {
    fn name(&self) -> &'static str {
        "resolve.match"
    }

    fn input(&self) -> Table {
        Table::MeetingProfiles
    }

    fn outputs(&self) -> &'static [Table] {
        &OUTPUTS
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("block")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut rows: Vec<MeetingProfileRow> = rows_of(self, batch)?;
        let key = |row: &MeetingProfileRow| (row.block.clone(), row.is_visitor, row.document_id.clone(), row.index);
        rows.sort_by_cached_key(key);
        let mut clusters = Vec::new();
        let mut neighbors = Vec::new();
        for block in rows.chunk_by_mut(|a, b| a.block == b.block) {
            let homes = block.partition_point(|row| !row.is_visitor);
            let (homes, visitors) = block.split_at_mut(homes);
            self.take_from_split_parts(homes);
            let profiles: Vec<Profile> = homes.iter().map(Profile::new).collect();
            let joined = self.join(&profiles);
            neighbors.extend(given_together(&joined));
            self.compare_visitors(&profiles, &joined, visitors, &mut neighbors);
            clusters.extend(joined);
        }
        let tables = vec![
            table_of(Stage::name(self), OUTPUTS[0], &clusters)?,
            table_of(Stage::name(self), OUTPUTS[1], &neighbors)?,
        ];
        Ok(StageOutput {
            merged: rows.len() - clusters.len(),
            ..StageOutput::kept(clusters.len(), tables)
        })
    }
}

impl Match {
    /// The cluster of each report, and its best link within.
    fn join(&self, profiles: &[Profile<'_>]) -> Vec<MeetingClusterRow> {
        let mut links: Vec<(Link, usize, usize)> = pairs(profiles)
            .into_iter()
            .filter_map(|(a, b)| Some((link(&profiles[a], &profiles[b])?, a, b)))
            .filter(|(link, ..)| link.score >= self.min_link_score)
            .collect();
        // The surest links first, so that a doubtful one meets clusters that it must fit.
        links.sort_by(|a, b| b.0.score.total_cmp(&a.0.score).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut clusters = Clusters::of_given_ids(profiles);
        // Until nothing more fits, so that a later run, which starts with these clusters, ends with them too.
        let mut grows = true;
        while grows {
            grows = false;
            for &(_, a, b) in &links {
                let (a, b) = (clusters.of[a], clusters.of[b]);
                if a != b && self.fit(profiles, &clusters.members[a], &clusters.members[b]) {
                    clusters.join(a, b);
                    grows = true;
                }
            }
        }
        let mut best: Vec<Option<Link>> = vec![None; profiles.len()];
        for (link, a, b) in links {
            if clusters.of[a] == clusters.of[b] {
                best[a].get_or_insert(link);
                best[b].get_or_insert(link);
            }
        }
        let rows = || profiles.iter().map(|profile| profile.row);
        let given: FxHashSet<&str> = rows().filter_map(|row| row.given_id.as_deref()).collect();
        let names: FxHashMap<usize, String> = clusters
            .members
            .iter()
            .enumerate()
            .filter(|(_, members)| !members.is_empty())
            .map(|(cluster, members)| (cluster, self.name(members.iter().map(|&row| profiles[row].row), &given)))
            .collect();
        // Clusters of one name are decided to be the same.
        let mut sizes: FxHashMap<&str, i32> = FxHashMap::default();
        for cluster in &clusters.of {
            *sizes.entry(&names[cluster]).or_default() += 1;
        }
        let row = |((row, cluster), link): ((&MeetingProfileRow, &usize), Option<Link>)| MeetingClusterRow {
            document_id: row.document_id.clone(),
            index: row.index,
            cluster: names[cluster].clone(),
            cluster_size: sizes[names[cluster].as_str()],
            link: MeetingLink {
                score: link.map(|link| link.score),
                reasons: link.map(|link| link.reasons()).unwrap_or_default(),
                given_id: row.given_id.clone(),
                given_in_run: row.given_in_run,
            },
        };
        rows().zip(&clusters.of).zip(best).map(row).collect()
    }

    /// Two clusters can be one: no document stands in both, they do not know different years or sessions, and on average
    /// enough speaks for it.
    fn fit(&self, profiles: &[Profile<'_>], a: &[usize], b: &[usize]) -> bool {
        let documents: FxHashSet<&str> = a.iter().map(|&row| profiles[row].row.document_id.as_str()).collect();
        let year = |cluster: &[usize]| cluster.iter().find_map(|&row| profiles[row].year);
        let session = |cluster: &[usize]| cluster.iter().find_map(|&row| profiles[row].row.session_number);
        let agree = |a: Option<i32>, b: Option<i32>| a.zip(b).is_none_or(|(a, b)| a == b);
        let side = |row: usize| Side {
            id: profiles[row].row.given_id.as_deref(),
            document_id: &profiles[row].row.document_id,
        };
        let parted = |&a: &usize| b.iter().any(|&b| self.decisions.apart(Kind::Meeting, side(a), side(b)));
        if b.iter()
            .any(|&row| documents.contains(profiles[row].row.document_id.as_str()))
            || !agree(year(a), year(b))
            || !agree(session(a), session(b))
            || a.iter().any(parted)
        {
            return false;
        }
        let (a, b) = (&a[..a.len().min(SAMPLE)], &b[..b.len().min(SAMPLE)]);
        let scores = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b)));
        let sum: f64 = scores
            .map(|(a, b)| link(&profiles[a], &profiles[b]).map_or(0.0, |link| link.score))
            .sum();
        sum / (a.len() * b.len()) as f64 >= self.min_link_score * MIN_MEAN_SHARE
    }

    /// A report that was decided to tell of another meeting loses the id that it was given.
    fn take_from_split_parts(&self, rows: &mut [MeetingProfileRow]) {
        for row in rows.iter_mut().filter(|_| !self.decisions.is_empty()) {
            let is_split = |id: &String| self.decisions.splits(Kind::Meeting, id, &row.document_id);
            if row.given_id.as_ref().is_some_and(is_split) {
                (row.given_id, row.given_in_run) = (None, None);
            }
        }
    }

    /// What the rows of a cluster share: the oldest id that an earlier run gave one of them, else a new one, made from the
    /// report that was published first. Clusters that are decided to be the same get one name.
    fn name<'r>(
        &self,
        rows: impl Iterator<Item = &'r MeetingProfileRow> + Clone,
        given_in_block: &FxHashSet<&str>,
    ) -> String {
        let given: Vec<ids::Given> = rows
            .clone()
            .filter_map(|row| ids::Given::of(row.given_id.as_ref(), row.given_in_run))
            .collect();
        let chosen = ids::choose(Kind::Meeting, &given, &self.decisions, || {
            let age = |row: &&MeetingProfileRow| {
                let day = (row.published_at.is_none(), row.published_at);
                (day, row.document_id.clone(), row.index)
            };
            let Some(first) = rows.min_by_key(age) else {
                return String::new();
            };
            let index = first.index.to_string();
            let id = ids::id("m", &[&first.document_id, &index]);
            let is_taken =
                given_in_block.contains(id.as_str()) || self.decisions.splits(Kind::Meeting, &id, &first.document_id);
            if is_taken {
                ids::id("m", &[&first.document_id, &index, "part"])
            } else {
                id
            }
        });
        self.decisions.root(Kind::Meeting, &chosen.id).to_owned()
    }

    /// Notes which reports of the day before may tell of a meeting of this block. Not those whose document, or one that
    /// tells of the same meeting, also tells of the other: it knows two.
    fn compare_visitors(
        &self,
        homes: &[Profile<'_>],
        joined: &[MeetingClusterRow],
        visitors: &[MeetingProfileRow],
        neighbors: &mut Vec<MeetingNeighborRow>,
    ) {
        if homes.is_empty() || visitors.is_empty() {
            return;
        }
        let profiles: Vec<Profile> = homes.iter().copied().chain(visitors.iter().map(Profile::new)).collect();
        let links: Vec<(usize, usize, Link)> = pairs(&profiles)
            .into_iter()
            .filter(|&(a, b)| a < homes.len() && b >= homes.len())
            .filter_map(|(home, visitor)| Some((home, visitor, link(&profiles[visitor], &profiles[home])?)))
            .filter(|(.., link)| link.score >= self.min_link_score + NEIGHBOR_MARGIN && link.is_telling())
            .collect();
        let visiting: FxHashSet<&str> = visitors.iter().map(|row| row.document_id.as_str()).collect();
        let knows_both = |cluster: &str| {
            joined
                .iter()
                .any(|row| row.cluster == cluster && visiting.contains(row.document_id.as_str()))
        };
        for (home, visitor, link) in links {
            let (row, other) = (profiles[visitor].row, &joined[home]);
            if knows_both(&other.cluster) {
                continue;
            }
            neighbors.push(MeetingNeighborRow {
                document_id: row.document_id.clone(),
                index: row.index,
                other_document_id: other.document_id.clone(),
                other_index: other.index,
                score: link.score,
                ..MeetingNeighborRow::default()
            });
        }
    }
}

/// Ids that earlier runs gave to reports that are one cluster now: the reports elsewhere that have them follow.
fn given_together(joined: &[MeetingClusterRow]) -> Vec<MeetingNeighborRow> {
    let mut others: BTreeMap<&str, &MeetingClusterRow> = BTreeMap::new();
    for row in joined {
        if let Some(id) = row.link.given_id.as_deref().filter(|&id| row.cluster != id) {
            others.entry(id).or_insert(row);
        }
    }
    let certain = |(id, row): (&str, &MeetingClusterRow)| MeetingNeighborRow {
        document_id: row.document_id.clone(),
        index: row.index,
        other_cluster: Some(id.to_owned()),
        score: 1.0,
        is_certain: true,
        ..MeetingNeighborRow::default()
    };
    others.into_iter().map(certain).collect()
}

/// Sets of rows that grow together.
struct Clusters {
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Clusters {
    /// Rows that an earlier run gave one id are together, all others alone.
    fn of_given_ids(profiles: &[Profile<'_>]) -> Self {
        let mut clusters = Clusters {
            of: (0..profiles.len()).collect(),
            members: (0..profiles.len()).map(|row| vec![row]).collect(),
        };
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (row, id) in profiles
            .iter()
            .enumerate()
            .filter_map(|(row, profile)| Some((row, profile.row.given_id.as_deref()?)))
        {
            let together = clusters.of[*first.entry(id).or_insert(row)];
            clusters.join(together, clusters.of[row]);
        }
        clusters
    }

    fn join(&mut self, a: usize, b: usize) {
        if a == b {
            return;
        }
        let (keep, drop) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[drop]);
        for &row in &moved {
            self.of[row] = keep;
        }
        self.members[keep].extend(moved);
        self.members[keep].sort_unstable();
    }
}
