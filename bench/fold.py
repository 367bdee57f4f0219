"""Rated reviews as readers are given them to learn from and to be measured on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fold:
    """Reviews, as parallel lists: text, 1 if favourable else 0, and the reviewer's own score (1-4, 7-10)."""

    texts: list[str]
    labels: list[int]
    ratings: list[int]

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class Folds:
    """Readers learn from ``train``, make their choices on ``tune`` and are measured on ``test``."""

    train: Fold
    tune: Fold
    test: Fold
