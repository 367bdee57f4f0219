"""Teach the small network: every head learns a large model's scores, and annotated reviews as they are annotated."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

from .finetune import WEIGHTS, Feed, losses
from .gold import Lesson
from .heads import Heads
from .soft import STATES, SoftLesson
from .soft_losses import Batch, batch, joined, soft_losses
from .student import Network, Student

#: Share of steps that learn from annotated reviews, as annotated and as the teacher reads them.
_ANNOTATED = 0.15
#: Share of tokens whose word is hidden, and of steps in which the writing of words is.
_HIDDEN, _PLAIN = 0.04, 0.05
#: Share of names in a review that are replaced by others of their kind, so that it is what stands around them that
#: tells them: most names of new reviews were never met.
_RENAMED = 0.25
#: MiniLM's [MASK].
_MASK = 103
#: Reviews on which the steps of whole numbers are fitted.
_FITTED = 200


class Taught(NamedTuple):
    """A network and its heads, averaged over the last steps (Polyak and Juditsky, 1992)."""

    student: Network
    heads: Heads


def distil(
    lessons: Sequence[SoftLesson], annotated: Sequence[Lesson], student: Network, out: Path, *, tokens: int,
    seed: int = 1, rate: float = 2e-3, budget: int = 4000, whole: float = 0.85,
) -> Taught:  # fmt: skip
    """Train a student and write it to ``out``.

    Args:
        lessons: labelled reviews; the first ``len(annotated)`` of them are the annotated ones, in the same order.
        student: the network to train.
        tokens: how many tokens are seen in all.
        rate: peak learning rate.
        budget: tokens in a batch.
        whole: share of training after which a `Student` rounds numbers as the shipped network does.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    heads, states = Heads(student.width), nn.Linear(student.width, STATES)
    parts = nn.ModuleDict({"student": student, "heads": heads, "states": states})
    optimiser = torch.optim.AdamW(parts.parameters(), lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = AveragedModel(parts, avg_fn=_average)
    began, step, seen = time.time(), 0, 0
    told: dict[str, float] = {}
    known = list(zip(lessons[: len(annotated)], annotated, strict=True))
    for group in _endless(lessons, budget, rng):
        done = seen / tokens
        if done >= 1:
            break
        if isinstance(student, Student) and done >= whole and not student.rounding:
            fitted = _groups(rng.sample(list(lessons), min(_FITTED, len(lessons))), budget, rng)
            student.begin_rounding([(b.pieces, b.shapes, b.sizes) for b in map(batch, fitted)])
            average = AveragedModel(parts, avg_fn=_average)
        some, gold = group, list[Lesson]()
        if rng.random() < _ANNOTATED:
            some, gold = (list(side) for side in zip(*_filled(known, budget, rng), strict=True))
        for setting in optimiser.param_groups:
            setting["lr"] = rate * min(1.0, done / 0.03 + 0.02) * max(0.01, 1 - done)
        b = batch(some)
        pieces, shapes = _hidden(b._replace(pieces=renamed(b, some, rng)), rng)
        h = F.dropout(student(pieces, shapes, b.sizes), 0.03)
        found = soft_losses(heads, h, b, some)
        loss = torch.stack([WEIGHTS[k] * v for k, v in found.items()]).sum()
        loss = loss + F.mse_loss(states(h), joined([x.states for x in some], np.float32))
        if gold:
            feed = Feed(pieces, shapes, shapes, shapes, b.owner, b.sizes)
            loss = loss + torch.stack([WEIGHTS[k] * v for k, v in losses(heads, h, feed, gold).items()]).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parts.parameters(), 2.0)
        optimiser.step()
        step, seen = step + 1, seen + sum(b.sizes)
        if step % 5 == 0:
            average.update_parameters(parts)
        for k, v in found.items():
            told[k] = 0.97 * told.get(k, float(v.detach())) + 0.03 * float(v.detach())
        if step % 50 == 0:
            line = " ".join(f"{k} {v:.3f}" for k, v in told.items())
            print(f"step {step} {seen / 1e6:.2f}M tokens {time.time() - began:.0f}s {line}", flush=True)
    parts.load_state_dict(average.module.state_dict())
    part = out.with_suffix(".part")
    save_file({k: v.contiguous() for k, v in parts.state_dict().items() if not k.startswith("states.")}, part)
    part.replace(out)
    return Taught(student, heads)


def _average(own: Tensor, new: Tensor, count: Tensor | int) -> Tensor:
    """An exponential mean, which follows closely at first, when there is little to average."""
    return own.lerp(new, 1 - min(0.99, float(count) / (float(count) + 8)))


def _endless(lessons: Sequence[SoftLesson], budget: int, rng: random.Random) -> Iterator[list[SoftLesson]]:
    while True:
        yield from _groups(lessons, budget, rng)


def _groups(lessons: Sequence[SoftLesson], budget: int, rng: random.Random) -> list[list[SoftLesson]]:
    """All lessons once, in groups of about ``budget`` tokens and like length, in random order."""
    groups: list[list[SoftLesson]] = [[]]
    size = 0
    for x in sorted(lessons, key=lambda x: len(x.pieces) * (1 + 0.2 * rng.random())):
        if groups[-1] and size + len(x.pieces) > budget:
            groups.append([])
            size = 0
        groups[-1].append(x)
        size += len(x.pieces)
    rng.shuffle(groups)
    return groups


def _filled(
    known: Sequence[tuple[SoftLesson, Lesson]], budget: int, rng: random.Random
) -> list[tuple[SoftLesson, Lesson]]:
    """Some annotated reviews, of about ``budget`` tokens."""
    out: list[tuple[SoftLesson, Lesson]] = []
    while sum(len(soft.pieces) for soft, _ in out) < budget:
        out.append(rng.choice(known))
    return out


def renamed(b: Batch, lessons: Sequence[SoftLesson], rng: random.Random, share: float = _RENAMED) -> Tensor:
    """The batch's pieces with some names replaced by others of the batch, of the same kind and number of words.

    A name that is replaced is replaced by the same other wherever its review has it.
    """
    pieces = b.pieces.clone()
    met: dict[tuple[int, int], list[int]] = {}
    places: list[list[tuple[int, int, int]]] = []
    for lesson, offset in zip(lessons, b.offsets, strict=True):
        places.append([(offset + first, end - first, kind) for first, end, kind, _ in lesson.mentions.tolist()])
        for first, size, kind in places[-1]:
            met.setdefault((kind, size), []).append(first)
    for own in places:
        others: dict[bytes, int | None] = {}
        for first, size, kind in own:
            name = b.pieces[first : first + size].numpy().tobytes()
            if name not in others:
                others[name] = rng.choice(met[kind, size]) if rng.random() < share else None
            if (other := others[name]) is not None:
                pieces[first : first + size] = b.pieces[other : other + size]
    return pieces


def _hidden(b: Batch, rng: random.Random) -> tuple[Tensor, Tensor]:
    """Pieces and shapes with some words hidden, and now and then how all are written."""
    lost = torch.rand(len(b.pieces)) < _HIDDEN
    pieces = b.pieces.clone()
    pieces[lost] = torch.tensor([_MASK, *[0] * (pieces.shape[1] - 1)])
    return pieces, torch.zeros_like(b.shapes) if rng.random() < _PLAIN else b.shapes
