//! Made-up meetings and the reports on them, with the truth: for measuring how well and how fast reports are joined.
//!
//! Each meeting has 1 to 30 reports that shorten its name, leave out the year, slip by a day, misspell words, name some
//! of the persons and give some of the figures. On the same days stand meetings that are easily mistaken for it: a
//! province's own on the same topic, the same minister's next working session, the same body's on another topic.

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::{block_of, profile_row, visitor};
use crate::schema::rows::{
    Evidence, IndicatorFact, MeetingCandidateRow, MeetingFact, MeetingProfileRow, ParticipationFact,
};
use chrono::NaiveDate;

const TOPICS: [&str; 12] = [
    "tổng kết chương trình cải cách hành chính",
    "sơ kết công tác chuyển đổi số",
    "triển khai đề án đơn giản hóa giấy tờ công dân",
    "đánh giá chỉ số hài lòng của người dân",
    "giải phóng mặt bằng đường vành đai",
    "phòng chống hạn mặn mùa khô",
    "thực hiện dự toán ngân sách địa phương",
    "sắp xếp tổ chức bộ máy các cơ quan chuyên môn",
    "tháo gỡ khó khăn cho doanh nghiệp chế biến gỗ",
    "giải ngân vốn đầu tư công các dự án trọng điểm",
    "bảo đảm an toàn giao thông đường sắt",
    "xây dựng nông thôn mới kiểu mẫu",
];
const PROVINCES: [&str; 10] = [
    "Lạng Sơn",
    "Nghệ An",
    "Bến Tre",
    "Hà Giang",
    "Quảng Trị",
    "Cà Mau",
    "Thái Bình",
    "Gia Lai",
    "Sơn La",
    "Phú Yên",
];
const SURNAMES: [&str; 6] = ["nguyễn", "trần", "lê", "phạm", "hoàng", "vũ"];
const MIDDLE: [&str; 8] = ["văn", "thị", "đức", "minh", "quang", "thanh", "hữu", "ngọc"];
const GIVEN: [&str; 14] = [
    "an", "bình", "cường", "dũng", "giang", "hải", "khánh", "lâm", "nam", "phúc", "sơn", "thảo", "vinh", "yến",
];

/// A report and the meeting that it is about.
pub struct Report {
    pub row: MeetingCandidateRow,
    pub meeting: usize,
}

/// Random choices that are the same in every run.
struct Dice(TestRng);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        (self.0.next_u64() % end as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn person(&mut self) -> String {
        format!("{} {} {}", self.one(&SURNAMES), self.one(&MIDDLE), self.one(&GIVEN))
    }
}

/// A gathering as it was.
struct Gathering {
    kind: &'static str,
    topic: &'static str,
    detail: String,
    host: String,
    level: &'static str,
    area: Option<&'static str>,
    day: NaiveDate,
    session: Option<i32>,
    online: bool,
    people: Vec<String>,
    figures: Vec<f64>,
}

/// At least `n_reports` reports of as many meetings as it takes, over `years` years.
pub fn reports(n_reports: usize, years: usize, seed: u8) -> Vec<Report> {
    let mut dice = Dice(TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    let mut reports = Vec::new();
    let mut meeting = 0;
    while reports.len() < n_reports {
        let national = gathering(&mut dice, years);
        let mut group = vec![
            own_of_a_province(&national, &mut dice),
            next_topic(&national, &mut dice),
        ];
        if national.kind == "buổi làm việc" {
            group.push(next_visit(&national, &mut dice));
        }
        group.insert(0, national);
        for gathering in group {
            let many = if dice.percent(20) { 30 } else { 5 };
            for _ in 0..=dice.below(many) {
                let row = report(&gathering, reports.len(), &mut dice);
                reports.push(Report { row, meeting });
            }
            meeting += 1;
        }
    }
    reports
}

fn gathering(dice: &mut Dice, years: usize) -> Gathering {
    let kind = dice_kind(dice);
    let area = PROVINCES[dice.below(PROVINCES.len())];
    let (host, detail) = match kind {
        "buổi làm việc" => ("Chính phủ".to_owned(), format!("với lãnh đạo tỉnh {area}")),
        _ => ("Bộ Nội vụ".to_owned(), String::new()),
    };
    let year = 2026 - dice.below(years) as i32;
    let day = NaiveDate::from_yo_opt(year, 1 + dice.below(365) as u32).expect("every year has 365 days");
    Gathering {
        kind,
        topic: TOPICS[dice.below(TOPICS.len())],
        detail,
        host,
        level: "national",
        area: None,
        day,
        session: (kind == "phiên họp").then(|| 1 + dice.below(60) as i32),
        online: dice.percent(40),
        people: (0..2 + dice.below(6)).map(|_| dice.person()).collect(),
        figures: (0..dice.below(8))
            .map(|_| 11.0 + dice.below(90_000) as f64 / 10.0)
            .collect(),
    }
}

fn dice_kind(dice: &mut Dice) -> &'static str {
    ["hội nghị", "phiên họp", "buổi làm việc", "hội thảo"][dice.below(4)]
}

/// A province's own conference on the same topic on the same day.
fn own_of_a_province(of: &Gathering, dice: &mut Dice) -> Gathering {
    let area = PROVINCES[dice.below(PROVINCES.len())];
    Gathering {
        kind: "hội nghị",
        detail: format!("tỉnh {area}"),
        host: format!("UBND tỉnh {area}"),
        level: "province",
        area: Some(area),
        session: None,
        people: (0..3).map(|_| dice.person()).collect(),
        figures: (0..4).map(|_| 11.0 + dice.below(90_000) as f64 / 10.0).collect(),
        online: false,
        ..copy(of)
    }
}

