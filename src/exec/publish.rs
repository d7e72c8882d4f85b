//! Publishing: the new tables replace the old ones together or not at all.
//!
//! Files are written to `new` in a work folder beside the output folder, `.NAME.parc-etl`. When the set is complete and on
//! disk it is renamed to `swap`, and `swap` and the output folder are exchanged: in one step where the system can,
//! else by way of `old`. Then files of the output folder that are not ours move over, and what is left is deleted.
//! [`Publisher::open`] clears up after a run that was killed at any point of this:
//!
//! | found | what it is | what happens |
//! |---|---|---|
//! | `new` | an unfinished set | deleted |
//! | `old`, and no output folder | killed between two renames | `swap` becomes the output folder |
//! | `swap` or `old` | the old set, or one that was never published | foreign files move over, the rest is deleted |

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::RunError;
use super::lock::Lock;
use crate::output::Manifest;

/// Holds an output folder for one run. Dropping it without [`Publisher::publish`] leaves the output folder as it was.
#[derive(Debug)]
pub(super) struct Publisher {
    output_dir: PathBuf,
    work_dir: PathBuf,
    _lock: Lock,
}

impl Publisher {
    /// Takes the output folder for this run and finishes what a killed one left behind.
    ///
    /// # Errors
    /// When another run holds the folder, or its parent folder cannot be written to.
    pub fn open(output_dir: &Path) -> Result<Self, RunError> {
        let output_dir = resolve(output_dir)?;
        let work_dir = work_dir(&output_dir);
        let lock_path = work_dir.join("lock");
        fs::create_dir_all(&work_dir).map_err(RunError::io("create the work folder", &work_dir))?;
        let lock = Lock::take(&lock_path, &output_dir)?;
        let publisher = Publisher {
            output_dir,
            work_dir,
            _lock: lock,
        };
        publisher.settle()?;
        let staging = publisher.staging();
        fs::create_dir(&staging).map_err(RunError::io("create", &staging))?;
        Ok(publisher)
    }

    /// The folder in which the new files are to be written.
    pub fn staging(&self) -> PathBuf {
        self.work_dir.join("new")
    }

    /// The folder for what the run writes on its way.
    pub fn work_dir(&self) -> &Path {
        &self.work_dir
    }

    /// The output folder, with links resolved.
    pub fn output_dir(&self) -> &Path {
        &self.output_dir
    }

    /// Checks that none of the files to be written would replace one that is not ours.
    ///
    /// # Errors
    /// [`RunError::ForeignFile`] for the first that would.
    pub fn check_names<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<(), RunError> {
        let ours = own_files(&self.output_dir);
        for name in names {
            let path = self.output_dir.join(name);
            if !ours.contains(name) && path.symlink_metadata().is_ok() {
                return Err(RunError::ForeignFile { path });
            }
        }
        Ok(())
    }

    /// Replaces the old set by the one in [`Publisher::staging`], whose files must be on disk.
    ///
    /// # Errors
    /// When a folder cannot be renamed; the old set is then in place.
    pub fn publish(self) -> Result<(), RunError> {
        let (staging, swap) = (self.staging(), self.swap());
        if let Ok(metadata) = fs::metadata(&self.output_dir) {
            fs::set_permissions(&staging, metadata.permissions())
                .map_err(RunError::io("set the rights of", &staging))?;
        }
        sync_folder(&staging).map_err(RunError::io("write", &staging))?;
        fs::rename(&staging, &swap).map_err(RunError::io("rename", &staging))?;
        let replaced = if self.output_dir.exists() {
            exchange(&swap, &self.output_dir, &self.old())
        } else {
            fs::rename(&swap, &self.output_dir)
        };
        replaced.map_err(RunError::io("put the new tables in place of", &self.output_dir))?;
        if let Some(parent) = self.output_dir.parent() {
            sync_folder(parent).map_err(RunError::io("write", parent))?;
        }
        self.settle()
    }

    fn swap(&self) -> PathBuf {
        self.work_dir.join("swap")
    }

    fn old(&self) -> PathBuf {
        self.work_dir.join("old")
    }

