//! How far a run is: bars on stderr, one for the files, one per stage, and a tally for other threads to look at.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::report::Counts;

const TICK: Duration = Duration::from_millis(120);

/// How far a run is, to be looked at from another thread while it goes on.
#[derive(Debug, Default)]
pub struct Tally {
    files: AtomicUsize,
    files_read: AtomicUsize,
    stages: Mutex<Vec<(&'static str, usize)>>,
}

impl Tally {
    /// How many files there are to read; 0 until they have been found.
    pub fn files(&self) -> usize {
        self.files.load(Ordering::Relaxed)
    }

    /// How many of them have been read.
    pub fn files_read(&self) -> usize {
        self.files_read.load(Ordering::Relaxed)
    }

    /// The stages in the order of the run, each with the rows that it has taken so far.
    pub fn stages(&self) -> Vec<(&'static str, usize)> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The tally of a run, and its bars; none is drawn unless asked for.
pub(super) struct Progress {
    tally: Arc<Tally>,
    files: ProgressBar,
    stages: Vec<(&'static str, ProgressBar)>,
}

impl Progress {
    /// A bar for `files` files and a line for each stage.
    pub fn new(visible: bool, files: usize, stages: &[&'static str], tally: &Arc<Tally>) -> Self {
        tally.files.store(files, Ordering::Relaxed);
        *tally.stages.lock().unwrap_or_else(PoisonError::into_inner) = stages.iter().map(|&name| (name, 0)).collect();
        let target = if visible {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bars = MultiProgress::with_draw_target(target);
        let add = |bar: ProgressBar, template: &str, name: &'static str| {
            let style = ProgressStyle::with_template(template).expect("the templates are well formed");
            let bar = bars.add(bar.with_style(style).with_prefix(name));
            if visible {
                bar.enable_steady_tick(TICK);
            }
            bar
        };
        let files_bar = ProgressBar::new(files as u64);
        Progress {
            tally: Arc::clone(tally),
            files: add(files_bar, "{prefix:>18} {wide_bar} {pos}/{len} {elapsed}", "files"),
            stages: stages
                .iter()
                .map(|&name| {
                    (
                        name,
                        add(ProgressBar::no_length(), "{prefix:>18} {human_pos} rows", name),
                    )
                })
                .collect(),
        }
    }

    /// One more file has been read.
    pub fn file_read(&self) {
        self.files.inc(1);
        self.tally.files_read.fetch_add(1, Ordering::Relaxed);
    }

    /// A stage has processed some rows.
    pub fn rows_done(&self, stage: &str, counts: Counts) {
        if let Some((_, bar)) = self.stages.iter().find(|(name, _)| *name == stage) {
            bar.inc(counts.rows_in as u64);
        }
        let mut stages = self.tally.stages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, rows)) = stages.iter_mut().find(|(name, _)| *name == stage) {
            *rows += counts.rows_in;
        }
    }
}

impl Drop for Progress {
    /// Leaves the terminal as it was: what was done stands in the report.
    fn drop(&mut self) {
        for bar in self.stages.iter().map(|(_, bar)| bar).chain([&self.files]) {
            bar.finish_and_clear();
        }
    }
}
