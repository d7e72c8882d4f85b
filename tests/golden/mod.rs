//! What is extracted from sample pages, fact by fact: each `.txt` file here lists the facts of the page of that name in
//! `raw/`, with the rule that found each and where its words stand.
//!
//! Where extraction changes on purpose, `UPDATE_EXPECT=1 cargo test --release golden` writes the new lists; look at the
//! diff: it shows what a rule gains and loses.

use std::fmt::Write;
use std::path::Path;

use parc_etl::config::Pipeline;
use parc_etl::explain::explain;
use serde_json::{Map, Value};

const UPDATE: &str = "UPDATE_EXPECT=1 cargo test --release golden";

/// Lists of facts in an extraction, and what a fact in each is called.
const LISTS: [(&str, &str); 4] = [
    ("meetings", "meeting"),
    ("officials", "official"),
    ("indicators", "indicator"),
    ("citations", "citation"),
];

#[test]
fn a_provinces_review_of_ten_years_gives_the_facts_of_its_golden_file() {
    check("langson-2021-tong-ket-cchc.txt");
}

#[test]
fn a_conference_told_with_abbreviations_gives_the_facts_of_its_golden_file() {
    check("sonla-2022-hoi-nghi-btv-huyen-uy.txt");
}

#[test]
fn a_newspaper_page_gives_the_facts_of_its_golden_file() {
    check("tphcm-2026-so-ket-de-an-06.html");
}

#[test]
fn a_workshop_on_laws_gives_the_facts_of_its_golden_file() {
    check("tuphap-2015-hoi-thao-luat-ban-hanh-van-ban.txt");
}

fn check(page: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pipeline = Pipeline::with_defaults(root, Vec::new());
    let explanation = explain(&pipeline, &root.join("raw").join(page), None).unwrap();
    let found = listing(&explanation.to_json());
    let path = root.join("tests/golden").join(Path::new(page).with_extension("txt"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{page} gives other facts than {}:\n{}\nif that is meant: `{UPDATE}`, then look at the diff",
        path.display(),
        difference(&expected, &found)
    );
}

/// The lines that only one side has.
fn difference(expected: &str, found: &str) -> String {
    let only_in = |a: &str, b: &str, sign: char| -> String {
        let lines = a.lines().filter(|line| !b.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign}{line}\n")).collect()
    };
    only_in(expected, found, '-') + &only_in(found, expected, '+')
}

/// One line per fact; the posts and roles of an official below it.
fn listing(explanation: &Value) -> String {
    let mut out = String::new();
    for (list, name) in LISTS {
        for fact in explanation[list].as_array().unwrap() {
            let _ = writeln!(out, "{name} {}", fact_line(fact));
            for position in fact["positions"].as_array().into_iter().flatten() {
                let _ = writeln!(out, "  post{}", fields(position.as_object().unwrap()));
            }
            for role in fact["roles"].as_array().into_iter().flatten() {
                let _ = writeln!(out, "  role {}", fact_line(role));
            }
        }
    }
    out
}

/// `404..468 "the words" official.name 0.9 name="Lê An"`
fn fact_line(fact: &Value) -> String {
    let evidence = &fact["evidence"];
    format!(
        "{}..{} {} {} {}{}",
        evidence["start"],
        evidence["end"],
        evidence["quote"],
        evidence["rule"].as_str().unwrap(),
        evidence["confidence"],
        fields(fact.as_object().unwrap())
    )
}

/// The fields that are given, each after a space.
fn fields(fact: &Map<String, Value>) -> String {
    let is_given = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    let has_own_line = |name: &str| matches!(name, "evidence" | "positions" | "roles");
    fact.iter()
        .filter(|(name, value)| is_given(value) && !has_own_line(name))
        .map(|(name, value)| format!(" {name}={value}"))
        .collect()
}
