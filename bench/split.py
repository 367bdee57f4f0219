"""The rated reviews in three folds, no film in two of them: train, tune, test."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pyarrow.parquet as pq
from fold import Fold, Folds

from pullquote.training.heldout import heldout

BREAK = re.compile(r"<br\s*/?>")


def load_folds(shared: Path, limit: int | None = None, seed: int = 0) -> Folds:
    """Cut the rated reviews of ``shared/data/imdb_train.parquet`` (Maas et al., ACL 2011).

    The line-break tags become newlines; nothing else is touched. Reviews that
    stand word for word in the test fold too, under another film, are kept out
    of the other two: the site shows one review under several editions.

    Args:
        shared: the folder that holds ``data`` and ``gold``.
        limit: for a quick trial, draw this many test and tune reviews and four times as many to train on.
        seed: of that draw.
    """
    table = pq.read_table(
        shared / "data" / "imdb_train.parquet", columns=["label", "rating", "film", "text"]
    ).to_pydict()
    test_films, tune_films = heldout(table["film"], gold_films(shared))
    rows: dict[str, list[int]] = {"train": [], "tune": [], "test": []}
    for i, film in enumerate(table["film"]):
        rows["test" if film in test_films else "tune" if film in tune_films else "train"].append(i)
    tested = {words_alone(table["text"][i]) for i in rows["test"]}
    for name in ("train", "tune"):
        rows[name] = [i for i in rows[name] if words_alone(table["text"][i]) not in tested]
    if limit is not None:
        draw = random.Random(seed)
        sizes = {"train": 4 * limit, "tune": limit, "test": limit}
        rows = {name: sorted(draw.sample(have, min(sizes[name], len(have)))) for name, have in rows.items()}

    def fold(name: str) -> Fold:
        mine = rows[name]
        return Fold(
            [BREAK.sub("\n", table["text"][i]) for i in mine],
            [table["label"][i] for i in mine],
            [table["rating"][i] for i in mine],
        )

    return Folds(fold("train"), fold("tune"), fold("test"))


def words_alone(text: str) -> str:
    """The words of a review without case, signs and tags, to tell whether two are the same."""
    return " ".join(re.findall(r"\w+", BREAK.sub(" ", text).lower()))


def gold_films(shared: Path) -> set[str]:
    """The films of all annotated reviews."""
    return {row["film_id"] for name in ("train", "dev") for row in read_jsonl(shared / "gold" / f"{name}.jsonl")}


def read_jsonl(path: Path) -> list[dict]:
    """One object per line, blank lines passed over."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
