//! What a run tells at its end.

use std::fmt::Write;

use parc_etl::config::Pipeline;
use parc_etl::exec::{RunReport, StageReport};

use super::terminal::shown;

/// The tables whose rows the end of a run counts.
const COUNTED_TABLES: [&str; 5] = ["meetings", "officials", "indicators", "citations", "rejects"];

/// Documents read and kept.
struct Documents {
    read: usize,
    kept: usize,
}

impl Documents {
    fn of(report: &RunReport) -> Documents {
        let counts = |name: &str| report.stage(name).unwrap_or_default();
        let read = counts("ingest").rows_in;
        let last = if report.stage("clean").is_some() {
            "clean"
        } else {
            "ingest"
        };
        Documents {
            read,
            kept: counts(last).kept,
        }
    }
}

fn rejected(report: &RunReport) -> usize {
    let rejected = |stage: &StageReport| stage.counts.rejected;
    report.stages.iter().map(rejected).sum()
}

/// The table at the end of a run.
pub fn render(report: &RunReport) -> String {
    let documents = Documents::of(report);
    let mut counts = format!(
        "{} read, {} kept, {} rejected",
        documents.read,
        documents.kept,
        rejected(report)
    );
    if report.known_documents > 0 {
        let _ = write!(counts, "; {} known from earlier runs", report.known_documents);
    }
    let mut rows: Vec<(&str, String)> = vec![("documents", counts)];
    for table in COUNTED_TABLES {
        if let Some(count) = report.rows(table) {
            rows.push((table, count.to_string()));
        }
    }
    rows.push(("seconds", format!("{:.1}", report.seconds)));
    rows.push(("output", shown(&report.output_dir)));
    let mut text = String::new();
    if report.up_to_date {
        text.push_str("Nothing is new: the tables are those of the run before.\n");
    }
    for (name, value) in rows {
        let _ = writeln!(text, "{name:<12}{value}");
    }
    text
}

/// The same as one line of the log.
pub fn log(report: &RunReport) {
    let documents = Documents::of(report);
    tracing::info!(
        run_id = report.run_id,
        up_to_date = report.up_to_date,
        documents_known = report.known_documents,
        documents_read = documents.read,
        documents_kept = documents.kept,
        documents_rejected = rejected(report),
        meetings = report.rows("meetings"),
        officials = report.rows("officials"),
        indicators = report.rows("indicators"),
        citations = report.rows("citations"),
        seconds = report.seconds,
        output_dir = %report.output_dir.display(),
        "run finished"
    );
}

/// Why the exit code is 1.
pub fn reject_warning(report: &RunReport, pipeline: &Pipeline) -> String {
    format!(
        "{:.1} % of the documents were rejected, more than the {:.1} % of pipeline.max_reject_share; \
         the table rejects says why",
        100.0 * report.reject_share,
        100.0 * pipeline.config.pipeline.max_reject_share,
    )
}
