"""NB-SVM: a linear model on features scaled by naive Bayes (Wang and Manning, ACL 2012).

Runs of one to three words and the logistic loss follow Mesnil et al., ICLR
workshop 2015, for whom it was the best single model on these reviews; it also
gives a probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from .protocol import Judged
from .ridge import RidgeStars
from .temperature import probability, temperature

if TYPE_CHECKING:
    from fold import Fold

#: Inverse penalties and interpolations tried on the tune fold (0.25 is the paper's interpolation, 1 is none).
_C = (0.1, 1.0, 10.0, 100.0)
_BETA = (0.25, 0.5, 1.0)


class NbSvm:
    """Presence of word runs, each scaled by its log-count ratio between favourable and unfavourable reviews."""

    name = "NB-SVM, 1-3 grams"

    def __init__(self) -> None:
        # Signs are words too: "!" and "?" take sides.
        self._counter = CountVectorizer(ngram_range=(1, 3), binary=True, token_pattern=r"\w+|[^\w\s]", dtype=np.float32)
        self._stars = RidgeStars(penalties=(1.0, 3.0, 10.0, 30.0, 100.0, 300.0))
        self.choices: dict[str, float] = {}

    def fit(self, train: Fold, tune: Fold) -> None:
        """Learn from ``train``; ``tune`` picks C, the interpolation, the ridge's penalty and the temperature."""
        counts: csr_matrix = self._counter.fit_transform(train.texts)
        self._ratio = log_count_ratio(counts, np.asarray(train.labels))
        x = self._scaled(counts)
        del counts
        z = self._scaled(self._counter.transform(tune.texts))
        gold = np.asarray(tune.labels) == 1
        best = -1.0
        for c in _C:
            model = LogisticRegression(C=c, solver="liblinear", dual=True, random_state=0).fit(x, train.labels)
            for beta in _BETA:
                weights = interpolated(model.coef_[0], beta)
                odds = z @ weights + model.intercept_[0]
                right = float(((odds > 0) == gold).mean())
                if right > best:
                    best, self._weights, self._bias = right, weights, float(model.intercept_[0])
                    self.choices = {"C": c, "beta": beta}
        self._temperature = temperature(z @ self._weights + self._bias, tune.labels)
        self._stars.fit(x, train.ratings, z, tune.ratings)
        self.choices |= {"temperature": self._temperature, "ridge": self._stars.penalty}

    def predict(self, texts: Sequence[str]) -> Judged:
        """Judge reviews."""
        x = self._scaled(self._counter.transform(texts))
        odds = x @ self._weights + self._bias
        return Judged((odds > 0).tolist(), probability(odds, self._temperature), self._stars.predict(x))

    def _scaled(self, counts: csr_matrix) -> csr_matrix:
        return csr_matrix(counts.multiply(self._ratio))


def log_count_ratio(counts: csr_matrix, labels: NDArray[np.int64], smoothing: float = 1.0) -> NDArray[np.float32]:
    """The paper's r: how much likelier a word run is in favourable reviews, as a logarithm."""
    p = smoothing + np.asarray(counts[labels == 1].sum(axis=0)).ravel()
    q = smoothing + np.asarray(counts[labels == 0].sum(axis=0)).ravel()
    ratio: NDArray[np.float32] = np.log((p / p.sum()) / (q / q.sum())).astype(np.float32)
    return ratio


def interpolated(weights: NDArray[np.float64], beta: float) -> NDArray[np.float64]:
    """Between naive Bayes (all weights the mean magnitude) and the linear model, as the paper does."""
    return (1.0 - beta) * float(np.abs(weights).mean()) + beta * weights
