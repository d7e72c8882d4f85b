//! Runs that build on what earlier ones worked out.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use super::lines::plan;
use super::project::Project;
use crate::config::StateConfig;
use crate::exec::*;

/// A project with a state folder.
fn project(files: &[(&str, &str)], keep_missing: bool) -> Project {
    let mut project = Project::new(files);
    project.pipeline.config.state = Some(StateConfig {
        keep_missing,
        ..StateConfig::default()
    });
    project
}

fn run(project: &Project) -> RunReport {
    project.run(&RunOptions::default()).unwrap()
}

fn documents(project: &Project) -> Vec<String> {
    project.rows("documents", &["document_id", "source_path", "source_record"])
}

/// The folders of parts, below the folder that begins with `kind`.
fn parts(project: &Project, kind: &str) -> Vec<PathBuf> {
    let pattern = project.folder.path().join(format!("state/{kind}*/*/"));
    let found = glob::glob(pattern.to_str().unwrap()).unwrap();
    found.map(|path| path.unwrap()).collect()
}

#[test]
fn known_documents_are_not_worked_out_again() {
    let project = project(
        &[("raw/a.txt", "d1|x\nd2|drop\n"), ("raw/b.txt", "d3|y\nd4|z\n")],
        false,
    );
    assert_eq!(run(&project).known_documents, 0);
    fs::remove_file(project.folder.path().join("raw/b.txt")).unwrap();
    fs::write(project.folder.path().join("raw/c.txt"), "d5|x\nd3|y\n").unwrap();
    let report = run(&project);
    assert_eq!(report.known_documents, 2);
    let counts = |name: &str| {
        let counts = report.stage(name).unwrap();
        (counts.rows_in, counts.kept, counts.rejected)
    };
    assert_eq!(counts("ingest"), (4, 4, 0));
    assert_eq!(counts("clean"), (4, 3, 1), "what was rejected is tried again");
    assert_eq!(counts("extract"), (3, 3, 0));
    assert_eq!(
        documents(&project),
        ["d1|raw/a.txt|1", "d3|raw/c.txt|2", "d5|raw/c.txt|1"]
    );
    let options = RunOptions {
        force: true,
        ..Default::default()
    };
    assert_eq!(project.run(&options).unwrap().known_documents, 0);
    fs::write(project.folder.path().join("raw/d.txt"), "d6|x\n").unwrap();
    assert_eq!(run(&project).known_documents, 3);
    assert_eq!(documents(&project).len(), 4);
}

#[test]
fn other_rules_work_out_everything_anew_until_the_old_ones_hold_again() {
    let mut project = project(&[("raw/a.txt", "d1|x\nd2|y\n")], false);
    run(&project);
    project.pipeline.config.clean.min_chars += 1;
    assert_eq!(run(&project).known_documents, 0);
    project.pipeline.config.clean.min_chars -= 1;
    assert_eq!(run(&project).known_documents, 2);
}

#[test]
fn missing_documents_stay_where_the_pipeline_says_so() {
    let mut project = project(&[("raw/a.txt", "d1|x\n"), ("raw/b.txt", "d2|x\nd3|drop\n")], true);
    run(&project);
    fs::remove_file(project.folder.path().join("raw/b.txt")).unwrap();
    let report = run(&project);
    assert_eq!(report.known_documents, 2);
    assert_eq!(documents(&project), ["d1|raw/a.txt|1", "d2|raw/b.txt|1"]);
    assert_eq!(project.rows("meetings", &["meeting_id", "n_documents"]), ["x|2"]);
    assert_eq!(
        report.stage("ingest").unwrap().rows_in,
        3,
        "also the rejected one is read again"
    );

    project.pipeline.config.clean.min_chars += 1;
    let report = run(&project);
    assert_eq!(report.known_documents, 0);
    assert_eq!(documents(&project), ["d1|raw/a.txt|1", "d2|raw/b.txt|1"]);
    assert_eq!(project.rows("rejects", &["document_id"]), ["d3"]);

    fs::write(project.folder.path().join("raw/c.txt"), "d2|x\n").unwrap();
    assert_eq!(run(&project).known_documents, 2);
    assert_eq!(documents(&project), ["d1|raw/a.txt|1", "d2|raw/c.txt|1"]);

    project.pipeline.config.state.as_mut().unwrap().keep_missing = false;
    run(&project);
    assert_eq!(documents(&project), ["d1|raw/a.txt|1", "d2|raw/c.txt|1"]);
    fs::remove_file(project.folder.path().join("raw/c.txt")).unwrap();
    run(&project);
    assert_eq!(documents(&project), ["d1|raw/a.txt|1"]);
}

