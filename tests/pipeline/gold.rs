//! How much of what people marked in the sample pages a run finds, field by field: it must not get worse.

use parc_etl::eval::{Options, evaluate};

use super::{repository, samples};

/// The least F1 of each field. Raised when extraction gets better, never lowered.
const FLOORS: [(&str, f64); 21] = [
    ("meetings", 0.97),
    ("officials", 0.97),
    ("positions", 0.98),
    ("roles", 0.93),
    ("indicators.value", 0.98),
    ("indicators.value+unit", 0.98),
    ("indicators.full", 0.83),
    ("citations", 0.93),
    ("meeting.date", 0.97),
    ("meeting.part_of_day", 0.91),
    ("meeting.format", 0.97),
    ("meeting.chairs", 0.98),
    ("meeting.places", 0.87),
    ("meeting.host", 0.91),
    ("indicator.qualifier", 0.99),
    ("indicator.of", 0.99),
    ("indicator.target", 0.97),
    ("indicator.label", 0.85),
    ("indicator.period", 0.71),
    ("indicator.place", 0.23),
    ("coreference", 1.0),
];

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
    let below: Vec<String> = FLOORS
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
