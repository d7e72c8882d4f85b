use super::*;
use crate::schema::rows::*;
use crate::schema::{Table, from_batch, to_batch};
use crate::stage::{Stage, StageOutput};

fn rows<T: serde::de::DeserializeOwned>(output: &StageOutput, table: Table) -> Vec<T> {
    let (_, batch) = output.tables.iter().find(|(name, _)| *name == table).unwrap();
    from_batch(batch).unwrap()
}

#[test]
fn spellings_of_a_name_are_one_person_with_all_posts() {
    let mention = |document: &str, name: &str, label: &str| ExtractionRow {
        document_id: document.to_owned(),
        officials: vec![OfficialFact {
            name: name.to_owned(),
            positions: vec![PositionFact {
                label: label.to_owned(),
                title: label.to_owned(),
                ..Default::default()
            }],
            ..Default::default()
        }],
        ..Default::default()
    };
    let extractions = [
        mention("a", "Trần Thị Hoà", "Bí thư Tỉnh ủy"),
        mention("b", "TRẦN THỊ HÒA", "Chủ tịch Hội đồng nhân dân tỉnh"),
    ];
    let spread = Reports
        .apply(&to_batch(Table::Extractions, &extractions).unwrap())
        .unwrap();
    let (_, evidence) = spread
        .tables
        .iter()
        .find(|(table, _)| *table == Table::OfficialEvidence)
        .unwrap();
    let output = Officials::new(Default::default(), 1).apply(evidence).unwrap();
    let officials: Vec<OfficialRow> = rows(&output, Table::Officials);
    assert_eq!(officials.len(), 1);
    assert_eq!(officials[0].n_documents, 2);
    assert_eq!(rows::<PositionRow>(&output, Table::Positions).len(), 2);
}
