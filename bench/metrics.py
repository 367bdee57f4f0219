"""How well readers judge whole reviews: accuracy, error of stars, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np


def accuracy(favourable: Sequence[bool], labels: Sequence[int]) -> float:
    """Share of reviews judged as their reviewer did."""
    return float(np.mean(np.asarray(favourable, dtype=int) == np.asarray(labels)))


def wilson(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share seen in ``count`` cases (Wilson, JASA 1927).

    >>> [round(x, 3) for x in wilson(0.9, 100)]
    [0.826, 0.945]
    """
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return centre - half, centre + half


def mean_absolute_error(stars: Sequence[float], ratings: Sequence[int]) -> float:
    """By how many stars an estimate is off, on average."""
    return float(np.mean(np.abs(np.asarray(stars) - np.asarray(ratings))))


def calibration_error(probability: Sequence[float], labels: Sequence[int], bins: int = 15) -> float:
    """Expected calibration error of the probability that a review is favourable.

    Naeini et al., AAAI 2015: in each of ``bins`` bins of equal width, the mean
    probability against the share of favourable reviews, weighted by the bin's
    size. 15 bins as in Guo et al., ICML 2017.

    >>> calibration_error([0.75] * 4, [1, 1, 1, 0])
    0.0
    """
    p, y = np.asarray(probability, dtype=float), np.asarray(labels, dtype=float)
    place = np.minimum((p * bins).astype(int), bins - 1)
    gaps = (abs(p[place == b].sum() - y[place == b].sum()) for b in range(bins))
    return float(sum(gaps) / len(p))
