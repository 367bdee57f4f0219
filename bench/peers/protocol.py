"""The one shape of every reader in the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from split import Fold


class Judged(NamedTuple):
    """One value per review: favourable or not, its probability where the reader has one, and stars from 1 to 10."""

    favourable: list[bool]
    probability: list[float] | None
    stars: list[float]


class Peer(Protocol):
    """A reader of whole reviews."""

    name: str
    #: What `fit` chose on the tune fold, kept beside the figures.
    choices: dict[str, float]

    def fit(self, train: Fold, tune: Fold) -> None:
        """Learn from ``train``; make choices (a penalty, a scale) on ``tune``."""
        ...

    def predict(self, texts: Sequence[str]) -> Judged:
        """Judge reviews never seen before."""
        ...
