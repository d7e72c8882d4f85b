//! What is known of somebody whom several mentions name, and how well two such profiles fit one person.
//!
//! Why: a name alone is not a person. Who is mayor in one province while a namesake is mayor in another is somebody
//! else; who leads a province and later a ministry may well be one.

use chrono::NaiveDate;

use crate::stages::resolve::office::{Office, same_area};

/// A post with the days between which somebody is seen in it.
#[derive(Clone, Debug)]
pub(super) struct Held<'r> {
    pub office: &'r Office,
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
    /// Told as a post of the past only.
    pub former: bool,
}

/// Mentions that are one person beyond doubt: one name, and posts in one body.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile<'r> {
    /// Indices of the mentions within the block, in order.
    pub mentions: Vec<usize>,
    pub held: Vec<Held<'r>>,
}

/// How two profiles go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// They are two persons.
    Conflict,
    /// Nothing speaks against one person, nothing for it.
    Open,
    /// As `Open`, in offices so high that few persons share them.
    Eminent,
    /// A step within one province or ministry, or one seat.
    Near,
    /// One body.
    Same,
}

/// Years that a career needs for each further step on the ladder of the state.
const YEARS_PER_STEP: i64 = 3;
const DAYS_PER_YEAR: i64 = 365;

impl<'r> Profile<'r> {
    /// Adds a sighting in a post.
    pub fn add(&mut self, office: &'r Office, day: Option<NaiveDate>, former: bool) {
        let known = self
            .held
            .iter_mut()
            .find(|held| held.former == former && held.office == office);
        match known {
            Some(held) => {
                held.first = [held.first, day].into_iter().flatten().min();
                held.last = held.last.max(day);
            }
            None => self.held.push(Held {
                office,
                first: day,
                last: day,
                former,
            }),
        }
    }

    /// How this and `other`, of one name or of a name and a form of it, go together. A `common` name asks for more.
    pub fn fit(&self, other: &Profile, common: bool) -> Fit {
        let mut best = Fit::Open;
        let mut conflict = false;
        for mine in &self.held {
            for theirs in &other.held {
                match fit(mine, theirs, common) {
                    Fit::Conflict => conflict = true,
                    fit => best = best.max(fit),
                }
            }
        }
        if conflict && best < Fit::Same {
            Fit::Conflict
        } else {
            best
        }
    }

    /// No office of a named body is told, so that it may be of anybody of the name.
    pub fn is_silent(&self) -> bool {
        !self.held.iter().any(|held| held.office.named && !held.office.beside)
    }

    /// Nothing but memberships and committees is told.
    pub fn is_beside(&self) -> bool {
        self.held.iter().all(|held| held.office.beside)
    }

    /// The first and last day on which somebody is seen in an office that stands on the ladder of the state.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let filled = |held: &&Held| !held.former && !held.office.beside && held.office.standing.is_some();
        let held = || self.held.iter().filter(filled);
        held()
            .filter_map(|held| held.first)
            .min()
            .zip(held().filter_map(|held| held.last).max())
    }
}

/// Days between two spans; 0 where they overlap.
pub(super) fn days_apart(a: (NaiveDate, NaiveDate), b: (NaiveDate, NaiveDate)) -> i64 {
    (b.0 - a.1).num_days().max((a.0 - b.1).num_days()).max(0)
}

