"""The same tables from Apache Spark, where one machine is too small.

>>> from pyspark.sql import SparkSession
>>> import parc_etl.spark
>>> spark = SparkSession.builder.getOrCreate()
>>> result = parc_etl.spark.run(spark, "pipelines/default.toml", output="/shared/tables")

Needs `pip install 'parc-etl[spark]'` on the driver and the package on every worker. Pipeline file, word lists, inputs and
output lie where all of them see them under one path: on a shared file system.
"""

from ._run import SparkResult, run

__all__ = ["SparkResult", "run"]
