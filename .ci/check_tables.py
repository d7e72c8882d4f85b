#!/usr/bin/env python3
"""Check the tables of a run from outside, as their users read them.

    check_tables.py SCHEMA_JSON FOLDER [--filled]

SCHEMA_JSON  what `parc-etl schema --format json` prints
FOLDER       what `parc-etl run` wrote
--filled     every table must have rows

All tables are there, as Parquet and CSV, with the columns of the schema and as many rows in both; every span is
verbatim, `text[start:end] == quote`, by DuckDB and by Polars; frictionless finds the data package valid.
"""
import argparse
import json
import sys
import tomllib
from pathlib import Path

import duckdb
import polars as pl
from frictionless import Package


# Articles that agree, a first run and a pipeline without decisions give no rows of these.
MAY_BE_EMPTY = {"conflicts", "id_aliases", "decisions"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("schema", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--filled", action="store_true")
    args = parser.parse_args()

    columns = {
        table["name"]: [column["name"] for column in table["columns"]]
        for table in json.loads(args.schema.read_text(encoding="utf-8"))["tables"]
    }
    pipeline = tomllib.loads(Path("pipelines/default.toml").read_text(encoding="utf-8"))
    columns |= {aggregate["name"]: None for aggregate in pipeline["aggregate"]}
    mistakes = []
    n_spans = 0
    for name, expected in columns.items():
        path = args.folder / f"{name}.parquet"
        if not path.exists():
            mistakes.append(f"{path} is missing")
            continue
        table = pl.read_parquet(path)
        print(f"{name:20}{table.height:6} rows")
        if expected and table.columns != expected:
            mistakes.append(f"{name}: columns {table.columns}, the schema has {expected}")
        if args.filled and table.is_empty() and name not in MAY_BE_EMPTY:
            mistakes.append(f"{name} has no rows")
        mistakes += csv_mistakes(args.folder, name, table.height)
        if {"start", "end", "quote"} <= set(table.columns):
            n_spans += table.height
            mistakes += span_mistakes(args.folder, name, table)
    print(f"{n_spans} spans compared with the text")
    mistakes += package_mistakes(args.folder)
    for mistake in mistakes:
        print(f"WRONG: {mistake}")
    return 1 if mistakes or n_spans == 0 else 0


def csv_mistakes(folder: Path, name: str, n_rows: int) -> list[str]:
    path = folder / f"{name}.csv"
    if not path.exists():
        return [f"{path} is missing"]
    if not path.read_bytes().startswith(b"\xef\xbb\xbf"):
        return [f"{path} does not start with a byte order mark, which Excel needs"]
    n_csv = pl.read_csv(path, infer_schema=False).height
    return [] if n_csv == n_rows else [f"{path} has {n_csv} rows, the Parquet file {n_rows}"]


def span_mistakes(folder: Path, name: str, table: pl.DataFrame) -> list[str]:
    documents = pl.read_parquet(folder / "documents.parquet", columns=["document_id", "text"])
    sliced = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    by_polars = table.join(documents, on="document_id", how="left").filter(sliced.ne_missing(pl.col("quote"))).height
    # DuckDB counts from 1 and takes the last character in.
    by_duckdb = duckdb.execute(
        f"""
        SELECT count(*) FROM '{folder}/{name}.parquet' AS facts
        LEFT JOIN '{folder}/documents.parquet' AS documents USING (document_id)
        WHERE documents.text[facts.start + 1 : facts."end"] IS DISTINCT FROM facts.quote
        """
    ).fetchone()[0]
    return [
        f"{name}: {count} spans are not text[start:end] by {reader}"
        for reader, count in (("Polars", by_polars), ("DuckDB", by_duckdb))
        if count
    ]


def package_mistakes(folder: Path) -> list[str]:
    report = Package(str(folder / "datapackage.json")).validate()
    if report.valid:
        print("datapackage.json is valid")
        return []
    return [f"datapackage.json: {' '.join(map(str, row))}" for row in report.flatten(["name", "type", "note"])]


if __name__ == "__main__":
    sys.exit(main())
