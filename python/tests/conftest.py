"""What the tests share: the repository's sample pages, and a run over them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import parc_etl

ROOT = Path(__file__).resolve().parents[2]
PIPELINE = ROOT / "pipelines" / "default.toml"

# For Spark: its workers run this Python, and its servers are seen by this machine alone.
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"

# An invented article.
ARTICLE = (
    "Sáng 12/5/2020, UBND tỉnh Lạng Sơn tổ chức hội nghị trực tuyến về cải cách hành chính do ông Lê Văn An, Chủ tịch UBND "
    "tỉnh, chủ trì. Năm 2019, tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,5%."
)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> parc_etl.RunResult:
    """A run over the sample pages."""
    return parc_etl.run(PIPELINE, output=tmp_path_factory.mktemp("samples") / "output", progress=False)
