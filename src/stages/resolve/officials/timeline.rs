//! The posts of one person over time.
//!
//! Labels that tell one post (`Chủ tịch UBND tỉnh`, `Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh`) are one row; the same post as
//! a current and as a former one are two. What is told as former says nothing on when it was held.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::cluster::Mention;
use crate::schema::rows::{OfficialEvidenceRow, PositionFact, PositionRow, PostEvidenceRow};
use crate::stages::resolve::office::Office;

/// A person's posts, and for those that one person holds at a time the evidence for whoever is named only by them.
pub(super) struct Timeline {
    pub positions: Vec<PositionRow>,
    pub evidence: Vec<PostEvidenceRow>,
}

/// One post with all rows that tell it.
struct Post<'r> {
    office: &'r Office,
    first: &'r PositionFact,
    told: Vec<&'r PositionFact>,
    told_by: Vec<&'r OfficialEvidenceRow>,
}

/// The timeline of the person whose rows, by day, are `rows`, with what each says in `mentions`.
pub(super) fn timeline(official_id: &str, rows: &[&OfficialEvidenceRow], mentions: &[&Mention]) -> Timeline {
    let mut posts: BTreeMap<(String, &str), Post> = BTreeMap::new();
    for (row, mention) in rows.iter().zip(mentions) {
        for (position, (office, _)) in row.positions.iter().zip(&mention.offices) {
            let post = posts.entry((office.key(), &position.status)).or_insert_with(|| Post {
                office,
                first: position,
                told: Vec::new(),
                told_by: Vec::new(),
            });
            post.told.push(position);
            post.told_by.push(row);
        }
    }
    let mut timeline = Timeline {
        positions: Vec::new(),
        evidence: Vec::new(),
    };
    for ((_, status), post) in placed(posts) {
        let position = position(official_id, status, &post);
        // Foreigners hold posts of their own states, whose names texts leave out.
        let own = post.office.is_local() || mentions.iter().any(|mention| mention.name.is_vietnamese());
        if own && post.office.is_sole() && status != "former" && position.first_seen.is_some() {
            timeline.evidence.push(PostEvidenceRow {
                post_key: post.office.key(),
                official_id: Some(official_id.to_owned()),
                first_seen: position.first_seen,
                last_seen: position.last_seen,
                n_documents: Some(position.n_documents),
                label: position.label.clone(),
                title: position.title.clone(),
                organization: position.organization.clone(),
                area_id: position.area_id.clone(),
                ..Default::default()
            });
        }
        timeline.positions.push(position);
    }
    timeline
}

/// Joins a post told without its area with the only one of that title and body told with one.
fn placed<'r>(posts: BTreeMap<(String, &'r str), Post<'r>>) -> BTreeMap<(String, &'r str), Post<'r>> {
    let kind = |post: &Post, status: &'r str| (post.office.title.clone(), post.office.body.clone(), status);
    let mut with_area: BTreeMap<_, Vec<(String, &'r str)>> = BTreeMap::new();
    for (key, post) in posts.iter().filter(|(_, post)| post.office.area.is_some()) {
        with_area.entry(kind(post, key.1)).or_default().push(key.clone());
    }
    let target = |key: &(String, &'r str), post: &Post<'r>| match with_area.get(&kind(post, key.1)).map(Vec::as_slice) {
        Some([only]) if post.office.area.is_none() => Some(only.clone()),
        _ => None,
    };
    let mut placed: BTreeMap<(String, &str), Post> = BTreeMap::new();
    let (without, with): (Vec<_>, Vec<_>) = posts.into_iter().partition(|(key, post)| target(key, post).is_some());
    placed.extend(with);
    for (key, post) in without {
        if let Some(known) = target(&key, &post).and_then(|key| placed.get_mut(&key)) {
            known.told.extend(post.told);
            known.told_by.extend(post.told_by);
        }
    }
    placed
}

/// The finest area that a document tells, else the province by which the post is known.
fn area_id(post: &Post) -> Option<String> {
    let told = post.told.iter().filter_map(|position| position.area_id.as_deref());
    let finest = told.max_by_key(|area_id| (area_id.len(), std::cmp::Reverse(*area_id)));
    finest.or(post.office.area.map(|area| area.id)).map(str::to_owned)
}

fn position(official_id: &str, status: &str, post: &Post) -> PositionRow {
    let days = || post.told_by.iter().filter_map(|row| row.published_at);
    let documents: FxHashSet<&str> = post.told_by.iter().map(|row| row.document_id.as_str()).collect();
    PositionRow {
        official_id: official_id.to_owned(),
        label: post.first.label.clone(),
        title: post.first.title.clone(),
        organization: post.first.organization.clone(),
        level: post.office.level.map(str::to_owned),
        area_id: area_id(post),
        status: status.to_owned(),
        first_seen: days().min(),
        last_seen: days().max(),
        n_documents: documents.len() as i32,
    }
}
