"""The steps of a plan over Spark's frames.

A table between two steps has the columns at which steps look, and all others of a row packed into one. What a step's tasks give,
rows of several tables, rejects and counts, is written together, in a folder of Parquet files per table, where the next steps
read it: so a worker that dies takes nothing with it that is done, and Spark's plans stay small.
"""

from __future__ import annotations

import heapq
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from .._parc_etl import Plan, Step
from ._ddl import ddl
from ._storage import Storage
from ._tasks import Apply, Identify, Read, Task, Unpack

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FILE_COLUMNS = "bin INT, number BIGINT, path STRING, source_path STRING"

# Size of the row groups between steps: what each of a task's files holds in memory.
_ROW_GROUP_BYTES = 8 << 20

# Tables to which one task writes at once.
_MAX_TABLES = 32


class Flow:
    """Tables that come into being step by step."""

    def __init__(self, spark: SparkSession, storage: Storage, plan: Plan, pipeline: str, partitions: int) -> None:
        spark.conf.set("spark.sql.maxConcurrentOutputFileWriters", str(_MAX_TABLES))
        spark.conf.set("spark.sql.shuffle.partitions", str(partitions))
        self.spark = spark
        self.storage = storage
        self.plan = plan
        self.pipeline = pipeline
        self.partitions = partitions
        self._folders: dict[str, list[str]] = {}
        """Where the rows of a table lie that are as a task gave them."""
        self._filled: dict[str, DataFrame] = {}
        """Rows of a table into which something was put."""

    def read(self, files: list[tuple[Path, str, int]]) -> None:
        """Reads files (path, name in the tables, bytes) and does what is done document by document."""
        from pyspark.sql import functions as f

        bins = bins_of([size for _, _, size in files], self.partitions)
        rows = [(bins[number], number, str(path), source_path) for number, (path, source_path, _) in enumerate(files)]
        listed = self.spark.createDataFrame(rows, FILE_COLUMNS)
        n_bins = max(bins) + 1
        ids = listed.repartitionById(n_bins, f.col("bin")).mapInArrow(
            self._task(Identify), "document_id STRING, file BIGINT, record BIGINT"
        )
        copies = self._copies(ids)
        located = listed.join(copies, listed["number"] == copies["file"], "left").select(
            "bin", "number", "path", "source_path", "copies"
        )
        self._take(located.repartitionById(n_bins, f.col("bin")), self._task(Read), None)
        for name, batch in self.plan.given().items():
            if batch.num_rows:
                given = self.spark.createDataFrame(pa.Table.from_batches([batch]), ddl(batch.schema))
                self._filled[name] = given

    def run(self) -> None:
        """Takes the steps over whole tables."""
        for step in self.plan.steps:
            rows = self._rows(step.table)
            if step.per_document or rows is None:
                continue
            if step.stage is None:
                self._fill(step, rows)
            else:
                self._apply(step, rows)

    def published(self, table: str) -> DataFrame:
        """The rows of a table as it is published."""
        schema = ddl(self.plan.schema(table, travelling=False))
        rows = self._rows(table)
        if rows is None:
            return self.spark.createDataFrame([], schema)
        return rows.mapInArrow(self._task(Unpack, table), schema)

    def _task(self, kind: type[Task], *arguments: object) -> Task:
        return kind(self.pipeline, self.plan.id, *arguments)

    def _copies(self, ids: DataFrame) -> DataFrame:
        """For each file its records of which another comes first: by file, then by record."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        place = Window.partitionBy("document_id").orderBy("file", "record")
        later = ids.withColumn("place", f.row_number().over(place)).where("place > 1")
        return later.groupBy("file").agg(f.collect_list("record").alias("copies"))

    def _rows(self, table: str) -> DataFrame | None:
        """The rows of a table as they travel; None where there are none."""
        filled, folders = self._filled.get(table), self._folders.get(table)
        if not folders:
            return filled
        rows = self.spark.read.schema(ddl(self.plan.schema(table, travelling=True))).parquet(*folders)
        return rows if filled is None else filled.unionByName(rows)

    def _apply(self, step: Step, rows: DataFrame) -> None:
        if step.partitioning == "keyed":
            # Not grouped by key: there are millions of keys with a few rows each, and a task cuts its rows by key itself.
            rows = rows.repartition(self.partitions, *step.key)
        elif step.partitioning == "whole":
            rows = rows.repartition(1)
        if step.table in step.outputs:
            self._forget(step.table)
        self._take(rows, self._task(Apply, step.number, step.partitioning == "map"), step.number)

    def _take(self, rows: DataFrame, task: Task, step: int | None) -> None:
        """Writes what a task gives, each table in its folder."""
        names, schema = self.plan.gives(step)
        folder = self.storage.between("documents" if step is None else f"step-{step}")
        given = rows.mapInArrow(task, ddl(schema))
        given.write.partitionBy("table").option("parquet.block.size", _ROW_GROUP_BYTES).parquet(folder)
        for number, name in enumerate(names):
            part = f"{folder}/table={number}"
            if self.storage.exists(part):
                self._folders.setdefault(name, []).append(part)

    def _forget(self, table: str) -> None:
        self._folders.pop(table, None)
        self._filled.pop(table, None)

    def _fill(self, step: Step, rows: DataFrame) -> None:
        """Rows keep the value they had where the other table has none for them."""
        from pyspark.sql import functions as f

        source = self._rows(step.from_table)
        if source is None:
            return
        keys = [f.col(name).alias(f"from_{number}") for number, name in enumerate(step.from_key)]
        values = [f.col(name).alias(f"value_{number}") for number, (_, name) in enumerate(step.columns)]
        source = source.select(*keys, *values, f.lit(True).alias("is_found"))
        pairs = [f.col(f"to_{number}") == f.col(f"from_{number}") for number in range(len(step.key))]
        numbered = rows.select("*", *(f.col(name).alias(f"to_{number}") for number, name in enumerate(step.key)))
        joined = numbered.join(source, reduce(lambda a, b: a & b, pairs), "left")
        filled = {
            name: f.when(f.col("is_found"), f.col(f"value_{number}")).otherwise(f.col(name))
            for number, (name, _) in enumerate(step.columns)
        }
        self._forget(step.table)
        self._filled[step.table] = joined.withColumns(filled).select(*rows.columns)


def bins_of(sizes: list[int], n_bins: int) -> list[int]:
    """For each file one of at most `n_bins` numbers, so that all have about as many bytes; the largest files go first."""
    bins = [(0, number) for number in range(min(n_bins, len(sizes)))]
    found = [0] * len(sizes)
    for file in sorted(range(len(sizes)), key=lambda file: (-sizes[file], file)):
        filled, number = heapq.heappop(bins)
        found[file] = number
        heapq.heappush(bins, (filled + sizes[file] + 1, number))
    return found
