"""``pullquote blurbs``: praise to quote."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .answers import LIBRARY, SPOILERS, TextFormat, on_screen, print_page, print_table
from .complaints import complain, ending_well, refusing


def blurbs(
    named: Annotated[str, typer.Argument(metavar="FILM", show_default=False, help="Title or id.")],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Offer no more than N quotes.")] = 10,
    all_reviews: Annotated[
        bool, typer.Option("--all-reviews", help="Quote praise from unfavourable reviews, too.")
    ] = False,
    spoilers: Annotated[bool, typer.Option("--spoilers", help=SPOILERS)] = False,
    library: Annotated[Path | None, typer.Option(metavar="PATH", help=LIBRARY)] = None,
    format: Annotated[
        TextFormat | None, typer.Option(help="Form of print. Default: text on a terminal, jsonl elsewhere.")
    ] = None,
) -> None:
    """Offer praise for a poster or press sheet, each quote with its sentence and source.

    Nothing is offered that its sentence takes back: by negation, contrast, condition or irony. Exit code: 0 offered,
    1 it could not be printed, 2 no such film or several.
    """
    with ending_well():
        from ..folder.opened import asking

        with refusing(), asking(library, [named]) as there:
            from ..questions.blurbs import blurbs as offered

            found = offered(there, named, limit=limit, all_reviews=all_reviews, spoilers=spoilers)
        if not len(found):
            complain(f"{named}: no quote can be offered" + ("" if all_reviews else "; try --all-reviews"))
        form = format or (TextFormat.text if on_screen() else TextFormat.jsonl)
        if form is not TextFormat.text:
            print_table(found, form)
        elif len(found):
            from ..render.press import press_page

            print_page(press_page(found))
