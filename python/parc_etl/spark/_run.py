"""A pipeline's run on Spark."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from .._parc_etl import ParcEtlError, Plan, describe
from .._paths import patterns
from .._run import StageCounts
from .._tables import Tables, tables
from ._ddl import ddl
from ._flow import Flow
from ._sql import translated
from ._storage import Storage

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# Bytes of input that one task takes, where more cores would not have less.
_TASK_BYTES = 64 << 20

# Code of rejects that a decision asked for.
_DECIDED = "decision"


@dataclass(frozen=True)
class SparkResult:
    """What a run on Spark did."""

    output: str
    """The folder with the tables: `NAME.parquet`, a folder of part files each."""
    stages: tuple[StageCounts, ...]
    rows: dict[str, int]
    """Rows of each table."""
    seconds: float

    @property
    def tables(self) -> Tables:
        """The tables, to be read when they are needed; where the folder is one that this machine sees."""
        return tables(self.output.removeprefix("file://"))


def run(
    spark: SparkSession,
    pipeline: str | os.PathLike[str],
    input: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None,
    output: str | os.PathLike[str] | None = None,
    *,
    partitions: int | None = None,
    overwrite: bool = False,
) -> SparkResult:
    """Reads the inputs of a pipeline and writes its tables as Parquet, all together or not at all.

    The tables are those of `parc_etl.run` into an empty folder, row for row, though in another order and for any number of
    partitions. Ids of earlier runs are not kept.

    Args:
        spark: the session; its workers need the package, and see pipeline file, word lists, inputs and output under the
            paths that the driver has for them.
        pipeline: the pipeline file.
        input: glob patterns, from the current folder, in place of `ingest.inputs`. A file is read by one task.
        output: a folder in place of `output.dir`, or a URL (`hdfs://…`) of a file system that Spark knows.
        partitions: into how many parts rows are split; where not given, three for each core, or more where they would
            have more than 64 MiB of the inputs each. A worker holds one part per core in memory.
        overwrite: replaces tables that are there.

    Raises:
        ConfigError: mistakes in the pipeline file.
        RunError: no input, or a file that the pipeline names cannot be used.
        ParcEtlError: the output folder is there already, or Spark cannot run the SQL of a summary table.
    """
    started = time.monotonic()
    pipeline = os.path.abspath(pipeline)
    given_output = None if output is None or _is_url(output) else os.path.abspath(output)
    plan = Plan(pipeline, input=patterns(input), output=given_output)
    files = plan.inputs()
    # Neither the caller's views nor options set in the caller's session meet those of the run.
    spark = spark.newSession()
    # An element that a list does not have is null, as it is for the local engine.
    spark.conf.set("spark.sql.ansi.enabled", "false")
    storage = Storage(spark, os.fspath(output) if _is_url(output) else f"file://{os.path.abspath(plan.output)}")
    storage.check_free(overwrite)
    queries = translated(plan, spark)
    if partitions is None:
        in_bytes = sum(size for _, _, size in files)
        partitions = max(3 * spark.sparkContext.defaultParallelism, -(-in_bytes // _TASK_BYTES))
    flow = Flow(spark, storage, plan, pipeline, partitions)
    try:
        flow.read(files)
        flow.run()
        writing = _Writing(spark, storage, plan, flow)
        writing.tables()
        writing.summaries(queries)
        stages = writing.counts()
        storage.publish()
    finally:
        storage.clear()
    return SparkResult(storage.folder, stages, writing.rows, time.monotonic() - started)


def _is_url(output: object) -> bool:
    return isinstance(output, str) and "://" in output


class _Writing:
    """Tables on their way to the output folder."""

    def __init__(self, session: SparkSession, storage: Storage, plan: Plan, flow: Flow) -> None:
        self.session = session
        self.storage = storage
        self.plan = plan
        self.flow = flow
        self.rows: dict[str, int] = {}

    def tables(self) -> None:
        """Writes the published tables; those that look at others come last."""
        names = [name for name, _, _, _ in describe()]
        reference = self.plan.reference_tables()
        for name in names:
            if name in reference:
                self._write(name, self._frame(reference[name]))
            elif name not in ("rejects", "decisions"):
                self._write(name, self.flow.published(name))
        self._write("rejects", self._placed(self.flow.published("rejects")))
        self._write("decisions", self._frame(self._decisions()))
        self.rows = {name: self.rows[name] for name in names}

    def summaries(self, queries: list[tuple[str, str]]) -> None:
        """Computes and writes the summary tables over those that are written."""
        for name, query in queries:
            self._write(name, self.session.sql(query).coalesce(1))

    def counts(self) -> tuple[StageCounts, ...]:
        """What became of the rows that each stage took."""
        names = ["rows_in", "kept", "rejected", "merged"]
        sums = self.flow.published("counts").groupBy("stage").sum(*names).collect()
        found = {row[0]: row[1:] for row in sums}
        steps = (step.stage for step in self.plan.steps if step.stage is not None)
        stages = ["ingest", "clean", "extract", *steps]
        return tuple(StageCounts(stage, *found.get(stage, (0, 0, 0, 0))) for stage in stages)

    def _write(self, name: str, frame: DataFrame) -> None:
        folder = self.storage.staged(name)
        frame.write.option("compression", "zstd").parquet(folder)
        written = self.session.read.schema(frame.schema).parquet(folder)
        written.createOrReplaceTempView(name)
        self.rows[name] = written.count()

    def _frame(self, batch: pa.RecordBatch) -> DataFrame:
        return self.session.createDataFrame(pa.Table.from_batches([batch]), ddl(batch.schema))

    def _placed(self, rejects: DataFrame) -> DataFrame:
        """Rejects that know only their document get its source."""
        from pyspark.sql import functions as f

        documents = self.session.table("documents").select(
            f.col("document_id").alias("of"), f.col("source_path").alias("path"), f.col("source_record").alias("record")
        )
        joined = rejects.join(documents, (rejects["source_path"] == "") & (rejects["document_id"] == f.col("of")), "left")
        found = f.col("of").isNotNull()
        return (
            joined.withColumn("source_path", f.when(found, f.col("path")).otherwise(f.col("source_path")))
            .withColumn("source_record", f.when(found, f.col("record")).otherwise(f.col("source_record")))
            .select(*rejects.columns)
        )

    def _decisions(self) -> pa.RecordBatch:
        """What the analyst decided, and whether the tables hold it."""
        known = set()
        for table, column, ids in self.plan.decided_ids():
            rows = self.session.table(table).where(self.session.table(table)[column].isin(ids)).select(column).distinct()
            known.update(row[0] for row in rows.collect())
        rejects = self.session.table("rejects").where(f"code = '{_DECIDED}'").toArrow()
        schema = self.plan.schema("rejects", travelling=False)
        rows = rejects.cast(schema).combine_chunks().to_batches()
        rejects = rows[0] if rows else pa.RecordBatch.from_pylist([], schema=schema)
        return self.plan.decided(sorted(known), rejects)
