"""From data to shipped model in one run; every stage leaves a checkpoint and is not done twice.

pretrain -> pretrained.safetensors
finetune -> finetuned.safetensors
polish   -> polished.safetensors    (the same again from there, at a lower rate)
n-grams  -> ngrams.safetensors
export and tune -> the model folder
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from torch import Tensor, nn

from ..reader.labels import NAMES
from ..reader.settings import Settings
from ..reader.wordpiece import WordPieces
from .data import Shared, ratings
from .encoder import Encoder, vocabulary
from .export import export, write_manifest
from .finetune import Clue, clue, finetune, load
from .gold import Lesson, lesson
from .heads import Heads
from .ngrams import fit_ngrams
from .pretrain import pretrain
from .tune import tune

#: Peak learning rate of the encoder in the last stage.
POLISHING_RATE = 7e-5


def train(
    data: Shared, work: Path, folder: Path, *, name: str, version: str, passes: int = 6, polish: int = 4, seed: int = 1,
    steps: int | None = 560, part: float = 1.0, threads: int | None = None,
) -> None:  # fmt: skip
    """Train a model and write its folder.

    Args:
        data: annotated and rated reviews.
        work: where checkpoints are kept; stages whose checkpoint is there are passed over.
        folder: the model folder to write.
        passes: how often each annotated review is seen.
        polish: how often it is seen once more, from a lower rate down (a warm restart: Loshchilov and Hutter, 2017).
        steps: batches of the first stage; None takes all, one pass over the rated reviews.
        part: share of the annotated reviews to learn from (for a learning curve).

    Raises:
        InputError: if data is missing.
    """
    if threads:
        torch.set_num_threads(threads)
    work.mkdir(parents=True, exist_ok=True)
    wordpieces = WordPieces(vocabulary())
    rated, rated_tune, _ = data.rated()

    first = work / "pretrained.safetensors"
    if not first.exists():
        pretrain(data, first, seed=seed, steps=steps)
    second = work / "finetuned.safetensors"
    if not second.exists():
        lessons = _lessons(data, part, wordpieces)
        torch.manual_seed(seed)
        finetune(lessons, clues(data, wordpieces), started(first), wordpieces, second, passes=passes, seed=seed)
    if polish:
        before, second = second, work / "polished.safetensors"
        if not second.exists():
            begun = Encoder(), Heads()
            begun[0].load_state_dict(load(before, "encoder"))
            begun[1].load_state_dict(load(before, "heads"))
            lessons = _lessons(data, part, wordpieces)
            finetune(
                lessons, clues(data, wordpieces), begun, wordpieces, second, passes=polish, seed=seed + 1,
                rate=POLISHING_RATE,
            )  # fmt: skip
    third = work / "ngrams.safetensors"
    if not third.exists():
        save_file(fit_ngrams(*ratings(rated)), third)
    weights = arrays(load(second, "encoder")), arrays(load(second, "heads"))
    export(folder, name, version, *weights, load_file(third), Settings())
    settings = tune(folder, data.taught()[1], rated_tune)
    write_manifest(folder, name, version, settings)


def _lessons(data: Shared, part: float, wordpieces: WordPieces) -> list[Lesson]:
    taught, _ = data.taught()
    return [lesson(gold, wordpieces) for gold in taught[: round(part * len(taught))]]


def clues(data: Shared, wordpieces: WordPieces) -> list[Clue]:
    """All rated reviews one may learn from, and of the unlabelled those that name their film."""
    titles = data.titles()
    found = [clue(row, titles.get(row["film"]), wordpieces) for row in data.rated()[0]]
    more = (clue(row, titles[row["film"]], wordpieces) for row in data.unlabelled() if row["film"] in titles)
    return found + [c for c in more if c.title and any(c.title)]


def started(first: Path) -> tuple[Encoder, Heads]:
    """The encoder of the first stage, and heads of which those that go on are taken over."""
    encoder, heads = Encoder(), Heads()
    encoder.load_state_dict(load(first, "encoder"))
    old = load(first, "heads")
    with torch.no_grad():
        for own, theirs in ((heads.attend, "attend"), (heads.verdict, "verdict")):
            _take(own, old[f"{theirs}.weight"], old[f"{theirs}.bias"])
        # What spoke for the title's beginning and inside, against what spoke for neither.
        film = slice(1 + 2 * NAMES.index("FILM"), 3 + 2 * NAMES.index("FILM"))
        heads.names.weight[film] = old["title.weight"][1:] - old["title.weight"][0]
        heads.names.bias[film] = old["title.bias"][1:] - old["title.bias"][0]
    return encoder, heads


def _take(own: nn.Linear, weight: Tensor, bias: Tensor) -> None:
    own.weight[: len(weight)] = weight
    own.bias[: len(bias)] = bias


def arrays(state: Mapping[str, Tensor]) -> dict[str, NDArray[np.float32]]:
    """A state dictionary as numpy arrays."""
    return {k: v.numpy() for k, v in state.items()}
