"""``pullquote catalogue``: the list of films that reviews are linked to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import complain, ending_well, refusing

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Build the list of films, or say what is in it.")

_Catalogue = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="Catalogue file. Default: $PULLQUOTE_CATALOGUE, else catalogue.duckdb here."),
]


@app.command()
def build(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE",
            show_default=False,
            help="Folder or files of IMDb's daily TSVs, or CSV or Parquet files of id, title, year.",
        ),
    ],
    catalogue: _Catalogue = None,
) -> None:
    """Build the catalogue; the old one stays until the new one is whole.

    Exit code: 0 built, 1 a source was not as it should be, 130 interrupted.
    """
    with ending_well():
        from ..catalogue.build import build as run
        from ..catalogue.store import catalogue_path

        path = catalogue_path(catalogue)
        built = run(sources, path, complain)
        complain(f"{path}: {built.films:,} films, {built.titles:,} titles, {built.people:,} people")


@app.command()
def info(catalogue: _Catalogue = None) -> None:
    """Say what a catalogue was built of, when, and how much it holds.

    Exit code: 0 told, 2 there is none.
    """
    with ending_well():
        with refusing():
            from ..catalogue.store import Catalogue, catalogue_path

            opened = Catalogue(catalogue_path(catalogue))
        with opened:
            for name, value in opened.info().items():
                typer.echo(f"{name}: {value}")
