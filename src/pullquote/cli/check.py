"""``pullquote check``: is the library whole?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import SOME_FAILED, complain, ending_well, refusing


def check(
    library: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
    ] = None,
) -> None:
    """Check every rule that the library's tables must obey, and bring a library of an older release up to date.

    Exit code: 0 whole, 1 something is amiss, 2 not opened.
    """
    with ending_well():
        from ..library.check import check as faults
        from ..library.check import rules
        from ..library.store import open_library

        with refusing():
            store = open_library(library, write=True, new=False)
        with store:
            found = faults(store)
            row = store.one("SELECT count(*) FROM reviews")
        for fault in found:
            complain(f"amiss: {fault.rule}: {fault.rows:,} rows, such as {'; '.join(fault.examples)}")
        if not found:
            typer.echo(f"{row[0] if row else 0:,} reviews, {sum(1 for _ in rules()) + 4} rules, nothing amiss")
    if found:
        raise typer.Exit(SOME_FAILED)
