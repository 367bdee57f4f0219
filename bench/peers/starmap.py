"""From a score of any scale to stars: the rising step function that fits best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.isotonic import IsotonicRegression


class StarMap:
    """Isotonic regression (Barlow et al., 1972) of the reviewers' stars on a reader's score.

    A word list knows nothing of stars. The best rising map, whatever its form,
    gives it the benefit of every doubt.
    """

    def __init__(self) -> None:
        self._map = IsotonicRegression(y_min=1, y_max=10, increasing=True, out_of_bounds="clip")

    def fit(self, scores: Sequence[float], ratings: Sequence[int]) -> None:
        """Learn the map."""
        self._map.fit(np.asarray(scores, dtype=float), np.asarray(ratings, dtype=float))

    def __call__(self, scores: Sequence[float]) -> list[float]:
        """Stars, one per score."""
        stars: list[float] = self._map.predict(np.asarray(scores, dtype=float)).tolist()
        return stars
