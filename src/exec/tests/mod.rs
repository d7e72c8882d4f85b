//! Whole runs over a small plan.

mod lines;
mod project;
mod state;

use std::fs;
use std::sync::atomic::Ordering;

use proptest::prelude::*;

use self::project::Project;
use super::*;
use crate::config::AggregateConfig;

fn counts(rows_in: usize, kept: usize, rejected: usize, merged: usize) -> Counts {
    Counts {
        rows_in,
        kept,
        rejected,
        merged,
    }
}

#[test]
fn rows_flow_from_files_to_tables() {
    let project = Project::new(&[
        ("raw/a.txt", "d1|họp\nnot a document\nd2|drop\n"),
        ("raw/sub/b.txt", "d3|họp\nd4|lễ\n"),
        ("raw/ignored.md", "d5|họp\n"),
    ]);
    let report = project.run(&RunOptions::default()).unwrap();
    assert_eq!(report.stage("ingest"), Some(counts(5, 4, 1, 0)));
    assert_eq!(report.stage("clean"), Some(counts(4, 3, 1, 0)));
    assert_eq!(report.stage("extract"), Some(counts(3, 3, 0, 0)));
    assert_eq!(report.stage("resolve"), Some(counts(3, 2, 0, 1)));
    assert_eq!(
        (report.rows("documents"), report.rows("meetings"), report.rows("areas")),
        (Some(3), Some(2), Some(0))
    );
    assert_eq!(report.reject_share, 0.4);
    assert!(!report.too_many_rejects);
    assert_eq!(report.output_dir, project.output().canonicalize().unwrap());
    assert_eq!(
        project.rows(
            "documents",
            &["document_id", "source_path", "source_record", "duplicate_of"]
        ),
        ["d1|raw/a.txt|1|d1", "d3|raw/sub/b.txt|1|d1", "d4|raw/sub/b.txt|2|d4"]
    );
    assert_eq!(
        project.rows("meetings", &["meeting_id", "name", "n_documents"]),
        ["họp|d1|2", "lễ|d4|1"]
    );
    assert_eq!(
        project.rows(
            "rejects",
            &["source_path", "source_record", "document_id", "stage", "code"]
        ),
        ["raw/a.txt|2||ingest|bad_line", "raw/a.txt|3|d2|clean|dropped"]
    );
    // Sixteen tables in two formats, the data package and the manifest.
    assert_eq!(project.output_files().len(), 34);
}

#[test]
fn a_panic_costs_only_the_rows_that_cause_it() {
    let project = Project::new(&[
        (
            "raw/a.txt",
            "d1|x\nd2|row panic\nd3|batch panic\nd4|x\nd5|group panic\nd6|group panic\nd7|y\n",
        ),
        ("raw/b.txt", "d8|z\nd9|reader panic\nd10|never read\n"),
    ]);
    let report = project.run(&RunOptions::default()).unwrap();
    assert_eq!(report.stage("ingest"), Some(counts(9, 8, 1, 0)));
    assert_eq!(report.stage("clean"), Some(counts(8, 6, 2, 0)));
    assert_eq!(report.stage("resolve"), Some(counts(6, 3, 2, 1)));
    assert_eq!(
        project.rows("meetings", &["meeting_id", "n_documents"]),
        ["x|2", "y|1", "z|1"]
    );
    assert_eq!(
        project.rows(
            "rejects",
            &["source_path", "source_record", "document_id", "stage", "code"]
        ),
        [
            "raw/a.txt|2|d2|clean|panic",
            "raw/a.txt|3|d3|clean|panic",
            "raw/a.txt|5|d5|resolve|panic",
            "raw/a.txt|6|d6|resolve|panic",
            "raw/b.txt|||ingest|panic",
        ]
    );
}

#[test]
fn copies_of_a_document_are_one_row_at_the_first_place() {
    let copies = [
        ("raw/b.txt", "d1|x\n"),
        ("raw/a.txt", "d2|y\nd1|x\nd1|x\n"),
        ("raw/c.txt", "d3|drop\nd3|drop\n"),
    ];
    let project = Project::new(&copies);
    for jobs in [1, 4] {
        for batch_rows in [1, 100] {
            let mut project = Project::new(&copies);
            project.pipeline.config.pipeline.batch_rows = batch_rows;
            let options = RunOptions {
                jobs: Some(jobs),
                ..Default::default()
            };
            let report = project.run(&options).unwrap();
            assert_eq!(report.stage("ingest"), Some(counts(6, 3, 0, 3)));
            assert_eq!(
                project.rows("documents", &["document_id", "source_path", "source_record"]),
                ["d1|raw/a.txt|2", "d2|raw/a.txt|1"]
            );
            assert_eq!(project.rows("rejects", &["document_id", "source_record"]), ["d3|1"]);
        }
    }
    drop(project);
}

