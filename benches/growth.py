#!/usr/bin/env python3
"""Measure how time, memory and quality of a run change with the number of documents.

    growth.py PROGRAM GENERATOR [--documents 10000 100000 1000000] [--jobs N] [--folder FOLDER]

PROGRAM    parc-etl, built with --release
GENERATOR  the example `generate`, built with --release

Each corpus is made once and run once into an empty folder. Prints a table: seconds and processor microseconds per
document, peak memory, the microseconds of each kind of stage, and precision and recall over pairs of reports that are, or
are said to be, of one meeting. Needs DuckDB (`pip install duckdb`).
"""
import argparse
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import duckdb

MAP_STAGES = ("ingest", "clean", "extract")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("generator", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/parc-etl-growth"))
    arguments = parser.parse_args()
    print("| documents | seconds | peak MiB | ingest µs | clean µs | extract µs | resolve µs | precision | recall |")
    print("|---|---|---|---|---|---|---|---|---|")
    for documents in sorted(arguments.documents):
        corpus = arguments.folder / str(documents)
        if not (corpus / "truth.csv").exists():
            subprocess.run([arguments.generator, "--documents", str(documents), "--output", corpus], check=True)
        tables = arguments.folder / f"{documents}-tables"
        shutil.rmtree(tables, ignore_errors=True)
        run = measured_run(arguments.program, corpus, tables, arguments.jobs)
        busy = run["busy"]
        resolve = sum(seconds for stage, seconds in busy.items() if stage not in MAP_STAGES)
        times = [busy[stage] for stage in MAP_STAGES] + [resolve]
        micros = " | ".join(f"{1e6 * seconds / documents:.0f}" for seconds in times)
        precision, recall = pairwise(corpus / "truth.csv", tables)
        print(
            f"| {documents:,} | {run['seconds']:.1f} | {run['peak_mib']:.0f} | {micros} | {precision:.3f} | {recall:.3f} |",
            flush=True,
        )


def measured_run(program: Path, corpus: Path, tables: Path, jobs: int) -> dict:
    """Runs the default pipeline; its wall-clock seconds, peak memory and busy seconds by stage."""
    command = [program, "run", "pipelines/default.toml", "--input", f"{corpus}/*.jsonl.gz", "--output", tables]
    command += ["--jobs", str(jobs), "--log-format", "json"]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    log = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(log)
    records = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    fields = [record.get("fields", record) for record in records]
    busy = {field["stage"]: field["busy_seconds"] for field in fields if "busy_seconds" in field}
    return {"seconds": time.monotonic() - started, "peak_mib": usage.ru_maxrss / 1024, "busy": busy}


def pairwise(truth: Path, tables: Path) -> tuple[float, float]:
    """Precision and recall over pairs of reports in different documents."""
    found = duckdb.sql(f"""
        WITH report AS (
            SELECT document_id, min_by(meeting_id, start) AS told
            FROM '{tables}/meeting_reports.parquet' WHERE is_primary GROUP BY document_id
        ), shared AS (
            SELECT meeting, told, count(*) AS n
            FROM read_csv('{truth}', all_varchar = true)
            JOIN '{tables}/documents.parquet' USING (url)
            LEFT JOIN report USING (document_id)
            WHERE meeting IS NOT NULL
            GROUP BY ALL
        ), pairs AS (
            SELECT
                (SELECT sum(n * (n - 1)) FROM shared WHERE told IS NOT NULL) AS "right",
                (SELECT sum(n * (n - 1)) FROM (SELECT sum(n) AS n FROM shared WHERE told IS NOT NULL GROUP BY told)) AS said,
                (SELECT sum(n * (n - 1)) FROM (SELECT sum(n) AS n FROM shared GROUP BY meeting)) AS there
        )
        SELECT "right" / said, "right" / there FROM pairs
    """)
    return found.fetchall()[0]


if __name__ == "__main__":
    main()
