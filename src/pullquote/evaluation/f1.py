"""F1: how much of what was said is right, and how much of what is right was said, in one figure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Counts:
    """Right answers, answers given and answers sought, over a whole corpus.

    With nothing given, precision is 1; with nothing sought, recall is 1.
    """

    right: int = 0
    given: int = 0
    sought: int = 0

    def add(self, right: int, given: int, sought: int) -> None:
        """Count one review in."""
        self.right += right
        self.given += given
        self.sought += sought

    def add_sets(self, given: AbstractSet[Any], sought: AbstractSet[Any]) -> None:
        """Count one review in, whose answers are right where they are equal."""
        self.add(len(given & sought), len(given), len(sought))

    @property
    def precision(self) -> float:
        """Share of the given answers that are right, 0 to 1."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Share of the sought answers that were given, 0 to 1."""
        return self.right / self.sought if self.sought else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two, 0 to 1."""
        return 2 * self.right / (self.given + self.sought) if self.given + self.sought else 1.0

    def row(self) -> dict[str, float | int]:
        """The figures by name, as they are printed."""
        return {"f1": self.f1, "precision": self.precision, "recall": self.recall, "gold": self.sought}


def macro_f1(pairs: Sequence[tuple[str, str]], labels: Collection[str]) -> float:
    """The mean F1 of ``labels`` over (sought, given) pairs: a rare label weighs as much as a common one.

    >>> macro_f1([("plot", "plot"), ("meta", "plot")], ["plot", "meta"])
    0.3333333333333333
    """
    tallies = {label: Counts() for label in labels}
    for sought, given in pairs:
        if sought in tallies:
            tallies[sought].add(sought == given, 0, 1)
        if given in tallies:
            tallies[given].add(0, 1, 0)
    return sum(tally.f1 for tally in tallies.values()) / len(tallies)
