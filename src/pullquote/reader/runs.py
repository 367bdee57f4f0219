"""Means and maxima over runs of rows, many runs at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
#: Numbers taken together; so many stay in a processor's cache.
_AT_ONCE = 1 << 18


def run_means(rows: Floats, first: Ints, size: Ints) -> Floats:
    """The mean of rows ``first`` to ``first + size`` for each run; no run may be empty.

    Runs of one length are taken together, and each is summed as numpy sums it alone, so that a mean does not depend on
    what else is asked for.

    *Shapes:* rows ``(rows, ...)``; first, size ``(runs,)`` -> ``(runs, ...)``.
    """
    out = np.empty((len(first), *rows.shape[1:]), dtype=np.float32)
    for runs, taken in _taken(rows, first, size):
        out[runs] = taken.mean(1)
    return out


def run_means_and_tops(rows: Floats, first: Ints, size: Ints, out: Floats) -> None:
    """Put the mean of each run and then its maximum into ``out`` ``(runs, 2 * width)``; see `run_means`."""
    width = rows.shape[1]
    for runs, taken in _taken(rows, first, size):
        out[runs, :width] = taken.mean(1)
        out[runs, width:] = taken.max(1)


def _taken(rows: Floats, first: Ints, size: Ints) -> Iterator[tuple[Ints, Floats]]:
    """Runs of one length at a time: which they are, and their rows ``(runs, length, ...)``."""
    order = np.argsort(size, kind="stable")
    lengths, counts = np.unique(size, return_counts=True)
    width = rows[:1].size or 1
    start = 0
    for length, count in zip(lengths.tolist(), counts.tolist(), strict=True):
        step = max(1, _AT_ONCE // (length * width))
        steps = np.arange(length)
        for a in range(start, start + count, step):
            runs = order[a : min(a + step, start + count)]
            yield runs, rows[first[runs, None] + steps]
        start += count
