"""Summary tables: the SQL of the pipeline file, run by Spark.

The file's SQL is that of the local engine, whose functions and 1-based lists are those of DuckDB; sqlglot writes it as Spark
means it. What cannot be written so is refused before anything runs, rather than computed in another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._parc_etl import ParcEtlError, Plan, describe
from ._ddl import ddl

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def translated(plan: Plan, spark: SparkSession) -> list[tuple[str, str]]:
    """Name and Spark's SQL of each summary table, checked against empty tables.

    Raises:
        ParcEtlError: Spark cannot run one of them; all are named.
    """
    for name, _, _, schema in describe():
        spark.createDataFrame([], ddl(schema)).createOrReplaceTempView(name)
    queries, problems = [], []
    for name, _, sql in plan.summaries:
        try:
            query = spark_sql(sql)
            spark.sql(query).createOrReplaceTempView(name)
            queries.append((name, query))
        except Exception as error:  # of sqlglot, or Spark's analysis
            problems.append(f"summary table {name}: {str(error).splitlines()[0]}")
    if problems:
        raise ParcEtlError("Spark cannot run the SQL of the pipeline:\n" + "\n".join(problems))
    return queries


def spark_sql(sql: str) -> str:
    """A query of the pipeline file in Spark's SQL.

    Raises:
        sqlglot.errors.SqlglotError: it has something for which Spark has no expression.
    """
    import sqlglot
    from sqlglot import exp

    def sorted_lists(node: exp.Expression) -> exp.Expression:
        """ARRAY_AGG(x ORDER BY x), which Spark lacks; sqlglot would leave the order out."""
        if not isinstance(node, exp.ArrayAgg) or not isinstance(node.this, exp.Order):
            return node
        order = node.this.expressions
        if len(order) != 1 or order[0].this != node.this.this:
            raise sqlglot.UnsupportedError("in ARRAY_AGG(x ORDER BY y), Spark can order by x alone")
        ascending = exp.Boolean(this=not order[0].args.get("desc"))
        return exp.Anonymous(this="SORT_ARRAY", expressions=[exp.ArrayAgg(this=node.this.this), ascending])

    query = sqlglot.parse_one(sql, read="duckdb").transform(sorted_lists)
    return query.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
