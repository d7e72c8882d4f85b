use super::*;
use crate::schema::rows::PositionFact;
use crate::schema::{from_batch, to_batch};

/// A mention of `name` with these posts (`nguyên` makes a former one), published in `month` by a portal of `area`.
pub(super) fn evidence(
    document: &str,
    name: &str,
    posts: &[&str],
    month: &str,
    area: Option<&str>,
) -> OfficialEvidenceRow {
    let parsed = Name::new(name);
    let positions = posts.iter().map(|label| PositionFact {
        label: (*label).to_owned(),
        title: label.trim_start_matches("nguyên ").to_owned(),
        status: if label.starts_with("nguyên") {
            "former"
        } else {
            "current"
        }
        .to_owned(),
        ..Default::default()
    });
    OfficialEvidenceRow {
        official_key: parsed.block_key(),
        person_key: parsed.person_key(),
        document_id: document.to_owned(),
        published_at: format!("{month}-01").parse().ok(),
        area_id: area.map(str::to_owned),
        name: name.to_owned(),
        positions: positions.collect(),
        ..Default::default()
    }
}

/// All tables of the stage, rows sorted by their text.
pub(super) fn tables(rows: &[OfficialEvidenceRow]) -> Vec<Vec<String>> {
    let output = Officials::new(Default::default(), 1)
        .apply(&to_batch(Table::OfficialEvidence, rows).unwrap())
        .unwrap();
    assert_eq!(output.kept, rows.len());
    let sorted = |mut rows: Vec<String>| {
        rows.sort();
        rows
    };
    fn texts<T: serde::de::DeserializeOwned + std::fmt::Debug>(batch: &RecordBatch) -> Vec<String> {
        from_batch::<T>(batch)
            .unwrap()
            .iter()
            .map(|row| format!("{row:?}"))
            .collect()
    }
    let batch = |at: usize| &output.tables[at].1;
    vec![
        sorted(texts::<OfficialRow>(batch(0))),
        sorted(texts::<OfficialMentionRow>(batch(1))),
        sorted(texts::<PositionRow>(batch(2))),
        sorted(texts::<ParticipationRow>(batch(3))),
        sorted(texts::<PostEvidenceRow>(batch(4))),
        sorted(texts::<IdAliasRow>(batch(5))),
    ]
}

pub(super) fn rows_of<T: serde::de::DeserializeOwned>(rows: &[OfficialEvidenceRow], table: usize) -> Vec<T> {
    let output = Officials::new(Default::default(), 1)
        .apply(&to_batch(Table::OfficialEvidence, rows).unwrap())
        .unwrap();
    from_batch(&output.tables[table].1).unwrap()
}

/// The documents of each person.
fn persons(rows: &[OfficialEvidenceRow]) -> Vec<String> {
    let mut persons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mention in rows_of::<OfficialMentionRow>(rows, 1) {
        persons
            .entry(mention.official_id)
            .or_default()
            .push(mention.document_id);
    }
    let mut persons: Vec<String> = persons
        .into_values()
        .map(|mut documents| {
            documents.sort();
            documents.concat()
        })
        .collect();
    persons.sort();
    persons
}

const LANG_SON: Option<&str> = Some("VN-20@2004");
const NGHE_AN: Option<&str> = Some("VN-40@2004");

/// What each of the mentions `a`, `b`, … says, and which of them are one person.
#[track_caller]
fn check(mentions: &[(&str, &[&str], &str, Option<&str>)], expected: &[&str]) {
    let rows: Vec<OfficialEvidenceRow> = ('a'..)
        .zip(mentions)
        .map(|(document, (name, posts, month, area))| evidence(&document.to_string(), name, posts, month, *area))
        .collect();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(persons(&rows), expected);
}

