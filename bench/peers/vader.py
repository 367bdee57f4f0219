"""VADER: a word list with rules for negation, degree and emphasis (Hutto and Gilbert, ICWSM 2014)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from .protocol import Judged
from .starmap import StarMap

if TYPE_CHECKING:
    from fold import Fold


class Vader:
    """The compound score of the whole review, favourable above zero; nothing is trained but the map to stars."""

    name = "VADER"

    def __init__(self) -> None:
        self._analyzer = SentimentIntensityAnalyzer()
        self._stars = StarMap()
        self.choices: dict[str, float] = {}

    def fit(self, train: Fold, tune: Fold) -> None:
        """Learn only how the score maps to stars, from ``tune``."""
        self._stars.fit(self._scores(tune.texts), tune.ratings)

    def predict(self, texts: Sequence[str]) -> Judged:
        """Judge reviews; the compound score is no probability."""
        scores = self._scores(texts)
        return Judged([s > 0 for s in scores], None, self._stars(scores))

    def _scores(self, texts: Sequence[str]) -> list[float]:
        return [self._analyzer.polarity_scores(text)["compound"] for text in texts]
