"""Values of any type a query may give, as plain Python and as plain text."""

from __future__ import annotations

import base64
import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import pyarrow as pa

#: Whole numbers of any length and exact decimals stay to the digit; bytes are written in base 64, intervals as
#: [months, days, nanoseconds], NaN as null.
JSON = msgspec.json.Encoder(decimal_format="number")


def values(column: pa.Array) -> list[Any]:
    """The values of ``column`` as Python's own; dates and times that Python cannot hold as text."""
    import pyarrow as pa

    finer = pa.types.is_timestamp(column.type) and column.type.unit == "ns"
    if not finer:
        try:
            return list(column.to_pylist())
        except (OverflowError, ValueError):
            pass
    return list(column.cast(pa.string()).to_pylist())


def text(value: Any) -> str | None:
    """``value`` as one would read it; None stays None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, bool | list | dict | tuple):
        return JSON.encode(value).decode()
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def plain(column: pa.Array) -> pa.Array:
    """``column`` itself where a file of commas can hold it, else its values as text."""
    from pyarrow import array, string, types

    simple = (
        types.is_string, types.is_integer, types.is_floating, types.is_boolean, types.is_date, types.is_timestamp,
        types.is_time, types.is_decimal,
    )  # fmt: skip
    if any(is_simple(column.type) for is_simple in simple):
        return column
    return array([text(value) for value in values(column)], string())
