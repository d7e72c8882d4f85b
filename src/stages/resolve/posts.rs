//! Who stands behind a post that a document mentions without a name.
//!
//! `Chủ tịch UBND tỉnh Bắc Ninh chủ trì` names nobody, but other documents name the chairman of those days. All that is
//! known of one post meets here: the spans of days in which persons were seen in it, and the mentions. A mention gets the
//! one person whose span holds its day; else the one who was seen nearest, where nobody else comes into question. It is
//! never a guess between two; only who is shown in the post by less than a tenth as many documents as another does not count.

use arrow::array::RecordBatch;
use chrono::NaiveDate;

use super::office::Office;
use crate::config::ResolveConfig;
use crate::schema::Table;
use crate::schema::rows::{MeetingCandidateRow, PostEvidenceRow, PostFact, PostMentionRow, PostPartFact};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, rows_of, table_of};

/// Finds the holders of posts that stand without a name.
pub struct Posts {
    max_gap_days: i64,
}

impl Posts {
    /// Looks for holders as near in time as `config` asks for.
    pub fn new(config: &ResolveConfig) -> Self {
        Posts {
            max_gap_days: i64::from(config.max_holder_gap_days),
        }
    }
}

const OUTPUTS: [Table; 1] = [Table::PostMentions];

impl Stage for Posts {
    fn name(&self) -> &'static str {
        "resolve.posts"
    }

    fn input(&self) -> Table {
        Table::PostEvidence
    }

    fn outputs(&self) -> &'static [Table] {
        &OUTPUTS
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Keyed("post_key")
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let mut rows: Vec<PostEvidenceRow> = rows_of(self, batch)?;
        rows.sort_by_cached_key(|row| {
            let span = (row.first_seen, row.last_seen, row.official_id.clone());
            let mention = (
                row.document_id.clone(),
                row.evidence.start,
                row.meeting_id.clone(),
                row.role.clone(),
            );
            (row.post_key.clone(), span, mention)
        });
        let count = rows.len();
        let mut mentions = Vec::new();
        for post in rows.chunk_by(|a, b| a.post_key == b.post_key) {
            let (holders, told): (Vec<_>, Vec<_>) = post.iter().partition(|row| row.official_id.is_some());
            let spans: Vec<Span> = holders.into_iter().filter_map(Span::of).collect();
            mentions.extend(told.into_iter().map(|row| self.mention(row, &spans)));
        }
        let tables = vec![table_of(self.name(), OUTPUTS[0], &mentions)?];
        Ok(StageOutput::kept(count, tables))
    }
}

/// The days between which somebody is seen in a post.
#[derive(Clone, Copy, Debug)]
struct Span<'r> {
    official_id: &'r str,
    first: NaiveDate,
    last: NaiveDate,
    n_documents: i32,
}

/// Documents for one who is seen in a post that outweigh one document for another: a text misread, or a post of a foreign
/// state whose name is left out.
const OUTWEIGHS: i32 = 10;

impl<'r> Span<'r> {
    fn of(row: &'r PostEvidenceRow) -> Option<Span<'r>> {
        Some(Span {
            official_id: row.official_id.as_deref()?,
            first: row.first_seen?,
            last: row.last_seen?,
            n_documents: row.n_documents.unwrap_or(1),
        })
    }

    /// Days between the span and `day`; 0 within it.
    fn days_from(&self, day: NaiveDate) -> i64 {
        (self.first - day).num_days().max((day - self.last).num_days()).max(0)
    }
}

impl Posts {
    fn mention(&self, row: &PostEvidenceRow, spans: &[Span]) -> PostMentionRow {
        let (holder, basis) = self.holder(row, spans);
        PostMentionRow {
            document_id: row.document_id.clone().unwrap_or_default(),
            label: row.label.clone(),
            title: row.title.clone(),
            organization: row.organization.clone(),
            area_id: row.area_id.clone(),
            role: row.role.clone(),
            meeting_id: row.meeting_id.clone(),
            official_id: holder.map(str::to_owned),
            inferred: true,
            basis,
            start: row.evidence.start,
            end: row.evidence.end,
            quote: row.evidence.quote.clone(),
            rule: row.evidence.rule.clone(),
            confidence: row.evidence.confidence,
        }
    }

    /// Who held the post on the day of a mention, and from what this follows; nobody, and why.
    fn holder<'s>(&self, row: &PostEvidenceRow, spans: &[Span<'s>]) -> (Option<&'s str>, String) {
        let office = Office::new(
            &row.title,
            row.organization.as_deref(),
            row.area_id.as_deref(),
            None,
            row.day,
        );
        if !office.is_sole() {
            return (None, "several persons hold such a post at a time".to_owned());
        }
        let Some(day) = row.day else {
            return (None, "the day of the mention is not known".to_owned());
        };
        let near: Vec<(i64, &Span)> = spans
            .iter()
            .map(|span| (span.days_from(day), span))
            .filter(|(days, _)| *days <= self.max_gap_days)
            .collect();
        let most = near.iter().map(|(_, span)| span.n_documents).max().unwrap_or(0);
        let near: Vec<(i64, &Span)> = near
            .into_iter()
            .filter(|(_, span)| span.n_documents.saturating_mul(OUTWEIGHS) > most)
            .collect();
        let within: Vec<(i64, &Span)> = near.iter().filter(|(days, _)| *days == 0).copied().collect();
        let candidates = if within.is_empty() { near } else { within };
        let Some(&(days, span)) = candidates.iter().min_by_key(|(days, span)| (*days, span.official_id)) else {
            return (
                None,
                format!("nobody seen in the post within {} days", self.max_gap_days),
            );
        };
        if candidates
            .iter()
            .any(|(_, other)| other.official_id != span.official_id)
        {
            let when = match days {
                0 => "on the day".to_owned(),
                _ => format!("within {} days", self.max_gap_days),
            };
            return (None, format!("several persons seen in the post {when}"));
        }
        let held = format!("held {}…{}", span.first, span.last);
        let basis = match days {
            0 => held,
            1 => format!("{held}, 1 day away"),
            _ => format!("{held}, {days} days away"),
        };
        (Some(span.official_id), basis)
    }
}

