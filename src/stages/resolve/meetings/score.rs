//! How sure it is that two reports tell of one meeting, and what speaks for it.

use chrono::{Datelike, NaiveDate};

use super::profile::{Profile, common};

/// What each kind of evidence adds to or takes from the score.
const SESSION: f64 = 0.25;
const HOST: f64 = 0.1;
const CHAIR: f64 = 0.1;
const FIGURE: f64 = 0.08;
const MAX_FIGURES: usize = 4;
const PLACE: f64 = 0.05;
const OTHER_PLACE: f64 = -0.2;
const OTHER_NUMBERS: f64 = -0.15;
const OTHER_DAY: f64 = -0.15;
const UNDATED: f64 = -0.1;
/// Another kind of gathering of which they name other persons.
const OTHER_KIND: f64 = -0.2;
/// They have one person in common and are about other things: one official's two meetings of a day.
const OTHER_TOPIC: f64 = -0.3;
/// Each names a chair, and they name nobody in common.
const OTHER_CHAIRS: f64 = -0.2;
/// A topic of so many words, of which fewer than this share are in the other's, is another.
const LONG_TOPIC: usize = 4;
const SAME_TOPIC: f64 = 0.3;
/// Names of so many content words, nearly equal, reach this score unless both name several
/// persons and none of them in common.
const LONG_NAME: usize = 6;
const NEARLY_EQUAL: f64 = 0.85;
const EQUAL_NAMES: f64 = 0.6;
/// A name of so many content words is not that of every sitting.
const TELLING_NAME: usize = 4;
/// Reports from different sites of an online meeting may share nobody.
const OTHER_SITE: f64 = 0.3;

/// Evidence that two reports tell of one meeting.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Link {
    /// 0 to 1.
    pub score: f64,
    /// Share of the shorter name's content words that the longer one has too.
    names: f64,
    /// Content words of the shorter name.
    words: usize,
    people: usize,
    chairs: usize,
    session: Option<i32>,
    host: bool,
    figures: usize,
    places: usize,
}

impl Link {
    /// A session number or a name of some length speaks for it: daily sittings have the same persons and short names.
    pub fn is_telling(&self) -> bool {
        self.session.is_some() || self.words >= TELLING_NAME && self.names >= 0.5
    }

