//! Ctrl-C: the first asks the run to stop between two batches, the second ends the program at once.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Exit code after a second Ctrl-C, as shells give it for SIGINT.
const INTERRUPTED_EXIT_CODE: i32 = 130;

/// A flag that Ctrl-C and termination signals set, for [`RunOptions::interrupted`](super::RunOptions::interrupted).
///
/// Every call gives the same flag. Ending at once is safe too: the next run clears what was left behind. Where the
/// handler cannot be installed, for instance because the host program has its own, the flag is never set.
pub fn on_ctrl_c() -> Arc<AtomicBool> {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        let seen = flag.clone();
        let installed = ctrlc::set_handler(move || {
            if seen.swap(true, Ordering::Relaxed) {
                process::exit(INTERRUPTED_EXIT_CODE);
            }
        });
        if let Err(error) = installed {
            tracing::warn!("Ctrl-C will not be handled: {error}");
        }
        flag
    })
    .clone()
}
