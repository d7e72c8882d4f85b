"""Running a pipeline, and what came of it."""

from __future__ import annotations

import html
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from . import _parc_etl
from ._paths import patterns
from ._tables import Tables, tables


@dataclass(frozen=True)
class StageCounts:
    """What became of the rows that a stage took: `rows_in = kept + rejected + merged`."""

    stage: str
    rows_in: int
    kept: int
    """Rows that are in the stage's output."""
    rejected: int
    """Rows that went to the table `rejects`."""
    merged: int
    """Rows that are contained in other rows of the output."""


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    files: int
    """Files to read; 0 until they have been found."""
    files_read: int
    stages: dict[str, int]
    """Rows that each stage has taken so far, in the order in which rows flow."""


@dataclass(frozen=True, repr=False)
class RunResult:
    """What a run did."""

    run_id: str
    """Hash of all that decides the tables; equal for equal runs."""
    output: Path
    """The folder with the tables."""
    stages: tuple[StageCounts, ...]
    rows: dict[str, int]
    """Rows of each table."""
    reject_share: float
    """Share (0 to 1) of the documents read that ended in the table `rejects`."""
    too_many_rejects: bool
    """Whether it is more than `pipeline.max_reject_share` allows."""
    up_to_date: bool
    """Whether nothing was new, so that the tables stayed as they were."""
    seconds: float

    @property
    def tables(self) -> Tables:
        """The tables, to be read when they are needed."""
        return tables(self.output)

    @property
    def paths(self) -> dict[str, list[Path]]:
        """The files of each table, Parquet first."""
        found = {name: [self.output / f"{name}.{ending}" for ending in ("parquet", "csv")] for name in self.rows}
        return {name: [path for path in paths if path.exists()] for name, paths in found.items()}

    def __repr__(self) -> str:
        return f"<RunResult {self.run_id}: {self.rows.get('documents', 0)} documents, tables in {os.path.relpath(self.output)}>"

    def _repr_html_(self) -> str:
        read = self.stages[0]
        state = "Nothing was new" if self.up_to_date else f"Done in {self.seconds:.1f} s"
        rows = "".join(f"<tr><td><b>{html.escape(name)}</b></td><td>{rows}</td></tr>" for name, rows in self.rows.items())
        return (
            f"<p>{state}: {read.rows_in} documents read, {self.reject_share:.1%} rejected, tables in "
            f"<code>{html.escape(os.path.relpath(self.output))}</code></p>"
            f"<table><thead><tr><th>table</th><th>rows</th></tr></thead><tbody>{rows}</tbody></table>"
        )


def run(
    pipeline: str | os.PathLike[str],
    *,
    input: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None,
    output: str | os.PathLike[str] | None = None,
    jobs: int | None = None,
    until: str | None = None,
    force: bool = False,
    progress: bool | Callable[[Progress], None] | None = None,
) -> RunResult:
    """Reads the inputs of a pipeline and writes its tables, all together or not at all.

    Ctrl-C stops the run; what was in the output folder is then as it was.

    Args:
        pipeline: the pipeline file.
        input: glob patterns, from the current folder, in place of `ingest.inputs`.
        output: a folder in place of `output.dir`.
        jobs: threads; one per core where not given.
        until: the last stage to run: ingest, clean, extract, resolve or aggregate.
        force: runs even where nothing is new since the tables were written.
        progress: a function that is called ten times a second; False for nothing. Where not given: a line in a
            notebook, bars on a terminal.

    Raises:
        ConfigError: mistakes in the pipeline file, all of them in `problems`.
        RunError: the run could not be done, for instance because there is no input.
        KeyboardInterrupt: Ctrl-C.
    """
    shown = _in_notebook() if progress is None or progress is True else progress or None
    tell = None if shown is None else lambda files, read, stages: shown(Progress(files, read, dict(stages)))
    report = _parc_etl.run(
        os.fspath(pipeline),
        input=patterns(input),
        output=None if output is None else os.path.abspath(output),
        jobs=jobs,
        until=until,
        force=force,
        bars=shown is None and progress is not False and sys.stderr is not None and sys.stderr.isatty(),
        progress=tell,
    )
    return _result(json.loads(report))


def _result(report: dict) -> RunResult:
    counts = ("stage", "rows_in", "kept", "rejected", "merged")
    return RunResult(
        run_id=report["run_id"],
        output=Path(report["output_dir"]),
        stages=tuple(StageCounts(*(stage[name] for name in counts)) for stage in report["stages"]),
        rows={table["table"]: table["rows"] for table in report["tables"]},
        reject_share=report["reject_share"],
        too_many_rejects=report["too_many_rejects"],
        up_to_date=report["up_to_date"],
        seconds=report["seconds"],
    )


def _in_notebook() -> Callable[[Progress], None] | None:
    """Shows how far a run is in one line of the notebook that calls; None elsewhere."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython
    from IPython.display import HTML, display

    if not getattr(get_ipython(), "kernel", None):
        return None
    line = display(HTML("…"), display_id=True)

    def show(progress: Progress) -> None:
        busy = [f"{stage}: {rows}" for stage, rows in progress.stages.items() if rows]
        text = f"{progress.files_read} of {progress.files} files read; rows: {', '.join(busy[-3:]) or 'none yet'}"
        line.update(HTML(f"<small>{html.escape(text)}</small>"))

    return show
