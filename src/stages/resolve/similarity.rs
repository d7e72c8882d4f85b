//! How sure it is that two reports tell of one meeting.

use rustc_hash::FxHashSet;

use crate::schema::rows::MeetingCandidateRow;
use crate::text::fold::fold;

/// What a report is compared by, prepared once.
pub(super) struct Profile<'r> {
    row: &'r MeetingCandidateRow,
    /// Folded content words of the name.
    words: FxHashSet<String>,
    host: String,
}

/// Words that every name of a meeting may have.
const COMMON: [&str; 22] = [
    "và", "của", "về", "với", "các", "trong", "cho", "giữa", "tại", "năm", "tháng", "hội", "nghị", "phiên", "họp",
    "cuộc", "buổi", "thứ", "kỳ", "lần", "những", "để",
];

impl<'r> Profile<'r> {
    pub fn new(row: &'r MeetingCandidateRow) -> Self {
        let folded = fold(&row.meeting.name);
        let words = folded
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty() && !COMMON.contains(word))
            .map(str::to_owned)
            .collect();
        Profile {
            row,
            words,
            host: row.meeting.host.as_deref().map(fold).unwrap_or_default(),
        }
    }
}

/// Evidence (0 to 1) that `a` and `b`, reports on one month and day in different documents, tell of one meeting.
///
/// Half of it is the names' common words, the other half the persons who take part; where one of them names nobody, the
/// names must agree by themselves. Different years, session numbers, levels or provinces, and different parts of the
/// day rule it out.
pub(super) fn link_score(a: &Profile<'_>, b: &Profile<'_>) -> f64 {
    if a.row.document_id == b.row.document_id || conflict(a, b) {
        return 0.0;
    }
    let names = names(&a.words, &b.words);
    match people(a.row, b.row) {
        Some(people) => 0.5 * names + 0.5 * people,
        None => 0.7 * names,
    }
}

fn conflict(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let (first, second) = (&a.row.meeting, &b.row.meeting);
    let year = |edtf: &Option<String>| {
        edtf.as_deref()
            .and_then(|edtf| edtf.get(..4))
            .filter(|year| *year != "XXXX")
            .map(str::to_owned)
    };
    let level = |level: &Option<String>| level.as_deref().filter(|level| *level != "party").map(str::to_owned);
    let local = matches!(first.level.as_deref(), Some("province" | "district" | "commune"));
    differ(&year(&first.date_edtf), &year(&second.date_edtf))
        || differ(&first.session_number, &second.session_number)
        || differ(&first.part_of_day, &second.part_of_day)
        || differ(&level(&first.level), &level(&second.level))
        || local && (differ(&a.row.area_id, &b.row.area_id) || hosts_differ(&a.host, &b.host))
}

/// Both are known and they are not equal.
fn differ<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

fn hosts_differ(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && !a.contains(b) && !b.contains(a)
}

/// Share of the shorter name's words that the longer one has too; a name of a word or two proves little.
fn names(a: &FxHashSet<String>, b: &FxHashSet<String>) -> f64 {
    let common = a.intersection(b).count();
    common as f64 / a.len().min(b.len()).max(3) as f64
}

/// Share of the smaller group that the larger one has too; none where a report names nobody. Reports from different
/// sites of an online meeting may share nobody.
fn people(a: &MeetingCandidateRow, b: &MeetingCandidateRow) -> Option<f64> {
    if a.people.is_empty() || b.people.is_empty() {
        return None;
    }
    let common = a.people.iter().filter(|key| b.people.contains(key)).count();
    let online = |row: &MeetingCandidateRow| row.meeting.format.as_deref() == Some("online");
    Some(match common {
        0 if online(a) && online(b) => 0.3,
        _ => common as f64 / a.people.len().min(b.people.len()) as f64,
    })
}
