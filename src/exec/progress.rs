//! Progress bars on stderr: one for the files, one per stage.

use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::report::Counts;

const TICK: Duration = Duration::from_millis(120);

/// The bars of a run; none is drawn unless asked for.
pub(super) struct Progress {
    files: ProgressBar,
    stages: Vec<(&'static str, ProgressBar)>,
}

impl Progress {
    /// A bar for `files` files and a line for each stage.
    pub fn new(visible: bool, files: usize, stages: &[&'static str]) -> Self {
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
    }

    /// A stage has processed some rows.
    pub fn rows_done(&self, stage: &str, counts: Counts) {
        if let Some((_, bar)) = self.stages.iter().find(|(name, _)| *name == stage) {
            bar.inc(counts.rows_in as u64);
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
