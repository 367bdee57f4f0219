"""Which mistakes say most: the surest wrong claims, and what was missed in plain sight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from errors.mistake import Mistake


def telling(mistakes: Sequence[Mistake], most: int) -> list[Mistake]:
    """Up to ``most`` mistakes: wrong claims first, then misses, half of each where both suffice.

    Wrong claims come by their confidence, misses by that of the claim nearest
    to them. Equal ones are taken from as many reviews as possible.
    """
    wrong = _surest(mistake for mistake in mistakes if mistake.wrong)
    missed = _surest(mistake for mistake in mistakes if not mistake.wrong)
    misses = min(most // 2, len(missed))
    claims = min(most - misses, len(wrong))
    return wrong[:claims] + missed[: most - claims]


def _surest(mistakes: Iterable[Mistake]) -> list[Mistake]:
    levels: list[tuple[float, int, Mistake]] = []
    seen: Counter[tuple[float, str]] = Counter()
    for mistake in mistakes:
        level = -1.0 if mistake.confidence is None else round(mistake.confidence, 2)
        levels.append((-level, seen[level, mistake.review], mistake))
        seen[level, mistake.review] += 1
    return [mistake for _, _, mistake in sorted(levels, key=lambda row: row[:2])]
