"""A Spark cluster on loopback: one master and workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import AbstractContextManager
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
TIMEOUT_SECS = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Cluster(AbstractContextManager):
    """A master and `workers` workers of one core each; ended with the block, whatever happens in it."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen] = []
        self.port, self.web_port = free_port(), free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        try:
            self._start("master", "master.Master", "--port", str(self.port), "--webui-port", str(self.web_port))
            self._wait(0)
            for number in range(workers):
                arguments = ["--cores", "1", "--memory", "3g", "--webui-port", str(free_port()), self.url]
                self._start(f"worker-{number}", "worker.Worker", "--work-dir", str(folder / f"work-{number}"), *arguments)
            self._wait(workers)
        except BaseException:
            self.stop()
            raise

    def _start(self, name: str, role: str, *arguments: str) -> None:
        command = [HOME / "bin" / "spark-class", f"org.apache.spark.deploy.{role}", "--host", "127.0.0.1", *arguments]
        environment = {
            **os.environ,
            "SPARK_HOME": str(HOME),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_PUBLIC_DNS": "127.0.0.1",
            "PYSPARK_PYTHON": sys.executable,
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.processes.append(process)

    def alive(self) -> int:
        """How many workers the master counts as alive."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.web_port}/json/", timeout=5) as answer:
                return answer.read().count(b'"ALIVE"') - 1  # the master itself is alive too
        except OSError:
            return -1

    def _wait(self, workers: int) -> None:
        give_up = time.monotonic() + TIMEOUT_SECS
        while self.alive() < workers:
            if time.monotonic() > give_up:
                logs = "\n".join(log.read_text() for log in self.folder.glob("*.log"))
                raise TimeoutError(f"the cluster did not start:\n{logs}")
            time.sleep(0.2)

    def kill_worker(self, number: int) -> None:
        """SIGKILL for a worker; its executors end by themselves, when they miss it."""
        worker = self.processes[1 + number]
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(TIMEOUT_SECS)

    def stop(self) -> None:
        """Ends every process that the cluster started, executors too."""
        for process in reversed(self.processes):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait(TIMEOUT_SECS)

    def __exit__(self, *_: object) -> None:
        self.stop()
