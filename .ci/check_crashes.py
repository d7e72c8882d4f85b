#!/usr/bin/env python3
"""Check that no crash and no failing disk leaves anything but whole tables.

    check_crashes.py PROGRAM [--kills N] [--faults N]

A project with tables gets further documents, and the run that reads them is disturbed: killed (SIGKILL) at N instants
spread over its life and before operations on files, or one of its operations on files fails with ENOSPC, EIO or EACCES.
N = 0 takes all operations. After each, the output folder must hold the tables of before or those of an undisturbed run, byte
by byte, and the next run must end with the latter. Both sets are read by DuckDB. Needs strace (Linux).
"""
import argparse
import hashlib
import itertools
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

ERRORS = ("ENOSPC", "EIO", "EACCES")
# What changes files, grouped by what can fail in the same way.
OPERATIONS = {
    "write": ("write", "pwrite64", "writev"),
    "sync": ("fsync", "fdatasync"),
    "rename": ("rename", "renameat", "renameat2"),
    "create": ("mkdir", "mkdirat"),
    "delete": ("unlink", "unlinkat", "rmdir"),
    "resize": ("ftruncate",),
}


class Project:
    """A project folder in which the run to be disturbed can be repeated."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.command = [program, "run", folder / "project/pipelines/default.toml", "--quiet", "--jobs", "2"]
        self.folder = folder / "project"
        self.before = folder / "before"
        subprocess.run([program, "init", self.folder], check=True, stdout=subprocess.DEVNULL)
        pages = sorted(path for path in (self.folder / "raw").rglob("*") if path.is_file())
        later = folder / "later"
        for page in pages[::2]:
            place = later / page.relative_to(self.folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            page.rename(place)
        subprocess.run(self.command, check=True)
        self.old = self.tables()
        shutil.copytree(later, self.folder, dirs_exist_ok=True)
        shutil.copytree(self.folder, self.before)
        started = time.monotonic()
        subprocess.run(self.command, check=True)
        self.seconds = time.monotonic() - started
        self.new = self.tables()
        if self.old == self.new:
            raise SystemExit("the further documents change nothing")

    def reset(self) -> None:
        """Puts the project back to what it was before the run."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.before, self.folder)

    def tables(self) -> dict[str, str]:
        """Hash of each file in the output folder, each Parquet and CSV table read."""
        output = self.folder / "output"
        files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(output.iterdir())}
        if files not in (getattr(self, "old", None), getattr(self, "new", None)):
            for path in output.glob("*.parquet"):
                duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()
            for path in output.glob("*.csv"):
                duckdb.sql(f"SELECT count(*) FROM read_csv('{path}', all_varchar = true)").fetchall()
        return files

    def problem_after(self, disturbed: subprocess.CompletedProcess) -> str | None:
        """What is wrong after a disturbed run, if anything; runs once more."""
        left = self.tables()
        if left not in (self.old, self.new):
            return f"the tables are neither the old nor the new ones (exit code {disturbed.returncode})"
        if disturbed.returncode == 0 and left != self.new:
            return "the run says that it is done, but the tables are the old ones"
        again = subprocess.run(self.command, capture_output=True, text=True)
        if again.returncode != 0:
            return f"the next run fails: {again.stderr}"
        if self.tables() != self.new:
            return "the next run gives other tables than an undisturbed one"
        leftovers = [path.name for path in self.folder.glob(".*.parc-etl")]
        return f"left behind: {leftovers}" if leftovers else None


def killed_at(project: Project, instant: float) -> subprocess.CompletedProcess:
    process = subprocess.Popen(project.command, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=instant)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return subprocess.CompletedProcess(project.command, process.wait())


def injected(project: Project, calls: str, what: str, number: int) -> subprocess.CompletedProcess:
    """Runs with the operation of that number (of each thread) failing or killing."""
    inject = f"inject={calls}:{what}:when={number}"
    # With --seccomp-bpf, which is faster, strace sends no signal at later calls than the first.
    faster = ["--seccomp-bpf"] if what.startswith("error") else []
    command = ["strace", "-f", *faster, "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", inject]
    return subprocess.run([*command, *project.command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def calls_made(project: Project) -> dict[str, int]:
    """How often the run's busiest thread makes each call."""
    log = project.folder.parent / "calls"
    calls = ",".join(itertools.chain(*OPERATIONS.values()))
    subprocess.run(["strace", "-f", "--seccomp-bpf", "-qq", "-o", log, "-e", f"trace={calls}", *project.command], check=True)
    made = Counter(re.findall(r"^(\d+) +(\w+)\(", log.read_text(errors="replace"), flags=re.MULTILINE))
    most: dict[str, int] = {}
    for (_, call), count in made.items():
        most[call] = max(most.get(call, 0), count)
    return most


def spread(count: int, wanted: int) -> list[int]:
    """At most `wanted` of the numbers 1 to `count`, first and last among them; all for 0."""
    if wanted == 0 or wanted >= count:
        return list(range(1, count + 1))
    return sorted({1 + round(step * (count - 1) / max(wanted - 1, 1)) for step in range(wanted)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="of each call at most N fail, and N kill")
    arguments = parser.parse_args()
    tally: Counter[str] = Counter()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        project = Project(arguments.program.resolve(), Path(folder))

        def check(name: str, disturb) -> None:
            project.reset()
            disturbed = disturb()
            published = project.tables() == project.new
            problem = project.problem_after(disturbed)
            tally[f"{name.split(' ')[0]}, then {'new' if published else 'old'} tables"] += 1
            if problem:
                problems.append(f"{name}: {problem}")

        for step in range(arguments.kills):
            instant = 1.1 * project.seconds * (step + 0.5) / arguments.kills
            check(f"killed after {instant:.3f} s", lambda: killed_at(project, instant))
        project.reset()
        most = calls_made(project)
        for kind, calls in OPERATIONS.items():
            for call in (call for call in calls if call in most):
                for number in spread(most[call], arguments.faults):
                    error = ERRORS[number % len(ERRORS)]
                    check(f"{kind}: {call} {number} fails with {error}",
                          lambda: injected(project, call, f"error={error}", number))
                    check(f"{kind}-killed: at {call} {number}", lambda: injected(project, call, "signal=KILL", number))
    for name, count in sorted(tally.items()):
        print(f"{count:5}  {name}")
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        raise SystemExit(f"{len(problems)} of {tally.total()} disturbed runs went wrong")
    print(f"{tally.total()} disturbed runs, each with whole tables")


if __name__ == "__main__":
    main()
