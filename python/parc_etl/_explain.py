"""A text with its facts marked, and how good the facts are."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any

from . import _parc_etl


@dataclass(frozen=True)
class Explanation:
    """A text with each fact marked and the rule that found it; a notebook shows it in colours."""

    html: str = field(repr=False)
    """A piece of HTML. What the text says is text there, whatever markup it holds."""
    text: str
    """With brackets around the marks, for a terminal."""
    facts: dict[str, Any] = field(repr=False)
    """`document` and the lists `meetings`, `officials`, `indicators`, `citations`, `posts_mentioned`. `start` and `end`
    count code points of the document's `text`."""

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def explain(
    text: str,
    *,
    pipeline: str | os.PathLike[str] | None = None,
    on_topic_only: bool = False,
    width: int = 100,
) -> Explanation:
    """What is found in a text, however short it is and whatever it is about.

    Args:
        text: plain text; `start` and `end` of facts count code points of it after cleaning.
        pipeline: a pipeline file with options and word lists; the default ones where not given.
        on_topic_only: True looks for facts only where a run does: in texts about public administration.
        width: longest line of `Explanation.text`, in characters.

    Raises:
        ConfigError: mistakes in the pipeline file.
    """
    file = None if pipeline is None else os.fspath(pipeline)
    shown, lines, facts = _parc_etl.explain(text, file=file, on_topic_only=on_topic_only, width=width)
    return Explanation(shown, lines, json.loads(facts))


def evaluate(gold: str | os.PathLike[str], output: str | os.PathLike[str]) -> dict[str, Any]:
    """Precision, recall and F1 (0 to 1) of the tables in a folder against documents annotated by hand.

    As `parc-etl eval GOLD OUTPUT --format json`.

    Raises:
        ParcEtlError: the annotations or the tables cannot be read.
    """
    return json.loads(_parc_etl.evaluate(os.fspath(gold), os.fspath(output)))