#[test]
fn spellings_posts_and_careers_of_one_person_are_one() {
    check(
        &[
            (
                "Trần Thị Kim Hoà",
                &["Phó Chủ tịch Ủy ban nhân dân tỉnh"],
                "2017-01",
                LANG_SON,
            ),
            (
                "TRẦN THỊ KIM HÒA",
                &["Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"],
                "2019-01",
                None,
            ),
            (
                "Tran Thi Kim Hoa",
                &["Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"],
                "2019-02",
                None,
            ),
            ("T.T.K. Hòa", &["Chủ tịch Ủy ban nhân dân tỉnh"], "2019-03", LANG_SON),
            ("Trần Kim Hòa", &["Chủ tịch Ủy ban nhân dân tỉnh"], "2019-04", LANG_SON),
            ("Trần Thị Kim Hòa", &["Bí thư Tỉnh ủy Nghệ An"], "2021-01", None),
            (
                "Trần Thị Kim Hòa",
                &["Bộ trưởng Bộ Nội vụ", "Ủy viên Trung ương Đảng"],
                "2023-01",
                None,
            ),
        ],
        &["abcdefg"],
    );
}

#[test]
fn namesakes_are_kept_apart_by_province_time_and_rank() {
    check(
        &[
            (
                "Nguyễn Xuân Hùng",
                &["Chủ tịch Ủy ban nhân dân tỉnh"],
                "2017-01",
                LANG_SON,
            ),
            (
                "Nguyễn Xuân Hùng",
                &["Chủ tịch Ủy ban nhân dân tỉnh"],
                "2017-01",
                NGHE_AN,
            ),
            (
                "Nguyễn Xuân Hùng",
                &["Chủ tịch Ủy ban nhân dân tỉnh"],
                "2018-01",
                LANG_SON,
            ),
            (
                "Nguyễn Xuân Hùng",
                &["Chủ tịch Ủy ban nhân dân tỉnh"],
                "2018-01",
                NGHE_AN,
            ),
            (
                "Nguyễn Xuân Hùng",
                &["Chủ tịch Ủy ban nhân dân xã Hữu Kiên"],
                "2018-02",
                LANG_SON,
            ),
        ],
        &["ac", "bd", "e"],
    );
    let directors: &[(&str, &[&str], &str, Option<&str>)] = &[
        ("Nguyễn Văn Hùng", &["Giám đốc Sở Nội vụ"], "2017-01", LANG_SON),
        ("Nguyễn Văn Hùng", &["Giám đốc Sở Nội vụ"], "2019-01", NGHE_AN),
    ];
    check(directors, &["a", "b"]);
}

#[test]
fn a_form_that_may_be_of_two_or_shares_no_post_is_a_person_of_its_own() {
    let full: [(&str, &[&str], &str, Option<&str>); 2] = [
        ("Lê Hồng Phúc", &["Giám đốc Sở Y tế"], "2017-01", LANG_SON),
        ("Lê Xuân Phúc", &["Giám đốc Sở Nội vụ"], "2017-01", LANG_SON),
    ];
    let with = |form: (
        &'static str,
        &'static [&'static str],
        &'static str,
        Option<&'static str>,
    )| [full[0], full[1], form];
    check(
        &with(("Lê Phúc", &["Giám đốc Sở Nội vụ"], "2017-03", LANG_SON)),
        &["a", "bc"],
    );
    check(
        &with(("Lê Phúc", &["Giám đốc Sở Tài chính"], "2017-03", LANG_SON)),
        &["a", "b", "c"],
    );
    check(
        &with(("L. Phúc", &["Ủy viên Trung ương Đảng"], "2017-03", None)),
        &["a", "b", "c"],
    );
    check(
        &with(("Le Hong Phuc", &["Ủy viên Trung ương Đảng"], "2017-03", None)),
        &["ac", "b"],
    );
}

#[test]
fn a_document_that_names_two_alike_means_two() {
    let rows = [
        evidence("a", "Lê Xuân Phúc", &["Giám đốc Sở Nội vụ"], "2017-01", LANG_SON),
        evidence("a", "Lê Phúc", &["Phó Giám đốc Sở Nội vụ"], "2017-01", LANG_SON),
    ];
    assert_eq!(persons(&rows), ["a", "a"]);
}

