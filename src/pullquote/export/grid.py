"""Rows as a table to look at in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from .cells import text, values

if TYPE_CHECKING:
    import pyarrow as pa

#: No cell is wider than this, and none is made narrower than the other to fit a screen.
WIDEST, NARROWEST = 60, 6
_BETWEEN = "  "
_CUT = "…"


def lines(names: Sequence[str], batches: Iterable[pa.RecordBatch], width: int | None) -> Iterator[str]:
    """Head, rule and rows, line by line, without line ends; long cells are cut.

    Columns are as wide as the first rows need, and in all at most ``width`` (None: any) cells of a terminal.
    Control characters are shown as escapes, so that no value can steer the terminal.
    """
    head = [_visible(name) for name in names]
    widths: list[int] = []
    numeric: list[bool] = []
    for batch in batches:
        rows = list(zip(*([_visible(text(v)) for v in values(c)] for c in batch.columns), strict=True))
        if not widths:
            numeric = [_is_number(c) for c in batch.columns]
            widths = _fitting([[h, *(row[i] for row in rows)] for i, h in enumerate(head)], width)
            yield from _top(head, widths, numeric)
        for row in rows:
            yield _line(row, widths, numeric)
    if not widths:
        widths = _fitting([[h] for h in head], width)
        yield from _top(head, widths, [False] * len(head))


def _top(head: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    yield _line(head, widths, numeric)
    yield _BETWEEN.join("─" * width for width in widths)


def _fitting(columns: Sequence[Sequence[str]], width: int | None) -> list[int]:
    widths = [min(WIDEST, max(_cells(cell) for cell in column)) or 1 for column in columns]
    if width is not None:
        room = width - len(_BETWEEN) * (len(widths) - 1)
        # The widest gives way first, so that narrow columns stay whole.
        while sum(widths) > room and max(widths) > NARROWEST:
            widths[widths.index(max(widths))] -= 1
    return widths


def _line(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    cells = (_padded(cell, width, right) for cell, width, right in zip(row, widths, numeric, strict=True))
    return _BETWEEN.join(cells).rstrip()


def _padded(cell: str, width: int, right: bool) -> str:
    if _cells(cell) > width:
        while cell and _cells(cell) > width - 1:
            cell = cell[: -max(1, (_cells(cell) - width) // 2)]
        cell += _CUT
    space = " " * (width - _cells(cell))
    return space + cell if right else cell + space


def _visible(value: str | None) -> str:
    """``value`` with everything that does not print spelled out."""
    if value is None:
        return ""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in value)


def _cells(shown: str) -> int:
    """How many cells of a terminal ``shown`` takes: East Asian wide signs two, combining ones none."""
    if shown.isascii():
        return len(shown)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in shown
    )


def _is_number(column: pa.Array) -> bool:
    from pyarrow import types

    kind = column.type
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))
