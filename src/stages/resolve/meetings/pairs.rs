//! Which reports of a block are worth comparing: those that have a person, a host, a session, a figure or two
//! neighbouring words of the name in common, in the same year.

use rustc_hash::FxHashMap;

use super::profile::{Profile, hash};

/// Of a key that so many reports have, each is compared with its neighbours by name alone: the work stays linear.
const MAX_BUCKET: usize = 48;
const NEIGHBORS: usize = 16;

/// Pairs of indices, the smaller first, in order, each once.
pub fn pairs(profiles: &[Profile<'_>]) -> Vec<(usize, usize)> {
    let mut buckets: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (index, profile) in profiles.iter().enumerate() {
        for key in keys(profile) {
            buckets.entry(key).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for bucket in buckets.into_values().filter(|bucket| bucket.len() > 1) {
        by_year(profiles, &bucket, &mut pairs);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn keys(profile: &Profile<'_>) -> Vec<u64> {
    let row = profile.row;
    let tagged = |tag: u8, key: u64| hash(&(tag, key));
    let mut keys: Vec<u64> = row.people.iter().map(|&person| tagged(0, person)).collect();
    keys.extend(row.word_pairs.iter().map(|&pair| tagged(1, pair)));
    keys.extend(row.figures.iter().map(|&figure| tagged(2, figure)));
    if !row.host.is_empty() {
        keys.push(tagged(3, hash(&row.host)));
    }
    if let Some(number) = row.session_number {
        keys.push(tagged(4, hash(&(number, &row.kind))));
    }
    keys
}

/// Reports of one year with each other and with those that do not know theirs.
fn by_year(profiles: &[Profile<'_>], bucket: &[usize], pairs: &mut Vec<(usize, usize)>) {
    let mut years: std::collections::BTreeMap<Option<i32>, Vec<usize>> = std::collections::BTreeMap::new();
    for &index in bucket {
        years.entry(profiles[index].year).or_default().push(index);
    }
    let unknown = years.remove(&None).unwrap_or_default();
    for mut group in years.into_values() {
        group.extend(&unknown);
        within(profiles, group, pairs);
    }
    within(profiles, unknown, pairs);
}

fn within(profiles: &[Profile<'_>], mut group: Vec<usize>, pairs: &mut Vec<(usize, usize)>) {
    let reach = if group.len() > MAX_BUCKET {
        group.sort_by_key(|&index| (&profiles[index].row.words, index));
        NEIGHBORS
    } else {
        group.sort_unstable();
        group.len()
    };
    for (place, &a) in group.iter().enumerate() {
        for &b in &group[place + 1..group.len().min(place + 1 + reach)] {
            pairs.push((a.min(b), a.max(b)));
        }
    }
}
