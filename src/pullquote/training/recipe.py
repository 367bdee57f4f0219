"""From data to shipped model in one run; every stage leaves a checkpoint and is not done twice.

pretrain -> pretrained.safetensors
finetune -> finetuned.safetensors
n-grams  -> ngrams.safetensors
export and tune -> the model folder

A compact model learns from a large one: label -> labels/, distil -> distilled.safetensors, export and tune.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from torch import Tensor, nn

from ..reader.settings import Settings
from ..reader.shipped import ENCODER, NGRAMS, folder_of
from ..reader.wordpiece import WordPieces
from .data import Shared, ratings
from .distil import distil
from .encoder import Encoder, vocabulary
from .export import encoder_graph, export, word_vectors, write_manifest
from .finetune import finetune, load, rated_lesson
from .gold import lesson
from .heads import Heads
from .integers import compact_graph
from .ngrams import fit_ngrams
from .pretrain import pretrain
from .soft import label, lessons
from .student import Student, narrowed
from .tune import tune


def train(
    data: Shared, work: Path, folder: Path, *, name: str, version: str, passes: int = 10, seed: int = 1,
    steps: int | None = 500, part: float = 1.0, threads: int | None = None,
) -> None:  # fmt: skip
    """Train a model and write its folder.

    Args:
        data: annotated and rated reviews.
        work: where checkpoints are kept; stages whose checkpoint is there are passed over.
        folder: the model folder to write.
        passes: how often each annotated review is seen.
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
        pretrain(data.data, data.banned(), first, seed=seed, steps=steps)
    second = work / "finetuned.safetensors"
    if not second.exists():
        taught, _ = data.taught()
        lessons = [lesson(gold, wordpieces) for gold in taught[: round(part * len(taught))]]
        more = [rated_lesson(row, wordpieces) for row in rated]
        torch.manual_seed(seed)
        finetune(lessons, more, started(first), wordpieces, second, passes=passes, seed=seed)
    third = work / "ngrams.safetensors"
    if not third.exists():
        save_file(fit_ngrams(*ratings(rated)), third)
    encoder, heads = encoder_graph(arrays(load(second, "encoder"))), arrays(load(second, "heads"))
    export(folder, name, version, encoder, heads, load_file(third), Settings())
    settings = tune(folder, data.taught()[1], rated_tune)
    write_manifest(folder, name, version, settings)


def distilled(
    data: Shared, work: Path, folder: Path, *, teacher: str, name: str, version: str, reviews: int, tokens: int,
    seed: int = 1, threads: int | None = None,
) -> None:  # fmt: skip
    """Train a compact model that reads like ``teacher``, and write its folder.

    Args:
        data: annotated, rated and unrated reviews.
        work: where checkpoints are kept; stages whose checkpoint is there are passed over.
        folder: the model folder to write.
        teacher: a shipped model's name, or the path of a model folder.
        reviews: how many reviews the teacher labels.
        tokens: how many tokens the student sees in all.

    Raises:
        InputError: if data is missing.
        ModelError: if there is no such teacher.
    """
    if threads:
        torch.set_num_threads(threads)
    work.mkdir(parents=True, exist_ok=True)
    label(data, teacher, work / "labels", reviews, threads)
    taught, source = work / "distilled.safetensors", folder_of(teacher)
    if not taught.exists():
        wordpieces = WordPieces(vocabulary())
        annotated = [lesson(gold, wordpieces) for gold in data.taught()[0]]
        torch.manual_seed(seed)
        start = narrowed(torch.from_numpy(word_vectors(source / ENCODER)))
        distil(list(lessons(work / "labels")), annotated[:reviews], Student(start), taught, tokens=tokens, seed=seed)
    graph, heads = compact_graph(arrays(load(taught, "student"))), arrays(load(taught, "heads"))
    export(folder, name, version, graph, heads, load_file(source / NGRAMS), Settings(), compact=True)
    settings = tune(folder, data.taught()[1], data.rated()[1])
    write_manifest(folder, name, version, settings, compact=True)


def started(first: Path) -> tuple[Encoder, Heads]:
    """The encoder of the first stage, and heads of which those that go on are taken over."""
    encoder, heads = Encoder(), Heads()
    encoder.load_state_dict(load(first, "encoder"))
    old = load(first, "heads")
    with torch.no_grad():
        for own, theirs in ((heads.attend, "attend"), (heads.verdict, "verdict")):
            _take(own, old[f"{theirs}.weight"], old[f"{theirs}.bias"])
    return encoder, heads


def _take(own: nn.Linear, weight: Tensor, bias: Tensor) -> None:
    own.weight[: len(weight)] = weight
    own.bias[: len(bias)] = bias


def arrays(state: Mapping[str, Tensor]) -> dict[str, NDArray[np.float32]]:
    """A state dictionary as numpy arrays."""
    return {k: v.numpy() for k, v in state.items()}
