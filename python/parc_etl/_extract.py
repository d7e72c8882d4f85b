"""Texts that Python holds to tables."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from . import _parc_etl
from ._tables import Tables, in_memory

_ROWS_AT_ONCE = 1024


def extract(
    data: str | Iterable[str] | Any,
    *,
    pipeline: str | os.PathLike[str] | None = None,
    on_topic_only: bool | None = None,
    jobs: int | None = None,
) -> Tables:
    """The tables of texts or of rows with a text column; nothing is read from files and nothing written.

    >>> facts = parc_etl.extract(["Sáng 12/5/2020, UBND tỉnh Lạng Sơn tổ chức hội nghị …"])
    >>> facts["meetings"].to_polars().collect()

    Args:
        data: a text, texts, or whatever has `__arrow_c_stream__` (pyarrow, Polars, pandas, DuckDB) with a column `text` or
            `html` and, where they are known, `id`, `url`, `title`, `published_at` and `site`. `source_record` in the tables
            is the row, counted from 1.
        pipeline: a pipeline file with options, word lists and decisions; the default ones where not given.
        on_topic_only: False looks for facts also in texts that are not about public administration.
        jobs: threads; one per core where not given.

    Returns:
        All tables of a run, summary tables too. Texts that cannot be processed, such as those shorter than
        `clean.min_chars` (80 by default), are in `rejects` with the reason.

    Raises:
        ConfigError: mistakes in the pipeline file.
        RunError: the data have neither a text nor an HTML column.
        TypeError: the data are neither text nor Arrow.
    """
    tables = _parc_etl.extract(
        _documents(data),
        file=None if pipeline is None else os.fspath(pipeline),
        jobs=jobs,
        on_topic_only=on_topic_only,
    )
    return in_memory(tables)


def _documents(data: Any) -> Any:
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return data
    texts = [data] if isinstance(data, str) else list(data)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("give a text, texts, or Arrow data with a column `text` or `html`")
    schema = pa.schema([("text", pa.string())])
    batches = [
        pa.record_batch([texts[start : start + _ROWS_AT_ONCE]], schema=schema)
        for start in range(0, len(texts), _ROWS_AT_ONCE)
    ]
    return pa.Table.from_batches(batches, schema=schema)