    /// Brings any state in which publishing may have stopped to one whole set and no leftovers.
    fn settle(&self) -> Result<(), RunError> {
        let staging = self.staging();
        if staging.exists() {
            fs::remove_dir_all(&staging).map_err(RunError::io("delete", &staging))?;
        }
        if self.old().exists() && !self.output_dir.exists() {
            let whole = [self.swap(), self.old()].into_iter().find(|folder| folder.exists());
            let whole = whole.unwrap_or_else(|| self.old());
            fs::rename(&whole, &self.output_dir).map_err(RunError::io("rename", &whole))?;
        }
        for leftover in [self.swap(), self.old()] {
            if leftover.exists() {
                rescue_foreign_files(&leftover, &self.output_dir)
                    .map_err(RunError::io("move files out of", &leftover))?;
                fs::remove_dir_all(&leftover).map_err(RunError::io("delete", &leftover))?;
            }
        }
        Ok(())
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        match self.settle() {
            Ok(()) => {
                if let Err(error) = fs::remove_dir_all(&self.work_dir) {
                    tracing::warn!("cannot delete {}: {error}", self.work_dir.display());
                }
            }
            Err(error) => tracing::warn!("{error}; the next run will try again"),
        }
    }
}

/// The output folder with links resolved, so that a linked folder is replaced where it really is.
fn resolve(output_dir: &Path) -> Result<PathBuf, RunError> {
    match output_dir.canonicalize() {
        Ok(resolved) => Ok(resolved),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let parent = output_dir.parent().unwrap_or(Path::new(""));
            let parent = if parent == Path::new("") {
                Path::new(".")
            } else {
                parent
            };
            fs::create_dir_all(parent).map_err(RunError::io("create", parent))?;
            let parent = parent.canonicalize().map_err(RunError::io("open", parent))?;
            Ok(parent.join(output_dir.file_name().unwrap_or_default()))
        }
        Err(error) => Err(RunError::io("open", output_dir)(error)),
    }
}

fn work_dir(output_dir: &Path) -> PathBuf {
    let name = output_dir.file_name().unwrap_or(OsStr::new("output")).to_string_lossy();
    output_dir.with_file_name(format!(".{name}.parc-etl"))
}

/// Names of the files that a run wrote to a folder.
fn own_files(folder: &Path) -> BTreeSet<String> {
    let manifest = Manifest::read(folder);
    let names = manifest.iter().flat_map(Manifest::file_names);
    names.map(str::to_owned).collect()
}

/// Moves everything that no run wrote, unless the target has something of that name.
fn rescue_foreign_files(from: &Path, to: &Path) -> io::Result<()> {
    let ours = own_files(from);
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        let target = to.join(&name);
        if !name.to_str().is_some_and(|name| ours.contains(name)) && target.symlink_metadata().is_err() {
            fs::rename(from.join(&name), target)?;
        }
    }
    Ok(())
}

/// Exchanges two folders; where that cannot be done in one step, the second is put aside as `aside`.
fn exchange(new: &Path, current: &Path, aside: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, new, CWD, current, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            Err(error) => return Err(error.into()),
        }
    }
    exchange_in_two_steps(new, current, aside)
}

fn exchange_in_two_steps(new: &Path, current: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(current, aside)?;
    fs::rename(new, current).inspect_err(|_| {
        // Should this fail too, the next run finds `aside` and no output folder.
        if let Err(error) = fs::rename(aside, current) {
            tracing::warn!("cannot move {} back: {error}", aside.display());
        }
    })
}

