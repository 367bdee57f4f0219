"""Readings as Arrow tables: a schema made of the reading's own fields, and the way there and back.

Arrow is imported by whoever asks for a table; a reading itself needs none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec import NODEFAULT, inspect

from .reading import Reading

if TYPE_CHECKING:
    import pyarrow as pa


@cache
def arrow_schema() -> pa.Schema:
    """The Arrow schema of a reading: one column per field, nested as the fields are.

    Whole numbers (offsets) are int32, fractions float64, everything else is text. Only a field that may be missing
    or null is nullable, and what is inside of it.
    """
    import pyarrow as pa

    return pa.schema(_fields(inspect.type_info(Reading)))


def table_of(lines: Sequence[bytes]) -> pa.Table:
    """Readings that are printed as JSON, one a line, as a table of `arrow_schema`, to the bit."""
    import pyarrow as pa
    from pyarrow import json

    schema = arrow_schema()
    if not lines:
        return schema.empty_table()
    data = b"\n".join(lines)
    found = json.read_json(
        pa.BufferReader(data),
        # One thread: who has many tables to make has many processes. No reading may straddle two blocks.
        read_options=json.ReadOptions(use_threads=False, block_size=len(data) + 1),
        parse_options=json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )
    # The parser takes everything for nullable.
    return found.cast(schema)


def readings_of(table: pa.Table | pa.RecordBatch) -> list[Reading]:
    """The readings in the rows of ``table``, which has the columns of `arrow_schema` and perhaps others."""
    rows = table.select(arrow_schema().names).to_pylist()
    for row in rows:
        if row["text"] is None:
            del row["text"]
    return [msgspec.convert(row, Reading) for row in rows]


def _fields(kind: inspect.Type) -> list[pa.Field]:
    import pyarrow as pa

    assert isinstance(kind, inspect.StructType)
    fields = []
    for field in kind.fields:
        form, nullable = _form(field.type)
        left_out = not field.required and field.default is NODEFAULT and field.default_factory is NODEFAULT
        fields.append(pa.field(field.encode_name, form, nullable or left_out))
    return fields


def _form(kind: inspect.Type) -> tuple[pa.DataType, bool]:
    """The Arrow type of what is of this kind, and whether it may be null."""
    import pyarrow as pa

    nullable = isinstance(kind, inspect.UnionType)
    if isinstance(kind, inspect.UnionType):
        (kind,) = (one for one in kind.types if not isinstance(one, inspect.NoneType))
    match kind:
        case inspect.StructType():
            # Where a struct is null, Parquet takes what is in it for null, too.
            form = pa.struct([field.with_nullable(field.nullable or nullable) for field in _fields(kind)])
        case inspect.VarTupleType(item_type=item):
            form = pa.list_(pa.field("element", *_form(item)))
        case inspect.IntType():
            form = pa.int32()
        case inspect.FloatType():
            form = pa.float64()
        case inspect.StrType() | inspect.LiteralType():
            form = pa.string()
        case _:
            raise AssertionError(f"a reading has a field that has no form in Arrow yet: {kind}")
    return form, nullable
