"""A nightly run of parc-etl under Airflow 3, and an asset on which further DAGs can wait.

The task fails with exit code 1 (done, with too many rejects) and 2 (could not run). It is tried again once, for what
passes by itself: a full disk, another run in the same folder. Equal inputs give equal tables, so trying again is harmless.
"""

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

PROJECT = "/srv/cchc"
TABLES = f"{PROJECT}/tables/output"

with DAG(
    dag_id="parc_etl",
    schedule="15 3 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Asia/Ho_Chi_Minh"),
    catchup=False,
    max_active_runs=1,
    tags=["cchc"],
):
    BashOperator(
        task_id="run",
        # `exec`: the signal that ends the task reaches the program, which then leaves the old tables.
        bash_command=f"exec parc-etl run {PROJECT}/pipelines/default.toml --output {TABLES} --log-format json --quiet",
        retries=1,
        retry_delay=timedelta(minutes=10),
        execution_timeout=timedelta(hours=6),
        outlets=[Asset(name="parc_etl_tables", uri=f"file://{TABLES}/manifest.json")],
    )
