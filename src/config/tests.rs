//! Pipeline files with mistakes, and what is said about them.

use std::fs;
use std::path::Path;

use super::*;

/// A pipeline without mistakes, as the start of one with them.
const HEAD: &str = r#"
[pipeline]
name = "p"
root = ".."
[ingest]
inputs = ["raw/*.txt"]
"#;

/// A folder with one page, one furniture file and the given pipeline file.
fn project(pipeline: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("raw/page.txt", "Hội nghị"),
        ("lists/furniture.csv", "phrase\n"),
        ("pipelines/p.toml", pipeline),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// Everything that is said about a pipeline file.
fn problems(folder: &Path) -> Problems {
    match load_with(&folder.join("pipelines/p.toml"), Overrides::default()) {
        Ok((_, warnings)) => warnings,
        Err(problems) => problems,
    }
}

/// Checks what is said: one line per problem, `line:column message (hint)`, with the project's folder as `/project`.
fn check(pipeline: &str, expected: &[&str]) {
    let folder = project(pipeline);
    let problems = problems(folder.path());
    let folder = folder.path().canonicalize().unwrap().display().to_string();
    let rendered = problems.render(false);
    let said: Vec<String> = problems
        .iter()
        .map(|problem| {
            let (line, column) = problems.position(problem).unwrap();
            assert!(rendered.contains(&format!("p.toml:{line}:{column}\n")), "{rendered}");
            let severity = if problem.severity == Severity::Warning {
                "warning: "
            } else {
                ""
            };
            let hint = problem.hint.as_ref().map_or(String::new(), |hint| format!(" ({hint})"));
            format!("{line}:{column} {severity}{}{hint}", problem.message).replace(&folder, "/project")
        })
        .collect();
    assert_eq!(said, expected, "{pipeline}");
}

#[test]
fn a_pipeline_without_mistakes_loads_with_its_defaults() {
    let folder = project(HEAD);
    let pipeline = load(&folder.path().join("pipelines/p.toml")).unwrap();
    assert_eq!(pipeline.root, folder.path().canonicalize().unwrap());
    assert_eq!(pipeline.config.ingest.inputs, ["raw/*.txt"]);
    assert_eq!(pipeline.config.clean, CleanConfig::default());
    assert_eq!(
        pipeline.config.output.formats,
        [OutputFormat::Parquet, OutputFormat::Csv]
    );
    assert!(pipeline.config.aggregate.is_empty());
}

#[test]
fn five_mistakes_give_five_messages_each_at_its_place() {
    let folder = project(
        r#"[pipeline]
name = "Tin cải cách hành chính"
root = ".."
max_reject_shar = 0.1

[ingest]
inputs = "raw/*.txt"

[clean]
furniture = ["lists/furnitur.csv"]

[output]
formats = ["parquet", "xlsx"]
compression_level = 99
"#,
    );
    let problems = problems(folder.path());
    let folder = folder.path().canonicalize().unwrap().display().to_string();
    insta::assert_snapshot!(problems.to_string().replace(&folder, "/project"), @r#"
error: unknown key `pipeline.max_reject_shar`
 --> /project/pipelines/p.toml:4:1
  |
4 | max_reject_shar = 0.1
  | ^^^^^^^^^^^^^^^
  |
  = help: did you mean `max_reject_share`?

error: `ingest.inputs` must be a list, not a text
 --> /project/pipelines/p.toml:7:10
  |
7 | inputs = "raw/*.txt"
  |          ^^^^^^^^^^^
  |
  = help: write it as a list: ["raw/*.txt"]

error: there is no file /project/lists/furnitur.csv
  --> /project/pipelines/p.toml:10:14
   |
10 | furniture = ["lists/furnitur.csv"]
   |              ^^^^^^^^^^^^^^^^^^^^
   |
   = help: did you mean `furniture.csv`?

error: `output.formats` does not know "xlsx"
  --> /project/pipelines/p.toml:13:23
   |
13 | formats = ["parquet", "xlsx"]
   |                       ^^^^^^
   |
   = help: possible: "parquet", "csv"

error: `output.compression_level` must be between 1 and 22, not 99
  --> /project/pipelines/p.toml:14:21
   |
14 | compression_level = 99
   |                     ^^
   |
   = help: the default is 3
    "#);
}

#[test]
fn unknown_keys_and_sections_are_named_with_what_was_meant() {
    check(
        &format!("{HEAD}[clean]\nmin-chars = 3\n"),
        &["8:1 unknown key `clean.min-chars` (did you mean `min_chars`?)"],
    );
    check(
        &format!("{HEAD}[clean]\nmin_confidence = 0.5\n"),
        &["8:1 unknown key `clean.min_confidence` (`min_confidence` belongs to the section [extract])"],
    );
    check(
        &format!("{HEAD}[outputs]\n[zzz]\n"),
        &[
            "7:2 unknown section `outputs` (did you mean `output`?)",
            "8:2 unknown section `zzz` (known here: `pipeline`, `ingest`, `clean`, `extract`, `resolve`, `lexicon`, `aggregate`, `output`, `state`)",
        ],
    );
    check(
        &format!("{HEAD}[resolve]\nthreads = 3\n"),
        &[
            "8:1 unknown key `resolve.threads` (known here: `min_link_score`, `max_holder_gap_days`, `decisions`, `duplicates`)",
        ],
    );
    check(
        &format!("{HEAD}[resolve.duplicates]\nmin_overlp = 0.5\nbands = 0\nmin_details = 40\n"),
        &[
            "8:1 unknown key `resolve.duplicates.min_overlp` (did you mean `min_overlap`?)",
            "9:9 `resolve.duplicates.bands` must be between 1 and 1024, not 0 (the default is 32)",
            "10:15 `resolve.duplicates.min_details` must be between 0 and 1, not 40 (the default is 0.4)",
        ],
    );
    check(
        &format!("{HEAD}[ingest.fields]\nurll = \"link\"\ntitle = 3\ntext = \"body\"\n"),
        &[
            "8:1 unknown key `ingest.fields.urll` (did you mean `url`?)",
            "9:9 `ingest.fields.title` must be a text in quotes, not 3 (put it in quotes)",
        ],
    );
}

#[test]
fn wrong_types_are_named_with_how_to_write_them() {
    check(
        &format!("{HEAD}[clean]\nmin_chars = 3.5\nmin_topic_score = \"0.5\"\n"),
        &[
            "8:13 `clean.min_chars` must be a whole number, not 3.5",
            "9:19 `clean.min_topic_score` must be a number, not a text (write it without quotes: 0.5)",
        ],
    );
    check(
        &format!("{HEAD}[extract]\non_topic_only = \"true\"\nmin_confidence = true\n"),
        &[
            "8:17 `extract.on_topic_only` must be true or false, not a text (write it without quotes: true)",
            "9:18 `extract.min_confidence` must be a number, not true",
        ],
    );
    check(
        &format!("{HEAD}[aggregate]\nname = \"x\"\n"),
        &["7:1 `aggregate` must be a list, not a table (write [[aggregate]], in double brackets: there can be many)"],
    );
    check(
        "pipeline = 3\n[[ingest]]\ninputs = []\n",
        &[
            "1:12 `pipeline` must be a table, not 3",
            "2:1 `ingest` must be a table, not a list (write [ingest], in single brackets: there is only one)",
        ],
    );
    check(
        &format!("{HEAD}[output]\ndir = 2021-03-18\nformats = \"csv\"\ncompression_level = 99999999999999999999\n"),
        &[
            "8:7 `output.dir` must be a text in quotes, not a date (put it in quotes)",
            "9:11 `output.formats` must be a list, not a text (write it as a list: [\"csv\"])",
            "10:21 `output.compression_level` is too large: 99999999999999999999",
        ],
    );
}

#[test]
fn values_out_of_range_are_named_with_the_limits() {
    check(
        &format!("{HEAD}[clean]\nmin_topic_score = 50\n[resolve]\nmin_link_score = nan\n"),
        &[
            "8:19 `clean.min_topic_score` must be between 0 and 1, not 50 (the default is 0.4)",
            "10:18 `resolve.min_link_score` must be between 0 and 1, not NaN (the default is 0.5)",
        ],
    );
    check(
        &format!("{HEAD}[clean]\nmin_chars = -1\n[extract]\nmin_confidence = -0.1\n"),
        &[
            "8:13 `clean.min_chars` must be 0 or more, not -1 (the default is 80)",
            "10:18 `extract.min_confidence` must be between 0 and 1, not -0.1 (the default is 0.0)",
        ],
    );
    check(
        &format!("{HEAD}[output]\nformats = [\"csv\", \"csv\", \"parket\"]\n"),
        &[
            "8:19 `output.formats` names this twice",
            "8:26 `output.formats` does not know \"parket\" (did you mean \"parquet\"?)",
        ],
    );
    check(
        &format!("{HEAD}[output]\nformats = []\n"),
        &["8:11 `output.formats` must not be empty (possible: \"parquet\", \"csv\")"],
    );
    check(
        &format!("{HEAD}[clean]\nmin_topic_score = 1\n[extract]\nmin_confidence = 0\n"),
        &[],
    );
}

#[test]
fn every_way_of_writing_toml_is_checked() {
    check(
        "pipeline = { name = \"Hội nghị\", rot = \"..\" }\ningest.inputs = [\"../raw/*\"]\nclean.min_chars = true\n",
        &[
            "1:33 unknown key `pipeline.rot` (did you mean `root`?)",
            "3:19 `clean.min_chars` must be a whole number, not true",
        ],
    );
    check(
        &HEAD
            .replace("root", "rooot")
            .replace("raw", "../raw")
            .replace('\n', "\r\n"),
        &["4:1 unknown key `pipeline.rooot` (did you mean `root`?)"],
    );
}

#[test]
fn a_file_cut_off_anywhere_gives_problems_that_can_be_shown() {
    let whole = format!("{HEAD}[ingest.fields]\ntext = \"nội dung\" # chữ\n[[aggregate]]\nname = \"á");
    for (at, _) in whole.char_indices() {
        let folder = project(&whole[..at]);
        problems(folder.path()).render(true);
    }
    // A place in the query falls into a letter.
    let folder = project("[[aggregate]]\nsql=\"\"\"\"\"á\"\n");
    problems(folder.path()).render(true);
}

#[test]
fn missing_sections_and_keys_are_named() {
    check(
        "",
        &[
            "1:1 the section [pipeline] is missing (`[pipeline]`: what it is called, where its paths start, when a run counts as failed.)",
            "1:1 the section [ingest] is missing (`[ingest]`: which files to read and how.)",
        ],
    );
    check(
        "[pipeline]\nroot = \"..\"\n[ingest]\n\n",
        &[
            "1:1 `pipeline.name` is missing (Name of the pipeline, for reports and datapackage.json.)",
            "3:1 `ingest.inputs` is missing (Glob patterns of the input files (`raw/**/*.html`): txt, html, htm, jsonl, ndjson, csv, parquet, warc, each also .gz and .zst.)",
        ],
    );
    check(
        &format!("{HEAD}[[aggregate]]\nname = \"a\"\n"),
        &["7:1 `aggregate.sql` is missing (A SELECT over the tables of the run.)"],
    );
}

#[test]
fn folders_and_files_that_are_not_there_are_named() {
    check(
        "[pipeline]\nname = \"p\"\nroot = \"../nowhere\"\n[ingest]\ninputs = [\"x\"]\n",
        &[
            "3:8 `pipeline.root` is not a folder (it starts from the folder of the pipeline file: /project/pipelines/../nowhere)",
        ],
    );
    check(
        &format!("{HEAD}[clean]\nfurniture = [\"lists/furnitur.csv\", \"lists\"]\n"),
        &[
            "8:14 there is no file /project/lists/furnitur.csv (did you mean `furniture.csv`?)",
            "8:36 /project/lists is a folder, not a file",
        ],
    );
    check(
        &format!("{HEAD}[output]\ndir = \"raw/page.txt\"\n"),
        &["8:7 `output.dir` is a file, not a folder"],
    );
}

#[test]
fn a_state_folder_that_a_run_would_replace_is_refused() {
    check(
        &format!("{HEAD}[state]\ndir = \"output/state\"\n"),
        &["8:7 `state.dir` must lie outside of the output folder, which a run replaces (for example \"state\")"],
    );
    check(
        &format!("{HEAD}[state]\ndir = \"raw/page.txt\"\n"),
        &["8:7 `state.dir` is a file, not a folder"],
    );
    check(&format!("{HEAD}[state]\n[output]\ndir = \"tables\"\n"), &[]);
}

#[test]
fn an_output_folder_that_holds_what_must_survive_is_refused() {
    check(
        &format!("{HEAD}[output]\ndir = \".\"\n"),
        &["8:7 `output.dir` must be a folder of its own, but /project lies in it (for example \"output\")"],
    );
    check(
        &format!("{HEAD}[output]\ndir = \"raw\"\n"),
        &[
            "8:7 `output.dir` must be a folder of its own, but /project/raw/page.txt lies in it (for example \"output\")",
        ],
    );
    check(
        &format!("{HEAD}[output]\ndir = \"pipelines\"\n"),
        &[
            "8:7 `output.dir` must be a folder of its own, but /project/pipelines/p.toml lies in it (for example \"output\")",
        ],
    );
    check(&format!("{HEAD}[output]\ndir = \"lists\"\n"), &[]);
}

#[test]
fn inputs_that_match_nothing_are_errors_only_where_nothing_else_matches() {
    let inputs = |list: &str| format!("[pipeline]\nname = \"p\"\nroot = \"..\"\n[ingest]\ninputs = [{list}]\n");
    check(
        &inputs(r#""raw/**/*.txt", "row/*.txt", "raw/*.pdf", "raw/pag.txt""#),
        &[
            "5:27 warning: no file matches \"row/*.txt\" (there is no folder /project/row; did you mean `raw`?)",
            "5:40 warning: no file matches \"raw/*.pdf\" (the folder /project/raw is there, but holds no such file)",
            "5:53 warning: no file matches \"raw/pag.txt\" (did you mean `page.txt`?)",
        ],
    );
    check(
        &inputs(r#""row/*.txt", "raw/pag.txt""#),
        &[
            "5:11 no file matches \"row/*.txt\" (there is no folder /project/row; did you mean `raw`?)",
            "5:24 no file matches \"raw/pag.txt\" (did you mean `page.txt`?)",
        ],
    );
    check(
        &inputs(r#""raw/**.txt", "raw/***", "raw/[a""#),
        &[
            "5:18 bad glob pattern: recursive wildcards must form a single path component (`*` is any part of one name, `**` as a whole name is any folders, `[[]` is a bracket)",
            "5:32 bad glob pattern: wildcards are either regular `*` or recursive `**` (`*` is any part of one name, `**` as a whole name is any folders, `[[]` is a bracket)",
            "5:41 bad glob pattern: invalid range pattern (`*` is any part of one name, `**` as a whole name is any folders, `[[]` is a bracket)",
        ],
    );
    check(&inputs(r#""", "raw/*""#), &["5:11 `ingest.inputs` must not be empty"]);
    check(&inputs(""), &["5:10 `ingest.inputs` must not be empty"]);
}

#[test]
fn aggregates_need_names_of_their_own() {
    check(
        &format!(
            "{HEAD}[[aggregate]]\nname = \"meetings\"\nsql = \"SELECT 1 AS one\"\n[[aggregate]]\nname = \"Năm 2021\"\nsql = \"\"\n"
        ),
        &[
            "8:8 `meetings` is a table of every run already (choose another name)",
            "11:8 `aggregate.name` cannot be \"Năm 2021\" (Name of the table and its files: lower-case letters, digits and underscores, a letter first.)",
            "12:7 `aggregate.sql` must not be empty",
        ],
    );
    check(
        &format!(
            "{HEAD}[[aggregate]]\nname = \"a\"\nsql = \"SELECT 1 AS one\"\n[[aggregate]]\nname = \"a\"\nsql = \"SELECT 1 AS one\"\n"
        ),
        &["11:8 two aggregates are called `a`"],
    );
}

#[test]
fn mistakes_in_sql_are_marked_in_the_pipeline_file() {
    let aggregate = |sql: &str| format!("{HEAD}[[aggregate]]\nname = \"a\"\nsql = {sql}\n");
    check(
        &aggregate("\"\"\"\nSELECT kynd, dat,\n  count(*) AS n\nFROM meetings\n\"\"\""),
        &[
            "10:8 there is no column `kynd` in the tables of this query (did you mean `kind`?)",
            "10:14 there is no column `dat` in the tables of this query (did you mean `date`?)",
        ],
    );
    check(
        &aggregate("'SELECT * FROM meeting'"),
        &["9:22 there is no table `meeting` (did you mean `meetings`?)"],
    );
    check(
        &aggregate("\"SELECT 'họp' AS x, FROM \\u006deetings WHERE\""),
        &["9:51 Expected: an expression, found: the end of the SQL"],
    );
    check(
        &aggregate("'DROP TABLE meetings'"),
        &["9:8 DROP is not allowed (summary tables are made by a SELECT)"],
    );
    check(
        &aggregate("' '\n[[aggregate]]\nname = \"b\"\nsql = 'SELECT * FROM a'"),
        &["9:7 `aggregate.sql` must not be empty"],
    );
}

#[test]
fn syntax_errors_do_not_hide_other_mistakes_nor_invent_any() {
    check(
        &format!("{HEAD}[clean\nmin_chars = \"3\"\n[output]\nformats = []\n"),
        &[
            "7:7 unclosed table, expected `]`",
            "10:11 `output.formats` must not be empty (possible: \"parquet\", \"csv\")",
        ],
    );
    check(
        &format!("{HEAD}[clean]\nmin_chars = 3\nmin_chars = 4\nmin_topic_score = yes\nmin_topic = 1\n"),
        &[
            "9:1 duplicate key",
            "10:19 string values must be quoted, expected literal string",
            "11:1 unknown key `clean.min_topic` (did you mean `min_topic_score`?)",
        ],
    );
    check(
        "[pipeline]\nname = \"p\nroot = \"..\"\n[ingest]\ninputs = [\"raw/*\n",
        &[
            "2:10 invalid basic string, expected `\"`",
            "5:17 unclosed array, expected `]`",
            "5:17 invalid basic string, expected `\"`",
        ],
    );
    check(
        "[pipeline]\nname = \"\"\"p\nroot = \"..\"\n[ingest]\ninputs = [\"raw/*\"]\n",
        &["5:19 invalid multi-line basic string, expected `\"`"],
    );
}

#[test]
fn a_file_that_cannot_be_read_is_one_problem_without_a_place() {
    let folder = project(HEAD);
    fs::write(folder.path().join("latin.toml"), b"[pipeline]\nname = \"H\xe0\"\n").unwrap();
    for (name, expected) in [
        ("pipelines/q.toml", "there is no file"),
        ("pipelines", "is a folder"),
        ("latin.toml", "is not UTF-8 text: see line 2"),
    ] {
        let problems = load(&folder.path().join(name)).unwrap_err();
        let list: Vec<&Problem> = problems.iter().collect();
        assert_eq!(list.len(), 1);
        assert!(list[0].message.contains(expected), "{}", list[0].message);
        assert_eq!(problems.position(list[0]), None);
    }
}

#[test]
fn what_the_command_line_replaces_is_not_looked_for() {
    let text = "[pipeline]\nname = \"p\"\nroot = \"..\"\n[ingest]\ninputs = [\"x/*\"]\n[output]\ndir = \".\"\n";
    let folder = project(text);
    let overrides = Overrides {
        inputs: Some(vec!["/data/*.html".to_owned()]),
        output_dir: Some("/tables".into()),
    };
    let (pipeline, warnings) = load_with(&folder.path().join("pipelines/p.toml"), overrides).unwrap();
    assert_eq!(pipeline.config.ingest.inputs, ["/data/*.html"]);
    assert_eq!(pipeline.config.output.dir, Path::new("/tables"));
    assert!(warnings.is_empty(), "{warnings}");
}

#[test]
fn the_schema_in_the_repository_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/pipeline.schema.json");
    let expected = json_schema_text();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "pipelines/pipeline.schema.json is out of date: run `UPDATE_EXPECT=1 cargo test --release --lib schema_in_the_repository`, then look at the diff"
    );
}

#[test]
fn the_default_pipeline_has_no_mistakes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/default.toml");
    let without_inputs = Overrides {
        inputs: Some(Vec::new()),
        ..Default::default()
    };
    let (pipeline, warnings) = load_with(&path, without_inputs).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(warnings.is_empty(), "{warnings}");
    assert_eq!(pipeline.config.aggregate.len(), 5);
}

/// What the comment at the head of the file promises.
#[test]
fn the_default_pipeline_states_every_key_with_its_default() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/default.toml");
    let text = fs::read_to_string(path).unwrap();
    let file: serde_json::Value = toml::from_str(&text).unwrap();
    for (section, schema) in json_schema()["properties"].as_object().unwrap() {
        for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
            let value = &file[section][key];
            assert!(!value.is_null(), "[{section}] {key} is missing");
            let is_a_choice = (section.as_str(), key.as_str()) == ("pipeline", "root");
            if !schema["default"].is_null() && !is_a_choice {
                assert_eq!(*value, schema["default"], "[{section}] {key}");
            }
            for field in schema["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(field, _)| field)
            {
                let is_stated = !value[field].is_null() || text.contains(&format!("# {field} = "));
                assert!(is_stated, "[{section}.{key}] {field} is missing");
            }
        }
    }
}

/// The patterns in the schema are compiled where they are used.
#[test]
fn every_pattern_in_the_schema_is_a_regular_expression() {
    fn visit(value: &serde_json::Value, found: &mut usize) {
        if let Some(pattern) = value["pattern"].as_str() {
            assert!(regex::Regex::new(pattern).is_ok(), "{pattern}");
            *found += 1;
        }
        let children = value.as_object().into_iter().flat_map(|object| object.values());
        children
            .chain(value.as_array().into_iter().flatten())
            .for_each(|child| visit(child, found));
    }
    let mut found = 0;
    visit(json_schema(), &mut found);
    assert!(found > 0);
}

#[test]
fn files_of_further_words_are_checked_at_their_own_places() {
    let folder = project(&format!(
        "{HEAD}[lexicon]\ntitles = [\"lists/titles.csv\", \"lists/tiles.csv\"]\nunits = [\"lists\"]\nplaces = \"x\"\n"
    ));
    fs::write(
        folder.path().join("lists/titles.csv"),
        "\u{feff}phrase,value,tag\ntổng điều phối,,solo\nủy viên,,sollo\n",
    )
    .unwrap();
    let problems = problems(folder.path());
    let root = folder.path().canonicalize().unwrap();
    let said: Vec<String> = problems
        .iter()
        .map(|problem| {
            let (line, column) = problems.position(problem).unwrap();
            let file = problems.file_of(problem).0.file_name().unwrap().to_string_lossy();
            let message = problem.message.replace(&root.display().to_string(), "/project");
            format!("{file}:{line}:{column} {message}")
        })
        .collect();
    assert_eq!(
        said,
        [
            "p.toml:8:31 there is no file /project/lists/tiles.csv",
            "p.toml:9:10 /project/lists is a folder, not a file",
            "p.toml:10:10 `lexicon.places` must be a list, not a text",
            "titles.csv:3:10 titles knows no tag `sollo`",
        ]
    );
    assert!(problems.render(false).contains("lists/titles.csv:3:10\n"), "{problems}");
}
