"""Tables of a run, read when they are needed."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset

from . import _parc_etl
from ._parc_etl import ParcEtlError

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars


class Table:
    """One table: a name, a description and rows that are read when they are needed.

    Anything that takes Arrow data takes it as it is (`polars.DataFrame(table)`, `pyarrow.table(table)`).
    """

    def __init__(self, name: str, description: str, dataset: pa.dataset.Dataset, files: list[Path] | None) -> None:
        self.name = name
        self.description = description
        self.dataset = dataset
        """The rows as a pyarrow dataset: columns and rows can be chosen before anything is read."""
        self.files = files
        """The Parquet files; None for a table in memory."""

    @property
    def schema(self) -> pa.Schema:
        """The columns; the metadata of each field holds its `description`."""
        return self.dataset.schema

    def __len__(self) -> int:
        return self.dataset.count_rows()

    def to_arrow(self) -> pa.Table:
        """All rows as a pyarrow table."""
        return self.dataset.to_table()

    def to_polars(self) -> polars.LazyFrame:
        """The rows as a lazy Polars frame; `.collect()` reads them."""
        import polars

        if self.files is not None:
            return polars.scan_parquet([str(file) for file in self.files])
        return polars.from_arrow(self.to_arrow()).lazy()

    def to_pandas(self) -> pandas.DataFrame:
        """All rows as a pandas frame."""
        return self.to_arrow().to_pandas()

    def duckdb(self, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
        """The rows as a DuckDB relation, in `connection` or the default one."""
        import duckdb

        connection = connection or duckdb.default_connection()
        if self.files is not None:
            return connection.read_parquet([str(file) for file in self.files])
        return connection.from_arrow(self.to_arrow())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.dataset.scanner().to_reader().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} rows, {len(self.schema)} columns>"

    def _repr_html_(self) -> str:
        shown = self.dataset.head(5)
        head = "".join(f"<th>{html.escape(name)}</th>" for name in shown.schema.names)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_short(value))}</td>" for value in row.values()) + "</tr>"
            for row in shown.to_pylist()
        )
        caption = f"<b>{html.escape(self.name)}</b>: {html.escape(self.description)} {len(self)} rows."
        return f"<p>{caption}</p><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


class Tables(Mapping[str, Table]):
    """Tables by name, in the order of the contract, summary tables last."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = dict(tables)

    def __getitem__(self, name: str) -> Table:
        try:
            return self._tables[name]
        except KeyError:
            raise KeyError(f"there is no table {name}; there are {', '.join(self._tables)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def duckdb(self, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection in which each table is a view of its name; a new one in memory where none is given."""
        import duckdb

        connection = connection or duckdb.connect()
        for table in self.values():
            table.duckdb(connection).create_view(table.name)
        return connection

    def to_polars(self) -> dict[str, polars.LazyFrame]:
        """Each table as a lazy Polars frame."""
        return {name: table.to_polars() for name, table in self.items()}

    def __repr__(self) -> str:
        return f"<Tables {', '.join(self)}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><b>{html.escape(name)}</b></td><td>{len(table)}</td>"
            f'<td style="text-align: left">{html.escape(table.description)}</td></tr>'
            for name, table in self.items()
        )
        return f"<table><thead><tr><th>table</th><th>rows</th><th>a row is</th></tr></thead><tbody>{rows}</tbody></table>"


def tables(output: str | os.PathLike[str]) -> Tables:
    """The tables in a folder that a run wrote, here or on Spark; nothing is read yet but what they are called.

    Raises:
        ParcEtlError: where the folder holds no Parquet tables.
    """
    folder = Path(output)
    found = sorted(folder.glob("*.parquet")) if folder.is_dir() else []
    if not found:
        raise ParcEtlError(
            f'there are no tables in {folder}: run a pipeline first, with "parquet" among output.formats'
        )
    descriptions = _descriptions(folder)
    order = {name: number for number, name in enumerate(descriptions)}
    found.sort(key=lambda path: (order.get(path.stem, len(order)), path.stem))
    return Tables({path.stem: _table(path, descriptions.get(path.stem, "")) for path in found})


def _table(path: Path, description: str) -> Table:
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    dataset = pa.dataset.dataset([str(file) for file in files], format="parquet")
    return Table(path.stem, description, dataset, files)


def _descriptions(folder: Path) -> dict[str, str]:
    known = {name: description for name, description, _, _ in _parc_etl.describe()}
    package = folder / "datapackage.json"
    if package.is_file():
        for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]:
            known.setdefault(resource["name"], resource.get("description", ""))
    return known


def in_memory(batches: list[tuple[str, str, pa.RecordBatch]]) -> Tables:
    """Tables that were never written."""

    def table(name: str, description: str, rows: pa.RecordBatch) -> Table:
        return Table(name, description, pa.dataset.dataset(pa.Table.from_batches([rows])), None)

    return Tables({name: table(name, description, rows) for name, description, rows in batches})


def _short(value: Any) -> str:
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else text[:79] + "…"
