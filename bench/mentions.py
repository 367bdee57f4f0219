"""Mention F1 by the definition of the project's scorer, for any reader of names."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

#: Start, end (half-open, code points of the raw review) and type of one name.
Span = tuple[int, int, str]
TYPES = ("PERSON", "CHARACTER", "WORK", "ORG", "PLACE", "EVENT")


class Found(NamedTuple):
    """What a reader of names scored: overall, and F1 by type."""

    f1: float
    precision: float
    recall: float
    by_type: dict[str, float]


def load_scorer(shared: Path) -> ModuleType:
    """Import ``shared/eval/score.py`` from where it lies."""
    path = shared / "eval" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_mentions(scorer: ModuleType, gold: Sequence[dict], found: Sequence[Sequence[Span]]) -> Found:
    """Score one list of spans per gold review."""
    readings = {
        doc["id"]: {"mentions": [{"start": s, "end": e, "type": kind} for s, e, kind in spans]}
        for doc, spans in zip(gold, found, strict=True)
    }
    result = scorer.score(list(gold), readings)
    if result["faults"]:
        raise ValueError(f"a span lies outside its review: {result['faults'][0]}")
    detail = result["detail"]
    whole = detail["mentions"]
    by_type = {kind: detail[f"mentions:{kind}"]["f1"] for kind in TYPES}
    return Found(whole["f1"], whole["precision"], whole["recall"], by_type)
