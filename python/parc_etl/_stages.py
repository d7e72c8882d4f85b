"""The stages of a pipeline, as functions over record batches."""

from __future__ import annotations

import os

from . import _parc_etl


def stages(pipeline: str | os.PathLike[str] | None = None) -> list[_parc_etl.Stage]:
    """The stages of a pipeline, in the order in which rows flow; the default pipeline where none is given.

    >>> clean, extract = parc_etl.stages()[1:3]
    >>> extract.apply(clean.apply(raw_documents)["documents"])["extractions"]

    Raises:
        ConfigError: mistakes in the pipeline file.
        RunError: a file that it names cannot be used.
    """
    return _parc_etl.stages(None if pipeline is None else os.fspath(pipeline))
