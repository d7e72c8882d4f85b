//! Pipeline files with mistakes, and what is said about them.

use std::fs;

use super::*;

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

/// What is said about a pipeline file, with the project's own folder written as `/project`.
fn problems(pipeline: &str) -> String {
    let folder = project(pipeline);
    let problems = match load_with(&folder.path().join("pipelines/p.toml"), Overrides::default()) {
        Ok((_, warnings)) => warnings,
        Err(problems) => problems,
    };
    let folder = folder.path().canonicalize().unwrap();
    problems.to_string().replace(&folder.display().to_string(), "/project")
}

#[test]
fn show() {
    let head = "[pipeline]\nname = \"p\"\nroot = \"..\"\n[ingest]\ninputs = [\"raw/*\"]\n";
    for text in [
        "[pipeline]\nname = \"p\"\nroot = \"..\"\nmax_reject_shar = 0.1\n\n[ingest]\ninputs = \"raw/*.txt\"\nmax_document_bytes = \"80\"\n\n[clean]\nfurniture = [\"lists/furnitur.csv\"]\nmin_confidence = 0.5\n\n[output]\nformats = [\"parquet\", \"xlsx\"]\ncompression_level = 99\n".to_owned(),
        format!("{head}[clean\nmin_chars = 3\n[output]\nformats = []\n"),
        format!("{head}[clean]\nmin_chars = 3.5\nmin_chars = 4\nmin_topic_score = yes\n[resolve]\nmin_link_score=nan\n[outputs]\n"),
        format!("{head}[aggregate]\nname = \"x\"\n"),
        format!("{head}[[aggregate]]\nname = \"meetings\"\nsql=\"SELECT 1\"\n[[aggregate]]\nname = \"Bad name\"\nsql=\"\"\n[[aggregate]]\nname=\"a\"\n[[aggregate]]\nname=\"a\"\nsql=3\n"),
        "[pipeline]\nroot = \"../nowhere\"\n".to_owned(),
        "[pipeline]\nname=\"x\"\nroot = \"..\"\n[ingest]\ninputs=[\"raw/**.txt\", \"row/*.txt\", \"raw/*.pdf\", \"raw/pag.txt\"]\n[ingest.fields]\nurll=\"x\"\nid=3\n[output]\ndir=\".\"".to_owned(),
        "[pipeline]\nname=\"x\"\nroot = \"..\"\n[ingest]\ninputs=[\"row/*.txt\", \"raw/*.pdf\", \"raw/pag.txt\"]\n[output]\ndir=\"raw/page.txt\"\nformats=[\"csv\",\"csv\"]".to_owned(),
        "".to_owned(),
        "[pipeline]\nname = \"x\nroot = \"..\"\n[ingest]\ninputs = [\"raw/*\n".to_owned(),
        "[pipeline]\nname = \"\"\"x\nroot = \"..\"\n[ingest]\ninputs = [\"raw/*\n".to_owned(),
        "pipeline = 3\n[[ingest]]\ninputs = []\n".to_owned(),
    ] {
        println!("=====\n{text}\n-----\n{}\n", problems(&text));
    }
}
