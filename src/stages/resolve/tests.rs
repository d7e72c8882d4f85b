use super::*;
use crate::schema::rows::*;
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::StageOutput;

fn rows<T: serde::de::DeserializeOwned>(output: &StageOutput, table: Table) -> Vec<T> {
    let (_, batch) = output.tables.iter().find(|(name, _)| *name == table).unwrap();
    from_batch(batch).unwrap()
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