fn fit(a: &Held, b: &Held, common: bool) -> Fit {
    let (x, y) = (a.office, b.office);
    let areas = x.area.zip(y.area).map(|(a, b)| same_area(a, b));
    let one_body = areas != Some(false) && bodies_are_one(x, y);
    // "Thứ trưởng" says less than "Thứ trưởng Bộ Y tế", but nothing else.
    let short = x.title == y.title && areas != Some(false) && (begins(&x.body, &y.body) || begins(&y.body, &x.body));
    if x.beside || y.beside {
        return if x.beside && y.beside && (short || x.title == y.title && one_body) {
            Fit::Near
        } else {
            Fit::Open
        };
    }
    if one_body {
        return if x.specific && y.specific { Fit::Same } else { Fit::Near };
    }
    if short && !(x.named && y.named) {
        return Fit::Near;
    }
    if areas == Some(true) && x.title == y.title && ordered(a, b).is_none() {
        return Fit::Near;
    }
    let Some((low, high)) = ordered(a, b) else {
        return if common && areas == Some(false) {
            Fit::Conflict
        } else {
            Fit::Open
        };
    };
    let at_once = overlap(a, b);
    let steps = high.office.standing.unwrap_or(0) - low.office.standing.unwrap_or(0);
    let too_fast = steps >= 2 && !years_between(low, high, YEARS_PER_STEP * i64::from(steps - 1));
    match areas {
        Some(true) if at_once && units_differ(x, y) => Fit::Conflict,
        Some(true) if common && (at_once || steps >= 2) => Fit::Conflict,
        Some(true) if steps <= 1 => Fit::Near,
        Some(true) if too_fast => Fit::Conflict,
        Some(true) => Fit::Open,
        Some(false) if !(x.rotates() && y.rotates()) || at_once => Fit::Conflict,
        Some(false) => eminent(x, y),
        None if too_fast || crosses_low(x, y) => Fit::Conflict,
        None if at_once && (common || x.is_local() != y.is_local()) => Fit::Conflict,
        None if same_ministry(x, y) => Fit::Near,
        None => eminent(x, y),
    }
}

/// The lower of two offices on the ladder of the state first; none where one does not stand on it.
fn ordered<'h, 'r>(a: &'h Held<'r>, b: &'h Held<'r>) -> Option<(&'h Held<'r>, &'h Held<'r>)> {
    let (x, y) = (a.office.standing?, b.office.standing?);
    Some(if x <= y { (a, b) } else { (b, a) })
}

/// Heads of provinces, ministers and those above them are few; their deputies are not.
fn eminent(x: &Office, y: &Office) -> Fit {
    let is_head = |office: &Office| office.rotates() && !office.shared;
    if is_head(x) && is_head(y) {
        Fit::Eminent
    } else {
        Fit::Open
    }
}

/// One office below the heads of provinces, and one of the centre.
fn crosses_low(x: &Office, y: &Office) -> bool {
    let (local, central) = if x.is_local() { (x, y) } else { (y, x) };
    local.is_local() && !local.rotates() && matches!(central.level, Some("national" | "ministry"))
}

/// Both posts are filled by the same days.
fn overlap(a: &Held, b: &Held) -> bool {
    let spans = a.first.zip(a.last).zip(b.first.zip(b.last));
    !a.former && !b.former && spans.is_some_and(|((first, last), (from, to))| first <= to && from <= last)
}

/// The lower post came first, by so many years; unknown days and former posts prove nothing.
fn years_between(low: &Held, high: &Held, years: i64) -> bool {
    match low.last.zip(high.first) {
        Some((last, first)) if !low.former && !high.former => (first - last).num_days() >= years * DAYS_PER_YEAR,
        _ => true,
    }
}

/// Two districts or communes, both by name.
fn units_differ(x: &Office, y: &Office) -> bool {
    x.specific && y.specific && x.standing == y.standing && x.standing.is_some_and(|standing| standing <= 2)
}

