//! What a meeting's reports contradict each other in, and which side the tables follow.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashSet;

use crate::schema::rows::{ConflictRow, MeetingCandidateRow};
use crate::stages::resolve::ids;
use crate::text::fold::fold;

/// Chairs are all kept: each may have chaired at a site or for a while.
const ALL_KEPT: &str = "all are kept: a meeting may have several chairs";
const MOST_EXPLICIT: &str =
    "the date that the text itself gives goes before one that follows from the day of publication";
const MOST_SOURCES: &str = "what most independent texts tell";
const EARLIEST: &str = "what the text tells that was published first";

/// The date of a meeting.
pub struct ChosenDate {
    pub date: Option<NaiveDate>,
    pub edtf: Option<String>,
    /// Why this and no other, in words.
    pub rule: &'static str,
    /// The days, without years, that reports tell.
    days: usize,
}

impl ChosenDate {
    /// Reports tell different days.
    pub fn is_disputed(&self) -> bool {
        self.days > 1
    }
}

/// Reports that tell one date.
#[derive(Default)]
struct Side<'r> {
    sources: FxHashSet<&'r str>,
    explicit: bool,
    first: Option<(bool, Option<NaiveDate>, &'r str)>,
}

/// The date that most speaks for: one with a year before one without; one that a text gives itself; the one of most
/// independent texts; the one told first.
pub fn date(cluster: &[&MeetingCandidateRow]) -> ChosenDate {
    let has_primary = cluster.iter().any(|row| row.meeting.is_primary);
    let mut sides: BTreeMap<&str, Side> = BTreeMap::new();
    for row in cluster.iter().filter(|row| row.meeting.is_primary || !has_primary) {
        let Some(edtf) = row.meeting.date_edtf.as_deref() else {
            continue;
        };
        let side = sides.entry(edtf).or_default();
        side.sources.insert(&row.original_id);
        side.explicit |= row.meeting.date_basis.as_deref() == Some("explicit");
        let age = (row.published_at.is_none(), row.published_at, row.document_id.as_str());
        side.first = Some(side.first.map_or(age, |first| first.min(age)));
    }
    let unknown = |edtf: &str| edtf.matches('X').count();
    let days: FxHashSet<&str> = sides
        .keys()
        .filter_map(|edtf| edtf.get(5..10))
        .filter(|day| !day.contains('X'))
        .collect();
    let mut ranked: Vec<(&str, &Side)> = sides.iter().map(|(edtf, side)| (*edtf, side)).collect();
    ranked.sort_by_cached_key(|(edtf, side)| {
        (
            unknown(edtf),
            !side.explicit,
            Reverse(side.sources.len()),
            side.first,
            *edtf,
        )
    });
    let rival = ranked
        .iter()
        .skip(1)
        .find(|(edtf, _)| edtf.get(5..) != ranked[0].0.get(5..));
    let rule = match (ranked.first(), rival) {
        (Some((_, first)), Some((_, rival))) if first.explicit != rival.explicit => MOST_EXPLICIT,
        (Some((_, first)), Some((_, rival))) if first.sources.len() != rival.sources.len() => MOST_SOURCES,
        _ => EARLIEST,
    };
    let chosen = ranked.first().map(|(edtf, _)| *edtf);
    ChosenDate {
        date: chosen.and_then(|edtf| edtf.get(..10)?.parse().ok()),
        edtf: chosen.map(str::to_owned),
        rule,
        days: days.len(),
    }
}

/// The sides of every contradiction between the reports of a meeting.
pub fn conflicts(meeting_id: &str, cluster: &[&MeetingCandidateRow], date: &ChosenDate) -> Vec<ConflictRow> {
    let primary = || cluster.iter().copied().filter(|row| row.meeting.is_primary);
    let mut rows = Vec::new();
    if date.is_disputed() {
        let day = |row: &MeetingCandidateRow| row.meeting.date_edtf.clone();
        let chosen_day = date.edtf.as_deref().and_then(|edtf| edtf.get(5..));
        rows.extend(sides("meeting.date", meeting_id, date.rule, primary(), day, |value| {
            value.get(5..) == chosen_day
        }));
    }
    let on_site = |row: &&MeetingCandidateRow| !matches!(row.meeting.format.as_deref(), Some("online" | "hybrid"));
    let chairs = |row: &MeetingCandidateRow| (!row.meeting.chairs.is_empty()).then(|| row.meeting.chairs.join("; "));
    let apart = |a: &MeetingCandidateRow, b: &MeetingCandidateRow| {
        let known: FxHashSet<String> = a.meeting.chairs.iter().map(|name| fold(name)).collect();
        !known.is_empty()
            && !b.meeting.chairs.is_empty()
            && !b.meeting.chairs.iter().any(|name| known.contains(&fold(name)))
    };
    let with_chairs: Vec<&MeetingCandidateRow> =
        primary().filter(on_site).filter(|row| chairs(row).is_some()).collect();
    if with_chairs
        .first()
        .is_some_and(|first| with_chairs.iter().any(|other| apart(first, other)))
    {
        rows.extend(sides(
            "meeting.chairs",
            meeting_id,
            ALL_KEPT,
            with_chairs.into_iter(),
            chairs,
            |_| true,
        ));
    }
    rows
}

fn sides<'r>(
    field: &str,
    meeting_id: &str,
    rule: &str,
    rows: impl Iterator<Item = &'r MeetingCandidateRow>,
    value: impl Fn(&MeetingCandidateRow) -> Option<String>,
    is_chosen: impl Fn(&str) -> bool,
) -> Vec<ConflictRow> {
    let told: Vec<(String, &MeetingCandidateRow)> = rows.filter_map(|row| Some((value(row)?, row))).collect();
    let mut sources: BTreeMap<&str, FxHashSet<&str>> = BTreeMap::new();
    for (value, row) in &told {
        sources.entry(value).or_default().insert(&row.original_id);
    }
    let side = |(value, row): &(String, &MeetingCandidateRow)| ConflictRow {
        conflict_id: ids::id("x", &[field, meeting_id]),
        field: field.to_owned(),
        meeting_id: Some(meeting_id.to_owned()),
        value: value.clone(),
        is_chosen: is_chosen(value),
        chosen_by: rule.to_owned(),
        n_sources: sources[value.as_str()].len() as i32,
        document_id: row.document_id.clone(),
        start: row.meeting.evidence.start,
        end: row.meeting.evidence.end,
        quote: row.meeting.evidence.quote.clone(),
        ..ConflictRow::default()
    };
    told.iter().map(side).collect()
}
