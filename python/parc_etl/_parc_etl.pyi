"""The native module. Tables and schemas that it gives are pyarrow objects, handed over without a copy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

__version__: str
STAGES: list[str]

class ParcEtlError(Exception):
    """Whatever parc_etl could not do; the base of its exceptions."""

class ConfigError(ParcEtlError):
    """A pipeline file that cannot run."""

    problems: list[Problem]

class RunError(ParcEtlError):
    """A run that could not be done; what was in the output folder is unchanged."""

class Problem:
    """A mistake in a pipeline file, or in a file that it names."""

    severity: str
    message: str
    hint: str | None
    path: str
    line: int | None
    column: int | None

class Stage:
    """One step of the pipeline: a pure function over record batches, without files, clock or randomness."""

    @property
    def name(self) -> str:
        """Name in logs and rejects, such as `extract` or `resolve.match`."""

    @property
    def input(self) -> str:
        """Name of the table whose rows it takes."""

    @property
    def outputs(self) -> list[str]:
        """Names of the tables whose rows it gives."""

    @property
    def partitioning(self) -> str:
        """`map`: rows may be split in any way. `keyed`: all rows with one value of `key` in one call. `whole`: all rows in
        one call."""

    @property
    def key(self) -> str | None:
        """The column by which rows belong together, for a keyed stage."""

    @property
    def input_schema(self) -> pa.Schema:
        """Columns of the rows that it takes; the metadata of a field holds its `description`."""

    @property
    def output_schemas(self) -> dict[str, pa.Schema]:
        """Columns of the rows that it gives, for each of `outputs`."""

    def apply(self, batch: Any) -> dict[str, pa.RecordBatch]:
        """Applies the stage to rows: a record batch for each of `outputs`, and `rejects`.

        Args:
            batch: whatever has `__arrow_c_array__` or `__arrow_c_stream__`, with the columns of `input_schema` in any
                order; texts may be `string`, `large_string` or `string_view`. Rows may come in any order.

        Raises:
            ParcEtlError: a column is missing or has another type. Bad data give rejects.
        """

class Step:
    number: int
    per_document: bool
    stage: str | None
    partitioning: str | None
    table: str
    key: list[str]
    outputs: list[str]
    from_table: str | None
    from_key: list[str]
    columns: list[tuple[str, str]]

class Reading(Iterator[pa.RecordBatch]):
    def __iter__(self) -> Reading: ...
    def __next__(self) -> pa.RecordBatch: ...

class Plan:
    """The steps of a pipeline, for an engine that distributes rows; see `parc_etl.spark`."""

    def __init__(self, file: str, *, input: list[str] | None, output: str | None) -> None: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def output(self) -> Path: ...
    @property
    def summaries(self) -> list[tuple[str, str, str]]: ...
    @property
    def steps(self) -> list[Step]: ...
    def inputs(self) -> list[tuple[Path, str, int]]: ...
    def schema(self, table: str, *, travelling: bool) -> pa.Schema: ...
    def gives(self, step: int | None) -> tuple[list[str], pa.Schema]: ...
    def unpack(self, table: str, rows: pa.RecordBatch) -> pa.RecordBatch: ...
    def apply(self, step: int, rows: list[pa.RecordBatch]) -> list[pa.RecordBatch]: ...
    def read(self, files: list[tuple[str, str]], copies: list[set[int]]) -> Reading: ...
    def identify(self, files: list[tuple[str, str]], numbers: list[int]) -> Reading: ...
    def given(self) -> dict[str, pa.RecordBatch]: ...
    def reference_tables(self) -> dict[str, pa.RecordBatch]: ...
    def decided_ids(self) -> list[tuple[str, str, list[str]]]: ...
    def decided(self, known: list[str], rejects: pa.RecordBatch) -> pa.RecordBatch: ...

def run(
    file: str,
    *,
    input: list[str] | None,
    output: str | None,
    jobs: int | None,
    until: str | None,
    force: bool,
    bars: bool,
    progress: Callable[[int, int, list[tuple[str, int]]], None] | None,
) -> str: ...
def extract(
    data: Any, *, file: str | None, jobs: int | None, on_topic_only: bool | None
) -> list[tuple[str, str, pa.RecordBatch]]: ...
def explain(text: str, *, file: str | None, on_topic_only: bool, width: int) -> tuple[str, str, str]: ...
def evaluate(gold: str, output: str) -> str: ...
def stages(file: str | None) -> list[Stage]: ...
def describe() -> list[tuple[str, str, list[str], pa.Schema]]: ...