    /// What speaks for it, each in a few words.
    pub fn reasons(&self) -> Vec<String> {
        let counted = |count: usize, what: &str| (count > 0).then(|| format!("{what} {count}"));
        [
            (self.names > 0.0).then(|| format!("names {:.2}", self.names)),
            counted(self.people, "persons"),
            counted(self.chairs, "chairs"),
            self.session.map(|number| format!("session {number}")),
            self.host.then(|| "host".to_owned()),
            counted(self.figures, "figures"),
            counted(self.places, "places"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The evidence that `a` and `b`, reports in different documents, tell of one meeting; none where something rules it out:
/// different years, days more than one apart, other sessions, levels, provinces or parts of the day.
pub fn link(a: &Profile<'_>, b: &Profile<'_>) -> Option<Link> {
    if a.row.document_id == b.row.document_id || conflict(a, b) {
        return None;
    }
    let (first, second) = (a.row, b.row);
    let shorter = a.row.words.len().min(b.row.words.len());
    let mut link = Link {
        names: common(&a.row.words, &b.row.words) as f64 / shorter.max(3) as f64,
        words: shorter,
        people: common(&a.row.people, &b.row.people),
        chairs: common(&a.row.chairs, &b.row.chairs),
        session: first
            .session_number
            .filter(|_| first.session_number == second.session_number),
        host: !a.row.host.is_empty() && !b.row.host.is_empty() && !hosts_differ(&a.row.host, &b.row.host),
        figures: common(&a.row.figures, &b.row.figures),
        places: common(&a.row.places, &b.row.places),
        score: 0.0,
    };
    let disjoint = |a: &[u64], b: &[u64]| !a.is_empty() && !b.is_empty() && common(a, b) == 0;
    let online = [first, second].map(|row| matches!(row.format.as_deref(), Some("online" | "hybrid")));
    let smaller = a.row.people.len().min(b.row.people.len());
    let mut score = match link.people {
        _ if smaller == 0 => 0.7 * link.names,
        0 if online == [true, true] => 0.5 * link.names + 0.5 * OTHER_SITE,
        people => 0.5 * link.names + 0.5 * people as f64 / smaller as f64,
    };
    let other_chairs = disjoint(&a.row.chairs, &b.row.chairs) && link.people == 0 && online != [true, true];
    let strangers = link.people == 0 && smaller >= 2 && online != [true, true];
    if shorter >= LONG_NAME && link.names >= NEARLY_EQUAL && !strangers {
        score = score.max(EQUAL_NAMES);
    }
    let topic = a.row.topic.len().min(b.row.topic.len());
    let other_topic = topic >= LONG_TOPIC
        && (common(&a.row.topic, &b.row.topic) as f64) < SAME_TOPIC * topic as f64
        && link.people <= 1
        && link.figures <= 1
        && link.session.is_none();
    let when = |holds: bool, weight: f64| if holds { weight } else { 0.0 };
    score += when(link.session.is_some(), SESSION)
        + when(link.host, HOST)
        + when(link.chairs > 0, CHAIR)
        + link.figures.min(MAX_FIGURES) as f64 * FIGURE
        + when(link.places > 0, PLACE)
        + when(
            online == [false, false] && disjoint(&a.row.places, &b.row.places),
            OTHER_PLACE,
        )
        + when(other_topic, OTHER_TOPIC)
        + when(other_chairs, OTHER_CHAIRS)
        + when(disjoint(&a.row.numbers, &b.row.numbers), OTHER_NUMBERS)
        + when(days_apart(a, b).is_some_and(|days| days > 0), OTHER_DAY)
        + when(link.people == 0 && smaller > 0 && first.kind != second.kind, OTHER_KIND)
        + when(a.is_undated || b.is_undated, UNDATED);
    link.score = (score.clamp(0.0, 1.0) * 100.0).round() / 100.0;
    Some(link)
}

fn conflict(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let (first, second) = (a.row, b.row);
    let [level, other_level] = [first, second].map(|row| row.level.as_deref().filter(|level| *level != "party"));
    let is_local = |level| matches!(level, Some("province" | "district" | "commune"));
    let local = is_local(level) || is_local(other_level);
    let days = days_apart(a, b);
    let other_area = !a.row.areas.is_empty() && !b.row.areas.is_empty() && common(&a.row.areas, &b.row.areas) == 0;
    differ(&a.year, &b.year) && days.is_none_or(|days| days != 1)
        || days.is_some_and(|days| days > 1)
        || differ(&first.session_number, &second.session_number)
        || days != Some(1) && differ(&first.part_of_day, &second.part_of_day)
        || differ(&level, &other_level) && !is_governments(a, b)
        || differ(&a.host_is_local, &b.host_is_local)
        || other_area
        || local && (differ(&a.row.area_id, &b.row.area_id) || hosts_differ(&a.row.host, &b.row.host))
}

/// A ministry holds it and the Government chairs: reports that leave out one of the two tell another level.
fn is_governments(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let is_above = |profile: &Profile<'_>| matches!(profile.row.level.as_deref(), Some("national" | "ministry"));
    is_above(a) && is_above(b) && common(&a.row.chairs, &b.row.chairs) > 0
}

/// Days between the two, where both tell one. A year that one of them does not know does not count.
fn days_apart(a: &Profile<'_>, b: &Profile<'_>) -> Option<u64> {
    let (first, second) = (a.day?, b.day?);
    let days = first.signed_duration_since(second).num_days().unsigned_abs();
    if a.row.date.is_some() && b.row.date.is_some() {
        return Some(days);
    }
    // Within one year, so that 31 December and 1 January are neighbours.
    let within = |day: NaiveDate| i64::from(day.with_year(super::LEAP_YEAR).unwrap_or(day).ordinal());
    let apart = (within(first) - within(second)).unsigned_abs();
    Some(apart.min(366_u64.saturating_sub(apart)))
}

/// Both are known and they are not equal.
fn differ<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

fn hosts_differ(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && !a.contains(b) && !b.contains(a)
}