/// Waits until the names in a folder are on disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::write_manifest;

    /// A set of tables as files: the manifest, and one file whose content tells the sets apart.
    fn write_set(folder: &Path, content: &str) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("meetings.csv"), content).unwrap();
        let manifest = serde_json::json!({
            "parc_etl": "0", "run_id": content, "pipeline": "p", "config_hash": "", "lexicon_hash": "",
            "inputs": [], "stages": [],
            "files": [{ "path": "meetings.csv", "table": "meetings", "format": "csv", "rows": 0, "bytes": 0, "blake3": "" }],
        });
        write_manifest(folder, &serde_json::from_value(manifest).unwrap()).unwrap();
    }

    struct Folders {
        _temporary: tempfile::TempDir,
        output: PathBuf,
        work: PathBuf,
    }

    /// An output folder with the set `before` and files of the user's.
    fn folders(before: Option<&str>) -> Folders {
        let temporary = tempfile::tempdir().unwrap();
        let output = temporary.path().canonicalize().unwrap().join("output");
        if let Some(content) = before {
            write_set(&output, content);
            fs::write(output.join(".gitignore"), "*").unwrap();
            fs::create_dir(output.join("notes")).unwrap();
            fs::write(output.join("notes/a.txt"), "a").unwrap();
        }
        let work = work_dir(&output);
        Folders {
            _temporary: temporary,
            output,
            work,
        }
    }

    fn check_whole(folders: &Folders, content: &str, with_foreign: bool) {
        let output = &folders.output;
        assert_eq!(fs::read_to_string(output.join("meetings.csv")).unwrap(), content);
        assert_eq!(Manifest::read(output).unwrap().run_id, content);
        assert_eq!(output.join(".gitignore").exists(), with_foreign);
        assert_eq!(output.join("notes/a.txt").exists(), with_foreign);
        assert!(!folders.work.exists(), "the work folder is gone");
    }

    #[test]
    fn a_first_run_creates_the_folder() {
        let folders = folders(None);
        let publisher = Publisher::open(&folders.output).unwrap();
        assert!(!folders.output.exists());
        write_set(&publisher.staging(), "new");
        publisher.publish().unwrap();
        check_whole(&folders, "new", false);
    }

    #[test]
    fn a_new_set_replaces_the_old_and_leaves_other_files() {
        let folders = folders(Some("old"));
        let publisher = Publisher::open(&folders.output).unwrap();
        write_set(&publisher.staging(), "new");
        publisher.publish().unwrap();
        check_whole(&folders, "new", true);
    }

    #[test]
    fn a_run_that_fails_changes_nothing() {
        let folders = folders(Some("old"));
        let publisher = Publisher::open(&folders.output).unwrap();
        write_set(&publisher.staging(), "new");
        drop(publisher);
        check_whole(&folders, "old", true);
    }

    /// Brings about what a kill leaves behind, then runs to the point where the next run has taken the folder.
    fn check_recovery(kill: impl FnOnce(&Folders), expected: &str) {
        let folders = folders(Some("old"));
        fs::create_dir(&folders.work).unwrap();
        kill(&folders);
        drop(Publisher::open(&folders.output).unwrap());
        check_whole(&folders, expected, true);
    }

    #[test]
    fn a_kill_while_writing_leaves_the_old_set() {
        check_recovery(|folders| write_set(&folders.work.join("new"), "new"), "old");
    }

    #[test]
    fn a_kill_before_the_exchange_leaves_the_old_set() {
        check_recovery(|folders| write_set(&folders.work.join("swap"), "new"), "old");
    }

    #[test]
    fn a_kill_after_the_exchange_leaves_the_new_set_and_other_files() {
        let kill = |folders: &Folders| {
            write_set(&folders.work.join("swap"), "new");
            exchange(&folders.work.join("swap"), &folders.output, &folders.work.join("old")).unwrap();
        };
        check_recovery(kill, "new");
    }

    #[test]
    fn a_kill_between_two_renames_is_finished() {
        let kill = |folders: &Folders| {
            write_set(&folders.work.join("swap"), "new");
            fs::rename(&folders.output, folders.work.join("old")).unwrap();
        };
        check_recovery(kill, "new");
    }

    #[test]
    fn a_kill_after_two_renames_leaves_the_new_set_and_other_files() {
        let kill = |folders: &Folders| {
            let (swap, old) = (folders.work.join("swap"), folders.work.join("old"));
            write_set(&swap, "new");
            exchange_in_two_steps(&swap, &folders.output, &old).unwrap();
        };
        check_recovery(kill, "new");
    }

    #[test]
    fn an_exchange_that_fails_halfway_is_undone() {
        let folders = folders(Some("old"));
        let (swap, old) = (folders.work.join("swap"), folders.work.join("old"));
        fs::create_dir(&folders.work).unwrap();
        exchange_in_two_steps(&swap, &folders.output, &old).unwrap_err();
        assert_eq!(fs::read_to_string(folders.output.join("meetings.csv")).unwrap(), "old");
    }

    #[test]
    fn two_runs_cannot_hold_one_folder() {
        let folders = folders(Some("old"));
        let first = Publisher::open(&folders.output).unwrap();
        let second = Publisher::open(&folders.output);
        let message = second.unwrap_err().to_string();
        let holder = format!("(process {}, since 20", std::process::id());
        assert!(
            message.starts_with("another run is writing to ") && message.contains(&holder),
            "{message}"
        );
        drop(first);
        Publisher::open(&folders.output).unwrap();
    }

    #[test]
    fn a_file_that_no_run_wrote_is_not_replaced() {
        let folders = folders(Some("old"));
        fs::write(folders.output.join("officials.csv"), "mine").unwrap();
        let publisher = Publisher::open(&folders.output).unwrap();
        publisher
            .check_names(["meetings.csv", "manifest.json", "areas.csv"])
            .unwrap();
        let error = publisher.check_names(["meetings.csv", "officials.csv"]).unwrap_err();
        assert!(
            matches!(&error, RunError::ForeignFile { path } if path.ends_with("officials.csv")),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_linked_folder_is_replaced_where_it_is() {
        let folders = folders(Some("old"));
        let link = folders.output.with_file_name("link");
        std::os::unix::fs::symlink(&folders.output, &link).unwrap();
        let publisher = Publisher::open(&link).unwrap();
        write_set(&publisher.staging(), "new");
        publisher.publish().unwrap();
        assert!(link.is_symlink());
        check_whole(&folders, "new", true);
    }
}
