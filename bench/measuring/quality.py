"""How well a reader judges reviews that it has not learned from, and what else it finds in annotated ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fold import Fold
from mentions import score_mentions
from metrics import accuracy, calibration_error, mean_absolute_error, wilson
from peers.protocol import Judged

from pullquote.evaluation.score import score
from pullquote.reading import Reading

from .contender import Other, Ours
from .data import Data
from .reviews import write_reviews
from .watched import watch


def of_ours(one: Ours, data: Data, cores: int, work: Path) -> dict[str, Any]:
    """Everything: the verdict, every measure on the annotated reviews, and names as the peers are measured."""
    verdicts = [reading.verdict for reading in _read(one, data.folds.test.texts, cores, work)]
    sentiment = [verdict.sentiment for verdict in verdicts]
    judged = Judged([s >= 0.5 for s in sentiment], sentiment, [verdict.stars for verdict in verdicts])
    readings = _read(one, [document.text for document in data.gold], cores, work)
    spans = [[(m.start, m.end, str(m.type)) for m in reading.mentions] for reading in readings]
    found = score(data.gold, {doc.id: reading for doc, reading in zip(data.gold, readings, strict=True)})
    return of_verdicts(judged, data.folds.test) | {
        "names": score_mentions(data.gold, spans)._asdict(),
        "measures": found.measures,
        "reading_score": found.measures["READING SCORE (mean of the ten)"],
    }


def of_other(one: Other, data: Data, finds_names: bool, cores: int, work: Path) -> dict[str, Any]:
    """The verdict, and names where the peer finds them."""
    judged = Judged(**_answer(one, "judge", data.folds.test.texts, cores, work))
    out = of_verdicts(judged, data.folds.test)
    if finds_names:
        rows = _answer(one, "names", [document.text for document in data.gold], cores, work)
        spans = [[(start, end, kind) for start, end, kind in row] for row in rows]
        out["names"] = score_mentions(data.gold, spans)._asdict()
    return out


def of_verdicts(judged: Judged, fold: Fold) -> dict[str, Any]:
    """Accuracy with its interval, error of stars, and calibration error where there are probabilities."""
    right = accuracy(judged.favourable, fold.labels)
    return {
        "accuracy": right,
        "accuracy_interval": wilson(right, len(fold)),
        "stars_mae": mean_absolute_error(judged.stars, fold.ratings),
        "ece": None if judged.probability is None else calibration_error(judged.probability, fold.labels),
    }


def _read(one: Ours, texts: list[str], cores: int, work: Path) -> list[Reading]:
    reviews, readings = work / "reviews.jsonl", work / "readings.jsonl"
    write_reviews(texts, reviews)
    watch(one.read(reviews, readings, cores), cores)
    return [Reading.from_json(line) for line in readings.read_bytes().splitlines()]


def _answer(one: Other, what: str, texts: list[str], cores: int, work: Path) -> Any:
    reviews = work / "reviews.jsonl"
    write_reviews(texts, reviews)
    return json.loads(watch(one.ask(what, str(reviews)), cores, threads=1).output)
