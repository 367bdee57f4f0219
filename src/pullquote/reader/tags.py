"""BIO tags to spans: the likeliest sequence in which no span continues that never began."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
#: Tokens this surely outside any span end a stretch; the search runs within stretches only.
_SURE = 0.985


class TaggedSpan(NamedTuple):
    """Tokens ``first`` to ``last`` (half-open) with a label's number and its mean probability."""

    first: int
    last: int
    label: int
    confidence: float


def spans(probabilities: Floats, eager: float = 0.0, *, longer: bool = True) -> list[TaggedSpan]:
    """Decode tags O, B-0, I-0, B-1, I-1, ... by Viterbi (1967) under the BIO grammar.

    Args:
        probabilities: ``(tokens, 1 + 2 * labels)``, rows sum to one.
        eager: added to the log-probability of every begin tag; more finds more spans.
        longer: add it to inside tags too; more then also finds longer spans. A passage may be longer or
            shorter and stay itself, a name may not.
    """
    out: list[TaggedSpan] = []
    busy = np.flatnonzero(probabilities[:, 0] < _SURE)
    if not len(busy):
        return out
    log = np.log(np.maximum(probabilities, 1e-9))
    log[:, 1::2] += eager
    if longer:
        log[:, 2::2] += eager
    breaks = np.flatnonzero(np.diff(busy) > 1)
    for a, b in zip([0, *(breaks + 1)], [*breaks, len(busy) - 1], strict=True):
        start, end = int(busy[a]), int(busy[b]) + 1
        for first, last, label in _segments(_best_path(log[start:end])):
            sure = probabilities[start + first : start + last, 1 + 2 * label : 3 + 2 * label].sum(1).mean()
            out.append(TaggedSpan(start + first, start + last, label, float(sure)))
    return out


def _best_path(log: Floats) -> list[int]:
    n, width = log.shape
    back = np.zeros((n, width), dtype=np.int64)
    score = log[0].copy()
    score[2::2] = -1e9
    for i in range(1, n):
        best = int(score.argmax())
        new = score[best] + log[i]
        back[i] = best
        # An inside tag follows only the begin or inside tag of its own label.
        begin, inside = score[1::2], score[2::2]
        stay = inside >= begin
        new[2::2] = np.where(stay, inside, begin) + log[i, 2::2]
        back[i, 2::2] = np.arange(1, width, 2) + stay
        score = new
    path = [int(score.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def _segments(path: list[int]) -> list[tuple[int, int, int]]:
    out: list[tuple[int, int, int]] = []
    for i, tag in enumerate(path):
        if tag % 2 == 1:
            out.append((i, i + 1, (tag - 1) // 2))
        elif tag:
            first, _, label = out[-1]
            out[-1] = (first, i + 1, label)
    return out
