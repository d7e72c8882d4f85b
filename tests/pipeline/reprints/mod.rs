//! Reprints among generated articles: how many are found, and how many that are none.

mod generator;
mod phrases;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use parc_etl::schema::Table;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::{default_pipeline, rows, run};
use generator::{Amounts, Article, articles};

/// The columns that tell what is a reprint of what.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Document {
    document_id: String,
    url: String,
    duplicate_of: Option<String>,
    duplicate_overlap: Option<f64>,
}

/// Runs the default pipeline over the articles, split into files of `per_file`; nothing is extracted.
fn documents(articles: &[Article], per_file: usize, jobs: usize, batch_rows: usize) -> Vec<Document> {
    let folder = tempfile::tempdir().unwrap();
    for (number, articles) in articles.chunks(per_file).enumerate() {
        let line = |article: &Article| {
            let published_at = format!("2024-05-{:02}", article.day);
            let url = format!("https://tin.example.vn/{}", article.id);
            format!(
                "{}\n",
                json!({ "text": article.text, "url": url, "published_at": published_at })
            )
        };
        let lines: String = articles.iter().map(line).collect();
        fs::write(folder.path().join(format!("{number}.jsonl")), lines).unwrap();
    }
    let inputs = folder.path().join("*.jsonl").to_string_lossy().into_owned();
    let mut pipeline = default_pipeline(vec![inputs], &folder.path().join("tables"));
    pipeline.config.pipeline.batch_rows = batch_rows;
    pipeline.config.clean.min_topic_score = 1.0;
    run(&pipeline, jobs);
    rows(&folder.path().join("tables"), Table::Documents)
}

/// Every pair of those that have the same key.
fn pairs<'d>(keys: impl IntoIterator<Item = (&'d str, String)>) -> BTreeSet<(&'d str, &'d str)> {
    let mut groups: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (member, key) in keys {
        groups.entry(key).or_default().insert(member);
    }
    let pairs_of = |members: &BTreeSet<&'d str>| -> Vec<(&'d str, &'d str)> {
        let later = |&one: &&'d str| members.range(one..).skip(1).map(move |&other| (one, other));
        members.iter().flat_map(|one| later(one).collect::<Vec<_>>()).collect()
    };
    groups.values().flat_map(pairs_of).collect()
}

#[test]
fn edited_reprints_are_found_and_look_alikes_are_not() {
    let amounts = Amounts {
        reprinted: 80,
        max_reprints: 4,
        conferences: 80,
        offices: 8,
        years: 10,
        with_background: 60,
        notices: 60,
    };
    for seed in [1, 2] {
        let articles = articles(seed, &amounts);
        let documents = documents(&articles, 1000, 2, 256);
        let by_url: BTreeMap<&str, &Document> = documents
            .iter()
            .map(|document| (document.url.rsplit('/').next().unwrap(), document))
            .collect();
        assert_eq!(by_url.len(), articles.len());
        let expected = pairs(
            articles
                .iter()
                .map(|article| (article.id.as_str(), article.story.to_string())),
        );
        let original = |document: &Document| document.duplicate_of.as_ref().unwrap_or(&document.document_id).clone();
        let found = pairs(by_url.iter().map(|(id, document)| (*id, original(document))));
        let right = found.intersection(&expected).count() as f64;
        let (recall, precision) = (right / expected.len() as f64, right / found.len() as f64);
        println!(
            "seed {seed}: {} pairs, recall {recall:.4}, precision {precision:.4}",
            expected.len()
        );
        assert!(recall >= 0.98, "seed {seed}: recall {recall}");
        assert!(precision >= 0.99, "seed {seed}: precision {precision}");

        let day = |id: &str| {
            articles
                .iter()
                .find(|article| article.id == id)
                .map(|article| article.day)
        };
        let ids: BTreeMap<&str, &str> = by_url.iter().map(|(id, row)| (row.document_id.as_str(), *id)).collect();
        for (id, document) in &by_url {
            if let Some(original) = &document.duplicate_of {
                assert!(day(ids[original.as_str()]) <= day(id), "{id}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_articles_files_and_batches_changes_no_original(
        seed in any::<u64>(),
        shift in 0..40usize,
        per_file in 5..60usize,
        batch_rows in 1..50usize,
    ) {
        let amounts = Amounts {
            reprinted: 8,
            max_reprints: 3,
            conferences: 10,
            offices: 1,
            years: 6,
            with_background: 5,
            notices: 8,
        };
        let mut articles = articles(seed, &amounts);
        let one = documents(&articles, 1000, 1, 256);
        articles.reverse();
        let middle = shift.min(articles.len());
        articles.rotate_left(middle);
        prop_assert_eq!(one, documents(&articles, per_file, 2, batch_rows));
    }
}
