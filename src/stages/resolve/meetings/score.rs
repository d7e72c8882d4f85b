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
    let (first, second) = (&a.row.meeting, &b.row.meeting);
    let shorter = a.words.len().min(b.words.len());
    let mut link = Link {
        names: common(&a.words, &b.words) as f64 / shorter.max(3) as f64,
        words: shorter,
        people: common(&a.people, &b.people),
        chairs: common(&a.chairs, &b.chairs),
        session: first
            .session_number
            .filter(|_| first.session_number == second.session_number),
        host: !a.host.is_empty() && !b.host.is_empty() && !hosts_differ(&a.host, &b.host),
        figures: common(&a.figures, &b.figures),
        places: common(&a.places, &b.places),
        score: 0.0,
    };
    let disjoint = |a: &[u64], b: &[u64]| !a.is_empty() && !b.is_empty() && common(a, b) == 0;
    let online = [first, second].map(|meeting| matches!(meeting.format.as_deref(), Some("online" | "hybrid")));
    let smaller = a.people.len().min(b.people.len());
    let mut score = match link.people {
        _ if smaller == 0 => 0.7 * link.names,
        0 if online == [true, true] => 0.5 * link.names + 0.5 * OTHER_SITE,
        people => 0.5 * link.names + 0.5 * people as f64 / smaller as f64,
    };
    let other_chairs = disjoint(&a.chairs, &b.chairs) && link.people == 0 && online != [true, true];
    let strangers = link.people == 0 && smaller >= 2 && online != [true, true];
    if shorter >= LONG_NAME && link.names >= NEARLY_EQUAL && !strangers {
        score = score.max(EQUAL_NAMES);
    }
    let topic = a.topic.len().min(b.topic.len());
    let other_topic = topic >= LONG_TOPIC
        && (common(&a.topic, &b.topic) as f64) < SAME_TOPIC * topic as f64
        && link.people <= 1
        && link.figures <= 1
        && link.session.is_none();
    let when = |holds: bool, weight: f64| if holds { weight } else { 0.0 };
    score += when(link.session.is_some(), SESSION)
        + when(link.host, HOST)
        + when(link.chairs > 0, CHAIR)
        + link.figures.min(MAX_FIGURES) as f64 * FIGURE
        + when(link.places > 0, PLACE)
        + when(online == [false, false] && disjoint(&a.places, &b.places), OTHER_PLACE)
        + when(other_topic, OTHER_TOPIC)
        + when(other_chairs, OTHER_CHAIRS)
        + when(disjoint(&a.numbers, &b.numbers), OTHER_NUMBERS)
        + when(days_apart(a, b).is_some_and(|days| days > 0), OTHER_DAY)
        + when(link.people == 0 && smaller > 0 && first.kind != second.kind, OTHER_KIND)
        + when(a.undated().or(b.undated()).is_some(), UNDATED);
    link.score = (score.clamp(0.0, 1.0) * 100.0).round() / 100.0;
    Some(link)
}

fn conflict(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let (first, second) = (&a.row.meeting, &b.row.meeting);
    let level = |level: &Option<String>| level.as_deref().filter(|level| *level != "party").map(str::to_owned);
    let is_local = |level: &Option<String>| matches!(level.as_deref(), Some("province" | "district" | "commune"));
    let local = is_local(&first.level) || is_local(&second.level);
    let days = days_apart(a, b);
    let other_area = !a.areas.is_empty() && !b.areas.is_empty() && common(&a.areas, &b.areas) == 0;
    differ(&a.year(), &b.year()) && days.is_none_or(|days| days != 1)
        || days.is_some_and(|days| days > 1)
        || differ(&first.session_number, &second.session_number)
        || days != Some(1) && differ(&first.part_of_day, &second.part_of_day)
        || differ(&level(&first.level), &level(&second.level)) && !is_governments(a, b)
        || differ(&a.host_is_local(), &b.host_is_local())
        || other_area
        || local && (differ(&a.row.area_id, &b.row.area_id) || hosts_differ(&a.host, &b.host))
}

/// A ministry holds it and the Government chairs: reports that leave out one of the two tell another level.
fn is_governments(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let level = |profile: &Profile<'_>| profile.row.meeting.level.clone();
    let is_above = |level: Option<String>| matches!(level.as_deref(), Some("national" | "ministry"));
    is_above(level(a)) && is_above(level(b)) && common(&a.chairs, &b.chairs) > 0
}

/// Days between the two, where both tell one. A year that one of them does not know does not count.
fn days_apart(a: &Profile<'_>, b: &Profile<'_>) -> Option<u64> {
    let (first, second) = (a.day()?, b.day()?);
    let days = first.signed_duration_since(second).num_days().unsigned_abs();
    if a.row.meeting.date.is_some() && b.row.meeting.date.is_some() {
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
