"""``pullquote compare``: films side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .answers import LIBRARY, SPOILERS, TableFormat, on_screen, print_json, print_page, print_table
from .complaints import ending_well, refusing


def compare(
    named: Annotated[
        list[str], typer.Argument(metavar="FILM...", show_default=False, help="Titles or ids of two films or more.")
    ],
    library: Annotated[Path | None, typer.Option(metavar="PATH", help=LIBRARY)] = None,
    spoilers: Annotated[bool, typer.Option("--spoilers", help=SPOILERS)] = False,
    format: Annotated[
        TableFormat | None, typer.Option(help="Form of print. Default: card on a terminal, json elsewhere.")
    ] = None,
) -> None:
    """Put films side by side, aspect by aspect; csv and jsonl give one row for each aspect and film.

    Exit code: 0 compared, 1 it could not be printed, 2 a film was not found.
    """
    with ending_well():
        from ..folder.opened import asking

        with refusing(), asking(library, named) as there:
            from ..questions.compare import compare as side_by_side

            found = side_by_side(there, named, spoilers=spoilers)
        form = format or (TableFormat.card if on_screen() else TableFormat.json)
        if form is TableFormat.card:
            from ..render.comparison import comparison_page

            print_page(comparison_page(found))
        elif form is TableFormat.json:
            print_json(found)
        else:
            print_table(found.answer(), form)
