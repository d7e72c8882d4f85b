//! How much of what people marked in the sample pages a run finds, field by field: it must not get worse.

use parc_etl::eval::{Options, evaluate};

use super::{repository, samples};

/// The least F1 of each field, which CI holds up too.
fn floors() -> Vec<(String, f64)> {
    let text = include_str!("../../.ci/floors.toml");
    let sections: toml::Table = text.parse().unwrap();
    let own = sections["own"].as_table().unwrap();
    own.iter()
        .map(|(field, floor)| (field.clone(), floor.as_float().unwrap()))
        .collect()
}

#[test]
fn the_sample_pages_score_no_worse_than_before() {
    let evaluation = evaluate(
        &repository().join("tests/gold"),
        &samples::output(),
        &Options::default(),
    )
    .unwrap();
    assert_eq!(evaluation.not_in_output, Vec::<String>::new());
    let f1 = |field: &str| {
        let tally = evaluation.tallies.iter().find(|(name, _)| *name == field);
        tally.and_then(|(_, tally)| tally.f1()).unwrap_or_default()
    };
    let below: Vec<String> = floors()
        .iter()
        .filter(|(field, floor)| f1(field) < *floor)
        .map(|(field, floor)| format!("{field}: {:.3}, but {floor} was reached before", f1(field)))
        .collect();
    assert!(
        below.is_empty(),
        "{}\n\n{}",
        below.join("\n"),
        evaluation.to_text(false)
    );
}
