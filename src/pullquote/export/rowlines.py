"""Rows as JSON lines, one object a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from .cells import JSON, values

if TYPE_CHECKING:
    import pyarrow as pa


def lines(names: Sequence[str], batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """One line for each row, its end included; of columns with one name the later ones get a number."""
    keys = _distinct(names)
    for batch in batches:
        for row in zip(*(values(column) for column in batch.columns), strict=True):
            yield JSON.encode(dict(zip(keys, row, strict=True))) + b"\n"


def _distinct(names: Sequence[str]) -> list[str]:
    """
    >>> _distinct(["a", "a", "a_1", "a"])
    ['a', 'a_1', 'a_1_1', 'a_2']
    """
    keys: list[str] = []
    for name in names:
        key, number = name, 0
        while key in keys:
            number += 1
            key = f"{name}_{number}"
        keys.append(key)
    return keys
