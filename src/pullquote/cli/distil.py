"""``pullquote distil``: from a large model and many reviews to a compact model folder (needs the extra ``train``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import refusing


def distil(
    shared: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with gold/ and data/.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Model folder to write.")],
    work: Annotated[Path, typer.Option(metavar="FOLDER", help="Where checkpoints are kept.")] = Path("runs/compact"),
    teacher: Annotated[str, typer.Option(metavar="NAME", help="The model to learn from.")] = "large",
    name: Annotated[str, typer.Option(help="The model's name.")] = "compact",
    version: Annotated[str, typer.Option(help="The model's version.")] = "1",
    reviews: Annotated[int, typer.Option(min=1, help="Reviews that the teacher reads.")] = 20_000,
    tokens: Annotated[int, typer.Option(min=1, help="Tokens that are learned from in all, in millions.")] = 50,
    seed: Annotated[int, typer.Option(help="Seed of all random choices.")] = 1,
    threads: Annotated[int | None, typer.Option(min=1, help="Processor threads to use.")] = None,
) -> None:
    """Train a compact model: a large one reads many reviews, a small one learns its scores."""
    with refusing():
        try:
            from ..training.data import Shared
            from ..training.recipe import distilled
        except ModuleNotFoundError as error:
            from ..errors import InputError

            raise InputError(f"{error.name} is missing; install the extra: pip install 'pullquote[train]'") from error
        distilled(
            Shared(shared), work, output, teacher=teacher, name=name, version=version, reviews=reviews,
            tokens=tokens * 1_000_000, seed=seed, threads=threads,
        )  # fmt: skip
