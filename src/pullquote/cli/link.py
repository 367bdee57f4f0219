"""``pullquote link``: every review of the library gets its film."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import complain, ending_well, refusing
from .progress import counting, wanted


def link(
    library: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
    ] = None,
    catalogue: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Catalogue file. Default: $PULLQUOTE_CATALOGUE, else catalogue.duckdb here."),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            metavar="P",
            min=0.0,
            max=1.0,
            help="Least probability of a link. Default: fitted so that of 100 links 97 are right.",
        ),
    ] = None,
) -> None:
    """Link reviews to their films: by the id they came with, else by the titles, people and years they name,
    and by what other reviews of the library that share their people and characters say.

    A second run takes the place of the first; what a source says of a film's id is never overwritten. Exit code:
    0 all went well, 2 the library or the catalogue could not be opened.
    """
    with ending_well():
        with refusing():
            from ..catalogue.store import Catalogue, catalogue_path
            from ..library.store import library_path, open_library

            films = Catalogue(catalogue_path(catalogue))
            store = open_library(library, write=True, new=False)

        from ..catalogue.filing import link_library, steps

        with films, store, counting(steps(store), shown=wanted()) as show:
            filed = link_library(store, films, threshold=threshold, show=lambda done: show(done, 0))
        parts = [f"{filed.linked:,} linked", f"{filed.unlinked:,} not linked", f"{filed.given:,} had an id"]
        if filed.unknown:
            parts.append(f"{filed.unknown:,} of them one that the catalogue does not have")
        complain(f"{library_path(library)}: {', '.join(parts)}")
