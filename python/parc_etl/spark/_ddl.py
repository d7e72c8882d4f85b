"""Spark's types for Arrow columns."""

from __future__ import annotations

import pyarrow as pa

_TYPES = {
    pa.string(): "STRING",
    pa.binary(): "BINARY",
    pa.bool_(): "BOOLEAN",
    pa.int32(): "INT",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.date32(): "DATE",
}


def ddl(schema: pa.Schema) -> str:
    """The columns as Spark's DDL, the description of a column as its comment.

    Raises:
        TypeError: Spark has no such type.
    """
    return ", ".join(_column(field) for field in schema)


def _column(field: pa.Field) -> str:
    column = f"{_quoted(field.name)} {_type(field.type)}"
    description = (field.metadata or {}).get(b"description")
    if description is None:
        return column
    text = description.decode().replace("\\", "\\\\").replace("'", "\\'")
    return f"{column} COMMENT '{text}'"


def _type(data_type: pa.DataType) -> str:
    if pa.types.is_list(data_type):
        return f"ARRAY<{_type(data_type.value_type)}>"
    if pa.types.is_struct(data_type):
        fields = (f"{_quoted(field.name)}: {_type(field.type)}" for field in data_type)
        return f"STRUCT<{', '.join(fields)}>"
    try:
        return _TYPES[data_type]
    except KeyError:
        raise TypeError(f"Spark has no type for {data_type}") from None


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
