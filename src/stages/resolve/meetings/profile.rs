//! What a report is compared by, prepared once.

use std::hash::{Hash, Hasher};

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHasher;

use crate::lexicon::areas;
use crate::schema::rows::MeetingCandidateRow;
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

/// A report as it is compared with others. Words, persons and figures are hashes, in order, each once.
pub struct Profile<'r> {
    pub row: &'r MeetingCandidateRow,
    /// Content words of the name.
    pub words: Vec<u64>,
    /// Those that tell what it was about.
    pub topic: Vec<u64>,
    /// Pairs of neighbouring content words of the name.
    pub word_pairs: Vec<u64>,
    /// Numbers in the name, years among them.
    pub numbers: Vec<u64>,
    /// Provinces in the name.
    pub areas: Vec<u64>,
    pub people: Vec<u64>,
    pub chairs: Vec<u64>,
    pub places: Vec<u64>,
    pub figures: Vec<u64>,
    pub host: String,
}

impl<'r> Profile<'r> {
    pub fn new(row: &'r MeetingCandidateRow) -> Self {
        let meeting = &row.meeting;
        let folded = fold(&meeting.name);
        let all: Vec<&str> = words_of(&folded).collect();
        let content: Vec<u64> = all.iter().filter(|word| !COMMON.contains(word)).map(hash).collect();
        let topic = all
            .iter()
            .filter(|word| !COMMON.contains(word) && !FRAME.contains(word) && !is_number(word));
        let figures = row
            .indicators
            .iter()
            .filter(|fact| fact.value.abs() >= TELLING_FIGURE || fact.value.fract() != 0.0);
        Profile {
            row,
            word_pairs: set(content.windows(2).map(hash)),
            words: set(content),
            topic: set(topic.map(hash)),
            numbers: set(all.iter().filter(is_number).map(hash)),
            areas: set(areas_in(&meeting.name)),
            people: set(row.people.iter().map(hash)),
            chairs: set(meeting.chairs.iter().map(|name| hash(&fold(name)))),
            places: set(meeting.places.iter().map(|place| hash(&fold(place)))),
            figures: set(figures.map(|fact| hash(&(fact.value.to_bits(), &fact.unit_kind)))),
            host: meeting.host.as_deref().map(spelled_out).unwrap_or_default(),
        }
    }

    /// The host is a body of a province, district or commune; none where no host is told or it can be either.
    pub fn host_is_local(&self) -> Option<bool> {
        let starts = |bodies: &[&str]| bodies.iter().any(|body| self.host.starts_with(body));
        if starts(&LOCAL_BODIES) {
            Some(true)
        } else {
            starts(&CENTRAL_BODIES).then_some(false)
        }
    }

    /// The year of the meeting, where the report knows it or was published within a month after the day.
    pub fn year(&self) -> Option<i32> {
        let edtf = self.row.meeting.date_edtf.as_deref();
        let told = edtf.and_then(|edtf| edtf.get(..4)).and_then(|year| year.parse().ok());
        told.or_else(|| {
            let published = self.row.published_at?;
            let Some(day) = self.day() else {
                return Some(published.year());
            };
            let since = |year: i32| Some(published.signed_duration_since(day.with_year(year)?).num_days());
            [published.year(), published.year() - 1]
                .into_iter()
                .find(|&year| since(year).is_some_and(|days| (0..=SOON_DAYS).contains(&days)))
        })
    }

    /// The report tells no day; it stands in the block of the day on which it was published.
    pub fn undated(&self) -> Option<()> {
        let edtf = self.row.meeting.date_edtf.as_deref();
        edtf.is_none_or(|edtf| edtf.get(5..10).is_none_or(|day| day.contains('X')))
            .then_some(())
    }

    /// The day in its year, or in a leap year where the text leaves the year open.
    pub fn day(&self) -> Option<NaiveDate> {
        let edtf = self.row.meeting.date_edtf.as_deref()?;
        edtf.get(..10)?.replace("XXXX", "2024").parse().ok()
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