#[test]
fn the_timeline_has_one_row_for_a_post_and_a_status() {
    let name = "Trần Thị Kim Hòa";
    let mut rows = vec![
        evidence("a", name, &["Chủ tịch Ủy ban nhân dân tỉnh"], "2017-01", LANG_SON),
        evidence("b", name, &["Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"], "2018-01", None),
        evidence("c", name, &["Chủ tịch Ủy ban nhân dân tỉnh"], "2018-03", None),
        evidence(
            "d",
            name,
            &[
                "Bí thư Tỉnh ủy Nghệ An",
                "nguyên Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",
            ],
            "2021-01",
            None,
        ),
    ];
    rows[1].given_id = Some("p-1".to_owned());
    let mut positions = rows_of::<PositionRow>(&rows, 2);
    positions.sort_by_key(|row| (row.first_seen, row.status.clone()));
    let told: Vec<String> = positions
        .iter()
        .map(|row| {
            let text =
                |day: Option<chrono::NaiveDate>| day.map(|day| day.format("%Y-%m").to_string()).unwrap_or_default();
            let area = row.area_id.clone().unwrap_or_default();
            let level = row.level.clone().unwrap_or_default();
            format!(
                "{} {}…{} {area} {level} {}",
                row.status,
                text(row.first_seen),
                text(row.last_seen),
                row.n_documents
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "current 2017-01…2018-03 VN-20@2004 province 3",
            "current 2021-01…2021-01 VN-40@2004 party 1",
            "former 2021-01…2021-01 VN-20@2004 province 1",
        ]
    );
    assert!(positions.iter().all(|row| row.official_id == "p-1"));
    let holders = rows_of::<PostEvidenceRow>(&rows, 4);
    assert_eq!(
        holders.len(),
        2,
        "a former post proves nothing on who holds it: {holders:?}"
    );
}

#[test]
fn rows_that_had_one_id_stay_one_person_and_a_merged_id_becomes_an_alias() {
    let mut rows = vec![
        evidence("a", "Nguyễn Văn Hùng", &["Giám đốc Sở Nội vụ"], "2017-01", LANG_SON),
        evidence("b", "Nguyễn Văn Hùng", &["Giám đốc Sở Nội vụ"], "2019-01", NGHE_AN),
        evidence("c", "Nguyễn Văn Hùng", &["Giám đốc Sở Nội vụ"], "2019-02", NGHE_AN),
    ];
    assert_eq!(persons(&rows), ["a", "bc"]);
    for (row, (id, run)) in rows.iter_mut().zip([("p-b", 2), ("p-b", 2), ("p-a", 3)]) {
        (row.given_id, row.given_in_run) = (Some(id.to_owned()), Some(run));
    }
    assert_eq!(persons(&rows), ["abc"]);
    assert_eq!(rows_of::<OfficialRow>(&rows, 0)[0].official_id, "p-b");
    let aliases = rows_of::<IdAliasRow>(&rows, 5);
    let alias = |row: &IdAliasRow| {
        [
            row.alias_id.clone(),
            row.id.clone(),
            row.kind.clone(),
            row.reason.clone(),
        ]
        .join(" ")
    };
    assert_eq!(
        aliases.iter().map(alias).collect::<Vec<_>>(),
        ["p-a p-b official merged"]
    );
}

#[test]
fn a_part_in_a_meeting_goes_to_the_person_of_its_document() {
    let mut rows = vec![
        evidence("a", "Nguyễn Văn Hùng", &["Giám đốc Sở Nội vụ"], "2017-01", LANG_SON),
        evidence("b", "Nguyễn Văn Hùng", &["Giám đốc Sở Nội vụ"], "2019-01", NGHE_AN),
    ];
    for index in [0, 1] {
        let mut part = rows[index].clone();
        (part.meeting_id, part.role) = (Some(format!("m-{index}")), Some("chair".to_owned()));
        part.positions.clear();
        rows.push(part);
    }
    let mention = |document: &str| {
        let mentions = rows_of::<OfficialMentionRow>(&rows, 1);
        mentions
            .into_iter()
            .find(|row| row.document_id == document)
            .map(|row| row.official_id)
    };
    let parts = rows_of::<ParticipationRow>(&rows, 3);
    assert_eq!(parts.len(), 2);
    for part in parts {
        assert_eq!(mention(&part.document_id), Some(part.official_id));
    }
}