/// One body, written alike, shortened (`Viện Kinh tế`, `Viện Kinh tế Việt Nam`) or by first letters (`Sở TT&TT`).
fn bodies_are_one(x: &Office, y: &Office) -> bool {
    let (a, b) = (x.body.as_str(), y.body.as_str());
    if !x.named || !y.named || a == b {
        return x.named && y.named;
    }
    if x.level.is_some() && y.level.is_some() && x.standing != y.standing {
        return false;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let elsewhere = x.standing.is_none() && y.standing.is_none() && x.title == y.title;
    begins(long, short) && short.split(' ').count() >= 3
        || elsewhere && is_within(short, long)
        || abbreviates(short, long)
}

/// `long` is `short` with further words behind it, or the same.
fn begins(long: &str, short: &str) -> bool {
    let rest = long.strip_prefix(short);
    rest.is_some_and(|rest| rest.is_empty() || short.is_empty() || rest.starts_with(' '))
}

/// `công ty thiên thanh` has words of `công ty tnhh sản xuất thiên thanh`, in their order, and its last.
fn is_within(short: &str, long: &str) -> bool {
    let mut words = long.split(' ');
    let last = short.rsplit(' ').next() == long.rsplit(' ').next();
    last && short.split(' ').all(|word| words.any(|other| other == word))
}

/// `sở tt tt` has the first letters of `sở thông tin truyền thông`.
fn abbreviates(short: &str, long: &str) -> bool {
    let Some(((head, letters), (long_head, rest))) = short.split_once(' ').zip(long.split_once(' ')) else {
        return false;
    };
    let initials = rest.split(' ').filter_map(|word| word.chars().next());
    let letters = || letters.chars().filter(|letter| *letter != ' ');
    // "bộ nnptnt" and "bộ nn ptnt"
    head == long_head && (letters().eq(initials) || letters().eq(rest.chars().filter(|letter| *letter != ' ')))
}

/// Both in one ministry: `bộ nội vụ`, `vụ pháp chế bộ nội vụ`.
fn same_ministry(x: &Office, y: &Office) -> bool {
    let contains = |long: &str, short: &str| short.starts_with("bộ ") && short.contains(' ') && long.ends_with(short);
    x.specific && y.specific && (contains(&x.body, &y.body) || contains(&y.body, &x.body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(label: &str) -> Office {
        Office::new(label, None, None, None, NaiveDate::from_ymd_opt(2021, 3, 18))
    }

    /// A post, its first and last month, and whether it is told as a former one.
    type Seen = (&'static str, &'static str, &'static str);

    fn fit_of(a: Seen, b: Seen, common: bool) -> Fit {
        let offices = [office(a.0), office(b.0)];
        let [x, y] = [(a, &offices[0]), (b, &offices[1])].map(|((_, first, last), office)| {
            let mut profile = Profile::default();
            let day = |month: &str| format!("{month}-01").parse().ok();
            profile.add(office, day(first), false);
            profile.add(office, day(last), false);
            profile
        });
        assert_eq!(x.fit(&y, common), y.fit(&x, common), "order must not count");
        x.fit(&y, common)
    }

    #[test]
    fn posts_that_one_person_cannot_hold_at_once_are_of_two() {
        let chairman: Seen = ("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", "2019-01", "2020-06");
        for (other, fits) in [
            (
                ("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", "2015-01", "2015-01"),
                Fit::Same,
            ),
            (
                ("Phó Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", "2017-01", "2018-01"),
                Fit::Same,
            ),
            (("Bí thư Tỉnh ủy Lạng Sơn", "2020-08", "2021-01"), Fit::Near),
            (("Bí thư Tỉnh ủy Nghệ An", "2020-08", "2021-01"), Fit::Eminent),
            (("Bí thư Tỉnh ủy Nghệ An", "2020-05", "2021-01"), Fit::Conflict),
            (("Giám đốc Sở Nội vụ tỉnh Nghệ An", "2012-01", "2013-01"), Fit::Conflict),
            (("Bộ trưởng Bộ Công Thương", "2020-09", "2022-01"), Fit::Eminent),
            (("Bộ trưởng Bộ Công Thương", "2020-01", "2020-02"), Fit::Conflict),
            (("Thứ trưởng Bộ Công Thương", "2021-01", "2021-02"), Fit::Open),
            (
                (
                    "Chủ tịch Ủy ban nhân dân xã Hữu Kiên, tỉnh Lạng Sơn",
                    "2018-01",
                    "2018-02",
                ),
                Fit::Conflict,
            ),
            (("Giám đốc Công ty Sông Cầu", "2019-01", "2019-02"), Fit::Open),
            (("Ủy viên Trung ương Đảng", "2019-01", "2019-02"), Fit::Open),
        ] {
            assert_eq!(fit_of(chairman, other, false), fits, "{other:?}");
        }
        let department = (
            "Giám đốc Sở Thông tin và Truyền thông tỉnh Lạng Sơn",
            "2019-01",
            "2020-06",
        );
        assert_eq!(
            fit_of(
                department,
                ("Giám đốc Sở TTTT tỉnh Lạng Sơn", "2019-02", "2019-02"),
                true
            ),
            Fit::Same
        );
        assert_eq!(
            fit_of(
                department,
                ("Giám đốc Sở Y tế tỉnh Lạng Sơn", "2019-02", "2019-02"),
                true
            ),
            Fit::Conflict
        );
    }
}
