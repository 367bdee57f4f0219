"""TF-IDF and logistic regression on one- and two-word runs: the classifier one writes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from .protocol import Judged
from .ridge import RidgeStars
from .temperature import probability, temperature

if TYPE_CHECKING:
    from fold import Fold

#: Inverse penalties tried on the tune fold.
_C = (1.0, 4.0, 16.0, 64.0, 256.0)


class Tfidf:
    """Sublinear TF-IDF (Salton and Buckley, 1988), then a linear model with C chosen on the tune fold."""

    name = "TF-IDF + logistic regression"

    def __init__(self) -> None:
        self._features = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, dtype=np.float32)
        self._stars = RidgeStars()
        self.choices: dict[str, float] = {}

    def fit(self, train: Fold, tune: Fold) -> None:
        """Learn from ``train``; ``tune`` picks C, the ridge's penalty and the temperature."""
        x: csr_matrix = self._features.fit_transform(train.texts)
        z: csr_matrix = self._features.transform(tune.texts)
        models = [LogisticRegression(C=c, solver="liblinear", random_state=0).fit(x, train.labels) for c in _C]
        self._model = max(models, key=lambda model: model.score(z, tune.labels))
        self._temperature = temperature(self._model.decision_function(z), tune.labels)
        self._stars.fit(x, train.ratings, z, tune.ratings)
        self.choices = {"C": self._model.C, "temperature": self._temperature, "ridge": self._stars.penalty}

    def predict(self, texts: Sequence[str]) -> Judged:
        """Judge reviews."""
        x = self._features.transform(texts)
        odds = self._model.decision_function(x)
        return Judged((odds > 0).tolist(), probability(odds, self._temperature), self._stars.predict(x))
