"""``pullquote export``: the library in the forms of other tools."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError
from ..export.order import Form, Order, Selection
from .complaints import complain, ending_well, refusing
from .progress import wanted

_DAY = ["%Y-%m-%d"]


def export(
    format: Annotated[
        Form | None, typer.Option(show_default=False, help="Form to export to; see docs/export.md.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="Folder or file to write; standard output without."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The same as --format gold --output FILE: corrected reviews, to train on."),
    ] = None,
    library: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
    ] = None,
    film: Annotated[
        list[str] | None, typer.Option(metavar="TITLE_OR_ID", help="Only reviews of this film; may come several times.")
    ] = None,
    since: Annotated[
        dt.datetime | None, typer.Option(formats=_DAY, metavar="DATE", help="Only reviews of this day or later.")
    ] = None,
    until: Annotated[
        dt.datetime | None, typer.Option(formats=_DAY, metavar="DATE", help="Only reviews of this day or before.")
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="In parquet and csv, this table alone; may come several times."),
    ] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="In jsonl, each review's text too.")] = False,
    spreadsheet_safe: Annotated[
        bool, typer.Option("--spreadsheet-safe", help="In csv, an apostrophe before text that looks like a formula.")
    ] = False,
) -> None:
    """Export the library, or a part of it, to a form that other tools read.

    The export appears whole or not at all; an earlier export in the same place is replaced, anything else is left
    alone. Exit code: 0 exported, 1 failed underway, 2 nothing was tried.
    """
    with ending_well():
        from ..export.run import check, stream
        from ..export.run import export as exported
        from ..library.store import open_library

        with refusing():
            format, output = _place(format, output, gold)
        selection = Selection(tuple(film or ()), since and since.date(), until and until.date())
        order = Order(format, selection, tuple(table or ()), with_text, spreadsheet_safe)
        with refusing():
            store = open_library(library)
        with store:
            with refusing():
                check(store, order, output)
            if output is None:
                done = stream(store, order, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                with _bar() as progress:
                    done = exported(store, order, output, progress)
    for claim in done.untold:
        complain(f"note: {claim}")
    if output is None:
        return
    complain(f"{done.reviews:,} {'review' if done.reviews == 1 else 'reviews'} exported to {output}")
    if done.widened:
        complain(f"{done.widened:,} spans did not end where a token does and were widened to whole tokens")


def _place(form: Form | None, output: Path | None, gold: Path | None) -> tuple[Form, Path | None]:
    """Form and place, however they were named."""
    if gold is not None:
        if output is not None or form not in (None, Form.gold):
            raise InputError("--gold names form and file at once; leave --format and --output away")
        return Form.gold, gold
    if form is None:
        raise InputError(f"name the form to export to: --format {'|'.join(Form)}, or --gold FILE")
    return form, output


@contextmanager
def _bar() -> Iterator[Callable[[int], Callable[[], None]]]:
    """Progress on standard error, where there is someone to see it."""
    if not wanted():
        yield lambda total: lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Exporting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as shown:

        def progress(total: int) -> Callable[[], None]:
            task = shown.add_task("", total=total)
            return lambda: shown.advance(task)

        yield progress
