use std::collections::BTreeMap;

use arrow::array::{AsArray, BooleanArray, RecordBatch};
use arrow::compute::{concat_batches, filter_record_batch};

use super::*;
use crate::config::ResolveConfig;
use crate::schema::rows::{MeetingCandidateRow, MeetingClusterRow, MeetingFact, MeetingReportRow};
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Partitioning, Stage, Step};

fn candidate(document_id: &str, name: &str, date: &str) -> MeetingCandidateRow {
    MeetingCandidateRow {
        document_id: document_id.to_owned(),
        original_id: document_id.to_owned(),
        participations: generated::parts(["trần văn an"]),
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
    let stage = Match::new(&ResolveConfig::default(), Default::default());
    let batch = to_batch(Table::MeetingProfiles, &generated::profiles(candidates)).unwrap();
    let output = stage.apply(&batch).unwrap();
    let mut by_cluster = BTreeMap::<String, Vec<String>>::new();
    for row in from_batch::<MeetingClusterRow>(&output.tables[0].1).unwrap() {
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
    other.participations = generated::parts(["lê thị bình"]);
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
fn a_ministrys_meeting_that_the_government_chairs_is_one() {
    let chaired = |document_id, level: &str, chair: &str| {
        let mut report = candidate(document_id, TOPIC, "2021-03-18");
        report.meeting.level = Some(level.to_owned());
        report.meeting.chairs = vec![chair.to_owned()];
        report
    };
    let hosted = chaired("a", "ministry", "Trần Văn An");
    let shown = chaired("b", "national", "Trần Văn An");
    assert_eq!(clusters(&[hosted.clone(), shown]), [["a", "b"]]);
    assert_eq!(clusters(&[hosted, chaired("b", "national", "Lê Thị Bình")]).len(), 2);
}

#[test]
fn two_matters_that_one_official_chairs_on_a_day_are_two_meetings() {
    let chaired = |document_id, name| {
        let mut report = candidate(document_id, name, "2021-03-18");
        report.meeting.chairs = vec!["Trần Văn An".to_owned()];
        report.meeting.host = Some("UBND tỉnh Bến Tre".to_owned());
        report
    };
    let salt = chaired("a", "Hội nghị bàn biện pháp ứng phó hạn mặn vùng ven biển");
    let civil_service = chaired("b", "Hội nghị triển khai kế hoạch thi nâng ngạch công chức năm 2021");
    let again = chaired("c", "Cuộc họp về ứng phó hạn mặn");
    assert_eq!(clusters(&[salt, civil_service, again]), [vec!["a", "c"], vec!["b"]]);
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

/// Applies `stage` to `batch` split by its key into `parts`.
fn apply(stage: &dyn Stage, table: Table, rows: &[RecordBatch], parts: usize) -> BTreeMap<Table, Vec<RecordBatch>> {
    let mut outputs: BTreeMap<Table, Vec<RecordBatch>> = BTreeMap::new();
    let all = concat_batches(&table.schema(), rows).unwrap();
    let batches: Vec<RecordBatch> = match stage.partitioning() {
        Partitioning::Keyed(key) => {
            let keys = all.column_by_name(key).unwrap().as_string::<i32>();
            let of = |key: Option<&str>| profile::hash(&key) as usize % parts;
            let part = |part: usize| {
                let mine: BooleanArray = keys.iter().map(|key| Some(of(key) == part)).collect();
                filter_record_batch(&all, &mine).unwrap()
            };
            (0..parts).map(part).collect()
        }
        Partitioning::Map | Partitioning::Whole => vec![all],
    };
    for batch in batches {
        let output = stage.apply(&batch).unwrap();
        for (table, batch) in output.tables {
            outputs.entry(table).or_default().push(batch);
        }
    }
    outputs
}

/// The meeting of each report after all steps over meetings, by document.
fn resolve(rows: &[MeetingCandidateRow], parts: usize) -> BTreeMap<String, String> {
    let mut tables = BTreeMap::from([
        (
            Table::MeetingCandidates,
            vec![to_batch(Table::MeetingCandidates, rows).unwrap()],
        ),
        (
            Table::MeetingProfiles,
            vec![to_batch(Table::MeetingProfiles, &generated::profiles(rows)).unwrap()],
        ),
    ]);
    for step in crate::stages::resolve::meeting_steps(&ResolveConfig::default(), &Default::default(), 1) {
        match step {
            Step::Stage(stage) => {
                let input = tables.remove(&stage.input()).unwrap_or_default();
                tables.extend(apply(stage.as_ref(), stage.input(), &input, parts));
            }
            Step::Fill(fill) => {
                let from = tables.get(&fill.from).cloned().unwrap_or_default();
                if let Some(batches) = tables.get(&fill.table) {
                    let filled = fill.apply(batches, &from).unwrap();
                    tables.insert(fill.table, filled);
                }
            }
        }
    }
    let reports = tables.remove(&Table::MeetingReports).unwrap();
    let rows = reports
        .iter()
        .flat_map(|batch| from_batch::<MeetingReportRow>(batch).unwrap());
    rows.map(|row| (row.document_id, row.meeting_id)).collect()
}

/// Precision and recall over pairs of reports that are, or are said to be, of one meeting.
fn pairwise(reports: &[generated::Report], found: &BTreeMap<String, String>) -> (f64, f64) {
    let pairs = |count: usize| count * count.saturating_sub(1) / 2;
    let (mut told, mut true_sizes, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for report in reports {
        let meeting = &found[&report.row.document_id];
        *told.entry(meeting).or_insert(0) += 1;
        *true_sizes.entry(report.meeting).or_insert(0) += 1;
        *both.entry((meeting, report.meeting)).or_insert(0) += 1;
    }
    let right: usize = both.into_values().map(pairs).sum();
    let said: usize = told.into_values().map(pairs).sum();
    let there: usize = true_sizes.into_values().map(pairs).sum();
    (right as f64 / said as f64, right as f64 / there as f64)
}

#[test]
fn reports_of_made_up_meetings_are_joined() {
    let reports = generated::reports(4_000, 5, 7);
    let rows: Vec<MeetingCandidateRow> = reports.iter().map(|report| report.row.clone()).collect();
    let found = resolve(&rows, 1);
    let (precision, recall) = pairwise(&reports, &found);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}");
    assert!(f1 >= 0.98, "precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}");
}

#[test]
fn any_partitioning_by_the_key_and_any_order_give_the_same_meetings() {
    let reports = generated::reports(400, 3, 3);
    let mut rows: Vec<MeetingCandidateRow> = reports.into_iter().map(|report| report.row).collect();
    let whole = resolve(&rows, 1);
    rows.reverse();
    assert_eq!(resolve(&rows, 7), whole);
    rows.sort_by_key(|row| profile::hash(&row.document_id));
    assert_eq!(resolve(&rows, 64), whole);
}
