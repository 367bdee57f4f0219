"""What readers are compared on: rated reviews in folds, annotated reviews, and reviews to be read against the clock."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
from fold import Folds
from split import BREAK, load_folds

from pullquote.evaluation.gold import Gold, read


@dataclass(frozen=True, slots=True)
class Data:
    """All of it.

    Peers learn from ``folds`` and ``taught``; verdicts are measured on the test fold, claims on ``gold``,
    speed on ``speed``. ``about`` says what it is.
    """

    folds: Folds
    taught: list[Gold]
    gold: list[Gold]
    speed: list[str]
    about: str

    def fingerprint(self) -> str:
        """A hash of everything that peers learn from."""
        digest = sha256()
        for fold in (self.folds.train, self.folds.tune):
            for row in zip(fold.texts, fold.labels, fold.ratings, strict=True):
                digest.update(repr(row).encode())
        for document in self.taught:
            digest.update(repr(document).encode())
        return digest.hexdigest()


def research_data(shared: Path, reviews: int, limit: int | None = None) -> Data:
    """The folder of research data.

    Args:
        shared: the folder that holds ``data`` and ``gold``.
        reviews: how many unrated reviews are drawn for speed.
        limit: for a quick trial, how many reviews of each kind (of rated ones to learn from, four times as many).
    """
    folds = load_folds(shared, limit)
    texts = pq.read_table(shared / "data" / "imdb_unlabelled.parquet", columns=["text"]).column("text").to_pylist()
    drawn = random.Random(0).sample(texts, min(reviews if limit is None else limit, len(texts)))
    about = (
        f"verdicts: {len(folds.test):,} reviews of films in no training row, from the training split of the Large "
        f"Movie Review Dataset (Maas et al., 2011), {len(folds.train):,} others to learn from and {len(folds.tune):,} "
        f"to tune on; speed: {len(drawn):,} of its unrated reviews, drawn by chance"
    )
    return Data(
        folds,
        list(read(shared / "gold" / "train.jsonl"))[:limit],
        list(read(shared / "gold" / "dev.jsonl"))[:limit],
        [BREAK.sub("\n", text) for text in drawn],
        about,
    )
