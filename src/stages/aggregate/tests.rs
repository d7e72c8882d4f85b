use std::collections::BTreeMap;

use arrow::array::{ArrayRef, AsArray};
use arrow::datatypes::DataType;
use chrono::NaiveDate;

use super::*;
use crate::output::json_value;
use crate::schema::rows::{DocumentRow, MeetingReportRow, MeetingRow, ProgrammeRow};
use crate::schema::{Table, to_batch};

mod restated;

fn block(name: &str, sql: &str) -> AggregateConfig {
    AggregateConfig {
        name: name.to_owned(),
        description: String::new(),
        sql: sql.to_owned(),
    }
}

fn meeting(id: &str, kind: &str, day: u32, places: &[&str]) -> MeetingRow {
    MeetingRow {
        meeting_id: id.to_owned(),
        kind: kind.to_owned(),
        date: NaiveDate::from_ymd_opt(2021, 3, day),
        places: places.iter().map(|place| (*place).to_owned()).collect(),
        place_area_ids: places
            .iter()
            .map(|place| (*place == "Hà Nội").then(|| "VN-01@2004".to_owned()))
            .collect(),
        n_documents: day as i32,
        ..Default::default()
    }
}

/// Tables in memory, none of them without a batch.
#[derive(Default)]
struct Held(BTreeMap<&'static str, Vec<RecordBatch>>);

impl Source for Held {
    fn schema(&self, table: &str) -> Option<SchemaRef> {
        Some(self.0.get(table)?[0].schema())
    }

    fn num_rows(&self, table: &str) -> usize {
        self.0[table].iter().map(RecordBatch::num_rows).sum()
    }

    fn batches(&self, table: &str, columns: &[usize]) -> Result<Batches<'_>, TableReadError> {
        let columns = columns.to_vec();
        let batches = self.0[table].iter();
        Ok(Box::new(batches.map(move |batch| Ok(batch.project(&columns).unwrap()))))
    }
}

fn tables() -> Held {
    let meetings = [
        meeting("m1", "hội nghị", 18, &["Lạng Sơn", "Cửa Lò"]),
        meeting("m2", "phiên họp", 18, &[]),
        meeting("m3", "hội nghị", 2, &["Hà Nội"]),
        meeting("m4", "lễ", 0, &[]),
    ];
    let (first, rest) = meetings.split_at(1);
    let report = MeetingReportRow {
        document_id: "d1".to_owned(),
        meeting_id: "m1".to_owned(),
        is_primary: true,
        confidence: 0.5,
        ..Default::default()
    };
    let document = DocumentRow {
        document_id: "d1".to_owned(),
        programmes: vec![ProgrammeRow {
            name: "P".to_owned(),
            start: 2011,
            end: 2020,
        }],
        source_record: Some(3),
        ..Default::default()
    };
    let batch_of = |table, rows: &[MeetingRow]| to_batch(table, rows).unwrap();
    let mut tables: BTreeMap<&str, Vec<RecordBatch>> = Table::PUBLISHED
        .into_iter()
        .map(|table| (table.name(), vec![RecordBatch::new_empty(table.schema())]))
        .collect();
    tables.insert(
        "meetings",
        vec![batch_of(Table::Meetings, first), batch_of(Table::Meetings, rest)],
    );
    tables.insert(
        "meeting_reports",
        vec![to_batch(Table::MeetingReports, &[report]).unwrap()],
    );
    tables.insert("documents", vec![to_batch(Table::Documents, &[document]).unwrap()]);
    Held(tables)
}

fn source(tables: Held) -> Arc<dyn Source> {
    Arc::new(tables)
}

/// Rows as JSON arrays.
fn rows(batch: &RecordBatch) -> Vec<String> {
    let row = |row: usize| {
        let values = batch.columns().iter().map(|column: &ArrayRef| json_value(column, row));
        serde_json::Value::from_iter(values).to_string()
    };
    (0..batch.num_rows()).map(row).collect()
}