/// What stands for the post in the key of this stage, and its area; none where the document does not say in which body it
/// is held.
pub(super) fn key(
    post: &PostFact,
    portal_area: Option<&str>,
    on: Option<NaiveDate>,
) -> Option<(String, Option<String>)> {
    let (organization, area_id) = (post.organization.as_deref(), post.area_id.as_deref());
    let office = Office::new(&post.title, organization, area_id, portal_area, on);
    (office.specific && !office.beside).then(|| {
        (
            office.key(),
            post.area_id.clone().or(office.area.map(|area| area.id.to_owned())),
        )
    })
}

/// The rows of those parts in a meeting which the document gives to posts alone.
pub(super) fn parts_in<'r>(
    candidate: &'r MeetingCandidateRow,
    meeting_id: &'r str,
) -> impl Iterator<Item = PostEvidenceRow> + 'r {
    candidate.posts.iter().map(move |part: &PostPartFact| PostEvidenceRow {
        post_key: part.post_key.clone(),
        document_id: Some(candidate.document_id.clone()),
        day: candidate.meeting.date.or(candidate.published_at),
        meeting_id: Some(meeting_id.to_owned()),
        role: Some(part.role.clone()),
        label: part.label.clone(),
        title: part.title.clone(),
        organization: part.organization.clone(),
        area_id: part.area_id.clone(),
        evidence: part.evidence.clone(),
        ..Default::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{from_batch, to_batch};

    fn holder(official_id: &str, first: &str, last: &str) -> PostEvidenceRow {
        PostEvidenceRow {
            post_key: "chủ tịch".to_owned(),
            official_id: Some(official_id.to_owned()),
            first_seen: first.parse().ok(),
            last_seen: last.parse().ok(),
            ..Default::default()
        }
    }

    /// Holder and basis of a mention on `day`.
    fn inferred(holders: &[PostEvidenceRow], day: &str) -> (Option<String>, String) {
        let mut rows = holders.to_vec();
        rows.push(PostEvidenceRow {
            post_key: "chủ tịch".to_owned(),
            document_id: Some("d".to_owned()),
            title: "Bộ trưởng Bộ Nội vụ".to_owned(),
            day: day.parse().ok(),
            ..Default::default()
        });
        rows.push(holder("elsewhere", "2019-01-01", "2021-01-01"));
        rows.last_mut().unwrap().post_key = "bí thư".to_owned();
        let check = |rows: &[PostEvidenceRow]| {
            let stage = Posts::new(&ResolveConfig::default());
            let output = stage.apply(&to_batch(Table::PostEvidence, rows).unwrap()).unwrap();
            assert_eq!(output.kept, rows.len());
            from_batch::<PostMentionRow>(&output.tables[0].1).unwrap()
        };
        let mentions = check(&rows);
        rows.reverse();
        assert_eq!(check(&rows), mentions, "order must not count");
        assert_eq!(mentions.len(), 1);
        assert!(mentions[0].inferred);
        (mentions[0].official_id.clone(), mentions[0].basis.clone())
    }

    #[test]
    fn a_mention_goes_to_the_only_one_who_was_seen_in_the_post_then() {
        let (an, binh) = (
            holder("an", "2019-03-01", "2020-11-05"),
            holder("bình", "2021-03-01", "2022-11-05"),
        );
        let both = [an.clone(), binh.clone()];
        let some = |id: &str, basis: &str| (Some(id.to_owned()), basis.to_owned());
        let none = |basis: &str| (None, basis.to_owned());
        assert_eq!(inferred(&both, "2020-01-01"), some("an", "held 2019-03-01…2020-11-05"));
        assert_eq!(
            inferred(&both, "2022-11-06"),
            some("bình", "held 2021-03-01…2022-11-05, 1 day away")
        );
        assert_eq!(
            inferred(&both, "2019-01-30"),
            some("an", "held 2019-03-01…2020-11-05, 30 days away")
        );
        assert_eq!(
            inferred(&both, "2021-01-01"),
            none("several persons seen in the post within 180 days")
        );
        assert_eq!(
            inferred(&both, "2018-01-01"),
            none("nobody seen in the post within 180 days")
        );
        assert_eq!(inferred(&both, "unknown"), none("the day of the mention is not known"));
        let mut sure = an.clone();
        sure.n_documents = Some(40);
        let misread = holder("bình", "2020-01-01", "2020-01-01");
        assert_eq!(inferred(&[sure, misread], "2020-01-01").0.as_deref(), Some("an"));
        let acting = holder("an", "2020-12-01", "2021-02-01");
        assert_eq!(inferred(&[an.clone(), acting], "2020-11-20").0.as_deref(), Some("an"));
        let overlapping = holder("bình", "2020-10-01", "2022-11-05");
        assert_eq!(
            inferred(&[an, overlapping], "2020-10-20"),
            none("several persons seen in the post on the day")
        );
    }
}
