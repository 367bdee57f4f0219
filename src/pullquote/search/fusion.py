"""Several rankings made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)
#: Dampens the first ranks, as in the paper.
_K = 60


def fused(rankings: Iterable[Sequence[Item]]) -> list[Item]:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): best first, the earlier ranking wins a tie.

    >>> fused([["a", "b", "c"], ["c", "a"]])
    ['a', 'c', 'b']
    """
    scores: dict[Item, float] = defaultdict(float)
    for ranking in rankings:
        for rank, item in enumerate(ranking, 1):
            scores[item] += 1 / (_K + rank)
    return sorted(scores, key=lambda item: -scores[item])
