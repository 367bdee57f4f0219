"""``pullquote sql``: a question in SQL, put to the library itself."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .complaints import ending_well, refusing

if TYPE_CHECKING:
    from ..export.statement import Rows


class Print(StrEnum):
    """How rows are printed, by the names users give it."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


def sql(
    statement: Annotated[
        str,
        typer.Argument(metavar="STATEMENT", show_default=False, help="One SQL statement, or - to read it from stdin."),
    ],
    library: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Library file, or folder of readings. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here.",
        ),
    ] = None,
    format: Annotated[
        Print | None, typer.Option(help="Form of print. Default: table on a terminal, csv elsewhere.")
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=0, help="Print no more than N rows.")] = None,
) -> None:
    """Ask the library in SQL (DuckDB's); docs/library.md names its tables.

    Nothing can be changed, and no file but the library be read or written. Exit code: 0 answered, 1 failed
    underway, 2 not a statement to ask.
    """
    with ending_well():
        from ..export.statement import ask, shut
        from ..folder.opened import open_asked
        from ..library.store import Store

        with refusing():
            text = sys.stdin.buffer.read().decode("utf-8", "replace") if statement == "-" else statement
            asked = open_asked(library)
        with asked:
            with refusing():
                files = () if isinstance(asked, Store) else asked.files
                shut(asked.connection, files)
                rows = ask(asked.connection, text, limit=limit, explain=not files)
            _print(rows, format or (Print.table if sys.stdout.isatty() else Print.csv))


def _print(rows: Rows, form: Print) -> None:
    if form is Print.table:
        from ..export.grid import lines

        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for line in lines(rows.names, rows.batches, width):
            typer.echo(line)
        return
    out = sys.stdout.buffer
    if form is Print.csv:
        from ..export.commas import write

        write(rows.names, rows.batches, out)
    else:
        from ..export.rowlines import lines as json_lines

        for row in json_lines(rows.names, rows.batches):
            out.write(row)
    out.flush()
