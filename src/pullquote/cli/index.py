"""``pullquote index``: the search index, built anew or brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import complain, ending_well, refusing
from .progress import counting, wanted


def index(
    library: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Only put in what is not in yet, and leave the rest as it is.")
    ] = False,
) -> None:
    """Build the search index of the library from the library itself.

    It stands in the folder NAME.index beside NAME.duckdb and can be thrown away at any time. The old one serves
    until the new one is whole. Exit code: 0 built, 1 failed underway, 2 the library was not opened.
    """
    with ending_well():
        from ..library.store import open_library
        from ..search.index import build, index_folder
        from ..search.index import update as bring_up_to_date

        with refusing():
            store = open_library(library)
        with store:
            row = store.one("SELECT count(*) FROM reviews")
            with counting(None if update else (row[0] if row else 0), shown=wanted()) as show:
                seen = 0

                def step(done: int) -> None:
                    nonlocal seen
                    seen += done
                    show(seen, 0)

                number = (bring_up_to_date if update else build)(store, step)
        complain(f"{index_folder(store.path)}: {number:,} reviews {'put in' if update else 'indexed'}")
