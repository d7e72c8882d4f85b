#!/usr/bin/env python3
"""Check the files in deploy/: units by systemd where it is there, the CronJob against the schema of Kubernetes, the DAG by
its syntax, and that all of them run a command that the program understands.

    check_deploy.py PROGRAM
"""
import ast
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import kubernetes_validate
import yaml

KUBERNETES_VERSION = "1.31"
DEPLOY = Path(__file__).resolve().parent.parent / "deploy"


def main() -> None:
    program = Path(sys.argv[1]).resolve()
    commands = {
        "systemd": systemd_command(),
        "cron": cron_command(),
        "Kubernetes": kubernetes_command(),
        "Airflow": airflow_command(),
    }
    for name, command in commands.items():
        if Path(command[0]).name != "parc-etl":
            sys.exit(f"{name}: runs {command[0]}, not parc-etl")
        check_command(name, program, command[1:])
    verify_units(program)
    print(f"{len(commands)} ways to run it are sound")


def systemd_command() -> list[str]:
    lines = (DEPLOY / "systemd/parc-etl.service").read_text().splitlines()
    return next(shlex.split(line.removeprefix("ExecStart=")) for line in lines if line.startswith("ExecStart="))


def cron_command() -> list[str]:
    line = (DEPLOY / "parc-etl.cron").read_text().splitlines()[-1]
    fields = line.split(maxsplit=6)
    if fields[5:6] != ["parc-etl"] or "%" in line:
        sys.exit("cron: the sixth field is the user, and % would need a backslash")
    return shlex.split(fields[6].split("2>>")[0].removeprefix("nice "))


def kubernetes_command() -> list[str]:
    job = yaml.safe_load((DEPLOY / "kubernetes/cronjob.yaml").read_text())
    kubernetes_validate.validate(job, KUBERNETES_VERSION, strict=True)
    container = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    return container["command"] + container["args"]


def airflow_command() -> list[str]:
    """The DAG's command, with its constants put in; Airflow itself is not needed for that."""
    tree = ast.parse((DEPLOY / "airflow/parc_etl_dag.py").read_text())
    constants: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            constants[node.targets[0].id] = text_of(node.value, constants)
    keywords = (node for node in ast.walk(tree) if isinstance(node, ast.keyword))
    command = next(text_of(keyword.value, constants) for keyword in keywords if keyword.arg == "bash_command")
    return shlex.split(command.removeprefix("exec "))


def text_of(node: ast.expr, constants: dict[str, str]) -> str:
    return eval(compile(ast.Expression(node), "deploy", "eval"), {"__builtins__": {}}, constants)


def check_command(name: str, program: Path, arguments: list[str]) -> None:
    """Runs it on a project of one page, made by the program itself, in place of /srv/cchc."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "cchc"
        subprocess.run([program, "init", project], check=True, capture_output=True)
        (project / "tables").mkdir()
        arguments = [argument.replace("/srv/cchc", str(project)) for argument in arguments]
        run = subprocess.run([program, *arguments], capture_output=True, text=True)
        if run.returncode != 0 or not (project / "tables/output/manifest.json").exists():
            sys.exit(f"{name}: exit code {run.returncode}\n{run.stderr}")


def verify_units(program: Path) -> None:
    if not shutil.which("systemd-analyze"):
        print("no systemd here: the units are not verified")
        return
    with tempfile.TemporaryDirectory() as folder:
        for unit in (DEPLOY / "systemd").iterdir():
            text = unit.read_text().replace("/usr/local/bin/parc-etl", str(program))
            (Path(folder) / unit.name).write_text(text)
        units = sorted(Path(folder).iterdir())
        run = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
        complaints = [line for line in run.stderr.splitlines() if "parc-etl" in line]
        if run.returncode != 0 or complaints:
            sys.exit("systemd: " + (run.stderr or f"exit code {run.returncode}"))


if __name__ == "__main__":
    main()