/// The same minister's other working session on that day.
fn next_visit(of: &Gathering, dice: &mut Dice) -> Gathering {
    let other = PROVINCES
        .iter()
        .find(|area| !of.detail.contains(*area))
        .expect("there are ten");
    Gathering {
        detail: format!("với lãnh đạo tỉnh {other}"),
        people: vec![of.people[0].clone(), dice.person(), dice.person()],
        figures: (0..3).map(|_| 11.0 + dice.below(90_000) as f64 / 10.0).collect(),
        ..copy(of)
    }
}

/// The same body's meeting on another topic, the day after.
fn next_topic(of: &Gathering, dice: &mut Dice) -> Gathering {
    let place = TOPICS.iter().position(|topic| *topic == of.topic).unwrap_or(0);
    let topic = TOPICS[(place + 1 + dice.below(TOPICS.len() - 1)) % TOPICS.len()];
    Gathering {
        topic,
        day: of.day.succ_opt().expect("there is a day after"),
        session: of.session.map(|number| number + 1),
        people: vec![of.people[0].clone(), dice.person(), dice.person()],
        figures: (0..3).map(|_| 11.0 + dice.below(90_000) as f64 / 10.0).collect(),
        ..copy(of)
    }
}

fn copy(of: &Gathering) -> Gathering {
    Gathering {
        kind: of.kind,
        topic: of.topic,
        detail: of.detail.clone(),
        host: of.host.clone(),
        level: of.level,
        area: of.area,
        day: of.day,
        session: of.session,
        online: of.online,
        people: of.people.clone(),
        figures: of.figures.clone(),
    }
}

fn report(of: &Gathering, number: usize, dice: &mut Dice) -> MeetingCandidateRow {
    let day = if dice.percent(2) {
        of.day.succ_opt().expect("there is a day after")
    } else {
        of.day
    };
    let published = day + chrono::Days::new(dice.below(3) as u64);
    let knows_year = dice.percent(70);
    let is_undated = dice.percent(2);
    let date_edtf = match (is_undated, knows_year) {
        (true, _) => None,
        (_, true) => Some(day.format("%Y-%m-%d").to_string()),
        (_, false) => Some(day.format("XXXX-%m-%d").to_string()),
    };
    let mut people: Vec<String> = of.people.iter().filter(|_| dice.percent(70)).cloned().collect();
    if people.is_empty() && dice.percent(80) {
        people.push(of.people[0].clone());
    }
    let figures: Vec<IndicatorFact> = of
        .figures
        .iter()
        .filter(|_| dice.percent(50))
        .map(|&value| IndicatorFact {
            value,
            unit_kind: "count".to_owned(),
            ..IndicatorFact::default()
        })
        .collect();
    let meeting = MeetingFact {
        name: name(of, dice),
        kind: of.kind.to_owned(),
        session_number: of.session.filter(|_| dice.percent(70)),
        level: Some(of.level.to_owned()).filter(|_| dice.percent(80)),
        date: date_edtf.as_deref().and_then(|edtf| edtf.parse().ok()),
        date_edtf,
        date_basis: Some("explicit".to_owned()),
        format: of.online.then(|| "online".to_owned()).filter(|_| dice.percent(80)),
        host: Some(of.host.clone()).filter(|_| dice.percent(60)),
        chairs: people
            .first()
            .cloned()
            .into_iter()
            .filter(|_| dice.percent(60))
            .collect(),
        is_primary: true,
        evidence: Evidence::default(),
        ..MeetingFact::default()
    };
    let document_id = format!("d{number:07}");
    MeetingCandidateRow {
        original_id: document_id.clone(),
        document_id,
        published_at: Some(published),
        area_id: of.area.map(str::to_owned),
        participations: parts(people),
        indicators: figures,
        meeting,
        ..MeetingCandidateRow::default()
    }
}

/// The name as one report writes it: without the detail, cut short, a word misspelt.
fn name(of: &Gathering, dice: &mut Dice) -> String {
    let needs_detail = of.kind == "buổi làm việc";
    let detail = if needs_detail || dice.percent(70) {
        of.detail.as_str()
    } else {
        ""
    };
    let mut words: Vec<String> = format!("{} {detail} {}", of.kind, of.topic)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if dice.percent(30) {
        words.truncate(words.len() - dice.below(3));
    }
    if dice.percent(15) {
        let at = dice.below(words.len());
        words[at].pop();
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// The parts of these persons in a meeting.
pub fn parts(people: impl IntoIterator<Item = impl Into<String>>) -> Vec<ParticipationFact> {
    let part = |person_key| ParticipationFact {
        person_key,
        ..ParticipationFact::default()
    };
    people.into_iter().map(Into::into).map(part).collect()
}

/// What the reports are compared by, with the copies that visit the blocks of the day after.
pub fn profiles(reports: &[MeetingCandidateRow]) -> Vec<MeetingProfileRow> {
    let profile = |report: &MeetingCandidateRow| {
        let block = block_of(report.meeting.date_edtf.as_deref(), report.published_at);
        profile_row(report, block.unwrap_or_else(|| report.document_id.clone()))
    };
    let profiles: Vec<MeetingProfileRow> = reports.iter().map(profile).collect();
    let visitors: Vec<MeetingProfileRow> = profiles.iter().filter_map(visitor).collect();
    [profiles, visitors].concat()
}
