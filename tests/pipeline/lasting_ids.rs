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

/// A gathering: topic, place, day and month, who chairs and in which post.
type Meeting = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// No two are the same but for the day.
const APART: [Meeting; 5] = [
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
    in_august("5/8"),
];

/// One body, topic and chair on days that follow each other: a single report of a day may be a slip, several are not.
const IN_A_ROW: [Meeting; 4] = [in_august("5/8"), in_august("6/8"), in_august("7/8"), in_august("8/8")];

const fn in_august(day: &'static str) -> Meeting {
    (
        "đánh giá chỉ số hài lòng của người dân",
        "tỉnh Quảng Trị",
        day,
        "Hồ Thị Nguyệt",
        "Giám đốc Sở Nội vụ tỉnh Quảng Trị",
    )
}

/// A report on a meeting in one of several wordings; every third leaves the year open.
fn report((topic, place, day, chair, post): Meeting, wording: usize) -> String {
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
type Ids = BTreeMap<(String, i32, bool), String>;

fn ids(folder: &Path) -> Ids {
    let reports = rows::<Report>(folder, Table::MeetingReports).into_iter();
    let mentions = rows::<Mention>(folder, Table::OfficialMentions).into_iter();
    reports
        .map(|row| ((row.document_id, row.start, true), row.meeting_id))
        .chain(mentions.map(|row| ((row.document_id, row.start, false), row.official_id)))
        .collect()
}

/// Which reports and mentions have one id.
fn groups(ids: &Ids) -> BTreeSet<BTreeSet<&(String, i32, bool)>> {
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

/// The pages in batches.
fn batches(pages: usize) -> impl Strategy<Value = Vec<Vec<usize>>> {
    let order = Just((0..pages).collect::<Vec<usize>>()).prop_shuffle();
    (order, prop::collection::vec(1..pages, 2)).prop_map(|(order, mut cuts)| {
        cuts.sort_unstable();
        [&order[..cuts[0]], &order[cuts[0]..cuts[1]], &order[cuts[1]..]]
            .map(<[usize]>::to_vec)
            .to_vec()
    })
}

fn pages(count: usize, meetings: &[Meeting]) -> Vec<String> {
    (0..count)
        .map(|page| report(meetings[page % meetings.len()], page / meetings.len()))
        .collect()
}

/// Runs over one batch, two and all, whose ids must name the same things, and gives the last ones.
fn run_by_and_by(batches: &[Vec<usize>], pages: &[String]) -> Result<Ids, TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let tables = folder.path().join("tables");
    let mut given: Vec<Ids> = Vec::new();
    for many in 1..=batches.len() {
        run_over(folder.path(), &batches[..many], pages);
        given.push(ids(&tables));
    }
    let aliases: BTreeMap<String, String> = rows::<Alias>(&tables, Table::IdAliases)
        .into_iter()
        .map(|row| (row.alias_id, row.id))
        .collect();
    let last = given.pop().unwrap();
    for earlier in &given {
        for (place, id) in earlier {
            let stands_for = aliases.get(id).unwrap_or(id);
            prop_assert_eq!(stands_for, &last[place], "{:?}", place);
        }
    }
    let before = files(&tables);
    run_over(folder.path(), batches, pages);
    prop_assert!(
        files(&tables) == before,
        "a second run with nothing new changed the tables"
    );
    Ok(last)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_that_come_by_and_by_give_the_ids_of_all_at_once(batches in batches(30)) {
        let pages = pages(30, &APART);
        let last = run_by_and_by(&batches, &pages)?;
        let other = tempfile::tempdir().unwrap();
        run_over(other.path(), &[(0..30).collect()], &pages);
        let at_once = ids(&other.path().join("tables"));
        prop_assert_eq!(groups(&last), groups(&at_once));
    }

    // Which days a single report joins depends on what is known when it comes, and stays.
    #[test]
    fn an_id_that_was_given_names_the_same_thing_when_days_turn_out_to_be_two(batches in batches(16)) {
        run_by_and_by(&batches, &pages(16, &IN_A_ROW))?;
    }
}
