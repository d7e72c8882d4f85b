"""What Spark's workers do: functions over an iterator of record batches that any worker may call again after a failure.

A task knows the pipeline file, not its content: a worker reads it once, and refuses where its own parc-etl or what the file
says is not that of the driver.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from .._parc_etl import ParcEtlError, Plan

Batches = Iterator[pa.RecordBatch]

# What a plan that reads and writes nothing is given in place of its files.
_NOWHERE = "/nowhere"


@functools.cache
def plan(pipeline: str, plan_id: str) -> Plan:
    """The plan of a pipeline file, of which the driver's has this id."""
    found = Plan(pipeline, input=[_NOWHERE], output=_NOWHERE)
    if found.id != plan_id:
        raise ParcEtlError(
            f"a worker has another parc-etl than the driver, or other options, word lists or decisions in {pipeline}; "
            "install the same version everywhere and let all see the same files"
        )
    return found


@dataclass(frozen=True)
class Task:
    """A task of a pipeline."""

    pipeline: str
    plan_id: str

    @property
    def plan(self) -> Plan:
        return plan(self.pipeline, self.plan_id)


class Identify(Task):
    """Files (number, path, source_path) to the ids of their documents (document_id, file, record)."""

    def __call__(self, batches: Batches) -> Batches:
        for batch in batches:
            paths = zip(batch["path"].to_pylist(), batch["source_path"].to_pylist())
            yield from self.plan.identify(list(paths), batch["number"].to_pylist())


class Read(Task):
    """Files, each with its records that are `copies`, to all that is found document by document."""

    def __call__(self, batches: Batches) -> Batches:
        for batch in batches:
            paths = zip(batch["path"].to_pylist(), batch["source_path"].to_pylist())
            copies = [set(records or ()) for records in batch["copies"].to_pylist()]
            yield from self.plan.read(list(paths), copies)


@dataclass(frozen=True)
class Apply(Task):
    """Rows of a step's table, all that belong together in one partition, to what its stage makes of them."""

    step: int
    row_by_row: bool

    def __call__(self, batches: Batches) -> Batches:
        if self.row_by_row:
            for batch in batches:
                yield from self.plan.apply(self.step, [batch])
            return
        rows = list(batches)
        if rows:
            yield from self.plan.apply(self.step, rows)


@dataclass(frozen=True)
class Unpack(Task):
    """Rows of a table as they travel to rows as they are published."""

    table: str

    def __call__(self, batches: Batches) -> Batches:
        for batch in batches:
            yield self.plan.unpack(self.table, batch)
