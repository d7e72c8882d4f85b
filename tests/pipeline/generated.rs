//! Runs over documents that nobody wrote: sentences of the sample pages in any order, with noise between their letters.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use parc_etl::exec::RunReport;
use parc_etl::schema::Table;
use proptest::prelude::*;
use serde_json::json;

use super::{Text, check_quotes, default_pipeline, files, rows, run, samples};

/// What pages hold between letters: kinds of spaces and breaks, soft hyphens, loose marks, letters in parts, astral
/// characters, brackets without their pair, a formula of a spreadsheet.
const NOISE: [&str; 20] = [
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "e\u{302}\u{301}",
    "\t",
    "\r\n",
    "\n",
    "\u{2028}",
    "😀",
    "𝟗",
    "ﬁ",
    "“",
    "(",
    "…",
    " - ",
    "%",
    ". ",
    "\n=1+1",
];

/// The sentences of the sample pages, roughly cut.
static SENTENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let texts: Vec<Text> = rows(&samples::output(), Table::Documents);
    let sentences = texts.iter().flat_map(|row| row.text.split_inclusive(['.', '\n']));
    sentences.map(str::to_owned).collect()
});

/// One sentence: its place in the list, and noise with the place (in characters) where it goes.
type Sentence = (prop::sample::Index, Vec<(prop::sample::Index, &'static str)>);

fn sentence() -> impl Strategy<Value = Sentence> {
    let noise = (any::<prop::sample::Index>(), prop::sample::select(&NOISE[..]));
    (any::<prop::sample::Index>(), prop::collection::vec(noise, 0..3))
}

fn write_sentence((sentence, noise): &Sentence) -> String {
    let mut chars: Vec<char> = sentence.get(&SENTENCES).chars().collect();
    for (place, characters) in noise {
        let at = place.index(chars.len() + 1);
        chars.splice(at..at, characters.chars());
    }
    chars.into_iter().collect()
}

/// Runs the default pipeline, with facts wanted of every document, over `pages` from two files.
fn run_over(folder: &Path, pages: &[String], inputs: [&str; 2], jobs: usize, batch_rows: usize) -> RunReport {
    let lines = |pages: &[String]| -> String {
        let line = |page: &String| format!("{}\n", json!({ "text": page, "published_at": "2021-03-19" }));
        pages.iter().map(line).collect()
    };
    let (first, second) = pages.split_at(pages.len() / 2);
    fs::write(folder.join("first.jsonl"), lines(first)).unwrap();
    fs::write(folder.join("second.jsonl"), lines(second)).unwrap();
    let inputs = inputs.map(|name| folder.join(name).to_string_lossy().into_owned());
    let mut pipeline = default_pipeline(inputs.to_vec(), &folder.join("tables"));
    pipeline.config.pipeline.batch_rows = batch_rows;
    pipeline.config.clean.min_chars = 1;
    pipeline.config.extract.on_topic_only = false;
    run(&pipeline, jobs)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotes_counts_and_bytes_hold_for_any_documents(
        pages in prop::collection::vec(prop::collection::vec(sentence(), 1..25), 2..12),
        batch_rows in 1..5usize,
    ) {
        let pages: Vec<String> = pages
            .iter()
            .map(|sentences| sentences.iter().map(write_sentence).collect())
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let report = run_over(folder.path(), &pages, ["first.jsonl", "second.jsonl"], 1, 256);
        check_quotes(&folder.path().join("tables"));
        for stage in &report.stages {
            let counts = stage.counts;
            prop_assert_eq!(counts.rows_in, counts.kept + counts.rejected + counts.merged, "{}", stage.stage);
        }
        prop_assert_eq!(report.stage("extract").unwrap().rejected, 0);
        let before = files(&folder.path().join("tables"));
        run_over(folder.path(), &pages, ["second.jsonl", "first.jsonl"], 2, batch_rows);
        prop_assert!(before == files(&folder.path().join("tables")), "the outputs differ");
    }
}