fn check_rows(sql: &str, expected: &[&str]) {
    let results = run(&[block("t", sql)], &source(tables())).unwrap();
    assert_eq!(rows(&results[0].1), expected, "{sql}");
    assert_eq!(check(&[block("t", sql)]), [], "{sql}");
}

#[test]
fn queries_run_over_the_tables() {
    check_rows(
        "SELECT kind, COUNT(*) AS meetings, SUM(n_documents) AS documents FROM meetings GROUP BY kind",
        &[r#"["hội nghị",2,20]"#, r#"["lễ",1,0]"#, r#"["phiên họp",1,18]"#],
    );
    check_rows(
        "SELECT STRFTIME(date, '%Y-%m') AS month, COUNT(*) AS n FROM meetings GROUP BY month ORDER BY month",
        &[r#"["2021-03",3]"#, "[null,1]"],
    );
    check_rows(
        "SELECT m.meeting_id, r.document_id, m.date FROM meetings AS m JOIN meeting_reports AS r ON r.meeting_id = m.meeting_id",
        &[r#"["m1","d1","2021-03-18"]"#],
    );
    check_rows(
        "WITH big AS (SELECT * FROM meetings WHERE n_documents > 1) SELECT AVG(n_documents) AS mean FROM big;",
        &["[12.666666666666666]"],
    );
    check_rows("SELECT value FROM indicators", &[]);
}

#[test]
fn what_is_unknown_keeps_its_place_in_a_list() {
    check_rows(
        "SELECT place_area_ids FROM meetings WHERE date IS NOT NULL ORDER BY meeting_id",
        &["[[null,null]]", "[[]]", r#"[["VN-01@2004"]]"#],
    );
}

#[test]
fn every_type_of_the_contract_comes_through() {
    check_rows(
        "SELECT document_id, source_record, topic_score, programmes, url FROM documents",
        &[r#"["d1",3,0,"[{\"name\":\"P\",\"start\":2011,\"end\":2020}]",null]"#],
    );
    check_rows("SELECT is_primary, confidence FROM meeting_reports", &["[true,0.5]"]);
    check_rows(
        "SELECT meeting_id, places, date FROM meetings WHERE kind = 'hội nghị'",
        &[
            r#"["m1",["Lạng Sơn","Cửa Lò"],"2021-03-18"]"#,
            r#"["m3",["Hà Nội"],"2021-03-02"]"#,
        ],
    );
    check_rows(
        "SELECT NULL AS nothing, 1 AS one, TRUE AS yes FROM documents",
        &["[null,1,true]"],
    );
}

#[test]
fn rows_have_one_order() {
    // Without ORDER BY: by all columns, also where LIMIT picks some.
    check_rows(
        "SELECT kind, meeting_id FROM meetings LIMIT 2",
        &[r#"["hội nghị","m1"]"#, r#"["hội nghị","m3"]"#],
    );
    // With ORDER BY: ties by all columns.
    check_rows(
        "SELECT meeting_id, kind FROM meetings ORDER BY kind DESC",
        &[
            r#"["m2","phiên họp"]"#,
            r#"["m4","lễ"]"#,
            r#"["m1","hội nghị"]"#,
            r#"["m3","hội nghị"]"#,
        ],
    );
    check_rows(
        "SELECT kind FROM meetings WHERE n_documents = 18 UNION SELECT kind FROM meetings WHERE n_documents = 2",
        &[r#"["hội nghị"]"#, r#"["phiên họp"]"#],
    );
    check_rows(
        "SELECT places FROM meetings WHERE meeting_id = 'm3'",
        &[r#"[["Hà Nội"]]"#],
    );
    check_rows(
        "SELECT * EXCLUDE (places, chairs) FROM meetings WHERE meeting_id = 'none'",
        &[],
    );
}

#[test]
fn queries_of_with_that_group_a_large_table_are_run_in_parts() {
    let sql = "WITH kinds AS (SELECT kind, COUNT(DISTINCT CASE WHEN n_documents > 2 THEN meeting_id END) AS n FROM meetings \
               GROUP BY kind), most AS (SELECT MAX(n) AS n FROM kinds) \
               SELECT kinds.kind, kinds.n, most.n AS most FROM kinds JOIN most ON kinds.n <= most.n";
    let mut query = Query::parse(sql).unwrap();
    let taken = query.take_common(|query| query.ast.with.is_none().then_some(()), &[]);
    assert_eq!(
        taken.iter().map(|(name, ..)| name).collect::<Vec<_>>(),
        ["kinds", "most"]
    );
    assert!(!query.sql().contains("WITH"), "{}", query.sql());
    assert!(
        Query::parse(sql)
            .unwrap()
            .take_common(|_| Some(()), &["most".to_owned()])
            .is_empty(),
        "a name of a table means another one there"
    );
    check_rows(sql, &[r#"["hội nghị",1,1]"#, r#"["lễ",0,1]"#, r#"["phiên họp",1,1]"#]);
}

#[test]
fn a_later_block_may_use_an_earlier_table() {
    let blocks = [
        block("kinds", "SELECT kind, COUNT(*) AS n FROM meetings GROUP BY kind"),
        block("most", "SELECT MAX(n) AS n FROM kinds"),
    ];
    assert_eq!(check(&blocks), []);
    let results = run(&blocks, &source(tables())).unwrap();
    assert_eq!(results[1].0, "most");
    assert_eq!(rows(&results[1].1), ["[2]"]);
    assert_eq!(*results[1].1.schema().field(0).data_type(), DataType::Int64);
    assert!(
        results[0]
            .1
            .column(0)
            .as_string::<i32>()
            .iter()
            .all(|kind| kind.is_some())
    );
}

/// One line per problem: block, the text at its place, message, hint.
fn check_problems(blocks: &[AggregateConfig], expected: &[&str]) {
    let found: Vec<String> = check(blocks)
        .into_iter()
        .map(|problem| {
            let rest = problem
                .offset
                .map_or("?", |offset| &blocks[problem.block].sql[offset..]);
            let is_word = |char: char| char.is_alphanumeric() || char == '_';
            let place = rest.split(|char| !is_word(char)).next().unwrap_or_default();
            let hint = problem.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
            format!("{} at <{place}>: {}{hint}", problem.block, problem.message)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn unknown_names_are_all_reported_with_their_places() {
    check_problems(
        &[block(
            "t",
            "SELECT knd, COUNT(*) AS n\nFROM meetings\nWHERE n_documnts > 1 GROUP BY knd",
        )],
        &[
            "0 at <knd>: there is no column `knd` in the tables of this query (did you mean `kind`?)",
            "0 at <n_documnts>: there is no column `n_documnts` in the tables of this query (did you mean `n_documents`?)",
            "0 at <knd>: there is no column `knd` in the tables of this query (did you mean `kind`?)",
        ],
    );
    check_problems(
        &[block(
            "t",
            "SELECT m.kind, r.ngay FROM meeting AS m JOIN meeting_reports AS r ON r.meeting_id = m.meeting_id",
        )],
        &[
            "0 at <ngay>: there is no column `ngay` in table `meeting_reports` (there are chairs, confidence, date, \
             date_basis, date_edtf, document_id, end, format, host, is_primary, kind, link_reasons, link_score, \
             meeting_id, name, part_of_day, place_area_ids, places, quote, rule, session_number, start)",
            "0 at <meeting>: there is no table `meeting` (did you mean `meetings`?)",
        ],
    );
    check_problems(
        &[block("t", "SELECT x.kind FROM meetings AS m")],
        &["0 at <x>: there is no table or alias `x` in this query (there are m, meetings)"],
    );
}

#[test]
fn syntax_errors_have_their_place() {
    check_problems(
        &[block("t", "SELECT kind\nFORM meetings")],
        &["0 at <meetings>: Expected: end of statement, found: meetings"],
    );
    check_problems(
        &[block("t", "SELECT kind FROM meetings WHERE")],
        &["0 at <>: Expected: an expression, found: the end of the SQL"],
    );
    check_problems(
        &[block("t", "  ")],
        &["0 at <>: no SQL (write a SELECT over the tables of the run)"],
    );
}

#[test]
fn only_a_single_select_is_allowed() {
    let hint = "(summary tables are made by a SELECT)";
    let check_refused = |sql: &str, word: &str| {
        check_problems(
            &[block("t", sql)],
            &[&format!("0 at <{word}>: {word} is not allowed {hint}")],
        );
    };
    check_refused("DROP TABLE meetings", "DROP");
    check_refused("CREATE TABLE t AS SELECT * FROM meetings", "CREATE");
    check_refused("DELETE FROM meetings", "DELETE");
    check_refused("INSERT INTO meetings VALUES (1)", "INSERT");
    check_problems(
        &[block("t", "SELECT kind FROM meetings; SELECT name FROM meetings")],
        &["0 at <SELECT>: a second statement (one block holds one SELECT; put the other in a block of its own)"],
    );
}

#[test]
fn what_the_engine_refuses_is_reported_in_its_words() {
    let problems = check(&[block("t", "SELECT no_such_function(kind) FROM meetings")]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].offset, Some(7), "{problems:?}");
    let problems = check(&[block("t", "SELECT kind, kind FROM meetings")]);
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn a_block_is_checked_only_once_those_that_it_uses_are_right() {
    check_problems(
        &[
            block("a", "SELECT n FROM b"),
            block("b", "SELECT knd AS n FROM meetings"),
            block("c", "SELECT whatever FROM b"),
        ],
        &[
            "0 at <b>: there is no table `b` (the block `b` comes later; move it before this one)",
            "1 at <knd>: there is no column `knd` in the tables of this query (did you mean `kind`?)",
        ],
    );
}

#[test]
fn running_a_bad_query_names_the_table() {
    let error = run(&[block("t", "SELECT knd FROM meetings")], &source(tables())).unwrap_err();
    assert!(error.to_string().starts_with("summary table t: "), "{error}");
}

#[test]
fn a_query_has_every_column_that_it_can_name() {
    let blocks = [
        block("counted", "SELECT count(*) AS n FROM meetings"),
        block(
            "shadowed",
            "WITH meetings AS (SELECT meeting_id, kind FROM meetings) SELECT kind, count(*) AS n FROM meetings GROUP BY kind",
        ),
        block(
            "joined",
            "SELECT m.kind, r.confidence FROM meetings AS m JOIN meeting_reports AS r USING (meeting_id)",
        ),
        block("all", "SELECT d.* FROM documents AS d"),
        block(
            "all_of_some",
            "WITH named AS (SELECT document_id, site FROM documents) SELECT n.*, k.kind FROM named AS n, (SELECT * FROM meetings) AS k WHERE k.kind = 'lễ'",
        ),
        block(
            "nested",
            "SELECT * FROM (documents AS d JOIN meeting_reports AS r ON d.document_id = r.document_id)",
        ),
    ];
    let results = run(&blocks, &source(tables())).unwrap();
    let shapes: Vec<(usize, usize)> = results
        .iter()
        .map(|(_, rows)| (rows.num_rows(), rows.num_columns()))
        .collect();
    let all = Table::Documents.schema().fields().len();
    let both = all + Table::MeetingReports.schema().fields().len();
    assert_eq!(shapes, [(1, 1), (3, 2), (1, 2), (1, all), (1, 3), (1, both)]);
    assert_eq!(json_value(results[0].1.column(0), 0), 4);
}
