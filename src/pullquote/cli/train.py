"""``pullquote train``: from annotated and rated reviews to a model folder (needs the extra ``train``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import refusing


def train(
    shared: Annotated[Path, typer.Argument(metavar="DATA", help="Folder with gold/ and data/.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Model folder to write.")],
    work: Annotated[Path, typer.Option(metavar="FOLDER", help="Where checkpoints are kept.")] = Path("runs/large"),
    name: Annotated[str, typer.Option(help="The model's name.")] = "large",
    version: Annotated[str, typer.Option(help="The model's version.")] = "1",
    passes: Annotated[int, typer.Option(min=1, help="How often each annotated review is seen.")] = 10,
    steps: Annotated[int | None, typer.Option(min=1, help="Batches of the first stage, at most.")] = 500,
    seed: Annotated[int, typer.Option(help="Seed of all random choices.")] = 1,
    part: Annotated[float, typer.Option(min=0.01, max=1.0, help="Share of the annotated reviews to learn from.")] = 1.0,
    threads: Annotated[int | None, typer.Option(min=1, help="Processor threads to use.")] = None,
) -> None:
    """Train a model: pretrain, fine-tune, fit thresholds, export. Stages already done are passed over."""
    with refusing():
        try:
            from ..training.data import Shared
            from ..training.recipe import train as run
        except ModuleNotFoundError as error:
            from ..errors import InputError

            raise InputError(f"{error.name} is missing; install the extra: pip install 'pullquote[train]'") from error
        run(
            Shared(shared), work, output, name=name, version=version, passes=passes, seed=seed, steps=steps, part=part,
            threads=threads,
        )  # fmt: skip
