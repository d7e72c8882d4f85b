//! Runs over the sample pages.

use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;

use super::{check_quotes, default_pipeline, files, repository, run};

/// The tables of the sample pages, written once for all tests.
static OUTPUT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    run(&default_pipeline(samples(), &folder.path().join("tables")), 1);
    folder
});

pub(super) fn output() -> std::path::PathBuf {
    OUTPUT.path().join("tables")
}

fn samples() -> Vec<String> {
    vec![pattern(&repository().join("raw/*.*"))]
}

fn pattern(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn every_quote_stands_in_its_document_at_its_place() {
    let counts = check_quotes(&output());
    for (table, count) in &counts {
        // The sample pages hardly contradict each other.
        assert!(*count > 8 || *table == "conflicts", "only {count} rows in {table}");
    }
    assert_eq!(
        counts.into_keys().collect::<Vec<_>>(),
        [
            "citations",
            "conflicts",
            "indicators",
            "meeting_reports",
            "official_mentions",
            "participations",
            "post_mentions"
        ]
    );
}

#[test]
fn threads_batches_and_the_order_of_files_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let mut backwards: Vec<_> = std::fs::read_dir(repository().join("raw"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    backwards.sort();
    backwards.reverse();
    let patterns = backwards.iter().map(|path| glob::Pattern::escape(&pattern(path)));
    let mut pipeline = default_pipeline(patterns.collect(), &folder.path().join("tables"));
    pipeline.config.pipeline.batch_rows = 3;
    run(&pipeline, 2);
    let (one, other) = (files(&output()), files(&folder.path().join("tables")));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, content) in one {
        assert!(other[&name] == content, "{} differs", name.display());
    }
}
