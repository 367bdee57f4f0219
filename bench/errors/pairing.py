"""Which wrong claim stands for which missed answer: the nearest first, each used once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Likeness(NamedTuple):
    """How two answers belong together: the smaller ``rank``, the closer."""

    rank: float
    kind: str = ""
    which: str = ""


class Paired(NamedTuple, Generic[A, B]):
    """The pairs, and what is left over on either side, in the order given."""

    pairs: list[tuple[A, B, Likeness]]
    first: list[A]
    second: list[B]


def pair_off(first: Sequence[A], second: Sequence[B], likeness: Callable[[A, B], Likeness | None]) -> Paired[A, B]:
    """Pair what belongs together, the closest first; of equals those that come first.

    >>> pair_off([1, 5], [4, 9], lambda a, b: Likeness(abs(a - b)) if abs(a - b) < 3 else None).pairs
    [(5, 4, Likeness(rank=1, kind='', which=''))]
    """
    candidates = [
        (found, i, j)
        for i, one in enumerate(first)
        for j, other in enumerate(second)
        if (found := likeness(one, other)) is not None
    ]
    free, open_ = dict(enumerate(first)), dict(enumerate(second))
    pairs = [
        (free.pop(i), open_.pop(j), found)
        for found, i, j in sorted(candidates, key=lambda row: (row[0].rank, row[1], row[2]))
        if i in free and j in open_
    ]
    return Paired(pairs, list(free.values()), list(open_.values()))
