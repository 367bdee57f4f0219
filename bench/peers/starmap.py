"""From a score of any scale to stars: the rising map that fits best."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class StarMap:
    """Isotonic regression (Barlow et al., 1972) of the reviewers' stars on a reader's score.

    A word list knows nothing of stars. The best rising map, whatever its form,
    gives it the benefit of every doubt. Only its corners are kept, so that a
    reader that needs no library to read needs none to give stars.
    """

    def __init__(self) -> None:
        self._scores: list[float] = []
        self._stars: list[float] = []

    def fit(self, scores: Sequence[float], ratings: Sequence[int]) -> None:
        """Learn the map."""
        from sklearn.isotonic import IsotonicRegression

        found = IsotonicRegression(y_min=1, y_max=10, increasing=True, out_of_bounds="clip").fit(scores, ratings)
        self._scores, self._stars = found.X_thresholds_.tolist(), found.y_thresholds_.tolist()

    def __call__(self, scores: Sequence[float]) -> list[float]:
        """Stars, one per score: on straight lines between the corners, level beyond them."""
        return [self._one(score) for score in scores]

    def _one(self, score: float) -> float:
        at = bisect_right(self._scores, score)
        if at in (0, len(self._scores)):
            return self._stars[max(0, at - 1)]
        left, right = self._scores[at - 1], self._scores[at]
        low, high = self._stars[at - 1], self._stars[at]
        return low + (high - low) * (score - left) / (right - left)
