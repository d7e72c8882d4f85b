"""The same tables from a cluster, also where a worker is killed while it works."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from pathlib import Path

import pytest
from cluster import Cluster
from comparing import assert_equal
from conftest import PIPELINE
from test_spark import INPUTS

import parc_etl
import parc_etl.spark
from parc_etl.spark import _flow, _tasks

pyspark = pytest.importorskip("pyspark")
pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java"),
]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> parc_etl.RunResult:
    return parc_etl.run(PIPELINE, input=INPUTS, output=tmp_path_factory.mktemp("local") / "output", progress=False)


@pytest.fixture
def cluster(tmp_path: Path):
    # The context of another test has its own master.
    if pyspark.SparkContext._active_spark_context is not None:
        pyspark.SparkContext._active_spark_context.stop()
    (tmp_path / "cluster").mkdir()
    with Cluster(tmp_path / "cluster", workers=2) as cluster:
        cluster.session = (
            pyspark.sql.SparkSession.builder.master(cluster.url)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "1200m")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()
        )
        yield cluster
        cluster.session.stop()


class Waiting:
    """Stands around a task: tells on which worker it runs, and waits until it may go on."""

    def __init__(self, task: _tasks.Task, folder: Path) -> None:
        self.task = task
        self.folder = folder

    def __call__(self, batches):
        return self.task(self._watched(batches))

    def _watched(self, batches):
        # Executors run in `work-N/APPLICATION/EXECUTOR` of their worker.
        worker = next(part for part in Path.cwd().parts if part.startswith("work-"))
        for batch in batches:
            (self.folder / worker).touch()
            while not (self.folder / "go").exists():
                time.sleep(0.05)
            yield batch


def wait_for(path: Path) -> None:
    give_up = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < give_up, f"{path.name} has not begun to work"
        time.sleep(0.05)


def run_with_a_death(cluster: Cluster, folder: Path, output: Path) -> parc_etl.spark.SparkResult:
    """A run in which worker 1 is killed as soon as it has a task that waits."""
    died = []

    def kill() -> None:
        try:
            wait_for(folder / "work-1")
            cluster.kill_worker(1)
            died.append(True)
        finally:
            (folder / "go").touch()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        return parc_etl.spark.run(cluster.session, PIPELINE, INPUTS, output, partitions=4)
    finally:
        killer.join()
        assert died, "no worker was killed"


def test_a_cluster_gives_the_tables_of_a_local_run(cluster, local, tmp_path: Path) -> None:
    result = parc_etl.spark.run(cluster.session, PIPELINE, INPUTS, tmp_path / "output")
    assert_equal(local.output, tmp_path / "output")
    assert result.stages == local.stages


@pytest.mark.parametrize("phase", ["map", "reduce"])
def test_the_death_of_a_worker_changes_nothing(cluster, local, tmp_path: Path, phase: str, monkeypatch) -> None:
    pyspark.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    folder = tmp_path / "signs"
    folder.mkdir()
    make = _flow.Flow._task
    matching = next(step.number for step in _plan().steps if step.stage == "resolve.match")

    def waiting(self, kind, *arguments):
        task = make(self, kind, *arguments)
        is_meant = kind is _tasks.Read if phase == "map" else kind is _tasks.Apply and arguments[0] == matching
        return Waiting(task, folder) if is_meant else task

    monkeypatch.setattr(_flow.Flow, "_task", waiting)
    result = run_with_a_death(cluster, folder, tmp_path / "output")
    assert_equal(local.output, tmp_path / "output")
    assert result.stages == local.stages


def _plan() -> parc_etl._parc_etl.Plan:
    return parc_etl._parc_etl.Plan(str(PIPELINE), input=["*"], output="/nowhere")
