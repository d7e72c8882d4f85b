"""Tables of meetings, officials, figures and citations from Vietnamese public-administration news.

>>> import parc_etl
>>> result = parc_etl.run("pipelines/default.toml")         # files to tables
>>> result.tables["meetings"].to_polars().collect()          # look at them
>>> parc_etl.extract("Sáng 12/5/2020, UBND tỉnh … họp …")    # texts to tables, without files
>>> parc_etl.explain("Sáng 12/5/2020, UBND tỉnh … họp …")    # a text with its facts marked

On a cluster: `parc_etl.spark`. What the tables mean: `parc-etl schema`, or `Table.schema` with a description for each
column.
"""

from ._explain import Explanation, evaluate, explain
from ._extract import extract
from ._parc_etl import ConfigError, ParcEtlError, Problem, RunError, Stage, __version__
from ._run import Progress, RunResult, StageCounts, run
from ._stages import stages
from ._tables import Table, Tables, tables

__all__ = [
    "ConfigError",
    "Explanation",
    "ParcEtlError",
    "Problem",
    "Progress",
    "RunError",
    "RunResult",
    "Stage",
    "StageCounts",
    "Table",
    "Tables",
    "__version__",
    "evaluate",
    "explain",
    "extract",
    "run",
    "stages",
    "tables",
]
