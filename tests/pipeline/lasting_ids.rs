//! Ids last: whatever order and batches documents come in, an id that was given once still names the same report or
//! mention, itself or by an alias, and the meetings and persons are those of one run over all documents.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use parc_etl::schema::Table;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::{default_pipeline, files, rows, run};

/// Gatherings: topic, place, day and month, who chairs and in which post.
const MEETINGS: [(&str, &str, &str, &str, &str); 5] = [
    (
        "tổng kết công tác cải cách hành chính",
        "tỉnh Lạng Sơn",
        "18/3",
        "Lộc Văn Khánh",
        "Phó Chủ tịch UBND tỉnh Lạng Sơn",
    ),
    (
        "triển khai dịch vụ công trực tuyến",
        "tỉnh Nghệ An",
        "18/3",
        "Cao Đình Sáng",
        "Phó Chủ tịch UBND tỉnh Nghệ An",
    ),
    (
        "sơ kết chuyển đổi số",
        "tỉnh Bến Tre",
        "19/3",
        "Nguyễn Trúc Lâm",
        "Giám đốc Sở Nội vụ tỉnh Bến Tre",
    ),
    (
        "tổng kết công tác cải cách hành chính",
        "tỉnh Lạng Sơn",
        "20/9",
        "Lộc Văn Khánh",
        "Chủ tịch UBND tỉnh Lạng Sơn",
    ),
    (
        "đánh giá chỉ số hài lòng của người dân",
        "tỉnh Quảng Trị",
        "5/8",
        "Hồ Thị Nguyệt",
        "Giám đốc Sở Nội vụ tỉnh Quảng Trị",
    ),
];

/// A report on a meeting in one of several wordings; every third leaves the year open.
fn report(meeting: usize, wording: usize) -> String {
    let (topic, place, day, chair, post) = MEETINGS[meeting];
    let year = if wording % 3 == 2 { "" } else { "/2021" };
    let body = match wording % 4 {
        0 => format!(
            "Ngày {day}{year}, UBND {place} tổ chức Hội nghị {topic}. Đồng chí {chair}, {post} chủ trì hội nghị."
        ),
        1 => format!(
            "Sáng ngày {day}{year}, tại hội nghị {topic} do UBND {place} tổ chức, ông {chair}, {post} phát biểu chỉ đạo."
        ),
        2 => format!(
            "Ông {chair}, {post}, chủ trì Hội nghị {topic} của {place} ngày {day}{year}. Hội nghị bàn về thủ tục hành chính."
        ),
        _ => format!("Hội nghị {topic} {place} diễn ra ngày {day}{year} dưới sự chủ trì của đồng chí {chair}, {post}."),
    };
    format!(
        "{body} Bản tin số {wording} về cải cách hành chính, dịch vụ công trực tuyến của các cơ quan hành chính nhà nước."
    )
}

#[derive(Deserialize)]
struct Report {
    document_id: String,
    start: i32,
    meeting_id: String,
}

#[derive(Deserialize)]
struct Mention {
    document_id: String,
    start: i32,
    official_id: String,
}

#[derive(Deserialize)]
struct Alias {
    alias_id: String,
    id: String,
}

/// The id of each report and mention, by document and place.
fn ids(folder: &Path) -> BTreeMap<(String, i32, bool), String> {
    let reports = rows::<Report>(folder, Table::MeetingReports).into_iter();
    let mentions = rows::<Mention>(folder, Table::OfficialMentions).into_iter();
    reports
        .map(|row| ((row.document_id, row.start, true), row.meeting_id))
        .chain(mentions.map(|row| ((row.document_id, row.start, false), row.official_id)))
        .collect()
}

/// Which reports and mentions have one id.
fn groups(ids: &BTreeMap<(String, i32, bool), String>) -> BTreeSet<BTreeSet<&(String, i32, bool)>> {
    let mut groups: BTreeMap<&String, BTreeSet<_>> = BTreeMap::new();
    for (place, id) in ids {
        groups.entry(id).or_default().insert(place);
    }
    groups.into_values().collect()
}

fn run_over(folder: &Path, batches: &[Vec<usize>], pages: &[String]) {
    for (number, batch) in batches.iter().enumerate() {
        let line = |&page: &usize| format!("{}\n", json!({ "id": format!("page {page}"), "text": pages[page] }));
        fs::write(
            folder.join(format!("{number}.jsonl")),
            batch.iter().map(line).collect::<String>(),
        )
        .unwrap();
    }
    let inputs = vec![folder.join("*.jsonl").to_string_lossy().into_owned()];
    let mut pipeline = default_pipeline(inputs, &folder.join("tables"));
    pipeline.config.extract.on_topic_only = false;
    run(&pipeline, 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn an_id_that_was_given_names_the_same_thing_after_any_further_documents(
        order in Just((0..30).collect::<Vec<usize>>()).prop_shuffle(),
        cuts in prop::collection::vec(1_usize..30, 2),
    ) {
        let pages: Vec<String> = (0..30).map(|page| report(page % MEETINGS.len(), page / MEETINGS.len())).collect();
        let mut cuts = cuts;
        cuts.sort_unstable();
        let batches = [&order[..cuts[0]], &order[cuts[0]..cuts[1]], &order[cuts[1]..]].map(<[usize]>::to_vec);
        let folder = tempfile::tempdir().unwrap();
        let tables = folder.path().join("tables");
        let mut given: Vec<BTreeMap<(String, i32, bool), String>> = Vec::new();
        for many in 1..=batches.len() {
            run_over(folder.path(), &batches[..many], &pages);
            given.push(ids(&tables));
        }
        let last = &given[given.len() - 1];
        let aliases: BTreeMap<String, String> =
            rows::<Alias>(&tables, Table::IdAliases).into_iter().map(|row| (row.alias_id, row.id)).collect();
        for earlier in &given {
            for (place, id) in earlier {
                let stands_for = aliases.get(id).unwrap_or(id);
                prop_assert_eq!(stands_for, &last[place], "{:?}", place);
            }
        }

        let before = files(&tables);
        run_over(folder.path(), &batches, &pages);
        prop_assert!(files(&tables) == before, "a second run with nothing new changed the tables");

        let other = tempfile::tempdir().unwrap();
        run_over(other.path(), &[(0..30).collect()], &pages);
        let at_once = ids(&other.path().join("tables"));
        prop_assert_eq!(groups(last), groups(&at_once));
    }
}
