"""TextBlob: the mean polarity of the words on its list, that of Pattern (De Smedt and Daelemans, JMLR 2012)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textblob.en.sentiments import PatternAnalyzer

from .protocol import Judged
from .starmap import StarMap

if TYPE_CHECKING:
    from fold import Fold


class TextBlob:
    """Polarity of the whole review, favourable above zero; nothing is trained but the map to stars."""

    name = "TextBlob"

    def __init__(self) -> None:
        # What `TextBlob(text).sentiment` calls by default.
        self._analyzer = PatternAnalyzer()
        self._stars = StarMap()
        self.choices: dict[str, float] = {}

    def fit(self, train: Fold, tune: Fold) -> None:
        """Learn only how the polarity maps to stars, from ``tune``."""
        self._stars.fit(self._scores(tune.texts), tune.ratings)

    def predict(self, texts: Sequence[str]) -> Judged:
        """Judge reviews; polarity is no probability."""
        scores = self._scores(texts)
        return Judged([s > 0 for s in scores], None, self._stars(scores))

    def _scores(self, texts: Sequence[str]) -> list[float]:
        return [self._analyzer.analyze(text).polarity for text in texts]
