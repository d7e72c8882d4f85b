//! What a report is compared by, prepared once.

use std::hash::{Hash, Hasher};

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHasher;

use super::next_block;
use crate::lexicon::areas;
use crate::schema::rows::{MeetingCandidateRow, MeetingProfileRow};
use crate::text::fold::fold;

/// Words that every name of a meeting may have.
const COMMON: [&str; 22] = [
    "và", "của", "về", "với", "các", "trong", "cho", "giữa", "tại", "năm", "tháng", "hội", "nghị", "phiên", "họp",
    "cuộc", "buổi", "thứ", "kỳ", "lần", "những", "để",
];

/// Words on how a matter is dealt with, by whom and when; what is left of a name is its topic.
const FRAME: [&str; 48] = [
    "an", "ban", "báo", "bàn", "biện", "bộ", "cáo", "chính", "chủ", "chương", "công", "cuối", "đạo", "đánh", "đầu",
    "đẩy", "điểm", "đoạn", "giá", "giai", "giải", "giao", "hành", "hiện", "hoạch", "kế", "kết", "khai", "làm", "mạnh",
    "nhiệm", "nước", "pháp", "phủ", "quả", "quý", "rà", "soát", "sơ", "tác", "thảo", "thực", "tiến", "tỉnh", "tổng",
    "triển", "việc", "vụ",
];

/// Abbreviations of those who hold meetings.
const ABBREVIATIONS: [(&str, &str); 7] = [
    ("ubnd", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("ubmttq", "ủy ban mặt trận tổ quốc"),
    ("mttq", "mặt trận tổ quốc"),
    ("bcđ", "ban chỉ đạo"),
    ("btv", "ban thường vụ"),
    ("tp", "thành phố"),
];

/// What the names of hosts begin with, at both levels.
const LOCAL_BODIES: [&str; 8] = [
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "thị ủy",
    "quận ủy",
    "sở ",
];
const CENTRAL_BODIES: [&str; 5] = ["bộ ", "chính phủ", "quốc hội", "thủ tướng", "văn phòng chính phủ"];

/// Figures below tell nothing: every report has a 2 and a 5.
const TELLING_FIGURE: f64 = 10.0;

/// Days after a meeting within which most reports on it are published.
const SOON_DAYS: i64 = 31;

/// The row by which a report is compared with others.
pub fn profile_row(candidate: &MeetingCandidateRow, block: String) -> MeetingProfileRow {
    let meeting = &candidate.meeting;
    let folded = fold(&meeting.name);
    let all: Vec<&str> = words_of(&folded).collect();
    let content: Vec<u64> = all.iter().filter(|word| !COMMON.contains(word)).map(hash).collect();
    let topic = all
        .iter()
        .filter(|word| !COMMON.contains(word) && !FRAME.contains(word) && !is_number(word));
    let figures = candidate
        .indicators
        .iter()
        .filter(|fact| fact.value.abs() >= TELLING_FIGURE || fact.value.fract() != 0.0);
    MeetingProfileRow {
        block,
        document_id: candidate.document_id.clone(),
        index: candidate.index,
        start: meeting.evidence.start,
        is_visitor: false,
        given_id: candidate.link.given_id.clone(),
        given_in_run: candidate.link.given_in_run,
        published_at: candidate.published_at,
        area_id: candidate.area_id.clone(),
        kind: meeting.kind.clone(),
        session_number: meeting.session_number,
        level: meeting.level.clone(),
        date: meeting.date,
        date_edtf: meeting.date_edtf.clone(),
        part_of_day: meeting.part_of_day.clone(),
        format: meeting.format.clone(),
        host: meeting.host.as_deref().map(spelled_out).unwrap_or_default(),
        word_pairs: set(content.windows(2).map(hash)),
        words: set(content),
        topic: set(topic.map(hash)),
        numbers: set(all.iter().filter(is_number).map(hash)),
        areas: set(areas_in(&meeting.name)),
        people: set(candidate.participations.iter().map(|part| hash(&part.person_key))),
        chairs: set(meeting.chairs.iter().map(|name| hash(&fold(name)))),
        places: set(meeting.places.iter().map(|place| hash(&fold(place)))),
        figures: set(figures.map(|fact| hash(&(fact.value.to_bits(), &fact.unit_kind)))),
    }
}

/// The copy of a report's row that visits the block of the day after.
pub fn visitor(row: &MeetingProfileRow) -> Option<MeetingProfileRow> {
    Some(MeetingProfileRow {
        block: next_block(row.date, &row.block)?,
        is_visitor: true,
        // No earlier run gave a copy an id.
        start: -1,
        ..row.clone()
    })
}

/// A report as it is compared with others: its row, and what follows from it.
#[derive(Clone, Copy)]
pub struct Profile<'r> {
    pub row: &'r MeetingProfileRow,
    /// The day in its year, or in a leap year where the text leaves the year open.
    pub day: Option<NaiveDate>,
    /// The year of the meeting, where the report knows it or was published within a month after the day.
    pub year: Option<i32>,
    /// The report tells no day; it stands in the block of the day on which it was published.
    pub is_undated: bool,
    /// The host is a body of a province, district or commune; none where no host is told or it can be either.
    pub host_is_local: Option<bool>,
}

