"""`parc_etl.stages`, and that the types say what the native module has."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import polars
import pyarrow as pa
import pytest
from conftest import ARTICLE, PIPELINE

import parc_etl
from parc_etl import _parc_etl

STAGES = parc_etl.stages()
BY_NAME = {stage.name: stage for stage in STAGES}


def test_stages_say_what_they_take_and_give() -> None:
    assert [stage.name for stage in STAGES[:3]] == ["ingest", "clean", "extract"]
    assert [stage.name for stage in parc_etl.stages(PIPELINE)] == [stage.name for stage in STAGES]
    match = BY_NAME["resolve.match"]
    assert (match.partitioning, match.key, match.input) == ("keyed", "block", "meeting_profiles")
    assert (BY_NAME["clean"].partitioning, BY_NAME["clean"].key) == ("map", None)
    assert BY_NAME["resolve.duplicates"].partitioning == "whole"
    assert list(match.output_schemas) == ["meeting_clusters", "meeting_neighbors"]
    assert match.input_schema.field("block").metadata[b"description"]
    assert repr(match).startswith("<Stage resolve.match: meeting_profiles → ")


def documents() -> pa.RecordBatch:
    sources = pa.record_batch(
        {"source_path": ["a.txt", "b.docx"], "content": [ARTICLE.encode(), b"x"]}, schema=BY_NAME["ingest"].input_schema
    )
    read = BY_NAME["ingest"].apply(sources)
    assert read["rejects"]["code"].to_pylist() == ["unknown_format"]
    return BY_NAME["clean"].apply(read["raw_documents"])["documents"]


def test_stages_are_functions_over_batches() -> None:
    found = BY_NAME["extract"].apply(documents())
    assert [meeting["kind"] for meeting in found["extractions"]["meetings"].to_pylist()[0]] == ["hội nghị"]
    reports = BY_NAME["resolve.reports"].apply(found["extractions"])
    assert set(reports) == {*BY_NAME["resolve.reports"].outputs, "rejects"}
    assert reports["meeting_candidates"].num_rows == 1
    assert reports["meeting_profiles"].num_rows == 2  # the second visits the block of the day after


def test_rows_are_taken_in_the_types_of_other_libraries() -> None:
    rows = documents()
    expected = BY_NAME["extract"].apply(rows)["extractions"]
    through_polars = polars.DataFrame(rows).select(sorted(rows.schema.names))
    assert BY_NAME["extract"].apply(through_polars)["extractions"] == expected
    views = rows.cast(pa.schema([f.with_type(pa.string_view()) if f.type == pa.string() else f for f in rows.schema]))
    assert BY_NAME["extract"].apply(views)["extractions"] == expected


def test_a_batch_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(parc_etl.ParcEtlError, match="documents has no column document_id"):
        BY_NAME["extract"].apply(pa.table({"text": [ARTICLE]}))


def test_the_stubs_say_what_the_native_module_has() -> None:
    stub = ast.parse((Path(_parc_etl.__file__).parent / "_parc_etl.pyi").read_text(encoding="utf-8"))
    said = {}
    for node in stub.body:
        if isinstance(node, ast.ClassDef):
            said[node.name] = {
                item.name if isinstance(item, ast.FunctionDef) else item.target.id
                for item in node.body
                if isinstance(item, (ast.FunctionDef, ast.AnnAssign))
            }
        elif isinstance(node, ast.FunctionDef):
            said[node.name] = [argument.arg for argument in node.args.args + node.args.kwonlyargs]
        elif isinstance(node, ast.AnnAssign):
            said[node.target.id] = None
    present = {name for name in vars(_parc_etl) if not name.startswith("__") or name == "__version__"}
    assert set(said) == present
    for name, expected in said.items():
        value = getattr(_parc_etl, name)
        if isinstance(value, type) and not issubclass(value, Exception):
            members = {member for member in vars(value) if not member.startswith("__")}
            assert members == {member for member in expected if not member.startswith("__")}, name
        elif callable(value) and not isinstance(value, type):
            assert list(inspect.signature(value).parameters) == expected, name
