//! A file that at most one process holds, and that says which.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::Path;

use chrono::{SecondsFormat, Utc};

use super::RunError;

/// Held until it is dropped, however the process ends.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "locked as long as it is open")] File);

impl Lock {
    /// Takes the lock file at `path`, made where it is missing, to keep others from `folder`.
    ///
    /// # Errors
    /// [`RunError::Busy`] when another process holds it, or when it cannot be written.
    pub fn take(path: &Path, folder: &Path) -> Result<Lock, RunError> {
        // What it says stays until it is locked.
        let mut options = File::options();
        let open = options.write(true).create(true).truncate(false).open(path);
        let mut file = open.map_err(RunError::io("create", path))?;
        match file.try_lock() {
            // Without its file the lock is worth nothing: the run that held it has just ended.
            Ok(()) if path.exists() => {}
            Ok(()) | Err(TryLockError::WouldBlock) => {
                return Err(RunError::Busy {
                    folder: folder.to_owned(),
                    holder: fs::read_to_string(path).unwrap_or_default(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(RunError::io("lock", path)(error)),
        }
        let since = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
        let holder = format!("process {}, since {since}", std::process::id());
        file.set_len(0)
            .and_then(|()| file.write_all(holder.as_bytes()))
            .map_err(RunError::io("write", path))?;
        Ok(Lock(file))
    }
}
