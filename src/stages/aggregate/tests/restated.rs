//! The default summary that restates counts for the provinces of today.

use super::*;
use crate::config::Config;
use crate::lexicon::areas;
use crate::schema::rows::IndicatorRow;

/// A count of 2024 that a document of that month of 2025 tells of an area.
fn count(id: &str, area_id: &str, value: f64, month: u32) -> (IndicatorRow, DocumentRow) {
    let indicator = IndicatorRow {
        observation_id: id.to_owned(),
        document_id: format!("d-{id}"),
        indicator: Some("dossiers_received".to_owned()),
        value,
        unit: "hồ sơ".to_owned(),
        unit_kind: "count".to_owned(),
        period_start: NaiveDate::from_ymd_opt(2024, 1, 1),
        period_end: NaiveDate::from_ymd_opt(2024, 12, 31),
        area_id: Some(area_id.to_owned()),
        ..Default::default()
    };
    let document = DocumentRow {
        document_id: indicator.document_id.clone(),
        published_at: NaiveDate::from_ymd_opt(2025, month, 1),
        ..Default::default()
    };
    (indicator, document)
}

/// Area, direction, basis, value, inexact parts, parts, predecessors and ids of parts.
fn check_restated(told: &[(IndicatorRow, DocumentRow)], expected: &[&str]) {
    let (indicators, documents): (Vec<IndicatorRow>, Vec<DocumentRow>) = told.iter().cloned().unzip();
    let mut tables = tables();
    tables
        .0
        .insert("indicators", vec![to_batch(Table::Indicators, &indicators).unwrap()]);
    tables
        .0
        .insert("documents", vec![to_batch(Table::Documents, &documents).unwrap()]);
    tables
        .0
        .insert("areas", vec![to_batch(Table::Areas, &areas::rows()).unwrap()]);
    let text = include_str!("../../../../pipelines/default.toml");
    let config: Config = toml::from_str(text).unwrap();
    let blocks = config.aggregate.into_iter();
    let restated = blocks.filter(|block| block.name == "indicator_series_2025");
    let seen = "SELECT area_id, direction, basis, value, n_inexact, n_parts, n_predecessors, part_ids \
                FROM indicator_series_2025 ORDER BY area_id, direction, basis";
    let results = run(
        &restated.chain([block("seen", seen)]).collect::<Vec<_>>(),
        &source(tables),
    )
    .unwrap();
    assert_eq!(rows(&results[1].1), expected);
}

#[test]
fn counts_of_the_parts_are_added() {
    let told = [count("a", "VN-24@2004", 100.0, 1), count("b", "VN-27@2004", 20.0, 2)];
    check_restated(
        &told,
        &[r#"["VN-24@2025",null,"added",120,0,2,2,["VN-24@2004","VN-27@2004"]]"#],
    );
    check_restated(&told[..1], &[r#"["VN-24@2025",null,"added",100,0,1,2,["VN-24@2004"]]"#]);
    check_restated(
        &[count("a", "VN-20@2004", 7.0, 1)],
        &[r#"["VN-20@2025",null,"added",7,0,1,1,["VN-20@2004"]]"#],
    );
}

#[test]
fn a_part_is_counted_once_by_what_was_told_last() {
    let mut vague = count("c", "VN-24@2004", 140.0, 3);
    vague.0.qualifier = Some("nearly".to_owned());
    let told = [
        count("a", "VN-24@2004", 100.0, 2),
        count("b", "VN-24@2004", 90.0, 1),
        vague.clone(),
    ];
    check_restated(&told, &[r#"["VN-24@2025",null,"added",100,0,1,2,["VN-24@2004"]]"#]);
    check_restated(&[vague], &[r#"["VN-24@2025",null,"added",140,1,1,2,["VN-24@2004"]]"#]);
}

#[test]
fn only_facts_that_can_be_added_are() {
    let changed = |change: fn(&mut IndicatorRow)| {
        let mut row = count("x", "VN-24@2004", 5.0, 1);
        change(&mut row.0);
        row
    };
    let left_out = [
        changed(|row| row.unit_kind = "percent".to_owned()),
        changed(|row| row.unit_kind = "rank".to_owned()),
        changed(|row| row.unit_kind = "score".to_owned()),
        changed(|row| row.is_target = true),
        changed(|row| row.denominator = Some(9.0)),
        changed(|row| row.value_max = Some(9.0)),
        changed(|row| row.indicator = None),
        changed(|row| row.period_end = None),
        changed(|row| row.area_id = None),
        changed(|row| row.area_id = Some("VN".to_owned())),
        changed(|row| row.area_id = Some("VN-24@2004/hiep-hoa".to_owned())),
    ];
    check_restated(&left_out, &[]);
}

#[test]
fn changes_stand_apart_from_levels_and_sums_from_what_was_reported() {
    let mut fewer = count("c", "VN-27@2004", 3.0, 1);
    fewer.0.direction = Some("down".to_owned());
    let told = [
        count("a", "VN-24@2025", 130.0, 9),
        count("b", "VN-27@2004", 20.0, 2),
        fewer,
    ];
    check_restated(
        &told,
        &[
            r#"["VN-24@2025","down","added",3,0,1,2,["VN-27@2004"]]"#,
            r#"["VN-24@2025",null,"added",20,0,1,2,["VN-27@2004"]]"#,
            r#"["VN-24@2025",null,"reported",130,0,1,1,["VN-24@2025"]]"#,
        ],
    );
}
