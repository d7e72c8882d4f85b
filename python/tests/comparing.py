"""Tables held against each other, row for row, whatever their order."""

from __future__ import annotations

from pathlib import Path

import parc_etl


def rows_of(table: parc_etl.Table) -> list[str]:
    """The rows as sorted texts, with whole numbers of any width alike."""
    return sorted(repr(sorted(row.items())) for row in table.to_arrow().to_pylist())


def assert_equal(expected: Path, found: Path) -> None:
    expected_tables, found_tables = parc_etl.tables(expected), parc_etl.tables(found)
    assert sorted(expected_tables) == sorted(found_tables)
    for name, table in expected_tables.items():
        assert found_tables[name].schema.names == table.schema.names, name
        ours, theirs = rows_of(table), rows_of(found_tables[name])
        if ours != theirs:
            missing = sorted(set(ours) - set(theirs))
            raise AssertionError(f"{name}: {len(ours)} and {len(theirs)} rows; missing: {missing[:2]}")
