"""Rows as comma-separated values, to the letter of RFC 4180."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from .cells import plain

if TYPE_CHECKING:
    import pyarrow as pa

#: First characters that make spreadsheets take a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(names: list[str], batches: Iterable[pa.RecordBatch], out: BinaryIO, *, spreadsheet_safe: bool = False) -> int:
    """Write a header and all rows as UTF-8; returns the number of rows.

    Lines end in CR LF. A missing value is an empty cell, an empty text is ``""``. Lists and structures are written
    as JSON.

    Args:
        spreadsheet_safe: put an apostrophe before text that a spreadsheet would take for a formula.
    """
    from pyarrow import csv

    safe = _harmless if spreadsheet_safe else _same
    options = csv.WriteOptions(include_header=False, eol="\r\n")
    header = ",".join(f'"{safe(name).replace(chr(34), chr(34) * 2)}"' for name in names).encode() + b"\r\n"
    coming = iter(batches)
    # The header waits for the first rows: where none can be had, nothing is written.
    batch = next(coming, None)
    out.write(header)
    rows = 0
    while batch is not None:
        csv.write_csv(_flat(batch, spreadsheet_safe), out, options)
        rows += batch.num_rows
        batch = next(coming, None)
    return rows


def _same(text: str) -> str:
    return text


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _flat(batch: pa.RecordBatch, spreadsheet_safe: bool) -> pa.RecordBatch:
    """The same rows in columns that can stand in a file of commas."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for column in batch.columns:
        flat = plain(column)
        if spreadsheet_safe and pa.types.is_string(flat.type):
            formula = pc.is_in(pc.utf8_slice_codeunits(flat, 0, 1), pa.array(FORMULA))
            flat = pc.if_else(formula, pc.binary_join_element_wise("'", flat, ""), flat)
        columns.append(flat)
    # Names may come twice, and stand in the header already.
    return pa.RecordBatch.from_arrays(columns, names=[str(i) for i in range(len(columns))])
