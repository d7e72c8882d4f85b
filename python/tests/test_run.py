"""`parc_etl.run` and `parc_etl.tables`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import polars
import pyarrow as pa
import pytest
from conftest import ARTICLE, PIPELINE

import parc_etl


def test_a_run_tells_its_counts_and_paths(samples: parc_etl.RunResult) -> None:
    manifest = json.loads((samples.output / "manifest.json").read_text())
    assert samples.run_id == manifest["run_id"]
    assert [stage.__dict__ for stage in samples.stages] == manifest["stages"]
    assert samples.rows["documents"] == len(samples.tables["documents"]) > 50
    assert [path.name for path in samples.paths["meetings"]] == ["meetings.parquet", "meetings.csv"]
    assert not samples.up_to_date and not samples.too_many_rejects
    assert "meetings" in samples._repr_html_()


def test_a_second_run_has_nothing_to_do(samples: parc_etl.RunResult) -> None:
    again = parc_etl.run(PIPELINE, output=samples.output, progress=False)
    assert again.up_to_date and again.rows == samples.rows


def test_tables_are_read_by_polars_duckdb_pandas_and_anything_of_arrow(samples: parc_etl.RunResult) -> None:
    tables = parc_etl.tables(samples.output)
    assert list(tables) == list(samples.rows)
    meetings = tables["meetings"]
    expected = meetings.to_arrow().column("meeting_id").to_pylist()
    assert len(expected) == len(meetings) == samples.rows["meetings"]
    assert meetings.to_polars().collect()["meeting_id"].to_list() == expected
    assert meetings.to_pandas()["meeting_id"].tolist() == expected
    assert pa.table(meetings).column("meeting_id").to_pylist() == expected
    assert polars.DataFrame(meetings)["meeting_id"].to_list() == expected
    assert [row[0] for row in meetings.duckdb().project("meeting_id").fetchall()] == expected
    chairs = "SELECT count(*) FROM participations JOIN meetings USING (meeting_id) WHERE role = 'chair'"
    assert tables.duckdb().sql(chairs).fetchall()[0][0] > 10


def test_tables_say_what_they_are(samples: parc_etl.RunResult) -> None:
    tables = parc_etl.tables(samples.output)
    assert tables["meetings"].description.startswith("A real gathering")
    assert "one month" in tables["meetings_by_month"].description
    assert tables["meetings"].schema.field("date").metadata[b"description"] == b"First day, where known."
    with pytest.raises(KeyError, match="there is no table meeting; there are documents, meetings"):
        tables["meeting"]


def test_what_a_document_says_is_no_markup_in_a_notebook(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"<b>Tin</b>\n{ARTICLE}<script>alert(1)</script>", encoding="utf-8")
    (tmp_path / "p.toml").write_text('[pipeline]\nname = "<i>p</i>"\n[ingest]\ninputs = ["a.txt"]\n')
    result = parc_etl.run(tmp_path / "p.toml", output=tmp_path / "<i>output</i>", progress=False)
    shown = result._repr_html_() + result.tables._repr_html_() + result.tables["documents"]._repr_html_()
    assert "&lt;b&gt;Tin" in shown and "&lt;i&gt;output" in shown
    assert not any(tag in shown for tag in ("<script", "<i>", "<b>Tin"))


def test_a_folder_without_tables_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(parc_etl.ParcEtlError, match="there are no tables in .*: run a pipeline first"):
        parc_etl.tables(tmp_path)


def test_every_mistake_in_a_pipeline_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('[pipeline]\nname = "x"\n[ingest]\ninput = ["*.txt"]\n[extract]\nmin_confidence = 7\n')
    with pytest.raises(parc_etl.ConfigError) as raised:
        parc_etl.run(file)
    problems = raised.value.problems
    assert [(problem.severity, problem.line) for problem in problems][-1] == ("error", 6)
    assert any(problem.hint and "inputs" in problem.hint for problem in problems)
    assert "wrong.toml:6" in str(raised.value) and "wrong.toml:6" in repr(problems[-1])
    assert isinstance(raised.value, parc_etl.ParcEtlError)
    with pytest.raises(parc_etl.ConfigError, match="there is no file"):
        parc_etl.run(tmp_path / "missing.toml")


def test_a_run_without_input_is_an_error_that_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(parc_etl.RunError, match="no input: nothing below .* matches .*nothing-here"):
        parc_etl.run(PIPELINE, input=tmp_path / "nothing-here-*.txt", output=tmp_path / "output")
    with pytest.raises(parc_etl.RunError, match="there is no stage `cleaning`"):
        parc_etl.run(PIPELINE, output=tmp_path / "output", until="cleaning")


def test_input_is_a_pattern_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tin [2021]"
    folder.mkdir()
    for name in ("a[1].txt", "b.txt"):
        (folder / name).write_text(ARTICLE + name, encoding="utf-8")
    monkeypatch.chdir(folder)
    for given, read in [("*.txt", 2), (["a[1].txt"], 1), ([folder / "b.txt"], 1), ("b.*", 1)]:
        result = parc_etl.run(PIPELINE, input=given, output=tmp_path / "output", progress=False)
        assert result.stages[0].rows_in == read, given


def test_progress_is_told_and_other_threads_go_on(tmp_path: Path) -> None:
    seen: list[parc_etl.Progress] = []
    ticks = []
    stop = threading.Event()

    def tick() -> None:
        while not stop.wait(0.001):
            ticks.append(time.monotonic())

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.monotonic()
    result = parc_etl.run(PIPELINE, output=tmp_path / "output", jobs=1, progress=seen.append)
    ended = time.monotonic()
    stop.set()
    thread.join()
    assert seen[-1].files == seen[-1].files_read > 50
    assert seen[-1].stages["extract"] == result.stages[2].rows_in
    during = [began, *(moment for moment in ticks if began <= moment <= ended), ended]
    assert max(b - a for a, b in zip(during, during[1:])) < (ended - began) / 2


def test_an_error_in_the_progress_function_stops_the_run(tmp_path: Path) -> None:
    def fail(progress: parc_etl.Progress) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        parc_etl.run(PIPELINE, output=tmp_path / "output", progress=fail)


def test_ctrl_c_stops_a_run_and_leaves_the_output_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "dump.jsonl").write_text(
        "".join(json.dumps({"text": f"{ARTICLE} Tin số {number}."}, ensure_ascii=False) + "\n" for number in range(200_000)),
        encoding="utf-8",
    )
    code = (
        "import parc_etl, sys\n"
        "try:\n"
        f"    parc_etl.run({str(PIPELINE)!r}, input={str(tmp_path / 'dump.jsonl')!r}, output={str(tmp_path / 'output')!r},\n"
        "        progress=lambda progress: print('on', flush=True))\n"
        "except KeyboardInterrupt as error:\n"
        "    print('stopped', error)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "on\n"
    os.kill(process.pid, signal.SIGINT)
    began = time.monotonic()
    rest, _ = process.communicate(timeout=60)
    assert "stopped" in rest and process.returncode == 0
    assert time.monotonic() - began < 20
    assert not (tmp_path / "output").exists() or not any((tmp_path / "output").iterdir())