impl<'r> Profile<'r> {
    pub fn new(row: &'r MeetingProfileRow) -> Self {
        let edtf = row.date_edtf.as_deref();
        let day = edtf.and_then(|edtf| edtf.get(..10)?.replace("XXXX", "2024").parse().ok());
        Profile {
            row,
            day,
            year: year(edtf, day, row.published_at),
            is_undated: edtf.is_none_or(|edtf| edtf.get(5..10).is_none_or(|day| day.contains('X'))),
            host_is_local: is_local(&row.host),
        }
    }
}

fn year(edtf: Option<&str>, day: Option<NaiveDate>, published: Option<NaiveDate>) -> Option<i32> {
    let told = edtf.and_then(|edtf| edtf.get(..4)).and_then(|year| year.parse().ok());
    told.or_else(|| {
        let published = published?;
        let Some(day) = day else {
            return Some(published.year());
        };
        let since = |year: i32| Some(published.signed_duration_since(day.with_year(year)?).num_days());
        [published.year(), published.year() - 1]
            .into_iter()
            .find(|&year| since(year).is_some_and(|days| (0..=SOON_DAYS).contains(&days)))
    })
}

fn is_local(host: &str) -> Option<bool> {
    let starts = |bodies: &[&str]| bodies.iter().any(|body| host.starts_with(body));
    if starts(&LOCAL_BODIES) {
        Some(true)
    } else {
        starts(&CENTRAL_BODIES).then_some(false)
    }
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Digits, or a Roman numeral as of a quarter.
fn is_number(word: &&&str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) || matches!(**word, "ii" | "iii" | "iv" | "vi" | "vii" | "viii")
}

/// Provinces that the text names.
fn areas_in(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let names = |at: usize, len: usize| {
        let name = words.get(at..at + len)?;
        name.iter()
            .all(|word| word.starts_with(char::is_uppercase))
            .then(|| areas::by_name(&name.join(" "), None))?
    };
    let found: Vec<u64> = (0..words.len())
        .filter_map(|at| names(at, 3).or_else(|| names(at, 2)))
        .map(|area| hash(area.name))
        .collect();
    found.into_iter()
}

/// Folded, abbreviations spelled out.
fn spelled_out(name: &str) -> String {
    let folded = fold(name);
    let words = words_of(&folded).map(|word| {
        let long = ABBREVIATIONS.iter().find(|(short, _)| *short == word);
        long.map_or(word, |(_, long)| long)
    });
    words.collect::<Vec<_>>().join(" ")
}

fn set(hashes: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut hashes: Vec<u64> = hashes.into_iter().collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

pub fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How many hashes two sets have in common.
pub fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut count, mut rest) = (0, b);
    for hash in a {
        let at = rest.partition_point(|other| other < hash);
        rest = &rest[at..];
        if rest.first() == Some(hash) {
            count += 1;
        }
    }
    count
}
