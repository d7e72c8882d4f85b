//! Looking at a state folder, and clearing it up.

use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::part::{batches, ids, parts, rows_where, writer};
use super::{DOCUMENTS, Rules, RunError, id_hash, part};
use crate::config::Pipeline;
use crate::exec::lock::Lock;
use crate::exec::plan::Plan;
use crate::schema::Table;

/// What is in a state folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateReport {
    pub dir: PathBuf,
    /// What each version of the rules made of documents; those that the pipeline has now come first.
    pub rules: Vec<RulesState>,
    /// Documents as they were read, and the bytes they take; none where they are not kept.
    pub kept: Option<(usize, u64)>,
}

/// What one version of the rules made of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesState {
    /// Name of the folder.
    pub folder: String,
    /// None where the file that says so is missing.
    pub rules: Option<Rules>,
    /// They are those of this program and pipeline.
    pub is_current: bool,
    pub parts: usize,
    pub documents: usize,
    pub bytes: u64,
}

/// What [`prune`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Versions of the rules whose results were deleted.
    pub rules: usize,
    /// Parts that were made one.
    pub merged_parts: usize,
    /// By how much the folder is smaller.
    pub freed_bytes: u64,
}

/// What is in the pipeline's state folder; none where it has none.
///
/// # Errors
/// When the folder cannot be read.
pub fn show(pipeline: &Pipeline) -> Result<Option<StateReport>, RunError> {
    let Some(state) = &pipeline.config.state else {
        return Ok(None);
    };
    let dir = pipeline.root.join(&state.dir);
    let current = rules_now(pipeline)?.folder_name();
    let mut rules = Vec::new();
    for path in rules_folders(&dir)? {
        let folder = name(&path);
        let parts = parts(&path)?;
        let documents = documents(&parts, Table::Extractions)?;
        let text = fs::read(path.join(Rules::FILE)).ok();
        rules.push(RulesState {
            is_current: folder == current,
            folder,
            rules: text.and_then(|text| serde_json::from_slice(&text).ok()),
            parts: parts.len(),
            documents,
            bytes: size(&path),
        });
    }
    rules.sort_by_key(|state| !state.is_current);
    let kept = dir.join(DOCUMENTS);
    let kept = if kept.is_dir() {
        Some((documents(&parts(&kept)?, Table::RawDocuments)?, size(&kept)))
    } else {
        None
    };
    Ok(Some(StateReport { dir, rules, kept }))
}

/// Deletes what other rules than the pipeline's made of documents, with `all` what any rules made, and puts the parts of
/// the rest into one. Documents that stay when their inputs are gone are not touched. None where there is no state folder.
///
/// # Errors
/// When another run holds the folder, or it cannot be read or written.
pub fn prune(pipeline: &Pipeline, all: bool) -> Result<Option<Pruned>, RunError> {
    prune_but(pipeline, &rules_now(pipeline)?, all)
}

/// As [`prune`], where these are the rules that the pipeline has now.
pub(in crate::exec) fn prune_but(pipeline: &Pipeline, rules: &Rules, all: bool) -> Result<Option<Pruned>, RunError> {
    let dir = pipeline
        .config
        .state
        .as_ref()
        .map(|state| pipeline.root.join(&state.dir));
    let Some(dir) = dir.filter(|dir| dir.is_dir()) else {
        return Ok(None);
    };
    let current = rules.folder_name();
    let _lock = Lock::take(&dir.join("lock"), &dir)?;
    let before = size(&dir);
    let mut pruned = Pruned::default();
    for path in rules_folders(&dir)? {
        if all || name(&path) != current {
            fs::remove_dir_all(&path).map_err(RunError::io("delete", &path))?;
            pruned.rules += 1;
        } else {
            pruned.merged_parts = merge(&path)?;
        }
    }
    pruned.freed_bytes = before.saturating_sub(size(&dir));
    Ok(Some(pruned))
}

/// The rules of the program and the pipeline as they are.
fn rules_now(pipeline: &Pipeline) -> Result<Rules, RunError> {
    let plan = Plan::new(pipeline)?;
    Ok(Rules::new(&pipeline.config, &plan.lexicon_hash))
}

fn rules_folders(dir: &Path) -> Result<Vec<PathBuf>, RunError> {
    if !dir.exists() {
        return Ok(Vec::new());
    }
    let mut folders = parts(dir)?;
    folders.retain(|path| name(path).starts_with(Rules::FOLDER_PREFIX));
    Ok(folders)
}

/// Puts several parts into one that follows them; then they are deleted. Until then the rows stand there twice, which
/// does no harm: the last counts.
fn merge(dir: &Path) -> Result<usize, RunError> {
    let merged = parts(dir)?;
    let [_, .., last] = merged.as_slice() else {
        return Ok(0);
    };
    let number: u32 = name(last).parse().unwrap_or(0);
    let next = format!("{:05}", number + 1);
    let unfinished = dir.join(format!(".{next}"));
    fs::create_dir(&unfinished).map_err(RunError::io("create", &unfinished))?;
    for table in [Table::Documents, Table::Extractions] {
        let mut writer = writer(&unfinished, table)?;
        let mut written = FxHashSet::default();
        for part in merged.iter().rev() {
            // A document without extractions is not known.
            let known: FxHashSet<u128> = ids(part, Table::Extractions)?.into_iter().collect();
            for batch in batches(part, table)? {
                let rows = rows_where(&batch?, |id, _| {
                    let id = id_hash(id);
                    known.contains(&id) && written.insert(id)
                })?;
                writer.write(&rows)?;
            }
        }
        writer.finish()?;
    }
    part::finish(&unfinished, &dir.join(next))?;
    for part in &merged {
        fs::remove_dir_all(part).map_err(RunError::io("delete", part))?;
    }
    Ok(merged.len())
}

fn documents(parts: &[PathBuf], table: Table) -> Result<usize, RunError> {
    let mut all = FxHashSet::default();
    for part in parts {
        all.extend(ids(part, table)?);
    }
    Ok(all.len())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Bytes of all files in a folder.
fn size(path: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(path) else {
        return 0;
    };
    let size_of = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => size(&entry.path()),
        _ => entry.metadata().map_or(0, |metadata| metadata.len()),
    };
    entries.flatten().map(size_of).sum()
}
