"""The one shape of every reader in the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from fold import Fold
    from mentions import Span


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


@runtime_checkable
class NameFinder(Protocol):
    """A peer that finds names too."""

    def mentions(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each review."""
        ...