#[test]
fn a_run_ends_at_once_where_nothing_is_new() {
    let project = Project::new(&[("raw/a.txt", "d1|x\nd2|drop\n")]);
    let run = |force| {
        let options = RunOptions {
            force,
            ..Default::default()
        };
        project.run(&options).unwrap()
    };
    let first = run(false);
    let files = project.output_files();
    let again = run(false);
    assert!(!first.up_to_date && again.up_to_date);
    assert_eq!(
        (again.run_id, again.tables, again.reject_share),
        (first.run_id, first.tables, first.reject_share)
    );
    assert_eq!(
        again.stages.last().map(|stage| stage.counts),
        first.stages.last().map(|stage| stage.counts)
    );
    assert!(!run(true).up_to_date);
    assert!(project.output_files() == files);

    fs::write(project.output().join("documents.csv"), "edited").unwrap();
    assert!(!run(false).up_to_date, "a table is not as it was written");
    assert!(project.output_files() == files);
    fs::remove_file(project.output().join("meetings.csv")).unwrap();
    assert!(!run(false).up_to_date, "a table is gone");
    fs::write(project.folder.path().join("raw/a.txt"), "d1|y\n").unwrap();
    assert!(!run(false).up_to_date, "an input is new");
    assert!(run(false).up_to_date);
}

#[test]
fn a_stage_that_loses_rows_is_an_error_and_changes_nothing() {
    let project = Project::new(&[("raw/a.txt", "d1|x\n")]);
    project.run(&RunOptions::default()).unwrap();
    let before = project.output_files();
    fs::write(project.folder.path().join("raw/a.txt"), "d1|lost\nd2|lost\n").unwrap();
    let error = project.run(&RunOptions::default()).unwrap_err();
    assert!(
        matches!(error, RunError::NotConserved { stage: "resolve", .. }),
        "{error}"
    );
    assert_eq!(project.output_files(), before);
}

#[test]
fn an_interrupted_run_changes_nothing() {
    let project = Project::new(&[("raw/a.txt", "d1|x\n")]);
    project.run(&RunOptions::default()).unwrap();
    let before = project.output_files();
    fs::write(project.folder.path().join("raw/a.txt"), "d2|y\n").unwrap();
    let options = RunOptions::default();
    options.interrupted.store(true, Ordering::Relaxed);
    let error = project.run(&options).unwrap_err();
    assert_eq!(error.to_string(), "interrupted, the old output is unchanged");
    assert_eq!(project.output_files(), before);
    let names: Vec<_> = fs::read_dir(project.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "only raw and output are there: {names:?}");
}

#[test]
fn a_run_can_stop_after_each_stage() {
    let check = |until: &str, expected: &[&str]| {
        let project = Project::new(&[("raw/a.txt", "d1|x\nd2|drop\n")]);
        let options = RunOptions {
            until: Some(until.to_owned()),
            ..Default::default()
        };
        project.run(&options).unwrap();
        let files = project.output_files();
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, expected, "{until}");
    };
    check(
        "ingest",
        &[
            "datapackage.json",
            "manifest.json",
            "raw_documents.parquet",
            "rejects.parquet",
        ],
    );
    check(
        "clean",
        &[
            "datapackage.json",
            "documents.parquet",
            "manifest.json",
            "rejects.parquet",
        ],
    );
    check(
        "extract",
        &[
            "datapackage.json",
            "documents.parquet",
            "extractions.parquet",
            "manifest.json",
            "rejects.parquet",
        ],
    );
    let project = Project::new(&[("raw/a.txt", "d1|x\n")]);
    let options = RunOptions {
        until: Some("clena".to_owned()),
        ..Default::default()
    };
    let error = project.run(&options).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no stage `clena`; the stages are ingest, clean, extract, resolve, aggregate"
    );
}

#[test]
fn summary_tables_are_written_beside_the_others() {
    let mut project = Project::new(&[("raw/a.txt", "d1|x\nd2|x\nd3|y\n")]);
    project.pipeline.config.aggregate = vec![AggregateConfig {
        name: "sizes".to_owned(),
        description: "Meetings by number of documents.".to_owned(),
        sql: "SELECT n_documents, COUNT(*) AS meetings FROM meetings GROUP BY n_documents ORDER BY n_documents DESC"
            .to_owned(),
    }];
    let report = project.run(&RunOptions::default()).unwrap();
    assert_eq!(project.rows("sizes", &["n_documents", "meetings"]), ["2|1", "1|1"]);
    assert_eq!(report.rows("sizes"), Some(2));
    let until_resolve = RunOptions {
        until: Some("resolve".to_owned()),
        ..Default::default()
    };
    project.run(&until_resolve).unwrap();
    assert!(
        !project.output().join("sizes.csv").exists(),
        "the table of the old set is gone"
    );
}

