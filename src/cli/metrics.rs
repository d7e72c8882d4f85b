//! What a run did as an OpenMetrics text, for the textfile collector of node_exporter.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use parc_etl::exec::RunReport;

/// Writes the metrics of a run that has ended now, replacing the file at once, so that no reader sees half of it.
pub fn write(path: &Path, report: &RunReport) -> anyhow::Result<()> {
    let ended = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let replace = || -> std::io::Result<()> {
        let mut builder = tempfile::Builder::new();
        // The collector runs as another user.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(render(report, ended.as_secs_f64()).as_bytes())?;
        file.persist(path)?;
        Ok(())
    };
    replace().with_context(|| format!("cannot write the metrics to {}", path.display()))
}

fn render(report: &RunReport, ended: f64) -> String {
    let mut text = String::new();
    let mut gauge = |name: &str, unit: &str, help: &str, samples: Vec<(String, f64)>| {
        let _ = writeln!(text, "# TYPE {name} gauge");
        if !unit.is_empty() {
            let _ = writeln!(text, "# UNIT {name} {unit}");
        }
        let _ = writeln!(text, "# HELP {name} {help}");
        for (labels, value) in samples {
            let _ = writeln!(text, "{name}{labels} {value}");
        }
    };
    let one = |value: f64| vec![(String::new(), value)];
    gauge(
        "parc_etl_last_run_end_timestamp_seconds",
        "seconds",
        "When the last run ended, in seconds since 1970.",
        one(ended),
    );
    gauge(
        "parc_etl_run_seconds",
        "seconds",
        "Wall-clock time of the run.",
        one(report.seconds),
    );
    gauge(
        "parc_etl_run_up_to_date",
        "",
        "1 where nothing was new and the tables stayed as they were.",
        one(f64::from(u8::from(report.up_to_date))),
    );
    gauge(
        "parc_etl_run_known_documents",
        "",
        "Documents that an earlier run had cleaned and extracted by the same rules.",
        one(report.known_documents as f64),
    );
    gauge(
        "parc_etl_run_rejected_ratio",
        "ratio",
        "Share of the documents read that were rejected.",
        one(report.reject_share),
    );
    let stage_rows = report.stages.iter().flat_map(|stage| {
        let counts = stage.counts;
        let outcomes = [
            ("kept", counts.kept),
            ("rejected", counts.rejected),
            ("merged", counts.merged),
        ];
        outcomes.map(|(outcome, rows)| {
            let labels = format!("{{stage=\"{}\",outcome=\"{outcome}\"}}", stage.stage);
            (labels, rows as f64)
        })
    });
    gauge(
        "parc_etl_stage_rows",
        "",
        "What became of the rows that a stage took.",
        stage_rows.collect(),
    );
    let busy = report.stages.iter();
    let busy = busy.map(|stage| (format!("{{stage=\"{}\"}}", stage.stage), stage.busy_seconds));
    gauge(
        "parc_etl_stage_busy_seconds",
        "seconds",
        "Time spent on a stage, added up over the threads.",
        busy.collect(),
    );
    let tables = report.tables.iter();
    let tables = tables.map(|table| (format!("{{table=\"{}\"}}", escaped(&table.table)), table.rows as f64));
    gauge(
        "parc_etl_table_rows",
        "",
        "Rows of a published table.",
        tables.collect(),
    );
    text.push_str("# EOF\n");
    text
}

/// A label's value: the names of summary tables are the user's.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use parc_etl::exec::{Counts, StageReport, TableReport};

    use super::*;

    fn report() -> RunReport {
        RunReport {
            run_id: "r".to_owned(),
            up_to_date: false,
            known_documents: 3,
            stages: vec![StageReport {
                stage: "ingest".to_owned(),
                counts: Counts {
                    rows_in: 5,
                    kept: 3,
                    rejected: 1,
                    merged: 1,
                },
                busy_seconds: 0.25,
            }],
            tables: vec![TableReport {
                table: "meetings".to_owned(),
                rows: 2,
            }],
            reject_share: 0.2,
            too_many_rejects: false,
            output_dir: "output".into(),
            seconds: 1.5,
        }
    }

    #[test]
    fn a_run_is_told_in_open_metrics() {
        let text = render(&report(), 1_790_000_000.0);
        for line in [
            "parc_etl_last_run_end_timestamp_seconds 1790000000",
            "parc_etl_run_seconds 1.5",
            "parc_etl_run_up_to_date 0",
            "parc_etl_run_known_documents 3",
            "parc_etl_stage_rows{stage=\"ingest\",outcome=\"rejected\"} 1",
            "parc_etl_stage_busy_seconds{stage=\"ingest\"} 0.25",
            "parc_etl_table_rows{table=\"meetings\"} 2",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(text.ends_with("\n# EOF\n"));
        let families = text.lines().filter(|line| line.starts_with("# TYPE"));
        assert_eq!(
            families.count(),
            text.lines().filter(|line| line.starts_with("# HELP")).count()
        );
    }

    #[test]
    fn the_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parc_etl.prom");
        std::fs::write(&path, "old").unwrap();
        write(&path, &report()).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("# TYPE parc_etl_"));
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
        let error = write(&folder.path().join("none/parc_etl.prom"), &report()).unwrap_err();
        assert!(error.to_string().contains("cannot write the metrics to"), "{error}");
    }
}
