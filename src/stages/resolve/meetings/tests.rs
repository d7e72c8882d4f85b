use std::collections::BTreeMap;

use super::*;
use crate::config::ResolveConfig;
use crate::schema::rows::MeetingCandidateRow;
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::Stage;

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
    let stage = Match::new(&ResolveConfig::default());
    let batch = to_batch(Table::MeetingCandidates, candidates).unwrap();
    let output = stage.apply(&batch).unwrap();
    let mut by_cluster = BTreeMap::<Option<String>, Vec<String>>::new();
    for row in from_batch::<MeetingCandidateRow>(&output.tables[0].1).unwrap() {
        by_cluster.entry(row.cluster).or_default().push(row.document_id);
    }
    let mut clusters: Vec<Vec<String>> = by_cluster.into_values().collect();
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
