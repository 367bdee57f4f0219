"""Average precision: whether the likeliest answers are the right ones."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter


def average_precision(scored: Iterable[tuple[float, bool]]) -> float:
    """Mean precision over the right answers, ranked by score; equal scores count as one step.

    ``scored`` holds (score, whether it is right); 1 if nothing is right.

    >>> average_precision([(0.9, True), (0.8, False), (0.7, True)])
    0.8333333333333333
    """
    ranked = sorted(scored, key=itemgetter(0), reverse=True)
    total = sum(right for _, right in ranked)
    area, seen, hits = 0.0, 0, 0
    for _, equals in groupby(ranked, key=itemgetter(0)):
        step = [right for _, right in equals]
        gained = sum(step)
        seen += len(step)
        hits += gained
        if gained:
            area += gained / total * hits / seen
    return area if total else 1.0
