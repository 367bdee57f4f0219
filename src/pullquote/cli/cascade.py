"""``pullquote cascade``: fit when a quick model asks a better one (needs the extra ``train``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import refusing


def cascade(
    shared: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with gold/ and data/.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Model folder to write.")],
    first: Annotated[str, typer.Option(metavar="NAME", help="The quick model.")] = "compact",
    second: Annotated[str, typer.Option(metavar="NAME", help="The better model.")] = "large",
    name: Annotated[str, typer.Option(help="The name of both together.")] = "auto",
    version: Annotated[str, typer.Option(help="Its version.")] = "1",
    budget: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of text read again, if none is named.")
    ] = 0.1,
    reviews: Annotated[int, typer.Option(min=10, help="Reviews that both models read to fit it.")] = 1000,
    threads: Annotated[int | None, typer.Option(min=1, help="Processor threads to use.")] = None,
) -> None:
    """Make two models one: the quick one reads everything, the better one what the quick one is unsure of."""
    with refusing():
        try:
            from ..training.cascade import fit
            from ..training.data import Shared
        except ModuleNotFoundError as error:
            from ..errors import InputError

            raise InputError(f"{error.name} is missing; install the extra: pip install 'pullquote[train]'") from error
        fit(
            Shared(shared).rated()[1][:reviews], output, name=name, version=version, first=first, second=second,
            budget=budget, threads=threads,
        )  # fmt: skip
