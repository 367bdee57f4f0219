"""Pullquote as it is shipped, in the shape its peers have."""

from __future__ import annotations

from collections.abc import Sequence

from mentions import Span
from split import Fold

from pullquote import Reader

from .protocol import Judged


class Shipped:
    """The reader that `pullquote read` runs; it learned from other films and is not fitted here."""

    name = "Pullquote"

    def __init__(self, model: str | None = None) -> None:
        self._reader = Reader(model)
        self.choices: dict[str, float] = {}

    def fit(self, train: Fold, tune: Fold) -> None:
        """Nothing to do."""

    def predict(self, texts: Sequence[str]) -> Judged:
        """Judge reviews. The seconds cover all that is read in them, not the verdict alone."""
        verdicts = [reading.verdict for reading in self._reader.read_many(texts)]
        sentiment = [v.sentiment for v in verdicts]
        return Judged([s >= 0.5 for s in sentiment], sentiment, [v.stars for v in verdicts])

    def mentions(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names found in each review."""
        return [[(m.start, m.end, m.type) for m in reading.mentions] for reading in self._reader.read_many(texts)]
