"""Mention F1 by the project's own definition, for any reader of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pullquote.evaluation.f1 import Counts
from pullquote.evaluation.gold import Gold
from pullquote.evaluation.places import flat, mention_places
from pullquote.evaluation.score import MENTION_TYPES

#: Start, end (half-open, code points of the raw review) and type of one name.
Span = tuple[int, int, str]


class Found(NamedTuple):
    """What a reader of names scored: overall, and F1 by type."""

    f1: float
    precision: float
    recall: float
    by_type: dict[str, float]


def score_mentions(gold: Sequence[Gold], found: Sequence[Sequence[Span]]) -> Found:
    """Score one list of spans per gold review.

    Raises:
        ValueError: if a span lies outside its review.
    """
    whole, by_type = Counts(), {kind: Counts() for kind in MENTION_TYPES}
    for document, spans in zip(gold, found, strict=True):
        if any(not 0 <= start < end <= len(document.text) for start, end, _ in spans):
            raise ValueError(f"a span lies outside its review: {document.id}")
        sought, given = mention_places(document, flat(document.text)), set(spans)
        whole.add_sets(given, sought)
        for kind, counts in by_type.items():
            counts.add_sets({s for s in given if s[2] == kind}, {s for s in sought if s[2] == kind})
    return Found(whole.f1, whole.precision, whole.recall, {kind: counts.f1 for kind, counts in by_type.items()})
