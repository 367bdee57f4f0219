"""The training data: which files there are, and which rows each stage may see."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

import pyarrow.parquet as pq

from ..errors import InputError
from ..evaluation.gold import Gold, read
from .heldout import heldout

#: Annotated reviews kept back for fitting thresholds.
TUNE = 90


class Review(TypedDict):
    """One review; ``label`` (1 favourable, 0 not) and ``rating`` (1 to 10) are None where it was not rated."""

    id: str
    label: int | None
    rating: float | None
    film: str
    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """The folder of annotated and rated reviews (see its own README).

    ``measured`` and ``fitted`` are how many rated reviews at least are kept back
    to measure on and to fit the verdict's blend on.
    """

    root: Path
    measured: int = 2500
    fitted: int = 2000

    @property
    def data(self) -> Path:
        """Rated reviews, sentences and titles."""
        return self.root / "data"

    def gold(self, name: str) -> list[Gold]:
        """Annotated reviews of ``train`` or ``dev``.

        Raises:
            InputError: if the file is missing or broken.
        """
        return list(read(self.root / "gold" / f"{name}.jsonl"))

    def taught(self) -> tuple[list[Gold], list[Gold]]:
        """Annotated reviews to learn from, and those kept back for fitting thresholds."""
        gold = self.gold("train")
        order = list(range(len(gold)))
        random.Random(7).shuffle(order)
        kept = min(TUNE, len(gold) // 4)
        return [gold[i] for i in sorted(order[kept:])], [gold[i] for i in sorted(order[:kept])]

    def rated(self) -> tuple[list[Review], list[Review], list[Review]]:
        """Rated reviews to learn from, to fit the blend on, and to measure on; films do not overlap.

        Raises:
            InputError: if the file is missing.
        """
        path = self.data / "imdb_train.parquet"
        if not path.exists():
            raise InputError(f"{path} is missing; training needs the rated reviews")
        rows = cast("list[Review]", pq.read_table(path).to_pylist())
        dev = {g.film_id for g in self.gold("dev")}
        gold = dev | {g.film_id for g in self.gold("train")}
        test, tune = heldout([r["film"] for r in rows], gold, test=self.measured, tune=self.fitted)
        measured = [r for r in rows if r["film"] in test]
        # A few texts were posted for two films; what is measured must not be learned from under another id.
        known = {_words(r["text"]) for r in measured}
        return (
            [r for r in rows if r["film"] not in test | tune | dev and _words(r["text"]) not in known],
            [r for r in rows if r["film"] in tune and _words(r["text"]) not in known],
            measured,
        )

    def banned(self) -> set[str]:
        """Films that no weight may be trained on."""
        _, tune, test = self.rated()
        return {r["film"] for r in (*tune, *test)} | {g.film_id for g in self.gold("dev")}

    def unlabelled(self) -> Iterator[Review]:
        """Unrated reviews to learn from; none where the file is not there.

        None is of a film held back, and none repeats a text held back under another film.
        """
        path = self.data / "imdb_unlabelled.parquet"
        if not path.exists():
            return
        _, tune, test = self.rated()
        dev = self.gold("dev")
        films = self.banned()
        known = {_words(r["text"]) for r in (*tune, *test)} | {_words(g.text) for g in dev}
        for batch in pq.ParquetFile(path).iter_batches(4096):
            for row in cast("list[Review]", batch.to_pylist()):
                if row["film"] not in films and _words(row["text"]) not in known:
                    yield row


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.lower()))


def ratings(rows: Sequence[Review]) -> tuple[list[str], list[int], list[float]]:
    """Texts, labels and ratings side by side."""
    return [r["text"] for r in rows], [int(r["label"] or 0) for r in rows], [float(r["rating"] or 0) for r in rows]
