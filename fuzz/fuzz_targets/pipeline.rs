//! Any pipeline file is loaded, or its mistakes can be shown.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use parc_etl::config::load;
use tempfile::TempDir;

// Paths could lead to large folders, or to files that never end.
fuzz_target!(|data: &[u8]| {
    if data.contains(&b'/') || data.windows(2).any(|pair| pair == b".." || pair == b"**") {
        return;
    }
    thread_local! {
        static FOLDER: RefCell<TempDir> = RefCell::new(tempfile::tempdir().expect("there is room"));
    }
    FOLDER.with_borrow(|folder| {
        let path = folder.path().join("pipeline.toml");
        std::fs::write(&path, data).expect("there is room");
        if let Err(problems) = load(&path) {
            assert!(!problems.render(true).is_empty());
            for problem in problems.iter() {
                problems.position(problem);
            }
        }
    });
});
