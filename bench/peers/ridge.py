"""Stars from a reader's features by ridge regression, its penalty chosen on the tune fold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    Features = csr_matrix | NDArray[np.float32]

_PENALTIES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


class RidgeStars:
    """Ridge regression (Hoerl and Kennard, 1970) on the reviewers' stars, kept within 1 to 10."""

    def __init__(self, penalties: Sequence[float] = _PENALTIES) -> None:
        self._penalties = penalties
        self._weights: NDArray[np.float64] | None = None
        self._constant = 0.0
        self.penalty = 0.0

    def fit(self, train: Features, ratings: Sequence[int], tune: Features, tune_ratings: Sequence[int]) -> None:
        """Keep the penalty that errs least on the tune fold, by mean absolute error: the column of the table."""
        from sklearn.linear_model import Ridge

        best = np.inf
        for penalty in self._penalties:
            model = Ridge(alpha=penalty, solver="sparse_cg", tol=1e-3, random_state=0).fit(train, ratings)
            stars = _stars(tune, model.coef_, model.intercept_)
            error = float(np.abs(stars - np.asarray(tune_ratings)).mean())
            if error < best:
                best, self.penalty = error, penalty
                self._weights, self._constant = model.coef_, float(model.intercept_)

    def predict(self, features: Features) -> list[float]:
        """Stars, one per row."""
        if self._weights is None:
            raise RuntimeError("call fit first")
        stars: list[float] = _stars(features, self._weights, self._constant).tolist()
        return stars


def _stars(features: Features, weights: NDArray[np.float64], constant: float) -> NDArray[np.float64]:
    stars: NDArray[np.float64] = np.clip(features @ weights + constant, 1.0, 10.0)
    return stars