#[test]
fn inputs_outside_the_root_keep_their_whole_path_and_outputs_are_none() {
    let elsewhere = tempfile::tempdir().unwrap();
    let outside = elsewhere.path().canonicalize().unwrap().join("b.txt");
    fs::write(&outside, "d2|y\n").unwrap();
    let mut project = Project::new(&[("raw/a.txt", "d1|x\n"), ("output/note.txt", "d3|z\n")]);
    project.pipeline.config.ingest.inputs = vec!["**/*.txt".to_owned(), outside.to_str().unwrap().to_owned()];
    project.pipeline.root = project.folder.path().join("raw/..");
    project.run(&RunOptions::default()).unwrap();
    let mut expected = vec!["raw/a.txt", outside.to_str().unwrap()];
    expected.sort();
    let mut paths = project.rows("documents", &["source_path"]);
    paths.sort();
    assert_eq!(paths, expected);
}

#[test]
fn the_project_itself_is_no_output_folder() {
    let mut project = Project::new(&[("raw/a.txt", "d1|x\n")]);
    project.pipeline.config.output.dir = ".".into();
    let error = project.run(&RunOptions::default()).unwrap_err();
    assert!(matches!(error, RunError::OutputHoldsProject { .. }), "{error}");
    assert!(project.folder.path().join("raw/a.txt").exists());
}

#[test]
fn without_input_there_is_no_run() {
    let project = Project::new(&[("other/a.txt", "d1|x\n")]);
    let error = project.run(&RunOptions::default()).unwrap_err();
    assert!(matches!(error, RunError::NoInput { .. }), "{error}");
    assert!(!project.output().exists());
}

#[test]
fn a_file_of_the_users_is_not_overwritten() {
    let project = Project::new(&[("raw/a.txt", "d1|x\n"), ("output/meetings.csv", "mine")]);
    let error = project.run(&RunOptions::default()).unwrap_err();
    assert!(matches!(error, RunError::ForeignFile { .. }), "{error}");
    assert_eq!(
        fs::read_to_string(project.output().join("meetings.csv")).unwrap(),
        "mine"
    );
}

#[test]
fn the_run_id_tells_runs_apart_by_what_decides_their_tables() {
    let run_id = |text: &str, change: fn(&mut Pipeline)| {
        let mut project = Project::new(&[("raw/a.txt", text)]);
        change(&mut project.pipeline);
        project.run(&RunOptions::default()).unwrap().run_id
    };
    let id = run_id("d1|x\n", |_| {});
    assert_eq!(id, run_id("d1|x\n", |pipeline| pipeline.config.pipeline.batch_rows = 1));
    assert_eq!(
        id,
        run_id("d1|x\n", |pipeline| pipeline.config.output.dir = "elsewhere".into())
    );
    assert_ne!(id, run_id("d1|y\n", |_| {}));
    assert_ne!(id, run_id("d1|x\n", |pipeline| pipeline.config.clean.min_chars = 3));
}

fn documents() -> impl Strategy<Value = Vec<Vec<(u8, u8)>>> {
    prop::collection::vec(prop::collection::vec((0..40u8, 0..8u8), 0..30), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn bytes_depend_on_the_documents_alone(files in documents(), jobs in 2..5usize, batch_rows in 1..40usize) {
        let texts = ["x", "y", "z", "drop", "row panic", "batch panic", "group panic"];
        let files: Vec<(String, String)> = files
            .iter()
            .enumerate()
            .map(|(number, lines)| {
                let line = |&(id, text): &(u8, u8)| match texts.get(text as usize) {
                    // The id stands for the content: copies have the same text.
                    Some(text) => format!("{text} {id}|{text}\n"),
                    None => "not a document\n".to_owned(),
                };
                (format!("raw/{number}.txt"), lines.iter().map(line).collect())
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();

        let mut one = Project::new(&files);
        one.pipeline.config.pipeline.batch_rows = 7;
        let report = one.run(&RunOptions { jobs: Some(1), ..Default::default() }).unwrap();
        let mut other = Project::new(&files);
        other.pipeline.config.pipeline.batch_rows = batch_rows;
        other.pipeline.config.ingest.inputs = vec!["raw/[1-9].txt".to_owned(), "raw/*.txt".to_owned()];
        other.run(&RunOptions { jobs: Some(jobs), ..Default::default() }).unwrap();
        prop_assert!(one.output_files() == other.output_files(), "the outputs differ");

        for stage in &report.stages {
            let Counts { rows_in, kept, rejected, merged } = stage.counts;
            prop_assert_eq!(rows_in, kept + rejected + merged);
        }
        let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
        let copies = report.stage("ingest").unwrap().merged;
        let rejected_by_resolve = report.stage("resolve").unwrap().rejected;
        prop_assert_eq!(report.stage("ingest").unwrap().rows_in, lines);
        prop_assert_eq!(
            report.rows("documents").unwrap() + report.rows("rejects").unwrap() - rejected_by_resolve + copies,
            lines
        );
    }
}
