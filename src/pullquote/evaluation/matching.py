"""Which predicted span answers which annotated span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol, TypeVar

#: Two spans are about the same passage from this share of common characters on.
SAME = 0.5

Span = tuple[int, int]


class _Spanned(Protocol):
    """Anything with a half-open span."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Spanned)


def overlap(one: Span, other: Span) -> float:
    """Characters in both spans over characters from the first to the last of the two, 0 to 1.

    >>> overlap((0, 10), (5, 15))
    0.3333333333333333
    """
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def segment_at(segments: Iterable[S], start: int, end: int) -> S | None:
    """The segment with most characters in common with the span, the first of equals; None if none has any."""
    best, most = None, 0
    for segment in segments:
        common = min(end, segment.end) - max(start, segment.start)
        if common > most:
            best, most = segment, common
    return best


def matches(predicted: Iterable[tuple[Span, Hashable]], gold: Iterable[tuple[Span, Hashable]]) -> int:
    """How many spans find a partner of the same label, each used once, the closest pairs first."""
    groups: dict[Hashable, tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((predicted, gold)):
        for span, label in rows:
            groups[label][side].append(span)
    return sum(_paired(ours, theirs) for ours, theirs in groups.values())


def _paired(predicted: Sequence[Span], gold: Sequence[Span]) -> int:
    pairs = [
        (share, i, j)
        for i, ours in enumerate(predicted)
        for j, theirs in enumerate(gold)
        if (share := overlap(ours, theirs)) >= SAME
    ]
    free_predicted, free_gold = set(range(len(predicted))), set(range(len(gold)))
    paired = 0
    for _, i, j in sorted(pairs, reverse=True):
        if i in free_predicted and j in free_gold:
            free_predicted.remove(i)
            free_gold.remove(j)
            paired += 1
    return paired
