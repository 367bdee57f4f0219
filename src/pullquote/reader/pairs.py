"""Which two mentions are weighed against each other, and what their places say.

Casts ("Rosario (Kate del Castillo)") and relations ("Rosario, the boy's
mother") hold between mentions that stand near each other. One list of pairs
serves training and reading alike.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .labels import DESCRIPTION, PERSON

#: Pairs further apart than this many tokens are not formed.
REACH = 60
#: Buckets of distance in tokens, counted between the two mentions.
_EDGES = np.array([0, 1, 2, 3, 5, 8, 13, 21, 35])
#: Width of `Pairs.features`.
FEATURES = 2 * (len(_EDGES) + 1) + 1 + 4 + 6


class Pairs(NamedTuple):
    """Ordered pairs of mentions.

    *Shapes:* ``first``, ``second`` ``(pairs,)`` int64 indices of mentions;
    ``gap_from``, ``gap_to`` ``(pairs,)`` int64 token range between the two (empty
    where they touch); ``features`` ``(pairs, FEATURES)`` float32.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    gap_from: NDArray[np.int64]
    gap_to: NDArray[np.int64]
    features: NDArray[np.float32]


def pairs(
    starts: NDArray[np.int64], ends: NDArray[np.int64], kinds: NDArray[np.int64], sentence: NDArray[np.int64]
) -> Pairs:
    """All ordered pairs that could hold a cast or a relation.

    Args:
        starts, ends: token range of each mention, ``(mentions,)``, in reading order.
        kinds: PERSON, CHARACTER or DESCRIPTION of each.
        sentence: index of the sentence of each.

    A person is paired (as first) with characters and descriptions; characters and
    descriptions with one another, both ways.
    """
    a, b = _neighbours(starts, ends, sentence)
    gap_from = np.minimum(ends[a], ends[b])
    gap_to = np.maximum(starts[a], starts[b])
    gap = gap_to - gap_from
    fit = (kinds[b] != PERSON) & (gap >= 0)
    a, b, gap_from, gap_to, gap = a[fit], b[fit], gap_from[fit], gap_to[fit], gap[fit]
    features = np.zeros((len(a), FEATURES), dtype=np.float32)
    rows = np.arange(len(a))
    bucket = np.searchsorted(_EDGES, gap, side="left")
    features[rows, bucket + (len(_EDGES) + 1) * (a > b)] = 1
    here = 2 * (len(_EDGES) + 1)
    features[:, here] = sentence[a] == sentence[b]
    between = np.clip(np.abs(b - a) - 1, 0, 3)
    features[rows, here + 1 + between] = 1
    features[rows, here + 5 + kinds[a] * 2 + (kinds[b] == DESCRIPTION)] = 1
    return Pairs(a, b, gap_from, gap_to, features)


def _neighbours(
    starts: NDArray[np.int64], ends: NDArray[np.int64], sentence: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Mentions near enough to one another, both ways round.

    Mentions stand in reading order, so for each the near ones are a run of followers: the run is grown one step at
    a time for all mentions at once, and time and memory stay linear in the length of a review.
    """
    left = np.arange(len(starts))
    pairs_found: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    step = 1
    while True:
        left = left[left + step < len(starts)]
        right = left + step
        near = (starts[right] - ends[left] <= REACH) | (sentence[left] == sentence[right])
        left = left[near]
        if not len(left):
            break
        pairs_found += [(left, left + step), (left + step, left)]
        step += 1
    if not pairs_found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    first, second = (np.concatenate(side) for side in zip(*pairs_found, strict=True))
    order = np.lexsort((second, first))
    return first[order], second[order]
