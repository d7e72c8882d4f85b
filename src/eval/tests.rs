use std::fs::File;

use parquet::arrow::ArrowWriter;
use serde::Serialize;

use super::compare::{assign, fold, same_number, same_unit, token_f1};
use super::*;
use crate::schema::rows::*;
use crate::schema::{Table, to_batch};

fn testdata(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/eval/testdata")
        .join(folder)
}

fn scored(documents: &[&str]) -> Evaluation {
    let options = Options {
        documents: documents.iter().map(|name| (*name).to_owned()).collect(),
    };
    evaluate(&testdata("gold"), &testdata("found"), &options).unwrap()
}

#[test]
fn counts_what_is_right_wrong_and_missed() {
    let evaluation = scored(&[]);
    let counts: Vec<(&str, usize, usize, usize)> = evaluation
        .tallies
        .iter()
        .map(|(field, tally)| {
            (
                *field,
                tally.true_positives,
                tally.false_positives,
                tally.false_negatives,
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("meetings", 3, 1, 1),
            ("officials", 3, 1, 1),
            ("positions", 3, 1, 2),
            ("roles", 2, 1, 2),
            ("indicators.value", 5, 1, 0),
            ("indicators.value+unit", 4, 2, 1),
            ("indicators.full", 1, 5, 4),
            ("citations", 3, 1, 0),
            ("meeting.date", 2, 1, 1),
            ("meeting.part_of_day", 2, 0, 1),
            ("meeting.format", 2, 0, 1),
            ("meeting.chairs", 1, 1, 1),
            ("meeting.places", 3, 1, 1),
            ("meeting.host", 1, 1, 1),
            ("indicator.qualifier", 5, 0, 0),
            ("indicator.of", 4, 1, 1),
            ("indicator.target", 4, 1, 1),
            ("indicator.label", 4, 1, 1),
            ("indicator.period", 1, 1, 1),
            ("indicator.place", 0, 1, 1),
            ("coreference", 1, 0, 1),
        ]
    );
    assert_eq!(
        (evaluation.documents, evaluation.not_in_output),
        (3, vec!["c".to_owned()])
    );
}

#[test]
fn names_every_mistake() {
    let kinds: Vec<String> = scored(&["b", "c"])
        .errors
        .iter()
        .map(|error| format!("{} {}: {}", error.document, error.kind, error.detail))
        .collect();
    assert_eq!(
        kinds,
        [
            "b position missed: Hà Văn Di | nguyên Chủ tịch UBND huyện",
            "b meeting chairs: gold {} got {\"bùi văn an\"}: Hội nghị trực tuyến sơ kết cải cách hành chính",
            "c meeting missed: 2019-07-04 Lễ công bố quyết định",
        ]
    );
}

#[test]
fn reports_figures_as_text_and_json() {
    let evaluation = scored(&["b"]);
    let text = evaluation.to_text(true);
    let line = |field: &str| {
        text.lines()
            .find(|line| line.starts_with(field))
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(
        line("positions").split_whitespace().collect::<Vec<_>>(),
        ["positions", "1.000", "0.500", "0.667", "1", "0", "1"]
    );
    assert_eq!(
        line("citations").split_whitespace().collect::<Vec<_>>(),
        ["citations", "-", "-", "-", "0", "0", "0"]
    );
    assert!(text.contains("b\tposition missed\t"), "{text}");
    assert!(!evaluation.to_text(false).contains("position missed"));
    let json = evaluation.to_json(true);
    assert_eq!(json["figures"]["positions"]["f1"], 0.6667);
    assert!(json["figures"]["citations"]["f1"].is_null());
    assert_eq!(json["errors"][0]["kind"], "position missed");
}

fn write<T: Serialize>(folder: &Path, table: Table, rows: &[T]) {
    let batch = to_batch(table, rows).unwrap();
    let file = File::create(folder.join(format!("{}.parquet", table.name()))).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

/// Writes the annotated documents of `folder` as the tables of a run.
fn write_tables(from: &Path, to: &Path) {
    let annotated = annotations::read_folder(from).unwrap();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (mut documents, mut meetings, mut mentions) = (Vec::new(), Vec::new(), Vec::new());
    let (mut participations, mut indicators, mut citations) = (Vec::new(), Vec::new(), Vec::new());
    for (name, annotations) in &annotated {
        let document_id = format!("doc-{name}");
        // Meetings of different documents that the output takes for one bear one id.
        let meeting_id = |reference: &str| {
            if reference == "x1" {
                "one".to_owned()
            } else {
                format!("{name}{reference}")
            }
        };
        documents.push(DocumentRow {
            document_id: document_id.clone(),
            source_path: format!("raw/{name}.txt"),
            ..Default::default()
        });
        meetings.extend(annotations.meetings.iter().map(|meeting| MeetingReportRow {
            document_id: document_id.clone(),
            meeting_id: meeting_id(&meeting.reference),
            name: meeting.name.clone(),
            kind: meeting.kind.clone(),
            date_edtf: meeting.date.clone(),
            part_of_day: meeting.part_of_day.clone(),
            format: meeting.format.clone(),
            host: meeting.host.clone(),
            chairs: meeting.chairs.clone(),
            places: meeting.places.clone(),
            is_primary: !meeting.secondary,
            ..Default::default()
        }));
        for official in &annotations.officials {
            mentions.push(OfficialMentionRow {
                document_id: document_id.clone(),
                official_id: official.name.clone(),
                name: official.name.clone(),
                positions: official.positions.clone(),
                ..Default::default()
            });
            participations.extend(official.roles.iter().map(|role| ParticipationRow {
                document_id: document_id.clone(),
                meeting_id: meeting_id(&role.meeting),
                official_id: official.name.clone(),
                role: role.role.clone(),
                ..Default::default()
            }));
        }
        indicators.extend(annotations.indicators.iter().map(|figure| IndicatorRow {
            document_id: document_id.clone(),
            quote: figure.quote.clone(),
            value: figure.value.unwrap(),
            value_max: figure.value_max,
            denominator: figure.of,
            unit: text(&figure.unit),
            qualifier: figure.qualifier.clone(),
            label: text(&figure.label),
            period: figure.period.clone(),
            place: figure.place.clone(),
            is_target: figure.target,
            ..Default::default()
        }));
        citations.extend(annotations.citations.iter().map(|citation| CitationRow {
            document_id: document_id.clone(),
            kind: citation.kind.clone(),
            number: citation.number.clone(),
            name: citation.name.clone(),
            ..Default::default()
        }));
    }
    write(to, Table::Documents, &documents);
    write(to, Table::MeetingReports, &meetings);
    write(to, Table::OfficialMentions, &mentions);
    write(to, Table::Participations, &participations);
    write(to, Table::Indicators, &indicators);
    write(to, Table::Citations, &citations);
}

#[test]
fn tables_of_a_run_score_like_annotations() {
    let output = tempfile::tempdir().unwrap();
    write_tables(&testdata("found"), output.path());
    let from_tables = evaluate(&testdata("gold"), output.path(), &Options::default()).unwrap();
    assert_eq!(from_tables, scored(&[]));
}

#[test]
fn what_cannot_be_scored_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let error = evaluate(empty.path(), &testdata("found"), &Options::default()).unwrap_err();
    assert!(matches!(error, EvalError::NoGold(_)), "{error}");
    let error = evaluate(&testdata("gold"), empty.path(), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("documents.parquet"), "{error}");
}

#[test]
fn folding_ignores_case_tone_placement_and_marks() {
    assert_eq!(fold("  “Hoà Bình”, – HÒA"), "hoà bình - hoà");
    assert_eq!(token_f1("UBND tỉnh Hòa Bình", "ubnd tỉnh hoà bình."), 1.0);
    assert_eq!(token_f1("86,1 %", ""), 0.0);
    assert_eq!(token_f1("một hai hai", "hai hai ba"), 2.0 / 3.0);
}

#[test]
fn units_agree_by_head_word_but_percent_and_money_exactly() {
    for (gold, found, same) in [
        ("%", "phần trăm", true),
        ("đồng", "VND", true),
        ("cơ quan, đơn vị", "cơ quan", true),
        ("lượt người", "người", true),
        ("%", "điểm %", false),
        ("VND", "VND/năm", true),
        ("biên chế", "đơn vị", false),
        ("", "", true),
        ("", "người", false),
    ] {
        assert_eq!(same_unit(gold, found), same, "{gold} {found}");
    }
}

#[test]
fn numbers_agree_but_for_rounding() {
    assert!(same_number(Some(86.1), Some(86.1 + 1e-12)));
    assert!(same_number(None, None));
    assert!(!same_number(Some(0.0), None));
    assert!(!same_number(Some(7.0), Some(7.1)));
}

#[test]
fn the_most_similar_pairs_are_assigned_first() {
    let similarity = |a: &f64, b: &f64| 1.0 - (a - b).abs();
    assert_eq!(assign(&[0.0, 0.5], &[0.4, 0.1], similarity, 0.5), [(0, 1), (1, 0)]);
    assert_eq!(assign(&[0.0, 0.5], &[0.4], similarity, 0.5), [(1, 0)]);
}
