"""Paths and patterns as the library wants them: absolute."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from typing import Union

Path = Union[str, "os.PathLike[str]"]


def patterns(given: Path | Iterable[Path] | None) -> list[str] | None:
    """Glob patterns from the current folder; the name of an existing file stands for that file."""
    if given is None:
        return None
    if isinstance(given, (str, os.PathLike)):
        given = [given]
    here = os.getcwd()

    def absolute(pattern: str) -> str:
        if os.path.isfile(pattern):
            return glob.escape(os.path.join(here, pattern))
        if os.path.isabs(pattern):
            return pattern
        return f"{glob.escape(here)}/{pattern}"

    return [absolute(os.fspath(pattern)) for pattern in given]
