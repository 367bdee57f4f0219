"""``pullquote film``: the dossier of a film."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .answers import LIBRARY, SPOILERS, CardFormat, on_screen, print_json, print_page
from .complaints import ending_well, refusing
from .output import opened


def film(
    named: Annotated[
        str,
        typer.Argument(metavar="TITLE_OR_ID", show_default=False, help='As "Carrie", "Carrie (1976)" or tt0074285.'),
    ],
    library: Annotated[Path | None, typer.Option(metavar="PATH", help=LIBRARY)] = None,
    spoilers: Annotated[bool, typer.Option("--spoilers", help=SPOILERS)] = False,
    format: Annotated[
        CardFormat | None, typer.Option(help="Form of print. Default: card on a terminal, json elsewhere.")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write charts of it, as .html, .json (Vega-Lite), .svg or .png."),
    ] = None,
) -> None:
    """Tell what the reviews of a film say: stars, praise and blame with quotes, people, characters, places.

    Exit code: 0 told, 1 it could not be printed, 2 no such film or several.
    """
    with ending_well():
        from ..folder.opened import asking

        with refusing():
            if plot is not None:
                from ..plots.files import check_plot

                check_plot(plot)
            with asking(library, [named]) as there:
                from ..questions.dossier import dossier
                from ..questions.timeline import timeline

                found = dossier(there, named, spoilers=spoilers)
                years = timeline(there, found.film.film) if plot is not None else None
        if plot is not None and years is not None:
            from ..plots import overview
            from ..plots.files import plot_bytes

            with opened(plot) as out:
                out.write(plot_bytes(overview(found, years), plot.suffix))
                out.keep()
        if (format or (CardFormat.card if on_screen() else CardFormat.json)) is CardFormat.json:
            print_json(found)
        else:
            from ..render.dossier import dossier_page

            print_page(dossier_page(found))
