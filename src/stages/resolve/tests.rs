use super::*;
use crate::schema::rows::*;
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::StageOutput;

fn rows<T: serde::de::DeserializeOwned>(output: &StageOutput, table: Table) -> Vec<T> {
    let (_, batch) = output.tables.iter().find(|(name, _)| *name == table).unwrap();
    from_batch(batch).unwrap()
}

fn candidate(document_id: &str, name: &str, date: &str) -> MeetingCandidateRow {
    MeetingCandidateRow {
        block: date[5..].to_owned(),
        document_id: document_id.to_owned(),
        content_hash: document_id.to_owned(),
        people: vec!["trần văn an".to_owned()],
        meeting: MeetingFact {
            name: name.to_owned(),
            kind: "hội nghị".to_owned(),
            date: date.parse().ok(),
            date_edtf: Some(date.to_owned()),
            is_primary: true,
            ..Default::default()
        },
        ..Default::default()
    }
}

/// The documents of each meeting.
fn clusters(candidates: &[MeetingCandidateRow]) -> Vec<Vec<String>> {
    let stage = Meetings::new(&ResolveConfig::default());
    let batch = to_batch(Table::MeetingCandidates, candidates).unwrap();
    let output = stage.apply(&batch).unwrap();
    let mut by_meeting = std::collections::BTreeMap::<String, Vec<String>>::new();
    for report in rows::<MeetingReportRow>(&output, Table::MeetingReports) {
        by_meeting
            .entry(report.meeting_id)
            .or_default()
            .push(report.document_id);
    }
    let mut clusters: Vec<Vec<String>> = by_meeting.into_values().collect();
    clusters.sort();
    clusters
}

const TOPIC: &str = "Hội nghị trực tuyến toàn quốc tổng kết chương trình cải cách hành chính";

#[test]
fn reports_of_one_meeting_are_joined_though_one_lacks_the_year() {
    let reports = [
        candidate("a", TOPIC, "2021-03-18"),
        candidate("b", "Hội nghị tổng kết cải cách hành chính", "XXXX-03-18"),
    ];
    assert_eq!(clusters(&reports), [["a", "b"]]);
}

#[test]
fn other_years_sessions_and_topics_are_other_meetings() {
    assert_eq!(
        clusters(&[candidate("a", TOPIC, "2021-03-18"), candidate("b", TOPIC, "2022-03-18")]).len(),
        2
    );
    let mut seventh = candidate("a", "Phiên họp Ban Chỉ đạo", "2021-03-18");
    let mut eighth = candidate("b", "Phiên họp Ban Chỉ đạo", "2021-03-18");
    (seventh.meeting.session_number, eighth.meeting.session_number) = (Some(7), Some(8));
    assert_eq!(clusters(&[seventh, eighth]).len(), 2);
    let mut other = candidate("b", "Lễ khởi công tuyến đường ven biển", "2021-03-18");
    other.people = vec!["lê thị bình".to_owned()];
    assert_eq!(clusters(&[candidate("a", TOPIC, "2021-03-18"), other]).len(), 2);
}

#[test]
fn a_provinces_own_meeting_on_the_topic_is_another() {
    let mut national = candidate("a", TOPIC, "2021-03-18");
    let mut own = candidate("b", "Hội nghị tổng kết chương trình cải cách hành chính", "2021-03-18");
    national.meeting.level = Some("national".to_owned());
    own.meeting.level = Some("province".to_owned());
    assert_eq!(clusters(&[national, own]).len(), 2);
}

#[test]
fn a_third_report_without_a_year_does_not_join_two_years() {
    let reports = [
        candidate("a", TOPIC, "2021-03-18"),
        candidate("b", TOPIC, "XXXX-03-18"),
        candidate("c", TOPIC, "2022-03-18"),
    ];
    assert_eq!(clusters(&reports).len(), 2);
}

#[test]
fn the_earliest_of_equal_texts_is_the_original() {
    let document = |id: &str, day: Option<&str>| DocumentRow {
        document_id: id.to_owned(),
        content_hash: "same".to_owned(),
        published_at: day.map(|day| day.parse().unwrap()),
        published_edtf: day.map(str::to_owned),
        ..Default::default()
    };
    let documents = [
        document("a", None),
        document("b", Some("2021-03-19")),
        document("c", Some("2021-03-18")),
    ];
    let output = Duplicates
        .apply(&to_batch(Table::Documents, &documents).unwrap())
        .unwrap();
    let marked: Vec<(String, Option<String>)> = rows::<DocumentRow>(&output, Table::Documents)
        .into_iter()
        .map(|row| (row.document_id, row.duplicate_of))
        .collect();
    let original = Some("c".to_owned());
    assert_eq!(
        marked,
        [
            ("c".to_owned(), None),
            ("b".to_owned(), original.clone()),
            ("a".to_owned(), original)
        ]
    );
}

#[test]
fn spellings_of_a_name_are_one_person_with_all_posts() {
    let mention = |document: &str, name: &str, label: &str| ExtractionRow {
        document_id: document.to_owned(),
        officials: vec![OfficialFact {
            name: name.to_owned(),
            positions: vec![PositionFact {
                label: label.to_owned(),
                ..Default::default()
            }],
            ..Default::default()
        }],
        ..Default::default()
    };
    let extractions = [
        mention("a", "Trần Thị Hoà", "Bí thư Tỉnh ủy"),
        mention("b", "TRẦN THỊ HÒA", "Chủ tịch HĐND tỉnh"),
    ];
    let spread = Reports
        .apply(&to_batch(Table::Extractions, &extractions).unwrap())
        .unwrap();
    let (_, evidence) = &spread.tables[1];
    let output = Officials.apply(evidence).unwrap();
    let officials: Vec<OfficialRow> = rows(&output, Table::Officials);
    assert_eq!(officials.len(), 1);
    assert_eq!(officials[0].n_documents, 2);
    assert_eq!(rows::<PositionRow>(&output, Table::Positions).len(), 2);
}
