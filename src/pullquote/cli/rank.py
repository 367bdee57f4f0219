"""``pullquote rank``: films in order."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .answers import LIBRARY, TableFormat, on_screen, print_page, print_table
from .complaints import ending_well, refusing


class Side(StrEnum):
    """What is counted for a film."""

    positive = "positive"
    negative = "negative"


def rank(
    aspect: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="By how surely this is praised: acting, visuals, ... Default: the film."),
    ] = None,
    polarity: Annotated[Side, typer.Option(help="Count praise, or blame.")] = Side.positive,
    min_reviews: Annotated[
        int, typer.Option("--min-reviews", metavar="N", min=1, help="Leave out films that fewer reviews judge.")
    ] = 10,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="List no more than N films.")] = 20,
    worst: Annotated[bool, typer.Option("--worst", help="List the last first.")] = False,
    library: Annotated[Path | None, typer.Option(metavar="PATH", help=LIBRARY)] = None,
    format: Annotated[
        TableFormat | None, typer.Option(help="Form of print. Default: card on a terminal, jsonl elsewhere.")
    ] = None,
) -> None:
    """List films by how surely they are praised: the lower bound of the share of reviews that do.

    Exit code: 0 listed, 1 it could not be printed, 2 no such aspect.
    """
    with ending_well():
        from ..folder.opened import asking

        blamed = polarity is Side.negative
        with refusing(), asking(library) as there:
            from ..questions.rank import rank as ranked

            found = ranked(there, aspect, blamed=blamed, worst=worst, min_reviews=min_reviews, limit=limit)
        form = format or (TableFormat.card if on_screen() else TableFormat.jsonl)
        if form is TableFormat.card:
            from ..render.ranking import ranking_page

            share = ("blame it" if blamed else "praise it") if aspect else ("unfavourable" if blamed else "favourable")
            print_page(ranking_page(found, share))
        else:
            print_table(found, form)
