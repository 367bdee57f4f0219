"""Repeated measurements: their middle and both ends, and the order in which turns are taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Spread(NamedTuple):
    """The middle and both ends of repeated measurements."""

    median: float
    least: float
    most: float

    def text(self, form: str) -> str:
        """For a table.

        >>> Spread(2.0, 1.0, 3.0).text(".1f")
        '2.0 (1.0–3.0)'
        """
        return f"{self.median:{form}} ({self.least:{form}}–{self.most:{form}})"


def spread(values: Sequence[float]) -> Spread:
    """Summary of a measurement's runs.

    >>> spread([3.0, 1.0, 2.0])
    Spread(median=2.0, least=1.0, most=3.0)
    """
    return Spread(median(values), min(values), max(values))


def turns(things: Sequence[T], rounds: int) -> Iterator[tuple[int, T]]:
    """Each thing once in every round, in an order that flips from round to round.

    So a machine that slows down or warms up favours none of them.

    >>> [(n, x) for n, x in turns("ab", 2)]
    [(0, 'a'), (0, 'b'), (1, 'b'), (1, 'a')]
    """
    for number in range(rounds):
        for thing in things if number % 2 == 0 else reversed(things):
            yield number, thing
