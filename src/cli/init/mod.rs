//! `parc-etl init`: a project that runs, with sample pages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::Outcome;
use super::terminal::print;

const EXAMPLES: &str = "\
Examples:
  parc-etl init cchc
  parc-etl run cchc/pipelines/default.toml";

/// Make a project: a pipeline file, sample pages and a README
///
/// The pipeline file explains every key in a comment. The folder is made where it is missing; one that holds files is
/// refused.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder to make
    dir: PathBuf,
}

macro_rules! samples {
    ($($name:literal,)*) => {
        /// The sample pages of this repository's `raw/`.
        const SAMPLES: &[(&str, &[u8])] = &[
            $((concat!("raw/", $name), include_bytes!(concat!("../../../raw/", $name))),)*
        ];
    };
}

samples! {}

const PROJECT: &[(&str, &[u8])] = &[
    ("README.md", include_bytes!("README.md")),
    (".gitignore", b"/output/\n"),
    (
        "pipelines/default.toml",
        include_bytes!("../../../pipelines/default.toml"),
    ),
    (
        "pipelines/pipeline.schema.json",
        include_bytes!("../../../pipelines/pipeline.schema.json"),
    ),
];

pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let dir = &args.dir;
    refuse_used(dir)?;
    for (name, content) in PROJECT.iter().chain(SAMPLES) {
        write(&dir.join(name), content)?;
    }
    print(&format!(
        "Made a project in {dir} with {count} sample files.\nNext: parc-etl run {pipeline}\n",
        dir = dir.display(),
        count = SAMPLES.len(),
        pipeline = dir.join("pipelines/default.toml").display(),
    ))?;
    Ok(Outcome::Done)
}

/// A folder that holds nothing, or nothing but a fresh git repository, may be filled.
fn refuse_used(dir: &Path) -> anyhow::Result<()> {
    if !dir.exists() {
        return Ok(());
    }
    let entries = dir
        .read_dir()
        .with_context(|| format!("cannot look into {}", dir.display()))?;
    for entry in entries {
        let name = entry
            .with_context(|| format!("cannot look into {}", dir.display()))?
            .file_name();
        if name != ".git" {
            bail!(
                "{} is not empty: it holds {}; name a new folder",
                dir.display(),
                name.to_string_lossy()
            );
        }
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_page_of_the_repository_is_embedded() {
        let raw = Path::new(env!("CARGO_MANIFEST_DIR")).join("raw");
        let mut expected: Vec<String> = raw
            .read_dir()
            .unwrap()
            .map(|entry| format!("raw/{}", entry.unwrap().file_name().to_str().unwrap()))
            .collect();
        expected.sort();
        let embedded: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(embedded, expected, "list the files of raw/ in src/cli/init/mod.rs");
    }
}
