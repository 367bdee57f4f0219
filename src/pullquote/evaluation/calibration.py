"""Calibration: whether what is called 70 % likely happens 70 times in a hundred.

Expected calibration error after Guo et al., "On Calibration of Modern Neural
Networks" (ICML 2017), here of the probability of the event itself rather than
of the likelier class: put predictions into bins, compare in each the mean
probability with the share that came true, and weigh the gaps by the size of
the bins. 0 is perfect. Bins of equal width are the measure as published; where
most predictions crowd near 0, as with spoilers, bins of equal size say more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil
from operator import itemgetter

#: A probability from 0 to 1, and whether it came true.
Prediction = tuple[float, bool]

BINS = 10


def calibration_error(predictions: Iterable[Prediction], bins: int = BINS) -> float:
    """Expected calibration error over ``bins`` bins of equal width, each open below and closed above; 0 to 1.

    >>> calibration_error([(0.8, True), (0.8, True), (0.8, True), (0.8, True), (0.8, False)])
    0.0
    """
    filled: list[list[Prediction]] = [[] for _ in range(bins)]
    for probability, came_true in predictions:
        filled[min(max(ceil(probability * bins) - 1, 0), bins - 1)].append((probability, came_true))
    return _weighted_gap(filled)


def adaptive_calibration_error(predictions: Iterable[Prediction], bins: int = BINS) -> float:
    """The same over ``bins`` bins with about equally many predictions; equal probabilities stay together.

    >>> adaptive_calibration_error([(0.01, False), (0.02, False), (0.99, True), (0.98, True)], bins=2)
    0.015
    """
    ranked = sorted(predictions, key=itemgetter(0))
    filled: list[list[Prediction]] = [[]]
    done = 0
    for _, equals in groupby(ranked, key=itemgetter(0)):
        if done >= len(filled) * len(ranked) / bins:
            filled.append([])
        filled[-1].extend(equals)
        done = sum(map(len, filled))
    return _weighted_gap(filled)


def _weighted_gap(filled: Sequence[Sequence[Prediction]]) -> float:
    total = sum(len(held) for held in filled)
    # Summed and not averaged: a bin's gap times its size is the gap of its sums.
    gaps = (abs(sum(p for p, _ in held) - sum(came_true for _, came_true in held)) for held in filled)
    return round(sum(gaps) / total, 12) if total else 0.0
