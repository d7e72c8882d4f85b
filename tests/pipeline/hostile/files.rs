//! Names and kinds of files, and folders that lead elsewhere.

use std::fs::OpenOptions;
use std::sync::atomic::{AtomicBool, Ordering};

use parc_etl::config::{Overrides, load_with};

use super::super::repository;
use super::*;

#[test]
fn names_may_hold_anything() {
    let project = Project::new();
    let names = [
        "a\nb.txt",
        "\"quoted\".txt",
        "'.txt",
        "=1+1.txt",
        "-x.txt",
        "--output.txt",
        "*.txt",
        "[a].txt",
        "a;b,c.txt",
        "\u{202e}txt.exe.txt",
        "a%2e%2e.txt",
        "..txt",
        "con.txt",
        "a\\b.txt",
        "$(id).txt",
        "\u{1b}[31m.txt",
    ];
    for (number, name) in names.iter().enumerate() {
        project.write(name, format!("{ARTICLE} Bài {number}."));
    }
    let outcome = project.run();
    let found: Vec<&str> = outcome
        .documents
        .iter()
        .map(|document| &*document.source_path)
        .collect();
    for name in names {
        // As in a shell, wildcards pass over hidden files.
        assert_eq!(
            found.iter().any(|path| path.ends_with(&format!("/{name}"))),
            !name.starts_with('.'),
            "{name:?}"
        );
    }
    assert_eq!(outcome.codes(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_text_is_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let project = Project::new();
    fs::write(
        project.root().join("raw").join(OsStr::from_bytes(b"\xFFtin.txt")),
        ARTICLE,
    )
    .unwrap();
    assert_eq!(project.run().names(), ["\u{fffd}tin.txt -"]);
}

#[cfg(unix)]
#[test]
fn only_files_are_read() {
    let project = Project::with("a.txt", ARTICLE);
    fs::create_dir(project.raw("folder.txt")).unwrap();
    std::os::unix::fs::symlink(project.raw("missing"), project.raw("broken.txt")).unwrap();
    std::os::unix::fs::symlink("itself.txt", project.raw("itself.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", project.raw("zero.txt")).unwrap();
    std::os::unix::fs::symlink("..", project.raw("above")).unwrap();
    std::os::unix::fs::symlink(".", project.raw("loop")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(project.raw("socket.txt")).unwrap();
    let pipe = std::process::Command::new("mkfifo")
        .arg(project.raw("pipe.txt"))
        .status();
    assert!(pipe.unwrap().success());
    let outcome = project.run();
    assert_eq!((outcome.names(), outcome.codes()), (vec!["a.txt -".to_owned()], vec![]));
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_is_read_and_never_written() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir(elsewhere.path().join("sub")).unwrap();
    fs::write(elsewhere.path().join("sub/a.txt"), ARTICLE).unwrap();
    fs::write(elsewhere.path().join("b.txt"), ARTICLE.replace("An", "Bình")).unwrap();
    let before = paths(elsewhere.path());
    let project = Project::new();
    std::os::unix::fs::symlink(elsewhere.path().join("sub"), project.raw("sub")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("b.txt"), project.raw("b.txt")).unwrap();
    let mut pipeline = project.pipeline();
    pipeline.config.ingest.inputs = vec![
        format!("{}/raw/../raw/*", project.root().display()),
        format!("{}/raw/sub/*", project.root().display()),
    ];
    run(&pipeline, 2);
    let documents: Vec<Document> = rows(&project.output(), Table::Documents);
    assert_eq!(documents.len(), 2);
    assert_eq!(paths(elsewhere.path()), before);
}

#[test]
fn the_output_folder_holds_what_every_run_writes_and_nothing_else() {
    let names = |project: &Project| -> Vec<PathBuf> {
        let found = paths(&project.output()).into_keys();
        found
            .map(|path| path.strip_prefix(project.output()).unwrap().to_owned())
            .collect()
    };
    let plain = Project::with("a.txt", ARTICLE);
    plain.run();
    let odd = Project::new();
    let fields = ["../../a", "/etc/a", "a/../../b", "C:\\a", "NUL", "a\0b"];
    let lines = fields.map(|field| {
        let document = serde_json::json!({
            "id": field, "url": field, "title": field, "site": field, "published_at": field,
            "text": format!("{field}\n{ARTICLE}"),
        });
        format!("{document}\n")
    });
    odd.write("a..%2f..%2fa.jsonl", lines.concat());
    odd.run();
    assert_eq!(names(&odd), names(&plain));
}

#[test]
fn tables_are_not_named_after_other_places() {
    for name in ["../a", "/tmp/a", "a/b", "a\\b", "..", "", "a.csv", "A\u{0}"] {
        let project = Project::new();
        let toml = format!(
            "[pipeline]\nname = \"x\"\n[ingest]\ninputs = [\"raw/*\"]\n[[aggregate]]\nname = {name:?}\ndescription = \
             \"x\"\nsql = \"SELECT COUNT(*) AS n FROM documents\"\n"
        );
        fs::write(project.root().join("p.toml"), toml.replace("\\0", "\\u0000")).unwrap();
        project.write("a.txt", ARTICLE);
        let loaded = load_with(&project.root().join("p.toml"), Overrides::default());
        assert!(loaded.is_err(), "{name:?}");
    }
    // That these were no mistakes of another kind:
    load_with(&repository().join("pipelines/default.toml"), Overrides::default()).unwrap();
}

#[test]
fn many_small_files_are_read() {
    let project = Project::new();
    for number in 0..1_000 {
        let content = match number % 4 {
            0 => String::new(),
            1 => "a".to_owned(),
            2 => "\0\0\0\0".to_owned(),
            _ => format!("{ARTICLE} Bài {number}."),
        };
        project.write(&format!("{number}.txt"), content);
    }
    let outcome = project.run();
    assert_eq!((outcome.documents.len(), outcome.rejects.len()), (250, 750));
}

#[test]
fn a_file_that_grows_while_it_is_read_gives_whole_lines() {
    let project = Project::with("a.jsonl", json_line(ARTICLE));
    let is_done = AtomicBool::new(false);
    let pipeline = project.pipeline();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = OpenOptions::new().append(true).open(project.raw("a.jsonl")).unwrap();
            for number in 0..2_000 {
                if is_done.load(Ordering::Relaxed) {
                    return;
                }
                let line = json_line(&format!("{ARTICLE} Bài {number}."));
                let (start, end) = line.as_bytes().split_at(line.len() / 2);
                file.write_all(start).unwrap();
                file.write_all(end).unwrap();
            }
        });
        run(&pipeline, 2);
        is_done.store(true, Ordering::Relaxed);
    });
    let documents: Vec<Document> = rows(&project.output(), Table::Documents);
    let rejects: Vec<Reject> = rows(&project.output(), Table::Rejects);
    assert!(documents.iter().any(|document| document.text == ARTICLE));
    // The last line may be half written, and the file may outgrow its limit.
    assert!(
        rejects
            .iter()
            .all(|reject| reject.stage == "ingest" && reject.code != "panic"),
        "{rejects:?}"
    );
}