#[test]
fn an_unfinished_part_is_deleted_and_a_damaged_one_is_an_error() {
    let project = project(&[("raw/a.txt", "d1|x\n")], false);
    run(&project);
    let [part] = parts(&project, "rules-").try_into().unwrap();
    let unfinished = part.with_file_name(".00002");
    fs::create_dir(&unfinished).unwrap();
    fs::write(project.folder.path().join("raw/b.txt"), "d2|x\n").unwrap();
    assert_eq!(run(&project).known_documents, 1);
    assert!(!unfinished.exists());

    let before = project.output_files();
    fs::write(part.join("documents.parquet"), "PAR1").unwrap();
    fs::write(project.folder.path().join("raw/c.txt"), "d3|x\n").unwrap();
    let error = project.run(&RunOptions::default()).unwrap_err();
    assert!(matches!(error, RunError::State(_)), "{error}");
    assert!(project.output_files() == before);
}

#[test]
fn while_another_run_holds_the_state_there_is_none() {
    let project = project(&[("raw/a.txt", "d1|x\n")], false);
    run(&project);
    let dir = project.folder.path().join("state");
    let lock = lock::Lock::take(&dir.join("lock"), &dir).unwrap();
    fs::write(project.folder.path().join("raw/b.txt"), "d2|x\n").unwrap();
    assert_eq!(run(&project).known_documents, 0);
    assert_eq!(documents(&project).len(), 2);
    drop(lock);
    assert_eq!(parts(&project, "rules-").len(), 1);
}

/// For each run, the files that there are, each with the numbers of its documents.
fn histories() -> impl Strategy<Value = Vec<BTreeMap<u8, Vec<u8>>>> {
    let files = proptest::collection::btree_map(0..4u8, proptest::collection::vec(0..12u8, 1..6), 1..4);
    proptest::collection::vec(files, 1..5)
}

fn write_inputs(project: &Project, files: &BTreeMap<u8, Vec<u8>>) {
    let raw = project.folder.path().join("raw");
    let _ = fs::remove_dir_all(&raw);
    fs::create_dir(&raw).unwrap();
    for (file, documents) in files {
        let texts = ["x", "y", "z", "drop"];
        let line = |document: &u8| format!("d{document}|{}\n", texts[usize::from(*document) % texts.len()]);
        let text: String = documents.iter().map(line).collect();
        fs::write(raw.join(format!("{file}.txt")), text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn bytes_do_not_depend_on_what_is_known(history in histories(), pruned in 0..5usize) {
        let (with, without) = (project(&[], false), Project::new(&[]));
        for (number, files) in history.iter().enumerate() {
            let results = [&with, &without].map(|project| {
                write_inputs(project, files);
                project.run(&RunOptions::default()).is_ok()
            });
            prop_assert_eq!(results[0], results[1]);
            prop_assert!(with.output_files() == without.output_files());
            if number == pruned {
                let parts_before = parts(&with, "rules-").len();
                let rules = Rules::new(&with.pipeline.config, &plan().lexicon_hash);
                let pruned = state::prune_but(&with.pipeline, &rules, false).unwrap();
                let merged = if parts_before > 1 { parts_before } else { 0 };
                prop_assert_eq!(pruned.map_or(0, |pruned| pruned.merged_parts), merged);
                prop_assert!(parts(&with, "rules-").len() <= 1);
            }
        }
    }
}
